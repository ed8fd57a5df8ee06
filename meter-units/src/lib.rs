//! The words that metering protocols share.
#![no_std]
#![forbid(unsafe_code)]

mod channel;
mod convert;
mod decimal;
mod instant;
mod line;
mod medium;
mod number;
mod obis;
mod quantity;
mod reading;
#[cfg(feature = "serde")]
mod serde_text;
mod text;
mod timestamp;
mod unit;
mod words;

pub use channel::{Channel, Direction, Phase, Span, Statistic};
pub use convert::{ConvertError, How};
#[cfg(feature = "serde")]
pub use decimal::serde::lenient;
pub use decimal::{Decimal, DecimalError, DecimalText, ParseDecimalError, Rounding};
pub use instant::Instant;
pub use medium::Medium;
pub use number::Number;
pub use obis::{
    ObisCode, ObisPattern, ParseObisError, ParseObisErrorKind, ReducedObis, channel_in, channel_of,
    obis_for,
};
pub use quantity::Quantity;
pub use reading::{Absent, Reading, Value};
pub use text::{Text, TextChars, TextEncoding};
pub use timestamp::{
    Civil, ParseTimestampError, ParseTimestampErrorKind, Timestamp, TimestampError,
};
pub use unit::{BaseUnit, DlmsUnit, Kind, ParseUnitError, Per, Prefix, Unit, UnitText};
pub use words::UnknownWord;
