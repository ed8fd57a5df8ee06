//! Modbus without I/O: from a meter's register list to exact readings, over any transport.
//!
//! No function opens a port, reads a clock or starts a thread: bytes go in, typed values come out,
//! and the way back is the same. It is for those who read meters and for those who build them; what
//! it does not do is to move the bytes.
//!
//! ```
//! use modbus_regmap::encoding::{Encoding, Scale};
//! use modbus_regmap::map::{Block, Device, Register, RegisterMap};
//! use modbus_regmap::{Registers, Table};
//! use meter_units::Unit;
//!
//! static DEVICE: Device<'static> = Device::new("a meter");
//! static REGISTERS: [Register<'static>; 1] =
//!     [Register::new("energy", Table::HoldingRegister, 0x5000, Encoding::U32)
//!         .with_scale(Scale::power_of_ten(-2).unwrap())
//!         .with_unit(Unit::KWH)];
//!
//! let map = RegisterMap::new(&DEVICE, &REGISTERS)?;
//! let answer = Registers::from_bytes(&[0x00, 0x01, 0xE2, 0x40]).ok_or("odd length")?;
//! let block = Block::new(Table::HoldingRegister, 0x5000, answer);
//! let register = map.register("energy").ok_or("no such register")?;
//! let reading = map.reading(register, &block)?;
//! assert_eq!(format!("{} {}", reading.value, reading.unit), "1234.56 kWh");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Floors
//!
//! - **Wire.** [`pdu`] has requests and responses, [`adu`] the frames of RTU, TCP and ASCII around
//!   them and decoders that cut a stream into frames.
//! - **Meaning.** [`encoding`] turns registers into values, [`map`] says which registers those are,
//!   [`plan`] which requests fetch them, [`sunspec`] where a device has which model. [`image`] is the
//!   register layout in which gateways show meters.
//!   The [`guide`](map::guide) to map files is for whoever writes down the registers of a meter.
//! - **Sessions.** [`client`] and [`server`] are state machines that a caller drives with bytes and
//!   the time.
//!
//! # Features
//!
//! None changes what a function does.
//!
//! - `alloc` (on by default): maps that own their texts, plans in a `Vec`.
//! - `models`: the register maps of known meters.
//! - `serde`: maps and data types from and to TOML, JSON and other formats.
//!
//! The minimum supported Rust version is 1.85.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;

pub mod adu;
pub mod client;
pub mod encoding;
mod error;
pub mod image;
pub mod map;
#[cfg(feature = "models")]
pub mod models;
mod parse;
pub mod pdu;
pub mod plan;
pub mod server;
mod sort;
pub mod sunspec;
mod table;
mod text;
mod unit_id;
mod write;

pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use pdu::{Bits, ExceptionCode, FunctionCode, Registers, Request, Response};
pub use table::Table;
pub use unit_id::UnitId;

/// Runs the code of the readme.
#[cfg(all(doctest, feature = "models", feature = "alloc"))]
#[doc = include_str!("../README.md")]
struct Readme;
