//! Calls on their way: the queues, the open call, and what becomes of failures.

use alloc::collections::VecDeque;
use alloc::string::String;

use meter_units::Instant;

use super::event::{Ended, Event, Failure, Misuse, Ticket};
use super::{Endpoint, Gate, Link};
use crate::messages::MeterValuesRequest;
use crate::total::{count, text};
use crate::types::ReadingContext;
use crate::{MessageId, Request, Response};

/// A call that waits, or is open.
#[derive(Clone, Debug)]
pub(super) struct Outgoing {
    pub(super) ticket: Ticket,
    pub(super) request: Request<'static>,
    pub(super) waiting: Waiting,
    /// The id of the caller, for the first attempt.
    id: Option<MessageId<'static>>,
    /// How often it was sent.
    attempts: u32,
    /// The StartTransaction whose answer it waits for.
    pub(super) start: Option<Ticket>,
}

impl Outgoing {
    /// Whether it is delivered in order, and again if it fails.
    pub(super) fn is_about_transaction(&self) -> bool {
        self.start.is_some() || is_about_transaction(&self.request)
    }
}

/// What a call waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    ForItsTurn,
    Until(Instant),
}

/// The call that is on its way.
#[derive(Clone, Debug)]
pub(super) struct Open {
    pub(super) outgoing: Outgoing,
    pub(super) id: MessageId<'static>,
    pub(super) deadline: Instant,
}

impl Open {
    /// Whether an answer with that id is meant for it.
    ///
    /// Some stations send an id back as a number that they were sent as text; only a tolerant
    /// endpoint reads such a number.
    pub(super) fn is_answered_by(&self, id: &MessageId<'_>) -> bool {
        self.id.as_str() == id.as_str()
    }
}

impl Endpoint {
    pub(super) fn enqueue(
        &mut self,
        now: Instant,
        request: Request<'_>,
        id: Option<MessageId<'static>>,
        start: Option<Ticket>,
    ) -> Result<Ticket, Misuse> {
        let action = request.action();
        if !self.config.role.sends(action) {
            return Err(Misuse::Direction(action));
        }
        request
            .encode_payload(&mut String::new())
            .map_err(Misuse::Invalid)?;
        if start.is_some() && transaction_id(&mut request.clone().into_owned()).is_none() {
            return Err(Misuse::NoTransaction(action));
        }
        let is_transaction = start.is_some() || is_about_transaction(&request);
        if !is_transaction && self.link == Link::Down {
            return Err(Misuse::Disconnected);
        }
        if id.as_ref().is_some_and(|id| self.is_in_use(id)) {
            return Err(Misuse::IdInUse);
        }
        if self.waiting_like(&request, is_transaction) >= self.config.queue {
            return Err(Misuse::Full);
        }
        let ticket = Ticket(self.next_ticket);
        self.next_ticket = self.next_ticket.wrapping_add(1);
        self.queue_of(is_transaction).push_back(Outgoing {
            ticket,
            request: request.into_owned(),
            waiting: Waiting::ForItsTurn,
            id,
            attempts: 0,
            start,
        });
        self.pump(now);
        Ok(ticket)
    }

    /// Sends the next call, if none is open.
    pub(super) fn pump(&mut self, now: Instant) {
        // A call that cannot be written fails at once, and makes room for the next one.
        while self.open.is_none() && self.link == Link::Up {
            let Some(outgoing) = self.next_outgoing(now) else {
                return;
            };
            self.send(now, outgoing);
        }
    }

    /// The oldest call that may be sent: those about transactions in their order, and others past
    /// them while they wait.
    fn next_outgoing(&mut self, now: Instant) -> Option<Outgoing> {
        let is_due = |outgoing: &&Outgoing| match outgoing.waiting {
            Waiting::ForItsTurn => true,
            Waiting::Until(instant) => instant <= now,
        };
        let first = self.transactions.front().filter(is_due);
        let transaction = first
            .filter(|_| self.gate == Gate::Open)
            .map(|first| first.ticket);
        let ordinary = self.ordinary.front().map(|first| first.ticket);
        match (transaction, ordinary) {
            (Some(transaction), Some(ordinary)) if ordinary < transaction => {
                self.ordinary.pop_front()
            }
            (Some(_), _) => self.transactions.pop_front(),
            (None, _) => self.ordinary.pop_front(),
        }
    }

    fn send(&mut self, now: Instant, mut outgoing: Outgoing) {
        let id = match outgoing.id.take() {
            Some(id) => {
                self.skip(&id);
                id
            }
            None => self.count_up(),
        };
        let mut text = String::new();
        if let Err(violation) = outgoing.request.encode_call(&id, &mut text) {
            let failure = Failure::Invalid(violation);
            return self.give_up(outgoing, failure);
        }
        outgoing.attempts = outgoing.attempts.saturating_add(1);
        self.transmit(text);
        self.open = Some(Open {
            outgoing,
            id,
            deadline: now.saturating_add(self.config.timeout),
        });
    }

    /// A call is answered.
    pub(super) fn succeed(&mut self, open: &Open, response: &Response<'_>) {
        let transaction = match response {
            Response::StartTransaction(response) => Some(response.transaction_id),
            _ => None,
        };
        self.settle_start(&open.outgoing, transaction);
    }

    /// A call has failed: it is over, or sent again.
    pub(super) fn fail(&mut self, now: Instant, open: Open, failure: Failure) {
        let Open {
            mut outgoing, id, ..
        } = open;
        let ended = match failure {
            Failure::TimedOut => Ended::TimedOut,
            _ => Ended::Answered,
        };
        if failure != Failure::Disconnected {
            self.remember(id, ended);
        }
        let is_transaction = outgoing.is_about_transaction();
        let wait = match failure {
            _ if !is_transaction => return self.give_up(outgoing, failure),
            // It was answered; only the answer is of no use.
            Failure::Invalid(_) | Failure::Canceled => return self.give_up(outgoing, failure),
            Failure::Disconnected => {
                outgoing.attempts = outgoing.attempts.saturating_sub(1);
                outgoing.waiting = Waiting::ForItsTurn;
                None
            }
            Failure::TimedOut | Failure::Rejected(_) => {
                let Some(wait) = self.config.wait_after(outgoing.attempts) else {
                    return self.give_up(outgoing, failure);
                };
                outgoing.waiting = Waiting::Until(now.saturating_add(wait));
                Some(wait)
            }
        };
        let ticket = outgoing.ticket;
        self.transactions.push_front(outgoing);
        self.event(Event::Retry {
            ticket,
            failure,
            wait,
        });
    }

    fn give_up(&mut self, outgoing: Outgoing, failure: Failure) {
        self.settle_start(&outgoing, None);
        let ticket = outgoing.ticket;
        self.event(Event::Failed { ticket, failure });
    }

    /// Fills the id of a transaction into what was queued after its start.
    pub(super) fn settle_start(&mut self, start: &Outgoing, transaction: Option<i64>) {
        /// The start was never confirmed (errata sheet 4.0).
        const UNCONFIRMED: i64 = -1;
        let is_after = |outgoing: &&mut Outgoing| outgoing.start == Some(start.ticket);
        for outgoing in self.transactions.iter_mut().filter(is_after) {
            if let Some(id) = transaction_id(&mut outgoing.request) {
                *id = transaction.unwrap_or(UNCONFIRMED);
            }
        }
    }

    fn queue_of(&mut self, is_transaction: bool) -> &mut VecDeque<Outgoing> {
        if is_transaction {
            &mut self.transactions
        } else {
            &mut self.ordinary
        }
    }

    /// How many calls of the kind of this one wait for their turn.
    fn waiting_like(&self, request: &Request<'_>, is_transaction: bool) -> usize {
        if !is_transaction {
            return self.ordinary.len();
        }
        let is_sample = |request: &Request<'_>| matches!(request, Request::MeterValues(_));
        let wanted = is_sample(request);
        let waiting = self.transactions.iter();
        count(waiting.filter(|outgoing| is_sample(&outgoing.request) == wanted))
    }

    /// The next id that no call of this side has.
    fn count_up(&mut self) -> MessageId<'static> {
        // As many ids can be taken as there are calls, so that this ends.
        loop {
            let id = MessageId::unchecked(text(self.next_id));
            self.next_id = self.next_id.wrapping_add(1);
            if !self.is_in_use(&id) {
                return id;
            }
        }
    }

    /// Goes on counting after an id of the caller that is a number.
    fn skip(&mut self, id: &MessageId<'_>) {
        if let Ok(number) = id.as_str().parse::<u64>() {
            self.next_id = self.next_id.max(number.saturating_add(1));
        }
    }

    fn is_in_use(&self, id: &MessageId<'_>) -> bool {
        let queued = self.ordinary.iter().chain(&self.transactions);
        let mut ids = queued.filter_map(|outgoing| outgoing.id.as_ref());
        let is_open = self.open.as_ref().is_some_and(|open| open.id == *id);
        let is_remembered = self.ended.iter().any(|(ended, _)| ended == id);
        is_open || is_remembered || ids.any(|queued| queued == id)
    }
}

/// Whether a message is delivered in order, and again if it fails: OCPP 1.6, 3.7 and 4.10.
fn is_about_transaction(request: &Request<'_>) -> bool {
    match request {
        Request::StartTransaction(_) | Request::StopTransaction(_) => true,
        Request::MeterValues(values) => values.transaction_id.is_some() || is_of_clock(values),
        _ => false,
    }
}

fn is_of_clock(values: &MeterValuesRequest<'_>) -> bool {
    let samples = values
        .meter_value
        .iter()
        .flat_map(|value| &value.sampled_value);
    let mut contexts = samples.filter_map(|sample| sample.context.as_ref());
    contexts.any(|context| *context == ReadingContext::SampleClock)
}

/// The place of the transaction id in a message; a missing one is put in.
fn transaction_id<'a>(request: &'a mut Request<'static>) -> Option<&'a mut i64> {
    match request {
        Request::StopTransaction(stop) => Some(&mut stop.transaction_id),
        Request::MeterValues(values) => Some(values.transaction_id.get_or_insert(0)),
        _ => None,
    }
}
