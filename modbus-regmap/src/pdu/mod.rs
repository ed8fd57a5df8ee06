//! Protocol data units: a function code and its data, whatever carries them.
//!
//! [`Request`] and [`Response`] borrow what they are parsed from. Lists within them
//! ([`Registers`], [`Bits`], [`FileReads`], [`Objects`] …) are views over the bytes of the wire;
//! `copy_from` builds one in a buffer.

mod bits;
mod code;
mod file;
mod identification;
mod limits;
mod registers;
mod request;
mod response;
mod unknown;

pub use bits::{BitIter, Bits};
pub use code::{ExceptionCode, FunctionCode, SubFunction};
pub use file::{
    FileData, FileDataIter, FileRead, FileReadIter, FileReads, FileWrite, FileWriteIter, FileWrites,
};
pub use identification::{
    Conformity, DeviceIdentification, IdentificationCode, Object, ObjectId, ObjectIter, Objects,
};
pub use registers::{RegisterIter, Registers};
pub use request::Request;
pub use response::Response;
pub use unknown::Unknown;

/// The length of the longest protocol data unit (Modbus Application Protocol 1.1b3, 4.1).
pub const MAX_LENGTH: usize = 253;
