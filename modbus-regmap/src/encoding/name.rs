//! Encodings as text.

use core::fmt;
use core::str::FromStr;

use super::{BcdSign, Charset, Encoding, Field, Signedness, Width};
use crate::text::{Parts, split_once};

/// Why a text names no encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseEncodingError {
    /// There is no encoding of that name.
    #[error("no such type of register")]
    Unknown,
    /// The name does not say how many registers there are, and nothing else does.
    #[error("the number of registers is missing")]
    Count,
    /// There is no such bit, or no value of this type with so many registers.
    #[error("the number of registers or bits does not fit the type")]
    Size,
}

/// Names that mean one encoding each.
const NAMES: [(&str, Encoding); 57] = {
    use Encoding::{
        Bcd, BcdYmdHms, BinaryTime, Counter, Enum, Eui64, F16, F32, F64, Flags, I8Hi, I8Lo, Ipv4,
        Ipv6, Manufacturer, PowerFactor, ScaleFactor, SignMagnitude, Signed, U8Hi, U8Lo, Unix,
        Unsigned, YmdHms, YmdHmsMs,
    };
    use Width::{W16, W32, W48, W64};
    [
        ("u16", Unsigned(W16)),
        ("u32", Unsigned(W32)),
        ("u48", Unsigned(W48)),
        ("u64", Unsigned(W64)),
        ("i16", Signed(W16)),
        ("i32", Signed(W32)),
        ("i48", Signed(W48)),
        ("i64", Signed(W64)),
        ("u8hi", U8Hi),
        ("u8lo", U8Lo),
        ("i8hi", I8Hi),
        ("i8lo", I8Lo),
        ("f16", F16),
        ("f32", F32),
        ("f64", F64),
        ("pf4q", PowerFactor),
        ("sm16", SignMagnitude(W16)),
        ("sm32", SignMagnitude(W32)),
        ("sm48", SignMagnitude(W48)),
        ("sm64", SignMagnitude(W64)),
        ("bcd16", Bcd(W16, BcdSign::None)),
        ("bcd32", Bcd(W32, BcdSign::None)),
        ("bcd48", Bcd(W48, BcdSign::None)),
        ("bcd64", Bcd(W64, BcdSign::None)),
        ("bcd16-f", Bcd(W16, BcdSign::TopDigit)),
        ("bcd32-f", Bcd(W32, BcdSign::TopDigit)),
        ("bcd48-f", Bcd(W48, BcdSign::TopDigit)),
        ("bcd64-f", Bcd(W64, BcdSign::TopDigit)),
        ("bcd16-msb", Bcd(W16, BcdSign::TopBit)),
        ("bcd32-msb", Bcd(W32, BcdSign::TopBit)),
        ("bcd48-msb", Bcd(W48, BcdSign::TopBit)),
        ("bcd64-msb", Bcd(W64, BcdSign::TopBit)),
        ("enum16", Enum(W16)),
        ("enum32", Enum(W32)),
        ("bitfield16", Flags(W16)),
        ("bitfield32", Flags(W32)),
        ("bitfield64", Flags(W64)),
        ("acc16", Counter(W16)),
        ("acc32", Counter(W32)),
        ("acc64", Counter(W64)),
        ("sunssf", ScaleFactor),
        ("unix32", Unix(W32)),
        ("unix64", Unix(W64)),
        ("schneider_datetime", BinaryTime),
        ("ymdhms16", YmdHms),
        ("ymdhmsms16", YmdHmsMs),
        ("bcd_ymdhms", BcdYmdHms),
        ("ipv4", Ipv4),
        ("eui64", Eui64),
        ("ipv6", Ipv6),
        ("flag3", Manufacturer),
        ("enum48", Enum(W48)),
        ("enum64", Enum(W64)),
        ("bitfield48", Flags(W48)),
        ("acc48", Counter(W48)),
        ("unix16", Unix(W16)),
        ("unix48", Unix(W48)),
    ]
};

impl Encoding {
    /// The encoding of a name and the number of registers that the value takes.
    ///
    /// Names that say their size are read without `count`; `bit`, `field`, `str` and the others
    /// that have parameters take them after colons, see [`FromStr`](#impl-FromStr-for-Encoding).
    ///
    /// # Errors
    ///
    /// [`ParseEncodingError`] if there is no such name, or if the number does not fit it.
    pub fn from_name(name: &str, count: Option<u16>) -> Result<Self, ParseEncodingError> {
        let encoding = match sized(name, count) {
            Some(encoding) => encoding?,
            None => parametrized(name)?,
        };
        if count.is_some_and(|count| count != encoding.registers()) {
            return Err(ParseEncodingError::Size);
        }
        Ok(encoding)
    }

    /// The name without the number of registers: `str`, `m10k`; `None` for fields of bits, whose
    /// parameters it would lose.
    #[must_use]
    pub fn type_name(self) -> Option<&'static str> {
        Some(match self {
            Self::Pad { .. } => "pad",
            Self::Text {
                charset: Charset::Utf8,
                ..
            } => "str",
            Self::Text {
                charset: Charset::Latin1,
                ..
            } => "str-latin1",
            Self::WideText { .. } => "wstr",
            Self::Mod10000(_, Signedness::Unsigned) => "m10k",
            Self::Mod10000(_, Signedness::Signed) => "m10k-signed",
            Self::Field(_) => return None,
            named => {
                return NAMES
                    .iter()
                    .find(|(_, encoding)| *encoding == named)
                    .map(|(name, _)| *name);
            }
        })
    }
}

/// Names without parameters; the size comes with the name or from elsewhere.
fn sized(name: &str, count: Option<u16>) -> Option<Result<Encoding, ParseEncodingError>> {
    if let Some((_, encoding)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(Ok(*encoding));
    }
    let width = || {
        let count = count.ok_or(ParseEncodingError::Count)?;
        Width::from_registers(count).ok_or(ParseEncodingError::Size)
    };
    let registers = || match count {
        Some(0) => Err(ParseEncodingError::Size),
        Some(count) => Ok(count),
        None => Err(ParseEncodingError::Count),
    };
    Some(match name {
        "m10k" => width().map(|width| Encoding::Mod10000(width, Signedness::Unsigned)),
        "m10k-signed" => width().map(|width| Encoding::Mod10000(width, Signedness::Signed)),
        "str" => registers().map(Encoding::text),
        "str-latin1" => registers().map(|registers| Encoding::Text {
            registers,
            charset: Charset::Latin1,
        }),
        "wstr" => registers().map(|registers| Encoding::WideText { registers }),
        "pad" => match count {
            None => Ok(Encoding::Pad { registers: 1 }),
            Some(_) => registers().map(|registers| Encoding::Pad { registers }),
        },
        _ => return None,
    })
}

/// `str:8`, `bit:3`, `field:4:8`, `field:4:8:signed`, `field:20:8:unsigned:2`.
fn parametrized(name: &str) -> Result<Encoding, ParseEncodingError> {
    let (name, parameters) = split_once(name, ":").ok_or(match name {
        "bit" | "field" => ParseEncodingError::Count,
        _ => ParseEncodingError::Unknown,
    })?;
    let number = |text: &str| text.parse::<u16>().map_err(|_| ParseEncodingError::Size);
    let byte = |text: &str| text.parse::<u8>().map_err(|_| ParseEncodingError::Size);
    let mut parameters = Parts::of(parameters, ":");
    let first = parameters.next().unwrap_or_default();
    let encoding = match name {
        "bit" => Encoding::bit(byte(first)?, super::BitNumbering::Lsb0),
        "field" => {
            let bits = byte(parameters.next().ok_or(ParseEncodingError::Count)?)?;
            let sign = match parameters.next() {
                None | Some("unsigned") => Signedness::Unsigned,
                Some("signed") => Signedness::Signed,
                Some(_) => return Err(ParseEncodingError::Unknown),
            };
            let width = match parameters.next() {
                None => Some(Width::W16),
                Some(registers) => Width::from_registers(number(registers)?),
            };
            width
                .and_then(|width| Field::new(byte(first).ok()?, bits, sign, width))
                .map(Encoding::Field)
        }
        // a size of its own would be said twice
        _ if NAMES.iter().any(|(known, _)| *known == name) => None,
        _ => {
            return match (sized(name, Some(number(first)?)), parameters.next()) {
                (Some(encoding), None) => encoding.and_then(|encoding| {
                    let is_sized = !matches!(
                        encoding,
                        Encoding::Pad { .. }
                            | Encoding::Text { .. }
                            | Encoding::WideText { .. }
                            | Encoding::Mod10000(..)
                    );
                    if is_sized {
                        Err(ParseEncodingError::Size)
                    } else {
                        Ok(encoding)
                    }
                }),
                (Some(_), Some(_)) => Err(ParseEncodingError::Size),
                (None, _) => Err(ParseEncodingError::Unknown),
            };
        }
    };
    match (encoding, parameters.next()) {
        (Some(encoding), None) => Ok(encoding),
        _ => Err(ParseEncodingError::Size),
    }
}

/// The name, with the number of registers or the bits after colons where it has parameters.
impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self, self.type_name()) {
            (Self::Field(field), _) if field.is_bit() && field.width() == Width::W16 => {
                write!(f, "bit:{}", field.low())
            }
            (Self::Field(field), _) => {
                let sign = match field.sign() {
                    Signedness::Unsigned => "unsigned",
                    Signedness::Signed => "signed",
                };
                let (low, bits) = (field.low(), field.bits());
                write!(f, "field:{low}:{bits}:{sign}:{}", field.width().registers())
            }
            (
                Self::Pad { .. } | Self::Text { .. } | Self::WideText { .. } | Self::Mod10000(..),
                Some(name),
            ) => write!(f, "{name}:{}", self.registers()),
            (_, name) => f.pad(name.unwrap_or_default()),
        }
    }
}

/// Reads what `Display` writes: `u16`, `str:8`, `m10k:2`, `bit:3`, and `field:LOW:BITS`, after
/// which `signed` or `unsigned` and the number of registers may follow.
impl FromStr for Encoding {
    type Err = ParseEncodingError;

    fn from_str(text: &str) -> Result<Self, ParseEncodingError> {
        Self::from_name(text, None)
    }
}

meter_units::__serde_as_text!(Encoding, "a type of register such as `u16` or `str:8`");

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_of_maps_give_their_encoding() {
        for (name, count, encoding) in [
            ("u16", Some(1), Encoding::U16),
            ("f32", None, Encoding::F32),
            ("str", Some(16), Encoding::text(16)),
            ("str:16", None, Encoding::text(16)),
            ("pad", Some(1), Encoding::Pad { registers: 1 }),
            (
                "m10k",
                Some(3),
                Encoding::Mod10000(Width::W48, Signedness::Unsigned),
            ),
            ("flag3", None, Encoding::Manufacturer),
            ("schneider_datetime", Some(4), Encoding::BinaryTime),
        ] {
            assert_eq!(Encoding::from_name(name, count), Ok(encoding), "{name}");
        }
    }

    #[test]
    fn sizes_that_contradict_the_name_are_refused() {
        for (name, count, error) in [
            ("u17", None, ParseEncodingError::Unknown),
            ("", None, ParseEncodingError::Unknown),
            ("u16", Some(2), ParseEncodingError::Size),
            ("str", None, ParseEncodingError::Count),
            ("str", Some(0), ParseEncodingError::Size),
            ("str:8", Some(4), ParseEncodingError::Size),
            ("str:8:1", None, ParseEncodingError::Size),
            ("m10k", Some(5), ParseEncodingError::Size),
            ("u16:1", None, ParseEncodingError::Size),
            ("flag3:1", None, ParseEncodingError::Size),
            ("bit", None, ParseEncodingError::Count),
            ("bit:16", None, ParseEncodingError::Size),
            ("bit:1:1", None, ParseEncodingError::Size),
            ("field:4", None, ParseEncodingError::Count),
            ("field:15:2", None, ParseEncodingError::Size),
            ("field:0:1:odd", None, ParseEncodingError::Unknown),
        ] {
            assert_eq!(Encoding::from_name(name, count), Err(error), "{name}");
        }
    }

    #[test]
    fn every_name_of_the_table_is_its_encodings() {
        for (name, encoding) in NAMES {
            assert_eq!(name.parse(), Ok(encoding));
            assert_eq!(encoding.to_string(), name);
            assert_eq!(encoding.type_name(), Some(name));
        }
    }

    proptest! {
        #[test]
        fn parameters_survive(low: u8, bits: u8, signed: bool, registers in 1_u16..=4) {
            let sign = if signed { Signedness::Signed } else { Signedness::Unsigned };
            let width = Width::from_registers(registers).unwrap();
            let field = Field::new(low % 64, bits % 65, sign, width).map(Encoding::Field);
            for encoding in field.into_iter().chain([
                Encoding::text(registers),
                Encoding::WideText { registers },
                Encoding::Mod10000(width, sign),
                Encoding::Enum(width),
                Encoding::Flags(width),
                Encoding::Counter(width),
                Encoding::Unix(width),
                Encoding::Ipv6,
                Encoding::Manufacturer,
                Encoding::Pad { registers },
            ]) {
                prop_assert_eq!(encoding.to_string().parse(), Ok(encoding), "{}", encoding);
            }
        }
    }
}
