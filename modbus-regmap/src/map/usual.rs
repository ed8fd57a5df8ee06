//! The short way to the values of usual registers.

use meter_units::{Decimal, Unit};

use super::{Block, Register};
use crate::encoding::{Encoding, Marker, Order, Width};

/// How a register is read that has nothing special about it, worked out once.
///
/// Usual are integers and floats of one or two registers, of which a power of ten makes the value
/// and a pattern of bits says that there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Usual {
    /// The bits of the marker; without one, what 32 bits never are.
    marker: u64,
    unit: Unit,
    /// The bit of an integer that says that it is negative, if one does.
    sign: u32,
    /// The word order.
    rotation: u8,
    power: i8,
    // Flags, of which each step tests one, where a choice of several would be a jump by a table.
    /// It takes two registers.
    is_long: bool,
    /// It takes one register.
    is_short: bool,
    is_integer: bool,
    /// It is a float whose digits count, since a power of ten follows.
    is_scaled: bool,
}

impl Usual {
    /// The long way, which can read any register.
    pub(super) const NONE: Self = Self {
        marker: NO_MARKER,
        unit: Unit::ONE,
        sign: 0,
        rotation: 0,
        power: 0,
        is_long: false,
        is_short: false,
        is_integer: false,
        is_scaled: false,
    };

    /// How to read a register.
    pub(super) const fn of(register: &Register<'_>) -> Self {
        let (Some(power), Some(unit)) = (register.scale.power(), register.unit) else {
            return Self::NONE;
        };
        // far from the ends of what a decimal has
        let fits = power >= -20 && power <= 20;
        let is_special = register.scale_register.is_some()
            || register.unit_register.is_some()
            || register.round.is_some()
            || !register.offset.is_zero();
        let (is_integer, sign) = match register.encoding {
            Encoding::Unsigned(Width::W16 | Width::W32)
            | Encoding::Enum(Width::W16 | Width::W32)
            | Encoding::Counter(Width::W16 | Width::W32) => (true, 0),
            Encoding::Signed(Width::W16) => (true, 1 << 15),
            Encoding::Signed(Width::W32) => (true, 1 << 31),
            // of a power above, a longer integer would follow
            Encoding::F32 if power >= SMALLEST_OF_FLOATS && power <= 0 => (false, 0),
            _ => return Self::NONE,
        };
        let rotation = match register.order {
            Order::ABCD => 0,
            Order::CDAB => 16,
            _ => return Self::NONE,
        };
        let marker = match register.marker {
            None | Some(Marker::Nan) => NO_MARKER,
            Some(Marker::Zeros) => 0,
            Some(Marker::Bits(bits)) if bits >> 32 == 0 => bits,
            Some(_) => return Self::NONE,
        };
        if is_special || !fits {
            return Self::NONE;
        }
        Self {
            marker,
            unit,
            sign,
            rotation,
            power,
            is_long: register.count() == 2,
            is_short: register.count() == 1,
            is_integer,
            is_scaled: !is_integer && power != 0,
        }
    }

    /// The bits of a value at an address, if they were read and are no marker.
    #[inline]
    pub(super) fn bits(&self, address: u16, block: &Block<'_>) -> Option<u32> {
        let bytes = block.registers().as_bytes();
        // those of an address before the block are behind its end
        let start = usize::from(address.wrapping_sub(block.address())).wrapping_mul(2);
        let bits = if self.is_long {
            let bytes = bytes.get(start..start.wrapping_add(4))?;
            u32::from_be_bytes(*bytes.first_chunk()?).rotate_left(self.rotation.into())
        } else if self.is_short {
            let bytes = bytes.get(start..start.wrapping_add(2))?;
            u16::from_be_bytes(*bytes.first_chunk()?).into()
        } else {
            return None;
        };
        (self.marker != u64::from(bits)).then_some(bits)
    }

    /// The decimal that they stand for; `None` if it is none, or none that this way finds.
    #[inline]
    pub(crate) fn decimal(&self, bits: u32) -> Option<Decimal> {
        if self.is_scaled {
            return Decimal::of_thousandths(f32::from_bits(bits), self.power_of_float());
        }
        if !self.is_integer {
            return None;
        }
        let negative = bits & self.sign != 0;
        let magnitude = if negative {
            // 2^16 or 2^32, which is 0 here
            (self.sign << 1).wrapping_sub(bits)
        } else {
            bits
        };
        Decimal::from_parts(negative, magnitude.into(), self.power)
    }

    /// The decimal that they stand for where [`decimal`](Self::decimal) finds none because it is
    /// that of a float of many digits.
    #[inline]
    pub(crate) fn long_decimal(&self, bits: u32) -> Option<Decimal> {
        if !self.is_scaled {
            return None;
        }
        let power = self.power_of_float();
        let decimal = Decimal::try_from_f32_scaled(f32::from_bits(bits), power).ok()?;
        // a longer integer would follow
        (decimal.exponent() <= 0).then_some(decimal)
    }

    /// The float that they stand for.
    #[inline]
    pub(crate) fn float(&self, bits: u32) -> Option<f32> {
        if self.is_scaled || self.is_integer {
            return None;
        }
        let float = f32::from_bits(bits);
        // 0 for the negative one
        float.is_finite().then_some(float + 0.0)
    }

    /// The power, in words that tell the compiler its range.
    #[inline]
    const fn power_of_float(&self) -> i8 {
        self.power | SMALLEST_OF_FLOATS
    }

    #[inline]
    pub(super) const fn unit(&self) -> Unit {
        self.unit
    }
}

/// The smallest power of ten of floats, of which all bits are set but the last ones.
const SMALLEST_OF_FLOATS: i8 = -16;

/// Above every pattern of 32 bits.
const NO_MARKER: u64 = 1 << 32;

#[cfg(test)]
mod tests {
    extern crate alloc;

    use meter_units::{Number, Value};
    use proptest::prelude::*;

    use super::*;
    use crate::encoding::Scale;
    use crate::{Registers, Table};

    fn any_encoding() -> impl Strategy<Value = Encoding> {
        prop::sample::select(alloc::vec![
            Encoding::U16,
            Encoding::I16,
            Encoding::U32,
            Encoding::I32,
            Encoding::F32,
            Encoding::U64,
            Encoding::F64,
            Encoding::SignMagnitude(Width::W16),
            Encoding::ENUM16,
            Encoding::ACC32,
        ])
    }

    fn any_marker() -> impl Strategy<Value = Option<Marker>> {
        prop_oneof![
            Just(None),
            Just(Some(Marker::Nan)),
            Just(Some(Marker::Zeros)),
            Just(Some(Marker::Integer(-1))),
            Just(Some(Marker::Bits(u64::MAX))),
            (0..4_u64).prop_map(|bits| Some(Marker::Bits(bits))),
            Just(Some(Marker::Bits(0x8000))),
        ]
    }

    /// Any four registers, those that are near the ends among them.
    fn any_words() -> impl Strategy<Value = [u8; 8]> {
        let near = prop::sample::select(alloc::vec![0_u8, 1, 0x7F, 0x80, 0xC0, 0xFF]);
        prop_oneof![
            any::<[u8; 8]>(),
            prop::array::uniform8(near),
            any::<i16>()
                .prop_map(|tenths| (f32::from(tenths) / 10.0).to_be_bytes())
                .prop_map(|[a, b, c, d]| [a, b, c, d, a, b, c, d]),
            (-1e6_f32..1e6)
                .prop_map(f32::to_be_bytes)
                .prop_map(|[a, b, c, d]| [a, b, c, d, c, d, a, b]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn both_ways_agree(
            words in any_words(),
            encoding in any_encoding(),
            marker in any_marker(),
            order in prop::sample::select(Order::ALL.to_vec()),
            power in -22..=22_i8,
            offset in prop_oneof![3 => Just(0_i64), 1 => Just(-3)],
            start in 0..3_u16,
        ) {
            let mut register = Register::new("a", Table::HoldingRegister, 1, encoding)
                .with_order(order)
                .with_scale(Scale::power_of_ten(power).unwrap())
                .with_offset(Decimal::from(offset));
            if let Some(marker) = marker {
                register = register.with_not_available(marker);
            }
            let block = Block::new(
                Table::HoldingRegister,
                start,
                Registers::from_bytes(&words).unwrap(),
            );
            if let Some(number) = register.usual_number(&block) {
                let other = register.value_in(&block);
                prop_assert_eq!(other, Ok(Value::Number(number)));
                if let (Number::Decimal(short), Ok(Value::Number(Number::Decimal(long)))) = (number, other) {
                    prop_assert!(short.same_repr(&long), "{:e} is {:e}", short, long);
                }
            }
        }
    }

    #[test]
    fn what_is_usual_takes_the_short_way() {
        let words = Registers::from_bytes(&[0x43, 0x66, 0x80, 0x00]).unwrap();
        let block = Block::new(Table::HoldingRegister, 0, words);
        let number = |encoding, power| {
            let register = Register::new("a", Table::HoldingRegister, 0, encoding)
                .with_scale(Scale::power_of_ten(power).unwrap());
            register.usual_number(&block)
        };
        let decimal = |coefficient, exponent| {
            Some(Number::Decimal(
                Decimal::new(coefficient, exponent).unwrap(),
            ))
        };
        assert_eq!(number(Encoding::F32, 0), Some(Number::F32(230.5)));
        assert_eq!(number(Encoding::F32, -1), decimal(2305, -2));
        assert_eq!(number(Encoding::U16, -1), decimal(0x4366, -1));
        assert_eq!(number(Encoding::I32, 3), decimal(0x4366_8000, 3));
        assert_eq!(number(Encoding::U64, 0), None);
    }
}
