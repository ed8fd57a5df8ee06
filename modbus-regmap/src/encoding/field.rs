//! Adjacent bits of a register.

use super::{Signedness, Width};

/// Adjacent bits of one to four registers, such as a single flag or two states in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    low: u8,
    bits: u8,
    sign: Signedness,
    width: Width,
}

/// How a manual counts the bits of a register.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BitNumbering {
    /// From 0, the least significant bit being the first: `lsb0`.
    #[default]
    Lsb0,
    /// From 1, the least significant bit being the first: `lsb1`.
    Lsb1,
    /// From 0, the most significant bit being the first: `msb0`.
    Msb0,
    /// From 1, the most significant bit being the first: `msb1`.
    Msb1,
}

impl BitNumbering {
    /// The numbering of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "lsb0" => Self::Lsb0,
            "lsb1" => Self::Lsb1,
            "msb0" => Self::Msb0,
            "msb1" => Self::Msb1,
            _ => return None,
        })
    }
}

impl Field {
    /// The `bits` bits from bit `low` on, counted from the least significant one, which is 0.
    ///
    /// `None` if there is none, or if they do not lie within the registers.
    #[must_use]
    pub const fn new(low: u8, bits: u8, sign: Signedness, width: Width) -> Option<Self> {
        if bits == 0 || low as u32 + bits as u32 > width.bits() {
            return None;
        }
        Some(Self {
            low,
            bits,
            sign,
            width,
        })
    }

    /// One bit of one register; `None` if there is no such bit.
    #[must_use]
    pub const fn bit(number: u8, numbering: BitNumbering) -> Option<Self> {
        let low = match numbering {
            BitNumbering::Lsb0 => Some(number),
            BitNumbering::Lsb1 => number.checked_sub(1),
            BitNumbering::Msb0 => 15_u8.checked_sub(number),
            BitNumbering::Msb1 if number == 0 => None,
            BitNumbering::Msb1 => 16_u8.checked_sub(number),
        };
        match low {
            Some(low) => Self::new(low, 1, Signedness::Unsigned, Width::W16),
            None => None,
        }
    }

    /// The least significant bit, counted from 0.
    #[must_use]
    pub const fn low(self) -> u8 {
        self.low
    }

    /// How many bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.bits
    }

    /// Whether the first bit is a sign.
    #[must_use]
    pub const fn sign(self) -> Signedness {
        self.sign
    }

    /// How many registers the bits are part of.
    #[must_use]
    pub const fn width(self) -> Width {
        self.width
    }

    /// Whether it is a single bit without sign.
    #[must_use]
    pub const fn is_bit(self) -> bool {
        self.bits == 1 && matches!(self.sign, Signedness::Unsigned)
    }

    /// The bits of the field set, at the lower end.
    pub(crate) const fn mask(self) -> u64 {
        u64::MAX.wrapping_shr(64_u32.wrapping_sub(self.bits as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_counted_as_manuals_do() {
        for (number, numbering, low) in [
            (0, BitNumbering::Lsb0, Some(0)),
            (16, BitNumbering::Lsb0, None),
            (1, BitNumbering::Lsb1, Some(0)),
            (0, BitNumbering::Lsb1, None),
            (0, BitNumbering::Msb0, Some(15)),
            (15, BitNumbering::Msb0, Some(0)),
            (1, BitNumbering::Msb1, Some(15)),
            (16, BitNumbering::Msb1, Some(0)),
            (17, BitNumbering::Msb1, None),
            (0, BitNumbering::Msb1, None),
        ] {
            assert_eq!(Field::bit(number, numbering).map(Field::low), low);
        }
    }

    #[test]
    fn fields_lie_within_their_registers() {
        let field = |low, bits, width| Field::new(low, bits, Signedness::Unsigned, width);
        assert!(field(0, 64, Width::W64).is_some_and(|field| field.mask() == u64::MAX));
        assert!(field(15, 1, Width::W16).is_some());
        assert_eq!(field(15, 2, Width::W16), None);
        assert_eq!(field(0, 0, Width::W16), None);
        assert_eq!(field(255, 255, Width::W64), None);
    }
}
