//! Application data units: a protocol data unit with its address and its check, on a serial line
//! or over TCP, and how streams of bytes are cut into them.
//!
//! | transport | framing | check |
//! | --- | --- | --- |
//! | RS-485 and the like, or a serial server that passes bytes on | [`Rtu`] | CRC |
//! | TCP, or one frame a datagram | [`Tcp`] | none of its own |
//! | old serial lines, modems | [`Ascii`] | LRC |
//!
//! Each has `parse` for a frame that is at hand as a whole, `encode_into`, and a decoder for a
//! stream. What the sessions need of a framing is the trait [`Framing`].

mod ascii;
mod ascii_decoder;
mod crc;
mod framing;
mod line;
mod rtu;
mod rtu_decoder;
mod tcp;
mod tcp_decoder;
mod unit_set;

pub use ascii::{Ascii, AsciiDeviations, lrc};
pub use ascii_decoder::AsciiDecoder;
pub use crc::crc16;
pub use framing::{Buffer, Decoder, Framing};
pub use line::{Parity, SerialLine};
pub use rtu::{FrameLength, Rtu};
pub use rtu_decoder::{RtuDecoder, UnknownFunctions};
pub use tcp::Tcp;
pub use tcp_decoder::TcpDecoder;
pub use unit_set::UnitSet;

use crate::{DecodeError, Request, Response, UnitId};

/// A frame without what only its transport needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Adu<'a> {
    /// Whom it is for, and which transaction it belongs to.
    pub header: Header,
    /// The protocol data unit: up to 253 bytes.
    ///
    /// It is empty in a frame of some TCP gateways that got no answer from the device behind them.
    pub pdu: &'a [u8],
}

impl<'a> Adu<'a> {
    /// The request in the frame.
    ///
    /// # Errors
    ///
    /// As [`Request::parse`]; positions count from the start of the protocol data unit.
    pub fn request(&self) -> Result<Request<'a>, DecodeError> {
        Request::parse(self.pdu)
    }

    /// The response in the frame.
    ///
    /// # Errors
    ///
    /// As [`Response::parse`]; positions count from the start of the protocol data unit.
    pub fn response(&self) -> Result<Response<'a>, DecodeError> {
        Response::parse(self.pdu)
    }
}

/// What a frame says beside its protocol data unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Header {
    /// The number that ties a response to its request; 0 on serial lines, which have none.
    pub transaction: u16,
    /// The device.
    pub unit: UnitId,
}

impl Header {
    /// The header of a frame on a serial line.
    #[must_use]
    pub const fn serial(unit: UnitId) -> Self {
        let transaction = 0;
        Self { transaction, unit }
    }
}

/// Which way the frames of a stream go. RTU frames do not say it, and their length depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From clients to servers.
    Request,
    /// From servers to clients.
    Response,
    /// Both, as on a line that is shared with other devices.
    Both,
}

/// What a decoder found in a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A frame whose check fits.
    Frame(Adu<'a>),
    /// So many bytes that belong to no frame, since the last frame.
    ///
    /// It is reported before the next frame, or when the decoder is told to finish.
    Skipped(usize),
    /// The stream cannot be cut any further: the connection has to be closed.
    Lost(DecodeError),
}
