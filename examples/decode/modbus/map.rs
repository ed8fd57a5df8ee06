//! The readings in an answer, by a register map.

use core::time::Duration;
use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table as Rows, TableComponent};
use meter_units::{Direction as Flow, Phase, Reading, Statistic, Unit, Value};
use modbus_regmap::adu::{Adu, Ascii, Direction, FrameLength, Rtu};
use modbus_regmap::encoding::ValueError;
use modbus_regmap::map::{Block, Register, RegisterMap};
use modbus_regmap::plan::{self, Selection, readings_in};
use modbus_regmap::{Bits, Registers, Request, Response, Table};
use serde_json::{Value as Json, json};

use super::Fault;
use super::frame::{self, Layer, Refusal};
use super::maps::{self, Points};

/// What the command line says about where registers come from.
#[derive(Debug)]
pub(super) enum Source {
    /// A built-in name, or a file.
    Map(String),
    /// Registers in one line each, and whether each has to say its type.
    Points(Vec<String>, bool),
}

/// What the command line says about where an answer begins.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) address: Option<u16>,
    pub(super) function: Option<u8>,
}

#[derive(Debug)]
pub(super) struct Map(RegisterMap<'static>);

impl Map {
    pub(super) fn load(source: &Source) -> Result<Self, Fault> {
        match source {
            Source::Map(name) => Ok(Self(maps::named(name)?)),
            Source::Points(texts, is_strict) => {
                let points = Points::parse(texts, *is_strict, Duration::ZERO)?;
                for warning in points.warnings {
                    eprintln!("decode: {warning}");
                }
                Ok(Self(points.map))
            }
        }
    }

    /// The table of plain registers: what was asked for, or else that of the device.
    fn table(&self, place: Place) -> Result<Table, Fault> {
        match place.function {
            None => Ok(self.0.device().table()),
            Some(code) => Table::from_read_function(code)
                .ok_or_else(|| format!("function {code} reads no table").into()),
        }
    }
}

/// Readings with what is known of their registers.
pub(super) struct Readings {
    title: String,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    address: u16,
    quantity: String,
    unit: String,
    which: String,
    value: Result<String, ValueError>,
    is_number: bool,
    label: Option<String>,
    /// Why the unit is not known.
    note: Option<ValueError>,
}

/// The readings in an answer, or what stands in their place.
pub(super) fn read(
    map: &Map,
    layer: Option<Layer>,
    place: Place,
    bytes: &[u8],
) -> Result<Readings, Json> {
    let fault = |fault: Fault| json!({"result": "error", "error": fault.to_string()});
    let Some(layer) = layer else {
        let table = map.table(place).map_err(fault)?;
        let registers = Registers::from_bytes(bytes)
            .ok_or_else(|| json!({"result": "error", "error": "half a register"}))?;
        let address = place.address.unwrap_or_default();
        return Ok(map.registers(table, address, registers));
    };
    let refused = |refusal: Refusal| json!({"result": "error", "error": refusal.text()});
    let (request, bytes) = split(layer, bytes);
    let mut buffer = [0; Ascii::MAX_BYTES];
    let adu = frame::parse(layer, Direction::Response, bytes, &mut buffer).map_err(refused)?;
    let response = adu.response().map_err(|error| refused(error.into()))?;
    let asked = request.map(|(_, address)| address);
    let address = place.address.or(asked).unwrap_or_default();
    match response {
        Response::ReadHoldingRegisters(registers) => {
            Ok(map.registers(Table::HoldingRegister, address, registers))
        }
        Response::ReadInputRegisters(registers) => {
            Ok(map.registers(Table::InputRegister, address, registers))
        }
        Response::ReadCoils(bits) => Ok(map.bits(Table::Coil, address, bits)),
        Response::ReadDiscreteInputs(bits) => Ok(map.bits(Table::DiscreteInput, address, bits)),
        Response::Exception { code, .. } => {
            let error = format!("exception {}: {code}", code.code());
            Err(json!({"result": "error", "error": error, "exception": code.code()}))
        }
        _ => {
            let error = "the answer holds no registers of a map";
            Err(json!({"result": "error", "error": error}))
        }
    }
}

/// The request that stands before the answer, as in the record of a line, and the answer.
fn split(layer: Layer, bytes: &[u8]) -> (Option<(Table, u16)>, &[u8]) {
    let length = match layer {
        Layer::Rtu => match Rtu::length(Direction::Request, bytes) {
            FrameLength::Known(length) => length,
            _ => return (None, bytes),
        },
        // up to the unit there are six bytes; a request to read has six after them
        Layer::Tcp => 12,
        Layer::Pdu | Layer::Ascii => return (None, bytes),
    };
    let Some((first, rest)) = bytes.split_at_checked(length) else {
        return (None, bytes);
    };
    let mut buffer = [0; Ascii::MAX_BYTES];
    let request = frame::parse(layer, Direction::Request, first, &mut buffer);
    match request.ok().as_ref().and_then(asked_for) {
        Some(asked) if !rest.is_empty() => (Some(asked), rest),
        _ => (None, bytes),
    }
}

fn asked_for(adu: &Adu<'_>) -> Option<(Table, u16)> {
    match adu.request().ok()? {
        Request::ReadCoils { address, .. } => Some((Table::Coil, address)),
        Request::ReadDiscreteInputs { address, .. } => Some((Table::DiscreteInput, address)),
        Request::ReadHoldingRegisters { address, .. } => Some((Table::HoldingRegister, address)),
        Request::ReadInputRegisters { address, .. } => Some((Table::InputRegister, address)),
        _ => None,
    }
}

impl Map {
    fn registers(&self, table: Table, address: u16, registers: Registers<'_>) -> Readings {
        let blocks = [Block::new(table, address, registers)];
        let place = if self.0.device().has_relative_addresses() {
            plan::Place::at(address)
        } else {
            plan::Place::ABSOLUTE
        };
        let rows = readings_in(&self.0, place, Selection::All, &blocks)
            .filter(|(register, reading)| *reading != Err(ValueError::NotRead(register.address())))
            .map(|(register, reading)| {
                let without_unit = || maps::value_without_unit(register, place, &blocks);
                Row::new(register, reading, without_unit)
            })
            .collect();
        let title = title(table, address, registers.len());
        Readings { title, rows }
    }

    fn bits(&self, table: Table, address: u16, bits: Bits<'_>) -> Readings {
        let registers = self.0.registers().iter();
        let rows = registers
            .filter(|register| register.table() == table)
            .filter_map(|register| {
                let place = register.address().checked_sub(address)?;
                let bit = bits.get(place.into())?;
                let word = [0, u8::from(bit)];
                let value = register.value(Registers::from_bytes(&word)?, None);
                let unit = register.unit().unwrap_or(Unit::ONE);
                let reading = value.map(|value| Reading::new(register.channel(), value, unit));
                Some(Row::new(register, reading, || value))
            })
            .collect();
        let title = title(table, address, bits.len());
        Readings { title, rows }
    }
}

fn title(table: Table, address: u16, count: usize) -> String {
    let last = usize::from(address).saturating_add(count).saturating_sub(1);
    let table = match table {
        Table::Coil => "coils",
        Table::DiscreteInput => "discrete inputs",
        Table::InputRegister => "input registers",
        Table::HoldingRegister => "holding registers",
    };
    format!("{table} {address} to {last}")
}

impl Row {
    fn new<'w>(
        register: &Register<'_>,
        reading: Result<Reading<'w>, ValueError>,
        without_unit: impl FnOnce() -> Result<Value<'w>, ValueError>,
    ) -> Self {
        let channel = register.channel();
        let mut which = Vec::new();
        if channel.statistic != Statistic::Instant {
            which.push(channel.statistic.to_string());
        }
        if channel.phase != Phase::Total {
            which.push(channel.phase.to_string().replace('_', "-").to_uppercase());
        }
        if channel.direction != Flow::None {
            which.push(channel.direction.to_string());
        }
        for (name, number) in [
            ("tariff", u64::from(channel.tariff)),
            ("storage", channel.storage),
            ("subunit", channel.subunit.into()),
        ] {
            if number != 0 {
                which.push(format!("{name} {number}"));
            }
        }
        let unit = reading.map_or(register.unit(), |reading| Some(reading.unit));
        let unit = unit.map(|unit| unit.to_string());
        let unit = unit.or_else(|| register.unit_word().map(str::to_owned));
        let (value, note) = match reading {
            Ok(reading) => (Ok(reading.value), None),
            Err(error) => match without_unit() {
                // The number is what it is, also where nothing is known of its unit.
                Ok(value) => (Ok(value), Some(error)),
                Err(_) => (Err(error), None),
            },
        };
        let code = value.ok().and_then(code);
        Self {
            name: register.name().to_owned(),
            address: register.address(),
            quantity: channel.quantity.to_string(),
            unit: unit.filter(|_| note.is_none()).unwrap_or_default(),
            which: which.join(", "),
            is_number: value.is_ok_and(|value| value.number().is_some()),
            label: code
                .and_then(|code| register.label(code))
                .map(str::to_owned),
            value: value.map(|value| value.to_string()),
            note,
        }
    }

    fn json(&self) -> Json {
        let mut line = json!({
            "name": self.name, "quantity": self.quantity, "unit": self.unit,
            "value": self.value.as_ref().ok(), "address": self.address
        });
        if let Err(error) = self.value {
            line["absent"] = json!(error.absent().to_string());
            line["error"] = json!(error.to_string());
        }
        if let Some(note) = self.note {
            line["note"] = json!(note.to_string());
        }
        if !self.which.is_empty() {
            line["which"] = json!(self.which);
        }
        if let Some(label) = &self.label {
            line["label"] = json!(label);
        }
        line
    }

    fn shown(&self, decimals: usize) -> String {
        let value = match &self.value {
            Ok(value) if self.is_number => {
                let whole = value.find('.').unwrap_or(value.len());
                format!("{value:<width$}", width = whole + decimals)
            }
            Ok(value) => value.escape_debug().to_string(),
            Err(ValueError::NotAvailable) => "(not available)".to_owned(),
            Err(error) => format!("({error})"),
        };
        match &self.label {
            Some(label) => format!("{value} ({})", label.escape_debug()),
            None => value,
        }
    }
}

/// The code that a label may name.
fn code(value: Value<'_>) -> Option<u64> {
    u64::try_from(value.number()?.to_decimal()?).ok()
}

impl Readings {
    /// Whether every register could be read; what the device does not have is none of them.
    pub(super) fn write(&self, json: bool, out: &mut impl Write) -> io::Result<bool> {
        let is_sound = |row: &Row| matches!(row.value, Ok(_) | Err(ValueError::NotAvailable));
        if json {
            for row in &self.rows {
                writeln!(out, "{}", row.json())?;
            }
        } else {
            writeln!(out, "{}\n\n{}", self.title, self.table().trim_fmt())?;
        }
        if self.rows.is_empty() {
            let hint =
                "no register of the map lies there: --registers says where the answer begins";
            if json {
                let error = format!("{}: {hint}", self.title);
                writeln!(out, "{}", json!({"result": "error", "error": error}))?;
            } else {
                writeln!(out, "error: {hint}")?;
            }
        }
        Ok(!self.rows.is_empty() && self.rows.iter().all(is_sound))
    }

    fn table(&self) -> Rows {
        let mut table = Rows::new();
        table
            .load_preset(NOTHING)
            .set_style(TableComponent::HeaderLines, '─')
            .set_style(TableComponent::MiddleHeaderIntersections, '─')
            .set_header(["register", "name", "value", "unit", "quantity", "which"]);
        let decimals = |row: &Row| match &row.value {
            Ok(value) if row.is_number => value.find('.').map_or(0, |at| value.len() - at),
            _ => 0,
        };
        let decimals = self.rows.iter().map(decimals).max().unwrap_or_default();
        for row in &self.rows {
            let note = row.note.map(|note| note.to_string());
            let which = [
                Some(row.which.clone()).filter(|which| !which.is_empty()),
                note,
            ];
            table.add_row([
                &*row.address.to_string(),
                &*row.name,
                &*row.shown(decimals),
                &*row.unit,
                &*row.quantity.replace('_', " "),
                &which.into_iter().flatten().collect::<Vec<_>>().join(", "),
            ]);
        }
        for column in [0, 2] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }
}
