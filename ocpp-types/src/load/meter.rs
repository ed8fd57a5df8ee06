//! A meter of loads that nobody controls.

use core::time::Duration;

use meter_units::Instant;

use super::currents::Currents;
use crate::schedule::Tenths;

/// A meter of loads that nobody controls.
///
/// A meter that measures the charging stations themselves is none of these: their currents would
/// count twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meter {
    place: Place,
    latest: Option<(Instant, Currents)>,
}

/// Where the loads of a meter are, seen from the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the breaker of the zone: they leave less of its maximum.
    Within,
    /// Beside the zone, both behind a fuse: such as the common parts of a building. The zone may
    /// draw what they leave of the fuse, up to its own maximum.
    Beside {
        /// The current of the fuse in each phase.
        fuse: Tenths,
    },
}

impl Meter {
    /// A meter that has not been read yet.
    #[must_use]
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            latest: None,
        }
    }

    /// Notes what the meter measured.
    pub fn read(&mut self, now: Instant, currents: Currents) {
        self.latest = Some((now, currents));
    }

    /// Where its loads are.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.place
    }

    /// What it measured last, if that is not older than `age`.
    #[must_use]
    pub fn currents(&self, now: Instant, age: Duration) -> Option<Currents> {
        let (at, currents) = self.latest?;
        (now.duration_since(at) <= age).then_some(currents)
    }

    /// When what it measured last is older than `age`.
    pub(super) fn stale_at(&self, age: Duration) -> Option<Instant> {
        let (at, _) = self.latest?;
        let tick = Duration::from_micros(1);
        at.saturating_add(age).checked_add(tick)
    }
}
