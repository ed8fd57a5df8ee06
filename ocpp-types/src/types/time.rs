//! Points in time.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

use meter_units::Timestamp;

use crate::error::Rule;
use crate::json::{Reader, Stop, Writer};
use crate::value::{Own, Value};

/// A date and time as RFC 3339 has it, kept as it was sent.
///
/// Equality compares what was said: the same point in time with another offset or another number
/// of digits is a different value. Points in time are compared by
/// [`to_unix_nanos`](Self::to_unix_nanos).
///
/// ```
/// use ocpp_types::types::DateTime;
///
/// let time = DateTime::new("2013-05-22T15:00:29.50+02:00").expect("a valid time");
/// assert_eq!(time.to_unix_nanos(), Some((1_369_227_629, 500_000_000)));
/// assert_eq!(time.as_str(), "2013-05-22T15:00:29.50+02:00");
///
/// let sent = DateTime::from_unix(1_369_227_629).expect("a year of four digits");
/// assert_eq!(sent.as_str(), "2013-05-22T13:00:29Z");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DateTime<'a>(Cow<'a, str>);

impl<'a> DateTime<'a> {
    /// A time of RFC 3339; `None` for any other form, and for a date that does not exist.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Option<Self> {
        let text = text.into();
        rfc3339(text.as_bytes()).is_some().then_some(Self(text))
    }

    /// Any text, for those who test what the other side does with it.
    #[must_use]
    pub fn unchecked(text: impl Into<Cow<'a, str>>) -> Self {
        Self(text.into())
    }

    /// The text as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the text is a time of RFC 3339.
    ///
    /// Only tolerant reading and [`unchecked`](Self::unchecked) give one that is not.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        rfc3339(self.0.as_bytes()).is_some()
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down.
    ///
    /// `None` only for a text that is no time, see [`is_valid`](Self::is_valid); the forms that a
    /// tolerant reader takes have an instant too, UTC where they name no zone.
    #[must_use]
    pub fn to_unix(&self) -> Option<i64> {
        self.to_unix_nanos().map(|(secs, _)| secs)
    }

    /// Seconds since 1970-01-01T00:00:00Z, rounded down, and the nanoseconds after them.
    ///
    /// Digits beyond the ninth are cut off. A leap second counts as the second that follows it.
    #[must_use]
    pub fn to_unix_nanos(&self) -> Option<(i64, u32)> {
        let bytes = self.0.as_bytes();
        rfc3339(bytes).or_else(|| iso8601(bytes))
    }

    /// The point in time, in UTC.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        let (secs, nanos) = self.to_unix_nanos()?;
        Some(Timestamp::Utc { secs, nanos })
    }

    /// The same with a text of its own, so that it can be kept.
    #[must_use]
    pub fn into_owned(self) -> DateTime<'static> {
        DateTime(Own::own(self.0))
    }
}

impl DateTime<'static> {
    /// The time that is `secs` seconds after 1970-01-01T00:00:00Z, in UTC without a fraction.
    ///
    /// `None` outside the years 0 to 9999.
    #[must_use]
    pub fn from_unix(secs: i64) -> Option<Self> {
        Self::from_unix_millis_text(secs, None)
    }

    /// The time that is `millis` milliseconds after 1970-01-01T00:00:00Z, in UTC with three digits
    /// of a fraction, which is customary.
    ///
    /// `None` outside the years 0 to 9999.
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        let fraction = millis.rem_euclid(1000);
        Self::from_unix_millis_text(millis.div_euclid(1000), Some(fraction))
    }

    fn from_unix_millis_text(secs: i64, fraction: Option<i64>) -> Option<Self> {
        let days = secs.div_euclid(86_400);
        let second = secs.rem_euclid(86_400);
        let (year, month, day) = civil_from_days(days)?;
        let mut text = String::with_capacity(24);
        push_digits(&mut text, year, 4);
        for (mark, number) in [
            ('-', month),
            ('-', day),
            ('T', second / 3600),
            (':', second / 60 % 60),
            (':', second % 60),
        ] {
            text.push(mark);
            push_digits(&mut text, number, 2);
        }
        if let Some(fraction) = fraction {
            text.push('.');
            push_digits(&mut text, fraction, 3);
        }
        text.push('Z');
        Some(Self(Cow::Owned(text)))
    }
}

impl fmt::Display for DateTime<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl<'a> Value<'a> for DateTime<'a> {
    const CAN_BE_EMPTY: bool = true;

    #[inline]
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        let at = reader.at();
        if reader.peek() != b'"' && !reader.is_strict() {
            return reader.time_from_number().map(Self);
        }
        let text = reader.string()?;
        if rfc3339(text.as_bytes()).is_none() {
            reader.bend_time(&text, at)?;
        }
        Ok(Self(text))
    }

    #[inline]
    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        if writer.is_checked() {
            let is_kept = rfc3339(self.0.as_bytes()).is_some();
            writer.demand(is_kept, Rule::DateTime)?;
        }
        writer.string(&self.0);
        Ok(())
    }
}

impl Own for DateTime<'_> {
    type Owned = DateTime<'static>;

    fn own(self) -> Self::Owned {
        self.into_owned()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for DateTime<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(feature = "serde")]
impl<'de: 'a, 'a> serde::Deserialize<'de> for DateTime<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(crate::serde_text::text(deserializer)?)
            .ok_or_else(|| serde::de::Error::custom(Rule::DateTime))
    }
}

/// The date and time at the front of a text, and what follows it.
#[derive(Clone, Copy)]
struct Fields {
    year: i64,
    month: i64,
    day: i64,
    hour: i64,
    minute: i64,
    second: i64,
}

impl Fields {
    /// Seconds since 1970, if there is such a date; the zone is `offset` seconds ahead of UTC.
    #[inline]
    fn to_unix(self, offset: i64) -> Option<i64> {
        let Self {
            year,
            month,
            day,
            hour,
            minute,
            second,
        } = self;
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        let time = hour
            .wrapping_mul(3600)
            .wrapping_add(minute.wrapping_mul(60))
            .wrapping_add(second);
        Some(
            days_from_civil(year, month, day)
                .wrapping_mul(86_400)
                .wrapping_add(time)
                .wrapping_sub(offset),
        )
    }
}

/// RFC 3339, 5.6: seconds since 1970 and nanoseconds.
#[inline]
pub(crate) fn rfc3339(bytes: &[u8]) -> Option<(i64, u32)> {
    let (head, rest) = bytes.split_first_chunk::<19>()?;
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        m1,
        m2,
        b'-',
        d1,
        d2,
        b'T' | b't',
        h1,
        h2,
        b':',
        n1,
        n2,
        b':',
        s1,
        s2,
    ] = *head
    else {
        return None;
    };
    let fields = Fields {
        year: two(y1, y2)?.wrapping_mul(100).wrapping_add(two(y3, y4)?),
        month: two(m1, m2)?,
        day: two(d1, d2)?,
        hour: two(h1, h2)?,
        minute: two(n1, n2)?,
        second: two(s1, s2)?,
    };
    let (nanos, zone) = match rest {
        [b'.', rest @ ..] => fraction(rest)?,
        rest => (0, rest),
    };
    let offset = match *zone {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            signed_offset(sign, two(h1, h2)?, two(m1, m2)?)?
        }
        _ => return None,
    };
    if fields.hour > 23 || fields.minute > 59 || fields.second > 60 {
        return None;
    }
    let secs = fields.to_unix(offset)?;
    // A leap second is the last one of a day of UTC.
    if fields.second == 60 && secs.rem_euclid(86_400) != 0 {
        return None;
    }
    Some((secs, nanos))
}

/// The forms of ISO 8601 that stations send and RFC 3339 does not have; UTC where no zone is named.
pub(crate) fn iso8601(bytes: &[u8]) -> Option<(i64, u32)> {
    let (year, month, day, time) = match bytes {
        [
            y1,
            y2,
            y3,
            y4,
            b'-',
            m1,
            m2,
            b'-',
            d1,
            d2,
            b'T' | b't' | b' ',
            time @ ..,
        ]
        | [y1, y2, y3, y4, m1, m2, d1, d2, b'T' | b't', time @ ..] => {
            let year = two(*y1, *y2)?
                .wrapping_mul(100)
                .wrapping_add(two(*y3, *y4)?);
            (year, two(*m1, *m2)?, two(*d1, *d2)?, time)
        }
        _ => return None,
    };
    let (hour, minute, second, rest) = match time {
        [h1, h2, b':', n1, n2, b':', s1, s2, rest @ ..]
        | [
            h1,
            h2,
            n1 @ b'0'..=b'9',
            n2,
            s1 @ b'0'..=b'9',
            s2,
            rest @ ..,
        ] => (two(*h1, *h2)?, two(*n1, *n2)?, two(*s1, *s2)?, rest),
        [h1, h2, b':', n1, n2, rest @ ..] | [h1, h2, n1 @ b'0'..=b'9', n2, rest @ ..] => {
            (two(*h1, *h2)?, two(*n1, *n2)?, 0, rest)
        }
        _ => return None,
    };
    let (nanos, zone) = match rest {
        [b'.' | b',', rest @ ..] => fraction(rest)?,
        rest => (0, rest),
    };
    let offset = match *zone {
        [] | [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), h1, h2] => signed_offset(sign, two(h1, h2)?, 0)?,
        [sign @ (b'+' | b'-'), h1, h2, m1, m2] | [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2] => {
            signed_offset(sign, two(h1, h2)?, two(m1, m2)?)?
        }
        _ => return None,
    };
    let fields = Fields {
        year,
        month,
        day,
        hour,
        minute,
        second,
    };
    let is_midnight = minute == 0 && second == 0 && nanos == 0;
    if hour > 23 && !(hour == 24 && is_midnight) || minute > 59 || second > 59 {
        return None;
    }
    Some((fields.to_unix(offset)?, nanos))
}

fn signed_offset(sign: u8, hours: i64, minutes: i64) -> Option<i64> {
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = hours
        .wrapping_mul(3600)
        .wrapping_add(minutes.wrapping_mul(60));
    Some(if sign == b'-' {
        seconds.wrapping_neg()
    } else {
        seconds
    })
}

/// One or more digits after the point, as nanoseconds, and what follows them.
#[inline]
fn fraction(bytes: &[u8]) -> Option<(u32, &[u8])> {
    let mut rest = bytes;
    let (mut nanos, mut place) = (0_u32, 100_000_000_u32);
    while let [byte @ b'0'..=b'9', after @ ..] = rest {
        nanos = nanos.wrapping_add(u32::from(byte.wrapping_sub(b'0')).wrapping_mul(place));
        place /= 10;
        rest = after;
    }
    (rest.len() < bytes.len()).then_some((nanos, rest))
}

#[inline]
fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        return None;
    }
    Some(i64::from(tens.wrapping_mul(10).wrapping_add(ones)))
}

#[inline]
fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the Gregorian calendar, of the years 0 to 9999.
#[inline]
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    // The year begins in March, so that the leap day is its last.
    let early = i64::from(month <= 2);
    let year = year.wrapping_sub(early);
    let month = month.wrapping_add(early.wrapping_mul(12)).wrapping_sub(3);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (month.wrapping_mul(153).wrapping_add(2) / 5)
        .wrapping_add(day)
        .wrapping_sub(1);
    era.wrapping_mul(146_097)
        .wrapping_add(year_of_era.wrapping_mul(365))
        .wrapping_add(year_of_era / 4)
        .wrapping_sub(year_of_era / 100)
        .wrapping_add(day_of_year)
        .wrapping_sub(719_468)
}

/// The inverse of [`days_from_civil`], within the years 0 to 9999.
fn civil_from_days(days: i64) -> Option<(i64, i64, i64)> {
    if !(-719_528..=2_932_896).contains(&days) {
        return None;
    }
    let days = days.wrapping_add(719_468);
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = day_of_era
        .wrapping_sub(day_of_era / 1460)
        .wrapping_add(day_of_era / 36_524)
        .wrapping_sub(day_of_era / 146_096)
        / 365;
    let day_of_year = day_of_era
        .wrapping_sub(year_of_era.wrapping_mul(365))
        .wrapping_sub(year_of_era / 4)
        .wrapping_add(year_of_era / 100);
    let march = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let first = march.wrapping_mul(153).wrapping_add(2) / 5;
    let day = day_of_year.wrapping_sub(first).wrapping_add(1);
    let late = i64::from(march >= 10);
    let month = march.wrapping_add(3).wrapping_sub(late.wrapping_mul(12));
    let year = era
        .wrapping_mul(400)
        .wrapping_add(year_of_era)
        .wrapping_add(late);
    Some((year, month, day))
}

/// The last `count` digits of a number that is not negative.
fn push_digits(text: &mut String, number: i64, count: u32) {
    for place in (0..count).rev() {
        let digit = number.checked_div(10_i64.wrapping_pow(place)).unwrap_or(0) % 10;
        let [low, ..] = digit.to_le_bytes();
        text.push(char::from(b'0'.wrapping_add(low)));
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_forms_of_rfc_3339_are_times() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2024-03-15t10:20:30z", 1_710_498_030),
            ("2024-03-15T10:20:30.123456789012Z", 1_710_498_030),
            ("2024-03-15T12:20:30+02:00", 1_710_498_030),
            ("2024-03-15T04:50:30.000-05:30", 1_710_498_030),
            ("2024-03-15T10:20:30-00:00", 1_710_498_030),
            ("2024-02-29T23:59:59Z", 1_709_251_199),
            ("2016-12-31T23:59:60Z", 1_483_228_800),
            ("2017-01-01T00:59:60+01:00", 1_483_228_800),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            let time = DateTime::new(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(time.to_unix(), Some(unix), "{text}");
        }
    }

    #[test]
    fn other_forms_are_not() {
        for text in [
            "",
            "2024-03-15",
            "2024-03-15T10:20:30",
            "2024-03-15T10:20Z",
            "2024-03-15 10:20:30Z",
            "2024-03-15T10:20:30+02",
            "2024-03-15T10:20:30+0200",
            "2024-03-15T10:20:30,5Z",
            "2024-03-15T24:00:00Z",
            "2024-02-30T10:20:30Z",
            "2023-02-29T10:20:30Z",
            "2024-13-01T00:00:00Z",
            "2024-00-01T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-03-15T10:60:30Z",
            "2024-03-15T10:20:60Z",
            "2024-03-15T10:20:61Z",
            "2024-03-15T10:20:30.Z",
            "2024-03-15T10:20:30+24:00",
            "2024-03-15T10:20:30+02:60",
            "2024-03-15T10:20:30Z ",
            " 2024-03-15T10:20:30Z",
            "+2024-03-15T10:20:30Z",
            "1710498030",
            "2024/03/15T10:20:30Z",
            "2024-03-15T10:20:30ZZ",
            "٢024-03-15T10:20:30Z",
        ] {
            assert_eq!(DateTime::new(text), None, "{text}");
        }
    }

    #[test]
    fn tolerated_forms_have_an_instant() {
        for text in [
            "2024-03-15T10:20:30",
            "2024-03-15 10:20:30",
            "2024-03-15T12:20:30+02",
            "2024-03-15T12:20:30+0200",
            "2024-03-15T10:20:30,000Z",
            "2024-03-15T12:20:30.0+02:00",
            "20240315T102030Z",
            "20240315T122030.5+0200",
        ] {
            assert_eq!(
                DateTime::unchecked(text).to_unix(),
                Some(1_710_498_030),
                "{text}"
            );
        }
        let midnight = DateTime::unchecked("2024-03-15T24:00:00Z");
        assert_eq!(
            midnight.to_unix(),
            DateTime::unchecked("2024-03-16T00:00Z").to_unix()
        );
        for text in [
            "",
            "20240315",
            "2024-03-15",
            "1710498030",
            "2024-03-15T",
            "2024-03-15T10",
        ] {
            assert_eq!(DateTime::unchecked(text).to_unix(), None, "{text}");
        }
        assert_eq!(DateTime::unchecked("2024-03-15T24:00:01Z").to_unix(), None);
    }

    proptest! {
        #[test]
        fn instants_come_back_from_their_text(millis in -62_167_219_200_000..=253_402_300_799_999_i64) {
            let time = DateTime::from_unix_millis(millis).unwrap();
            let (secs, nanos) = time.to_unix_nanos().unwrap();
            prop_assert_eq!(secs * 1000 + i64::from(nanos / 1_000_000), millis);
            let expected = Timestamp::Utc { secs, nanos: 0 };
            prop_assert_eq!(DateTime::from_unix(secs).unwrap().to_string(), expected.to_string());
            prop_assert_eq!(DateTime::new(time.as_str()), Some(time.clone()));
        }
    }

    #[test]
    fn years_of_more_digits_have_no_text() {
        assert_eq!(DateTime::from_unix(253_402_300_800), None);
        assert_eq!(DateTime::from_unix(-62_167_219_201), None);
        assert_eq!(DateTime::from_unix(i64::MIN), None);
        assert_eq!(DateTime::from_unix_millis(i64::MAX), None);
    }
}
