//! Where a record's parts lie: lengths only, no meaning.

use crate::record::dib::MAX_DIFE;
use crate::record::value::Class;
use crate::record::vib::MAX_VIFE;
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

/// The layout of a record with at most one DIFE and one VIFE, without text and LVAR, as nearly all
/// are.
///
/// It branches on every extension bit where a computation could do without: the place of the next
/// record depends on the result, and a predicted branch does not wait for it.
#[inline(always)]
pub(crate) fn common(input: &[u8]) -> Option<Layout> {
    let (&dif, after_dif) = input.split_first()?;
    let (dib_len, vib) = if dif & 0x80 == 0 {
        (1, after_dif)
    } else {
        match after_dif.split_first()? {
            (0..=0x7F, vib) => (2, vib),
            _ => return chained(input),
        }
    };
    let (&vif, after_vif) = vib.split_first()?;
    if vif & 0x7F == 0x7C {
        return None;
    }
    let (vib_len, rest) = if vif & 0x80 == 0 {
        (1_u16, after_vif)
    } else {
        match after_vif.split_first()? {
            (0..=0x7F, rest) => (2, rest),
            _ => return chained(input),
        }
    };
    let (data_len, class) = data(dif);
    if class == Class::Variable || rest.len() < usize::from(data_len) {
        return None;
    }
    let vib_end = vib_len.wrapping_add(u16::from(dib_len));
    Some(Layout::new(
        dif,
        dib_len,
        0,
        vib_end,
        vib_end.wrapping_add(u16::from(data_len)),
    ))
}

/// The same with any number of DIFE and VIFE.
#[inline(never)]
fn chained(input: &[u8]) -> Option<Layout> {
    let dif = *input.first()?;
    let (data_len, class) = data(dif);
    let (dib_len, vib) = chain(input)?;
    let (vib_len, rest) = chain(vib)?;
    let has_text = vib.first().is_some_and(|vif| vif & 0x7F == 0x7C);
    let is_short = dib_len <= MAX_DIFE.wrapping_add(1) && vib_len <= MAX_VIFE.wrapping_add(1);
    let has_data = class != Class::Variable && rest.len() >= usize::from(data_len);
    if has_text || !is_short || !has_data {
        return None;
    }
    let dib_len = u8::try_from(dib_len).ok()?;
    let vib_end = u16::from(dib_len).wrapping_add(u16::try_from(vib_len).ok()?);
    Some(Layout::new(
        dif,
        dib_len,
        0,
        vib_end,
        vib_end.wrapping_add(u16::from(data_len)),
    ))
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
    let (data_len, class) = data(dif);
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
        (false, usize::from(data_len), false)
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
            let expected = if dif == 0x0D { None } else { Some(layout) };
            assert_eq!((common(&record), chained(&record)), (expected, expected));
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
