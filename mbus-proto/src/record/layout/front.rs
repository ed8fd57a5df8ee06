//! The shortest way through a record, which nearly all of them allow.

use super::chain;
use super::field::Field;
use super::packed::{Layout, Part};
use crate::record::value;
use crate::record::vib::MAX_VIFE;
use crate::record::vif::{self, Vif};

/// What the shortest way to a reading needs to know of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Front {
    pub(crate) layout: Layout,
    /// How many bytes of the telegram follow the record.
    pub(crate) after: usize,
    /// The row of the VIF, where nothing but that says what the data is, if there are no more than
    /// two DIFE.
    pub(crate) vif: Option<&'static Vif>,
    /// Up to eight bytes from the data on, least significant first; the last ones may be of the
    /// next record.
    pub(crate) data: u64,
}

impl Front {
    /// Of the record that `bytes` begins with.
    pub(crate) fn new(bytes: &[u8], layout: Layout, after: usize) -> Self {
        Self {
            layout,
            after,
            vif: row(bytes, layout),
            data: data_of(bytes, layout),
        }
    }
}

#[inline(never)]
fn row(bytes: &[u8], layout: Layout) -> Option<&'static Vif> {
    if layout.dif() & 0x0F == 0x0F || layout.dib_len() > 3 {
        return None;
    }
    vif::of(bytes.get(layout.dib_len()..layout.vib_end())?)
}

#[inline(never)]
fn data_of(bytes: &[u8], layout: Layout) -> u64 {
    value::front(bytes.get(layout.data_at()..).unwrap_or_default())
}

/// The record at the front and what follows it, if it has at most two DIFE and no plain-text VIF,
/// as nearly all have.
///
/// It branches on every extension bit where a computation could do without: the place of the next
/// record depends on the result, and a predicted branch does not wait for it.
#[inline(always)]
pub(crate) fn common(input: &[u8]) -> Option<(Front, &[u8])> {
    let (&dif, after_dif) = input.split_first()?;
    let (dib, vib) = match after_dif.split_first()? {
        _ if dif & 0x80 == 0 => (Part::DIB_1, after_dif),
        (0..=0x7F, vib) => (Part::DIB_2, vib),
        (_, rest) => match rest.split_first()? {
            (0..=0x7F, vib) => (Part::DIB_3, vib),
            _ => return None,
        },
    };
    let (&vif, after_vif) = vib.split_first()?;
    let (vib, row, data) = match after_vif.split_first() {
        _ if vif & 0x80 == 0 => (Part::VIB_1, vif::of_single(vif), after_vif),
        Some((&code @ 0..=0x7F, data)) => (Part::VIB_2, vif::of_pair(vif, code), data),
        _ => {
            let (len, row) = long_vib(vib);
            let part = Part::vib(u8::try_from(len).ok().filter(|len| *len > 0)?);
            (part, row, vib.get(len..)?)
        }
    };
    if vif & 0x7F == 0x7C {
        return None;
    }
    let layout = Layout::joined(dif, dib, vib);
    if let Some((_, after)) = data.split_at_checked(Field::of(dif).len()) {
        let front = Front {
            layout,
            after: after.len(),
            vif: row,
            data: value::front(data),
        };
        return Some((front, after));
    }
    let (layout, vif, after) = if dif == MANUFACTURER {
        let none: &[u8] = &[];
        (Layout::new(MANUFACTURER, 1, 1), None, none)
    } else {
        let after = data.get(text_len(dif, data)?..)?;
        (layout.with(Layout::LVAR, true), row, after)
    };
    let front = Front {
        layout,
        after: after.len(),
        vif,
        data: 0,
    };
    Some((front, after))
}

/// The DIF after which everything is the manufacturer's.
const MANUFACTURER: u8 = 0x0F;

/// The length of an LVAR and the text that it announces, if it does and the text is there.
#[inline(never)]
fn text_len(dif: u8, data: &[u8]) -> Option<usize> {
    match data.split_first() {
        Some((&lvar @ ..=0xBF, text)) if dif & 0x0F == 0x0D && text.len() >= usize::from(lvar) => {
            Some(usize::from(lvar).wrapping_add(1))
        }
        _ => None,
    }
}

/// The length of a VIB with two to ten VIFE, 0 if it has no end or more of them, and its row: two
/// words, as a function can return them in registers.
#[inline(never)]
fn long_vib(vib: &[u8]) -> (usize, Option<&'static Vif>) {
    let len = match *vib {
        [_, _, 0..=0x7F, ..] => 3,
        [_, _, _, 0..=0x7F, ..] => 4,
        _ => chain(vib).map_or(0, |(len, _)| len),
    };
    if len <= MAX_VIFE.wrapping_add(1) {
        (len, vif::of(vib))
    } else {
        (0, None)
    }
}
