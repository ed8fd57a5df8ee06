//! The limit that results from all profiles, over a window of time.

use core::num::NonZeroU16;

use super::limits::{Period, Phases, RateUnit, Tenths};
use super::profile::{Profile, Purpose, WEEK, earlier};
use super::rate::{Rate, Scale};
use super::stack::Installed;

/// Iterates over the periods of a composite schedule.
///
/// At every moment the limit is the smaller one of
///
/// - the value of the `ChargePointMaxProfile`s, and
/// - the value of the transaction: of its `TxProfile`s if they give one, else of the
///   `TxDefaultProfile`s; those of the connector itself take the place of those at connector 0.
///   Without a transaction neither counts.
///
/// Of several profiles with the same purpose, the one with the highest stack level that says
/// something at that moment counts; of equal levels, the one that comes first in the list.
///
/// For the station, the values of the transactions are added up before they are compared with the
/// maximum. A connector that nothing limits makes the sum unlimited, unless
/// [`Rules::fallback`] says what it can draw.
///
/// Equal neighbors are one period, and periods cover the window without holes: where nothing
/// applies, [`CompositePeriod::limit`] is `None`. It is lazy: time and memory for one period do
/// not depend on the length of the window. (OCPP 1.6, 3.13.3 and 5.7)
#[derive(Clone, Debug)]
pub struct Composite<'a> {
    profiles: &'a [Installed],
    scope: Scope<'a>,
    window: Window,
    rules: Rules,
    /// Where the next period begins, until the window is over.
    at: Option<i64>,
}

/// A period of a composite schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompositePeriod {
    /// Seconds after the begin of the window; 0 for the first period.
    pub start: i64,
    /// The limit in the unit that was asked for; `None` where none applies.
    pub limit: Option<Rate>,
    /// The smallest number of phases that one of the profiles behind it names.
    pub phases: Option<Phases>,
}

/// A span of time: the half-open interval from `start` to `start + duration`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    start: i64,
    end: i64,
}

/// A transaction as schedules see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Charging {
    /// When charging began.
    pub since: i64,
    /// The id that the central system gave, once it did.
    pub transaction: Option<i64>,
}

/// How limits are brought together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// The unit of the result.
    pub unit: RateUnit,
    /// The nominal voltage between a phase and neutral: 230 V, or 110 V (errata).
    pub voltage: NonZeroU16,
    /// How many phases a power spreads over where profiles name different numbers.
    pub phases: PhaseRule,
    /// What a connector can draw where no profile limits it, in `unit`; `None` leaves it open.
    ///
    /// It fills gaps and does not cap what a profile allows.
    pub fallback: Option<Tenths>,
}

/// How many phases a power spreads over when profiles of different numbers meet.
///
/// The specification does not say. With a maximum of 16 A on one phase and a default of 2070 W
/// without a number of phases, `OwnPhases` gives 3 A and `FewestPhases` 9 A. Asked for watts, it
/// is the other way round: 6 A on three phases are 4140 W on their own phases, although a vehicle
/// that another profile confines to one phase may only draw 1380 W.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PhaseRule {
    /// Each limit is converted for the number of phases that its own profile names.
    #[default]
    OwnPhases,
    /// Every limit is converted for the smallest number that any of them names: charging happens
    /// on that many.
    FewestPhases,
}

/// A limit, where one applies, and the number of phases that is named with it.
type Limit = (Option<Rate>, Option<Phases>);

#[derive(Clone, Copy, Debug)]
enum Scope<'a> {
    Connector {
        connector: u32,
        charging: Option<Charging>,
    },
    /// What goes on at connectors 1, 2, 3 …
    Station(&'a [Option<Charging>]),
}

impl<'a> Composite<'a> {
    /// The limit of one connector.
    ///
    /// Of the profiles, those count that are installed at `connector` or at 0. For a schedule
    /// before charging begins, pass a transaction that would begin now.
    #[must_use]
    pub fn of_connector(
        profiles: &'a [Installed],
        connector: u32,
        charging: Option<Charging>,
        window: Window,
        rules: Rules,
    ) -> Self {
        Self::new(
            profiles,
            Scope::Connector {
                connector,
                charging,
            },
            window,
            rules,
        )
    }

    /// The limit of the whole station, whose connectors 1, 2, 3 … do what `connectors` says.
    ///
    /// It is what the station may draw from the grid, not what it does draw: an idle connector
    /// counts like one at which charging may begin at any time.
    #[must_use]
    pub fn of_station(
        profiles: &'a [Installed],
        connectors: &'a [Option<Charging>],
        window: Window,
        rules: Rules,
    ) -> Self {
        Self::new(profiles, Scope::Station(connectors), window, rules)
    }

    fn new(profiles: &'a [Installed], scope: Scope<'a>, window: Window, rules: Rules) -> Self {
        Self {
            profiles,
            scope,
            window,
            rules,
            at: (window.start < window.end).then_some(window.start),
        }
    }

    /// What holds from `start` on, and where it changes before the window is over.
    pub(super) fn held_from(&self, start: i64) -> (Limit, Option<i64>) {
        let value = self.value(start);
        let mut time = start;
        // Since then, nothing has happened that happens once.
        let mut quiet = start;
        loop {
            let once = self.next_event(time, Profile::next_once);
            // A week that was the same throughout repeats itself until such a thing happens.
            let next = if time.saturating_sub(quiet) >= WEEK {
                once
            } else {
                earlier(once, self.next_event(time, Profile::next_cycle))
            };
            let Some(next) = next.filter(|next| *next < self.window.end) else {
                return (value, None);
            };
            if self.value(next) != value {
                return (value, Some(next));
            }
            if once == Some(next) {
                quiet = next;
            }
            time = next;
        }
    }

    /// Limit and phases at a moment.
    fn value(&self, time: i64) -> Limit {
        let is_max = |installed: &Installed| {
            installed.connector() == 0 && installed.profile().purpose() == Purpose::ChargePointMax
        };
        let max = self.best(time, self.since(), is_max);
        let (transaction, phases) = match self.scope {
            Scope::Connector {
                connector,
                charging,
            } => {
                let value = self.transaction_value(time, connector, charging);
                let phases = fewest(max, value);
                (value.map(|value| self.rate(value, phases)), phases)
            }
            Scope::Station(connectors) => (self.sum(time, connectors), fewest(max, None)),
        };
        let max = max.map(|value| self.rate(value, phases));
        let limit = match (max, transaction) {
            (Some(max), Some(transaction)) => Some(max.min(transaction)),
            (max, transaction) => max.or(transaction),
        };
        match (limit, self.scope) {
            (None, Scope::Connector { .. }) => (self.fallback(), None),
            _ => (limit, phases),
        }
    }

    /// What the transactions of a station may draw together.
    fn sum(&self, time: i64, connectors: &[Option<Charging>]) -> Option<Rate> {
        let mut sum: Option<Rate> = None;
        let mut connector = 0_u32;
        for charging in connectors {
            connector = connector.wrapping_add(1);
            let rate = match self.transaction_value(time, connector, *charging) {
                Some(value) => self.rate(value, value.period.phases),
                None => self.fallback()?,
            };
            sum = Some(sum.map_or(rate, |sum| sum.plus(rate)));
        }
        sum
    }

    fn transaction_value(
        &self,
        time: i64,
        connector: u32,
        charging: Option<Charging>,
    ) -> Option<Value> {
        let Charging { since, transaction } = charging?;
        let own = self.best(time, Some(since), |installed| {
            let profile = installed.profile();
            profile.purpose() == Purpose::Tx
                && installed.connector() == connector
                && (profile.transaction().is_none() || profile.transaction() == transaction)
        });
        own.or_else(|| {
            let is_default =
                |installed: &&Installed| installed.profile().purpose() == Purpose::TxDefault;
            let here = |installed: &Installed| installed.connector() == connector;
            let mut defaults = self.profiles.iter().filter(is_default);
            let place = if defaults.any(here) { connector } else { 0 };
            self.best(time, Some(since), |installed| {
                is_default(&installed) && installed.connector() == place
            })
        })
    }

    /// What the highest profile says that `applies` and says anything.
    fn best(
        &self,
        time: i64,
        since: Option<i64>,
        applies: impl Fn(&Installed) -> bool,
    ) -> Option<Value> {
        let mut best: Option<(i64, Value)> = None;
        for installed in self.profiles.iter().filter(|installed| applies(installed)) {
            let profile = installed.profile();
            let level = profile.stack_level();
            if best.is_some_and(|(highest, _)| highest >= level) {
                continue;
            }
            if let Some(period) = profile.limit_at(time, since) {
                let unit = profile.schedule().unit();
                best = Some((level, Value { period, unit }));
            }
        }
        best.map(|(_, value)| value)
    }

    /// The limit in the unit of the result, `phases` being the smallest number that is named.
    fn rate(&self, value: Value, phases: Option<Phases>) -> Rate {
        let phases = match self.rules.phases {
            PhaseRule::OwnPhases => value.period.phases,
            PhaseRule::FewestPhases => phases,
        };
        let scale = Scale {
            voltage: self.rules.voltage,
            phases: phases.unwrap_or(Phases::Three),
        };
        Rate::convert(value.period.limit, value.unit, self.rules.unit, scale)
    }

    fn fallback(&self) -> Option<Rate> {
        let period = Period::new(0, self.rules.fallback?);
        let unit = self.rules.unit;
        Some(self.rate(Value { period, unit }, None))
    }

    /// When charging began, for the profiles of the station: at the first of its connectors.
    fn since(&self) -> Option<i64> {
        match self.scope {
            Scope::Connector { charging, .. } => charging.map(|charging| charging.since),
            Scope::Station(connectors) => connectors
                .iter()
                .flatten()
                .map(|charging| charging.since)
                .min(),
        }
    }

    /// The next moment after `time` at which `next` of any profile may change something.
    fn next_event(
        &self,
        time: i64,
        next: impl Fn(&Profile, i64, Option<i64>) -> Option<i64>,
    ) -> Option<i64> {
        let each = |installed: &Installed| {
            let profile = installed.profile();
            let one = |charging: &Option<Charging>| {
                next(profile, time, charging.map(|charging| charging.since))
            };
            match (profile.purpose(), self.scope) {
                (Purpose::ChargePointMax, _) => next(profile, time, self.since()),
                (_, Scope::Connector { charging, .. }) => one(&charging),
                (_, Scope::Station(connectors)) => connectors.iter().map(one).fold(None, earlier),
            }
        };
        self.profiles.iter().map(each).fold(None, earlier)
    }
}

impl Iterator for Composite<'_> {
    type Item = CompositePeriod;

    fn next(&mut self) -> Option<CompositePeriod> {
        let start = self.at?;
        let ((limit, phases), end) = self.held_from(start);
        self.at = end;
        Some(CompositePeriod {
            start: start.saturating_sub(self.window.start),
            limit,
            phases,
        })
    }
}

impl core::iter::FusedIterator for Composite<'_> {}

impl Window {
    /// `duration` seconds from `start` on; empty if `duration` is not positive.
    #[must_use]
    pub const fn new(start: i64, duration: i64) -> Self {
        Self {
            start,
            end: start.saturating_add(duration),
        }
    }

    /// All that comes from `start` on.
    pub(super) const fn from(start: i64) -> Self {
        Self {
            start,
            end: i64::MAX,
        }
    }
}

/// The usual voltage of a phase.
const VOLTAGE: NonZeroU16 = match NonZeroU16::new(230) {
    Some(voltage) => voltage,
    None => NonZeroU16::MIN,
};

impl Rules {
    /// The rules of most stations: 230 V, each limit on its own phases, gaps left open.
    #[must_use]
    pub const fn new(unit: RateUnit) -> Self {
        Self {
            unit,
            voltage: VOLTAGE,
            phases: PhaseRule::OwnPhases,
            fallback: None,
        }
    }
}

/// What a profile says at a moment.
#[derive(Clone, Copy, Debug)]
struct Value {
    period: Period,
    unit: RateUnit,
}

/// The smallest number of phases that is named.
fn fewest(a: Option<Value>, b: Option<Value>) -> Option<Phases> {
    let phases = |value: Option<Value>| value.and_then(|value| value.period.phases);
    match (phases(a), phases(b)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests;
