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

/// The DIF of a record, where its parts end, counted from there, and what was bridged to find out.
///
/// All of it is packed into one word, least significant first: 8 bits for the DIF, 8 for the length
/// of the DIB, 8 for the place of a plain text in the VIB (0 is none), 8 for an LVAR and the
/// deviations, 16 for the end of the VIB, 16 for the end of the record. So it stays in a register on
/// its way out of the functions below, which a struct of small fields does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout(u64);

/// The share of a DIB or VIB in a [`Layout`].
#[derive(Clone, Copy)]
struct Part(u64);

impl Layout {
    const LVAR: u64 = 1 << 24;
    const CLASSIC: u64 = 1 << 25;
    const LONG_CHAIN: u64 = 1 << 26;

    #[inline]
    pub(crate) const fn new(dif: u8, dib_len: u8, text_at: u8, vib_end: u16, end: u16) -> Self {
        let [v, w] = vib_end.to_le_bytes();
        let [e, f] = end.to_le_bytes();
        Self(u64::from_le_bytes([dif, dib_len, text_at, 0, v, w, e, f]))
    }

    /// A DIB of this length.
    #[inline(always)]
    const fn dib(len: u8) -> Part {
        Part(u64::from_le_bytes([0, len, 0, 0, len, 0, len, 0]))
    }

    /// A VIB of this length.
    #[inline(always)]
    const fn vib(len: u8) -> Part {
        Part(u64::from_le_bytes([0, 0, 0, 0, len, 0, len, 0]))
    }

    /// A record of these parts; no sum is above 16 bits.
    #[inline(always)]
    const fn joined(dif: u8, dib: Part, vib: Part, field: Field) -> Self {
        let len = field.0 & 0xFFFF << 48;
        Self(dib.0.wrapping_add(vib.0).wrapping_add(len) | dif as u64)
    }

    const fn with(self, flag: u64, set: bool) -> Self {
        if set { Self(self.0 | flag) } else { self }
    }

    #[inline]
    pub(crate) const fn dif(self) -> u8 {
        let [dif, ..] = self.0.to_le_bytes();
        dif
    }

    /// The length of the DIB, and so where the VIB begins.
    #[inline]
    pub(crate) fn dib_len(self) -> usize {
        let [_, dib_len, ..] = self.0.to_le_bytes();
        usize::from(dib_len)
    }

    /// Where the plain text stands in the VIB; 0 where there is none.
    #[inline]
    pub(crate) const fn text_at(self) -> u8 {
        let [_, _, text_at, ..] = self.0.to_le_bytes();
        text_at
    }

    /// Where the VIB ends and an LVAR would stand.
    #[inline]
    pub(crate) fn vib_end(self) -> usize {
        let [.., v, w, _, _] = self.0.to_le_bytes();
        usize::from(u16::from_le_bytes([v, w]))
    }

    #[inline]
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
    #[inline]
    pub(crate) fn data_at(self) -> usize {
        self.vib_end().wrapping_add(usize::from(self.has_lvar()))
    }

    /// The length of the record.
    #[inline]
    pub(crate) fn len(self) -> usize {
        let [.., e, f] = self.0.to_le_bytes();
        usize::from(u16::from_le_bytes([e, f]))
    }
}

/// What the low nibble of a DIF tells of the data, in one word for the reason that [`Layout`] is one:
/// 8 bits for the bits of 64 that the data leaves free, 8 for its class, and 16 for its length where
/// a layout has the end of the record.
#[derive(Clone, Copy)]
pub(crate) struct Field(u64);

impl Field {
    const fn new(len: u8, class: Class) -> Self {
        // At most eight bytes.
        let free = 64_u8.wrapping_sub(len.wrapping_mul(8));
        Self(u64::from_le_bytes([free, class as u8, 0, 0, 0, 0, len, 0]))
    }

    #[inline(always)]
    pub(crate) fn of(dif: u8) -> Self {
        FIELDS
            .get(usize::from(dif & 0x0F))
            .copied()
            .unwrap_or(Self(0))
    }

    /// The length in bytes.
    #[inline(always)]
    const fn len(self) -> u64 {
        self.0 >> 48
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
    let mut fields = [Field(0); 16];
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
    /// The row of the VIF, where nothing but that says what the data is.
    pub(crate) vif: Option<&'static Vif>,
    /// Up to eight bytes from the data on, least significant first; the last ones may be of the
    /// next record.
    pub(crate) data: u64,
}

impl Front {
    /// Of the record that `bytes` begins with.
    pub(crate) fn new(bytes: &[u8], layout: Layout) -> Self {
        Self {
            layout,
            vif: row(bytes, layout),
            data: data_of(bytes, layout),
        }
    }
}

#[inline(never)]
fn row(bytes: &[u8], layout: Layout) -> Option<&'static Vif> {
    if layout.dif() & 0x0F == 0x0F {
        return None;
    }
    vif::of(bytes.get(layout.dib_len()..layout.vib_end())?)
}

#[inline(never)]
fn data_of(bytes: &[u8], layout: Layout) -> u64 {
    value::front(bytes.get(layout.data_at()..).unwrap_or_default())
}

/// The record at the front and its length, if it has at most two DIFE and no plain-text VIF, as
/// nearly all have.
///
/// It branches on every extension bit where a computation could do without: the place of the next
/// record depends on the result, and a predicted branch does not wait for it.
#[inline(always)]
pub(crate) fn common(input: &[u8]) -> Option<(Front, usize)> {
    let (&dif, after_dif) = input.split_first()?;
    let (dib, vib) = match after_dif.split_first()? {
        _ if dif & 0x80 == 0 => (Layout::dib(1), after_dif),
        (0..=0x7F, vib) => (Layout::dib(2), vib),
        (_, rest) => match rest.split_first()? {
            (0..=0x7F, vib) => (Layout::dib(3), vib),
            _ => return None,
        },
    };
    let (&vif, after_vif) = vib.split_first()?;
    let (vib, row, data) = match after_vif.split_first() {
        _ if vif & 0x80 == 0 => (Layout::vib(1), vif::of_single(vif), after_vif),
        Some((&code @ 0..=0x7F, data)) => (Layout::vib(2), vif::of_pair(vif, code), data),
        _ => {
            let (len, row) = long_vib(vib);
            let part = Layout::vib(u8::try_from(len).ok().filter(|len| *len > 0)?);
            (part, row, vib.get(len..)?)
        }
    };
    let field = Field::of(dif);
    let is_long = (data.len() as u64) < field.len();
    if vif & 0x7F == 0x7C || is_long {
        return None;
    }
    let layout = Layout::joined(dif, dib, vib, field);
    if field.is(Class::Variable) {
        let layout = common_variable(layout, input.len(), data)?;
        let front = Front {
            layout,
            vif: if dif == MANUFACTURER { None } else { row },
            data: 0,
        };
        return Some((front, layout.len()));
    }
    let front = Front {
        layout,
        vif: row,
        data: value::front(data),
    };
    Some((front, layout.len()))
}

/// The DIF after which everything is the manufacturer's.
const MANUFACTURER: u8 = 0x0F;

/// The layout of a record whose DIF does not tell the length, if it is the manufacturer's or has a
/// text after its LVAR; `len` is that of the rest of the telegram.
#[inline(never)]
fn common_variable(layout: Layout, len: usize, data: &[u8]) -> Option<Layout> {
    if layout.dif() == MANUFACTURER {
        return Some(Layout::new(MANUFACTURER, 1, 0, 1, u16::try_from(len).ok()?));
    }
    match data.split_first() {
        Some((&lvar @ ..=0xBF, text))
            if layout.dif() & 0x0F == 0x0D && text.len() >= usize::from(lvar) =>
        {
            let added = u64::from(lvar).wrapping_add(1) << 48;
            Some(Layout(layout.0.wrapping_add(added) | Layout::LVAR))
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
/// function.
pub(crate) fn layout(input: &[u8], place: TextPlace, allowed: Tolerance) -> Result<Layout, Fault> {
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

fn with_data(input: &[u8], dib_len: usize, vib: Vib, allowed: Tolerance) -> Result<Layout, Fault> {
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
    let ends = (
        u8::try_from(dib_len),
        u16::try_from(vib_end),
        u16::try_from(end),
    );
    let layout = match ends {
        (Ok(dib_len), Ok(vib_end), Ok(end)) => {
            let layout = Layout::new(dif, dib_len, vib.text_at, vib_end, end);
            Some(
                layout
                    .with(Layout::LVAR, has_lvar)
                    .with(Layout::CLASSIC, classic),
            )
        }
        _ => None,
    };
    match (too_long, layout) {
        (None, Some(layout)) => Ok(layout),
        (Some(_), Some(layout)) if allowed.contains(Tolerance::LONG_CHAIN) => {
            Ok(layout.with(Layout::LONG_CHAIN, true))
        }
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

    fn lay(input: &[u8]) -> Result<Layout, Fault> {
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
            let layout = lay(&record).unwrap();
            assert_eq!(layout.len() - layout.data_at(), len, "DIF {dif:#x}");
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
