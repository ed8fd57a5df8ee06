//! Bytes or text in, readings out: `decode --help` shows how.

mod input;
mod mbus;
mod modbus;
mod ocpp;
mod samples;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};

use crate::input::Input;

const USAGE: &str = "\
Shows what the bytes of meters mean.

  decode                          built-in samples, as tables
  decode mbus HEX…                one telegram, as a table
  decode mbus --json FILE         one JSON object for each line of the file; - is standard input
  decode ocpp FRAME               one frame, as a table
  decode ocpp --json FILE         one JSON object for each line of the file; - is standard input

Options of mbus:
  --json       JSON lines in place of tables
  --lenient    read what real meters send, and say what was bent
  --wired      take every line for a wired frame
  --wireless   take every line for a radio frame
  --key HEX    decrypt with this key of 32 digits, of DES 16, unless a line has one of its own
  --unauthenticated
               accept messages without the authentication that their security mode demands
  --help       this text

Options of ocpp:
  --json       JSON lines in place of tables
  --lenient    read what real stations send, and say what was bent
  --help       this text

A line of ocpp is a frame as JSON text, or a JSON object with the member `frame` (the array) or
`raw` (its text), and `action` where a CALLRESULT needs it.
A line of mbus is hexadecimal, with or without separators, or a JSON object with the member `hex` or
`telegrams`, and perhaps `key`. Blank lines and lines that begin with # are passed over.

Exit status: 0 everything was decoded, 1 something was not, 2 wrong usage.
";

fn main() -> ExitCode {
    match Command::from_args(Parser::from_env()) {
        Ok(command) => match command.run() {
            Ok(true) => ExitCode::SUCCESS,
            Ok(false) => ExitCode::from(1),
            // Whoever reads the output may stop early.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("decode: {error}");
                ExitCode::from(2)
            }
        },
        Err(error) => {
            // A map is refused in several lines.
            eprintln!("decode: {}", error.to_string().trim_end());
            eprintln!("`decode --help` lists the options");
            ExitCode::from(2)
        }
    }
}

enum Command {
    Help,
    Samples,
    Mbus {
        options: mbus::Options,
        input: Input,
    },
    Ocpp {
        options: ocpp::Options,
        input: Input,
    },
    Modbus(modbus::Task),
}

impl Command {
    fn from_args(mut args: Parser) -> Result<Self, lexopt::Error> {
        match args.next()? {
            None => Ok(Self::Samples),
            Some(Arg::Long("help") | Arg::Short('h')) => Ok(Self::Help),
            Some(Arg::Value(protocol)) if protocol == "mbus" => Self::mbus(args),
            Some(Arg::Value(protocol)) if protocol == "ocpp" => Self::ocpp(args),
            Some(Arg::Value(protocol)) if protocol == "modbus" => {
                Ok(Self::Modbus(modbus::Task::from_args(args)?))
            }
            Some(arg) => Err(arg.unexpected()),
        }
    }

    fn mbus(mut args: Parser) -> Result<Self, lexopt::Error> {
        let mut options = mbus::Options::default();
        let mut values = Vec::new();
        while let Some(arg) = args.next()? {
            match arg {
                Arg::Long("json") => options.json = true,
                Arg::Long("lenient") => options.lenient = true,
                Arg::Long("wired") => options.link = Some(mbus::Link::Wired),
                Arg::Long("wireless") => options.link = Some(mbus::Link::Wireless),
                Arg::Long("unauthenticated") => options.unauthenticated = true,
                Arg::Long("key") => options.key = Some(args.value()?.parse()?),
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                Arg::Value(value) => values.push(value.string()?),
                arg => return Err(arg.unexpected()),
            }
        }
        let input = Input::from_values(values)?;
        Ok(Self::Mbus { options, input })
    }

    fn ocpp(mut args: Parser) -> Result<Self, lexopt::Error> {
        let mut options = ocpp::Options::default();
        let mut values = Vec::new();
        while let Some(arg) = args.next()? {
            match arg {
                Arg::Long("json") => options.json = true,
                Arg::Long("lenient") => options.lenient = true,
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                Arg::Value(value) => values.push(value.string()?),
                arg => return Err(arg.unexpected()),
            }
        }
        let input = Input::from_values(values)?;
        Ok(Self::Ocpp { options, input })
    }

    /// Whether everything was decoded.
    fn run(self) -> io::Result<bool> {
        let mut out = BufWriter::new(io::stdout().lock());
        let sound = match self {
            Self::Help => {
                writeln!(out, "{USAGE}\n{}", modbus::USAGE)?;
                true
            }
            Self::Samples => samples::run(&mut out)?,
            Self::Mbus { options, input } => {
                let json = options.json;
                let mut decoder = mbus::Decoder::new(options);
                each_line(input, json, &mut out, |line, out| {
                    decoder.decode_line(line, out)
                })?
            }
            Self::Ocpp { options, input } => {
                each_line(input, options.json, &mut out, |line, out| {
                    ocpp::decode_line(line, &options, out)
                })?
            }
            Self::Modbus(modbus::Task::Help) => {
                out.write_all(modbus::USAGE.as_bytes())?;
                true
            }
            Self::Modbus(modbus::Task::List { json }) => {
                modbus::list(json, &mut out)?;
                true
            }
            Self::Modbus(modbus::Task::Lines { decoder, input }) => {
                each_line(input, decoder.json(), &mut out, |line, out| {
                    decoder.decode_line(line, out)
                })?
            }
        };
        out.flush()?;
        Ok(sound)
    }
}

/// Whether every line was decoded.
fn each_line<W: Write>(
    input: Input,
    json: bool,
    out: &mut W,
    mut decode: impl FnMut(&str, &mut W) -> io::Result<bool>,
) -> io::Result<bool> {
    let mut sound = true;
    let mut is_first = true;
    input.for_each_line(|line| {
        if !json && !core::mem::take(&mut is_first) {
            writeln!(out)?;
        }
        sound &= decode(line, out)?;
        // A reader at the other end of a pipe waits for its line.
        if json { out.flush() } else { Ok(()) }
    })?;
    Ok(sound)
}
