//! Shares the current of a circuit breaker among charging stations: `load_management --help` shows
//! how.

extern crate alloc;

mod scenario;

use std::fs;
use std::io::{self, Write as _};
use std::process::ExitCode;

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use lexopt::{Arg, Parser, ValueExt};
use meter_units::Instant;
use ocpp_types::load::{Allocation, Currents, Demand, Meter, Place, Regime, Station, Target};
use ocpp_types::schedule::Tenths;
use ocpp_types::{MessageId, Operation};

use crate::scenario::{Scenario, currents};

const USAGE: &str = "\
Shares the current of a circuit breaker among charging stations.

  load_management [SCENARIO]

SCENARIO is a TOML file with a zone, its meters and stations, and what happens there; without it, a
house with three stations. Shown are the currents over time, and the messages that the stations get.

Exit status: 0 the breaker holds, 1 it would not, 2 wrong usage.
";

/// The house.
const HOUSE: &str = include_str!("scenario.toml");
/// 2026-05-06T08:00:00Z, when the scenario begins.
const BEGIN: i64 = 1_778_054_400;

fn main() -> ExitCode {
    match arguments(Parser::from_env()) {
        Ok(None) => {
            print!("{USAGE}");
            ExitCode::SUCCESS
        }
        Ok(Some(scenario)) => match run(scenario) {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => {
                eprintln!("load_management: the breaker is overloaded");
                ExitCode::from(1)
            }
            Err(error) => {
                eprintln!("load_management: {error}");
                ExitCode::from(1)
            }
        },
        Err(error) => {
            eprintln!("load_management: {error}\n\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

fn arguments(mut args: Parser) -> Result<Option<Scenario>, lexopt::Error> {
    let mut path = None;
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Value(value) if path.is_none() => path = Some(value.string()?),
            arg => return Err(arg.unexpected()),
        }
    }
    let scenario = match path {
        None => Scenario::parse(HOUSE),
        Some(path) => fs::read_to_string(&path)
            .map_err(|error| error.to_string())
            .and_then(|text| Scenario::parse(&text))
            .map_err(|error| format!("{path}: {error}")),
    };
    Ok(Some(scenario?))
}

/// Lets the scenario happen; whether the breaker holds whenever the loads are known.
fn run(mut scenario: Scenario) -> Result<bool, String> {
    let mut table = Table::new();
    table.load_preset(NOTHING);
    let stations = scenario.stations.iter().map(|station| station.name.clone());
    let mut header = vec!["time".to_owned(), "meters".to_owned()];
    header.extend(stations);
    header.extend(["L1", "L2", "L3"].map(str::to_owned));
    table.set_header(header);

    let mut messages = Vec::new();
    let mut told = vec![None; scenario.stations.len()];
    let mut holds = true;
    let mut steps = core::mem::take(&mut scenario.steps).into_iter().peekable();
    let mut next = steps.peek().map(|step| Instant::from_elapsed(step.at));
    while let Some(now) = next {
        while let Some(step) = steps.next_if(|step| Instant::from_elapsed(step.at) <= now) {
            for (number, readings) in &step.readings {
                if let Some((_, meter)) = scenario.meters.get_mut(*number) {
                    meter.read(now, currents(readings)?);
                }
            }
            if let Some(charging) = &step.charging {
                for (number, station) in scenario.stations.iter_mut().enumerate() {
                    station.station.demand = if charging.contains(&number) {
                        Demand::Charging
                    } else {
                        Demand::Idle
                    };
                }
            }
        }
        let meters: Vec<Meter> = scenario.meters.iter().map(|(_, meter)| *meter).collect();
        let loads: Vec<Station> = scenario.stations.iter().map(|it| it.station).collect();
        let allocation = scenario.zone.share(now, &meters, &loads);

        let used = used(&scenario, &allocation, now);
        let maximum = scenario.zone.maximum;
        holds &= used.iter().all(|used| *used <= maximum.get());
        table.add_row(row(&scenario, &allocation, now, used));
        messages.extend(tell(&scenario, &allocation, now, &mut told)?);

        // Again when something happens, or a reading becomes too old.
        let step = steps.peek().map(|step| Instant::from_elapsed(step.at));
        next = match (step, allocation.valid_until) {
            (Some(step), Some(stale)) => Some(step.min(stale)),
            (step, _) => step,
        };
    }
    let text = format!(
        "A breaker of {} A. Stations get {} A at most while a meter is older than {} s.\n\n{}\n\n{}\n",
        scenario.zone.maximum.to_decimal(),
        scenario.zone.fail_safe.to_decimal(),
        scenario.zone.stale_after.as_secs(),
        table.trim_fmt(),
        messages.join("\n")
    );
    // Who closed the output does not want the rest.
    let _ = io::stdout().write_all(text.as_bytes());
    Ok(holds)
}

/// What flows through the breaker in each phase, as far as it is known.
fn used(scenario: &Scenario, allocation: &Allocation, now: Instant) -> [u64; 3] {
    let mut used = [0; 3];
    for (_, meter) in &scenario.meters {
        let read = meter.currents(now, scenario.zone.stale_after);
        if let (Place::Within, Some(currents)) = (meter.place(), read) {
            for (used, load) in used.iter_mut().zip(currents.phases()) {
                *used += load.get();
            }
        }
    }
    for (station, share) in scenario.stations.iter().zip(&allocation.shares) {
        for (used, wired) in used.iter_mut().zip(station.wired) {
            if wired {
                *used += share.get();
            }
        }
    }
    used
}

fn row(scenario: &Scenario, allocation: &Allocation, now: Instant, used: [u64; 3]) -> Vec<String> {
    let meters = scenario.meters.iter().map(|(name, meter)| {
        let read = meter.currents(now, scenario.zone.stale_after);
        match read.map(Currents::phases) {
            Some([l1, l2, l3]) => {
                format!(
                    "{name} {} {} {}",
                    l1.to_decimal(),
                    l2.to_decimal(),
                    l3.to_decimal()
                )
            }
            None => format!("{name} unknown"),
        }
    });
    let meters = meters.collect::<Vec<_>>().join(", ");
    let stations = scenario.stations.iter().zip(&allocation.shares);
    let shares = stations.map(|(station, share)| match station.station.demand {
        Demand::Idle => "–".to_owned(),
        Demand::Charging => share.to_decimal().to_string(),
    });
    let mut row = vec![format!("{} s", now.as_millis().div_ceil(1000)), meters];
    row.extend(shares);
    // With an unknown load nobody knows what flows.
    row.extend(used.map(|used| match allocation.regime {
        Regime::Regulated => Tenths::new(used).to_decimal().to_string(),
        Regime::FailSafe { .. } => "?".to_owned(),
    }));
    row
}

/// The messages to those stations whose share has changed.
fn tell(
    scenario: &Scenario,
    allocation: &Allocation,
    now: Instant,
    told: &mut [Option<Tenths>],
) -> Result<Vec<String>, String> {
    let seconds = now.as_millis().div_ceil(1000);
    let time = BEGIN.saturating_add(i64::try_from(seconds).unwrap_or(i64::MAX));
    let stations = scenario.stations.iter().zip(&allocation.shares).zip(told);
    let mut messages = Vec::new();
    for ((station, share), told) in stations {
        if *told == Some(*share) {
            continue;
        }
        *told = Some(*share);
        let target = Target {
            connector: 1,
            transaction: None,
            share: *share,
            minimum: station.station.minimum,
        };
        let request = station.strategy.request(&target, time);
        let id = MessageId::new(format!("{}-{seconds}", station.name)).ok_or("a long name")?;
        let mut text = String::new();
        let encoded = request.encode_call(&id, &mut text);
        encoded.map_err(|error| error.to_string())?;
        messages.push(format!(
            "{seconds} s, {} ({}), {} A:\n  {text}",
            station.name,
            station.model,
            share.to_decimal()
        ));
    }
    Ok(messages)
}
