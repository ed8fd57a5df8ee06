//! The example `read_modbus` from outside: arguments in, lines and exit status out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

extern crate alloc;

mod connections;
mod meters;
mod usage;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

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

/// What a run gave.
struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    /// The lines of the output, which have to be JSON.
    fn rows(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a JSON object"))
            .collect()
    }

    /// The names and values, in order.
    fn values(&self) -> Vec<(String, Value)> {
        let rows = self.rows().into_iter();
        rows.map(|row| {
            let name = row["name"].as_str().expect("a name").to_owned();
            (name, row["value"].clone())
        })
        .collect()
    }
}

/// `cargo test` builds the examples beside the folder of the tests; `cargo test --test
/// read_modbus` alone does not.
fn command(arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("the folder of the profile");
    let path = profile.join("examples/read_modbus");
    let mut command = Command::new(path.with_extension(std::env::consts::EXE_EXTENSION));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn read(arguments: &[&str]) -> Run {
    let output = command(arguments)
        .output()
        .expect("built by `cargo build --examples`");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A map file, which is gone after the test.
struct MapFile(PathBuf);

impl MapFile {
    fn new(name: &str, text: &str) -> Self {
        let own = format!("read-modbus-{}-{name}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own);
        fs::write(&path, text).expect("a file");
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for MapFile {
    fn drop(&mut self) {
        // What is left over hurts nobody.
        let _ = fs::remove_file(&self.0);
    }
}

/// A server of ours, which ends with the test.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(arguments: &[&str]) -> Self {
        Self::over("127.0.0.1:0", arguments)
    }

    /// On a port of the caller's choice.
    fn over(port: &str, arguments: &[&str]) -> Self {
        let child = command(&["--serve", port])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("built by `cargo build --examples`");
        // From here on the server ends with the test, however that ends.
        let mut serving = Self {
            child,
            address: String::new(),
        };
        let out = serving.child.stdout.take().expect("a pipe");
        let address = &mut serving.address;
        BufReader::new(out).read_line(address).expect("a line");
        address.truncate(address.trim_end().len());
        assert!(!address.is_empty(), "the server does not start");
        serving
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
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
