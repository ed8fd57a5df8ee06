//! Frames with their payloads, in one pass.

use alloc::boxed::Box;
use alloc::vec::Vec;

use crate::error::{DecodeError, Path, Rule, Violation};
use crate::frame::{Call, CallError, CallResult, Frame, FrameKind, MessageId};
use crate::json::{Reader, Stop, is_within};
use crate::tolerance::{Tolerance, Tolerated};
use crate::{Action, Request, Response};

/// A frame and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Message<'a> {
    /// A CALL.
    Call {
        /// The id that the answer repeats.
        id: MessageId<'a>,
        /// What is asked.
        request: Request<'a>,
    },
    /// A CALLRESULT.
    CallResult {
        /// The id of the CALL.
        id: MessageId<'a>,
        /// The answer.
        response: Response<'a>,
    },
    /// A CALLRESULT to a CALL that is not known.
    Unexpected(CallResult<'a>),
    /// A CALLERROR.
    CallError(CallError<'a>),
}

impl<'a> Message<'a> {
    /// Parses a frame and its payload in one pass.
    ///
    /// A CALLRESULT does not say what it answers: `pending` gives the action of the CALL with its
    /// id, if there is one.
    ///
    /// # Errors
    ///
    /// The first rule that is broken, of the frame before those of the payload.
    pub fn parse(
        text: &'a str,
        pending: impl Fn(&MessageId<'a>) -> Option<Action>,
    ) -> Result<Self, DecodeError<'a>> {
        Self::read(text, &pending, || {
            Self::in_two_passes(text, &pending, Tolerance::STRICT).map(|read| read.value)
        })
    }

    /// As [`parse`](Self::parse), with deviations that may be bent into shape.
    ///
    /// # Errors
    ///
    /// The first rule that is broken and may not be bent.
    pub fn parse_with(
        text: &'a str,
        pending: impl Fn(&MessageId<'a>) -> Option<Action>,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, DecodeError<'a>> {
        let mut deviations = Vec::new();
        let value = Self::read(text, &pending, || {
            let read = Self::in_two_passes(text, &pending, tolerance)?;
            deviations = read.deviations;
            Ok(read.value)
        })?;
        Ok(Tolerated { value, deviations })
    }

    /// The id.
    #[must_use]
    pub const fn id(&self) -> &MessageId<'a> {
        match self {
            Self::Call { id, .. } | Self::CallResult { id, .. } => id,
            Self::Unexpected(result) => &result.id,
            Self::CallError(error) => &error.id,
        }
    }

    /// Reads a valid CALL or CALLRESULT in one pass; `otherwise` for all else.
    #[inline]
    fn read(
        text: &'a str,
        pending: impl Fn(&MessageId<'a>) -> Option<Action>,
        otherwise: impl FnOnce() -> Result<Self, DecodeError<'a>>,
    ) -> Result<Self, DecodeError<'a>> {
        let mut reader = Reader::new(text, Tolerance::STRICT);
        let Ok((kind, id)) = head(&mut reader) else {
            return otherwise();
        };
        match kind {
            FrameKind::Call => match call_action(&mut reader) {
                Ok(action) => Request::read_message(action, id, &mut reader, otherwise),
                Err(Stop) => otherwise(),
            },
            FrameKind::CallResult => match pending(&id) {
                Some(action) => Response::read_message(action, id, &mut reader, otherwise),
                None => otherwise(),
            },
            FrameKind::CallError => otherwise(),
        }
    }

    /// Parses the frame first, then the payload: for what is rare, and for all that is wrong.
    #[cold]
    fn in_two_passes(
        text: &'a str,
        pending: impl Fn(&MessageId<'a>) -> Option<Action>,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, DecodeError<'a>> {
        let Tolerated {
            value: frame,
            mut deviations,
        } = Frame::parse_with(text, tolerance)?;
        let kind = frame.kind();
        let refused = |id: MessageId<'a>, violation: Violation| DecodeError {
            kind: Some(kind),
            id: Some(id),
            violation: Box::new(violation),
        };
        let value = match frame {
            Frame::Call(Call {
                id,
                action,
                payload,
            }) => {
                let Some(action) = Action::from_name(&action) else {
                    let violation = Violation {
                        rule: Rule::Action,
                        path: Path::ROOT,
                        offset: 0,
                    };
                    return Err(refused(id, violation));
                };
                match Request::decode_with(action, payload, tolerance) {
                    Ok(read) => {
                        deviations.extend(read.deviations);
                        Self::Call {
                            id,
                            request: read.value,
                        }
                    }
                    Err(violation) => return Err(refused(id, violation)),
                }
            }
            Frame::CallResult(CallResult { id, payload }) => match pending(&id) {
                None => Self::Unexpected(CallResult { id, payload }),
                Some(action) => match Response::decode_with(action, payload, tolerance) {
                    Ok(read) => {
                        deviations.extend(read.deviations);
                        Self::CallResult {
                            id,
                            response: read.value,
                        }
                    }
                    Err(violation) => return Err(refused(id, violation)),
                },
            },
            Frame::CallError(error) => Self::CallError(error),
        };
        Ok(Tolerated { value, deviations })
    }
}

/// Reads `[`, the kind of the frame, its id, and the commas.
#[inline]
fn head<'a>(reader: &mut Reader<'a>) -> Result<(FrameKind, MessageId<'a>), Stop> {
    reader.expect(b'[')?;
    let kind = reader.plain_integer().and_then(FrameKind::from_code);
    let Some(kind) = kind else {
        return reader.fail(Rule::MessageType);
    };
    reader.expect(b',')?;
    let text = reader.string()?;
    reader.expect(b',')?;
    if !is_within(&text, MessageId::MAX) {
        return reader.fail(Rule::IdLength);
    }
    Ok((kind, MessageId::unchecked(text)))
}

#[inline]
fn call_action(reader: &mut Reader<'_>) -> Result<Action, Stop> {
    let Some(action) = Action::from_name(&reader.string()?) else {
        return reader.fail(Rule::Action);
    };
    reader.expect(b',')?;
    Ok(action)
}
