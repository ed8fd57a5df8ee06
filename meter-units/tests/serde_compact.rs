//! The forms of the vocabulary in binary formats.
#![allow(missing_docs)]
#![cfg(feature = "serde")]

use meter_units::{Absent, Civil, Medium, ObisCode, Phase, Quantity, Timestamp};
use serde_test::{Compact, Configure, Token, assert_de_tokens_error, assert_tokens};

#[test]
fn a_word_is_its_number() {
    assert_tokens(&Phase::Total.compact(), &[Token::U8(0)]);
    assert_tokens(&Phase::L1.compact(), &[Token::U8(1)]);
    assert_tokens(&Quantity::Voltage.compact(), &[Token::U8(6)]);
    assert_de_tokens_error::<Compact<Absent>>(
        &[Token::U8(4)],
        "invalid value: integer `4`, expected a number of Absent",
    );
}

#[test]
fn a_medium_is_its_code() {
    assert_tokens(&Medium::WATER.compact(), &[Token::U8(7)]);
    assert_tokens(&Medium(43).compact(), &[Token::U8(43)]);
}

#[test]
fn an_obis_code_is_six_bytes() {
    assert_tokens(
        &ObisCode([1, 0, 1, 8, 0, 255]).compact(),
        &[
            Token::Tuple { len: 6 },
            Token::U8(1),
            Token::U8(0),
            Token::U8(1),
            Token::U8(8),
            Token::U8(0),
            Token::U8(255),
            Token::TupleEnd,
        ],
    );
}

#[test]
fn utc_is_seconds_and_nanoseconds() {
    assert_tokens(
        &Timestamp::Utc {
            secs: -1,
            nanos: 500_000_000,
        }
        .compact(),
        &[
            Token::Tuple { len: 3 },
            Token::U8(0),
            Token::I64(-1),
            Token::U32(500_000_000),
            Token::TupleEnd,
        ],
    );
}

#[test]
fn an_offset_is_six_fields_and_minutes() {
    let civil = Civil::from_date(2012, 1, 24).and_then(|date| date.with_time(13, 29, 5));
    assert_tokens(
        &Timestamp::Offset {
            civil: civil.unwrap(),
            minutes: -330,
        }
        .compact(),
        &[
            Token::Tuple { len: 3 },
            Token::U8(1),
            Token::Tuple { len: 6 },
            Token::Some,
            Token::I16(2012),
            Token::Some,
            Token::U8(1),
            Token::Some,
            Token::U8(24),
            Token::Some,
            Token::U8(13),
            Token::Some,
            Token::U8(29),
            Token::Some,
            Token::U8(5),
            Token::TupleEnd,
            Token::I16(-330),
            Token::TupleEnd,
        ],
    );
}

#[test]
fn local_time_keeps_what_is_missing() {
    assert_tokens(
        &Timestamp::Local {
            civil: Civil::EMPTY.with_day(1).unwrap(),
            dst: Some(true),
        }
        .compact(),
        &[
            Token::Tuple { len: 3 },
            Token::U8(2),
            Token::Tuple { len: 6 },
            Token::None,
            Token::None,
            Token::Some,
            Token::U8(1),
            Token::None,
            Token::None,
            Token::None,
            Token::TupleEnd,
            Token::Some,
            Token::Bool(true),
            Token::TupleEnd,
        ],
    );
}

#[test]
fn fields_out_of_range_are_refused() {
    assert_de_tokens_error::<Compact<Civil>>(
        &[
            Token::Tuple { len: 6 },
            Token::None,
            Token::Some,
            Token::U8(13),
        ],
        "a field of the date or time is out of range",
    );
    assert_de_tokens_error::<Compact<Timestamp>>(
        &[Token::Tuple { len: 3 }, Token::U8(3)],
        "invalid value: integer `3`, expected 0 for UTC, 1 for an offset, 2 for local time",
    );
}
