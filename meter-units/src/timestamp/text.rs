//! Timestamps as text: RFC 3339 and its parts.

use core::fmt;

use super::calendar::{SECONDS_PER_DAY, civil_from_days, divide};
use super::{Civil, Timestamp, normalized, time_of_day};
use crate::line::Line;

/// Room for the longest text: `-292277022657-01-27T08:29:52.000000001Z`.
const LONGEST: usize = 40;

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Line::<LONGEST>::new();
        match *self {
            Self::Utc { secs, nanos } => write_utc(&mut line, secs, nanos),
            Self::Offset { civil, minutes } => {
                write_civil(&mut line, civil);
                line.push(if minutes < 0 { b'-' } else { b'+' });
                let minutes = u64::from(minutes.unsigned_abs());
                line.push_number(minutes / 60, 2);
                line.push(b':');
                line.push_number(minutes % 60, 2);
            }
            Self::Local { civil, .. } => write_civil(&mut line, civil),
        }
        f.pad(line.as_str())
    }
}

impl fmt::Display for Civil {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = Line::<LONGEST>::new();
        write_civil(&mut line, *self);
        f.pad(line.as_str())
    }
}

fn write_utc(line: &mut Line<LONGEST>, secs: i64, nanos: u32) {
    let (secs, nanos) = normalized(secs, nanos);
    let (days, second) = divide::<SECONDS_PER_DAY>(secs);
    let (year, month, day) = civil_from_days(days);
    if year < 0 {
        line.push(b'-');
    } else if year > 9999 {
        line.push(b'+');
    }
    line.push_number(year.unsigned_abs(), 4);
    line.push(b'-');
    write_field(line, Some(month));
    line.push(b'-');
    write_field(line, Some(day));
    line.push(b'T');
    let (hour, minute, second) = time_of_day(second);
    write_field(line, Some(hour));
    line.push(b':');
    write_field(line, Some(minute));
    line.push(b':');
    write_field(line, Some(second));
    if nanos != 0 {
        let (mut fraction, mut digits) = (nanos, 9_usize);
        while fraction % 10 == 0 && digits > 1 {
            fraction /= 10;
            digits = digits.wrapping_sub(1);
        }
        line.push(b'.');
        line.push_number(u64::from(fraction), digits);
    }
    line.push(b'Z');
}

fn write_civil(line: &mut Line<LONGEST>, civil: Civil) {
    if civil.has_date() {
        match civil.year() {
            Some(year) => line.push_number(u64::from(year.unsigned_abs()), 4),
            None => {
                write_field(line, None);
                write_field(line, None);
            }
        }
        line.push(b'-');
        write_field(line, civil.month());
        line.push(b'-');
        write_field(line, civil.day());
        if civil.has_time() {
            line.push(b'T');
        }
    }
    if civil.has_time() {
        write_field(line, civil.hour());
        line.push(b':');
        write_field(line, civil.minute());
        if civil.second().is_some() {
            line.push(b':');
            write_field(line, civil.second());
        }
    }
    if civil == Civil::EMPTY {
        write_field(line, None);
    }
}

fn write_field(line: &mut Line<LONGEST>, field: Option<u8>) {
    match field {
        Some(value) => line.push_number(u64::from(value), 2),
        None => {
            line.push(b'-');
            line.push(b'-');
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use super::*;

    fn local(civil: Option<Civil>) -> Timestamp {
        Timestamp::Local {
            civil: civil.unwrap(),
            dst: None,
        }
    }

    #[track_caller]
    fn check(time: Timestamp, text: &str) {
        assert_eq!(format!("{time}"), text);
        assert_eq!(text.parse(), Ok(time));
    }

    #[test]
    fn local_time_shows_what_is_present() {
        let date = Civil::from_date(2012, 1, 24).unwrap();
        check(local(Some(date)), "2012-01-24");
        let minute = date.with_hour(13).and_then(|time| time.with_minute(29));
        check(local(minute), "2012-01-24T13:29");
        check(local(date.with_time(13, 29, 5)), "2012-01-24T13:29:05");
        check(local(Civil::EMPTY.with_time(13, 29, 5)), "13:29:05");
        check(local(Civil::from_date(0, 1, 1)), "0000-01-01");
    }

    #[test]
    fn missing_fields_are_placeholders() {
        let empty = Civil::EMPTY;
        check(local(Some(empty)), "--");
        check(local(empty.with_day(1)), "--------01");
        check(local(empty.with_month(1)), "-----01---");
        check(local(empty.with_year(2012)), "2012------");
        check(
            local(empty.with_month(1).and_then(|date| date.with_day(24))),
            "-----01-24",
        );
        check(local(empty.with_minute(30)), "--:30");
        check(local(empty.with_hour(13)), "13:--");
        check(local(empty.with_second(5)), "--:--:05");
        check(
            local(empty.with_day(1).and_then(|date| date.with_time(0, 0, 0))),
            "--------01T00:00:00",
        );
    }

    #[test]
    fn utc_and_offsets_have_a_suffix() {
        check(Timestamp::from_unix(1_327_411_745), "2012-01-24T13:29:05Z");
        check(Timestamp::from_unix(0), "1970-01-01T00:00:00Z");
        let civil = Civil::from_date(2012, 1, 24).and_then(|date| date.with_time(13, 29, 5));
        for (minutes, text) in [
            (120, "2012-01-24T13:29:05+02:00"),
            (0, "2012-01-24T13:29:05+00:00"),
            (-330, "2012-01-24T13:29:05-05:30"),
            (-30, "2012-01-24T13:29:05-00:30"),
        ] {
            check(
                Timestamp::Offset {
                    civil: civil.unwrap(),
                    minutes,
                },
                text,
            );
        }
        check(
            Timestamp::Offset {
                civil: Civil::from_date(2012, 1, 24).unwrap(),
                minutes: -330,
            },
            "2012-01-24-05:30",
        );
    }

    #[test]
    fn fractions_of_utc_show_the_digits_they_need() {
        for (nanos, text) in [
            (500_000_000, "1970-01-01T00:00:07.5Z"),
            (120_000_000, "1970-01-01T00:00:07.12Z"),
            (1, "1970-01-01T00:00:07.000000001Z"),
            (999_999_999, "1970-01-01T00:00:07.999999999Z"),
        ] {
            check(Timestamp::Utc { secs: 7, nanos }, text);
        }
        let carried = Timestamp::Utc {
            secs: 6,
            nanos: 1_500_000_000,
        };
        assert_eq!(format!("{carried}"), "1970-01-01T00:00:07.5Z");
    }

    #[test]
    fn utc_beyond_four_digits_has_a_sign() {
        check(
            Timestamp::from_unix(253_402_300_800),
            "+10000-01-01T00:00:00Z",
        );
        check(
            Timestamp::from_unix(-62_167_219_201),
            "-0001-12-31T23:59:59Z",
        );
        check(
            Timestamp::Utc {
                secs: i64::MIN,
                nanos: 1,
            },
            "-292277022657-01-27T08:29:52.000000001Z",
        );
        check(
            Timestamp::from_unix(i64::MAX),
            "+292277026596-12-04T15:30:07Z",
        );
    }
}
