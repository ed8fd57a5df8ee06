//! The records of a telegram, one after the other.

use core::iter::FusedIterator;

use meter_units::{Medium, Text};

use crate::record::Record;
use crate::record::context::Context;
use crate::record::layout::{self, Fault, Front, Layout, TextPlace};
use crate::{ByteOrder, DecodeError, DecodeErrorKind, Tolerance};

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

    /// Reads the records as sent by a master: VIFE 00h to 0Fh are object actions
    /// ([`Level::Action`](crate::record::Level::Action)), and none is an error.
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
