//! Where a record's parts lie: lengths only, no meaning.

use crate::record::dib::MAX_DIFE;
use crate::record::value::{self, Class};
use crate::record::vib::MAX_VIFE;
use crate::record::vif::{self, Vif};
use crate::{DecodeErrorKind, Tolerance};

/// Where the text of a plain-text VIF with VIFE stands: both are in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextPlace {
    /// Directly after the VIF (the older documentation, and most meters).
    AfterVif,
    /// After the last VIFE (EN 13757-3:2018, Annex C).
    AfterVife,
}

/// The DIF of a record, where its DIB and VIB end, counted from there, and what was bridged to find
/// out.
///
/// All of it is packed into one word, least significant first: 8 bits for the length of the DIB, 16
/// for the end of the VIB, 8 for the DIF, 8 for the place of a plain text in the VIB (0 is none), and
/// 8 for the flags. So it stays in a register on its way in and out of functions, which a struct of
/// small fields does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout(u64);

/// The share of a DIB or VIB in a [`Layout`].
#[derive(Clone, Copy)]
struct Part(u64);

impl Part {
    const DIB_1: Self = Self::dib(1);
    const DIB_2: Self = Self::dib(2);
    const DIB_3: Self = Self::dib(3);
    const VIB_1: Self = Self::vib(1);
    const VIB_2: Self = Self::vib(2);

    const fn dib(len: u8) -> Self {
        Self(u64::from_le_bytes([len, len, 0, 0, 0, 0, 0, 0]))
    }

    const fn vib(len: u8) -> Self {
        Self(u64::from_le_bytes([0, len, 0, 0, 0, 0, 0, 0]))
    }
}

impl Layout {
    const LVAR: u64 = 1 << 40;
    const CLASSIC: u64 = 1 << 41;
    const LONG_CHAIN: u64 = 1 << 42;

    #[inline(always)]
    pub(crate) const fn new(dif: u8, dib_len: u8, vib_end: u16) -> Self {
        let [v, w] = vib_end.to_le_bytes();
        Self(u64::from_le_bytes([dib_len, v, w, dif, 0, 0, 0, 0]))
    }

    /// Of these parts; no sum is above 16 bits.
    #[inline(always)]
    const fn joined(dif: u8, dib: Part, vib: Part) -> Self {
        Self(dib.0.wrapping_add(vib.0) | (dif as u64) << 24)
    }

    #[inline(always)]
    const fn with(self, flag: u64, set: bool) -> Self {
        if set { Self(self.0 | flag) } else { self }
    }

    const fn with_text_at(self, at: u8) -> Self {
        Self(self.0 | (at as u64) << 32)
    }

    #[inline(always)]
    pub(crate) const fn dif(self) -> u8 {
        let [_, _, _, dif, ..] = self.0.to_le_bytes();
        dif
    }

    /// The length of the DIB, and so where the VIB begins.
    #[inline(always)]
    pub(crate) fn dib_len(self) -> usize {
        let [len, ..] = self.0.to_le_bytes();
        usize::from(len)
    }

    /// Where the plain text stands in the VIB; 0 where there is none.
    #[inline(always)]
    pub(crate) const fn text_at(self) -> u8 {
        let [_, _, _, _, at, ..] = self.0.to_le_bytes();
        at
    }

    /// Where the VIB ends and an LVAR would stand.
    #[inline(always)]
    pub(crate) fn vib_end(self) -> usize {
        let [_, v, w, ..] = self.0.to_le_bytes();
        usize::from(u16::from_le_bytes([v, w]))
    }

    #[inline(always)]
    pub(crate) const fn has_lvar(self) -> bool {
        self.0 & Self::LVAR != 0
    }

    /// Whether the LVAR is read as the older documentation has it.
    pub(crate) const fn is_classic(self) -> bool {
        self.0 & Self::CLASSIC != 0
    }

    /// Whether there are more than ten DIFE or VIFE.
    pub(crate) const fn is_long_chain(self) -> bool {
        self.0 & Self::LONG_CHAIN != 0
    }

    /// Where the data begins.
    #[inline(always)]
    pub(crate) fn data_at(self) -> usize {
        self.vib_end().wrapping_add(usize::from(self.has_lvar()))
    }
}

/// What the low nibble of a DIF tells of the data, in one word: 8 bits for the bits of 64 that the
/// data leaves free, 8 for its class, and 16 at the top for its length.
///
/// Of a struct the compiler would replace each comparison by one with a mask of bits, for which it
/// shifts.
#[derive(Clone, Copy)]
pub(crate) struct Field(i64);

impl Field {
    const NONE: Self = Self::new(0, Class::None);

    const fn new(len: u8, class: Class) -> Self {
        // At most eight bytes.
        let free = 64_u8.wrapping_sub(len.wrapping_mul(8));
        let top = match class {
            Class::Variable => 0xFF,
            _ => 0,
        };
        Self(i64::from_le_bytes([
            free,
            class as u8,
            0,
            0,
            0,
            0,
            if top == 0 { len } else { top },
            top,
        ]))
    }

    #[inline(always)]
    pub(crate) fn of(dif: u8) -> Self {
        FIELDS
            .get(usize::from(dif & 0x0F))
            .copied()
            .unwrap_or(Self::NONE)
    }

    /// The length in bytes; where an LVAR tells it, more than any slice has.
    #[inline(always)]
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)]
    const fn len(self) -> usize {
        (self.0 >> 48) as usize
    }

    /// The bits of 64 that the data leaves free; 64 where there is none.
    #[inline(always)]
    pub(crate) const fn free(self) -> u32 {
        let [free, ..] = self.0.to_le_bytes();
        free as u32
    }

    #[inline(always)]
    pub(crate) const fn is(self, class: Class) -> bool {
        let [_, own, ..] = self.0.to_le_bytes();
        own == class as u8
    }
}

static FIELDS: [Field; 16] = fields();

const fn fields() -> [Field; 16] {
    let mut fields = [Field::NONE; 16];
    let mut rest: &[(u8, Class)] = &DATA;
    let mut left: &mut [Field] = &mut fields;
    while let (Some(((len, class), after)), Some((field, others))) =
        (rest.split_first(), left.split_first_mut())
    {
        *field = Field::new(*len, *class);
        (rest, left) = (after, others);
    }
    fields
}

/// Length and class of the data, by the low nibble of the DIF.
const DATA: [(u8, Class); 16] = [
    (0, Class::None),
    (1, Class::Integer),
    (2, Class::Integer),
    (3, Class::Integer),
    (4, Class::Integer),
    (4, Class::Real),
    (6, Class::Integer),
    (8, Class::Integer),
    (0, Class::None),
    (1, Class::Bcd),
    (2, Class::Bcd),
    (3, Class::Bcd),
    (4, Class::Bcd),
    (0, Class::Variable),
    (6, Class::Bcd),
    (0, Class::Variable),
];

#[inline]
fn data(dif: u8) -> (u8, Class) {
    DATA.get(usize::from(dif & 0x0F))
        .copied()
        .unwrap_or_default()
}

/// The class of data whose length and coding the DIF tells; [`Class::Variable`] if it does not.
#[inline]
pub(crate) fn class(dif: u8) -> Class {
    data(dif).1
}

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

/// The length of a chain, in which every byte but the last has bit 7 set, and what follows it.
#[inline]
fn chain(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut rest = bytes;
    let mut len = 0_usize;
    while let Some((byte, after)) = rest.split_first() {
        rest = after;
        len = len.wrapping_add(1);
        if byte & 0x80 == 0 {
            return Some((len, rest));
        }
    }
    None
}

/// Why a record could not be laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: DecodeErrorKind,
    /// Where, from the DIF on.
    pub(crate) at: usize,
    /// How long the record is, where that is known all the same.
    pub(crate) len: Option<usize>,
}

impl Fault {
    const fn truncated(needed: usize, at: usize) -> Self {
        #[allow(clippy::cast_possible_truncation)]
        let needed = if needed > 0xFFFF {
            u16::MAX
        } else {
            needed as u16
        };
        Self {
            kind: DecodeErrorKind::Truncated { needed },
            at,
            len: None,
        }
    }
}

/// Lays out the record at the front of `input`, whose first byte is a DIF that is no special
/// function, and tells its length.
pub(crate) fn layout(
    input: &[u8],
    place: TextPlace,
    allowed: Tolerance,
) -> Result<(Layout, usize), Fault> {
    let dib_len = chain_len(input).map_err(|at| Fault::truncated(1, at))?;
    let vib = vib(input.get(dib_len..).unwrap_or_default(), place).map_err(|fault| Fault {
        at: dib_len.saturating_add(fault.at),
        ..fault
    })?;
    with_data(input, dib_len, vib, allowed)
}

/// The length of DIB and VIB at the front of `input`, whose first byte is a DIF that is no special
/// function.
pub(crate) fn header_len(input: &[u8], place: TextPlace) -> Option<usize> {
    let dib_len = chain_len(input).ok()?;
    let vib = vib(input.get(dib_len..)?, place).ok()?;
    Some(dib_len.saturating_add(vib.len))
}

/// The length of the data of a record with this DIF, LVAR included, at the front of `data`.
pub(crate) fn data_len(dif: u8, data: &[u8]) -> Option<usize> {
    let len = match self::data(dif) {
        (_, Class::Variable) => {
            let lvar = *data.first()?;
            variable_class(lvar)?;
            variable_len(lvar).saturating_add(1)
        }
        (len, _) => usize::from(len),
    };
    (len <= data.len()).then_some(len)
}

/// The length of a chain; without an end, where it breaks.
fn chain_len(bytes: &[u8]) -> Result<usize, usize> {
    chain(bytes).map(|(len, _)| len).ok_or(bytes.len())
}

#[derive(Clone, Copy)]
struct Vib {
    len: usize,
    text_at: u8,
    /// VIFE that count towards the limit of ten.
    vife: usize,
}

fn vib(bytes: &[u8], place: TextPlace) -> Result<Vib, Fault> {
    let Some(&vif) = bytes.first() else {
        return Err(Fault::truncated(1, 0));
    };
    if vif & 0x7F != 0x7C {
        let len = chain_len(bytes).map_err(|at| Fault::truncated(1, at))?;
        return Ok(Vib {
            len,
            text_at: 0,
            vife: len.saturating_sub(1),
        });
    }
    let vife_first = vif & 0x80 != 0 && place == TextPlace::AfterVife;
    let text_at = if vife_first {
        chain_len(bytes).map_err(|at| Fault::truncated(1, at))?
    } else {
        1
    };
    let Some(&len) = bytes.get(text_at) else {
        return Err(Fault::truncated(1, text_at));
    };
    let after_text = text_at.saturating_add(1).saturating_add(usize::from(len));
    let Some(rest) = bytes.get(after_text..) else {
        return Err(Fault::truncated(
            after_text.saturating_sub(bytes.len()),
            text_at.saturating_add(1),
        ));
    };
    let vife = if vif & 0x80 == 0 {
        0
    } else if vife_first {
        text_at.saturating_sub(1)
    } else {
        chain_len(rest).map_err(|at| Fault::truncated(1, after_text.saturating_add(at)))?
    };
    let len = if vife_first {
        after_text
    } else {
        after_text.saturating_add(vife)
    };
    let text_at = u8::try_from(text_at).map_err(|_| Fault {
        kind: DecodeErrorKind::TooManyVife,
        at: 0,
        len: None,
    })?;
    Ok(Vib { len, text_at, vife })
}

fn with_data(
    input: &[u8],
    dib_len: usize,
    vib: Vib,
    allowed: Tolerance,
) -> Result<(Layout, usize), Fault> {
    let dif = input.first().copied().unwrap_or_default();
    let vib_end = dib_len.saturating_add(vib.len);
    let available = input.len().saturating_sub(vib_end);
    let (len, class) = data(dif);
    let (has_lvar, data_len, classic) = if class == Class::Variable {
        let Some(&lvar) = input.get(vib_end) else {
            return Err(Fault::truncated(1, vib_end));
        };
        let Some((len, _, classic)) = variable(lvar, available.saturating_sub(1), allowed) else {
            let kind = DecodeErrorKind::ReservedLvar { lvar };
            return Err(Fault {
                kind,
                at: vib_end,
                len: None,
            });
        };
        (true, len, classic)
    } else {
        (false, usize::from(len), false)
    };
    let needed = data_len.saturating_add(usize::from(has_lvar));
    if needed > available {
        let data_at = vib_end.saturating_add(usize::from(has_lvar));
        return Err(Fault::truncated(needed.saturating_sub(available), data_at));
    }
    let end = vib_end.saturating_add(needed);
    let first_dife_too_many = MAX_DIFE.saturating_add(1);
    let too_long = if dib_len > first_dife_too_many {
        Some((DecodeErrorKind::TooManyDife, first_dife_too_many))
    } else if vib.vife > MAX_VIFE {
        Some((DecodeErrorKind::TooManyVife, dib_len))
    } else {
        None
    };
    let layout = match (u8::try_from(dib_len), u16::try_from(vib_end)) {
        (Ok(dib_len), Ok(vib_end)) => {
            let layout = Layout::new(dif, dib_len, vib_end)
                .with_text_at(vib.text_at)
                .with(Layout::LVAR, has_lvar)
                .with(Layout::CLASSIC, classic)
                .with(Layout::LONG_CHAIN, too_long.is_some());
            Some((layout, end))
        }
        _ => None,
    };
    match (too_long, layout) {
        (None, Some(found)) => Ok(found),
        (Some(_), Some(found)) if allowed.contains(Tolerance::LONG_CHAIN) => Ok(found),
        (too_long, _) => {
            let (kind, at) = too_long.unwrap_or((DecodeErrorKind::TooManyVife, dib_len));
            Err(Fault {
                kind,
                at,
                len: Some(end),
            })
        }
    }
}

/// What an LVAR announces (EN 13757-3:2018, Table 5): length, class, and whether only the older
/// documentation has it; `None` if that is not known.
fn variable(lvar: u8, available: usize, allowed: Tolerance) -> Option<(usize, Class, bool)> {
    let low = usize::from(lvar & 0x0F);
    let (class, is_classic) = variable_class(lvar)?;
    let len = variable_len(lvar);
    let bridges = allowed.intersects(Tolerance::CLASSIC_LVAR.union(Tolerance::CLASSIC_LVAR_FLOAT));
    if is_classic {
        return if bridges {
            Some((len, class, true))
        } else {
            None
        };
    }
    let only_classic_fits = len > available && low <= available;
    if lvar >= 0xF0
        && (allowed.contains(Tolerance::CLASSIC_LVAR_FLOAT) || bridges && only_classic_fits)
    {
        return Some((low, Class::Real, true));
    }
    Some((len, class, false))
}

/// The length of the data after an LVAR that [`variable_class`] knows.
pub(crate) fn variable_len(lvar: u8) -> usize {
    let low = usize::from(lvar & 0x0F);
    match lvar {
        0x00..=0xBF => usize::from(lvar),
        0xF0..=0xF4 => low.saturating_add(4).saturating_mul(4),
        0xF5 => 48,
        0xF6 => 64,
        _ => low,
    }
}

/// The class of the data after an LVAR, and whether only the older documentation has it.
pub(crate) const fn variable_class(lvar: u8) -> Option<(Class, bool)> {
    Some(match lvar {
        0x00..=0xBF => (Class::Text, false),
        0xC0..=0xC9 => (Class::Bcd, false),
        0xCA..=0xCF => (Class::Bcd, true),
        0xD0..=0xD9 => (Class::NegativeBcd, false),
        0xDA..=0xDF => (Class::NegativeBcd, true),
        0xE0..=0xEF => (Class::Binary, false),
        0xF0..=0xF6 => (Class::Bytes, false),
        0xF7..=0xFA => (Class::Real, true),
        0xFB..=0xFF => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(input: &[u8]) -> Result<(Layout, usize), Fault> {
        layout(input, TextPlace::AfterVif, Tolerance::default())
    }

    fn data_of(lvar: u8, available: usize) -> Option<(usize, Class)> {
        variable(lvar, available, Tolerance::default()).map(|(len, class, _)| (len, class))
    }

    #[test]
    fn lengths_follow_the_data_field() {
        let lengths: [usize; 15] = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6];
        for (dif, len) in (0x00..0x0F).zip(lengths) {
            let record = [dif, 0x13, 0, 0, 0, 0, 0, 0, 0, 0];
            let (layout, end) = lay(&record).unwrap();
            assert_eq!(end - layout.data_at(), len, "DIF {dif:#x}");
            let found = common(&record).map(|(front, _)| front.layout);
            assert_eq!(found, Some(layout), "DIF {dif:#x}");
        }
    }

    #[test]
    fn lvar_lengths_follow_the_table() {
        assert_eq!(data_of(0x00, 99), Some((0, Class::Text)));
        assert_eq!(data_of(0xBF, 999), Some((191, Class::Text)));
        assert_eq!(data_of(0xC2, 99), Some((2, Class::Bcd)));
        assert_eq!(data_of(0xD9, 99), Some((9, Class::NegativeBcd)));
        assert_eq!(data_of(0xE8, 99), Some((8, Class::Binary)));
        assert_eq!(data_of(0xF0, 99), Some((16, Class::Bytes)));
        assert_eq!(data_of(0xF4, 99), Some((32, Class::Bytes)));
        assert_eq!(data_of(0xF5, 99), Some((48, Class::Bytes)));
        assert_eq!(data_of(0xF6, 99), Some((64, Class::Bytes)));
        assert_eq!(data_of(0xFB, 99), None);
    }

    #[test]
    fn float_of_the_older_documentation_is_read_where_nothing_else_fits() {
        assert_eq!(data_of(0xF4, 4), Some((4, Class::Real)));
        assert_eq!(data_of(0xF8, 99), Some((8, Class::Real)));
        assert_eq!(data_of(0xF4, 3), Some((32, Class::Bytes)));
        let strict = variable(0xF8, 99, Tolerance::STRICT);
        assert_eq!(strict, None);
    }

    #[test]
    fn eleven_dife_are_an_error_of_known_extent() {
        let mut record = [0x80; 15];
        record[0] = 0x81;
        record[11] = 0x00;
        record[12] = 0x13;
        let fault = lay(&record).unwrap_err();
        assert_eq!(
            (fault.kind, fault.len),
            (DecodeErrorKind::TooManyDife, Some(14))
        );
        assert_eq!(fault.at, 11);
    }

    #[test]
    fn a_cut_off_part_is_named_with_what_is_missing() {
        let truncated = |input| {
            let fault = lay(input).unwrap_err();
            (fault.kind, fault.at)
        };
        let missing = |needed| DecodeErrorKind::Truncated { needed };
        assert_eq!(truncated(&[0x8B]), (missing(1), 1));
        assert_eq!(truncated(&[0x8B, 0x60]), (missing(1), 2));
        assert_eq!(truncated(&[0x8B, 0x60, 0x04]), (missing(3), 3));
        assert_eq!(truncated(&[0x0D, 0x78]), (missing(1), 2));
        assert_eq!(truncated(&[0x0D, 0x78, 0x03, 0x41]), (missing(2), 3));
        assert_eq!(truncated(&[0x02, 0x7C, 0x03, 0x41]), (missing(2), 3));
    }
}
