//! The values of our own server.

use meter_units::{Absent, Decimal, Text, Value};
use modbus_regmap::Registers;
use modbus_regmap::encoding::{Encoding, ValueError};
use modbus_regmap::map::{Register, RegisterMap};

use crate::cells::Cells;

/// The meter that is shown without arguments.
pub(crate) const MODEL: &str = "eastron-sdm630";

/// What it measures.
const VALUES: [(&str, &str); 17] = [
    ("voltage_l1", "230.1"),
    ("voltage_l2", "229.4"),
    ("voltage_l3", "231.7"),
    ("current_l1", "6.18"),
    ("current_l2", "0.52"),
    ("current_l3", "11.903"),
    ("power_active_l1", "1407.6"),
    ("power_active_l2", "-98.4"),
    ("power_active_l3", "2744.1"),
    ("power_active", "4053.3"),
    ("power_factor", "0.987"),
    ("frequency", "49.98"),
    ("energy_active_import", "27184.42"),
    ("energy_active_export", "311.07"),
    ("energy_reactive_import", "1902.5"),
    ("energy_active_total", "27495.49"),
    ("energy_reactive_total", "1987.25"),
];

/// The registers that have a value, and all values.
pub(crate) fn values() -> impl Iterator<Item = (String, String)> {
    VALUES
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
}

/// Puts the value that a text names into the cells of a register.
pub(crate) fn put(
    cells: &Cells,
    map: &RegisterMap<'_>,
    name: &str,
    text: &str,
) -> Result<(), String> {
    let register = map
        .register(name)
        .ok_or_else(|| format!("the meter has no register {name:?}"))?;
    let wrong = |error: &dyn core::fmt::Display| format!("{name} cannot be {text:?}: {error}");
    let value = value(register, text).map_err(|error| wrong(&error))?;
    let exponent = register
        .scale_register()
        .and_then(|address| cells.get(register.table(), address));
    let mut bytes = vec![0; usize::from(register.count()) * 2];
    let length = register
        .encode_into(value, exponent, &mut bytes)
        .map_err(|error| wrong(&error))?;
    if let Some(registers) = bytes.get(..length).and_then(Registers::from_bytes) {
        cells.put(register, registers);
    }
    Ok(())
}

fn value<'t>(register: &Register<'_>, text: &'t str) -> Result<Value<'t>, ValueError> {
    Ok(match register.encoding() {
        Encoding::Text { .. } | Encoding::WideText { .. } | Encoding::Manufacturer => {
            Value::Text(Text::from(text))
        }
        _ if text == "none" => Value::None(Absent::NotAvailable),
        Encoding::Flags(_) => Value::Flags(text.parse().map_err(|_| ValueError::Kind)?),
        _ => Value::from(text.parse::<Decimal>().map_err(|_| ValueError::Kind)?),
    })
}
