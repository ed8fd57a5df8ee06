//! What is said of a register.

use meter_units::{Absent, Direction, Phase, Statistic, Timestamp, Unit, Value};
use modbus_regmap::map::Register;
use serde::Serialize;

use crate::meter::Part;
use crate::reader::Outcome;
use crate::shown::unit;

/// A line of output.
#[derive(Serialize)]
pub(crate) struct Row {
    pub(crate) name: String,
    pub(crate) quantity: &'static str,
    pub(crate) unit: String,
    pub(crate) value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phase: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) statistic: Option<&'static str>,
    #[serde(skip_serializing_if = "is_zero")]
    pub(crate) tariff: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(skip)]
    pub(crate) is_number: bool,
    /// Whether the meter has been asked in vain.
    #[serde(skip)]
    pub(crate) is_failed: bool,
}

impl Row {
    pub(crate) fn new(
        part: &Part,
        register: &Register<'_>,
        outcome: &Outcome<'_>,
        time: Option<Timestamp>,
    ) -> Self {
        let channel = register.channel();
        let mut row = Self {
            name: register.name().to_owned(),
            quantity: channel.quantity.name(),
            unit: unit(register.unit().unwrap_or(Unit::ONE)),
            value: None,
            absent: None,
            error: None,
            note: None,
            label: None,
            direction: Some(channel.direction)
                .filter(|&direction| direction != Direction::None)
                .map(Direction::name),
            phase: Some(channel.phase)
                .filter(|&phase| phase != Phase::Total)
                .map(Phase::name),
            statistic: Some(channel.statistic)
                .filter(|&statistic| statistic != Statistic::Instant)
                .map(Statistic::name),
            tariff: channel.tariff,
            model: part.model,
            at: part.at,
            group: part.group,
            time: time.map(|time| time.to_string()),
            is_number: false,
            is_failed: false,
        };
        match outcome {
            Outcome::Reading(reading) => {
                row.unit = unit(reading.unit);
                row.value = Some(reading.value.to_string());
                row.label = label(register, &reading.value);
                row.is_number = matches!(reading.value, Value::Number(_) | Value::Flags(_));
            }
            Outcome::WithoutUnit(value, error) => {
                row.unit = String::new();
                row.value = Some(value.to_string());
                row.is_number = matches!(value, Value::Number(_));
                row.note = Some(error.to_string());
            }
            Outcome::Absent(error) => {
                row.absent = Some(error.absent().name());
                row.is_failed = error.absent() != Absent::NotAvailable;
                row.error = row.is_failed.then(|| error.to_string());
            }
            Outcome::Failed(failure) => {
                row.absent = Some(Absent::NotSent.name());
                row.error = Some(failure.to_string());
                row.is_failed = true;
            }
        }
        row
    }
}

/// The name of a state, or those of the flags that are set.
fn label(register: &Register<'_>, value: &Value<'_>) -> Option<String> {
    if register.labels().len() == 0 {
        return None;
    }
    if let Some(flags) = value.flags() {
        let is_set = |bit: u64| bit < 64 && flags >> bit & 1 == 1;
        let names = register.labels().filter(|(bit, _)| is_set(*bit));
        let names: Vec<_> = names.map(|(_, name)| name).collect();
        return Some(names.join(", ")).filter(|names| !names.is_empty());
    }
    let code = u64::try_from(value.number()?.to_decimal()?).ok()?;
    register.label(code).map(str::to_owned)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}
