//! Frames: OCPP-J 1.6, 4.

mod parse;

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use core::fmt;

use self::parse::Parser;
use crate::error::{DecodeError, Path, Rule, Violation};
use crate::json::{Dialect, Reader, Stop, Writer, is_within};
use crate::literal::{Unknown, literals};
use crate::tolerance::{Tolerance, Tolerated};
use crate::{Action, payload};

/// The kinds of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameKind {
    /// A request: `[2, id, action, payload]`.
    Call,
    /// The response: `[3, id, payload]`.
    CallResult,
    /// A refusal: `[4, id, code, description, details]`.
    CallError,
}

impl FrameKind {
    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Call => 2,
            Self::CallResult => 3,
            Self::CallError => 4,
        }
    }

    pub(crate) const fn from_code(code: i64) -> Option<Self> {
        match code {
            2 => Some(Self::Call),
            3 => Some(Self::CallResult),
            4 => Some(Self::CallError),
            _ => None,
        }
    }

    const fn elements(self) -> u8 {
        match self {
            Self::Call => 4,
            Self::CallResult => 3,
            Self::CallError => 5,
        }
    }
}

/// The id of a CALL, which its answer repeats.
///
/// An id that was sent as a number is kept, and written again, as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MessageId<'a> {
    text: Cow<'a, str>,
    is_number: bool,
}

impl<'a> MessageId<'a> {
    /// An id has at most so many characters.
    pub const MAX: usize = 36;

    /// An id of at most 36 characters.
    #[must_use]
    pub fn new(text: impl Into<Cow<'a, str>>) -> Option<Self> {
        let id = Self::unchecked(text);
        is_within(&id.text, Self::MAX).then_some(id)
    }

    /// An id of any length, for those who test what the other side does with it.
    #[must_use]
    pub fn unchecked(text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }

    /// The text, or the digits of a number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The same with a text of its own, so that it can be kept.
    #[must_use]
    pub fn into_owned(self) -> MessageId<'static> {
        MessageId {
            text: Cow::Owned(self.text.into_owned()),
            is_number: self.is_number,
        }
    }

    /// Writes it as it was sent: an answer repeats the id of its CALL, whatever that is.
    pub(crate) fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        if self.is_number {
            writer.raw(&self.text);
        } else {
            writer.string(&self.text);
        }
        Ok(())
    }
}

impl fmt::Display for MessageId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The text of a payload whose type is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawPayload<'a> {
    text: &'a str,
    offset: usize,
}

impl<'a> RawPayload<'a> {
    /// A payload that came without its frame.
    #[must_use]
    pub const fn new(text: &'a str) -> Self {
        Self { text, offset: 0 }
    }

    /// The text as it was sent.
    #[must_use]
    pub const fn as_str(self) -> &'a str {
        self.text
    }

    /// Where it began in the text of the frame.
    #[must_use]
    pub const fn offset(self) -> usize {
        self.offset
    }

    /// The text of the object; null stands for an empty one.
    pub(crate) fn object(self) -> &'a str {
        if self.text == "null" { "{}" } else { self.text }
    }

    fn is_object(self) -> bool {
        self.text.starts_with('{') || self.text == "null"
    }
}

literals! {
    /// Why a CALL was refused (OCPP-J 1.6, 4.2.3), two of them misspelt as the standard has it.
    pub enum ErrorCode {
        /// The action is unknown.
        NotImplemented = "NotImplemented",
        /// The action is known and not supported.
        NotSupported = "NotSupported",
        /// A fault inside the receiver.
        InternalError = "InternalError",
        /// The payload is incomplete.
        ProtocolError = "ProtocolError",
        /// A matter of security; also: the station is not accepted yet.
        SecurityError = "SecurityError",
        /// The structure is wrong.
        FormationViolation = "FormationViolation",
        /// A value is out of its range, list, length or format.
        PropertyConstraintViolation = "PropertyConstraintViolation",
        /// A member is missing, or there are too many.
        OccurenceConstraintViolation = "OccurenceConstraintViolation",
        /// A value has the wrong type.
        TypeConstraintViolation = "TypeConstraintViolation",
        /// Anything else.
        GenericError = "GenericError",
    }
    unknown: Unknown::Kept;
}

/// A request whose payload is not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call<'a> {
    /// The id that the answer repeats.
    pub id: MessageId<'a>,
    /// The name of the action; see [`action`](Self::action).
    pub action: Cow<'a, str>,
    /// The payload.
    pub payload: RawPayload<'a>,
}

impl Call<'_> {
    /// The action, if OCPP 1.6 has it.
    #[must_use]
    pub fn action(&self) -> Option<Action> {
        Action::from_name(&self.action)
    }
}

/// A response whose payload is not read yet; its action is that of the CALL with the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallResult<'a> {
    /// The id of the CALL.
    pub id: MessageId<'a>,
    /// The payload.
    pub payload: RawPayload<'a>,
}

/// A refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallError<'a> {
    /// The id of the CALL.
    pub id: MessageId<'a>,
    /// Why.
    pub code: ErrorCode<'a>,
    /// More about it; often empty.
    pub description: Cow<'a, str>,
    /// More about it, as JSON; `{}` if there is nothing to say.
    pub details: Cow<'a, str>,
}

impl<'a> CallError<'a> {
    /// A refusal without details.
    #[must_use]
    pub fn new(
        id: MessageId<'a>,
        code: ErrorCode<'a>,
        description: impl Into<Cow<'a, str>>,
    ) -> Self {
        Self {
            id,
            code,
            description: description.into(),
            details: Cow::Borrowed("{}"),
        }
    }

    /// The same with texts of its own, so that it can be kept.
    #[must_use]
    pub fn into_owned(self) -> CallError<'static> {
        CallError {
            id: self.id.into_owned(),
            code: self.code.into_owned(),
            description: Cow::Owned(self.description.into_owned()),
            details: Cow::Owned(self.details.into_owned()),
        }
    }

    /// Appends the CALLERROR to `out`.
    ///
    /// # Errors
    ///
    /// [`Rule::ErrorCode`] for a code that is none of 1.6: some stations send a CALL for ever that
    /// is answered with one. [`Rule::ErrorDetails`] for details that are no JSON object. `out` is
    /// then as it was.
    pub fn encode(&self, out: &mut String) -> Result<(), Violation> {
        payload::checked(Action::Heartbeat, out, |writer| self.write(writer))
    }

    /// Appends the CALLERROR whatever it holds, for those who test what the other side does with
    /// it.
    pub fn encode_unchecked(&self, out: &mut String) {
        // A writer that does not check does not fail.
        let _ = self.write(&mut Writer::unchecked(out, Dialect::default()));
    }

    fn write(&self, writer: &mut Writer<'_>) -> Result<(), Stop> {
        writer.raw("[4,");
        self.id.write(writer)?;
        writer.raw(",");
        if writer.is_checked() {
            writer.demand(!matches!(self.code, ErrorCode::Other(_)), Rule::ErrorCode)?;
            writer.demand(is_json_object(&self.details), Rule::ErrorDetails)?;
        }
        writer.string(self.code.as_str());
        writer.raw(",");
        writer.string(&self.description);
        writer.raw(",");
        writer.raw(&self.details);
        writer.raw("]");
        Ok(())
    }
}

fn is_json_object(text: &str) -> bool {
    let mut reader = Reader::new(text, Tolerance::STRICT);
    reader.peek() == b'{' && reader.skip().is_ok() && reader.end().is_ok()
}

/// A frame whose payload is not read yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Frame<'a> {
    /// A request.
    Call(Call<'a>),
    /// A response.
    CallResult(CallResult<'a>),
    /// A refusal.
    CallError(CallError<'a>),
}

impl<'a> Frame<'a> {
    /// Parses a frame; its payload is checked to be a JSON object, and no more.
    ///
    /// # Errors
    ///
    /// The first rule of OCPP-J 1.6, 4 that is broken.
    pub fn parse(text: &'a str) -> Result<Self, DecodeError<'a>> {
        Self::parse_with(text, Tolerance::STRICT).map(|read| read.value)
    }

    /// As [`parse`](Self::parse), with deviations that may be bent into shape.
    ///
    /// # Errors
    ///
    /// The first rule that is broken and may not be bent.
    pub fn parse_with(
        text: &'a str,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, DecodeError<'a>> {
        let mut parser = Parser::new(tolerance);
        match parser.frame(text) {
            Ok(value) => Ok(Tolerated {
                value,
                deviations: parser.deviations,
            }),
            Err((rule, offset)) => Err(DecodeError {
                kind: parser.kind,
                id: parser.id,
                violation: Box::new(Violation {
                    rule,
                    path: Path::ROOT,
                    offset,
                }),
            }),
        }
    }

    /// The kind of the frame.
    #[must_use]
    pub const fn kind(&self) -> FrameKind {
        match self {
            Self::Call(_) => FrameKind::Call,
            Self::CallResult(_) => FrameKind::CallResult,
            Self::CallError(_) => FrameKind::CallError,
        }
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> &MessageId<'a> {
        match self {
            Self::Call(call) => &call.id,
            Self::CallResult(result) => &result.id,
            Self::CallError(error) => &error.id,
        }
    }
}
