//! Limits of charging.

use core::fmt;

use meter_units::{Decimal, ParseDecimalError};

use crate::error::Rule;
use crate::json::{Reader, Stop, Writer};
use crate::value::{Own, Value};

/// A limit or rate in amperes or watts: a decimal with at most one digit after the point.
///
/// `16` and `16.0` are equal and are written as they were sent: some stations take only one of
/// the two forms.
///
/// ```
/// use ocpp_types::types::Limit;
///
/// let limit = Limit::from_tenths(81);
/// assert_eq!(limit.to_string(), "8.1");
/// assert_eq!("8.1".parse(), Ok(limit));
/// assert!("8.15".parse::<Limit>().is_err());
/// assert_eq!(Limit::from_whole(16), Limit::from_tenths(160));
/// assert_eq!(Limit::from_whole(16).to_string(), "16");
/// assert_eq!(Limit::from_tenths(160).to_string(), "16.0");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Limit(Decimal);

/// A number is no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LimitError {
    /// It has more than one digit after the point.
    #[error("not a multiple of 0.1")]
    Precision,
    /// It is no number.
    #[error(transparent)]
    Number(ParseDecimalError),
}

impl Limit {
    /// No current, no power: charging pauses.
    pub const ZERO: Self = Self::from_whole(0);

    /// A limit of so many amperes or watts, written without a point.
    #[must_use]
    pub const fn from_whole(number: i32) -> Self {
        match Decimal::new(number as i64, 0) {
            Some(decimal) => Self(decimal),
            None => Self(Decimal::ZERO),
        }
    }

    /// A limit of so many tenths of an ampere or watt, written with one digit after the point.
    #[must_use]
    pub const fn from_tenths(number: i64) -> Self {
        match Decimal::new(number, -1) {
            Some(decimal) => Self(decimal),
            None => Self(Decimal::ZERO),
        }
    }

    /// A limit as it is, if it is a multiple of 0.1.
    #[must_use]
    pub fn new(decimal: Decimal) -> Option<Self> {
        is_tenths(decimal).then_some(Self(decimal))
    }

    /// Any number, for those who test what the other side does with it.
    #[must_use]
    pub const fn unchecked(decimal: Decimal) -> Self {
        Self(decimal)
    }

    /// The number with the digits that were sent.
    #[must_use]
    pub const fn decimal(self) -> Decimal {
        self.0
    }

    /// The number of tenths; `None` beyond 64 bits, and for what is no multiple of 0.1.
    #[must_use]
    pub fn tenths(self) -> Option<i64> {
        let decimal = self.0.normalized();
        let zeros = u32::try_from(decimal.exponent().checked_add(1)?).ok()?;
        let magnitude = decimal
            .coefficient()
            .checked_mul(10_u64.checked_pow(zeros)?)?;
        let magnitude = i64::try_from(magnitude).ok()?;
        Some(if decimal.is_negative() {
            magnitude.wrapping_neg()
        } else {
            magnitude
        })
    }
}

#[inline]
fn is_tenths(decimal: Decimal) -> bool {
    decimal.exponent() >= -1 || decimal.normalized().exponent() >= -1
}

impl<'a> Value<'a> for Limit {
    fn read(reader: &mut Reader<'a>) -> Result<Self, Stop> {
        let at = reader.at();
        if reader.peek() == b'"' {
            return reader.limit_from_text();
        }
        let text = reader.number()?;
        match Decimal::from_ascii(text.as_bytes()) {
            Ok(decimal) if is_tenths(decimal) => Ok(Self(decimal)),
            _ => reader.bent_limit(text, at).map(Self),
        }
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        writer.demand(is_tenths(self.0), Rule::MultipleOf)?;
        writer.raw(self.0.to_text().as_str());
        Ok(())
    }
}

impl Own for Limit {
    type Owned = Self;

    fn own(self) -> Self {
        self
    }
}

impl core::str::FromStr for Limit {
    type Err = LimitError;

    fn from_str(text: &str) -> Result<Self, LimitError> {
        let decimal = text.parse().map_err(LimitError::Number)?;
        Self::new(decimal).ok_or(LimitError::Precision)
    }
}

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Limit {
    /// A number; with a point where it was sent with one.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = if self.0.exponent() >= 0 {
            self.tenths().map(|tenths| tenths / 10)
        } else {
            None
        };
        match whole {
            Some(number) => serializer.serialize_i64(number),
            None => serializer.serialize_f64(self.0.to_f64()),
        }
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Limit {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Number)
    }
}

#[cfg(feature = "serde")]
struct Number;

#[cfg(feature = "serde")]
impl serde::de::Visitor<'_> for Number {
    type Value = Limit;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a multiple of 0.1")
    }

    fn visit_i64<E: serde::de::Error>(self, number: i64) -> Result<Limit, E> {
        Decimal::new(number, 0)
            .map(Limit)
            .ok_or_else(|| E::custom(Rule::Range))
    }

    fn visit_u64<E: serde::de::Error>(self, number: u64) -> Result<Limit, E> {
        Decimal::from_parts(false, number, 0)
            .map(Limit)
            .ok_or_else(|| E::custom(Rule::Range))
    }

    fn visit_f64<E: serde::de::Error>(self, number: f64) -> Result<Limit, E> {
        let decimal = Decimal::try_from_f64_shortest(number).map_err(E::custom)?;
        // a float was sent with a point, which 16.0 is to keep
        let decimal = match decimal.rescale(1, meter_units::Rounding::HalfEven) {
            Ok(tenths) if tenths == decimal => tenths,
            _ => return Err(E::custom(Rule::MultipleOf)),
        };
        Ok(Limit(decimal))
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn limits_have_one_digit_after_the_point() {
        for (text, tenths) in [
            ("0.1", Some(1)),
            ("8.1", Some(81)),
            ("16", Some(160)),
            ("16.000", Some(160)),
            ("1.6e1", Some(160)),
            ("-1.0", Some(-10)),
            ("1e2", Some(1000)),
            ("8.15", None),
            ("0.05", None),
            ("10.0000001", None),
        ] {
            let limit = text.parse::<Limit>().ok();
            assert_eq!(limit.and_then(Limit::tenths), tenths, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tenths_come_back(tenths: i64) {
            let limit = Limit::from_tenths(tenths);
            prop_assert_eq!(limit.tenths(), Some(tenths));
            prop_assert_eq!(limit.to_string().parse(), Ok(limit));
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn limits_are_numbers() {
        for text in ["16", "16.0", "8.1", "-1.0", "0"] {
            let limit: Limit = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&limit).unwrap(), text);
        }
        assert!(serde_json::from_str::<Limit>("8.15").is_err());
        assert!(serde_json::from_str::<Limit>("\"8.1\"").is_err());
    }
}
