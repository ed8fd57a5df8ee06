//! A number as the meter sent it.

use core::fmt;

use crate::Decimal;

/// An exact decimal, or the float that the meter sent.
///
/// A float register is not a decimal: its value has no last digit. So it is kept as it came, and
/// [`to_decimal`](Self::to_decimal) is a decision of the caller.
///
/// Equality is that of the parts: decimals are compared as numbers, floats as IEEE 754 does (NaN
/// differs from itself), and a decimal never equals a float.
///
/// With the feature `serde`, decimals are text and floats are numbers in readable formats, except
/// NaN and the infinities, which are the texts `NaN`, `inf` and `-inf`. Such a format does not
/// tell the widths of floats apart: every float is read back as [`F64`](Self::F64), an integer as
/// a decimal. Binary formats keep the variant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An exact decimal.
    Decimal(Decimal),
    /// A float of 32 bits.
    F32(f32),
    /// A float of 64 bits.
    F64(f64),
}

impl Number {
    /// The value as `f64`: the nearest one to a decimal, a float as it is.
    ///
    /// An `f32` is widened without change, so 0.1 of 32 bits becomes 0.10000000149011612. For
    /// the `f64` next to its shortest text go through [`to_decimal`](Self::to_decimal).
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        match self {
            Self::Decimal(decimal) => decimal.to_f64(),
            Self::F32(value) => (*value).into(),
            Self::F64(value) => *value,
        }
    }

    /// The value as `f32`: the nearest one, ties to even.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the cast rounds to nearest"
    )]
    pub fn to_f32(&self) -> f32 {
        match self {
            Self::Decimal(decimal) => decimal.to_f32(),
            Self::F32(value) => *value,
            Self::F64(value) => *value as f32,
        }
    }

    /// The value as a decimal: for a float, the shortest one that reads back as that float.
    ///
    /// `None` for NaN, the infinities, and floats outside the range of a decimal.
    #[must_use]
    pub fn to_decimal(&self) -> Option<Decimal> {
        match self {
            Self::Decimal(decimal) => Some(*decimal),
            Self::F32(value) => Decimal::try_from_f32_shortest(*value).ok(),
            Self::F64(value) => Decimal::try_from_f64_shortest(*value).ok(),
        }
    }
}

/// Never with an exponent: a decimal as [`Decimal`] writes it, a float as the shortest text of
/// its own width that reads back as the same float; `NaN`, `inf`, `-inf`.
///
/// Flags and precision reach the part. A huge or tiny float can take some 300 characters.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(decimal) => fmt::Display::fmt(decimal, f),
            Self::F32(value) => fmt::Display::fmt(value, f),
            Self::F64(value) => fmt::Display::fmt(value, f),
        }
    }
}

/// A decimal, or an integer of up to 64 bits.
impl<T> From<T> for Number
where
    Decimal: From<T>,
{
    fn from(value: T) -> Self {
        Self::Decimal(value.into())
    }
}

impl From<f32> for Number {
    fn from(value: f32) -> Self {
        Self::F32(value)
    }
}

impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self::F64(value)
    }
}

#[cfg(feature = "serde")]
mod serde {
    use core::fmt;

    use serde::de::{Error, Visitor};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Number;
    use crate::Decimal;

    impl Serialize for Number {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            if !serializer.is_human_readable() {
                return Tagged::from(*self).serialize(serializer);
            }
            match self {
                Self::Decimal(decimal) => decimal.serialize(serializer),
                Self::F32(value) if value.is_finite() => serializer.serialize_f32(*value),
                Self::F64(value) if value.is_finite() => serializer.serialize_f64(*value),
                Self::F32(_) | Self::F64(_) => serializer.collect_str(self),
            }
        }
    }

    impl<'de> Deserialize<'de> for Number {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            if deserializer.is_human_readable() {
                deserializer.deserialize_any(Readable)
            } else {
                Tagged::deserialize(deserializer).map(Self::from)
            }
        }
    }

    /// The binary form.
    #[derive(Serialize, Deserialize)]
    #[serde(rename = "Number")]
    enum Tagged {
        Decimal(Decimal),
        F32(f32),
        F64(f64),
    }

    impl From<Number> for Tagged {
        fn from(number: Number) -> Self {
            match number {
                Number::Decimal(decimal) => Self::Decimal(decimal),
                Number::F32(value) => Self::F32(value),
                Number::F64(value) => Self::F64(value),
            }
        }
    }

    impl From<Tagged> for Number {
        fn from(tagged: Tagged) -> Self {
            match tagged {
                Tagged::Decimal(decimal) => Self::Decimal(decimal),
                Tagged::F32(value) => Self::F32(value),
                Tagged::F64(value) => Self::F64(value),
            }
        }
    }

    struct Readable;

    impl Visitor<'_> for Readable {
        type Value = Number;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a decimal as text, or a number")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
            match text {
                "NaN" => Ok(Number::F64(f64::NAN)),
                "inf" => Ok(Number::F64(f64::INFINITY)),
                "-inf" => Ok(Number::F64(f64::NEG_INFINITY)),
                decimal => decimal.parse().map(Number::Decimal).map_err(E::custom),
            }
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<Number, E> {
            Ok(value.into())
        }

        fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
            Ok(value.into())
        }

        fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
            Ok(value.into())
        }
    }

    #[cfg(test)]
    mod tests {
        extern crate alloc;

        use alloc::string::String;

        use serde_test::{Configure, Token, assert_tokens};

        use super::*;

        fn json(number: impl Into<Number>) -> String {
            serde_json::to_string(&number.into()).unwrap()
        }

        #[test]
        fn readable_formats_hold_text_or_a_float() {
            assert_eq!(json(Decimal::new(150, -2).unwrap()), "\"1.50\"");
            assert_eq!(json(0.1_f32), "0.1");
            assert_eq!(json(0.1_f64), "0.1");
            assert_eq!(json(f32::NAN), "\"NaN\"");
            assert_eq!(json(f64::NEG_INFINITY), "\"-inf\"");
        }

        #[test]
        fn readable_numbers_become_decimal_or_float() {
            let read = |json| serde_json::from_str::<Number>(json).unwrap();
            assert_eq!(read("\"1.50\""), Decimal::new(150, -2).unwrap().into());
            assert_eq!(read("18446744073709551615"), u64::MAX.into());
            assert_eq!(read("-7"), (-7).into());
            assert_eq!(read("0.5"), Number::F64(0.5));
            assert_eq!(read("\"inf\""), Number::F64(f64::INFINITY));
            assert!(matches!(read("\"NaN\""), Number::F64(value) if value.is_nan()));
            assert!(serde_json::from_str::<Number>("\"infinity\"").is_err());
        }

        #[test]
        fn binary_formats_hold_the_variant() {
            let variant = |variant| Token::NewtypeVariant {
                name: "Number",
                variant,
            };
            assert_tokens(
                &Number::F32(0.1).compact(),
                &[variant("F32"), Token::F32(0.1)],
            );
            assert_tokens(
                &Number::F64(0.1).compact(),
                &[variant("F64"), Token::F64(0.1)],
            );
            assert_tokens(
                &Number::from(-7).compact(),
                &[
                    variant("Decimal"),
                    Token::Tuple { len: 3 },
                    Token::U64(7),
                    Token::I8(0),
                    Token::Bool(true),
                    Token::TupleEnd,
                ],
            );
        }
    }
}

// The size is part of the promise to callers that keep many of them.
const _: () = assert!(size_of::<Number>() <= 16 && size_of::<Option<Number>>() <= 16);

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::format;
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn floats_print_the_shortest_text_of_their_width() {
        assert_eq!(Number::F32(0.1).to_string(), "0.1");
        assert_eq!(
            Number::F64(0.1_f32.into()).to_string(),
            "0.10000000149011612"
        );
        assert_eq!(Number::F32(1e10).to_string(), "10000000000");
        assert_eq!(Number::F64(1e-7).to_string(), "0.0000001");
        assert_eq!(Number::F64(f64::NAN).to_string(), "NaN");
        assert_eq!(Number::F32(f32::NEG_INFINITY).to_string(), "-inf");
        assert!(!Number::F64(f64::MAX).to_string().contains('e'));
    }

    #[test]
    fn flags_reach_the_part() {
        let decimal = Number::from(Decimal::new(125, -2).unwrap());
        for number in [decimal, Number::F32(1.25), Number::F64(1.25)] {
            assert_eq!(format!("{number:+08.1}"), "+00001.2");
        }
    }

    #[test]
    fn integers_and_decimals_convert() {
        assert_eq!(Number::from(7_u8), Number::Decimal(7.into()));
        assert_eq!(Number::from(i64::MIN), Number::Decimal(i64::MIN.into()));
        assert_eq!(Number::from(Decimal::ONE), Number::from(1));
        assert_eq!(Number::from(1.5_f32), Number::F32(1.5));
        assert_eq!(Number::from(1.5), Number::F64(1.5));
    }

    #[test]
    fn a_decimal_is_no_float() {
        assert_ne!(Number::from(1), Number::F64(1.0));
        assert_ne!(Number::F32(1.0), Number::F64(1.0));
        assert_ne!(Number::F32(f32::NAN), Number::F32(f32::NAN));
        assert_eq!(
            Number::from(1),
            Number::from(Decimal::new(100, -2).unwrap())
        );
    }

    #[test]
    fn conversions_round_as_they_say() {
        let tenth = Number::F32(0.1);
        assert_eq!(tenth.to_f64().to_bits(), 0x3FB9_9999_A000_0000);
        assert_eq!(tenth.to_decimal(), Decimal::new(1, -1));
        assert_eq!(Number::F64(0.1).to_f32().to_bits(), 0x3DCC_CCCD);
        let tie = Decimal::new(1_677_721_700_000_000_001, -11).unwrap();
        assert_eq!(Number::from(tie).to_f32().to_bits(), 0x4B80_0001);
        assert_eq!(Number::F64(f64::NAN).to_decimal(), None);
        assert_eq!(Number::F64(1e300).to_decimal(), None);
    }
}
