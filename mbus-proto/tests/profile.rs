//! Compact profiles: one record, many readings.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use mbus_proto::DecodeErrorKind;
use mbus_proto::meter_units::{Absent, Civil, Decimal, Number, Timestamp, Value};
use mbus_proto::record::{Increment, Profile, ProfileKind, Records, Spacing};

fn number(coefficient: i64, exponent: i8) -> Value<'static> {
    Value::Number(Number::Decimal(
        Decimal::new(coefficient, exponent).unwrap(),
    ))
}

fn date(year: i16, month: u8, day: u8) -> Option<Timestamp> {
    let civil = Civil::from_date(year, month, day).unwrap();
    Some(Timestamp::Local { civil, dst: None })
}

fn profile(telegram: &[u8]) -> Profile<'_> {
    let mut profiles = Records::new(telegram)
        .flatten()
        .filter_map(|record| record.profile());
    profiles
        .next()
        .expect("a profile")
        .expect("a sound profile")
}

fn expanded(telegram: &[u8]) -> Vec<(u64, Value<'_>, Option<Timestamp>)> {
    let profile = profile(telegram);
    profile
        .readings(profile.base(Records::new(telegram)))
        .map(|reading| (reading.channel.storage, reading.value, reading.time))
        .collect()
}

#[test]
fn inverse_profile_counts_back_from_the_base_value() {
    let telegram = [
        0x4C, 0x13, 0x00, 0x50, 0x00, 0x00, // storage 1: 5.000 m3
        0x42, 0x6C, 0x55, 0x3B, // storage 1: 2026-11-21
        0x4D, 0x93, 0x13, 0x08, 0x72, 0xFE, 0x64, 0x00, 0xC8, 0x00, 0x2C, 0x01,
    ];
    let found = profile(&telegram);
    assert_eq!(found.kind(), ProfileKind::Inverse);
    assert_eq!(found.increment(), Increment::Positive);
    assert_eq!(found.spacing(), Spacing::Months(1));
    assert_eq!(
        expanded(&telegram),
        [
            (2, number(4900, -3), date(2026, 10, 21)),
            (3, number(4700, -3), date(2026, 9, 21)),
            (4, number(4400, -3), date(2026, 8, 21)),
        ]
    );
}

#[test]
fn forward_profile_counts_on_by_days_over_the_end_of_february() {
    let telegram = [
        0x01, 0x13, 0x0A, // 0.010 m3
        0x02, 0x6C, 0x9C, 0x32, // 2028-02-28 has day 28, month 2, year 28
        0x0D, 0x93, 0x1F, 0x04, 0x71, 0x01, 0x01, 0x02,
    ];
    assert_eq!(
        expanded(&telegram),
        [
            (1, number(11, -3), date(2028, 2, 29)),
            (2, number(13, -3), date(2028, 3, 1))
        ]
    );
}

#[test]
fn signed_and_negative_increments() {
    let signed = [
        0x01, 0x13, 0x0A, 0x0D, 0x93, 0x1F, 0x04, 0xF1, 0x01, 0xFF, 0x02,
    ];
    let values: Vec<_> = expanded(&signed)
        .into_iter()
        .map(|(_, value, _)| value)
        .collect();
    assert_eq!(values, [number(9, -3), number(11, -3)]);
    let negative = [
        0x01, 0x13, 0x0A, 0x0D, 0x93, 0x13, 0x04, 0xB1, 0x01, 0x01, 0x02,
    ];
    let values: Vec<_> = expanded(&negative)
        .into_iter()
        .map(|(_, value, _)| value)
        .collect();
    assert_eq!(values, [number(11, -3), number(13, -3)]);
}

#[test]
fn absolute_values_need_no_base() {
    let telegram = [0x0D, 0x93, 0x1F, 0x06, 0x2A, 0x01, 0x34, 0x12, 0x78, 0x56];
    assert_eq!(
        expanded(&telegram),
        [(1, number(1234, -3), None), (2, number(5678, -3), None)]
    );
}

#[test]
fn after_an_invalid_increment_nothing_is_known() {
    let telegram = [
        0x01, 0x13, 0x0A, 0x0D, 0x93, 0x1F, 0x05, 0x71, 0x01, 0x01, 0xFF, 0x01,
    ];
    let values: Vec<_> = expanded(&telegram)
        .into_iter()
        .map(|(_, value, _)| value)
        .collect();
    let not_available = Value::None(Absent::NotAvailable);
    assert_eq!(values, [number(11, -3), not_available, not_available]);
}

#[test]
fn reserved_spacing_and_cut_elements_are_errors() {
    let error = |telegram: &[u8]| {
        let record = Records::new(telegram).next().unwrap().unwrap();
        record.profile().expect("a profile").expect_err("an error")
    };
    let reserved = error(&[0x0D, 0x93, 0x1F, 0x02, 0x71, 0xFB]);
    assert_eq!(
        reserved.kind,
        DecodeErrorKind::ProfileSpacing {
            control: 0x71,
            value: 0xFB
        }
    );
    assert_eq!(reserved.offset, 4);
    let reserved = error(&[0x0D, 0x93, 0x1F, 0x02, 0x7D, 0x01]);
    assert_eq!(
        reserved.kind,
        DecodeErrorKind::ProfileSpacing {
            control: 0x7D,
            value: 0x01
        }
    );
    let cut = error(&[0x0D, 0x93, 0x1F, 0x05, 0x72, 0x01, 0x01, 0x02, 0x03]);
    assert_eq!(cut.kind, DecodeErrorKind::Truncated { needed: 1 });
    assert_eq!(cut.offset, 8);
    let cut = error(&[0x0D, 0x93, 0x1F, 0x00]);
    assert_eq!(cut.kind, DecodeErrorKind::Truncated { needed: 2 });
    assert_eq!(cut.offset, 4);
}
