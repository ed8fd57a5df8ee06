//! What a server has to say.

use crate::pdu::{ExceptionCode, FunctionCode};
use crate::{DecodeError, Table, UnitId};

/// What [`Server::poll_output`](crate::server::Server::poll_output) gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output<'a> {
    /// These bytes are to be sent now.
    Transmit(&'a [u8]),
    /// Something happened.
    Event(Event),
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// Cells were read.
    Read {
        /// Whose.
        unit: UnitId,
        /// The table.
        table: Table,
        /// The first address.
        address: u16,
        /// How many.
        count: u16,
    },
    /// Cells were written.
    Written {
        /// Whose; all in a broadcast.
        unit: UnitId,
        /// The table.
        table: Table,
        /// The first address.
        address: u16,
        /// How many.
        count: u16,
    },
    /// Another request was carried out.
    Answered {
        /// Who was asked.
        unit: UnitId,
        /// For what.
        function: FunctionCode,
    },
    /// A request was refused.
    Refused {
        /// Who was asked.
        unit: UnitId,
        /// For what.
        function: FunctionCode,
        /// Why not.
        code: ExceptionCode,
    },
    /// So many bytes belonged to no frame.
    Skipped(usize),
    /// The TCP stream cannot be read any further: the connection has to be closed.
    Lost(DecodeError),
}

/// What a server counted since it was made. The numbers stay at their maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Statistics {
    /// Frames seen, also those for other devices.
    pub frames: u32,
    /// Requests to units of this server.
    pub requests: u32,
    /// Requests refused.
    pub exceptions: u32,
    /// Requests that there was no room for.
    pub dropped: u32,
    /// Bytes that belonged to no frame.
    pub skipped: u32,
}
