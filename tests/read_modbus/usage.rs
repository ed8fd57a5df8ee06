//! What is shown, and what is refused.

use serde_json::json;

use crate::program::TestFile;
use crate::{MAP, read, values_of};

#[test]
fn without_arguments_our_own_server_is_read() {
    let run = read(&[]);
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
    assert_eq!(run.answers(), expected);
}

#[test]
fn a_quantity_selects_all_its_registers() {
    let run = read(&["--json", "--select", "current"]);
    let values = values_of(&run);
    assert!(values.contains(&("current_l3".to_owned(), json!("11.903"))));
    assert!(run.answers().iter().all(|row| row["quantity"] == "current"));
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
        (&["--serve", "127.0.0.1:0", "--all"], "--all is for"),
        (&["--serve", "127.0.0.1:65536"], "the port"),
        (&["--timeout", "soon"], "soon"),
        (&["--write", "frequency=50"], "the map does not allow it"),
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
    let map = TestFile::new("wrong.toml", &MAP.replace("\"i16\"", "\"i17\""));
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
    let options = include_str!("../../examples/read_modbus/options.rs");
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
