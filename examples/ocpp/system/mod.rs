//! A small central system: any number of stations, each on a thread of its own.

mod desk;
mod office;

use alloc::sync::Arc;
use core::net::SocketAddr;
use core::time::Duration;
use std::io;
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};

use ocpp_types::Tolerance;
use ocpp_types::endpoint::Role;
use ocpp_types::messages::RegistrationStatus;
use ocpp_types::types::IdToken;

use self::desk::Desk;
pub(crate) use self::office::Entry;
use self::office::Office;
use super::{Clock, Command, Connection, Form, Log, Out, Subprotocol, drive};

/// What the central system decides by.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    /// The answers to the first boots of a station; the last one counts for all that follow.
    pub(crate) boots: Vec<RegistrationStatus<'static>>,
    /// Seconds between heartbeats, and between boots.
    pub(crate) interval: i64,
    /// Who may charge; everybody, if nobody is named.
    pub(crate) tags: Vec<IdToken<'static>>,
    pub(crate) tolerance: Tolerance,
    /// How long to wait for an answer.
    pub(crate) timeout: Duration,
}

/// The central system: what all connections share.
#[derive(Clone)]
pub(crate) struct System {
    policy: Arc<Policy>,
    office: Arc<Mutex<Office>>,
    clock: Clock,
    form: Form,
    out: Out,
}

impl System {
    pub(crate) fn new(policy: Policy, clock: Clock, form: Form, out: Out) -> Self {
        Self {
            policy: Arc::new(policy),
            office: Arc::default(),
            clock,
            form,
            out,
        }
    }

    /// Takes stations in from now on; at which place, and the thread that does so.
    pub(crate) fn listen(
        &self,
        address: impl ToSocketAddrs,
    ) -> io::Result<(SocketAddr, JoinHandle<io::Result<()>>)> {
        let listener = TcpListener::bind(address)?;
        let place = listener.local_addr()?;
        let system = self.clone();
        Ok((place, thread::spawn(move || system.serve(&listener))))
    }

    fn serve(&self, listener: &TcpListener) -> io::Result<()> {
        loop {
            let (stream, _) = listener.accept()?;
            let system = self.clone();
            thread::spawn(move || system.serve_one(stream));
        }
    }

    fn serve_one(&self, stream: TcpStream) {
        let rule = if self.policy.tolerance == Tolerance::STRICT {
            Subprotocol::Required
        } else {
            Subprotocol::Assumed
        };
        let (connection, name) = match Connection::accept(stream, rule) {
            Ok(accepted) => accepted,
            Err(error) => {
                self.log("?")
                    .note(self.clock, &format!("no connection: {error}"));
                self.office().fault();
                return;
            }
        };
        let mut log = self.log(&name);
        let mut desk = Desk::new(name, self.clone());
        drive(&mut desk, connection, self.clock, &mut log);
    }

    /// Has a station do something, as soon as it is there.
    pub(crate) fn command(&self, station: &str, command: Command) {
        self.office().command(station, command);
    }

    /// The same for the commands of several lines.
    pub(crate) fn commands(&self, station: &str, lines: &str) -> Result<(), String> {
        for line in lines.lines() {
            if let Some(command) = Command::parse(line)? {
                self.command(station, command);
            }
        }
        Ok(())
    }

    /// How often something went wrong that should not have.
    pub(crate) fn faults(&self) -> u32 {
        self.office().faults()
    }

    /// The transactions, oldest first.
    pub(crate) fn transactions(&self) -> Vec<Entry> {
        self.office().transactions().to_vec()
    }

    /// Whether energy was taken in any transaction.
    pub(crate) fn has_charged(&self) -> bool {
        let is_charged = |entry: &Entry| entry.energy() > Some(0);
        self.office().transactions().iter().any(is_charged)
    }

    fn log(&self, name: &str) -> Log {
        let (tolerance, out) = (self.policy.tolerance, Arc::clone(&self.out));
        Log::new(name, Role::CentralSystem, self.form, tolerance, out)
    }

    fn office(&self) -> MutexGuard<'_, Office> {
        // What a thread that panicked had begun is no worse than a lost message.
        self.office.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
