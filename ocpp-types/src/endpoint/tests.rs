mod incoming;
mod transactions;

use alloc::format;
use core::time::Duration;

use super::*;
use crate::messages::{
    BootNotificationRequest, DataTransferRequest, HeartbeatRequest, HeartbeatResponse,
    ResetRequest, ResetType, StopTransactionRequest,
};
use crate::types::{CiString, DateTime};
use crate::{FrameKind, Tolerance};

fn at(seconds: u64) -> Instant {
    Instant::from_millis(seconds * 1000)
}

fn station() -> Endpoint {
    connected(Config::new(Role::ChargePoint))
}

fn connected(config: Config) -> Endpoint {
    let mut endpoint = Endpoint::new(config);
    endpoint.connected(at(0));
    endpoint
}

#[track_caller]
fn transmitted(endpoint: &mut Endpoint) -> String {
    match endpoint.poll_output() {
        Some(Output::Transmit(text)) => text,
        other => panic!("expected a message, found {other:?}"),
    }
}

#[track_caller]
fn event(endpoint: &mut Endpoint) -> Event {
    match endpoint.poll_output() {
        Some(Output::Event(event)) => event,
        other => panic!("expected an event, found {other:?}"),
    }
}

#[track_caller]
fn idle(endpoint: &mut Endpoint) {
    assert_eq!(endpoint.poll_output(), None);
}

fn heartbeat() -> Request<'static> {
    HeartbeatRequest {}.into()
}

fn time() -> DateTime<'static> {
    DateTime::from_unix(0).unwrap()
}

fn stop(transaction_id: i64) -> Request<'static> {
    StopTransactionRequest {
        id_tag: None,
        meter_stop: 2000,
        timestamp: time(),
        transaction_id,
        reason: None,
        transaction_data: None,
    }
    .into()
}

#[test]
fn one_call_at_a_time() {
    let mut station = station();
    let first = station.call(at(0), heartbeat()).unwrap();
    let second = station.call(at(1), heartbeat()).unwrap();
    assert_eq!(transmitted(&mut station), r#"[2,"1","Heartbeat",{}]"#);
    idle(&mut station);
    assert_eq!(station.poll_timeout(), Some(at(30)));
    station.handle_message(at(2), r#"[3,"1",{"currentTime":"1970-01-01T00:00:00Z"}]"#);
    let expected = Event::Response {
        ticket: first,
        response: HeartbeatResponse {
            current_time: time(),
        }
        .into(),
        deviations: Vec::new(),
    };
    assert_eq!(event(&mut station), expected);
    assert_eq!(transmitted(&mut station), r#"[2,"2","Heartbeat",{}]"#);
    station.handle_message(at(3), r#"[4,"2","InternalError","sorry",{"a":1}]"#);
    let Event::Failed {
        ticket,
        failure: Failure::Rejected(error),
    } = event(&mut station)
    else {
        panic!("no failure");
    };
    assert_eq!(
        (ticket, error.code, &*error.details),
        (second, ErrorCode::InternalError, r#"{"a":1}"#)
    );
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
}

#[test]
fn a_call_times_out_and_its_answer_is_late() {
    let mut station = station();
    let ticket = station.call(at(0), heartbeat()).unwrap();
    transmitted(&mut station);
    station.handle_timeout(at(29));
    idle(&mut station);
    station.handle_timeout(at(30));
    let failure = Failure::TimedOut;
    assert_eq!(event(&mut station), Event::Failed { ticket, failure });
    for (id, ended) in [("1", Some(Ended::TimedOut)), ("7", None)] {
        let late = alloc::format!(r#"[3,"{id}",{{"currentTime":"1970-01-01T00:00:00Z"}}]"#);
        station.handle_message(at(31), &late);
        let id = MessageId::new(id).unwrap();
        let kind = FrameKind::CallResult;
        assert_eq!(event(&mut station), Event::Unmatched { id, kind, ended });
    }
    idle(&mut station);
}

#[test]
fn a_repeated_answer_is_dropped() {
    let mut station = station();
    station.call(at(0), heartbeat()).unwrap();
    transmitted(&mut station);
    let answer = r#"[3,"1",{"currentTime":"1970-01-01T00:00:00Z"}]"#;
    station.handle_message(at(1), answer);
    event(&mut station);
    station.handle_message(at(1), answer);
    let ended = Some(Ended::Answered);
    assert!(matches!(event(&mut station), Event::Unmatched { ended: e, .. } if e == ended));
    station.handle_message(at(1), r#"[4,"1","GenericError","",{}]"#);
    assert!(matches!(event(&mut station), Event::Unmatched { ended: e, .. } if e == ended));
    idle(&mut station);
}

#[test]
fn any_callerror_ends_the_call() {
    for (text, code, description) in [
        (r#"[4,"1","FormatViolation","",{}]"#, "FormatViolation", ""),
        (r#"[4,"1","InternalError",null,null]"#, "InternalError", ""),
        (r#"[4,"1","InternalError","x"]"#, "InternalError", "x"),
    ] {
        let mut station = station();
        station.call(at(0), heartbeat()).unwrap();
        transmitted(&mut station);
        station.handle_message(at(1), text);
        let Event::Failed {
            failure: Failure::Rejected(error),
            ..
        } = event(&mut station)
        else {
            panic!("{text}");
        };
        assert_eq!(
            (error.code.as_str(), &*error.description),
            (code, description)
        );
    }
}

#[test]
fn misuse_is_told_and_changes_nothing() {
    let mut station = Endpoint::new(Config {
        queue: 2,
        ..Config::new(Role::ChargePoint)
    });
    assert_eq!(station.call(at(0), heartbeat()), Err(Misuse::Disconnected));
    station.connected(at(0));
    let reset = ResetRequest {
        kind: ResetType::Hard,
    };
    let error = station.call(at(0), reset.into());
    assert_eq!(error, Err(Misuse::Direction(Action::Reset)));
    let long =
        BootNotificationRequest::new(CiString::unchecked("x".repeat(21)), "y".try_into().unwrap());
    assert!(matches!(
        station.call(at(0), long.into()),
        Err(Misuse::Invalid(_))
    ));
    idle(&mut station);
    let id = MessageId::new("mine").unwrap();
    station
        .call_with_id(at(0), id.clone(), heartbeat())
        .unwrap();
    assert_eq!(transmitted(&mut station), r#"[2,"mine","Heartbeat",{}]"#);
    let error = station.call_with_id(at(0), id, heartbeat());
    assert_eq!(error, Err(Misuse::IdInUse));
    for _ in 0..2 {
        station.call(at(0), heartbeat()).unwrap();
    }
    assert_eq!(station.call(at(0), heartbeat()), Err(Misuse::Full));
    idle(&mut station);
}

#[test]
fn counted_ids_pass_over_those_of_the_caller() {
    let mut station = station();
    let id = MessageId::new("1").unwrap();
    station.call_with_id(at(0), id, heartbeat()).unwrap();
    assert_eq!(transmitted(&mut station), r#"[2,"1","Heartbeat",{}]"#);
    station.call(at(0), heartbeat()).unwrap();
    station.handle_timeout(at(30));
    event(&mut station);
    assert_eq!(transmitted(&mut station), r#"[2,"2","Heartbeat",{}]"#);
}

#[test]
fn no_id_is_used_twice_although_the_caller_took_it_long_ago() {
    let mut station = station();
    let own = MessageId::new("19").unwrap();
    station.call_with_id(at(0), own, heartbeat()).unwrap();
    for expected in 19..=60 {
        let text = transmitted(&mut station);
        assert_eq!(text, format!(r#"[2,"{expected}","Heartbeat",{{}}]"#));
        let answer = format!(r#"[3,"{expected}",{{"currentTime":"1970-01-01T00:00:00Z"}}]"#);
        station.handle_message(at(0), &answer);
        event(&mut station);
        station.call(at(0), heartbeat()).unwrap();
    }
}

#[test]
fn an_id_that_comes_back_as_a_number_is_taken_by_the_tolerant() {
    let answer = r#"[3,1,{"currentTime":"1970-01-01T00:00:00Z"}]"#;
    for tolerance in [Tolerance::STRICT, Tolerance::LENIENT] {
        let mut station = connected(Config {
            tolerance,
            ..Config::new(Role::ChargePoint)
        });
        station.call(at(0), heartbeat()).unwrap();
        transmitted(&mut station);
        station.handle_message(at(1), answer);
        let is_taken = matches!(event(&mut station), Event::Response { .. });
        assert_eq!(is_taken, tolerance == Tolerance::LENIENT);
    }
}

#[test]
fn other_calls_fail_with_the_connection() {
    let mut station = station();
    let tickets = [heartbeat(), heartbeat()].map(|call| station.call(at(0), call).unwrap());
    transmitted(&mut station);
    station.disconnected(at(1));
    for ticket in tickets {
        let failure = Failure::Disconnected;
        assert_eq!(event(&mut station), Event::Failed { ticket, failure });
    }
    idle(&mut station);
    station.handle_message(at(2), r#"[2,"a","Reset",{"type":"Soft"}]"#);
    idle(&mut station);
}

#[test]
fn a_call_that_waits_can_be_taken_back() {
    let mut station = station();
    let [open, waits] = [heartbeat(), heartbeat()].map(|call| station.call(at(0), call).unwrap());
    transmitted(&mut station);
    assert!(!station.cancel(open));
    assert!(station.cancel(waits));
    let failure = Failure::Canceled;
    assert_eq!(
        event(&mut station),
        Event::Failed {
            ticket: waits,
            failure
        }
    );
    assert!(!station.cancel(waits));
}

#[test]
fn both_sides_may_transfer_data() {
    let request = || DataTransferRequest::new("v".try_into().unwrap()).into();
    for role in [Role::ChargePoint, Role::CentralSystem] {
        let mut endpoint = connected(Config::new(role));
        endpoint.call(at(0), request()).unwrap();
        let text = transmitted(&mut endpoint);
        let mut peer = connected(Config::new(role.peer()));
        peer.handle_message(at(0), &text);
        assert!(matches!(event(&mut peer), Event::Request { .. }));
    }
}

#[test]
fn it_is_idle_when_nothing_waits_on_either_side() {
    let mut station = Endpoint::new(Config::new(Role::ChargePoint));
    assert!(station.is_idle());
    // A message about a transaction waits for a connection.
    station.call(at(0), stop(17)).unwrap();
    assert!(!station.is_idle());
    station.connected(at(1));
    transmitted(&mut station);
    assert!(!station.is_idle());
    station.handle_message(at(2), r#"[4,"1","InternalError","",{}]"#);
    event(&mut station);
    // It waits to be sent again.
    assert!(!station.is_idle());
    station.handle_timeout(at(62));
    transmitted(&mut station);
    station.handle_message(at(63), r#"[3,"2",{}]"#);
    assert!(!station.is_idle());
    event(&mut station);
    assert!(station.is_idle());

    station.handle_message(at(64), r#"[2,"a","Reset",{"type":"Soft"}]"#);
    event(&mut station);
    assert!(!station.is_idle());
    let a = MessageId::new("a").unwrap();
    station.reject(&a, ErrorCode::NotSupported, "").unwrap();
    assert!(!station.is_idle());
    transmitted(&mut station);
    assert!(station.is_idle());

    let [_, waits] = [heartbeat(), heartbeat()].map(|call| station.call(at(65), call).unwrap());
    transmitted(&mut station);
    station.handle_timeout(at(95));
    event(&mut station);
    transmitted(&mut station);
    station.handle_timeout(at(125));
    assert!(matches!(event(&mut station), Event::Failed { ticket, .. } if ticket == waits));
    assert!(station.is_idle());
}

#[test]
fn times_can_be_changed_on_the_way() {
    let mut station = station();
    station.set_timeout(Duration::from_secs(5));
    station.set_attempts(2, Duration::from_secs(7));
    let ticket = station.call(at(0), stop(1)).unwrap();
    transmitted(&mut station);
    assert_eq!(station.poll_timeout(), Some(at(5)));
    station.handle_timeout(at(5));
    let failure = Failure::TimedOut;
    let wait = Some(Duration::from_secs(7));
    let expected = Event::Retry {
        ticket,
        failure: failure.clone(),
        wait,
    };
    assert_eq!(event(&mut station), expected);
    station.handle_timeout(at(12));
    transmitted(&mut station);
    station.handle_timeout(at(17));
    assert_eq!(event(&mut station), Event::Failed { ticket, failure });
}
