//! The zone, its stations, and what each may draw.

use alloc::vec::Vec;
use core::time::Duration;

use meter_units::Instant;

use super::meter::{Meter, Place};
use super::share::{Claim, share};
use crate::schedule::Tenths;

/// What one circuit breaker protects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone {
    /// The current of the breaker in each phase.
    pub maximum: Tenths,
    /// The most that a station gets while a load is unknown: 6 A.
    pub fail_safe: Tenths,
    /// How old a reading may be.
    pub stale_after: Duration,
}

/// A charging station, or one connector of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Station {
    /// The phases of the zone that it draws from.
    pub wiring: Wiring,
    /// The least that makes sense; with less it pauses. 6 A in each phase by IEC 61851-1.
    pub minimum: Tenths,
    /// The most that it can draw in each phase.
    pub maximum: Tenths,
    /// Whether a vehicle wants current.
    pub demand: Demand,
}

/// Phases of the zone; a station that is wired with rotated phases draws from others than those
/// that it calls L1, L2 and L3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Wiring([Connection; 3]);

/// Whether a vehicle wants current.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Demand {
    /// No vehicle, or a full one: no current is kept for it.
    Idle,
    /// A vehicle charges, or waits for current.
    Charging,
}

/// What each station may draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Whether the loads are known.
    pub regime: Regime,
    /// For each station, in their order, the current in each of its phases; 0 pauses it.
    pub shares: Vec<Tenths>,
    /// When a reading becomes too old, so that all has to be shared out again.
    pub valid_until: Option<Instant>,
}

/// Whether the loads are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Regime {
    /// All are.
    Regulated,
    /// At least one is not: no station gets more than the fail-safe current.
    FailSafe {
        /// The first meter without a recent reading, counted from 0.
        meter: usize,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Connection {
    Open,
    Wired,
}

impl Zone {
    /// A zone with a fail-safe current of 6 A and readings that hold for a minute.
    #[must_use]
    pub const fn new(maximum: Tenths) -> Self {
        Self {
            maximum,
            fail_safe: Tenths::new(60),
            stale_after: Duration::from_secs(60),
        }
    }

    /// Shares the current out.
    ///
    /// Stations come first that come first in the list: each gets its minimum while there is
    /// room for it, and pauses otherwise. What is left is shared so that the smallest share is as
    /// large as it can be, then the second smallest, and so on, each phase by itself. On no phase
    /// do the shares and the known loads exceed the breaker, or the fuse before it.
    ///
    /// While a load is unknown, no share exceeds [`fail_safe`](Self::fail_safe); the loads that
    /// are known still count.
    #[must_use]
    pub fn share(&self, now: Instant, meters: &[Meter], stations: &[Station]) -> Allocation {
        let mut regime = Regime::Regulated;
        let mut within = [0_u64; 3];
        let mut room = [self.maximum.get(); 3];
        let mut next = 0_usize;
        for meter in meters {
            let number = next;
            next = next.wrapping_add(1);
            let Some(currents) = meter.currents(now, self.stale_after) else {
                if regime == Regime::Regulated {
                    regime = Regime::FailSafe { meter: number };
                }
                continue;
            };
            let loads = currents.phases().into_iter().map(Tenths::get);
            for ((load, within), room) in loads.zip(&mut within).zip(&mut room) {
                match meter.place() {
                    Place::Within => *within = within.saturating_add(load),
                    Place::Beside { fuse } => *room = fuse.get().saturating_sub(load).min(*room),
                }
            }
        }
        // What flows behind the breaker also flows through the fuses before it.
        for (room, within) in room.iter_mut().zip(within) {
            *room = room.saturating_sub(within);
        }
        let most = match regime {
            Regime::Regulated => self.maximum,
            Regime::FailSafe { .. } => self.fail_safe,
        };
        let claims: Vec<_> = stations.iter().map(|station| station.claim(most)).collect();
        let stale = |meter: &Meter| {
            meter
                .stale_at(self.stale_after)
                .filter(|stale| *stale > now)
        };
        Allocation {
            regime,
            shares: share(room, &claims).into_iter().map(Tenths::new).collect(),
            valid_until: meters.iter().filter_map(stale).min(),
        }
    }
}

impl Station {
    /// An idle station that needs 6 A and can draw `maximum` in each phase.
    #[must_use]
    pub const fn new(wiring: Wiring, maximum: Tenths) -> Self {
        Self {
            wiring,
            minimum: Tenths::new(60),
            maximum,
            demand: Demand::Idle,
        }
    }

    fn claim(&self, most: Tenths) -> Claim {
        let minimum = self.minimum.get();
        let maximum = self.maximum.min(most).get();
        let wanted = self.demand == Demand::Charging && minimum <= maximum;
        Claim {
            phases: self
                .wiring
                .0
                .map(|connection| connection == Connection::Wired),
            minimum,
            maximum: if wanted { maximum } else { 0 },
        }
    }
}

impl Wiring {
    /// L1 alone.
    pub const L1: Self = Self([Connection::Wired, Connection::Open, Connection::Open]);
    /// L2 alone.
    pub const L2: Self = Self([Connection::Open, Connection::Wired, Connection::Open]);
    /// L3 alone.
    pub const L3: Self = Self([Connection::Open, Connection::Open, Connection::Wired]);
    /// All three.
    pub const THREE_PHASE: Self = Self([Connection::Wired; 3]);

    /// The phases of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let [a, b, c] = self.0;
        let [x, y, z] = other.0;
        let either = |a, b| match (a, b) {
            (Connection::Open, Connection::Open) => Connection::Open,
            _ => Connection::Wired,
        };
        Self([either(a, x), either(b, y), either(c, z)])
    }
}

#[cfg(test)]
mod tests {
    use super::super::currents::Currents;
    use super::*;

    fn amperes(amperes: u64) -> Tenths {
        Tenths::new(amperes * 10)
    }

    fn at(seconds: u64) -> Instant {
        Instant::from_millis(seconds * 1000)
    }

    fn charging(wiring: Wiring) -> Station {
        Station {
            demand: Demand::Charging,
            ..Station::new(wiring, amperes(32))
        }
    }

    fn meter(place: Place, seconds: u64, loads: [u64; 3]) -> Meter {
        let [l1, l2, l3] = loads.map(amperes);
        let mut meter = Meter::new(place);
        meter.read(at(seconds), Currents::new(l1, l2, l3));
        meter
    }

    const ZONE: Zone = Zone::new(Tenths::new(630));
    const BESIDE: Place = Place::Beside {
        fuse: Tenths::new(1000),
    };

    #[track_caller]
    fn shares(meters: &[Meter], stations: &[Station]) -> Vec<u64> {
        let allocation = ZONE.share(at(100), meters, stations);
        allocation.shares.iter().map(|share| share.get()).collect()
    }

    #[test]
    fn one_station_gets_what_it_can_draw() {
        assert_eq!(shares(&[], &[charging(Wiring::THREE_PHASE)]), [320]);
        assert_eq!(
            shares(&[], &[Station::new(Wiring::THREE_PHASE, amperes(32))]),
            [0]
        );
    }

    #[test]
    fn loads_within_and_beside_leave_less() {
        let stations = [charging(Wiring::THREE_PHASE); 2];
        assert_eq!(
            shares(&[meter(Place::Within, 100, [3, 23, 0])], &stations),
            [200, 200]
        );
        assert_eq!(
            shares(&[meter(BESIDE, 100, [30, 0, 0])], &stations),
            [315, 315]
        );
        assert_eq!(
            shares(&[meter(BESIDE, 100, [70, 0, 0])], &stations),
            [150, 150]
        );
        let both = [
            meter(BESIDE, 100, [70, 0, 0]),
            meter(Place::Within, 100, [5, 0, 0]),
        ];
        assert_eq!(shares(&both, &stations), [125, 125]);
        assert_eq!(
            shares(&[meter(Place::Within, 100, [80, 0, 0])], &stations),
            [0, 0]
        );
    }

    #[test]
    fn who_comes_too_late_pauses() {
        let stations = [charging(Wiring::THREE_PHASE); 3];
        assert_eq!(
            shares(&[meter(Place::Within, 100, [0, 50, 0])], &stations),
            [65, 65, 0]
        );
        assert_eq!(
            shares(&[meter(Place::Within, 100, [0, 60, 0])], &stations),
            [0, 0, 0]
        );
        // a station on a phase with room does charge
        let mixed = [charging(Wiring::THREE_PHASE), charging(Wiring::L1)];
        assert_eq!(
            shares(&[meter(Place::Within, 100, [0, 60, 0])], &mixed),
            [0, 320]
        );
    }

    #[test]
    fn an_unread_or_stale_meter_means_six_amperes() {
        let stations = [charging(Wiring::THREE_PHASE); 2];
        for meters in [
            [Meter::new(Place::Within), meter(Place::Within, 100, [0; 3])],
            [
                meter(Place::Within, 39, [0; 3]),
                meter(Place::Within, 100, [0; 3]),
            ],
        ] {
            let allocation = ZONE.share(at(100), &meters, &stations);
            assert_eq!(allocation.regime, Regime::FailSafe { meter: 0 });
            assert_eq!(allocation.shares, [amperes(6); 2]);
        }
        let fresh = ZONE.share(at(100), &[meter(Place::Within, 40, [0; 3])], &stations);
        assert_eq!(fresh.regime, Regime::Regulated);
        let stale_at = Instant::from_micros(100_000_001);
        assert_eq!(fresh.valid_until, Some(stale_at));
        let stale = ZONE.share(stale_at, &[meter(Place::Within, 40, [0; 3])], &stations);
        assert_eq!(stale.regime, Regime::FailSafe { meter: 0 });
        assert_eq!(stale.valid_until, None);
    }

    #[test]
    fn the_fail_safe_does_not_exceed_the_breaker_or_known_loads() {
        let stations = [charging(Wiring::THREE_PHASE); 12];
        let unread = Meter::new(Place::Within);
        assert_eq!(shares(&[unread], &stations).iter().sum::<u64>(), 600);
        let known = meter(Place::Within, 100, [50, 0, 0]);
        assert_eq!(shares(&[unread, known], &stations).iter().sum::<u64>(), 120);
    }

    #[test]
    fn a_station_that_needs_more_than_the_fail_safe_pauses() {
        let station = Station {
            minimum: amperes(8),
            ..charging(Wiring::L1)
        };
        assert_eq!(shares(&[Meter::new(Place::Within)], &[station]), [0]);
    }

    #[test]
    fn wirings_join() {
        assert_eq!(
            Wiring::L1.and(Wiring::L2).and(Wiring::L3),
            Wiring::THREE_PHASE
        );
    }
}
