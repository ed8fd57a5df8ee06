//! Finding the models of a device.

use super::{Block, MARKER, MARKER_ADDRESSES};
use crate::plan::Read;
use crate::{Registers, Table};

/// Goes through the chain of models, without doing the reading itself.
///
/// Read what [`next_read`](Self::next_read) says, until it says nothing, and hand in the
/// [`answer`](Self::answer), or that there was none ([`refused`](Self::refused)).
///
/// A walk ends for sure: each block lies behind the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walker {
    table: Table,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Looking for the marker at this place of the list.
    Marker(usize),
    /// Looking for the marker at this address and nowhere else.
    MarkerAt(u16),
    /// Looking at the head of a block.
    Head(u16),
    Done(Outcome),
}

/// How a walk ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// The end of the chain was found.
    Complete,
    /// There is no marker: this is no SunSpec device.
    NoMarker,
    /// The chain stops without its end: what is at this address cannot be read, is no model, or
    /// claims to reach beyond address 65535.
    CutOff {
        /// The address.
        address: u16,
    },
}

/// The model number at the end of the chain.
const END: u16 = 0xFFFF;

impl Default for Walker {
    fn default() -> Self {
        Self::new()
    }
}

impl Walker {
    /// A walk through the holding registers that looks for the marker at all of
    /// [`MARKER_ADDRESSES`].
    #[must_use]
    pub const fn new() -> Self {
        Self {
            table: Table::HoldingRegister,
            state: State::Marker(0),
        }
    }

    /// A walk from a marker whose address is known.
    #[must_use]
    pub const fn from_marker(table: Table, address: u16) -> Self {
        // there has to be room for the marker and the head of a block
        let state = if address <= 0xFFFC {
            State::MarkerAt(address)
        } else {
            State::Done(Outcome::NoMarker)
        };
        Self { table, state }
    }

    /// What to read next; `None` if the walk is over.
    #[must_use]
    pub fn next_read(&self) -> Option<Read> {
        let (address, count) = match self.state {
            // the head of the first block comes along
            State::Marker(place) => (*MARKER_ADDRESSES.get(place)?, 4),
            State::MarkerAt(address) => (address, 4),
            State::Head(address) => (address, 2),
            State::Done(_) => return None,
        };
        Some(Read::new(self.table, address, count))
    }

    /// How the walk ended; `None` while there is something to read.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        match self.state {
            State::Done(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// Takes the registers of [`next_read`](Self::next_read), and tells the block that begins there.
    ///
    /// Fewer registers than were asked for count as refused.
    pub fn answer(&mut self, registers: Registers<'_>) -> Option<Block> {
        let read = self.next_read()?;
        let mut head = registers;
        let mut address = read.address;
        if read.count == 4 {
            let marker = [registers.get(0), registers.get(1)];
            if marker != MARKER.map(Some) {
                self.refused();
                return None;
            }
            head = registers.window(2, 2).unwrap_or(Registers::EMPTY);
            address = address.checked_add(2)?;
            self.state = State::Head(address);
        }
        let (Some(model), Some(length)) = (head.get(0), head.get(1)) else {
            self.refused();
            return None;
        };
        if model == END {
            self.state = State::Done(Outcome::Complete);
            return None;
        }
        let block = Block {
            table: self.table,
            model,
            address,
            length,
        };
        let cut_off = State::Done(Outcome::CutOff { address });
        self.state = match u16::try_from(block.end()) {
            _ if model == 0 => cut_off,
            // the next head has two registers
            Ok(next) if next < u16::MAX => State::Head(next),
            Ok(next) => State::Done(Outcome::CutOff { address: next }),
            Err(_) => cut_off,
        };
        (self.state != cut_off).then_some(block)
    }

    /// Takes an exception or silence instead of registers.
    pub fn refused(&mut self) {
        self.state = match self.state {
            State::Marker(place) => match place.checked_add(1) {
                Some(next) if next < MARKER_ADDRESSES.len() => State::Marker(next),
                _ => State::Done(Outcome::NoMarker),
            },
            State::MarkerAt(_) => State::Done(Outcome::NoMarker),
            State::Head(address) => State::Done(Outcome::CutOff { address }),
            done @ State::Done(_) => done,
        };
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    /// A device whose registers from `base` on are these; everything else is refused.
    fn walk(mut walker: Walker, base: u16, device: &[u16]) -> (Vec<Block>, Option<Outcome>) {
        let mut found = Vec::new();
        for _ in 0..40_000 {
            let Some(read) = walker.next_read() else {
                return (found, walker.outcome());
            };
            let start = usize::from(read.address).checked_sub(usize::from(base));
            let range = start.map(|start| start..start + usize::from(read.count));
            match range.and_then(|range| device.get(range)) {
                Some(registers) => {
                    let mut bytes = [0; 8];
                    let registers = Registers::copy_from(registers, &mut bytes).unwrap();
                    found.extend(walker.answer(registers));
                }
                None => walker.refused(),
            }
        }
        panic!("the walk does not end");
    }

    fn block(model: u16, address: u16, length: u16) -> Block {
        Block {
            table: Table::HoldingRegister,
            model,
            address,
            length,
        }
    }

    #[test]
    fn blocks_follow_each_other_by_the_length_of_the_device() {
        let device = [0x5375, 0x6E53, 1, 1, 0, 9, 0, 7, 2, 0, 0, 0xFFFF, 0];
        for base in MARKER_ADDRESSES {
            let (found, outcome) = walk(Walker::new(), base, &device);
            let expected = [
                block(1, base + 2, 1),
                block(9, base + 5, 0),
                block(7, base + 7, 2),
            ];
            assert_eq!(found, expected);
            assert_eq!(outcome, Some(Outcome::Complete));
        }
    }

    #[test]
    fn a_device_without_marker_is_none() {
        let (found, outcome) = walk(Walker::new(), 40_000, &[1, 2, 3, 4]);
        assert_eq!((found.len(), outcome), (0, Some(Outcome::NoMarker)));
        let walker = Walker::from_marker(Table::InputRegister, 7);
        assert_eq!(
            walker.next_read(),
            Some(Read::new(Table::InputRegister, 7, 4))
        );
        let (_, outcome) = walk(walker, 40_000, &[]);
        assert_eq!(outcome, Some(Outcome::NoMarker));
    }

    #[test]
    fn a_chain_without_end_is_cut_off() {
        let (found, outcome) = walk(Walker::new(), 0, &[0x5375, 0x6E53, 1, 66]);
        assert_eq!(found, [block(1, 2, 66)]);
        assert_eq!(outcome, Some(Outcome::CutOff { address: 70 }));
        let (found, outcome) = walk(Walker::new(), 0, &[0x5375, 0x6E53, 0, 66]);
        assert_eq!(
            (found.len(), outcome),
            (0, Some(Outcome::CutOff { address: 2 }))
        );
        let (found, outcome) = walk(Walker::new(), 50_000, &[0x5375, 0x6E53, 1, 20_000]);
        assert_eq!(
            (found.len(), outcome),
            (0, Some(Outcome::CutOff { address: 50_002 }))
        );
    }

    #[test]
    fn a_block_may_end_with_the_table() {
        let device = [0x5375, 0x6E53, 1, 15_531];
        let (found, outcome) = walk(Walker::new(), 50_000, &device);
        assert_eq!(found, [block(1, 50_002, 15_531)]);
        assert_eq!(outcome, Some(Outcome::CutOff { address: 65_535 }));
    }

    #[test]
    fn a_marker_at_the_end_of_the_table_has_no_chain() {
        let walker = |address| Walker::from_marker(Table::HoldingRegister, address);
        assert_eq!(walker(65_533).outcome(), Some(Outcome::NoMarker));
        let (found, outcome) = walk(walker(65_532), 65_532, &[0x5375, 0x6E53, 1, 0]);
        assert_eq!(
            (found.len(), outcome),
            (0, Some(Outcome::CutOff { address: 65_534 }))
        );
    }

    #[test]
    fn a_short_answer_counts_as_refused() {
        let mut walker = Walker::new();
        let bytes = [0x53, 0x75, 0x6E, 0x53, 0, 1];
        assert_eq!(walker.answer(Registers::from_bytes(&bytes).unwrap()), None);
        assert_eq!(walker.outcome(), Some(Outcome::CutOff { address: 40_002 }));
    }

    proptest! {
        #[test]
        fn every_walk_ends(device in prop::collection::vec(0..4_u16, 0..60), base in 0..4_usize) {
            let mut registers = MARKER.to_vec();
            registers.extend(device);
            let (found, outcome) = walk(Walker::new(), MARKER_ADDRESSES[base], &registers);
            prop_assert!(outcome.is_some());
            prop_assert!(found.windows(2).all(|pair| pair[0].end() == u32::from(pair[1].address)));
        }
    }
}
