//! The example `read_modbus` from outside: arguments in, lines and exit status out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use core::time::Duration;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

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
        let mut child = command(&["--serve", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("built by `cargo build --examples`");
        let mut line = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("serving on ");
        let address = address.expect("an address").to_owned();
        Self { child, address }
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

#[test]
fn without_arguments_our_own_server_is_read() {
    let begin = Instant::now();
    let run = read(&[]);
    assert!(begin.elapsed() < Duration::from_secs(5));
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("Eastron SDM630, unit 1 at 127.0.0.1:"));
    let row = run
        .out
        .lines()
        .find(|line| line.contains("energy_active_i"));
    let cells: Vec<_> = row.expect("a row").split_whitespace().collect();
    let expected = [
        "energy_active_import",
        "27184.42",
        "kWh",
        "energy",
        "import",
    ];
    assert_eq!(cells, expected);
    assert!(!run.out.contains('\u{1b}'));
    assert!(run.out.lines().all(|line| line.chars().count() <= 100));
}

#[test]
fn a_line_of_json_has_the_documented_form() {
    let run = read(&["--json", "--select", "energy_active_import,frequency"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = [
        json!({"name": "frequency", "quantity": "frequency", "unit": "Hz", "value": "49.98"}),
        json!({
            "name": "energy_active_import", "quantity": "energy", "unit": "kWh",
            "value": "27184.42", "direction": "import"
        }),
    ];
    assert_eq!(run.rows(), expected);
}

#[test]
fn a_quantity_selects_all_its_registers() {
    let run = read(&["--json", "--select", "current"]);
    let values = run.values();
    assert!(values.contains(&("current_l3".to_owned(), json!("11.903"))));
    assert!(run.rows().iter().all(|row| row["quantity"] == "current"));
}

#[test]
fn every_framing_brings_the_values_of_a_map_file() {
    let map = MapFile::new("framing.toml", MAP);
    for framing in ["tcp", "rtu", "ascii"] {
        let arguments = ["--map", map.path(), "--json", "--all", "--framing", framing];
        let run = read(&with_values(&arguments));
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{framing}");
        assert_eq!(run.values(), expected_values(), "{framing}");
    }
}

#[test]
fn a_map_file_may_be_json() {
    let form: Value = toml::from_str(MAP).expect("a map");
    let map = MapFile::new("form.json", &form.to_string());
    let run = read(&with_values(&["--map", map.path(), "--json", "--all"]));
    assert_eq!(run.values(), expected_values(), "{}", run.err);
}

#[test]
fn a_server_is_read_again_and_again() {
    let map = MapFile::new("again.toml", MAP);
    let server = Serving::start(&with_values(&["--map", map.path(), "--unit", "7"]));
    let link = format!("{}/7", server.address);
    let run = read(&[
        "--map",
        map.path(),
        "--json",
        "--all",
        "--every",
        "0.05",
        "--times",
        "3",
        &link,
    ]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = [expected_values(), expected_values(), expected_values()].concat();
    assert_eq!(run.values(), expected);
    let is_stamped = |row: &Value| row["time"].as_str().is_some_and(|time| time.ends_with('Z'));
    assert!(run.rows().iter().all(is_stamped));
}

#[test]
fn several_requests_may_be_under_way() {
    let model = ["--model", "eastron-sdm630"];
    let server = Serving::start(&[&model[..], &["--set", "voltage_l2=229.4"]].concat());
    let arguments = ["--json", "--all", "--parallel", "8", &server.address];
    let run = read(&[&model[..], &arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(
        run.values()
            .contains(&("voltage_l2".to_owned(), json!("229.4")))
    );
}

#[test]
fn what_the_meter_does_not_have_is_an_error_of_its_own() {
    let map = MapFile::new("less.toml", MAP);
    let server = Serving::start(&with_values(&["--map", map.path()]));
    let more = MAP.replace("address = 4,", "address = 100,");
    let more = MapFile::new("more.toml", &more);
    let run = read(&["--map", more.path(), "--json", "--all", &server.address]);
    assert_eq!(run.status, Some(1));
    let rows = run.rows();
    for (row, (name, value)) in rows.iter().zip(expected_values()) {
        assert_eq!(row["name"], json!(name));
        if name == "volume" {
            assert_eq!(
                (&row["value"], &row["absent"]),
                (&Value::Null, &json!("not_sent"))
            );
            let error = row["error"].as_str().expect("a reason");
            assert!(error.contains("exception 2"), "{error}");
        } else {
            assert_eq!(row["value"], value);
        }
    }
    assert_eq!(rows.len(), VALUES.len());
}

#[test]
fn another_unit_does_not_answer() {
    let server = Serving::start(&["--model", "eastron-sdm630"]);
    let link = format!("{}/9", server.address);
    let run = read(&[
        "--model",
        "eastron-sdm630",
        "--json",
        "--select",
        "frequency",
        "--timeout",
        "0.1",
        "--attempts",
        "2",
        &link,
    ]);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.rows()[0]["value"], Value::Null);
    assert!(run.rows()[0]["error"].is_string());
}

/// Each attempt finds the connection closed: there must be an end.
#[test]
fn a_connection_that_closes_ends_in_an_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || listener.incoming().for_each(drop));
    let begin = Instant::now();
    let run = read(&[
        "--model",
        "eastron-sdm630",
        "--select",
        "frequency",
        &address,
    ]);
    assert_eq!(run.status, Some(1), "{}", run.out);
    assert!(begin.elapsed() < Duration::from_secs(30));
}

#[test]
fn nobody_there_is_an_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let run = read(&["--model", "eastron-sdm630", &address]);
    assert_eq!((run.status, run.out.as_str()), (Some(1), ""));
    assert!(run.err.contains(&address), "{}", run.err);
}

#[test]
fn wrong_usage_is_explained() {
    for (arguments, why) in [
        (&["--no-such"][..], "--no-such"),
        (&["--model", "none-such"], "none-such"),
        (&["--map", "none-such.toml"], "none-such.toml"),
        (&["--select", "none-such"], "none-such"),
        (&["--set", "voltage_l1"], "NAME=VALUE"),
        (&["--set", "voltage_l1=high"], "high"),
        (&["--times", "2"], "--every"),
        (&["--every", "soon"], "soon"),
        (&["--parallel", "0"], "--parallel"),
        (&["127.0.0.1:502"], "which meter"),
        (&["--model", "eastron-sdm630", "127.0.0.1:502/300"], "unit"),
        (
            &["--model", "eastron-sdm630", "--unit", "2", "127.0.0.1/3"],
            "different units",
        ),
        (
            &["--model", "eastron-sdm630", "--framing", "tcp", "/dev/null"],
            "framing",
        ),
    ] {
        let run = read(arguments);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        let line = run.err.lines().next().expect("a line");
        assert!(line.contains(why), "{line}");
    }
}

#[test]
fn a_wrong_map_names_the_register_and_the_rule() {
    let map = MapFile::new("wrong.toml", &MAP.replace("\"i16\"", "\"i17\""));
    let run = read(&["--map", map.path()]);
    assert_eq!(run.status, Some(2));
    let line = run.err.lines().find(|line| line.contains("`temperature`"));
    assert!(line.expect("the register").contains("i17"), "{}", run.err);
}

#[test]
fn all_models_are_listed() {
    let run = read(&["--list"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let row = run.out.lines().find(|line| line.contains("inepro-pro380"));
    assert!(row.expect("a row").contains("8E1"), "{}", run.out);
}

#[test]
fn help_is_no_error() {
    let run = read(&["--help"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("--framing"));
}
