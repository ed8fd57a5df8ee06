//! Load management: how much each charging station of a zone may draw.
//!
//! A zone is what one circuit breaker protects, such as 63 A. Part of it goes to consumers that
//! nobody controls and that meters measure; the rest is for the charging stations. None of this is
//! part of OCPP: what comes out goes to the stations as charging profiles, by a [`Strategy`] that
//! knows what a model honors.
//!
//! [`Zone::share`] is a pure function of the readings and the time. Call it whenever a meter was
//! read, a vehicle came or went, or [`Allocation::valid_until`] is over. If a meter has not been
//! read for a stated time, its load is unknown, and every station falls back to a current that
//! does little harm: 6 A, the least that a vehicle can charge with (IEC 61851-1).
//!
//! ```
//! use core::time::Duration;
//! use meter_units::Instant;
//! use ocpp_types::load::{Currents, Demand, Meter, Place, Regime, Station, Wiring, Zone};
//! use ocpp_types::schedule::Tenths;
//!
//! let amperes = |amperes: u64| Tenths::new(amperes * 10);
//! let zone = Zone::new(amperes(63));
//! let mut house = Meter::new(Place::Within);
//! let stations = [
//!     Station { demand: Demand::Charging, ..Station::new(Wiring::THREE_PHASE, amperes(32)) },
//!     Station { demand: Demand::Charging, ..Station::new(Wiring::L2, amperes(32)) },
//! ];
//!
//! let now = Instant::from_millis(0);
//! house.read(now, Currents::new(amperes(10), amperes(30), amperes(5)));
//! let allocation = zone.share(now, &[house], &stations);
//! assert_eq!(allocation.regime, Regime::Regulated);
//! // L2 has 33 A left for both
//! assert_eq!(allocation.shares, [Tenths::new(165), Tenths::new(165)]);
//!
//! let later = now.saturating_add(Duration::from_secs(61));
//! let allocation = zone.share(later, &[house], &stations);
//! assert_eq!(allocation.regime, Regime::FailSafe { meter: 0 });
//! assert_eq!(allocation.shares, [amperes(6), amperes(6)]);
//! ```

mod currents;
mod meter;
mod share;
mod strategy;

mod zone;

pub use self::currents::Currents;
pub use self::meter::{Meter, Place};
pub use self::strategy::{At, Digits, MODELS, Start, Strategy, Target};

pub use self::zone::{Allocation, Demand, Regime, Station, Wiring, Zone};
