//! A central system for OCPP 1.6-J: `central_system --help` shows how.

extern crate alloc;

mod ocpp;

use alloc::sync::Arc;
use core::time::Duration;
use std::io::{self, Write as _};
use std::process::ExitCode;

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use lexopt::{Arg, Parser, ValueExt};
use ocpp_types::endpoint::Role;
use ocpp_types::messages::RegistrationStatus;
use ocpp_types::schedule::Tenths;
use ocpp_types::types::IdToken;

use crate::ocpp::{
    Clock, Command, Entry, Form, Log, Options, Policy, Script, Setup, Station, System, Url,
    conclude, identity_of, input, is_sound, run_station, with_port,
};

const NAME: &str = "central_system";

const USAGE: &str = "\
A central system for OCPP 1.6-J.

  central_system                     with a simulated station over loopback
  central_system [OPTIONS] ADDRESS   for the stations that come to ws://ADDRESS/IDENTITY

ADDRESS is HOST or HOST:PORT. The port is 9000 if it is not said, and any that is free if it is 0.

  --tag TAG           somebody who may charge; everybody may, if nobody is named
  --boot WORD,…       the answers to the first boots: accepted, pending or rejected
  --interval SECONDS  between heartbeats, and between boots: 300
";

const COMMANDS: &str = "
It reads commands from standard input, each in a line that begins with the station as in its URL:

  CP-1 RemoteStartTransaction {\"idTag\":\"04E9A4B2\",\"connectorId\":1}
                      any call with its payload
  CP-1 await MeterValues 3
                      go on after three exchanges of that kind
  CP-1 cut            break the connection, as a cut wire does
  quit                end

Commands for a station wait for it. Each begins when the one before it is done.

Exit status: 0 all went well, 1 something was refused or not answered, 2 wrong usage.
";

/// What is done with the simulated station.
const DEMO: &str = r#"
    await StatusNotification 3
    ChangeConfiguration {"key":"MeterValueSampleInterval","value":"30"}
    GetConfiguration {"key":["MeterValueSampleInterval","NumberOfConnectors","Colour"]}
    SetChargingProfile {"connectorId":0,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"ChargePointMaxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"startSchedule":"2026-01-01T00:00:00Z","chargingRateUnit":"W","chargingSchedulePeriod":[{"startPeriod":0,"limit":22080}]}}}
    RemoteStartTransaction {"connectorId":1,"idTag":"04E9A4B2C35D80"}
    await MeterValues 2
    SetChargingProfile {"connectorId":1,"csChargingProfiles":{"chargingProfileId":2,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","transactionId":1,"chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10.5},{"startPeriod":1800,"limit":6}]}}}
    GetCompositeSchedule {"connectorId":1,"duration":3600}
    TriggerMessage {"requestedMessage":"MeterValues","connectorId":1}
    await MeterValues 2
    cut
    await MeterValues 2
    RemoteStopTransaction {"transactionId":1}
    await StopTransaction
    UnlockConnector {"connectorId":1}
    Reset {"type":"Soft"}
"#;

/// What the simulated station does by itself.
const STATION: &str = "plug 1\nawait Reset\nawait StatusNotification 3\n";

/// What the program is to do.
enum Task {
    Show,
    Serve(String),
}

fn main() -> ExitCode {
    conclude(
        NAME,
        [USAGE, COMMANDS],
        arguments(Parser::from_env()),
        |(options, task, policy)| match task {
            Task::Show => show(&options, policy),
            Task::Serve(address) => serve(&options, policy, &address),
        },
    )
}

fn arguments(mut args: Parser) -> Result<Option<(Options, Task, Policy)>, lexopt::Error> {
    let mut is_help = false;
    let mut options = Options::new();
    let mut task = Task::Show;
    let mut policy = Policy {
        boots: Vec::new(),
        interval: 300,
        tags: Vec::new(),
        tolerance: options.tolerance,
        timeout: Duration::ZERO,
    };
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => is_help = true,
            Arg::Long("interval") => policy.interval = args.value()?.parse()?,
            Arg::Long("tag") => {
                let tag = IdToken::new(args.value()?.string()?);
                policy
                    .tags
                    .push(tag.map_err(|error| format!("--tag: {error}"))?);
            }
            Arg::Long("boot") => {
                for word in args.value()?.string()?.split(',') {
                    policy.boots.push(match word {
                        "accepted" => RegistrationStatus::Accepted,
                        "pending" => RegistrationStatus::Pending,
                        "rejected" => RegistrationStatus::Rejected,
                        _ => return Err(format!("--boot: {word}").into()),
                    });
                }
            }
            Arg::Long(name) => {
                let name = name.to_owned();
                if !options.take(&name, &mut args)? {
                    return Err(Arg::Long(&name).unexpected());
                }
            }
            Arg::Value(address) if !is_help && matches!(task, Task::Show) => {
                task = Task::Serve(with_port(&address.string()?));
            }
            arg => return Err(arg.unexpected()),
        }
    }
    policy.tolerance = options.tolerance;
    Ok((!is_help).then_some((options, task, policy)))
}

/// Serves until it is told to end.
fn serve(options: &Options, policy: Policy, address: &str) -> Result<bool, String> {
    let clock = options.clock();
    let system = system(options, policy, clock);
    let listening = system.listen(address);
    let (place, serving) = listening.map_err(|error| format!("{address}: {error}"))?;
    let log = options.log("system", Role::CentralSystem);
    log.note(clock, &format!("serving on {place}"));
    for line in input() {
        let line = line.trim();
        if line == "quit" {
            return Ok(finish(options, &system));
        }
        let (station, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        // As in a URL, so that there may be blanks in it.
        let station = identity_of(station).unwrap_or_default();
        match Command::parse(rest) {
            Ok(Some(command)) => system.command(&station, command),
            Ok(None) if station.is_empty() || station.starts_with('#') => {}
            Ok(None) => eprintln!("central_system: no command for {station}"),
            Err(error) => eprintln!("central_system: {error}"),
        }
    }
    // There are no more commands, but there may be stations.
    match serving.join() {
        Ok(Ok(())) => Ok(true),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("the listener has failed".to_owned()),
    }
}

/// Serves one simulated station.
fn show(options: &Options, policy: Policy) -> Result<bool, String> {
    let mut hurried = Options::new();
    hurried.form = options.form;
    hurried.hurry();
    let clock = hurried.clock();
    let system = system(&hurried, policy, clock);
    system.commands("CP 1", DEMO)?;
    let listening = system.listen(("127.0.0.1", 0));
    let (place, _) = listening.map_err(|error| error.to_string())?;

    let setup = Setup::simulated(&hurried, clock, 2, Tenths::new(320));
    let script = Script::parse(STATION)?;
    let mut station = Station::new(setup, script, clock.now(), clock.unix_at_start());
    let url = Url::parse(&format!("ws://{place}/ocpp"), Some("CP 1"))?;
    let mut log = Log::new(
        "CP 1",
        Role::ChargePoint,
        Form::Silent,
        hurried.tolerance,
        Arc::clone(&hurried.out),
    );
    let reconnect = Duration::from_secs(75);
    let ran = run_station(&mut station, &url, clock, &mut log, reconnect);
    ran.map_err(|error| format!("the station: {error}"))?;
    let is_sound = finish(&hurried, &system);
    Ok(is_sound && system.has_charged() && station.faults() == 0)
}

fn system(options: &Options, policy: Policy, clock: Clock) -> System {
    let policy = Policy {
        timeout: options.timeout(&clock),
        ..policy
    };
    let out = Arc::clone(&options.out);
    System::new(policy, clock, options.form, out)
}

/// Shows the transactions; whether all went well.
fn finish(options: &Options, system: &System) -> bool {
    let transactions = system.transactions();
    if options.form == Form::Lines && !transactions.is_empty() {
        let mut table = Table::new();
        table.load_preset(NOTHING);
        table.set_header([
            "transaction",
            "station",
            "connector",
            "tag",
            "start Wh",
            "stop Wh",
            "energy Wh",
        ]);
        table.add_rows(transactions.iter().map(row));
        // Who closed the output does not want the table.
        let _ = writeln!(io::stdout(), "\n{}", table.trim_fmt());
    }
    is_sound(NAME, system.faults())
}

fn row(entry: &Entry) -> [String; 7] {
    let stop = entry.stop.as_ref().map(|stop| stop.meter_stop.to_string());
    let energy = entry.energy().map(|energy| energy.to_string());
    [
        entry.id.to_string(),
        entry.station.clone(),
        entry.start.connector_id.to_string(),
        entry.start.id_tag.to_string(),
        entry.start.meter_start.to_string(),
        stop.unwrap_or_default(),
        energy.unwrap_or_default(),
    ]
}
