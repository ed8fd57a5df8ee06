//! Modbus without I/O: from a meter's register list to exact readings, over any transport.
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
pub mod sunspec;
mod table;
mod unit_id;
mod write;

pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use pdu::{Bits, ExceptionCode, FunctionCode, Registers, Request, Response};
pub use table::Table;
pub use unit_id::UnitId;

/// Runs the code of the readme.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
