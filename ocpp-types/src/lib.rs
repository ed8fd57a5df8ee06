//! OCPP 1.6-J frames and messages.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod endpoint;
mod error;
mod frame;
mod json;
mod lenient;
pub mod load;
pub mod messages;
mod operation;
mod payload;
mod reading;
pub mod schedule;
#[cfg(feature = "serde")]
mod serde_text;
pub mod state;
mod tolerance;
pub mod types;
mod value;

pub use meter_units;

pub use self::error::{DecodeError, JsonType, Path, Rule, Segment, Violation};
pub use self::frame::{
    Call, CallError, CallResult, ErrorCode, Frame, FrameKind, Message, MessageId, RawPayload,
};
pub use self::json::MAX_DEPTH;
pub use self::operation::{Action, Direction, Operation, Payload, Profile, Request, Response};
pub use self::tolerance::{Deviation, Tolerance, Tolerated};
