//! M-Bus (EN 13757) telegrams to exact readings, and back, without I/O.
//!
//! The crate reads and builds what meters and masters say on the wired bus and by radio: link frames,
//! headers and data records, encrypted or not. It opens no port, reads no clock and needs no
//! allocator; bytes come from the caller and go back to the caller.
//!
//! ```
//! use mbus_proto::Telegram;
//! use mbus_proto::meter_units::Reading;
//!
//! let bytes = [
//!     0x68, 0x1F, 0x1F, 0x68, 0x08, 0x02, 0x72, // a response of the slave with address 2
//!     0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, // water meter
//!     0x03, 0x13, 0x15, 0x31, 0x00, // volume
//!     0xDA, 0x02, 0x3B, 0x13, 0x01, // flow, maximum, storage 5
//!     0x8B, 0x60, 0x04, 0x37, 0x18, 0x02, // energy, subunit 1, tariff 2
//!     0x18, 0x16,
//! ];
//! let telegram = Telegram::parse(&bytes)?;
//! for reading in telegram.readings() {
//!     let Reading { channel, value, unit, .. } = reading?;
//!     // volume 12.565 m³, volume_flow 0.113 m³/h, energy 218.37 kWh
//!     println!("{} {value} {unit}", channel.quantity);
//! }
//! # let last = telegram.readings().last().ok_or("no reading")??;
//! # assert_eq!(format!("{} {}", last.value, last.unit), "218.37 kWh");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Where to begin
//!
//! | at hand | to take |
//! |---|---|
//! | all bytes of a telegram | [`Telegram::parse`] |
//! | bytes from a serial port, in any chunks | [`FrameDecoder`](link::FrameDecoder), then [`Telegram::parse`] for each frame |
//! | a bus with meters to be read or found | [`Master`](master::Master) |
//! | the bytes of a radio receiver | [`wireless::Reader`] |
//! | data records alone, from wherever they come | [`Records::new`] |
//! | values to be sent | [`RecordBuilder`](record::RecordBuilder) |
//! | a meter or gateway to be played | [`Meter`](meter::Meter) |
//!
//! # Guide
//!
//! A telegram has four layers, and each can be read alone. [`Telegram`] joins them for those who hold
//! all its bytes.
//!
//! 1. **Link.** [`Frame::parse`] reads one frame from a slice; [`FrameDecoder`](link::FrameDecoder)
//!    finds frames in a stream that arrives in any chunks.
//! 2. **Application.** [`Frame::application`] sorts by CI field into [`ApplicationData`]:
//!    responses, commands, selections, errors, alarms, the fixed data structure. The
//!    [`Header`](app::Header) says which meter it is.
//! 3. **Records.** [`Records`] iterates over the data records. A [`Record`] is a view of its bytes;
//!    storage number, tariff, VIFE and the raw data stay reachable.
//! 4. **Readings.** [`Record::reading`] gives the value in the words of [`meter_units`]: quantity,
//!    unit, an exact number, text, time, or the reason why there is none. [`Telegram::readings`] has
//!    those of the fixed data structure and the single readings of compact profiles too.
//!
//! ```
//! use mbus_proto::meter_units::Quantity;
//! use mbus_proto::{ApplicationData, Frame};
//!
//! # let bytes = [
//! #     0x68, 0x14, 0x14, 0x68, 0x08, 0x02, 0x72, 0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07,
//! #     0x55, 0x00, 0x00, 0x00, 0x43, 0x13, 0x15, 0x31, 0x00, 0xED, 0x16,
//! # ];
//! let (frame, _rest) = Frame::parse(&bytes)?;
//! let Some(ApplicationData::Response { header, data }) = frame.application().transpose()? else {
//!     return Err("not a response".into());
//! };
//! assert_eq!(header.address().map(|it| it.to_string()).as_deref(), Some("12345678.PAD.01.07"));
//! let record = data.records().next().ok_or("no record")??;
//! assert_eq!((record.quantity(), record.storage()), (Quantity::Volume, 1));
//! assert_eq!(record.as_bytes(), [0x43, 0x13, 0x15, 0x31, 0x00]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! By radio, [`wireless::Reader`] does for a frame what [`Telegram`] does for one of the wired bus.
//!
//! ## Encryption
//!
//! An encrypted telegram is read as far as it is plain, which is its frame and its header. It has no
//! records and no readings until it is decrypted, and [`Telegram::encryption`] says so. With the
//! feature `crypto`, `Telegram::decrypt` takes the key of the meter; by radio, the
//! [`Reader`](wireless::Reader) takes it.
//!
//! ## Sessions
//!
//! [`Master`](master::Master) knows what to ask next: it reads a meter to its last telegram, scans
//! for primary and secondary addresses, repeats, and gives up. [`Meter`](meter::Meter) is the other
//! end. Both are state machines that a caller drives with bytes and the time.
//!
//! ## Strict and tolerant
//!
//! Real meters deviate from the standards in ways that are known. Each way has a name in
//! [`Tolerance`]. [`Telegram::parse`] bridges [`Tolerance::DEFAULT`], which reads no correct telegram
//! differently; [`Telegram::parse_with`] takes [`Tolerance::STRICT`], [`Tolerance::LENIENT`] or any
//! set of names. [`Telegram::deviations`] and [`Record::deviations`] say which were met.
//!
//! The layers below read strictly unless told otherwise: [`Frame::parse`] and
//! [`ApplicationData::parse`] bridge nothing, their `parse_with` takes a set. [`Records`] bridge
//! [`Tolerance::DEFAULT`] like [`Telegram`].
//!
//! ## Errors
//!
//! A structure that is cut off or contradicts itself is a [`DecodeError`] that knows its place. Where
//! its length is known all the same, the records after it are read. A code that no table has is no
//! error, and nor is a record without a value: its reading has
//! [`Value::None`](meter_units::Value::None) and the reason.
//!
//! ```
//! use mbus_proto::meter_units::{Absent, Value};
//! use mbus_proto::{DecodeErrorKind, Records};
//!
//! let mut records = Records::new(&[
//!     0x02, 0x5A, 0x00, 0x80, // flow temperature: the mark for "invalid"
//!     0x04, 0x13, 0x15, 0x31, // volume: two of four bytes
//! ]);
//! let temperature = records.next().ok_or("no record")??;
//! assert_eq!(temperature.value(), Value::None(Absent::Invalid));
//! let error = records.next().ok_or("no record")?.unwrap_err();
//! assert_eq!((error.kind, error.offset), (DecodeErrorKind::Truncated { needed: 2 }, 6));
//! assert_eq!(records.remainder(), [0x04, 0x13, 0x15, 0x31]);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! A date that does not exist, such as 30 February, is handed out as sent, and
//! [`Civil::is_valid_date`](meter_units::Civil::is_valid_date) tells; one with a month 13 is invalid.
//!
//! ## Building
//!
//! [`RecordBuilder`](record::RecordBuilder) makes a record from a VIF, or the shortest one from a
//! reading, as long as a VIF and its VIFE say the same without loss. [`ApplicationData`] and [`Frame`]
//! write themselves around it, and [`Command`](app::Command) has what a master sends.
//!
//! ```
//! use mbus_proto::app::{ApplicationData, Header, UserData};
//! use mbus_proto::link::{ControlField, PrimaryAddress};
//! use mbus_proto::record::{DataField, RecordBuilder};
//! use mbus_proto::{EncodeError, Frame};
//!
//! let mut records = [0; 16];
//! let volume = RecordBuilder::new(&[0x13])?.integer(DataField::Int24, 12_565)?;
//! let len = volume.encode_into(&mut records)?;
//! let data = UserData::new(&records[..len]);
//! let mut user_data = [0; 1 + Frame::MAX_DATA]; // CI field and data
//! let len = ApplicationData::Response { header: Header::None, data }.encode_into(&mut user_data)?;
//! let frame = Frame::new(ControlField::rsp_ud(), PrimaryAddress::from_code(1), &user_data[..len])?;
//! let mut out = [0; Frame::MAX_LENGTH];
//! let len = frame.encode_into(&mut out)?;
//! let expected = [0x68, 8, 8, 0x68, 0x08, 0x01, 0x78, 0x03, 0x13, 0x15, 0x31, 0, 0xDD, 0x16];
//! assert_eq!(out[..len], expected);
//! # Ok::<(), EncodeError>(())
//! ```
//!
//! # Map
//!
//! | module | what is in it |
//! |---|---|
//! | the root | [`Telegram`], what every program needs, errors and [`Tolerance`] |
//! | [`link`] | frames and their C and A fields, secondary addresses, the decoder for streams |
//! | [`app`] | CI fields, headers, security modes, the fixed data structure, commands |
//! | [`record`] | data records: DIB, VIB, qualifying VIFE, compact profiles, the builder |
//! | [`master`] | the session of a master: commands, readouts, scans, retries and time-outs |
//! | [`meter`] | the session of a meter, the other end of the bus |
//! | [`wireless`] | radio frames, extended link and authentication layers, compact frames |
//! | `security` | keys, decryption and authentication, with the feature `crypto` |
//! | [`meter_units`] | the words of readings: decimals, units, quantities, media, times |
//!
//! # Standards
//!
//! | | |
//! |---|---|
//! | EN 13757-2 | frames and times of the wired bus |
//! | EN 13757-3:2018 | application data and records |
//! | EN 13757-4 | frames and link layers by radio |
//! | EN 13757-7:2018 | CI fields, headers, selection, security |
//! | M-Bus Documentation, Rev. 4.8 | what many meters still do: fixed data structure, mode 2, older codes |
//!
//! Where the last one differs from the others, the item at hand says which is read how, or a
//! [`Tolerance`] decides.
//!
//! # Features
//!
//! - `alloc` (on by default): methods named `encode`, which append to a `bytes::BufMut`. Without it
//!   there is `encode_into`, which writes to a slice.
//! - `crypto`: decryption, encryption and authentication, with the ciphers of the RustCrypto crates.
//! - `serde`: `Serialize` and `Deserialize` for codes, addresses, headers and flags.
//!
//! None changes what a function does. The minimum supported Rust version is 1.85.
#![no_std]
#![forbid(unsafe_code)]

#[cfg(test)]
extern crate alloc;

pub mod app;
mod bit_time;
mod byte_order;
mod codes;
mod error;
pub mod link;
pub mod master;
pub mod meter;
mod parse;
mod readings;
pub mod record;
#[cfg(feature = "crypto")]
pub mod security;
#[cfg(not(feature = "crypto"))]
mod security;
mod telegram;
mod tolerance;
pub mod wireless;
mod write;

pub use app::ApplicationData;
pub use byte_order::ByteOrder;
pub use error::{DecodeError, DecodeErrorKind, EncodeError};
pub use link::Frame;
pub use meter_units;
pub use readings::Readings;
pub use record::{Record, Records};
pub use telegram::Telegram;
pub use tolerance::Tolerance;

/// Runs the code of the readme.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
