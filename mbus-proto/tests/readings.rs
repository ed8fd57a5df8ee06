//! All readings of a telegram, whatever structure has them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use mbus_proto::meter_units::{Absent, Decimal, Number, Quantity, Value};
use mbus_proto::{DecodeError, DecodeErrorKind, Telegram, Tolerance};

/// A response without header that holds `records`.
fn response(records: &[u8]) -> Vec<u8> {
    frame(&[&[0x78], records].concat())
}

fn frame(user_data: &[u8]) -> Vec<u8> {
    let counted = [&[0x08, 0x05], user_data].concat();
    let len = u8::try_from(counted.len()).unwrap();
    let sum = counted
        .iter()
        .fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    [&[0x68, len, len, 0x68], &counted[..], &[sum, 0x16]].concat()
}

fn number(coefficient: i64, exponent: i8) -> Value<'static> {
    Value::Number(Number::Decimal(
        Decimal::new(coefficient, exponent).unwrap(),
    ))
}

fn values(bytes: &[u8], allowed: Tolerance) -> Vec<Result<(u64, Value<'_>), DecodeError>> {
    // The telegram itself need not outlive its readings.
    Telegram::parse_with(bytes, allowed)
        .unwrap()
        .readings()
        .map(|reading| reading.map(|reading| (reading.channel.storage, reading.value)))
        .collect()
}

/// The fixed data structure of a water meter: 1 l now, 135 l at the fixed date.
const FIXED: [u8; 17] = [
    0x73, 0x78, 0x56, 0x34, 0x12, 0x0A, 0x00, 0xE9, 0x7E, //
    0x01, 0x00, 0x00, 0x00, //
    0x35, 0x01, 0x00, 0x00,
];

#[test]
fn the_fixed_data_structure_has_two_readings() {
    let bytes = frame(&FIXED);
    assert_eq!(
        values(&bytes, Tolerance::STRICT),
        [Ok((0, number(1, -3))), Ok((1, number(135, -3)))]
    );
    let mode_2 = frame(&[
        0x77, 0x12, 0x34, 0x56, 0x78, 0x0A, 0x00, 0xE9, 0x7E, //
        0x00, 0x00, 0x00, 0x01, //
        0x00, 0x00, 0x01, 0x35,
    ]);
    assert_eq!(
        values(&mode_2, Tolerance::STRICT),
        values(&bytes, Tolerance::STRICT)
    );
}

#[test]
fn a_counter_that_was_cut_is_absent_and_one_that_is_a_date_stays_bytes() {
    let cut = frame(&FIXED[..15]);
    assert_eq!(
        values(&cut, Tolerance::LENIENT),
        [
            Ok((0, number(1, -3))),
            Ok((1, Value::None(Absent::NotSent)))
        ]
    );
    let mut date = FIXED;
    date[7] = 0xC1;
    date[9..13].copy_from_slice(&[0x21, 0x11, 0x26, 0x00]);
    let bytes = frame(&date);
    let readings = Telegram::parse(&bytes).unwrap().readings();
    let reading = readings.map(Result::unwrap).next().unwrap();
    assert_eq!(reading.channel.quantity, Quantity::Timestamp);
    assert_eq!(reading.value, Value::Bytes(&[0x21, 0x11, 0x26, 0x00]));
}

#[test]
fn a_profile_is_followed_by_its_readings() {
    let profile = [0x08, 0x72, 0xFE, 0x64, 0x00, 0xC8, 0x00, 0x2C, 0x01];
    let bytes = response(
        &[
            // The base value comes behind the profile, which is allowed.
            &[0x4D, 0x93, 0x13][..],
            &profile,
            &[0x4C, 0x13, 0x00, 0x50, 0x00, 0x00],
            &[0x01, 0xFD, 0x17, 0x00],
        ]
        .concat(),
    );
    let mut found = values(&bytes, Tolerance::STRICT).into_iter();
    let mut expect = |expected| assert_eq!(found.next(), Some(Ok(expected)));
    expect((1, Value::Bytes(&profile[1..])));
    expect((2, number(4900, -3)));
    expect((3, number(4700, -3)));
    expect((4, number(4400, -3)));
    expect((1, number(5000, -3)));
    expect((0, Value::Flags(0)));
    assert_eq!(found.next(), None);
}

#[test]
fn a_profile_that_cannot_be_read_gives_its_bytes_and_its_error() {
    let bytes = response(&[
        0x0D, 0x93, 0x1F, 0x03, 0x72, 0x01, 0x01, // half an element
        0x01, 0xFD, 0x17, 0x00,
    ]);
    let found = values(&bytes, Tolerance::STRICT);
    assert_eq!(found[0], Ok((0, Value::Bytes(&[0x72, 0x01, 0x01]))));
    let error = found[1].unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::Truncated { needed: 1 });
    assert_eq!(error.offset, 13);
    assert_eq!(found[2], Ok((0, Value::Flags(0))));
    assert_eq!(found.len(), 3);
}

#[test]
fn a_text_with_the_code_of_a_profile_is_none() {
    let bytes = response(&[0x01, 0x7C, 0x02, 0x13, 0x1F, 0x05]);
    assert_eq!(values(&bytes, Tolerance::STRICT), [Ok((0, number(5, 0)))]);
}

#[test]
fn as_many_profiles_as_fit_are_read() {
    let profile = [0x02, 0x93, 0x1F, 0x71, 0x01];
    let bytes = response(&profile.repeat(50));
    assert_eq!(values(&bytes, Tolerance::STRICT).len(), 50);
}
