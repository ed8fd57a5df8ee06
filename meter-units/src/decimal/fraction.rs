//! A decimal times a ratio, on its way back to a decimal.

use super::round::Remainder;
use super::wide::Wide;
use super::{Decimal, DecimalError, Rounding};

/// ±`numerator` / `denominator` × 10^`power`; the denominator is not zero.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fraction {
    pub(crate) negative: bool,
    pub(crate) numerator: Wide,
    pub(crate) denominator: u64,
    pub(crate) power: i32,
}

impl Fraction {
    /// `value` × `numerator` / `denominator` × 10^`power`.
    pub(crate) fn of(value: Decimal, numerator: u64, denominator: u64, power: i32) -> Self {
        Self {
            negative: value.is_negative(),
            numerator: Wide::product(value.coefficient, numerator),
            denominator,
            power: power.saturating_add(value.exponent.into()),
        }
    }

    /// The same number as a decimal, with the power that is left after the division.
    pub(crate) fn exact(self) -> Result<Decimal, DecimalError> {
        let (numerator, denominator) = self.reduced().ok_or(DecimalError::Overflow)?;
        let twos = denominator.trailing_zeros();
        let (odd, fives) = without_fives(denominator.wrapping_shr(twos));
        if odd != 1 {
            return Err(DecimalError::Inexact);
        }
        // 1 / (2^a 5^b) is 2^(b-a) / 10^b, or 5^(a-b) / 10^a if a is larger. A power beyond 64 bits
        // would have no trailing zero to drop, so it is an overflow of the result as well.
        let places = twos.max(fives);
        let completing = if twos < fives {
            2_u64.checked_pow(fives.wrapping_sub(twos))
        } else {
            5_u64.checked_pow(twos.wrapping_sub(fives))
        };
        completing
            .and_then(|factor| numerator.checked_mul(factor))
            .and_then(|scaled| short(scaled, self.power.saturating_sub_unsigned(places)))
            .and_then(|(coefficient, power)| Decimal::nearest(self.negative, coefficient, power))
            .ok_or(DecimalError::Overflow)
    }

    /// The number with exactly `places` digits after the point; `places` over 40 count as 40.
    pub(crate) fn cut(self, places: i8, rounding: Rounding) -> Option<Decimal> {
        let places = places.min(-Decimal::MIN_EXPONENT);
        let shift = self.power.saturating_add(i32::from(places));
        let doubled = self.numerator.checked_mul(2)?;
        let (doubled, dropped) = if shift >= 0 {
            let scaled = doubled.checked_scale(shift.unsigned_abs())?;
            let (quotient, rest) = scaled.checked_div_rem(self.denominator)?;
            (quotient, rest != 0)
        } else {
            let (quotient, rest) = doubled.checked_div_rem(self.denominator)?;
            let (quotient, dropped) = quotient.unscale(shift.unsigned_abs());
            (quotient, dropped || rest != 0)
        };
        let (quotient, half) = doubled.checked_div_rem(2)?;
        let remainder = match half {
            0 => Remainder::Zero,
            _ => Remainder::Half,
        };
        let coefficient =
            rounding.apply(self.negative, quotient.to_u64()?, remainder.and(dropped))?;
        Decimal::nearest(self.negative, coefficient, i32::from(places).wrapping_neg())
    }

    /// Numerator and denominator without a common factor.
    fn reduced(self) -> Option<(Wide, u64)> {
        if self.denominator == 1 {
            return Some((self.numerator, 1));
        }
        let (_, rest) = self.numerator.checked_div_rem(self.denominator)?;
        let common = gcd(self.denominator, rest);
        let (numerator, _) = self.numerator.checked_div_rem(common)?;
        Some((numerator, self.denominator.checked_div(common)?))
    }
}

/// A coefficient of 64 bits, if trailing zeros are all that is in the way.
fn short(coefficient: Wide, power: i32) -> Option<(u64, i32)> {
    let (mut coefficient, mut power) = (coefficient, power);
    loop {
        if let Some(short) = coefficient.to_u64() {
            return Some((short, power));
        }
        let (quotient, rest) = coefficient.checked_div_rem(10)?;
        if rest != 0 {
            return None;
        }
        coefficient = quotient;
        power = power.saturating_add(1);
    }
}

/// The number without its factors of five, and how many these were.
fn without_fives(number: u64) -> (u64, u32) {
    let (mut number, mut fives) = (number, 0_u32);
    while number != 0 && number % 5 == 0 {
        number /= 5;
        fives = fives.saturating_add(1);
    }
    (number, fives)
}

/// The greatest common divisor; `a` is not zero.
pub(crate) fn gcd(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while let Some(rest) = a.checked_rem(b) {
        (a, b) = (b, rest);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: i64, denominator: u64, power: i32) -> Fraction {
        Fraction {
            negative: numerator < 0,
            numerator: Wide::from(numerator.unsigned_abs()),
            denominator,
            power,
        }
    }

    fn parts(value: Decimal) -> (bool, u64, i8) {
        (value.is_negative(), value.coefficient(), value.exponent())
    }

    #[test]
    fn finite_fractions_are_exact() {
        assert_eq!(fraction(3, 8, 0).exact().map(parts), Ok((false, 375, -3)));
        assert_eq!(fraction(-7, 50, 3).exact().map(parts), Ok((true, 14, 1)));
        assert_eq!(fraction(30, 3, 0).exact().map(parts), Ok((false, 10, 0)));
        assert_eq!(fraction(0, 7, 9).exact().map(parts), Ok((false, 0, 9)));
        assert_eq!(fraction(1, 3, 0).exact(), Err(DecimalError::Inexact));
        assert_eq!(fraction(1, 1 << 63, 0).exact(), Err(DecimalError::Overflow));
    }

    #[test]
    fn ties_and_signs_follow_the_rounding() {
        use Rounding::{Ceiling, Floor, HalfEven, HalfUp, TowardZero};

        let cases = [
            (5, 2, [2, 3, 2, 2, 3]),
            (7, 2, [4, 4, 3, 3, 4]),
            (-5, 2, [-2, -3, -2, -3, -2]),
            (7, 3, [2, 2, 2, 2, 3]),
            (8, 3, [3, 3, 2, 2, 3]),
            (-1, 1_000_000, [0, 0, 0, -1, 0]),
            (6, 1, [6, 6, 6, 6, 6]),
        ];
        for (numerator, denominator, expected) in cases {
            let found = [HalfEven, HalfUp, TowardZero, Floor, Ceiling].map(|rounding| {
                let value = fraction(numerator, denominator, 0)
                    .cut(0, rounding)
                    .unwrap();
                assert_eq!(value.exponent(), 0);
                let whole = i64::try_from(value.coefficient()).unwrap();
                if value.is_negative() { -whole } else { whole }
            });
            assert_eq!(found, expected, "{numerator}/{denominator}");
        }
    }

    #[test]
    fn cutting_reaches_both_ends() {
        let half_even = |value: Fraction, places| value.cut(places, Rounding::HalfEven);
        let third = fraction(1, 3, 0);
        assert_eq!(half_even(third, 2).map(parts), Some((false, 33, -2)));
        assert_eq!(half_even(third, -100).map(parts), Some((false, 0, 40)));
        assert_eq!(half_even(third, 100), None);
        assert_eq!(
            half_even(fraction(1, 3, -30), 40).map(parts),
            Some((false, 3_333_333_333, -40))
        );
        assert_eq!(
            half_even(fraction(1, 3, -300), 40).map(parts),
            Some((false, 0, -40))
        );
        assert_eq!(half_even(fraction(2, 3, 300), 0), None);
        assert_eq!(
            half_even(fraction(1200, 1, -4), 3).map(parts),
            Some((false, 120, -3))
        );
    }
}
