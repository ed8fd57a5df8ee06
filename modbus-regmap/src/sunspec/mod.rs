//! Devices that describe themselves: the chain of SunSpec models.
//!
//! A SunSpec device has no fixed addresses. A marker, "SunS", stands at one of a few places, and
//! after it come blocks: the number of a model, how many registers follow, and these registers. A
//! [`Walker`] goes through them and tells each [`Block`].
//!
//! ```
//! use modbus_regmap::Registers;
//! use modbus_regmap::sunspec::{Outcome, Walker};
//!
//! // "SunS", model 1 of 66 registers, model 203 of 105, the end
//! let answer = |address: u16| match address {
//!     40_000 => vec![0x53, 0x75, 0x6E, 0x53, 0, 1, 0, 66],
//!     40_070 => vec![0, 203, 0, 105],
//!     40_177 => vec![0xFF, 0xFF, 0, 0],
//!     _ => vec![],
//! };
//! let mut walker = Walker::new();
//! let mut found = Vec::new();
//! while let Some(read) = walker.next_read() {
//!     let bytes = answer(read.address);
//!     match Registers::from_bytes(&bytes) {
//!         Some(registers) => found.extend(walker.answer(registers)),
//!         None => walker.refused(),
//!     }
//! }
//! let models: Vec<_> = found.iter().map(|block| (block.model, block.address)).collect();
//! assert_eq!(models, [(1, 40_002), (203, 40_070)]);
//! assert_eq!(walker.outcome(), Some(Outcome::Complete));
//! ```
//!
//! Source: SunSpec Device Information Model Specification, "Modbus device discovery".

mod block;
mod walker;

pub use block::{Block, BlockReads};
pub use walker::{Outcome, Walker};

/// The registers that mark a SunSpec device, "SunS" in ASCII.
pub const MARKER: [u16; 2] = [0x5375, 0x6E53];

/// Where the marker is looked for, in this order; the last one is off by one, as some devices are.
pub const MARKER_ADDRESSES: [u16; 4] = [40_000, 50_000, 0, 39_999];
