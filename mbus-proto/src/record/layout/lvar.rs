//! What an LVAR announces of data of variable length.

use crate::Tolerance;
use crate::record::value::Class;

/// What an LVAR announces (EN 13757-3:2018, Table 5): length, class, and whether only the older
/// documentation has it; `None` if that is not known.
pub(super) fn variable(
    lvar: u8,
    available: usize,
    allowed: Tolerance,
) -> Option<(usize, Class, bool)> {
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

    fn data_of(lvar: u8, available: usize) -> Option<(usize, Class)> {
        variable(lvar, available, Tolerance::default()).map(|(len, class, _)| (len, class))
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
}
