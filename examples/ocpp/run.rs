//! A program from its arguments to its exit status, and a station from its first connection to the
//! end of its script.

use core::time::Duration;
use std::io;
use std::process::ExitCode;

use super::session::rest;
use super::{Clock, Connection, Log, Options, Station, Url, drive};

/// Runs a program whose arguments were read; `None` asks for help.
pub(crate) fn conclude<T>(
    name: &str,
    [usage, commands]: [&str; 2],
    arguments: Result<Option<T>, lexopt::Error>,
    run: impl FnOnce(T) -> Result<bool, String>,
) -> ExitCode {
    let arguments = match arguments {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{usage}{}{commands}", Options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{name}: {error}\n\n{usage}{}{commands}", Options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::from(1)
        }
    }
}

/// Whether nothing was refused or left unanswered; otherwise it is told how often.
pub(crate) fn is_sound(name: &str, faults: u32) -> bool {
    if faults > 0 {
        eprintln!("{name}: {faults} times something was refused or not answered");
    }
    faults == 0
}

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
