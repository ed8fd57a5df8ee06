//! Several answers, of which each has some registers.

use super::Read;
use crate::map::Block;
use crate::{Registers, Table};

/// What was read, in blocks of any order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blocks<'b, 'w> {
    blocks: &'b [Block<'w>],
    /// They lie one behind the other, as the requests of a plan do.
    is_sorted: bool,
}

impl<'b, 'w> Blocks<'b, 'w> {
    pub(super) fn of(blocks: &'b [Block<'w>]) -> Self {
        let mut pairs = blocks.iter().zip(blocks.iter().skip(1));
        Self {
            blocks,
            is_sorted: pairs.all(|(one, next)| {
                let end = usize::from(one.address()).saturating_add(one.registers().len());
                (one.table(), end) <= (next.table(), next.address().into())
            }),
        }
    }

    /// The cells out of the first block that has them, in their own table or in another one.
    pub(super) fn window(&self, read: Read, also: Option<Table>) -> Option<Registers<'w>> {
        if !self.is_sorted {
            return self.blocks.iter().find_map(|block| {
                let is_table = block.table() == read.table || also == Some(block.table());
                block.window(read.address, read.count).filter(|_| is_table)
            });
        }
        let also = also.filter(|table| *table != read.table);
        // of two tables the first one comes first
        let (one, other) = match also {
            Some(also) if also < read.table => (also, Some(read.table)),
            _ => (read.table, also),
        };
        self.in_table(one, &read)
            .or_else(|| self.in_table(other?, &read))
    }

    fn in_table(&self, table: Table, read: &Read) -> Option<Registers<'w>> {
        let behind = self
            .blocks
            .partition_point(|block| (block.table(), block.address()) <= (table, read.address));
        let block = self.blocks.get(behind.checked_sub(1)?)?;
        block
            .window(read.address, read.count)
            .filter(|_| block.table() == table)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    const TABLES: [Table; 3] = [Table::Coil, Table::HoldingRegister, Table::InputRegister];

    proptest! {
        #[test]
        fn sorted_blocks_are_found_as_others_are(
            places in prop::collection::vec((0..3_usize, 0..3_u16, 0..4_usize), 0..12),
            cells in prop::collection::vec((0..3_usize, 0..30_u16, 1..4_u16, 0..4_usize), 1..20),
        ) {
            let bytes: Vec<u8> = (0..200).collect();
            let (mut next, mut from) = (0, 0);
            let mut places = places;
            places.sort_by_key(|place| place.0);
            let mut last = 0;
            let blocks: Vec<_> = places
                .iter()
                .map(|&(table, gap, len)| {
                    if table != last {
                        (next, last) = (0, table);
                    }
                    let registers = Registers::from_bytes(&bytes[from..from + 2 * len]).unwrap();
                    let block = Block::new(TABLES[table], next + gap, registers);
                    next += gap + u16::try_from(len).unwrap();
                    from += 2 * len;
                    block
                })
                .collect();
            let known = Blocks::of(&blocks);
            prop_assert!(known.is_sorted);
            let plain = Blocks { is_sorted: false, ..known };
            for (table, address, count, also) in cells {
                let read = Read::new(TABLES[table], address, count);
                let also = TABLES.get(also).copied();
                prop_assert_eq!(known.window(read, also), plain.window(read, also));
            }
        }
    }
}
