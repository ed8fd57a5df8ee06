//! Reads a meter over Modbus: `read_modbus --help` shows how.

extern crate alloc;

mod address;
mod cells;
mod connection;
mod driver;
#[path = "../maps/mod.rs"]
mod maps;
mod meter;
mod options;
mod plausible;
mod reader;
mod row;
mod run;
mod sample;
mod server;
#[path = "../shown/mod.rs"]
mod shown;
mod sunspec;
mod table;
mod write;

use std::io;
use std::process::ExitCode;

use lexopt::Parser;

use crate::options::Options;
use crate::run::Error;

pub(crate) const USAGE: &str = "\
Reads a meter over Modbus.

  read_modbus                       our own server over loopback, as a table
  read_modbus [OPTIONS] ADDRESS     a meter
  read_modbus --serve ADDRESS       be the meter, for others to read; says its address
  read_modbus --list                the models that are known

ADDRESS is a host with a port and a unit, 192.168.1.124:502/1, of which both may be left out, or a
serial port such as /dev/ttyUSB0. For a server, port 0 is any that is free.

Which meter:
  --model NAME        a model, such as eastron-sdm630; sunspec asks the device for its models
  --map FILE          a map file, in TOML or JSON, or the name of a model
  --point TEXT        a register in one line, 'reg=52 unit=power_kw size=2 factor=0.001', or as a
                      JSON object; as often as there are registers
  --strict            refuse points without type
  --at ADDRESS        where a map with relative addresses begins; SunSpec models are found without
  --unit N            the unit; 1 unless the address says it

Which registers:
  --select WORD,…     those of these names or quantities
  --all               all, also settings; otherwise those that the meter measures

How:
  --json              JSON lines in place of a table
  --every SECONDS     again and again; --times N ends that
  --write NAME=VALUE  write a register first, if the map allows it; none is the not-available marker
  --framing WORD      tcp, rtu or ascii; a serial server may pass rtu on over TCP
  --baud N, --data-bits N, --parity WORD, --stop-bits N
                      the serial line, where it is not as the model says, or 9600 8N1
  --timeout MS        how long to wait for the first byte of an answer: 1000
  --attempts N        how often a request is sent at most: 3
  --parallel N        requests under way at a time, over TCP: 1
  --set NAME=VALUE    a value of our own server; the others are made up

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
            eprintln!("read_modbus: output: {error}");
            ExitCode::from(1)
        }
        Err(Error::Line(error)) => {
            eprintln!("read_modbus: {error}");
            ExitCode::from(1)
        }
        Err(Error::Usage(error)) => {
            eprintln!("read_modbus: {}", error.trim_end());
            eprintln!("`read_modbus --help` lists the options");
            ExitCode::from(2)
        }
    }
}
