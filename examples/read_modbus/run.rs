//! From the options to what is printed.

use core::time::Duration;
use std::io::{self, BufWriter, Write};
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use meter_units::Timestamp;
use modbus_regmap::adu::{Ascii, Framing, Rtu, SerialLine, Tcp};
use modbus_regmap::client::Config;
use modbus_regmap::map::{Device, Point};
use modbus_regmap::plan::Place;

use crate::address::Address;
use crate::cells::Cells;
use crate::driver::Driver;
use crate::meter::{Meter, Part};
use crate::options::{Options, Task, Wire};
use crate::reader::Reader;
use crate::row::Row;
use crate::{USAGE, sample, server, sunspec, table, write};

/// How long to wait at least before a connection is tried again.
const SHORTEST_PAUSE: Duration = Duration::from_millis(200);

/// Why nothing more can be done.
pub(crate) enum Error {
    /// The options do not fit together, or do not fit the meter.
    Usage(String),
    /// The meter or its line fails, or our own server.
    Line(String),
    /// The output cannot be written.
    Output(io::Error),
}

impl From<String> for Error {
    fn from(error: String) -> Self {
        Self::Usage(error)
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Does what the options say; whether everything was read.
pub(crate) fn run(options: &Options) -> Result<bool, Error> {
    let mut out = BufWriter::new(io::stdout().lock());
    match &options.task {
        Task::Help => out.write_all(USAGE.as_bytes())?,
        Task::List => table::write_models(&mut out)?,
        Task::Serve(address) => {
            let meter = load(options)?;
            let cells = cells(options, &meter)?;
            let line = options.line(meter.device().and_then(Device::serial))?;
            server::serve(address, options.wire(), line, &cells, &mut out)
                .map_err(|error| failed(address, &error))?;
        }
        Task::Show => {
            let meter = load(options)?;
            let cells = cells(options, &meter)?;
            let place = server::serve_once(options.wire(), cells)
                .map_err(|error| Error::Line(format!("our own server: {error}")))?;
            let address = Address::tcp(&place.ip().to_string(), place.port(), None);
            return read(options, &meter, &address, &mut out);
        }
        Task::Read(address) => return read(options, &load(options)?, address, &mut out),
    }
    out.flush()?;
    Ok(true)
}

fn failed(address: &Address, error: &io::Error) -> Error {
    Error::Line(format!("{address}: {error}"))
}

fn load(options: &Options) -> Result<Meter, Error> {
    let usual_pause = match &options.task {
        Task::Read(Address::Tcp { .. }) => Point::DEFAULT_TCP_PAUSE,
        _ => Duration::ZERO,
    };
    let meter = options.source.load(usual_pause)?;
    for warning in &meter.warnings {
        eprintln!("read_modbus: {warning}");
    }
    Ok(meter)
}

/// The part that a meter is without being asked; `None` if it has to say where its models are.
fn known_part(options: &Options, meter: &Meter) -> Result<Option<Part>, Error> {
    let Some(map) = meter.map.clone() else {
        return match options.origin {
            Some(_) => Err(Error::Usage("--at needs the model that lies there".into())),
            None => Ok(None),
        };
    };
    match (map.device().has_relative_addresses(), options.origin) {
        (true, Some(origin)) => Ok(Some(Part::whole(map, Place::at(origin)))),
        (true, None) if meter.sunspec().is_some() => Ok(None),
        (true, None) => {
            let error = "the addresses of the map are relative: --at says where they begin";
            Err(Error::Usage(error.into()))
        }
        (false, Some(_)) => {
            let error = "--at is for a map with relative addresses";
            Err(Error::Usage(error.into()))
        }
        (false, None) => Ok(Some(Part::whole(map, Place::ABSOLUTE))),
    }
}

/// What our own server has: plausible values, and those that the options set.
fn cells(options: &Options, meter: &Meter) -> Result<Cells, Error> {
    let (parts, heads) = match known_part(options, meter)? {
        Some(part) => (vec![part], Vec::new()),
        None => sunspec::served(meter.sunspec()),
    };
    let unnamed = Device::new("SunSpec");
    let cells = Cells::new(meter.device().unwrap_or(&unnamed), options.unit_id());
    for part in &parts {
        cells.add(part);
    }
    for part in &parts {
        sample::fill(&cells, part);
    }
    for (address, value) in heads {
        cells.set(modbus_regmap::Table::HoldingRegister, address, value);
    }
    for (name, text) in &options.values {
        // The common model has other names than the one that was asked for.
        let part = parts
            .iter()
            .rev()
            .find(|part| part.registers().any(|register| register.name() == name));
        let part = part.ok_or_else(|| format!("the meter has no register {name:?}"))?;
        sample::put(&cells, part, name, text)?;
    }
    Ok(cells)
}

fn read(
    options: &Options,
    meter: &Meter,
    address: &Address,
    out: &mut impl Write,
) -> Result<bool, Error> {
    let line = options.line(meter.device().and_then(Device::serial))?;
    match options.wire() {
        Wire::Tcp => Passes::<Tcp>::new(options, meter, address, line).run(out),
        Wire::Rtu => Passes::<Rtu>::new(options, meter, address, line).run(out),
        Wire::Ascii => Passes::<Ascii>::new(options, meter, address, line).run(out),
    }
}

/// One meter that is read, once or again and again.
struct Passes<'o, F: Framing> {
    options: &'o Options,
    meter: &'o Meter,
    address: &'o Address,
    line: SerialLine,
    config: Config,
    /// What is open, unless it failed.
    driver: Option<Driver<F>>,
    begin: Instant,
    /// How many passes there were.
    count: u32,
    is_sound: bool,
}

impl<'o, F: Framing> Passes<'o, F> {
    fn new(options: &'o Options, meter: &'o Meter, address: &'o Address, line: SerialLine) -> Self {
        let mut config = match address {
            Address::Tcp { .. } => Config::tcp(),
            Address::Serial(_) => Config::serial(line),
        };
        let pause = meter.device().and_then(Device::pause);
        config.pause = pause.unwrap_or(config.pause);
        config.response_timeout = options.timeout.unwrap_or(config.response_timeout);
        config.attempts = options.attempts.unwrap_or(config.attempts);
        Self {
            options,
            meter,
            address,
            line,
            config,
            driver: None,
            begin: Instant::now(),
            count: 0,
            is_sound: true,
        }
    }

    /// Whether everything was read.
    fn run(mut self, out: &mut impl Write) -> Result<bool, Error> {
        let (options, address, unit) = (self.options, self.address, self.options.unit_id());
        let Some(parts) = self.parts()? else {
            return Ok(false);
        };
        let choice = options.choice();
        if let Some(word) = choice.unknown(&parts) {
            let error = format!("the meter has no register and no quantity {word:?} to read");
            return Err(Error::Usage(error));
        }
        for setting in &options.writes {
            let driver = self.open().map_err(|error| failed(address, &error))?;
            write::write(driver, unit, &parts, setting)?;
        }
        let names: Vec<_> = parts
            .iter()
            .map(|part| choice.names(part, &parts))
            .collect();
        let plans = parts
            .iter()
            .zip(&names)
            .map(|(part, names)| part.plan(names));
        let plans = plans.collect::<Result<Vec<_>, _>>()?;
        let selected = parts.iter().zip(&names).zip(&plans);
        let mut readers: Vec<_> = selected
            .filter(|((_, names), _)| !names.is_empty())
            .map(|((part, names), plan)| {
                let reader = Reader::new(part, names, plan.requests(), unit, options.parallel);
                (part, reader)
            })
            .collect();
        loop {
            self.pass(&mut readers, out)?;
            out.flush()?;
            if !self.is_next() {
                return Ok(self.is_sound);
            }
        }
    }

    /// The parts that the meter has; `None` if it could not be asked in any of the passes.
    fn parts(&mut self) -> Result<Option<Vec<Part>>, Error> {
        if let Some(part) = known_part(self.options, self.meter)? {
            return Ok(Some(vec![part]));
        }
        let (unit, only) = (self.options.unit_id(), self.meter.sunspec());
        loop {
            match self
                .open()
                .and_then(|driver| sunspec::parts(driver, unit, only.as_ref()))
            {
                Ok(parts) => return Ok(Some(parts)),
                Err(error) => self.report(&error),
            }
            if !self.is_next() {
                return Ok(None);
            }
        }
    }

    /// Reads all parts once.
    fn pass(
        &mut self,
        readers: &mut [(&Part, Reader<'_>)],
        out: &mut impl Write,
    ) -> Result<(), Error> {
        let time = self.options.every.map(|_| now());
        for (index, (part, reader)) in readers.iter_mut().enumerate() {
            let mut rows = Vec::new();
            let result = self.open().and_then(|driver| {
                reader.read(driver, |register, outcome| {
                    rows.push(Row::new(part, register, &outcome, time));
                })
            });
            if let Err(error) = result {
                self.report(&error);
                // The other parts cannot be read either.
                return Ok(());
            }
            self.is_sound &= rows.iter().all(|row| !row.is_failed);
            if self.options.json {
                for row in &rows {
                    serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
                    writeln!(out)?;
                }
                continue;
            }
            if index > 0 || self.count > 0 {
                writeln!(out)?;
            }
            let (title, unit) = (part.title(), self.options.unit_id().0);
            let time = time.map(|time| format!(", {time}")).unwrap_or_default();
            writeln!(out, "{title}, unit {unit} at {}{time}\n", self.address)?;
            table::write(&rows, out)?;
        }
        Ok(())
    }

    fn open(&mut self) -> io::Result<&mut Driver<F>> {
        let driver = match self.driver.take() {
            Some(driver) => driver,
            None => Driver::open(self.address, self.line, self.config)?,
        };
        Ok(self.driver.insert(driver))
    }

    /// Says what failed, and has the next pass connect again.
    fn report(&mut self, error: &io::Error) {
        eprintln!("read_modbus: {}: {error}", self.address);
        self.driver = None;
        self.is_sound = false;
    }

    /// Waits until another pass is due; `false` if there is none.
    fn is_next(&mut self) -> bool {
        self.count = self.count.saturating_add(1);
        let Some(every) = self.options.every else {
            return false;
        };
        if self.options.times.is_some_and(|times| self.count >= times) {
            return false;
        }
        // From the beginning on, so that passes do not drift.
        let due = every.saturating_mul(self.count);
        let mut wait = due.saturating_sub(self.begin.elapsed());
        if self.driver.is_none() {
            wait = wait.max(SHORTEST_PAUSE);
        }
        thread::sleep(wait);
        true
    }
}

fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = elapsed.map_or(0, |elapsed| elapsed.as_secs());
    Timestamp::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
