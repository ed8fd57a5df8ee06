//! Scans find every meter, within the bound that the documentation states.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod bus;

use core::time::Duration;

use bus::{Bus, Chunks, Faults, address, meter, prompt_meter, scattered, water_meter};
use mbus_proto::link::{Identification, PrimaryAddress, SecondaryAddressMask};
use mbus_proto::master::{
    Acknowledgement, AnswerAddress, Config, Confirmation, Direction, Event, Master, Outcome,
    PrimaryProbe, Progress, ResetMode, Resolution, Target, Unresolved, telegram_bound,
};
use mbus_proto::meter::{self, Meter};
use mbus_proto::meter_units::{Instant, Medium};
use proptest::prelude::*;

#[derive(Debug, PartialEq)]
struct Scan {
    found: Vec<(Target, String)>,
    inconsistent: usize,
    unresolved: Vec<(String, Unresolved)>,
    collisions: Vec<u8>,
    progress: Progress,
    outcome: Outcome,
    telegrams: u32,
}

impl Scan {
    fn numbers(&self) -> Vec<u32> {
        let of = |(_, address): &(Target, String)| address[..8].parse().unwrap();
        let mut numbers: Vec<u32> = self.found.iter().map(of).collect();
        numbers.sort_unstable();
        numbers
    }
}

fn search(bus: &mut Bus, config: Config, mask: &str, direction: Direction) -> Scan {
    scan(bus, config, |master, now| {
        let mask = mask.parse().unwrap();
        master.scan_secondary(now, mask, direction).unwrap();
    })
}

fn scan(bus: &mut Bus, config: Config, begin: impl FnOnce(&mut Master, Instant)) -> Scan {
    let mut master = Master::new(config);
    let mut scan = Scan {
        found: Vec::new(),
        inconsistent: 0,
        unresolved: Vec::new(),
        collisions: Vec::new(),
        progress: Progress::default(),
        outcome: Outcome::Canceled,
        telegrams: 0,
    };
    bus.logging = false;
    let before = bus.sent;
    begin(&mut master, bus.now);
    bus.run(&mut master, |event| match event {
        Event::Found(found) => {
            let address = found.secondary.map(|it| it.to_string());
            scan.found.push((found.at, address.unwrap_or_default()));
            scan.inconsistent += usize::from(!found.consistent);
        }
        Event::Unresolved { mask, reason } => scan.unresolved.push((mask.to_string(), *reason)),
        Event::Collision { address } => scan.collisions.push(address.code()),
        Event::Progress(progress) => {
            assert_eq!(progress.tried, scan.progress.tried + 1);
            scan.progress = *progress;
        }
        Event::Done(outcome) => scan.outcome = *outcome,
        event => panic!("{event:?}"),
    });
    scan.telegrams = master.telegrams_sent();
    assert_eq!(scan.telegrams, bus.sent - before);
    scan
}

/// Without resets, to count what the search itself needs.
fn bare(scan_retries: u8) -> Config {
    Config {
        scan_retries,
        reset: ResetMode::None,
        ..Config::default()
    }
}

fn consecutive(count: usize) -> Vec<u32> {
    (12_345_010..).take(count).collect()
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers
}

/// The plain algorithm of the manual (5.3.2): a selection and a request for each mask.
fn manual(numbers: &[u32]) -> u32 {
    walk(numbers, 0, &|_| 2)
}

/// That of libmbus: a request only after exactly one acknowledgement, a selection again where none
/// came.
fn libmbus(numbers: &[u32], retries: u32) -> u32 {
    walk(numbers, 0, &|meters| match meters {
        0 => 1 + retries,
        1 => 2,
        _ => 1,
    })
}

/// Walks the tree of digits, the first one first, and adds up the cost of each mask.
fn walk(numbers: &[u32], position: u32, cost: &impl Fn(usize) -> u32) -> u32 {
    let place = 10_u32.pow(7 - position);
    let under = |digit| {
        let has_digit = |number: &u32| number / place % 10 == digit;
        numbers
            .iter()
            .copied()
            .filter(has_digit)
            .collect::<Vec<u32>>()
    };
    let cost_of = |digit| {
        let under = under(digit);
        let below = match under.len() {
            0 | 1 => 0,
            _ => walk(&under, position + 1, cost),
        };
        cost(under.len()) + below
    };
    (0..10).map(cost_of).sum()
}

/// The digits in the order in which our search mostly fixes them.
///
/// Which order suits scattered numbers is chance. With the same order for the others, a few buses
/// are enough to compare.
fn last_three_first(number: u32) -> u32 {
    number % 1000 * 100_000 + number / 1000
}

/// The table in the documentation of `Master::scan_secondary`: meters, whether their numbers are
/// consecutive, telegrams of the manual, of libmbus and of ours, the latter two without repetition
/// and with one.
const TABLE: [(usize, bool, [u32; 5]); 12] = [
    (1, true, [20, 11, 2, 20, 2]),
    (1, false, [20, 11, 2, 20, 2]),
    (10, true, [160, 90, 21, 153, 21]),
    (10, false, [83, 52, 52, 80, 79]),
    (30, true, [200, 130, 82, 191, 98]),
    (30, false, [266, 163, 163, 254, 252]),
    (100, true, [360, 280, 232, 343, 250]),
    (100, false, [855, 528, 522, 813, 809]),
    (250, true, [680, 590, 542, 647, 554]),
    (250, false, [2266, 1383, 1363, 2154, 2122]),
    (1000, true, [2360, 2180, 2112, 2243, 2112]),
    (1000, false, [8715, 5358, 5211, 8280, 8091]),
];

#[test]
fn telegrams_are_as_many_as_documented() {
    for (count, in_order, expected) in TABLE {
        // The mean over several buses, where numbers are random.
        let buses: Vec<Vec<u32>> = match (in_order, count) {
            (true, _) => vec![consecutive(count)],
            (false, _) => {
                let buses = 4000 / u64::try_from(count).unwrap();
                (1..=buses).map(|seed| scattered(count, seed)).collect()
            }
        };
        let mut sums = [0; 5];
        for numbers in &buses {
            let ours = |retries: u8| {
                let mut bus = Bus::with_identifications(numbers.iter().copied());
                let config = bare(retries);
                let scan = search(&mut bus, config, "FFFFFFFF.FFFF.FF.FF", Direction::Forwards);
                assert_eq!(scan.outcome, Outcome::Complete);
                assert_eq!(scan.numbers(), sorted(numbers.clone()));
                assert_eq!(scan.unresolved, []);
                let meters = u32::try_from(count).unwrap();
                assert_eq!(scan.progress.found, meters);
                assert_eq!(scan.progress.rest, 0);
                assert!(scan.telegrams <= telegram_bound(meters, retries));
                scan.telegrams
            };
            let walked: Vec<u32> = if in_order {
                numbers.clone()
            } else {
                numbers.iter().copied().map(last_three_first).collect()
            };
            let all = [
                manual(&walked),
                libmbus(&walked, 0),
                ours(0),
                libmbus(&walked, 1),
                ours(1),
            ];
            for (sum, telegrams) in sums.iter_mut().zip(all) {
                *sum += telegrams;
            }
        }
        let buses = u32::try_from(buses.len()).unwrap();
        let means = sums.map(|sum| (sum + buses / 2) / buses);
        assert_eq!(means, expected, "{count} meters, consecutive: {in_order}");
    }
}

#[test]
fn the_last_digit_is_not_selected_where_several_meters_must_have_it() {
    let mut bus = Bus::with_identifications([11_111_119, 22_222_229]);
    let any = "FFFFFFFF.FFFF.FF.FF";
    let scan = search(&mut bus, bare(0), any, Direction::Forwards);
    assert_eq!(scan.numbers(), [11_111_119, 22_222_229]);
    // The mask itself, the last digits 0 to 8, the digits before a 9, and two requests.
    assert_eq!(scan.telegrams, 1 + 9 + 10 + 2);
}

#[test]
fn a_lone_meter_is_found_where_many_were_expected() {
    // Nobody else has a 9 in the third digit from the last, and the next digit of this one is an Ah.
    let mut numbers = scattered(120, 3);
    numbers.retain(|number| number / 100 % 10 != 9);
    let mut slaves: Vec<_> = numbers.iter().copied().map(water_meter).collect();
    let mut lone = address(0);
    lone.identification = Identification::from_bcd(0x1234_59A7);
    slaves.push(meter(lone, &[1]));
    let mut bus = Bus::new(slaves);
    let any = "FFFFFFFF.FFFF.FF.FF";
    let scan = search(&mut bus, bare(0), any, Direction::Forwards);
    assert_eq!((scan.outcome, scan.unresolved), (Outcome::Complete, vec![]));
    let (at, found) = scan.found.last().unwrap();
    assert_eq!(found, "123459A7.PAD.01.07");
    let mask = "FFFFF9FF.FFFF.FF.FF".parse().unwrap();
    assert_eq!(*at, Target::Secondary(mask));
    assert_eq!(scan.found.len(), numbers.len() + 1);
}

#[test]
fn meters_that_acknowledge_as_one_are_told_apart() {
    for count in [1, 2, 10, 100, 250] {
        for numbers in [consecutive(count), scattered(count, 7)] {
            let meters = u32::try_from(count).unwrap();
            let mut bus = Bus::new(numbers.iter().copied().map(prompt_meter).collect());
            let scan = search(
                &mut bus,
                bare(0),
                "FFFFFFFF.FFFF.FF.FF",
                Direction::Backwards,
            );
            assert_eq!(scan.outcome, Outcome::Complete);
            assert_eq!(scan.numbers(), sorted(numbers));
            assert!(scan.telegrams <= telegram_bound(meters, 0));
        }
    }
}

#[test]
fn pairs_that_differ_in_one_digit_stay_within_the_bound() {
    // The worst that can be: each pair has seven masks of its own.
    let pairs = |digit: u32| {
        let of = move |pair: u32| [pair * 1_111_111, pair * 1_111_111 + 10_u32.pow(digit)];
        (0..9).flat_map(of).collect::<Vec<u32>>()
    };
    for digit in 0..7 {
        for direction in [Direction::Forwards, Direction::Backwards] {
            let numbers = pairs(digit);
            let mut bus = Bus::new(numbers.iter().copied().map(prompt_meter).collect());
            let scan = search(&mut bus, bare(1), "FFFFFFFF.FFFF.FF.FF", direction);
            assert_eq!(scan.outcome, Outcome::Complete);
            assert_eq!(scan.numbers(), sorted(numbers));
            assert!(scan.telegrams <= telegram_bound(18, 1), "{digit}");
        }
    }
}

/// Batches of meters, each with a first number, a distance and a count.
fn batches() -> impl Strategy<Value = Vec<u32>> {
    let step = prop::sample::select(vec![1_u32, 1, 7, 10, 100, 1000, 1_234_567]);
    let batch = (0..100_000_000_u32, step, 1..90_u32);
    prop::collection::vec(batch, 1..5).prop_map(|batches| {
        let of = |(first, step, count): (u32, u32, u32)| {
            (0..count).map(move |index| (first + index * step) % 100_000_000)
        };
        let mut numbers: Vec<u32> = batches.into_iter().flat_map(of).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_meter_is_missed_on_a_clean_line(numbers in batches(), backwards: bool, prompt: bool) {
        let meter = if prompt { prompt_meter } else { water_meter };
        let mut bus = Bus::new(numbers.iter().copied().map(meter).collect());
        let direction = if backwards { Direction::Backwards } else { Direction::Forwards };
        let scan = search(&mut bus, bare(0), "FFFFFFFF.FFFF.FF.FF", direction);
        let meters = u32::try_from(numbers.len()).unwrap();
        prop_assert_eq!(scan.outcome, Outcome::Complete);
        prop_assert_eq!(scan.numbers(), numbers);
        prop_assert_eq!(scan.unresolved, vec![]);
        prop_assert!(scan.telegrams <= telegram_bound(meters, 0));
    }
}

#[test]
fn an_empty_bus_takes_one_selection_and_its_repetition() {
    let mut bus = Bus::new(Vec::new());
    let scan = search(
        &mut bus,
        bare(1),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!((scan.telegrams, scan.outcome), (2, Outcome::Complete));
}

#[test]
fn both_directions_find_the_same() {
    let numbers = scattered(40, 3);
    let mut bus = Bus::with_identifications(numbers.iter().copied());
    let any = "FFFFFFFF.FFFF.FF.FF";
    let forwards = search(&mut bus, Config::default(), any, Direction::Forwards);
    let backwards = search(&mut bus, Config::default(), any, Direction::Backwards);
    assert_eq!(forwards.numbers(), sorted(numbers));
    assert_eq!(forwards.numbers(), backwards.numbers());
    assert_ne!(forwards.found, backwards.found);
}

#[test]
fn a_mask_limits_the_search() {
    let mut numbers = consecutive(15);
    numbers.extend([33_000_001, 33_000_002]);
    let mut bus = Bus::with_identifications(numbers);
    let scan = search(
        &mut bus,
        Config::default(),
        "33FFFFFF.PAD.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers(), [33_000_001, 33_000_002]);
    let scan = search(
        &mut bus,
        Config::default(),
        "33FFFFFF.EMH.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers(), []);
    let scan = search(
        &mut bus,
        Config::default(),
        "1234501F.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers().len(), 10);
    let scan = search(
        &mut bus,
        Config::default(),
        "12345011.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers(), [12_345_011]);
}

/// Meters with the same identification that differ in one part of the address.
fn twins() -> Vec<bus::Slave> {
    let one = address(12_345_678);
    let mut heat = one;
    heat.medium = Medium(0x04);
    let mut younger = one;
    younger.version = 2;
    let mut other = one;
    other.manufacturer = "EMH".parse().unwrap();
    let mut addresses = [one, heat, younger, other];
    addresses.reverse();
    let mut slaves: Vec<_> = addresses.iter().map(|it| meter(*it, &[1])).collect();
    slaves.push(water_meter(11_111_111));
    slaves
}

#[test]
fn equal_identifications_are_told_apart_by_the_rest_of_the_address() {
    let mut bus = Bus::new(twins());
    let scan = search(
        &mut bus,
        Config::default(),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.outcome, Outcome::Complete);
    assert_eq!(scan.unresolved, []);
    let mut addresses: Vec<_> = scan
        .found
        .iter()
        .map(|(_, address)| address.as_str())
        .collect();
    addresses.sort_unstable();
    assert_eq!(
        addresses,
        [
            "11111111.PAD.01.07",
            "12345678.EMH.01.07",
            "12345678.PAD.01.04",
            "12345678.PAD.01.07",
            "12345678.PAD.02.07",
        ]
    );
}

#[test]
fn equal_identifications_are_reported_where_no_more_is_wanted() {
    let mut bus = Bus::new(twins());
    let config = Config {
        resolution: Resolution::Identification,
        ..Config::default()
    };
    let scan = search(&mut bus, config, "FFFFFFFF.FFFF.FF.FF", Direction::Forwards);
    assert_eq!(scan.numbers(), [11_111_111]);
    let mask = "12345678.FFFF.FF.FF".to_owned();
    assert_eq!(scan.unresolved, [(mask, Unresolved::Alike)]);
}

fn with_fabrication(number: Option<u32>) -> bus::Slave {
    let delay = u64::from(number.unwrap_or(0) % 7) * 10 + 5;
    Meter::new(meter::Config {
        fabrication: number.and_then(Identification::from_decimal),
        answer_delay: Duration::from_millis(delay),
        ..meter::Config::new(address(12_345_678))
    })
}

#[test]
fn equal_addresses_are_told_apart_by_fabrication_number() {
    let numbers = [1_020_304, 1_020_399, 77_777_777];
    let slaves = numbers.iter().map(|number| with_fabrication(Some(*number)));
    let mut bus = Bus::new(slaves.collect());
    let mask = "12345678.PAD.01.07";
    let scan = search(&mut bus, Config::default(), mask, Direction::Forwards);
    assert_eq!(scan.outcome, Outcome::Complete);
    assert_eq!(scan.unresolved, []);
    let mut found: Vec<String> = Vec::new();
    for (target, _) in &scan.found {
        let Target::Fabrication(_, number) = target else {
            panic!("{target:?}");
        };
        found.push(number.to_string());
    }
    found.sort_unstable();
    assert_eq!(found, ["0102030F", "0102039F", "7FFFFFFF"]);
}

#[test]
fn meters_alike_are_reported() {
    let mut bus = Bus::new(vec![
        meter(address(12_345_678), &[1]),
        prompt_meter(12_345_678),
        water_meter(99_999_999),
    ]);
    let scan = search(
        &mut bus,
        Config::default(),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers(), [99_999_999]);
    let mask = "12345678.PAD.01.07".to_owned();
    assert_eq!(scan.unresolved.len(), 1, "{:?}", scan.unresolved);
    assert_eq!(scan.unresolved[0].0, mask);
}

#[test]
fn hexadecimal_digits_are_found_where_somebody_must_be() {
    let mut hex = address(0);
    hex.identification = Identification::from_bcd(0x1234_56AB);
    let mut other = hex;
    other.identification = Identification::from_bcd(0x1234_56EB);
    let mut bus = Bus::new(vec![meter(hex, &[1]), meter(other, &[2])]);
    let mut master = Master::new(Config::default());
    let mut found = Vec::new();
    bus.run_search(&mut master, |event| {
        if let Event::Found(meter) = event {
            found.push(meter.secondary.unwrap().to_string());
        }
    });
    assert_eq!(found, ["123456AB.PAD.01.07", "123456EB.PAD.01.07"]);
}

#[test]
fn a_wrong_address_in_the_answer_is_reported_with_the_mask_that_works() {
    // The identification in the header is another one than that of the selection.
    let mut bus = Bus::with_identifications([12_345_678, 22_345_678]).with_quirk(0, |answer| {
        if let Some(byte) = answer.get_mut(10) {
            *byte = 0x92;
            let sum = answer[4..answer.len() - 2]
                .iter()
                .fold(0_u8, |sum, it| sum.wrapping_add(*it));
            let at = answer.len() - 2;
            answer[at] = sum;
        }
    });
    let scan = search(
        &mut bus,
        Config::default(),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.outcome, Outcome::Complete);
    assert_eq!(scan.inconsistent, 1);
    assert_eq!(scan.numbers(), [22_345_678, 92_345_678]);
    let (Target::Secondary(mask), _) = scan.found[0] else {
        panic!("{:?}", scan.found);
    };
    let mut master = Master::new(Config {
        answer_address: AnswerAddress::Any,
        ..Config::default()
    });
    master.read(bus.now, mask).unwrap();
    let mut outcome = None;
    bus.run(&mut master, |event| {
        if let Event::Done(end) = event {
            outcome = Some(*end);
        }
    });
    assert_eq!(outcome, Some(Outcome::Complete));
}

#[test]
fn meters_that_acknowledge_and_say_nothing_are_reported() {
    let mut bus = Bus::with_identifications([12_345_678, 22_345_678]);
    bus.slaves[0].set_availability(meter::Availability::Silent);
    let scan = search(
        &mut bus,
        Config::default(),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.numbers(), [22_345_678]);
    assert_eq!(scan.unresolved.len(), 1);
    assert_eq!(scan.unresolved[0].1, Unresolved::NoData);
}

#[test]
fn noise_without_end_ends() {
    // Something answers everything, with a character that is no acknowledgement.
    let faults = Faults {
        spikes: 1000,
        ..Faults::default()
    };
    let mut bus = Bus::new(Vec::new()).with_faults(faults);
    let scan = search(
        &mut bus,
        Config::default(),
        "FFFFFFFF.FFFF.FF.FF",
        Direction::Forwards,
    );
    assert_eq!(scan.outcome, Outcome::Endless);
    assert!(scan.telegrams <= 10_000, "{}", scan.telegrams);
}

#[test]
fn a_bad_line_costs_telegrams_and_no_meters() {
    let faults = Faults {
        loss: 5,
        noise: 20,
        spikes: 5,
        echo: true,
        delay: Duration::from_millis(30),
        chunks: Chunks::Of(16),
    };
    let config = Config {
        scan_retries: 3,
        ..Config::default()
    };
    for seed in 0..10 {
        let numbers = scattered(30, 100 + seed);
        let mut bus = Bus::with_identifications(numbers.iter().copied())
            .with_faults(faults)
            .with_seed(seed);
        let scan = search(&mut bus, config, "FFFFFFFF.FFFF.FF.FF", Direction::Forwards);
        assert_eq!(scan.outcome, Outcome::Complete);
        assert_eq!(scan.numbers(), sorted(numbers), "seed {seed}");
        assert!(scan.telegrams <= 4 * telegram_bound(30, 3));
    }
}

#[test]
fn chunks_make_no_difference_to_a_search() {
    let run = |chunks| {
        let faults = Faults {
            loss: 10,
            noise: 20,
            spikes: 20,
            echo: true,
            chunks,
            ..Faults::default()
        };
        let mut bus = Bus::with_identifications(scattered(25, 5)).with_faults(faults);
        search(
            &mut bus,
            Config::default(),
            "FFFFFFFF.FFFF.FF.FF",
            Direction::Forwards,
        )
    };
    let bytes = run(Chunks::Bytes);
    assert_eq!(bytes, run(Chunks::Whole));
    assert_eq!(bytes, run(Chunks::Of(7)));
}

#[test]
fn an_assumed_acknowledgement_finds_meters_that_give_none() {
    let mut bus = Bus::with_identifications([12_345_678, 22_345_678]).with_quirk(1, |answer| {
        if answer == &[0xE5] {
            answer.clear();
        }
    });
    let config = Config {
        acknowledgement: Acknowledgement::Assumed,
        ..Config::default()
    };
    let scan = search(&mut bus, config, "FFFFFFFF.FFFF.FF.FF", Direction::Forwards);
    assert_eq!(scan.numbers(), [12_345_678, 22_345_678]);
    assert_eq!(scan.unresolved, []);
}

fn addressed(addresses: &[u8]) -> Bus {
    let slaves = addresses.iter().zip(1..).map(|(address, number)| {
        let mut slave = water_meter(number * 1_000_001);
        slave.set_primary_address(PrimaryAddress::from_code(*address));
        slave
    });
    Bus::new(slaves.collect())
}

#[test]
fn a_sweep_finds_primary_addresses_and_collisions() {
    for probe in [PrimaryProbe::Request, PrimaryProbe::Reset] {
        let mut bus = addressed(&[0, 1, 17, 17, 250]);
        let config = Config {
            primary_probe: probe,
            ..bare(1)
        };
        let scan = scan(&mut bus, config, |master, now| {
            master.scan_primary(now, 0..=250).unwrap();
        });
        let found: Vec<_> = scan.found.iter().map(|(target, _)| *target).collect();
        let expected = [0, 1, 250].map(|code| Target::Primary(PrimaryAddress::from_code(code)));
        assert_eq!(found, expected);
        assert_eq!(scan.collisions, [17]);
        assert_eq!((scan.progress.tried, scan.progress.rest), (251, 0));
        let expected = match probe {
            // Twice for nobody, once for one, three times for two.
            PrimaryProbe::Request => 247 * 2 + 3 + 3,
            PrimaryProbe::Reset => 247 * 2 + 3 * 2 + 3,
        };
        assert_eq!(scan.telegrams, expected);
    }
}

#[test]
fn batches_with_the_same_last_digits_are_told_apart() {
    let batch = |first: u32, count: usize| (first..).take(count);
    for (one, two) in [(20, 20), (100, 40), (9, 120), (250, 250)] {
        let numbers: Vec<u32> = batch(12_345_000, one)
            .chain(batch(66_010_000, two))
            .collect();
        for direction in [Direction::Forwards, Direction::Backwards] {
            let mut bus = Bus::with_identifications(numbers.iter().copied());
            let scan = search(&mut bus, bare(1), "FFFFFFFF.FFFF.FF.FF", direction);
            assert_eq!(scan.outcome, Outcome::Complete);
            assert_eq!(scan.numbers(), numbers);
            // What the change of order costs is little.
            assert!(
                scan.telegrams <= libmbus(&numbers, 1) * 5 / 4,
                "{one} {two}"
            );
        }
    }
}

#[test]
fn a_wrong_number_hides_no_meter() {
    // It calls itself 12345611, where everybody with a last digit below 8 has been found.
    let mut bus = Bus::with_identifications([12_345_678, 22_345_678]).with_quirk(0, |answer| {
        if answer.len() > 9 {
            let sum = answer.len() - 2;
            answer[sum] = answer[sum].wrapping_sub(answer[7]).wrapping_add(0x11);
            answer[7] = 0x11;
        }
    });
    let any = "FFFFFFFF.FFFF.FF.FF";
    let scan = search(&mut bus, Config::default(), any, Direction::Forwards);
    assert_eq!(scan.numbers(), [12_345_611, 22_345_678]);
}

#[test]
fn a_thousand_meters_on_a_bad_line_are_found_and_read() {
    let numbers = scattered(1000, 11);
    let faults = Faults {
        loss: 5,
        noise: 10,
        spikes: 2,
        echo: true,
        delay: Duration::from_millis(20),
        chunks: Chunks::Whole,
    };
    let config = Config {
        scan_retries: 3,
        retries: 5,
        confirmation: Confirmation::Selection,
        ..Config::default()
    };
    let mut bus = Bus::with_identifications(numbers.iter().copied()).with_faults(faults);
    let any = "FFFFFFFF.FFFF.FF.FF";
    let scan = search(&mut bus, config, any, Direction::Forwards);
    assert_eq!(scan.outcome, Outcome::Complete);
    let found = scan.numbers();
    let lost: Vec<_> = numbers.iter().filter(|it| !found.contains(it)).collect();
    assert_eq!(lost, [] as [&u32; 0]);
    assert_eq!(found.len(), 1000);
    assert!(scan.telegrams <= telegram_bound(1000, 3));

    let mut master = Master::new(config);
    for (_, address) in scan.found {
        let mut volumes = Vec::new();
        let mask: SecondaryAddressMask = address.parse().unwrap();
        master.read(bus.now, mask).unwrap();
        bus.run(&mut master, |event| match event {
            Event::Telegram(response) => volumes.extend(bus::volumes(response.bytes)),
            Event::Done(outcome) => assert_eq!(*outcome, Outcome::Complete),
            _ => {}
        });
        let number: u32 = address[..8].parse().unwrap();
        let litres = number % 1_000_000;
        assert_eq!(
            volumes,
            [format!("{}.{:03} m³", litres / 1000, litres % 1000)]
        );
    }
}

#[test]
fn a_meter_that_was_hidden_by_another_is_found_all_the_same() {
    // On such a line, selections that only one of two meters hears are common.
    let faults = Faults {
        loss: 60,
        ..Faults::default()
    };
    let config = Config {
        scan_retries: 5,
        retries: 8,
        confirmation: Confirmation::Selection,
        ..Config::default()
    };
    let any = "FFFFFFFF.FFFF.FF.FF";
    let mut missed = 0;
    for seed in 0..40 {
        let numbers = scattered(20, 500 + seed);
        let mut bus = Bus::with_identifications(numbers.iter().copied())
            .with_faults(faults)
            .with_seed(seed);
        let scan = search(&mut bus, config, any, Direction::Forwards);
        assert_eq!(scan.outcome, Outcome::Complete);
        let found = scan.numbers();
        let mut once = found.clone();
        once.dedup();
        assert_eq!(found, once, "seed {seed}");
        missed += numbers.len() - found.len();
    }
    // A hundredth at most, where without confirmation every tenth is hidden.
    assert!(missed <= 8, "{missed}");
}
