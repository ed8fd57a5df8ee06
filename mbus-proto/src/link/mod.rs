//! The link layer of the wired bus: frames of the format class FT 1.2 (EN 13757-2).
//!
//! | [`Frame`] | bytes | length |
//! |---|---|---|
//! | [`Ack`](Frame::Ack) | `E5` | 1 |
//! | [`Short`](Frame::Short) | `10 C A CS 16` | 5 |
//! | [`Control`](Frame::Control) | `68 03 03 68 C A CI CS 16` | 9 |
//! | [`Long`](Frame::Long) | `68 L L 68 C A CI data CS 16` | 10 to 261 |
//!
//! The checksum `CS` is the sum of the bytes from `C` to the one before it, modulo 256.
//! [`Frame::parse`] reads one frame from a slice, [`FrameDecoder`] finds them in a stream.

mod address;
mod control;
mod decoder;
pub(crate) mod frame;
mod identity;
mod mask;
mod parse;
mod tolerant;

pub use address::{AddressKind, AddressTextError, PrimaryAddress, SecondaryAddress};
pub use control::{ControlField, FrameCountBit, Function};
pub use decoder::{Event, FrameDecoder, SingleCharacter};
pub use frame::{ControlFrame, Frame, LongFrame, ShortFrame};
pub use identity::{Identification, Manufacturer};
pub use mask::SecondaryAddressMask;
