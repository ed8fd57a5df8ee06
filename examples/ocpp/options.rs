//! The options that both examples have.

use alloc::sync::Arc;
use core::time::Duration;
use std::io;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::thread;

use lexopt::{Parser, ValueExt};
use ocpp_types::Tolerance;
use ocpp_types::endpoint::Role;

use super::{Clock, Form, Log, Out};

/// What the command line says to both.
pub(crate) struct Options {
    pub(crate) form: Form,
    pub(crate) tolerance: Tolerance,
    pub(crate) out: Out,
    speed: u32,
    timeout: Duration,
}

impl Options {
    /// The part of the usage that describes these options.
    pub(crate) const USAGE: &str = "\
  --json              JSON lines, one a message
  --lenient           take what real stations and systems send; what was bent is told
  --timeout SECONDS   how long an answer may take: 30
  --speed N           the time of day passes N times as fast, for a simulation
  --help              this text
";

    pub(crate) fn new() -> Self {
        Self {
            form: Form::Lines,
            tolerance: Tolerance::STRICT,
            out: Arc::new(Mutex::new(io::stdout())),
            speed: 1,
            timeout: Duration::from_secs(30),
        }
    }

    /// Takes an option of those that both examples have; whether it is one.
    pub(crate) fn take(&mut self, name: &str, args: &mut Parser) -> Result<bool, lexopt::Error> {
        match name {
            "json" => self.form = Form::Json,
            "lenient" => self.tolerance = Tolerance::LENIENT,
            "timeout" => self.timeout = Duration::from_secs(args.value()?.parse()?),
            "speed" => self.speed = args.value()?.parse()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// A simulation that takes no longer than it has to.
    pub(crate) const fn hurry(&mut self) {
        if self.speed == 1 {
            self.speed = 120;
        }
    }

    pub(crate) fn clock(&self) -> Clock {
        Clock::new(self.speed)
    }

    /// How long an answer may take: a time on the wall, however fast the simulation is.
    pub(crate) const fn timeout(&self, clock: &Clock) -> Duration {
        clock.while_the_wall_has(self.timeout)
    }

    pub(crate) fn log(&self, name: &str, role: Role) -> Log {
        Log::new(name, role, self.form, self.tolerance, Arc::clone(&self.out))
    }
}

/// The lines of standard input, as they come.
pub(crate) fn input() -> Receiver<String> {
    let (lines, inbox) = mpsc::channel();
    thread::spawn(move || {
        for line in io::stdin().lines() {
            let Ok(line) = line else {
                return;
            };
            if lines.send(line).is_err() {
                return;
            }
        }
    });
    inbox
}
