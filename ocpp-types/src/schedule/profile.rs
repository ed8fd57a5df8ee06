//! A charging profile that has been checked, and what it asks for at a moment.

use meter_units::Decimal;

use super::limits::{Period, Schedule};

/// A charging profile: a schedule, what it is for, and when it counts (OCPP 1.6, 7.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    id: i64,
    purpose: Purpose,
    kind: Kind,
    stack_level: i64,
    transaction: Option<i64>,
    valid_from: Option<i64>,
    valid_to: Option<i64>,
    schedule: Schedule,
}

/// What a profile limits (OCPP 1.6, 7.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The sum of all connectors; only at connector 0.
    ChargePointMax,
    /// Every transaction that has no profile of its own.
    TxDefault,
    /// One transaction, with which it ends.
    Tx,
}

/// From where the offsets of a schedule count (OCPP 1.6, 7.10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// From `startSchedule`, or from the start of charging where that is missing.
    Absolute,
    /// From `startSchedule`, again and again; also before it, as the errata read it.
    Recurring(Recurrence),
    /// From the start of charging.
    Relative,
}

/// How often a recurring schedule starts again (OCPP 1.6, 7.42).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Recurrence {
    /// Every 24 hours: 86 400 seconds, whatever the clocks on the wall do.
    Daily,
    /// Every 7 days: 604 800 seconds.
    Weekly,
}

/// Why a charging profile has no meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileError {
    /// The schedule has no period.
    #[error("schedule without a period")]
    NoPeriod,
    /// A period starts before the schedule, or over 136 years after.
    #[error("period starts at {0} seconds, expected 0 to 4294967295")]
    PeriodStart(i64),
    /// A duration is negative.
    #[error("duration is {0} seconds, expected 0 or more")]
    Duration(i64),
    /// A limit is negative, has more than one digit after the point, or over 18 before it.
    #[error("limit is {0}, expected tenths from 0 up")]
    Limit(Decimal),
    /// A number of phases below 1.
    #[error("number of phases is {0}, expected 1 to 3")]
    Phases(i64),
    /// A recurring profile does not say how often.
    #[error("recurring profile without recurrencyKind")]
    NoRecurrence,
    /// A time has no zone or is incomplete, so that it is no moment.
    #[error("{0} is not a moment")]
    Time(&'static str),
    /// A word that the specification does not have.
    #[error("{0} is not a word of the specification")]
    Word(&'static str),
}

impl Profile {
    /// A profile without limits of validity, for any transaction.
    #[must_use]
    pub const fn new(
        id: i64,
        purpose: Purpose,
        kind: Kind,
        stack_level: i64,
        schedule: Schedule,
    ) -> Self {
        Self {
            id,
            purpose,
            kind,
            stack_level,
            transaction: None,
            valid_from: None,
            valid_to: None,
            schedule,
        }
    }

    /// The same profile, valid from a moment on and up to another one, which is excluded.
    #[must_use]
    pub fn valid_between(mut self, from: Option<i64>, to: Option<i64>) -> Self {
        self.valid_from = from;
        self.valid_to = to;
        self
    }

    /// The same profile, for the transaction with that id only.
    #[must_use]
    pub fn for_transaction(mut self, id: i64) -> Self {
        self.transaction = Some(id);
        self
    }

    /// What the central system calls it.
    #[must_use]
    pub const fn id(&self) -> i64 {
        self.id
    }

    /// What it limits.
    #[must_use]
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// From where its offsets count.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// Its place in the stack: a higher level goes before a lower one.
    #[must_use]
    pub const fn stack_level(&self) -> i64 {
        self.stack_level
    }

    /// The transaction that it is meant for, where it names one.
    #[must_use]
    pub const fn transaction(&self) -> Option<i64> {
        self.transaction
    }

    /// The first moment at which it is valid.
    #[must_use]
    pub const fn valid_from(&self) -> Option<i64> {
        self.valid_from
    }

    /// The first moment at which it is no longer valid.
    #[must_use]
    pub const fn valid_to(&self) -> Option<i64> {
        self.valid_to
    }

    /// The limits over time.
    #[must_use]
    pub const fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// The period that counts at `time`, charging having begun at `since`.
    ///
    /// `None` outside the validity, before the schedule starts, after its duration, and where the
    /// offsets count from a start of charging that has not happened.
    #[must_use]
    pub fn limit_at(&self, time: i64, since: Option<i64>) -> Option<Period> {
        let begun = self.valid_from.is_none_or(|from| from <= time);
        let ended = self.valid_to.is_some_and(|to| to <= time);
        if !begun || ended {
            return None;
        }
        let offset = self.offset(time, since).filter(|offset| *offset >= 0)?;
        let schedule = &self.schedule;
        let is_over = |duration| duration <= offset;
        if schedule.duration().is_some_and(is_over) {
            return None;
        }
        let reached = |period: &&Period| i64::from(period.start) <= offset;
        schedule.periods().iter().rev().find(reached).copied()
    }

    /// The next moment after `time` that happens once: a bound of the validity, or a step of a
    /// schedule that does not recur.
    pub(super) fn next_once(&self, time: i64, since: Option<i64>) -> Option<i64> {
        let step = match self.kind {
            Kind::Recurring(_) => None,
            Kind::Absolute | Kind::Relative => self.next_step(time, since, None),
        };
        let after = |moment: &i64| *moment > time;
        [self.valid_from.filter(after), self.valid_to.filter(after)]
            .into_iter()
            .fold(step, earlier)
    }

    /// The next moment after `time` at which a recurring schedule takes a step.
    pub(super) fn next_cycle(&self, time: i64, since: Option<i64>) -> Option<i64> {
        match self.kind {
            Kind::Recurring(recurrence) => self.next_step(time, since, Some(recurrence.seconds())),
            Kind::Absolute | Kind::Relative => None,
        }
    }

    fn next_step(&self, time: i64, since: Option<i64>, cycle: Option<i64>) -> Option<i64> {
        let starts = self
            .schedule
            .periods()
            .iter()
            .map(|period| i64::from(period.start));
        let steps = starts.chain(self.schedule.duration()).chain(cycle);
        if cycle.is_none() {
            let start = self.start(since)?;
            let moments = steps.filter_map(|step| start.checked_add(step));
            return moments.filter(|moment| *moment > time).min();
        }
        let offset = self.offset(time, since)?;
        let next = steps.filter(|step| *step > offset).min()?;
        time.checked_add(next.checked_sub(offset)?)
    }

    /// From where the offsets count.
    fn start(&self, since: Option<i64>) -> Option<i64> {
        match self.kind {
            Kind::Relative => since,
            Kind::Absolute | Kind::Recurring(_) => self.schedule.start().or(since),
        }
    }

    /// Seconds from the start of the schedule, or of its recurrence, to `time`.
    fn offset(&self, time: i64, since: Option<i64>) -> Option<i64> {
        let start = self.start(since)?;
        let within = |cycle: i64| {
            // Each part for itself, since the difference may have 65 bits.
            let (time, start) = (time.rem_euclid(cycle), start.rem_euclid(cycle));
            time.wrapping_sub(start).rem_euclid(cycle)
        };
        Some(match self.kind {
            Kind::Recurring(Recurrence::Daily) => within(DAY),
            Kind::Recurring(Recurrence::Weekly) => within(WEEK),
            // What is further away is as good as that: no step is there.
            Kind::Absolute | Kind::Relative => time.saturating_sub(start),
        })
    }
}

impl Recurrence {
    /// The time after which the schedule starts again.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Daily => DAY,
            Self::Weekly => WEEK,
        }
    }
}

pub(super) const DAY: i64 = 86_400;
pub(super) const WEEK: i64 = 604_800;

/// The earlier of two moments that may never come.
pub(super) fn earlier(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::super::limits::{RateUnit, Tenths};
    use super::*;

    fn amperes(periods: &[(u32, u64)]) -> Schedule {
        let period = |&(start, limit)| Period::new(start, Tenths::new(limit * 10));
        Schedule::new(RateUnit::Amperes, periods.iter().map(period)).unwrap()
    }

    fn limit_at(profile: &Profile, time: i64, since: Option<i64>) -> Option<u64> {
        profile
            .limit_at(time, since)
            .map(|period| period.limit.get() / 10)
    }

    fn default(kind: Kind, schedule: Schedule) -> Profile {
        Profile::new(1, Purpose::TxDefault, kind, 0, schedule)
    }

    #[test]
    fn absolute_counts_from_its_start() {
        let schedule = amperes(&[(0, 32), (1800, 20)])
            .starting_at(1000)
            .lasting(3600);
        let profile = default(Kind::Absolute, schedule);
        for (time, expected) in [
            (999, None),
            (1000, Some(32)),
            (2799, Some(32)),
            (2800, Some(20)),
            (4599, Some(20)),
            (4600, None),
        ] {
            assert_eq!(limit_at(&profile, time, None), expected, "{time}");
        }
    }

    #[test]
    fn absolute_without_a_start_counts_from_the_start_of_charging() {
        let profile = default(Kind::Absolute, amperes(&[(0, 16), (60, 10)]));
        assert_eq!(limit_at(&profile, 100, None), None);
        assert_eq!(limit_at(&profile, 100, Some(90)), Some(16));
        assert_eq!(limit_at(&profile, 100, Some(40)), Some(10));
        assert_eq!(limit_at(&profile, 100, Some(101)), None);
    }

    #[test]
    fn a_start_at_the_end_of_time_counts_exactly() {
        let relative = default(Kind::Relative, amperes(&[(0, 16), (60, 10)]));
        assert_eq!(limit_at(&relative, -1, Some(i64::MIN)), Some(10));
        assert_eq!(limit_at(&relative, 0, Some(i64::MIN)), Some(10));
        assert_eq!(limit_at(&relative, -5, Some(i64::MAX - 1)), None);
        let next = relative.next_once(-5, Some(i64::MAX - 1));
        assert_eq!(next, Some(i64::MAX - 1));

        let daily = Kind::Recurring(Recurrence::Daily);
        // Of 2^63 seconds 55 808 are left over after whole days.
        let daily = default(
            daily,
            amperes(&[(0, 16), (55_808, 10)]).starting_at(i64::MIN),
        );
        assert_eq!(limit_at(&daily, -1, None), Some(16));
        assert_eq!(limit_at(&daily, 0, None), Some(10));
        assert_eq!(daily.next_cycle(-1, None), Some(0));
    }

    #[test]
    fn relative_ignores_the_start_of_the_schedule() {
        let profile = default(Kind::Relative, amperes(&[(0, 16)]).starting_at(0));
        assert_eq!(limit_at(&profile, 100, None), None);
        assert_eq!(limit_at(&profile, 100, Some(100)), Some(16));
    }

    #[test]
    fn a_recurrence_reaches_before_its_start_and_never_past_its_end() {
        let schedule = amperes(&[(0, 10), (43_200, 20), (90_000, 30)]).starting_at(DAY * 10);
        let profile = default(
            Kind::Recurring(Recurrence::Daily),
            schedule.lasting(200_000),
        );
        for day in [-3, 0, 10, 11] {
            let midnight = day * DAY;
            assert_eq!(limit_at(&profile, midnight, None), Some(10));
            assert_eq!(limit_at(&profile, midnight + 43_199, None), Some(10));
            assert_eq!(limit_at(&profile, midnight + 43_200, None), Some(20));
            assert_eq!(limit_at(&profile, midnight + DAY - 1, None), Some(20));
        }
    }

    #[test]
    fn validity_includes_its_first_second_and_excludes_its_last() {
        let profile = default(Kind::Absolute, amperes(&[(0, 16)]).starting_at(0));
        let profile = profile.valid_between(Some(100), Some(200));
        for (time, expected) in [(99, None), (100, Some(16)), (199, Some(16)), (200, None)] {
            assert_eq!(limit_at(&profile, time, None), expected, "{time}");
        }
    }

    #[test]
    fn nothing_is_said_before_the_first_period() {
        let profile = default(Kind::Absolute, amperes(&[(60, 16)]).starting_at(0));
        assert_eq!(limit_at(&profile, 59, None), None);
        assert_eq!(limit_at(&profile, 60, None), Some(16));
    }

    #[test]
    fn periods_are_put_in_order() {
        let profile = default(Kind::Absolute, amperes(&[(60, 10), (0, 16)]).starting_at(0));
        assert_eq!(limit_at(&profile, 59, None), Some(16));
        assert_eq!(limit_at(&profile, 60, None), Some(10));
        assert_eq!(
            Schedule::new(RateUnit::Watts, []),
            Err(ProfileError::NoPeriod)
        );
    }

    #[test]
    fn ends_of_time_do_not_overflow() {
        for kind in [
            Kind::Absolute,
            Kind::Relative,
            Kind::Recurring(Recurrence::Daily),
            Kind::Recurring(Recurrence::Weekly),
        ] {
            for start in [i64::MIN, -1, 0, i64::MAX] {
                let profile = default(kind, amperes(&[(0, 16), (u32::MAX, 10)]).starting_at(start));
                for time in [i64::MIN, -1, 0, i64::MAX] {
                    for since in [None, Some(i64::MIN), Some(i64::MAX)] {
                        let _ = profile.limit_at(time, since);
                        let later = |moment: i64| assert!(moment > time);
                        profile.next_once(time, since).into_iter().for_each(later);
                        profile.next_cycle(time, since).into_iter().for_each(later);
                    }
                }
            }
        }
    }
}
