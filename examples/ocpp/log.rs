//! Prints what passes: a line for people or a line of JSON for each message.

use alloc::sync::Arc;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Mutex;

use ocpp_types::endpoint::Role;
use ocpp_types::types::DateTime;
use ocpp_types::{Action, CallError, Message, MessageId, Tolerance, Tolerated};
use serde_json::value::RawValue;

use super::clock::unix_millis;
use super::{Clock, words};

/// How messages are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Lines,
    Json,
    Silent,
}

/// Prints the messages of one connection, as one side sees them.
pub(crate) struct Log {
    name: String,
    role: Role,
    form: Form,
    tolerance: Tolerance,
    /// The calls of this side that wait for an answer.
    sent: HashMap<String, Action>,
    /// Those of the other side.
    received: HashMap<String, Action>,
    out: Out,
}

/// Where several connections print.
pub(crate) type Out = Arc<Mutex<io::Stdout>>;

/// A line of JSON.
#[derive(serde::Serialize)]
struct Line<'a> {
    time: &'a str,
    station: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    action: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bent: Vec<[String; 2]>,
}

impl Log {
    /// A log of what the side `role` sends and receives; `name` is the identity of the station.
    pub(crate) fn new(name: &str, role: Role, form: Form, tolerance: Tolerance, out: Out) -> Self {
        Self {
            name: name.to_owned(),
            role,
            form,
            tolerance,
            sent: HashMap::new(),
            received: HashMap::new(),
            out,
        }
    }

    pub(crate) fn sent(&mut self, clock: Clock, text: &str) {
        let from = self.role;
        self.message(clock, from, text);
    }

    pub(crate) fn received(&mut self, clock: Clock, text: &str) {
        let from = self.role.peer();
        self.message(clock, from, text);
    }

    /// Something that is no message.
    pub(crate) fn note(&self, clock: Clock, text: &str) {
        self.print(
            clock,
            format!("   {text}"),
            Line {
                text: Some(text.to_owned()),
                ..Line::of("note")
            },
        );
    }

    /// The connection broke: no answer comes any more.
    pub(crate) fn forget_calls(&mut self) {
        self.sent.clear();
        self.received.clear();
    }

    fn message(&mut self, clock: Clock, from: Role, text: &str) {
        let is_own = from == self.role;
        let (calls, pending) = if is_own {
            (&mut self.sent, &mut self.received)
        } else {
            (&mut self.received, &mut self.sent)
        };
        let asked = |id: &MessageId<'_>| pending.get(id.as_str()).copied();
        let arrow = match from {
            Role::ChargePoint => "→ ",
            Role::CentralSystem => "← ",
        };
        let from = Some(match from {
            Role::ChargePoint => "station",
            Role::CentralSystem => "system",
        });
        // What is sent was checked already, and may be wrong on purpose.
        let tolerance = if is_own {
            Tolerance::LENIENT
        } else {
            self.tolerance
        };
        let read = Message::parse_with(text, asked, tolerance);
        let (value, deviations) = match read {
            Ok(Tolerated { value, deviations }) => (value, deviations),
            Err(error) => {
                let words = format!("{arrow}invalid: {error}: {text}");
                self.print(
                    clock,
                    words,
                    Line {
                        from,
                        text: Some(error.to_string()),
                        payload: Some(raw(&serde_json::json!(text).to_string())),
                        ..Line::of("invalid")
                    },
                );
                return;
            }
        };
        let bent: Vec<_> = deviations
            .iter()
            .map(|deviation| [deviation.rule.name().to_owned(), deviation.path.clone()])
            .collect();
        let id = value.id().as_str().to_owned();
        let (words, line) = match &value {
            Message::Call { request, .. } => {
                let action = request.action();
                calls.insert(id.clone(), action);
                let words = words::of_call(action, &words::of_request(request));
                let mut payload = String::new();
                request.encode_payload_unchecked(&mut payload);
                (
                    words,
                    Line {
                        action: Some(action.name()),
                        payload: Some(raw(&payload)),
                        ..Line::of("call")
                    },
                )
            }
            Message::CallResult { response, .. } => {
                let action = response.action();
                pending.remove(&id);
                let words = words::of_answer(action, &words::of_response(response));
                let mut payload = String::new();
                response.encode_payload_unchecked(&mut payload);
                (
                    words,
                    Line {
                        action: Some(action.name()),
                        payload: Some(raw(&payload)),
                        ..Line::of("result")
                    },
                )
            }
            Message::CallError(error) => {
                let action = pending.remove(&id);
                (
                    words_of_error(action, error),
                    Line {
                        action: action.map(Action::name),
                        text: Some(format!("{}: {}", error.code, error.description)),
                        payload: Some(raw(&error.details)),
                        ..Line::of("error")
                    },
                )
            }
            _ => ("answer to no call".to_owned(), Line::of("result")),
        };
        let mut words = format!("{arrow}{words}");
        for [rule, path] in &bent {
            words.push_str(&format!("\n      bent: {rule} at {path}"));
        }
        let line = Line {
            from,
            id: Some(&id),
            bent,
            ..line
        };
        self.print(clock, words, line);
    }

    fn print(&self, clock: Clock, words: String, line: Line<'_>) {
        let millis = unix_millis(clock.unix_at_start(), clock.now());
        let time = DateTime::from_unix_millis(millis);
        let time = time.as_ref().map_or("", DateTime::as_str);
        let line = Line {
            time,
            station: &self.name,
            ..line
        };
        let text = match self.form {
            Form::Silent => return,
            // 2026-05-06T08:00:00.000Z
            Form::Lines => format!("{} {} {words}", time.get(11..19).unwrap_or(time), self.name),
            Form::Json => serde_json::to_string(&line).unwrap_or_default(),
        };
        // Whoever reads the output may stop early, and who panicked has printed already.
        if let Ok(mut out) = self.out.lock() {
            let _ = writeln!(out, "{text}");
            let _ = out.flush();
        }
    }
}

impl Line<'_> {
    const fn of(kind: &'static str) -> Self {
        Self {
            time: "",
            station: "",
            kind,
            from: None,
            id: None,
            action: None,
            payload: None,
            text: None,
            bent: Vec::new(),
        }
    }
}

fn words_of_error(action: Option<Action>, error: &CallError<'_>) -> String {
    let action = action.map_or("unknown call", Action::name);
    words::line(
        action,
        "CALLERROR",
        &format!("{}, {}", error.code, error.description),
    )
}

fn raw(json: &str) -> Box<RawValue> {
    RawValue::from_string(json.to_owned()).unwrap_or_else(|_| RawValue::NULL.to_owned())
}
