//! A set of units.

use core::fmt;

use crate::UnitId;

/// Some of the 256 units.
///
/// ```
/// use modbus_regmap::UnitId;
/// use modbus_regmap::adu::UnitSet;
///
/// let mut units = UnitSet::EMPTY;
/// units.insert(UnitId(247));
/// assert!(units.contains(UnitId(247)) && !units.contains(UnitId(1)));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct UnitSet {
    bits: [u32; 8],
}

impl UnitSet {
    /// No unit.
    pub const EMPTY: Self = Self { bits: [0; 8] };

    /// Adds a unit.
    pub fn insert(&mut self, unit: UnitId) {
        if let Some(bits) = self.bits.get_mut(usize::from(unit.0 >> 5)) {
            *bits |= 1 << (unit.0 & 0x1F);
        }
    }

    /// Whether a unit is among them.
    #[must_use]
    pub fn contains(&self, unit: UnitId) -> bool {
        self.bits
            .get(usize::from(unit.0 >> 5))
            .is_some_and(|bits| bits >> (unit.0 & 0x1F) & 1 == 1)
    }

    /// The units one by one.
    pub fn iter(&self) -> impl Iterator<Item = UnitId> + '_ {
        (0..=u8::MAX)
            .map(UnitId)
            .filter(|unit| self.contains(*unit))
    }
}

impl FromIterator<UnitId> for UnitSet {
    fn from_iter<T: IntoIterator<Item = UnitId>>(units: T) -> Self {
        let mut set = Self::EMPTY;
        for unit in units {
            set.insert(unit);
        }
        set
    }
}

impl fmt::Debug for UnitSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_has_its_place() {
        for unit in (0..=u8::MAX).map(UnitId) {
            let set: UnitSet = [unit].into_iter().collect();
            assert!(set.iter().eq([unit]));
        }
    }
}
