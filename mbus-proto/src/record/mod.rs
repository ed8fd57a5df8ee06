//! Data records: DIB, VIB and data (EN 13757-3).
//!
//! | part | bytes | what it says |
//! |---|---|---|
//! | [`Dib`] | DIF, up to ten DIFE | length and coding of the data, function, storage number, tariff, subunit |
//! | [`Vib`] | VIF, up to ten VIFE, perhaps a text | quantity, unit and power of ten, and what qualifies them |
//! | data | as many as the DIF says, or the byte LVAR before them | the value |
//!
//! [`Records`] goes through them. A [`Record`] hands out its parts, its [value](Record::value), or all
//! it says as one [reading](Record::reading). [`RecordBuilder`] goes the other way.
//!
//! ```
//! use mbus_proto::Records;
//! use mbus_proto::meter_units::Quantity;
//! use mbus_proto::record::{Function, RecordBuilder};
//!
//! let input = [
//!     0xDA, 0x02, 0x3B, 0x13, 0x01, // flow, maximum, storage 5
//!     0x0D, 0xFD, 0x0E, 0x03, 0x32, 0x2E, 0x31, // firmware version, a text
//! ];
//! let mut records = Records::new(&input);
//! let flow = records.next().ok_or("no record")??;
//! assert_eq!((flow.function(), flow.storage()), (Function::Maximum, 5));
//! assert_eq!((flow.header(), flow.data()), (&[0xDA, 0x02, 0x3B][..], &[0x13, 0x01][..]));
//! let reading = flow.reading();
//! assert_eq!(reading.channel.quantity, Quantity::VolumeFlow);
//! assert_eq!(format!("{} {}", reading.value, reading.unit), "0.113 m³/h");
//!
//! let version = records.next().ok_or("no record")??;
//! assert_eq!((version.offset(), version.lvar()), (5, Some(3)));
//! assert_eq!(version.value().to_string(), "1.2");
//!
//! // And back: the shortest record that reads the same, here with an integer of one byte.
//! let mut out = [0; 16];
//! let len = RecordBuilder::from_reading(&reading)?.encode_into(&mut out)?;
//! assert_eq!(out[..len], [0xD1, 0x02, 0x3B, 0x71]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! A compact profile holds a row of values in one record. [`Telegram::readings`] hands them out one
//! by one; [`Record::profile`] gives the [`Profile`] of a record.
//!
//! [`Telegram::readings`]: crate::Telegram::readings

mod build;
mod combinable;
mod context;
mod date;
mod dib;
mod error;
pub(crate) mod layout;
mod profile;
mod reading;
mod records;
mod value;
mod vib;
mod vif;
mod vife;

use meter_units::Text;

use context::Context;
use layout::Front;
use value::Class;

use crate::Tolerance;

pub use build::RecordBuilder;
pub use combinable::{Combinable, Level, ProfileKind};
pub use dib::{DataField, Dib, Function, MAX_DIFE};
pub use error::RecordError;
pub use profile::{Increment, Profile, ProfileBase, ProfileReadings, Spacing};
pub use records::Records;
pub use vib::{Combinables, MAX_VIFE, Vib};

/// What a record is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordKind {
    /// A value, or the selection of one.
    Data,
    /// The rest of the telegram is the manufacturer's (DIF 0Fh).
    Manufacturer,
    /// The same, and more records follow in the next telegram (DIF 1Fh).
    MoreFollow,
    /// All values are requested (DIF 7Fh), with VIF 7Eh or without VIF.
    GlobalReadout,
}

/// One data record: a view of its bytes, which gives their meaning on request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// From the DIF to the end of the telegram; its layout tells where the record ends.
    bytes: &'a [u8],
    /// Where the telegram ends, from the start of the caller's slice.
    end: usize,
    front: Front,
    context: Context,
}

impl<'a> Record<'a> {
    /// What the record is for.
    #[must_use]
    #[inline]
    pub const fn kind(&self) -> RecordKind {
        match self.front.layout.dif() {
            0x0F => RecordKind::Manufacturer,
            0x1F => RecordKind::MoreFollow,
            0x7F => RecordKind::GlobalReadout,
            _ => RecordKind::Data,
        }
    }

    /// Where the record begins, from the start of the caller's slice.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.end.wrapping_sub(self.bytes.len())
    }

    /// The length of the whole record.
    #[inline(always)]
    fn len(&self) -> usize {
        self.bytes.len().wrapping_sub(self.front.after)
    }

    /// The whole record: DIB, VIB, LVAR and data.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes.get(..self.len()).unwrap_or(self.bytes)
    }

    /// DIF and DIFE.
    #[must_use]
    #[inline]
    pub fn dib(&self) -> Dib<'a> {
        Dib::new(
            self.bytes
                .get(..self.front.layout.dib_len())
                .unwrap_or_default(),
        )
    }

    /// VIF, VIFE and plain text; empty for a manufacturer's data.
    #[must_use]
    #[inline]
    pub fn vib(&self) -> Vib<'a> {
        let ends = self.front.layout.dib_len()..self.front.layout.vib_end();
        let bytes = self.bytes.get(ends).unwrap_or_default();
        Vib::new(bytes, self.front.layout.text_at(), self.context.order())
    }

    /// DIB and VIB together, which name the value.
    #[must_use]
    pub fn header(&self) -> &'a [u8] {
        self.bytes
            .get(..self.front.layout.vib_end())
            .unwrap_or_default()
    }

    /// The LVAR byte of data of variable length.
    #[must_use]
    pub fn lvar(&self) -> Option<u8> {
        if self.front.layout.has_lvar() {
            self.bytes.get(self.front.layout.vib_end()).copied()
        } else {
            None
        }
    }

    /// What kind of bytes the data is.
    #[inline]
    fn class(&self) -> Class {
        match layout::class(self.front.layout.dif()) {
            Class::Variable => (*self).variable_class(),
            class => class,
        }
    }

    fn variable_class(self) -> Class {
        match (self.kind(), self.lvar()) {
            (RecordKind::GlobalReadout, _) => Class::None,
            (RecordKind::Data, Some(0xF0..)) if self.front.layout.is_classic() => Class::Real,
            (RecordKind::Data, Some(lvar)) => {
                layout::variable_class(lvar).map_or(Class::Bytes, |(class, _)| class)
            }
            _ => Class::Bytes,
        }
    }

    /// The data bytes in the order of the wire, without LVAR.
    #[must_use]
    #[inline]
    pub fn data(&self) -> &'a [u8] {
        let ends = self.front.layout.data_at()..self.len();
        self.bytes.get(ends).unwrap_or_default()
    }

    /// Which of the values of a period it is.
    #[must_use]
    pub fn function(&self) -> Function {
        self.dib().function()
    }

    /// The storage number; 0 is the current value.
    #[must_use]
    pub fn storage(&self) -> u64 {
        self.dib().storage()
    }

    /// The tariff; 0 is the total.
    #[must_use]
    pub fn tariff(&self) -> u32 {
        self.dib().tariff()
    }

    /// The subunit; 0 is the meter itself.
    #[must_use]
    pub fn subunit(&self) -> u16 {
        self.dib().subunit()
    }

    /// The text of a plain-text VIF.
    #[must_use]
    pub fn plain_text(&self) -> Option<Text<'a>> {
        self.vib().plain_text()
    }

    /// The VIFE that qualify the value, or say what the meter has to do with it.
    #[must_use]
    pub fn combinables(&self) -> Combinables<'a> {
        let combinables = self.vib().combinables();
        if self.context.is_from_master() {
            combinables.of_master()
        } else {
            combinables
        }
    }

    /// Why the meter has no value for this record, where a VIFE says so.
    #[must_use]
    pub fn error(&self) -> Option<RecordError> {
        self.information().error
    }

    /// The deviations that had to be bridged to read the record.
    #[must_use]
    pub fn deviations(&self) -> Tolerance {
        let allowed = self.context.tolerance();
        let mut met = Tolerance::empty();
        if self.front.layout.is_classic() {
            let classic = Tolerance::CLASSIC_LVAR.union(Tolerance::CLASSIC_LVAR_FLOAT);
            met.insert(allowed.intersection(classic));
        }
        if self.front.layout.is_long_chain() {
            met.insert(Tolerance::LONG_CHAIN);
        }
        if allowed.contains(Tolerance::WITHDRAWN_VIF) && self.vib().is_withdrawn() {
            met.insert(Tolerance::WITHDRAWN_VIF);
        }
        let information = self.information();
        if allowed.contains(Tolerance::RF_LEVEL_OFFSET)
            && information.quantity == meter_units::Quantity::RfLevel
        {
            met.insert(Tolerance::RF_LEVEL_OFFSET);
        }
        if allowed.contains(Tolerance::BCD_HEX) && self.needs_hex() {
            met.insert(Tolerance::BCD_HEX);
        }
        met
    }

    /// Whether the value can only be read by counting hex digits.
    fn needs_hex(&self) -> bool {
        let strict = self.context.tolerance().difference(Tolerance::BCD_HEX);
        let strictly = Self {
            context: self.context.with_tolerance(strict),
            ..*self
        };
        matches!(self.class(), Class::Bcd | Class::NegativeBcd) && self.value() != strictly.value()
    }
}
