//! Payloads from and to text.

use alloc::string::String;

use crate::Action;
use crate::error::{Rule, Violation};
use crate::frame::{MessageId, RawPayload};
use crate::json::{Reader, Stop, Writer};
use crate::tolerance::{Tolerance, Tolerated};
use crate::value::Value;
use crate::{Request, Response};

/// Reads a whole payload by `read`.
pub(crate) fn decode<'a, T>(
    payload: RawPayload<'a>,
    action: Action,
    tolerance: Tolerance,
    read: impl Fn(&mut Reader<'a>) -> Result<T, Stop>,
) -> Result<Tolerated<T>, Violation> {
    // What is valid is read strictly, so that tolerance cannot change it.
    let strict = run(payload, action, Tolerance::STRICT, &read);
    if tolerance.is_empty() || strict.is_ok() {
        return strict;
    }
    run(payload, action, tolerance, read)
}

/// Reads a payload, which may be null, and the end of its frame.
#[inline]
pub(crate) fn last<'a, T: Value<'a>>(reader: &mut Reader<'a>) -> Result<T, Stop> {
    let payload = if reader.peek() == b'n' {
        nothing(reader)?
    } else {
        T::read(reader)?
    };
    reader.expect(b']')?;
    reader.end()?;
    Ok(payload)
}

/// What null stands for: an object without members.
#[cold]
fn nothing<'a, T: Value<'a>>(reader: &mut Reader<'a>) -> Result<T, Stop> {
    if !reader.take_word("null") {
        return reader.fail(Rule::Json);
    }
    T::read(&mut Reader::new("{}", Tolerance::STRICT))
}

fn run<'a, T>(
    payload: RawPayload<'a>,
    action: Action,
    tolerance: Tolerance,
    read: impl Fn(&mut Reader<'a>) -> Result<T, Stop>,
) -> Result<Tolerated<T>, Violation> {
    let mut reader = Reader::new(payload.object(), tolerance);
    reader.dialect = action.dialect();
    let result = read(&mut reader).and_then(|value| reader.end().map(|()| value));
    match result {
        Ok(value) => Ok(Tolerated {
            value,
            deviations: reader.into_deviations(),
        }),
        Err(Stop) => Err(reader.violation(payload.offset())),
    }
}

impl<'a> Request<'a> {
    /// Reads the payload of a CALL.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken.
    pub fn decode(action: Action, payload: RawPayload<'a>) -> Result<Self, Violation> {
        Self::decode_with(action, payload, Tolerance::STRICT).map(|read| read.value)
    }

    /// As [`decode`](Self::decode), with deviations that may be bent into shape.
    ///
    /// # Errors
    ///
    /// The first rule that is broken and may not be bent.
    pub fn decode_with(
        action: Action,
        payload: RawPayload<'a>,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, Violation> {
        decode(payload, action, tolerance, |reader| {
            Self::read(action, reader)
        })
    }

    /// Appends the payload to `out`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    pub fn encode_payload(&self, out: &mut String) -> Result<(), Violation> {
        checked(self.action(), out, |writer| self.write(writer))
    }

    /// Appends the payload whatever it holds, for those who test what the other side does with it.
    pub fn encode_payload_unchecked(&self, out: &mut String) {
        unchecked(self.action(), out, |writer| self.write(writer));
    }

    /// Appends the CALL with this request to `out`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    pub fn encode_call(&self, id: &MessageId<'_>, out: &mut String) -> Result<(), Violation> {
        checked(self.action(), out, |writer| {
            call(self.action(), id, writer)?;
            self.write(writer)?;
            writer.raw("]");
            Ok(())
        })
    }

    /// Appends the CALL whatever it holds, for those who test what the other side does with it.
    pub fn encode_call_unchecked(&self, id: &MessageId<'_>, out: &mut String) {
        unchecked(self.action(), out, |writer| {
            call(self.action(), id, writer)?;
            self.write(writer)?;
            writer.raw("]");
            Ok(())
        });
    }
}

impl<'a> Response<'a> {
    /// Reads the payload of the CALLRESULT that answers a CALL with `action`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken.
    pub fn decode(action: Action, payload: RawPayload<'a>) -> Result<Self, Violation> {
        Self::decode_with(action, payload, Tolerance::STRICT).map(|read| read.value)
    }

    /// As [`decode`](Self::decode), with deviations that may be bent into shape.
    ///
    /// # Errors
    ///
    /// The first rule that is broken and may not be bent.
    pub fn decode_with(
        action: Action,
        payload: RawPayload<'a>,
        tolerance: Tolerance,
    ) -> Result<Tolerated<Self>, Violation> {
        decode(payload, action, tolerance, |reader| {
            Self::read(action, reader)
        })
    }

    /// Appends the payload to `out`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    pub fn encode_payload(&self, out: &mut String) -> Result<(), Violation> {
        checked(self.action(), out, |writer| self.write(writer))
    }

    /// Appends the payload whatever it holds, for those who test what the other side does with it.
    pub fn encode_payload_unchecked(&self, out: &mut String) {
        unchecked(self.action(), out, |writer| self.write(writer));
    }

    /// Appends the CALLRESULT with this response to `out`.
    ///
    /// # Errors
    ///
    /// The first rule of the schema that is broken; `out` is then as it was.
    pub fn encode_result(&self, id: &MessageId<'_>, out: &mut String) -> Result<(), Violation> {
        checked(self.action(), out, |writer| {
            result(id, writer)?;
            self.write(writer)?;
            writer.raw("]");
            Ok(())
        })
    }

    /// Appends the CALLRESULT whatever it holds, for those who test what the other side does with
    /// it.
    pub fn encode_result_unchecked(&self, id: &MessageId<'_>, out: &mut String) {
        unchecked(self.action(), out, |writer| {
            result(id, writer)?;
            self.write(writer)?;
            writer.raw("]");
            Ok(())
        });
    }
}

pub(crate) fn encode_call<'a>(
    action: Action,
    payload: &impl Value<'a>,
    id: &MessageId<'_>,
    out: &mut String,
) -> Result<(), Violation> {
    checked(action, out, |writer| {
        call(action, id, writer)?;
        payload.write(writer)?;
        writer.raw("]");
        Ok(())
    })
}

pub(crate) fn encode<'a>(
    action: Action,
    payload: &impl Value<'a>,
    out: &mut String,
) -> Result<(), Violation> {
    checked(action, out, |writer| payload.write(writer))
}

pub(crate) fn encode_unchecked<'a>(payload: &impl Value<'a>, out: &mut String) {
    unchecked(Action::Heartbeat, out, |writer| payload.write(writer));
}

fn call(action: Action, id: &MessageId<'_>, writer: &mut Writer<'_>) -> Result<(), Stop> {
    writer.raw("[2,");
    id.write(writer)?;
    writer.raw(",\"");
    writer.raw(action.name());
    writer.raw("\",");
    Ok(())
}

fn result(id: &MessageId<'_>, writer: &mut Writer<'_>) -> Result<(), Stop> {
    writer.raw("[3,");
    id.write(writer)?;
    writer.raw(",");
    Ok(())
}

/// Writes with all rules, or not at all.
pub(crate) fn checked(
    action: Action,
    out: &mut String,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Stop>,
) -> Result<(), Violation> {
    let length = out.len();
    let mut writer = Writer::checked(out, action.dialect());
    match write(&mut writer) {
        Ok(()) => Ok(()),
        Err(Stop) => {
            let violation = writer.violation();
            take_back(out, length);
            Err(violation)
        }
    }
}

/// Takes back what was written after `length` bytes.
///
/// Not by `truncate`, which asserts that a character begins there.
#[cold]
fn take_back(out: &mut String, length: usize) {
    while out.len() > length {
        out.pop();
    }
}

fn unchecked(
    action: Action,
    out: &mut String,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Stop>,
) {
    let mut writer = Writer::unchecked(out, action.dialect());
    // A writer that does not check does not fail.
    let _ = write(&mut writer);
}
