//! Looks for meters over a TCP bridge or a serial port: `scan_mbus --help` shows how.

mod bus;

use std::io::{self, Write};
use std::net::TcpListener;
use std::process::ExitCode;

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use indicatif::{ProgressBar, ProgressStyle};
use lexopt::{Arg, Parser, ValueExt};
use mbus_proto::Telegram;
use mbus_proto::link::SecondaryAddressMask;
use mbus_proto::master::{Direction, Event, Found, Master, Outcome, Target};

use crate::bus::{Bus, Options, conclude, drive};

const USAGE: &str = "\
Looks for the meters of an M-Bus.

  scan_mbus [PORT] [--mask MASK] [--reverse]   by secondary address
  scan_mbus [PORT] --primary FIRST-LAST        by primary address, 0 to 250
  scan_mbus --serve ADDRESS                    offers the simulated bus on a TCP port

MASK is a secondary address with F for any, such as 33FFFFFF or 33FFFFFF.PAD.FF.FF.

";

enum Scan {
    Secondary(SecondaryAddressMask, Direction),
    Primary(u8, u8),
    Serve(String),
}

fn main() -> ExitCode {
    conclude("scan_mbus", USAGE, arguments(Parser::from_env()), run)
}

fn arguments(mut args: Parser) -> Result<Option<(Options, Scan)>, lexopt::Error> {
    let mut options = Options::new();
    let (mut mask, mut direction) = (SecondaryAddressMask::ANY, Direction::Forwards);
    let mut scan = None;
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => return Ok(None),
            Arg::Long("mask") => mask = parse_mask(&args.value()?.string()?)?,
            Arg::Long("reverse") => direction = Direction::Backwards,
            Arg::Long("primary") => {
                let (first, last) = parse_range(&args.value()?.string()?)?;
                scan = Some(Scan::Primary(first, last));
            }
            Arg::Long("serve") => scan = Some(Scan::Serve(args.value()?.string()?)),
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
    Ok(Some((
        options,
        scan.unwrap_or(Scan::Secondary(mask, direction)),
    )))
}

fn parse_mask(text: &str) -> Result<SecondaryAddressMask, lexopt::Error> {
    let mask = if text.len() <= 8 {
        format!("{text}.FFFF.FF.FF").parse()
    } else {
        text.parse()
    };
    Ok(mask.map_err(|error| format!("{text}: {error}"))?)
}

fn parse_range(text: &str) -> Result<(u8, u8), lexopt::Error> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let number = |text: &str| text.parse().map_err(|_| format!("no range: {text}"));
    Ok((number(first)?, number(last)?))
}

/// Whether the scan came to its end with every meter told apart.
fn run(options: &Options, scan: &Scan) -> io::Result<bool> {
    if let Scan::Serve(address) = scan {
        let listener = TcpListener::bind(address)?;
        writeln!(io::stdout(), "{}", listener.local_addr()?)?;
        io::stdout().flush()?;
        return Bus::house().serve(&listener).map(|()| true);
    }
    let mut port = options.open()?;
    let mut master = Master::new(options.config);
    let now = port.now();
    match scan {
        Scan::Secondary(mask, direction) => master.scan_secondary(now, *mask, *direction),
        Scan::Primary(first, last) => master.scan_primary(now, *first..=*last),
        Scan::Serve(_) => Ok(()),
    }
    .map_err(io::Error::other)?;

    // It draws on a terminal only, and on standard error.
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    let mut rows = Vec::new();
    let mut sound = true;
    let outcome = drive(&mut master, &mut port, |event| {
        match event {
            Event::Found(found) if options.json => {
                bar.suspend(|| writeln!(io::stdout(), "{}", line(found)))?;
            }
            Event::Found(found) => rows.push(row(found)),
            Event::Progress(progress) => {
                bar.set_length(u64::from(progress.tried) + u64::from(progress.rest));
                bar.set_position(progress.tried.into());
                bar.set_message(format!("{} found", progress.found));
            }
            Event::Collision { address } => {
                bar.suspend(|| eprintln!("scan_mbus: several meters at {address}"));
                sound = false;
            }
            Event::Unresolved { mask, reason } => {
                bar.suspend(|| eprintln!("scan_mbus: {mask}: {reason:?}"));
                sound = false;
            }
            _ => {}
        }
        Ok(())
    })?;
    bar.finish_and_clear();
    if !options.json {
        let mut table = Table::new();
        table.load_preset(NOTHING);
        table.set_header(["read by", "primary", "secondary", "medium"]);
        table.add_rows(&rows);
        writeln!(
            io::stdout(),
            "{}\n{} meters, {} telegrams, {:.1} s",
            table.trim_fmt(),
            rows.len(),
            master.telegrams_sent(),
            port.now().duration_since(now).as_secs_f64()
        )?;
    }
    if outcome != Outcome::Complete {
        eprintln!("scan_mbus: {outcome:?}");
    }
    Ok(sound && outcome == Outcome::Complete)
}

fn row(found: &Found<'_>) -> [String; 4] {
    let secondary = found.secondary.map(|address| address.to_string());
    let medium = Telegram::parse(found.bytes)
        .ok()
        .and_then(|telegram| telegram.header().medium());
    [
        target(found),
        found.primary.to_string(),
        secondary.unwrap_or_default(),
        medium.map(|medium| medium.to_string()).unwrap_or_default(),
    ]
}

fn line(found: &Found<'_>) -> serde_json::Value {
    serde_json::json!({
        "read_by": target(found),
        "primary": found.primary.code(),
        "secondary": found.secondary.map(|address| address.to_string()),
        "consistent": found.consistent,
        "hex": hex::encode(found.bytes),
    })
}

/// What `read_mbus --address` takes.
fn target(found: &Found<'_>) -> String {
    match (found.at, found.secondary) {
        (Target::Primary(address), _) => address.to_string(),
        (_, Some(address)) if found.consistent => address.to_string(),
        (Target::Secondary(mask), _) => mask.to_string(),
        (target, _) => format!("{target:?}"),
    }
}
