//! The text of a decimal.

use core::fmt::{self, Write};

use super::power::{digit_count, split_digits};
use super::{Decimal, Rounding};

/// The text of a [`Decimal`], kept on the stack.
///
/// For callers that write bytes and do not want the machinery of [`fmt`].
///
/// # Examples
///
/// ```
/// use meter_units::Decimal;
///
/// let text = Decimal::new(-123_450, -3).unwrap().to_text();
/// assert_eq!(text.as_bytes(), b"-123.450");
/// assert_eq!(text.as_str(), "-123.450");
/// ```
#[derive(Clone, Copy)]
pub struct DecimalText {
    /// The text at the end, zeros before it.
    bytes: [u8; Self::CAPACITY],
    start: usize,
}

impl DecimalText {
    /// The longest text is a sign, 20 digits and 40 zeros.
    const CAPACITY: usize = 64;

    /// The text as ASCII bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Checking the whole buffer is faster: it is aligned, and its length is known.
        core::str::from_utf8(&self.bytes)
            .ok()
            .and_then(|text| text.get(self.start..))
            .unwrap_or_default()
    }

    const fn new() -> Self {
        Self {
            bytes: [b'0'; Self::CAPACITY],
            start: Self::CAPACITY,
        }
    }

    /// Puts one byte in front.
    #[inline]
    fn prepend(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }

    /// Puts the digits of `value` in front, filled up with zeros to `width` digits.
    #[inline]
    fn prepend_digits(&mut self, value: u64, width: u32) {
        let mut end = self.start;
        let mut rest = value;
        loop {
            let chunk = end.checked_sub(8).and_then(|start| {
                let tail = self.bytes.get_mut(start..)?;
                tail.first_chunk_mut::<8>()
            });
            if let Some(chunk) = chunk {
                *chunk = eight_digits(rest % CHUNK);
            }
            rest /= CHUNK;
            if rest == 0 {
                break;
            }
            end = end.saturating_sub(8);
        }
        self.prepend_zeros(digit_count(value).max(width));
    }

    /// Puts the digits of `value` into the empty text, with a point before the last `places`, 1 to
    /// 15 of them.
    ///
    /// The point is put between the digits in a word, so that there is no branch on their number.
    #[inline]
    fn prepend_with_point(&mut self, value: u64, places: u32) {
        const FIFTEEN_DIGITS: u64 = 1_000_000_000_000_000;
        let (high, low) = (value / CHUNK, value % CHUNK);
        let digits = u128::from(u64::from_be_bytes(eight_digits(high % CHUNK))).wrapping_shl(64)
            | u128::from(u64::from_be_bytes(eight_digits(low)));
        let shift = places.wrapping_mul(8);
        let behind = 1_u128.wrapping_shl(shift).wrapping_sub(1);
        let word = digits & behind
            | u128::from(b'.').wrapping_shl(shift)
            | (digits & !behind).wrapping_shl(8);
        if let Some(tail) = self.bytes.last_chunk_mut::<16>() {
            *tail = word.to_be_bytes();
        }
        // the first of the sixteen digits gave way to the point
        let before = value / FIFTEEN_DIGITS;
        if before != 0 {
            if let Some((_, slot)) = self
                .bytes
                .split_last_chunk_mut::<16>()
                .and_then(|(head, _)| head.split_last_chunk_mut::<8>())
            {
                *slot = eight_digits(before);
            }
        }
        self.prepend_zeros(
            digit_count(value)
                .max(places.wrapping_add(1))
                .wrapping_add(1),
        );
    }

    /// Counts `n` of the zeros in front as part of the text.
    #[inline]
    fn prepend_zeros(&mut self, n: u32) {
        self.start = self
            .start
            .saturating_sub(usize::try_from(n).unwrap_or_default());
    }
}

impl AsRef<str> for DecimalText {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl fmt::Debug for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for DecimalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl PartialEq for DecimalText {
    fn eq(&self, other: &Self) -> bool {
        self.as_bytes() == other.as_bytes()
    }
}

impl Eq for DecimalText {}

impl Decimal {
    /// The text as [`Display`](fmt::Display) writes it: plain, in full.
    #[must_use]
    pub fn to_text(&self) -> DecimalText {
        let mut text = DecimalText::new();
        let places = u32::from(self.exponent.unsigned_abs());
        if self.exponent < 0 && places < 16 {
            text.prepend_with_point(self.coefficient, places);
        } else if self.exponent >= 0 {
            if self.coefficient != 0 {
                text.prepend_zeros(places);
            }
            text.prepend_digits(self.coefficient, 1);
        } else {
            let (integer, fraction) =
                split_digits(self.coefficient, places).unwrap_or((0, self.coefficient));
            text.prepend_digits(fraction, places);
            text.prepend(b'.');
            text.prepend_digits(integer, 1);
        }
        if self.is_negative() {
            text.prepend(b'-');
        }
        text
    }

    /// The text that keeps the exponent: plain with a fraction or as an integer, else `267e3`.
    pub(crate) fn to_lossless_text(self) -> DecimalText {
        if self.exponent <= 0 {
            self.to_text()
        } else {
            self.to_exponent_text()
        }
    }

    fn to_exponent_text(self) -> DecimalText {
        let mut text = DecimalText::new();
        text.prepend_digits(self.exponent.unsigned_abs().into(), 1);
        if self.exponent < 0 {
            text.prepend(b'-');
        }
        text.prepend(b'e');
        text.prepend_digits(self.coefficient, 1);
        if self.is_negative() {
            text.prepend(b'-');
        }
        text
    }
}

/// Plain and in full, never with an exponent: 267 × 10³ is `267000`, 1.50 is `1.50`.
///
/// Without a precision there are exactly as many fraction digits as the exponent says. With one,
/// as `{:.2}`, there are exactly that many: rounded half to even, or filled up with zeros.
/// Width, fill, alignment, `+` and `0` work as for integers.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.precision().is_none() && f.width().is_none() && !f.sign_plus() {
            return f.write_str(self.to_text().as_str());
        }
        let Some(precision) = f.precision() else {
            return pad(f, self.is_negative(), &self.abs().to_text(), 0);
        };
        let rounded = match i8::try_from(precision) {
            Ok(places) => self.round(places, Rounding::HalfEven).unwrap_or(*self),
            Err(_) => *self,
        };
        let places = usize::from(rounded.exponent.min(0).unsigned_abs());
        let zeros = precision.saturating_sub(places);
        pad(f, rounded.is_negative(), &rounded.abs().to_text(), zeros)
    }
}

/// Coefficient and exponent as they are, `267e3` or `150e-2`; reading it back gives the same of
/// both.
///
/// Width, fill, alignment, `+` and `0` work as for integers, a precision has no effect.
impl fmt::LowerExp for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, self.is_negative(), &self.abs().to_exponent_text(), 0)
    }
}

/// The number with its resolution: `Decimal(1.50)`, `Decimal(267e3)`.
impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.to_lossless_text())
    }
}

/// Writes sign, `magnitude` and that many more fraction `zeros`, as the flags ask.
fn pad(
    f: &mut fmt::Formatter<'_>,
    negative: bool,
    magnitude: &DecimalText,
    zeros: usize,
) -> fmt::Result {
    let sign = match (negative, f.sign_plus()) {
        (true, _) => "-",
        (false, true) => "+",
        (false, false) => "",
    };
    let digits = magnitude.as_str();
    let point = if zeros > 0 && !digits.contains('.') {
        "."
    } else {
        ""
    };
    let length = [sign.len(), digits.len(), point.len(), zeros]
        .into_iter()
        .fold(0, usize::saturating_add);
    let missing = f.width().unwrap_or_default().saturating_sub(length);
    let (before, inside, after) = if f.sign_aware_zero_pad() {
        (0, missing, 0)
    } else {
        match f.align() {
            Some(fmt::Alignment::Left) => (0, 0, missing),
            Some(fmt::Alignment::Center) => (missing / 2, 0, missing.div_ceil(2)),
            Some(fmt::Alignment::Right) | None => (missing, 0, 0),
        }
    };
    let fill = f.fill();
    repeat(f, fill, before)?;
    f.write_str(sign)?;
    repeat(f, '0', inside)?;
    f.write_str(digits)?;
    f.write_str(point)?;
    repeat(f, '0', zeros)?;
    repeat(f, fill, after)
}

fn repeat(f: &mut fmt::Formatter<'_>, fill: char, times: usize) -> fmt::Result {
    (0..times).try_for_each(|_| f.write_char(fill))
}

/// One more than the largest number of eight digits.
const CHUNK: u64 = 100_000_000;

/// The digits of `value`, which is below 10^8, as ASCII.
///
/// All digits are split off at once: the word is halved into lanes of four, two and one digit,
/// and the divisions by 100 and 10 are multiplications that are exact for such small numbers.
#[inline]
const fn eight_digits(value: u64) -> [u8; 8] {
    // the more significant half belongs into the lower lane, since the lowest byte comes first
    let fours = (value / 10_000) | (value % 10_000) << 32;
    let hundreds = (fours.wrapping_mul(10_486) >> 20) & 0x0000_007F_0000_007F;
    let twos = hundreds | fours.wrapping_sub(hundreds.wrapping_mul(100)) << 16;
    let tens = (twos.wrapping_mul(103) >> 10) & 0x000F_000F_000F_000F;
    let ones = tens | twos.wrapping_sub(tens.wrapping_mul(10)) << 8;
    (ones | 0x3030_3030_3030_3030).to_le_bytes()
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;
    use alloc::{format, vec::Vec};

    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal, decimal_with};

    fn parts(coefficient: i64, exponent: i8) -> Decimal {
        Decimal::new(coefficient, exponent).unwrap()
    }

    #[test]
    fn text_is_plain_and_keeps_the_resolution() {
        let table = [
            (0, 0, "0"),
            (0, -2, "0.00"),
            (0, 3, "0"),
            (5, -1, "0.5"),
            (-5, -3, "-0.005"),
            (123_450, -3, "123.450"),
            (12_345_678, -4, "1234.5678"),
            (267, 3, "267000"),
            (-267, 0, "-267"),
            (99_999_999, 0, "99999999"),
            (100_000_000, 0, "100000000"),
            (123_456_789, -8, "1.23456789"),
            (123_456_789, -9, "0.123456789"),
            (1, -20, "0.00000000000000000001"),
            (999_999_999_999_999, -1, "99999999999999.9"),
            (1_000_000_000_000_000, -1, "100000000000000.0"),
            (1_000_000_000_000_000, -15, "1.000000000000000"),
            (12_345_678_901_234_567, -1, "1234567890123456.7"),
            (1, -15, "0.000000000000001"),
            (1, -16, "0.0000000000000001"),
            (i64::MAX, -15, "9223.372036854775807"),
            (i64::MAX, -16, "922.3372036854775807"),
            (i64::MAX, -19, "0.9223372036854775807"),
            (i64::MIN, -18, "-9.223372036854775808"),
            (1, -40, "0.0000000000000000000000000000000000000001"),
        ];
        for (coefficient, exponent, text) in table {
            assert_eq!(parts(coefficient, exponent).to_string(), text);
        }
    }

    #[test]
    fn longest_text_fits_the_buffer() {
        let value = Decimal::from_parts(true, u64::MAX, 40).unwrap();
        let text = value.to_string();
        assert_eq!(text.len(), 61);
        assert_eq!(text, format!("-18446744073709551615{}", "0".repeat(40)));
    }

    #[test]
    fn precision_rounds_half_to_even_or_adds_zeros() {
        assert_eq!(format!("{:.1}", decimal("0.25")), "0.2");
        assert_eq!(format!("{:.1}", decimal("0.35")), "0.4");
        assert_eq!(format!("{:.0}", decimal("0.5")), "0");
        assert_eq!(format!("{:.0}", decimal("-0.5")), "0");
        assert_eq!(format!("{:.0}", decimal("1.5")), "2");
        assert_eq!(format!("{:.3}", decimal("1.5")), "1.500");
        assert_eq!(format!("{:.2}", decimal("267e3")), "267000.00");
        assert_eq!(format!("{:.0}", decimal("267e3")), "267000");
        let long = format!("{:.300}", decimal("1.5"));
        assert_eq!(long, format!("1.5{}", "0".repeat(299)));
    }

    #[test]
    fn flags_work_as_for_integers() {
        for (decimal, integer) in [(decimal("42"), 42), (decimal("-42"), -42)] {
            assert_eq!(format!("{decimal:+}"), format!("{integer:+}"));
            assert_eq!(format!("{decimal:8}"), format!("{integer:8}"));
            assert_eq!(format!("{decimal:<8}|"), format!("{integer:<8}|"));
            assert_eq!(format!("{decimal:*^9}"), format!("{integer:*^9}"));
            assert_eq!(format!("{decimal:*^8}"), format!("{integer:*^8}"));
            assert_eq!(format!("{decimal:ß>8}"), format!("{integer:ß>8}"));
            assert_eq!(format!("{decimal:+08}"), format!("{integer:+08}"));
            assert_eq!(format!("{decimal:<08}"), format!("{integer:<08}"));
            assert_eq!(format!("{decimal:1}"), format!("{integer:1}"));
        }
        assert_eq!(format!("{:>+9.2}", decimal("1.5")), "    +1.50");
        assert_eq!(format!("{:08.2}", decimal("-1.5")), "-0001.50");
        assert_eq!(format!("{:<7.1}|", decimal("2")), "2.0    |");
    }

    #[test]
    fn exponent_form_shows_both_parts() {
        assert_eq!(format!("{:e}", decimal("267e3")), "267e3");
        assert_eq!(format!("{:e}", decimal("1.50")), "150e-2");
        assert_eq!(format!("{:e}", decimal("-7")), "-7e0");
        assert_eq!(format!("{:+10e}", decimal("7e12")), "     +7e12");
        assert_eq!(format!("{:e}", parts(0, -40)), "0e-40");
    }

    #[test]
    fn debug_shows_the_resolution() {
        assert_eq!(format!("{:?}", decimal("1.50")), "Decimal(1.50)");
        assert_eq!(format!("{:?}", decimal("-267e3")), "Decimal(-267e3)");
        assert_eq!(format!("{:?}", decimal("1.50").to_text()), "\"1.50\"");
    }

    #[test]
    fn eight_digits_of_every_lane() {
        assert_eq!(&eight_digits(0), b"00000000");
        assert_eq!(&eight_digits(12_345_678), b"12345678");
        assert_eq!(&eight_digits(99_999_999), b"99999999");
        for n in 0..10_000 {
            let expected = format!("{n:04}{:04}", 9999 - n);
            let digits = eight_digits(n * 10_000 + 9999 - n);
            assert_eq!(expected.as_bytes(), digits);
        }
    }

    proptest! {
        #[test]
        fn text_reads_back_as_the_same_value(x in any_decimal()) {
            let back = decimal(&x.to_string());
            prop_assert_eq!(back, x);
            if x.exponent() <= 0 {
                prop_assert!(back.same_repr(&x));
            }
        }

        #[test]
        fn exponent_form_and_lossless_form_read_back_identical(x in any_decimal()) {
            let text = format!("{x:e}");
            prop_assert!(decimal(&text).same_repr(&x));
            prop_assert!(decimal(x.to_lossless_text().as_str()).same_repr(&x));
        }

        #[test]
        fn text_has_the_form_it_promises(x in any_decimal()) {
            let text = x.to_string();
            prop_assert!(text.len() <= 64);
            let magnitude = text.strip_prefix('-').unwrap_or(&text);
            prop_assert_eq!(magnitude.len() < text.len(), x.is_negative());
            let parts = magnitude.split('.').collect::<Vec<_>>();
            let is_digits = |part: &&str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
            };
            prop_assert!(parts.iter().all(is_digits));
            prop_assert!(parts[0] == "0" || !parts[0].starts_with('0'));
            let places = usize::from(x.exponent().min(0).unsigned_abs());
            prop_assert_eq!(parts.get(1).map_or(0, |fraction| fraction.len()), places);
            let bytes = x.to_text();
            prop_assert_eq!(bytes.as_bytes(), text.as_bytes());
        }

        #[test]
        fn integers_print_as_core_prints_them(n in any::<i64>(), m in any::<u64>()) {
            prop_assert_eq!(Decimal::from(n).to_string(), n.to_string());
            prop_assert_eq!(Decimal::from(m).to_string(), m.to_string());
        }

        #[test]
        fn precision_gives_that_many_digits(x in decimal_with(-40..=0), places in 0..50_usize) {
            let text = format!("{x:.places$}");
            let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            prop_assert_eq!(fraction, places);
            let places = i8::try_from(places).unwrap();
            prop_assert_eq!(decimal(&text), x.round(places, Rounding::HalfEven).unwrap());
        }
    }
}
