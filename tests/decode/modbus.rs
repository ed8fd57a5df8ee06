//! Registers, frames and plans of Modbus.

use serde_json::{Value, json};

use crate::program::TestFile;
use crate::{decode, decode_from};

/// Registers that depend on each other, and some of other kinds.
const MAP: &str = r#"
device.name = "Test"
device.default_function = 3
register = [
  { address = 0, name = "energy", type = "u32", order = "CDAB", scale = "0.01", quantity = "energy_active", direction = "import", unit = "kWh" },
  { address = 2, name = "power", type = "i16", scale_register = 3, quantity = "power_active", unit = "W" },
  { address = 3, name = "power_scale", type = "sunssf" },
  { address = 4, name = "flow", type = "u16", quantity = "volume_flow", unit = "by-setting" },
  { address = 5, name = "state", type = "enum16", not_available = "0xffff", enum = { 1 = "on", 2 = "off" } },
  { address = 5, name = "relay", type = "bit", function = 1 },
]
"#;

#[test]
fn an_answer_of_a_known_meter_gives_its_readings() {
    let answer = "01 04 04 43 66 33 34 1B 38";
    let run = decode(&[
        "modbus",
        "--json",
        "--map",
        "eastron-sdm630",
        "--rtu",
        answer,
    ]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = json!({
        "name": "voltage_l1", "quantity": "voltage", "unit": "V", "value": "230.20001",
        "address": 0, "which": "L1"
    });
    assert_eq!(run.only(), expected);
    let run = decode(&["modbus", "--map", "eastron-sdm630", "--rtu", answer]);
    assert!(
        run.out.starts_with("input registers 0 to 1\n"),
        "{}",
        run.out
    );
    let row = run.out.lines().last().expect("a row");
    let cells: Vec<_> = row.split_whitespace().collect();
    assert_eq!(
        cells,
        ["0", "voltage_l1", "230.20001", "V", "voltage", "L1"]
    );
}

#[test]
fn a_map_file_is_in_toml_or_json() {
    let form: Value = toml::from_str(MAP).expect("a map");
    let expected = [
        json!({
            "name": "energy", "quantity": "energy", "unit": "kWh", "value": "1968.66",
            "address": 0, "which": "import"
        }),
        json!({"name": "power", "quantity": "power", "unit": "W", "value": "-20.0", "address": 2}),
        json!({"name": "power_scale", "quantity": "none", "unit": "", "value": "-1", "address": 3}),
        json!({
            "name": "flow", "quantity": "volume_flow", "unit": "", "value": "7", "address": 4,
            "note": "the unit is not known"
        }),
        json!({
            "name": "state", "quantity": "none", "unit": "", "value": "2", "address": 5,
            "label": "off"
        }),
    ];
    for (name, text) in [("toml", MAP.to_owned()), ("json", form.to_string())] {
        let map = TestFile::new(name, &text);
        let registers = ["--registers", "0", "0102 0003 FF38 FFFF 0007 0002"];
        let run = decode(&[&["modbus", "--json", "--map", map.path()][..], &registers].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(run.answers(), expected);
    }
}

/// Each line of an answer stands by the request before it.
#[test]
fn a_request_before_the_answer_says_where_it_begins() {
    let map = TestFile::new("request.toml", MAP);
    let arguments = ["modbus", "--json", "--map", map.path()];
    for layer in [
        &["--rtu", "0103 0002 0002 65CB", "0103 04 FF38 FFFF 4A5A"][..],
        &[
            "--tcp",
            "0001 0000 0006 01 03 0002 0002",
            "0001 0000 0007 01 03 04 FF38 FFFF",
        ],
        &["--pdu", "--registers", "2", "03 04 FF38 FFFF"],
    ] {
        let run = decode(&[&arguments[..], layer].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
        let values: Vec<_> = run
            .answers()
            .iter()
            .map(|row| row["value"].clone())
            .collect();
        assert_eq!(values, ["-20.0", "-1"]);
    }
}

#[test]
fn a_value_without_its_scale_is_an_error_of_its_own() {
    let map = TestFile::new("scale.toml", MAP);
    let arguments = ["modbus", "--json", "--map", map.path(), "--registers", "0"];
    let run = decode(&[&arguments[..], &["0102 0003 FF38"]].concat());
    assert_eq!(run.status, Some(1));
    let rows = run.answers();
    assert_eq!(rows[0]["value"], json!("1968.66"));
    let expected = json!({
        "name": "power", "quantity": "power", "unit": "W", "value": null, "address": 2,
        "absent": "not_sent", "error": "register 3 was not read"
    });
    assert_eq!(rows[1..], [expected]);
}

#[test]
fn what_the_device_does_not_have_is_no_error() {
    let map = TestFile::new("absent.toml", MAP);
    let run = decode(&[
        "modbus",
        "--json",
        "--map",
        map.path(),
        "--registers",
        "5",
        "FFFF",
    ]);
    assert_eq!(run.status, Some(0));
    assert_eq!(run.only()["value"], Value::Null);
    assert_eq!(run.only()["absent"], "not_available");
}

#[test]
fn coils_of_a_map_are_read() {
    let map = TestFile::new("coils.toml", MAP);
    let run = decode(&[
        "modbus",
        "--json",
        "--map",
        map.path(),
        "--pdu",
        "--registers",
        "4",
        "01 01 02",
    ]);
    assert_eq!(run.status, Some(0));
    assert_eq!(
        (&run.only()["name"], &run.only()["value"]),
        (&json!("relay"), &json!("1"))
    );
}

/// The scale of the currents lies at 6, counted from the head of the model.
#[test]
fn a_sunspec_model_is_read_where_it_lies() {
    let arguments = [
        "modbus",
        "--json",
        "--map",
        "sunspec-model-103",
        "--registers",
        "40070",
    ];
    let run = decode(&[&arguments[..], &["0067 0032 04D2 019A FFFF 019E FFFE"]].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let rows = run.answers();
    let values: Vec<_> = rows[2..].iter().map(|row| row["value"].clone()).collect();
    assert_eq!(
        values,
        [
            json!("12.34"),
            json!("4.10"),
            Value::Null,
            json!("4.14"),
            json!("-2")
        ]
    );
}

#[test]
fn one_line_forms_of_gateways_are_maps() {
    let point = "reg=52 unit=power_kw size=2 factor=0.001 function_code=4 round=3 swap_words=1";
    let arguments = ["modbus", "--json", "--point", point];
    let run = decode(&[&arguments[..], &["--registers", "52", "2000 4640"]].concat());
    assert_eq!(run.status, Some(0), "{}", run.out);
    assert!(
        run.err.contains("there is no `type`, taken is f32"),
        "{}",
        run.err
    );
    let expected = json!({
        "name": "power_kw", "quantity": "power", "unit": "kW", "value": "12.296", "address": 52
    });
    assert_eq!(run.only(), expected);
    let strict = decode(&[&arguments[..], &["--strict", "--registers", "52", "00"]].concat());
    assert_eq!(strict.status, Some(2));
    let points = [
        "--point",
        "reg=0 unit=vol_m3 type=u16",
        "--point",
        r#"{"reg": 1, "unit": "vol_m3", "type": "i16", "factor": 0.1}"#,
        "--point",
        "reg=400000 unit=vol_m3 type=u16",
    ];
    let run = decode(
        &[
            &["modbus", "--json"][..],
            &points,
            &["--registers", "0", "0001 FFFE"],
        ]
        .concat(),
    );
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let rows = run.answers();
    let named: Vec<_> = rows
        .iter()
        .map(|row| (&row["name"], &row["value"]))
        .collect();
    assert_eq!(
        named,
        [
            (&json!("vol_m3"), &json!("1")),
            (&json!("vol_m3@1"), &json!("-0.2"))
        ]
    );
}

#[test]
fn every_line_of_modbus_has_the_documented_answer() {
    for (line, answer) in [
        (
            r#"{"id": "a", "registers": "4366 4000", "type": "f32", "order": "ABCD"}"#,
            json!({"id": "a", "status": "ok", "value": "230.25"}),
        ),
        (
            r#"{"registers": "0000 8000", "type": "i32", "order": "CDAB", "scale": "0.1"}"#,
            json!({"status": "ok", "value": "-214748364.8"}),
        ),
        (
            r#"{"registers": "7FC0 0000", "type": "f32", "order": "ABCD"}"#,
            json!({
                "status": "not-available", "value": null,
                "error": "the device says that there is no value"
            }),
        ),
        (
            r#"{"layer": "rtu", "kind": "request", "hex": "01040000000271CB"}"#,
            json!({
                "result": "ok", "function": 4, "unit": 1, "pdu": "0400000002",
                "fields": {"address": 0, "count": 2}
            }),
        ),
        (
            r#"{"items": [[0, 2], [2, 2], [10, 2]], "max_count": 125, "max_gap": 5}"#,
            json!({"requests": [[0, 4], [10, 2]]}),
        ),
        (
            r#"{"items": [[0, 2], [2, 2], [10, 2]], "max_count": 125, "max_gap": 6}"#,
            json!({"requests": [[0, 12]]}),
        ),
        (
            r#"{"kind": "request", "prefix": "0104"}"#,
            json!({"length": 8}),
        ),
        (
            r#"{"kind": "response", "prefix": "0104"}"#,
            json!({"length": null}),
        ),
        (
            r#"{"kind": "response", "prefix": "010404"}"#,
            json!({"length": 9}),
        ),
    ] {
        let run = decode_from(line, &["modbus", "--json", "-"]);
        assert_eq!(run.status, Some(0), "{}", run.out);
        assert_eq!(run.only(), answer, "{line}");
    }
}

#[test]
fn a_line_of_modbus_that_cannot_be_read_has_an_answer_too() {
    let lines = [
        r#"{"id": 1, "layer": "rtu", "kind": "request", "hex": "01040000000271CC"}"#,
        r#"{"layer": "tcp", "kind": "request", "hex": "000100000006110300"}"#,
        r#"{"registers": "0001", "type": "u17"}"#,
        r#"{"id": "x", "nothing": true}"#,
        "# a remark",
        "zz",
    ];
    let run = decode_from(lines.join("\n"), &["modbus", "--json", "-"]);
    assert_eq!(run.status, Some(1));
    let answers = run.answers();
    assert_eq!(answers.len(), lines.len() - 1, "{}", run.out);
    assert_eq!(
        (&answers[0]["error"], &answers[0]["id"]),
        (&json!("crc"), &json!(1))
    );
    assert_eq!(answers[1]["result"], "incomplete");
    assert!(
        answers[2]["error"]
            .as_str()
            .expect("a reason")
            .contains("u17")
    );
    assert_eq!(answers[3]["id"], "x");
    assert!(answers.iter().all(|answer| answer["result"] != "ok"));
}

#[test]
fn exceptions_are_shown_by_name() {
    let run = decode(&[
        "modbus",
        "--json",
        "--map",
        "eastron-sdm630",
        "--pdu",
        "84 02",
    ]);
    assert_eq!(run.status, Some(1));
    assert_eq!(run.only()["exception"], 2);
    assert_eq!(run.only()["error"], "exception 2: illegal data address");
}

#[test]
fn maps_that_cannot_be_used_are_refused() {
    let unknown = TestFile::new("unknown.toml", &MAP.replace("\"sunssf\"", "\"u17\""));
    let scale = TestFile::new(
        "lost.toml",
        &MAP.replace("scale_register = 3", "scale_register = 9"),
    );
    let form = TestFile::new("form.json", r#"{"device": {"name": "x"}, "spare": []}"#);
    for (map, words) in [
        (unknown.path(), &["`power_scale`", "u17"][..]),
        (scale.path(), &["`power`", "scale register 9"]),
        (form.path(), &["form.json", "spare"]),
        ("no-such-meter", &["no-such-meter", "--list"]),
    ] {
        let run = decode(&["modbus", "--map", map, "--registers", "0", "0000"]);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
        assert!(
            words.iter().all(|word| run.err.contains(word)),
            "{}",
            run.err
        );
    }
}

#[test]
fn all_maps_are_listed() {
    let run = decode(&["modbus", "--list", "--json"]);
    assert_eq!(run.status, Some(0));
    let rows = run.answers();
    assert_eq!(rows.len(), modbus_regmap::models::list().len());
    let meter = rows.iter().find(|row| row["name"] == "inepro-pro380");
    assert_eq!(meter.expect("a row")["serial"], "9600 8E1");
}

/// The words of a command, some of which stand in quotes.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('\'').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

#[test]
fn the_readme_of_modbus_says_what_is_so() {
    let readme = include_str!("../../modbus-regmap/README.md");
    let commands: Vec<_> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("decode "))
        .collect();
    assert!(commands.len() > 5);
    for command in commands {
        let words = words(command);
        let run = decode(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(
            (run.status, run.err.as_str()),
            (Some(0), ""),
            "{command}: {}",
            run.out
        );
        assert!(!run.out.is_empty());
    }
    let rows = readme.lines().filter_map(|line| line.strip_prefix("| `{"));
    let mut count = 0;
    for row in rows {
        let (line, answer) = row
            .trim_end_matches("` |")
            .split_once("` | `")
            .expect("two cells");
        let run = decode_from(format!("{{{line}"), &["modbus", "--json", "-"]);
        let mut found = run.only();
        // For people alone.
        found.as_object_mut().expect("an object").remove("message");
        let answer: Value = serde_json::from_str(answer).expect("an answer");
        assert_eq!(found, answer, "{row}");
        count += 1;
    }
    assert!(count > 5);
    let map = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let map = TestFile::new("readme.toml", map.expect("a map"));
    let run = decode(&[
        "modbus",
        "--json",
        "--map",
        map.path(),
        "--registers",
        "52",
        "E240 0001",
    ]);
    assert_eq!(run.only()["value"], "12345.6");
}
