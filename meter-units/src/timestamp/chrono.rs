//! To and from the types of `chrono`.

use chrono::{
    DateTime, Datelike, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, TimeZone, Timelike,
    Utc,
};

use super::{Civil, Timestamp, TimestampError, normalized};

impl From<DateTime<Utc>> for Timestamp {
    /// A leap second becomes the first second of the next minute.
    fn from(time: DateTime<Utc>) -> Self {
        let (secs, nanos) = normalized(time.timestamp(), time.timestamp_subsec_nanos());
        Self::Utc { secs, nanos }
    }
}

impl TryFrom<DateTime<FixedOffset>> for Timestamp {
    type Error = TimestampError;

    /// Fails if the time has a fraction of a second, its offset seconds, or its year is not
    /// within 0..=9999.
    fn try_from(time: DateTime<FixedOffset>) -> Result<Self, TimestampError> {
        let seconds = time.offset().local_minus_utc();
        if seconds % 60 != 0 {
            return Err(TimestampError::Precision);
        }
        Ok(Self::Offset {
            civil: time.naive_local().try_into()?,
            minutes: i16::try_from(seconds / 60).map_err(|_| TimestampError::Range)?,
        })
    }
}

impl TryFrom<Timestamp> for DateTime<Utc> {
    type Error = TimestampError;

    /// Fails for local time; see [`Timestamp::to_chrono_in`].
    fn try_from(time: Timestamp) -> Result<Self, TimestampError> {
        let (secs, nanos) = time.try_unix_nanos()?;
        Self::from_timestamp(secs, nanos).ok_or(TimestampError::Range)
    }
}

impl TryFrom<Timestamp> for DateTime<FixedOffset> {
    type Error = TimestampError;

    /// UTC gets the offset 0. Fails for local time.
    fn try_from(time: Timestamp) -> Result<Self, TimestampError> {
        let minutes = match time {
            Timestamp::Offset { minutes, .. } => i32::from(minutes),
            _ => 0,
        };
        let offset =
            FixedOffset::east_opt(minutes.wrapping_mul(60)).ok_or(TimestampError::Range)?;
        Ok(DateTime::<Utc>::try_from(time)?.with_timezone(&offset))
    }
}

impl TryFrom<NaiveDateTime> for Civil {
    type Error = TimestampError;

    /// Fails if the time has a fraction of a second, or its year is not within 0..=9999.
    fn try_from(time: NaiveDateTime) -> Result<Self, TimestampError> {
        // a leap second is second 59 with a second more of nanoseconds
        let leap = match time.nanosecond() {
            0 => 0,
            1_000_000_000 => 1,
            _ => return Err(TimestampError::Precision),
        };
        Self::try_from(time.date())?
            .with_time(
                byte(time.hour())?,
                byte(time.minute())?,
                byte(time.second().saturating_add(leap))?,
            )
            .ok_or(TimestampError::Range)
    }
}

impl TryFrom<NaiveDate> for Civil {
    type Error = TimestampError;

    /// A date without a time. Fails if its year is not within 0..=9999.
    fn try_from(date: NaiveDate) -> Result<Self, TimestampError> {
        let year = i16::try_from(date.year()).map_err(|_| TimestampError::Range)?;
        Self::from_date(year, byte(date.month())?, byte(date.day())?).ok_or(TimestampError::Range)
    }
}

impl TryFrom<Civil> for NaiveDateTime {
    type Error = TimestampError;

    /// What is missing of the time is 0. Fails if the date is incomplete or does not exist.
    fn try_from(civil: Civil) -> Result<Self, TimestampError> {
        let time = DateTime::from_timestamp(civil.try_seconds()?, 0);
        Ok(time.ok_or(TimestampError::Range)?.naive_utc())
    }
}

impl TryFrom<Civil> for NaiveDate {
    type Error = TimestampError;

    /// The date alone. Fails if it is incomplete or does not exist.
    fn try_from(civil: Civil) -> Result<Self, TimestampError> {
        let (year, month, day) = civil.date().ok_or(TimestampError::Incomplete)?;
        Self::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
            .ok_or(TimestampError::Invalid)
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
    /// the date is missing; [`TimestampError::Range`] beyond the years of `chrono`.
    pub fn to_chrono_in<Z: TimeZone>(&self, zone: &Z) -> Result<DateTime<Utc>, TimestampError> {
        let Self::Local { civil, dst } = *self else {
            return (*self).try_into();
        };
        let time = match zone.from_local_datetime(&civil.try_into()?) {
            MappedLocalTime::Single(time) => time,
            MappedLocalTime::Ambiguous(_, later) if dst == Some(false) => later,
            MappedLocalTime::Ambiguous(earlier, _) => earlier,
            MappedLocalTime::None => return Err(TimestampError::Invalid),
        };
        Ok(time.with_timezone(&Utc))
    }
}

fn byte(number: u32) -> Result<u8, TimestampError> {
    u8::try_from(number).map_err(|_| TimestampError::Range)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Central Europe in the autumn of 2013: the clock goes back at 03:00 on 27 October; and in
    /// its spring: it goes forward at 02:00 on 31 March.
    #[derive(Clone)]
    struct CentralEurope;

    impl TimeZone for CentralEurope {
        type Offset = FixedOffset;

        fn from_offset(_: &FixedOffset) -> Self {
            Self
        }

        fn offset_from_local_date(&self, _: &NaiveDate) -> MappedLocalTime<FixedOffset> {
            MappedLocalTime::None
        }

        fn offset_from_local_datetime(
            &self,
            local: &NaiveDateTime,
        ) -> MappedLocalTime<FixedOffset> {
            let winter = FixedOffset::east_opt(3_600).unwrap();
            let summer = FixedOffset::east_opt(7_200).unwrap();
            let at = |month, day, hour| {
                let date = NaiveDate::from_ymd_opt(2013, month, day).unwrap();
                date.and_hms_opt(hour, 0, 0).unwrap()
            };
            if (at(3, 31, 2)..at(3, 31, 3)).contains(local) {
                MappedLocalTime::None
            } else if (at(10, 27, 2)..at(10, 27, 3)).contains(local) {
                MappedLocalTime::Ambiguous(summer, winter)
            } else if (at(3, 31, 3)..at(10, 27, 2)).contains(local) {
                MappedLocalTime::Single(summer)
            } else {
                MappedLocalTime::Single(winter)
            }
        }

        fn offset_from_utc_date(&self, _: &NaiveDate) -> FixedOffset {
            FixedOffset::east_opt(0).unwrap()
        }

        fn offset_from_utc_datetime(&self, _: &NaiveDateTime) -> FixedOffset {
            FixedOffset::east_opt(0).unwrap()
        }
    }

    fn local(text: &str, dst: Option<bool>) -> Timestamp {
        Timestamp::Local {
            civil: text.parse().unwrap(),
            dst,
        }
    }

    #[test]
    fn utc_goes_both_ways() {
        let ours = Timestamp::Utc {
            secs: 1_369_227_629,
            nanos: 250_000_000,
        };
        let theirs = DateTime::<Utc>::try_from(ours).unwrap();
        assert_eq!(
            theirs,
            DateTime::from_timestamp(1_369_227_629, 250_000_000).unwrap()
        );
        assert_eq!(Timestamp::from(theirs), ours);
        let far = DateTime::<Utc>::try_from(Timestamp::from_unix(i64::MAX));
        assert_eq!(far, Err(TimestampError::Range));
    }

    #[test]
    fn offsets_go_both_ways() {
        let ours: Timestamp = "2013-05-22T15:00:29+02:00".parse().unwrap();
        let theirs = DateTime::<FixedOffset>::try_from(ours).unwrap();
        assert_eq!(theirs.timestamp(), 1_369_227_629);
        assert_eq!(theirs.offset().local_minus_utc(), 7_200);
        assert_eq!(Timestamp::try_from(theirs), Ok(ours));
        let wide = Timestamp::Offset {
            civil: Civil::from_date(2013, 5, 22).unwrap(),
            minutes: i16::MAX,
        };
        assert_eq!(
            DateTime::<FixedOffset>::try_from(wide),
            Err(TimestampError::Range)
        );
    }

    #[test]
    fn local_time_needs_a_zone() {
        let time = local("2013-05-22T15:00:29", None);
        assert_eq!(DateTime::<Utc>::try_from(time), Err(TimestampError::Local));
        let resolved = time.to_chrono_in(&CentralEurope).unwrap();
        assert_eq!(resolved.timestamp(), 1_369_227_629);
    }

    #[test]
    fn daylight_saving_decides_the_hour_that_comes_twice() {
        for (dst, secs) in [
            (Some(true), 1_382_833_800),
            (Some(false), 1_382_837_400),
            (None, 1_382_833_800),
        ] {
            let time = local("2013-10-27T02:30", dst);
            let resolved = time.to_chrono_in(&CentralEurope).unwrap();
            assert_eq!(resolved.timestamp(), secs);
        }
    }

    #[test]
    fn times_that_do_not_exist_are_refused() {
        for (text, error) in [
            ("2013-03-31T02:30", TimestampError::Invalid),
            ("2013-02-29T02:30", TimestampError::Invalid),
            ("2013-02---T02:30", TimestampError::Incomplete),
            ("02:30", TimestampError::Incomplete),
        ] {
            let time = local(text, None);
            assert_eq!(time.to_chrono_in(&CentralEurope), Err(error), "{text}");
        }
    }

    #[test]
    fn civil_time_goes_both_ways() {
        let civil: Civil = "2013-05-22T15:00:29".parse().unwrap();
        let naive = NaiveDateTime::try_from(civil).unwrap();
        assert_eq!(Civil::try_from(naive), Ok(civil));
        let leap = naive
            .with_second(59)
            .unwrap()
            .with_nanosecond(1_000_000_000);
        assert_eq!(Civil::try_from(leap.unwrap()).unwrap().second(), Some(60));
        let fine = naive.with_nanosecond(1).unwrap();
        assert_eq!(Civil::try_from(fine), Err(TimestampError::Precision));

        let date = NaiveDate::try_from(civil).unwrap();
        assert_eq!(
            Civil::try_from(date),
            Ok(Civil::from_date(2013, 5, 22).unwrap())
        );
    }
}
