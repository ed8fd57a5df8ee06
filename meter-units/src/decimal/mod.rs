//! Exact decimal numbers.

mod arithmetic;
mod compare;
mod float;
pub(crate) mod fraction;
mod parse;
mod plain;
mod power;
mod ratio;
mod round;
#[cfg(feature = "rust_decimal")]
mod rust_decimal;
#[cfg(feature = "serde")]
pub(crate) mod serde;
mod short;
mod shortest;
mod text;
pub(crate) mod wide;

use core::ops::Neg;

pub use self::parse::ParseDecimalError;
pub use self::round::Rounding;
pub use self::text::DecimalText;

/// An exact decimal: sign, coefficient of 64 bits, power of ten.
///
/// It holds every integer register of up to 64 bits, signed or not, 18 digits of BCD, and their
/// scale, without rounding. The exponent is part of what a meter says about its resolution, so it
/// is kept: 1.50 m³ stays 1.50, 267 × 10³ Wh stays 267 × 10³.
///
/// - **Equality and order are numeric**: 1.0 equals 1.00, and equal values hash equal.
///   [`same_repr`](Self::same_repr) tells them apart.
/// - **Nothing wraps or rounds silently.** Arithmetic is `checked_…` and fails rather than losing
///   a digit; only [`round`](Self::round), [`rescale`](Self::rescale) and
///   [`mul_ratio_rounded`](Self::mul_ratio_rounded) drop digits, in the way they are told.
/// - Zero has no sign.
///
/// # Examples
///
/// ```
/// use meter_units::{Decimal, Rounding};
///
/// let register = Decimal::new(12_345_678, -4).unwrap();
/// assert_eq!(register.to_string(), "1234.5678");
/// assert_eq!(register.round(2, Rounding::HalfEven).unwrap().to_string(), "1234.57");
/// assert_eq!(register.scale_by_power_of_ten(3).unwrap().to_string(), "1234567.8");
/// ```
#[derive(Clone, Copy)]
pub struct Decimal {
    coefficient: u64,
    exponent: i8,
    sign: Sign,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Positive,
    Negative,
}

/// Why a decimal cannot be the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// The result does not fit a coefficient of 64 bits and an exponent of -40 to 40.
    #[error("result does not fit 64 bits of digits and an exponent of -40 to 40")]
    Overflow,
    /// The result cannot be written with a finite number of digits, or has a fraction where an
    /// integer was asked for.
    #[error("result is not exact")]
    Inexact,
    /// The float is infinite or not a number.
    #[error("float is not finite")]
    NotFinite,
}

impl Decimal {
    /// The smallest exponent.
    pub const MIN_EXPONENT: i8 = -40;
    /// The largest exponent.
    pub const MAX_EXPONENT: i8 = 40;
    /// 0.
    pub const ZERO: Self = Self {
        coefficient: 0,
        exponent: 0,
        sign: Sign::Positive,
    };
    /// 1.
    pub const ONE: Self = Self {
        coefficient: 1,
        exponent: 0,
        sign: Sign::Positive,
    };

    /// `coefficient` × 10^`exponent`; `None` if the exponent is outside -40..=40.
    #[must_use]
    pub const fn new(coefficient: i64, exponent: i8) -> Option<Self> {
        Self::from_parts(coefficient < 0, coefficient.unsigned_abs(), exponent)
    }

    /// Sign, coefficient and exponent; `None` if the exponent is outside -40..=40.
    ///
    /// The sign of zero is dropped.
    #[must_use]
    pub const fn from_parts(negative: bool, coefficient: u64, exponent: i8) -> Option<Self> {
        if exponent < Self::MIN_EXPONENT || exponent > Self::MAX_EXPONENT {
            return None;
        }
        Some(Self {
            coefficient,
            exponent,
            sign: Sign::of(negative, coefficient),
        })
    }

    /// The digits, without sign.
    #[must_use]
    pub const fn coefficient(&self) -> u64 {
        self.coefficient
    }

    /// The power of ten.
    #[must_use]
    pub const fn exponent(&self) -> i8 {
        self.exponent
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        matches!(self.sign, Sign::Negative)
    }

    /// Whether it is zero, at any exponent.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.coefficient == 0
    }

    /// The number of digits of the coefficient; 1 for zero.
    #[must_use]
    pub fn digits(&self) -> u32 {
        power::digit_count(self.coefficient)
    }

    /// The value with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self {
            sign: Sign::of(!self.is_negative(), self.coefficient),
            ..self
        }
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            sign: Sign::Positive,
            ..self
        }
    }

    /// The same value with as few digits as it needs: 1.500 becomes 1.5, 26700 becomes 267 × 10².
    ///
    /// Zero gets the exponent 0.
    #[must_use]
    pub const fn normalized(self) -> Self {
        let Self {
            mut coefficient,
            mut exponent,
            sign,
        } = self;
        if coefficient == 0 {
            return Self::ZERO;
        }
        while coefficient % 10 == 0 && exponent < Self::MAX_EXPONENT {
            coefficient /= 10;
            exponent += 1;
        }
        Self {
            coefficient,
            exponent,
            sign,
        }
    }

    /// The value × 10^`n`, exact.
    ///
    /// The exponent moves and the digits stay. Where the exponent would leave its range, zeros
    /// are added to or taken from the coefficient; `None` if that is not possible either.
    #[inline]
    #[must_use]
    pub const fn scale_by_power_of_ten(self, n: i8) -> Option<Self> {
        let exponent = self.exponent as i16 + n as i16;
        Self::near(self.is_negative(), self.coefficient, exponent)
    }

    /// The decimal that is equal, with the exponent as near to `exponent` as the range allows.
    #[inline]
    const fn near(negative: bool, coefficient: u64, exponent: i16) -> Option<Self> {
        match in_range(exponent) {
            Some(exponent) => Self::from_parts(negative, coefficient, exponent),
            None => Self::shifted(negative, coefficient, exponent),
        }
    }

    /// [`near`](Self::near) for sums of several powers.
    pub(crate) fn nearest(negative: bool, coefficient: u64, power: i32) -> Option<Self> {
        // A coefficient of 64 bits reaches 20 digits past the range of the exponent, zero anywhere.
        const FAR: i32 = 100;
        let near = i16::try_from(power.clamp(-FAR, FAR)).ok()?;
        Self::near(negative, coefficient, near)
    }

    /// [`near`](Self::near) for an exponent out of range: zeros come to the coefficient or go.
    #[cold]
    const fn shifted(negative: bool, mut coefficient: u64, mut exponent: i16) -> Option<Self> {
        while exponent > Self::MAX_EXPONENT as i16 {
            let Some(longer) = coefficient.checked_mul(10) else {
                return None;
            };
            coefficient = longer;
            exponent -= 1;
        }
        while exponent < Self::MIN_EXPONENT as i16 {
            if coefficient % 10 != 0 {
                return None;
            }
            coefficient /= 10;
            exponent += 1;
        }
        match in_range(exponent) {
            Some(exponent) => Self::from_parts(negative, coefficient, exponent),
            None => None,
        }
    }

    /// The value without its sign, as an integer.
    fn to_magnitude(self) -> Result<u64, DecimalError> {
        let places = u32::from(self.exponent.unsigned_abs());
        if self.exponent < 0 {
            match round::shorten(self.coefficient, places) {
                (integer, round::Remainder::Zero) => Ok(integer),
                _ => Err(DecimalError::Inexact),
            }
        } else {
            round::lengthen(self.coefficient, places).ok_or(DecimalError::Overflow)
        }
    }
}

impl Sign {
    const fn of(negative: bool, coefficient: u64) -> Self {
        Self::new(negative && coefficient != 0)
    }

    const fn new(negative: bool) -> Self {
        if negative {
            Self::Negative
        } else {
            Self::Positive
        }
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Neg for Decimal {
    type Output = Self;

    fn neg(self) -> Self {
        self.negated()
    }
}

/// Writes `From` for the integers that always fit, with the exponent 0.
macro_rules! from_integers {
    ( $( $integer:ty => ($value:ident) $negative:expr, $coefficient:expr; )+ ) => {
        $(
            impl From<$integer> for Decimal {
                #[inline]
                fn from($value: $integer) -> Self {
                    let coefficient = $coefficient;
                    Self { coefficient, exponent: 0, sign: Sign::of($negative, coefficient) }
                }
            }
        )+
    };
}

from_integers! {
    u8 => (value) false, u64::from(value);
    u16 => (value) false, u64::from(value);
    u32 => (value) false, u64::from(value);
    u64 => (value) false, value;
    i8 => (value) value < 0, u64::from(value.unsigned_abs());
    i16 => (value) value < 0, u64::from(value.unsigned_abs());
    i32 => (value) value < 0, u64::from(value.unsigned_abs());
    i64 => (value) value < 0, value.unsigned_abs();
}

impl TryFrom<Decimal> for u64 {
    type Error = DecimalError;

    /// The integer that `decimal` is.
    ///
    /// Fails with [`DecimalError::Inexact`] if it has a fraction, with [`DecimalError::Overflow`]
    /// if it does not fit.
    fn try_from(decimal: Decimal) -> Result<Self, DecimalError> {
        let magnitude = decimal.to_magnitude()?;
        if decimal.is_negative() {
            return Err(DecimalError::Overflow);
        }
        Ok(magnitude)
    }
}

impl TryFrom<Decimal> for i64 {
    type Error = DecimalError;

    /// The integer that `decimal` is.
    ///
    /// Fails with [`DecimalError::Inexact`] if it has a fraction, with [`DecimalError::Overflow`]
    /// if it does not fit.
    fn try_from(decimal: Decimal) -> Result<Self, DecimalError> {
        let magnitude = decimal.to_magnitude()?;
        let integer = if decimal.is_negative() {
            0_i64.checked_sub_unsigned(magnitude)
        } else {
            0_i64.checked_add_unsigned(magnitude)
        };
        integer.ok_or(DecimalError::Overflow)
    }
}

/// `exponent` if it is within -40..=40.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is checked, and `try_from` is not const"
)]
const fn in_range(exponent: i16) -> Option<i8> {
    if exponent < Decimal::MIN_EXPONENT as i16 || exponent > Decimal::MAX_EXPONENT as i16 {
        None
    } else {
        Some(exponent as i8)
    }
}

// The size is part of the promise to callers that keep many of them.
const _: () = assert!(size_of::<Decimal>() <= 16 && size_of::<Option<Decimal>>() <= 16);

#[cfg(test)]
pub(crate) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any decimal: all lengths of coefficient, all exponents, both signs.
    pub(crate) fn any_decimal() -> impl Strategy<Value = Decimal> {
        decimal_with(Decimal::MIN_EXPONENT..=Decimal::MAX_EXPONENT)
    }

    /// A decimal with an exponent in `exponents`.
    pub(crate) fn decimal_with(
        exponents: core::ops::RangeInclusive<i8>,
    ) -> impl Strategy<Value = Decimal> {
        let coefficient = prop_oneof![
            (any::<u64>(), 0..64_u32).prop_map(|(bits, shift)| bits >> shift),
            (0..=20_u64, 0..=19_u32).prop_map(|(n, zeros)| n.saturating_mul(10_u64.pow(zeros))),
            (0..=20_u64).prop_map(|n| u64::MAX - n),
        ];
        (any::<bool>(), coefficient, exponents)
            .prop_map(|(negative, c, e)| Decimal::from_parts(negative, c, e).unwrap())
    }

    pub(crate) fn decimal(text: &str) -> Decimal {
        text.parse()
            .unwrap_or_else(|error| panic!("{text:?}: {error}"))
    }

    #[test]
    fn exponent_outside_the_range_is_refused() {
        assert!(Decimal::new(1, 40).is_some());
        assert!(Decimal::new(1, -40).is_some());
        assert!(Decimal::new(1, 41).is_none());
        assert!(Decimal::new(1, -41).is_none());
    }

    #[test]
    fn zero_has_no_sign() {
        let zero = Decimal::from_parts(true, 0, -2).unwrap();
        assert!(!zero.is_negative());
        assert!(!zero.negated().is_negative());
        assert!(!(-zero).is_negative());
    }

    #[test]
    fn negation_and_absolute_value() {
        let value = Decimal::new(-5, 3).unwrap();
        assert!((-value).same_repr(&Decimal::new(5, 3).unwrap()));
        assert!(value.abs().same_repr(&Decimal::new(5, 3).unwrap()));
    }

    #[test]
    fn normalized_drops_all_trailing_zeros() {
        let value = Decimal::new(-26_700, -1).unwrap().normalized();
        assert!(value.same_repr(&Decimal::new(-267, 1).unwrap()));
        assert!(
            Decimal::new(0, 7)
                .unwrap()
                .normalized()
                .same_repr(&Decimal::ZERO)
        );
        // there is no 1 × 10^41
        let largest = Decimal::new(10, 40).unwrap();
        assert!(largest.normalized().same_repr(&largest));
    }

    #[test]
    fn scaling_moves_the_exponent() {
        let value = Decimal::new(267, 3).unwrap();
        let scaled = value.scale_by_power_of_ten(-3).unwrap();
        assert!(scaled.same_repr(&Decimal::new(267, 0).unwrap()));
    }

    #[test]
    fn scaling_past_the_range_shifts_the_digits() {
        let up = Decimal::new(12, 39)
            .unwrap()
            .scale_by_power_of_ten(3)
            .unwrap();
        assert!(up.same_repr(&Decimal::new(1200, 40).unwrap()));
        let down = Decimal::new(1200, -39).unwrap();
        let down = down.scale_by_power_of_ten(-3).unwrap();
        assert!(down.same_repr(&Decimal::new(12, -40).unwrap()));
    }

    #[test]
    fn scaling_that_would_lose_a_digit_fails() {
        assert_eq!(Decimal::ONE.scale_by_power_of_ten(60), None);
        assert_eq!(
            Decimal::new(12, -40).unwrap().scale_by_power_of_ten(-1),
            None
        );
        assert_eq!(
            Decimal::ZERO.scale_by_power_of_ten(i8::MIN),
            Some(Decimal::ZERO)
        );
        assert_eq!(
            Decimal::ZERO.scale_by_power_of_ten(i8::MAX),
            Some(Decimal::ZERO)
        );
    }

    #[test]
    fn integers_are_taken_as_they_are() {
        assert_eq!(Decimal::from(u64::MAX).coefficient(), u64::MAX);
        assert_eq!(Decimal::from(i64::MIN).coefficient(), 1 << 63);
        assert!(Decimal::from(i64::MIN).is_negative());
        assert_eq!(Decimal::from(-1_i8), Decimal::new(-1, 0).unwrap());
    }

    #[test]
    fn only_integers_become_integers() {
        assert_eq!(u64::try_from(decimal("12.00")), Ok(12));
        assert_eq!(u64::try_from(decimal("267e3")), Ok(267_000));
        assert_eq!(u64::try_from(decimal("12.01")), Err(DecimalError::Inexact));
        assert_eq!(u64::try_from(decimal("-1")), Err(DecimalError::Overflow));
        assert_eq!(u64::try_from(decimal("2e19")), Err(DecimalError::Overflow));
        assert_eq!(i64::try_from(decimal("-9223372036854775808")), Ok(i64::MIN));
        assert_eq!(
            i64::try_from(decimal("9223372036854775808")),
            Err(DecimalError::Overflow)
        );
        assert_eq!(i64::try_from(decimal("0e40")), Ok(0));
        assert_eq!(i64::try_from(decimal("1e-40")), Err(DecimalError::Inexact));
    }

    proptest! {
        #[test]
        fn normalized_is_the_same_value(x in any_decimal()) {
            let normalized = x.normalized();
            prop_assert_eq!(normalized, x);
            prop_assert!(normalized.digits() <= x.digits());
        }

        #[test]
        fn scaling_up_and_down_gives_the_value_back(x in any_decimal(), n in -80..=80_i8) {
            if let Some(scaled) = x.scale_by_power_of_ten(n) {
                prop_assert_eq!(scaled.scale_by_power_of_ten(-n), Some(x));
            }
        }

        #[test]
        fn every_integer_comes_back(n in any::<i64>(), m in any::<u64>()) {
            prop_assert_eq!(i64::try_from(Decimal::from(n)), Ok(n));
            prop_assert_eq!(u64::try_from(Decimal::from(m)), Ok(m));
        }
    }
}
