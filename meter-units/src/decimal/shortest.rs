//! The shortest decimals of floats.

use super::float::{Binary, F32, F64, Format};
use super::power::power_of_ten;
use super::round::lengthen;
use super::{Decimal, DecimalError, Sign, short};

impl Decimal {
    /// The shortest decimal that reads back as the same `f64`; of several, the nearest.
    ///
    /// It has the digits that `{}` prints for the float. The exponent is 0 or below where the
    /// digits allow it. The sign of zero is lost.
    ///
    /// # Errors
    ///
    /// [`DecimalError::NotFinite`] for NaN and the infinities; [`DecimalError::Overflow`] where
    /// the digits reach below 10^-40, or for magnitudes above about 1.8 × 10^59.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::Decimal;
    ///
    /// assert_eq!(Decimal::try_from_f64_shortest(0.1)?.to_string(), "0.1");
    /// # Ok::<(), meter_units::DecimalError>(())
    /// ```
    pub fn try_from_f64_shortest(value: f64) -> Result<Self, DecimalError> {
        let magnitude = value.abs().to_bits();
        of_bits(value.is_sign_negative(), magnitude, &F64)
    }

    /// The shortest decimal that reads back as the same `f32`; everything else as in
    /// [`try_from_f64_shortest`](Self::try_from_f64_shortest).
    ///
    /// # Errors
    ///
    /// [`DecimalError::NotFinite`] for NaN and the infinities; [`DecimalError::Overflow`] where
    /// the digits reach below 10^-40.
    #[inline]
    pub fn try_from_f32_shortest(value: f32) -> Result<Self, DecimalError> {
        let magnitude = value.abs().to_bits();
        let negative = value.is_sign_negative();
        match short::of_f32(magnitude) {
            Some((digits, places)) => Ok(Self {
                coefficient: digits.into(),
                // 14 places at most
                exponent: 0_i8.wrapping_sub_unsigned(places),
                // never 0
                sign: Sign::new(negative),
            }),
            None => of_f32_bits(negative, magnitude),
        }
    }

    /// The shortest decimal that reads back as the same `f32`, times 10^`power`.
    ///
    /// # Errors
    ///
    /// [`DecimalError::NotFinite`] for NaN and the infinities; [`DecimalError::Overflow`] where
    /// the digits reach below 10^-40 or above what 64 bits hold times 10^40.
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::Decimal;
    ///
    /// assert_eq!(Decimal::try_from_f32_scaled(230.1, -3)?.to_string(), "0.2301");
    /// # Ok::<(), meter_units::DecimalError>(())
    /// ```
    #[inline]
    pub fn try_from_f32_scaled(value: f32, power: i8) -> Result<Self, DecimalError> {
        if let (Some((digits, places)), -26..=0) = (short::digits(value.abs().to_bits()), power) {
            return Ok(Self {
                coefficient: digits.into(),
                // fourteen places at most
                exponent: power.wrapping_sub_unsigned(places),
                // never 0
                sign: Sign::new(value.is_sign_negative()),
            });
        }
        // part by part, since a whole would be kept in memory for both ways
        let Self {
            coefficient,
            exponent,
            sign,
        } = scaled(value, power)?;
        Ok(Self {
            coefficient,
            exponent,
            sign,
        })
    }

    /// The same as [`try_from_f32_scaled`](Self::try_from_f32_scaled) for floats that have at most
    /// three digits behind the point, as most that were rounded; `None` for others.
    ///
    /// It takes magnitudes from 2^-11 up to 2^14, and powers from -37 up to 0. It is a handful of
    /// instructions without a call: a loop over many registers has one way for these, and another
    /// one for the rest. Which floats it takes is no promise.
    ///
    /// ```
    /// use meter_units::Decimal;
    ///
    /// assert_eq!(Decimal::of_thousandths(230.1, -1), Decimal::new(2301, -2));
    /// assert_eq!(Decimal::of_thousandths(230.1234, -1), None);
    /// ```
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub fn of_thousandths(value: f32, power: i8) -> Option<Self> {
        if !(Self::MIN_EXPONENT + 3..=0).contains(&power) {
            return None;
        }
        let (digits, places) = short::thousandths(value.to_bits())?;
        Some(Self {
            coefficient: digits.into(),
            // three places at most
            exponent: power.wrapping_sub_unsigned(places),
            // never 0
            sign: Sign::new(value.is_sign_negative()),
        })
    }
}

#[cold]
fn scaled(value: f32, power: i8) -> Result<Decimal, DecimalError> {
    let unscaled = if value == 0.0 {
        Decimal::ZERO
    } else {
        Decimal::try_from_f32_shortest(value)?
    };
    unscaled
        .scale_by_power_of_ten(power)
        .ok_or(DecimalError::Overflow)
}

#[inline(never)]
fn of_f32_bits(negative: bool, magnitude: u32) -> Result<Decimal, DecimalError> {
    of_bits(negative, magnitude.into(), &F32)
}

/// The shortest decimal of the float of `format` with the bits `magnitude`.
fn of_bits(negative: bool, magnitude: u64, format: &Format) -> Result<Decimal, DecimalError> {
    if magnitude >= format.infinity {
        return Err(DecimalError::NotFinite);
    }
    let fraction_bits = format.precision.wrapping_sub(1);
    let implicit = 1_u64.wrapping_shl(fraction_bits);
    let fraction = magnitude & implicit.wrapping_sub(1);
    // subnormals have the exponent of the smallest normals, without the implicit bit
    let field = magnitude.wrapping_shr(fraction_bits);
    let significand = if field == 0 {
        fraction
    } else {
        fraction | implicit
    };
    let scale = u32::try_from(field.saturating_sub(1)).unwrap_or(u32::MAX);
    let exponent = format.smallest.saturating_add_unsigned(scale);
    if significand == 0 {
        return Ok(Decimal::ZERO);
    }
    if let Some(integer) = as_integer(significand, exponent) {
        return Ok(Decimal {
            coefficient: integer,
            exponent: 0,
            sign: Sign::of(negative, integer),
        });
    }
    Interval::around(significand, exponent, fraction == 0 && field > 1)?.shortest(negative)
}

/// `significand` × 2^`exponent`, if it is an integer that the significand holds to the last unit.
///
/// Its neighbors are then at most 1 apart, so nothing shorter reads back.
fn as_integer(significand: u64, exponent: i32) -> Option<u64> {
    let places = exponent.checked_neg().and_then(|n| u32::try_from(n).ok())?;
    let integer = significand.checked_shr(places)?;
    (significand.trailing_zeros() >= places).then_some(integer)
}

/// The decimals that read back as one float, counted in 10^`power`.
struct Interval {
    /// The first and the last integer that read back.
    first: u64,
    last: u64,
    /// The float itself: its integer part, and whether half a unit or more is left.
    value: u64,
    half: Half,
    power: i8,
}

/// How the fraction compares with a half.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Exact,
    Below,
    AtLeast,
}

impl Interval {
    /// The interval of `significand` × 2^`exponent`, whose lower neighbor is nearer where
    /// `narrow_below` says so.
    fn around(significand: u64, exponent: i32, narrow_below: bool) -> Result<Self, DecimalError> {
        /// A float of 64 bits never needs more digits.
        const DIGITS: i32 = 17;
        // floor(bits × log10(2)) is the number of digits or one less, whatever the sign
        let bits =
            exponent.saturating_add_unsigned(u64::BITS.wrapping_sub(significand.leading_zeros()));
        let digits = bits.saturating_mul(1233) >> 12;
        let power = DIGITS
            .saturating_sub(digits)
            .min(i32::from(Decimal::MIN_EXPONENT).saturating_neg());
        let power = i8::try_from(power).map_err(|_| DecimalError::Overflow)?;
        if power < -MAX_POWER {
            return Err(DecimalError::Overflow);
        }

        // in quarters of the last bit, half of the way to either neighbor
        let quarters = significand.wrapping_mul(4);
        let below = if narrow_below { 1 } else { 2 };
        let scaled = |quarters| {
            Scaled::of(quarters, exponent.saturating_sub(2), power).ok_or(DecimalError::Overflow)
        };
        let value = scaled(quarters)?;
        let low = scaled(quarters.wrapping_sub(below))?;
        let high = scaled(quarters.wrapping_add(2))?;
        // A tie reads back as the float with the even significand.
        let ties_read_back = significand % 2 == 0;
        Ok(Self {
            first: if low.half == Half::Exact && ties_read_back {
                low.integer
            } else {
                low.integer.saturating_add(1)
            },
            last: if high.half == Half::Exact && !ties_read_back {
                high.integer.saturating_sub(1)
            } else {
                high.integer
            },
            value: value.integer,
            half: value.half,
            power,
        })
    }

    /// The multiple of the highest power of ten in the interval that is nearest to the value.
    fn shortest(self, negative: bool) -> Result<Decimal, DecimalError> {
        if self.first > self.last {
            // the digits end below the smallest exponent
            return Err(DecimalError::Overflow);
        }
        let mut zeros = 0_u32;
        while self.has_multiple_of(zeros.wrapping_add(1)) {
            zeros = zeros.wrapping_add(1);
        }
        let step = power_of_ten(zeros).ok_or(DecimalError::Overflow)?;
        let below = self.value / step;
        let rest = self.value % step;
        let up = match zeros {
            0 => self.half == Half::AtLeast,
            _ => rest >= step.get() / 2,
        };
        let lowest = self.first.div_ceil(step.get());
        let nearest = below
            .saturating_add(u64::from(up))
            .max(lowest)
            .min(self.last / step);
        let exponent = i16::from(self.power)
            .wrapping_neg()
            .saturating_add_unsigned(u16::try_from(zeros).unwrap_or_default());
        // 267e3 is the integer 267000
        let plain = u32::try_from(exponent)
            .ok()
            .and_then(|zeros| lengthen(nearest, zeros));
        match plain {
            Some(integer) => Decimal::near(negative, integer, 0),
            None => Decimal::near(negative, nearest, exponent),
        }
        .ok_or(DecimalError::Overflow)
    }

    fn has_multiple_of(&self, zeros: u32) -> bool {
        power_of_ten(zeros).is_some_and(|step| {
            // the greatest multiple that is not above the interval
            let last = self.last.wrapping_sub(self.last % step);
            last >= self.first
        })
    }
}

/// The largest power of ten for [`Binary::of`].
const MAX_POWER: i8 = 54;

/// A number cut off to an integer.
struct Scaled {
    integer: u64,
    half: Half,
}

impl Scaled {
    /// `significand` × 2^`exponent` × 10^`power`; `None` if it is over 64 bits.
    fn of(significand: u64, exponent: i32, power: i8) -> Option<Self> {
        let binary = Binary::of(significand, power);
        let shift = binary.exponent.saturating_add(exponent).checked_neg()?;
        // A mantissa of 64 bits and more is never shifted up to fit into 64 bits.
        let shift = u32::try_from(shift).ok()?;
        let integer = binary.mantissa.checked_shr(shift).unwrap_or(0);
        let fraction = match u128::BITS.checked_sub(shift) {
            Some(free) => binary.mantissa.checked_shl(free).unwrap_or(0),
            None => 1,
        };
        Some(Self {
            integer: u64::try_from(integer).ok()?,
            half: match fraction {
                0 => Half::Exact,
                _ if fraction >> (u128::BITS - 1) == 0 => Half::Below,
                _ => Half::AtLeast,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::decimal;

    #[test]
    fn shortest_decimals_of_f64() {
        let of = |value| Decimal::try_from_f64_shortest(value).unwrap();
        let table = [
            (0.1, "0.1"),
            (0.3, "0.3"),
            (1.5, "1.5"),
            (-1234.5678, "-1234.5678"),
            (-0.0, "0"),
            (267_000.0, "267000"),
            (9_007_199_254_740_993.0, "9007199254740992"),
            (1e18, "1000000000000000000"),
            (1e23, "1e23"),
            (1e40, "1e40"),
            (1e-40, "1e-40"),
            (1.7e59, "17e58"),
            // a power of two, whose lower neighbor is nearer
            (9.5367431640625e-7, "0.00000095367431640625"),
            (1.8446744073709552e19, "18446744073709552e3"),
            // 900719925474099.25 is as near to .2 as to .3
            (900_719_925_474_099.2, "900719925474099.3"),
        ];
        for (value, text) in table {
            assert!(
                of(value).same_repr(&decimal(text)),
                "{value} is {}",
                of(value)
            );
        }
    }

    #[test]
    fn shortest_decimals_of_f32() {
        let of = |value| Decimal::try_from_f32_shortest(value).unwrap();
        let table = [
            (0.1, "0.1"),
            (-1234.5678, "-1234.5677"),
            (16_777_216.0, "16777216"),
            (3.3e9, "3300000000"),
            (1e-40, "1e-40"),
            (f32::MAX, "34028235e31"),
        ];
        for (value, text) in table {
            assert!(
                of(value).same_repr(&decimal(text)),
                "{value} is {}",
                of(value)
            );
        }
    }

    #[test]
    fn floats_that_are_no_numbers_are_refused() {
        for value in [f32::NAN, -f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let refused = Err(DecimalError::NotFinite);
            assert_eq!(Decimal::try_from_f32_shortest(value), refused);
            assert_eq!(Decimal::try_from_f64_shortest(value.into()), refused);
        }
    }

    #[test]
    fn floats_out_of_range_are_refused() {
        for value in [5e-324, 1e-41, 1.5e-40, 2e59, 1e100, f64::MAX] {
            let refused = Err(DecimalError::Overflow);
            assert_eq!(Decimal::try_from_f64_shortest(value), refused, "{value}");
        }
        // 1.1754944e-38 ends at 10^-45
        let refused = Decimal::try_from_f32_shortest(f32::MIN_POSITIVE);
        assert_eq!(refused, Err(DecimalError::Overflow));
    }

    /// What core's shortest form says, where a decimal can hold it.
    fn by_core(text: &str) -> Result<Decimal, DecimalError> {
        text.parse().map_err(|_| DecimalError::Overflow)
    }

    fn check_f64(value: f64) {
        let decimal = Decimal::try_from_f64_shortest(value);
        assert_eq!(decimal, by_core(&value.to_string()), "{value:e}");
        if let Ok(decimal) = decimal {
            assert_eq!(decimal.to_f64(), value);
            assert!(decimal.exponent() <= 0 || decimal > u64::MAX.into());
        }
    }

    fn check_f32(value: f32) {
        let decimal = Decimal::try_from_f32_shortest(value);
        assert_eq!(decimal, by_core(&value.to_string()), "{value:e}");
        if let Ok(decimal) = decimal {
            assert_eq!(decimal.to_f32(), value);
        }
    }

    /// The short ways give the same digits, if they give any.
    fn check_short(magnitude: u32) {
        let short = [
            short::thousandths(magnitude),
            short::digits(magnitude),
            short::of_f32(magnitude),
        ];
        for (digits, places) in short.into_iter().flatten() {
            let exponent = -i8::try_from(places).unwrap();
            let short = Decimal::new(digits.into(), exponent).unwrap();
            let long = of_f32_bits(false, magnitude).unwrap();
            assert!(short.same_repr(&long), "{magnitude:#x}: {short} is {long}");
            assert!(!short.is_zero() && places <= 14, "{magnitude:#x}");
        }
    }

    /// Scaling in one step gives what scaling the shortest decimal gives.
    fn check_scaled(value: f32, power: i8) {
        let expected = match Decimal::try_from_f32_shortest(value) {
            Ok(decimal) => decimal
                .scale_by_power_of_ten(power)
                .ok_or(DecimalError::Overflow),
            Err(error) => Err(error),
        };
        let scaled = Decimal::try_from_f32_scaled(value, power);
        assert_eq!(scaled, expected, "{value:e} by {power}");
        let quick = Decimal::of_thousandths(value, power);
        for scaled in scaled.ok().into_iter().chain(quick) {
            assert!(scaled.same_repr(&expected.unwrap()), "{value:e} by {power}");
        }
    }

    #[test]
    fn the_short_way_agrees_at_both_ends_of_each_exponent() {
        for exponent in 103..=151_u32 {
            for fraction in (0..64).chain(0x7F_FFC0..=0x7F_FFFF) {
                check_short(exponent << 23 | fraction);
            }
        }
    }

    #[test]
    #[ignore = "all floats take half a minute in a release build, and many without"]
    fn the_short_way_agrees_everywhere() {
        (103 << 23..152 << 23).for_each(check_short);
    }

    #[test]
    fn zero_is_scaled_without_its_sign() {
        let zero = Decimal::try_from_f32_scaled(-0.0, -3).unwrap();
        assert!(zero.same_repr(&decimal("0.000")));
        assert_eq!(Decimal::of_thousandths(0.0, -3), None);
        for value in [f32::NAN, f32::INFINITY] {
            let refused = Err(DecimalError::NotFinite);
            assert_eq!(Decimal::try_from_f32_scaled(value, -3), refused);
            assert_eq!(Decimal::of_thousandths(value, -3), None);
        }
    }

    #[test]
    fn powers_of_two_have_a_nearer_neighbor_below() {
        for exponent in -200..=200 {
            let power = 2_f64.powi(exponent);
            check_f64(power);
            check_f64(power.next_down());
            check_f64(power.next_up());
        }
        for exponent in -149..=127 {
            let power = 2_f32.powi(exponent);
            check_f32(power);
            check_f32(power.next_down());
            check_f32(power.next_up());
        }
    }

    #[test]
    fn powers_of_ten_are_one_digit() {
        for exponent in -45..=60 {
            let power: f64 = alloc::format!("1e{exponent}").parse().unwrap();
            check_f64(power);
            check_f64(power.next_down());
            check_f64(power.next_up());
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn every_float_has_the_digits_that_core_prints(
            fraction in any::<u64>(), exponent in -140..=200_i64, short in any::<u32>(),
            power in any::<i8>()
        ) {
            let field = u64::try_from(exponent + 1023).unwrap();
            check_f64(f64::from_bits(field << 52 | fraction >> 12));
            check_short(short >> 1);
            check_short((103 << 23) + short % (49 << 23));
            let float = f32::from_bits(short);
            if float.is_finite() {
                check_f32(float);
            }
            check_scaled(float, power);
            check_scaled(f32::from_bits((103 << 23) + short % (49 << 23)), power % 44);
        }

        #[test]
        fn readings_come_back(n in any::<u32>(), places in 0..=9_i8) {
            let reading = Decimal::new(n.into(), -places).unwrap();
            prop_assert_eq!(Decimal::try_from_f64_shortest(reading.to_f64()), Ok(reading));
            check_short(reading.to_f32().to_bits());
            check_scaled(-reading.to_f32(), -places);
        }
    }
}
