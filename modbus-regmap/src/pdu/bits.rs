//! Coils and discrete inputs as they lie on the wire.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::iter::FusedIterator;

/// Coils or discrete inputs, eight to a byte: the first is the lowest bit of the first byte
/// (Modbus Application Protocol 1.1b3, 6.1).
///
/// Two are equal if their bits are: the bits that fill up the last byte do not count.
///
/// ```
/// use modbus_regmap::Bits;
///
/// let bits = Bits::from_bytes(&[0xCD, 0x01], 10).unwrap();
/// assert!(bits.iter().take(4).eq([true, false, true, true]));
/// assert_eq!(bits.get(8), Some(true));
/// assert_eq!(bits.get(10), None);
/// ```
#[derive(Clone, Copy, Default)]
pub struct Bits<'a> {
    // As many bytes as `len` bits need.
    bytes: &'a [u8],
    len: usize,
}

impl<'a> Bits<'a> {
    /// No bits.
    pub const EMPTY: Self = Self { bytes: &[], len: 0 };

    /// The first `len` bits in `bytes`; `None` if that is not the number of bytes that they need.
    #[must_use]
    pub const fn from_bytes(bytes: &'a [u8], len: usize) -> Option<Self> {
        if bytes.len() == len.div_ceil(8) {
            Some(Self { bytes, len })
        } else {
            None
        }
    }

    /// Every bit in `bytes`.
    #[must_use]
    pub const fn from_whole_bytes(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            len: bytes.len().saturating_mul(8),
        }
    }

    /// Packs `values` into the front of `buffer` and lends them from there; `None` if it is too
    /// short.
    ///
    /// ```
    /// use modbus_regmap::Bits;
    ///
    /// let mut buffer = [0; 1];
    /// let bits = Bits::copy_from(&[true, true, false, true], &mut buffer).unwrap();
    /// assert_eq!(bits.as_bytes(), [0b0000_1011]);
    /// ```
    #[must_use]
    pub fn copy_from(values: &[bool], buffer: &'a mut [u8]) -> Option<Self> {
        let bytes = buffer.get_mut(..values.len().div_ceil(8))?;
        for (byte, values) in bytes.iter_mut().zip(values.chunks(8)) {
            *byte = values
                .iter()
                .rev()
                .fold(0, |packed, &bit| packed << 1 | u8::from(bit));
        }
        Some(Self {
            bytes,
            len: values.len(),
        })
    }

    /// How many bits there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no bit.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The bit at `index`, counted from 0.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<bool> {
        if index >= self.len {
            return None;
        }
        let byte = self.bytes.get(index / 8)?;
        Some(byte >> (index % 8) & 1 == 1)
    }

    /// The first `len` bits; `None` if there are not so many.
    ///
    /// An answer carries whole bytes: only who asked knows how many bits count.
    #[must_use]
    pub fn first(&self, len: usize) -> Option<Self> {
        if len > self.len {
            return None;
        }
        let bytes = self.bytes.get(..len.div_ceil(8))?;
        Some(Self { bytes, len })
    }

    /// The bits one by one.
    #[must_use]
    pub const fn iter(&self) -> BitIter<'a> {
        BitIter {
            bits: *self,
            next: 0,
        }
    }

    /// The bytes of the wire, with whatever fills up the last one.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The bytes with zeros after the last bit, as the standard wants them.
    pub(crate) fn packed(self) -> impl Iterator<Item = u8> + 'a {
        let (mut left, bytes) = (self.len, self.bytes);
        bytes.iter().map(move |byte| {
            let mask = match left {
                0..8 => (1_u8 << left).wrapping_sub(1),
                _ => 0xFF,
            };
            left = left.saturating_sub(8);
            byte & mask
        })
    }
}

impl PartialEq for Bits<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.len == other.len && self.packed().eq(other.packed())
    }
}

impl Eq for Bits<'_> {}

impl Hash for Bits<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.len.hash(state);
        for byte in self.packed() {
            byte.hash(state);
        }
    }
}

/// A digit a bit, the first one on the left.
impl fmt::Debug for Bits<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for bit in self.iter() {
            f.write_str(if bit { "1" } else { "0" })?;
        }
        f.write_str("]")
    }
}

impl<'a> IntoIterator for Bits<'a> {
    type Item = bool;
    type IntoIter = BitIter<'a>;

    fn into_iter(self) -> BitIter<'a> {
        self.iter()
    }
}

impl<'a> IntoIterator for &Bits<'a> {
    type Item = bool;
    type IntoIter = BitIter<'a>;

    fn into_iter(self) -> BitIter<'a> {
        self.iter()
    }
}

/// The values of [`Bits`], in the order of their addresses.
#[derive(Clone, Debug)]
pub struct BitIter<'a> {
    bits: Bits<'a>,
    next: usize,
}

impl Iterator for BitIter<'_> {
    type Item = bool;

    fn next(&mut self) -> Option<bool> {
        let bit = self.bits.get(self.next)?;
        self.next = self.next.saturating_add(1);
        Some(bit)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = self.bits.len.saturating_sub(self.next);
        (left, Some(left))
    }
}

impl ExactSizeIterator for BitIter<'_> {}

impl FusedIterator for BitIter<'_> {}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::format;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_number_of_bytes_has_to_fit() {
        assert!(Bits::from_bytes(&[0xFF], 8).is_some());
        assert_eq!(Bits::from_bytes(&[0xFF], 9), None);
        assert_eq!(Bits::from_bytes(&[0xFF, 0x00], 8), None);
        assert_eq!(Bits::from_bytes(&[], 0), Some(Bits::EMPTY));
    }

    #[test]
    fn what_fills_up_a_byte_does_not_count() {
        let clean = Bits::from_bytes(&[0b101], 3).unwrap();
        let filled = Bits::from_bytes(&[0b1111_1101], 3).unwrap();
        assert_eq!(clean, filled);
        assert!(filled.packed().eq([0b101]));
        assert_eq!(filled.as_bytes(), [0b1111_1101]);
        assert_ne!(Bits::from_bytes(&[0b101], 4).unwrap(), clean);
    }

    #[test]
    fn bits_are_shown_first_bit_first() {
        let bits = Bits::from_bytes(&[0xCD], 8).unwrap();
        assert_eq!(format!("{bits:?}"), "[10110011]");
        assert_eq!(format!("{:?}", bits.first(3)), "Some([101])");
        assert_eq!(bits.first(9), None);
    }

    proptest! {
        #[test]
        fn values_survive_the_wire(values: Vec<bool>) {
            let mut buffer = alloc::vec![0xFF; values.len().div_ceil(8) + 1];
            let bits = Bits::copy_from(&values, &mut buffer).unwrap();
            prop_assert_eq!(bits.iter().collect::<Vec<_>>(), values.clone());
            prop_assert_eq!(bits.iter().len(), values.len());
            prop_assert!(bits.packed().eq(bits.as_bytes().iter().copied()));
        }
    }
}
