//! A station from its first connection to the end of its script.

use core::time::Duration;
use std::io;

use super::session::rest;
use super::{Clock, Connection, Log, Station, Url, drive};

/// Keeps a station connected until it is done. The first connection has to succeed; after that it
/// is tried again and again, `reconnect` apart.
pub(crate) fn run_station(
    station: &mut Station,
    url: &Url,
    clock: Clock,
    log: &mut Log,
    reconnect: Duration,
) -> io::Result<()> {
    let mut connection = Connection::connect(url)?;
    loop {
        drive(station, connection, clock, log);
        connection = loop {
            if station.is_over() {
                return Ok(());
            }
            rest(station, clock, log, reconnect);
            match Connection::connect(url) {
                Ok(connection) => break connection,
                Err(error) => log.note(clock, &format!("no connection: {error}")),
            }
        };
    }
}
