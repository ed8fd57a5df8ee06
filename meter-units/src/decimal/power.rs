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

const TEN: NonZeroU64 = NonZeroU64::MIN.saturating_add(9);

/// 10^`n`; `None` if it does not fit 64 bits, that is above 10^19.
#[inline]
pub(super) fn power_of_ten(n: u32) -> Option<NonZeroU64> {
    POWERS.get(usize::try_from(n).ok()?).copied()
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

#[cfg(test)]
mod tests {
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
}
