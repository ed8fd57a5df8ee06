//! A number as the meter sent it.

use crate::Decimal;

/// An exact decimal, or the float that the meter sent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// An exact decimal.
    Decimal(Decimal),
    /// A float of 32 bits.
    F32(f32),
    /// A float of 64 bits.
    F64(f64),
}
