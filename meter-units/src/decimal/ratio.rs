//! Multiplication by a fraction, exact or rounded once: what unit conversion is made of.

use core::cmp::Ordering;
use core::num::{NonZeroU64, NonZeroU128};

use super::arithmetic::multiply;
use super::round::{Remainder, shorten};
use super::{Decimal, DecimalError, Rounding};

impl Decimal {
    /// The value × `numerator` / `denominator` × 10^`power`, exact.
    ///
    /// The exponent becomes the sum of the exponent and `power`, less the digits that the
    /// division adds: 1 × 1 / 8 is 0.125.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Inexact`] if the result has no end, as 1 / 3;
    /// [`DecimalError::Overflow`] if it does not fit.
    pub fn mul_ratio_exact(
        self,
        numerator: u64,
        denominator: NonZeroU64,
        power: i8,
    ) -> Result<Self, DecimalError> {
        // Twos and fives below the line end in a finite decimal, anything else has to cancel.
        let (mut twos, mut fives, rest) = factors(denominator);
        let product = multiply(self.coefficient, numerator);
        let (mut magnitude, remainder) = divide_wide(product, rest.into());
        if remainder != Remainder::Zero {
            return Err(DecimalError::Inexact);
        }
        let shared = magnitude.trailing_zeros().min(twos);
        magnitude = magnitude.wrapping_shr(shared);
        twos = twos.wrapping_sub(shared);
        while fives > 0 && magnitude % 5 == 0 {
            magnitude /= 5;
            fives = fives.wrapping_sub(1);
        }

        // m / 2^a / 5^b is m × 5^(a - b) / 10^a, or the same with the roles exchanged.
        let places = twos.max(fives);
        let completing = match twos.cmp(&fives) {
            Ordering::Less => u128::from(2_u8).checked_pow(fives.wrapping_sub(twos)),
            Ordering::Equal => Some(1),
            Ordering::Greater => u128::from(5_u8).checked_pow(twos.wrapping_sub(fives)),
        };
        let magnitude = completing
            .and_then(|completing| completing.checked_mul(magnitude))
            .ok_or(DecimalError::Overflow)?;
        let exponent = i16::from(self.exponent)
            .wrapping_add(power.into())
            .saturating_sub_unsigned(u16::try_from(places).map_err(|_| DecimalError::Overflow)?);
        Self::fit(self.is_negative(), magnitude, exponent)
    }

    /// The value × `numerator` / `denominator` × 10^`power`, rounded once to exactly `places`
    /// digits after the point.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] if the result does not fit, or if `places` is outside -40..=40.
    ///
    /// # Examples
    ///
    /// ```
    /// use core::num::NonZeroU64;
    /// use meter_units::{Decimal, Rounding};
    ///
    /// // 119382 MJ are 33161.6… kWh
    /// let energy = Decimal::from(119_382);
    /// let thirty_six = NonZeroU64::new(36).unwrap();
    /// let converted = energy.mul_ratio_rounded(10, thirty_six, 0, 2, Rounding::HalfEven)?;
    /// assert_eq!(converted.to_string(), "33161.67");
    /// # Ok::<(), meter_units::DecimalError>(())
    /// ```
    pub fn mul_ratio_rounded(
        self,
        numerator: u64,
        denominator: NonZeroU64,
        power: i8,
        places: i8,
        rounding: Rounding,
    ) -> Result<Self, DecimalError> {
        // the exponent that is left over once the result is counted in its last digit
        let left = i16::from(self.exponent)
            .wrapping_add(power.into())
            .wrapping_add(places.into());
        let shift = u32::from(left.unsigned_abs());
        let product = multiply(self.coefficient, numerator);
        let (kept, remainder) = if left >= 0 {
            lengthen_and_divide(product, shift, denominator)
        } else {
            divide_and_shorten(product, denominator, shift)
        }
        .ok_or(DecimalError::Overflow)?;
        let negative = self.is_negative();
        rounding
            .apply(negative, kept, remainder)
            .zip(0_i8.checked_sub(places))
            .and_then(|(coefficient, exponent)| Self::from_parts(negative, coefficient, exponent))
            .ok_or(DecimalError::Overflow)
    }
}

/// The number of twos, the number of fives, and what else `denominator` is the product of.
fn factors(denominator: NonZeroU64) -> (u32, u32, NonZeroU64) {
    let twos = denominator.trailing_zeros();
    let mut rest = denominator.get().wrapping_shr(twos);
    let mut fives = 0_u32;
    while rest % 5 == 0 && rest != 0 {
        rest /= 5;
        fives = fives.wrapping_add(1);
    }
    (
        twos,
        fives,
        NonZeroU64::new(rest).unwrap_or(NonZeroU64::MIN),
    )
}

/// `product` × 10^`shift` / `denominator`; `None` if the quotient does not fit.
fn lengthen_and_divide(
    product: u128,
    shift: u32,
    denominator: NonZeroU64,
) -> Option<(u64, Remainder)> {
    if product == 0 {
        return Some((0, Remainder::Zero));
    }
    // A dividend over 128 bits has a quotient over 64.
    let dividend = wide_power_of_ten(shift)?.get().checked_mul(product)?;
    let (quotient, remainder) = divide_wide(dividend, denominator.into());
    Some((u64::try_from(quotient).ok()?, remainder))
}

/// `product` / `denominator` / 10^`shift`; `None` if the quotient does not fit.
fn divide_and_shorten(
    product: u128,
    denominator: NonZeroU64,
    shift: u32,
) -> Option<(u64, Remainder)> {
    let (quotient, below) = divide_wide(product, denominator.into());
    let below = below != Remainder::Zero;
    if let Ok(quotient) = u64::try_from(quotient) {
        let (kept, remainder) = shorten(quotient, shift);
        return Some((kept, remainder.and(below)));
    }
    // 128 bits are less than half of 10^39
    let Some(power) = wide_power_of_ten(shift) else {
        return Some((0, Remainder::BelowHalf));
    };
    let (kept, remainder) = divide_wide(quotient, power);
    Some((u64::try_from(kept).ok()?, remainder.and(below)))
}

/// Quotient and remainder; in 64 bits where they are enough, since small processors divide 128
/// bits slowly.
fn divide_wide(dividend: u128, divisor: NonZeroU128) -> (u128, Remainder) {
    if let (Ok(dividend), Ok(divisor)) = (u64::try_from(dividend), NonZeroU64::try_from(divisor)) {
        let rest = dividend % divisor;
        let up_to_next = divisor.get().wrapping_sub(rest);
        let quotient = dividend / divisor;
        return (quotient.into(), Remainder::of(rest, up_to_next));
    }
    let quotient = dividend / divisor;
    let rest = dividend.wrapping_sub(quotient.wrapping_mul(divisor.get()));
    let up_to_next = divisor.get().wrapping_sub(rest);
    (quotient, Remainder::of(rest, up_to_next))
}

/// 10^`n`; `None` if it does not fit 128 bits, that is above 10^38.
fn wide_power_of_ten(n: u32) -> Option<NonZeroU128> {
    NonZeroU128::new(u128::from(10_u8).checked_pow(n)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal, decimal_with};

    fn over(n: u64) -> NonZeroU64 {
        NonZeroU64::new(n).unwrap()
    }

    #[test]
    fn exact_ratio_adds_only_the_digits_it_needs() {
        let table = [
            ("1", 1, 8, 0, "0.125"),
            ("1", 1, 3125, 0, "0.00032"),
            ("1000", 1, 1000, 0, "1"),
            ("1.50", 1, 1, 3, "150e1"),
            ("36", 10, 36, 0, "10"),
            ("-98.6", 5, 9, -1, ""),
            ("66.6", 5, 9, 0, "37.0"),
            ("0", 1, 7, 3, "0e3"),
            ("7", 0, 3, 0, "0"),
            (
                "18446744073709551615",
                3,
                18_446_744_073_709_551_615,
                0,
                "3",
            ),
        ];
        for (value, numerator, denominator, power, expected) in table {
            let result = decimal(value).mul_ratio_exact(numerator, over(denominator), power);
            if expected.is_empty() {
                assert_eq!(result, Err(DecimalError::Inexact), "{value}");
            } else {
                let result = result.unwrap();
                assert!(result.same_repr(&decimal(expected)), "{result}");
            }
        }
    }

    #[test]
    fn exact_ratio_that_does_not_fit_fails() {
        let max = Decimal::from(u64::MAX);
        assert_eq!(
            max.mul_ratio_exact(3, over(2), 0),
            Err(DecimalError::Overflow)
        );
        assert_eq!(
            Decimal::ONE.mul_ratio_exact(1, over(1 << 63), 0),
            Err(DecimalError::Overflow)
        );
        assert_eq!(
            decimal("1e-40").mul_ratio_exact(1, over(1), -1),
            Err(DecimalError::Overflow)
        );
        assert_eq!(
            decimal("1e-40").mul_ratio_exact(10, over(1), -1),
            Ok(decimal("1e-40"))
        );
    }

    #[test]
    fn rounded_ratio_rounds_once() {
        let table = [
            ("1", 1, 3, 0, 4, Rounding::HalfEven, "0.3333"),
            ("2", 1, 3, 0, 4, Rounding::HalfEven, "0.6667"),
            ("2", 1, 3, 0, 4, Rounding::TowardZero, "0.6666"),
            ("-2", 1, 3, 0, 4, Rounding::Floor, "-0.6667"),
            ("1", 1, 8, 0, 2, Rounding::HalfEven, "0.12"),
            ("3", 1, 8, 0, 2, Rounding::HalfEven, "0.38"),
            // just above a tie: the part below decides
            ("1.0000000000000001", 1, 8, 0, 2, Rounding::HalfEven, "0.13"),
            ("0.5", 3, 3, 0, 0, Rounding::HalfEven, "0"),
            ("0.5", 4, 3, 0, 0, Rounding::HalfEven, "1"),
            ("1e-40", 1, 7, -128, 0, Rounding::Ceiling, "1"),
            ("1e-40", 1, 7, -128, 0, Rounding::HalfUp, "0"),
            ("-1e40", 1, 3, -40, 3, Rounding::HalfUp, "-0.333"),
            ("0e40", 1, 3, 127, 40, Rounding::HalfUp, "0e-40"),
            (
                "18446744073709551615",
                18_446_744_073_709_551_615,
                18_446_744_073_709_551_615,
                0,
                0,
                Rounding::HalfEven,
                "18446744073709551615",
            ),
            (
                "18446744073709551615",
                18_446_744_073_709_551_615,
                1,
                -20,
                0,
                Rounding::Floor,
                "3402823669209384634",
            ),
        ];
        for (value, numerator, denominator, power, places, rounding, expected) in table {
            let result = decimal(value)
                .mul_ratio_rounded(numerator, over(denominator), power, places, rounding)
                .unwrap();
            assert!(result.same_repr(&decimal(expected)), "{value}: {result}");
        }
    }

    #[test]
    fn rounded_ratio_that_does_not_fit_fails() {
        let convert = |value: &str, power, places| {
            decimal(value).mul_ratio_rounded(1, over(1), power, places, Rounding::HalfEven)
        };
        assert_eq!(convert("1e40", 0, 0), Err(DecimalError::Overflow));
        assert_eq!(convert("1", 20, 0), Err(DecimalError::Overflow));
        assert_eq!(convert("1", 0, 41), Err(DecimalError::Overflow));
        assert_eq!(convert("1", 0, i8::MIN), Err(DecimalError::Overflow));
    }

    proptest! {
        #[test]
        fn exact_ratio_is_undone_by_its_inverse(
            x in any_decimal(), n in 1..=u64::MAX, d in 1..=u64::MAX, power in -20..=20_i8
        ) {
            if let Ok(y) = x.mul_ratio_exact(n, over(d), power) {
                prop_assert_eq!(y.mul_ratio_exact(d, over(n), -power), Ok(x));
            }
        }

        #[test]
        fn short_ratios_are_undone_by_their_inverse(
            x in decimal_with(-9..=9), n in 1..=2000_u64, twos in 0..6_u32, fives in 0..6_u32
        ) {
            let x = Decimal::new(i64::try_from(x.coefficient() >> 32).unwrap(), x.exponent()).unwrap();
            let d = 2_u64.pow(twos) * 5_u64.pow(fives);
            let y = x.mul_ratio_exact(n, over(d), 0).unwrap();
            prop_assert_eq!(y.mul_ratio_exact(d, over(n), 0), Ok(x));
        }

        #[test]
        fn exact_and_rounded_agree(
            x in any_decimal(), n in any::<u64>(), d in 1..=u64::MAX, power in any::<i8>()
        ) {
            if let Ok(exact) = x.mul_ratio_exact(n, over(d), power) {
                let places = -exact.exponent();
                for rounding in Rounding::ALL {
                    prop_assert_eq!(
                        x.mul_ratio_rounded(n, over(d), power, places, *rounding), Ok(exact)
                    );
                }
            }
        }

        #[test]
        fn rounded_ratio_is_next_to_the_quotient(
            c in any::<u32>(), n in any::<u32>(), d in 1..=u32::MAX, places in -9..=9_i8
        ) {
            // floor × d ≤ c × n ≤ ceiling × d, all of it exact in 128 bits
            let x = Decimal::from(c);
            let d64 = over(u64::from(d));
            let floor = x.mul_ratio_rounded(n.into(), d64, 0, places, Rounding::Floor);
            let ceiling = x.mul_ratio_rounded(n.into(), d64, 0, places, Rounding::Ceiling);
            let (Ok(floor), Ok(ceiling)) = (floor, ceiling) else { return Ok(()) };
            let up = 10_u128.pow(u32::from(places.max(0).unsigned_abs()));
            let down = 10_u128.pow(u32::from(places.min(0).unsigned_abs()));
            let exact = u128::from(c) * u128::from(n) * up;
            let step = u128::from(d) * down;
            prop_assert_eq!(u128::from(floor.coefficient()), exact / step);
            prop_assert_eq!(u128::from(ceiling.coefficient()), exact.div_ceil(step));
            let even = x.mul_ratio_rounded(n.into(), d64, 0, places, Rounding::HalfEven).unwrap();
            let twice = 2 * (exact % step);
            let expected = exact / step
                + u128::from(twice > step || twice == step && exact / step % 2 == 1);
            prop_assert_eq!(u128::from(even.coefficient()), expected);
        }
    }
}
