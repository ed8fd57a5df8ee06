//! Addresses that no request may touch.

use super::AddressRange;
use crate::Table;

/// Ranges of addresses; those in order are found without a search of all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Forbidden<'a> {
    ranges: &'a [AddressRange],
    /// By table and address, and none overlaps the next one.
    is_sorted: bool,
}

/// What orders addresses: those of all tables first, then table by table.
const fn key(table: Option<Table>, address: u32) -> u32 {
    let rank = match table {
        None => 0,
        Some(table) => table.read_function(),
    };
    (rank as u32) << 17 | address
}

impl<'a> Forbidden<'a> {
    pub(crate) const fn of(ranges: &'a [AddressRange]) -> Self {
        let mut is_sorted = true;
        let (mut rest, mut reach) = (ranges, None);
        while let [range, behind @ ..] = rest {
            let first = key(range.table, range.first as u32);
            let last = key(range.table, range.last as u32);
            let is_behind = match reach {
                Some(reach) => first > reach,
                None => true,
            };
            is_sorted = is_sorted && is_behind && first <= last;
            (rest, reach) = (behind, Some(last));
        }
        Self { ranges, is_sorted }
    }

    /// The first cell from `start` up to before `end` that is one of them.
    pub(crate) fn first_in(&self, table: Table, start: u32, end: u32) -> Option<u16> {
        let first = if self.is_sorted {
            let [any, own] = [None, Some(table)].map(|table| self.sorted_in(table, start, end));
            any.into_iter().chain(own).min()
        } else {
            let hits = self.ranges.iter().filter(|range| {
                range.table.is_none_or(|own| own == table)
                    && u32::from(range.first) < end
                    && start <= u32::from(range.last)
            });
            hits.map(|range| u32::from(range.first).max(start)).min()
        };
        u16::try_from(first?).ok()
    }

    fn sorted_in(&self, table: Option<Table>, start: u32, end: u32) -> Option<u32> {
        let least = key(table, start);
        let before = |range: &AddressRange| key(range.table, range.last.into()) < least;
        let range = self.ranges.get(self.ranges.partition_point(before))?;
        let first = u32::from(range.first);
        (range.table == table && first < end).then_some(first.max(start))
    }

    /// The same addresses in order; nothing if they already are, or if a range ends before it
    /// begins.
    #[cfg(all(feature = "alloc", feature = "serde"))]
    pub(super) fn put_in_order(&self) -> alloc::vec::Vec<AddressRange> {
        let mut sorted = alloc::vec::Vec::new();
        if self.is_sorted || self.ranges.iter().any(|range| range.last < range.first) {
            return sorted;
        }
        let mut ranges = self.ranges.to_vec();
        crate::sort::sort_by_key(&mut ranges, |range| key(range.table, range.first.into()));
        for range in ranges {
            match sorted.last_mut() {
                Some(AddressRange { table, last, .. })
                    if *table == range.table && range.first <= *last =>
                {
                    *last = range.last.max(*last);
                }
                _ => sorted.push(range),
            }
        }
        sorted
    }
}

#[cfg(all(test, feature = "alloc", feature = "serde"))]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    const TABLES: [Option<Table>; 3] = [None, Some(Table::Coil), Some(Table::HoldingRegister)];

    proptest! {
        #[test]
        fn ranges_in_order_forbid_the_same(
            parts in prop::collection::vec((0..3_usize, 0..50_u16, 0..6_u16), 0..12),
        ) {
            let parts = parts.iter().map(|&(table, first, more)| AddressRange {
                table: TABLES[table],
                first,
                last: first + more,
            });
            let parts: Vec<_> = parts.collect();
            let given = Forbidden::of(&parts);
            let sorted = given.put_in_order();
            let known = if given.is_sorted { given } else { Forbidden::of(&sorted) };
            prop_assert!(known.is_sorted);
            let plain = Forbidden { is_sorted: false, ..given };
            for table in [Table::Coil, Table::HoldingRegister, Table::InputRegister] {
                for start in 0..60 {
                    for end in start..60 {
                        let first = known.first_in(table, start, end);
                        prop_assert_eq!(first, plain.first_in(table, start, end));
                    }
                }
            }
        }
    }
}
