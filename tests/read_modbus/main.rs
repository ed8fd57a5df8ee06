//! The example `read_modbus` from outside: arguments in, lines and exit status out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

extern crate alloc;

mod connections;
mod meters;
#[path = "../program/mod.rs"]
mod program;
mod usage;

use serde_json::{Value, json};

use crate::program::{Run, Serving, run};

/// One value of each kind, in several word orders.
const MAP: &str = r#"
device.name = "Test"
device.default_function = 3
register = [
  { address = 0, name = "energy", type = "u32", order = "CDAB", scale = "0.01", quantity = "energy_active", direction = "import", unit = "kWh" },
  { address = 2, name = "power", type = "i32", scale = "0.1", quantity = "power_active", unit = "W" },
  { address = 4, name = "volume", type = "f64", quantity = "volume", unit = "m³" },
  { address = 8, name = "serial", type = "str", count = 4 },
  { address = 20, name = "temperature", type = "i16", scale = "0.1", function = 4, quantity = "temperature", unit = "°C" },
]
"#;

const VALUES: [&str; 5] = [
    "energy=42949672.95",
    "power=-123456.7",
    "volume=12.565",
    "serial=A1234567",
    "temperature=-40.5",
];

fn read(arguments: &[&str]) -> Run {
    run("read_modbus", arguments)
}

/// The names and values that were read, in order.
fn values_of(run: &Run) -> Vec<(String, Value)> {
    let rows = run.answers().into_iter();
    rows.map(|row| {
        let name = row["name"].as_str().expect("a name").to_owned();
        (name, row["value"].clone())
    })
    .collect()
}

/// A server of ours, on any port.
fn serving(arguments: &[&str]) -> Serving {
    serving_at("127.0.0.1:0", arguments)
}

/// On a port of the caller's choice.
fn serving_at(port: &str, arguments: &[&str]) -> Serving {
    Serving::start("read_modbus", &[&["--serve", port], arguments].concat())
}

/// The arguments that make the server have the values above.
fn with_values<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let mut all = arguments.to_vec();
    for value in VALUES {
        all.extend(["--set", value]);
    }
    all
}

fn expected_values() -> Vec<(String, Value)> {
    let pairs = VALUES
        .iter()
        .map(|pair| pair.split_once('=').expect("a pair"));
    pairs
        .map(|(name, value)| (name.to_owned(), json!(value)))
        .collect()
}
