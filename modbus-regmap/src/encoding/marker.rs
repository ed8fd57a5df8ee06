//! What a device sends where it has no value.

use core::fmt;
use core::str::FromStr;

use meter_units::Decimal;

use super::Encoding;

/// The raw value that says that there is none, compared after word and byte order and before
/// scaling.
///
/// It belongs to a register, not to its type. NaN says so for every float without a marker.
///
/// As text: `0x8000`, `NaN`, `0x00...` for a text of NUL only, or a number as the register holds
/// it, such as `-9999` or `3.4e38`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Marker {
    /// The bits of the value, its most significant one first, such as `0x8000`.
    Bits(u64),
    /// Every NaN; what floats have anyway.
    Nan,
    /// All registers are 0, however many there are.
    Zeros,
    /// The integer that the register holds, as an integer or as a float, before scaling.
    Integer(i64),
    /// The float that the register holds, before scaling.
    ///
    /// As text it is an integer where it is one.
    Float(f64),
}

/// A text that is no marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not a marker such as `0x8000`, `NaN` or `-9999`")]
pub struct ParseMarkerError;

impl Marker {
    /// Whether a raw value of `encoding` is the marker.
    #[inline]
    pub(crate) fn matches(self, raw: u64, encoding: Encoding) -> bool {
        match self {
            Self::Bits(bits) => raw == bits,
            Self::Nan => false,
            Self::Zeros => raw == 0,
            Self::Integer(_) | Self::Float(_) => self.bits(encoding) == Some(raw),
        }
    }

    /// The bits that stand for the marker in a value of `encoding`; `None` if it cannot hold it,
    /// and for NaN, which has many.
    #[must_use]
    pub fn bits(self, encoding: Encoding) -> Option<u64> {
        match self {
            Self::Bits(bits) => Some(bits),
            Self::Nan => None,
            Self::Zeros => Some(0),
            Self::Integer(number) => encoding
                .raw_of_integer(number.is_negative(), number.unsigned_abs())
                .or_else(|| encoding.raw_of_float(Decimal::from(number).to_f64())),
            Self::Float(number) => encoding.raw_of_float(number),
        }
    }
}

/// As `FromStr` reads it.
impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bits(bits) => write!(f, "{bits:#x}"),
            Self::Nan => f.write_str("NaN"),
            Self::Zeros => f.write_str("0x00..."),
            Self::Integer(number) => write!(f, "{number}"),
            // core's own text of a float can panic
            Self::Float(number) => match Decimal::try_from_f64_shortest(*number) {
                Ok(decimal) => decimal.fmt(f),
                Err(_) => f.write_str("NaN"),
            },
        }
    }
}

impl FromStr for Marker {
    type Err = ParseMarkerError;

    fn from_str(text: &str) -> Result<Self, ParseMarkerError> {
        if text.eq_ignore_ascii_case("nan") {
            return Ok(Self::Nan);
        }
        if let Some(digits) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
            if digits == "00..." {
                return Ok(Self::Zeros);
            }
            // a sign would be read as well
            return digits
                .bytes()
                .all(|digit| digit.is_ascii_hexdigit())
                .then_some(digits)
                .and_then(|digits| u64::from_str_radix(digits, 16).ok())
                .map(Self::Bits)
                .ok_or(ParseMarkerError);
        }
        let decimal: Decimal = text.parse().map_err(|_| ParseMarkerError)?;
        if let Ok(number) = i64::try_from(decimal) {
            return Ok(Self::Integer(number));
        }
        let float = decimal.to_f64();
        // digits that no float has may have been the fraction
        let nearest = Decimal::try_from_f64_shortest(float).unwrap_or(decimal);
        Ok(i64::try_from(nearest).map_or(Self::Float(float), Self::Integer))
    }
}

meter_units::__serde_as_text!(Marker, "a marker such as `0x8000`, `NaN` or `-9999`");

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn texts_of_maps_are_read_and_written() {
        for (text, marker) in [
            ("0x8000", Marker::Bits(0x8000)),
            ("0xffffffffffffffff", Marker::Bits(u64::MAX)),
            ("NaN", Marker::Nan),
            ("0x00...", Marker::Zeros),
            ("-9999", Marker::Integer(-9999)),
            ("0.5", Marker::Float(0.5)),
        ] {
            assert_eq!(text.parse(), Ok(marker), "{text}");
            assert_eq!(marker.to_string(), text);
        }
        assert_eq!("3.4e38".parse(), Ok(Marker::Float(3.4e38)));
        assert_eq!("-9999.0".parse(), Ok(Marker::Integer(-9999)));
        assert_eq!(
            "160000000000000.01".parse(),
            Ok(Marker::Integer(160_000_000_000_000))
        );
        for text in ["", "0x", "0x+1", "0x1FFFFFFFFFFFFFFFF", "none", "0x00.."] {
            assert_eq!(text.parse::<Marker>(), Err(ParseMarkerError), "{text}");
        }
    }

    #[test]
    fn numbers_are_markers_in_the_form_of_their_register() {
        assert_eq!(Marker::Integer(-9999).bits(Encoding::I16), Some(0xD8F1));
        assert_eq!(Marker::Integer(-9999).bits(Encoding::U16), None);
        assert_eq!(
            Marker::Integer(-9999).bits(Encoding::F32),
            Some(0xC61C_3C00)
        );
        assert_eq!(
            Marker::Float(3.4e38).bits(Encoding::F32),
            Some(u64::from(3.4e38_f32.to_bits()))
        );
    }
}
