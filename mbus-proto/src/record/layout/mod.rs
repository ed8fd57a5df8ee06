//! Where a record's parts lie: lengths only, no meaning.

mod field;
mod front;
mod lvar;
mod packed;

use crate::record::dib::MAX_DIFE;
use crate::record::value::Class;
use crate::record::vib::MAX_VIFE;
use crate::{DecodeErrorKind, Tolerance};

use lvar::variable;

pub(crate) use field::{Field, class};
pub(crate) use front::{Front, common};
pub(crate) use lvar::{variable_class, variable_len};
pub(crate) use packed::Layout;

/// Where the text of a plain-text VIF with VIFE stands: both are in the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextPlace {
    /// Directly after the VIF (the older documentation, and most meters).
    AfterVif,
    /// After the last VIFE (EN 13757-3:2018, Annex C).
    AfterVife,
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
    let len = match field::data(dif) {
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
    let (len, class) = field::data(dif);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(input: &[u8]) -> Result<(Layout, usize), Fault> {
        layout(input, TextPlace::AfterVif, Tolerance::default())
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
