//! The frame count bit of each slave.

use crate::link::{FrameCountBit, PrimaryAddress};

/// The bit that the next request to each address carries: 32 bytes for all 256.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrameCounts {
    // A bit that is set stands for a toggled frame count.
    toggled: [u8; 32],
    first: FrameCountBit,
}

impl FrameCounts {
    pub(super) const fn new(first: FrameCountBit) -> Self {
        Self {
            toggled: [0; 32],
            first,
        }
    }

    pub(super) fn next(&self, address: PrimaryAddress) -> FrameCountBit {
        let (at, mask) = place(address);
        let toggled = self.toggled.get(at).is_some_and(|byte| byte & mask != 0);
        if toggled {
            self.first.toggled()
        } else {
            self.first
        }
    }

    /// After a valid answer.
    pub(super) fn toggle(&mut self, address: PrimaryAddress) {
        let (at, mask) = place(address);
        if let Some(byte) = self.toggled.get_mut(at) {
            *byte ^= mask;
        }
    }

    /// After a reset of the link or, for the selected slave, a selection.
    pub(super) fn reset(&mut self, address: PrimaryAddress) {
        if address == PrimaryAddress::BROADCAST || address == PrimaryAddress::TEST {
            self.toggled = [0; 32];
            return;
        }
        let (at, mask) = place(address);
        if let Some(byte) = self.toggled.get_mut(at) {
            *byte &= !mask;
        }
    }
}

fn place(address: PrimaryAddress) -> (usize, u8) {
    let code = address.code();
    (usize::from(code >> 3), 1 << (code & 7))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_counts_alone() {
        let mut counts = FrameCounts::new(FrameCountBit::Set);
        let address = PrimaryAddress::from_code;
        counts.toggle(address(8));
        assert_eq!(counts.next(address(8)), FrameCountBit::Clear);
        assert_eq!(counts.next(address(0)), FrameCountBit::Set);
        assert_eq!(counts.next(address(9)), FrameCountBit::Set);
        counts.toggle(address(253));
        counts.reset(address(8));
        assert_eq!(counts.next(address(8)), FrameCountBit::Set);
        assert_eq!(counts.next(address(253)), FrameCountBit::Clear);
        counts.reset(PrimaryAddress::BROADCAST);
        assert_eq!(counts.next(address(253)), FrameCountBit::Set);
    }
}
