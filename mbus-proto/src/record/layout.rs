//! Where a record's parts lie: lengths only, no meaning.

use crate::record::dib::{DataField, MAX_DIFE};
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

/// The lengths of a record's parts, in the order of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Layout {
    pub(crate) dib_len: u8,
    pub(crate) vib_len: u16,
    /// Where the plain text stands in the VIB; 0 where there is none.
    pub(crate) text_at: u8,
    pub(crate) has_lvar: bool,
    pub(crate) data_len: u16,
    pub(crate) class: Class,
    pub(crate) met: Tolerance,
}

impl Layout {
    /// Where the data begins.
    #[inline]
    pub(crate) fn data_at(&self) -> usize {
        usize::from(self.dib_len)
            .wrapping_add(usize::from(self.vib_len))
            .wrapping_add(usize::from(self.has_lvar))
    }

    /// The length of the record.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.data_at().wrapping_add(usize::from(self.data_len))
    }
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
#[inline]
pub(crate) fn layout(input: &[u8], place: TextPlace, allowed: Tolerance) -> Result<Layout, Fault> {
    // Nearly all records have neither DIFE nor VIFE.
    if let [dif, vif, ..] = *input {
        if (dif | vif) & 0x80 == 0 && vif != 0x7C {
            return with_data(input, 1, Vib::SINGLE, allowed);
        }
    }
    let dib_len = chain_len(input).map_err(|at| Fault::truncated(1, at))?;
    let vib = vib(input.get(dib_len..).unwrap_or_default(), place).map_err(|fault| Fault {
        at: dib_len.saturating_add(fault.at),
        ..fault
    })?;
    with_data(input, dib_len, vib, allowed)
}

/// The length of a chain: every byte but the last has bit 7 set. Without an end, where it breaks.
#[inline]
fn chain_len(bytes: &[u8]) -> Result<usize, usize> {
    match bytes.iter().position(|byte| byte & 0x80 == 0) {
        Some(last) => Ok(last.saturating_add(1)),
        None => Err(bytes.len()),
    }
}

#[derive(Clone, Copy)]
struct Vib {
    len: usize,
    text_at: u8,
    /// VIFE that count towards the limit of ten.
    vife: usize,
}

impl Vib {
    const SINGLE: Self = Self {
        len: 1,
        text_at: 0,
        vife: 0,
    };
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
            text_at,
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

#[inline]
fn with_data(input: &[u8], dib_len: usize, vib: Vib, allowed: Tolerance) -> Result<Layout, Fault> {
    let dif = input.first().copied().unwrap_or_default();
    let header_len = dib_len.wrapping_add(vib.len);
    let available = input.len().saturating_sub(header_len);
    let field = DataField::from_dif(dif);
    let mut met = Tolerance::empty();
    let (has_lvar, data_len, class) = match field.data_len() {
        Some(len) => (false, len, class(field)),
        None => {
            let Some(&lvar) = input.get(header_len) else {
                return Err(Fault::truncated(1, header_len));
            };
            let Some((len, class)) = variable(lvar, available.wrapping_sub(1), allowed, &mut met)
            else {
                let kind = DecodeErrorKind::ReservedLvar { lvar };
                return Err(Fault {
                    kind,
                    at: header_len,
                    len: None,
                });
            };
            (true, len, class)
        }
    };
    let needed = data_len.wrapping_add(usize::from(has_lvar));
    if needed > available {
        return Err(Fault::truncated(
            needed.saturating_sub(available),
            header_len,
        ));
    }
    let len = Some(header_len.wrapping_add(needed));
    if dib_len > MAX_DIFE.wrapping_add(1) || vib.vife > MAX_VIFE {
        return too_long(dib_len, vib, needed, class, has_lvar, allowed, len);
    }
    // Both lengths are at most 11 plus 256 here.
    #[allow(clippy::cast_possible_truncation)]
    Ok(Layout {
        dib_len: dib_len as u8,
        vib_len: vib.len as u16,
        text_at: vib.text_at,
        has_lvar,
        data_len: data_len as u16,
        class,
        met,
    })
}

/// A chain of more than ten DIFE or VIFE: an error whose extent is known, or tolerated.
#[cold]
fn too_long(
    dib_len: usize,
    vib: Vib,
    needed: usize,
    class: Class,
    has_lvar: bool,
    allowed: Tolerance,
    len: Option<usize>,
) -> Result<Layout, Fault> {
    let lengths = (
        u8::try_from(dib_len),
        u16::try_from(vib.len),
        u16::try_from(needed),
    );
    if allowed.contains(Tolerance::LONG_CHAIN) {
        if let (Ok(dib_len), Ok(vib_len), Ok(needed)) = lengths {
            return Ok(Layout {
                dib_len,
                vib_len,
                text_at: vib.text_at,
                has_lvar,
                data_len: needed.saturating_sub(u16::from(has_lvar)),
                class,
                met: Tolerance::LONG_CHAIN,
            });
        }
    }
    let first_dife_too_many = MAX_DIFE.saturating_add(1);
    Err(if dib_len > first_dife_too_many {
        Fault {
            kind: DecodeErrorKind::TooManyDife,
            at: first_dife_too_many,
            len,
        }
    } else {
        Fault {
            kind: DecodeErrorKind::TooManyVife,
            at: dib_len,
            len,
        }
    })
}

#[inline]
const fn class(field: DataField) -> Class {
    match field {
        DataField::None | DataField::Selection | DataField::Variable | DataField::Special => {
            Class::None
        }
        DataField::Real32 => Class::Real,
        field if field.is_bcd() => Class::Bcd,
        _ => Class::Integer,
    }
}

/// What an LVAR announces (EN 13757-3:2018, Table 5); `None` if that is not known.
fn variable(
    lvar: u8,
    available: usize,
    allowed: Tolerance,
    met: &mut Tolerance,
) -> Option<(usize, Class)> {
    let low = usize::from(lvar & 0x0F);
    let long_binary = match lvar {
        0xF0..=0xF4 => Some(low.wrapping_add(4).wrapping_mul(4)),
        0xF5 => Some(48),
        0xF6 => Some(64),
        _ => None,
    };
    if let Some(len) = long_binary {
        let classic = allowed.contains(Tolerance::CLASSIC_LVAR_FLOAT)
            || (allowed.contains(Tolerance::CLASSIC_LVAR) && len > available && low <= available);
        if !classic {
            return Some((len, Class::Bytes));
        }
    }
    let (class, classic) = match lvar {
        0x00..=0xBF => return Some((usize::from(lvar), Class::Text)),
        0xC0..=0xC9 => (Class::Bcd, false),
        0xCA..=0xCF => (Class::Bcd, true),
        0xD0..=0xD9 => (Class::NegativeBcd, false),
        0xDA..=0xDF => (Class::NegativeBcd, true),
        0xE0..=0xEF => (Class::Binary, false),
        0xF0..=0xFA => (Class::Real, true),
        0xFB..=0xFF => return None,
    };
    if classic {
        let bridge = Tolerance::CLASSIC_LVAR.union(Tolerance::CLASSIC_LVAR_FLOAT);
        if !allowed.intersects(bridge) {
            return None;
        }
        met.insert(allowed.intersection(bridge));
    }
    Some((low, class))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lay(input: &[u8]) -> Result<Layout, Fault> {
        layout(input, TextPlace::AfterVif, Tolerance::default())
    }

    fn data_of(lvar: u8, available: usize) -> Option<(usize, Class)> {
        variable(
            lvar,
            available,
            Tolerance::default(),
            &mut Tolerance::empty(),
        )
    }

    #[test]
    fn lengths_follow_the_data_field() {
        let lengths: [usize; 15] = [0, 1, 2, 3, 4, 4, 6, 8, 0, 1, 2, 3, 4, 0, 6];
        for (dif, len) in (0x00..0x0F).zip(lengths) {
            let record = [dif, 0x13, 0, 0, 0, 0, 0, 0, 0, 0];
            assert_eq!(
                usize::from(lay(&record).unwrap().data_len),
                len,
                "DIF {dif:#x}"
            );
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
        let strict = variable(0xF8, 99, Tolerance::STRICT, &mut Tolerance::empty());
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
        assert_eq!(truncated(&[0x0D, 0x78, 0x03, 0x41]), (missing(2), 2));
        assert_eq!(truncated(&[0x02, 0x7C, 0x03, 0x41]), (missing(2), 2));
    }
}
