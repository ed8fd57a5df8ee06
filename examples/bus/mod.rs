//! What the examples of the bus share: ports, the simulated bus, and the loop that drives a master.

#![allow(dead_code)]

mod options;
mod port;
mod simulated;

use std::io;
use std::process::ExitCode;

use mbus_proto::master::{Event, Master, Outcome, Output};

pub(crate) use options::Options;
pub(crate) use port::Port;
pub(crate) use simulated::Bus;

/// Runs a program whose `arguments` were read; `None` asks for help.
pub(crate) fn conclude<T>(
    name: &str,
    usage: &str,
    arguments: Result<Option<(Options, T)>, lexopt::Error>,
    run: impl FnOnce(&Options, &T) -> io::Result<bool>,
) -> ExitCode {
    let (options, task) = match arguments {
        Ok(Some(arguments)) => arguments,
        Ok(None) => {
            print!("{usage}{}", Options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{name}: {error}\n\n{usage}{}", Options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&options, &task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the output may stop early.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::from(2)
        }
    }
}

/// Drives the command at work to its end.
pub(crate) fn drive(
    master: &mut Master,
    port: &mut Port,
    mut see: impl FnMut(&Event<'_>) -> io::Result<()>,
) -> io::Result<Outcome> {
    let mut buffer = [0; 512];
    loop {
        while let Some(output) = master.poll_output() {
            match output {
                Output::Transmit(bytes) => port.write(bytes)?,
                Output::Event(Event::Done(outcome)) => return Ok(outcome),
                Output::Event(Event::BitRate(rate)) => port.set_bit_rate(rate)?,
                Output::Event(event) => see(&event)?,
            }
        }
        let wait = master
            .poll_timeout()
            .map(|at| at.duration_since(port.now()));
        match port.read(&mut buffer, wait.unwrap_or_default())? {
            0 => master.handle_timeout(port.now()),
            length => {
                let received = buffer.get(..length).unwrap_or_default();
                master.handle_input(port.now(), received);
            }
        }
    }
}
