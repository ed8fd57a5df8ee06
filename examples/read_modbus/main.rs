//! Reads a meter over Modbus: `read_modbus --help` shows how.

extern crate alloc;

mod address;
mod cells;
mod connection;
mod driver;
mod meter;
mod options;
mod reader;
mod row;
mod run;
mod sample;
mod server;
mod table;

use std::io;
use std::process::ExitCode;

use lexopt::Parser;

use crate::options::Options;
use crate::run::Error;

pub(crate) const USAGE: &str = "\
Reads a meter over Modbus.

  read_modbus                       our own server over loopback, as a table
  read_modbus [OPTIONS] ADDRESS     a meter
  read_modbus --serve ADDRESS       be the meter, for others to read
  read_modbus --list                the models that are known

ADDRESS is a host with a port and a unit, 192.168.1.124:502/1, of which both may be left out, or a
serial port such as /dev/ttyUSB0. For a server, port 0 is any that is free.

Which meter:
  --model NAME        a model, such as eastron-sdm630
  --map FILE          a map file, in TOML or JSON
  --unit N            the unit; 1 unless the address says it

Which registers:
  --select WORD,…     those of these names or quantities
  --all               all, also settings; otherwise those that the meter measures

How:
  --json              JSON lines in place of a table
  --every SECONDS     again and again; --times N ends that
  --framing WORD      tcp, rtu or ascii; a serial server may pass rtu on over TCP
  --baud N, --data-bits N, --parity WORD, --stop-bits N
                      the serial line, where it is not as the model says, or 9600 8N1
  --timeout SECONDS   how long an answer may take
  --attempts N        how often a request is sent at most
  --parallel N        requests under way at a time, over TCP
  --set NAME=VALUE    a value of our own server; the others are 0

Exit status: 0 everything was read, 1 something was not, 2 wrong usage.
";

fn main() -> ExitCode {
    let result = match Options::from_args(Parser::from_env()) {
        Ok(options) => run::run(&options),
        Err(error) => Err(Error::Usage(error.to_string())),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the output may stop early.
        Err(Error::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(Error::Output(error)) => {
            eprintln!("read_modbus: {error}");
            ExitCode::from(1)
        }
        Err(Error::Usage(error)) => {
            eprintln!("read_modbus: {}\n\n{USAGE}", error.trim_end());
            ExitCode::from(2)
        }
    }
}
