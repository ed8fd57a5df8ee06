//! Drives a client session over a connection.

use core::fmt;
use std::io;
use std::time;

use meter_units::Instant;
use modbus_regmap::adu::{Framing, SerialLine};
use modbus_regmap::client::{Client, Config, Event, Mismatch, Output, RequestError, RequestId};
use modbus_regmap::plan::Read;
use modbus_regmap::{Bits, ExceptionCode, Registers, Request, UnitId};

use crate::address::Address;
use crate::connection::Connection;

/// The most requests that are under way at a time.
pub(crate) const ROOM: usize = 16;

/// A client session, and the connection that carries it.
pub(crate) struct Driver<F: Framing> {
    client: Client<F, ROOM>,
    connection: Connection,
    address: Address,
    line: SerialLine,
    start: time::Instant,
}

/// What became of a request.
pub(crate) enum Answer<'a> {
    Registers(Registers<'a>),
    Bits(Bits<'a>),
    Written,
    Failed(Failure),
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    Refused(ExceptionCode),
    TimedOut,
    Invalid(Mismatch),
    NotSent(RequestError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(code) => write!(f, "refused: {code} (exception {})", code.code()),
            Self::TimedOut => f.write_str("no answer"),
            Self::Invalid(mismatch) => write!(f, "{mismatch}"),
            Self::NotSent(error) => write!(f, "{error}"),
        }
    }
}

impl<F: Framing> Driver<F> {
    /// Connects.
    pub(crate) fn open(address: &Address, line: SerialLine, config: Config) -> io::Result<Self> {
        Ok(Self {
            client: Client::new(config),
            connection: Connection::open(address, line)?,
            address: address.clone(),
            line,
            start: time::Instant::now(),
        })
    }

    /// Asks for cells; [`wait`](Self::wait) tells what became of it.
    pub(crate) fn begin(&mut self, unit: UnitId, read: Read) -> Result<RequestId, Failure> {
        self.send(unit, &Request::read(read.table, read.address, read.count))
    }

    /// Sends any request; [`wait`](Self::wait) tells what became of it.
    pub(crate) fn send(
        &mut self,
        unit: UnitId,
        request: &Request<'_>,
    ) -> Result<RequestId, Failure> {
        let now = self.now();
        self.client
            .request(now, unit, request)
            .map_err(Failure::NotSent)
    }

    /// Waits until one or more of the open requests have ended.
    ///
    /// # Errors
    ///
    /// If the connection is lost and cannot be opened again.
    pub(crate) fn wait(&mut self, mut handle: impl FnMut(RequestId, Answer<'_>)) -> io::Result<()> {
        let mut buffer = [0; 1024];
        loop {
            let mut has_ended = false;
            let mut loss = None;
            while let Some(output) = self.client.poll_output() {
                match output {
                    Output::Transmit(bytes) => loss = loss.or(self.connection.write(bytes).err()),
                    Output::Event(Event::Lost(error)) => loss = Some(io::Error::other(error)),
                    Output::Event(event) => {
                        if let Some((id, answer)) = answer(event) {
                            handle(id, answer);
                            has_ended = true;
                        }
                    }
                }
            }
            if loss.is_none() && has_ended {
                return Ok(());
            }
            if loss.is_none() {
                loss = self.pass_on(&mut buffer).err();
            }
            if let Some(error) = loss {
                let address = &self.address;
                eprintln!("read_modbus: {address}: {error}; connecting again");
                self.connection = Connection::open(&self.address, self.line)?;
                self.client.reconnected(self.now());
            }
        }
    }

    /// Waits for bytes or for the next deadline, and tells the session.
    fn pass_on(&mut self, buffer: &mut [u8]) -> io::Result<()> {
        let now = self.now();
        let deadline = self.client.poll_timeout();
        if deadline.is_some_and(|deadline| deadline <= now) {
            self.client.handle_timeout(now);
            return Ok(());
        }
        let wait = deadline.map(|deadline| deadline.duration_since(now));
        let bytes = self.connection.read(buffer, wait)?;
        let now = self.now();
        self.client.handle_input(now, bytes);
        self.client.handle_timeout(now);
        Ok(())
    }

    fn now(&self) -> Instant {
        Instant::from_elapsed(self.start.elapsed())
    }
}

/// What an event says of a request, if it ends one.
const fn answer(event: Event<'_>) -> Option<(RequestId, Answer<'_>)> {
    Some(match event {
        Event::Registers { id, registers, .. } => (id, Answer::Registers(registers)),
        Event::Bits { id, bits, .. } => (id, Answer::Bits(bits)),
        Event::Written { id, .. } => (id, Answer::Written),
        Event::Exception { id, code, .. } => (id, Answer::Failed(Failure::Refused(code))),
        Event::TimedOut { id, .. } => (id, Answer::Failed(Failure::TimedOut)),
        Event::Invalid { id, mismatch, .. } => (id, Answer::Failed(Failure::Invalid(mismatch))),
        // Nothing else is asked for, and frames of others do not matter.
        _ => return None,
    })
}
