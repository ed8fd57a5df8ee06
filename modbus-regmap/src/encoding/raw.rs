//! The bits of a value and the number that they stand for.

use meter_units::{Decimal, Number};

use super::{BcdSign, Encoding, Order, Signedness, ValueError, Width};
use crate::Registers;

/// A number before it is scaled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Raw {
    /// An integer: whether it is negative, and its magnitude.
    Integer(bool, u64),
    /// A float of 32 bits.
    F32(f32),
    /// A float of 64 bits.
    F64(f64),
}

impl From<Raw> for Number {
    #[inline]
    fn from(raw: Raw) -> Self {
        match raw {
            // 0 is within the range of exponents
            Raw::Integer(negative, magnitude) => {
                Decimal::from_parts(negative, magnitude, 0).map_or(Self::F64(f64::NAN), Into::into)
            }
            Raw::F32(float) => Self::F32(float),
            Raw::F64(float) => Self::F64(float),
        }
    }
}

impl Encoding {
    /// The bits of the value, the most significant one first, at the lower end.
    ///
    /// `None` for values of more than four registers, and if the window is of another size.
    #[inline]
    #[must_use]
    pub fn bits(self, order: Order, window: Registers<'_>) -> Option<u64> {
        let (bits, registers) = load(window.as_bytes())?;
        (registers == self.registers()).then(|| order.arrange(bits, registers))
    }

    /// The number that the bits stand for.
    #[inline]
    pub(crate) fn number_of(self, bits: u64) -> Result<Raw, ValueError> {
        match self {
            Self::F32 => match f32::from_bits(low32(bits)) {
                float if float.is_finite() => Ok(Raw::F32(unsigned_zero(float))),
                float => Err(not_finite(float.is_nan())),
            },
            Self::Unsigned(_) | Self::Enum(_) | Self::Counter(_) => Ok(Raw::Integer(false, bits)),
            Self::Signed(width) => Ok(signed(bits, width.bits())),
            _ => self.other_number_of(bits),
        }
    }

    fn other_number_of(self, bits: u64) -> Result<Raw, ValueError> {
        match self {
            Self::Unsigned(_) | Self::Enum(_) | Self::Counter(_) => Ok(Raw::Integer(false, bits)),
            Self::Signed(width) => Ok(signed(bits, width.bits())),
            Self::ScaleFactor => Ok(signed(bits, 16)),
            Self::U8Hi => Ok(Raw::Integer(false, bits >> 8)),
            Self::U8Lo => Ok(Raw::Integer(false, bits & 0xFF)),
            Self::I8Hi => Ok(signed(bits >> 8, 8)),
            Self::I8Lo => Ok(signed(bits & 0xFF, 8)),
            Self::Field(field) => {
                let bits = bits.wrapping_shr(field.low().into()) & field.mask();
                Ok(match field.sign() {
                    Signedness::Unsigned => Raw::Integer(false, bits),
                    Signedness::Signed => signed(bits, field.bits().into()),
                })
            }
            Self::SignMagnitude(width) => {
                let negative = bits & width.top() != 0;
                Ok(Raw::Integer(negative, bits & !width.top()))
            }
            Self::F16 => match f32::from_bits(widened(bits)) {
                float if float.is_finite() => Ok(Raw::F32(unsigned_zero(float))),
                float => Err(not_finite(float.is_nan())),
            },
            Self::F32 => match f32::from_bits(low32(bits)) {
                float if float.is_finite() => Ok(Raw::F32(unsigned_zero(float))),
                float => Err(not_finite(float.is_nan())),
            },
            Self::F64 => match f64::from_bits(bits) {
                float if float.is_finite() => Ok(Raw::F64(float + 0.0)),
                float => Err(not_finite(float.is_nan())),
            },
            Self::PowerFactor => power_factor(f32::from_bits(low32(bits))),
            Self::Bcd(width, sign) => bcd(bits, width, sign),
            Self::Mod10000(width, sign) => mod_10000(bits, width, sign),
            _ => Err(ValueError::Kind),
        }
    }

    /// The bits of an integer; `None` if the encoding does not hold it.
    pub(crate) fn raw_of_integer(self, negative: bool, magnitude: u64) -> Option<u64> {
        let negative = negative && magnitude != 0;
        match self {
            Self::Unsigned(width) | Self::Enum(width) | Self::Counter(width) => {
                (!negative && magnitude <= width.mask()).then_some(magnitude)
            }
            Self::Signed(width) => complement(negative, magnitude, width.bits()),
            Self::ScaleFactor => complement(negative, magnitude, 16),
            Self::SignMagnitude(width) => {
                let sign = if negative { width.top() } else { 0 };
                (magnitude < width.top()).then_some(magnitude | sign)
            }
            Self::Bcd(width, sign) => bcd_of(negative, magnitude, width, sign),
            Self::Mod10000(width, sign) => mod_10000_of(negative, magnitude, width, sign),
            _ => None,
        }
    }

    /// The bits of a float; `None` if the encoding is not one of floats.
    pub(crate) fn raw_of_float(self, float: f64) -> Option<u64> {
        match self {
            Self::F16 => narrowed(float),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the cast rounds to the nearest"
            )]
            Self::F32 => Some(u64::from((float as f32).to_bits())),
            Self::F64 => Some(float.to_bits()),
            _ => None,
        }
    }
}

/// One to four registers as one number, the first one on top, and how many they are.
#[inline]
fn load(bytes: &[u8]) -> Option<(u64, u16)> {
    match *bytes {
        [a, b] => Some((u64::from(u16::from_be_bytes([a, b])), 1)),
        [a, b, c, d] => Some((u64::from(u32::from_be_bytes([a, b, c, d])), 2)),
        [a, b, c, d, e, f] => Some((u64::from_be_bytes([0, 0, a, b, c, d, e, f]), 3)),
        [a, b, c, d, e, f, g, h] => Some((u64::from_be_bytes([a, b, c, d, e, f, g, h]), 4)),
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the bits above belong to no value of two registers"
)]
const fn low32(bits: u64) -> u32 {
    bits as u32
}

/// The same float, but 0 for the negative one, which no decimal has.
#[inline]
fn unsigned_zero(float: f32) -> f32 {
    float + 0.0
}

#[cold]
const fn not_finite(is_nan: bool) -> ValueError {
    if is_nan {
        ValueError::NotAvailable
    } else {
        ValueError::OutOfRange
    }
}

/// The two's complement of so many bits.
#[inline]
const fn signed(bits: u64, count: u32) -> Raw {
    let above = 64_u32.wrapping_sub(count);
    let value = bits.wrapping_shl(above);
    // the sign is the top bit now
    if value >> 63 == 0 {
        Raw::Integer(false, bits)
    } else {
        let magnitude = value.wrapping_neg().wrapping_shr(above);
        Raw::Integer(true, magnitude)
    }
}

/// The bits of a number in two's complement of so many bits; `None` if it does not fit.
pub(super) const fn complement(negative: bool, magnitude: u64, count: u32) -> Option<u64> {
    let mask = u64::MAX.wrapping_shr(64_u32.wrapping_sub(count));
    let top = mask ^ mask >> 1;
    if negative && magnitude <= top {
        Some(magnitude.wrapping_neg() & mask)
    } else if !negative && magnitude < top {
        Some(magnitude)
    } else {
        None
    }
}

fn power_factor(float: f32) -> Result<Raw, ValueError> {
    if float.is_nan() {
        return Err(ValueError::NotAvailable);
    }
    Ok(Raw::F32(match float {
        -2.0..-1.0 => -2.0 - float,
        -1.0..=1.0 => float,
        1.0..=2.0 => 2.0 - float,
        _ => return Err(ValueError::OutOfRange),
    }))
}

fn bcd(bits: u64, width: Width, sign: BcdSign) -> Result<Raw, ValueError> {
    let top_digit = width.bits().wrapping_sub(4);
    let (negative, digits) = match sign {
        BcdSign::None => (false, bits),
        BcdSign::TopDigit if bits.wrapping_shr(top_digit) == 0xF => {
            (true, bits & 0xF_u64.wrapping_shl(top_digit) ^ bits)
        }
        BcdSign::TopDigit => (false, bits),
        BcdSign::TopBit => (bits & width.top() != 0, bits & !width.top()),
    };
    let mut value = 0_u64;
    for byte in digits.to_be_bytes() {
        let (tens, ones) = (byte >> 4, byte & 0x0F);
        if tens > 9 || ones > 9 {
            return Err(ValueError::InvalidDigit);
        }
        // 16 digits at most
        value = value
            .wrapping_mul(100)
            .wrapping_add(u64::from(tens).wrapping_mul(10))
            .wrapping_add(ones.into());
    }
    Ok(Raw::Integer(negative, value))
}

fn bcd_of(negative: bool, mut magnitude: u64, width: Width, sign: BcdSign) -> Option<u64> {
    let mut bits = 0_u64;
    let mut shift = 0_u32;
    while shift < width.bits() {
        bits |= (magnitude % 10).wrapping_shl(shift);
        magnitude /= 10;
        shift = shift.wrapping_add(4);
    }
    if magnitude != 0 {
        return None;
    }
    let top_digit = width.bits().wrapping_sub(4);
    match sign {
        _ if !negative && (sign != BcdSign::TopBit || bits & width.top() == 0) => Some(bits),
        BcdSign::TopDigit if bits.wrapping_shr(top_digit) == 0 => {
            Some(bits | 0xF_u64.wrapping_shl(top_digit))
        }
        BcdSign::TopBit if negative && bits & width.top() == 0 => Some(bits | width.top()),
        _ => None,
    }
}

fn mod_10000(bits: u64, width: Width, sign: Signedness) -> Result<Raw, ValueError> {
    let (mut value, mut is_negative, mut is_positive) = (0_u64, false, false);
    let mut shift = width.bits();
    while shift > 0 {
        shift = shift.wrapping_sub(16);
        let word = bits.wrapping_shr(shift) & 0xFFFF;
        let magnitude = match (sign, signed(word, 16)) {
            (Signedness::Signed, Raw::Integer(true, magnitude)) => {
                is_negative = true;
                magnitude
            }
            _ => {
                is_positive |= word != 0;
                word
            }
        };
        if magnitude > 9999 {
            return Err(ValueError::OutOfRange);
        }
        value = value.wrapping_mul(10_000).wrapping_add(magnitude);
    }
    if is_negative && is_positive {
        return Err(ValueError::OutOfRange);
    }
    Ok(Raw::Integer(is_negative, value))
}

fn mod_10000_of(negative: bool, mut magnitude: u64, width: Width, sign: Signedness) -> Option<u64> {
    if negative && sign == Signedness::Unsigned {
        return None;
    }
    let mut bits = 0_u64;
    let mut shift = 0_u32;
    while shift < width.bits() {
        let word = magnitude % 10_000;
        bits |= complement(negative, word, 16)?.wrapping_shl(shift);
        magnitude /= 10_000;
        shift = shift.wrapping_add(16);
    }
    (magnitude == 0).then_some(bits)
}

/// The bits of the float of 32 bits that is equal to one of 16 bits.
fn widened(bits: u64) -> u32 {
    let half = low32(bits);
    let sign = (half & 0x8000) << 16;
    let exponent = half >> 10 & 0x1F;
    let fraction = half & 0x3FF;
    let magnitude = match exponent {
        // subnormals are multiples of 2^-24, which a float of 32 bits holds as a normal one
        0 => {
            let shift = fraction.leading_zeros().wrapping_sub(21);
            if fraction == 0 {
                0
            } else {
                let exponent = 113_u32.wrapping_sub(shift);
                exponent << 23 | (fraction.wrapping_shl(shift) & 0x3FF) << 13
            }
        }
        0x1F => 0xFF << 23 | fraction << 13,
        _ => exponent.wrapping_add(112) << 23 | fraction << 13,
    };
    sign | magnitude
}

/// The bits of the float of 16 bits that is nearest, ties to even; `None` where that is infinite.
fn narrowed(float: f64) -> Option<u64> {
    const LARGEST: f64 = 65_504.0;
    /// Halfway between the largest and what would follow.
    const TOO_LARGE: f64 = 65_520.0;
    let magnitude = float.abs();
    let sign = if float.is_sign_negative() { 0x8000 } else { 0 };
    if float.is_nan() {
        return Some(0x7E00);
    }
    if magnitude >= TOO_LARGE {
        return None;
    }
    // the spacing of halves around the value, as a power of two: 2^-24 to 2^5
    let field = magnitude.to_bits() >> 52;
    let exponent = field.clamp(1023 - 14, 1023 + 15);
    // Adding 2^52 spacings leaves no room for a fraction of one: the hardware rounds.
    let anchor = f64::from_bits(exponent.wrapping_add(52 - 10) << 52);
    let steps = (magnitude.min(LARGEST.max(magnitude)) + anchor).to_bits() & 0xFFF;
    let base = exponent.wrapping_sub(1023 - 14) << 10;
    Some(sign | base.wrapping_add(steps))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_are_widened_exactly() {
        for (half, float) in [
            (0x3C00, 1.0),
            (0xC000, -2.0),
            (0x7BFF, 65_504.0),
            (0x5640, 100.0),
            (0x0001, 5.960_464_477_539_063e-8),
            (0x03FF, 6.097_555_160_522_461e-5),
            (0x0400, 6.103_515_625e-5),
            (0x0000, 0.0),
        ] {
            assert_eq!(f64::from(f32::from_bits(widened(half))), float, "{half:x}");
        }
        assert!(f32::from_bits(widened(0x7C00)).is_infinite());
        assert!(f32::from_bits(widened(0x7E01)).is_nan());
    }

    #[test]
    fn every_half_survives_the_way_there_and_back() {
        for half in 0..=0xFFFF_u64 {
            let float = f64::from(f32::from_bits(widened(half)));
            if float.is_finite() {
                assert_eq!(narrowed(float), Some(half), "{half:x}");
            }
        }
    }

    #[test]
    fn halves_are_rounded_to_the_nearest() {
        assert_eq!(narrowed(0.1), Some(0x2E66));
        assert_eq!(narrowed(65_519.99), Some(0x7BFF));
        assert_eq!(narrowed(65_520.0), None);
        assert_eq!(narrowed(2049.0), Some(0x6800));
        assert_eq!(narrowed(2051.0), Some(0x6802));
        assert_eq!(narrowed(2.9e-8), Some(0));
        assert_eq!(narrowed(3e-8), Some(1));
        assert_eq!(narrowed(-6.1e-5), Some(0x8000 | 0x03FF));
    }

    #[test]
    fn signs_of_bcd_are_those_of_the_map() {
        let read = |bits, sign| bcd(bits, Width::W16, sign);
        assert_eq!(read(0xF123, BcdSign::TopDigit), Ok(Raw::Integer(true, 123)));
        assert_eq!(
            read(0x1234, BcdSign::TopDigit),
            Ok(Raw::Integer(false, 1234))
        );
        assert_eq!(read(0xF123, BcdSign::None), Err(ValueError::InvalidDigit));
        assert_eq!(read(0x9123, BcdSign::TopBit), Ok(Raw::Integer(true, 1123)));
        assert_eq!(read(0x7123, BcdSign::TopBit), Ok(Raw::Integer(false, 7123)));
    }

    #[test]
    fn groups_of_four_digits_share_one_sign() {
        let read = |bits| mod_10000(bits, Width::W32, Signedness::Signed);
        assert_eq!(read(0xFB2E_E9D2), Ok(Raw::Integer(true, 12_345_678)));
        assert_eq!(read(0x0000_E9D2), Ok(Raw::Integer(true, 5678)));
        assert_eq!(read(0x0001_E9D2), Err(ValueError::OutOfRange));
        assert_eq!(read(0x2710_0000), Err(ValueError::OutOfRange));
    }

    #[test]
    fn a_power_factor_is_folded_at_one() {
        let fold = |float| power_factor(float);
        assert_eq!(fold(0.75), Ok(Raw::F32(0.75)));
        assert_eq!(fold(1.25), Ok(Raw::F32(0.75)));
        assert_eq!(fold(-1.25), Ok(Raw::F32(-0.75)));
        assert_eq!(fold(-1.0), Ok(Raw::F32(-1.0)));
        assert_eq!(fold(2.5), Err(ValueError::OutOfRange));
        assert_eq!(fold(f32::NAN), Err(ValueError::NotAvailable));
    }

    proptest! {
        #[test]
        fn integers_survive(value: i64) {
            let raw = Raw::Integer(value < 0, value.unsigned_abs());
            for encoding in [
                Encoding::I64,
                Encoding::I48,
                Encoding::I16,
                Encoding::SignMagnitude(Width::W64),
                Encoding::Bcd(Width::W64, BcdSign::TopDigit),
                Encoding::Bcd(Width::W64, BcdSign::TopBit),
                Encoding::Mod10000(Width::W64, Signedness::Signed),
            ] {
                if let Some(bits) = encoding.raw_of_integer(value < 0, value.unsigned_abs()) {
                    prop_assert_eq!(encoding.number_of(bits), Ok(raw));
                }
            }
        }
    }
}
