//! The loop that brings a party and its connection together.

use core::time::Duration;
use std::thread;

use meter_units::Instant;

use super::{Clock, Connection, Log};

/// One side of a connection, without I/O: the contract is that of
/// [`Endpoint`](ocpp_types::endpoint::Endpoint).
pub(crate) trait Party {
    fn connected(&mut self, now: Instant);
    fn disconnected(&mut self, now: Instant);
    fn handle_message(&mut self, now: Instant, text: &str);
    fn handle_timeout(&mut self, now: Instant);
    fn poll_step(&mut self, now: Instant) -> Option<Step>;
    fn poll_timeout(&self) -> Option<Instant>;
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Transmit(String),
    /// Worth telling.
    Note(String),
    /// Break the connection, as a cut wire does.
    Cut,
    /// Close the connection.
    Close,
}

/// How a connection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// By this side.
    Own,
    /// By the other side, or the wire.
    Peer,
}

/// A socket cannot wait for commands too: they are looked for that often.
const LOOK: Duration = Duration::from_millis(10);

/// Drives a party until its connection ends.
pub(crate) fn drive(
    party: &mut impl Party,
    mut connection: Connection,
    clock: Clock,
    log: &mut Log,
) -> End {
    party.connected(clock.now());
    log.note(clock, "connected");
    let end = loop {
        if let Some(step) = party.poll_step(clock.now()) {
            match step {
                Step::Transmit(text) => {
                    log.sent(clock, &text);
                    if connection.send(text).is_err() {
                        break End::Peer;
                    }
                }
                Step::Note(note) => log.note(clock, &note),
                Step::Cut => {
                    connection.cut();
                    break End::Own;
                }
                Step::Close => {
                    connection.close();
                    break End::Own;
                }
            }
            continue;
        }
        let due = party
            .poll_timeout()
            .map(|due| due.duration_since(clock.now()));
        let wait = due.map_or(LOOK, |due| clock.on_the_wall(due).min(LOOK));
        match connection.receive(wait) {
            Ok(Some(text)) => {
                log.received(clock, &text);
                party.handle_message(clock.now(), &text);
            }
            Ok(None) => party.handle_timeout(clock.now()),
            Err(_) => break End::Peer,
        }
    };
    party.disconnected(clock.now());
    log.note(clock, "disconnected");
    log.forget_calls();
    notes(party, clock, log);
    end
}

/// Lets time pass without a connection.
pub(crate) fn rest(party: &mut impl Party, clock: Clock, log: &Log, wait: Duration) {
    let end = clock.now().saturating_add(wait);
    while clock.now() < end {
        party.handle_timeout(clock.now());
        notes(party, clock, log);
        thread::sleep(LOOK.min(clock.on_the_wall(wait)));
    }
}

/// Tells what happened, where nothing can be sent.
fn notes(party: &mut impl Party, clock: Clock, log: &Log) {
    while let Some(step) = party.poll_step(clock.now()) {
        if let Step::Note(note) = step {
            log.note(clock, &note);
        }
    }
}
