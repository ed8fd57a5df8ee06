//! Reads meters over a TCP bridge or a serial port: `read_mbus --help` shows how.

mod bus;
/// How `decode` prints telegrams.
#[path = "decode"]
// What only radio telegrams need is not used here.
#[allow(dead_code)]
mod decode {
    pub(crate) mod mbus;
}

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use lexopt::{Arg, Parser, ValueExt};
use mbus_proto::link::{PrimaryAddress, SecondaryAddressMask};
use mbus_proto::master::{Event, Master, Outcome, Target};

use crate::bus::{Options, conclude, drive};
use crate::decode::mbus;

const USAGE: &str = "\
Reads meters of an M-Bus completely.

  read_mbus [PORT] [--address ADDRESS]…

ADDRESS is a primary address such as 5, or a secondary one such as 12345678.PAD.01.07 or 12345678,
in which F stands for any digit. Of the simulated bus, three meters are read without it.

";

fn main() -> ExitCode {
    conclude(
        "read_mbus",
        USAGE,
        arguments(Parser::from_env()),
        |options, targets| run(options, targets),
    )
}

fn arguments(mut args: Parser) -> Result<Option<(Options, Vec<Target>)>, lexopt::Error> {
    let mut options = Options::new();
    let mut targets = Vec::new();
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Long("address") => targets.push(target(&args.value()?.string()?)?),
            Arg::Long(name) => {
                let name = name.to_owned();
                if !options.take(&name, &mut args)? {
                    return Err(Arg::Long(&name).unexpected());
                }
            }
            Arg::Value(port) => options.set_port(port)?,
            arg => return Err(arg.unexpected()),
        }
    }
    if targets.is_empty() && !options.is_simulated() {
        return Err("no address to read".into());
    }
    if targets.is_empty() {
        for address in ["1", "66012345", "50001234.EMH.01.02"] {
            targets.push(target(address)?);
        }
    }
    Ok(Some((options, targets)))
}

/// Up to three digits are a primary address, eight an identification number.
fn target(text: &str) -> Result<Target, lexopt::Error> {
    if text.len() <= 3 {
        let code: u8 = text.parse().map_err(|_| format!("no address: {text}"))?;
        return Ok(PrimaryAddress::from_code(code).into());
    }
    let mask = if text.len() == 8 {
        format!("{text}.FFFF.FF.FF").parse::<SecondaryAddressMask>()
    } else {
        text.parse()
    };
    Ok(mask.map_err(|error| format!("{text}: {error}"))?.into())
}

/// Whether all meters were read to their last telegram.
fn run(options: &Options, targets: &[Target]) -> io::Result<bool> {
    let mut port = options.open()?;
    let mut master = Master::new(options.config);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut decoder = mbus::Decoder::new(mbus::Options {
        json: options.json,
        lenient: options.lenient,
        link: Some(mbus::Link::Wired),
        ..mbus::Options::default()
    });
    let mut sound = true;
    for (index, target) in targets.iter().enumerate() {
        if index > 0 && !options.json {
            writeln!(out)?;
        }
        master.read(port.now(), *target).map_err(io::Error::other)?;
        let mut telegrams = Vec::new();
        let outcome = drive(&mut master, &mut port, |event| {
            if let Event::Telegram(response) = event {
                telegrams.push(hex::encode(response.bytes));
            }
            Ok(())
        })?;
        if !telegrams.is_empty() {
            let line = serde_json::json!({ "telegrams": telegrams }).to_string();
            sound &= decoder.decode_line(&line, &mut out)?;
        }
        out.flush()?;
        match outcome {
            Outcome::Complete | Outcome::Repeated => {}
            Outcome::Failed(failure) => {
                eprintln!("read_mbus: {}: {failure}", shown(target));
                sound = false;
            }
            outcome => {
                eprintln!("read_mbus: {}: {outcome:?}", shown(target));
                sound = false;
            }
        }
    }
    Ok(sound)
}

fn shown(target: &Target) -> String {
    match target {
        Target::Primary(address) => address.to_string(),
        Target::Secondary(mask) => mask.to_string(),
        target => format!("{target:?}"),
    }
}
