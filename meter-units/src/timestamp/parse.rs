//! Timestamps from text.

use core::str::FromStr;

use super::calendar::{SECONDS_PER_DAY, days_from_civil, days_in_month};
use super::{Civil, Timestamp};

/// Why a text is no timestamp, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct ParseTimestampError {
    /// What was wrong.
    pub kind: ParseTimestampErrorKind,
    /// Position in the text, in bytes.
    pub offset: usize,
}

/// The ways in which a text can fail to be a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseTimestampErrorKind {
    /// The text ends too early.
    #[error("the text ends too early")]
    Truncated,
    /// A byte that does not belong there.
    #[error("unexpected byte {0:#04x}")]
    UnexpectedByte(u8),
    /// A field, or the time itself, is outside its range.
    #[error("a field is out of range")]
    Range,
    /// UTC needs every field.
    #[error("a field of the time is missing, which UTC needs")]
    Incomplete,
    /// UTC needs a date and time that exist.
    #[error("there is no such date or time")]
    Invalid,
    /// More digits of the fraction than are kept: nine for UTC, none for other times.
    #[error("the fraction of the second has too many digits")]
    Precision,
}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    /// Reads what `Display` writes.
    ///
    /// `T` and `Z` may be in lower case. UTC needs every field, and takes up to nine digits of a
    /// fraction. The fraction of other times may have zeros only.
    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        let mut parser = Parser::new(text);
        let parts = parser.parts()?;
        let zone = parser.at;
        let time = match parser.next() {
            None => Self::Local {
                civil: parts.civil()?,
                dst: None,
            },
            Some(b'Z' | b'z') => parts.utc(zone)?,
            Some(sign @ (b'+' | b'-')) => Self::Offset {
                civil: parts.civil()?,
                minutes: parser.offset(sign == b'-')?,
            },
            Some(byte) => return fail(ParseTimestampErrorKind::UnexpectedByte(byte), zone),
        };
        parser.end()?;
        Ok(time)
    }
}

impl FromStr for Civil {
    type Err = ParseTimestampError;

    /// Reads what `Display` writes.
    fn from_str(text: &str) -> Result<Self, ParseTimestampError> {
        let mut parser = Parser::new(text);
        let parts = parser.parts()?;
        parser.end()?;
        parts.civil()
    }
}

fn fail<T>(kind: ParseTimestampErrorKind, offset: usize) -> Result<T, ParseTimestampError> {
    Err(ParseTimestampError { kind, offset })
}

/// Date and time before it is clear whether they are of UTC.
#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u8>,
    day: Option<u8>,
    hour: Option<u8>,
    minute: Option<u8>,
    second: Option<u8>,
    nanos: u32,
    fraction_at: usize,
}

impl Parts {
    fn civil(&self) -> Result<Civil, ParseTimestampError> {
        if self.nanos != 0 {
            return fail(ParseTimestampErrorKind::Precision, self.fraction_at);
        }
        // only a signed year can be out of range here: the other fields were checked when read
        let out_of_range = ParseTimestampError {
            kind: ParseTimestampErrorKind::Range,
            offset: 0,
        };
        let year = match self.year.map(i16::try_from) {
            Some(year) => Some(year.map_err(|_| out_of_range)?),
            None => None,
        };
        set(Civil::EMPTY, year, Civil::with_year)
            .and_then(|civil| set(civil, self.month, Civil::with_month))
            .and_then(|civil| set(civil, self.day, Civil::with_day))
            .and_then(|civil| set(civil, self.hour, Civil::with_hour))
            .and_then(|civil| set(civil, self.minute, Civil::with_minute))
            .and_then(|civil| set(civil, self.second, Civil::with_second))
            .ok_or(out_of_range)
    }

    fn utc(&self, zone: usize) -> Result<Timestamp, ParseTimestampError> {
        let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day) else {
            return fail(ParseTimestampErrorKind::Incomplete, zone);
        };
        let (Some(hour), Some(minute), Some(second)) = (self.hour, self.minute, self.second) else {
            return fail(ParseTimestampErrorKind::Incomplete, zone);
        };
        if day > days_in_month(Some(year), month) || second > 59 {
            return fail(ParseTimestampErrorKind::Invalid, zone);
        }
        // a year has at most twelve digits, far below the range of an i128 of seconds
        let days = i128::from(days_from_civil(year, month, day));
        let minutes = i128::from(hour)
            .wrapping_mul(60)
            .wrapping_add(i128::from(minute));
        let secs = days
            .wrapping_mul(i128::from(SECONDS_PER_DAY))
            .wrapping_add(minutes.wrapping_mul(60))
            .wrapping_add(i128::from(second));
        match i64::try_from(secs) {
            Ok(secs) => Ok(Timestamp::Utc {
                secs,
                nanos: self.nanos,
            }),
            Err(_) => fail(ParseTimestampErrorKind::Range, 0),
        }
    }
}

fn set<T>(civil: Civil, value: Option<T>, with: fn(Civil, T) -> Option<Civil>) -> Option<Civil> {
    match value {
        Some(value) => with(civil, value),
        None => Some(civil),
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
        }
    }

    fn parts(&mut self) -> Result<Parts, ParseTimestampError> {
        let mut parts = Parts::default();
        if self.bytes == b"--" {
            self.at = 2;
            return Ok(parts);
        }
        if self.bytes.get(2) != Some(&b':') {
            parts.year = self.year()?;
            self.expect(b'-')?;
            parts.month = self.field(1, 12)?;
            self.expect(b'-')?;
            parts.day = self.field(1, 31)?;
            if !matches!(self.peek(), Some(b'T' | b't')) {
                return Ok(parts);
            }
            self.next();
        }
        parts.hour = self.field(0, 23)?;
        self.expect(b':')?;
        parts.minute = self.field(0, 59)?;
        if self.peek() == Some(b':') {
            self.next();
            parts.second = self.field(0, 60)?;
            if self.peek() == Some(b'.') {
                self.next();
                parts.fraction_at = self.at;
                parts.nanos = self.fraction()?;
            }
        }
        Ok(parts)
    }

    /// Four digits, `----`, or a sign and four to twelve digits.
    fn year(&mut self) -> Result<Option<i64>, ParseTimestampError> {
        if self.bytes.starts_with(b"----") {
            self.at = 4;
            return Ok(None);
        }
        let negative = self.peek() == Some(b'-');
        let most = if negative || self.peek() == Some(b'+') {
            self.next();
            12
        } else {
            4
        };
        let (mut year, mut digits) = (0_i64, 0_u8);
        while digits < most {
            let Some(digit @ b'0'..=b'9') = self.peek() else {
                break;
            };
            self.next();
            year = year
                .wrapping_mul(10)
                .wrapping_add(i64::from(digit.wrapping_sub(b'0')));
            digits = digits.wrapping_add(1);
        }
        if digits < 4 {
            return self.unexpected();
        }
        Ok(Some(if negative { year.wrapping_neg() } else { year }))
    }

    /// Two digits, or `--` for a field that is missing.
    fn field(&mut self, least: u8, most: u8) -> Result<Option<u8>, ParseTimestampError> {
        if self.peek() == Some(b'-') {
            self.next();
            self.expect(b'-')?;
            return Ok(None);
        }
        self.number(least, most).map(Some)
    }

    fn number(&mut self, least: u8, most: u8) -> Result<u8, ParseTimestampError> {
        let start = self.at;
        let value = self.digit()?.wrapping_mul(10).wrapping_add(self.digit()?);
        if value < least || value > most {
            return fail(ParseTimestampErrorKind::Range, start);
        }
        Ok(value)
    }

    /// The digits after the point, as nanoseconds.
    fn fraction(&mut self) -> Result<u32, ParseTimestampError> {
        let mut nanos = 0_u32;
        let mut weight = 100_000_000_u32;
        let mut first = true;
        while first || matches!(self.peek(), Some(b'0'..=b'9')) {
            let start = self.at;
            let digit = u32::from(self.digit()?);
            if weight == 0 && digit != 0 {
                return fail(ParseTimestampErrorKind::Precision, start);
            }
            nanos = nanos.wrapping_add(digit.wrapping_mul(weight));
            weight /= 10;
            first = false;
        }
        Ok(nanos)
    }

    /// Hours and minutes after the sign.
    fn offset(&mut self, negative: bool) -> Result<i16, ParseTimestampError> {
        let hours = i16::from(self.number(0, 23)?);
        self.expect(b':')?;
        let minutes = i16::from(self.number(0, 59)?);
        let minutes = hours.wrapping_mul(60).wrapping_add(minutes);
        Ok(if negative {
            minutes.wrapping_neg()
        } else {
            minutes
        })
    }

    fn digit(&mut self) -> Result<u8, ParseTimestampError> {
        match self.peek() {
            Some(digit @ b'0'..=b'9') => {
                self.next();
                Ok(digit.wrapping_sub(b'0'))
            }
            _ => self.unexpected(),
        }
    }

    fn expect(&mut self, byte: u8) -> Result<(), ParseTimestampError> {
        if self.peek() == Some(byte) {
            self.next();
            return Ok(());
        }
        self.unexpected()
    }

    fn end(&self) -> Result<(), ParseTimestampError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => self.unexpected(),
        }
    }

    fn unexpected<T>(&self) -> Result<T, ParseTimestampError> {
        match self.peek() {
            None => fail(ParseTimestampErrorKind::Truncated, self.at),
            Some(byte) => fail(ParseTimestampErrorKind::UnexpectedByte(byte), self.at),
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn next(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at = self.at.wrapping_add(1);
        Some(byte)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn other_spellings_are_the_same_time() {
        for (other, text) in [
            ("2012-01-24t13:29:05z", "2012-01-24T13:29:05Z"),
            ("2012-01-24T13:29:05.000Z", "2012-01-24T13:29:05Z"),
            (
                "2012-01-24T13:29:05.1234567890Z",
                "2012-01-24T13:29:05.123456789Z",
            ),
            ("2012-01-24T13:29:05.000+02:00", "2012-01-24T13:29:05+02:00"),
            ("2012-01-24T13:29:05-00:00", "2012-01-24T13:29:05+00:00"),
        ] {
            let time: Timestamp = other.parse().unwrap();
            assert_eq!(format!("{time}"), text);
        }
    }

    #[test]
    fn errors_say_what_and_where() {
        use ParseTimestampErrorKind::*;
        for (text, kind, offset) in [
            ("", Truncated, 0),
            ("-", Truncated, 1),
            ("2012", Truncated, 4),
            ("2012-01", Truncated, 7),
            ("2012-01-24T", Truncated, 11),
            ("2012-01-24T13", Truncated, 13),
            ("2012-01-24T13:29:", Truncated, 17),
            ("2012-01-24T13:29:05.", Truncated, 20),
            ("2012-01-24T13:29:05+02", Truncated, 22),
            ("12-01-24", UnexpectedByte(b'-'), 2),
            ("2012/01/24", UnexpectedByte(b'/'), 4),
            ("2012-1-24", UnexpectedByte(b'-'), 6),
            ("2012-01-24 13:29", UnexpectedByte(b' '), 10),
            ("2012-01-24T13:29:05ZZ", UnexpectedByte(b'Z'), 20),
            ("2012-01-24T13:29:05+0200", UnexpectedByte(b'0'), 22),
            ("2012-01-24T13:29:05,5Z", UnexpectedByte(b','), 19),
            ("20120124", UnexpectedByte(b'0'), 4),
            ("2012-13-24", Range, 5),
            ("2012-01-00", Range, 8),
            ("24:00:00", Range, 0),
            ("13:60", Range, 3),
            ("13:29:61", Range, 6),
            ("2012-01-24T13:29:05+24:00", Range, 20),
            ("+12012-01-24", Range, 0),
            ("+999999999999-01-24T00:00:00Z", Range, 0),
            ("2012-01-24Z", Incomplete, 10),
            ("2012-01-24T13:29Z", Incomplete, 16),
            ("13:29:05Z", Incomplete, 8),
            ("----------T13:29:05Z", Incomplete, 19),
            ("2012-02-30T13:29:05Z", Invalid, 19),
            ("2016-12-31T23:59:60Z", Invalid, 19),
            ("2012-01-24T13:29:05.5", Precision, 20),
            ("2012-01-24T13:29:05.5+02:00", Precision, 20),
            ("2012-01-24T13:29:05.1234567891Z", Precision, 29),
        ] {
            let expected = ParseTimestampError { kind, offset };
            assert_eq!(text.parse::<Timestamp>(), Err(expected), "{text:?}");
        }
        assert_eq!("13:29:05Z".parse::<Civil>(), fail(UnexpectedByte(b'Z'), 8));
        assert_eq!(
            format!("{}", "2012-13-24".parse::<Civil>().unwrap_err()),
            "a field is out of range at byte 5"
        );
    }

    fn civils() -> impl Strategy<Value = Civil> {
        (
            option::of(0..=9999_i64),
            option::of(1..=12_u8),
            option::of(1..=31_u8),
            option::of(0..=23_u8),
            option::of(0..=59_u8),
            option::of(0..=60_u8),
        )
            .prop_map(|(year, month, day, hour, minute, second)| {
                let parts = Parts {
                    year,
                    month,
                    day,
                    hour,
                    minute,
                    second,
                    ..Parts::default()
                };
                parts.civil().unwrap()
            })
    }

    proptest! {
        #[test]
        fn civil_time_comes_back_from_its_text(civil in civils(), minutes in -1439..=1439_i16) {
            prop_assert_eq!(format!("{civil}").parse(), Ok(civil));
            let local = Timestamp::Local { civil, dst: None };
            prop_assert_eq!(format!("{local}").parse(), Ok(local));
            if civil != Civil::EMPTY {
                let offset = Timestamp::Offset { civil, minutes };
                prop_assert_eq!(format!("{offset}").parse(), Ok(offset));
            }
        }

        #[test]
        fn utc_comes_back_from_its_text(secs: i64, near in -100_000_000_000..100_000_000_000_i64, nanos in 0..1_000_000_000_u32) {
            for secs in [secs, near] {
                let time = Timestamp::Utc { secs, nanos };
                prop_assert_eq!(format!("{time}").parse(), Ok(time));
            }
        }

        #[test]
        fn any_text_is_a_time_or_an_error_within_it(text in "[0-9TZ:+. -]{0,30}|.{0,16}") {
            match text.parse::<Timestamp>() {
                Ok(time) => prop_assert_eq!(format!("{time}").parse(), Ok(time)),
                Err(error) => prop_assert!(error.offset <= text.len()),
            }
        }
    }
}
