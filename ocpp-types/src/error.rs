//! What is wrong with a frame, where, and the error code that says so to the sender.

use alloc::boxed::Box;
use core::fmt;

use crate::{ErrorCode, FrameKind, MessageId};

/// Why a frame or message is refused.
///
/// It knows what is needed to answer: the kind of the frame, its id and the code of the CALLERROR
/// that fits.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{violation}")]
pub struct DecodeError<'a> {
    /// The kind of the frame, if that could be read.
    pub kind: Option<FrameKind>,
    /// The id of the frame as it was sent, if that could be read.
    ///
    /// A CALL with a readable id is answered with [`code`](Self::code); nothing else is answered.
    pub id: Option<MessageId<'a>>,
    /// The rule that is broken, and where.
    pub violation: Box<Violation>,
}

impl DecodeError<'_> {
    /// The code of the CALLERROR that fits.
    #[must_use]
    pub const fn code(&self) -> ErrorCode<'static> {
        self.violation.rule.code()
    }

    /// The same error with an id of its own.
    #[must_use]
    pub fn into_owned(self) -> DecodeError<'static> {
        DecodeError {
            kind: self.kind,
            id: self.id.map(MessageId::into_owned),
            violation: self.violation,
        }
    }
}

/// A broken rule and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Which rule.
    pub rule: Rule,
    /// Where in the payload, as a JSON pointer; empty for the payload as a whole and the frame.
    ///
    /// A missing or additional member is reported at the object that lacks or has it.
    pub path: Path,
    /// Where in the text, in bytes; 0 for a message that was not read but built.
    pub offset: usize,
}

impl Violation {
    /// The code of the CALLERROR that fits.
    #[must_use]
    pub const fn code(&self) -> ErrorCode<'static> {
        self.rule.code()
    }
}

impl core::error::Error for Violation {}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, path, offset } = self;
        if matches!(rule, Rule::Json | Rule::Depth) {
            write!(f, "{rule} at byte {offset}")
        } else if path.is_empty() {
            write!(f, "{rule}")
        } else {
            write!(f, "{rule} at {path}")
        }
    }
}

/// The rules of OCPP-J 1.6, section 4, and of the message schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rule {
    /// The text is no JSON.
    #[error("not valid JSON")]
    Json,
    /// Arrays and objects are nested deeper than [`MAX_DEPTH`](crate::MAX_DEPTH).
    #[error("nested too deep")]
    Depth,
    /// A frame is an array.
    #[error("the frame is no array")]
    Array,
    /// The first element is the integer 2, 3 or 4.
    #[error("the message type is not 2, 3 or 4")]
    MessageType,
    /// A CALL has 4 elements, a CALLRESULT 3 and a CALLERROR 5.
    #[error("the frame has not {expected} elements")]
    Elements {
        /// As many as the kind of frame has.
        expected: u8,
    },
    /// The id is text.
    #[error("the message id is no text")]
    IdType,
    /// The id has at most 36 characters.
    #[error("the message id has more than 36 characters")]
    IdLength,
    /// The action is text.
    #[error("the action is no text")]
    ActionType,
    /// The action is one of OCPP 1.6.
    #[error("unknown action")]
    Action,
    /// The payload is an object, or null for an empty one.
    #[error("the payload is no object")]
    Payload,
    /// The error code is one of OCPP 1.6.
    #[error("unknown error code")]
    ErrorCode,
    /// The error description is text.
    #[error("the error description is no text")]
    ErrorDescription,
    /// The error details are an object.
    #[error("the error details are no object")]
    ErrorDetails,
    /// A value has the JSON type that the schema names.
    #[error("expected {0}")]
    Type(JsonType),
    /// A required member is present.
    #[error("member {0} is missing")]
    Required(&'static str),
    /// There are no members but those of the schema.
    #[error("a member that the message does not have")]
    Additional,
    /// A text has at most so many characters.
    #[error("more than {max} characters")]
    MaxLength {
        /// As many as are allowed.
        max: usize,
    },
    /// A word is one of the list.
    #[error("a word that is not in the list")]
    Literal,
    /// A time is in the form of RFC 3339 and exists.
    #[error("not a date and time of RFC 3339")]
    DateTime,
    /// A location is a URI.
    #[error("not a URI")]
    Uri,
    /// A limit has at most one digit after the decimal point.
    #[error("not a multiple of 0.1")]
    MultipleOf,
    /// A number fits into what this library holds: 64 bits.
    #[error("the number is out of range")]
    Range,
    /// A list has at least so many elements.
    #[error("fewer than {min} elements")]
    MinItems {
        /// As many as are needed.
        min: usize,
    },
}

impl Rule {
    /// The code of the CALLERROR that fits: OCPP-J 1.6, 4.2.3.
    #[must_use]
    pub const fn code(self) -> ErrorCode<'static> {
        match self {
            Self::Action => ErrorCode::NotImplemented,
            Self::Type(_) => ErrorCode::TypeConstraintViolation,
            Self::Required(_) | Self::MinItems { .. } => ErrorCode::OccurenceConstraintViolation,
            Self::MaxLength { .. }
            | Self::Literal
            | Self::DateTime
            | Self::Uri
            | Self::MultipleOf
            | Self::Range => ErrorCode::PropertyConstraintViolation,
            _ => ErrorCode::FormationViolation,
        }
    }
}

/// The types of JSON values, as the schemas name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum JsonType {
    /// `{…}`
    #[error("an object")]
    Object,
    /// `[…]`
    #[error("a list")]
    Array,
    /// `"…"`
    #[error("text")]
    String,
    /// A number without a fraction.
    #[error("an integer")]
    Integer,
    /// A number.
    #[error("a number")]
    Number,
    /// `true` or `false`.
    #[error("true or false")]
    Boolean,
}

/// A place in a payload; `Display` writes the JSON pointer (RFC 6901).
#[derive(Clone, Copy)]
pub struct Path {
    segments: [Segment; Self::MAX],
    len: u8,
}

/// One step into an object or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Segment {
    /// The member of that name.
    Member(&'static str),
    /// The element of that number, counted from 0.
    Index(usize),
}

impl Path {
    /// The payloads of OCPP 1.6 are not nested deeper.
    const MAX: usize = 5;

    pub(crate) const ROOT: Self = Self {
        segments: [Segment::Index(0); Self::MAX],
        len: 0,
    };

    /// The steps from the payload down.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        self.segments.get(..usize::from(self.len)).unwrap_or(&[])
    }

    /// Whether it is the payload itself.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Goes to a child of the object or list that is `depth` steps down.
    #[inline]
    pub(crate) fn set(&mut self, depth: u8, segment: Segment) {
        if let Some(place) = self.segments.get_mut(usize::from(depth)) {
            *place = segment;
        }
        self.len = depth.wrapping_add(1);
    }

    #[inline]
    pub(crate) const fn depth(&self) -> u8 {
        self.len
    }

    /// Goes back up.
    #[inline]
    pub(crate) const fn cut(&mut self, depth: u8) {
        self.len = depth;
    }
}

impl PartialEq for Path {
    fn eq(&self, other: &Self) -> bool {
        self.segments() == other.segments()
    }
}

impl Eq for Path {}

impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in self.segments() {
            match segment {
                // No name of the schemas has a character that would have to be escaped.
                Segment::Member(name) => write!(f, "/{name}")?,
                Segment::Index(index) => write!(f, "/{index}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::{DecodeError, Path, Rule, Segment, Violation};

    #[test]
    fn a_path_is_a_json_pointer() {
        let mut path = Path::ROOT;
        assert_eq!(path.to_string(), "");
        path.set(0, Segment::Member("meterValue"));
        path.set(1, Segment::Index(3));
        path.set(2, Segment::Member("timestamp"));
        assert_eq!(path.to_string(), "/meterValue/3/timestamp");
        path.cut(1);
        assert_eq!(path.segments(), [Segment::Member("meterValue")]);
    }

    #[test]
    fn messages_say_where() {
        let mut violation = Violation {
            rule: Rule::Json,
            path: Path::ROOT,
            offset: 7,
        };
        assert_eq!(violation.to_string(), "not valid JSON at byte 7");
        violation.rule = Rule::MaxLength { max: 20 };
        assert_eq!(violation.to_string(), "more than 20 characters");
        violation.path.set(0, Segment::Member("idTag"));
        assert_eq!(violation.to_string(), "more than 20 characters at /idTag");
    }

    #[test]
    fn errors_are_small() {
        assert!(size_of::<Violation>() <= 120);
        assert!(size_of::<DecodeError<'_>>() <= 48);
    }
}
