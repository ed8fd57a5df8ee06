//! The keys of a point before they are seen together.

use core::time::Duration;

use meter_units::{Decimal, Number};

use super::{PointError, PointName, Reg, ShortName};
use crate::Table;
use crate::encoding::{Encoding, ParseScaleError, Scale};

/// A value as it is written: in the text form all are texts.
#[derive(Clone, Copy)]
pub(super) enum Word<'a> {
    Text(&'a str),
    #[cfg_attr(
        not(feature = "serde"),
        expect(dead_code, reason = "only JSON has them")
    )]
    Integer(i64),
    #[cfg_attr(
        not(feature = "serde"),
        expect(dead_code, reason = "only JSON has them")
    )]
    Float(f64),
    #[cfg_attr(
        not(feature = "serde"),
        expect(dead_code, reason = "only JSON has them")
    )]
    Bool(bool),
}

/// A type whose size another key may say.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// It says its size.
    Sized(Encoding),
    /// A text.
    Text,
    /// Groups of four digits.
    Mod10000,
    /// The same, each with a sign.
    Mod10000Signed,
}

impl Kind {
    fn read(text: &str) -> Result<Self, PointError> {
        Ok(match text {
            "str" => Self::Text,
            "m10k" => Self::Mod10000,
            "m10k-signed" => Self::Mod10000Signed,
            text => Self::Sized(text.parse().map_err(PointError::Type)?),
        })
    }

    pub(super) fn encoding(self, size: Option<u16>) -> Result<Encoding, PointError> {
        let name = match self {
            Self::Sized(encoding) => {
                let fits = size.is_none_or(|size| size == encoding.registers());
                let wrong = crate::encoding::ParseEncodingError::Size;
                return if fits {
                    Ok(encoding)
                } else {
                    Err(PointError::Type(wrong))
                };
            }
            Self::Text => "str",
            Self::Mod10000 => "m10k",
            Self::Mod10000Signed => "m10k-signed",
        };
        Encoding::from_name(name, size).map_err(PointError::Type)
    }
}

#[derive(Clone, Copy, Default)]
pub(super) struct Fields {
    pub(super) reg: Option<Reg>,
    pub(super) unit: Option<PointName>,
    pub(super) kind: Option<Kind>,
    pub(super) size: Option<u16>,
    pub(super) factor: Option<Scale>,
    pub(super) pause: Option<Duration>,
    pub(super) function: Option<Table>,
    pub(super) round: Option<i8>,
    pub(super) swap: Option<bool>,
}

impl Fields {
    pub(super) fn set(&mut self, key: &str, word: Word<'_>) -> Result<(), PointError> {
        match key {
            "reg" => put("reg", &mut self.reg, reg(word)?),
            "unit" => put("unit", &mut self.unit, name(word)?),
            "type" => put("type", &mut self.kind, Kind::read(word.text("type")?)?),
            "size" => put("size", &mut self.size, size(word)?),
            "factor" => put("factor", &mut self.factor, factor(word)?),
            "pause" => put("pause", &mut self.pause, pause(word)?),
            "function_code" => put("function_code", &mut self.function, function(word)?),
            "round" => put("round", &mut self.round, word.integer("round")?),
            "swap_words" => put("swap_words", &mut self.swap, flag(word)?),
            other => Err(PointError::UnknownKey(ShortName::new(other))),
        }
    }
}

fn put<T>(key: &'static str, place: &mut Option<T>, value: T) -> Result<(), PointError> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(PointError::Twice(key)),
    }
}

impl<'a> Word<'a> {
    fn text(self, key: &'static str) -> Result<&'a str, PointError> {
        match self {
            Self::Text(text) => Ok(text),
            _ => Err(PointError::Value(key)),
        }
    }

    fn integer<T: TryFrom<i64>>(self, key: &'static str) -> Result<T, PointError> {
        let number = match self {
            Self::Text(text) => text.parse().ok(),
            Self::Integer(number) => Some(number),
            Self::Float(_) | Self::Bool(_) => None,
        };
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or(PointError::Value(key))
    }

    /// A float is the shortest decimal that reads back as it.
    fn decimal(self) -> Option<Decimal> {
        match self {
            Self::Text(text) => text.parse().ok(),
            Self::Integer(number) => Some(number.into()),
            Self::Float(number) => Number::F64(number).to_decimal(),
            Self::Bool(_) => None,
        }
    }
}

fn reg(word: Word<'_>) -> Result<Reg, PointError> {
    match word {
        Word::Text(text) => Reg::read(text),
        word => {
            let number: u32 = word.integer("reg")?;
            Reg::of(number)
        }
    }
}

fn name(word: Word<'_>) -> Result<PointName, PointError> {
    let text = word.text("unit")?;
    if text.is_empty() {
        return Err(PointError::Missing("unit"));
    }
    PointName::from_name(text).ok_or_else(|| PointError::Unit(ShortName::new(text)))
}

fn size(word: Word<'_>) -> Result<u16, PointError> {
    match word.integer("size")? {
        size @ (1 | 2 | 4 | 8) => Ok(size),
        other => Err(PointError::Size(other)),
    }
}

fn factor(word: Word<'_>) -> Result<Scale, PointError> {
    if let Word::Text(text) = word {
        return text.parse().map_err(PointError::Factor);
    }
    let decimal = word
        .decimal()
        .ok_or(PointError::Factor(ParseScaleError::Malformed))?;
    Scale::decimal(decimal).ok_or(PointError::Factor(ParseScaleError::Zero))
}

fn pause(word: Word<'_>) -> Result<Duration, PointError> {
    word.decimal()
        .and_then(|seconds| seconds.scale_by_power_of_ten(9))
        .and_then(|nanoseconds| u64::try_from(nanoseconds).ok())
        .map(Duration::from_nanos)
        .ok_or(PointError::Value("pause"))
}

fn function(word: Word<'_>) -> Result<Table, PointError> {
    Table::from_read_function(word.integer("function_code")?)
        .ok_or(PointError::Value("function_code"))
}

fn flag(word: Word<'_>) -> Result<bool, PointError> {
    match word {
        Word::Text("1" | "true") | Word::Integer(1) | Word::Bool(true) => Ok(true),
        Word::Text("0" | "false") | Word::Integer(0) | Word::Bool(false) => Ok(false),
        _ => Err(PointError::Value("swap_words")),
    }
}
