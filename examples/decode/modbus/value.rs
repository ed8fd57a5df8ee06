//! Registers as one value.

use core::str::FromStr;

use bigdecimal::BigDecimal;
use meter_units::{Number, Rounding, Value};
use modbus_regmap::encoding::{
    BitNumbering, Encoding, Field, Marker, Signedness, ValueError, Width,
};
use modbus_regmap::map::{Register, Round};
use modbus_regmap::{Registers, Table};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Fault, words};

/// A line that describes its registers.
#[derive(Deserialize)]
struct Line {
    registers: String,
    #[serde(rename = "type")]
    kind: String,
    order: Option<String>,
    #[serde(default)]
    scale: Json,
    #[serde(default)]
    offset: Json,
    #[serde(default)]
    not_available: Json,
    scale_register: Option<String>,
    bit: Option<u8>,
    bit_numbering: Option<String>,
    low_bit: Option<u8>,
    width: Option<u8>,
    #[serde(default)]
    signed: bool,
    round_digits: Option<i8>,
}

pub(super) fn answer(line: Json) -> Result<Json, Fault> {
    let line: Line = serde_json::from_value(line)?;
    let bytes = words(&line.registers)?;
    let window = Registers::from_bytes(&bytes).ok_or("half a register")?;
    let exponent = match &line.scale_register {
        Some(text) => Registers::from_bytes(&words(text)?).and_then(|words| words.get(0)),
        None => None,
    };
    let count = u16::try_from(window.len())?;
    let register = line.register(count)?;
    let value = match register.value(window, exponent) {
        Ok(value) => shown(&register, window, value),
        Err(ValueError::Overflow) => register
            .wide_value(window, exponent)
            .map(|wide| json!(wide.to_string())),
        Err(error) => Err(error),
    };
    let value = match exact_float(&register, window, exponent) {
        // what says that there is no value counts
        Some(digits) if value != Err(ValueError::NotAvailable) => Ok(json!(digits)),
        _ => value,
    };
    Ok(match value {
        Ok(value) => {
            let mut answer = json!({"status": "ok", "value": value});
            if let Some(places) = line.round_digits {
                round(&mut answer, &register, window, exponent, places);
            }
            answer
        }
        Err(error) => json!({"status": error.name(), "value": null, "error": error.to_string()}),
    })
}

impl Line {
    fn register(&self, count: u16) -> Result<Register<'static>, Fault> {
        let encoding = self.encoding(count)?;
        let mut register = Register::new("value", Table::HoldingRegister, 0, encoding);
        if let Some(order) = &self.order {
            register = register.with_order(parsed("order", order)?);
        }
        if let Some(scale) = text(&self.scale) {
            register = register.with_scale(parsed("scale", &scale)?);
        }
        if let Some(offset) = text(&self.offset) {
            register = register.with_offset(parsed("offset", &offset)?);
        }
        if self.scale_register.is_some() {
            register = register.with_scale_register(count);
            if let Some(marker) = sunspec_marker(encoding) {
                register = register.with_not_available(marker);
            }
        }
        if let Some(marker) = text(&self.not_available) {
            register = register.with_not_available(parsed("not_available", &marker)?);
        }
        Ok(register)
    }

    fn encoding(&self, count: u16) -> Result<Encoding, Fault> {
        match &*self.kind {
            "bit" => {
                let numbering = match &self.bit_numbering {
                    Some(name) => {
                        BitNumbering::from_name(name).ok_or("no such numbering of bits")?
                    }
                    None => BitNumbering::Lsb0,
                };
                let bit = self.bit.ok_or("no `bit`")?;
                Ok(Encoding::bit(bit, numbering).ok_or("no such bit")?)
            }
            "field" => {
                let sign = if self.signed {
                    Signedness::Signed
                } else {
                    Signedness::Unsigned
                };
                let low = self.low_bit.ok_or("no `low_bit`")?;
                let width = self.width.ok_or("no `width`")?;
                let field = Width::from_registers(count)
                    .and_then(|size| Field::new(low, width, sign, size))
                    .ok_or("no such bits")?;
                Ok(Encoding::Field(field))
            }
            name => Encoding::from_name(name, Some(count))
                .map_err(|error| format!("type `{name}`: {error}").into()),
        }
    }
}

/// A member of a line; what is wrong with it names it.
fn parsed<T: FromStr<Err: core::fmt::Display>>(member: &str, text: &str) -> Result<T, Fault> {
    text.parse()
        .map_err(|error| format!("{member} `{text}`: {error}").into())
}

/// What SunSpec points of these types hold where they have no value; 32 bits without a sign are an
/// accumulator.
fn sunspec_marker(encoding: Encoding) -> Option<Marker> {
    Some(Marker::Bits(match encoding {
        Encoding::I16 => 0x8000,
        Encoding::U16 => 0xFFFF,
        Encoding::I32 => 0x8000_0000,
        Encoding::U32 => 0,
        _ => return None,
    }))
}

/// The value as JSON has it: bits as `true` and `false`, everything else as text.
fn shown(
    register: &Register<'_>,
    window: Registers<'_>,
    value: Value<'_>,
) -> Result<Json, ValueError> {
    let (encoding, order) = (register.encoding(), register.order());
    Ok(match (encoding, value) {
        (Encoding::Field(field), Value::Number(number)) if field.is_bit() => {
            json!(number == Number::from(1))
        }
        (_, Value::Number(Number::Decimal(decimal))) => json!(decimal.normalized().to_string()),
        (_, Value::Time(time)) => {
            let milliseconds = encoding
                .milliseconds(order, window)
                .filter(|milliseconds| *milliseconds != 0)
                .map_or_else(String::new, |milliseconds| format!(".{milliseconds:03}"));
            json!(format!("{time}{milliseconds}"))
        }
        (_, value) => json!(value.to_string()),
    })
}

/// All digits of a scaled float, which its shortest text does not have; `None` for other types, and
/// for what is no number.
fn exact_float(
    register: &Register<'_>,
    window: Registers<'_>,
    exponent: Option<u16>,
) -> Option<String> {
    let number = register.encoding().decode(register.order(), window).ok()?;
    let float = match number.number()? {
        Number::F32(float) => f64::from(float),
        Number::F64(float) => float,
        _ => return None,
    };
    let decimal = |text: String| BigDecimal::from_str(&text).ok();
    let scale = decimal(register.scale().to_decimal()?.to_string())?;
    let power = exponent.map_or(0_i64, |exponent| {
        i16::from_be_bytes(exponent.to_be_bytes()).into()
    });
    if !(-10..=10).contains(&power) {
        return None;
    }
    let power = BigDecimal::new(1.into(), -power);
    let offset = decimal(register.offset().to_string())?;
    // no float has more digits after the point
    let value = decimal(format!("{float:.1074}"))? * scale * power + offset;
    Some(value.normalized().to_plain_string())
}

/// Adds the rounded values.
fn round(
    answer: &mut Json,
    register: &Register<'_>,
    window: Registers<'_>,
    exponent: Option<u16>,
    places: i8,
) {
    for (name, mode) in [
        ("half_even", Rounding::HalfEven),
        ("half_away", Rounding::HalfUp),
    ] {
        let round = Round { places, mode };
        let rounded = register.clone().with_round(round).value(window, exponent);
        answer[name] = json!(rounded.ok().map(|value| value.to_string()));
    }
}

/// A number or a text that JSON holds as either.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
