//! Scans find every meter, within the bound that the documentation states.

mod bus;

use std::collections::BTreeSet;

use bus::{Bus, Faults, scattered};
use mbus_proto::link::SecondaryAddressMask;
use mbus_proto::master::{
    Config, Direction, Event, Master, Outcome, Progress, Unresolved, telegram_bound,
};

struct Scan {
    found: Vec<u32>,
    unresolved: Vec<(SecondaryAddressMask, Unresolved)>,
    progress: Progress,
    outcome: Outcome,
    telegrams: u32,
}

fn scan(bus: &mut Bus, config: Config, mask: SecondaryAddressMask, direction: Direction) -> Scan {
    let mut master = Master::new(config);
    let mut scan = Scan {
        found: Vec::new(),
        unresolved: Vec::new(),
        progress: Progress::default(),
        outcome: Outcome::Canceled,
        telegrams: 0,
    };
    bus.logging = false;
    master.scan_secondary(bus.now, mask, direction).unwrap();
    bus.run(&mut master, |event| match event {
        Event::Found(found) => {
            let address = found.secondary.unwrap();
            assert!(found.consistent);
            scan.found.push(address.identification.to_decimal().unwrap());
        }
        Event::Unresolved { mask, reason } => scan.unresolved.push((*mask, *reason)),
        Event::Progress(progress) => scan.progress = *progress,
        Event::Done(outcome) => scan.outcome = *outcome,
        _ => {}
    });
    scan.telegrams = master.telegrams_sent();
    assert_eq!(scan.telegrams, bus.sent);
    scan
}

/// No reset, to count what the search needs.
fn bare(scan_retries: u8) -> Config {
    Config {
        scan_retries,
        reset: mbus_proto::master::ResetMode::None,
        ..Config::default()
    }
}

fn sorted(mut numbers: Vec<u32>) -> Vec<u32> {
    numbers.sort_unstable();
    numbers
}

/// The telegrams of the plain algorithm of the manual (5.3.2): a selection and a request for each
/// mask, answered or not.
fn plain(numbers: &[u32], retries: u32, in_step: bool) -> u32 {
    let _ = in_step;
    walk(numbers, 0, &mut |meters| match meters {
        0 => 1 + (1 + retries),
        _ => 2,
    })
}

/// The telegrams of libmbus: a request only after exactly one acknowledgement.
fn libmbus(numbers: &[u32], retries: u32, in_step: bool) -> u32 {
    walk(numbers, 0, &mut |meters| match meters {
        0 => 1 + retries,
        1 => 2,
        _ if in_step => 2,
        _ => 1,
    })
}

/// Walks the tree of digits, the first digit first, and adds up the cost of each mask.
fn walk(numbers: &[u32], position: u32, cost: &mut impl FnMut(usize) -> u32) -> u32 {
    (0..10)
        .map(|digit| {
            let under: Vec<u32> = numbers
                .iter()
                .copied()
                .filter(|number| number / 10_u32.pow(7 - position) % 10 == digit)
                .collect();
            let below = if under.len() > 1 { walk(&under, position + 1, cost) } else { 0 };
            cost(under.len()) + below
        })
        .sum()
}

#[test]
fn table() {
    for in_step in [false, true] {
        for retries in [0, 1] {
            for count in [1_usize, 2, 10, 12, 30, 60, 100, 151, 250, 1000] {
                for consecutive in [true, false] {
                    let numbers: Vec<u32> = if consecutive {
                        let first = 12_345_010;
                        (first..first + u32::try_from(count).unwrap()).collect()
                    } else {
                        scattered(count, 1)
                    };
                    let mut bus = Bus::with_identifications(numbers.clone());
                    bus.faults = Faults { in_step, ..Faults::default() };
                    let scan = scan(&mut bus, bare(retries), SecondaryAddressMask::ANY, Direction::Forwards);
                    assert_eq!(scan.outcome, Outcome::Complete);
                    assert_eq!(sorted(scan.found), sorted(numbers.clone()), "{count} {consecutive} {retries}");
                    assert_eq!(scan.unresolved, []);
                    println!("{in_step} r{retries} {count} {} manual {} libmbus {} ours {} bound {}", if consecutive {"consecutive"} else {"random"}, plain(&numbers, retries.into(), in_step), libmbus(&numbers, retries.into(), in_step), scan.telegrams, telegram_bound(u32::try_from(count).unwrap(), retries));
                    assert!(scan.telegrams <= telegram_bound(u32::try_from(count).unwrap(), retries));
                }
            }
        }
    }
}
