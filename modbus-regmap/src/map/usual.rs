//! The short way to the values of usual registers.

use meter_units::{Decimal, Number};

use super::{Block, Register};
use crate::encoding::{Encoding, Marker, Order, Width};

/// How a register is read that has nothing special about it, worked out once.
///
/// Usual are integers and floats of one or two registers, of which a power of ten makes the value
/// and a pattern of bits says that there is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Usual {
    /// The bits of the marker, if there is one.
    marker: Option<u32>,
    kind: Kind,
    /// The word order.
    rotation: u8,
    power: i8,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// The long way.
    None,
    U16,
    I16,
    U32,
    I32,
    F32,
    /// A float whose digits count, since a power of ten follows.
    ScaledF32,
}

impl Usual {
    /// The long way, which can read any register.
    pub(super) const NONE: Self = Self {
        marker: None,
        kind: Kind::None,
        rotation: 0,
        power: 0,
    };

    /// How to read a register.
    pub(super) const fn of(register: &Register<'_>) -> Self {
        let Some(power) = register.scale.power() else {
            return Self::NONE;
        };
        // far from the ends of what a decimal has
        let fits = power >= -20 && power <= 20;
        let is_special = register.scale_register.is_some()
            || register.unit_register.is_some()
            || register.unit.is_none()
            || register.round.is_some()
            || !register.offset.is_zero();
        let kind = match register.encoding {
            Encoding::Unsigned(Width::W16)
            | Encoding::Enum(Width::W16)
            | Encoding::Counter(Width::W16) => Kind::U16,
            Encoding::Signed(Width::W16) => Kind::I16,
            Encoding::Unsigned(Width::W32)
            | Encoding::Enum(Width::W32)
            | Encoding::Counter(Width::W32) => Kind::U32,
            Encoding::Signed(Width::W32) => Kind::I32,
            Encoding::F32 if power == 0 => Kind::F32,
            // a longer integer would follow
            Encoding::F32 if power < 0 => Kind::ScaledF32,
            _ => return Self::NONE,
        };
        let rotation = match register.order {
            Order::ABCD => 0,
            Order::CDAB => 16,
            _ => return Self::NONE,
        };
        let marker = match register.marker {
            None | Some(Marker::Nan) => None,
            Some(Marker::Zeros) => Some(0),
            Some(Marker::Bits(bits)) if bits >> 32 == 0 => Some(low32(bits)),
            Some(_) => return Self::NONE,
        };
        if is_special || !fits {
            return Self::NONE;
        }
        Self {
            marker,
            kind,
            rotation,
            power,
        }
    }

    /// The value of a register of this kind at an address; `None` if there is none, or none that
    /// this way finds.
    #[inline]
    pub(super) fn number(&self, address: u16, block: &Block<'_>) -> Option<Number> {
        let start = usize::from(address.checked_sub(block.address())?).wrapping_mul(2);
        let bytes = block.registers().as_bytes().get(start..)?;
        let short = || Some(u16::from_be_bytes(*bytes.first_chunk()?));
        let long = || {
            let bits = u32::from_be_bytes(*bytes.first_chunk()?);
            Some(bits.rotate_left(self.rotation.into()))
        };
        match self.kind {
            Kind::ScaledF32 => {
                let float = self.float(long()?)?;
                let digits = Decimal::try_from_f32_shortest(float).ok()?;
                if digits.exponent() > 0 {
                    return None;
                }
                self.decimal(float < 0.0, digits.coefficient(), digits.exponent())
            }
            Kind::F32 => self.float(long()?).map(Number::F32),
            Kind::U32 => {
                let bits = self.unmarked(long()?)?;
                self.decimal(false, bits.into(), 0)
            }
            Kind::I32 => {
                let value = i32::from_be_bytes(self.unmarked(long()?)?.to_be_bytes());
                self.decimal(value < 0, value.unsigned_abs().into(), 0)
            }
            Kind::U16 => {
                let bits = self.unmarked(short()?.into())?;
                self.decimal(false, bits.into(), 0)
            }
            Kind::I16 => {
                let bits = short()?;
                self.unmarked(bits.into())?;
                let value = i16::from_be_bytes(bits.to_be_bytes());
                self.decimal(value < 0, value.unsigned_abs().into(), 0)
            }
            Kind::None => None,
        }
    }

    #[inline]
    fn unmarked(&self, bits: u32) -> Option<u32> {
        (self.marker != Some(bits)).then_some(bits)
    }

    #[inline]
    fn float(&self, bits: u32) -> Option<f32> {
        let float = f32::from_bits(self.unmarked(bits)?);
        // 0 for the negative one
        float.is_finite().then_some(float + 0.0)
    }

    #[inline]
    fn decimal(&self, negative: bool, magnitude: u64, exponent: i8) -> Option<Number> {
        let exponent = exponent.checked_add(self.power)?;
        Decimal::from_parts(negative, magnitude, exponent).map(Number::Decimal)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "nothing is above")]
const fn low32(bits: u64) -> u32 {
    bits as u32
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use meter_units::Value;
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
            if let Some((number, _)) = register.usual_number(&block) {
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
            register.usual_number(&block).map(|(number, _)| number)
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
