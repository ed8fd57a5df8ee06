//! A decimal from text.

use core::str::FromStr;

use super::plain::{Plain, plain};
use super::round::{Remainder, shorten};
use super::{Decimal, Rounding};

/// Why a text is not a decimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseDecimalError {
    /// There is no text.
    #[error("no text")]
    Empty,
    /// The text stops where a digit has to follow.
    #[error("text ends before a digit")]
    UnexpectedEnd,
    /// A byte that cannot stand there.
    #[error("unexpected byte {byte:#04x} at byte {offset}")]
    InvalidByte {
        /// The byte.
        byte: u8,
        /// Its position in the text.
        offset: usize,
    },
    /// The value does not fit a coefficient of 64 bits and an exponent of -40 to 40.
    #[error("number does not fit 64 bits of digits and an exponent of -40 to 40")]
    Overflow,
}

impl Decimal {
    /// Reads ASCII text as [`FromStr`] does, for protocols whose text is bytes.
    ///
    /// # Errors
    ///
    /// Those of [`FromStr`].
    pub fn from_ascii(text: &[u8]) -> Result<Self, ParseDecimalError> {
        Scanned::of(text, b'.')?.exact()
    }

    /// Reads text whose decimal mark is a comma, as spreadsheets write it in many countries.
    ///
    /// Apart from the mark the form is that of [`FromStr`]; a point is refused.
    ///
    /// # Errors
    ///
    /// Those of [`FromStr`].
    pub fn from_str_comma(text: &str) -> Result<Self, ParseDecimalError> {
        Scanned::of(text.as_bytes(), b',')?.exact()
    }

    /// Reads text as [`FromStr`] does and rounds it once to at most `places` digits after the
    /// point, however many digits it has.
    ///
    /// For senders that print binary noise, as `65.999999999998035000000`.
    ///
    /// # Errors
    ///
    /// Those of [`FromStr`]; [`ParseDecimalError::Overflow`] only if the digits up to `places`
    /// do not fit.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::{Decimal, ParseDecimalError, Rounding};
    ///
    /// let noisy = "3822.0700000000001637090463191270828247";
    /// assert_eq!(noisy.parse::<Decimal>(), Err(ParseDecimalError::Overflow));
    /// let value = Decimal::from_str_rounded(noisy, 3, Rounding::HalfEven)?;
    /// assert_eq!(value.to_string(), "3822.070");
    /// # Ok::<(), ParseDecimalError>(())
    /// ```
    pub fn from_str_rounded(
        text: &str,
        places: i8,
        rounding: Rounding,
    ) -> Result<Self, ParseDecimalError> {
        Scanned::of(text.as_bytes(), b'.')?.rounded(places, rounding)
    }
}

/// Reads `[+-]digits[.digits][e[+-]digits]`, ASCII only, without blanks or separators.
///
/// Zeros at the end are kept: `1.50` has the exponent -2, `267e3` the exponent 3. They are
/// dropped only where the number would not fit otherwise.
impl FromStr for Decimal {
    type Err = ParseDecimalError;

    fn from_str(text: &str) -> Result<Self, ParseDecimalError> {
        Self::from_ascii(text.as_bytes())
    }
}

/// The parts of a text of the right form.
struct Scanned {
    negative: bool,
    /// The leading digits, as many as fit.
    coefficient: u64,
    exponent: i64,
    /// The digits after those.
    remainder: Remainder,
}

impl Scanned {
    fn of(text: &[u8], mark: u8) -> Result<Self, ParseDecimalError> {
        let (negative, digits) = match text {
            [] => return Err(ParseDecimalError::Empty),
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] => (false, digits),
            digits => (false, digits),
        };
        if let Some(Plain {
            coefficient,
            places,
        }) = plain(digits, mark)
        {
            return Ok(Self {
                negative,
                coefficient,
                exponent: i64::from(places).wrapping_neg(),
                remainder: Remainder::Zero,
            });
        }
        let mut number = Digits::new();
        let mut rest = number.push_all(digits, Part::Integer).ok_or(digits);
        if let Ok([byte, digits @ ..]) = rest {
            if *byte == mark {
                rest = number.push_all(digits, Part::Fraction).ok_or(digits);
            }
        }
        let mut exponent = number.exponent;
        if let Ok([b'e' | b'E', digits @ ..]) = rest {
            rest = match read_exponent(digits) {
                Ok((given, rest)) => {
                    exponent = exponent.saturating_add(given);
                    Ok(rest)
                }
                Err(rest) => Err(rest),
            };
        }
        match rest {
            Ok([]) => Ok(Self {
                negative,
                coefficient: number.coefficient,
                exponent,
                remainder: number.remainder,
            }),
            Err([]) => Err(ParseDecimalError::UnexpectedEnd),
            Ok(rest @ [byte, ..]) | Err(rest @ [byte, ..]) => Err(ParseDecimalError::InvalidByte {
                byte: *byte,
                offset: text.len().saturating_sub(rest.len()),
            }),
        }
    }

    fn exact(self) -> Result<Decimal, ParseDecimalError> {
        if self.remainder != Remainder::Zero {
            return Err(ParseDecimalError::Overflow);
        }
        decimal(self.negative, self.coefficient, self.exponent)
    }

    fn rounded(self, places: i8, rounding: Rounding) -> Result<Decimal, ParseDecimalError> {
        let last = i64::from(places).saturating_neg();
        let surplus = last.saturating_sub(self.exponent);
        if surplus < 0 || (surplus == 0 && self.remainder == Remainder::Zero) {
            return self.exact();
        }
        // Any number of digits over 20 cuts off everything.
        let surplus = u32::try_from(surplus).unwrap_or(u32::MAX);
        let (kept, remainder) = match surplus {
            0 => (self.coefficient, self.remainder),
            _ => {
                let (kept, remainder) = shorten(self.coefficient, surplus);
                (kept, remainder.and(self.remainder != Remainder::Zero))
            }
        };
        let coefficient = rounding
            .apply(self.negative, kept, remainder)
            .ok_or(ParseDecimalError::Overflow)?;
        decimal(self.negative, coefficient, last)
    }
}

fn decimal(negative: bool, coefficient: u64, exponent: i64) -> Result<Decimal, ParseDecimalError> {
    if let Some(decimal) = i8::try_from(exponent)
        .ok()
        .and_then(|exponent| Decimal::from_parts(negative, coefficient, exponent))
    {
        return Ok(decimal);
    }
    let power = i32::try_from(exponent.clamp(i32::MIN.into(), i32::MAX.into()));
    (power.ok())
        .and_then(|power| Decimal::nearest(negative, coefficient, power))
        .ok_or(ParseDecimalError::Overflow)
}

#[derive(Clone, Copy)]
enum Part {
    Integer,
    Fraction,
}

/// Digits as they are read.
struct Digits {
    coefficient: u64,
    exponent: i64,
    full: bool,
    remainder: Remainder,
}

impl Digits {
    const fn new() -> Self {
        Self {
            coefficient: 0,
            exponent: 0,
            full: false,
            remainder: Remainder::Zero,
        }
    }

    /// Reads digits up to the first other byte; `None` if there is no digit.
    #[inline]
    fn push_all<'a>(&mut self, mut text: &'a [u8], part: Part) -> Option<&'a [u8]> {
        let mut any = false;
        while let Some((digit, rest)) = split_digit(text) {
            self.push(digit, part);
            (any, text) = (true, rest);
        }
        any.then_some(text)
    }

    #[inline]
    fn push(&mut self, digit: u8, part: Part) {
        if !self.full {
            let longer = self
                .coefficient
                .checked_mul(10)
                .and_then(|c| c.checked_add(digit.into()));
            if let Some(longer) = longer {
                self.coefficient = longer;
                if let Part::Fraction = part {
                    self.exponent = self.exponent.saturating_sub(1);
                }
                return;
            }
        }
        self.cut_off(digit, part);
    }

    #[cold]
    fn cut_off(&mut self, digit: u8, part: Part) {
        self.remainder = if self.full {
            self.remainder.and(digit != 0)
        } else {
            match digit {
                0 => Remainder::Zero,
                1..=4 => Remainder::BelowHalf,
                5 => Remainder::Half,
                _ => Remainder::AboveHalf,
            }
        };
        self.full = true;
        if let Part::Integer = part {
            self.exponent = self.exponent.saturating_add(1);
        }
    }
}

/// Reads `[+-]digits` and returns what follows; `Err` is where a digit is missing.
fn read_exponent(text: &[u8]) -> Result<(i64, &[u8]), &[u8]> {
    let (negative, mut text) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let mut exponent = 0_i64;
    let mut any = false;
    while let Some((digit, rest)) = split_digit(text) {
        exponent = exponent.saturating_mul(10).saturating_add(digit.into());
        (any, text) = (true, rest);
    }
    if !any {
        return Err(text);
    }
    if negative {
        exponent = exponent.saturating_neg();
    }
    Ok((exponent, text))
}

#[inline]
fn split_digit(text: &[u8]) -> Option<(u8, &[u8])> {
    let (byte, rest) = text.split_first()?;
    let digit = byte.wrapping_sub(b'0');
    (digit < 10).then_some((digit, rest))
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    fn parts(text: &str) -> (bool, u64, i8) {
        let x: Decimal = text.parse().unwrap();
        (x.is_negative(), x.coefficient(), x.exponent())
    }

    #[test]
    fn digits_and_zeros_are_kept() {
        assert_eq!(parts("1.50"), (false, 150, -2));
        assert_eq!(parts("-0.005"), (true, 5, -3));
        assert_eq!(parts("+267e3"), (false, 267, 3));
        assert_eq!(parts("1.5E-3"), (false, 15, -4));
        assert_eq!(parts("1.5e+3"), (false, 15, 2));
        assert_eq!(parts("-0.00"), (false, 0, -2));
        assert_eq!(parts("000123"), (false, 123, 0));
        assert_eq!(parts("18446744073709551615"), (false, u64::MAX, 0));
        assert_eq!(parts("0.0000000000000000000000001"), (false, 1, -25));
    }

    #[test]
    fn zeros_that_do_not_fit_are_dropped() {
        assert_eq!(parts("184467440737095516150"), (false, u64::MAX, 1));
        assert_eq!(
            parts("18446744073709551620"),
            (false, 1_844_674_407_370_955_162, 1)
        );
        assert_eq!(
            parts("1.0000000000000000000000000000"),
            (false, 10_000_000_000_000_000_000, -19)
        );
        assert_eq!(parts("1200e-42"), (false, 12, -40));
        assert_eq!(parts("12e42"), (false, 1200, 40));
        assert_eq!(parts("0e999999999999999999999"), (false, 0, 40));
        assert_eq!(parts("0e-99"), (false, 0, -40));
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused() {
        for text in [
            "18446744073709551616",
            "1000000000000000000.01",
            "20000000000000000001",
            "1e60",
            "1e-41",
            "1e99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert_eq!(
                text.parse::<Decimal>(),
                Err(ParseDecimalError::Overflow),
                "{text}"
            );
        }
    }

    #[test]
    fn errors_say_where() {
        let invalid = |byte, offset| Err(ParseDecimalError::InvalidByte { byte, offset });
        let table = [
            ("", Err(ParseDecimalError::Empty)),
            ("-", Err(ParseDecimalError::UnexpectedEnd)),
            ("1.", Err(ParseDecimalError::UnexpectedEnd)),
            ("1e", Err(ParseDecimalError::UnexpectedEnd)),
            ("1e-", Err(ParseDecimalError::UnexpectedEnd)),
            (" 1", invalid(b' ', 0)),
            ("1 ", invalid(b' ', 1)),
            (".5", invalid(b'.', 0)),
            ("1,5", invalid(b',', 1)),
            ("1.5.", invalid(b'.', 3)),
            ("1.e5", invalid(b'e', 2)),
            ("1e5.0", invalid(b'.', 3)),
            ("1e+-5", invalid(b'-', 3)),
            ("--1", invalid(b'-', 1)),
            ("1_000", invalid(b'_', 1)),
            ("1²", invalid(0xC2, 1)),
            ("NaN", invalid(b'N', 0)),
            ("0x10", invalid(b'x', 1)),
        ];
        for (text, expected) in table {
            assert_eq!(text.parse::<Decimal>(), expected, "{text:?}");
        }
        let error = "1,5".parse::<Decimal>().unwrap_err();
        assert_eq!(error.to_string(), "unexpected byte 0x2c at byte 1");
        assert!(size_of::<ParseDecimalError>() <= 16);
    }

    #[test]
    fn comma_is_a_mark_on_request() {
        let value = Decimal::from_str_comma("-1234,50").unwrap();
        assert!(value.same_repr(&Decimal::new(-123_450, -2).unwrap()));
        assert_eq!(
            Decimal::from_str_comma("1.5"),
            Err(ParseDecimalError::InvalidByte {
                byte: b'.',
                offset: 1
            })
        );
    }

    #[test]
    fn rounding_looks_at_every_digit() {
        let table = [
            ("65.9999999998035", 3, "66.000"),
            ("1.5", 3, "1.5"),
            ("0.5", 0, "0"),
            ("0.50000000000000000000000000000000001", 0, "1"),
            ("1.25000000000000000000000000000000000", 1, "1.2"),
            ("1.24999999999999999999999999999999999", 1, "1.2"),
            ("18446744073709551614.5", 0, "18446744073709551614"),
            ("18446744073709551613.5", 0, "18446744073709551614"),
            ("1e-300", 2, "0.00"),
            ("149", -2, "1e2"),
            ("99999999999999999999999", -22, "10e22"),
            ("267e3", 2, "267e3"),
            ("-65.999", 2, "-66.00"),
        ];
        for (text, places, expected) in table {
            let value = Decimal::from_str_rounded(text, places, Rounding::HalfEven).unwrap();
            assert!(
                value.same_repr(&expected.parse().unwrap()),
                "{text}: {value}"
            );
        }
        for (text, places) in [
            ("18446744073709551615.5", 0),
            ("18446744073709551616.5", 0),
            ("1000000000000000000.123", 2),
        ] {
            assert_eq!(
                Decimal::from_str_rounded(text, places, Rounding::HalfEven),
                Err(ParseDecimalError::Overflow),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_gives_a_value_or_an_error(text in "[-+0-9.eE, ]{0,40}", places in any::<i8>()) {
            let exact = text.parse::<Decimal>();
            let rounded = Decimal::from_str_rounded(&text, places, Rounding::HalfEven);
            if let Ok(exact) = exact {
                prop_assert_eq!(rounded.ok(), exact.round(places, Rounding::HalfEven).ok());
                let reference = text.parse::<f64>().unwrap();
                prop_assert_eq!(exact.to_f64().abs().to_bits(), reference.abs().to_bits());
            }
        }

        #[test]
        fn rounding_text_is_rounding_the_exact_value(
            integer in 0..100_000_u64, fraction in "[0-9]{1,12}", noise in "[0-9]{30}"
        ) {
            // one more digit stands for all the noise
            let sticky = if noise.bytes().all(|b| b == b'0') { "0" } else { "1" };
            let long = alloc::format!("{integer}.{fraction}{noise}");
            let short: Decimal = alloc::format!("{integer}.{fraction}{sticky}").parse().unwrap();
            let places = i8::try_from(fraction.len()).unwrap() - 1;
            for rounding in Rounding::ALL {
                let rounded = Decimal::from_str_rounded(&long, places, *rounding).unwrap();
                prop_assert!(rounded.same_repr(&short.round(places, *rounding).unwrap()));
            }
        }
    }
}
