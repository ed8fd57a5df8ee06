//! The laws of plans: each item is in one request, within the limits, and a plain scan from the
//! left needs no fewer requests.
//!
//! The input is the limits in five bytes, then items of a table, an address and a count.
#![no_main]

use libfuzzer_sys::fuzz_target;
use modbus_regmap::Table;
use modbus_regmap::map::AddressRange;
use modbus_regmap::plan::{Limits, Plan, PlanItem, Read};

fuzz_target!(|input: &[u8]| {
    let Some((&[max, gap, even, first, len], rest)) = input.split_first_chunk() else {
        return;
    };
    let forbidden = Table::from_read_function(first % 8).map(|table| AddressRange {
        table: Some(table),
        first: u16::from(first) * 4,
        last: u16::from(first) * 4 + u16::from(len),
    });
    let mut limits = Limits::new()
        .max_registers(max.into())
        .max_bits(u16::from(max) * 8)
        .max_gap(gap.into())
        .forbidden(forbidden.as_slice());
    if even & 1 != 0 {
        limits = limits.even_count();
    }
    if even & 2 != 0 {
        limits = limits.even_start();
    }
    let items: Vec<_> = rest
        .chunks_exact(4)
        .filter_map(|item| {
            let table = Table::from_read_function(item[0] % 4 + 1)?;
            let address =
                u16::from_be_bytes([item[1] & 0x83, item[2]]) | u16::from(item[0] & 0x80) << 7;
            Some(Read::new(table, address, u16::from(item[3] % 9)))
        })
        .filter(|read| Plan::new([PlanItem::new(*read)], limits).is_ok())
        .collect();
    let tagged = (0..)
        .zip(&items)
        .map(|(tag, read)| PlanItem::new(*read).with_tag(tag));
    let plan = Plan::new(tagged.collect::<Vec<_>>(), limits).expect("each item can be read");

    let mut seen = vec![0; items.len()];
    for request in plan.requests() {
        let read = request.read();
        assert!(read.end() <= 0x1_0000 && read.count <= limits.max_read(read.table));
        let is_even = !read.table.is_bits();
        assert!(even & 1 == 0 || !is_even || read.count % 2 == 0);
        assert!(even & 2 == 0 || !is_even || read.address % 2 == 0);
        if let Some(range) = &forbidden {
            let is_before = read.end() <= range.first.into();
            assert!(range.table != Some(read.table) || is_before || range.last < read.address);
        }
        for item in request.items() {
            assert!(read.contains(&item.read()));
            seen[usize::from(item.tag())] += 1;
        }
        let parts: Vec<_> = request.split().collect();
        assert_ne!(parts.len(), 1);
        let split: usize = parts.iter().map(|part| part.items().len()).sum();
        assert!(parts.is_empty() || split == request.items().len());
    }
    assert!(seen.iter().all(|times| *times == 1));
    assert!(plan.requests().count() <= scan(&items, gap, &limits));
});

/// How many requests a scan from the left makes: each takes in the next item as long as the hull
/// of all its items is itself an item that can be read, and no hole is above the limit.
fn scan(items: &[Read], gap: u8, limits: &Limits<'_>) -> usize {
    let mut items = items.to_vec();
    items.sort_unstable_by_key(|read| (read.table, read.address, u16::MAX - read.count));
    let mut requests = 0;
    let mut open: Option<Read> = None;
    for item in items {
        let joined = open
            .filter(|open| may_follow(open, &item, gap))
            .map(|open| {
                let count = item.end().max(open.end()) - u32::from(open.address);
                Read::new(
                    open.table,
                    open.address,
                    u16::try_from(count).unwrap_or(u16::MAX),
                )
            });
        let joined = joined.filter(|hull| Plan::new([PlanItem::new(*hull)], *limits).is_ok());
        requests += usize::from(joined.is_none());
        open = Some(joined.unwrap_or(item));
    }
    requests
}

fn may_follow(open: &Read, item: &Read, gap: u8) -> bool {
    let hole = u32::from(item.address).saturating_sub(open.end());
    open.table == item.table && hole <= gap.into()
}
