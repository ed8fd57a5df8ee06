//! A simulated charging station for OCPP 1.6-J: `charge_point --help` shows how.

extern crate alloc;

mod ocpp;

use alloc::sync::Arc;
use core::time::Duration;
use std::io;
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use lexopt::{Arg, Parser, ValueExt};
use ocpp_types::Tolerance;
use ocpp_types::endpoint::Role;
use ocpp_types::schedule::Tenths;

use crate::ocpp::{
    Clock, Command, Form, Options, Policy, Script, Setup, Station, System, Url, conclude, input,
    is_sound, run_station,
};

const NAME: &str = "charge_point";

const USAGE: &str = "\
A simulated charging station for OCPP 1.6-J. It charges once, and ends.

  charge_point                      with a central system of our own over loopback
  charge_point [OPTIONS] ADDRESS    with the central system at ws://HOST:PORT/PATH/IDENTITY

The port is 9000 if it is not said.

  --id NAME            the identity, where the address does not end with it
  --tag TAG            who charges: 04E9A4B2C35D80
  --samples N          so many MeterValues are sent: 3
  --connectors N       2
  --ampere N           what the station can draw in each phase: 32
  --reconnect SECONDS  how long to wait after the connection broke: 10
  --commands           do what standard input says, and obey the central system meanwhile
";

const COMMANDS: &str = "
Commands, one a line:

  plug 1 16            a vehicle that takes 16 A comes to connector 1
  unplug 1             it goes
  tag 1 04E9A4B2       somebody holds a tag before the reader
  fault 1 GroundFailure, repair 1
  DataTransfer {\"vendorId\":\"org.example\"}
                       any call with its payload
  await StopTransaction 1
                       go on after so many exchanges of that kind
  cut                  break the connection, as a cut wire does
  quit                 end

Exit status: 0 all went well, 1 something was refused or not answered, 2 wrong usage.
";

/// What the station does without arguments.
const DEMO: &str = "
    await StatusNotification 3
    plug 1 16
    tag 1 04E9A4B2C35D80
    await MeterValues 3
    cut
    await MeterValues 3
    tag 1 04E9A4B2C35D80
    await StopTransaction
    unplug 1
";

/// What the central system does meanwhile.
const SYSTEM: &str = r#"
    await StartTransaction
    SetChargingProfile {"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","transactionId":1,"chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":10.5}]}}}
    GetCompositeSchedule {"connectorId":1,"duration":3600}
"#;

/// What the program is to do.
enum Task {
    Show,
    Run { address: String, id: Option<String> },
}

/// What the command line says.
struct Arguments {
    options: Options,
    task: Task,
    tag: String,
    samples: u32,
    connectors: u32,
    amperes: u32,
    reconnect: Duration,
    source: Source,
}

/// Where commands come from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    Session,
    Input,
}

fn main() -> ExitCode {
    conclude(
        NAME,
        [USAGE, COMMANDS],
        parse(Parser::from_env()),
        |arguments| match &arguments.task {
            Task::Show => show(&arguments),
            Task::Run { address, id } => run(&arguments, &Url::parse(address, id.as_deref())?),
        },
    )
}

fn parse(mut args: Parser) -> Result<Option<Arguments>, lexopt::Error> {
    let mut is_help = false;
    let mut parsed = Arguments {
        options: Options::new(),
        task: Task::Show,
        tag: "04E9A4B2C35D80".to_owned(),
        samples: 3,
        connectors: 2,
        amperes: 32,
        reconnect: Duration::from_secs(10),
        source: Source::Session,
    };
    let mut name = None;
    while let Some(arg) = args.next()? {
        match arg {
            Arg::Long("help") | Arg::Short('h') => is_help = true,
            Arg::Long("id") => name = Some(args.value()?.string()?),
            Arg::Long("tag") => parsed.tag = args.value()?.string()?,
            Arg::Long("samples") => parsed.samples = args.value()?.parse()?,
            Arg::Long("connectors") => parsed.connectors = connectors(&mut args)?,
            Arg::Long("ampere") => parsed.amperes = args.value()?.parse()?,
            Arg::Long("reconnect") => {
                parsed.reconnect = Duration::from_secs(args.value()?.parse()?);
            }
            Arg::Long("commands") => parsed.source = Source::Input,
            Arg::Long(option) => {
                let option = option.to_owned();
                if !parsed.options.take(&option, &mut args)? {
                    return Err(Arg::Long(&option).unexpected());
                }
            }
            Arg::Value(address) if !is_help && matches!(parsed.task, Task::Show) => {
                parsed.task = Task::Run {
                    address: address.string()?,
                    id: None,
                };
            }
            arg => return Err(arg.unexpected()),
        }
    }
    if let Task::Run { id, .. } = &mut parsed.task {
        *id = name;
    }
    Ok((!is_help).then_some(parsed))
}

fn connectors(args: &mut Parser) -> Result<u32, lexopt::Error> {
    match args.value()?.parse()? {
        number @ 1..=100 => Ok(number),
        _ => Err("--connectors is 1 to 100".into()),
    }
}

/// Is a station of the central system at that address.
fn run(arguments: &Arguments, url: &Url) -> Result<bool, String> {
    let script = match arguments.source {
        Source::Input => Script::from_inbox(commands()),
        Source::Session => {
            let Arguments {
                tag,
                samples,
                connectors,
                ..
            } = arguments;
            let statuses = connectors + 1;
            Script::parse(&format!(
                "await StatusNotification {statuses}\nplug 1\ntag 1 {tag}\nawait StartTransaction\n\
                 await MeterValues {samples}\ntag 1 {tag}\nawait StopTransaction\nunplug 1\n"
            ))?
        }
    };
    let clock = arguments.options.clock();
    let mut station = station(arguments, script, clock);
    let ran = drive(arguments, &mut station, url, clock);
    ran.map_err(|error| format!("{url}: {error}"))?;
    Ok(report(&station))
}

/// Is a station of our own central system.
fn show(arguments: &Arguments) -> Result<bool, String> {
    let options = &arguments.options;
    let clock = Clock::new(120);
    let policy = Policy {
        boots: Vec::new(),
        interval: 300,
        tags: Vec::new(),
        tolerance: Tolerance::STRICT,
        timeout: options.timeout(&clock),
    };
    let out = Arc::clone(&options.out);
    let system = System::new(policy, clock, Form::Silent, out);
    system.commands("CP-1", SYSTEM)?;
    let listening = system.listen(("127.0.0.1", 0));
    let (place, _) = listening.map_err(|error| error.to_string())?;

    let mut station = station(arguments, Script::parse(DEMO)?, clock);
    let url = Url::parse(&format!("ws://{place}/ocpp/CP-1"), None)?;
    let mut log = options.log(url.identity(), Role::ChargePoint);
    // Long enough for samples to wait for the connection.
    let reconnect = Duration::from_secs(90);
    let ran = run_station(&mut station, &url, clock, &mut log, reconnect);
    ran.map_err(|error| error.to_string())?;
    Ok(report(&station) && system.has_charged() && system.faults() == 0)
}

fn station(arguments: &Arguments, script: Script, clock: Clock) -> Station {
    let maximum = Tenths::new(u64::from(arguments.amperes) * 10);
    let setup = Setup::simulated(&arguments.options, clock, arguments.connectors, maximum);
    Station::new(setup, script, clock.now(), clock.unix_at_start())
}

fn drive(arguments: &Arguments, station: &mut Station, url: &Url, clock: Clock) -> io::Result<()> {
    let mut log = arguments.options.log(url.identity(), Role::ChargePoint);
    run_station(station, url, clock, &mut log, arguments.reconnect)
}

/// Whether all went well.
fn report(station: &Station) -> bool {
    is_sound(NAME, station.faults())
}

/// The commands of standard input.
fn commands() -> mpsc::Receiver<Command> {
    let (commands, inbox) = mpsc::channel();
    thread::spawn(move || {
        for line in input() {
            let command = match Command::parse(&line) {
                Ok(None) => continue,
                Ok(Some(command)) => command,
                // It is told where commands are carried out.
                Err(error) => Command::Other(error, Vec::new()),
            };
            if commands.send(command).is_err() {
                return;
            }
        }
    });
    inbox
}
