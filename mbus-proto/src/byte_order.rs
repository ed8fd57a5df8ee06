//! The order of the bytes in a number.

/// In which order the bytes of a number are sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum ByteOrder {
    /// Least significant first (mode 1): the only one since 2018.
    #[default]
    LeastFirst,
    /// Most significant first (mode 2), of the classic documentation.
    MostFirst,
}

impl ByteOrder {
    /// The same bytes with the least significant first.
    #[must_use]
    pub fn least_first<const N: usize>(self, mut bytes: [u8; N]) -> [u8; N] {
        if self == Self::MostFirst {
            bytes.reverse();
        }
        bytes
    }

    /// The number of two bytes.
    #[must_use]
    pub const fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::LeastFirst => u16::from_le_bytes(bytes),
            Self::MostFirst => u16::from_be_bytes(bytes),
        }
    }

    /// The number of four bytes.
    #[must_use]
    pub const fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::LeastFirst => u32::from_le_bytes(bytes),
            Self::MostFirst => u32::from_be_bytes(bytes),
        }
    }
}
