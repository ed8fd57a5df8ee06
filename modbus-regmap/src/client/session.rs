//! The client itself.

use core::time::Duration;

use meter_units::Instant;

use crate::adu::{Buffer, Decoder, Direction, Framing};
use crate::client::exchange::Exchange;
use crate::client::{Config, Output, RequestId, Statistics};
use crate::pdu::Request;
use crate::{EncodeError, Table, UnitId};

/// A client over one line or connection, with room for `N` requests.
///
/// See the [module](crate::client) for how to drive it.
#[derive(Clone, Debug)]
pub struct Client<F: Framing, const N: usize = 1> {
    decoder: F::Decoder,
    frame: F::Frame,
    exchange: Exchange<N>,
}

/// Why a command is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// As many requests as there is room for are on their way.
    #[error("there is no room for another request")]
    Busy,
    /// All devices are meant, but the request needs an answer.
    #[error("a request that needs an answer cannot go to all devices")]
    Broadcast,
    /// The request cannot be built.
    #[error("{0}")]
    Encode(EncodeError),
}

impl<F: Framing, const N: usize> Client<F, N> {
    /// A client on a silent line, or at the start of a connection.
    #[must_use]
    pub fn new(config: Config) -> Self {
        Self {
            decoder: F::decoder(Direction::Response),
            frame: F::Frame::EMPTY,
            exchange: Exchange::new(config, F::IS_SERIAL, F::encoded_len),
        }
    }

    /// Reads `count` cells of a table, from `address` on.
    ///
    /// # Errors
    ///
    /// If there is no room, or if no request can read that much.
    pub fn read(
        &mut self,
        now: Instant,
        unit: UnitId,
        table: Table,
        address: u16,
        count: u16,
    ) -> Result<RequestId, RequestError> {
        self.request(now, unit, &Request::read(table, address, count))
    }

    /// Sends any request.
    ///
    /// # Errors
    ///
    /// If there is no room, if a number in the request is outside its limits, or if it is for all
    /// devices of a serial line and needs an answer.
    pub fn request(
        &mut self,
        now: Instant,
        unit: UnitId,
        request: &Request<'_>,
    ) -> Result<RequestId, RequestError> {
        let id = self.exchange.accept(now, unit, request)?;
        self.exchange.advance(now);
        Ok(id)
    }

    /// Gives up a request; `false` if it has ended already.
    ///
    /// On a serial line its answer may still come, and counts as late.
    pub fn cancel(&mut self, now: Instant, id: RequestId) -> bool {
        let canceled = self.exchange.cancel(id);
        self.exchange.advance(now);
        canceled
    }

    /// Sets the silence that has to follow the answers to requests made from now on, in place of
    /// [`Config::pause`].
    pub const fn set_pause(&mut self, pause: Duration) {
        self.exchange.set_pause(pause);
    }

    /// Starts over on a new connection: what was sent and not answered is sent again, as long as
    /// there are attempts left.
    pub fn reconnected(&mut self, now: Instant) {
        self.decoder.clear();
        self.exchange.start_over(now);
        self.exchange.advance(now);
    }

    /// Takes bytes that were received, in any pieces.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        self.exchange.received(now);
        let mut rest = bytes;
        while let Some(event) = self.decoder.decode(&mut rest) {
            self.exchange.handle(now, event);
            // At once, so that chunks make no difference.
            self.exchange.advance(now);
        }
        self.exchange.set_gap(now, self.decoder.held());
        self.exchange.advance(now);
    }

    /// Lets time pass. Calling it too early, or once too often, does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        if self.exchange.is_gap_over(now) {
            self.finish(now);
        }
        if self.exchange.is_any_due(now) {
            // What is held may be the answer, behind noise that looks like a longer frame.
            if F::IS_SERIAL {
                self.finish(now);
            }
            self.exchange.expire(now);
        }
        self.exchange.advance(now);
    }

    /// What to do: bytes to send, or what happened. To be called until it returns `None`.
    pub fn poll_output(&mut self) -> Option<Output<'_>> {
        if let Some((header, pdu)) = self.exchange.take_sending() {
            // The frame has room for every protocol data unit.
            let length = F::encode_into(header, pdu, self.frame.as_mut()).ok()?;
            return self.frame.as_ref().get(..length).map(Output::Transmit);
        }
        self.exchange.poll_event().map(Output::Event)
    }

    /// When to call [`handle_timeout`](Self::handle_timeout).
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.exchange.next_timeout()
    }

    /// Whether a request would find room.
    #[must_use]
    pub fn has_room(&self) -> bool {
        self.exchange.has_room()
    }

    /// What was counted so far.
    #[must_use]
    pub const fn statistics(&self) -> Statistics {
        self.exchange.statistics()
    }

    /// Where the stream is cut: to set what the framing can be told.
    pub const fn decoder_mut(&mut self) -> &mut F::Decoder {
        &mut self.decoder
    }

    fn finish(&mut self, now: Instant) {
        self.exchange.set_gap(now, 0);
        while let Some(event) = self.decoder.finish() {
            self.exchange.handle(now, event);
        }
    }
}
