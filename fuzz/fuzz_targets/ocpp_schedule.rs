//! A composite schedule is what asking instant by instant gives: equal at every moment, with a new
//! period exactly where something changes, in ascending order and bounded; the limit of a moment is
//! that of its period, and holds until the next one. What is installed keeps the rules of the
//! stack, goes through messages unchanged, and is answered with a valid message.
//!
//! The input is a choice of settings and then profiles, byte by byte; what is missing is 0.
#![no_main]

use std::num::NonZeroU16;

use libfuzzer_sys::fuzz_target;
use meter_units::{Decimal, Rounding};
use ocpp_types::Payload;
use ocpp_types::messages::GetCompositeScheduleRequest;
use ocpp_types::schedule::{
    Bounds, Charging, Composite, CompositePeriod, Filter, Installed, Kind, Period, PhaseRule,
    Phases, Profile, ProfileStack, Purpose, RateUnit, Recurrence, Rules, Schedule, Tenths, Window,
};
use ocpp_types::types::ChargingProfile;

/// A Monday at midnight, around which everything happens.
const BASE: i64 = 1_714_953_600;
const CONNECTORS: u32 = 2;

fuzz_target!(|input: &[u8]| {
    let mut bytes = Bytes(input);
    let settings = Settings::read(&mut bytes);
    let mut stack = ProfileStack::new(BOUNDS);
    let mut list = Vec::new();
    while !bytes.0.is_empty() && list.len() < 12 {
        let plan = Plan::read(&mut bytes);
        let Some(profile) = plan.build() else {
            continue;
        };
        let installed = Installed::new(plan.connector, profile);
        change(&mut stack, installed, &settings, bytes.next());
        list.push(plan);
    }
    stack_holds(&stack);
    answers(&stack, &settings);
    moments(&stack, &settings);
    if settings.uses_stack {
        let is_kept = |plan: &Plan| {
            let same = |kept: &Installed| {
                plan.connector == kept.connector() && plan.build().as_ref() == Some(kept.profile())
            };
            stack.profiles().iter().position(same)
        };
        let mut kept: Vec<_> = list
            .into_iter()
            .filter_map(|plan| Some((is_kept(&plan)?, plan)))
            .collect();
        kept.sort_by_key(|(place, _)| *place);
        kept.dedup_by_key(|(place, _)| *place);
        list = kept.into_iter().map(|(_, plan)| plan).collect();
    }
    let installed: Vec<_> = list
        .iter()
        .filter_map(|plan| Some(Installed::new(plan.connector, plan.build()?)))
        .collect();
    for connector in 0..=CONNECTORS {
        agree(&list, &installed, connector, &settings);
    }
});

const BOUNDS: Bounds = Bounds {
    connectors: CONNECTORS,
    profiles: 6,
    stack_level: 7,
    periods: 4,
    unit: None,
};

struct Settings {
    rules: Rules,
    charging: [Option<Charging>; CONNECTORS as usize],
    window: (i64, i64),
    uses_stack: bool,
}

impl Settings {
    fn read(bytes: &mut Bytes<'_>) -> Self {
        let choice = bytes.next();
        let unit = if choice & 1 == 0 {
            RateUnit::Amperes
        } else {
            RateUnit::Watts
        };
        let mut rules = Rules::new(unit);
        if choice & 2 != 0 {
            rules.phases = PhaseRule::FewestPhases;
        }
        if choice & 4 != 0 {
            rules.voltage = NonZeroU16::new(110).unwrap();
        }
        if choice & 8 != 0 {
            rules.fallback = Some(Tenths::new(u64::from(bytes.next()) * 10));
        }
        let uses_stack = choice & 0x10 != 0;
        let charging = [(); CONNECTORS as usize].map(|()| {
            let what = bytes.next();
            (what & 1 != 0).then(|| Charging {
                since: bytes.time(),
                transaction: (what & 2 != 0).then_some(i64::from(what >> 2 & 3)),
            })
        });
        let length = i64::from(bytes.next()) * if choice & 0x20 == 0 { 1 } else { 9_000 };
        Self {
            rules,
            charging,
            window: (bytes.time(), length),
            uses_stack,
        }
    }
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn next(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        *first
    }

    /// A moment close to others, whole days or weeks away, or far off.
    fn time(&mut self) -> i64 {
        let (far, near) = (self.next(), i64::from(self.next().cast_signed()));
        let days = i64::from(far >> 4) - 8;
        match far & 15 {
            0..=11 => BASE + near,
            12 | 13 => BASE + days * 86_400 + near,
            14 => BASE + days * 604_800 + near,
            _ => [i64::MIN, -1, 0, i64::MAX][usize::from(far >> 4 & 3)],
        }
    }
}

/// A profile as it was drawn, before the library saw it.
struct Plan {
    connector: u32,
    id: i64,
    purpose: Purpose,
    kind: Kind,
    level: i64,
    transaction: Option<i64>,
    valid: (Option<i64>, Option<i64>),
    unit: RateUnit,
    start: Option<i64>,
    duration: Option<u64>,
    periods: Vec<Period>,
}

impl Plan {
    fn read(bytes: &mut Bytes<'_>) -> Self {
        let (what, which, when) = (bytes.next(), bytes.next(), bytes.next());
        let purpose = [
            Purpose::ChargePointMax,
            Purpose::TxDefault,
            Purpose::Tx,
            Purpose::TxDefault,
        ][usize::from(what & 3)];
        let kind = [
            Kind::Absolute,
            Kind::Recurring(Recurrence::Daily),
            Kind::Recurring(Recurrence::Weekly),
            Kind::Relative,
        ][usize::from(what >> 2 & 3)];
        let mut given = |bit: u8| (when >> bit & 1 != 0).then(|| bytes.time());
        let (start, from, to) = (given(0), given(1), given(2));
        let duration = (when & 8 != 0)
            .then(|| u64::from(bytes.next()) * if when & 16 == 0 { 1 } else { 4_000 });
        let mut starts = 0_u32;
        let periods = (0..=when >> 6).map(|_| {
            let (step, limit, phases) = (bytes.next(), bytes.next(), bytes.next());
            // Out of order now and then, far ahead now and then.
            starts = match step {
                0xFF => 0,
                0xFE => u32::MAX,
                0xF0..=0xFD => starts.saturating_add(u32::from(step & 15) * 40_000),
                _ => starts.saturating_add(u32::from(step)),
            };
            let period = Period::new(
                starts,
                Tenths::new(u64::from(limit) * if phases & 4 == 0 { 1 } else { 10_007 }),
            );
            match Phases::from_number(i64::from(phases & 3)) {
                Some(phases) => period.on(phases),
                None => period,
            }
        });
        let periods = periods.collect();
        Self {
            connector: u32::from(which & 3).min(CONNECTORS),
            id: i64::from(which >> 2 & 7),
            purpose,
            kind,
            level: i64::from(which >> 5),
            transaction: (what & 0x10 != 0).then_some(i64::from(what >> 5 & 3)),
            valid: (from, to),
            unit: if what & 0x80 == 0 {
                RateUnit::Amperes
            } else {
                RateUnit::Watts
            },
            start,
            duration,
            periods,
        }
    }

    fn build(&self) -> Option<Profile> {
        let mut schedule = Schedule::new(self.unit, self.periods.clone()).ok()?;
        if let Some(start) = self.start {
            schedule = schedule.starting_at(start);
        }
        if let Some(duration) = self.duration {
            schedule = schedule.lasting(duration);
        }
        let profile = Profile::new(self.id, self.purpose, self.kind, self.level, schedule);
        let profile = profile.valid_between(self.valid.0, self.valid.1);
        Some(match self.transaction {
            Some(id) => profile.for_transaction(id),
            None => profile,
        })
    }

    /// Where its schedule takes a step within a window, day by day, and the second before.
    fn moments(&self, begin: i64, length: i64) -> impl Iterator<Item = i64> + '_ {
        let steps = self.periods.iter().map(|period| i64::from(period.start));
        let steps = steps.chain(self.duration.map(u64::cast_signed));
        let offsets = steps.map(move |step| {
            (self
                .start
                .unwrap_or(BASE)
                .wrapping_add(step)
                .wrapping_sub(begin))
            .rem_euclid(86_400)
        });
        let days = length / 86_400;
        let each = offsets.flat_map(move |offset| {
            (0..=days.min(27)).map(move |day| begin.saturating_add(day * 86_400 + offset))
        });
        each.flat_map(|moment| [moment.saturating_sub(1), moment])
            .filter(move |moment| begin <= *moment)
    }

    /// The period that counts at a moment.
    fn period_at(&self, time: i64, since: Option<i64>) -> Option<Period> {
        if self.valid.0.is_some_and(|from| time < from) || self.valid.1.is_some_and(|to| to <= time)
        {
            return None;
        }
        let start = if self.kind == Kind::Relative {
            since
        } else {
            self.start.or(since)
        }?;
        let elapsed = i128::from(time) - i128::from(start);
        let offset = match self.kind {
            Kind::Recurring(Recurrence::Daily) => elapsed.rem_euclid(86_400),
            Kind::Recurring(Recurrence::Weekly) => elapsed.rem_euclid(604_800),
            Kind::Absolute | Kind::Relative => elapsed,
        };
        if self
            .duration
            .is_some_and(|duration| i128::from(duration) <= offset)
        {
            return None;
        }
        let mut found: Option<Period> = None;
        for period in &self.periods {
            let is_later = found.is_none_or(|found| found.start <= period.start);
            if i128::from(period.start) <= offset && is_later {
                found = Some(*period);
            }
        }
        found
    }
}

/// Installs or clears, and compares with what the rules say.
fn change(stack: &mut ProfileStack, new: Installed, settings: &Settings, choice: u8) {
    let place = usize::try_from(new.connector()).unwrap().checked_sub(1);
    let charging = place.and_then(|place| settings.charging[place]);
    let before = stack.clone();
    let message = ChargingProfile::from(new.profile());
    let in_years = |time: Option<i64>| time.is_none_or(|time| (0..=BASE * 2).contains(&time));
    let schedule = new.profile().schedule();
    if in_years(schedule.start())
        && in_years(new.profile().valid_from())
        && in_years(new.profile().valid_to())
    {
        assert_eq!(Profile::try_from(&message).as_ref(), Ok(new.profile()));
    }
    let (connector, profile) = (new.connector(), new.profile().clone());
    match stack.install(connector, profile, charging) {
        Ok(replaced) => {
            assert_eq!(stack.profiles().last(), Some(&new));
            assert_eq!(
                stack.profiles().len() + replaced,
                before.profiles().len() + 1
            );
        }
        Err(_) => assert_eq!(*stack, before),
    }
    if choice & 7 == 7 {
        let filter = Filter {
            id: (choice & 8 != 0).then(|| i64::from(choice >> 5)),
            stack_level: (choice & 16 != 0).then(|| i64::from(choice >> 5)),
            ..Filter::default()
        };
        let selected = stack
            .profiles()
            .iter()
            .filter(|one| filter.selects(one))
            .count();
        assert_eq!(stack.clear(&filter), selected);
        assert!(!stack.profiles().iter().any(|one| filter.selects(one)));
    }
}

fn stack_holds(stack: &ProfileStack) {
    let profiles = stack.profiles();
    assert!(profiles.len() <= BOUNDS.profiles);
    for (at, one) in profiles.iter().enumerate() {
        for other in &profiles[at + 1..] {
            assert_ne!(one.profile().id(), other.profile().id());
            let place = |one: &Installed| {
                (
                    one.connector(),
                    one.profile().purpose(),
                    one.profile().stack_level(),
                )
            };
            assert_ne!(place(one), place(other));
        }
    }
    let mut restored = ProfileStack::new(BOUNDS);
    for installed in profiles {
        restored
            .restore(installed.clone())
            .expect("what was installed before");
    }
    assert_eq!(restored.profiles(), profiles);
}

/// The answer to GetCompositeSchedule is a valid message whose schedule fits its duration.
fn answers(stack: &ProfileStack, settings: &Settings) {
    for connector in 0..=i64::from(CONNECTORS) + 1 {
        let request = GetCompositeScheduleRequest::new(connector, settings.window.1);
        let answer = stack.composite(
            &request,
            settings.window.0,
            &settings.charging,
            settings.rules,
        );
        answer.validate().expect("a valid message");
        let Some(schedule) = answer.charging_schedule else {
            continue;
        };
        let starts: Vec<_> = schedule
            .charging_schedule_period
            .iter()
            .map(|period| period.start_period)
            .collect();
        assert!(starts.len() <= BOUNDS.periods);
        assert_eq!(starts.first(), Some(&0));
        assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(starts.last() < schedule.duration.as_ref());
    }
}

/// Asked for its first and its last second, a period gives its limit and the begin of the next one.
fn moments(stack: &ProfileStack, settings: &Settings) {
    let (start, length) = settings.window;
    let window = Window::new(start, length);
    for (connector, charging) in (1..).zip(settings.charging) {
        let at = |moment| stack.limit_at(connector, charging, moment, settings.rules);
        let walk = Composite::of_connector(
            stack.profiles(),
            connector,
            charging,
            window,
            settings.rules,
        );
        let mut walk = walk.take(100).peekable();
        while let Some(period) = walk.next() {
            let first = at(start + period.start);
            assert_eq!((first.limit, first.phases), (period.limit, period.phases));
            let Some(next) = walk.peek() else {
                continue;
            };
            assert_eq!(first.until, Some(start + next.start));
            assert_eq!(at(start + next.start - 1), first);
        }
        // Beyond the window, it holds exactly until it changes.
        let last = at(start.saturating_add(length));
        if let Some(until) = last.until {
            assert!(start.saturating_add(length) < until);
            assert_eq!(at(until - 1), last);
            let next = at(until);
            assert_ne!((next.limit, next.phases), (last.limit, last.phases));
        }
    }
}

/// An exact value: tenths of the unit as a fraction, and the phases that are told with it.
type Exact = (Option<(u128, u128)>, Option<Phases>);

struct Model<'a> {
    plans: &'a [Plan],
    settings: &'a Settings,
}

impl Model<'_> {
    fn best(
        &self,
        time: i64,
        since: Option<i64>,
        applies: impl Fn(&Plan) -> bool,
    ) -> Option<(Period, RateUnit)> {
        let mut best: Option<(i64, Period, RateUnit)> = None;
        for plan in self.plans.iter().filter(|plan| applies(plan)) {
            let Some(period) = plan.period_at(time, since) else {
                continue;
            };
            if best.is_none_or(|(level, ..)| level < plan.level) {
                best = Some((plan.level, period, plan.unit));
            }
        }
        best.map(|(_, period, unit)| (period, unit))
    }

    fn transaction(&self, time: i64, connector: u32) -> Option<(Period, RateUnit)> {
        let charging = self.settings.charging[usize::try_from(connector).unwrap() - 1]?;
        let since = Some(charging.since);
        let is_own = |plan: &Plan| {
            let named = plan.transaction.is_none() || plan.transaction == charging.transaction;
            plan.purpose == Purpose::Tx && plan.connector == connector && named
        };
        let default_at = |place: u32| {
            move |plan: &Plan| plan.purpose == Purpose::TxDefault && plan.connector == place
        };
        let place = if self.plans.iter().any(default_at(connector)) {
            connector
        } else {
            0
        };
        self.best(time, since, is_own)
            .or_else(|| self.best(time, since, default_at(place)))
    }

    fn convert(&self, value: (Period, RateUnit), fewest: Option<Phases>) -> (u128, u128) {
        let rules = self.settings.rules;
        let phases = match rules.phases {
            PhaseRule::OwnPhases => value.0.phases,
            PhaseRule::FewestPhases => fewest,
        };
        let phases = u128::from(phases.map_or(3, Phases::number));
        let watts = u128::from(rules.voltage.get()) * phases;
        let tenths = u128::from(value.0.limit.get());
        match (value.1, rules.unit) {
            (RateUnit::Amperes, RateUnit::Watts) => (tenths * watts, 1),
            (RateUnit::Watts, RateUnit::Amperes) => (tenths, watts),
            _ => (tenths, 1),
        }
    }

    fn at(&self, time: i64, connector: u32) -> Exact {
        let charging = &self.settings.charging;
        let since = match usize::try_from(connector).unwrap().checked_sub(1) {
            Some(place) => charging[place].map(|charging| charging.since),
            None => charging
                .iter()
                .flatten()
                .map(|charging| charging.since)
                .min(),
        };
        let is_max = |plan: &Plan| plan.purpose == Purpose::ChargePointMax && plan.connector == 0;
        let max = self.best(time, since, is_max);
        let fallback = self
            .settings
            .rules
            .fallback
            .map(|limit| (u128::from(limit.get()), 1));
        let named = |value: Option<(Period, RateUnit)>| value.and_then(|(period, _)| period.phases);
        let (rest, phases) = if connector == 0 {
            let each = |connector| {
                let value = self.transaction(time, connector);
                value
                    .map(|value| self.convert(value, value.0.phases))
                    .or(fallback)
            };
            let rest = (1..=CONNECTORS)
                .map(each)
                .try_fold((0, 1), |sum: (u128, u128), rate| {
                    let (top, bottom) = rate?;
                    Some((sum.0 * bottom + top * sum.1, sum.1 * bottom))
                });
            (rest, named(max))
        } else {
            let value = self.transaction(time, connector);
            let phases = [named(max), named(value)].into_iter().flatten().min();
            (value.map(|value| self.convert(value, phases)), phases)
        };
        let max = max.map(|max| self.convert(max, phases));
        let limit = match (max, rest) {
            (Some(max), Some(rest)) => Some(if max.0 * rest.1 <= rest.0 * max.1 {
                max
            } else {
                rest
            }),
            (max, rest) => max.or(rest),
        };
        match limit {
            None if connector != 0 => (fallback, None),
            limit => (limit, phases),
        }
    }
}

/// Walks the window and compares with the model at every moment that is worth it.
fn agree(plans: &[Plan], installed: &[Installed], connector: u32, settings: &Settings) {
    let Settings {
        rules,
        charging,
        window: (start, length),
        ..
    } = settings;
    let window = Window::new(*start, *length);
    let walk = match usize::try_from(connector).unwrap().checked_sub(1) {
        None => Composite::of_station(installed, charging, window, *rules),
        Some(place) => {
            Composite::of_connector(installed, connector, charging[place], window, *rules)
        }
    };
    let length = start.saturating_add(*length) - start;
    let periods: Vec<_> = walk.take(2_000).collect();
    assert_eq!(
        periods.first().map(|period| period.start),
        (length > 0).then_some(0)
    );
    let model = Model { plans, settings };
    // Whatever happens in a long window happens at one of these moments.
    let ends = periods.last().map_or(0, |last| last.start);
    for moment in plans.iter().flat_map(|plan| plan.moments(*start, length)) {
        let at = periods.partition_point(|period| period.start <= moment - start);
        if at > 0 && moment - start < length.min(if periods.len() < 2_000 { length } else { ends })
        {
            equal(&periods[at - 1], model.at(moment, connector));
        }
    }
    let mut before: Option<Exact> = None;
    for (at, period) in periods.iter().enumerate() {
        let end = periods.get(at + 1).map_or(length, |next| next.start);
        assert!(period.start < end, "periods ascend within the window");
        let first = model.at(start + period.start, connector);
        assert!(
            before.is_none_or(|before| !same(before, first)),
            "a period without a change"
        );
        // Every second of short windows, and some of long ones.
        let step = ((end - period.start) / 300).max(1);
        for second in (period.start..end).step_by(usize::try_from(step).unwrap()) {
            let here = model.at(start + second, connector);
            assert!(same(first, here), "{second} of {periods:?}: {here:?}");
        }
        let last = model.at(start + (end - 1), connector);
        assert!(same(first, last), "{end} of {periods:?}: {last:?}");
        equal(period, first);
        before = Some(first);
        if periods.len() == 2_000 && at == 1_998 {
            break;
        }
    }
}

fn same(a: Exact, b: Exact) -> bool {
    let limits = match (a.0, b.0) {
        (Some(a), Some(b)) => a.0 * b.1 == b.0 * a.1,
        (a, b) => a.is_none() && b.is_none(),
    };
    limits && a.1 == b.1
}

fn equal(period: &CompositePeriod, exact: Exact) {
    assert_eq!(period.phases, exact.1);
    let found = period
        .limit
        .map(|limit| (limit.wire(), limit.round(6, Rounding::Floor)));
    let expected = exact.0.map(|(tenths, parts)| {
        let cut = |digits: i8| {
            let scale = 10_u128.pow(u32::from(digits.unsigned_abs()) - 1);
            Decimal::from_parts(
                false,
                u64::try_from(tenths * scale / parts).unwrap(),
                -digits,
            )
            .unwrap()
        };
        (cut(1), cut(6))
    });
    assert_eq!(found, expected);
}
