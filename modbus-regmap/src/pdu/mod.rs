//! Protocol data units: a function code and its data, whatever carries them.

mod bits;
mod registers;

pub use bits::{BitIter, Bits};
pub use registers::{RegisterIter, Registers};
