//! The laws of decimals: text and floats give them back, order and sums are those of numbers.
//!
//! The input is two decimals of ten bytes (sign, exponent, coefficient), places, and a rounding.
#![no_main]

use std::cmp::Ordering;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::hint::black_box;
use std::num::NonZeroU64;

use libfuzzer_sys::fuzz_target;
use meter_units::{Decimal, DecimalError, How, Rounding, Unit};

const ROUNDINGS: [Rounding; 5] = [
    Rounding::HalfEven,
    Rounding::HalfUp,
    Rounding::TowardZero,
    Rounding::Floor,
    Rounding::Ceiling,
];

fuzz_target!(|input: &[u8]| {
    let Some((first, rest)) = input.split_first_chunk() else {
        return;
    };
    let Some((second, &[places, ..])) = rest.split_first_chunk() else {
        return;
    };
    let (Some(a), Some(b)) = (decimal(*first), decimal(*second)) else {
        return;
    };
    check_text(a);
    check_floats(a);
    check_order(a, b);
    check_arithmetic(a, b);
    check_rounding(a, i8::from_le_bytes([places]));
    check_ratio(a, b);
    check_shortest(*first);
    check_units(a);
});

/// Exponents that fit are likelier than those that do not.
fn decimal([sign, exponent, coefficient @ ..]: [u8; 10]) -> Option<Decimal> {
    let coefficient = u64::from_le_bytes(coefficient);
    let exponent = i8::from_le_bytes([exponent]) % 44;
    let decimal = Decimal::from_parts(sign & 1 != 0, coefficient, exponent);
    assert_eq!(decimal.is_some(), exponent.abs() <= 40);
    decimal
}

fn check_text(a: Decimal) {
    let text = a.to_string();
    assert_eq!(a.to_text().as_str(), text);
    assert!(text.len() <= 64);
    assert!(!text.contains(['e', 'E', '+']));
    assert!(!text.ends_with('.') && !text.trim_start_matches('-').starts_with('.'));
    let fraction = text
        .split_once('.')
        .map_or(0, |(_, fraction)| fraction.len());
    assert_eq!(fraction, usize::from(a.exponent().min(0).unsigned_abs()));
    let back: Decimal = text.parse().expect("its own text");
    assert_eq!(back, a);
    if a.exponent() <= 0 {
        assert!(back.same_repr(&a), "{back:?} {a:?}");
    }
    let back: Decimal = format!("{a:e}").parse().expect("its own text");
    assert!(back.same_repr(&a), "{back:?} {a:?}");
    assert_eq!(Decimal::from_str_comma(&text.replace('.', ",")), Ok(a));
    let digits = a.coefficient().to_string().len();
    assert_eq!(a.digits() as usize, digits);
}

fn check_floats(a: Decimal) {
    let text = a.to_string();
    let double: f64 = text.parse().expect("a float");
    let single: f32 = text.parse().expect("a float");
    assert_eq!(a.to_f64(), double, "{text}");
    assert_eq!(a.to_f32(), single, "{text}");
    assert_eq!(a.to_f64().is_sign_negative(), a.is_negative());
}

fn check_shortest([_, _, bits @ ..]: [u8; 10]) {
    let double = f64::from_le_bytes(bits);
    match Decimal::try_from_f64_shortest(double) {
        Ok(shortest) => {
            assert_eq!(shortest.to_f64(), double);
            assert_eq!(Ok(shortest), format!("{double:e}").parse());
        }
        Err(DecimalError::NotFinite) => assert!(!double.is_finite()),
        Err(_) => assert!(double.is_finite() && format!("{double:e}").parse::<Decimal>().is_err()),
    }
    let [a, b, c, d, ..] = bits;
    let single = f32::from_le_bytes([a, b, c, d]);
    match Decimal::try_from_f32_shortest(single) {
        Ok(shortest) => {
            assert_eq!(shortest.to_f32(), single);
            assert_eq!(Ok(shortest), format!("{single:e}").parse());
        }
        Err(DecimalError::NotFinite) => assert!(!single.is_finite()),
        Err(_) => assert!(single.is_finite() && format!("{single:e}").parse::<Decimal>().is_err()),
    }
}

fn check_order(a: Decimal, b: Decimal) {
    assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    assert_eq!(a == b, a.cmp(&b) == Ordering::Equal);
    assert_eq!(a.negated().cmp(&b.negated()), b.cmp(&a));
    assert_eq!(a.cmp(&a.normalized()), Ordering::Equal);
    let (x, y) = (a.to_f64(), b.to_f64());
    if x != y {
        assert_eq!(Some(a.cmp(&b)), x.partial_cmp(&y));
    }
    let hasher = BuildHasherDefault::<DefaultHasher>::default();
    if a == b {
        assert_eq!(hasher.hash_one(a), hasher.hash_one(b));
    }
    assert_eq!(hasher.hash_one(a), hasher.hash_one(a.normalized()));
}

fn check_arithmetic(a: Decimal, b: Decimal) {
    assert_eq!(a.checked_add(b), b.checked_add(a));
    assert_eq!(a.checked_mul(b), b.checked_mul(a));
    assert_eq!(a.checked_sub(b), a.checked_add(b.negated()));
    if let Ok(back) = a.checked_add(b).and_then(|sum| sum.checked_sub(b)) {
        assert_eq!(back, a);
    }
    if let Ok(sum) = a.checked_add(b) {
        let zero = Decimal::default();
        assert_eq!(sum.cmp(&a), b.cmp(&zero));
    }
    assert_eq!(a.checked_add(a.negated()), Ok(Decimal::default()));
    let whole = a.to_string().parse::<i64>();
    let fraction = a.normalized().exponent() < 0;
    match i64::try_from(a) {
        Ok(number) => assert_eq!(Decimal::new(number, 0), Some(a)),
        Err(_) => assert!(fraction || whole.is_err()),
    }
}

fn check_rounding(a: Decimal, places: i8) {
    let rescaled = |rounding| a.rescale(places, rounding);
    for rounding in ROUNDINGS {
        if let Ok(rescaled) = rescaled(rounding) {
            assert_eq!(rescaled.exponent(), -places);
            if rescaled == a {
                let back = rescaled
                    .rescale(-a.exponent(), rounding)
                    .expect("its own places");
                assert!(back.same_repr(&a));
            }
        }
        if let Ok(rounded) = a.round(places, rounding) {
            assert!(rounded == a || rounded.exponent() == places.saturating_neg() || places < -40);
            if let Ok(rescaled) = rescaled(rounding) {
                assert_eq!(rounded, rescaled);
            }
        }
    }
    let (Ok(floor), Ok(ceiling)) = (rescaled(Rounding::Floor), rescaled(Rounding::Ceiling)) else {
        return;
    };
    assert!(floor <= a && a <= ceiling);
    for rounding in ROUNDINGS {
        let rounded = rescaled(rounding).expect("between the two");
        assert!(rounded == floor || rounded == ceiling);
    }
    if rescaled(Rounding::HalfEven) != rescaled(Rounding::HalfUp) {
        assert_eq!(a.checked_sub(floor), ceiling.checked_sub(a));
    }
}

fn check_ratio(a: Decimal, b: Decimal) {
    let numerator = b.coefficient();
    let Some(denominator) = NonZeroU64::new(a.coefficient()) else {
        return;
    };
    let power = a.exponent();
    let exact = b.mul_ratio_exact(numerator, denominator, power);
    let rounded = b.mul_ratio_rounded(numerator, denominator, power, 6, Rounding::HalfEven);
    if let (Ok(exact), Ok(rounded)) = (exact, rounded) {
        assert_eq!(exact.rescale(6, Rounding::HalfEven), Ok(rounded));
    }
    // Multiplied and divided by the same number.
    if let Ok(back) = b.mul_ratio_exact(denominator.get(), denominator, 0) {
        assert_eq!(back, b);
    }
}

fn check_units(a: Decimal) {
    for unit in [Unit::WH, Unit::KWH, Unit::ONE] {
        for to in [Unit::WH, Unit::KWH, Unit::ONE] {
            if let Ok(converted) = unit.convert(a, to, How::Exact) {
                assert_eq!(to.convert(converted, unit, How::Exact), Ok(a));
            }
            black_box(unit.convert(
                a,
                to,
                How::Rounded {
                    places: 3,
                    rounding: Rounding::HalfUp,
                },
            ))
            .ok();
        }
    }
}
