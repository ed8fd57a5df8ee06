//! Time as meters write it.

mod calendar;
#[cfg(feature = "chrono")]
mod chrono;
mod civil;
#[cfg(feature = "jiff")]
mod jiff;
mod parse;
#[cfg(feature = "serde")]
mod serde;
mod text;

use core::cmp::Ordering;

use self::calendar::{SECONDS_PER_DAY, civil_from_days, divide};
pub use self::civil::Civil;
pub use self::parse::{ParseTimestampError, ParseTimestampErrorKind};

/// A point in time, with as much knowledge of the zone as the sender gave.
///
/// Registers and charging stations send UTC or an offset, M-Bus meters send local time of a zone
/// that only the operator knows. What was said is kept; who knows the offset of a local time
/// states it with [`assume_offset`](Self::assume_offset).
///
/// `Display` writes RFC 3339: `2013-05-22T13:00:29Z`, `2013-05-22T15:00:29+02:00`; local time has
/// no suffix, see [`Civil`] for its forms. [`FromStr`](core::str::FromStr) reads the same. Years
/// of UTC beyond 0000 to 9999 have a sign. With `serde` it is that text, and
/// `{"local": text, "dst": bool}` for local time of which daylight saving is known.
///
/// Equality compares what was said: 13:00Z and 15:00+02:00 are different values. Points in time
/// are compared by [`compare`](Self::compare).
///
/// ```
/// use meter_units::{Civil, Timestamp};
///
/// let utc = Timestamp::from_unix(1_369_227_629);
/// assert_eq!(utc.to_string(), "2013-05-22T13:00:29Z");
///
/// let civil = Civil::from_date(2013, 5, 22).and_then(|date| date.with_time(15, 0, 29));
/// let local = Timestamp::Local { civil: civil.expect("in range"), dst: Some(true) };
/// assert_eq!(local.to_unix(), None);
/// assert_eq!(local.assume_offset(120).to_unix(), Some(1_369_227_629));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    Utc {
        /// Whole seconds, rounded down.
        secs: i64,
        /// Nanoseconds after `secs`, below 1 000 000 000.
        nanos: u32,
    },
    /// Local time with its distance from UTC.
    Offset {
        /// What the clock on the wall shows.
        civil: Civil,
        /// Minutes to add to UTC to get it.
        minutes: i16,
    },
    /// Local time of an unknown zone.
    Local {
        /// What the clock on the wall shows.
        civil: Civil,
        /// Whether daylight saving time is in force, where it is said.
        dst: Option<bool>,
    },
}

/// Why a timestamp has no counterpart in another library's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TimestampError {
    /// The zone is not known, so that the point in time is not.
    #[error("local time without a zone")]
    Local,
    /// A field that is needed is not present.
    #[error("a field of the date or time is missing")]
    Incomplete,
    /// The date does not exist, or not the time in the zone.
    #[error("there is no such date or time")]
    Invalid,
    /// The value is outside the range of the target.
    #[error("the time is out of range")]
    Range,
    /// The target holds no fraction of a second, or no seconds of an offset.
    #[error("the time is finer than the target")]
    Precision,
}

impl Timestamp {
    /// The point in time that is `secs` seconds after 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn from_unix(secs: i64) -> Self {
        Self::Utc { secs, nanos: 0 }
    }

    /// The seconds since 1970-01-01T00:00:00Z, rounded down.
    ///
    /// A missing second or minute counts as 0, a time that is missing altogether as midnight.
    /// `None` for local time, for an incomplete date, for one that does not exist, and where the
    /// hour is missing but not the minute.
    #[must_use]
    pub fn to_unix(&self) -> Option<i64> {
        self.to_unix_nanos().map(|(secs, _)| secs)
    }

    /// Date and time as shown; of UTC for UTC.
    ///
    /// `None` for UTC outside the years 0 to 9999.
    #[must_use]
    pub fn civil(&self) -> Option<Civil> {
        match *self {
            Self::Utc { secs, nanos } => {
                let (secs, _) = normalized(secs, nanos);
                let (days, second) = divide::<SECONDS_PER_DAY>(secs);
                let (year, month, day) = civil_from_days(days);
                let (hour, minute, second) = time_of_day(second);
                Civil::from_date(i16::try_from(year).ok()?, month, day)?
                    .with_time(hour, minute, second)
            }
            Self::Offset { civil, .. } | Self::Local { civil, .. } => Some(civil),
        }
    }

    /// The same time, local time being `minutes` ahead of UTC; other times as they are.
    #[must_use]
    pub const fn assume_offset(self, minutes: i16) -> Self {
        match self {
            Self::Local { civil, .. } => Self::Offset { civil, minutes },
            _ => self,
        }
    }

    /// Which of two points in time is earlier, if that is certain.
    ///
    /// UTC and times with an offset compare as points in time. Local times compare if they have
    /// the same fields and a full date; they are taken to be of the same zone. If only one of
    /// them is in daylight saving time, or that is said for one only, they have to be more than
    /// an hour apart. Local time and UTC do not compare.
    ///
    /// ```
    /// use core::cmp::Ordering;
    /// use meter_units::Timestamp;
    ///
    /// let utc: Timestamp = "2013-05-22T13:00:29Z".parse()?;
    /// let offset: Timestamp = "2013-05-22T15:00:29+02:00".parse()?;
    /// let local: Timestamp = "2013-05-22T15:00:29".parse()?;
    /// assert_eq!(utc.compare(&offset), Some(Ordering::Equal));
    /// assert_eq!(utc.compare(&local), None);
    /// # Ok::<(), meter_units::ParseTimestampError>(())
    /// ```
    #[must_use]
    pub fn compare(&self, other: &Self) -> Option<Ordering> {
        if let (
            Self::Local {
                civil: a,
                dst: a_dst,
            },
            Self::Local {
                civil: b,
                dst: b_dst,
            },
        ) = (self, other)
        {
            if a.presence() != b.presence() {
                return None;
            }
            let (a, b) = (a.to_seconds()?, b.to_seconds()?);
            let certain = a_dst == b_dst || a.abs_diff(b) > SHIFT;
            return certain.then(|| a.cmp(&b));
        }
        Some(self.to_unix_nanos()?.cmp(&other.to_unix_nanos()?))
    }

    /// [`to_unix_nanos`](Self::to_unix_nanos), or why there are none.
    #[cfg(any(feature = "chrono", feature = "jiff"))]
    fn try_unix_nanos(self) -> Result<(i64, u32), TimestampError> {
        match self {
            Self::Offset { civil, .. } => civil.try_seconds().map(|_| ())?,
            Self::Local { .. } => return Err(TimestampError::Local),
            Self::Utc { .. } => {}
        }
        self.to_unix_nanos().ok_or(TimestampError::Incomplete)
    }

    /// Seconds since 1970-01-01T00:00:00Z, and nanoseconds below 1 000 000 000.
    fn to_unix_nanos(self) -> Option<(i64, u32)> {
        match self {
            Self::Utc { secs, nanos } => Some(normalized(secs, nanos)),
            Self::Offset { civil, minutes } => {
                let offset = i64::from(minutes).wrapping_mul(60);
                Some((civil.to_seconds()?.wrapping_sub(offset), 0))
            }
            Self::Local { .. } => None,
        }
    }
}

/// By how much daylight saving time moves the clock, in seconds.
const SHIFT: u64 = 3_600;

/// Carries whole seconds out of `nanos`, which anyone can set.
fn normalized(secs: i64, nanos: u32) -> (i64, u32) {
    const NANOS_PER_SECOND: u32 = 1_000_000_000;
    let carry = i64::from(nanos / NANOS_PER_SECOND);
    (secs.saturating_add(carry), nanos % NANOS_PER_SECOND)
}

/// Hour, minute and second of a second of the day.
fn time_of_day(second: i64) -> (u8, u8, u8) {
    let byte = |number: i64| u8::try_from(number).unwrap_or_default();
    (
        byte(second / 3_600),
        byte(second / 60 % 60),
        byte(second % 60),
    )
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Timestamp>() == 16 && size_of::<Option<Timestamp>>() == 16);

#[cfg(test)]
mod tests {
    use core::cmp::Ordering;

    use super::{Civil, Timestamp};

    #[track_caller]
    fn order(a: &str, b: &str) -> Option<Ordering> {
        let (a, b): (Timestamp, Timestamp) = (a.parse().unwrap(), b.parse().unwrap());
        let order = a.compare(&b);
        assert_eq!(b.compare(&a), order.map(Ordering::reverse));
        order
    }

    fn local(text: &str, dst: Option<bool>) -> Timestamp {
        Timestamp::Local {
            civil: text.parse().unwrap(),
            dst,
        }
    }

    #[test]
    fn unix_seconds_are_dates_of_utc() {
        let time = Timestamp::from_unix(1_369_227_629);
        let civil = Civil::from_date(2013, 5, 22).and_then(|date| date.with_time(13, 0, 29));
        assert_eq!(time.civil(), civil);
        assert_eq!(time.to_unix(), Some(1_369_227_629));
        let before = Timestamp::from_unix(-1);
        assert_eq!(before.civil(), "1969-12-31T23:59:59".parse().ok());
        assert_eq!(Timestamp::from_unix(i64::MAX).civil(), None);
    }

    #[test]
    fn an_offset_is_subtracted() {
        for (text, secs) in [
            ("2013-05-22T15:00:29+02:00", 1_369_227_629),
            ("2013-05-22T07:30:29-05:30", 1_369_227_629),
            ("1970-01-01+00:00", 0),
            ("1970-01-01T01:00+01:00", 0),
            ("2016-12-31T23:59:60+00:00", 1_483_228_800),
        ] {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(time.to_unix(), Some(secs), "{text}");
        }
    }

    #[test]
    fn what_is_no_point_in_time_has_no_unix_seconds() {
        for text in [
            "2013-05-22T15:00:29",
            "2013-02-31T15:00:29+02:00",
            "2013-05---T15:00:29+02:00",
            "15:00:29+02:00",
            "2013-05-22T--:30+02:00",
            "2013-05-22T15:--:30+02:00",
        ] {
            let time: Timestamp = text.parse().unwrap();
            assert_eq!(time.to_unix(), None, "{text}");
        }
    }

    #[test]
    fn only_local_time_takes_an_offset() {
        let time = local("2013-05-22T15:00:29", None);
        assert_eq!(time.assume_offset(120).to_unix(), Some(1_369_227_629));
        let utc = Timestamp::from_unix(0);
        assert_eq!(utc.assume_offset(120), utc);
    }

    #[test]
    fn points_in_time_have_an_order() {
        use Ordering::*;
        assert_eq!(
            order("2013-05-22T13:00:29Z", "2013-05-22T15:00:29+02:00"),
            Some(Equal)
        );
        assert_eq!(
            order("2013-05-22T13:00:29.1Z", "2013-05-22T15:00:29+02:00"),
            Some(Greater)
        );
        assert_eq!(order("2013-05-22T13:00:29Z", "2013-05-22T15:00:29"), None);
        assert_eq!(order("2013-05-22", "2013-05-23"), Some(Less));
        assert_eq!(order("2013-05-22", "2013-05-23T00:00"), None);
        assert_eq!(order("-----05-22", "-----05-23"), None);
        assert_eq!(order("2013-02-31", "2013-03-01"), None);
    }

    #[test]
    fn daylight_saving_blurs_one_hour() {
        let summer = local("2013-10-27T02:30", Some(true));
        for (text, dst, expected) in [
            ("2013-10-27T02:40", Some(true), Some(Ordering::Less)),
            ("2013-10-27T02:20", Some(false), None),
            ("2013-10-27T03:30", Some(false), None),
            ("2013-10-27T03:31", Some(false), Some(Ordering::Less)),
            ("2013-10-27T01:29", None, Some(Ordering::Greater)),
        ] {
            assert_eq!(summer.compare(&local(text, dst)), expected, "{text}");
        }
    }

    #[test]
    fn nanoseconds_that_overflow_are_carried() {
        let time = Timestamp::Utc {
            secs: 1,
            nanos: u32::MAX,
        };
        assert_eq!(time.to_unix(), Some(5));
        assert_eq!(
            time.compare(&Timestamp::Utc {
                secs: 5,
                nanos: 294_967_295
            }),
            Some(Ordering::Equal)
        );
        let last = Timestamp::Utc {
            secs: i64::MAX,
            nanos: u32::MAX,
        };
        assert_eq!(last.to_unix(), Some(i64::MAX));
    }
}
