//! What an endpoint hands out.

use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use crate::{
    Action, CallError, DecodeError, Deviation, FrameKind, MessageId, Request, Response, Violation,
};

/// Names a call, from the command to its end, however often it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub(super) u64);

/// What to do next.
// An event is handed over once and never kept: a box for it would only cost an allocation.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send this as one text message.
    Transmit(String),
    /// Something has happened.
    Event(Event),
}

/// Something has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// The other side asks: [`reply`](super::Endpoint::reply) or
    /// [`reject`](super::Endpoint::reject).
    Request {
        /// The id for the reply.
        id: MessageId<'static>,
        /// What is asked.
        request: Request<'static>,
        /// What was bent to read it.
        deviations: Vec<Deviation>,
    },
    /// A call is answered, and over.
    Response {
        /// Which call.
        ticket: Ticket,
        /// The answer; its type is that of the request.
        response: Response<'static>,
        /// What was bent to read it.
        deviations: Vec<Deviation>,
    },
    /// A call is over without an answer.
    Failed {
        /// Which call.
        ticket: Ticket,
        /// Why.
        failure: Failure,
    },
    /// A message about a transaction has failed and is sent again.
    Retry {
        /// Which call.
        ticket: Ticket,
        /// Why.
        failure: Failure,
        /// How long it waits; until the next connection, where the last one broke.
        wait: Option<Duration>,
    },
    /// An answer to no open call. It is dropped.
    Unmatched {
        /// Its id.
        id: MessageId<'static>,
        /// [`FrameKind::CallResult`] or [`FrameKind::CallError`].
        kind: FrameKind,
        /// How the call with this id ended, if it was one of the last.
        ended: Option<Ended>,
    },
    /// A malformed message, or a CALL that is refused at once. What can be answered was answered.
    Invalid(DecodeError<'static>),
    /// A CALL that was refused at once, although it is well-formed: one that this side does not
    /// take, one with the id of a CALL that still waits, or one too many.
    Refused(CallError<'static>),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// A CALLERROR.
    Rejected(CallError<'static>),
    /// None came in time.
    TimedOut,
    /// The connection broke.
    Disconnected,
    /// One that breaks a rule.
    Invalid(Violation),
    /// The caller took the call back.
    Canceled,
}

/// How a call ended that gets one more answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ended {
    /// It was answered: this is a repetition.
    Answered,
    /// It timed out: this is late.
    TimedOut,
}

/// What a caller may not do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Misuse {
    /// The queue is full.
    #[error("too many calls are waiting")]
    Full,
    /// The connection is down, and the message is about no transaction.
    #[error("not connected")]
    Disconnected,
    /// Only the other side sends this request.
    #[error("{0} is sent by the other side")]
    Direction(Action),
    /// A call with that id is waiting.
    #[error("the message id is in use")]
    IdInUse,
    /// The ticket is not that of a StartTransaction that waits for its answer.
    #[error("no such StartTransaction is waiting for its answer")]
    NoSuchStart,
    /// The request has no transaction id to fill in.
    #[error("{0} is about no transaction")]
    NoTransaction(Action),
    /// The request breaks a rule of its schema.
    #[error("{0}")]
    Invalid(Violation),
}

/// Why a reply is not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReplyError {
    /// No request with that id waits for a reply, or the connection broke since.
    #[error("no such request is waiting")]
    NoSuchRequest,
    /// The response is one of another operation.
    #[error("expected a response to {expected}")]
    Action {
        /// The operation that was asked for.
        expected: Action,
    },
    /// The reply breaks a rule.
    #[error("{0}")]
    Invalid(Violation),
}
