//! What a client has to say.

use crate::adu::Header;
use crate::pdu::{Bits, ExceptionCode, FunctionCode, Registers, Response};
use crate::{DecodeError, Table, UnitId};

/// Ties an event to the command that asked for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub(super) u32);

/// What [`Client::poll_output`](crate::client::Client::poll_output) gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output<'a> {
    /// These bytes are to be sent now.
    Transmit(&'a [u8]),
    /// Something happened.
    Event(Event<'a>),
}

/// Something that happened.
///
/// Every request ends in exactly one of the events that carry its [`RequestId`], unless it is
/// canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Registers were read.
    Registers {
        /// The request.
        id: RequestId,
        /// Who answered.
        unit: UnitId,
        /// The table that was read.
        table: Table,
        /// The first address.
        address: u16,
        /// As many as were asked for.
        registers: Registers<'a>,
    },
    /// Bits were read.
    Bits {
        /// The request.
        id: RequestId,
        /// Who answered.
        unit: UnitId,
        /// The table that was read.
        table: Table,
        /// The first address.
        address: u16,
        /// As many as were asked for.
        bits: Bits<'a>,
    },
    /// Coils or registers were written.
    Written {
        /// The request.
        id: RequestId,
        /// Who answered.
        unit: UnitId,
        /// The table that was written.
        table: Table,
        /// The first address.
        address: u16,
        /// How many cells.
        count: u16,
    },
    /// Another request was answered.
    Answered {
        /// The request.
        id: RequestId,
        /// Who answered.
        unit: UnitId,
        /// The answer.
        response: Response<'a>,
    },
    /// The request needs no answer, and the devices had the time to work on it: a broadcast.
    Sent {
        /// The request.
        id: RequestId,
    },
    /// The request was refused.
    Exception {
        /// The request.
        id: RequestId,
        /// Who refused.
        unit: UnitId,
        /// What was asked for.
        function: FunctionCode,
        /// Why.
        code: ExceptionCode,
    },
    /// No answer came, however often the request was sent.
    TimedOut {
        /// The request.
        id: RequestId,
        /// Who did not answer.
        unit: UnitId,
    },
    /// Nothing but answers that do not fit came, however often the request was sent.
    Invalid {
        /// The request.
        id: RequestId,
        /// Who answered.
        unit: UnitId,
        /// What was wrong with the last one.
        mismatch: Mismatch,
    },
    /// A frame came that answers no open request: late, twice, or from somebody else.
    ///
    /// Up to eight are told between two polls, and all are counted.
    Unexpected {
        /// Its header.
        header: Header,
        /// What it starts with, if it is not empty; an exception has the code of its function.
        function: Option<FunctionCode>,
        /// Why it is no answer.
        mismatch: Mismatch,
    },
    /// So many bytes belonged to no frame.
    Skipped(usize),
    /// The TCP stream cannot be read any further: connect again, and call
    /// [`Client::reconnected`](crate::client::Client::reconnected).
    Lost(DecodeError),
}

/// Why a frame does not answer a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// No request is open.
    #[error("no request is open")]
    NothingOpen,
    /// No open request has the transaction number.
    #[error("no open request has this transaction number")]
    Transaction,
    /// It comes from another unit.
    #[error("another unit answers")]
    Unit,
    /// It answers another function.
    #[error("another function is answered")]
    Function,
    /// It has another number of values, or repeats other fields than were sent.
    #[error("the answer does not fit the request")]
    Content,
    /// It is no response.
    #[error("the answer is malformed: {0}")]
    Malformed(DecodeError),
}

/// What a client counted since it was made. The numbers stay at their maximum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Statistics {
    /// Requests sent, repetitions included.
    pub sent: u32,
    /// Requests answered, by exceptions too.
    pub answered: u32,
    /// Times that an answer did not come in time.
    pub timeouts: u32,
    /// Frames that answered no open request.
    pub unexpected: u32,
    /// Bytes that belonged to no frame.
    pub skipped: u32,
}
