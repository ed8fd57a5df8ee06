//! The collected values: registers in, exact value or the reason for none out.
//!
//! `METERING_VECTORS` names the folder; without it there is nothing to read.
#![cfg(all(feature = "alloc", feature = "serde"))]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::{env, fs};

use meter_units::{Decimal, Number, Rounding, Value};
use modbus_regmap::encoding::{
    BitNumbering, Encoding, Field, Marker, Order, Signedness, ValueError, Width,
};
use modbus_regmap::map::{Register, Round};
use modbus_regmap::{Registers, Table};
use serde_json::Value as Json;

fn lines() -> Vec<Json> {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        eprintln!("METERING_VECTORS is not set: no value is checked");
        return Vec::new();
    };
    let path = std::path::PathBuf::from(folder).join("modbus/decode.jsonl");
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn words(line: &Json, key: &str) -> Vec<u16> {
    let text = line[key].as_str().unwrap_or_default();
    text.split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| u16::from_str_radix(word, 16).unwrap())
        .collect()
}

fn byte(line: &Json, key: &str) -> u8 {
    u8::try_from(line[key].as_u64().unwrap()).unwrap()
}

fn encoding(line: &Json, count: u16) -> Encoding {
    match line["type"].as_str().unwrap() {
        "bit" => {
            let numbering = line["bit_numbering"].as_str().unwrap();
            let numbering = BitNumbering::from_name(numbering).unwrap();
            Encoding::bit(byte(line, "bit"), numbering).unwrap()
        }
        "field" => {
            let sign = if line["signed"].as_bool().unwrap() {
                Signedness::Signed
            } else {
                Signedness::Unsigned
            };
            let width = Width::from_registers(count).unwrap();
            Encoding::Field(
                Field::new(byte(line, "low_bit"), byte(line, "width"), sign, width).unwrap(),
            )
        }
        name => Encoding::from_name(name, Some(count)).unwrap(),
    }
}

fn register(line: &Json, count: u16) -> Register<'static> {
    let mut register = Register::new("value", Table::HoldingRegister, 0, encoding(line, count));
    if let Some(order) = line["order"].as_str() {
        register = register.with_order(order.parse::<Order>().unwrap());
    }
    if let Some(scale) = line["scale"].as_str() {
        register = register.with_scale(scale.parse().unwrap());
    }
    if let Some(offset) = line["offset"].as_str() {
        register = register.with_offset(offset.parse().unwrap());
    }
    if let Some(marker) = line["not_available"].as_str() {
        register = register.with_not_available(marker.parse().unwrap());
    }
    if line["scale_register"].is_string() {
        register = register.with_scale_register(count);
        // these points are SunSpec's, whose types have markers
        let marker = match line["type"].as_str().unwrap() {
            "i16" => Some(0x8000),
            "u16" => Some(0xFFFF),
            "i32" => Some(0x8000_0000),
            // an accumulator
            "u32" => Some(0),
            _ => None,
        };
        if let Some(marker) = marker {
            register = register.with_not_available(Marker::Bits(marker));
        }
    }
    register
}

/// Whether a float is the nearest to a decimal of any length.
fn is_nearest(number: Number, expected: &str) -> bool {
    let expected: f64 = expected.parse().unwrap();
    let tolerance = match number {
        Number::F64(float) => return float.to_bits() == (expected + 0.0).to_bits(),
        // the digits of the float of 32 bits end there
        Number::F32(_) | Number::Decimal(_) => expected.abs() * f64::from(f32::EPSILON) / 2.0,
    };
    (number.to_f64() - expected).abs() <= tolerance
}

#[test]
fn every_value_is_read() {
    for line in lines() {
        let id = &line["id"];
        let words = words(&line, "registers");
        let mut buffer = vec![0; 2 * words.len()];
        let window = Registers::copy_from(&words, &mut buffer).unwrap();
        let register = register(&line, u16::try_from(words.len()).unwrap());
        let exponent = self::words(&line, "scale_register").first().copied();
        let result = register.value(window, exponent);

        let status = line["status"].as_str().unwrap();
        let value = match result {
            Err(ValueError::Overflow) => {
                let wide = register.wide_value(window, exponent).unwrap();
                assert_eq!(Some(wide.to_string().as_str()), line["expected"].as_str());
                continue;
            }
            Err(error) => {
                assert_eq!(error.name(), status, "{id}");
                continue;
            }
            Ok(value) => value,
        };
        assert_eq!(status, "ok", "{id}: {value:?}");
        let expected = &line["expected"];
        match value {
            Value::Number(number) if expected.is_boolean() => {
                assert_eq!(
                    number == Number::from(1),
                    expected.as_bool().unwrap(),
                    "{id}"
                );
            }
            Value::Number(number) => {
                let expected = expected.as_str().unwrap();
                if line["bits"].is_string() {
                    assert!(is_nearest(number, expected), "{id}: {number} {expected}");
                } else {
                    let expected: Decimal = expected.parse().unwrap();
                    assert_eq!(number, Number::Decimal(expected), "{id}");
                }
                check_rounding(&line, number);
            }
            Value::Time(time) => {
                let milliseconds = register
                    .encoding()
                    .milliseconds(register.order(), window)
                    .filter(|milliseconds| *milliseconds != 0)
                    .map_or_else(String::new, |milliseconds| format!(".{milliseconds:03}"));
                assert_eq!(Some(&*format!("{time}{milliseconds}")), expected.as_str());
            }
            other => assert_eq!(Some(&*other.to_string()), expected.as_str(), "{id}"),
        }
    }
}

fn check_rounding(line: &Json, number: Number) {
    let Some(places) = line["round_digits"].as_i64() else {
        return;
    };
    for (key, mode) in [
        ("expected_half_even", Rounding::HalfEven),
        ("expected_half_away", Rounding::HalfUp),
    ] {
        let places = i8::try_from(places).unwrap();
        let rounded = Round { places, mode }.apply(number).unwrap();
        let expected: Decimal = line[key].as_str().unwrap().parse().unwrap();
        assert_eq!(rounded, Number::Decimal(expected), "{} {key}", line["id"]);
    }
}

/// What was read can be written to the same registers.
#[test]
fn every_value_is_written() {
    for line in lines() {
        let words = words(&line, "registers");
        let mut buffer = vec![0; 2 * words.len()];
        let window = Registers::copy_from(&words, &mut buffer).unwrap();
        let register = register(&line, u16::try_from(words.len()).unwrap());
        let exponent = self::words(&line, "scale_register").first().copied();
        let Ok(value) = register.value(window, exponent) else {
            continue;
        };
        let mut out = vec![0; 2 * words.len()];
        let written = register.encode_into(value, exponent, &mut out);
        assert_eq!(written, Ok(out.len()), "{}", line["id"]);
        let again = register.value(Registers::from_bytes(&out).unwrap(), exponent);
        assert_eq!(again, Ok(value), "{}", line["id"]);
    }
}
