//! Registers as they lie on the wire.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

/// 16-bit registers, each of two bytes with the high byte first (Modbus Application Protocol
/// 1.1b3, 4.2).
///
/// It borrows the bytes of the wire, so that values wider than a register are read without a copy.
///
/// ```
/// use modbus_regmap::Registers;
///
/// let registers = Registers::from_bytes(&[0x02, 0x2B, 0x00, 0x64]).unwrap();
/// assert_eq!(registers.len(), 2);
/// assert_eq!(registers.get(1), Some(100));
/// assert!(registers.iter().eq([555, 100]));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Registers<'a> {
    // An even number of bytes.
    bytes: &'a [u8],
}

impl<'a> Registers<'a> {
    /// No registers.
    pub const EMPTY: Self = Self { bytes: &[] };

    /// The registers in `bytes`; `None` if the last one lacks a byte.
    #[must_use]
    pub const fn from_bytes(bytes: &'a [u8]) -> Option<Self> {
        if bytes.len() % 2 == 0 {
            Some(Self { bytes })
        } else {
            None
        }
    }

    /// Writes `values` to the front of `buffer` and lends them from there; `None` if it is too
    /// short.
    ///
    /// ```
    /// use modbus_regmap::Registers;
    ///
    /// let mut buffer = [0; 4];
    /// let registers = Registers::copy_from(&[10, 258], &mut buffer).unwrap();
    /// assert_eq!(registers.as_bytes(), [0x00, 0x0A, 0x01, 0x02]);
    /// ```
    #[must_use]
    pub fn copy_from(values: &[u16], buffer: &'a mut [u8]) -> Option<Self> {
        let bytes = buffer.get_mut(..values.len().checked_mul(2)?)?;
        for (pair, value) in bytes.chunks_exact_mut(2).zip(values) {
            for (to, from) in pair.iter_mut().zip(value.to_be_bytes()) {
                *to = from;
            }
        }
        Some(Self { bytes })
    }

    /// How many registers there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.bytes.len() / 2
    }

    /// Whether there is no register.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The register at `index`, counted from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<u16> {
        match self.window(index, 1)?.bytes {
            &[high, low] => Some(u16::from_be_bytes([high, low])),
            _ => None,
        }
    }

    /// The `count` registers from `start` on; `None` if there are not so many.
    #[must_use]
    pub fn window(&self, start: usize, count: usize) -> Option<Self> {
        let from = start.checked_mul(2)?;
        let to = count.checked_mul(2)?.checked_add(from)?;
        self.bytes.get(from..to).map(|bytes| Self { bytes })
    }

    /// The first `count` registers, or all if they are less.
    #[must_use]
    pub(crate) const fn up_to(self, count: usize) -> Self {
        match self.bytes.split_at_checked(count.saturating_mul(2)) {
            Some((bytes, _)) => Self { bytes },
            None => self,
        }
    }

    /// The registers one by one.
    #[must_use]
    pub fn iter(&self) -> RegisterIter<'a> {
        RegisterIter {
            pairs: self.bytes.chunks_exact(2),
        }
    }

    /// The bytes of the wire.
    #[inline]
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Debug for Registers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<'a> IntoIterator for Registers<'a> {
    type Item = u16;
    type IntoIter = RegisterIter<'a>;

    fn into_iter(self) -> RegisterIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &Registers<'a> {
    type Item = u16;
    type IntoIter = RegisterIter<'a>;

    fn into_iter(self) -> RegisterIter<'a> {
        self.iter()
    }
}

/// The values of [`Registers`], in the order of their addresses.
#[derive(Clone, Debug)]
pub struct RegisterIter<'a> {
    pairs: slice::ChunksExact<'a, u8>,
}

impl Iterator for RegisterIter<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        match self.pairs.next()? {
            &[high, low] => Some(u16::from_be_bytes([high, low])),
            _ => None,
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl ExactSizeIterator for RegisterIter<'_> {}

impl FusedIterator for RegisterIter<'_> {}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::format;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn half_a_register_is_refused() {
        assert_eq!(Registers::from_bytes(&[1, 2, 3]), None);
        assert_eq!(Registers::from_bytes(&[]), Some(Registers::EMPTY));
    }

    #[test]
    fn a_window_stays_inside() {
        let registers = Registers::from_bytes(&[0, 1, 0, 2, 0, 3]).unwrap();
        assert_eq!(
            registers.window(1, 2).map(|window| window.as_bytes()),
            Some(&[0, 2, 0, 3][..])
        );
        assert_eq!(registers.window(3, 0), Some(Registers::EMPTY));
        assert_eq!(registers.window(2, 2), None);
        assert_eq!(registers.window(usize::MAX, 1), None);
        assert_eq!(registers.get(3), None);
    }

    #[test]
    fn registers_are_shown_as_numbers() {
        let registers = Registers::from_bytes(&[0x01, 0x00, 0x00, 0x07]).unwrap();
        assert_eq!(format!("{registers:?}"), "[256, 7]");
    }

    proptest! {
        #[test]
        fn values_survive_the_wire(values: Vec<u16>) {
            let mut buffer = alloc::vec![0; 2 * values.len() + 1];
            let registers = Registers::copy_from(&values, &mut buffer).unwrap();
            prop_assert_eq!(registers.iter().collect::<Vec<_>>(), values.clone());
            prop_assert_eq!(registers.len(), values.len());
            for (index, value) in values.iter().enumerate() {
                prop_assert_eq!(registers.get(index), Some(*value));
            }
        }
    }
}
