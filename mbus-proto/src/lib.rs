//! M-Bus (EN 13757) without I/O.
#![no_std]
#![forbid(unsafe_code)]

mod byte_order;
mod error;
pub mod record;
mod tolerance;
mod write;

pub use byte_order::ByteOrder;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use meter_units;
pub use record::{Record, Records};
pub use tolerance::Tolerance;
