//! From the options to what is printed.

use std::io::{self, BufWriter, Write};
use std::thread;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use meter_units::Timestamp;
use modbus_regmap::adu::{Ascii, Framing, Rtu, SerialLine, Tcp};
use modbus_regmap::client::Config;
use modbus_regmap::map::RegisterMap;
use modbus_regmap::plan::Selection;

use crate::address::Address;
use crate::cells::Cells;
use crate::driver::Driver;
use crate::options::{Options, Task, Wire};
use crate::reader::Reader;
use crate::row::Row;
use crate::{USAGE, meter, sample, server, table};

/// Why nothing could be done.
pub(crate) enum Error {
    /// The options do not fit together, or do not fit the meter.
    Usage(String),
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
    let is_sound = match &options.task {
        Task::Help => {
            out.write_all(USAGE.as_bytes())?;
            true
        }
        Task::List => {
            table::write_models(&mut out)?;
            true
        }
        Task::Serve(address) => {
            let map = options.source.map()?;
            let cells = cells(options, &map)?;
            let line = options.line(map.device().serial())?;
            server::serve(address, options.wire(), line, &cells, &mut out)?;
            true
        }
        Task::Show => {
            let map = options.source.map()?;
            let place = server::serve_once(options.wire(), cells(options, &map)?)?;
            let address = Address::Tcp {
                host: place.ip().to_string(),
                port: place.port(),
                unit: None,
            };
            read(options, &map, &address, &mut out)?
        }
        Task::Read(address) => read(options, &options.source.map()?, address, &mut out)?,
    };
    out.flush()?;
    Ok(is_sound)
}

/// What our own server has.
fn cells(options: &Options, map: &RegisterMap<'_>) -> Result<Cells, Error> {
    let cells = Cells::of(map, options.unit_id());
    if options.source.is_sample() {
        for (name, text) in sample::values() {
            sample::put(&cells, map, &name, &text)?;
        }
    }
    for (name, text) in &options.values {
        sample::put(&cells, map, name, text)?;
    }
    Ok(cells)
}

fn read(
    options: &Options,
    map: &RegisterMap<'_>,
    address: &Address,
    out: &mut impl Write,
) -> Result<bool, Error> {
    let line = options.line(map.device().serial())?;
    match options.wire() {
        Wire::Tcp => read_over::<Tcp>(options, map, address, line, out),
        Wire::Rtu => read_over::<Rtu>(options, map, address, line, out),
        Wire::Ascii => read_over::<Ascii>(options, map, address, line, out),
    }
}

fn read_over<F: Framing>(
    options: &Options,
    map: &RegisterMap<'_>,
    address: &Address,
    line: SerialLine,
    out: &mut impl Write,
) -> Result<bool, Error> {
    let selected = meter::select(map, options)?;
    let names: Vec<_> = selected.iter().map(|register| register.name()).collect();
    let plan = map
        .plan(Selection::Names(&names))
        .map_err(|error| error.to_string())?;
    let mut reader = Reader::new(map, plan.requests(), options.unit_id(), options.parallel);
    let config = config(options, map, address, line);
    let mut driver = None;
    let mut is_sound = true;
    let begin = Instant::now();
    for pass in 0.. {
        if let Some(every) = options.every {
            // From the beginning on, so that passes do not drift.
            thread::sleep(every.saturating_mul(pass).saturating_sub(begin.elapsed()));
        }
        let time = options.every.map(|_| now());
        let mut rows = Vec::new();
        let result = match driver.take() {
            Some(driver) => Ok(driver),
            None => Driver::<F>::open(address, line, config),
        };
        let result = result.and_then(|mut open| {
            reader.read(&mut open, |index, register, outcome| {
                rows.push((index, Row::new(register, &outcome, time)));
            })?;
            Ok(driver.insert(open))
        });
        if let Err(error) = result {
            eprintln!("read_modbus: {address}: {error}");
            is_sound = false;
        }
        rows.retain(|(_, row)| names.contains(&row.name.as_str()));
        rows.sort_by_key(|(index, _)| *index);
        let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        is_sound &= rows.iter().all(|row| !row.is_failed);
        if options.json {
            for row in &rows {
                serde_json::to_writer(&mut *out, row).map_err(io::Error::from)?;
                writeln!(out)?;
            }
        } else if !rows.is_empty() {
            let unit = options.unit_id().0;
            let time = time.map(|time| format!(", {time}")).unwrap_or_default();
            writeln!(
                out,
                "{}, unit {unit} at {address}{time}\n",
                map.device().name()
            )?;
            table::write(&rows, out)?;
        }
        out.flush()?;
        if options.every.is_none() || options.times.is_some_and(|times| pass + 1 >= times) {
            break;
        }
        if !options.json {
            writeln!(out)?;
        }
    }
    Ok(is_sound)
}

fn config(options: &Options, map: &RegisterMap<'_>, address: &Address, line: SerialLine) -> Config {
    let mut config = match address {
        Address::Tcp { .. } => Config::tcp(),
        Address::Serial(_) => Config::serial(line),
    };
    config.pause = map.device().pause().unwrap_or(config.pause);
    config.response_timeout = options.timeout.unwrap_or(config.response_timeout);
    config.attempts = options.attempts.unwrap_or(config.attempts);
    config
}

fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = elapsed.map_or(0, |elapsed| elapsed.as_secs());
    Timestamp::from_unix(i64::try_from(seconds).unwrap_or(i64::MAX))
}
