//! Profiles, transactions and rules to try laws with, all of them within an hour of a moment.

use proptest::prelude::*;

use super::composite::{Charging, PhaseRule, Rules};
use super::limits::{Period, Phases, RateUnit, Schedule, Tenths};
use super::profile::{Kind, Profile, Purpose, Recurrence};
use super::stack::Installed;

pub(super) const NOW: i64 = 1_714_982_400;

fn any_schedule() -> impl Strategy<Value = Schedule> {
    let unit = prop_oneof![Just(RateUnit::Amperes), Just(RateUnit::Watts)];
    let limit = prop_oneof![0..400_u64, (0..20_u64).prop_map(|n| n * 6900)];
    let phases = prop_oneof![Just(None), (1..=3_i64).prop_map(Phases::from_number)];
    let period = (0..400_u32, limit, phases).prop_map(|(start, limit, phases)| Period {
        start: start * 7,
        limit: Tenths::new(limit),
        phases,
    });
    let start = prop::option::of(-700..700_i64);
    let duration = prop::option::of(0..3000_u64);
    (unit, prop::collection::vec(period, 1..5), start, duration).prop_map(
        |(unit, periods, start, duration)| {
            let mut schedule = Schedule::new(unit, periods).unwrap();
            if let Some(start) = start {
                schedule = schedule.starting_at(NOW + start * 11);
            }
            duration.map_or(schedule.clone(), |seconds| schedule.lasting(seconds))
        },
    )
}

pub(super) fn any_installed() -> impl Strategy<Value = Installed> {
    let purpose = prop_oneof![
        Just(Purpose::ChargePointMax),
        Just(Purpose::TxDefault),
        Just(Purpose::Tx),
    ];
    let kind = prop_oneof![
        Just(Kind::Absolute),
        Just(Kind::Relative),
        Just(Kind::Recurring(Recurrence::Daily)),
        Just(Kind::Recurring(Recurrence::Weekly)),
    ];
    let valid = (
        prop::option::of(-500..500_i64),
        prop::option::of(-500..2000_i64),
    );
    let (id, connector, level) = (0..100_i64, 0..3_u32, 0..3_i64);
    (id, connector, purpose, kind, level, valid, any_schedule()).prop_map(
        |(id, connector, purpose, kind, level, (from, to), schedule)| {
            let profile = Profile::new(id, purpose, kind, level, schedule)
                .valid_between(from.map(|from| NOW + from), to.map(|to| NOW + to));
            Installed::new(connector, profile)
        },
    )
}

pub(super) fn any_rules() -> impl Strategy<Value = Rules> {
    let unit = prop_oneof![Just(RateUnit::Amperes), Just(RateUnit::Watts)];
    let phases = prop_oneof![Just(PhaseRule::OwnPhases), Just(PhaseRule::FewestPhases)];
    (unit, phases, prop::option::of(0..1000_u64)).prop_map(|(unit, phases, fallback)| Rules {
        phases,
        fallback: fallback.map(Tenths::new),
        ..Rules::new(unit)
    })
}

pub(super) fn any_charging() -> impl Strategy<Value = Option<Charging>> {
    prop::option::of((-1000..1000_i64).prop_map(|since| Charging {
        since: NOW + since,
        transaction: None,
    }))
}
