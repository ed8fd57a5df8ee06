//! Messages of the other side.

use alloc::string::String;

use meter_units::Instant;

use super::event::{Ended, Event, Failure};
use super::outgoing::Open;
use super::{Endpoint, Incoming, Link};
use crate::total::text;
use crate::{
    CallError, DecodeError, ErrorCode, FrameKind, Message, MessageId, Request, Tolerance, Tolerated,
};

impl Endpoint {
    /// Takes in a text message.
    ///
    /// Messages that arrive while the endpoint is not connected are dropped. So are those that
    /// arrive while 256 outputs and more wait to be polled, which only happens to a caller that
    /// does not drain them.
    pub fn handle_message(&mut self, now: Instant, text: &str) {
        /// Each message gives two outputs at most.
        const MOST_OUTPUTS: usize = 256;
        if self.link == Link::Down || self.outputs.len() >= MOST_OUTPUTS {
            return;
        }
        let open = &self.open;
        let pending = |id: &MessageId<'_>| {
            let open = open.as_ref().filter(|open| open.is_answered_by(id))?;
            Some(open.outgoing.request.action())
        };
        let tolerance =
            self.config.tolerance | Tolerance::ERROR_PARTS | Tolerance::UNKNOWN_ERROR_CODE;
        match Message::parse_with(text, pending, tolerance) {
            Ok(Tolerated { value, deviations }) => match value {
                Message::Call { id, request } => {
                    self.receive_call(id.into_owned(), request, deviations);
                }
                Message::CallResult { id, response } => {
                    let Some(open) = self.close(&id) else {
                        return self.unmatched(id, FrameKind::CallResult);
                    };
                    let ticket = open.outgoing.ticket;
                    self.remember(open.id.clone(), Ended::Answered);
                    self.succeed(&open, &response);
                    self.event(Event::Response {
                        ticket,
                        response: response.into_owned(),
                        deviations,
                    });
                }
                Message::CallError(error) => match self.close(&error.id) {
                    Some(open) => {
                        self.fail(now, open, Failure::Rejected(error.into_owned()));
                    }
                    None => self.unmatched(error.id, FrameKind::CallError),
                },
                Message::Unexpected(result) => self.unmatched(result.id, FrameKind::CallResult),
            },
            Err(error) => self.receive_invalid(now, error),
        }
        self.pump(now);
    }

    fn receive_call(
        &mut self,
        id: MessageId<'static>,
        request: Request<'_>,
        deviations: alloc::vec::Vec<crate::Deviation>,
    ) {
        let action = request.action();
        let refusal = if !self.config.role.peer().sends(action) {
            Some((ErrorCode::NotSupported, "sent by the other side only"))
        } else if self.incoming.iter().any(|incoming| incoming.id == id) {
            Some((
                ErrorCode::ProtocolError,
                "a call with this id is being processed",
            ))
        } else if self.incoming.len() >= self.config.incoming {
            Some((
                ErrorCode::GenericError,
                "too many calls are being processed",
            ))
        } else {
            None
        };
        if let Some((code, description)) = refusal {
            let error = CallError::new(id, code, description);
            self.answer_with(&error);
            return self.event(Event::Refused(error));
        }
        self.incoming.push(Incoming {
            id: id.clone(),
            action,
        });
        self.event(Event::Request {
            id,
            request: request.into_owned(),
            deviations,
        });
    }

    /// A message that breaks a rule: a CALL is refused, an answer ends its call, and the rest is
    /// dropped.
    fn receive_invalid(&mut self, now: Instant, error: DecodeError<'_>) {
        match (error.kind, &error.id) {
            (Some(FrameKind::Call), Some(id)) => {
                let description = text(&error.violation);
                let answer = CallError::new(id.clone(), error.code(), description);
                self.answer_with(&answer);
            }
            (Some(kind), Some(id)) => {
                let Some(open) = self.close(id) else {
                    return self.unmatched(id.clone(), kind);
                };
                let failure = match kind {
                    FrameKind::CallError => {
                        let description = text(&error.violation);
                        let code = ErrorCode::GenericError;
                        Failure::Rejected(CallError::new(open.id.clone(), code, description))
                    }
                    _ => Failure::Invalid(*error.violation),
                };
                return self.fail(now, open, failure);
            }
            _ => {}
        }
        self.event(Event::Invalid(error.into_owned()));
    }

    /// Takes the open call, if it has that id.
    fn close(&mut self, id: &MessageId<'_>) -> Option<Open> {
        self.open.take_if(|open| open.is_answered_by(id))
    }

    fn unmatched(&mut self, id: MessageId<'_>, kind: FrameKind) {
        let ended = self
            .ended
            .iter()
            .rev()
            .find(|(ended, _)| ended.as_str() == id.as_str());
        let ended = ended.map(|(_, ended)| *ended);
        let id = id.into_owned();
        self.event(Event::Unmatched { id, kind, ended });
    }

    fn answer_with(&mut self, error: &CallError<'_>) {
        let mut text = String::new();
        // The codes are those of 1.6 and there are no details, so that nothing breaks a rule.
        error.encode_unchecked(&mut text);
        self.transmit(text);
    }
}
