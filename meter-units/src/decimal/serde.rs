//! Decimals in serde formats.
//!
//! Readable formats hold the lossless text, `"123.45"` or `"267e3"`; binary ones the tuple of
//! coefficient, exponent and whether it is negative.

use core::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Decimal;

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(self.to_lossless_text().as_str())
        } else {
            (self.coefficient, self.exponent, self.is_negative()).serialize(serializer)
        }
    }
}

/// Readable formats may hold text or an integer. A float is refused, since whoever wrote it may
/// have rounded already; [`lenient`] takes it.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        from_readable_or_tuple(deserializer, Exact)
    }
}

/// Decimals from readable formats that may hold floats, as the shortest decimal of the float.
///
/// # Examples
///
/// ```
/// use meter_units::Decimal;
///
/// #[derive(serde::Deserialize)]
/// struct Entry {
///     #[serde(deserialize_with = "meter_units::lenient::deserialize")]
///     factor: Decimal,
/// }
///
/// let entry: Entry = serde_json::from_str(r#"{"factor": 0.001}"#)?;
/// assert_eq!(entry.factor, Decimal::new(1, -3).unwrap());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod lenient {
    use serde::{Deserializer, Serialize, Serializer};

    use super::{Lenient, from_readable_or_tuple};
    use crate::Decimal;

    /// Reads a decimal from text, an integer or a float.
    ///
    /// # Errors
    ///
    /// Those of the format; also for a float that has no decimal, as infinity.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        from_readable_or_tuple(deserializer, Lenient)
    }

    /// Writes a decimal as it is always written, so that `with` can name this module.
    ///
    /// # Errors
    ///
    /// Those of the format.
    pub fn serialize<S: Serializer>(decimal: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
        decimal.serialize(serializer)
    }
}

fn from_readable_or_tuple<'de, D, V>(deserializer: D, visitor: V) -> Result<Decimal, D::Error>
where
    D: Deserializer<'de>,
    V: Visitor<'de, Value = Decimal>,
{
    if deserializer.is_human_readable() {
        return deserializer.deserialize_any(visitor);
    }
    let (coefficient, exponent, negative) = <(u64, i8, bool)>::deserialize(deserializer)?;
    Decimal::from_parts(negative, coefficient, exponent).ok_or_else(|| {
        D::Error::invalid_value(
            Unexpected::Signed(exponent.into()),
            &"an exponent of -40 to 40",
        )
    })
}

struct Exact;

impl Visitor<'_> for Exact {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal as text, or an integer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(value.into())
    }
}

struct Lenient;

impl Visitor<'_> for Lenient {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal as text, or a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Decimal, E> {
        Exact.visit_str(text)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Decimal, E> {
        Exact.visit_u64(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Decimal, E> {
        Exact.visit_i64(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Decimal, E> {
        Decimal::try_from_f64_shortest(value).map_err(E::custom)
    }

    fn visit_f32<E: Error>(self, value: f32) -> Result<Decimal, E> {
        Decimal::try_from_f32_shortest(value).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;
    use serde_test::{Configure, Token, assert_de_tokens_error, assert_tokens};

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal};

    #[derive(Debug, Deserialize, Serialize)]
    struct Entry {
        #[serde(with = "lenient")]
        factor: Decimal,
    }

    #[test]
    fn readable_formats_hold_the_lossless_text() {
        for text in ["123.45", "-0.500", "267e3", "0", "1e-40"] {
            let value = decimal(text);
            let json = serde_json::to_string(&value).unwrap();
            let back: Decimal = serde_json::from_str(&json).unwrap();
            assert!(back.same_repr(&value), "{json}");
        }
        let json = serde_json::to_string(&decimal("123.45")).unwrap();
        assert_eq!(json, "\"123.45\"");
        let json = serde_json::to_string(&decimal("267e3")).unwrap();
        assert_eq!(json, "\"267e3\"");
    }

    #[test]
    fn integers_are_taken_and_floats_are_not() {
        let read = serde_json::from_str::<Decimal>;
        assert_eq!(read("18446744073709551615").unwrap(), u64::MAX.into());
        assert_eq!(read("-7").unwrap(), (-7).into());
        let error = read("0.1").unwrap_err().to_string();
        assert!(
            error.contains("expected a decimal as text, or an integer"),
            "{error}"
        );
        let error = read("\"1,5\"").unwrap_err().to_string();
        assert!(
            error.starts_with("unexpected byte 0x2c at byte 1"),
            "{error}"
        );
    }

    #[test]
    fn lenient_takes_floats_at_their_shortest() {
        let read = |json| serde_json::from_str::<Entry>(json).map(|entry| entry.factor);
        for (json, expected) in [
            (r#"{"factor": 0.001}"#, "0.001"),
            (r#"{"factor": 1e3}"#, "1000"),
            (r#"{"factor": 7}"#, "7"),
            (r#"{"factor": -7}"#, "-7"),
            (r#"{"factor": "1.50"}"#, "1.50"),
        ] {
            assert!(read(json).unwrap().same_repr(&decimal(expected)), "{json}");
        }
        assert!(read(r#"{"factor": 1e300}"#).is_err());
        assert!(read(r#"{"factor": true}"#).is_err());
        let entry = Entry {
            factor: decimal("1.50"),
        };
        assert_eq!(
            serde_json::to_string(&entry).unwrap(),
            r#"{"factor":"1.50"}"#
        );
    }

    fn binary(coefficient: u64, exponent: i8, negative: bool) -> [Token; 5] {
        [
            Token::Tuple { len: 3 },
            Token::U64(coefficient),
            Token::I8(exponent),
            Token::Bool(negative),
            Token::TupleEnd,
        ]
    }

    #[test]
    fn binary_formats_hold_the_parts() {
        assert_tokens(&decimal("-1.50").compact(), &binary(150, -2, true));
        assert_tokens(&decimal("267e3").compact(), &binary(267, 3, false));
    }

    #[test]
    fn binary_exponent_out_of_range_is_refused() {
        assert_de_tokens_error::<serde_test::Compact<Decimal>>(
            &binary(1, 41, false),
            "invalid value: integer `41`, expected an exponent of -40 to 40",
        );
    }

    proptest! {
        #[test]
        fn every_decimal_comes_back_identical(x in any_decimal()) {
            let json = serde_json::to_string(&x).unwrap();
            prop_assert!(serde_json::from_str::<Decimal>(&json).unwrap().same_repr(&x));
        }
    }
}
