//! The limit that holds at a moment, and until when.

use super::composite::{Charging, Composite, Rules, Window};
use super::limits::Phases;
use super::rate::Rate;
use super::stack::ProfileStack;

/// What a composite schedule says at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompositeMoment {
    /// The limit in the unit that was asked for; `None` where none applies.
    pub limit: Option<Rate>,
    /// The smallest number of phases that one of the profiles behind it names.
    pub phases: Option<Phases>,
    /// The moment at which limit or phases change; `None` if they hold on.
    pub until: Option<i64>,
}

impl ProfileStack {
    /// What a connector may draw at `now`, and until when that holds.
    ///
    /// It is what [`Composite::of_connector`] says at that moment, and where its next period
    /// begins: there is nothing to ask before [`until`](CompositeMoment::until), unless a profile
    /// comes or goes, or charging begins or ends. Without `charging`, only the
    /// ChargePointMaxProfiles count.
    ///
    /// The work is bounded by what is installed: one pass over it for each event before the change,
    /// which are the steps that happen once and, after each of these, a week of those that recur. A
    /// [`Composite`] looks no further than its [`Window`].
    ///
    /// ```
    /// use ocpp_types::schedule::{
    ///     Bounds, Charging, Kind, Period, Profile, ProfileStack, Purpose, RateUnit, Rules, Schedule,
    ///     Tenths,
    /// };
    ///
    /// let bounds =
    ///     Bounds { connectors: 2, profiles: 8, stack_level: 8, periods: 24, unit: None };
    /// let mut stack = ProfileStack::new(bounds);
    /// // 16 A in the first half hour of charging, 8.1 A later.
    /// let periods = [Period::new(0, Tenths::new(160)), Period::new(1800, Tenths::new(81))];
    /// let schedule = Schedule::new(RateUnit::Amperes, periods)?;
    /// stack.install(0, Profile::new(1, Purpose::TxDefault, Kind::Relative, 0, schedule), None)?;
    ///
    /// let since = 1_714_982_400;
    /// let charging = Some(Charging { since, transaction: Some(17) });
    /// let rules = Rules::new(RateUnit::Amperes);
    /// let first = stack.limit_at(1, charging, since + 60, rules);
    /// assert_eq!(first.limit.map(|limit| limit.wire().to_string()), Some("16.0".into()));
    /// assert_eq!(first.until, Some(since + 1800));
    /// let second = stack.limit_at(1, charging, since + 1800, rules);
    /// assert_eq!(second.limit.map(|limit| limit.wire().to_string()), Some("8.1".into()));
    /// assert_eq!(second.until, None);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn limit_at(
        &self,
        connector: u32,
        charging: Option<Charging>,
        now: i64,
        rules: Rules,
    ) -> CompositeMoment {
        let window = Window::from(now);
        let composite =
            Composite::of_connector(self.profiles(), connector, charging, window, rules);
        let ((limit, phases), until) = composite.held_from(now);
        CompositeMoment {
            limit,
            phases,
            until,
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::super::any::{NOW, any_charging, any_installed, any_rules};
    use super::super::limits::{Period, RateUnit, Schedule, Tenths};
    use super::super::profile::{DAY, Kind, Profile, Purpose, Recurrence, WEEK};
    use super::super::stack::{Bounds, Installed};
    use super::*;

    const RULES: Rules = Rules::new(RateUnit::Amperes);

    fn stack(installed: impl IntoIterator<Item = Installed>) -> ProfileStack {
        let mut stack = ProfileStack::new(Bounds {
            connectors: 2,
            profiles: 8,
            stack_level: 8,
            periods: 8,
            unit: None,
        });
        for installed in installed {
            // What is refused is not there for either way of asking.
            let _ = stack.restore(installed);
        }
        stack
    }

    fn max(id: i64, kind: Kind, periods: &[(u32, u64)]) -> Profile {
        let period = |&(start, limit)| Period::new(start, Tenths::new(limit));
        let schedule = Schedule::new(RateUnit::Amperes, periods.iter().map(period)).unwrap();
        Profile::new(
            id,
            Purpose::ChargePointMax,
            kind,
            id,
            schedule.starting_at(NOW),
        )
    }

    #[test]
    fn nothing_installed_is_no_limit_for_ever() {
        let nothing = CompositeMoment {
            limit: None,
            phases: None,
            until: None,
        };
        for now in [i64::MIN, 0, NOW, i64::MAX] {
            assert_eq!(stack([]).limit_at(1, None, now, RULES), nothing);
        }
    }

    #[test]
    fn a_step_to_the_same_limit_is_no_change() {
        let kind = Kind::Recurring(Recurrence::Daily);
        let profile = max(0, kind, &[(0, 160), (60, 160), (3600, 100)]);
        let stack = stack([Installed::new(0, profile)]);
        for (now, until) in [
            (NOW, NOW + 3600),
            (NOW + 60, NOW + 3600),
            (NOW + 3599, NOW + 3600),
            (NOW + 3600, NOW + DAY),
        ] {
            assert_eq!(stack.limit_at(1, None, now, RULES).until, Some(until));
        }
    }

    #[test]
    fn a_change_far_ahead_is_found() {
        let same = max(
            0,
            Kind::Recurring(Recurrence::Weekly),
            &[(0, 160), (60, 160)],
        );
        let end = NOW + 1000 * WEEK;
        let stack = stack([Installed::new(0, same.valid_between(None, Some(end)))]);
        let now = stack.limit_at(1, None, NOW, RULES);
        assert_eq!(now.until, Some(end));
        let then = stack.limit_at(1, None, end, RULES);
        assert_eq!((then.limit, then.until), (None, None));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn it_is_the_composite_schedule_at_every_second(
            installed in prop::collection::vec(any_installed(), 0..8),
            charging in any_charging(),
            rules in any_rules(),
        ) {
            let stack = stack(installed);
            let at = |moment| stack.limit_at(1, charging, moment, rules);
            let window = Window::new(NOW, 2500);
            let periods: Vec<_> =
                Composite::of_connector(stack.profiles(), 1, charging, window, rules).collect();
            for second in 0..2500 {
                let found = at(NOW + second);
                let next = periods.partition_point(|period| period.start <= second);
                let period = periods[next - 1];
                prop_assert_eq!((found.limit, found.phases), (period.limit, period.phases));
                match (periods.get(next), found.until) {
                    (Some(next), until) => prop_assert_eq!(until, Some(NOW + next.start)),
                    (None, Some(until)) => {
                        prop_assert!(until >= NOW + 2500);
                        let (before, after) = (at(until - 1), at(until));
                        prop_assert_eq!((before.limit, before.until), (found.limit, Some(until)));
                        let is_other = (after.limit, after.phases) != (found.limit, found.phases);
                        prop_assert!(is_other);
                    }
                    (None, None) => {}
                }
            }
        }
    }
}
