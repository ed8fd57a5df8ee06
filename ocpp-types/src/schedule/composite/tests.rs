use alloc::vec::Vec;

use proptest::prelude::*;

use super::super::any::{NOW, any_charging, any_installed, any_rules};
use super::super::limits::Schedule;
use super::super::profile::{DAY, Kind, Recurrence};
use super::*;

const CHARGING: Option<Charging> = Some(Charging {
    since: NOW,
    transaction: Some(17),
});

fn schedule(unit: RateUnit, periods: &[(u32, u64)]) -> Schedule {
    let period = |&(start, limit)| Period::new(start, Tenths::new(limit));
    Schedule::new(unit, periods.iter().map(period)).unwrap()
}

fn amperes(periods: &[(u32, u64)]) -> Schedule {
    schedule(RateUnit::Amperes, periods)
}

fn max(schedule: Schedule) -> Installed {
    Installed::new(
        0,
        Profile::new(1, Purpose::ChargePointMax, Kind::Absolute, 0, schedule),
    )
}

fn daily() -> Installed {
    let schedule = amperes(&[(0, 160), (3600, 100)])
        .starting_at(NOW + 1800)
        .lasting(7200);
    let kind = Kind::Recurring(Recurrence::Daily);
    Installed::new(0, Profile::new(2, Purpose::TxDefault, kind, 0, schedule))
}

/// Start and tenths of every period of connector 1.
fn walk(
    profiles: &[Installed],
    charging: Option<Charging>,
    duration: i64,
) -> Vec<(i64, Option<i64>)> {
    let window = Window::new(NOW, duration);
    Composite::of_connector(profiles, 1, charging, window, Rules::new(RateUnit::Amperes))
        .map(|period| (period.start, period.limit.map(tenths)))
        .collect()
}

fn tenths(rate: Rate) -> i64 {
    i64::try_from(rate.wire().scale_by_power_of_ten(1).unwrap()).unwrap()
}

#[test]
fn the_smaller_one_of_station_and_transaction_counts() {
    let profiles = [
        max(amperes(&[(0, 320), (1800, 200)]).starting_at(NOW)),
        daily(),
    ];
    assert_eq!(
        walk(&profiles, CHARGING, 3600),
        [(0, Some(320)), (1800, Some(160))]
    );
    assert_eq!(
        walk(&profiles, None, 3600),
        [(0, Some(320)), (1800, Some(200))]
    );
}

#[test]
fn the_profile_of_a_transaction_goes_before_the_default() {
    let own = amperes(&[(0, 240), (600, 60), (1200, 135)]).lasting(2400);
    let own = Profile::new(3, Purpose::Tx, Kind::Relative, 0, own).for_transaction(17);
    let profiles = [daily(), Installed::new(1, own)];
    let expected = [
        (0, Some(240)),
        (600, Some(60)),
        (1200, Some(135)),
        (2400, Some(160)),
        (5400, Some(100)),
        (9000, None),
    ];
    assert_eq!(walk(&profiles, CHARGING, 10_000), expected);
    let other = Charging {
        since: NOW,
        transaction: Some(18),
    };
    assert_eq!(
        walk(&profiles, Some(other), 3600),
        [(0, None), (1800, Some(160))]
    );
    let unknown = Charging {
        since: NOW,
        transaction: None,
    };
    assert_eq!(
        walk(&profiles, Some(unknown), 3600),
        [(0, None), (1800, Some(160))]
    );
}

#[test]
fn a_default_of_the_connector_takes_the_place_of_the_stations() {
    let own = amperes(&[(0, 80)]).starting_at(NOW).lasting(600);
    let own = Profile::new(4, Purpose::TxDefault, Kind::Absolute, 0, own);
    let profiles = [daily(), Installed::new(1, own.clone())];
    assert_eq!(
        walk(&profiles, CHARGING, 3600),
        [(0, Some(80)), (600, None)]
    );
    let elsewhere = [daily(), Installed::new(2, own)];
    assert_eq!(
        walk(&elsewhere, CHARGING, 3600),
        [(0, None), (1800, Some(160))]
    );
}

#[test]
fn a_higher_level_that_has_run_out_hands_over() {
    let sunday = NOW - NOW.rem_euclid(WEEK) - 4 * DAY;
    let weekly = amperes(&[(0, 100), (3600, 120)])
        .starting_at(sunday)
        .lasting(7200);
    let every_day = amperes(&[(0, 160), (3600, 200)])
        .starting_at(sunday)
        .lasting(7200);
    let level = |id, recurrence, level, schedule| {
        let kind = Kind::Recurring(recurrence);
        Installed::new(
            0,
            Profile::new(id, Purpose::ChargePointMax, kind, level, schedule),
        )
    };
    let profiles = [
        level(7, Recurrence::Daily, 0, every_day),
        level(8, Recurrence::Weekly, 1, weekly),
    ];
    let at = |time| {
        let rules = Rules::new(RateUnit::Amperes);
        Composite::of_connector(&profiles, 1, None, Window::new(time, 1), rules)
            .map(|period| period.limit.map(tenths))
            .collect::<Vec<_>>()
    };
    assert_eq!(at(sunday + 1800), [Some(100)]);
    assert_eq!(at(sunday + 2 * DAY + 1800), [Some(160)]);
    assert_eq!(at(sunday + 2 * DAY + 10_800), [None]);
}

#[test]
fn phases_of_a_mixed_minimum_are_a_choice() {
    let station = Schedule::new(
        RateUnit::Amperes,
        [Period::new(0, Tenths::new(160)).on(Phases::One)],
    )
    .unwrap()
    .starting_at(NOW);
    let watts = schedule(RateUnit::Watts, &[(0, 20_700)]);
    let default = Profile::new(2, Purpose::TxDefault, Kind::Relative, 0, watts);
    let profiles = [max(station), Installed::new(0, default)];
    let with = |unit, phases| {
        let rules = Rules {
            phases,
            ..Rules::new(unit)
        };
        let window = Window::new(NOW, 60);
        let mut periods = Composite::of_connector(&profiles, 1, CHARGING, window, rules);
        let period = periods.next().unwrap();
        assert_eq!((period.phases, periods.next()), (Some(Phases::One), None));
        tenths(period.limit.unwrap())
    };
    assert_eq!(with(RateUnit::Amperes, PhaseRule::OwnPhases), 30);
    assert_eq!(with(RateUnit::Amperes, PhaseRule::FewestPhases), 90);
    assert_eq!(with(RateUnit::Watts, PhaseRule::OwnPhases), 20_700);
}

#[test]
fn a_station_adds_up_its_connectors_and_stays_below_its_maximum() {
    let each = amperes(&[(0, 160), (1800, 100)]);
    let each = Profile::new(2, Purpose::TxDefault, Kind::Relative, 0, each);
    let station = amperes(&[(0, 250)]).starting_at(NOW);
    let profiles = [Installed::new(0, each), max(station)];
    let later = Charging {
        since: NOW + 600,
        transaction: None,
    };
    let station = |profiles: &[Installed], connectors: &[Option<Charging>], fallback| {
        let rules = Rules {
            fallback: Some(Tenths::new(fallback)),
            ..Rules::new(RateUnit::Amperes)
        };
        Composite::of_station(profiles, connectors, Window::new(NOW, 3600), rules)
            .map(|period| (period.start, period.limit.map(tenths)))
            .collect::<Vec<_>>()
    };
    let both = [
        CHARGING,
        Some(Charging {
            since: NOW - 600,
            ..later
        }),
    ];
    assert_eq!(
        station(&profiles, &both, 320),
        [(0, Some(250)), (1800, Some(200))],
    );
    assert_eq!(
        station(profiles.get(..1).unwrap(), &both, 320),
        [(0, Some(320)), (1200, Some(260)), (1800, Some(200))],
    );
    // an idle connector may begin to charge at any time
    assert_eq!(station(&[], &[None, None], 320), [(0, Some(640))]);
}

#[test]
fn an_unlimited_connector_makes_the_sum_unlimited() {
    let each = amperes(&[(0, 160)]);
    let each = Profile::new(2, Purpose::TxDefault, Kind::Relative, 0, each);
    let profiles = [Installed::new(1, each)];
    let rules = Rules::new(RateUnit::Amperes);
    let connectors = [CHARGING, CHARGING];
    let mut periods = Composite::of_station(&profiles, &connectors, Window::new(NOW, 60), rules);
    assert_eq!(periods.next().map(|period| period.limit), Some(None));
    assert_eq!(periods.next(), None);
}

#[test]
fn windows_without_end_are_walked_in_a_moment() {
    let kind = Kind::Recurring(Recurrence::Daily);
    let flat = amperes(&[(0, 160), (60, 160), (3600, 160)]).starting_at(0);
    let flat = Profile::new(2, Purpose::TxDefault, kind, 0, flat);
    let once = flat.clone().valid_between(None, Some(NOW + 400 * DAY));
    assert_eq!(
        walk(&[Installed::new(0, flat)], CHARGING, i64::MAX),
        [(0, Some(160))]
    );
    let expected = [(0, Some(160)), (400 * DAY, None)];
    assert_eq!(
        walk(&[Installed::new(0, once)], CHARGING, i64::MAX),
        expected
    );
    // a schedule that does change every day is as long as somebody reads on
    let steps = [daily()];
    let window = Window::new(NOW, i64::MAX);
    let rules = Rules::new(RateUnit::Amperes);
    let mut endless = Composite::of_connector(&steps, 1, CHARGING, window, rules);
    let period = endless.nth(3 * 1000 + 1).unwrap();
    assert_eq!(period.start, 1000 * DAY + 1800);
}

#[test]
fn an_empty_window_has_no_period() {
    assert_eq!(walk(&[daily()], CHARGING, 0), []);
    assert_eq!(walk(&[daily()], CHARGING, -1), []);
}

proptest! {
    #[test]
    fn every_second_has_the_limit_of_its_period(
        profiles in prop::collection::vec(any_installed(), 0..6),
        connectors in [any_charging(), any_charging()],
        rules in any_rules(),
        station: bool,
    ) {
        let composite = |start, duration| {
            let window = Window::new(NOW + start, duration);
            if station {
                Composite::of_station(&profiles, &connectors, window, rules)
            } else {
                Composite::of_connector(&profiles, 1, connectors[0], window, rules)
            }
        };
        let periods: Vec<_> = composite(0, 2500).collect();
        prop_assert_eq!(periods.first().map(|period| period.start), Some(0));
        for pair in periods.windows(2) {
            prop_assert!(pair[0].start < pair[1].start);
            prop_assert!((pair[0].limit, pair[0].phases) != (pair[1].limit, pair[1].phases));
        }
        for second in 0..2500 {
            let at = periods.iter().rfind(|period| period.start <= second).unwrap();
            let alone = composite(second, 1).next().unwrap();
            prop_assert_eq!((at.limit, at.phases), (alone.limit, alone.phases), "{}", second);
        }
    }

    #[test]
    fn a_limit_is_never_above_one_that_applies(
        profiles in prop::collection::vec(any_installed(), 0..6),
        charging in any_charging(),
        unit in prop_oneof![Just(RateUnit::Amperes), Just(RateUnit::Watts)],
        second in 0..2500_i64,
    ) {
        let rules = Rules::new(unit);
        let window = Window::new(NOW + second, 1);
        let all = Composite::of_connector(&profiles, 1, charging, window, rules).next().unwrap();
        for purpose in [Purpose::ChargePointMax, Purpose::TxDefault, Purpose::Tx] {
            let some: Vec<_> = profiles
                .iter()
                .filter(|installed| installed.profile().purpose() == purpose)
                .cloned()
                .collect();
            let alone = Composite::of_connector(&some, 1, charging, window, rules).next().unwrap();
            // a TxProfile takes the place of the default, whichever is higher
            let replaced = purpose == Purpose::TxDefault && {
                let tx: Vec<_> = profiles
                    .iter()
                    .filter(|installed| installed.profile().purpose() == Purpose::Tx)
                    .cloned()
                    .collect();
                Composite::of_connector(&tx, 1, charging, window, rules)
                    .next()
                    .is_some_and(|period| period.limit.is_some())
            };
            if let (Some(limit), false) = (alone.limit, replaced) {
                let all = all.limit.expect("a limit that applies");
                prop_assert!(all <= limit);
                prop_assert!(all.wire() <= limit.wire());
            }
        }
    }

    #[test]
    fn a_window_in_two_parts_is_the_same_window(
        profiles in prop::collection::vec(any_installed(), 0..6),
        charging in any_charging(),
        rules in any_rules(),
        cut in 1..2500_i64,
    ) {
        let part = |start, duration| {
            let window = Window::new(NOW + start, duration);
            Composite::of_connector(&profiles, 1, charging, window, rules)
        };
        let whole: Vec<_> = part(0, 2500).collect();
        let mut joined: Vec<_> = part(0, cut).collect();
        for mut period in part(cut, 2500 - cut) {
            period.start += cut;
            let last = joined.last().unwrap();
            if (last.limit, last.phases) != (period.limit, period.phases) {
                joined.push(period);
            }
        }
        prop_assert_eq!(whole, joined);
    }
}
