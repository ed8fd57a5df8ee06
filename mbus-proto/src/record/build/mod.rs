//! Records from values: the way back.

mod builder;
mod chain;
mod data;
mod reading;

pub use builder::RecordBuilder;
