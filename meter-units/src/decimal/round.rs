//! Dropping digits, in the way the caller names.

use super::power::{power_of_ten, split_digits};
use super::{Decimal, DecimalError, Sign};
use crate::words::words;

words! {
    /// What happens to digits that are dropped.
    #[derive(Default)]
    pub enum Rounding {
        /// To the nearest, ties to the even digit: statistics, IEEE 754, the default.
        #[default]
        HalfEven = "half_even",
        /// To the nearest, ties away from zero: most invoices.
        HalfUp = "half_up",
        /// Cuts off, as the display of a meter does.
        TowardZero = "toward_zero",
        /// Toward negative infinity.
        Floor = "floor",
        /// Toward positive infinity.
        Ceiling = "ceiling",
    }
}

impl Decimal {
    /// The value with at most `places` digits after the point.
    ///
    /// Digits are only dropped, never added: 1.5 rounded to three places is 1.5. Negative places
    /// round before the point: -2 gives hundreds.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] only if `places` is below -40 and the result is over 64 bits.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::{Decimal, Rounding};
    ///
    /// let value: Decimal = "1234.565".parse()?;
    /// assert_eq!(value.round(2, Rounding::HalfEven)?.to_string(), "1234.56");
    /// assert_eq!(value.round(2, Rounding::HalfUp)?.to_string(), "1234.57");
    /// assert_eq!(value.round(-2, Rounding::HalfUp)?.to_string(), "1200");
    /// assert_eq!(value.round(9, Rounding::HalfUp)?.to_string(), "1234.565");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn round(self, places: i8, rounding: Rounding) -> Result<Self, DecimalError> {
        let exponent = i16::from(places).wrapping_neg();
        if i16::from(self.exponent) >= exponent {
            return Ok(self);
        }
        let surplus = u32::from(exponent.abs_diff(self.exponent.into()));
        let (kept, remainder) = shorten(self.coefficient, surplus);
        rounding
            .apply(self.is_negative(), kept, remainder)
            .and_then(|coefficient| Self::near(self.is_negative(), coefficient, exponent))
            .ok_or(DecimalError::Overflow)
    }

    /// The value with exactly `places` digits after the point, so with the exponent -`places`.
    ///
    /// # Errors
    ///
    /// [`DecimalError::Overflow`] if the digits do not fit, or if `places` is outside -40..=40.
    pub fn rescale(self, places: i8, rounding: Rounding) -> Result<Self, DecimalError> {
        let exponent = 0_i8
            .checked_sub(places)
            .filter(|exponent| (Self::MIN_EXPONENT..=Self::MAX_EXPONENT).contains(exponent))
            .ok_or(DecimalError::Overflow)?;
        let shift = u32::from(self.exponent.abs_diff(exponent));
        let coefficient = if self.exponent >= exponent {
            lengthen(self.coefficient, shift)
        } else {
            let (kept, remainder) = shorten(self.coefficient, shift);
            rounding.apply(self.is_negative(), kept, remainder)
        }
        .ok_or(DecimalError::Overflow)?;
        Ok(Self {
            coefficient,
            exponent,
            sign: Sign::of(self.is_negative(), coefficient),
        })
    }
}

impl Rounding {
    /// The magnitude `kept`, or the next one, depending on what was cut off; `None` if that does
    /// not fit.
    #[inline]
    pub(super) fn apply(self, negative: bool, kept: u64, remainder: Remainder) -> Option<u64> {
        let away_from_zero = match self {
            Self::HalfEven => match remainder {
                Remainder::Half => kept % 2 == 1,
                other => other > Remainder::Half,
            },
            Self::HalfUp => remainder >= Remainder::Half,
            Self::TowardZero => false,
            Self::Floor => negative && remainder != Remainder::Zero,
            Self::Ceiling => !negative && remainder != Remainder::Zero,
        };
        kept.checked_add(u64::from(away_from_zero))
    }
}

/// What was cut off, as a part of the last digit that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Remainder {
    Zero,
    BelowHalf,
    Half,
    AboveHalf,
}

impl Remainder {
    /// The part that `rest` is, when `up_to_next` would complete the digit.
    #[inline]
    pub(super) fn of<T: Copy + Ord + Default>(rest: T, up_to_next: T) -> Self {
        if rest == T::default() {
            return Self::Zero;
        }
        match rest.cmp(&up_to_next) {
            core::cmp::Ordering::Less => Self::BelowHalf,
            core::cmp::Ordering::Equal => Self::Half,
            core::cmp::Ordering::Greater => Self::AboveHalf,
        }
    }

    /// The same with something more below, of which only is known whether it is zero.
    #[inline]
    #[must_use]
    pub(super) const fn and(self, more: bool) -> Self {
        match (self, more) {
            (Self::Zero, true) => Self::BelowHalf,
            (Self::Half, true) => Self::AboveHalf,
            (same, _) => same,
        }
    }
}

/// `coefficient` with `zeros` more digits; `None` if that does not fit.
#[inline]
pub(super) fn lengthen(coefficient: u64, zeros: u32) -> Option<u64> {
    match power_of_ten(zeros) {
        Some(power) => coefficient.checked_mul(power.get()),
        None if coefficient == 0 => Some(0),
        None => None,
    }
}

/// `coefficient` without its last `digits` digits, and what they were.
#[inline]
pub(super) fn shorten(coefficient: u64, digits: u32) -> (u64, Remainder) {
    match split_digits(coefficient, digits).zip(power_of_ten(digits)) {
        Some(((kept, rest), power)) => {
            let up_to_next = power.get().wrapping_sub(rest);
            (kept, Remainder::of(rest, up_to_next))
        }
        None if coefficient == 0 => (0, Remainder::Zero),
        // 64 bits are less than half of 10^20
        None => (0, Remainder::BelowHalf),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal};

    #[test]
    fn the_default_is_half_even() {
        assert_eq!(Rounding::default(), Rounding::HalfEven);
    }

    #[test]
    fn each_mode_rounds_its_own_way() {
        // value, then half even, half up, toward zero, floor, ceiling
        let table = [
            ("0.4", ["0", "0", "0", "0", "1"]),
            ("0.5", ["0", "1", "0", "0", "1"]),
            ("0.6", ["1", "1", "0", "0", "1"]),
            ("1.5", ["2", "2", "1", "1", "2"]),
            ("2.5", ["2", "3", "2", "2", "3"]),
            ("2.500000000000000001", ["3", "3", "2", "2", "3"]),
            ("2.0", ["2", "2", "2", "2", "2"]),
            ("-0.4", ["0", "0", "0", "-1", "0"]),
            ("-0.5", ["0", "-1", "0", "-1", "0"]),
            ("-1.5", ["-2", "-2", "-1", "-2", "-1"]),
            ("-2.5", ["-2", "-3", "-2", "-3", "-2"]),
            ("1e-40", ["0", "0", "0", "0", "1"]),
            ("-1e-40", ["0", "0", "0", "-1", "0"]),
        ];
        for (value, expected) in table {
            for (rounding, expected) in Rounding::ALL.iter().zip(expected) {
                let rounded = decimal(value).rescale(0, *rounding).unwrap();
                assert!(
                    rounded.same_repr(&decimal(expected)),
                    "{value} {rounding} gives {rounded}"
                );
            }
        }
    }

    #[test]
    fn rescale_adds_zeros_and_round_does_not() {
        let value = decimal("1.5");
        let longer = value.rescale(3, Rounding::HalfEven).unwrap();
        assert!(longer.same_repr(&decimal("1.500")));
        assert!(
            value
                .round(3, Rounding::HalfEven)
                .unwrap()
                .same_repr(&value)
        );
    }

    #[test]
    fn negative_places_round_before_the_point() {
        let value = decimal("1650");
        let hundreds = value.round(-2, Rounding::HalfEven).unwrap();
        assert!(hundreds.same_repr(&decimal("16e2")));
        let none_left = decimal("49").round(-2, Rounding::HalfUp).unwrap();
        assert!(none_left.same_repr(&decimal("0e2")));
    }

    #[test]
    fn places_out_of_range_are_refused() {
        for places in [i8::MIN, -41, 41, i8::MAX] {
            assert_eq!(
                Decimal::ONE.rescale(places, Rounding::HalfEven),
                Err(DecimalError::Overflow)
            );
        }
    }

    #[test]
    fn rounding_past_the_largest_exponent_shifts_the_digits() {
        let largest = decimal("18446744073709551615e40");
        let rounded = largest.round(-58, Rounding::HalfUp).unwrap();
        assert!(rounded.same_repr(&decimal("18000000000000000000e40")));
        assert_eq!(
            largest.round(-59, Rounding::HalfUp),
            Err(DecimalError::Overflow)
        );
        let none_left = Decimal::ONE.round(i8::MIN, Rounding::Floor).unwrap();
        assert!(none_left.same_repr(&decimal("0e40")));
    }

    #[test]
    fn digits_that_do_not_fit_are_refused() {
        assert_eq!(
            Decimal::from(u64::MAX).rescale(1, Rounding::HalfEven),
            Err(DecimalError::Overflow)
        );
        let widest = decimal("0").rescale(40, Rounding::HalfEven).unwrap();
        assert!(widest.same_repr(&decimal("0e-40")));
    }

    #[test]
    fn twenty_digits_round_to_one() {
        let value = Decimal::from(u64::MAX);
        let up = value.round(-20, Rounding::Ceiling).unwrap();
        assert!(up.same_repr(&decimal("1e20")));
        let nearest = value.round(-20, Rounding::HalfUp).unwrap();
        assert!(nearest.same_repr(&decimal("0e20")));
        let nearest = value.round(-19, Rounding::HalfUp).unwrap();
        assert!(nearest.same_repr(&decimal("2e19").rescale(-19, Rounding::Floor).unwrap()));
    }

    proptest! {
        #[test]
        fn floor_value_ceiling_are_in_order(x in any_decimal(), places in -40..=40_i8) {
            if let (Ok(floor), Ok(ceiling)) =
                (x.rescale(places, Rounding::Floor), x.rescale(places, Rounding::Ceiling))
            {
                prop_assert!(floor <= x && x <= ceiling);
                for rounding in Rounding::ALL {
                    let rounded = x.rescale(places, *rounding).unwrap();
                    prop_assert!(rounded == floor || rounded == ceiling);
                    prop_assert_eq!(rounded.exponent(), -places);
                }
            }
        }

        #[test]
        fn half_even_and_half_up_differ_on_ties_only(x in any_decimal(), places in -40..=40_i8) {
            let even = x.rescale(places, Rounding::HalfEven);
            let up = x.rescale(places, Rounding::HalfUp);
            if let (Ok(even), Ok(up)) = (even, up) {
                if even != up {
                    let half = Decimal::from_parts(x.is_negative(), 5, -places - 1).unwrap();
                    prop_assert_eq!(x.checked_sub(half), Ok(even));
                }
            }
        }

        #[test]
        fn added_zeros_come_off_again(x in any_decimal(), places in -40..=40_i8) {
            if let Ok(rescaled) = x.rescale(places, Rounding::HalfEven) {
                if rescaled == x {
                    let back = rescaled.rescale(-x.exponent(), Rounding::HalfEven).unwrap();
                    prop_assert!(back.same_repr(&x));
                }
            }
        }

        #[test]
        fn rounding_never_adds_digits(x in any_decimal(), places in any::<i8>()) {
            if let Ok(rounded) = x.round(places, Rounding::HalfEven) {
                prop_assert!(rounded.exponent() >= x.exponent());
            }
        }
    }
}
