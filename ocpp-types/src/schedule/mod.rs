//! Smart charging: profiles, the stack in which they lie, and the limit that results.
//!
//! Three types, each usable without the others:
//!
//! - [`Profile`] is a charging profile that has been checked: [`Profile::limit_at`] says what it
//!   asks for at a moment.
//! - [`ProfileStack`] keeps what is installed, with the rules for replacing, clearing and refusing
//!   (OCPP 1.6, 3.13 and 5.16).
//! - [`Composite`] walks a window of time and yields the limit that holds, for a connector or for
//!   the whole station (OCPP 1.6, 5.7). [`ProfileStack::limit_at`] asks it for one moment only.
//!
//! All of it is exact: limits are integers of tenths, what a conversion between ampere and watt
//! cannot write as a decimal stays a fraction ([`Rate`]) until somebody rounds it. Time is in whole
//! seconds since 1970-01-01T00:00:00Z, as [`meter_units::Timestamp::to_unix`] gives them; a
//! fraction of a second is cut off, because a schedule counts in seconds too.
//!
//! ```
//! use ocpp_types::schedule::{
//!     Charging, Composite, Installed, Kind, Tenths, Period, Profile, Purpose, RateUnit, Rules,
//!     Schedule, Window,
//! };
//!
//! // The station may draw 32 A; whoever charges gets 16 A in the first half hour, 20 A later.
//! let limit = |amperes: u64| Tenths::new(amperes * 10);
//! let station = Schedule::new(RateUnit::Amperes, [Period::new(0, limit(32))])?.starting_at(0);
//! let charging =
//!     Schedule::new(RateUnit::Amperes, [Period::new(0, limit(16)), Period::new(1800, limit(20))])?;
//! let profiles = [
//!     Installed::new(0, Profile::new(1, Purpose::ChargePointMax, Kind::Absolute, 0, station)),
//!     Installed::new(0, Profile::new(2, Purpose::TxDefault, Kind::Relative, 0, charging)),
//! ];
//!
//! let now = 1_714_982_400;
//! let transaction = Charging { since: now - 600, transaction: Some(17) };
//! let rules = Rules::new(RateUnit::Amperes);
//! let schedule: Vec<_> =
//!     Composite::of_connector(&profiles, 1, Some(transaction), Window::new(now, 3600), rules)
//!         .map(|period| (period.start, period.limit.map(|limit| limit.wire().to_string())))
//!         .collect();
//! assert_eq!(schedule, [(0, Some("16.0".into())), (1200, Some("20.0".into()))]);
//! # Ok::<(), ocpp_types::schedule::ProfileError>(())
//! ```

#[cfg(test)]
mod any;
mod composite;
mod limits;
mod message;
mod moment;
mod profile;
mod rate;
mod remote_start;
mod stack;

pub use self::composite::{Charging, Composite, CompositePeriod, PhaseRule, Rules, Window};
pub use self::limits::{Period, Phases, RateUnit, Schedule, Tenths};
pub use self::moment::CompositeMoment;
pub use self::profile::{Kind, Profile, ProfileError, Purpose, Recurrence};
pub use self::rate::Rate;
pub use self::stack::{Bounds, Filter, Installed, ProfileStack, Refusal};
