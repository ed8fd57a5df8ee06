//! Powers of ten and digit counts, without a division that could fail.

use core::num::NonZeroU64;

/// 10^0 to 10^19, all that 64 bits hold.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const POWERS: [NonZeroU64; 20] = {
    let mut powers = [NonZeroU64::MIN; 20];
    let mut i = 1;
    while i < powers.len() {
        let Some(power) = powers[i - 1].checked_mul(TEN) else {
            break;
        };
        powers[i] = power;
        i += 1;
    }
    powers
};

/// The reciprocals of 10^1 to 10^19.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const RECIPROCALS: [Reciprocal; 19] = {
    let mut reciprocals = [Reciprocal::of_five_to(1); 19];
    let (mut i, mut n) = (1, 2);
    while i < reciprocals.len() {
        reciprocals[i] = Reciprocal::of_five_to(n);
        (i, n) = (i + 1, n + 1);
    }
    reciprocals
};

/// What a number of 64 - n bits is multiplied by, in 64 bits after the point, and then shifted
/// by, to divide it by 5^n.
#[derive(Clone, Copy)]
struct Reciprocal {
    multiplier: u64,
    shift: u32,
}

const TEN: NonZeroU64 = NonZeroU64::MIN.saturating_add(9);

/// 10^`n`; `None` if it does not fit 64 bits, that is above 10^19.
#[inline]
pub(super) fn power_of_ten(n: u32) -> Option<NonZeroU64> {
    POWERS.get(usize::try_from(n).ok()?).copied()
}

/// `value` without its last `n` digits, and those; `None` for more than 19.
///
/// Dividing is slow, most of all on small processors: here it is a shift, since 10^n is
/// 2^n × 5^n, and a multiplication by the reciprocal of 5^n.
#[inline]
pub(super) fn split_digits(value: u64, n: u32) -> Option<(u64, u64)> {
    let Some(index) = n.checked_sub(1) else {
        return Some((value, 0));
    };
    let Reciprocal { multiplier, shift } = RECIPROCALS.get(usize::try_from(index).ok()?)?;
    let product = u128::from(value.wrapping_shr(n)).wrapping_mul((*multiplier).into());
    let high = u64::try_from(product >> 64).unwrap_or(u64::MAX);
    let quotient = high.wrapping_shr(*shift);
    let power = power_of_ten(n)?.get();
    Some((quotient, value.wrapping_sub(quotient.wrapping_mul(power))))
}

/// The number of decimal digits of `value`; 1 for zero.
#[inline]
pub(super) fn digit_count(value: u64) -> u32 {
    // 1233 / 4096 is a little above log10(2): the guess is right or one too small.
    let bits = 64_u32.wrapping_sub((value | 1).leading_zeros());
    let guess = bits.wrapping_mul(1233) >> 12;
    match power_of_ten(guess) {
        Some(power) if value < power.get() => guess.max(1),
        _ => guess.wrapping_add(1),
    }
}

impl Reciprocal {
    /// The reciprocal of d = 5^`n` for numbers below 2^b, where b = 64 - `n`.
    ///
    /// With l bits in d, the multiplier m = floor(2^(b + l) / d) + 1 makes m × d exceed 2^(b + l)
    /// by at most 2^l. Over all the numbers that adds less than 1 / d to the quotient, too little
    /// to reach the next integer.
    #[expect(clippy::cast_possible_truncation, reason = "m is below 2^(b + 1)")]
    const fn of_five_to(n: u32) -> Self {
        let divisor = 5_u128.pow(n);
        let bits = 64 - n + (u128::BITS - divisor.leading_zeros());
        Self {
            multiplier: ((1 << bits) / divisor + 1) as u64,
            shift: bits - 64,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn table_ends_with_the_last_power_that_fits() {
        assert_eq!(power_of_ten(0).unwrap().get(), 1);
        assert_eq!(power_of_ten(3).unwrap().get(), 1000);
        assert_eq!(
            power_of_ten(19).unwrap().get(),
            10_000_000_000_000_000_000_u64
        );
        assert_eq!(power_of_ten(20), None);
    }

    #[test]
    fn digits_are_counted_at_every_power_of_ten() {
        assert_eq!(digit_count(0), 1);
        for n in 0..=19 {
            let power = power_of_ten(n).unwrap().get();
            assert_eq!(digit_count(power), n + 1);
            assert_eq!(digit_count(power - 1), n.max(1));
        }
        assert_eq!(digit_count(u64::MAX), 20);
    }

    fn check_split(value: u64, n: u32) {
        let power = 10_u64.pow(n);
        let expected = Some((value / power, value % power));
        assert_eq!(
            split_digits(value, n),
            expected,
            "{value} without {n} digits"
        );
    }

    #[test]
    fn digits_are_split_next_to_every_multiple() {
        assert_eq!(split_digits(u64::MAX, 20), None);
        for n in 0..=19 {
            let power = 10_u64.pow(n);
            let last = u64::MAX / power * power;
            for value in [0, 1, power - 1, power, last - 1, last, u64::MAX] {
                check_split(value, n);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn digits_are_split_as_division_does(bits in any::<u64>(), shift in 0..64_u32, n in 0..=19_u32) {
            let value = bits >> shift;
            check_split(value, n);
            let multiple = value - value % 10_u64.pow(n);
            check_split(multiple, n);
            check_split(multiple.saturating_sub(1), n);
        }
    }
}
