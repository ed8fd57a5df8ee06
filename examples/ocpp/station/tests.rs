use super::*;
use ocpp_types::messages::ChargePointStatus;
use ocpp_types::{Frame, RawPayload};
const SETUP: Setup = Setup {
    vendor: "V",
    model: "M",
    connectors: 2,
    maximum: Tenths::new(320),
    tolerance: Tolerance::STRICT,
    timeout: Duration::from_secs(30),
    timekeeping: Timekeeping::Simulated,
};

fn at(seconds: u64) -> Instant {
    Instant::from_millis(seconds * 1000)
}

/// A station whose calls are all answered, until there are no more of them; what it has called.
fn settle(station: &mut Station, now: Instant) -> Vec<String> {
    let mut called = Vec::new();
    while let Some(step) = station.poll_step(now) {
        let Step::Transmit(text) = step else {
            continue;
        };
        let Ok(Frame::Call(call)) = Frame::parse(&text) else {
            continue;
        };
        let payload = match &*call.action {
            "BootNotification" => {
                r#"{"status":"Accepted","currentTime":"1970-01-01T00:00:00Z","interval":0}"#
            }
            "Authorize" => r#"{"idTagInfo":{"status":"Accepted"}}"#,
            "StartTransaction" => r#"{"idTagInfo":{"status":"Accepted"},"transactionId":7}"#,
            "Heartbeat" => r#"{"currentTime":"1970-01-01T00:00:00Z"}"#,
            _ => "{}",
        };
        station.handle_message(now, &format!(r#"[3,"{}",{payload}]"#, call.id));
        called.push(call.action.into_owned());
    }
    called
}

fn accepted(script: &str) -> Station {
    let script = Script::parse(script).unwrap();
    let mut station = Station::new(SETUP, script, at(0), 0);
    station.connected(at(0));
    settle(&mut station, at(0));
    station
}

/// What the station answers.
fn ask(station: &mut Station, now: Instant, action: &str, payload: &str) -> String {
    let request = format!(r#"[2,"x","{action}",{payload}]"#);
    let valid = Request::decode(action_of(action), RawPayload::new(payload));
    assert!(valid.is_ok(), "{valid:?}");
    station.handle_message(now, &request);
    loop {
        match station.poll_step(now) {
            Some(Step::Transmit(text)) if text.contains(r#""x""#) => return text,
            Some(_) => {}
            None => panic!("no answer to {action}"),
        }
    }
}

fn action_of(name: &str) -> ocpp_types::Action {
    ocpp_types::Action::from_name(name).unwrap()
}

#[test]
fn the_end_of_a_transaction_finds_room_however_long_the_wire_is_cut() {
    let mut station = accepted("await StatusNotification 3\nplug 1\ntag 1 ANN");
    assert!(
        station
            .outlet(1)
            .is_some_and(|outlet| outlet.active.is_some())
    );
    station.disconnected(at(10));
    for minute in 1..500 {
        station.handle_timeout(at(minute * 60));
    }
    station.unplug(at(30_000), 1).unwrap();
    let kept: Vec<_> = station
        .endpoint
        .undelivered()
        .map(|it| it.request.action())
        .collect();
    assert_eq!(kept.len(), station.endpoint.config().queue + 1);
    assert_eq!(
        kept.last().map(|action| action.name()),
        Some("StopTransaction")
    );
    assert_eq!(station.faults(), 0);

    station.connected(at(30_001));
    let called = settle(&mut station, at(30_001));
    assert_eq!(
        called
            .iter()
            .filter(|name| *name == "StopTransaction")
            .count(),
        1
    );
    assert_eq!(station.endpoint.undelivered().count(), 0);
}

#[test]
fn two_vehicles_share_what_the_station_may_draw() {
    let script = "await StatusNotification 3\nplug 1 32\ntag 1 ANN\nplug 2 32\ntag 2 BOB";
    let mut station = accepted(script);
    let shares = |station: &Station| -> Vec<u64> {
        station
            .outlets
            .iter()
            .map(|outlet| outlet.share.get())
            .collect()
    };
    assert_eq!(shares(&station), [160, 160]);
    let profile = |connector: u32, purpose: &str, limit: &str| {
        format!(
            r#"{{"connectorId":{connector},"csChargingProfiles":{{"chargingProfileId":{connector},"stackLevel":0,
            "chargingProfilePurpose":"{purpose}","chargingProfileKind":"Absolute","chargingSchedule":{{
            "startSchedule":"1970-01-01T00:00:00Z","chargingRateUnit":"A",
            "chargingSchedulePeriod":[{{"startPeriod":0,"limit":{limit}}}]}}}}}}"#
        )
    };
    let limit = profile(1, "TxDefaultProfile", "8.5");
    let answer = ask(&mut station, at(1), "SetChargingProfile", &limit);
    assert!(answer.contains("Accepted"), "{answer}");
    station.handle_timeout(at(1));
    assert_eq!(shares(&station), [85, 235]);
    let limit = profile(0, "ChargePointMaxProfile", "13");
    ask(&mut station, at(2), "SetChargingProfile", &limit);
    station.handle_timeout(at(2));
    assert_eq!(shares(&station), [65, 65]);
    // Not enough for two.
    let limit = profile(0, "ChargePointMaxProfile", "11.9");
    ask(&mut station, at(3), "SetChargingProfile", &limit);
    station.handle_timeout(at(3));
    assert_eq!(shares(&station), [85, 0]);
    let status = station.outlet(2).map(|outlet| outlet.status(false).0);
    assert_eq!(status, Some(ChargePointStatus::SuspendedEvse));
}

#[test]
fn the_profile_of_a_remote_start_counts_from_its_begin() {
    let mut station = accepted("");
    station.plug(at(1), 1, Tenths::new(320)).unwrap();
    let start = |purpose: &str| {
        format!(
            r#"{{"idTag":"ANN","chargingProfile":{{"chargingProfileId":1,"stackLevel":0,
            "chargingProfilePurpose":"{purpose}","chargingProfileKind":"Relative","chargingSchedule":{{
            "chargingRateUnit":"A","chargingSchedulePeriod":[{{"startPeriod":0,"limit":8.5}}]}}}}}}"#
        )
    };
    let mut ask = |purpose| {
        ask(
            &mut station,
            at(2),
            "RemoteStartTransaction",
            &start(purpose),
        )
    };
    assert_eq!(ask("TxDefaultProfile"), r#"[3,"x",{"status":"Rejected"}]"#);
    assert_eq!(ask("TxProfile"), r#"[3,"x",{"status":"Accepted"}]"#);
    station.handle_timeout(at(3));
    let outlet = station.outlet(1).unwrap();
    assert!(outlet.active.is_some());
    assert_eq!(outlet.share, Tenths::new(85));
}

#[test]
fn a_reservation_keeps_a_connector_for_one_tag() {
    let mut station = accepted("");
    let reserve =
        r#"{"connectorId":1,"expiryDate":"1970-01-01T01:00:00Z","idTag":"ANN","reservationId":4}"#;
    let answer = ask(&mut station, at(1), "ReserveNow", reserve);
    assert_eq!(answer, r#"[3,"x",{"status":"Accepted"}]"#);
    station.plug(at(2), 1, Tenths::new(160)).unwrap();
    station
        .present(at(2), 1, CiString::new("BOB").unwrap())
        .unwrap();
    settle(&mut station, at(2));
    assert!(
        station
            .outlet(1)
            .is_some_and(|outlet| outlet.active.is_none())
    );
    station
        .present(at(3), 1, CiString::new("ann").unwrap())
        .unwrap();
    settle(&mut station, at(3));
    assert!(
        station
            .outlet(1)
            .is_some_and(|outlet| outlet.active.is_some())
    );
    assert_eq!(station.reservations.at(1), None);
}

#[test]
fn a_rejected_station_answers_nothing() {
    let script = Script::parse("await Heartbeat").unwrap();
    let mut station = Station::new(SETUP, script, at(0), 0);
    station.connected(at(0));
    while station.poll_step(at(0)).is_some() {}
    let rejected =
        r#"[3,"1",{"status":"Rejected","currentTime":"1970-01-01T00:00:00Z","interval":60}]"#;
    station.handle_message(at(1), rejected);
    while station.poll_step(at(1)).is_some() {}
    station.handle_message(at(2), r#"[2,"a","ClearCache",{}]"#);
    while let Some(step) = station.poll_step(at(2)) {
        assert!(!matches!(step, Step::Transmit(_)), "{step:?}");
    }
    station.handle_timeout(at(61));
    let boot = core::iter::from_fn(|| station.poll_step(at(61)));
    let mut texts = boot.filter_map(|step| match step {
        Step::Transmit(text) => Some(text),
        _ => None,
    });
    assert!(texts.any(|text| text.contains("BootNotification")));
}
