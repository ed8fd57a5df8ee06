//! Messages about transactions that have not arrived yet.

use super::Endpoint;
use super::event::Ticket;
use super::outgoing::Outgoing;
use crate::Request;

/// A message about a transaction that has not been answered yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undelivered<'a> {
    /// Its ticket.
    pub ticket: Ticket,
    /// The message.
    pub request: &'a Request<'static>,
    /// The ticket of the StartTransaction whose answer brings its transaction id; `None` where the
    /// id is known.
    pub start: Option<Ticket>,
}

impl Endpoint {
    /// The messages about transactions that have not been answered yet, in their order.
    ///
    /// A station keeps them over a reboot (OCPP 1.6, 3.7). They are queued again in this order: by
    /// [`call`](Self::call), or by [`call_after`](Self::call_after) with the new ticket of their
    /// start.
    pub fn undelivered(&self) -> impl Iterator<Item = Undelivered<'_>> {
        let open = self.open.iter().map(|open| &open.outgoing);
        let open = open.filter(|outgoing| outgoing.is_about_transaction());
        open.chain(&self.transactions).map(|outgoing| Undelivered {
            ticket: outgoing.ticket,
            request: &outgoing.request,
            start: outgoing.start.filter(|start| self.is_undelivered(*start)),
        })
    }

    fn is_undelivered(&self, ticket: Ticket) -> bool {
        let open = self.open.iter().map(|open| &open.outgoing);
        let mut all = open.chain(&self.transactions);
        all.any(|outgoing: &Outgoing| outgoing.ticket == ticket)
    }
}
