//! What is installed, and the rules for replacing, clearing and refusing.

use alloc::vec::Vec;

use super::composite::Charging;
use super::limits::RateUnit;
use super::profile::{Kind, Profile, Purpose};
use crate::total::count;

/// The charging profiles of a station (OCPP 1.6, 3.13.2).
///
/// Profiles outlive a reboot: keep [`profiles`](Self::profiles), and give them to
/// [`restore`](Self::restore). Their number is bounded by [`Bounds::profiles`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileStack {
    bounds: Bounds,
    profiles: Vec<Installed>,
}

/// A profile and the connector at which it lies, 0 for the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    connector: u32,
    profile: Profile,
}

/// What a station can hold: the configuration keys of the feature profile SmartCharging.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// `NumberOfConnectors`.
    pub connectors: u32,
    /// `MaxChargingProfilesInstalled`.
    pub profiles: usize,
    /// `ChargeProfileMaxStackLevel`.
    pub stack_level: i64,
    /// `ChargingScheduleMaxPeriods`.
    pub periods: usize,
    /// `ChargingScheduleAllowedChargingRateUnit`, where only one is allowed.
    pub unit: Option<RateUnit>,
}

/// Which profiles to clear (ClearChargingProfile).
///
/// An `id` makes the rest irrelevant. Otherwise what is given has to match all together; with
/// nothing given, every profile matches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The profile with that id.
    pub id: Option<i64>,
    /// The profiles at that connector; 0 means those of the station.
    pub connector: Option<u32>,
    /// The profiles for that purpose.
    pub purpose: Option<Purpose>,
    /// The profiles at that level.
    pub stack_level: Option<i64>,
}

/// Why a profile is not installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// The station has no such connector. The answer is a CALLERROR,
    /// `PropertyConstraintViolation`; every other refusal is the status `Rejected`.
    #[error("there is no such connector")]
    Connector,
    /// A ChargePointMaxProfile lies at connector 0 only.
    #[error("ChargePointMaxProfile at a connector other than 0")]
    MaxAtConnector,
    /// A ChargePointMaxProfile has no start of charging to count from.
    #[error("ChargePointMaxProfile of kind Relative")]
    MaxRelative,
    /// A TxProfile belongs to a connector.
    #[error("TxProfile at connector 0")]
    TxAtStation,
    /// A TxProfile needs a running transaction.
    #[error("TxProfile without a transaction")]
    NoTransaction,
    /// The TxProfile names another transaction than the running one.
    #[error("TxProfile of another transaction")]
    OtherTransaction,
    /// The profile of a RemoteStartTransaction has another purpose than TxProfile.
    #[error("profile of a remote start that is no TxProfile")]
    RemoteStartPurpose,
    /// The profile of a RemoteStartTransaction names a transaction.
    #[error("profile of a remote start that names a transaction")]
    RemoteStartTransaction,
    /// The stack level is above what the station has, or negative.
    #[error("stack level out of range")]
    StackLevel,
    /// The schedule has more periods than the station takes.
    #[error("too many periods")]
    Periods,
    /// The first period does not start at 0 (errata).
    #[error("first period does not start at 0")]
    FirstPeriod,
    /// The station does not take limits in that unit.
    #[error("charging rate unit not supported")]
    Unit,
    /// There is no room for one more profile.
    #[error("too many profiles")]
    Full,
}

impl ProfileStack {
    /// An empty stack.
    #[must_use]
    pub const fn new(bounds: Bounds) -> Self {
        Self {
            bounds,
            profiles: Vec::new(),
        }
    }

    /// Installs a profile, in place of those with the same id or with the same purpose and level
    /// at the same connector (SetChargingProfile).
    ///
    /// `charging` is what goes on at the connector; only a TxProfile asks for it. The profile of a
    /// RemoteStartTransaction has rules of its own: see
    /// [`install_remote_start`](Self::install_remote_start).
    ///
    /// Returns how many profiles were replaced.
    ///
    /// # Errors
    ///
    /// A [`Refusal`], and the stack is as it was.
    pub fn install(
        &mut self,
        connector: u32,
        profile: Profile,
        charging: Option<Charging>,
    ) -> Result<usize, Refusal> {
        self.check(connector, &profile)?;
        if profile.purpose() == Purpose::Tx {
            let Charging { transaction, .. } = charging.ok_or(Refusal::NoTransaction)?;
            if profile.transaction().is_some() && profile.transaction() != transaction {
                return Err(Refusal::OtherTransaction);
            }
        }
        let new = Installed::new(connector, profile);
        let stays = |old: &Installed| !new.replaces(old);
        let kept = count(self.profiles.iter().filter(|old| stays(old)));
        if kept >= self.bounds.profiles {
            return Err(Refusal::Full);
        }
        let before = self.profiles.len();
        self.profiles.retain(stays);
        self.profiles.push(new);
        Ok(before.saturating_sub(kept))
    }

    /// Puts back a profile that was kept over a reboot.
    ///
    /// # Errors
    ///
    /// As for [`install`](Self::install), but the transaction is not asked for: a station may
    /// resume it.
    pub fn restore(&mut self, installed: Installed) -> Result<(), Refusal> {
        let charging = Charging {
            since: 0,
            transaction: installed.profile.transaction(),
        };
        let Installed { connector, profile } = installed;
        self.install(connector, profile, Some(charging)).map(|_| ())
    }

    /// Removes the profiles that a filter selects, and returns how many there were: none means
    /// the status `Unknown`.
    pub fn clear(&mut self, filter: &Filter) -> usize {
        let before = self.profiles.len();
        self.profiles.retain(|installed| !filter.selects(installed));
        before.saturating_sub(self.profiles.len())
    }

    /// Removes the TxProfiles of a connector, whose transaction has ended.
    pub fn end_transaction(&mut self, connector: u32) -> usize {
        self.clear(&Filter {
            connector: Some(connector),
            purpose: Some(Purpose::Tx),
            ..Filter::default()
        })
    }

    /// What it can hold.
    #[must_use]
    pub const fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// What is installed, oldest first.
    #[must_use]
    pub fn profiles(&self) -> &[Installed] {
        &self.profiles
    }

    pub(super) fn check(&self, connector: u32, profile: &Profile) -> Result<(), Refusal> {
        let Bounds {
            connectors,
            stack_level,
            periods,
            unit,
            ..
        } = self.bounds;
        let schedule = profile.schedule();
        if connector > connectors {
            return Err(Refusal::Connector);
        }
        match profile.purpose() {
            Purpose::ChargePointMax if connector != 0 => return Err(Refusal::MaxAtConnector),
            Purpose::ChargePointMax if profile.kind() == Kind::Relative => {
                return Err(Refusal::MaxRelative);
            }
            Purpose::Tx if connector == 0 => return Err(Refusal::TxAtStation),
            _ => {}
        }
        if !(0..=stack_level).contains(&profile.stack_level()) {
            return Err(Refusal::StackLevel);
        }
        if schedule.periods().len() > periods {
            return Err(Refusal::Periods);
        }
        if schedule
            .periods()
            .first()
            .is_some_and(|period| period.start != 0)
        {
            return Err(Refusal::FirstPeriod);
        }
        if unit.is_some_and(|unit| unit != schedule.unit()) {
            return Err(Refusal::Unit);
        }
        Ok(())
    }
}

impl Installed {
    /// A profile at a connector.
    #[must_use]
    pub const fn new(connector: u32, profile: Profile) -> Self {
        Self { connector, profile }
    }

    /// The connector, 0 for the station.
    #[must_use]
    pub const fn connector(&self) -> u32 {
        self.connector
    }

    /// The profile.
    #[must_use]
    pub const fn profile(&self) -> &Profile {
        &self.profile
    }

    fn replaces(&self, old: &Self) -> bool {
        let same_place = self.connector == old.connector
            && self.profile.purpose() == old.profile.purpose()
            && self.profile.stack_level() == old.profile.stack_level();
        same_place || self.profile.id() == old.profile.id()
    }
}

impl Filter {
    /// Whether it selects a profile.
    #[must_use]
    pub fn selects(&self, installed: &Installed) -> bool {
        let Installed { connector, profile } = installed;
        if let Some(id) = self.id {
            return profile.id() == id;
        }
        self.connector.is_none_or(|filter| filter == *connector)
            && self
                .purpose
                .is_none_or(|filter| filter == profile.purpose())
            && self
                .stack_level
                .is_none_or(|filter| filter == profile.stack_level())
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::{Period, Schedule, Tenths};
    use super::*;

    const BOUNDS: Bounds = Bounds {
        connectors: 2,
        profiles: 4,
        stack_level: 8,
        periods: 3,
        unit: None,
    };

    const CHARGING: Option<Charging> = Some(Charging {
        since: 0,
        transaction: Some(17),
    });

    fn profile(id: i64, purpose: Purpose, level: i64) -> Profile {
        let periods = [Period::new(0, Tenths::new(160))];
        let schedule = Schedule::new(RateUnit::Amperes, periods)
            .unwrap()
            .starting_at(0);
        Profile::new(id, purpose, Kind::Absolute, level, schedule)
    }

    fn ids(stack: &ProfileStack) -> Vec<i64> {
        stack
            .profiles()
            .iter()
            .map(|installed| installed.profile().id())
            .collect()
    }

    fn filled() -> ProfileStack {
        let mut stack = ProfileStack::new(BOUNDS);
        for (connector, id, purpose, level) in [
            (0, 1, Purpose::ChargePointMax, 0),
            (0, 2, Purpose::TxDefault, 0),
            (1, 3, Purpose::TxDefault, 0),
            (1, 4, Purpose::Tx, 5),
        ] {
            assert_eq!(
                stack.install(connector, profile(id, purpose, level), CHARGING),
                Ok(0)
            );
        }
        stack
    }

    #[test]
    fn equal_id_or_equal_place_replaces() {
        let mut stack = filled();
        let elsewhere = profile(3, Purpose::TxDefault, 7);
        assert_eq!(stack.install(2, elsewhere, None), Ok(1));
        assert_eq!(ids(&stack), [1, 2, 4, 3]);
        assert_eq!(
            stack.install(0, profile(9, Purpose::TxDefault, 0), None),
            Ok(1)
        );
        assert_eq!(ids(&stack), [1, 4, 3, 9]);
        // one profile has its id, another one its place
        assert_eq!(
            stack.install(0, profile(9, Purpose::ChargePointMax, 0), None),
            Ok(2)
        );
        assert_eq!(ids(&stack), [4, 3, 9]);
    }

    #[test]
    fn filters_work_together_and_an_id_alone() {
        let clear = |filter: Filter| {
            let mut stack = filled();
            let count = stack.clear(&filter);
            (count, ids(&stack))
        };
        assert_eq!(clear(Filter::default()), (4, Vec::new()));
        let station = Filter {
            connector: Some(0),
            ..Filter::default()
        };
        assert_eq!(clear(station), (2, [3, 4].into()));
        let defaults = Filter {
            purpose: Some(Purpose::TxDefault),
            ..Filter::default()
        };
        assert_eq!(clear(defaults), (2, [1, 4].into()));
        assert_eq!(
            clear(Filter {
                connector: Some(1),
                ..defaults
            }),
            (1, [1, 2, 4].into())
        );
        let level = Filter {
            stack_level: Some(5),
            ..Filter::default()
        };
        assert_eq!(clear(level), (1, [1, 2, 3].into()));
        assert_eq!(
            clear(Filter {
                id: Some(2),
                ..level
            }),
            (1, [1, 3, 4].into())
        );
        assert_eq!(
            clear(Filter {
                id: Some(5),
                ..level
            }),
            (0, [1, 2, 3, 4].into())
        );
    }

    #[test]
    fn a_transaction_takes_its_profiles_along() {
        let mut stack = filled();
        assert_eq!(stack.end_transaction(2), 0);
        assert_eq!(stack.end_transaction(1), 1);
        assert_eq!(ids(&stack), [1, 2, 3]);
    }

    #[test]
    fn what_makes_no_sense_is_refused_and_changes_nothing() {
        let relative = {
            let periods = [Period::new(0, Tenths::ZERO)];
            let schedule = Schedule::new(RateUnit::Amperes, periods).unwrap();
            Profile::new(9, Purpose::ChargePointMax, Kind::Relative, 0, schedule)
        };
        let tx = || profile(9, Purpose::Tx, 0);
        let late = {
            let periods = [Period::new(1, Tenths::ZERO)];
            let schedule = Schedule::new(RateUnit::Amperes, periods).unwrap();
            Profile::new(9, Purpose::TxDefault, Kind::Relative, 0, schedule)
        };
        let long = {
            let periods = (0..4).map(|start| Period::new(start, Tenths::ZERO));
            let schedule = Schedule::new(RateUnit::Amperes, periods).unwrap();
            Profile::new(9, Purpose::TxDefault, Kind::Relative, 0, schedule)
        };
        let stack = filled();
        for (connector, profile, charging, refusal) in [
            (3, tx(), CHARGING, Refusal::Connector),
            (
                1,
                profile(9, Purpose::ChargePointMax, 0),
                None,
                Refusal::MaxAtConnector,
            ),
            (0, relative, None, Refusal::MaxRelative),
            (0, tx(), CHARGING, Refusal::TxAtStation),
            (1, tx(), None, Refusal::NoTransaction),
            (
                1,
                tx().for_transaction(18),
                CHARGING,
                Refusal::OtherTransaction,
            ),
            (
                0,
                profile(9, Purpose::TxDefault, 9),
                None,
                Refusal::StackLevel,
            ),
            (
                0,
                profile(9, Purpose::TxDefault, -1),
                None,
                Refusal::StackLevel,
            ),
            (0, late, None, Refusal::FirstPeriod),
            (0, long, None, Refusal::Periods),
            (0, profile(9, Purpose::TxDefault, 1), None, Refusal::Full),
        ] {
            let mut changed = stack.clone();
            assert_eq!(changed.install(connector, profile, charging), Err(refusal));
            assert_eq!(changed, stack);
        }
        let mut watts = ProfileStack::new(Bounds {
            unit: Some(RateUnit::Watts),
            ..BOUNDS
        });
        let amperes = profile(9, Purpose::TxDefault, 0);
        assert_eq!(watts.install(0, amperes, None), Err(Refusal::Unit));
    }

    #[test]
    fn a_full_stack_still_replaces() {
        let mut stack = filled();
        assert_eq!(
            stack.install(1, profile(4, Purpose::Tx, 6), CHARGING),
            Ok(1)
        );
        assert_eq!(stack.profiles().len(), BOUNDS.profiles);
    }

    #[test]
    fn profiles_come_back_after_a_reboot() {
        let stack = filled();
        let mut restored = ProfileStack::new(BOUNDS);
        for installed in stack.profiles() {
            assert_eq!(restored.restore(installed.clone()), Ok(()));
        }
        assert_eq!(restored, stack);
    }
}
