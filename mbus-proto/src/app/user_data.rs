//! The part of a telegram that holds records.

use meter_units::Medium;

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

/// The bytes of a telegram that hold data records, as sent, and what is needed to read them.
///
/// If the header names an encryption, they are what it made of the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UserData<'a> {
    bytes: &'a [u8],
    offset: usize,
    order: ByteOrder,
    medium: Medium,
}

impl<'a> UserData<'a> {
    /// Records to be sent: least significant byte first, of an unknown medium.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            offset: 0,
            order: ByteOrder::LeastFirst,
            medium: Medium::UNKNOWN,
        }
    }

    /// The same bytes in another byte order.
    #[must_use]
    pub const fn with_byte_order(self, order: ByteOrder) -> Self {
        Self { order, ..self }
    }

    /// The same bytes of a meter for this medium.
    #[must_use]
    pub const fn with_medium(self, medium: Medium) -> Self {
        Self { medium, ..self }
    }

    pub(crate) const fn with_offset(self, offset: usize) -> Self {
        Self { offset, ..self }
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The place of the first byte in what was parsed.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// In which order the bytes of a number are sent.
    #[must_use]
    pub const fn byte_order(&self) -> ByteOrder {
        self.order
    }

    /// The medium in the header; [`Medium::UNKNOWN`] where there is none.
    #[must_use]
    pub const fn medium(&self) -> Medium {
        self.medium
    }
}
