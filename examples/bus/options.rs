//! The options that both examples have.

use core::time::Duration;
use std::ffi::OsString;
use std::io;

use lexopt::{Parser, ValueExt};
use mbus_proto::Tolerance;
use mbus_proto::master::Config;

use super::{Bus, Port};

/// What the command line says of the bus.
pub(crate) struct Options {
    port: Option<OsString>,
    pub(crate) config: Config,
    pub(crate) json: bool,
    pub(crate) lenient: bool,
}

impl Options {
    /// The part of the usage that describes these options.
    pub(crate) const USAGE: &str = "\
PORT is a TCP bridge (HOST:PORT) or a serial port, 8E1. Without it, there is a simulated bus.

  --bit-rate N   bits per second: 2400
  --timeout MS   how long to wait for the first byte of an answer: 500
  --idle MS      the silence that ends an answer: 100
  --retries N    repetitions of a request: 2, 1 in a scan
  --lenient      read what real meters send
  --json         JSON lines in place of tables
  --help         this text
";

    pub(crate) fn new() -> Self {
        Self {
            port: None,
            config: Config::default(),
            json: false,
            lenient: false,
        }
    }

    /// Takes an option of those that both examples have; whether it is one.
    pub(crate) fn take(&mut self, name: &str, args: &mut Parser) -> Result<bool, lexopt::Error> {
        match name {
            "bit-rate" => self.config.bits_per_second = args.value()?.parse()?,
            "timeout" => self.config.first_byte = Duration::from_millis(args.value()?.parse()?),
            "idle" => self.config.idle = Duration::from_millis(args.value()?.parse()?),
            "retries" => {
                self.config.retries = args.value()?.parse()?;
                self.config.scan_retries = self.config.retries;
            }
            "lenient" => {
                self.lenient = true;
                self.config.tolerance = Tolerance::LENIENT;
            }
            "json" => self.json = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes the port.
    pub(crate) fn set_port(&mut self, port: OsString) -> Result<(), lexopt::Error> {
        match self.port.replace(port) {
            None => Ok(()),
            Some(_) => Err("more than one port".into()),
        }
    }

    pub(crate) const fn is_simulated(&self) -> bool {
        self.port.is_none()
    }

    pub(crate) fn open(&self) -> io::Result<Port> {
        match &self.port {
            None => Ok(Port::simulated(Bus::house())),
            Some(port) => Port::open(port, self.config.bits_per_second),
        }
    }
}
