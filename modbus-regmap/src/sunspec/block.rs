//! One model of a device.

use crate::Table;
use crate::plan::{Place, Read};

/// A block of the chain: where a device keeps the registers of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Block {
    /// The table of all blocks.
    pub table: Table,
    /// The number of the model: 203 is a three-phase meter.
    pub model: u16,
    /// The address of the register with the model number, from which maps of models count.
    pub address: u16,
    /// How many registers follow the model number and the length itself.
    ///
    /// Devices round it up, or leave out the last registers of a model, so it counts rather than
    /// the length that the model has on paper.
    pub length: u16,
}

impl Block {
    /// The address after the last register.
    #[must_use]
    pub fn end(&self) -> u32 {
        let length = u32::from(self.length).wrapping_add(2);
        u32::from(self.address).wrapping_add(length)
    }

    /// Requests for all of the block, each of up to `max` registers.
    ///
    /// They may cut a value in two; a [`Plan`](crate::plan::Plan) for the map of the model does not.
    #[must_use]
    pub fn reads(&self, max: u16) -> BlockReads {
        BlockReads {
            table: self.table,
            next: self.address.into(),
            end: self.end().min(0x1_0000),
            max: max.clamp(1, self.table.max_read()),
        }
    }

    /// Where the registers of the model's map are.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::at(self.address).until(self.end())
    }

    /// Where the registers of each copy of the model's repeated group are, the first one being
    /// [`place`](Self::place); nothing but that if the model repeats none.
    ///
    /// ```
    /// use modbus_regmap::Table;
    /// use modbus_regmap::sunspec::Block;
    ///
    /// let inputs = Block { table: Table::HoldingRegister, model: 160, address: 40_070, length: 48 };
    /// // the map has the current of the first input at 19
    /// let currents = inputs.places().map(|input| input.address(19, 1));
    /// assert!(currents.eq([Some(40_089), Some(40_109)]));
    /// ```
    pub fn places(&self) -> impl Iterator<Item = Place> + use<> {
        let place = self.place();
        let (first, size, count) = match group(self.model) {
            Some((first, size)) => (first, size, self.repeats(first.saturating_sub(2), size)),
            None => (0, 0, 0),
        };
        let copies = (1..count).map(move |copy| place.moved(first, copy.saturating_mul(size)));
        core::iter::once(place).chain(copies)
    }

    /// How many groups of `size` registers follow the first `fixed` ones, which do not count model
    /// number and length.
    ///
    /// Models such as 160 repeat a group for each input. A part of a group at the end is none.
    ///
    /// ```
    /// use modbus_regmap::Table;
    /// use modbus_regmap::sunspec::Block;
    ///
    /// let inputs = Block { table: Table::HoldingRegister, model: 160, address: 40_070, length: 48 };
    /// assert_eq!(inputs.repeats(8, 20), 2);
    /// ```
    #[must_use]
    pub fn repeats(&self, fixed: u16, size: u16) -> u16 {
        let rest = self.length.saturating_sub(fixed);
        rest.checked_div(size).unwrap_or(0)
    }
}

/// From which register on a model repeats a group of how many, counted as its map does.
const fn group(model: u16) -> Option<(u16, u16)> {
    match model {
        160 => Some((10, 20)),
        _ => None,
    }
}

/// Requests for a [`Block`].
#[derive(Clone, Debug)]
pub struct BlockReads {
    table: Table,
    next: u32,
    end: u32,
    max: u16,
}

impl Iterator for BlockReads {
    type Item = Read;

    fn next(&mut self) -> Option<Read> {
        let rest = self.end.checked_sub(self.next)?;
        let count = u16::try_from(rest).unwrap_or(u16::MAX).min(self.max);
        let address = u16::try_from(self.next).ok()?;
        if count == 0 {
            return None;
        }
        self.next = self.next.wrapping_add(count.into());
        Some(Read::new(self.table, address, count))
    }
}

impl core::iter::FusedIterator for BlockReads {}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(address: u16, length: u16) -> Block {
        Block {
            table: Table::HoldingRegister,
            model: 1,
            address,
            length,
        }
    }

    #[test]
    fn a_long_block_takes_several_requests() {
        let reads = |max| {
            block(40_000, 250)
                .reads(max)
                .map(|read| (read.address, read.count))
        };
        assert!(reads(200).eq([(40_000, 125), (40_125, 125), (40_250, 2)]));
        assert!(reads(0).count() == 252);
        let last = block(65_530, 500).reads(125).last();
        assert_eq!(last, Some(Read::new(Table::HoldingRegister, 65_530, 6)));
    }

    #[test]
    fn only_whole_groups_count() {
        for (length, groups) in [(0, 0), (7, 0), (27, 0), (28, 1), (47, 1), (48, 2)] {
            assert_eq!(block(0, length).repeats(8, 20), groups, "{length}");
        }
        assert_eq!(block(0, 100).repeats(8, 0), 0);
    }
}
