//! The part of a telegram that holds records.

use meter_units::Medium;

use crate::{ByteOrder, Records};

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

    /// The last `len` bytes alone.
    pub(crate) fn last(self, len: usize) -> Self {
        let at = self.bytes.len().saturating_sub(len);
        Self {
            bytes: self.bytes.get(at..).unwrap_or_default(),
            offset: self.offset.saturating_add(at),
            ..self
        }
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

    /// The records, read in the byte order and for the medium of the telegram.
    #[must_use]
    pub const fn records(&self) -> Records<'a> {
        Records::new(self.bytes)
            .with_base(self.offset)
            .with_byte_order(self.order)
            .with_medium(self.medium)
    }
}
