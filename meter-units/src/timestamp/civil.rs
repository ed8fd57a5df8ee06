//! Date and time of day, any field of which may be missing.

#[cfg(any(feature = "chrono", feature = "jiff"))]
use super::TimestampError;
use super::calendar::{SECONDS_PER_DAY, civil_from_days, days_from_civil, days_in_month};

/// Date and time of day, each field present or not ("every").
///
/// Meters send dates without a time, times without a date, and dates that recur, such as "the
/// first of every month". A field that is not present is never 0 in disguise.
///
/// `Display` writes `2012-01-24`, `2012-01-24T13:29`, `13:29:05`. A date is shown if any field of
/// it is present, and a time likewise; a missing year then shows as `----`, every other missing
/// field as `--`, except for missing seconds, which are left out. So `-----01-24` is 24 January of
/// every year, `--------01` the first of every month, and `--:30` half past every hour. If no
/// field is present at all it is `--`. [`FromStr`](core::str::FromStr) reads the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Civil {
    year: i16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    present: u8,
}

const YEAR: u8 = 1 << 0;
const MONTH: u8 = 1 << 1;
const DAY: u8 = 1 << 2;
const HOUR: u8 = 1 << 3;
const MINUTE: u8 = 1 << 4;
const SECOND: u8 = 1 << 5;

impl Civil {
    /// No field present.
    pub const EMPTY: Self = Self {
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        minute: 0,
        second: 0,
        present: 0,
    };

    /// With the year; `None` if it is not within 0..=9999.
    #[must_use]
    pub const fn with_year(self, year: i16) -> Option<Self> {
        if year < 0 || year > 9999 {
            return None;
        }
        Some(Self {
            year,
            present: self.present | YEAR,
            ..self
        })
    }

    /// With the month; `None` if it is not within 1..=12.
    #[must_use]
    pub const fn with_month(self, month: u8) -> Option<Self> {
        if month < 1 || month > 12 {
            return None;
        }
        Some(Self {
            month,
            present: self.present | MONTH,
            ..self
        })
    }

    /// With the day of the month; `None` if it is not within 1..=31.
    #[must_use]
    pub const fn with_day(self, day: u8) -> Option<Self> {
        if day < 1 || day > 31 {
            return None;
        }
        Some(Self {
            day,
            present: self.present | DAY,
            ..self
        })
    }

    /// With the hour; `None` if it is over 23.
    #[must_use]
    pub const fn with_hour(self, hour: u8) -> Option<Self> {
        if hour > 23 {
            return None;
        }
        Some(Self {
            hour,
            present: self.present | HOUR,
            ..self
        })
    }

    /// With the minute; `None` if it is over 59.
    #[must_use]
    pub const fn with_minute(self, minute: u8) -> Option<Self> {
        if minute > 59 {
            return None;
        }
        Some(Self {
            minute,
            present: self.present | MINUTE,
            ..self
        })
    }

    /// With the second; `None` if it is over 60 (a leap second).
    #[must_use]
    pub const fn with_second(self, second: u8) -> Option<Self> {
        if second > 60 {
            return None;
        }
        Some(Self {
            second,
            present: self.present | SECOND,
            ..self
        })
    }

    /// A date without a time; `None` if a field is outside its range.
    ///
    /// The day is not compared with the month, see [`is_valid_date`](Self::is_valid_date).
    #[must_use]
    pub const fn from_date(year: i16, month: u8, day: u8) -> Option<Self> {
        let Some(civil) = Self::EMPTY.with_year(year) else {
            return None;
        };
        let Some(civil) = civil.with_month(month) else {
            return None;
        };
        civil.with_day(day)
    }

    /// The same with hour, minute and second; `None` if a field is outside its range.
    #[must_use]
    pub const fn with_time(self, hour: u8, minute: u8, second: u8) -> Option<Self> {
        let Some(civil) = self.with_hour(hour) else {
            return None;
        };
        let Some(civil) = civil.with_minute(minute) else {
            return None;
        };
        civil.with_second(second)
    }

    /// The date that is `days` days after 1970-01-01, or before if negative; `None` if its year
    /// is not within 0..=9999.
    ///
    /// ```
    /// use meter_units::Civil;
    ///
    /// let day = Civil::from_days(15_847).expect("a day of this century");
    /// assert_eq!(day.to_string(), "2013-05-22");
    /// assert_eq!(day.to_days(), Some(15_847));
    /// ```
    #[must_use]
    pub fn from_days(days: i32) -> Option<Self> {
        let (year, month, day) = civil_from_days(i64::from(days));
        Self::from_date(i16::try_from(year).ok()?, month, day)
    }

    /// The days from 1970-01-01 to this date, negative before it.
    ///
    /// `None` if a field of the date is not present, or the date does not exist.
    #[must_use]
    pub fn to_days(self) -> Option<i32> {
        let (year, month, day) = self.date()?;
        if !self.is_valid_date() {
            return None;
        }
        i32::try_from(days_from_civil(i64::from(year), month, day)).ok()
    }

    /// The year, 0 to 9999, if it is present.
    #[must_use]
    pub const fn year(self) -> Option<i16> {
        if self.has(YEAR) {
            Some(self.year)
        } else {
            None
        }
    }

    /// The month, 1 to 12, if it is present.
    #[must_use]
    pub const fn month(self) -> Option<u8> {
        self.field(MONTH, self.month)
    }

    /// The day of the month, 1 to 31, if it is present.
    #[must_use]
    pub const fn day(self) -> Option<u8> {
        self.field(DAY, self.day)
    }

    /// The hour, 0 to 23, if it is present.
    #[must_use]
    pub const fn hour(self) -> Option<u8> {
        self.field(HOUR, self.hour)
    }

    /// The minute, 0 to 59, if it is present.
    #[must_use]
    pub const fn minute(self) -> Option<u8> {
        self.field(MINUTE, self.minute)
    }

    /// The second, 0 to 60, if it is present.
    #[must_use]
    pub const fn second(self) -> Option<u8> {
        self.field(SECOND, self.second)
    }

    /// Whether any of year, month and day is present.
    #[must_use]
    pub const fn has_date(self) -> bool {
        self.has(YEAR | MONTH | DAY)
    }

    /// Whether any of hour, minute and second is present.
    #[must_use]
    pub const fn has_time(self) -> bool {
        self.has(HOUR | MINUTE | SECOND)
    }

    /// Year, month and day, if all three are present.
    #[must_use]
    pub fn date(self) -> Option<(i16, u8, u8)> {
        Some((self.year()?, self.month()?, self.day()?))
    }

    /// Hour and minute, if both are present, and the second, if it is as well.
    #[must_use]
    pub fn time(self) -> Option<(u8, u8, Option<u8>)> {
        Some((self.hour()?, self.minute()?, self.second()))
    }

    /// Whether a date is present and its fields can occur together.
    ///
    /// A meter can send 31 February, and the builders keep it. Where year or month are not
    /// present, the day is held against the longest that remains.
    #[must_use]
    pub fn is_valid_date(self) -> bool {
        let longest = match self.month() {
            Some(month) => days_in_month(self.year().map(i64::from), month),
            None => 31,
        };
        self.has_date() && self.day().is_none_or(|day| day <= longest)
    }

    /// Seconds from 1970-01-01T00:00:00 as if this were UTC; what is missing of the time is 0.
    ///
    /// `None` if the date is incomplete or does not exist, or if the time lacks the hour, or has
    /// seconds without minutes.
    pub(super) fn to_seconds(self) -> Option<i64> {
        let days = i64::from(self.to_days()?);
        let (hour, minute, second) = match (self.hour(), self.minute(), self.second()) {
            (None, None, None) => (0, 0, 0),
            (Some(hour), None, None) => (hour, 0, 0),
            (Some(hour), Some(minute), second) => (hour, minute, second.unwrap_or(0)),
            _ => return None,
        };
        let minutes = i64::from(hour)
            .wrapping_mul(60)
            .wrapping_add(i64::from(minute));
        let seconds = minutes.wrapping_mul(60).wrapping_add(i64::from(second));
        Some(days.wrapping_mul(SECONDS_PER_DAY).wrapping_add(seconds))
    }

    /// [`to_seconds`](Self::to_seconds), or why there are none.
    #[cfg(any(feature = "chrono", feature = "jiff"))]
    pub(super) fn try_seconds(self) -> Result<i64, TimestampError> {
        if self.date().is_some() && !self.is_valid_date() {
            return Err(TimestampError::Invalid);
        }
        self.to_seconds().ok_or(TimestampError::Incomplete)
    }

    /// Which fields are present, as a value to compare.
    pub(super) const fn presence(self) -> u8 {
        self.present
    }

    const fn has(self, fields: u8) -> bool {
        self.present & fields != 0
    }

    const fn field(self, field: u8, value: u8) -> Option<u8> {
        if self.has(field) { Some(value) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::Civil;

    #[test]
    fn fields_outside_their_range_are_refused() {
        assert_eq!(Civil::EMPTY.with_year(-1), None);
        assert_eq!(Civil::EMPTY.with_year(10_000), None);
        assert_eq!(Civil::from_date(2012, 0, 1), None);
        assert_eq!(Civil::from_date(2012, 13, 1), None);
        assert_eq!(Civil::from_date(2012, 1, 0), None);
        assert_eq!(Civil::from_date(2012, 1, 32), None);
        assert_eq!(Civil::EMPTY.with_time(24, 0, 0), None);
        assert_eq!(Civil::EMPTY.with_time(0, 60, 0), None);
        assert_eq!(Civil::EMPTY.with_time(0, 0, 61), None);
    }

    #[test]
    fn only_what_was_said_is_present() {
        let civil = Civil::EMPTY.with_month(1).unwrap().with_hour(0).unwrap();
        assert_eq!(civil.year(), None);
        assert_eq!(civil.month(), Some(1));
        assert_eq!(civil.day(), None);
        assert_eq!(civil.hour(), Some(0));
        assert_eq!(civil.minute(), None);
        assert_eq!(civil.second(), None);
        assert!(civil.has_date() && civil.has_time());
        assert_eq!((civil.date(), civil.time()), (None, None));

        let date = Civil::from_date(2012, 1, 24).unwrap();
        assert_eq!(date.date(), Some((2012, 1, 24)));
        assert!(!date.has_time());
        let time = Civil::EMPTY.with_time(13, 29, 5).unwrap();
        assert_eq!(time.time(), Some((13, 29, Some(5))));
        assert!(!time.has_date());
        assert_ne!(Civil::EMPTY, Civil::EMPTY.with_time(0, 0, 0).unwrap());
    }

    #[test]
    fn dates_that_do_not_exist_are_kept_and_told() {
        for (year, month, day, valid) in [
            (2012, 2, 29, true),
            (2013, 2, 29, false),
            (1900, 2, 29, false),
            (2000, 2, 29, true),
            (2012, 2, 31, false),
            (2012, 4, 31, false),
            (2012, 12, 31, true),
        ] {
            let civil = Civil::from_date(year, month, day).unwrap();
            assert_eq!(civil.is_valid_date(), valid, "{year}-{month}-{day}");
            assert_eq!(civil.to_days().is_some(), valid);
            assert_eq!(civil.day(), Some(day));
        }
    }

    #[test]
    fn a_partial_date_is_held_against_the_longest() {
        let february = Civil::EMPTY.with_month(2).unwrap();
        assert!(february.with_day(29).unwrap().is_valid_date());
        assert!(!february.with_day(30).unwrap().is_valid_date());
        assert!(Civil::EMPTY.with_day(31).unwrap().is_valid_date());
        assert!(!Civil::EMPTY.is_valid_date());
        assert!(!Civil::EMPTY.with_time(0, 0, 0).unwrap().is_valid_date());
    }

    #[test]
    fn days_outside_the_years_of_a_civil_date_are_none() {
        let last = Civil::from_date(9999, 12, 31).unwrap();
        let days = last.to_days().unwrap();
        assert_eq!(Civil::from_days(days), Some(last));
        assert_eq!(Civil::from_days(days + 1), None);
        assert_eq!(Civil::from_days(i32::MIN), None);
    }
}
