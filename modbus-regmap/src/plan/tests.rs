//! Plans beside those of an exhaustive search.

extern crate alloc;
use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::Table;
use crate::map::AddressRange;

const TABLE: Table = Table::InputRegister;

fn item(address: u16, count: u16) -> PlanItem {
    PlanItem::new(Read::new(TABLE, address, count))
}

fn forbid(first: u16, last: u16) -> AddressRange {
    AddressRange {
        table: Some(TABLE),
        first,
        last,
    }
}

/// The requests as address and count.
fn plan(items: &[(u16, u16)], limits: Limits<'_>) -> Vec<(u16, u16)> {
    let items: Vec<_> = items
        .iter()
        .map(|&(address, count)| item(address, count))
        .collect();
    let plan = Plan::new(items, limits).unwrap();
    let reads = plan.requests().map(|request| request.read());
    reads.map(|read| (read.address, read.count)).collect()
}

fn refused(address: u16, count: u16, limits: Limits<'_>) -> PlanErrorKind {
    let error = Plan::new([item(address, count)], limits).unwrap_err();
    assert_eq!(error.read, Read::new(TABLE, address, count));
    error.kind
}

#[test]
fn nothing_needs_no_request() {
    assert_eq!(plan(&[], Limits::new()), []);
}

#[test]
fn what_lies_within_another_value_comes_with_it() {
    let values = [(12, 1), (10, 4), (10, 2), (12, 2), (10, 4)];
    assert_eq!(plan(&values, Limits::new()), [(10, 4)]);
}

#[test]
fn a_hole_is_bridged_up_to_the_limit() {
    let values = [(0, 2), (5, 2)];
    assert_eq!(plan(&values, Limits::new().max_gap(3)), [(0, 7)]);
    assert_eq!(plan(&values, Limits::new().max_gap(2)), [(0, 2), (5, 2)]);
}

#[test]
fn a_hole_within_a_value_is_none() {
    assert_eq!(plan(&[(0, 2), (1, 9), (10, 2)], Limits::new()), [(0, 12)]);
}

#[test]
fn of_plans_of_as_many_requests_the_one_that_reads_less_is_taken() {
    // three values within 6 registers; either two fit into one request
    let limits = Limits::new().max_registers(6).max_gap(4);
    assert_eq!(plan(&[(0, 2), (4, 2), (6, 2)], limits), [(0, 2), (4, 4)]);
}

#[test]
fn forbidden_cells_are_not_bridged() {
    let ranges = [forbid(100, 200), forbid(3, 3)];
    let limits = Limits::new().max_gap(10).forbidden(&ranges);
    assert_eq!(plan(&[(0, 2), (4, 2), (8, 2)], limits), [(0, 2), (4, 6)]);
}

#[test]
fn what_is_forbidden_in_one_table_is_allowed_in_another() {
    let ranges = [AddressRange {
        table: Some(Table::HoldingRegister),
        first: 0,
        last: 9,
    }];
    assert_eq!(plan(&[(0, 2)], Limits::new().forbidden(&ranges)), [(0, 2)]);
    let everywhere = [AddressRange {
        table: None,
        first: 1,
        last: 1,
    }];
    let refused = refused(0, 2, Limits::new().forbidden(&everywhere));
    assert_eq!(refused, PlanErrorKind::Forbidden { address: 1 });
}

#[test]
fn an_odd_request_is_filled_up() {
    let even = Limits::new().even_count();
    assert_eq!(plan(&[(0, 3)], even), [(0, 4)]);
    let ranges = [forbid(5, 5)];
    assert_eq!(plan(&[(2, 3)], even.forbidden(&ranges)), [(1, 4)]);
    assert_eq!(plan(&[(65_535, 1)], even), [(65_534, 2)]);
    assert_eq!(plan(&[(3, 2)], Limits::new().even_start()), [(2, 3)]);
    assert_eq!(plan(&[(3, 2)], even.even_start()), [(2, 4)]);
}

#[test]
fn evenness_is_for_registers_only() {
    let limits = Limits::new().even_count().even_start();
    let coil = PlanItem::new(Read::new(Table::Coil, 3, 1));
    let plan = Plan::new([coil], limits).unwrap();
    assert_eq!(plan.requests().next().unwrap().read(), coil.read());
}

#[test]
fn tables_have_requests_of_their_own() {
    let items = [4, 3, 2, 1].map(|code| {
        let table = Table::from_read_function(code).unwrap();
        PlanItem::new(Read::new(table, 0, 120)).with_tag(code.into())
    });
    let plan = Plan::new(items, Limits::new()).unwrap();
    let tags: Vec<_> = plan
        .requests()
        .map(|request| request.items()[0].tag())
        .collect();
    assert_eq!(tags, [1, 2, 3, 4]);
}

#[test]
fn bits_and_registers_have_limits_of_their_own() {
    let bits = [0, 1999].map(|address| PlanItem::new(Read::new(Table::Coil, address, 1)));
    let limits = Limits::new().max_gap(5000);
    assert_eq!(Plan::new(bits, limits).unwrap().requests().count(), 1);
    assert_eq!(
        Plan::new(bits, limits.max_bits(1999))
            .unwrap()
            .requests()
            .count(),
        2
    );
    assert_eq!(plan(&[(0, 1), (125, 1)], limits).len(), 2);
    assert_eq!(
        plan(&[(0, 1), (124, 1)], limits.max_registers(500)).len(),
        1
    );
}

#[test]
fn what_cannot_be_read_is_refused() {
    let limits = Limits::new();
    assert_eq!(refused(7, 0, limits), PlanErrorKind::Empty);
    assert_eq!(refused(65_535, 2, limits), PlanErrorKind::PastEnd);
    assert_eq!(refused(0, 126, limits), PlanErrorKind::TooLong { max: 125 });
    let limits = limits.max_registers(5);
    assert_eq!(refused(0, 6, limits), PlanErrorKind::TooLong { max: 5 });
    assert_eq!(refused(0, 5, limits.even_count()), PlanErrorKind::Alignment);
    let ranges = [forbid(12, 12), forbid(11, 11)];
    let limits = limits.forbidden(&ranges);
    assert_eq!(
        refused(9, 4, limits),
        PlanErrorKind::Forbidden { address: 11 }
    );
    assert_eq!(
        refused(13, 1, limits.even_start()),
        PlanErrorKind::Alignment
    );
}

#[test]
fn more_items_than_can_be_counted_are_refused() {
    let mut items = vec![item(0, 1); 65_535];
    assert_eq!(
        Plan::new(&mut items[..], Limits::new())
            .unwrap()
            .requests()
            .count(),
        1
    );
    items.push(item(0, 1));
    let error = Plan::new(items, Limits::new()).unwrap_err();
    assert_eq!(error.kind, PlanErrorKind::TooMany);
}

#[test]
fn an_error_says_what_and_where() {
    let error = Plan::new([item(9, 200)], Limits::new()).unwrap_err();
    assert_eq!(
        alloc::format!("{error}"),
        "input registers 9 to 208: longer than a request, which reads up to 125 cell(s)"
    );
    assert_eq!(size_of::<PlanError>(), 10);
}

#[test]
fn a_slow_line_makes_holes_cheaper_than_requests() {
    let fast = Limits::new().max_gap(100).cost(Cost::new(10, 1));
    assert_eq!(plan(&[(0, 2), (11, 2)], fast), [(0, 13)]);
    assert_eq!(plan(&[(0, 2), (13, 2)], fast), [(0, 2), (13, 2)]);
    let serial = Cost::serial(9600, 10, core::time::Duration::from_millis(30));
    let serial = Limits::new().max_gap(100).cost(serial);
    assert_eq!(plan(&[(0, 2), (26, 2)], serial).len(), 1);
    assert_eq!(plan(&[(0, 2), (27, 2)], serial).len(), 2);
}

#[test]
fn a_refused_request_falls_apart_until_nothing_is_joined() {
    let values = [item(0, 2), item(2, 2), item(2, 1), item(4, 2), item(9, 1)];
    let plan = Plan::new(values, Limits::new().max_gap(9)).unwrap();
    let mut waiting: Vec<_> = plan.requests().collect();
    let mut alone = Vec::new();
    while let Some(request) = waiting.pop() {
        let parts = waiting.len();
        waiting.extend(request.split());
        if waiting.len() == parts {
            alone.push((request.read().address, request.items().len()));
        }
    }
    assert_eq!(alone, [(9, 1), (4, 1), (2, 2), (0, 1)]);
}

/// The best plan by trying all: for each item in turn, every request that begins with it.
///
/// It knows nothing of windows and of values within others: a set of items is a request if the
/// hull is one, and every hole of the items in it is allowed.
fn reference(mut items: Vec<(u32, u32)>, limits: &Limits<'_>, cost: (u64, u64)) -> u64 {
    items.sort_unstable();
    items.dedup();
    // the cost of all items from a state on: which are still to be read
    fn rest(
        todo: u32,
        items: &[(u32, u32)],
        limits: &Limits<'_>,
        cost: (u64, u64),
        memo: &mut alloc::collections::BTreeMap<u32, u64>,
    ) -> u64 {
        if todo == 0 {
            return 0;
        }
        if let Some(known) = memo.get(&todo) {
            return *known;
        }
        let first = todo.trailing_zeros();
        let others = todo & !(1 << first);
        let mut best = u64::MAX;
        // every set of the others together with the first
        let mut subset = others;
        loop {
            let set = subset | 1 << first;
            if let Some(cells) = cells(set, items, limits) {
                let behind = rest(todo & !set, items, limits, cost, memo);
                best = best.min(behind.saturating_add(cost.0 + cells * cost.1));
            }
            if subset == 0 {
                break;
            }
            subset = (subset - 1) & others;
        }
        memo.insert(todo, best);
        best
    }
    let all = (1_u32 << items.len()) - 1;
    rest(
        all,
        &items,
        limits,
        cost,
        &mut alloc::collections::BTreeMap::new(),
    )
}

/// How many cells the request for a set of items reads, if there may be one.
fn cells(set: u32, items: &[(u32, u32)], limits: &Limits<'_>) -> Option<u64> {
    let members = || {
        (0..items.len())
            .filter(|index| set >> index & 1 == 1)
            .map(|index| items[index])
    };
    let start = members().map(|(start, _)| start).min()?;
    let end = members().map(|(start, count)| start + count).max()?;
    let mut hole = 0;
    for cell in start..end {
        if members().any(|(start, count)| (start..start + count).contains(&cell)) {
            hole = 0;
            continue;
        }
        hole += 1;
        if hole > u32::from(limits.max_hole()) || is_forbidden(cell, limits) {
            return None;
        }
    }
    let fits = |start: u32, end: u32| {
        (!limits.is_even_start(TABLE) || start % 2 == 0)
            && (!limits.is_even_count(TABLE) || (end - start) % 2 == 0)
            && end <= 0x1_0000
            && end - start <= limits.max_read(TABLE).into()
    };
    let padded = [(0, 0), (0, 1), (1, 0), (1, 1)]
        .into_iter()
        .filter_map(|(before, after)| {
            let (padded_start, padded_end) = (start.checked_sub(before)?, end + after);
            let is_allowed = (before == 0 || !is_forbidden(padded_start, limits))
                && (after == 0 || !is_forbidden(end, limits));
            (is_allowed && fits(padded_start, padded_end)).then_some(padded_end - padded_start)
        });
    padded.min().map(u64::from)
}

fn is_forbidden(cell: u32, limits: &Limits<'_>) -> bool {
    limits.first_forbidden(TABLE, cell, cell + 1).is_some()
}

fn limits() -> impl Strategy<Value = (u16, u16, bool, bool, Vec<AddressRange>)> {
    let ranges = prop::collection::vec((0..45_u16, 0..2_u16), 0..3);
    let ranges = ranges.prop_map(|list| {
        let range = |(first, more)| forbid(first, first + more);
        list.into_iter().map(range).collect()
    });
    (3..20_u16, 0..6_u16, any::<bool>(), any::<bool>(), ranges)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn no_plan_is_better(
        (max, gap, even_count, even_start, ranges) in limits(),
        values in prop::collection::vec((0..40_u16, 1..7_u16), 0..9),
        prices in prop::option::of((0..20_u32, 0..4_u32)),
        from_end in any::<bool>(),
    ) {
        let mut limits = Limits::new().max_registers(max).max_gap(gap).forbidden(&ranges);
        if even_count {
            limits = limits.even_count();
        }
        if even_start {
            limits = limits.even_start();
        }
        let mut cost = (1 << 32, 1);
        if let Some((request, register)) = prices {
            limits = limits.cost(Cost::new(request, register));
            cost = (request.into(), register.into());
        }
        let place = |(address, count): (u16, u16)| {
            if from_end { (65_535 - address, count) } else { (address, count) }
        };
        // what cannot be read at all has its own test
        let values: Vec<_> = values
            .into_iter()
            .map(place)
            .filter(|&(address, count)| Plan::new([item(address, count)], limits).is_ok())
            .collect();
        let tagged = (0..).zip(&values).map(|(tag, &(address, count))| item(address, count).with_tag(tag));
        let plan = Plan::new(tagged.collect::<Vec<_>>(), limits).unwrap();

        let mut seen = vec![0; values.len()];
        let mut paid = 0;
        for request in plan.requests() {
            let read = request.read();
            prop_assert!(read.count <= max);
            for planned in request.items() {
                prop_assert!(read.contains(&planned.read()));
                seen[usize::from(planned.tag())] += 1;
            }
            let members: Vec<_> = request.items().iter().map(|item| (u32::from(item.address), u32::from(item.count))).collect();
            prop_assert_eq!(cells((1 << members.len()) - 1, &members, &limits), Some(read.count.into()));
            for cell in read.address..=read.address + (read.count - 1) {
                prop_assert!(!is_forbidden(cell.into(), &limits));
            }
            paid += cost.0 + cost.1 * u64::from(read.count);
        }
        prop_assert!(seen.iter().all(|times| *times == 1));
        let wanted = values.iter().map(|&(address, count)| (address.into(), count.into())).collect();
        prop_assert_eq!(paid, reference(wanted, &limits, cost));
    }

    #[test]
    fn parts_hold_the_items_of_the_whole(
        values in prop::collection::vec((0..60_u16, 1..7_u16), 1..12),
        gap in 0..9_u16,
        even_count in any::<bool>(),
    ) {
        let mut limits = Limits::new().max_registers(20).max_gap(gap);
        if even_count {
            limits = limits.even_count();
        }
        let items: Vec<_> = values.iter().map(|&(address, count)| item(address, count)).collect();
        let plan = Plan::new(items, limits).unwrap();
        for request in plan.requests() {
            let parts: Vec<_> = request.split().collect();
            prop_assert!(parts.len() != 1);
            if parts.is_empty() {
                let longest = request.items().iter().map(|item| item.count).max().unwrap();
                prop_assert!(request.read().count - longest <= 1);
                continue;
            }
            let items = parts.iter().flat_map(|part| part.items());
            prop_assert!(items.eq(request.items()));
            for part in &parts {
                prop_assert!(part.items().len() < request.items().len());
                prop_assert!(part.items().iter().all(|item| part.read().contains(&item.read())));
            }
        }
    }
}
