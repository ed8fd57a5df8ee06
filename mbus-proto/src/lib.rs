//! M-Bus (EN 13757) without I/O.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate alloc;

pub mod app;
mod codes;
mod error;
pub mod link;
mod parse;
mod tolerance;
mod write;

pub use app::ApplicationData;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use link::Frame;
pub use meter_units;
pub use tolerance::Tolerance;
