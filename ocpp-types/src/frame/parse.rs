//! A frame, from its text.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Call, CallError, CallResult, ErrorCode, Frame, FrameKind, MessageId, RawPayload};
use crate::error::Rule;
use crate::json::{Reader, Stop, is_within, number_end};
use crate::tolerance::{Deviation, Tolerance};

/// Takes a frame apart, element by element, and remembers what an answer needs.
pub(super) struct Parser<'a> {
    tolerance: Tolerance,
    pub(super) deviations: Vec<Deviation>,
    pub(super) kind: Option<FrameKind>,
    pub(super) id: Option<MessageId<'a>>,
}

pub(super) type Parsed<T> = Result<T, (Rule, usize)>;

/// The text of an element, and where it began.
type Element<'a> = RawPayload<'a>;

impl<'a> Parser<'a> {
    pub(super) const fn new(tolerance: Tolerance) -> Self {
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

    pub(super) fn frame(&mut self, text: &'a str) -> Parsed<Frame<'a>> {
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
