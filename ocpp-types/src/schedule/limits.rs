//! Limits over time: a schedule, its periods, and what they are counted in.

use alloc::vec::Vec;

use meter_units::{Decimal, Rounding};

use super::profile::ProfileError;
use crate::total::sorted;

/// The unit of a schedule's limits (OCPP 1.6, 7.14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateUnit {
    /// `A`: amperes in each phase.
    Amperes,
    /// `W`: watts over all phases together.
    Watts,
}

/// Limits over time, counted from a start (OCPP 1.6, 7.13).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    unit: RateUnit,
    start: Option<i64>,
    duration: Option<i64>,
    minimum: Option<Tenths>,
    periods: Vec<Period>,
}

/// A limit from an offset on, until the next period begins (OCPP 1.6, 7.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Seconds after the start of the schedule.
    pub start: u32,
    /// The limit in the unit of the schedule.
    pub limit: Tenths,
    /// The number of phases to charge on, 1 to 3; missing means 3.
    pub phases: Option<Phases>,
}

/// The number of phases, from 1 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phases {
    /// One phase.
    One,
    /// Two phases.
    Two,
    /// Three phases.
    Three,
}

/// A charging rate as profiles hold it: tenths of an ampere or of a watt, never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths {
    tenths: u64,
}

impl Schedule {
    /// A schedule without a start of its own, whose last period holds on.
    ///
    /// Periods are put in order; of two with the same start, the later one counts.
    ///
    /// # Errors
    ///
    /// [`ProfileError::NoPeriod`] for an empty list.
    pub fn new(
        unit: RateUnit,
        periods: impl IntoIterator<Item = Period>,
    ) -> Result<Self, ProfileError> {
        let periods: Vec<_> = periods.into_iter().collect();
        if periods.is_empty() {
            return Err(ProfileError::NoPeriod);
        }
        let periods = sorted(periods, |a, b| a.start.cmp(&b.start));
        Ok(Self {
            unit,
            start: None,
            duration: None,
            minimum: None,
            periods,
        })
    }

    /// The same schedule, starting at a moment.
    #[must_use]
    pub fn starting_at(mut self, time: i64) -> Self {
        self.start = Some(time);
        self
    }

    /// The same schedule, ending `seconds` after its start.
    #[must_use]
    pub fn lasting(mut self, seconds: u64) -> Self {
        self.duration = Some(i64::try_from(seconds).unwrap_or(i64::MAX));
        self
    }

    /// The same schedule, with the rate below which charging is inefficient.
    ///
    /// It advises the vehicle and takes no part in the limits.
    #[must_use]
    pub fn with_minimum(mut self, minimum: Tenths) -> Self {
        self.minimum = Some(minimum);
        self
    }

    /// The unit of the limits.
    #[must_use]
    pub const fn unit(&self) -> RateUnit {
        self.unit
    }

    /// `startSchedule`.
    #[must_use]
    pub const fn start(&self) -> Option<i64> {
        self.start
    }

    /// `duration` in seconds.
    #[must_use]
    pub const fn duration(&self) -> Option<i64> {
        self.duration
    }

    /// `minChargingRate`.
    #[must_use]
    pub const fn minimum(&self) -> Option<Tenths> {
        self.minimum
    }

    /// The periods in the order of their start.
    #[must_use]
    pub fn periods(&self) -> &[Period] {
        &self.periods
    }
}

impl Period {
    /// A limit from `start` seconds on, without a number of phases.
    #[must_use]
    pub const fn new(start: u32, limit: Tenths) -> Self {
        Self {
            start,
            limit,
            phases: None,
        }
    }

    /// The same limit for a number of phases.
    #[must_use]
    pub const fn on(mut self, phases: Phases) -> Self {
        self.phases = Some(phases);
        self
    }
}

impl Phases {
    /// The number of phases that a message means.
    ///
    /// More than three are as good as three: the limit counts unchanged on the phases there are
    /// (errata). `None` below one.
    #[must_use]
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            i64::MIN..=0 => None,
            1 => Some(Self::One),
            2 => Some(Self::Two),
            3.. => Some(Self::Three),
        }
    }

    /// 1, 2 or 3.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

impl Tenths {
    /// 0: charging pauses.
    pub const ZERO: Self = Self::new(0);

    /// The limit of so many tenths of an ampere or watt.
    #[must_use]
    pub const fn new(tenths: u64) -> Self {
        Self { tenths }
    }

    /// The tenths.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.tenths
    }

    /// The limit with its one digit after the point.
    #[must_use]
    pub fn to_decimal(self) -> Decimal {
        Decimal::from_parts(false, self.tenths, -1).unwrap_or_default()
    }
}

impl TryFrom<Decimal> for Tenths {
    type Error = ProfileError;

    fn try_from(decimal: Decimal) -> Result<Self, ProfileError> {
        let error = ProfileError::Limit(decimal);
        let tenths = decimal
            .rescale(1, Rounding::TowardZero)
            .map_err(|_| error)?;
        if tenths.is_negative() || tenths != decimal {
            return Err(error);
        }
        Ok(Self::new(tenths.coefficient()))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn limits_are_tenths() {
        let limit = |text: &str| Tenths::try_from(text.parse::<Decimal>().unwrap());
        for (text, tenths) in [
            ("8.1", 81),
            ("16", 160),
            ("16.0", 160),
            ("1.6e1", 160),
            ("0", 0),
        ] {
            assert_eq!(limit(text), Ok(Tenths::new(tenths)), "{text}");
        }
        for text in ["8.15", "-1", "-0.1", "1e30", "0.01"] {
            assert!(matches!(limit(text), Err(ProfileError::Limit(_))), "{text}");
        }
        assert_eq!(Tenths::new(60).to_decimal().to_string(), "6.0");
    }

    #[test]
    fn more_than_three_phases_are_three() {
        assert_eq!(Phases::from_number(4), Some(Phases::Three));
        assert_eq!(Phases::from_number(0), None);
        assert_eq!(Phases::from_number(-1), None);
        for number in 1..=3 {
            assert_eq!(
                Phases::from_number(number).map(Phases::number),
                u8::try_from(number).ok()
            );
        }
    }
}
