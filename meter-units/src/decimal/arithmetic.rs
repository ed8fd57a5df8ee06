//! Sum, difference and product.

use super::round::lengthen;
use super::{Decimal, DecimalError, Sign};

impl Decimal {
    /// The exact sum.
    ///
    /// It has the smaller of the two exponents. Trailing zeros are dropped only where the digits
    /// would not fit otherwise.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] if the sum does not fit.
    pub fn checked_add(self, other: Self) -> Result<Self, DecimalError> {
        let (low, high) = if self.exponent <= other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        let gap = u32::from(low.exponent.abs_diff(high.exponent));
        let sum = lengthen(high.coefficient, gap).and_then(|aligned| {
            Some(if low.sign == high.sign {
                (low.sign, low.coefficient.checked_add(aligned)?)
            } else if low.coefficient >= aligned {
                (low.sign, low.coefficient.wrapping_sub(aligned))
            } else {
                (high.sign, aligned.wrapping_sub(low.coefficient))
            })
        });
        match sum {
            Some((sign, coefficient)) => Ok(Self {
                coefficient,
                exponent: low.exponent,
                sign: Sign::of(sign == Sign::Negative, coefficient),
            }),
            None => add_wide(low, high),
        }
    }

    /// The exact difference; everything else as in [`checked_add`](Self::checked_add).
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] if the difference does not fit.
    pub fn checked_sub(self, other: Self) -> Result<Self, DecimalError> {
        self.checked_add(other.negated())
    }

    /// The exact product.
    ///
    /// Its exponent is the sum of the two. Trailing zeros are dropped, or added, only where the
    /// product would not fit otherwise.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] if the product does not fit.
    pub fn checked_mul(self, other: Self) -> Result<Self, DecimalError> {
        let negative = self.sign != other.sign;
        let exponent = i16::from(self.exponent).wrapping_add(i16::from(other.exponent));
        match self.coefficient.checked_mul(other.coefficient) {
            Some(product) => Self::near(negative, product, exponent).ok_or(DecimalError::Overflow),
            None => {
                let product = multiply(self.coefficient, other.coefficient);
                Self::fit(negative, product, exponent)
            }
        }
    }

    /// The decimal that is equal, with the exponent as near to `exponent` as the digits allow.
    pub(super) fn fit(
        negative: bool,
        mut magnitude: u128,
        mut exponent: i16,
    ) -> Result<Self, DecimalError> {
        if magnitude == 0 {
            exponent = exponent.clamp(Self::MIN_EXPONENT.into(), Self::MAX_EXPONENT.into());
        }
        let coefficient = loop {
            match u64::try_from(magnitude) {
                Ok(coefficient) => break coefficient,
                Err(_) if magnitude % 10 != 0 => return Err(DecimalError::Overflow),
                Err(_) => {
                    magnitude /= 10;
                    exponent = exponent.saturating_add(1);
                }
            }
        };
        Self::near(negative, coefficient, exponent).ok_or(DecimalError::Overflow)
    }
}

/// The product of two coefficients, which 128 bits always hold.
#[inline]
pub(super) fn multiply(a: u64, b: u64) -> u128 {
    u128::from(a).wrapping_mul(u128::from(b))
}

/// The sum where `high` does not fit 64 bits at the exponent of `low`, or the sum does not.
#[cold]
fn add_wide(low: Decimal, high: Decimal) -> Result<Decimal, DecimalError> {
    /// The widest gap for which an aligned coefficient fits 128 bits: 2^64 × 10^19.
    const WIDEST: i16 = 19;
    let Decimal {
        mut coefficient, ..
    } = low;
    let mut exponent = i16::from(low.exponent);
    // Across a wider gap the sum only fits if `low` ends in zeros.
    let mut gap = i16::from(high.exponent).wrapping_sub(exponent);
    while gap > WIDEST {
        if coefficient % 10 != 0 {
            return Err(DecimalError::Overflow);
        }
        coefficient /= 10;
        exponent = exponent.wrapping_add(1);
        gap = gap.wrapping_sub(1);
    }
    let power = lengthen(1, u32::from(gap.unsigned_abs())).ok_or(DecimalError::Overflow)?;
    let aligned = multiply(high.coefficient, power);
    let other = u128::from(coefficient);
    let (sign, magnitude) = if low.sign == high.sign {
        // at most 2^64 × 10^19 + 2^64
        (low.sign, aligned.wrapping_add(other))
    } else if other >= aligned {
        (low.sign, other.wrapping_sub(aligned))
    } else {
        (high.sign, aligned.wrapping_sub(other))
    };
    Decimal::fit(sign == Sign::Negative, magnitude, exponent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal, decimal_with};

    #[test]
    fn sum_keeps_the_finer_resolution() {
        let sum = decimal("1.50").checked_add(decimal("2.5")).unwrap();
        assert!(sum.same_repr(&decimal("4.00")));
        let difference = decimal("1.50").checked_sub(decimal("2.5")).unwrap();
        assert!(difference.same_repr(&decimal("-1.00")));
        let none = decimal("1.5").checked_sub(decimal("1.50")).unwrap();
        assert!(none.same_repr(&decimal("0.00")));
    }

    #[test]
    fn sums_around_the_width_of_the_coefficient() {
        let max = Decimal::from(u64::MAX);
        assert_eq!(max.checked_add(Decimal::ONE), Err(DecimalError::Overflow));
        // 18446744073709551620 ends in a zero
        let rescued = max.checked_add(decimal("5")).unwrap();
        assert!(rescued.same_repr(&decimal("1844674407370955162e1")));
        let rescued = decimal("1e19").checked_add(decimal("0.000")).unwrap();
        assert!(rescued.same_repr(&decimal("10000000000000000000")));
        assert_eq!(
            decimal("1e40").checked_add(decimal("1e-40")),
            Err(DecimalError::Overflow)
        );
        let across = decimal("2e19").checked_sub(decimal("10000000000000000001"));
        assert_eq!(across, Ok(decimal("9999999999999999999")));
    }

    #[test]
    fn zeros_are_dropped_across_a_wide_gap_no_further_than_needed() {
        let sum = decimal("1e18")
            .checked_add(decimal("10000000000000000000e-10"))
            .unwrap();
        assert!(sum.same_repr(&decimal("1000000001000000000.0")));
        let one = decimal("1").checked_add(decimal("0e-40")).unwrap();
        assert!(one.same_repr(&decimal("1.0000000000000000000")));
    }

    #[test]
    fn product_adds_exponents() {
        let product = decimal("1.50").checked_mul(decimal("-2.0")).unwrap();
        assert!(product.same_repr(&decimal("-3.000")));
        let zero = decimal("-1.5").checked_mul(decimal("0")).unwrap();
        assert!(zero.same_repr(&decimal("0.0")));
    }

    #[test]
    fn product_that_ends_in_zeros_may_be_wider() {
        let product = decimal("5000000000").checked_mul(decimal("8000000000"));
        assert!(
            product
                .unwrap()
                .same_repr(&decimal("4000000000000000000e1"))
        );
        assert_eq!(
            decimal("4294967297").checked_mul(decimal("4294967297")),
            Err(DecimalError::Overflow)
        );
    }

    #[test]
    fn product_with_an_exponent_out_of_range_moves_digits() {
        let product = decimal("12e30").checked_mul(decimal("1e12")).unwrap();
        assert!(product.same_repr(&decimal("1200e40")));
        let product = decimal("500e-40").checked_mul(decimal("2e-3")).unwrap();
        assert!(product.same_repr(&decimal("1e-40")));
        assert_eq!(
            decimal("1e-40").checked_mul(decimal("0.1")),
            Err(DecimalError::Overflow)
        );
    }

    proptest! {
        #[test]
        fn sum_and_difference_undo_each_other(a in any_decimal(), b in any_decimal()) {
            if let Ok(sum) = a.checked_add(b) {
                prop_assert_eq!(b.checked_add(a), Ok(sum));
                if let Ok(back) = sum.checked_sub(b) {
                    prop_assert_eq!(back, a);
                }
            }
        }

        #[test]
        fn small_sums_always_fit(
            a in decimal_with(-3..=3), b in decimal_with(-3..=3)
        ) {
            // 10^12 at a gap of six
            let (a, b) = (shorter(a), shorter(b));
            let sum = a.checked_add(b).unwrap();
            prop_assert_eq!(sum.exponent(), a.exponent().min(b.exponent()));
            prop_assert_eq!(sum.checked_sub(b), Ok(a));
            prop_assert_eq!(sum.checked_sub(a), Ok(b));
        }

        #[test]
        fn integer_sums_agree_with_128_bits(a in any::<i64>(), b in any::<i64>()) {
            let sum = i128::from(a) + i128::from(b);
            let expected = Decimal::fit(sum < 0, sum.unsigned_abs(), 0);
            prop_assert_eq!(Decimal::from(a).checked_add(b.into()), expected);
            let product = i128::from(a) * i128::from(b);
            let expected = Decimal::fit(product < 0, product.unsigned_abs(), 0);
            prop_assert_eq!(Decimal::from(a).checked_mul(b.into()), expected);
        }

        #[test]
        fn product_commutes_and_one_is_neutral(a in any_decimal(), b in any_decimal()) {
            prop_assert_eq!(a.checked_mul(b), b.checked_mul(a));
            prop_assert!(a.checked_mul(Decimal::ONE).unwrap().same_repr(&a));
        }

        #[test]
        fn product_distributes_over_the_sum(
            a in decimal_with(-3..=3), b in decimal_with(-3..=3), n in -1000..1000_i32
        ) {
            let (a, b, n) = (shorter(a), shorter(b), Decimal::from(n));
            let whole = a.checked_add(b).unwrap().checked_mul(n).unwrap();
            let parts = a.checked_mul(n).unwrap().checked_add(b.checked_mul(n).unwrap());
            prop_assert_eq!(parts, Ok(whole));
        }
    }

    fn shorter(x: Decimal) -> Decimal {
        Decimal::from_parts(
            x.is_negative(),
            x.coefficient() % 1_000_000_000,
            x.exponent(),
        )
        .unwrap()
    }
}
