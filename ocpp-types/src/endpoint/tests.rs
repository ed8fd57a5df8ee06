use alloc::format;
use alloc::string::ToString;
use alloc::vec;
use core::time::Duration;

use super::*;
use crate::messages::{
    AuthorizeRequest, BootNotificationRequest, DataTransferRequest, HeartbeatRequest,
    HeartbeatResponse, MeterValuesRequest, ResetRequest, ResetType, StartTransactionRequest,
    StopTransactionRequest,
};
use crate::types::{CiString, DateTime, IdToken, LongText, MeterValue, SampledValue};
use crate::{FrameKind, Rule, Tolerance};

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

fn start() -> Request<'static> {
    StartTransactionRequest {
        connector_id: 1,
        id_tag: IdToken::new("TAG").unwrap(),
        meter_start: 1000,
        reservation_id: None,
        timestamp: time(),
    }
    .into()
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

const STARTED: &str = r#"[3,"1",{"idTagInfo":{"status":"Accepted"},"transactionId":17}]"#;

fn sample(transaction_id: i64) -> Request<'static> {
    let value = MeterValue {
        timestamp: time(),
        sampled_value: vec![SampledValue::new(LongText::new("1").unwrap())],
    };
    let mut request = MeterValuesRequest::new(1, vec![value]);
    request.transaction_id = Some(transaction_id);
    request.into()
}

#[test]
fn samples_take_no_place_from_the_end_of_a_transaction() {
    let mut station = Endpoint::new(Config {
        queue: 2,
        ..Config::new(Role::ChargePoint)
    });
    for _ in 0..2 {
        station.call(at(0), sample(17)).unwrap();
    }
    assert_eq!(station.call(at(0), sample(17)), Err(Misuse::Full));
    for transaction in [17, 18] {
        station.call(at(0), stop(transaction)).unwrap();
    }
    assert_eq!(station.call(at(0), stop(19)), Err(Misuse::Full));
    let kept = station
        .undelivered()
        .map(|message| message.request.action());
    let (values, stop) = (Action::MeterValues, Action::StopTransaction);
    assert_eq!(kept.collect::<Vec<_>>(), [values, values, stop, stop]);
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
fn malformed_calls_get_the_code_that_fits() {
    let long = "x".repeat(37);
    for (text, answer) in [
        (r#"[2,"a","Reset"]"#, r#"[4,"a","FormationViolation","#),
        (r#"[2,"a","Reset",[]]"#, r#"[4,"a","FormationViolation","#),
        (
            r#"[2,"a","Reset",{"type":"Soft"},1]"#,
            r#"[4,"a","FormationViolation","#,
        ),
        (
            r#"[2,"a","reset",{"type":"Soft"}]"#,
            r#"[4,"a","NotImplemented","#,
        ),
        (
            r#"[2,"a","Reset",{}]"#,
            r#"[4,"a","OccurenceConstraintViolation","#,
        ),
        (
            r#"[2,"a","Reset",{"type":1}]"#,
            r#"[4,"a","TypeConstraintViolation","#,
        ),
        (
            r#"[2,"a","Reset",{"type":null}]"#,
            r#"[4,"a","TypeConstraintViolation","#,
        ),
        (
            r#"[2,"a","Reset",{"type":"soft"}]"#,
            r#"[4,"a","PropertyConstraintViolation","#,
        ),
        (
            r#"[2,"a","Reset",{"type":"Soft","x":1}]"#,
            r#"[4,"a","FormationViolation","#,
        ),
        (r#"[2,"a","Heartbeat",{}]"#, r#"[4,"a","NotSupported","#),
        (
            &alloc::format!(r#"[2,"{long}","Reset",{{"type":"Soft"}}]"#),
            &alloc::format!(r#"[4,"{long}","FormationViolation","#),
        ),
    ] {
        let mut station = station();
        station.handle_message(at(0), text);
        let answered = transmitted(&mut station);
        assert!(answered.starts_with(answer), "{text}: {answered}");
        let event = event(&mut station);
        assert!(
            matches!(event, Event::Invalid(_) | Event::Refused(_)),
            "{event:?}"
        );
        idle(&mut station);
    }
}

#[test]
fn what_has_no_readable_id_is_not_answered() {
    for text in [
        "",
        "hello",
        "{}",
        "[]",
        "[2]",
        r#"[2,1,"Reset",{"type":"Soft"}]"#,
        r#"[2,null,"Reset",{"type":"Soft"}]"#,
        r#"[5,"a",{}]"#,
        r#"[2.0,"a","Reset",{"type":"Soft"}]"#,
        r#"["2","a","Reset",{"type":"Soft"}]"#,
        r#"[3]"#,
    ] {
        let mut station = station();
        station.handle_message(at(0), text);
        assert!(matches!(event(&mut station), Event::Invalid(_)), "{text}");
        idle(&mut station);
    }
}

#[test]
fn an_answer_is_never_answered() {
    for text in [
        r#"[3,"1"]"#,
        r#"[3,"1",[]]"#,
        r#"[3,"1",{"currentTime":1}]"#,
        r#"[3,"9",{"currentTime":1}]"#,
        r#"[4,"1"]"#,
        r#"[4,"1",null,null,null]"#,
        r#"[4,"9","X","",{}]"#,
    ] {
        let mut station = station();
        let ticket = station.call(at(0), heartbeat()).unwrap();
        transmitted(&mut station);
        station.handle_message(at(1), text);
        match event(&mut station) {
            Event::Failed { ticket: failed, .. } if !text.contains('9') => {
                assert_eq!(failed, ticket);
            }
            Event::Unmatched { .. } if text.contains('9') => {}
            other => panic!("{text}: {other:?}"),
        }
        idle(&mut station);
    }
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
fn requests_are_replied_once_and_in_any_order() {
    let mut station = station();
    for id in ["a", "b"] {
        let call = alloc::format!(r#"[2,"{id}","Reset",{{"type":"Soft"}}]"#);
        station.handle_message(at(0), &call);
        let Event::Request { request, .. } = event(&mut station) else {
            panic!("no request");
        };
        assert_eq!(
            request,
            ResetRequest {
                kind: ResetType::Soft
            }
            .into()
        );
    }
    let [a, b, c] = ["a", "b", "c"].map(|id| MessageId::new(id).unwrap());
    let accepted = crate::messages::ResetResponse {
        status: crate::types::GenericStatus::Accepted,
    };
    let accepted = Response::from(accepted);
    station.reply(&b, &accepted).unwrap();
    assert_eq!(
        transmitted(&mut station),
        r#"[3,"b",{"status":"Accepted"}]"#
    );
    assert_eq!(station.reply(&b, &accepted), Err(ReplyError::NoSuchRequest));
    assert_eq!(station.reply(&c, &accepted), Err(ReplyError::NoSuchRequest));
    let wrong = Response::from(HeartbeatResponse {
        current_time: time(),
    });
    let expected = Action::Reset;
    assert_eq!(
        station.reply(&a, &wrong),
        Err(ReplyError::Action { expected })
    );
    station.reject(&a, ErrorCode::InternalError, "no").unwrap();
    assert_eq!(
        transmitted(&mut station),
        r#"[4,"a","InternalError","no",{}]"#
    );
    idle(&mut station);
}

#[test]
fn a_reply_that_breaks_a_rule_leaves_the_request_waiting() {
    let mut station = station();
    station.handle_message(at(0), r#"[2,"a","Reset",{"type":"Soft"}]"#);
    event(&mut station);
    let a = MessageId::new("a").unwrap();
    let wrong = crate::messages::ResetResponse {
        status: "Perhaps".into(),
    };
    let error = station.reply(&a, &wrong.into());
    assert!(
        matches!(error, Err(ReplyError::Invalid(violation)) if violation.rule == Rule::Literal)
    );
    let error = station.reject(&a, ErrorCode::from("FormatViolation"), "");
    assert!(
        matches!(error, Err(ReplyError::Invalid(violation)) if violation.rule == Rule::ErrorCode)
    );
    idle(&mut station);
    station.reject(&a, ErrorCode::GenericError, "").unwrap();
}

#[test]
fn an_id_that_still_waits_and_one_call_too_many_are_refused() {
    let mut station = connected(Config {
        incoming: 2,
        ..Config::new(Role::ChargePoint)
    });
    for (id, refused) in [
        ("a", None),
        ("a", Some("ProtocolError")),
        ("b", None),
        ("c", Some("GenericError")),
    ] {
        let call = alloc::format!(r#"[2,"{id}","Reset",{{"type":"Soft"}}]"#);
        station.handle_message(at(0), &call);
        if let Some(code) = refused {
            let answer = transmitted(&mut station);
            assert!(
                answer.starts_with(&alloc::format!(r#"[4,"{id}","{code}","#)),
                "{answer}"
            );
            assert!(matches!(event(&mut station), Event::Refused(_)));
        } else {
            assert!(matches!(event(&mut station), Event::Request { .. }));
        }
        idle(&mut station);
    }
}

#[test]
fn a_request_of_a_broken_connection_has_no_reply() {
    let mut station = station();
    station.handle_message(at(0), r#"[2,"a","Reset",{"type":"Soft"}]"#);
    event(&mut station);
    station.disconnected(at(1));
    station.connected(at(2));
    let a = MessageId::new("a").unwrap();
    let error = station.reject(&a, ErrorCode::GenericError, "");
    assert_eq!(error, Err(ReplyError::NoSuchRequest));
    idle(&mut station);
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
fn a_transaction_message_is_sent_three_times() {
    let mut station = station();
    let ticket = station.call(at(0), start()).unwrap();
    assert!(transmitted(&mut station).starts_with(r#"[2,"1","StartTransaction","#));
    station.handle_message(at(5), r#"[4,"1","InternalError","",{}]"#);
    let Event::Retry { wait, .. } = event(&mut station) else {
        panic!("no retry");
    };
    assert_eq!(wait, Some(Duration::from_secs(60)));
    assert_eq!(station.poll_timeout(), Some(at(65)));
    station.handle_timeout(at(64));
    idle(&mut station);
    station.handle_timeout(at(65));
    assert!(transmitted(&mut station).starts_with(r#"[2,"2","StartTransaction","#));
    station.handle_timeout(at(95));
    let Event::Retry { wait, failure, .. } = event(&mut station) else {
        panic!("no retry");
    };
    assert_eq!(
        (wait, failure),
        (Some(Duration::from_secs(120)), Failure::TimedOut)
    );
    station.handle_timeout(at(215));
    assert!(transmitted(&mut station).starts_with(r#"[2,"3","StartTransaction","#));
    station.handle_timeout(at(245));
    let failure = Failure::TimedOut;
    assert_eq!(event(&mut station), Event::Failed { ticket, failure });
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
}

#[test]
fn transaction_messages_wait_for_the_first_and_others_overtake() {
    let mut station = station();
    let started = station.call(at(0), start()).unwrap();
    station.call_after(at(0), started, stop(0)).unwrap();
    transmitted(&mut station);
    station.handle_message(at(1), r#"[4,"1","InternalError","",{}]"#);
    event(&mut station);
    station.call(at(2), heartbeat()).unwrap();
    assert_eq!(transmitted(&mut station), r#"[2,"2","Heartbeat",{}]"#);
    station.handle_message(at(3), r#"[3,"2",{"currentTime":"1970-01-01T00:00:00Z"}]"#);
    event(&mut station);
    idle(&mut station);
    station.handle_timeout(at(61));
    assert!(transmitted(&mut station).starts_with(r#"[2,"3","StartTransaction","#));
    station.handle_message(at(62), &STARTED.replace("\"1\"", "\"3\""));
    assert!(matches!(event(&mut station), Event::Response { ticket, .. } if ticket == started));
    let text = transmitted(&mut station);
    assert!(text.contains(r#""transactionId":17"#), "{text}");
}

#[test]
fn a_start_that_is_never_confirmed_leaves_minus_one() {
    let mut station = connected(Config {
        attempts: 1,
        ..Config::new(Role::ChargePoint)
    });
    let started = station.call(at(0), start()).unwrap();
    station.call_after(at(0), started, stop(0)).unwrap();
    transmitted(&mut station);
    station.handle_timeout(at(30));
    assert!(matches!(event(&mut station), Event::Failed { .. }));
    let text = transmitted(&mut station);
    assert!(text.contains(r#""transactionId":-1"#), "{text}");
    let error = station.call_after(at(30), started, stop(0));
    assert_eq!(error, Err(Misuse::NoSuchStart));
}

#[test]
fn transaction_messages_outlive_the_connection() {
    let mut station = Endpoint::new(Config {
        attempts: 1,
        ..Config::new(Role::ChargePoint)
    });
    let started = station.call(at(0), start()).unwrap();
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
    for (round, id) in [(1, "1"), (2, "2"), (3, "3")] {
        station.connected(at(round * 10));
        let text = transmitted(&mut station);
        assert!(
            text.starts_with(&alloc::format!(r#"[2,"{id}","StartTransaction","#)),
            "{text}"
        );
        station.disconnected(at(round * 10 + 5));
        let failure = Failure::Disconnected;
        let retry = Event::Retry {
            ticket: started,
            failure,
            wait: None,
        };
        assert_eq!(event(&mut station), retry);
    }
    station.connected(at(100));
    transmitted(&mut station);
    station.handle_message(at(101), &STARTED.replace("\"1\"", "\"4\""));
    assert!(matches!(event(&mut station), Event::Response { ticket, .. } if ticket == started));
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
fn transaction_messages_can_be_held_back() {
    let mut station = station();
    station.hold_transactions();
    station.call(at(0), start()).unwrap();
    idle(&mut station);
    let boot = BootNotificationRequest::new("v".try_into().unwrap(), "m".try_into().unwrap());
    station.call(at(0), boot.into()).unwrap();
    assert!(transmitted(&mut station).starts_with(r#"[2,"1","BootNotification","#));
    station.handle_timeout(at(30));
    event(&mut station);
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
    station.release_transactions(at(31));
    assert!(transmitted(&mut station).starts_with(r#"[2,"2","StartTransaction","#));
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
fn tolerance_is_reported() {
    let config = Config {
        tolerance: Tolerance::LENIENT,
        ..Config::new(Role::CentralSystem)
    };
    let mut system = connected(config);
    system.handle_message(at(0), r#"[2,7,"Authorize",{"idTag":"A","x":1}]"#);
    let Event::Request {
        id,
        request,
        deviations,
    } = event(&mut system)
    else {
        panic!("no request");
    };
    assert_eq!(
        request,
        AuthorizeRequest {
            id_tag: IdToken::new("A").unwrap()
        }
        .into()
    );
    let names: Vec<_> = deviations
        .iter()
        .map(|deviation| deviation.rule.name())
        .collect();
    assert_eq!(names, ["NUMERIC_ID", "ADDITIONAL_MEMBER"]);
    system.reject(&id, ErrorCode::NotSupported, "").unwrap();
    assert_eq!(transmitted(&mut system), r#"[4,7,"NotSupported","",{}]"#);
}

#[test]
fn outputs_that_nobody_polls_are_bounded() {
    let mut system = connected(Config::new(Role::CentralSystem));
    for number in 0..10_000 {
        system.handle_message(at(0), &number.to_string());
    }
    assert!(system.outputs.len() <= 257);
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
fn a_request_can_be_left_without_an_answer() {
    let mut station = station();
    station.handle_message(at(0), r#"[2,"a","Reset",{"type":"Soft"}]"#);
    let Event::Request { id, .. } = event(&mut station) else {
        panic!("no request");
    };
    assert!(station.ignore(&id));
    assert!(!station.ignore(&id));
    let error = station.reject(&id, ErrorCode::InternalError, "");
    assert_eq!(error, Err(ReplyError::NoSuchRequest));
    idle(&mut station);
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

#[test]
fn what_was_not_delivered_outlives_a_reboot() {
    let mut before = station();
    let begun = before.call(at(0), start()).unwrap();
    before.call_after(at(1), begun, stop(0)).unwrap();
    before.call(at(1), heartbeat()).unwrap();
    before.call(at(2), stop(5)).unwrap();
    let kept: Vec<_> = before.undelivered().collect();
    let requests: Vec<_> = kept.iter().map(|kept| kept.request.clone()).collect();
    assert_eq!(requests, [start(), stop(0), stop(5)]);
    let starts: Vec<_> = kept.iter().map(|kept| kept.start).collect();
    assert_eq!(starts, [None, Some(begun), None]);

    let mut after = Endpoint::new(Config::new(Role::ChargePoint));
    let mut tickets = Vec::new();
    for Undelivered {
        ticket,
        request,
        start,
    } in kept
    {
        let start = start.and_then(|start| tickets.iter().find(|(old, _)| *old == start));
        let queued = match start {
            Some((_, new)) => after.call_after(at(9), *new, request.clone()),
            None => after.call(at(9), request.clone()),
        };
        tickets.push((ticket, queued.unwrap()));
    }
    after.connected(at(10));
    transmitted(&mut after);
    after.handle_message(at(11), STARTED);
    assert!(matches!(event(&mut after), Event::Response { .. }));
    assert!(transmitted(&mut after).contains(r#""transactionId":17"#));
    // The id of its transaction is known now.
    assert_eq!(
        after.undelivered().next().map(|first| first.start),
        Some(None)
    );
}
