//! The values of our own server.

use meter_units::{Absent, Civil, Decimal, How, Rounding, Text, Timestamp, Unit, Value};
use modbus_regmap::Registers;
use modbus_regmap::encoding::{Encoding, ValueError};
use modbus_regmap::map::{Block, Register, UnitCodes};
use modbus_regmap::plan::{Selection, readings_in};

use crate::cells::Cells;
use crate::meter::Part;
use crate::plausible;

/// The meter that is shown without arguments.
pub(crate) const MODEL: &str = "eastron-sdm630";

/// What is shown of it.
pub(crate) const SHOWN: [&str; 17] = [
    "voltage_l1",
    "voltage_l2",
    "voltage_l3",
    "current_l1",
    "current_l2",
    "current_l3",
    "power_active_l1",
    "power_active_l2",
    "power_active_l3",
    "power_active",
    "power_factor",
    "frequency",
    "energy_active_import",
    "energy_active_export",
    "energy_reactive_import",
    "energy_active_total",
    "energy_reactive_total",
];

/// Noon of a day, for registers that hold a time.
const NOON: i64 = 1_780_315_200;

/// Puts something plausible into all registers of a part.
pub(crate) fn fill(cells: &Cells, part: &Part) {
    for register in part.registers() {
        if !is_scale(part, register) && !is_unit_code(part, register) {
            fill_one(cells, part, register);
        }
    }
    // What the others depend on comes first, and has to fit all of them.
    for register in part.registers() {
        if let Some(address) = register.unit_register() {
            choose_unit(cells, part, register, address);
        }
        if let Some(address) = register.scale_register() {
            choose_scale(cells, part, register, address);
        }
    }
    for register in part.registers() {
        if register.scale_register().is_some() {
            fill_one(cells, part, register);
        }
    }
}

/// Puts the value that a text names into the cells of a register.
pub(crate) fn put(cells: &Cells, part: &Part, name: &str, text: &str) -> Result<(), String> {
    let register = part
        .registers()
        .find(|register| register.name() == name)
        .ok_or_else(|| format!("the meter has no register {name:?}"))?;
    let wrong = |error: ValueError| format!("{name} cannot be {text:?}: {error}");
    let exponent = exponent(cells, part, register);
    let bytes = with_value(register, text, |value| encoded(register, value, exponent));
    write(cells, part, register, &bytes.map_err(wrong)?);
    Ok(())
}

/// Hands on the value that a text names, as the encoding of a register needs it.
pub(crate) fn with_value<T>(
    register: &Register<'_>,
    text: &str,
    then: impl FnOnce(Value<'_>) -> Result<T, ValueError>,
) -> Result<T, ValueError> {
    if text == "none" {
        return then(Value::None(Absent::NotAvailable));
    }
    match register.encoding() {
        Encoding::Text { .. } | Encoding::WideText { .. } | Encoding::Manufacturer => {
            then(Value::Text(Text::from(text)))
        }
        Encoding::Unix(_)
        | Encoding::BinaryTime
        | Encoding::YmdHms
        | Encoding::YmdHmsMs
        | Encoding::BcdYmdHms => then(Value::Time(
            text.parse().map_err(|_| ValueError::InvalidDate)?,
        )),
        Encoding::Ipv4 | Encoding::Ipv6 | Encoding::Eui64 => {
            let bytes = hex::decode(text).map_err(|_| ValueError::Kind)?;
            then(Value::Bytes(&bytes))
        }
        Encoding::Flags(_) => then(Value::Flags(text.parse().map_err(|_| ValueError::Kind)?)),
        _ => then(Value::from(
            text.parse::<Decimal>().map_err(|_| ValueError::Kind)?,
        )),
    }
}

/// The bytes of a value in the registers.
pub(crate) fn encoded(
    register: &Register<'_>,
    value: Value<'_>,
    exponent: Option<u16>,
) -> Result<Vec<u8>, ValueError> {
    let mut bytes = vec![0; usize::from(register.count()) * 2];
    let length = register.encode_into(value, exponent, &mut bytes)?;
    bytes.truncate(length);
    Ok(bytes)
}

/// The bits of its registers that are its own.
pub(crate) fn mask(register: &Register<'_>) -> Vec<u8> {
    let ones = match register.encoding() {
        Encoding::U8Hi | Encoding::U8Lo => u64::from(u8::MAX),
        Encoding::Field(field) => u64::MAX >> (64 - u32::from(field.bits().clamp(1, 64))),
        Encoding::I8Hi | Encoding::I8Lo => 0,
        _ => return vec![u8::MAX; usize::from(register.count()) * 2],
    };
    let is_signed = match register.encoding() {
        Encoding::Field(field) => field.sign() == modbus_regmap::encoding::Signedness::Signed,
        encoding => matches!(encoding, Encoding::I8Hi | Encoding::I8Lo),
    };
    let ones = if is_signed {
        Decimal::new(-1, 0)
    } else {
        Decimal::from_parts(false, ones, 0)
    };
    let mut mask = vec![0; usize::from(register.count()) * 2];
    let value = Value::from(ones.unwrap_or_default());
    // Neither scale nor offset counts here.
    let written = register
        .encoding()
        .encode_into(register.order(), value, &mut mask);
    debug_assert!(
        written.is_ok(),
        "all bits set is a value of these encodings"
    );
    mask
}

fn write(cells: &Cells, part: &Part, register: &Register<'_>, bytes: &[u8]) {
    let mask = mask(register);
    if let (Some(values), Some(mask)) = (Registers::from_bytes(bytes), Registers::from_bytes(&mask))
    {
        cells.put(register, part.place, values, mask);
    }
}

/// What is in the scale register.
fn exponent(cells: &Cells, part: &Part, register: &Register<'_>) -> Option<u16> {
    let address = part.place.address(register.scale_register()?, 1)?;
    cells.get(register.table(), address)
}

fn is_scale(part: &Part, register: &Register<'_>) -> bool {
    let mut others = part.map.registers().iter();
    others.any(|other| other.scale_register() == Some(register.address()))
}

fn is_unit_code(part: &Part, register: &Register<'_>) -> bool {
    let mut others = part.map.registers().iter();
    others.any(|other| {
        let is_low_byte = matches!(register.encoding(), Encoding::U8Lo);
        other.unit_register() == Some(register.address())
            && (other.unit_codes() == UnitCodes::Labels || is_low_byte)
    })
}

/// Puts a plausible value into a register.
fn fill_one(cells: &Cells, part: &Part, register: &Register<'_>) {
    let exponent = exponent(cells, part, register);
    if let Some(bytes) = sample(register, exponent) {
        write(cells, part, register, &bytes);
    }
}

/// The bytes of a plausible value.
fn sample(register: &Register<'_>, exponent: Option<u16>) -> Option<Vec<u8>> {
    let encode = |value| encoded(register, value, exponent).ok();
    match register.encoding() {
        Encoding::Text { .. } | Encoding::WideText { .. } => ["Sample", "S1", ""]
            .iter()
            .find_map(|text| encode(Value::Text(Text::from(*text)))),
        Encoding::Manufacturer => encode(Value::Text(Text::from("ABC"))),
        Encoding::Flags(_) => encode(Value::Flags(0)),
        Encoding::Pad { .. } | Encoding::Ipv4 | Encoding::Ipv6 | Encoding::Eui64 => None,
        Encoding::Unix(_)
        | Encoding::BinaryTime
        | Encoding::YmdHms
        | Encoding::YmdHmsMs
        | Encoding::BcdYmdHms => {
            let utc = Timestamp::from_unix(NOON);
            let local = |civil: Civil| Timestamp::Local { civil, dst: None };
            encode(Value::Time(utc)).or_else(|| encode(Value::Time(local(utc.civil()?))))
        }
        Encoding::Enum(_) => {
            let code = register.labels().next().map_or(0, |(code, _)| code);
            encode(Value::from(Decimal::from_parts(false, code, 0)?))
        }
        _ => {
            let value = number(register);
            fitted(register, exponent, value).or_else(|| {
                // Its range may end before that, or begin behind it.
                let powers = [0, -1, -2, -3, -4, -5, 1, 2, 3];
                let others = powers.map(|power| value.abs().scale_by_power_of_ten(power));
                let mut others = others.into_iter().flatten();
                others.find_map(|value| fitted(register, exponent, value))
            })
        }
    }
}

/// A plausible number in the unit of the register.
fn number(register: &Register<'_>) -> Decimal {
    let Some((value, unit)) = plausible::value(register) else {
        return Decimal::from(1_u8);
    };
    let how = How::Rounded {
        places: 3,
        rounding: Rounding::HalfEven,
    };
    let own = register.unit().unwrap_or(Unit::ONE);
    unit.convert(value, own, how).unwrap_or(value)
}

/// The bytes of a number with as many of its digits as the register has.
fn fitted(register: &Register<'_>, exponent: Option<u16>, value: Decimal) -> Option<Vec<u8>> {
    for places in (-9..=9).rev() {
        let rounded = value.round(places, Rounding::HalfEven).ok()?;
        if rounded.is_zero() && !value.is_zero() {
            break;
        }
        match encoded(register, Value::from(rounded), exponent) {
            Err(ValueError::Inexact) => {}
            result => return result.ok(),
        }
    }
    None
}

/// The finest power of ten with which all values fit that share it.
fn choose_scale(cells: &Cells, part: &Part, register: &Register<'_>, address: u16) {
    let Some(place) = part.place.address(address, 1) else {
        return;
    };
    let sharing = || {
        let registers = part.map.registers().iter();
        registers.filter(|other| other.scale_register() == Some(address))
    };
    let powers = (-3..=6_i16).map(|power| u16::from_be_bytes(power.to_be_bytes()));
    let fits = |power: &u16| sharing().all(|it| fitted(it, Some(*power), number(it)).is_some());
    let power = powers.clone().find(fits).unwrap_or_default();
    cells.set(register.table(), place, power);
}

/// A code of a unit that the value can have.
fn choose_unit(cells: &Cells, part: &Part, register: &Register<'_>, address: u16) {
    let source = part
        .registers()
        .find(|it| it.address() == address && is_unit_code(part, it));
    let Some(source) = source else {
        return;
    };
    let codes: Vec<u64> = match register.unit_codes() {
        UnitCodes::Concentrator => {
            let mut codes: Vec<_> = (0..=u8::MAX).collect();
            codes.sort_by_key(|code| Unit::from_t29(*code) != Some(Unit::KWH));
            codes.into_iter().map(u64::from).collect()
        }
        _ => source.labels().map(|(code, _)| code).collect(),
    };
    for code in codes {
        let value = Decimal::from_parts(false, code, 0).unwrap_or_default();
        if let Ok(bytes) = encoded(source, Value::from(value), None) {
            write(cells, part, source, &bytes);
            if is_readable(cells, part, register) {
                return;
            }
        }
    }
}

/// Whether the cells of a register and of what it depends on give a reading with a unit.
fn is_readable(cells: &Cells, part: &Part, register: &Register<'_>) -> bool {
    let own = Some((register.address(), register.count()));
    let others = [register.scale_register(), register.unit_register()];
    let wanted = core::iter::once(own).chain(others.map(|it| Some((it?, 1))));
    let windows: Vec<_> = wanted
        .flatten()
        .filter_map(|(address, count)| {
            let address = part.place.address(address, count)?;
            Some((address, cells.window(register.table(), address, count)?))
        })
        .collect();
    let blocks: Vec<_> = windows
        .iter()
        .filter_map(|(address, bytes)| {
            let registers = Registers::from_bytes(bytes)?;
            Some(Block::new(register.table(), *address, registers))
        })
        .collect();
    let names = [register.name()];
    let selection = Selection::Names(&names);
    let mut readings = readings_in(&part.map, part.place, selection, &blocks);
    readings.any(|(_, reading)| reading.is_ok_and(|reading| !matches!(reading.unit, Unit::ONE)))
}
