//! Sockets and serial lines, and what goes wrong on them.

#[cfg(target_os = "linux")]
use alloc::sync::Arc;
#[cfg(target_os = "linux")]
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
#[cfg(target_os = "linux")]
use std::os::fd::AsRawFd;
use std::thread;

use serde_json::{Value, json};
#[cfg(target_os = "linux")]
use serial2::SerialPort;

use crate::program::TestFile;
use crate::{MAP, VALUES, expected_values, read, serving, serving_at, values_of, with_values};

#[test]
fn every_framing_brings_the_values_of_a_map_file() {
    let map = TestFile::new("framing.toml", MAP);
    for framing in ["tcp", "rtu", "ascii"] {
        let arguments = ["--map", map.path(), "--json", "--all", "--framing", framing];
        let run = read(&with_values(&arguments));
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{framing}");
        assert_eq!(values_of(&run), expected_values(), "{framing}");
    }
}

#[test]
fn a_server_is_read_again_and_again() {
    let map = TestFile::new("again.toml", MAP);
    let server = serving(&with_values(&["--map", map.path(), "--unit", "7"]));
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
    assert_eq!(values_of(&run), expected);
    let is_stamped = |row: &Value| row["time"].as_str().is_some_and(|time| time.ends_with('Z'));
    assert!(run.answers().iter().all(is_stamped));
}

#[test]
fn several_requests_may_be_under_way() {
    let model = ["--model", "eastron-sdm630"];
    let server = serving(&[&model[..], &["--set", "voltage_l2=229.4"]].concat());
    let arguments = ["--json", "--all", "--parallel", "8", &server.address];
    let run = read(&[&model[..], &arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(values_of(&run).contains(&("voltage_l2".to_owned(), json!("229.4"))));
}

#[test]
fn what_the_meter_does_not_have_is_an_error_of_its_own() {
    let map = TestFile::new("less.toml", MAP);
    let server = serving(&with_values(&["--map", map.path()]));
    let more = MAP.replace("address = 4,", "address = 100,");
    let more = TestFile::new("more.toml", &more);
    let run = read(&["--map", more.path(), "--json", "--all", &server.address]);
    assert_eq!(run.status, Some(1));
    let rows = run.answers();
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
    let map = TestFile::new("holes.toml", &map);
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
        assert_eq!(values_of(&run), expected_values());
    }
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
    let server = serving(&model);
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
    let expected = [(); 3].map(|()| ("frequency".to_owned(), json!("49.98")));
    assert_eq!(values_of(&run), expected);
    let losses = run.err.matches("connecting again").count();
    assert!(losses >= 2, "{}", run.err);
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
    let map = TestFile::new("serial.toml", MAP);
    for framing in ["rtu", "ascii"] {
        // A pseudo terminal has neither 7 bits nor a parity.
        let line = ["--framing", framing, "--data-bits", "8", "--parity", "none"];
        let [ours, theirs] = pseudo_terminals();
        let meter = ["--map", map.path()];
        // A machine that is busy answers late.
        let patience = ["--timeout", "5000"];
        let _server = serving_at(&ours, &with_values(&[&meter[..], &line].concat()));
        let run = read(&[&meter[..], &line, &patience, &["--json", "--all", &theirs]].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{framing}");
        assert_eq!(values_of(&run), expected_values(), "{framing}");
    }
}

#[test]
fn another_unit_does_not_answer() {
    let server = serving(&["--model", "eastron-sdm630"]);
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
    assert_eq!(run.answers()[0]["value"], Value::Null);
    assert!(run.answers()[0]["error"].is_string());
}

/// Each attempt finds the connection closed: there must be an end.
#[test]
fn a_connection_that_closes_ends_in_an_error() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    thread::spawn(move || listener.incoming().for_each(drop));
    let run = read(&[
        "--model",
        "eastron-sdm630",
        "--select",
        "frequency",
        &address,
    ]);
    assert_eq!(run.status, Some(1), "{}", run.out);
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
