//! Decimals of twice the usual length.

use core::fmt;

use meter_units::{Decimal, Rounding};

/// A decimal of up to 38 digits, for the few scaled values that a [`Decimal`] does not hold.
///
/// A counter of 64 bits has 19 digits; scaled by 0.00125 and with an offset it has more. Such a
/// value can be shown and rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct WideDecimal {
    negative: bool,
    coefficient: u128,
    exponent: i16,
}

impl WideDecimal {
    /// The product of two decimals and a power of ten; 128 bits always hold it.
    pub(crate) fn product(a: Decimal, b: Decimal, power: i8) -> Self {
        Self {
            negative: a.is_negative() != b.is_negative(),
            coefficient: u128::from(a.coefficient()).wrapping_mul(b.coefficient().into()),
            exponent: i16::from(a.exponent())
                .saturating_add(b.exponent().into())
                .saturating_add(power.into()),
        }
    }

    /// The exact sum; `None` if it has too many digits.
    pub(crate) fn sum(self, other: Decimal) -> Option<Self> {
        let other = Self {
            negative: other.is_negative(),
            coefficient: other.coefficient().into(),
            exponent: other.exponent().into(),
        };
        if other.coefficient == 0 {
            return Some(self);
        }
        if self.coefficient == 0 {
            return Some(other);
        }
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (self.lengthened(exponent)?, other.lengthened(exponent)?);
        let (negative, coefficient) = if self.negative == other.negative {
            (self.negative, a.checked_add(b)?)
        } else if a >= b {
            (self.negative, a.wrapping_sub(b))
        } else {
            (other.negative, b.wrapping_sub(a))
        };
        Some(Self {
            negative,
            coefficient,
            exponent,
        })
    }

    /// The coefficient at a smaller exponent.
    fn lengthened(self, exponent: i16) -> Option<u128> {
        let places = u32::from(self.exponent.abs_diff(exponent));
        self.coefficient.checked_mul(10_u128.checked_pow(places)?)
    }

    /// The value with at most `digits` digits, at most 18 of them; `None` if it is out of range.
    #[must_use]
    pub fn round_to_digits(self, digits: u32, rounding: Rounding) -> Option<Decimal> {
        let limit = 10_u128.checked_pow(digits.clamp(1, 18))?;
        let (mut kept, mut exponent) = (self.coefficient, self.exponent);
        // the digit that was cut off last, and whether any before it was not 0
        let (mut last, mut rest) = (0_u128, false);
        while kept >= limit {
            rest |= last != 0;
            last = kept % 10;
            kept /= 10;
            exponent = exponent.checked_add(1)?;
        }
        let is_half = last == 5 && !rest;
        let above_half = last > 5 || last == 5 && rest;
        let is_exact = last == 0 && !rest;
        let up = match rounding {
            Rounding::HalfEven => above_half || is_half && kept % 2 == 1,
            Rounding::HalfUp => last >= 5,
            Rounding::Floor => self.negative && !is_exact,
            Rounding::Ceiling => !self.negative && !is_exact,
            _ => false,
        };
        let coefficient = u64::try_from(kept).ok()?.checked_add(up.into())?;
        let near = exponent.clamp(Decimal::MIN_EXPONENT.into(), Decimal::MAX_EXPONENT.into());
        let power = exponent.checked_sub(near)?;
        Decimal::from_parts(self.negative, coefficient, i8::try_from(near).ok()?)?
            .scale_by_power_of_ten(i8::try_from(power).ok()?)
    }
}

impl From<Decimal> for WideDecimal {
    fn from(decimal: Decimal) -> Self {
        Self::product(decimal, Decimal::ONE, 0)
    }
}

/// All digits, never with an exponent.
impl fmt::Display for WideDecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// The longest coefficient.
        const DIGITS: u32 = 39;
        if self.negative && self.coefficient != 0 {
            f.write_str("-")?;
        }
        let places = u32::from(self.exponent.unsigned_abs());
        let point = if self.exponent < 0 { places } else { 0 };
        let mut is_shown = false;
        let mut position = point.saturating_add(1).max(DIGITS);
        while position > 0 {
            position = position.saturating_sub(1);
            let digit = 10_u128
                .checked_pow(position)
                .and_then(|power| self.coefficient.checked_div(power))
                .unwrap_or_default()
                % 10;
            is_shown |= digit != 0 || position <= point;
            if point > 0 && position.checked_add(1) == Some(point) {
                f.write_str(".")?;
            }
            if is_shown {
                write!(f, "{}", u8::try_from(digit).unwrap_or_default())?;
            }
        }
        if self.exponent > 0 && self.coefficient != 0 {
            for _ in 0..places {
                f.write_str("0")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn a_long_counter_keeps_its_digits() {
        let raw = decimal("-7738541049431002903");
        let value = WideDecimal::product(raw, decimal("0.00125"), 0)
            .sum(decimal("-10000"))
            .unwrap();
        assert_eq!(value.to_string(), "-9673176311798753.62875");
        let rounded = value.round_to_digits(18, Rounding::HalfEven).unwrap();
        assert_eq!(rounded.to_string(), "-9673176311798753.63");
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let huge = WideDecimal::product(decimal("18446744073709551615"), decimal("1e20"), 0);
        assert_eq!(huge.sum(decimal("1e-20")), None);
        assert_eq!(huge.sum(Decimal::ZERO), Some(huge));
    }

    #[test]
    fn rounding_looks_at_all_digits() {
        let value = WideDecimal::product(decimal("100000000000000000"), decimal("10"), 0);
        let above = value.sum(decimal("5.0000001")).unwrap();
        let rounded = above.round_to_digits(18, Rounding::HalfEven).unwrap();
        assert_eq!(rounded.to_string(), "1000000000000000010");
        let half = value.sum(decimal("5")).unwrap();
        let rounded = half.round_to_digits(18, Rounding::HalfEven).unwrap();
        assert_eq!(rounded.to_string(), "1000000000000000000");
    }

    proptest! {
        #[test]
        fn short_values_are_shown_as_decimals_are(coefficient: i64, exponent in -40_i8..=40) {
            let decimal = Decimal::new(coefficient, exponent).unwrap();
            prop_assert_eq!(WideDecimal::from(decimal).to_string(), decimal.to_string());
        }
    }
}
