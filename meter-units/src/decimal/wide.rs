//! Whole numbers of 256 bits, as far as fractions need them.

use super::arithmetic::multiply;

const LIMBS: usize = 4;

/// A whole number of 256 bits, the least significant limb first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wide([u64; LIMBS]);

impl From<u64> for Wide {
    fn from(value: u64) -> Self {
        Self([value, 0, 0, 0])
    }
}

impl Wide {
    pub(crate) fn product(a: u64, b: u64) -> Self {
        let (low, high) = halves(multiply(a, b));
        Self([low, high, 0, 0])
    }

    pub(crate) fn is_zero(self) -> bool {
        self.0 == [0; LIMBS]
    }

    /// The value, if it fits 64 bits.
    pub(crate) const fn to_u64(self) -> Option<u64> {
        match self.0 {
            [value, 0, 0, 0] => Some(value),
            _ => None,
        }
    }

    pub(crate) fn checked_mul(self, factor: u64) -> Option<Self> {
        if factor == 1 {
            return Some(self);
        }
        let mut limbs = self.0;
        let mut carry = 0;
        for limb in &mut limbs {
            // (2^64 - 1)^2 + (2^64 - 1) is less than 2^128.
            let product = multiply(*limb, factor).wrapping_add(u128::from(carry));
            (*limb, carry) = halves(product);
        }
        (carry == 0).then_some(Self(limbs))
    }

    /// Times 10^`power`.
    pub(crate) fn checked_scale(self, power: u32) -> Option<Self> {
        if self.is_zero() {
            return Some(self);
        }
        let mut value = self;
        for step in steps(power) {
            value = value.checked_mul(step)?;
        }
        Some(value)
    }

    /// Quotient and remainder; `None` for a division by zero.
    pub(crate) fn checked_div_rem(self, divisor: u64) -> Option<(Self, u64)> {
        let mut limbs = self.0;
        let mut rest = 0;
        for limb in limbs.iter_mut().rev() {
            // Small processors divide 128 bits slowly, and most numbers have 64.
            if rest == 0 {
                rest = limb.checked_rem(divisor)?;
                *limb = limb.checked_div(divisor)?;
                continue;
            }
            let dividend = u128::from(rest).wrapping_shl(64) | u128::from(*limb);
            let quotient = dividend.checked_div(u128::from(divisor))?;
            let product = quotient.wrapping_mul(u128::from(divisor));
            (rest, _) = halves(dividend.wrapping_sub(product));
            (*limb, _) = halves(quotient);
        }
        Some((Self(limbs), rest))
    }

    /// Quotient by 10^`power`, and whether a remainder was dropped.
    pub(crate) fn unscale(self, power: u32) -> (Self, bool) {
        let mut value = self;
        let mut dropped = false;
        for step in steps(power) {
            let Some((quotient, rest)) = value.checked_div_rem(step) else {
                break;
            };
            value = quotient;
            dropped |= rest != 0;
            if value.is_zero() {
                break;
            }
        }
        (value, dropped)
    }

    pub(crate) fn checked_add(self, other: Self) -> Option<Self> {
        let mut limbs = self.0;
        let mut carry = false;
        for (limb, other) in limbs.iter_mut().zip(other.0) {
            let (sum, over) = limb.overflowing_add(other);
            let (sum, over_again) = sum.overflowing_add(u64::from(carry));
            *limb = sum;
            carry = over || over_again;
        }
        (!carry).then_some(Self(limbs))
    }

    /// The distance between two numbers, and whether `other` is the larger one.
    pub(crate) fn distance(self, other: Self) -> (Self, bool) {
        match self.checked_sub(other) {
            Some(difference) => (difference, false),
            None => (other.checked_sub(self).unwrap_or(Self([0; LIMBS])), true),
        }
    }

    fn checked_sub(self, other: Self) -> Option<Self> {
        let mut limbs = self.0;
        let mut borrow = false;
        for (limb, other) in limbs.iter_mut().zip(other.0) {
            let (rest, under) = limb.overflowing_sub(other);
            let (rest, under_again) = rest.overflowing_sub(u64::from(borrow));
            *limb = rest;
            borrow = under || under_again;
        }
        (!borrow).then_some(Self(limbs))
    }
}

/// Low and high half.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the low half is what is wanted"
)]
const fn halves(value: u128) -> (u64, u64) {
    (value as u64, value.wrapping_shr(64) as u64)
}

/// Factors of 64 bits whose product is 10^`power`.
fn steps(power: u32) -> impl Iterator<Item = u64> {
    const DIGITS: u32 = 19;
    let whole = power.wrapping_div(DIGITS);
    let rest = power.wrapping_rem(DIGITS);
    (0..whole)
        .map(|_| 10_000_000_000_000_000_000)
        .chain(10_u64.checked_pow(rest))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn division_undoes_multiplication(a: u64, b in 1..=u64::MAX, rest: u64) {
            let rest = rest % b;
            let product = Wide::from(a).checked_mul(b).unwrap();
            let sum = product.checked_add(Wide::from(rest)).unwrap();
            prop_assert_eq!(sum.checked_div_rem(b), Some((Wide::from(a), rest)));
            prop_assert_eq!(sum.distance(product), (Wide::from(rest), false));
            prop_assert_eq!(product.distance(sum), (Wide::from(rest), rest != 0));
        }

        #[test]
        fn scaling_down_undoes_scaling_up(a: u64, power in 0_u32..=57) {
            let scaled = Wide::from(a).checked_scale(power).unwrap();
            prop_assert_eq!(scaled.unscale(power), (Wide::from(a), false));
            let more = scaled.checked_add(Wide::from(1)).unwrap();
            prop_assert_eq!(more.unscale(power), (more.unscale(power).0, power != 0));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let largest = Wide([u64::MAX; LIMBS]);
        assert_eq!(largest.checked_add(Wide::from(1)), None);
        assert_eq!(largest.checked_mul(2), None);
        assert_eq!(Wide::from(1).checked_scale(78), None);
        assert_eq!(Wide::from(0).checked_scale(1000), Some(Wide::from(0)));
        assert_eq!(largest.checked_div_rem(0), None);
        assert_eq!(largest.to_u64(), None);
        assert_eq!(Wide::from(7).unscale(300), (Wide::from(0), true));
    }
}
