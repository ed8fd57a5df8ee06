//! Whatever an endpoint hears and is told, every call ends once, one CALL is on its way at most,
//! answers are never answered, messages about transactions keep their order, what comes out is
//! valid and bounded, and there is a deadline as long as anything is awaited.
//!
//! The input is a choice of settings and then steps: a kind, an argument, and for some a text up to
//! the next zero byte.
#![no_main]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use meter_units::Instant;
use ocpp_types::endpoint::{
    Config, Endpoint, Event, Failure, Misuse, Output, ReplyError, Role, Ticket,
};
use ocpp_types::messages::{
    DataTransferRequest, HeartbeatRequest, MeterValuesRequest, StartTransactionRequest,
    StopTransactionRequest,
};
use ocpp_types::types::{CiString, DateTime, IdToken, Text};
use ocpp_types::{
    Action, ErrorCode, Frame, FrameKind, Message, MessageId, RawPayload, Request, Response,
    Tolerance,
};

fuzz_target!(|input: &[u8]| {
    let Some((&choice, steps)) = input.split_first() else {
        return;
    };
    let mut run = Run::new(choice);
    let mut rest = steps;
    while let Some((&[kind, argument], after)) = rest.split_first_chunk() {
        rest = after;
        let mut text = "";
        if kind & 15 >= 11 {
            let end = rest
                .iter()
                .position(|byte| *byte == 0)
                .unwrap_or(rest.len());
            let (bytes, after) = rest.split_at(end);
            text = std::str::from_utf8(bytes).unwrap_or("");
            rest = after.get(1..).unwrap_or(&[]);
        }
        run.step(kind, argument, text);
        run.drain();
        let waits = !run.waiting.is_empty() || !run.requests.is_empty();
        assert_eq!(run.endpoint.is_idle(), !waits);
    }
    run.finish();
});

struct Run {
    endpoint: Endpoint,
    now: Instant,
    is_up: bool,
    is_held: bool,
    number: i64,
    /// The calls that have not ended.
    waiting: BTreeMap<Ticket, Asked>,
    /// The call on its way: its id and ticket.
    open: Option<(MessageId<'static>, Ticket)>,
    /// The ids of CALLs on this connection.
    used: BTreeSet<String>,
    /// Requests that wait for a reply.
    requests: Vec<(MessageId<'static>, Action)>,
    /// How many answers may leave at this step.
    answers: usize,
    /// What was sent last in an answer to it.
    answered: Option<String>,
}

struct Asked {
    action: Action,
    /// The number that its text holds.
    number: i64,
    is_transaction: bool,
    /// The start whose id it has to have.
    start: Option<Ticket>,
    /// The id of the transaction, once it is settled.
    id: Option<i64>,
    sent: u32,
    /// How often it may be sent.
    allowed: u32,
}

impl Run {
    fn new(choice: u8) -> Self {
        let role = if choice & 1 == 0 {
            Role::ChargePoint
        } else {
            Role::CentralSystem
        };
        let tolerance = if choice & 2 == 0 {
            Tolerance::STRICT
        } else {
            Tolerance::LENIENT
        };
        let config = Config {
            timeout: Duration::from_millis(u64::from(choice >> 2 & 1) * 30),
            queue: usize::from(choice >> 3 & 3),
            incoming: usize::from(choice >> 5 & 1) + 1,
            attempts: u32::from(choice >> 6 & 3),
            retry: Duration::from_millis(20),
            tolerance,
            ..Config::new(role)
        };
        Self {
            endpoint: Endpoint::new(config),
            now: Instant::from_millis(1),
            is_up: false,
            is_held: false,
            number: 0,
            waiting: BTreeMap::new(),
            open: None,
            used: BTreeSet::new(),
            requests: Vec::new(),
            answers: 0,
            answered: None,
        }
    }

    fn step(&mut self, kind: u8, argument: u8, text: &str) {
        let now = self.now;
        self.answers = 0;
        match kind & 15 {
            0 => {
                self.is_up = true;
                self.endpoint.connected(now);
            }
            1 => self.disconnect(),
            2 => self.hold(argument),
            3 => self.now = now.saturating_add(Duration::from_millis(u64::from(argument))),
            4 => self.wait(),
            5..=7 => self.call(argument),
            8 => {
                let place = usize::from(argument).checked_rem(self.waiting.len());
                let ticket = place
                    .and_then(|place| self.waiting.keys().nth(place))
                    .copied();
                if let Some(ticket) = ticket {
                    let is_open = self.open.as_ref().is_some_and(|(_, open)| *open == ticket);
                    assert_eq!(self.endpoint.cancel(ticket), !is_open);
                }
            }
            9 => self.reply(argument),
            10 => {
                // Late and repeated answers.
                if let Some(text) = self.answered.clone() {
                    self.hear(&text);
                }
            }
            11 | 12 => self.answer(argument, text),
            13 => self.ask(argument, text),
            _ => self.hear(text),
        }
    }

    fn disconnect(&mut self) {
        self.is_up = false;
        let forgotten = core::mem::take(&mut self.requests);
        self.used.clear();
        if let Some((_, ticket)) = self.open.take() {
            let asked = self
                .waiting
                .get_mut(&ticket)
                .expect("the open call has not ended");
            asked.allowed += 1;
        }
        self.endpoint.disconnected(self.now);
        for (id, _) in forgotten {
            let reply = self.endpoint.reject(&id, ErrorCode::GenericError, "");
            assert_eq!(reply, Err(ReplyError::NoSuchRequest));
        }
    }

    fn hold(&mut self, argument: u8) {
        self.is_held = argument & 1 == 0;
        if self.is_held {
            self.endpoint.hold_transactions();
        } else {
            self.endpoint.release_transactions(self.now);
        }
    }

    fn wait(&mut self) {
        if let Some(deadline) = self.endpoint.poll_timeout() {
            self.now = self.now.max(deadline);
        }
        self.endpoint.handle_timeout(self.now);
        // What is late is over, and nothing else is due at once without end.
        self.endpoint.handle_timeout(self.now);
    }

    fn call(&mut self, argument: u8) {
        self.number += 1;
        let number = self.number;
        let time = || DateTime::from_unix(number).unwrap();
        let request: Request<'_> = match argument & 7 {
            0 | 1 => {
                let tag = IdToken::new(number.to_string()).unwrap();
                StartTransactionRequest::new(1, tag, number, time()).into()
            }
            2 | 3 => StopTransactionRequest::new(number, time(), number).into(),
            4 => {
                let mut values = MeterValuesRequest::new(number, Vec::new());
                values.transaction_id = (argument & 8 != 0).then_some(number);
                values.into()
            }
            5 => HeartbeatRequest {}.into(),
            _ => {
                let mut data = DataTransferRequest::new(CiString::new("x").unwrap());
                data.data = Some(Text::new(number.to_string()).unwrap());
                data.into()
            }
        };
        let action = request.action();
        let start = (argument & 16 != 0).then(|| {
            let mut starts = self
                .waiting
                .iter()
                .filter(|(_, asked)| asked.action == Action::StartTransaction);
            starts.next_back().map(|(ticket, _)| *ticket)
        });
        let start = start.flatten();
        let has_id = match &request {
            Request::MeterValues(values) => values.transaction_id.is_some(),
            _ => matches!(action, Action::StartTransaction | Action::StopTransaction),
        };
        let called = match start {
            Some(start) => self.endpoint.call_after(self.now, start, request),
            None if argument & 32 != 0 => {
                let id = MessageId::new(format!(
                    "{}{number}",
                    ["", "own "][usize::from(argument >> 6 & 1)]
                ));
                self.endpoint.call_with_id(self.now, id.unwrap(), request)
            }
            None => self.endpoint.call(self.now, request),
        };
        let config = self.endpoint.config();
        match called {
            Ok(ticket) => {
                let is_transaction = has_id || start.is_some();
                let asked = Asked {
                    action,
                    number,
                    is_transaction,
                    start,
                    id: None,
                    sent: 0,
                    allowed: if is_transaction {
                        config.attempts.max(1)
                    } else {
                        1
                    },
                };
                assert!(config.role.sends(action));
                assert!(is_transaction || self.is_up);
                assert!(
                    self.waiting.insert(ticket, asked).is_none(),
                    "a ticket twice"
                );
            }
            Err(Misuse::Full) => {
                let same = self
                    .waiting
                    .values()
                    .filter(|asked| asked.is_transaction == (has_id || start.is_some()));
                // Those about transactions have two shares: starts and ends, and samples.
                assert!(same.count() >= config.queue);
            }
            Err(Misuse::Direction(_)) => assert!(!config.role.sends(action)),
            Err(Misuse::Disconnected) => assert!(!self.is_up),
            Err(Misuse::IdInUse) => assert!(argument & 32 != 0),
            Err(Misuse::NoTransaction(_)) => assert!(start.is_some()),
            Err(other) => panic!("{other:?}"),
        }
    }

    fn reply(&mut self, argument: u8) {
        let Some(place) = usize::from(argument >> 2).checked_rem(self.requests.len()) else {
            let unknown = MessageId::new("unknown").unwrap();
            assert!(
                self.endpoint
                    .reject(&unknown, ErrorCode::GenericError, "")
                    .is_err()
            );
            return;
        };
        let (id, action) = self.requests[place].clone();
        if argument & 3 == 3 {
            assert!(self.endpoint.ignore(&id));
            assert!(!self.endpoint.ignore(&id));
            self.requests.remove(place);
            return;
        }
        let response = Response::decode(action, RawPayload::new("{}"))
            .or_else(|_| Response::decode(action, RawPayload::new(r#"{"status":"Accepted"}"#)));
        let result = match response {
            Ok(response) if argument & 1 == 0 => self.endpoint.reply(&id, &response),
            _ => self
                .endpoint
                .reject(&id, ErrorCode::InternalError, "\u{1F600}\n"),
        };
        assert_eq!(result, Ok(()));
        self.requests.remove(place);
        self.answers = 1;
    }

    /// Answers the call that is on its way, more or less.
    fn answer(&mut self, argument: u8, text: &str) {
        let Some((id, ticket)) = &self.open else {
            return;
        };
        let id = serde_json::to_string(id.as_str()).unwrap();
        let payload = match self.waiting[ticket].action {
            Action::StartTransaction => {
                let transaction = i64::from(argument) - 5;
                format!(r#"{{"idTagInfo":{{"status":"Blocked"}},"transactionId":{transaction}}}"#)
            }
            Action::Heartbeat => r#"{"currentTime":"2025-06-01T00:00:00Z"}"#.to_owned(),
            Action::DataTransfer => r#"{"status":"Accepted"}"#.to_owned(),
            _ => "{}".to_owned(),
        };
        let text = match argument & 7 {
            0..=3 => format!("[3,{id},{payload}]"),
            4 => format!("[3,{id},{text}]"),
            5 => format!(r#"[4,{id},"GenericError","",{{}}]"#),
            6 => format!("[4,{id},{text}]"),
            _ => format!("[3,{id},{{}},{text}]"),
        };
        self.answered = Some(text.clone());
        self.hear(&text);
    }

    /// Asks for something as the other side.
    fn ask(&mut self, argument: u8, text: &str) {
        let action = Action::ALL[usize::from(argument) % Action::ALL.len()];
        let id = argument & 3;
        self.hear(&format!(r#"[2,"{id}","{action}",{text}]"#));
    }

    /// A CALL with an id is answered at most once at once, and nothing else at all.
    fn hear(&mut self, text: &str) {
        let tolerance = self.endpoint.config().tolerance;
        let (kind, has_id) = match Frame::parse_with(text, tolerance) {
            Ok(read) => (Some(read.value.kind()), true),
            Err(error) => (error.kind, error.id.is_some()),
        };
        self.answers = usize::from(kind == Some(FrameKind::Call) && has_id);
        self.endpoint.handle_message(self.now, text);
    }

    fn drain(&mut self) {
        let queue = self.endpoint.config().queue;
        let mut outputs = 0;
        while let Some(output) = self.endpoint.poll_output() {
            outputs += 1;
            assert!(outputs <= 6 * queue + 6, "outputs without an end");
            match output {
                Output::Transmit(text) => self.transmitted(&text),
                Output::Event(event) => self.happened(event),
            }
        }
        // Three kinds, what is on its way, and what was and comes again although its queue is full.
        assert!(
            self.waiting.len() <= 3 * queue + 2,
            "more calls than there is room for"
        );
        assert!(self.requests.len() <= self.endpoint.config().incoming);
        let undelivered = self.endpoint.undelivered().map(|message| message.ticket);
        let transactions = self
            .waiting
            .iter()
            .filter(|(_, asked)| asked.is_transaction);
        assert!(
            undelivered.eq(transactions.map(|(ticket, _)| *ticket)),
            "what is not answered is told in its order"
        );
        assert!(self.open.is_none() || self.endpoint.poll_timeout().is_some());
        let mut others = self.waiting.values().filter(|asked| !asked.is_transaction);
        assert!(
            self.open.is_some() || others.next().is_none(),
            "a call that nothing keeps waits"
        );
    }

    fn transmitted(&mut self, text: &str) {
        assert!(self.is_up, "sent without a connection");
        let frame = Frame::parse_with(text, Tolerance::LENIENT)
            .expect("a frame")
            .value;
        let Frame::Call(call) = frame else {
            assert_eq!(self.answers, 1, "{text} answers nothing");
            self.answers = 0;
            return;
        };
        let Ok(Message::Call { id, request }) = Message::parse(text, |_| None) else {
            panic!("{text} is not valid");
        };
        assert!(self.open.is_none(), "a second call while one is open");
        assert!(
            self.used.insert(call.id.as_str().to_owned()),
            "{text} repeats an id"
        );
        let number = match &request {
            Request::StartTransaction(start) => Some(start.meter_start),
            Request::StopTransaction(stop) => Some(stop.meter_stop),
            Request::MeterValues(values) => Some(values.connector_id),
            Request::DataTransfer(data) => data
                .data
                .as_ref()
                .map(|data| data.as_str().parse().unwrap()),
            _ => None,
        };
        let action = request.action();
        let is_it = |asked: &Asked| {
            asked.action == action && number.is_none_or(|number| number == asked.number)
        };
        let (ticket, asked) = self
            .waiting
            .iter_mut()
            .find(|(_, asked)| is_it(asked))
            .expect("a call that was asked for");
        asked.sent += 1;
        assert!(asked.sent <= asked.allowed, "{text} is sent too often");
        let about = match &request {
            Request::StopTransaction(stop) => Some(stop.transaction_id),
            Request::MeterValues(values) => values.transaction_id,
            _ => None,
        };
        if asked.start.is_some() {
            assert_eq!(about, asked.id, "another transaction");
        }
        let (ticket, is_transaction) = (*ticket, asked.is_transaction);
        if is_transaction {
            assert!(!self.is_held, "{text} was to be kept back");
            let mut transactions = self
                .waiting
                .iter()
                .filter(|(_, asked)| asked.is_transaction);
            assert_eq!(
                transactions.next().map(|(first, _)| *first),
                Some(ticket),
                "out of order"
            );
        }
        self.open = Some((id.into_owned(), ticket));
    }

    fn happened(&mut self, event: Event) {
        match event {
            Event::Request { id, request, .. } => {
                self.answers = 0;
                self.requests.push((id, request.action()));
            }
            Event::Response {
                ticket, response, ..
            } => {
                let asked = self.end(ticket);
                assert_eq!(asked.action, response.action());
                if let Response::StartTransaction(response) = &response {
                    self.settle(ticket, response.transaction_id);
                }
            }
            Event::Failed { ticket, failure } => {
                let asked = self.end(ticket);
                if asked.action == Action::StartTransaction {
                    self.settle(ticket, -1);
                }
                if let Failure::Disconnected = failure {
                    assert!(!asked.is_transaction);
                }
            }
            Event::Retry {
                ticket, failure, ..
            } => {
                let asked = &self.waiting[&ticket];
                assert!(asked.is_transaction && asked.sent < asked.allowed);
                if failure != Failure::Disconnected {
                    let (_, open) = self.open.take().expect("only what was sent is sent again");
                    assert_eq!(open, ticket);
                }
            }
            Event::Invalid(_) | Event::Refused(_) | Event::Unmatched { .. } => {}
            other => panic!("{other:?}"),
        }
    }

    fn end(&mut self, ticket: Ticket) -> Asked {
        self.open.take_if(|(_, open)| *open == ticket);
        self.waiting.remove(&ticket).expect("a call ends once")
    }

    fn settle(&mut self, start: Ticket, id: i64) {
        for asked in self
            .waiting
            .values_mut()
            .filter(|asked| asked.start == Some(start))
        {
            asked.id = Some(id);
        }
    }

    /// A line that is up and silent ends every call.
    fn finish(&mut self) {
        self.step(0, 0, "");
        self.step(2, 1, "");
        self.drain();
        let mut rounds = 0;
        while !self.waiting.is_empty() {
            let deadline = self.endpoint.poll_timeout().expect("a deadline");
            self.now = self.now.max(deadline);
            self.endpoint.handle_timeout(self.now);
            self.drain();
            rounds += 1;
            assert!(rounds < 100, "calls without an end");
        }
        assert_eq!(self.endpoint.poll_timeout(), None);
    }
}
