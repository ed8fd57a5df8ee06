//! M-Bus (EN 13757) without I/O.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate alloc;

pub mod app;
mod byte_order;
mod codes;
mod error;
pub mod link;
mod parse;
pub mod record;
mod telegram;
mod tolerance;
mod write;

pub use app::ApplicationData;
pub use byte_order::ByteOrder;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use link::Frame;
pub use meter_units;
pub use record::{Record, Records};
pub use telegram::Telegram;
pub use tolerance::Tolerance;
