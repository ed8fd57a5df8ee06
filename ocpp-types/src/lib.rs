//! Every frame and message of OCPP 1.6-J, with the security extension, strict or tolerant by name.
//!
//! The crate reads and writes what charging stations and central systems say over a WebSocket. It
//! opens no connection and reads no clock; text comes from the caller and goes back to the caller.
//!
//! ```
//! use ocpp_types::messages::{StartTransactionRequest, StartTransactionResponse};
//! use ocpp_types::types::{DateTime, IdToken};
//! use ocpp_types::{Action, Message, MessageId, Operation, Response};
//!
//! // A station reports a transaction …
//! let now = DateTime::from_unix(1_748_762_130).ok_or("a year of five digits")?;
//! let request = StartTransactionRequest::new(1, IdToken::new("0A1B2C3D")?, 1_234_567, now);
//! let id = MessageId::new("42").ok_or("a long id")?;
//! let mut out = String::new();
//! request.encode_call(&id, &mut out)?;
//!
//! // … and gets its number. An answer does not say what it answers: the asker knows.
//! let text = r#"[3,"42",{"idTagInfo":{"status":"Accepted"},"transactionId":4711}]"#;
//! let answer = Message::parse(text, |id| (id.as_str() == "42").then_some(Action::StartTransaction))?;
//! let Message::CallResult { response: Response::StartTransaction(started), .. } = answer else {
//!     return Err("another answer".into());
//! };
//! assert_eq!(started.transaction_id, 4711);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
//!
//! # Guide
//!
//! 1. **Frames.** [`Frame::parse`] takes a frame apart and leaves its payload as text
//!    ([`RawPayload`]). [`CallError`] is complete by itself.
//! 2. **Messages.** [`Message::parse`] reads frame and payload in one pass, [`Request::decode`] and
//!    [`Response::decode`] a payload alone. [`Action`] names the operations, [`Operation`] ties a
//!    request to its response, and [`messages`] has the payloads.
//! 3. **Types.** [`types`] has what payloads are made of: texts with a length, times, limits, open
//!    enumerations, charging profiles, sampled values.
//! 4. **Readings.** [`SampledValue::reading`](types::SampledValue::reading) gives a value in the
//!    words of [`meter_units`], with the defaults of the specification.
//! 5. **Sessions.** [`endpoint`] runs the calls and answers of one side: what may be sent when,
//!    which answer belongs to which call, what a malformed message gets.
//! 6. **State.** [`state`] has what both sides have to remember: boot, connectors, transactions,
//!    authorization, reservations, configuration keys. [`schedule`] puts charging profiles
//!    together, [`load`] shares the current of a zone among its stations.
//!
//! ## Strict
//!
//! Without further words, everything is as the official schemas have it: nothing valid is refused,
//! nothing invalid is read or written. A [`Violation`] says which [`Rule`] is broken, at which
//! [`Path`], and which [`ErrorCode`] answers it. Two things are beyond the schemas: integers have 64
//! bits, and the parts of a frame that no schema looks at may be nested [`MAX_DEPTH`] deep. Of equal
//! names in an object the last counts, as usual, and each has to be valid; a half surrogate is no
//! character.
//!
//! ## Tolerant
//!
//! [`Tolerance`] names what real stations and back ends do differently. [`Message::parse_with`] and
//! the other functions with that ending take a set of these names, and return a [`Deviation`] for
//! each place that had to be bent. They read strictly first: what is valid never changes.
//!
//! ## Building
//!
//! Messages are plain structs; `new` takes the required members where there are others. Functions
//! that encode check what the types cannot, and append nothing if a rule is broken. Stations and
//! back ends are tested with what is wrong: `unchecked` constructors and encoders let it through.
//!
//! # Features
//!
//! - `serde`: `Serialize` and `Deserialize` for payloads and types, in the form of the schemas, and
//!   for [`Request`] and [`Response`] under the name of their [`Action`]. Frames do not need it.
//!
//! The crate needs `alloc`. The minimum supported Rust version is 1.85.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

pub mod endpoint;
mod error;
mod frame;
mod json;
mod lenient;
mod literal;
pub mod load;
mod message;
pub mod messages;
mod operation;
mod payload;
mod reading;
pub mod schedule;
#[cfg(feature = "serde")]
mod serde_text;
pub mod state;
mod tolerance;
mod total;
pub mod types;
mod value;

pub use meter_units;

pub use self::error::{DecodeError, JsonType, Path, Rule, Segment, Violation};
pub use self::frame::{
    Call, CallError, CallResult, ErrorCode, Frame, FrameKind, MessageId, RawPayload,
};
pub use self::json::MAX_DEPTH;
pub use self::message::Message;
pub use self::operation::{
    Action, Direction, Operation, Payload, Profile, Request, Response, UnknownAction,
};
pub use self::tolerance::{Deviation, Tolerance, Tolerated};

/// Runs the code of the readme.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
