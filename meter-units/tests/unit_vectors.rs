//! The unit table and the conversions against tables that were computed elsewhere.
//!
//! The environment variable `METERING_VECTORS` says where they are; without it there is nothing to
//! compare with.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test may panic"
)]

mod vectors;

use std::collections::HashMap;

use meter_units::{BaseUnit, ConvertError, Decimal, How, Kind, Per, Prefix, Rounding, Unit};

/// The rows of a table with a heading line, or nothing where there are no vectors.
fn rows(name: &str) -> Vec<HashMap<String, String>> {
    let Some(text) = vectors::table(name) else {
        return Vec::new();
    };
    let mut lines = text.lines();
    let heading: Vec<_> = lines.next().expect("a heading").split('\t').collect();
    lines
        .map(|line| {
            let fields = line.split('\t').map(String::from);
            heading
                .iter()
                .map(|name| (*name).to_owned())
                .zip(fields)
                .collect()
        })
        .collect()
}

fn base_unit(name: &str) -> BaseUnit {
    *BaseUnit::ALL
        .iter()
        .find(|base| format!("{base:?}") == name)
        .unwrap_or_else(|| panic!("{name} is a base unit"))
}

fn decimal(text: &str) -> Decimal {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let places = digits
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    let coefficient = digits.replace('.', "").parse().expect("digits");
    let exponent = -i8::try_from(places).expect("few places");
    Decimal::from_parts(negative, coefficient, exponent).expect("in range")
}

/// Sign, digits without trailing zeros, power of ten.
fn value(decimal: Decimal) -> (bool, u64, i32) {
    let (mut coefficient, mut exponent) = (decimal.coefficient(), i32::from(decimal.exponent()));
    if coefficient == 0 {
        return (false, 0, 0);
    }
    while coefficient % 10 == 0 {
        coefficient /= 10;
        exponent += 1;
    }
    (decimal.is_negative(), coefficient, exponent)
}

#[test]
fn the_table_of_units_agrees() {
    let rows = rows("units.tsv");
    if rows.is_empty() {
        return;
    }
    assert_eq!(rows.len(), BaseUnit::ALL.len());
    for (row, base) in rows.iter().zip(BaseUnit::ALL) {
        let unit = Unit::new(*base);
        let name = format!("{base:?}");
        assert_eq!(row["name"], name);
        assert_eq!(row["symbol"], unit.symbol().to_string(), "{name}");
        assert_eq!(row["ascii"], unit.ascii().to_string(), "{name}");
        let ucum = row["ucum"].split(' ').next().expect("a code");
        assert_eq!(ucum, unit.ucum().to_string(), "{name}");
        assert_eq!(row["kind"], format!("{:?}", unit.kind()), "{name}");
        check_prefixes(*base, &row["prefixable"]);
        check_code(
            &row["dlms"],
            unit.dlms().map(|(unit, power)| (unit.0, power)),
            &name,
        );
        check_code(&row["seed_table29"], unit.t29(), &name);
    }
}

fn check_prefixes(base: BaseUnit, column: &str) {
    for prefix in Prefix::ALL {
        let expected = matches!(
            (column, prefix),
            (_, Prefix::None)
                | ("yes" | "yes (kg)", _)
                | ("k, M", Prefix::Kilo | Prefix::Mega)
                | ("m, k", Prefix::Milli | Prefix::Kilo)
                | ("m", Prefix::Milli)
        );
        assert_eq!(base.takes(*prefix), expected, "{base:?} {prefix:?}");
    }
}

/// A number, with a unit in parentheses where it stands for another than the row's.
fn check_code(column: &str, found: Option<(u8, i8)>, name: &str) {
    let number = column.split([' ', '*', ',']).next().expect("a first part");
    let Ok(number) = number.parse::<u8>() else {
        return;
    };
    let power = match column
        .split_once('(')
        .map(|(_, rest)| rest.trim_end_matches(')'))
    {
        None | Some("u") => 0,
        Some("kg" | "kBTU" | "kVARh" | "kVAR" | "1/Wh") => -3,
        Some("mBTU/s" | "Wh/m3" | "g/m3") => 3,
        Some(other) => panic!("{name}: unknown remark {other}"),
    };
    assert_eq!(found, Some((number, power)), "{name}");
}

#[test]
fn the_ratios_of_units_agree() {
    let rows = rows("units.tsv");
    let linear: Vec<_> = rows
        .iter()
        .filter(|row| row["si_num"] != "-" && row["kind"] != "Temperature")
        .map(|row| {
            let number = |column: &str| row[column].parse::<i128>().expect("a number");
            (
                base_unit(&row["name"]),
                number("si_num"),
                number("si_den"),
                row["si_pow10"].parse::<i32>().expect("a power"),
            )
        })
        .collect();
    let mut checked = 0;
    for (from, a, b, m) in &linear {
        for (to, c, d, n) in &linear {
            if from.kind() != to.kind() {
                continue;
            }
            let one = decimal("1");
            let found = Unit::new(*from).convert(one, Unit::new(*to), How::Exact);
            if found == Err(ConvertError::Inexact) {
                continue;
            }
            // 1 × (a/b × 10^m) must be the result × (c/d × 10^n).
            let (_, digits, power) = value(found.expect("a result"));
            let (left, right) = (a * d, b * c * i128::from(digits));
            let shift = m - n - power;
            let scale = 10_i128.pow(shift.unsigned_abs());
            let (left, right) = if shift < 0 {
                (left, right * scale)
            } else {
                (left * scale, right)
            };
            assert_eq!(left, right, "{from:?} in {to:?}");
            checked += 1;
        }
    }
    assert!(linear.is_empty() || checked > 100);
}

#[test]
fn products_and_quotients_add_their_dimensions_up() {
    let rows = rows("units.tsv");
    let dimension: HashMap<_, _> = rows
        .iter()
        .map(|row| (row["kind"].clone(), exponents(&row["dimension"])))
        .collect();
    if dimension.is_empty() {
        return;
    }
    let divisors = [
        (Per::Hour, Kind::Duration),
        (Per::CubicMetre, Kind::Volume),
        (Per::KilowattHour, Kind::Energy),
        (Per::Kelvin, Kind::TemperatureDiff),
        (Per::Volt, Kind::Voltage),
    ];
    let mut checked = 0;
    for base in BaseUnit::ALL {
        for (per, divisor) in &divisors {
            let kind = Unit::new(*base).with_per(*per).kind();
            if kind == Kind::Compound || !dimension.contains_key(&format!("{kind:?}")) {
                continue;
            }
            let mut expected = dimension[&format!("{:?}", base.kind())].clone();
            for (letter, power) in &dimension[&format!("{divisor:?}")] {
                *expected.entry(letter.clone()).or_default() -= power;
            }
            expected.retain(|_, power| *power != 0);
            assert_eq!(
                dimension[&format!("{kind:?}")],
                expected,
                "{base:?} {per:?}"
            );
            checked += 1;
        }
    }
    assert!(checked > 10);
}

/// `L2 M T-3` as a map from the letter to its power.
fn exponents(text: &str) -> HashMap<String, i32> {
    text.split(' ')
        .filter(|factor| !matches!(*factor, "1" | "-" | "(none)" | "log" | "money"))
        .map(|factor| {
            let (letter, power) = factor.split_at(1);
            (letter.to_owned(), power.parse().unwrap_or(1))
        })
        .collect()
}

#[test]
fn conversions_agree() {
    for row in rows("convert.tsv") {
        let from = Unit::new(base_unit(&row["from"]));
        let to = Unit::new(base_unit(&row["to"]));
        let number = decimal(&row["value"]);
        let exact = from.convert(number, to, How::Exact).map(value);
        let expected = match row["exact_decimal_or_dash"].as_str() {
            "-" => Err(ConvertError::Inexact),
            text => Ok(value(decimal(text))),
        };
        assert_eq!(exact, expected, "{row:?}");

        let how = How::Rounded {
            places: 9,
            rounding: Rounding::HalfEven,
        };
        let rounded = from.convert(number, to, how).map(value);
        assert_eq!(
            rounded,
            Ok(value(decimal(&row["rounded_9dp_half_even"]))),
            "{row:?}"
        );
    }
}
