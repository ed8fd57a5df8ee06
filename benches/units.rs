//! Decimals to text, from text and to floats, beside `rust_decimal` and `f64`.
//!
//! A time is the mean for one number of the set: 12 digits with up to six places, as meters count,
//! or all 63 bits. The floats are the nearest to the decimals; they stand for what exactness costs.

#![allow(missing_docs)]

use core::fmt::{Display, Write};
use core::hint::black_box;
use core::str::FromStr;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use meter_units::Decimal;
use rust_decimal::prelude::ToPrimitive;

criterion_main!(benches);
criterion_group!(benches, units);

fn units(c: &mut Criterion) {
    compare(c, "", 1_000_000_000_000);
    compare(c, "_63_bits", i64::MAX);
}

fn compare(c: &mut Criterion, set: &str, limit: i64) {
    let parts = numbers(limit);
    let ours: Vec<Decimal> = parts.iter().filter_map(ours).collect();
    let peer: Vec<_> = parts
        .iter()
        .map(|&(coefficient, places)| rust_decimal::Decimal::new(coefficient, places))
        .collect();
    let floats: Vec<f64> = ours.iter().map(Decimal::to_f64).collect();
    let texts: Vec<String> = ours.iter().map(Decimal::to_string).collect();
    let peer_texts: Vec<String> = peer.iter().map(ToString::to_string).collect();
    assert_eq!(texts, peer_texts);

    let mut buffer = String::with_capacity(400);
    let task = format!("units/format{set}");
    time(c, &task, "ours", &ours, |number| {
        black_box(number.to_text().as_str());
    });
    time(c, &task, "ours_display", &ours, |number| {
        display(&mut buffer, number);
    });
    time(c, &task, "rust_decimal", &peer, |number| {
        display(&mut buffer, number);
    });
    time(c, &task, "f64", &floats, |number| {
        display(&mut buffer, number);
    });

    let task = format!("units/parse{set}");
    time(c, &task, "ours", &texts, |text| Decimal::from_str(text));
    time(c, &task, "rust_decimal", &texts, |text| {
        rust_decimal::Decimal::from_str(text)
    });
    time(c, &task, "f64", &texts, |text| f64::from_str(text));

    let task = format!("units/to_f64{set}");
    time(c, &task, "ours", &ours, Decimal::to_f64);
    time(c, &task, "rust_decimal", &peer, ToPrimitive::to_f64);
}

fn display(buffer: &mut String, number: impl Display) {
    buffer.clear();
    assert!(write!(buffer, "{number}").is_ok());
    black_box(buffer.as_str());
}

/// Coefficients of up to `limit` and places of 0 to 6, spread by a linear congruence.
fn numbers(limit: i64) -> Vec<(i64, u32)> {
    let mut state = 1_u64;
    let numbers = (0..700).map(|index| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let magnitude = i64::try_from(state >> 1).unwrap_or_default() % limit;
        let sign = if index % 8 == 0 { -1 } else { 1 };
        (sign * magnitude, index % 7)
    });
    numbers.collect()
}

fn ours(&(coefficient, places): &(i64, u32)) -> Option<Decimal> {
    let places = i8::try_from(places).ok()?;
    Decimal::new(coefficient, -places)
}

/// Times the whole set, and reports the mean for one number.
fn time<'a, N, T>(
    c: &mut Criterion,
    task: &str,
    implementation: &str,
    numbers: &'a [N],
    mut work: impl FnMut(&'a N) -> T,
) {
    let mut group = c.benchmark_group(task);
    group.bench_function(implementation, |bencher| {
        bencher.iter_custom(|passes| {
            let start = Instant::now();
            for _ in 0..passes {
                for number in numbers {
                    black_box(work(black_box(number)));
                }
            }
            start.elapsed().div_f64(numbers.len() as f64)
        });
    });
    group.finish();
}
