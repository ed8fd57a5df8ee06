//! M-Bus (EN 13757) without I/O.
#![no_std]
#![forbid(unsafe_code)]

mod error;
mod tolerance;

pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use meter_units;
pub use tolerance::Tolerance;
