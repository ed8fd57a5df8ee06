//! Data records: DIB, VIB and data (EN 13757-3).

mod build;
mod build_reading;
mod combinable;
mod context;
mod date;
mod dib;
mod error;
pub(crate) mod layout;
mod profile;
mod reading;
mod value;
mod vib;
mod vif;
mod vife;

use core::iter::FusedIterator;

use meter_units::{Medium, Text};

use context::Context;
use layout::{Fault, Front, Layout, TextPlace};
use value::Class;

use crate::{ByteOrder, DecodeError, DecodeErrorKind, Tolerance};

pub use build::RecordBuilder;
pub use combinable::{Combinable, Level, ProfileKind};
pub use dib::{DataField, Dib, Function, MAX_DIFE};
pub use error::RecordError;
pub use profile::{Increment, Profile, ProfileBase, ProfileReadings, Spacing};
pub use vib::{Combinables, MAX_VIFE, Vib};

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
    rest: &'a [u8],
    /// Where `rest` ends, from the start of the caller's slice.
    end: usize,
    context: Context,
    place: Option<TextPlace>,
    more: bool,
    /// What was not understood when the records ended; `rest` is empty then.
    left: &'a [u8],
}

impl<'a> Records<'a> {
    /// The records in `data`, which begins with a DIF or a filler.
    ///
    /// Byte order mode 1, medium unknown, [`Tolerance::default`]; the methods named `with_…`
    /// change that.
    #[must_use]
    pub const fn new(data: &'a [u8]) -> Self {
        let context = Context::new(Medium::UNKNOWN, Tolerance::DEFAULT);
        Self {
            rest: data,
            end: data.len(),
            context,
            place: None,
            more: false,
            left: &[],
        }
    }

    /// Counts offsets from `base` bytes before the data.
    #[must_use]
    pub const fn with_base(self, base: usize) -> Self {
        Self {
            end: base.wrapping_add(self.rest.len()),
            ..self
        }
    }

    /// Reads numbers in this byte order.
    #[must_use]
    pub const fn with_byte_order(self, order: ByteOrder) -> Self {
        Self {
            context: self.context.with_order(order),
            ..self
        }
    }

    /// Gives the readings this medium.
    #[must_use]
    pub const fn with_medium(self, medium: Medium) -> Self {
        Self {
            context: self.context.with_medium(medium),
            ..self
        }
    }

    /// Bridges these deviations.
    #[must_use]
    pub const fn with_tolerance(self, tolerance: Tolerance) -> Self {
        Self {
            context: self.context.with_tolerance(tolerance),
            ..self
        }
    }

    /// Reads the records as sent by a master: VIFE 00h to 1Fh are object actions, not errors.
    #[must_use]
    pub const fn from_master(self) -> Self {
        Self {
            context: self.context.with_master(),
            ..self
        }
    }

    /// Where the next record begins, from the start of the caller's slice.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.end.wrapping_sub(self.rest.len())
    }

    /// The bytes that have not been read yet.
    #[must_use]
    pub const fn remainder(&self) -> &'a [u8] {
        if self.rest.is_empty() {
            self.left
        } else {
            self.rest
        }
    }

    /// Whether the meter has more records for the next telegram (DIF 1Fh); known at the end.
    #[must_use]
    pub const fn more_follow(&self) -> bool {
        self.more
    }

    /// Passes over `len` bytes.
    fn advance(&mut self, len: usize) {
        if let Some((_, rest)) = self.rest.split_at_checked(len) {
            self.rest = rest;
        }
    }

    /// The record at the front; `after` follows it.
    #[inline(always)]
    fn take_front(&mut self, front: Front, after: &'a [u8]) -> Record<'a> {
        let record = Record {
            bytes: self.rest,
            end: self.end,
            context: self.context,
            front,
        };
        self.rest = after;
        record
    }

    /// The record at the front, of this layout and length.
    #[inline(always)]
    fn take_laid_out(&mut self, layout: Layout, len: usize) -> Record<'a> {
        let after = self.rest.get(len..).unwrap_or_default();
        self.take_front(Front::new(self.rest, layout, after.len()), after)
    }

    /// The layout of the record at the front, after the place of texts has been found if that
    /// matters.
    #[cold]
    #[inline(never)]
    fn unusual(&mut self) -> Step {
        self.skip_fillers();
        if self.place.is_none() && is_ambiguous(self.rest) {
            self.place = Some(self.find_text_place());
        }
        self.measure()
    }

    /// The layout of the record at the front, whatever it is like.
    fn measure(&mut self) -> Step {
        self.skip_fillers();
        match self.rest.first() {
            Some(&dif) => {
                if dif & 0x0F == 0x0F {
                    self.special(dif)
                } else {
                    self.laid_out()
                        .map_or(Step::Fault, |(layout, len)| Step::Record(layout, len))
                }
            }
            None => Step::End,
        }
    }

    fn skip_fillers(&mut self) {
        while let Some((0x2F, _)) = self.rest.split_first() {
            self.advance(1);
        }
    }

    fn laid_out(&self) -> Result<(Layout, usize), Fault> {
        let place = self.place.unwrap_or(TextPlace::AfterVif);
        layout::layout(self.rest, place, self.context.tolerance())
    }

    /// A special function: DIF with the low nibble Fh (EN 13757-3, Table 6).
    fn special(&mut self, dif: u8) -> Step {
        let (vib_end, len) = match dif {
            0x0F | 0x1F => (1, self.rest.len()),
            // The request may name the VIF "any", and has no data.
            0x7F if self.rest.get(1) == Some(&0x7E) => (2, 2),
            0x7F => (1, 1),
            _ => return Step::Fault,
        };
        self.more |= dif == 0x1F;
        Step::Record(Layout::new(dif, 1, vib_end), len)
    }

    /// Why there is no layout, and on to what follows where that is known.
    #[cold]
    fn fault(&mut self) -> DecodeError {
        let dif = self.rest.first().copied().unwrap_or_default();
        let fault = match self.laid_out() {
            Err(fault) if dif & 0x0F != 0x0F => fault,
            _ => Fault {
                kind: DecodeErrorKind::ReservedDif { dif },
                at: 0,
                len: None,
            },
        };
        let error = DecodeError::new(fault.kind, self.offset().saturating_add(fault.at));
        match fault.len {
            Some(len) => self.advance(len),
            None => {
                (self.left, self.rest) = (self.rest, &[]);
                self.end = self.end.wrapping_sub(self.left.len());
            }
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
        if after_vife.whole && after_vife > after_vif {
            TextPlace::AfterVife
        } else {
            TextPlace::AfterVif
        }
    }

    /// How well the rest of the telegram reads with the text in this place.
    fn fit(&self, place: TextPlace) -> Fit {
        let mut records = Self {
            place: Some(place),
            ..self.clone()
        };
        let mut fit = Fit::BEST;
        loop {
            match records.measure() {
                Step::Record(layout, len) => {
                    fit.correct &= !layout.is_classic() && !layout.is_long_chain();
                    let record = records.take_laid_out(layout, len);
                    fit.readable &= record.plain_text().is_none_or(|text| is_readable(&text));
                }
                Step::Fault => {
                    records.fault();
                    fit.whole = false;
                }
                Step::End => break,
            }
        }
        fit
    }
}

/// How well a telegram reads: first of all, do its records end where it ends?
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    whole: bool,
    /// Without it, a tolerance would change how a correct telegram reads.
    correct: bool,
    readable: bool,
}

impl Fit {
    const BEST: Self = Self {
        whole: true,
        correct: true,
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

    // Out of line, the record would go through memory.
    #[inline(always)]
    fn next(&mut self) -> Option<Self::Item> {
        if let Some((front, after)) = layout::common(self.rest) {
            return Some(Ok(self.take_front(front, after)));
        }
        if self.rest.is_empty() {
            return None;
        }
        // Only the copy is lent to a function: the original may stay in registers.
        let mut records = self.clone();
        let step = records.unusual();
        let next = match step {
            Step::Record(layout, len) => Some(Ok(records.take_laid_out(layout, len))),
            Step::Fault => Some(Err(records.fault())),
            Step::End => None,
        };
        *self = records;
        next
    }
}

/// What comes next.
enum Step {
    /// Its layout and length.
    Record(Layout, usize),
    Fault,
    End,
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
