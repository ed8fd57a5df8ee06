//! The session: calls and answers of one side of a connection, without I/O.
//!
//! An [`Endpoint`] is a charge point or a central system as far as OCPP-J 1.6, 4 goes: who may send
//! what and when, which answer belongs to which call, and what a malformed message gets. It opens
//! no connection, reads no clock and draws no random number.
//!
//! # Contract
//!
//! After every command and every `handle_…`, drain [`poll_output`](Endpoint::poll_output) until
//! `None`; then wait for a message or for [`poll_timeout`](Endpoint::poll_timeout), whichever is
//! first. What the other side does wrong is an [`Event`]; an `Err` means that the caller asked for
//! what the protocol forbids.
//!
//! - **One call at a time.** The next one leaves when the one before it is answered or timed out.
//!   Those that wait are bounded by [`Config::queue`].
//! - **Each call ends once**: with [`Event::Response`] or [`Event::Failed`], both with the
//!   [`Ticket`] that the command returned. A late or repeated answer is [`Event::Unmatched`].
//! - **An answer is never answered**, and neither is what has no readable id.
//! - **Messages about a transaction keep their order**, wait while the connection is down, and are
//!   sent again when they fail ([`Config::attempts`], [`Config::retry`]). Others may overtake them;
//!   they fail when the connection breaks.
//!
//! ```text
//!                 ┌────────── answer, time-out, break ──────────┐
//!   call() ─▶ queue ─▶ open ─▶ Response | Failed          queue again (transaction, after a wait)
//!
//!   handle_message(CALL) ─▶ Event::Request ─▶ reply() | reject()
//!                        └▶ CALLERROR and Event::Invalid, if it is malformed
//! ```
//!
//! # Example
//!
//! ```
//! use meter_units::Instant;
//! use ocpp_types::endpoint::{Config, Endpoint, Event, Output, Role};
//! use ocpp_types::messages::{HeartbeatRequest, HeartbeatResponse};
//! use ocpp_types::types::DateTime;
//! use ocpp_types::{Request, Response};
//!
//! let mut station = Endpoint::new(Config::new(Role::ChargePoint));
//! let mut system = Endpoint::new(Config::new(Role::CentralSystem));
//! let now = Instant::ORIGIN;
//! station.connected(now);
//! system.connected(now);
//!
//! let ticket = station.call(now, HeartbeatRequest {}.into())?;
//! // What one side transmits the other side handles; here without a wire between them.
//! while let Some(output) = station.poll_output() {
//!     if let Output::Transmit(text) = output {
//!         assert_eq!(text, r#"[2,"1","Heartbeat",{}]"#);
//!         system.handle_message(now, &text);
//!     }
//! }
//! while let Some(output) = system.poll_output() {
//!     match output {
//!         Output::Event(Event::Request { id, request: Request::Heartbeat(_), .. }) => {
//!             let current_time = DateTime::from_unix(1_714_982_400).expect("a year of 4 digits");
//!             system.reply(&id, &HeartbeatResponse { current_time }.into())?;
//!         }
//!         Output::Transmit(text) => station.handle_message(now, &text),
//!         Output::Event(other) => panic!("{other:?}"),
//!     }
//! }
//! let Some(Output::Event(Event::Response { ticket: answered, response, .. })) =
//!     station.poll_output()
//! else {
//!     panic!("no answer");
//! };
//! assert_eq!(answered, ticket);
//! assert!(matches!(response, Response::Heartbeat(_)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod config;
mod event;
mod outgoing;
mod receive;
mod undelivered;

use alloc::collections::VecDeque;
use alloc::string::String;
use alloc::vec::Vec;
use core::time::Duration;

use meter_units::Instant;

pub use self::config::{Config, Role};
pub use self::event::{Ended, Event, Failure, Misuse, Output, ReplyError, Ticket};
use self::outgoing::{Open, Outgoing, Waiting};
pub use self::undelivered::Undelivered;
use crate::total::position;
use crate::{Action, CallError, ErrorCode, MessageId, Request, Response};

/// One side of a connection. The contract is in the [module's documentation](self).
#[derive(Clone, Debug)]
pub struct Endpoint {
    config: Config,
    link: Link,
    gate: Gate,
    /// Calls about no transaction, oldest first.
    ordinary: VecDeque<Outgoing>,
    /// Messages about transactions, oldest first.
    transactions: VecDeque<Outgoing>,
    /// The one call that is on its way.
    open: Option<Open>,
    /// Calls of the other side that wait for a reply.
    incoming: Vec<Incoming>,
    /// The last calls that ended, to tell late from unknown answers.
    ended: VecDeque<(MessageId<'static>, Ended)>,
    next_ticket: u64,
    next_id: u64,
    outputs: VecDeque<Output>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Down,
    Up,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gate {
    Open,
    Held,
}

#[derive(Clone, Debug)]
struct Incoming {
    id: MessageId<'static>,
    action: Action,
}

impl Endpoint {
    /// An endpoint that is not connected.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            config,
            link: Link::Down,
            gate: Gate::Open,
            ordinary: VecDeque::new(),
            transactions: VecDeque::new(),
            open: None,
            incoming: Vec::new(),
            ended: VecDeque::new(),
            next_ticket: 0,
            next_id: config.first_id,
            outputs: VecDeque::new(),
        }
    }

    /// How it works.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Changes how long to wait for an answer (`MessageTimeout`), from the next call on.
    pub fn set_timeout(&mut self, timeout: Duration) {
        self.config.timeout = timeout;
    }

    /// Changes how often a message about a transaction is sent, and the wait after the first
    /// attempt (`TransactionMessageAttempts`, `TransactionMessageRetryInterval`), from the next
    /// failure on.
    pub fn set_attempts(&mut self, attempts: u32, retry: Duration) {
        self.config.attempts = attempts;
        self.config.retry = retry;
    }

    /// The connection is there. What waited is sent.
    pub fn connected(&mut self, now: Instant) {
        self.link = Link::Up;
        self.pump(now);
    }

    /// The connection is gone.
    ///
    /// Requests of the other side are forgotten. Calls fail, but for messages about transactions:
    /// they wait for the next connection, and one that was not answered is sent again, which does
    /// not count as an attempt.
    pub fn disconnected(&mut self, now: Instant) {
        self.link = Link::Down;
        self.incoming.clear();
        self.ended.clear();
        if let Some(open) = self.open.take() {
            self.fail(now, open, Failure::Disconnected);
        }
        while let Some(Outgoing { ticket, .. }) = self.ordinary.pop_front() {
            let failure = Failure::Disconnected;
            self.event(Event::Failed { ticket, failure });
        }
    }

    /// Keeps messages about transactions back: a station that is not accepted yet may not send
    /// them (OCPP 1.6, 4.2).
    pub fn hold_transactions(&mut self) {
        self.gate = Gate::Held;
    }

    /// Sends messages about transactions again.
    pub fn release_transactions(&mut self, now: Instant) {
        self.gate = Gate::Open;
        self.pump(now);
    }

    /// Queues a call, with an id that counts up.
    ///
    /// # Errors
    ///
    /// A [`Misuse`]; nothing is queued then.
    pub fn call(&mut self, now: Instant, request: Request<'_>) -> Result<Ticket, Misuse> {
        self.enqueue(now, request, None, None)
    }

    /// Queues a call with an id of the caller.
    ///
    /// If a message about a transaction has to be sent again, it gets an id that counts up: ids
    /// are never used twice on a connection.
    ///
    /// # Errors
    ///
    /// A [`Misuse`]; nothing is queued then.
    pub fn call_with_id(
        &mut self,
        now: Instant,
        id: MessageId<'_>,
        request: Request<'_>,
    ) -> Result<Ticket, Misuse> {
        self.enqueue(now, request, Some(id.into_owned()), None)
    }

    /// Queues a StopTransaction or MeterValues of a transaction whose StartTransaction has not
    /// been answered yet, `start` being its ticket.
    ///
    /// The transaction id is filled in when the answer comes; it is -1 if there never is one
    /// (errata sheet 4.0).
    ///
    /// # Errors
    ///
    /// A [`Misuse`]; nothing is queued then.
    pub fn call_after(
        &mut self,
        now: Instant,
        start: Ticket,
        request: Request<'_>,
    ) -> Result<Ticket, Misuse> {
        let is_waiting = |outgoing: &Outgoing| {
            outgoing.ticket == start && outgoing.request.action() == Action::StartTransaction
        };
        let open = self.open.iter().map(|open| &open.outgoing);
        if !self.transactions.iter().chain(open).any(is_waiting) {
            return Err(Misuse::NoSuchStart);
        }
        self.enqueue(now, request, None, Some(start))
    }

    /// Takes back a call that has not been sent; `false` if there is none.
    pub fn cancel(&mut self, ticket: Ticket) -> bool {
        let queued =
            |queue: &VecDeque<Outgoing>| position(queue, |outgoing| outgoing.ticket == ticket);
        let canceled = match (queued(&self.ordinary), queued(&self.transactions)) {
            (Some(place), _) => self.ordinary.remove(place),
            (None, Some(place)) => self.transactions.remove(place),
            (None, None) => None,
        };
        let Some(canceled) = canceled else {
            return false;
        };
        self.settle_start(&canceled, None);
        self.event(Event::Failed {
            ticket,
            failure: Failure::Canceled,
        });
        true
    }

    /// Answers a request of the other side.
    ///
    /// # Errors
    ///
    /// A [`ReplyError`]; the request then still waits for its reply, if there is one.
    pub fn reply(&mut self, id: &MessageId<'_>, response: &Response<'_>) -> Result<(), ReplyError> {
        let expected = self.asked(id)?;
        if expected != response.action() {
            return Err(ReplyError::Action { expected });
        }
        let mut text = String::new();
        response
            .encode_result(id, &mut text)
            .map_err(ReplyError::Invalid)?;
        self.settle(id);
        self.transmit(text);
        Ok(())
    }

    /// Refuses a request of the other side.
    ///
    /// # Errors
    ///
    /// A [`ReplyError`], also for an error code that is none of 1.6.
    pub fn reject(
        &mut self,
        id: &MessageId<'_>,
        code: ErrorCode<'_>,
        description: &str,
    ) -> Result<(), ReplyError> {
        self.asked(id)?;
        let mut text = String::new();
        let error = CallError::new(id.clone(), code, description);
        error.encode(&mut text).map_err(ReplyError::Invalid)?;
        self.settle(id);
        self.transmit(text);
        Ok(())
    }

    /// Leaves a request of the other side without an answer, as a station does that was rejected
    /// (OCPP 1.6, 4.2); `false` if there is none with that id.
    pub fn ignore(&mut self, id: &MessageId<'_>) -> bool {
        let is_there = self.asked(id).is_ok();
        self.settle(id);
        is_there
    }

    /// Lets time pass. Calling it too early, or once too often, does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        if let Some(open) = self.open.take_if(|open| open.deadline <= now) {
            self.fail(now, open, Failure::TimedOut);
        }
        self.pump(now);
    }

    /// What to send, or what has happened.
    pub fn poll_output(&mut self) -> Option<Output> {
        self.outputs.pop_front()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout).
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        if let Some(open) = &self.open {
            return Some(open.deadline);
        }
        let is_free = self.link == Link::Up && self.gate == Gate::Open;
        let first = self.transactions.front().filter(|_| is_free)?;
        match first.waiting {
            Waiting::Until(instant) => Some(instant),
            Waiting::ForItsTurn => None,
        }
    }

    /// Whether nothing is left to do: no output waits to be polled, no call waits to be sent or
    /// answered, and no request of the other side waits for its reply.
    ///
    /// A station may go to sleep or restart then without losing anything. One that restarts with
    /// messages about transactions keeps them: see [`undelivered`](Self::undelivered).
    ///
    /// ```
    /// use meter_units::Instant;
    /// use ocpp_types::endpoint::{Config, Endpoint, Role};
    /// use ocpp_types::messages::HeartbeatRequest;
    ///
    /// let mut station = Endpoint::new(Config::new(Role::ChargePoint));
    /// let now = Instant::ORIGIN;
    /// station.connected(now);
    /// assert!(station.is_idle());
    ///
    /// station.call(now, HeartbeatRequest {}.into())?;
    /// while station.poll_output().is_some() {}
    /// assert!(!station.is_idle());
    /// station.handle_message(now, r#"[3,"1",{"currentTime":"2025-06-01T07:00:00Z"}]"#);
    /// while station.poll_output().is_some() {}
    /// assert!(station.is_idle());
    /// # Ok::<(), ocpp_types::endpoint::Misuse>(())
    /// ```
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.outputs.is_empty()
            && self.open.is_none()
            && self.ordinary.is_empty()
            && self.transactions.is_empty()
            && self.incoming.is_empty()
    }

    /// What the request with that id asks for.
    fn asked(&self, id: &MessageId<'_>) -> Result<Action, ReplyError> {
        let mut incoming = self.incoming.iter();
        let request = incoming.find(|incoming| incoming.id == *id);
        let request = request.ok_or(ReplyError::NoSuchRequest)?;
        Ok(request.action)
    }

    /// Forgets the request with that id, which is the only one.
    fn settle(&mut self, id: &MessageId<'_>) {
        self.incoming.retain(|incoming| incoming.id != *id);
    }

    fn event(&mut self, event: Event) {
        self.outputs.push_back(Output::Event(event));
    }

    fn transmit(&mut self, text: String) {
        self.outputs.push_back(Output::Transmit(text));
    }

    /// Remembers how a call ended.
    fn remember(&mut self, id: MessageId<'static>, ended: Ended) {
        /// An answer that comes later than so many calls is as good as unknown.
        const REMEMBERED: usize = 16;
        if self.ended.len() >= REMEMBERED {
            self.ended.pop_front();
        }
        self.ended.push_back((id, ended));
    }
}

#[cfg(test)]
mod tests;
