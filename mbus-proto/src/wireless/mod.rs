//! Telegrams by radio (EN 13757-4): frames, the layers in them, compact frames.
//!
//! [`Reader`] does all of it at once, from the bytes of a receiver to a [`RadioTelegram`] with its
//! readings; [`RadioBuilder`] goes the other way.
//!
//! ```
//! use mbus_proto::app::{ApplicationData, Header, UserData};
//! use mbus_proto::link::ControlField;
//! use mbus_proto::wireless::{Buffer, Format, RadioBuilder, Reader};
//!
//! let records = [0x0C, 0x13, 0x27, 0x04, 0x85, 0x02];
//! let data = ApplicationData::Response { header: Header::None, data: UserData::new(&records) };
//! let snd_nr = ControlField::from_code(0x44);
//! let builder = RadioBuilder::new(snd_nr, "12345678.PAD.01.07".parse()?);
//! let mut frame = [0; Format::MAX_LENGTH];
//! let len = builder.encode_into(&data, Format::B, &mut frame)?;
//!
//! let mut buffer = Buffer::new();
//! let telegram = Reader::new().read(&frame[..len], &mut buffer)?;
//! for reading in telegram.readings() {
//!     let reading = reading?;
//!     assert_eq!(format!("{} {}", reading.value, reading.unit), "2850.427 m³");
//! }
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # What comes in
//!
//! A frame from its length byte on. Preamble, synchronization word and line code are left to the
//! receiver ([`RadioMode`]), which learns from [`Format::frame_len`] how many bytes to wait for.
//! CRCs may still be there. What a receiver adds before the frame has to be taken off; bytes after
//! it, such as a signal level, are passed over with [`Tolerance::NOISE`](crate::Tolerance::NOISE).
//!
//! # Layers
//!
//! | | what it adds | type |
//! |---|---|---|
//! | frame | who sends; CRCs in [format](Format) A or B, or removed by the receiver | [`RadioFrame`] |
//! | 8Ch to 8Fh | how to answer, whom it is for, encryption by session | [`ExtendedLink`] |
//! | 90h | authentication, pieces of long messages ([`Reassembly`]) | [`AuthenticationLayer`] |
//! | transport | a header of 12, 4 or 0 bytes | [`Header`](crate::app::Header) |
//! | application | records, compact frames ([`FormatCache`]), and the rest | [`ApplicationData`] |
//!
//! The extended link layer with selectable fields (86h) and the network layer (81h) are handed out as
//! [`ApplicationData::Other`].
//!
//! # Encrypted or not
//!
//! Keys and decryption are in the module `security`, with the feature `crypto`. Without key, an
//! encrypted telegram tells who sent it, its header, and [how](Encryption) it is encrypted. Data that
//! is plain in spite of what its header says, because it was decrypted before it came here, is read:
//! it is known by the mark of plain text or by its CRC.
//!
//! A header that names a [reserved](crate::app::SecurityMode::is_reserved) security mode is passed
//! over with [`Tolerance::RESERVED_MODE`](crate::Tolerance::RESERVED_MODE), which is on by default,
//! if the records then can be read to their end.
//!
//! [`ApplicationData`]: crate::ApplicationData
//! [`ApplicationData::Other`]: crate::ApplicationData::Other

mod afl;
mod build;
mod compact;
pub(crate) mod crc;
mod ell;
mod format;
mod format_cache;
mod fragments;
mod frame;
mod layers;
mod mode;
mod reader;
mod telegram;

pub use afl::{
    AuthenticationLayer, AuthenticationType, Fragment, KeyInformation, Mac, MessageControl,
};
pub use build::RadioBuilder;
#[cfg(feature = "crypto")]
pub(crate) use build::fill;
pub use compact::compact_frame;
pub use ell::{CommunicationControl, ExtendedLink, ResponseDelay, SessionNumber};
pub use format::Format;
pub use format_cache::FormatCache;
pub use fragments::{Progress, Reassembly};
pub use frame::RadioFrame;
pub use mode::{LineCode, RadioMode};
pub use reader::{Buffer, Reader};
pub use telegram::{Authentication, Encryption, RadioTelegram};
