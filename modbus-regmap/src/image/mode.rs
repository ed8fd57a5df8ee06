//! How a gateway arranges its image.

use core::ops::BitOr;

/// How a gateway arranges its image; the bits are those of its configuration.
///
/// ```
/// use modbus_regmap::image::Mode;
///
/// let mode = Mode::FLOAT_ONLY | Mode::WORD_SWAP;
/// assert_eq!(mode.bits(), 0b0101);
/// assert!(mode.contains(Mode::WORD_SWAP));
/// assert_eq!(Mode::default(), Mode::GRID);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(from = "u8", into = "u8"))]
pub struct Mode {
    bits: u8,
}

impl Mode {
    /// Ten registers an entry, all meters in one address space, high word first.
    pub const GRID: Self = Self { bits: 0 };
    /// Two registers an entry: serial numbers and floats.
    pub const FLOAT_ONLY: Self = Self { bits: 1 };
    /// Each meter at a unit address of its own.
    pub const MULTI_SLAVE: Self = Self { bits: 1 << 1 };
    /// Low word first.
    pub const WORD_SWAP: Self = Self { bits: 1 << 2 };
    /// Fixed values instead of those of the meters.
    pub const TEST_DATA: Self = Self { bits: 1 << 3 };

    /// The mode of these bits; those that mean nothing are dropped.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self { bits: bits & 0x0F }
    }

    /// The bits of the configuration.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.bits
    }

    /// Whether all of `other` is set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.bits & other.bits == other.bits
    }

    /// How many registers an entry has: 10 or 2.
    #[must_use]
    pub const fn registers_per_entry(self) -> u16 {
        if self.contains(Self::FLOAT_ONLY) {
            2
        } else {
            10
        }
    }
}

impl BitOr for Mode {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            bits: self.bits | other.bits,
        }
    }
}

impl From<u8> for Mode {
    fn from(bits: u8) -> Self {
        Self::from_bits(bits)
    }
}

impl From<Mode> for u8 {
    fn from(mode: Mode) -> Self {
        mode.bits
    }
}
