//! Frames: OCPP-J 1.6, 4.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::error::{DecodeError, Path, Rule, Violation};
use crate::json::{Dialect, Reader, Stop, Writer, is_within, number_end};
use crate::literal::{Unknown, literals};
use crate::tolerance::{Deviation, Tolerance, Tolerated};
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

/// Takes a frame apart, element by element, and remembers what an answer needs.
struct Parser<'a> {
    tolerance: Tolerance,
    deviations: Vec<Deviation>,
    kind: Option<FrameKind>,
    id: Option<MessageId<'a>>,
}

type Parsed<T> = Result<T, (Rule, usize)>;

/// The text of an element, and where it began.
type Element<'a> = RawPayload<'a>;

impl<'a> Parser<'a> {
    const fn new(tolerance: Tolerance) -> Self {
        Self {
            tolerance,
            deviations: Vec::new(),
            kind: None,
            id: None,
        }
    }

    fn bend(&mut self, rule: Tolerance) -> bool {
        let allowed = self.tolerance.contains(rule);
        if allowed {
            let path = String::new();
            self.deviations.push(Deviation { rule, path });
        }
        allowed
    }

    fn frame(&mut self, text: &'a str) -> Parsed<Frame<'a>> {
        let (text, base) = match text.strip_prefix('\u{FEFF}') {
            Some(rest) if self.bend(Tolerance::BYTE_ORDER_MARK) => (rest, 3),
            _ => (text, 0),
        };
        let mut reader = Reader::new(text, Tolerance::STRICT);
        let Ok((elements, count)) = elements(&mut reader, base) else {
            let violation = reader.violation(base);
            return Err((violation.rule, violation.offset));
        };
        let [first, second, third, fourth, fifth] = elements;
        let kind = self.message_type(first)?;
        self.kind = Some(kind);
        if count >= 2 {
            self.id = self.read_id(second);
        }
        let elements = kind.elements();
        let has_all = count == usize::from(elements)
            || (kind == FrameKind::CallError && count == 4 && self.bend(Tolerance::ERROR_PARTS));
        if !has_all {
            let expected = elements;
            return Err((Rule::Elements { expected }, base));
        }
        let id = self.check_id(second)?;
        Ok(match kind {
            FrameKind::Call => {
                let Some(action) = text_of(third) else {
                    return Err((Rule::ActionType, third.offset));
                };
                Frame::Call(Call {
                    id,
                    action,
                    payload: object(fourth)?,
                })
            }
            FrameKind::CallResult => Frame::CallResult(CallResult {
                id,
                payload: object(third)?,
            }),
            FrameKind::CallError => Frame::CallError(CallError {
                id,
                code: self.error_code(third)?,
                description: self.description(fourth)?,
                details: self.details(fifth, count)?,
            }),
        })
    }

    fn message_type(&mut self, element: Element<'a>) -> Parsed<FrameKind> {
        let digits = match element.text.strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"').unwrap_or(rest),
            None => element.text.strip_suffix(".0").unwrap_or(element.text),
        };
        let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
        let code = digits.parse().ok().filter(|_| is_integer);
        let is_plain = digits.len() == element.text.len();
        match code.and_then(FrameKind::from_code) {
            Some(kind) if is_plain || self.bend(Tolerance::MESSAGE_TYPE_FORM) => Ok(kind),
            _ => Err((Rule::MessageType, element.offset)),
        }
    }

    /// The id as far as an answer can repeat it.
    fn read_id(&self, element: Element<'a>) -> Option<MessageId<'a>> {
        if let Some(text) = text_of(element) {
            return Some(MessageId {
                text,
                is_number: false,
            });
        }
        let is_number = number_end(element.text.as_bytes()).is_some();
        (is_number && self.tolerance.contains(Tolerance::NUMERIC_ID)).then_some(MessageId {
            text: Cow::Borrowed(element.text),
            is_number,
        })
    }

    fn check_id(&mut self, element: Element<'a>) -> Parsed<MessageId<'a>> {
        let Some(id) = self.id.clone() else {
            return Err((Rule::IdType, element.offset));
        };
        if id.is_number && !self.bend(Tolerance::NUMERIC_ID) {
            return Err((Rule::IdType, element.offset));
        }
        if !is_within(&id.text, MessageId::MAX) && !self.bend(Tolerance::LONG_ID) {
            return Err((Rule::IdLength, element.offset));
        }
        Ok(id)
    }

    fn error_code(&mut self, element: Element<'a>) -> Parsed<ErrorCode<'a>> {
        let code = match text_of(element) {
            Some(Cow::Borrowed(text)) => ErrorCode::from(text),
            Some(Cow::Owned(text)) => ErrorCode::from(text.as_str()).into_owned(),
            None => return Err((Rule::ErrorCode, element.offset)),
        };
        if matches!(code, ErrorCode::Other(_)) && !self.bend(Tolerance::UNKNOWN_ERROR_CODE) {
            return Err((Rule::ErrorCode, element.offset));
        }
        Ok(code)
    }

    fn description(&mut self, element: Element<'a>) -> Parsed<Cow<'a, str>> {
        match text_of(element) {
            Some(text) => Ok(text),
            None if self.bend(Tolerance::ERROR_PARTS) => Ok(Cow::Borrowed("")),
            None => Err((Rule::ErrorDescription, element.offset)),
        }
    }

    fn details(&mut self, element: Element<'a>, count: usize) -> Parsed<Cow<'a, str>> {
        if element.text.starts_with('{') {
            return Ok(Cow::Borrowed(element.text));
        }
        // That they are missing was bent already.
        if count == 4 {
            return Ok(Cow::Borrowed("{}"));
        }
        if self.bend(Tolerance::ERROR_PARTS) {
            return Ok(Cow::Borrowed(element.text));
        }
        Err((Rule::ErrorDetails, element.offset))
    }
}

/// The first five elements of a frame, and how many there are.
fn elements<'a>(reader: &mut Reader<'a>, base: usize) -> Result<([Element<'a>; 5], usize), Stop> {
    let mut elements = [RawPayload::new(""); 5];
    if reader.peek() != b'[' {
        let is_json = reader.skip().is_ok() && reader.end().is_ok();
        return reader.fail_at(if is_json { Rule::Array } else { Rule::Json }, 0);
    }
    let mut more = reader.open_list()?;
    let mut count = 0_usize;
    while more {
        reader.peek();
        let offset = reader.at().saturating_add(base);
        let text = reader.skip()?;
        if let Some(place) = elements.get_mut(count) {
            *place = RawPayload { text, offset };
        }
        count = count.saturating_add(1);
        more = reader.next_element()?;
    }
    reader.end()?;
    Ok((elements, count))
}

/// The text that an element is.
fn text_of(element: Element<'_>) -> Option<Cow<'_, str>> {
    if !element.text.starts_with('"') {
        return None;
    }
    Reader::new(element.text, Tolerance::STRICT).string().ok()
}

fn object(element: Element<'_>) -> Parsed<RawPayload<'_>> {
    if element.is_object() {
        Ok(element)
    } else {
        Err((Rule::Payload, element.offset))
    }
}
