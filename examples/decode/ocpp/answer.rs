//! What `decode ocpp --json` prints.

use core::fmt::Display;
use std::io::{self, Write};

use ocpp_types::{DecodeError, FrameKind, Message, Tolerated};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Options, table};

/// The answer to one line.
#[derive(Default, Serialize)]
pub(crate) struct Answer<'a> {
    pub(crate) ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) action: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) payload: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) deviations: Option<Vec<Deviation>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) message: Option<String>,
    #[serde(skip)]
    pub(crate) read: Option<&'a Message<'a>>,
}

#[derive(Serialize)]
pub(crate) struct Deviation {
    pub(crate) path: String,
    pub(crate) rule: String,
}

impl<'a> Answer<'a> {
    /// What a frame says.
    pub(crate) fn new(read: &'a Tolerated<Message<'a>>) -> Self {
        let mut answer = Self {
            ok: true,
            id: Some(read.value.id().to_string()),
            read: Some(&read.value),
            ..Self::default()
        };
        let mut payload = String::new();
        match &read.value {
            Message::Call { request, .. } => {
                request.encode_payload_unchecked(&mut payload);
                answer.action = Some(request.action().name());
                answer.kind = Some("call");
            }
            Message::CallResult { response, .. } => {
                response.encode_payload_unchecked(&mut payload);
                answer.action = Some(response.action().name());
                answer.kind = Some("callresult");
            }
            Message::Unexpected(result) => {
                payload.push_str(result.payload.as_str());
                answer.kind = Some("callresult");
            }
            Message::CallError(error) => {
                answer.kind = Some("callerror");
                answer.code = Some(error.code.to_string());
                answer.description = Some(error.description.to_string());
                answer.details = RawValue::from_string(error.details.to_string()).ok();
            }
            _ => {}
        }
        answer.payload = RawValue::from_string(payload).ok();
        answer.deviations = Some(
            read.deviations
                .iter()
                .map(|deviation| Deviation {
                    path: deviation.path.clone(),
                    rule: deviation.rule.name().to_ascii_lowercase(),
                })
                .collect(),
        );
        answer
    }

    /// Why a frame is refused.
    pub(crate) fn refused(error: &DecodeError<'_>) -> Self {
        Self {
            kind: error.kind.map(|kind| match kind {
                FrameKind::Call => "call",
                FrameKind::CallResult => "callresult",
                FrameKind::CallError => "callerror",
            }),
            id: error.id.as_ref().map(ToString::to_string),
            error: Some(error.code().to_string()),
            path: Some(error.violation.path.to_string()),
            message: Some(error.violation.rule.to_string()),
            ..Self::default()
        }
    }

    /// Why a line has no frame.
    pub(crate) fn unreadable(message: &impl Display) -> Self {
        Self {
            error: Some("FormationViolation".to_owned()),
            path: Some(String::new()),
            message: Some(message.to_string()),
            ..Self::default()
        }
    }

    /// Prints it; whether it was a success.
    pub(crate) fn write(&self, options: &Options, out: &mut impl Write) -> io::Result<bool> {
        if options.json {
            serde_json::to_writer(&mut *out, self)?;
            writeln!(out)?;
        } else {
            table::write(self, out)?;
        }
        Ok(self.ok)
    }
}
