//! Charging profiles in, the schedule that they make together out.

use core::error::Error;
use core::num::NonZeroU16;
use std::io::{self, Write};

use meter_units::Rounding;
use ocpp_types::messages::SetChargingProfileRequest;
use ocpp_types::schedule::{
    Charging, Composite, CompositePeriod, Installed, PhaseRule, Profile, RateUnit, Rules, Tenths,
    Window,
};
use ocpp_types::types::DateTime;
use ocpp_types::{Payload, RawPayload, Tolerance};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use super::Options;
use super::answer::Answer;

/// A line that asks for a schedule.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Question<'a> {
    #[serde(borrow)]
    installed: Vec<Entry<'a>>,
    connector_id: u32,
    connectors: Option<usize>,
    start: String,
    duration: i64,
    charging_rate_unit: Option<Unit>,
    transaction: Option<Transaction>,
    /// What the schedule shows where nothing applies, such as `default limit 48 A / 33120 W`.
    #[serde(rename = "gap_rule")]
    gap_rule: Option<String>,
    voltage: Option<NonZeroU16>,
    /// How many phases power spreads over where profiles differ: `own` or `fewest`.
    phases: Option<Phases>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'a> {
    connector_id: i64,
    #[serde(borrow)]
    profile: &'a RawValue,
}

#[derive(Deserialize)]
struct Transaction {
    active: Option<bool>,
    start: Option<String>,
    id: Option<i64>,
}

#[derive(Clone, Copy, Deserialize)]
enum Unit {
    A,
    W,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Phases {
    Own,
    Fewest,
}

#[derive(Serialize)]
struct Schedule {
    ok: bool,
    schedule: Vec<Period>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    start_period: i64,
    limit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number_phases: Option<u8>,
}

/// Answers a line with `installed`; whether that succeeded.
pub(crate) fn answer_line(line: &str, options: &Options, out: &mut impl Write) -> io::Result<bool> {
    let periods = match periods(line, options) {
        Ok(periods) => periods,
        Err(error) => return Answer::unreadable(&error).write(options, out),
    };
    if options.json {
        let schedule = periods.iter().map(Period::new).collect();
        serde_json::to_writer(&mut *out, &Schedule { ok: true, schedule })?;
        writeln!(out)?;
    } else {
        for period in &periods {
            let Period {
                start_period,
                limit,
                number_phases,
            } = Period::new(period);
            let limit = limit.unwrap_or_else(|| "no limit".to_owned());
            let phases = number_phases.map(|phases| format!(" on {phases} phases"));
            writeln!(
                out,
                "{start_period:>8} s  {limit}{}",
                phases.unwrap_or_default()
            )?;
        }
    }
    Ok(true)
}

fn periods(line: &str, options: &Options) -> Result<Vec<CompositePeriod>, Box<dyn Error>> {
    let question: Question<'_> = serde_json::from_str(line)?;
    let installed: Result<Vec<_>, _> = question
        .installed
        .iter()
        .map(|entry| entry.install(options))
        .collect();
    let installed = installed?;
    let rules = question.rules();
    let charging = question.charging()?;
    let window = Window::new(seconds(&question.start)?, question.duration);
    let periods = match question.connector_id {
        0 => {
            let connectors = vec![charging; question.connectors.unwrap_or(1).min(MOST)];
            Composite::of_station(&installed, &connectors, window, rules)
                .take(MOST)
                .collect()
        }
        connector => {
            let composite = Composite::of_connector(&installed, connector, charging, window, rules);
            composite.take(MOST).collect()
        }
    };
    Ok(periods)
}

impl Question<'_> {
    fn rules(&self) -> Rules {
        let unit = match self.charging_rate_unit {
            Some(Unit::W) => RateUnit::Watts,
            Some(Unit::A) | None => RateUnit::Amperes,
        };
        let fallback = self
            .gap_rule
            .as_deref()
            .and_then(|rule| default_limit(rule, unit));
        let mut rules = Rules::new(unit);
        rules.voltage = self.voltage.unwrap_or(rules.voltage);
        // Stations that print what they can draw in gaps spread power over the fewest phases.
        rules.phases = match (self.phases, fallback) {
            (Some(Phases::Own), _) | (None, None) => PhaseRule::OwnPhases,
            (Some(Phases::Fewest), _) | (None, Some(_)) => PhaseRule::FewestPhases,
        };
        rules.fallback = fallback;
        rules
    }

    fn charging(&self) -> Result<Option<Charging>, Box<dyn Error>> {
        let Some(transaction) = &self.transaction else {
            return Ok(None);
        };
        match &transaction.start {
            Some(start) if transaction.active != Some(false) => Ok(Some(Charging {
                since: seconds(start)?,
                transaction: transaction.id,
            })),
            _ => Ok(None),
        }
    }
}

impl Entry<'_> {
    fn install(&self, options: &Options) -> Result<Installed, Box<dyn Error>> {
        let text = format!(
            r#"{{"connectorId":{},"csChargingProfiles":{}}}"#,
            self.connector_id, self.profile
        );
        // Profiles with members of later versions are common.
        let tolerance = match options.lenient {
            true => Tolerance::LENIENT,
            false => Tolerance::ADDITIONAL_MEMBER,
        };
        let payload = RawPayload::new(&text);
        let read = SetChargingProfileRequest::decode_with(payload, tolerance)
            .map_err(|violation| violation.to_string())?;
        let profile = Profile::try_from(&read.value.cs_charging_profiles)?;
        Ok(Installed::new(u32::try_from(self.connector_id)?, profile))
    }
}

impl Period {
    fn new(period: &CompositePeriod) -> Self {
        let limit = |limit: ocpp_types::schedule::Rate| limit.round(6, Rounding::HalfEven);
        Self {
            start_period: period.start,
            limit: period.limit.map(|rate| limit(rate).to_string()),
            number_phases: period.phases.map(|phases| phases.number()),
        }
    }
}

/// The limit in `default limit 48 A / 33120 W`.
fn default_limit(rule: &str, unit: RateUnit) -> Option<Tenths> {
    let symbol = match unit {
        RateUnit::Amperes => "A",
        RateUnit::Watts => "W",
    };
    let mut words = rule.strip_prefix("default limit ")?.split_whitespace();
    let mut number = words.next()?;
    for word in words {
        if word == symbol {
            return Tenths::try_from(number.parse::<meter_units::Decimal>().ok()?).ok();
        }
        number = word;
    }
    None
}

fn seconds(text: &str) -> Result<i64, Box<dyn Error>> {
    let time = DateTime::new(text).and_then(|time| time.to_unix());
    time.ok_or_else(|| format!("{text} is not a date and time").into())
}

/// A window of years with a daily profile has many periods.
const MOST: usize = 10_000;
