//! Where the registers of a map are.

use super::Read;
use crate::map::Register;

/// Where a device has the registers of a map.
///
/// Most maps count from 0, as the wire does: [`Place::ABSOLUTE`]. The maps of SunSpec models count
/// from where the model begins, and a device may have less of the model than its map, or parts of
/// it several times.
///
/// ```
/// use modbus_regmap::plan::Place;
///
/// let inverter = Place::at(40_070).until(40_122);
/// assert_eq!(inverter.address(14, 1), Some(40_084));
/// assert_eq!(inverter.address(51, 2), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    origin: u16,
    end: u32,
    /// From which address of the map on registers are moved, and how far.
    moved_from: u16,
    moved_by: u16,
}

impl Default for Place {
    fn default() -> Self {
        Self::ABSOLUTE
    }
}

impl Place {
    /// The addresses of the map are those of the device.
    pub const ABSOLUTE: Self = Self::at(0);

    /// The addresses of the map count from this one.
    #[must_use]
    pub const fn at(origin: u16) -> Self {
        Self {
            origin,
            end: 0x1_0000,
            moved_from: 0,
            moved_by: 0,
        }
    }

    /// Without the registers that reach beyond this address of the device; 65536 is the end of a
    /// table.
    #[must_use]
    pub const fn until(self, end: u32) -> Self {
        Self { end, ..self }
    }

    /// For another copy of the registers from address `first` of the map on, so many registers
    /// behind the first one. Those before stay where they are and are not listed again.
    #[must_use]
    pub const fn moved(self, first: u16, by: u16) -> Self {
        Self {
            moved_from: first,
            moved_by: by,
            ..self
        }
    }

    /// The address in the device of `count` registers at `address` of the map; `None` if the
    /// device does not have them.
    #[must_use]
    #[inline]
    pub fn address(&self, address: u16, count: u16) -> Option<u16> {
        let mut place = u32::from(self.origin).wrapping_add(address.into());
        if address >= self.moved_from {
            place = place.wrapping_add(self.moved_by.into());
        }
        if place.wrapping_add(count.into()) > self.end {
            return None;
        }
        u16::try_from(place).ok()
    }

    /// The cells of a register in the device.
    pub(super) fn read_of(&self, register: &Register<'_>) -> Option<Read> {
        let address = self.address(register.address(), register.count())?;
        Some(Read::new(register.table(), address, register.count()))
    }

    /// Whether a register at `address` of the map is one of this copy.
    #[must_use]
    #[inline]
    pub const fn lists(&self, address: u16) -> bool {
        self.moved_by == 0 || address >= self.moved_from
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn absolute_addresses_are_those_of_the_wire() {
        for address in [0, 1, 65_535] {
            assert_eq!(Place::ABSOLUTE.address(address, 1), Some(address));
        }
        assert_eq!(Place::ABSOLUTE.address(65_535, 2), None);
        assert_eq!(Place::at(1).address(65_535, 1), None);
    }

    #[test]
    fn a_copy_moves_what_is_repeated() {
        let third = Place::at(40_000).moved(10, 40);
        assert_eq!(third.address(2, 1), Some(40_002));
        assert_eq!(third.address(10, 1), Some(40_050));
        assert!(third.lists(10) && !third.lists(9));
        assert!(Place::at(40_000).moved(10, 0).lists(9));
    }
}
