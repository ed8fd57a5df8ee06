//! Time as meters write it.

/// A point in time, with as much knowledge of the zone as the sender gave.
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

/// Date and time of day, each field present or not ("every").
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
            present: self.present | 1,
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
            present: self.present | 2,
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
            present: self.present | 4,
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
            present: self.present | 8,
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
            present: self.present | 16,
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
            present: self.present | 32,
            ..self
        })
    }
}
