//! Data records: DIB, VIB and data (EN 13757-3).

mod build;
mod build_reading;
mod combinable;
mod date;
mod dib;
mod layout;
mod profile;
mod reading;
mod value;
mod vib;
mod vif;

use core::iter::FusedIterator;

use meter_units::{Medium, Text};

use layout::{Fault, Layout, TextPlace};
use value::Class;

use crate::{ByteOrder, DecodeError, DecodeErrorKind, Tolerance};

pub use build::RecordBuilder;
pub use combinable::{Combinable, Level, ProfileKind, RecordError};
pub use dib::{DataField, Dib, Function, MAX_DIFE};
pub use profile::{Increment, Profile, ProfileBase, ProfileReadings, Spacing};
pub use vib::{Combinables, MAX_VIFE, Vib};

/// What a record has to know of the telegram around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) order: ByteOrder,
    pub(crate) medium: Medium,
    pub(crate) tolerance: Tolerance,
    pub(crate) from_master: bool,
}

/// The data records of a telegram, one after the other.
///
/// An error whose extent is known (such as too many DIFE) takes the place of its record, and the
/// next record follows; after any other error the iterator ends, and [`Records::remainder`] has
/// the bytes that were not understood.
///
/// The work is linear in the input: every byte is looked at once, and at most twice more in a
/// telegram with a plain-text VIF, whose two readings are then tried on the rest of the telegram.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    data: &'a [u8],
    position: usize,
    base: usize,
    context: Context,
    place: Option<TextPlace>,
    more: bool,
    ended: bool,
}

impl<'a> Records<'a> {
    /// The records in `data`, which begins with a DIF or a filler.
    ///
    /// Byte order mode 1, medium unknown, [`Tolerance::default`]; the methods named `with_…`
    /// change that.
    #[must_use]
    pub const fn new(data: &'a [u8]) -> Self {
        let context = Context {
            order: ByteOrder::LeastFirst,
            medium: Medium::UNKNOWN,
            tolerance: Tolerance::DEFAULT,
            from_master: false,
        };
        Self {
            data,
            position: 0,
            base: 0,
            context,
            place: None,
            more: false,
            ended: false,
        }
    }

    /// Counts offsets from `base` bytes before the data.
    #[must_use]
    pub const fn with_base(self, base: usize) -> Self {
        Self { base, ..self }
    }

    /// Reads numbers in this byte order.
    #[must_use]
    pub const fn with_byte_order(self, order: ByteOrder) -> Self {
        Self {
            context: Context {
                order,
                ..self.context
            },
            ..self
        }
    }

    /// Gives the readings this medium.
    #[must_use]
    pub const fn with_medium(self, medium: Medium) -> Self {
        Self {
            context: Context {
                medium,
                ..self.context
            },
            ..self
        }
    }

    /// Bridges these deviations.
    #[must_use]
    pub const fn with_tolerance(self, tolerance: Tolerance) -> Self {
        Self {
            context: Context {
                tolerance,
                ..self.context
            },
            ..self
        }
    }

    /// Reads the records as sent by a master: VIFE 00h to 1Fh are object actions, not errors.
    #[must_use]
    pub const fn from_master(self) -> Self {
        Self {
            context: Context {
                from_master: true,
                ..self.context
            },
            ..self
        }
    }

    /// Where the next record begins, from the start of the caller's slice.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.base.saturating_add(self.position)
    }

    /// The bytes that have not been read yet.
    #[must_use]
    pub fn remainder(&self) -> &'a [u8] {
        self.data.get(self.position..).unwrap_or_default()
    }

    /// Whether the meter has more records for the next telegram (DIF 1Fh); known at the end.
    #[must_use]
    pub const fn more_follow(&self) -> bool {
        self.more
    }

    /// A special function: DIF with the low nibble Fh (EN 13757-3, Table 6).
    fn special(&mut self, dif: u8, rest: &'a [u8]) -> Result<Record<'a>, DecodeError> {
        let kind = match dif {
            0x0F => RecordKind::Manufacturer,
            0x1F => RecordKind::MoreFollow,
            0x7F => RecordKind::GlobalReadout,
            _ => {
                self.ended = true;
                let kind = DecodeErrorKind::ReservedDif { dif };
                return Err(DecodeError::new(kind, self.offset()));
            }
        };
        // A global readout request may name the VIF "any", and has no data.
        let mut vib_len = 0;
        let mut len = rest.len();
        if kind == RecordKind::GlobalReadout {
            vib_len = u16::from(rest.get(1) == Some(&0x7E));
            len = usize::from(vib_len).saturating_add(1);
        } else {
            self.more = kind == RecordKind::MoreFollow;
        }
        let data_len = len.saturating_sub(usize::from(vib_len)).saturating_sub(1);
        let layout = Layout {
            dib_len: 1,
            vib_len,
            text_at: 0,
            has_lvar: false,
            data_len: u16::try_from(data_len).unwrap_or(u16::MAX),
            class: if kind == RecordKind::GlobalReadout {
                Class::None
            } else {
                Class::Bytes
            },
            met: Tolerance::empty(),
        };
        let record = self.record(rest, layout, kind);
        self.position = self.position.saturating_add(len);
        Ok(record)
    }

    #[inline]
    fn record(&self, rest: &'a [u8], layout: Layout, kind: RecordKind) -> Record<'a> {
        Record {
            bytes: rest,
            offset: self.offset(),
            layout,
            kind,
            context: self.context,
        }
    }

    #[cold]
    fn fault(&mut self, fault: Fault) -> DecodeError {
        let error = DecodeError::new(fault.kind, self.offset().saturating_add(fault.at));
        match fault.len {
            Some(len) => self.position = self.position.saturating_add(len),
            None => self.ended = true,
        }
        error
    }

    /// Which place of the text makes the records end where the telegram ends.
    #[cold]
    fn find_text_place(&self) -> TextPlace {
        let after_vif = self.fit(TextPlace::AfterVif);
        if after_vif == Fit::BEST {
            return TextPlace::AfterVif;
        }
        let after_vife = self.fit(TextPlace::AfterVife);
        if after_vife > after_vif {
            TextPlace::AfterVife
        } else {
            TextPlace::AfterVif
        }
    }

    /// How well the rest of the telegram reads with the text in this place.
    fn fit(&self, place: TextPlace) -> Fit {
        let records = Self {
            place: Some(place),
            ..self.clone()
        };
        let mut fit = Fit::BEST;
        for record in records {
            match record {
                Ok(record) => {
                    if record.plain_text().is_some_and(|text| !is_readable(&text)) {
                        fit.readable = false;
                    }
                }
                Err(_) => fit.whole = false,
            }
        }
        fit
    }
}

/// How well a telegram reads: first of all, do its records end where it ends?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    whole: bool,
    readable: bool,
}

impl Fit {
    const BEST: Self = Self {
        whole: true,
        readable: true,
    };
}

/// Without control characters, and not empty.
fn is_readable(text: &Text<'_>) -> bool {
    let bytes = text.as_bytes();
    !bytes.is_empty() && !bytes.iter().any(|byte| byte & 0x7F < 0x20 || *byte == 0x7F)
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let mut rest = self.remainder();
        let mut dif = *rest.first()?;
        while dif == 0x2F {
            self.position = self.position.saturating_add(1);
            rest = self.remainder();
            dif = *rest.first()?;
        }
        if dif & 0x0F == 0x0F {
            return Some(self.special(dif, rest));
        }
        let place = self.place.unwrap_or(TextPlace::AfterVif);
        let mut laid = layout::layout(rest, place, self.context.tolerance);
        if self.place.is_none() && is_ambiguous(rest) {
            let found = self.find_text_place();
            self.place = Some(found);
            if found != place {
                laid = layout::layout(rest, found, self.context.tolerance);
            }
        }
        match laid {
            Ok(layout) => {
                let record = self.record(rest, layout, RecordKind::Data);
                self.position = self.position.saturating_add(layout.len());
                Some(Ok(record))
            }
            Err(fault) => Some(Err(self.fault(fault))),
        }
    }
}

impl FusedIterator for Records<'_> {}

/// Whether the record at the front has a plain-text VIF with VIFE.
#[inline]
fn is_ambiguous(rest: &[u8]) -> bool {
    let mut bytes = rest.iter();
    let has_vib = bytes.by_ref().any(|byte| byte & 0x80 == 0);
    has_vib && bytes.next() == Some(&0xFC)
}

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
    /// From the DIF to the end of the telegram; `layout` tells where the record ends.
    bytes: &'a [u8],
    offset: usize,
    layout: Layout,
    kind: RecordKind,
    context: Context,
}

impl<'a> Record<'a> {
    /// What the record is for.
    #[must_use]
    pub const fn kind(&self) -> RecordKind {
        self.kind
    }

    /// Where the record begins, from the start of the caller's slice.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }

    /// The whole record: DIB, VIB, LVAR and data.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.bytes.get(..self.layout.len()).unwrap_or(self.bytes)
    }

    /// DIF and DIFE.
    #[must_use]
    #[inline]
    pub fn dib(&self) -> Dib<'a> {
        Dib::new(
            self.bytes
                .get(..usize::from(self.layout.dib_len))
                .unwrap_or_default(),
        )
    }

    /// VIF, VIFE and plain text; empty for a manufacturer's data.
    #[must_use]
    #[inline]
    pub fn vib(&self) -> Vib<'a> {
        let start = usize::from(self.layout.dib_len);
        let end = start.wrapping_add(usize::from(self.layout.vib_len));
        let bytes = self.bytes.get(start..end).unwrap_or_default();
        Vib::new(bytes, self.layout.text_at, self.context.order)
    }

    /// DIB and VIB together, which name the value.
    #[must_use]
    pub fn header(&self) -> &'a [u8] {
        let vib_len = usize::from(self.layout.vib_len);
        let end = usize::from(self.layout.dib_len).saturating_add(vib_len);
        self.bytes.get(..end).unwrap_or_default()
    }

    /// The LVAR byte of data of variable length.
    #[must_use]
    pub fn lvar(&self) -> Option<u8> {
        let at = self.layout.data_at().checked_sub(1)?;
        if self.layout.has_lvar {
            self.bytes.get(at).copied()
        } else {
            None
        }
    }

    /// The data bytes in the order of the wire, without LVAR.
    #[must_use]
    #[inline]
    pub fn data(&self) -> &'a [u8] {
        self.bytes
            .get(self.layout.data_at()..self.layout.len())
            .unwrap_or_default()
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
        if self.context.from_master {
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
        let mut met = self.layout.met;
        let allowed = self.context.tolerance;
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
        let strict = self.context.tolerance.difference(Tolerance::BCD_HEX);
        let strictly = Self {
            context: Context {
                tolerance: strict,
                ..self.context
            },
            ..*self
        };
        self.layout.class == Class::Bcd && self.value() != strictly.value()
    }
}
