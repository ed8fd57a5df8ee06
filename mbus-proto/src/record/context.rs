//! What a record has to know of the telegram around it.

use meter_units::Medium;

use crate::{ByteOrder, Tolerance};

/// Medium, byte order, direction and tolerance, in one word for the reason that
/// [`Layout`](crate::record::layout::Layout) is one: 16 bits for the tolerance, 8 for the medium, 1
/// each for mode 2 and for records from the master.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context(u32);

impl Context {
    const MOST_FIRST: u8 = 1 << 0;
    const FROM_MASTER: u8 = 1 << 1;

    pub(crate) const fn new(medium: Medium, tolerance: Tolerance) -> Self {
        let [a, b] = tolerance.bits().to_le_bytes();
        Self(u32::from_le_bytes([a, b, medium.0, 0]))
    }

    pub(crate) const fn with_medium(self, medium: Medium) -> Self {
        let [a, b, _, flags] = self.0.to_le_bytes();
        Self(u32::from_le_bytes([a, b, medium.0, flags]))
    }

    pub(crate) const fn with_tolerance(self, tolerance: Tolerance) -> Self {
        let [a, b] = tolerance.bits().to_le_bytes();
        let [_, _, medium, flags] = self.0.to_le_bytes();
        Self(u32::from_le_bytes([a, b, medium, flags]))
    }

    pub(crate) const fn with_order(self, order: ByteOrder) -> Self {
        match order {
            ByteOrder::LeastFirst => self.with_flag(Self::MOST_FIRST, false),
            ByteOrder::MostFirst => self.with_flag(Self::MOST_FIRST, true),
        }
    }

    pub(crate) const fn with_master(self) -> Self {
        self.with_flag(Self::FROM_MASTER, true)
    }

    const fn with_flag(self, flag: u8, set: bool) -> Self {
        let [a, b, medium, flags] = self.0.to_le_bytes();
        let flags = if set { flags | flag } else { flags & !flag };
        Self(u32::from_le_bytes([a, b, medium, flags]))
    }

    #[inline]
    pub(crate) const fn medium(self) -> Medium {
        let [_, _, medium, _] = self.0.to_le_bytes();
        Medium(medium)
    }

    #[inline]
    pub(crate) const fn tolerance(self) -> Tolerance {
        let [a, b, ..] = self.0.to_le_bytes();
        Tolerance::from_bits_retain(u16::from_le_bytes([a, b]))
    }

    #[inline]
    pub(crate) const fn order(self) -> ByteOrder {
        let [.., flags] = self.0.to_le_bytes();
        if flags & Self::MOST_FIRST == 0 {
            ByteOrder::LeastFirst
        } else {
            ByteOrder::MostFirst
        }
    }

    /// Whether a plain number may read otherwise than in a response of today.
    #[inline]
    pub(crate) fn is_unusual(self) -> bool {
        self.order() == ByteOrder::MostFirst
            || self.tolerance().contains(Tolerance::RF_LEVEL_OFFSET)
    }

    pub(crate) const fn is_from_master(self) -> bool {
        let [.., flags] = self.0.to_le_bytes();
        flags & Self::FROM_MASTER != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_keeps_to_its_place() {
        let context = Context::new(Medium(0xAB), Tolerance::LENIENT)
            .with_order(ByteOrder::MostFirst)
            .with_master();
        assert_eq!(
            (context.medium(), context.order()),
            (Medium(0xAB), ByteOrder::MostFirst)
        );
        assert_eq!(
            (context.tolerance(), context.is_from_master()),
            (Tolerance::LENIENT, true)
        );
        let changed = context
            .with_medium(Medium(7))
            .with_tolerance(Tolerance::STRICT)
            .with_order(ByteOrder::LeastFirst);
        assert_eq!(
            (changed.medium(), changed.order()),
            (Medium(7), ByteOrder::LeastFirst)
        );
        assert_eq!(
            (changed.tolerance(), changed.is_from_master()),
            (Tolerance::STRICT, true)
        );
    }
}
