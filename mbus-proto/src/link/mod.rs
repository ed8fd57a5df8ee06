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
//! [`Frame::parse`] reads one frame from a slice, [`FrameDecoder`] finds them in a stream, and
//! [`Frame::new`] builds one.
//!
//! ```
//! use mbus_proto::Frame;
//! use mbus_proto::link::{ControlField, FrameCountBit, PrimaryAddress};
//!
//! // A request of data to the slave with address 1, and its short answer.
//! let slave = PrimaryAddress::from_code(1);
//! let request = Frame::new(ControlField::req_ud2(FrameCountBit::Set), slave, &[])?;
//! let mut out = [0; Frame::MAX_LENGTH];
//! let len = request.encode_into(&mut out)?;
//! assert_eq!(out[..len], [0x10, 0x7B, 0x01, 0x7C, 0x16]);
//!
//! let answer = [0x68, 0x06, 0x06, 0x68, 0x08, 0x01, 0x78, 0x01, 0xFD, 0x17, 0x96, 0x16];
//! let (frame, rest) = Frame::parse(&answer)?;
//! assert_eq!((frame.address(), frame.control()), (Some(slave), Some(ControlField::rsp_ud())));
//! assert_eq!((frame.user_data(), rest), (&[0x78, 0x01, 0xFD, 0x17][..], &[][..]));
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Addresses
//!
//! A [`PrimaryAddress`] is the A field: 0 to 250 for slaves, 253 for those that are selected, 254 and
//! 255 for all of them, with and without an answer. A [`SecondaryAddress`] tells a meter from all
//! others by identification number, manufacturer, version and medium, and is written
//! `12345678.PAD.01.07`. A [`SecondaryAddressMask`] leaves digits and parts of it open, to select
//! meters on the wired bus.

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
