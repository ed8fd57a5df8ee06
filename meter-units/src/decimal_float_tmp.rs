//! Decimals from and to floats, through the shortest text.

use core::fmt::{self, LowerExp, Write};

use crate::Decimal;

/// The decimal with the fewest digits that still names this float; `None` if it is out of range.
pub(crate) fn shortest(value: impl LowerExp) -> Option<Decimal> {
    let mut text = Text::default();
    write!(text, "{value:e}").ok()?;
    let (mantissa, exponent) = text.as_str()?.split_once('e')?;
    let (negative, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut coefficient = 0_u64;
    for digit in whole.chars().chain(fraction.chars()) {
        let digit = u64::from(digit.to_digit(10)?);
        coefficient = coefficient.checked_mul(10)?.checked_add(digit)?;
    }
    let exponent: i16 = exponent.parse().ok()?;
    let exponent = exponent.checked_sub(i16::try_from(fraction.len()).ok()?)?;
    Decimal::from_parts(negative, coefficient, i8::try_from(exponent).ok()?)
}

/// The nearest float.
pub(crate) fn nearest<F: core::str::FromStr>(value: Decimal) -> Option<F> {
    let mut text = Text::default();
    let sign = if value.is_negative() { "-" } else { "" };
    write!(text, "{sign}{}e{}", value.coefficient(), value.exponent()).ok()?;
    text.as_str()?.parse().ok()
}

#[derive(Default)]
struct Text {
    bytes: [u8; 32],
    length: usize,
}

impl Text {
    fn as_str(&self) -> Option<&str> {
        core::str::from_utf8(self.bytes.get(..self.length)?).ok()
    }
}

impl Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length.checked_add(text.len()).ok_or(fmt::Error)?;
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
