//! Correctly rounded floats from decimals.

use super::Decimal;

impl Decimal {
    /// The nearest `f64`, ties to even: the one that parsing the text of the value gives.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::Decimal;
    ///
    /// // 3 * 0.1 would be 0.30000000000000004
    /// assert_eq!(Decimal::new(3, -1).unwrap().to_f64(), 0.3);
    /// ```
    #[inline]
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        let magnitude = self.quick_f64().unwrap_or_else(|| {
            f64::from_bits(Binary::of(self.coefficient, self.exponent).nearest(&F64))
        });
        if self.is_negative() {
            -magnitude
        } else {
            magnitude
        }
    }

    /// The nearest `f32`, ties to even: the one that parsing the text of the value gives.
    ///
    /// It is not [`to_f64`](Self::to_f64) made shorter, which rounds twice. Magnitudes from
    /// 3.4 × 10^38 on are infinite.
    #[inline]
    #[must_use]
    pub fn to_f32(&self) -> f32 {
        let magnitude = self.quick_f32().unwrap_or_else(|| {
            let bits = Binary::of(self.coefficient, self.exponent).nearest(&F32);
            // the format has 32 bits
            f32::from_bits(u32::try_from(bits).unwrap_or_default())
        });
        if self.is_negative() {
            -magnitude
        } else {
            magnitude
        }
    }

    /// The magnitude as `f64`, where both coefficient and power of ten are exact floats, so that
    /// the one operation rounds once.
    #[inline]
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 is the limit of what is exact"
    )]
    fn quick_f64(&self) -> Option<f64> {
        let power = EXACT_POWERS.get(usize::from(self.exponent.unsigned_abs()))?;
        if self.coefficient > 1 << 53 {
            return None;
        }
        let coefficient = self.coefficient as f64;
        Some(if self.exponent < 0 {
            coefficient / power
        } else {
            coefficient * power
        })
    }

    /// The magnitude as `f32` by way of `f64`.
    ///
    /// Rounding twice is only wrong if the first step ends on a tie of the second: were the tie
    /// between value and `f64`, it would be the nearer `f64` itself. All magnitudes that take
    /// this way, 10^-22 to 10^38, are normal in 32 bits.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast rounds to nearest"
    )]
    fn quick_f32(&self) -> Option<f32> {
        const CUT: u64 = (1 << 29) - 1;
        const TIE: u64 = 1 << 28;
        let wide = self.quick_f64()?;
        (wide.to_bits() & CUT != TIE).then_some(wide as f32)
    }
}

/// The powers of ten that an `f64` holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];

/// A magnitude in binary: `mantissa` × 2^`exponent`, where the mantissa has at least 64
/// significant bits, or is exact, and its lowest bit is set if anything was cut off.
pub(super) struct Binary {
    pub(super) mantissa: u128,
    pub(super) exponent: i32,
}

/// An IEEE 754 format.
pub(super) struct Format {
    /// Bits of the significand, the implicit one included.
    pub(super) precision: u32,
    /// The power of two of the smallest subnormal.
    pub(super) smallest: i32,
    /// The bits of infinity.
    pub(super) infinity: u64,
}

pub(super) const F64: Format = Format {
    precision: 53,
    smallest: -1074,
    infinity: 0x7FF0_0000_0000_0000,
};

pub(super) const F32: Format = Format {
    precision: 24,
    smallest: -149,
    infinity: 0x7F80_0000,
};

/// 5^0 to 5^27, all that 64 bits hold.
#[expect(clippy::indexing_slicing, reason = "the compiler evaluates it")]
const POWERS_OF_FIVE: [u64; 28] = {
    let mut powers = [1; 28];
    let mut i = 1;
    while i < powers.len() {
        powers[i] = 5 * powers[i - 1];
        i += 1;
    }
    powers
};

impl Binary {
    /// `coefficient` × 10^`power`, for powers from -54 to 54.
    ///
    /// 10^n is 5^n × 2^n, so only fives are multiplied or divided.
    pub(super) fn of(coefficient: u64, power: i8) -> Self {
        let zeros = coefficient.leading_zeros();
        let coefficient = u128::from(coefficient.wrapping_shl(zeros));
        let exponent = i32::from(power).saturating_sub_unsigned(zeros);
        let n = usize::from(power.unsigned_abs());
        match (POWERS_OF_FIVE.get(n), power < 0) {
            (Some(&fives), false) => Self {
                mantissa: coefficient.wrapping_mul(fives.into()),
                exponent,
            },
            (Some(&fives), true) => {
                let (quotient, rest) = divide(coefficient << 64, fives);
                Self {
                    mantissa: quotient | u128::from(rest != 0),
                    exponent: exponent.saturating_sub(64),
                }
            }
            (None, false) => Self::far_up(coefficient, exponent, n),
            (None, true) => Self::far_down(coefficient, exponent, n),
        }
    }

    /// `coefficient` × 5^`n` where 5^`n` is over 64 bits: in two steps, in 192 bits.
    #[cold]
    fn far_up(coefficient: u128, exponent: i32, n: usize) -> Self {
        let (first, second) = two_powers_of_five(n);
        let product = coefficient.wrapping_mul(first.into());
        let low = (product & u128::from(u64::MAX)).wrapping_mul(second.into());
        // 64 bits of the product times the second power are 127 bits at most.
        let high = (product >> 64)
            .wrapping_mul(second.into())
            .wrapping_add(low >> 64);
        Self {
            mantissa: high | u128::from(low & u128::from(u64::MAX) != 0),
            exponent: exponent.saturating_add(64),
        }
    }

    /// `coefficient` / 5^`n` where 5^`n` is over 64 bits: in two steps, with 62 bits more in
    /// between, since the second one takes up to 63 bits away.
    #[cold]
    fn far_down(coefficient: u128, exponent: i32, n: usize) -> Self {
        let (first, second) = two_powers_of_five(n);
        let (quotient, rest) = divide(coefficient << 64, first);
        let (more, rest) = divide(rest << 62, first);
        let (quotient, second_rest) = divide(quotient << 62 | more, second);
        Self {
            mantissa: quotient | u128::from(rest | second_rest != 0),
            exponent: exponent.saturating_sub(64 + 62),
        }
    }

    /// The bits of the nearest float, ties to even.
    fn nearest(&self, format: &Format) -> u64 {
        if self.mantissa == 0 {
            return 0;
        }
        // 0.…: all bits up to the first one of the mantissa, then 128 of them
        let zeros = self.mantissa.leading_zeros();
        let mantissa = self.mantissa.wrapping_shl(zeros);
        let exponent = self.exponent.saturating_sub_unsigned(zeros);
        // The last bit that stays; among subnormals it is the same for all.
        let last = exponent
            .saturating_add_unsigned(u128::BITS.wrapping_sub(format.precision))
            .max(format.smallest);
        let cut = last.abs_diff(exponent);
        if cut > u128::BITS {
            return 0;
        }
        let kept = mantissa.checked_shr(cut).unwrap_or(0);
        let rest = mantissa.wrapping_shl(u128::BITS.wrapping_sub(cut));
        let half = 1_u128 << (u128::BITS - 1);
        let up = rest > half || rest == half && kept & 1 == 1;
        // at most 53 bits
        let significand = u64::try_from(kept).unwrap_or(u64::MAX);
        // The implicit bit adds one to the exponent field, and so does a carry out of the bits.
        let field = u64::from(last.abs_diff(format.smallest));
        field
            .wrapping_shl(format.precision.wrapping_sub(1))
            .wrapping_add(significand)
            .wrapping_add(u64::from(up))
            .min(format.infinity)
    }
}

/// 5^27 and 5^(`n` - 27), each below 2^63.
fn two_powers_of_five(n: usize) -> (u64, u64) {
    let power = |n| POWERS_OF_FIVE.get(n).copied().unwrap_or(1);
    (power(27), power(n.saturating_sub(27)))
}

/// Quotient and rest; a power of five is never zero.
#[inline]
fn divide(dividend: u128, power: u64) -> (u128, u128) {
    let power = u128::from(power.max(1));
    let quotient = dividend.checked_div(power).unwrap_or(0);
    (
        quotient,
        dividend.wrapping_sub(quotient.wrapping_mul(power)),
    )
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal, decimal_with};

    #[test]
    fn floats_are_correctly_rounded() {
        // value, bits of the nearest f64, bits of the nearest f32
        let table: [(&str, u64, u32); 24] = [
            ("0.00", 0, 0),
            ("1", 0x3FF0_0000_0000_0000, 0x3F80_0000),
            ("-0.5", 0xBFE0_0000_0000_0000, 0xBF00_0000),
            // the bits of 0.1 are rounded up, those of 0.3 down
            ("0.1", 0x3FB9_9999_9999_999A, 0x3DCC_CCCD),
            ("0.3", 0x3FD3_3333_3333_3333, 0x3E99_999A),
            ("1234.5678", 0x4093_4A45_6D5C_FAAD, 0x449A_522B),
            ("267e3", 0x4110_4BE0_0000_0000, 0x4882_5F00),
            // 2^53 + 1, a tie of f64
            ("9007199254740993", 0x4340_0000_0000_0000, 0x5A00_0000),
            ("9007199254740993.01", 0x4340_0000_0000_0001, 0x5A00_0000),
            ("9007199254740995", 0x4340_0000_0000_0002, 0x5A00_0000),
            // 2^24 + 1, a tie of f32, and its neighbors that an f64 takes for the tie
            ("16777217", 0x4170_0000_1000_0000, 0x4B80_0000),
            ("16777217.00000000001", 0x4170_0000_1000_0000, 0x4B80_0001),
            ("16777216.99999999999", 0x4170_0000_1000_0000, 0x4B80_0000),
            ("16777219", 0x4170_0000_3000_0000, 0x4B80_0002),
            // 2^64 - 1 and 2^64 - 2^10, the tie below 2^64
            ("18446744073709551615", 0x43F0_0000_0000_0000, 0x5F80_0000),
            ("18446744073709550592", 0x43F0_0000_0000_0000, 0x5F80_0000),
            ("18446744073709550591", 0x43EF_FFFF_FFFF_FFFF, 0x5F80_0000),
            ("1e22", 0x4480_F0CF_064D_D592, 0x6407_8678),
            ("1e23", 0x44B5_2D02_C7E1_4AF6, 0x65A9_6816),
            // the largest f32, and both sides of the tie to infinity, 2^128 - 2^103
            ("340282346638528860e21", 0x47EF_FFFF_E000_0000, 0x7F7F_FFFF),
            ("3402823567797336616e20", 0x47EF_FFFF_F000_0000, 0x7F7F_FFFF),
            ("3402823567797336617e20", 0x47EF_FFFF_F000_0000, 0x7F80_0000),
            ("1e-40", 0x37A1_6C26_2777_579C, 0x0001_16C2),
            ("1e40", 0x483D_6329_F1C3_5CA5, 0x7F80_0000),
        ];
        for (text, f64_bits, f32_bits) in table {
            let value = decimal(text);
            assert_eq!(value.to_f64().to_bits(), f64_bits, "{text} as f64");
            assert_eq!(value.to_f32().to_bits(), f32_bits, "{text} as f32");
        }
    }

    #[test]
    fn zero_is_positive_at_every_exponent() {
        for exponent in Decimal::MIN_EXPONENT..=Decimal::MAX_EXPONENT {
            let zero = Decimal::new(0, exponent).unwrap();
            assert_eq!(zero.to_f64().to_bits(), 0);
            assert_eq!(zero.to_f32().to_bits(), 0);
        }
    }

    #[test]
    fn subnormals_of_f32_round_once() {
        // between the smallest normal, 2^-126, and 10^-40
        for coefficient in (1..=11_754_944_u64).step_by(997) {
            let value = Decimal::from_parts(false, coefficient, -40).unwrap();
            let next = Decimal::from_parts(false, coefficient * 10 + 5, -40).unwrap();
            for value in [value, next] {
                let expected: f32 = value.to_string().parse().unwrap();
                assert_eq!(value.to_f32().to_bits(), expected.to_bits(), "{value:e}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn floats_are_those_of_the_text(x in prop_oneof![any_decimal(), decimal_with(-12..=3)]) {
            let text = x.to_string();
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(x.to_f64().to_bits(), expected.to_bits());
            let expected: f32 = text.parse().unwrap();
            prop_assert_eq!(x.to_f32().to_bits(), expected.to_bits());
        }

        #[test]
        fn decimals_next_to_ties_of_f64_round_correctly(
            n in 1_u64 << 52..1 << 53, shift in 0..=9_u32, off in -2..=2_i64, e in -3..=3_i8
        ) {
            // 2n + 1 halves: exactly between two floats where e is 0
            let tie = ((2 * n + 1) << shift).saturating_add_signed(off);
            let x = Decimal::from_parts(false, tie, e).unwrap();
            let expected: f64 = x.to_string().parse().unwrap();
            prop_assert_eq!(x.to_f64().to_bits(), expected.to_bits());
        }

        #[test]
        fn decimals_next_to_ties_of_f32_round_correctly(
            n in 1_u64 << 23..1 << 24, places in 0..=10_u32, off in -2..=2_i64, shift in 0..=4_u32
        ) {
            let scale = 10_u64.pow(places);
            let tie = (((2 * n + 1) << shift) * scale).saturating_add_signed(off);
            let exponent = -i8::try_from(places).unwrap();
            let x = Decimal::from_parts(false, tie, exponent).unwrap();
            let expected: f32 = x.to_string().parse().unwrap();
            prop_assert_eq!(x.to_f32().to_bits(), expected.to_bits());
        }
    }
}
