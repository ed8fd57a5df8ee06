//! What a raw number is multiplied by.

use core::fmt;
use core::num::NonZeroU64;
use core::str::FromStr;

use meter_units::{Decimal, DecimalError, Number, Rounding};

use super::raw::Raw;
use super::{ValueError, WideDecimal};
use crate::text::split_once;

/// What a raw number is multiplied by: an exact decimal, or a fraction that has no end as one.
///
/// It is never 0. As text it is a decimal, `0.001`, a power of ten, `1e-3`, or a fraction,
/// `1/800`; a divisor of 10 is `1/10`. A fraction that is a decimal becomes one.
///
/// ```
/// use modbus_regmap::encoding::Scale;
///
/// let scale: Scale = "1/800".parse()?;
/// assert_eq!(scale.to_string(), "0.00125");
/// # Ok::<(), modbus_regmap::encoding::ParseScaleError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Scale(Form);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Form {
    /// A power of ten.
    Power(i8),
    /// Not a power of ten, not 0, with as few digits as possible.
    Decimal(Decimal),
    /// In lowest terms, the factors 2 and 5 of the denominator being in the numerator.
    Ratio(Decimal, NonZeroU64),
}

/// Why a text is no scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseScaleError {
    /// It is neither a decimal nor a fraction.
    #[error("not a scale such as `0.001` or `1/800`")]
    Malformed,
    /// It is 0, or divides by 0.
    #[error("a scale cannot be 0")]
    Zero,
    /// It has more digits than a decimal holds.
    #[error("the scale has too many digits")]
    Overflow,
}

impl Scale {
    /// 1: the raw number is the value.
    pub const ONE: Self = Self(Form::Power(0));

    /// 10^`power`; `None` if `power` is not within -40..=40.
    #[must_use]
    pub const fn power_of_ten(power: i8) -> Option<Self> {
        match Decimal::new(1, power) {
            Some(_) => Some(Self(Form::Power(power))),
            None => None,
        }
    }

    /// An exact decimal; `None` for 0.
    #[must_use]
    pub const fn decimal(scale: Decimal) -> Option<Self> {
        let scale = scale.normalized();
        if scale.is_zero() {
            return None;
        }
        if scale.coefficient() == 1 && !scale.is_negative() {
            return Some(Self(Form::Power(scale.exponent())));
        }
        Some(Self(Form::Decimal(scale)))
    }

    /// `numerator` / `denominator`; `None` for 0, and if the decimal has too many digits.
    #[must_use]
    pub fn fraction(numerator: Decimal, denominator: NonZeroU64) -> Option<Self> {
        match numerator.mul_ratio_exact(1, denominator, 0) {
            Ok(decimal) => Self::decimal(decimal),
            Err(DecimalError::Inexact) => {
                let (numerator, denominator) = lowest_terms(numerator, denominator.get())?;
                Some(Self(Form::Ratio(numerator, denominator)))
            }
            Err(_) => None,
        }
    }

    /// The scale as a decimal; `None` for a fraction without an end.
    #[must_use]
    pub const fn to_decimal(self) -> Option<Decimal> {
        match self.0 {
            Form::Power(power) => Decimal::new(1, power),
            Form::Decimal(decimal) => Some(decimal),
            Form::Ratio(..) => None,
        }
    }

    /// The power of ten that it is.
    pub(crate) const fn power(self) -> Option<i8> {
        match self.0 {
            Form::Power(power) => Some(power),
            _ => None,
        }
    }

    /// raw × scale × 10^`power` + `offset`, without losing a digit.
    ///
    /// Of a float the shortest decimal is taken that reads back as it. Where nothing is to be
    /// done, a float stays one.
    #[inline]
    pub(crate) fn apply(self, raw: Raw, power: i8, offset: Decimal) -> Result<Number, ValueError> {
        if let (Form::Power(scale), true) = (self.0, offset.is_zero()) {
            let power = scale.saturating_add(power);
            match raw {
                Raw::Integer(negative, magnitude) => {
                    if let Some(value) = Decimal::from_parts(negative, magnitude, power) {
                        return Ok(Number::Decimal(value));
                    }
                }
                _ if power == 0 => return Ok(raw.into()),
                _ => {}
            }
        }
        self.apply_slowly(raw, power, offset)
    }

    fn apply_slowly(self, raw: Raw, power: i8, offset: Decimal) -> Result<Number, ValueError> {
        let is_float = !matches!(raw, Raw::Integer(..));
        let raw = decimal_of(raw)?;
        let exact = self
            .product(raw, power)
            .and_then(|product| product.checked_add(offset));
        match exact {
            Ok(value) => Ok(Number::Decimal(value)),
            Err(DecimalError::Inexact) => Err(ValueError::Inexact),
            // The digits of a float end long before those of the sum: none of its own is lost.
            Err(_) if is_float => self
                .wide(raw, power, offset)?
                .round_to_digits(18, Rounding::HalfEven)
                .map(Number::Decimal)
                .ok_or(ValueError::OutOfRange),
            Err(_) => Err(ValueError::Overflow),
        }
    }

    fn product(self, raw: Decimal, power: i8) -> Result<Decimal, DecimalError> {
        match self.0 {
            Form::Power(scale) => raw
                .scale_by_power_of_ten(scale.saturating_add(power))
                .ok_or(DecimalError::Overflow),
            Form::Decimal(scale) => scale
                .scale_by_power_of_ten(power)
                .ok_or(DecimalError::Overflow)?
                .checked_mul(raw),
            Form::Ratio(numerator, denominator) => {
                let negative = numerator.is_negative() != raw.is_negative();
                let power = numerator.exponent().saturating_add(power);
                let raw = if negative {
                    raw.abs().negated()
                } else {
                    raw.abs()
                };
                raw.mul_ratio_exact(numerator.coefficient(), denominator, power)
            }
        }
    }

    /// The same with twice the digits, for values that a decimal does not hold.
    pub(crate) fn wide(
        self,
        raw: Decimal,
        power: i8,
        offset: Decimal,
    ) -> Result<WideDecimal, ValueError> {
        let scale = self.to_decimal().ok_or(ValueError::Inexact)?;
        WideDecimal::product(raw, scale, power)
            .sum(offset)
            .ok_or(ValueError::Overflow)
    }

    /// (value - `offset`) / scale / 10^`power`, which is what to write.
    pub(crate) fn invert(
        self,
        value: Decimal,
        power: i8,
        offset: Decimal,
    ) -> Result<Decimal, ValueError> {
        let value = value.checked_sub(offset).map_err(lossy)?;
        let down = |scale: i8| scale.saturating_add(power).saturating_neg();
        match self.0 {
            Form::Power(scale) => value
                .scale_by_power_of_ten(down(scale))
                .ok_or(ValueError::Overflow),
            Form::Decimal(scale) => {
                let divisor = NonZeroU64::new(scale.coefficient()).ok_or(ValueError::Inexact)?;
                let value = if scale.is_negative() {
                    value.negated()
                } else {
                    value
                };
                value
                    .mul_ratio_exact(1, divisor, down(scale.exponent()))
                    .map_err(lossy)
            }
            Form::Ratio(numerator, denominator) => {
                let divisor =
                    NonZeroU64::new(numerator.coefficient()).ok_or(ValueError::Inexact)?;
                let value = if numerator.is_negative() {
                    value.negated()
                } else {
                    value
                };
                value
                    .mul_ratio_exact(denominator.get(), divisor, down(numerator.exponent()))
                    .map_err(lossy)
            }
        }
    }
}

impl Default for Scale {
    fn default() -> Self {
        Self::ONE
    }
}

/// The decimal of an integer, and the shortest one of a float.
pub(crate) fn decimal_of(raw: Raw) -> Result<Decimal, ValueError> {
    let decimal = match raw {
        Raw::Integer(negative, magnitude) => Decimal::from_parts(negative, magnitude, 0),
        Raw::F32(float) => Decimal::try_from_f32_shortest(float).ok(),
        Raw::F64(float) => Decimal::try_from_f64_shortest(float).ok(),
    };
    decimal.ok_or(ValueError::OutOfRange)
}

const fn lossy(error: DecimalError) -> ValueError {
    match error {
        DecimalError::Inexact => ValueError::Inexact,
        _ => ValueError::Overflow,
    }
}

/// The same fraction in the one form whose denominator has no factor 2 or 5.
fn lowest_terms(numerator: Decimal, mut denominator: u64) -> Option<(Decimal, NonZeroU64)> {
    let mut factor = 1_u64;
    let mut power = 0_i8;
    for (divisor, partner) in [(2, 5), (5, 2)] {
        // 1/2 is 5/10
        while denominator.checked_rem(divisor) == Some(0) {
            denominator = denominator.checked_div(divisor)?;
            factor = factor.checked_mul(partner)?;
            power = power.checked_sub(1)?;
        }
    }
    let common = common_divisor(numerator.coefficient(), denominator);
    let coefficient = numerator
        .coefficient()
        .checked_div(common)?
        .checked_mul(factor)?;
    let numerator =
        Decimal::from_parts(numerator.is_negative(), coefficient, numerator.exponent())?
            .scale_by_power_of_ten(power)?
            .normalized();
    let denominator = NonZeroU64::new(denominator.checked_div(common)?)?;
    Some((numerator, denominator))
}

fn common_divisor(mut a: u64, mut b: u64) -> u64 {
    // the remainder at least halves every second step
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::Power(power) => match Decimal::new(1, power) {
                Some(decimal) => decimal.fmt(f),
                None => Ok(()),
            },
            Form::Decimal(decimal) => decimal.fmt(f),
            Form::Ratio(numerator, denominator) => write!(f, "{numerator}/{denominator}"),
        }
    }
}

impl FromStr for Scale {
    type Err = ParseScaleError;

    fn from_str(text: &str) -> Result<Self, ParseScaleError> {
        let (numerator, denominator) = match split_once(text, "/") {
            Some((numerator, denominator)) => (numerator, denominator),
            None => (text, "1"),
        };
        let number = |text: &str| {
            text.trim().parse::<Decimal>().map_err(|error| match error {
                meter_units::ParseDecimalError::Overflow => ParseScaleError::Overflow,
                _ => ParseScaleError::Malformed,
            })
        };
        let (numerator, denominator) = (number(numerator)?, number(denominator)?);
        if numerator.is_zero() || denominator.is_zero() {
            return Err(ParseScaleError::Zero);
        }
        let divisor = NonZeroU64::new(denominator.coefficient()).ok_or(ParseScaleError::Zero)?;
        let numerator = numerator
            .scale_by_power_of_ten(denominator.exponent().saturating_neg())
            .ok_or(ParseScaleError::Overflow)?;
        let numerator = if denominator.is_negative() {
            numerator.negated()
        } else {
            numerator
        };
        Self::fraction(numerator, divisor).ok_or(ParseScaleError::Overflow)
    }
}

meter_units::__serde_as_text!(Scale, "a scale such as `0.001` or `1/800`");

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    fn scale(text: &str) -> Scale {
        text.parse().unwrap()
    }

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn integer(value: i64) -> Raw {
        Raw::Integer(value < 0, value.unsigned_abs())
    }

    #[test]
    fn texts_give_the_same_scale_in_every_form() {
        for (text, shown) in [
            ("1", "1"),
            ("0.0010", "0.001"),
            ("1e-3", "0.001"),
            ("1/1000", "0.001"),
            ("1/800", "0.00125"),
            ("1/0.5", "2"),
            ("2/6", "1/3"),
            ("-1", "-1"),
            ("1/-4", "-0.25"),
            ("1000", "1000"),
        ] {
            assert_eq!(scale(text).to_string(), shown, "{text}");
            assert_eq!(scale(shown), scale(text));
        }
        for text in ["0", "0.00", "1/0", "0/5"] {
            assert_eq!(text.parse::<Scale>(), Err(ParseScaleError::Zero), "{text}");
        }
        for text in ["", "x", "1/", "/3", "1/2/3", "NaN", "inf"] {
            assert_eq!(
                text.parse::<Scale>(),
                Err(ParseScaleError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn no_digit_is_lost() {
        let apply = |raw, text, offset| scale(text).apply(raw, 0, decimal(offset));
        let number = |text| Ok(Number::Decimal(decimal(text)));
        assert_eq!(apply(integer(3), "0.1", "0"), number("0.3"));
        assert_eq!(
            apply(integer(9_007_199_254_740_993), "1", "0"),
            number("9007199254740993")
        );
        assert_eq!(apply(integer(56_941), "0.1", "-40"), number("5654.1"));
        assert_eq!(apply(integer(9), "1/3", "0"), number("3"));
        assert_eq!(apply(integer(10), "1/3", "0"), Err(ValueError::Inexact));
        assert_eq!(
            apply(integer(-7_738_541_049_431_002_903), "0.00125", "-10000"),
            Err(ValueError::Overflow)
        );
    }

    #[test]
    fn floats_claim_no_more_digits_than_they_have() {
        let apply = |raw, text, offset| scale(text).apply(raw, 0, decimal(offset));
        assert_eq!(
            apply(Raw::F32(1234.5678), "1", "0"),
            Ok(Number::F32(1234.5678))
        );
        assert_eq!(
            apply(Raw::F32(1234.5678), "0.001", "0"),
            Ok(Number::Decimal(decimal("1.2345677")))
        );
        assert_eq!(
            apply(Raw::F64(1.234_567_890_123_456_7), "0.00001", "273.15"),
            Ok(Number::Decimal(decimal("273.150012345678901")))
        );
    }

    proptest! {
        #[test]
        fn what_was_scaled_can_be_written(
            raw: i32,
            coefficient in prop_oneof![1_i64..5000, Just(125), Just(-3)],
            power in -6_i8..6,
            denominator in 1_u64..50,
            offset in -1000_i64..1000,
        ) {
            let numerator = Decimal::new(coefficient, power).unwrap();
            let denominator = NonZeroU64::new(denominator).unwrap();
            let scale = Scale::fraction(numerator, denominator).unwrap();
            prop_assert_eq!(scale.to_string().parse(), Ok(scale));
            let offset = Decimal::new(offset, -2).unwrap();
            if let Ok(Number::Decimal(value)) = scale.apply(integer(raw.into()), 0, offset) {
                let raw = Decimal::from(raw);
                prop_assert_eq!(scale.invert(value, 0, offset), Ok(raw));
            }
        }
    }
}
