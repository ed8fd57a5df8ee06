//! Messages of the other side, and what they get.

use alloc::string::ToString;

use super::*;
use crate::Rule;
use crate::messages::AuthorizeRequest;
use crate::types::IdToken;

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
