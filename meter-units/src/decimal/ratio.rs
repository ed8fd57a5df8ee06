//! Multiplication by a fraction, exact or rounded once.

use core::num::NonZeroU64;

use super::fraction::Fraction;
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
        Fraction::of(self, numerator, denominator.get(), power.into()).exact()
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
        if !(Self::MIN_EXPONENT..=Self::MAX_EXPONENT).contains(&places) {
            return Err(DecimalError::Overflow);
        }
        Fraction::of(self, numerator, denominator.get(), power.into())
            .cut(places, rounding)
            .ok_or(DecimalError::Overflow)
    }
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
