//! The words that metering protocols share.
#![no_std]
#![forbid(unsafe_code)]

mod channel;
mod convert;
mod decimal;
mod decimal_float_tmp;
mod decimal_rounding_tmp;
mod medium;
mod number;
mod obis;
mod quantity;
mod reading;
mod text;
mod timestamp;
mod unit;
mod words;

pub use channel::{Channel, Direction, Phase, Span, Statistic};
pub use convert::{ConvertError, How};
pub use decimal::Decimal;
pub use decimal_rounding_tmp::Rounding;
pub use medium::Medium;
pub use number::Number;
pub use obis::ObisCode;
pub use quantity::Quantity;
pub use reading::{Absent, Reading, Value};
pub use text::{Text, TextEncoding};
pub use timestamp::{Civil, Timestamp};
pub use unit::{BaseUnit, DlmsUnit, Kind, ParseUnitError, Per, Prefix, Unit, UnitText};
pub use words::UnknownWord;
