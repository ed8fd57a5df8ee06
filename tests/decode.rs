//! The example `decode` from outside: arguments and lines in, lines and exit status out.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

#[path = "decode/modbus.rs"]
mod modbus;
mod program;

use serde_json::{Value, json};

use crate::program::{Run, end, run, run_from, start};

/// The telegram that the documentation explains.
const VOLUME: &str = "68 1F 1F 68 08 02 72 78 56 34 12 24 40 01 07 55 00 00 00 \
    03 13 15 31 00 DA 02 3B 13 01 8B 60 04 37 18 02 18 16";

fn decode(arguments: &[&str]) -> Run {
    run("decode", arguments)
}

/// Runs with this standard input.
fn decode_from(input: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    run_from(input, "decode", arguments)
}

#[test]
fn a_telegram_gives_the_documented_object() {
    let run = decode(&["mbus", "--json", VOLUME]);
    assert_eq!(run.status, Some(0));
    let expected = json!({
        "ok": true, "link": "wired", "frame": "long", "control": 8, "address": 2, "ci": 114,
        "meter": {
            "id": "12345678", "manufacturer": "PAD", "version": 1,
            "medium": "water", "medium_code": 7, "access": 85, "status": 0, "security_mode": 0
        },
        "records": [
            {
                "dif": "03", "vif": "13", "data": "153100", "function": "instantaneous",
                "storage": 0, "tariff": 0, "subunit": 0,
                "quantity": "volume", "unit": "m3", "value": "12.565"
            },
            {
                "dif": "DA02", "vif": "3B", "data": "1301", "function": "maximum",
                "storage": 5, "tariff": 0, "subunit": 0,
                "quantity": "volume_flow", "unit": "m3/h", "value": "0.113"
            },
            {
                "dif": "8B60", "vif": "04", "data": "371802", "function": "instantaneous",
                "storage": 0, "tariff": 2, "subunit": 1,
                "quantity": "energy", "unit": "kWh", "value": "218.37"
            }
        ],
        "more": false, "deviations": []
    });
    assert_eq!(run.only(), expected);
}

#[test]
fn a_wrong_checksum_gives_the_documented_object() {
    let damaged = VOLUME.replace("02 18 16", "02 19 16");
    let run = decode(&["mbus", "--json", &damaged]);
    assert_eq!(run.status, Some(1));
    let expected = json!({
        "ok": false, "error": "checksum is 0x19, expected 0x18 at byte 35",
        "kind": "checksum", "offset": 35
    });
    assert_eq!(run.only(), expected);
}

#[test]
fn without_arguments_samples_are_shown() {
    let run = decode(&[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("# A heat meter"), "{}", run.out);
    for words in ["34721", "1183.06", "L1-L2", "ppm CO2", "application error"] {
        assert!(run.out.contains(words), "{words}: {}", run.out);
    }
    for line in run.out.lines() {
        assert!(line.chars().count() <= 100, "{line}");
    }
}

#[test]
fn bytes_may_be_separate_arguments_with_any_separators() {
    for arguments in [
        &[
            "mbus", "--json", "68", "03", "03", "68", "53", "01", "50", "A4", "16",
        ][..],
        &["mbus", "--json", "68030368530150a416"],
        &["mbus", "--wired", "68:03:03:68-53-01-50_A4,16", "--json"],
    ] {
        let run = decode(arguments);
        assert_eq!(run.status, Some(0), "{arguments:?}");
        assert_eq!(run.only()["frame"], "control");
    }
}

#[test]
fn each_line_gives_a_line() {
    let input = "# comment\n\nE5\r\n  zz\n10 40 05 45 16\n   \n{\"hex\":\"E5\"}\n10 40";
    let run = decode_from(input, &["mbus", "--json", "-"]);
    assert_eq!(run.status, Some(1));
    let answers = run.answers();
    let kinds: Vec<_> = answers.iter().map(|answer| &answer["kind"]).collect();
    assert_eq!(
        kinds,
        [
            &Value::Null,
            &json!("hex"),
            &Value::Null,
            &Value::Null,
            &json!("truncated")
        ]
    );
    let frames: Vec<_> = answers.iter().map(|answer| &answer["frame"]).collect();
    assert_eq!(
        frames,
        [
            &json!("ack"),
            &Value::Null,
            &json!("short"),
            &json!("ack"),
            &Value::Null
        ]
    );
}

#[test]
fn a_file_is_read_and_a_missing_one_is_wrong_usage() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/mbus-proto/tests/vectors/alarm.hex"
    );
    let run = decode(&["mbus", "--json", path]);
    assert_eq!(run.status, Some(0));
    assert_eq!(run.only()["data"], "05");
    let run = decode(&["mbus", "--json", "missing.txt"]);
    assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("missing.txt is no file"));
}

#[test]
fn no_input_is_no_output() {
    let run = decode_from("", &["mbus", "--json", "-"]);
    assert_eq!((run.status, run.out.as_str()), (Some(0), ""));
    let run = decode(&["mbus", "--json", ""]);
    assert_eq!(run.status, Some(1));
    assert_eq!(
        (&run.only()["kind"], &run.only()["offset"]),
        (&json!("truncated"), &json!(0))
    );
}

#[test]
fn an_odd_number_of_digits_is_an_error_with_its_place() {
    let answer = decode(&["mbus", "--json", "10 40 0"]).only();
    assert_eq!(answer["ok"], false);
    assert_eq!(
        (&answer["kind"], &answer["offset"]),
        (&json!("hex"), &json!(2))
    );
}

#[test]
fn malformed_lines_are_answered_in_their_place() {
    let input = b"{oops\n{\"hex\":5}\n{}\n{\"telegrams\":[]}\n\xFF\xFE\nE5\n";
    let run = decode_from(input, &["mbus", "--json", "-"]);
    assert_eq!(run.status, Some(1));
    let answers = run.answers();
    let kinds: Vec<_> = answers
        .iter()
        .map(|answer| answer["kind"].as_str())
        .collect();
    let json = Some("json");
    assert_eq!(kinds, [json, json, json, json, Some("hex"), None]);
    assert!(
        answers
            .iter()
            .take(5)
            .all(|answer| answer["error"].is_string())
    );
}

#[test]
fn telegrams_that_belong_together_give_one_answer() {
    let record = "68 12 12 68 08 01 72 78 56 34 12 24 40 01 07 01 00 00 00";
    let first = frame(&[record, "1F"].concat());
    let second = frame(&[record, "01 13 05"].concat());
    let line = json!({ "telegrams": [first, second] }).to_string();
    let answer = decode(&["mbus", "--json", &line]).only();
    assert_eq!(
        (&answer["ok"], &answer["more"]),
        (&json!(true), &json!(false))
    );
    let records = answer["records"].as_array().expect("a list");
    let functions: Vec<_> = records.iter().map(|record| &record["function"]).collect();
    assert_eq!(functions, ["manufacturer", "instantaneous"]);
    assert_eq!(
        (&records[0]["vif"], &records[0]["value"]),
        (&json!(""), &json!(""))
    );
    assert_eq!(records[1]["value"], "0.005");
}

/// The frame again, with the length and the checksum that it needs.
fn frame(hex: &str) -> String {
    let bytes = hex::decode(hex.replace(' ', "")).expect("hexadecimal");
    let counted = &bytes[4..];
    let length = u8::try_from(counted.len()).expect("a short frame");
    let sum = counted
        .iter()
        .fold(0, |sum: u8, byte| sum.wrapping_add(*byte));
    hex::encode([&[0x68, length, length, 0x68], counted, &[sum, 0x16]].concat())
}

#[test]
fn a_record_that_cannot_be_read_is_an_object_with_its_bytes() {
    let telegram = frame("68 00 00 68 08 01 78 04 13 01 00 00 00 04 06 11 22");
    let run = decode(&["mbus", "--json", &telegram]);
    assert_eq!(run.status, Some(1));
    let answer = run.only();
    assert_eq!(
        (&answer["ok"], &answer["kind"]),
        (&json!(false), &json!("truncated"))
    );
    assert_eq!(answer["records"][0]["value"], "0.001");
    let error = &answer["records"][1];
    assert_eq!(
        (&error["bytes"], &error["offset"]),
        (&json!("04061122"), &json!(15))
    );
    assert!(error["error"].is_string());
}

#[test]
fn an_absent_value_says_why() {
    let answer = decode(&[
        "mbus",
        "--json",
        &frame("68 00 00 68 08 01 78 02 DA 15 00 00"),
    ])
    .only();
    let record = &answer["records"][0];
    assert_eq!(
        (&record["value"], &record["absent"]),
        (&Value::Null, &json!("not_available"))
    );
    assert_eq!(record["modifiers"], json!(["no_data_available"]));
}

#[test]
fn a_plain_text_vif_is_the_unit_in_reading_order() {
    let telegram = frame("68 00 00 68 08 01 78 02 FC 03 48 52 25 74 44 0D");
    let answer = decode(&["mbus", "--json", &telegram]).only();
    let record = &answer["records"][0];
    assert_eq!(
        (&record["quantity"], &record["unit"]),
        (&json!("plain_text"), &json!("%RH"))
    );
    assert_eq!(
        (&record["vif"], &record["value"]),
        (&json!("FC0348522574"), &json!("33.96"))
    );
}

#[test]
fn control_characters_of_a_meter_do_not_reach_the_terminal() {
    let telegram = frame("68 00 00 68 08 01 78 0D 78 03 41 0A 1B 02 7C 01 07 05 00");
    let run = decode(&["mbus", &telegram]);
    assert_eq!(run.status, Some(0));
    assert!(run.out.contains("\\u{1b}\\nA"), "{}", run.out);
    assert!(run.out.contains("\\u{7}"), "{}", run.out);
    assert!(!run.out.contains(['\u{1B}', '\u{7}']));
}

#[test]
fn lenient_reading_names_what_it_bent() {
    let damaged = VOLUME.replace("02 18 16", "02 19 16");
    let run = decode(&["mbus", "--json", "--lenient", &damaged]);
    assert_eq!(run.status, Some(0));
    assert_eq!(run.only()["deviations"], json!(["checksum"]));
}

#[test]
fn an_encrypted_telegram_has_a_meter_and_no_records() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/mbus-proto/tests/vectors/encrypted.hex"
    );
    let answer = decode(&["mbus", "--json", path]).only();
    assert_eq!(
        (&answer["ok"], &answer["encrypted"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        (&answer["meter"]["security_mode"], &answer["records"]),
        (&json!(5), &json!([]))
    );
}

#[test]
fn what_is_not_there_is_refused() {
    for arguments in [
        &["mbus"][..],
        &["mbus", "--json"],
        &["mbus", "--key", "E5"],
        &["mbus", "--key", "00", "E5"],
        &["mbus", "--colour", "E5"],
        &["dlms", "E5"],
        &["--json", "E5"],
    ] {
        let run = decode(arguments);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        assert!(run.err.starts_with("decode: "), "{}", run.err);
    }
    assert_eq!(decode(&["--help"]).status, Some(0));
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let mut child = start("decode", &["mbus", "--json", "-"]);
    drop(child.stdout.take());
    let run = end(child, "E5\nE5\n");
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
}
