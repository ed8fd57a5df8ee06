//! The time of a party, which may pass faster than that on the wall.

use core::time::Duration;
use std::time::{self, SystemTime, UNIX_EPOCH};

use meter_units::Instant;

/// A clock for sessions, and for the times that messages have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    start: time::Instant,
    /// Milliseconds since 1970 at the origin of the instants.
    unix_at_start: i64,
    speed: u32,
}

impl Clock {
    /// A clock that goes `speed` times as fast as that on the wall, from now on.
    pub(crate) fn new(speed: u32) -> Self {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH);
        let millis = since_1970.map_or(0, |since| since.as_millis());
        Self {
            start: time::Instant::now(),
            unix_at_start: i64::try_from(millis).unwrap_or(i64::MAX),
            speed: speed.max(1),
        }
    }

    pub(crate) fn now(&self) -> Instant {
        Instant::from_elapsed(self.start.elapsed().saturating_mul(self.speed))
    }

    /// Milliseconds since 1970 at the origin of the instants.
    pub(crate) const fn unix_at_start(&self) -> i64 {
        self.unix_at_start
    }

    /// Whether it goes faster than that on the wall.
    pub(crate) const fn is_simulated(&self) -> bool {
        self.speed > 1
    }

    /// How long to wait on the wall.
    pub(crate) fn on_the_wall(&self, wait: Duration) -> Duration {
        wait / self.speed
    }

    /// How much passes while so much passes on the wall.
    pub(crate) const fn while_the_wall_has(&self, wait: Duration) -> Duration {
        wait.saturating_mul(self.speed)
    }
}

/// Milliseconds since 1970.
pub(crate) fn unix_millis(at_start: i64, now: Instant) -> i64 {
    at_start.saturating_add(i64::try_from(now.as_millis()).unwrap_or(i64::MAX))
}
