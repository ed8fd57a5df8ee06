//! Modbus frames, registers and plans as tables or JSON lines.
#![expect(
    clippy::indexing_slicing,
    reason = "members are added to objects that this module has made"
)]

mod frame;
mod map;
#[path = "../maps/mod.rs"]
mod maps;
mod plan;
mod value;

use std::io::{self, Write};

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use lexopt::{Arg, Parser, ValueExt};
use modbus_regmap::adu::Direction;
use serde_json::{Value as Json, json};

use crate::input::Input;

use frame::Layer;
use map::Place;

/// The part of the help that is about this subcommand.
pub(crate) const USAGE: &str = "\
  decode modbus --map NAME --rtu HEX…
                                  the readings in an answer, as a table
  decode modbus --rtu HEX…        the fields of a frame
  decode modbus --json FILE       one JSON object for each line of the file; - is standard input
  decode modbus --list            the names of the register maps

Options of modbus:
  --map NAME   a built-in register map, or a file in TOML or JSON
  --point TEXT a register in one line, such as 'reg=52 unit=power_kw size=2 factor=0.001';
               as often as there are registers
  --strict     refuse points without `type`
  --rtu, --tcp, --ascii, --pdu
               how the bytes are framed; --ascii takes the text of the frame, or its bytes
  --request    the frame is a request
  --registers ADDRESS
               where the registers of the answer begin; without --rtu, --tcp … the bytes are
               registers and nothing else. Where a request stands before the answer, it says so
               itself; otherwise answers begin at 0.
  --function N the table of plain registers: 3 for holding registers, 4 for input registers
  --json       JSON lines in place of tables
  --help       this text

A line of modbus is hexadecimal, with or without separators, or a JSON object: registers with their
`type`, `order`, `scale` …; a frame with `layer`, `kind` and `hex`; `items` to be planned under
`max_count`, `max_gap`, `forbidden`; or the `prefix` of an RTU frame.
";

/// Why a line cannot be read at all.
pub(crate) type Fault = Box<dyn core::error::Error>;

/// What the command line asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) json: bool,
    maps: Vec<map::Source>,
    layer: Option<Layer>,
    is_request: bool,
    place: Place,
}

/// A subcommand line that was understood.
pub(crate) enum Task {
    Help,
    List { json: bool },
    Lines { decoder: Decoder, input: Input },
}

impl Task {
    pub(crate) fn from_args(mut args: Parser) -> Result<Self, lexopt::Error> {
        let mut options = Options::default();
        let mut points = Vec::new();
        let (mut values, mut is_list, mut is_strict) = (Vec::new(), false, false);
        while let Some(arg) = args.next()? {
            match arg {
                Arg::Long("json") => options.json = true,
                Arg::Long("list") => is_list = true,
                Arg::Long("strict") => is_strict = true,
                Arg::Long("map") => options.maps.push(map::Source::Map(args.value()?.string()?)),
                Arg::Long("point") => points.push(args.value()?.string()?),
                Arg::Long("rtu") => options.layer = Some(Layer::Rtu),
                Arg::Long("tcp") => options.layer = Some(Layer::Tcp),
                Arg::Long("ascii") => options.layer = Some(Layer::Ascii),
                Arg::Long("pdu") => options.layer = Some(Layer::Pdu),
                Arg::Long("request") => options.is_request = true,
                Arg::Long("registers") => options.place.address = Some(args.value()?.parse()?),
                Arg::Long("function") => options.place.function = Some(args.value()?.parse()?),
                Arg::Long("help") | Arg::Short('h') => return Ok(Self::Help),
                Arg::Value(value) => values.push(value.string()?),
                arg => return Err(arg.unexpected()),
            }
        }
        if is_list {
            let json = options.json;
            return Ok(Self::List { json });
        }
        if !points.is_empty() {
            options.maps.push(map::Source::Points(points, is_strict));
        }
        let input = Input::from_values(values)?;
        let decoder = Decoder::new(options).map_err(|fault| fault.to_string())?;
        Ok(Self::Lines { decoder, input })
    }
}

/// Reads line after line.
#[derive(Debug)]
pub(crate) struct Decoder {
    options: Options,
    map: Option<map::Map>,
}

impl Decoder {
    pub(crate) fn new(options: Options) -> Result<Self, Fault> {
        let map = match options.maps.as_slice() {
            [] => None,
            [source] => Some(map::Map::load(source)?),
            _ => return Err("one --map, or --point, is enough".into()),
        };
        if map.is_none() && options.place.address.is_some() {
            return Err("--registers needs a --map or a --point".into());
        }
        Ok(Self { options, map })
    }

    /// For RTU frames of a meter whose map is built in.
    pub(crate) fn sample(map: &str) -> Result<Self, Fault> {
        Self::new(Options {
            maps: vec![map::Source::Map(map.to_owned())],
            layer: Some(Layer::Rtu),
            ..Options::default()
        })
    }

    pub(crate) const fn json(&self) -> bool {
        self.options.json
    }

    /// Decodes one line; whether that succeeded.
    pub(crate) fn decode_line(&self, line: &str, out: &mut impl Write) -> io::Result<bool> {
        if line.starts_with('{') {
            return self.write(&object(line), out);
        }
        let (layer, place) = (self.options.layer, self.options.place);
        let bytes = match bytes_in(layer, line) {
            Ok(bytes) => bytes,
            Err(fault) => return self.write(&refused(&*fault), out),
        };
        match (&self.map, layer) {
            (Some(map), _) => match map::read(map, layer, place, &bytes) {
                Ok(readings) => readings.write(self.options.json, out),
                Err(answer) => self.write(&answer, out),
            },
            (None, Some(layer)) => {
                let direction = if self.options.is_request {
                    Direction::Request
                } else {
                    Direction::Response
                };
                self.write(&frame::frame(layer, direction, &bytes), out)
            }
            (None, None) => {
                let fault = "--rtu, --tcp, --ascii, --pdu or --map says what the bytes are";
                self.write(&json!({"result": "error", "error": fault}), out)
            }
        }
    }

    fn write(&self, answer: &Json, out: &mut impl Write) -> io::Result<bool> {
        if self.options.json {
            serde_json::to_writer(&mut *out, answer)?;
            writeln!(out)?;
        } else {
            write_table(answer, out)?;
        }
        Ok(is_sound(answer))
    }
}

/// One line that is an object.
fn object(line: &str) -> Json {
    let mut line: Json = match serde_json::from_str(line) {
        Ok(line) => line,
        Err(error) => return refused(&error),
    };
    let id = line.get_mut("id").map(Json::take);
    let has = |name: &str| line.get(name).is_some();
    let answer = if has("prefix") {
        frame::length(line)
    } else if has("layer") || has("hex") {
        frame::answer(line)
    } else if has("items") {
        plan::answer(line)
    } else if has("request") {
        frame::pair(line)
    } else if has("data") {
        frame::checksums(line)
    } else {
        value::answer(line)
    };
    let mut answer = answer.unwrap_or_else(|fault| refused(&*fault));
    if let Some(id) = id {
        answer["id"] = id;
    }
    answer
}

fn refused(fault: &dyn core::error::Error) -> Json {
    json!({"result": "error", "error": fault.to_string()})
}

/// A value that the device does not have was read as well as one that it has.
fn is_sound(answer: &Json) -> bool {
    let is = |name: &str, words: &[&str]| {
        answer[name]
            .as_str()
            .is_none_or(|word| words.contains(&word))
    };
    let parts = ["request", "response"].map(|name| answer.get(name).is_none_or(is_sound));
    is("result", &["ok"]) && is("status", &["ok", "not-available"]) && parts == [true, true]
}

/// The members of an object below each other.
fn write_table(answer: &Json, out: &mut impl Write) -> io::Result<()> {
    if let (Some("error" | "incomplete"), Some(error)) =
        (answer["result"].as_str(), answer.get("error"))
    {
        let message = answer.get("message").unwrap_or(error);
        return writeln!(out, "error: {}", shown(message));
    }
    let mut table = Table::new();
    table.load_preset(NOTHING);
    rows("", answer, &mut table);
    writeln!(out, "{}", table.trim_fmt())
}

fn rows(name: &str, value: &Json, table: &mut Table) {
    match value {
        Json::Object(members) => {
            for (inner, value) in members {
                rows(inner, value, table);
            }
        }
        Json::Array(items) if items.iter().any(Json::is_object) => {
            for item in items {
                rows(name, item, table);
            }
        }
        Json::Null => {}
        _ => {
            table.add_row([name.replace('_', " "), shown(value)]);
        }
    }
}

fn shown(value: &Json) -> String {
    match value {
        // what a device sends must not reach the terminal as it is
        Json::String(text) => text.escape_debug().to_string(),
        Json::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    }
}

/// The bytes of a line; a frame of ASCII may also be given as what it is.
fn bytes_in(layer: Option<Layer>, line: &str) -> Result<Vec<u8>, Fault> {
    if layer == Some(Layer::Ascii) && line.starts_with(':') {
        return Ok(format!("{line}\r\n").into_bytes());
    }
    bytes(line)
}

/// Hexadecimal digits, with or without separators.
fn bytes(text: &str) -> Result<Vec<u8>, Fault> {
    let is_separator =
        |char: &char| char.is_whitespace() || matches!(char, ':' | '-' | ',' | ';' | '_' | '|');
    let digits: String = text.chars().filter(|char| !is_separator(char)).collect();
    Ok(hex::decode(digits)?)
}

/// Registers as hexadecimal words, which may lack leading zeros where they stand apart.
fn words(text: &str) -> Result<Vec<u8>, Fault> {
    bytes(text)
}

/// The names of the maps that are built in.
pub(crate) fn list(json: bool, out: &mut impl Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_preset(NOTHING).set_header([
        "name",
        "device",
        "medium",
        "serial line",
        "registers",
        "confirmed",
    ]);
    for model in modbus_regmap::models::list() {
        let (name, device, registers) = (model.name(), model.device(), model.registers());
        let serial = device.serial().map(|serial| serial.to_string());
        let medium = device.medium().to_string();
        let confirmed = registers.iter().filter(|register| register.is_confirmed());
        let confirmed = confirmed.count();
        if json {
            let line = json!({
                "name": name, "device": device.name(), "vendor": device.vendor(),
                "medium": medium, "serial": serial, "registers": registers.len(),
                "confirmed": confirmed, "verified": device.verified().name(),
            });
            writeln!(out, "{line}")?;
        } else {
            table.add_row([
                name,
                device.name(),
                &medium.replace('_', " "),
                serial.as_deref().unwrap_or_default(),
                &registers.len().to_string(),
                &confirmed.to_string(),
            ]);
        }
    }
    if !json {
        writeln!(out, "{}", table.trim_fmt())?;
    }
    Ok(())
}
