//! A zone, its meters and stations, and what happens there.

use alloc::collections::BTreeMap;
use core::time::Duration;

use meter_units::{
    Channel, Decimal, Direction, Medium, Number, Phase, Quantity, Reading, Unit, Value,
};
use ocpp_types::load::{self, Currents, Meter, Place, Strategy, Wiring, Zone};
use ocpp_types::schedule::Tenths;
use serde::Deserialize;

/// What a scenario file says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    zone: f64,
    #[serde(default = "six")]
    fail_safe: f64,
    #[serde(default = "minute")]
    stale_after: u64,
    #[serde(default)]
    meter: Vec<MeterEntry>,
    station: Vec<StationEntry>,
    step: Vec<StepEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MeterEntry {
    name: String,
    /// The fuse before zone and loads, for a meter beside the zone.
    fuse: Option<f64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StationEntry {
    name: String,
    model: String,
    phases: String,
    #[serde(default = "six")]
    minimum: f64,
    maximum: f64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepEntry {
    at: u64,
    /// The currents in L1, L2 and L3, by meter.
    #[serde(default)]
    read: BTreeMap<String, [f64; 3]>,
    /// The stations that charge from now on; as before, if missing.
    charging: Option<Vec<String>>,
}

/// A zone and what happens there.
pub(crate) struct Scenario {
    pub(crate) zone: Zone,
    pub(crate) meters: Vec<(String, Meter)>,
    pub(crate) stations: Vec<Station>,
    /// In the order of their time.
    pub(crate) steps: Vec<Step>,
}

/// A station, and how it is told what it may draw.
pub(crate) struct Station {
    pub(crate) name: String,
    pub(crate) model: &'static str,
    pub(crate) strategy: Strategy,
    pub(crate) wired: [bool; 3],
    pub(crate) station: load::Station,
}

/// What happens at a moment.
pub(crate) struct Step {
    pub(crate) at: Duration,
    /// The meters that are read, by number.
    pub(crate) readings: Vec<(usize, [Reading<'static>; 3])>,
    /// The stations that charge, by number.
    pub(crate) charging: Option<Vec<usize>>,
}

impl Scenario {
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        let meters = file.meter.iter().map(|meter| {
            let place = match meter.fuse {
                None => Place::Within,
                Some(fuse) => Place::Beside {
                    fuse: amperes(fuse)?,
                },
            };
            Ok((meter.name.clone(), Meter::new(place)))
        });
        let meters = meters.collect::<Result<Vec<_>, String>>()?;
        let stations: Result<Vec<_>, _> = file.station.iter().map(Station::new).collect();
        let stations = stations?;
        let mut steps = Vec::new();
        for step in &file.step {
            steps.push(Step::new(step, &meters, &stations)?);
        }
        steps.sort_by_key(|step| step.at);
        Ok(Self {
            zone: Zone {
                fail_safe: amperes(file.fail_safe)?,
                stale_after: Duration::from_secs(file.stale_after),
                ..Zone::new(amperes(file.zone)?)
            },
            meters,
            stations,
            steps,
        })
    }
}

impl Station {
    fn new(entry: &StationEntry) -> Result<Self, String> {
        let known = load::MODELS.iter();
        let mut known = known.filter(|(name, _)| name.eq_ignore_ascii_case(&entry.model));
        let (model, strategy) = known
            .next()
            .ok_or_else(|| format!("no model {:?}", entry.model))?;
        let (wiring, wired) = wiring(&entry.phases)?;
        Ok(Self {
            name: entry.name.clone(),
            model,
            strategy: *strategy,
            wired,
            station: load::Station {
                minimum: amperes(entry.minimum)?,
                ..load::Station::new(wiring, amperes(entry.maximum)?)
            },
        })
    }
}

impl Step {
    fn new(
        entry: &StepEntry,
        meters: &[(String, Meter)],
        stations: &[Station],
    ) -> Result<Self, String> {
        let mut readings = Vec::new();
        for (name, values) in &entry.read {
            let number = meters.iter().position(|(known, _)| known == name);
            let number = number.ok_or_else(|| format!("no meter {name:?}"))?;
            let [l1, l2, l3] = values;
            readings.push((
                number,
                [
                    reading(Phase::L1, *l1)?,
                    reading(Phase::L2, *l2)?,
                    reading(Phase::L3, *l3)?,
                ],
            ));
        }
        let find = |name: &String| {
            let number = stations.iter().position(|known| known.name == *name);
            number.ok_or_else(|| format!("no station {name:?}"))
        };
        let charging = entry.charging.as_ref();
        let charging = charging.map(|names| names.iter().map(find).collect::<Result<_, _>>());
        Ok(Self {
            at: Duration::from_secs(entry.at),
            readings,
            charging: charging.transpose()?,
        })
    }
}

/// The currents among the readings of a meter, whatever protocol they came by.
pub(crate) fn currents(readings: &[Reading<'static>; 3]) -> Result<Currents, String> {
    let currents = Currents::from_readings(readings.iter().cloned());
    currents.ok_or_else(|| "the readings are no currents".to_owned())
}

fn reading(phase: Phase, amperes: f64) -> Result<Reading<'static>, String> {
    let channel = Channel {
        phase,
        direction: Direction::Import,
        ..Channel::new(Quantity::Current, Medium::ELECTRICITY)
    };
    let value = Value::Number(Number::Decimal(decimal(amperes)?));
    Ok(Reading::new(channel, value, Unit::A))
}

fn amperes(number: f64) -> Result<Tenths, String> {
    Tenths::try_from(decimal(number)?).map_err(|error| error.to_string())
}

fn decimal(number: f64) -> Result<Decimal, String> {
    Decimal::try_from_f64_shortest(number).map_err(|error| format!("{number}: {error}"))
}

fn wiring(text: &str) -> Result<(Wiring, [bool; 3]), String> {
    let phases = [("L1", Wiring::L1), ("L2", Wiring::L2), ("L3", Wiring::L3)];
    let mut wired = [false; 3];
    let mut wiring: Option<Wiring> = None;
    for word in text.split_whitespace() {
        let place = phases.iter().position(|(name, _)| *name == word);
        let place = place.ok_or_else(|| format!("no phase {word:?}"))?;
        for ((index, (_, phase)), wired) in phases.iter().enumerate().zip(&mut wired) {
            if index == place {
                *wired = true;
                wiring = Some(wiring.map_or(*phase, |wiring| wiring.and(*phase)));
            }
        }
    }
    let wiring = wiring.ok_or_else(|| "a station without phases".to_owned())?;
    Ok((wiring, wired))
}

const fn six() -> f64 {
    6.0
}

const fn minute() -> u64 {
    60
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        zone = 63
        meter = [{ name = "house" }]
        station = [{ name = "a", model = "abb terra ac", phases = "L1 L3", maximum = 32 }]
        step = [{ at = 5 }, { at = 0, read.house = [1, 2.5, 3], charging = ["a"] }]
    "#;

    #[test]
    fn a_scenario_is_put_in_order() {
        let scenario = Scenario::parse(SMALL).unwrap();
        let [first, second] = &scenario.steps[..] else {
            panic!("not two steps");
        };
        assert_eq!((first.at.as_secs(), second.at.as_secs()), (0, 5));
        let expected = Currents::new(Tenths::new(10), Tenths::new(25), Tenths::new(30));
        assert_eq!(currents(&first.readings[0].1), Ok(expected));
        assert_eq!(scenario.stations[0].wired, [true, false, true]);
        assert_eq!(scenario.stations[0].strategy, Strategy::ABB_TERRA_AC);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for (from, to) in [
            ("read.house", "read.home"),
            ("[\"a\"]", "[\"b\"]"),
            ("L1 L3", "L4"),
            ("abb terra ac", "other"),
            ("zone = 63", "zone = 63.05"),
            ("zone = 63", "zone = -1"),
        ] {
            assert!(Scenario::parse(&SMALL.replace(from, to)).is_err(), "{to}");
        }
    }
}
