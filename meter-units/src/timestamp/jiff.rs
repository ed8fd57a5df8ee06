//! To and from the types of `jiff`.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::{Civil, Timestamp, TimestampError, normalized};

impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        // before 1970 both parts are negative
        let nanos = time.subsec_nanosecond();
        let (secs, nanos) = match u32::try_from(nanos) {
            Ok(nanos) => (time.as_second(), nanos),
            Err(_) => (
                time.as_second().saturating_sub(1),
                NANOS_PER_SECOND.wrapping_sub(nanos.unsigned_abs()),
            ),
        };
        let (secs, nanos) = normalized(secs, nanos);
        Self::Utc { secs, nanos }
    }
}

impl TryFrom<Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    /// Fails for local time; see [`Timestamp::to_jiff_in`].
    fn try_from(time: Timestamp) -> Result<Self, TimestampError> {
        let (secs, nanos) = time.try_unix_nanos()?;
        let nanos = i32::try_from(nanos).map_err(|_| TimestampError::Range)?;
        Self::new(secs, nanos).map_err(|_| TimestampError::Range)
    }
}

impl TryFrom<DateTime> for Civil {
    type Error = TimestampError;

    /// Fails if the time has a fraction of a second, or its year is not within 0..=9999.
    fn try_from(time: DateTime) -> Result<Self, TimestampError> {
        if time.subsec_nanosecond() != 0 {
            return Err(TimestampError::Precision);
        }
        let byte = |field: i8| u8::try_from(field).map_err(|_| TimestampError::Range);
        Self::try_from(time.date())?
            .with_time(
                byte(time.hour())?,
                byte(time.minute())?,
                byte(time.second())?,
            )
            .ok_or(TimestampError::Range)
    }
}

impl TryFrom<Date> for Civil {
    type Error = TimestampError;

    /// A date without a time. Fails if its year is not within 0..=9999.
    fn try_from(date: Date) -> Result<Self, TimestampError> {
        let byte = |field: i8| u8::try_from(field).map_err(|_| TimestampError::Range);
        Self::from_date(date.year(), byte(date.month())?, byte(date.day())?)
            .ok_or(TimestampError::Range)
    }
}

impl TryFrom<Civil> for DateTime {
    type Error = TimestampError;

    /// What is missing of the time is 0. Fails if the date is incomplete or does not exist.
    fn try_from(civil: Civil) -> Result<Self, TimestampError> {
        let time = jiff::Timestamp::new(civil.try_seconds()?, 0);
        Ok(Offset::UTC.to_datetime(time.map_err(|_| TimestampError::Range)?))
    }
}

impl TryFrom<Civil> for Date {
    type Error = TimestampError;

    /// The date alone. Fails if it is incomplete or does not exist.
    fn try_from(civil: Civil) -> Result<Self, TimestampError> {
        let (year, month, day) = civil.date().ok_or(TimestampError::Incomplete)?;
        let byte = |field: u8| i8::try_from(field).map_err(|_| TimestampError::Range);
        Self::new(year, byte(month)?, byte(day)?).map_err(|_| TimestampError::Invalid)
    }
}

impl Timestamp {
    /// The point in time, local time being that of `zone`.
    ///
    /// Where a clock that was put back shows a time twice, the flag for daylight saving decides;
    /// if it is not said, the earlier one is taken.
    ///
    /// # Errors
    ///
    /// [`TimestampError::Invalid`] if the date does not exist, or the time falls into the hour
    /// that is left out when a clock is put forward; [`TimestampError::Incomplete`] if a field of
    /// the date is missing; [`TimestampError::Range`] beyond the years of `jiff`.
    pub fn to_jiff_in(&self, zone: &TimeZone) -> Result<jiff::Timestamp, TimestampError> {
        let Self::Local { civil, dst } = *self else {
            return (*self).try_into();
        };
        let time = civil.try_into()?;
        resolve(time, zone.to_ambiguous_timestamp(time).offset(), dst)
    }
}

fn resolve(
    time: DateTime,
    offset: AmbiguousOffset,
    dst: Option<bool>,
) -> Result<jiff::Timestamp, TimestampError> {
    let offset = match offset {
        AmbiguousOffset::Unambiguous { offset } => offset,
        AmbiguousOffset::Gap { .. } => return Err(TimestampError::Invalid),
        // the clock was put back, so that daylight saving time was before
        AmbiguousOffset::Fold { after, .. } if dst == Some(false) => after,
        AmbiguousOffset::Fold { before, .. } => before,
    };
    offset.to_timestamp(time).map_err(|_| TimestampError::Range)
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    const WINTER: Offset = Offset::constant(1);
    const SUMMER: Offset = Offset::constant(2);

    fn local(text: &str, dst: Option<bool>) -> Timestamp {
        Timestamp::Local {
            civil: text.parse().unwrap(),
            dst,
        }
    }

    #[test]
    fn utc_goes_both_ways() {
        for (secs, nanos) in [
            (1_369_227_629, 250_000_000),
            (-1, 250_000_000),
            (-1, 0),
            (0, 1),
        ] {
            let ours = Timestamp::Utc { secs, nanos };
            let theirs = jiff::Timestamp::try_from(ours).unwrap();
            let total = i128::from(secs) * 1_000_000_000 + i128::from(nanos);
            assert_eq!(theirs.as_nanosecond(), total);
            assert_eq!(Timestamp::from(theirs), ours);
        }
        let far = jiff::Timestamp::try_from(Timestamp::from_unix(i64::MAX));
        assert_eq!(far, Err(TimestampError::Range));
    }

    #[test]
    fn an_offset_is_a_point_in_time() {
        let ours: Timestamp = "2013-05-22T15:00:29+02:00".parse().unwrap();
        let theirs = jiff::Timestamp::try_from(ours).unwrap();
        assert_eq!(theirs.as_second(), 1_369_227_629);
    }

    #[test]
    fn local_time_needs_a_zone() {
        let time = local("2013-05-22T15:00:29", None);
        assert_eq!(jiff::Timestamp::try_from(time), Err(TimestampError::Local));
        let resolved = time.to_jiff_in(&TimeZone::fixed(SUMMER)).unwrap();
        assert_eq!(resolved.as_second(), 1_369_227_629);
    }

    #[test]
    fn daylight_saving_decides_the_hour_that_comes_twice() {
        for (dst, secs) in [
            (Some(true), 1_382_833_800),
            (Some(false), 1_382_837_400),
            (None, 1_382_833_800),
        ] {
            let resolved = resolve(
                DateTime::constant(2013, 10, 27, 2, 30, 0, 0),
                AmbiguousOffset::Fold {
                    before: SUMMER,
                    after: WINTER,
                },
                dst,
            );
            assert_eq!(resolved.unwrap().as_second(), secs);
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        let left_out = resolve(
            DateTime::constant(2013, 3, 31, 2, 30, 0, 0),
            AmbiguousOffset::Gap {
                before: WINTER,
                after: SUMMER,
            },
            None,
        );
        assert_eq!(left_out, Err(TimestampError::Invalid));
        for (text, error) in [
            ("2013-02-29T02:30", TimestampError::Invalid),
            ("2013-02---T02:30", TimestampError::Incomplete),
            ("02:30", TimestampError::Incomplete),
        ] {
            let time = local(text, None);
            let resolved = time.to_jiff_in(&TimeZone::fixed(WINTER));
            assert_eq!(resolved, Err(error), "{text}");
        }
    }

    #[test]
    fn civil_time_goes_both_ways() {
        let civil: Civil = "2013-05-22T15:00:29".parse().unwrap();
        let theirs = DateTime::try_from(civil).unwrap();
        assert_eq!(theirs, DateTime::constant(2013, 5, 22, 15, 0, 29, 0));
        assert_eq!(Civil::try_from(theirs), Ok(civil));
        let fine = DateTime::constant(2013, 5, 22, 15, 0, 29, 1);
        assert_eq!(Civil::try_from(fine), Err(TimestampError::Precision));
        let early = DateTime::constant(-1, 5, 22, 15, 0, 29, 0);
        assert_eq!(Civil::try_from(early), Err(TimestampError::Range));

        let date = Date::try_from(civil).unwrap();
        assert_eq!(date, Date::constant(2013, 5, 22));
        assert_eq!(
            Civil::try_from(date),
            Ok(Civil::from_date(2013, 5, 22).unwrap())
        );
    }
}
