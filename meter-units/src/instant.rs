//! Monotonic time as the sessions see it.

use core::time::Duration;

/// Microseconds since an origin that the caller picks, on a clock that never goes back.
///
/// Sessions read no clock: whoever drives them passes the time in. Any monotonic clock will do,
/// such as `std::time::Instant::elapsed` of an instant taken at the start of the program, or a
/// timer of a microcontroller. The range is 584 000 years.
///
/// A [`Duration`] is finer than a microsecond. What is left over is rounded so that a deadline
/// is never early: up when added, down when two instants are subtracted.
///
/// ```
/// use core::time::Duration;
/// use meter_units::Instant;
///
/// let sent = Instant::from_millis(1_000);
/// let deadline = sent.saturating_add(Duration::from_millis(330));
/// assert_eq!(deadline, Instant::from_millis(1_330));
/// assert_eq!(deadline.duration_since(sent), Duration::from_millis(330));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    micros: u64,
}

impl Instant {
    /// The origin.
    pub const ORIGIN: Self = Self::from_micros(0);
    /// The last instant, which no clock reaches.
    pub const MAX: Self = Self::from_micros(u64::MAX);

    /// The instant `micros` microseconds after the origin.
    #[must_use]
    pub const fn from_micros(micros: u64) -> Self {
        Self { micros }
    }

    /// The instant `millis` milliseconds after the origin; [`Instant::MAX`] beyond the range.
    #[must_use]
    pub const fn from_millis(millis: u64) -> Self {
        Self::from_micros(millis.saturating_mul(1_000))
    }

    /// The instant `elapsed` after the origin; [`Instant::MAX`] beyond the range.
    #[must_use]
    pub const fn from_elapsed(elapsed: Duration) -> Self {
        Self::from_micros(
            elapsed
                .as_secs()
                .saturating_mul(1_000_000)
                .saturating_add(elapsed.subsec_micros() as u64),
        )
    }

    /// The microseconds since the origin.
    #[must_use]
    pub const fn as_micros(self) -> u64 {
        self.micros
    }

    /// The whole milliseconds since the origin.
    #[must_use]
    pub const fn as_millis(self) -> u64 {
        self.micros / 1_000
    }

    /// The instant `duration` after this one, or `None` beyond the range.
    #[must_use]
    pub const fn checked_add(self, duration: Duration) -> Option<Self> {
        let Some(span) = micros_rounded_up(duration) else {
            return None;
        };
        match self.micros.checked_add(span) {
            Some(micros) => Some(Self { micros }),
            None => None,
        }
    }

    /// The instant `duration` after this one, or [`Instant::MAX`] beyond the range.
    #[must_use]
    pub const fn saturating_add(self, duration: Duration) -> Self {
        match self.checked_add(duration) {
            Some(instant) => instant,
            None => Self::MAX,
        }
    }

    /// The instant `duration` before this one, or `None` before the origin.
    #[must_use]
    pub const fn checked_sub(self, duration: Duration) -> Option<Self> {
        let Some(span) = micros_rounded_up(duration) else {
            return None;
        };
        match self.micros.checked_sub(span) {
            Some(micros) => Some(Self { micros }),
            None => None,
        }
    }

    /// The instant `duration` before this one, or [`Instant::ORIGIN`] before the origin.
    #[must_use]
    pub const fn saturating_sub(self, duration: Duration) -> Self {
        match self.checked_sub(duration) {
            Some(instant) => instant,
            None => Self::ORIGIN,
        }
    }

    /// The time since `earlier`, or `None` if `earlier` is after this instant.
    #[must_use]
    pub const fn checked_duration_since(self, earlier: Self) -> Option<Duration> {
        match self.micros.checked_sub(earlier.micros) {
            Some(micros) => Some(Duration::from_micros(micros)),
            None => None,
        }
    }

    /// The time since `earlier`, or zero if `earlier` is after this instant.
    #[must_use]
    pub const fn duration_since(self, earlier: Self) -> Duration {
        Duration::from_micros(self.micros.saturating_sub(earlier.micros))
    }
}

const fn micros_rounded_up(duration: Duration) -> Option<u64> {
    let Some(whole) = duration.as_secs().checked_mul(1_000_000) else {
        return None;
    };
    whole.checked_add(duration.subsec_nanos().div_ceil(1_000) as u64)
}

#[cfg(test)]
mod tests {
    use core::time::Duration;

    use proptest::prelude::*;

    use super::Instant;

    #[test]
    fn a_deadline_is_never_early() {
        let start = Instant::from_micros(10);
        assert_eq!(
            start.checked_add(Duration::from_nanos(1)),
            Some(Instant::from_micros(11))
        );
        assert_eq!(
            start.checked_sub(Duration::from_nanos(1)),
            Some(Instant::from_micros(9))
        );
    }

    #[test]
    fn ends_of_the_range_are_told_or_kept() {
        let second = Duration::from_secs(1);
        assert_eq!(Instant::MAX.checked_add(second), None);
        assert_eq!(Instant::MAX.saturating_add(second), Instant::MAX);
        assert_eq!(Instant::MAX.saturating_add(Duration::MAX), Instant::MAX);
        assert_eq!(Instant::ORIGIN.checked_sub(second), None);
        assert_eq!(Instant::ORIGIN.saturating_sub(second), Instant::ORIGIN);
        assert_eq!(Instant::from_millis(u64::MAX), Instant::MAX);
        assert_eq!(Instant::from_elapsed(Duration::MAX), Instant::MAX);
        assert_eq!(Instant::ORIGIN.duration_since(Instant::MAX), Duration::ZERO);
        assert_eq!(Instant::ORIGIN.checked_duration_since(Instant::MAX), None);
    }

    #[test]
    fn an_elapsed_duration_is_rounded_down() {
        let instant = Instant::from_elapsed(Duration::new(2, 1_999));
        assert_eq!(instant.as_micros(), 2_000_001);
        assert_eq!(instant.as_millis(), 2_000);
    }

    proptest! {
        #[test]
        fn what_was_added_is_the_distance(start: u64, micros: u64) {
            let start = Instant::from_micros(start);
            if let Some(end) = start.checked_add(Duration::from_micros(micros)) {
                prop_assert_eq!(end.duration_since(start), Duration::from_micros(micros));
                prop_assert_eq!(end.checked_sub(Duration::from_micros(micros)), Some(start));
            }
        }
    }
}
