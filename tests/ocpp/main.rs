//! The examples `central_system`, `charge_point` and `load_management` from outside: over loopback,
//! also where the connection breaks. Nothing here waits for a time to pass.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

extern crate alloc;

// Examples are built and not tested by `cargo test`: their own tests run here.
#[path = "../../examples/ocpp/mod.rs"]
mod ocpp;
mod peer;
#[path = "../program/mod.rs"]
mod program;
mod proxy;
mod running;
#[allow(dead_code)]
#[path = "../../examples/load_management/scenario.rs"]
mod scenario;

use serde_json::{Value, json};

use crate::peer::Peer;
use crate::program::{TestFile, run};
use crate::proxy::Proxy;
use crate::running::Running;

/// A central system on any port, and where it is.
fn central_system(arguments: &[&str]) -> (Running, String) {
    let mut all = vec!["127.0.0.1:0", "--json", "--speed", "120"];
    all.extend(arguments);
    let mut system = Running::start("central_system", &all);
    let line = system.wait_for(|line| line["text"].as_str().is_some_and(is_place));
    let text = line["text"].as_str().expect("a text");
    let place = text.strip_prefix("serving on ").expect("a place");
    (system, place.to_owned())
}

fn is_place(text: &str) -> bool {
    text.starts_with("serving on ")
}

fn charge_point(place: &str, arguments: &[&str]) -> Running {
    let url = format!("ws://{place}/ocpp/CP%201");
    let mut all = vec![url.as_str(), "--json", "--speed", "120"];
    all.extend(arguments);
    Running::start("charge_point", &all)
}

fn is_call(line: &Value, action: &str) -> bool {
    line["kind"] == "call" && line["action"] == action
}

fn is_result(line: &Value, action: &str) -> bool {
    line["kind"] == "result" && line["action"] == action
}

/// What passed, without what only one side knows.
fn messages(lines: &[Value], from: &str) -> Vec<Value> {
    let messages = lines.iter().filter(|line| line["from"] == from);
    messages
        .map(|line| {
            json!([
                line["station"],
                line["kind"],
                line["id"],
                line["action"],
                line["payload"]
            ])
        })
        .collect()
}

#[test]
fn without_arguments_each_runs_with_the_other() {
    for (name, words) in [
        (
            "charge_point",
            ["disconnected", "StopTransaction", "10.5 A"],
        ),
        (
            "central_system",
            ["ChargePointMaxProfile", "reason Remote", "energy Wh"],
        ),
        (
            "load_management",
            ["house unknown", "ABB Terra AC", "\"limit\":14}"],
        ),
    ] {
        let run = run(name, &[]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
        for word in words {
            assert!(run.out.contains(word), "{name}: {word}: {}", run.out);
        }
    }
}

#[test]
fn both_sides_see_the_same_messages() {
    let (mut system, place) = central_system(&[]);
    let mut station = charge_point(&place, &["--samples", "2"]);
    assert_eq!(station.end(), Some(0));
    system.wait_for(|line| line["text"] == "disconnected");
    system.tell("quit");
    system.end();
    let (ours, theirs) = (station.lines(), system.lines());
    for from in ["station", "system"] {
        assert_eq!(messages(ours, from), messages(theirs, from));
    }
    let actions: Vec<_> = ours
        .iter()
        .filter(|line| line["kind"] == "call")
        .filter_map(|line| line["action"].as_str())
        .filter(|action| *action != "StatusNotification" && *action != "Heartbeat")
        .collect();
    let expected = [
        "BootNotification",
        "Authorize",
        "StartTransaction",
        "MeterValues",
        "MeterValues",
        "StopTransaction",
    ];
    assert_eq!(actions, expected);
}

#[test]
fn the_central_system_commands_a_station() {
    let (mut system, place) = central_system(&[]);
    let profile = json!({"connectorId": 2, "csChargingProfiles": {
        "chargingProfileId": 7, "stackLevel": 1, "chargingProfilePurpose": "TxDefaultProfile",
        "chargingProfileKind": "Relative", "chargingSchedule": {
            "chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 8.1}]}}});
    let list = json!({"listVersion": 3, "updateType": "Full", "localAuthorizationList": [
        {"idTag": "LISTED", "idTagInfo": {"status": "Accepted"}}]});
    let commands = [
        ("await", "StatusNotification 3".to_owned(), Value::Null),
        (
            "ChangeConfiguration",
            json!({"key": "meterValueSampleInterval", "value": "20"}).to_string(),
            json!({"status": "Accepted"}),
        ),
        (
            "ChangeConfiguration",
            json!({"key": "NumberOfConnectors", "value": "3"}).to_string(),
            json!({"status": "Rejected"}),
        ),
        (
            "GetConfiguration",
            json!({"key": ["MeterValueSampleInterval", "Colour"]}).to_string(),
            json!({"configurationKey": [{"key": "MeterValueSampleInterval", "readonly": false, "value": "20"}],
                "unknownKey": ["Colour"]}),
        ),
        (
            "SetChargingProfile",
            profile.to_string(),
            json!({"status": "Accepted"}),
        ),
        (
            "SendLocalList",
            list.to_string(),
            json!({"status": "Accepted"}),
        ),
        (
            "GetLocalListVersion",
            "{}".to_owned(),
            json!({"listVersion": 3}),
        ),
        ("ClearCache", String::new(), json!({"status": "Accepted"})),
        (
            "ReserveNow",
            json!({"connectorId": 1, "expiryDate": "2099-01-01T00:00:00Z", "idTag": "OTHER",
            "reservationId": 5})
            .to_string(),
            json!({"status": "Accepted"}),
        ),
        (
            "CancelReservation",
            json!({"reservationId": 6}).to_string(),
            json!({"status": "Rejected"}),
        ),
        (
            "DataTransfer",
            json!({"vendorId": "org.example.echo", "data": "ä"}).to_string(),
            json!({"status": "Accepted", "data": "ä"}),
        ),
        (
            "UnlockConnector",
            json!({"connectorId": 9}).to_string(),
            json!({"status": "NotSupported"}),
        ),
        (
            "ChangeAvailability",
            json!({"connectorId": 1, "type": "Inoperative"}).to_string(),
            json!({"status": "Accepted"}),
        ),
        (
            "RemoteStartTransaction",
            json!({"connectorId": 1, "idTag": "ANN"}).to_string(),
            json!({"status": "Rejected"}),
        ),
        (
            "RemoteStartTransaction",
            json!({"connectorId": 2, "idTag": "ANN"}).to_string(),
            json!({"status": "Accepted"}),
        ),
        ("await", "MeterValues 2".to_owned(), Value::Null),
        (
            "RemoteStopTransaction",
            json!({"transactionId": 1}).to_string(),
            json!({"status": "Accepted"}),
        ),
        ("await", "StopTransaction".to_owned(), Value::Null),
        (
            "Reset",
            json!({"type": "Hard"}).to_string(),
            json!({"status": "Accepted"}),
        ),
    ];
    for (action, payload, _) in &commands {
        system.tell(&format!("CP-9 {action} {payload}"));
    }
    let mut station = charge_point(&place, &["--id", "CP-9", "--commands"]);
    station.tell("plug 2 32\nawait Reset\nawait StatusNotification 3\nquit");
    assert_eq!(station.end(), Some(0));
    system.tell("quit");
    // Four commands were refused.
    assert_eq!(system.end(), Some(1));
    for lines in [station.lines(), system.lines()] {
        let answers = lines
            .iter()
            .filter(|line| line["from"] == "station" && line["kind"] == "result");
        let found: Vec<_> = answers
            .map(|line| (&line["action"], &line["payload"]))
            .collect();
        let expected = commands.iter().filter(|(action, ..)| *action != "await");
        let expected: Vec<_> = expected
            .map(|(action, _, answer)| (json!(action), answer))
            .collect();
        assert_eq!(
            found,
            expected
                .iter()
                .map(|(action, answer)| (action, *answer))
                .collect::<Vec<_>>()
        );
    }
    // The profile holds on all three phases.
    let values = station
        .lines()
        .iter()
        .filter(|line| is_call(line, "MeterValues"));
    for line in values {
        let sampled = line["payload"]["meterValue"][0]["sampledValue"]
            .as_array()
            .expect("a list");
        let currents = sampled
            .iter()
            .filter(|value| value["measurand"] == "Current.Import");
        let currents: Vec<_> = currents.map(|value| &value["value"]).collect();
        assert_eq!(currents, ["8.1", "8.1", "8.1"]);
    }
    let boots = station
        .lines()
        .iter()
        .filter(|line| is_call(line, "BootNotification"));
    assert_eq!(boots.count(), 2);
}

#[test]
fn a_start_whose_answer_is_lost_is_one_transaction() {
    let (mut system, place) = central_system(&[]);
    let proxy = Proxy::start(&place);
    // The answer to the start is the first text of the central system with this member.
    proxy.cut_at("transactionId");
    let mut station = charge_point(proxy.place(), &["--samples", "3", "--reconnect", "70"]);
    assert_eq!(station.end(), Some(0));
    system.wait_for(|line| is_result(line, "StopTransaction"));
    system.tell("quit");
    system.end();
    let lines = system.lines();
    let of = |action: &str| -> Vec<&Value> {
        lines.iter().filter(|line| is_call(line, action)).collect()
    };
    let starts = of("StartTransaction");
    assert_eq!(starts.len(), 2);
    assert_eq!(starts[0]["payload"], starts[1]["payload"]);
    assert_ne!(starts[0]["id"], starts[1]["id"]);
    let answers = lines
        .iter()
        .filter(|line| is_result(line, "StartTransaction"));
    for answer in answers {
        assert_eq!(answer["payload"]["transactionId"], 1);
    }
    assert_eq!(
        station
            .lines()
            .iter()
            .filter(|line| line["text"] == "disconnected")
            .count(),
        2
    );
    // What was measured before the number was known has it all the same.
    let about = of("MeterValues").into_iter().chain(of("StopTransaction"));
    for line in about {
        assert_eq!(line["payload"]["transactionId"], 1, "{line}");
    }
}

#[test]
fn what_happens_without_a_connection_arrives_in_order() {
    let (mut system, place) = central_system(&[]);
    let proxy = Proxy::start(&place);
    let mut station = charge_point(proxy.place(), &["--commands", "--reconnect", "10"]);
    station.tell("await StatusNotification 3\nplug 1\ntag 1 ANN\nawait MeterValues 1");
    station.wait_for(|line| is_result(line, "MeterValues"));
    proxy.block();
    station.wait_for(|line| line["text"] == "MeterValues waits for a connection");
    station.tell("tag 1 ANN\nunplug 1");
    station.wait_for(|line| line["text"] == "StopTransaction waits for a connection");
    proxy.unblock();
    station.wait_for(|line| is_result(line, "StopTransaction"));
    station.tell("quit");
    assert_eq!(station.end(), Some(0));
    system.tell("quit");
    assert_eq!(system.end(), Some(0));

    let time = |line: &Value| line["time"].as_str().expect("a time").to_owned();
    let mut breaks = station
        .lines()
        .iter()
        .filter(|line| line["text"] == "disconnected");
    let broken = time(breaks.next().expect("a break"));
    let is_back = |line: &&Value| line["text"] == "connected" && time(line) > broken;
    let back = time(station.lines().iter().find(is_back).expect("a connection"));
    let calls = system.lines().iter().filter(|line| line["kind"] == "call");
    let about = calls.filter(|line| line["payload"]["transactionId"] == 1);
    let mut taken: Vec<_> = about
        .map(|line| {
            let payload = &line["payload"];
            let value = &payload["meterValue"][0];
            let (time, watt_hours) = if value.is_null() {
                (&payload["timestamp"], payload["meterStop"].to_string())
            } else {
                let energy = value["sampledValue"][0]["value"].as_str().expect("a text");
                (&value["timestamp"], energy.to_owned())
            };
            let watt_hours: i64 = watt_hours.parse().expect("a number");
            (
                time.as_str().expect("a time").to_owned(),
                watt_hours,
                line["action"].clone(),
            )
        })
        .collect();
    assert_eq!(taken.last().expect("a message").2, "StopTransaction");
    let meanwhile = |(time, ..): &&(String, i64, Value)| *time > broken && *time < back;
    assert!(
        taken.iter().filter(meanwhile).count() >= 2,
        "{taken:?}, {broken} to {back}"
    );
    let in_order = taken.clone();
    taken.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    assert_eq!(taken, in_order);
    // Each once: the one that was under way when the wire was cut may come twice.
    taken.dedup();
    assert!(in_order.len() - taken.len() <= 1);
}

#[test]
fn a_pending_station_sends_what_is_triggered_until_it_is_accepted() {
    let arguments = ["--boot", "pending,accepted", "--interval", "3600"];
    let (mut system, place) = central_system(&arguments);
    for command in [
        "await BootNotification",
        r#"TriggerMessage {"requestedMessage":"StatusNotification","connectorId":2}"#,
        "await StatusNotification",
        r#"TriggerMessage {"requestedMessage":"BootNotification"}"#,
    ] {
        system.tell(&format!("CP-1 {command}"));
    }
    let mut station = charge_point(&place, &["--samples", "1", "--id", "CP-1"]);
    assert_eq!(station.end(), Some(0));
    let calls = station.lines().iter().filter(|line| line["kind"] == "call");
    let actions: Vec<_> = calls.filter_map(|line| line["action"].as_str()).collect();
    let expected = [
        "BootNotification",
        "TriggerMessage",
        "StatusNotification",
        "TriggerMessage",
        "BootNotification",
        "StatusNotification",
    ];
    assert_eq!(actions[..6], expected);
}

#[test]
fn a_rejected_station_boots_again() {
    let arguments = ["--boot", "rejected,rejected,accepted", "--interval", "5"];
    let (mut system, place) = central_system(&arguments);
    let mut station = charge_point(&place, &["--samples", "1"]);
    assert_eq!(station.end(), Some(0));
    let boots = station
        .lines()
        .iter()
        .filter(|line| is_result(line, "BootNotification"));
    let answers: Vec<_> = boots.map(|line| &line["payload"]["status"]).collect();
    assert_eq!(answers, ["Rejected", "Rejected", "Accepted"]);
    system.tell("quit");
    assert_eq!(system.end(), Some(0));
}

#[test]
fn a_tag_that_is_not_accepted_does_not_charge() {
    let (_system, place) = central_system(&["--tag", "BOB"]);
    let mut station = charge_point(&place, &["--tag", "ANN"]);
    assert_eq!(station.end(), Some(1));
    assert!(
        !station
            .lines()
            .iter()
            .any(|line| is_call(line, "StartTransaction"))
    );
    let mut station = charge_point(&place, &["--tag", "bob", "--samples", "1"]);
    assert_eq!(station.end(), Some(0));
}

#[test]
fn malformed_calls_get_the_code_that_fits() {
    let (_system, place) = central_system(&[]);
    let mut peer = Peer::connect(&place, "/a/b/S", Some("ocpp1.6")).expect("a connection");
    let early = peer.ask(r#"[2,"0","Heartbeat",{}]"#);
    assert_eq!((&early[0], &early[2]), (&json!(4), &json!("SecurityError")));
    let boot = r#"[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]"#;
    assert_eq!(peer.ask(boot)[2]["status"], "Accepted");
    // None of these has an answer; the one below would not be the next one otherwise.
    for text in [
        "no JSON",
        "[]",
        "[5,\"x\"]",
        r#"[3,"x",{}]"#,
        r#"[4,"x","y"]"#,
    ] {
        peer.send(text);
    }
    for (text, code) in [
        (r#"[2,"a","Heartbeat"]"#, "FormationViolation"),
        (r#"[2,"a","Heartbeat",[]]"#, "FormationViolation"),
        (r#"[2,"a","Heartbeet",{}]"#, "NotImplemented"),
        (r#"[2,"a","Reset",{"type":"Soft"}]"#, "NotSupported"),
        (r#"[2,"a","Authorize",{}]"#, "OccurenceConstraintViolation"),
        (
            r#"[2,"a","Authorize",{"idTag":1}]"#,
            "TypeConstraintViolation",
        ),
        (
            r#"[2,"a","Authorize",{"idTag":"123456789012345678901"}]"#,
            "PropertyConstraintViolation",
        ),
        (
            r#"[2,"a","Authorize",{"idTag":"1","x":1}]"#,
            "FormationViolation",
        ),
    ] {
        let answer = peer.ask(text);
        assert_eq!(
            (&answer[0], &answer[1], &answer[2]),
            (&json!(4), &json!("a"), &json!(code)),
            "{text}"
        );
    }
    assert_eq!(peer.ask(r#"[2,"a","Heartbeat",{}]"#)[0], 3);
}

#[test]
fn deviations_are_taken_and_told_if_asked_for() {
    let text = r#"[2,"1","Authorize",{"idTag":"ANN","extra":null}]"#;
    let boot = r#"[2,"0","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]"#;
    let (_system, place) = central_system(&[]);
    let mut peer = Peer::connect(&place, "/S", Some("ocpp1.6")).expect("a connection");
    peer.ask(boot);
    assert_eq!(peer.ask(text)[2], "FormationViolation");
    // Without the subprotocol a strict system closes.
    let mut other = Peer::connect(&place, "/S", None).expect("a handshake");
    assert!(other.is_closed());
    assert!(Peer::connect(&place, "/", Some("ocpp1.6")).is_err());

    let (mut system, place) = central_system(&["--lenient"]);
    let mut peer = Peer::connect(&place, "/S", None).expect("a connection");
    peer.ask(boot);
    assert_eq!(peer.ask(text)[2]["idTagInfo"]["status"], "Accepted");
    let line = system.wait_for(|line| is_call(line, "Authorize"));
    assert_eq!(line["bent"], json!([["ADDITIONAL_MEMBER", "/extra"]]));
}

#[test]
fn a_station_that_connects_anew_takes_the_place_of_its_old_connection() {
    let (_system, place) = central_system(&[]);
    let mut old = Peer::connect(&place, "/S", Some("ocpp1.6")).expect("a connection");
    old.ask(r#"[2,"0","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]"#);
    let mut new = Peer::connect(&place, "/S", Some("ocpp1.6")).expect("a connection");
    // It was accepted before and need not boot again.
    assert_eq!(new.ask(r#"[2,"0","Heartbeat",{}]"#)[0], 3);
    assert!(old.is_closed());
}

#[test]
fn a_scenario_of_ones_own() {
    let zone = TestFile::new(
        "zone.toml",
        r#"
        zone = 20
        meter = [{ name = "m" }]
        station = [{ name = "s", model = "ABB Terra AC", phases = "L1", maximum = 32 }]
        step = [{ at = 0, read.m = [4.5, 0, 0], charging = ["s"] }]
    "#,
    );
    let out = run("load_management", &[zone.path()]);
    assert_eq!(out.status, Some(0), "{}", out.err);
    assert!(out.out.contains("15.5"), "{}", out.out);
    assert!(out.out.contains("\"limit\":15}"), "{}", out.out);
    let nothing = TestFile::new("nothing.toml", "zone = 20");
    assert_eq!(run("load_management", &[nothing.path()]).status, Some(2));
}

#[test]
fn wrong_arguments_are_refused() {
    for (name, arguments) in [
        ("charge_point", &["--nothing"][..]),
        ("charge_point", &["a/b", "c/d"]),
        ("charge_point", &["--connectors", "0"]),
        ("central_system", &["--boot", "perhaps"]),
        ("central_system", &["--tag", "123456789012345678901"]),
        ("load_management", &["/nowhere/at/all.toml"]),
    ] {
        assert_eq!(run(name, arguments).status, Some(2), "{name} {arguments:?}");
    }
    // Nobody is there: port 1 is nobody's.
    assert_eq!(run("charge_point", &["127.0.0.1:1/S"]).status, Some(1));
    assert_eq!(run("charge_point", &["wss://127.0.0.1/S"]).status, Some(1));
}
