//! Composite schedules against the collected cases.
//!
//! The environment variable `METERING_VECTORS` says where they are; without it the worked examples
//! in `schedule` are all that is checked.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use meter_units::{Decimal, Rounding};
use ocpp_types::messages::SetChargingProfileRequest;
use ocpp_types::schedule::{
    Charging, Composite, CompositePeriod, Installed, PhaseRule, Profile, RateUnit, Rules, Tenths,
    Window,
};
use ocpp_types::types::DateTime;
use ocpp_types::{Payload, RawPayload, Tolerance};
use serde_json::{Value, json};

#[test]
fn collected_cases_agree() {
    let Some(text) = table() else {
        return;
    };
    let mut cases = 0;
    for line in text.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let name = case["name"].as_str().unwrap();
        let periods = walk(&case);
        let expected = case["expected"].as_array().unwrap();
        // Some sources leave the number of phases out.
        let with_phases = expected
            .iter()
            .any(|period| period.get("numberPhases").is_some())
            || name.starts_with("model/");
        let expected: Vec<_> = expected.iter().map(Line::expected).collect();
        let mut found: Vec<_> = periods.iter().map(Line::found).collect();
        if !with_phases {
            found.iter_mut().for_each(|line| line.phases = None);
        }
        assert_eq!(found, expected, "{name}");
        cases += 1;
    }
    assert!(cases > 0, "no cases");
}

/// A period in the form of the cases, whose limits have six digits after the point.
#[derive(Debug, PartialEq)]
struct Line {
    start: i64,
    limit: Option<Decimal>,
    phases: Option<u64>,
}

impl Line {
    fn expected(period: &Value) -> Self {
        let limit = &period["limit"];
        Self {
            start: period["startPeriod"].as_i64().unwrap(),
            limit: limit
                .is_number()
                .then(|| limit.to_string().parse().unwrap()),
            phases: period.get("numberPhases").and_then(Value::as_u64),
        }
    }

    fn found(period: &CompositePeriod) -> Self {
        Self {
            start: period.start,
            limit: period.limit.map(|limit| limit.round(6, Rounding::HalfEven)),
            phases: period.phases.map(|phases| phases.number().into()),
        }
    }
}

fn walk(case: &Value) -> Vec<CompositePeriod> {
    let installed: Vec<_> = case["installed"]
        .as_array()
        .unwrap()
        .iter()
        .map(install)
        .collect();
    let unit = match case["chargingRateUnit"].as_str() {
        Some("A") => RateUnit::Amperes,
        _ => RateUnit::Watts,
    };
    let mut rules = Rules::new(unit);
    // One of the sources prints what a connector can draw, and spreads power over the fewest
    // phases; the others leave gaps, and convert each limit on its own phases.
    if case["gap_rule"]
        .as_str()
        .unwrap()
        .starts_with("default limit 48 A / 33120 W")
    {
        let tenths = if unit == RateUnit::Amperes {
            480
        } else {
            331_200
        };
        rules.fallback = Some(Tenths::new(tenths));
        rules.phases = PhaseRule::FewestPhases;
    }
    let transaction = &case["transaction"];
    let charging = transaction["start"].as_str().map(|start| Charging {
        since: seconds(start),
        transaction: transaction["id"].as_i64(),
    });
    let start = seconds(case["start"].as_str().unwrap());
    let window = Window::new(start, case["duration"].as_i64().unwrap());
    match case["connectorId"].as_u64().unwrap() {
        0 => {
            let connectors = usize::try_from(case["connectors"].as_u64().unwrap()).unwrap();
            let connectors = vec![charging; connectors];
            Composite::of_station(&installed, &connectors, window, rules).collect()
        }
        connector => {
            let connector = u32::try_from(connector).unwrap();
            Composite::of_connector(&installed, connector, charging, window, rules).collect()
        }
    }
}

fn install(installed: &Value) -> Installed {
    let request = json!({
        "connectorId": installed["connectorId"],
        "csChargingProfiles": installed["profile"],
    });
    let text = request.to_string();
    let payload = RawPayload::new(&text);
    // One of the sources has members of a later version.
    let request = SetChargingProfileRequest::decode_with(payload, Tolerance::ADDITIONAL_MEMBER)
        .unwrap()
        .value;
    let profile = Profile::try_from(&request.cs_charging_profiles).unwrap();
    Installed::new(u32::try_from(request.connector_id).unwrap(), profile)
}

fn seconds(text: &str) -> i64 {
    DateTime::new(text).unwrap().to_unix().unwrap()
}

fn table() -> Option<String> {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        // The macro for this would only be heard of where the test fails.
        writeln!(
            io::stderr(),
            "METERING_VECTORS is not set: no composite schedule is checked"
        )
        .ok();
        return None;
    };
    let folder = PathBuf::from(folder);
    let mut ocpp = folder.join("ocpp16");
    if !ocpp.is_dir() {
        ocpp = folder.join("../ocpp16");
    }
    let path = ocpp.join("composite_schedule.jsonl");
    Some(fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}
