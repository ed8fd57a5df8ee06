//! What the command line asks for.

use core::time::Duration;

use lexopt::{Arg, Parser, ValueExt};
use modbus_regmap::UnitId;
use modbus_regmap::adu::{Parity, SerialLine};
use modbus_regmap::map::{DataBits, SerialSettings, StopBits};

use crate::address::Address;
use crate::driver::ROOM;
use crate::meter::{Choice, Source};

/// One run of the program.
pub(crate) struct Options {
    pub(crate) task: Task,
    pub(crate) source: Source,
    /// The names of registers and quantities that are meant.
    selection: Vec<String>,
    all: bool,
    /// Where relative addresses begin.
    pub(crate) origin: Option<u16>,
    /// The values of our own server: name and text.
    pub(crate) values: Vec<(String, String)>,
    /// What is written before the first read: name and text.
    pub(crate) writes: Vec<(String, String)>,
    pub(crate) unit: Option<UnitId>,
    pub(crate) wire: Option<Wire>,
    pub(crate) json: bool,
    pub(crate) every: Option<Duration>,
    pub(crate) times: Option<u32>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempts: Option<u8>,
    pub(crate) parallel: usize,
    line: LineOptions,
}

/// What is to be done.
#[derive(Clone, Debug)]
pub(crate) enum Task {
    Help,
    List,
    /// Reads a meter.
    Read(Address),
    /// Reads our own server over loopback.
    Show,
    /// Is the meter.
    Serve(Address),
}

/// How protocol data units are put on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wire {
    Tcp,
    Rtu,
    Ascii,
}

/// What differs from the serial line that the model says.
#[derive(Default)]
struct LineOptions {
    baud: Option<u32>,
    data_bits: Option<u8>,
    parity: Option<Parity>,
    stop_bits: Option<u8>,
}

impl Options {
    pub(crate) fn from_args(mut args: Parser) -> Result<Self, lexopt::Error> {
        let mut options = Self::none();
        let (mut model, mut map) = (None, None);
        let (mut points, mut is_strict) = (Vec::new(), false);
        while let Some(arg) = args.next()? {
            match arg {
                Arg::Long("help") | Arg::Short('h') => options.task = Task::Help,
                Arg::Long("list") => options.task = Task::List,
                Arg::Long("serve") => options.task = Task::Serve(address(&mut args)?),
                Arg::Long("model") => model = Some(args.value()?.string()?),
                Arg::Long("map") => map = Some(args.value()?.string()?),
                Arg::Long("point") => points.push(args.value()?.string()?),
                Arg::Long("strict") => is_strict = true,
                Arg::Long("at") => options.origin = Some(args.value()?.parse()?),
                Arg::Long("select") => options.select(&args.value()?.string()?),
                Arg::Long("all") => options.all = true,
                Arg::Long("set") => options.values.push(setting(&args.value()?.string()?)?),
                Arg::Long("write") => options.writes.push(setting(&args.value()?.string()?)?),
                Arg::Long("unit") => options.unit = Some(UnitId(args.value()?.parse()?)),
                Arg::Long("framing") => options.wire = Some(wire(&mut args)?),
                Arg::Long("json") => options.json = true,
                Arg::Long("every") => options.every = Some(seconds(&mut args)?),
                Arg::Long("times") => options.times = Some(args.value()?.parse()?),
                Arg::Long("timeout") => options.timeout = Some(millis(&mut args)?),
                Arg::Long("attempts") => options.attempts = Some(args.value()?.parse()?),
                Arg::Long("parallel") => options.parallel = parallel(&mut args)?,
                Arg::Long("baud") => options.line.baud = Some(args.value()?.parse()?),
                Arg::Long("data-bits") => options.line.data_bits = Some(args.value()?.parse()?),
                Arg::Long("parity") => options.line.parity = Some(parity(&mut args)?),
                Arg::Long("stop-bits") => options.line.stop_bits = Some(args.value()?.parse()?),
                Arg::Value(value) if matches!(options.task, Task::Show) => {
                    options.task = Task::Read(value.string()?.parse()?);
                }
                arg => return Err(arg.unexpected()),
            }
        }
        if is_strict && points.is_empty() {
            return Err("--strict is for --point".into());
        }
        options.source = match (model, map, points.as_slice()) {
            (None, None, []) => Source::Sample,
            (Some(name), None, []) if name == "sunspec" => Source::SunSpec,
            (Some(name), None, []) => Source::Model(name),
            (None, Some(name), []) => Source::Map(name),
            (None, None, _) => Source::Points(points, is_strict),
            _ => return Err("--model, --map and --point exclude each other".into()),
        };
        options.check()?;
        Ok(options)
    }

    const fn none() -> Self {
        Self {
            task: Task::Show,
            source: Source::Sample,
            selection: Vec::new(),
            all: false,
            origin: None,
            values: Vec::new(),
            writes: Vec::new(),
            unit: None,
            wire: None,
            json: false,
            every: None,
            times: None,
            timeout: None,
            attempts: None,
            parallel: 1,
            line: LineOptions {
                baud: None,
                data_bits: None,
                parity: None,
                stop_bits: None,
            },
        }
    }

    fn select(&mut self, words: &str) {
        let words = words.split(',').map(str::trim);
        let words = words.filter(|word| !word.is_empty());
        self.selection.extend(words.map(str::to_owned));
    }

    fn check(&self) -> Result<(), lexopt::Error> {
        let is_read = matches!(self.task, Task::Read(_));
        if is_read && matches!(self.source, Source::Sample) {
            return Err("which meter is it? say --model, --map or --point".into());
        }
        if is_read && !self.values.is_empty() {
            return Err("--set is for our own server".into());
        }
        if matches!(self.task, Task::Serve(_)) {
            for (option, is_there) in [
                ("--write", !self.writes.is_empty()),
                ("--select", !self.selection.is_empty()),
                ("--all", self.all),
                ("--json", self.json),
                ("--every", self.every.is_some()),
                ("--timeout", self.timeout.is_some()),
                ("--attempts", self.attempts.is_some()),
                ("--parallel", self.parallel > 1),
            ] {
                if is_there {
                    return Err(format!("{option} is for a meter that is read").into());
                }
            }
        }
        if self.times.is_some() && self.every.is_none() {
            return Err("--times needs --every".into());
        }
        if self.times == Some(0) {
            return Err("--times is 1 at least".into());
        }
        let (Task::Read(address) | Task::Serve(address)) = &self.task else {
            return Ok(());
        };
        match (address.unit(), self.unit) {
            (Some(one), Some(other)) if one != other => {
                return Err("the address and --unit name different units".into());
            }
            _ => {}
        }
        if matches!(address, Address::Serial(_)) && self.wire == Some(Wire::Tcp) {
            return Err("a serial port has the framing rtu or ascii".into());
        }
        Ok(())
    }

    /// Which registers are meant.
    pub(crate) fn choice(&self) -> Choice<'_> {
        match self.selection.as_slice() {
            _ if self.all => Choice::All,
            [] if matches!(self.source, Source::Sample) => Choice::Sample,
            // Whoever lists registers one by one means them.
            [] if matches!(self.source, Source::Points(..)) => Choice::All,
            [] => Choice::Measured,
            words => Choice::Words(words),
        }
    }

    /// The framing: that of the transport, unless another one is named.
    pub(crate) fn wire(&self) -> Wire {
        self.wire.unwrap_or(match &self.task {
            Task::Read(Address::Serial(_)) | Task::Serve(Address::Serial(_)) => Wire::Rtu,
            _ => Wire::Tcp,
        })
    }

    /// The unit: that of the address, of `--unit`, or 1.
    pub(crate) fn unit_id(&self) -> UnitId {
        let named = match &self.task {
            Task::Read(address) | Task::Serve(address) => address.unit(),
            _ => None,
        };
        named.or(self.unit).unwrap_or(UnitId(1))
    }

    /// The serial line: what the model says, as far as no option says otherwise.
    pub(crate) fn line(&self, model: Option<SerialSettings>) -> Result<SerialLine, String> {
        let own = model.unwrap_or(SerialSettings::new(9600));
        // The standard has 7E1 for ASCII, and 8 bits cannot be missing in RTU.
        let is_plain_ascii = model.is_none() && self.wire() == Wire::Ascii;
        let data_bits = match own.data_bits {
            DataBits::Eight if !is_plain_ascii => 8,
            _ => 7,
        };
        let parity = match own.parity {
            modbus_regmap::map::Parity::None if is_plain_ascii => Parity::Even,
            modbus_regmap::map::Parity::None => Parity::None,
            modbus_regmap::map::Parity::Even => Parity::Even,
            modbus_regmap::map::Parity::Odd => Parity::Odd,
        };
        let stop_bits = match own.stop_bits {
            StopBits::One => 1,
            StopBits::Two => 2,
        };
        let line = SerialLine::new(self.line.baud.unwrap_or(own.baud)).ok_or("--baud is 0")?;
        line.with_format(
            self.line.data_bits.unwrap_or(data_bits),
            self.line.parity.unwrap_or(parity),
            self.line.stop_bits.unwrap_or(stop_bits),
        )
        .ok_or_else(|| "a serial line has 7 or 8 data bits and 1 or 2 stop bits".to_owned())
    }
}

fn address(args: &mut Parser) -> Result<Address, lexopt::Error> {
    Ok(args.value()?.string()?.parse::<Address>()?)
}

fn wire(args: &mut Parser) -> Result<Wire, lexopt::Error> {
    match args.value()?.string()?.as_str() {
        "tcp" => Ok(Wire::Tcp),
        "rtu" => Ok(Wire::Rtu),
        "ascii" => Ok(Wire::Ascii),
        other => Err(format!("{other:?} is no framing: tcp, rtu or ascii").into()),
    }
}

/// Gateways name the parity by its letter.
fn parity(args: &mut Parser) -> Result<Parity, lexopt::Error> {
    match args.value()?.string()?.to_ascii_lowercase().as_str() {
        "none" | "n" => Ok(Parity::None),
        "even" | "e" => Ok(Parity::Even),
        "odd" | "o" => Ok(Parity::Odd),
        other => Err(format!("{other:?} is no parity: none, even or odd").into()),
    }
}

fn seconds(args: &mut Parser) -> Result<Duration, lexopt::Error> {
    let text = args.value()?.string()?;
    let seconds = text.parse().ok().filter(|seconds| *seconds > 0.0);
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| format!("{text:?} is no number of seconds").into())
}

fn millis(args: &mut Parser) -> Result<Duration, lexopt::Error> {
    Ok(Duration::from_millis(args.value()?.parse()?))
}

fn parallel(args: &mut Parser) -> Result<usize, lexopt::Error> {
    match args.value()?.parse()? {
        count @ 1..=ROOM => Ok(count),
        _ => Err(format!("--parallel is 1 to {ROOM}").into()),
    }
}

fn setting(text: &str) -> Result<(String, String), lexopt::Error> {
    let (name, value) = text
        .split_once('=')
        .ok_or_else(|| format!("{text:?} is not NAME=VALUE"))?;
    Ok((name.to_owned(), value.to_owned()))
}
