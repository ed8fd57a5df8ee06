//! The example `read_modbus` from outside: arguments in, lines and exit status out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

extern crate alloc;

#[cfg(target_os = "linux")]
use alloc::sync::Arc;
use core::time::Duration;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
#[cfg(target_os = "linux")]
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};
#[cfg(target_os = "linux")]
use serial2::SerialPort;

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

/// Single bits of two tables.
const BITS: &str = r#"
device.name = "Bits"
register = [
  { address = 3, name = "relay", type = "bit", function = 1 },
  { address = 4, name = "other", type = "bit", function = 1 },
  { address = 3, name = "door", type = "bit", function = 2 },
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
        let mut child = command(&["--serve", port])
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("built by `cargo build --examples`");
        let mut line = String::new();
        let out = child.stdout.take().expect("a pipe");
        BufReader::new(out).read_line(&mut line).expect("a line");
        let address = line.trim().to_owned();
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

/// A plan that bridges holes is refused at each of them, and then read in parts.
#[test]
fn a_joined_request_that_is_refused_is_split_at_its_holes() {
    let map = MAP.replace(
        "default_function = 3",
        "default_function = 3\ndevice.max_gap = 50",
    );
    let map = map.replace("address = 4,", "address = 40,");
    let map = MapFile::new("holes.toml", &map);
    for parallel in ["1", "8"] {
        let arguments = [
            "--map",
            map.path(),
            "--json",
            "--all",
            "--parallel",
            parallel,
        ];
        let run = read(&with_values(&arguments));
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.values(), expected_values());
    }
}

#[test]
fn coils_and_inputs_are_read_as_bits() {
    let map = MapFile::new("bits.toml", BITS);
    let set = ["--set", "relay=1", "--set", "other=0", "--set", "door=1"];
    let run = read(&[&["--map", map.path(), "--json"][..], &set].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let values = [("relay", "1"), ("other", "0"), ("door", "1")];
    assert_eq!(
        run.values(),
        values.map(|(name, value)| (name.to_owned(), json!(value)))
    );
}

#[test]
fn what_the_meter_says_it_has_not_is_no_error() {
    let map = MAP.replace(
        "type = \"i16\"",
        "type = \"i16\", not_available = \"0x8000\"",
    );
    let map = MapFile::new("absent.toml", &map);
    let set = ["--set", "temperature=none", "--select", "temperature"];
    let run = read(&[&["--map", map.path(), "--json"][..], &set].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = json!({
        "name": "temperature", "quantity": "temperature", "unit": "degC",
        "value": null, "absent": "not_available"
    });
    assert_eq!(run.rows(), [expected]);
}

#[test]
fn the_models_of_a_sunspec_device_are_found() {
    let model = ["--model", "sunspec-model-103"];
    let values = ["--set", "A_SF=-1", "--set", "A=12.3", "--set", "AphA=4.1"];
    let server = Serving::start(&[&model[..], &values].concat());
    for model in [model[1], "sunspec"] {
        let run = read(&["--model", model, "--json", "--select", "A", &server.address]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        let expected = json!({
            "name": "A", "quantity": "current", "unit": "A", "value": "12.3",
            "model": "sunspec-model-103"
        });
        assert_eq!(run.rows(), [expected]);
    }
    let other = read(&["--model", "sunspec-model-203", &server.address]);
    assert_eq!((other.status, other.out.as_str()), (Some(1), ""));
    assert!(
        other.err.contains("has models 1, 103, not 203"),
        "{}",
        other.err
    );
    let meter = Serving::start(&["--model", "eastron-sdm630"]);
    let run = read(&["--model", "sunspec", &meter.address]);
    assert_eq!(run.status, Some(1));
    assert!(run.err.contains("no SunSpec device"), "{}", run.err);
}

#[test]
fn several_models_and_repeated_groups_are_told_apart() {
    let run = read(&["--model", "sunspec", "--json", "--select", "W,module_DCA"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let row = |name, quantity, unit, value, model: u16| {
        let model = format!("sunspec-model-{model}");
        json!({"name": name, "quantity": quantity, "unit": unit, "value": value, "model": model})
    };
    let mut groups = [1, 2].map(|group| {
        let mut row = row("module_DCA", "current", "A", "18.603", 160);
        row["group"] = json!(group);
        row
    });
    groups[1]["value"] = json!("18.603");
    let [first, second] = groups;
    let expected = [
        row("W", "power", "W", "4053", 103),
        first,
        second,
        row("W", "power", "W", "4053", 203),
    ];
    assert_eq!(run.rows(), expected);
}

#[test]
fn a_map_with_relative_addresses_is_told_where_it_begins() {
    let text = MAP.replace(
        "device.default",
        "device.relative_addresses = true\ndevice.default",
    );
    let map = MapFile::new("relative.toml", &text);
    let arguments = ["--map", map.path(), "--json", "--all"];
    let run = read(&with_values(&arguments));
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("--at"), "{}", run.err);
    let run = read(&with_values(&[&arguments[..], &["--at", "40000"]].concat()));
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.values(), expected_values());
    // The same cells by their absolute addresses.
    let server = Serving::start(&with_values(&["--map", map.path(), "--at", "40000"]));
    let moved = MAP.replace("address = 0,", "address = 40000,");
    let moved = MapFile::new("moved.toml", &moved);
    let select = ["--select", "energy", "--json", &server.address];
    let run = read(&[&["--map", moved.path()][..], &select].concat());
    assert_eq!(run.rows()[0]["value"], json!("42949672.95"), "{}", run.err);
}

/// No value is missing, and none is 0 where something is measured.
#[test]
fn our_own_server_has_something_of_every_model() {
    let names = modbus_regmap::models::list()
        .iter()
        .map(|model| model.name());
    for name in names.chain(["sunspec"]) {
        let run = read(&["--model", name, "--json", "--all"]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{name}");
        assert!(!run.out.is_empty(), "{name}");
        for row in run.rows() {
            assert!(row["value"].is_string(), "{name}: {row}");
            let is_measured = row["quantity"] != "none";
            assert!(!is_measured || row["value"] != "0", "{name}: {row}");
        }
    }
}

#[test]
fn a_value_without_a_known_unit_is_shown_all_the_same() {
    let map = r#"
device.name = "Test"
register = [
  { address = 0, name = "power", type = "u16", quantity = "power", unit = "by-setting" },
  { address = 1, name = "code", type = "u16", enum = { 1 = "Wh", 2 = "kWh" } },
  { address = 2, name = "energy", type = "u16", quantity = "energy", unit = "by-register", unit_register = 1 },
]
"#;
    let map = MapFile::new("units.toml", map);
    let set = ["--set", "power=7", "--set", "energy=12"];
    let arguments = [
        &["--map", map.path(), "--json", "--select", "power,energy"][..],
        &set,
    ]
    .concat();
    for (code, unit, note) in [
        ("2", "kWh", Value::Null),
        ("1", "Wh", Value::Null),
        ("5", "", json!("unit code 5 is not known")),
    ] {
        let code = format!("code={code}");
        let run = read(&[&arguments[..], &["--set", &code]].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        let rows = run.rows();
        assert_eq!(
            (&rows[0]["value"], &rows[0]["unit"]),
            (&json!("7"), &json!(""))
        );
        assert_eq!(rows[0]["note"], json!("the unit is not known"));
        assert_eq!(
            (&rows[1]["value"], &rows[1]["unit"]),
            (&json!("12"), &json!(unit))
        );
        assert_eq!(rows[1]["note"], note);
    }
}

#[test]
fn a_value_is_read_beside_a_hole_before_its_unit() {
    let run = read(&[
        "--model",
        "sontex-supercal-531",
        "--json",
        "--select",
        "energy_heat",
    ]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(
        run.values(),
        [("energy_heat".to_owned(), json!("27495.49"))]
    );
}

/// The registers 52 and 53, and 7, as the table of a gateway has them.
const POINTS: [&str; 3] = [
    "reg=52 unit=power_kw type=i32 factor=0.001 function_code=3 round=3 swap_words=1",
    r#"{"reg": 400007, "unit": "vol_m3", "type": "f64", "round": 4, "pause": 0}"#,
    "reg=60 unit=power_kw type=i16",
];

fn points() -> Vec<&'static str> {
    POINTS
        .iter()
        .flat_map(|point| ["--point", *point])
        .collect()
}

#[test]
fn points_are_read_in_one_line_each() {
    let values = [
        "--set",
        "power_kw=-12.345",
        "--set",
        "vol_m3=1183.0625",
        "--set",
        "power_kw@60=3",
    ];
    let run = read(&[&points()[..], &["--json", "--strict"], &values].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = [
        json!({"name": "power_kw", "quantity": "power", "unit": "kW", "value": "-12.345"}),
        json!({"name": "vol_m3", "quantity": "volume", "unit": "m3", "value": "1183.0625"}),
        json!({"name": "power_kw@60", "quantity": "power", "unit": "kW", "value": "3"}),
    ];
    assert_eq!(run.rows(), expected);
}

/// A map says in its own words what a point says.
#[test]
fn a_point_means_what_it_means_in_a_map() {
    let map = r#"
device.name = "Test"
register = [
  { address = 52, name = "power", type = "i32", order = "CDAB", scale = "0.001", function = 3 },
]
"#;
    let map = MapFile::new("point.toml", map);
    let server = Serving::start(&["--map", map.path(), "--set", "power=-12.345"]);
    let run = read(&["--point", POINTS[0], "--json", &server.address]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.values(), [("power_kw".to_owned(), json!("-12.345"))]);
}

#[test]
fn a_point_without_type_is_read_and_remarked_upon() {
    let point = ["--point", "reg=0 unit=power_kw size=2", "--json"];
    let run = read(&[&point[..], &["--set", "power_kw=1.5"]].concat());
    assert_eq!(run.status, Some(0));
    assert!(
        run.err.contains("there is no `type`, taken is f32"),
        "{}",
        run.err
    );
    assert_eq!(run.values(), [("power_kw".to_owned(), json!("1.5"))]);
    let run = read(&[&point[..], &["--strict"]].concat());
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("`type` is missing"), "{}", run.err);
}

#[test]
fn what_a_map_lets_be_written_is_written() {
    let text = MAP.replace("name = \"power\",", "name = \"power\", access = \"rw\",");
    let map = MapFile::new("write.toml", &text);
    let server = Serving::start(&with_values(&["--map", map.path()]));
    let arguments = [
        "--map",
        map.path(),
        "--json",
        "--select",
        "power",
        &server.address,
    ];
    let run = read(&[&arguments[..], &["--write", "power=10.5"]].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    for run in [run, read(&arguments)] {
        assert_eq!(run.values(), [("power".to_owned(), json!("10.5"))]);
    }
    for (setting, status, why) in [
        ("volume=1", 2, "the map does not allow it"),
        ("power=10.55", 2, "rounding"),
        ("power=high", 2, "\"high\" does not fit"),
        ("none-such=1", 2, "none-such"),
    ] {
        let run = read(&[&arguments[..], &["--write", setting]].concat());
        assert_eq!(
            (run.status, run.out.as_str()),
            (Some(status), ""),
            "{setting}"
        );
        assert!(run.err.contains(why), "{}", run.err);
    }
    // The device knows better than the map.
    let text = text.replace("name = \"volume\",", "name = \"volume\", access = \"rw\",");
    let map = MapFile::new("refused.toml", &text);
    let run = read(&["--map", map.path(), "--write", "volume=1", &server.address]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.err.contains("volume is not written: refused"),
        "{}",
        run.err
    );
}

/// A server before another one, which hangs up after each answer.
fn hanging_up(server: &str) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    let server = server.to_owned();
    thread::spawn(move || {
        for client in listener.incoming() {
            let (mut client, mut buffer) = (client.expect("a client"), [0; 300]);
            let mut meter = TcpStream::connect(&server).expect("the server");
            // A request over TCP is one small packet, and so is its answer.
            let length = client.read(&mut buffer).unwrap_or(0);
            meter.write_all(&buffer[..length]).expect("a request");
            let length = meter.read(&mut buffer).expect("an answer");
            // Whoever asked may have gone.
            let _ = client.write_all(&buffer[..length]);
        }
    });
    address
}

#[test]
fn a_connection_that_is_lost_is_remarked_upon_and_opened_again() {
    let model = ["--model", "eastron-sdm630"];
    let server = Serving::start(&model);
    let address = hanging_up(&server.address);
    let again = [
        "--select",
        "frequency",
        "--json",
        "--every",
        "0.02",
        "--times",
        "3",
    ];
    let run = read(&[&model[..], &again, &[&address]].concat());
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert_eq!(
        run.values(),
        [const { "49.98" }; 3].map(|value| ("frequency".to_owned(), json!(value)))
    );
    assert_eq!(
        run.err.matches("connecting again").count(),
        2,
        "{}",
        run.err
    );
    assert!(run.err.contains(&address), "{}", run.err);
}

#[test]
fn a_meter_that_is_away_is_tried_again() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    drop(listener);
    for model in ["eastron-sdm630", "sunspec"] {
        let run = read(&[
            "--model", model, "--every", "0.02", "--times", "3", &address,
        ]);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""));
        assert_eq!(run.err.lines().count(), 3, "{}", run.err);
        assert!(
            run.err.lines().all(|line| line.contains(&address)),
            "{}",
            run.err
        );
    }
}

/// The paths of the two ends of a serial line.
#[cfg(target_os = "linux")]
fn pseudo_terminals() -> [String; 2] {
    let pairs = [(); 2].map(|()| SerialPort::pair().expect("a pseudo terminal"));
    let paths = pairs.each_ref().map(|(_, end)| {
        let file = format!("/proc/self/fd/{}", end.as_raw_fd());
        let path = fs::read_link(file).expect("a path");
        path.to_str().expect("UTF-8").to_owned()
    });
    let pairs = Arc::new(pairs);
    for (from, to) in [(0, 1), (1, 0)] {
        let pairs = Arc::clone(&pairs);
        thread::spawn(move || {
            let mut buffer = [0; 512];
            loop {
                // Nothing to read is a time-out.
                if let Ok(length) = pairs[from].0.read(&mut buffer) {
                    let sent = pairs[to].0.write_all(&buffer[..length]);
                    sent.expect("the other end");
                }
            }
        });
    }
    paths
}

#[cfg(target_os = "linux")]
#[test]
fn a_serial_port_carries_rtu_and_ascii() {
    let map = MapFile::new("serial.toml", MAP);
    for framing in ["rtu", "ascii"] {
        // A pseudo terminal has neither 7 bits nor a parity.
        let line = ["--framing", framing, "--data-bits", "8", "--parity", "none"];
        let [ours, theirs] = pseudo_terminals();
        let meter = ["--map", map.path()];
        let _server = Serving::over(&ours, &with_values(&[&meter[..], &line].concat()));
        let run = read(&[&meter[..], &line, &["--json", "--all", &theirs]].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{framing}");
        assert_eq!(run.values(), expected_values(), "{framing}");
    }
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
        "100",
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
        (&["--times", "0", "--every", "1"], "--times"),
        (&["--every", "soon"], "soon"),
        (&["--every", "0"], "seconds"),
        (&["--strict"], "--point"),
        (&["--at", "7"], "relative"),
        (&["--model", "sunspec", "--at", "7"], "--at"),
        (&["--model", "a", "--map", "b"], "exclude each other"),
        (&["--point", "reg=1"], "`unit` is missing"),
        (&["--point", "reg=1 unit=power_kw spare=1"], "spare"),
        (&["--point", "{\"reg\": 1}"], "`unit` is missing"),
        (&["--baud", "0"], "--baud"),
        (&["--data-bits", "9"], "data bits"),
        (&["--parity", "mark"], "mark"),
        (&["--framing", "udp"], "udp"),
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
    // All options, out of where they are read.
    let options = include_str!("../examples/read_modbus/options.rs");
    let options: Vec<_> = options.split("Arg::Long(\"").skip(1).collect();
    assert!(options.len() > 20);
    for option in options {
        let name = option.split('"').next().expect("a name");
        assert!(
            name == "help" || run.out.contains(&format!("--{name}")),
            "{name}"
        );
    }
    assert!(run.out.lines().all(|line| line.chars().count() <= 100));
}
