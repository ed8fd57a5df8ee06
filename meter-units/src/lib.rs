//! The words that metering protocols share: exact numbers, units, quantities, media, OBIS codes,
//! timestamps and readings.
//!
//! M-Bus, Modbus, DLMS and charging stations all send an integer, a power of ten and a code for
//! the unit, and mean the same few dozen quantities. This crate is what their readings have in
//! common. It holds no protocol, reads no clock and opens no port; it needs neither `std` nor an
//! allocator, and every value is `Copy`.
//!
//! ```
//! use meter_units::{
//!     Channel, Decimal, Direction, Medium, Quantity, Reading, Unit, Value, obis_for,
//! };
//!
//! // A register holds 12345678, its scale is 10^-4, its unit kWh: energy import, tariff 1.
//! let energy = Decimal::new(12_345_678, -4).expect("an exponent within the range");
//! let channel = Channel {
//!     direction: Direction::Import,
//!     tariff: 1,
//!     ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
//! };
//! let reading = Reading::new(channel, Value::from(energy), Unit::KWH);
//!
//! assert_eq!(reading.value.to_string(), "1234.5678");
//! let code = obis_for(&reading.channel).expect("imported energy has a code");
//! assert_eq!(code.to_string(), "1-0:1.8.1*255");
//! ```
//!
//! # Guide
//!
//! A [`Reading`] is what every protocol crate hands out. It says
//!
//! - **which number** of the meter: [`Channel`], a small key for maps, made of [`Quantity`],
//!   [`Medium`], [`Direction`], [`Phase`], [`Statistic`], [`Span`], subunit, tariff and storage
//!   number;
//! - **its value**: [`Value`], which is a [`Number`], a [`Text`], bytes, a [`Timestamp`] or flags,
//!   or the reason why there is none ([`Absent`]);
//! - **in which [`Unit`]**, and when, where the meter said so.
//!
//! Three rules hold for all of it:
//!
//! - **Nothing is lost.** A [`Decimal`] keeps the digits and the power of ten that the meter sent;
//!   floats appear only where a meter sends floats. A code that no table knows is a value of
//!   [`Medium`] or [`ObisCode`] like any other. A date that says "every month" stays one.
//! - **Nothing is guessed.** Local time has no zone until somebody names it, a calorie that could
//!   be either is not converted, a channel without an OBIS code gets none.
//! - **Nothing panics.** Every function is total or returns an `Option` or an error.
//!
//! Names are the same everywhere: `Display`, `FromStr` and serde agree on one spelling for each
//! word (`flow_temperature`), unit (`m3/h`), code (`1-0:1.8.0*255`) and time
//! (`2013-05-22T13:00:29Z`).
//!
//! # Map
//!
//! | to | see |
//! |---|---|
//! | calculate exactly, round on purpose | [`Decimal`], [`Number`] |
//! | name, parse and convert units | [`Unit`], [`BaseUnit`], [`Prefix`], [`Per`] |
//! | say which number a value is | [`Channel`] and its words |
//! | number units and quantities as others do | [`Unit::dlms`], [`Quantity::measurement_type`], [`Quantity::unit_index`] |
//! | know what flows through a meter | [`Medium`] |
//! | read and write OBIS codes | [`ObisCode`], [`ObisPattern`] |
//! | go from channels to OBIS codes and back | [`obis_for`], [`channel_of`], [`channel_in`] |
//! | keep and compare the time of a meter | [`Timestamp`], [`Civil`] |
//! | read text in the order and character set of the wire | [`Text`] |
//! | drive a protocol session | [`Instant`] |
//!
//! # Features
//!
//! None is on by default, and none changes what a function does.
//!
//! - `serde`: names and texts in readable formats, numbers and tuples in binary ones.
//! - `jiff`, `chrono`: conversions of [`Timestamp`] and [`Civil`], and local time with a zone.
//! - `rust_decimal`: conversions of [`Decimal`].
//!
//! The minimum supported Rust version is 1.85.
#![no_std]
#![forbid(unsafe_code)]

mod channel;
mod codes;
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
mod text_field;
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

/// Runs the code of the readme.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
