//! Map files, points, models and SunSpec devices.

use serde_json::{Value, json};

use crate::program::TestFile;
use crate::{MAP, expected_values, read, serving, values_of, with_values};

/// Single bits of two tables.
const BITS: &str = r#"
device.name = "Bits"
register = [
  { address = 3, name = "relay", type = "bit", function = 1 },
  { address = 4, name = "other", type = "bit", function = 1 },
  { address = 3, name = "door", type = "bit", function = 2 },
]
"#;

#[test]
fn a_map_file_may_be_json() {
    let form: Value = toml::from_str(MAP).expect("a map");
    let map = TestFile::new("form.json", &form.to_string());
    let run = read(&with_values(&["--map", map.path(), "--json", "--all"]));
    assert_eq!(values_of(&run), expected_values(), "{}", run.err);
}

#[test]
fn coils_and_inputs_are_read_as_bits() {
    let map = TestFile::new("bits.toml", BITS);
    let set = ["--set", "relay=1", "--set", "other=0", "--set", "door=1"];
    let run = read(&[&["--map", map.path(), "--json"][..], &set].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let values = [("relay", "1"), ("other", "0"), ("door", "1")];
    assert_eq!(
        values_of(&run),
        values.map(|(name, value)| (name.to_owned(), json!(value)))
    );
}

#[test]
fn what_the_meter_says_it_has_not_is_no_error() {
    let map = MAP.replace(
        "type = \"i16\"",
        "type = \"i16\", not_available = \"0x8000\"",
    );
    let map = TestFile::new("absent.toml", &map);
    let set = ["--set", "temperature=none", "--select", "temperature"];
    let run = read(&[&["--map", map.path(), "--json"][..], &set].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let expected = json!({
        "name": "temperature", "quantity": "temperature", "unit": "degC",
        "value": null, "absent": "not_available"
    });
    assert_eq!(run.answers(), [expected]);
}

#[test]
fn the_models_of_a_sunspec_device_are_found() {
    let model = ["--model", "sunspec-model-103"];
    let values = ["--set", "A_SF=-1", "--set", "A=12.3", "--set", "AphA=4.1"];
    let server = serving(&[&model[..], &values].concat());
    for model in [model[1], "sunspec"] {
        let run = read(&["--model", model, "--json", "--select", "A", &server.address]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        let expected = json!({
            "name": "A", "quantity": "current", "unit": "A", "value": "12.3",
            "model": "sunspec-model-103", "at": 40_070
        });
        assert_eq!(run.answers(), [expected]);
    }
    let other = read(&["--model", "sunspec-model-203", &server.address]);
    assert_eq!((other.status, other.out.as_str()), (Some(1), ""));
    assert!(
        other.err.contains("has models 1, 103, not 203"),
        "{}",
        other.err
    );
    let meter = serving(&["--model", "eastron-sdm630"]);
    let run = read(&["--model", "sunspec", &meter.address]);
    assert_eq!(run.status, Some(1));
    assert!(run.err.contains("no SunSpec device"), "{}", run.err);
}

/// What its owner corrected counts, and not what we know of the model.
#[test]
fn a_corrected_sunspec_model_is_found_like_our_own() {
    let text = include_str!("../../modbus-regmap/models/sunspec-model-103.toml");
    let wrong = "{ address = 2, name = \"A\", type = \"u16\"";
    assert!(text.contains(wrong));
    let corrected = text.replace(wrong, "{ address = 2, name = \"Amps\", type = \"i16\"");
    let map = TestFile::new("sunspec.toml", &corrected);
    let server = serving(&["--model", "sunspec-model-103", "--set", "A=12.5"]);
    let arguments = ["--map", map.path(), "--json", "--select"];
    let run = read(&[&arguments[..], &["Amps", &server.address]].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.answers()[0]["at"], 40_070);
    let run = read(&[&arguments[..], &["Amps", "--set", "Amps=-1.5"]].concat());
    assert_eq!(run.answers()[0]["value"], "-1.500", "{}", run.err);
    let run = read(&[&arguments[..], &["A", &server.address]].concat());
    assert_eq!(run.status, Some(2));
}

#[test]
fn several_models_and_repeated_groups_are_told_apart() {
    let run = read(&["--model", "sunspec", "--json", "--select", "W,module_DCA"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let row = |name, quantity, unit, value, (model, at): (u16, u16)| {
        let model = format!("sunspec-model-{model}");
        json!({
            "name": name, "quantity": quantity, "unit": unit, "value": value,
            "model": model, "at": at
        })
    };
    let [first, second] = [1, 2].map(|group| {
        let mut row = row("module_DCA", "current", "A", "18.603", (160, 40_122));
        row["group"] = json!(group);
        row
    });
    // The lengths of the models before them are 66, 50 and 48.
    let expected = [
        row("W", "power", "W", "4053", (103, 40_070)),
        first,
        second,
        row("W", "power", "W", "4053", (203, 40_172)),
    ];
    assert_eq!(run.answers(), expected);
}

#[test]
fn a_map_with_relative_addresses_is_told_where_it_begins() {
    let text = MAP.replace(
        "device.default",
        "device.relative_addresses = true\ndevice.default",
    );
    let map = TestFile::new("relative.toml", &text);
    let arguments = ["--map", map.path(), "--json", "--all"];
    let run = read(&with_values(&arguments));
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("--at"), "{}", run.err);
    let run = read(&with_values(&[&arguments[..], &["--at", "40000"]].concat()));
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(values_of(&run), expected_values());
    // The same cells by their absolute addresses.
    let server = serving(&with_values(&["--map", map.path(), "--at", "40000"]));
    let moved = MAP.replace("address = 0,", "address = 40000,");
    let moved = TestFile::new("moved.toml", &moved);
    let select = ["--select", "energy", "--json", &server.address];
    let run = read(&[&["--map", moved.path()][..], &select].concat());
    assert_eq!(
        run.answers()[0]["value"],
        json!("42949672.95"),
        "{}",
        run.err
    );
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
        for row in run.answers() {
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
    let map = TestFile::new("units.toml", map);
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
        let rows = run.answers();
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
        values_of(&run),
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
    assert_eq!(run.answers(), expected);
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
    let map = TestFile::new("point.toml", map);
    let server = serving(&["--map", map.path(), "--set", "power=-12.345"]);
    let run = read(&["--point", POINTS[0], "--json", &server.address]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(values_of(&run), [("power_kw".to_owned(), json!("-12.345"))]);
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
    assert_eq!(values_of(&run), [("power_kw".to_owned(), json!("1.5"))]);
    let run = read(&[&point[..], &["--strict"]].concat());
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("`type` is missing"), "{}", run.err);
}

#[test]
fn what_a_map_lets_be_written_is_written() {
    let text = MAP.replace("name = \"power\",", "name = \"power\", access = \"rw\",");
    let map = TestFile::new("write.toml", &text);
    let server = serving(&with_values(&["--map", map.path()]));
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
        assert_eq!(values_of(&run), [("power".to_owned(), json!("10.5"))]);
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
    let map = TestFile::new("refused.toml", &text);
    let run = read(&["--map", map.path(), "--write", "volume=1", &server.address]);
    assert_eq!(run.status, Some(1));
    assert!(
        run.err.contains("volume is not written: refused"),
        "{}",
        run.err
    );
}
