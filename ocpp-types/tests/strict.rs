//! What is refused, where, by which rule, and with which error code.

#![allow(clippy::expect_used, clippy::panic, clippy::unreachable)]

use ocpp_types::messages::{AuthorizeRequest, GetInstalledCertificateIdsResponse};
use ocpp_types::types::{CiString, DateTime, IdToken, Limit, Measurand, Text, Uri};
use ocpp_types::{
    Action, ErrorCode, Frame, FrameKind, Message, MessageId, Operation, Payload, RawPayload, Rule,
};
use proptest::prelude::*;

/// The frame, the CALLERROR code, the path, the rule in words.
const REFUSED: &[(&str, ErrorCode<'static>, &str, &str)] = &[
    ("", ErrorCode::FormationViolation, "", "not valid JSON"),
    (
        "[2,\"1\",",
        ErrorCode::FormationViolation,
        "",
        "not valid JSON",
    ),
    (
        "{}",
        ErrorCode::FormationViolation,
        "",
        "the frame is no array",
    ),
    (
        "[]",
        ErrorCode::FormationViolation,
        "",
        "the message type is not 2, 3 or 4",
    ),
    (
        r#"[2.0,"1","Heartbeat",{}]"#,
        ErrorCode::FormationViolation,
        "",
        "the message type is not 2, 3 or 4",
    ),
    (
        r#"[2,"1","Heartbeat",{},{}]"#,
        ErrorCode::FormationViolation,
        "",
        "the frame has not 4 elements",
    ),
    (
        r#"[2,1,"Heartbeat",{}]"#,
        ErrorCode::FormationViolation,
        "",
        "the message id is no text",
    ),
    (
        r#"[2,"0123456789012345678901234567890123456","Heartbeat",{}]"#,
        ErrorCode::FormationViolation,
        "",
        "the message id has more than 36 characters",
    ),
    (
        r#"[2,"1","Heartbeats",{}]"#,
        ErrorCode::NotImplemented,
        "",
        "unknown action",
    ),
    (
        r#"[2,"1","Heartbeat",true]"#,
        ErrorCode::FormationViolation,
        "",
        "the payload is no object",
    ),
    (
        r#"[2,"1","Authorize",{}]"#,
        ErrorCode::OccurenceConstraintViolation,
        "",
        "member idTag is missing",
    ),
    (
        r#"[2,"1","Authorize",{"idTag":null}]"#,
        ErrorCode::TypeConstraintViolation,
        "/idTag",
        "expected text",
    ),
    (
        r#"[2,"1","Authorize",{"idTag":"x","more":1}]"#,
        ErrorCode::FormationViolation,
        "",
        "a member that the message does not have",
    ),
    (
        r#"[2,"1","Reset",{"type":"soft"}]"#,
        ErrorCode::PropertyConstraintViolation,
        "/type",
        "a word that is not in the list",
    ),
    (
        r#"[2,"1","UnlockConnector",{"connectorId":9223372036854775808}]"#,
        ErrorCode::PropertyConstraintViolation,
        "/connectorId",
        "the number is out of range",
    ),
    (
        r#"[2,"1","StopTransaction",{"meterStop":1,"timestamp":"2025-06-01T07:15:30Z","transactionId":1,"transactionData":[{"timestamp":"2025-06-01T07:15:30Z","sampledValue":[{"value":"1"},{"value":"1","unit":"Celsius"}]}]}]"#,
        ErrorCode::PropertyConstraintViolation,
        "/transactionData/0/sampledValue/1/unit",
        "a word that is not in the list",
    ),
    (
        r#"[2,"1","RemoteStartTransaction",{"idTag":"x","chargingProfile":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":8.15}]}}}]"#,
        ErrorCode::PropertyConstraintViolation,
        "/chargingProfile/chargingSchedule/chargingSchedulePeriod/0/limit",
        "not a multiple of 0.1",
    ),
];

#[test]
fn a_refusal_says_what_and_where() {
    for (text, code, path, rule) in REFUSED {
        let error = Message::parse(text, |_| None).expect_err(text);
        assert_eq!(error.code(), *code, "{text}");
        assert_eq!(error.violation.path.to_string(), *path, "{text}");
        assert_eq!(error.violation.rule.to_string(), *rule, "{text}");
    }
}

#[test]
fn a_refusal_knows_whom_to_answer() {
    let refused = |text: &'static str| {
        let error = Message::parse(text, |_| None).expect_err(text);
        (error.kind, error.id.map(|id| id.to_string()))
    };
    let call = Some(FrameKind::Call);
    assert_eq!(refused(r#"[2,"7","Reset",{}]"#), (call, Some("7".into())));
    assert_eq!(refused(r#"[2,"7"]"#), (call, Some("7".into())));
    assert_eq!(refused(r#"[2,{},"Reset",{}]"#), (call, None));
    assert_eq!(refused(r#"[5,"7","Reset",{}]"#), (None, None));
    assert_eq!(refused(r#"[2,"7","Reset",{}"#), (None, None));
}

#[test]
fn an_offset_points_into_the_frame() {
    for (text, offset) in [
        (r#"[2,"1","Authorize",{"idTag":5}]"#, 28),
        (r#"  [2,"1","Authorize",{ "more":1}]"#, 23),
        (r#"[2,"1","Authorize",{"idTag":"a\x"}]"#, 31),
        (r#"[2,"1","Authorize",7]"#, 19),
        (r#"[2,1,"Authorize",{}]"#, 3),
        ("[2,\"1\",\"A\\", 10),
    ] {
        let error = Message::parse(text, |_| None).expect_err(text);
        assert_eq!(error.violation.offset, offset, "{text}");
    }
}

#[test]
fn an_answer_needs_its_question() {
    let text = r#"[3,"1",{"status":"Accepted"}]"#;
    let read = |action| Message::parse(text, |_| action);
    assert!(matches!(read(None), Ok(Message::Unexpected(_))));
    assert!(matches!(
        read(Some(Action::ClearCache)),
        Ok(Message::CallResult { .. })
    ));
    assert!(read(Some(Action::Heartbeat)).is_err());
}

#[test]
fn one_in_draft_04_is_no_integer_when_it_has_a_point() {
    let status = |action: &str| {
        format!(r#"[2,"1","{action}",{{"requestedMessage":"Heartbeat","connectorId":1.0}}]"#)
    };
    assert!(Message::parse(&status("TriggerMessage"), |_| None).is_err());
    assert!(Message::parse(&status("ExtendedTriggerMessage"), |_| None).is_ok());
}

#[test]
fn names_and_words_may_be_escaped() {
    let text = r#"[2,"\u0031","\u0052eset",{"t\u0079pe":"S\u006fft"}]"#;
    let message = Message::parse(text, |_| None).expect("a valid frame");
    let Message::Call { id, request } = message else {
        unreachable!("a CALL");
    };
    let mut out = String::new();
    request.encode_call(&id, &mut out).expect("a valid message");
    assert_eq!(out, r#"[2,"1","Reset",{"type":"Soft"}]"#);
}

#[test]
fn of_equal_names_the_last_counts() {
    let text = r#"[2,"1","Authorize",{"idTag":"a","idTag":"b"}]"#;
    let Ok(Frame::Call(call)) = Frame::parse(text) else {
        unreachable!("a CALL");
    };
    let request = AuthorizeRequest::decode(call.payload).expect("a valid payload");
    assert_eq!(request.id_tag, "b");
}

#[test]
fn nothing_invalid_is_built() {
    let id = MessageId::new("1").expect("a short id");
    let mut out = String::from("before");
    let request = AuthorizeRequest {
        id_tag: IdToken::unchecked("ABCDEFGHIJKLMNOPQRSTU"),
    };
    let violation = request.encode_call(&id, &mut out).expect_err("too long");
    assert_eq!(violation.rule, Rule::MaxLength { max: 20 });
    assert_eq!(violation.path.to_string(), "/idTag");
    assert_eq!(violation.code(), ErrorCode::PropertyConstraintViolation);
    assert_eq!(out, "before");
    assert!(request.validate().is_err());

    out.clear();
    request.encode_payload_unchecked(&mut out);
    assert_eq!(out, r#"{"idTag":"ABCDEFGHIJKLMNOPQRSTU"}"#);
}

#[test]
fn a_list_that_needs_an_element_is_refused_without() {
    let text = r#"{"status":"NotFound","certificateHashData":[]}"#;
    let violation = GetInstalledCertificateIdsResponse::decode(RawPayload::new(text));
    let violation = violation.expect_err("an empty list");
    assert_eq!(violation.rule, Rule::MinItems { min: 1 });
    assert_eq!(violation.path.to_string(), "/certificateHashData");

    let response = GetInstalledCertificateIdsResponse {
        certificate_hash_data: Some(Vec::new()),
        status: ocpp_types::messages::GetInstalledCertificateStatus::NotFound,
    };
    let violation = response.validate().expect_err("an empty list");
    assert_eq!(violation.path.to_string(), "/certificateHashData");
}

#[test]
fn every_operation_has_its_name_and_direction() {
    assert_eq!(Action::ALL.len(), 39);
    for action in Action::ALL {
        assert_eq!(Action::from_name(action.name()), Some(*action));
        let raw = RawPayload::new("{\"unknown\":1}");
        let read = ocpp_types::Request::decode(*action, raw);
        assert!(read.is_err(), "{action} takes no unknown member");
    }
    assert_eq!(Action::from_name("heartbeat"), None);
    assert_eq!("Heartbeat".parse(), Ok(Action::Heartbeat));
    let error = "heartbeat"
        .parse::<Action>()
        .expect_err("names have a case");
    assert_eq!(error.to_string(), "unknown action");
}

proptest! {
    #[test]
    fn texts_are_refused_above_their_bound(
        text in prop_oneof!["\\PC{18,22}", "[a-zé€😀]{19,21}", "[A-Z]{20,21}"],
    ) {
        let fits = text.chars().count() <= 20;
        prop_assert_eq!(CiString::<20>::new(text.as_str()).is_ok(), fits);
        prop_assert_eq!(Text::<20>::new(text.as_str()).is_ok(), fits);
        let frame = format!(r#"[2,"1","Authorize",{{"idTag":{}}}]"#, serde_json::to_string(&text)?);
        prop_assert_eq!(Message::parse(&frame, |_| None).is_ok(), fits);
    }

    #[test]
    fn ids_are_refused_above_their_bound(text in "[a-z0-9é-]{34,38}") {
        let fits = text.chars().count() <= 36;
        prop_assert_eq!(MessageId::new(text.as_str()).is_some(), fits);
        let frame = format!(r#"[2,"{text}","Heartbeat",{{}}]"#);
        prop_assert_eq!(Message::parse(&frame, |_| None).is_ok(), fits);
    }

    #[test]
    fn limits_are_refused_between_tenths(hundredths in -100_000_i64..100_000) {
        let (sign, rest) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        let text = format!("{sign}{}.{:02}", rest / 100, rest % 100);
        prop_assert_eq!(text.parse::<Limit>().is_ok(), rest % 10 == 0);
    }

    #[test]
    fn integers_of_64_bits_are_taken(number: i128) {
        for number in [number, number % (1 << 70), i128::from(i64::MAX) + number % 3] {
            let frame = format!(r#"[2,"1","UnlockConnector",{{"connectorId":{number}}}]"#);
            prop_assert_eq!(Message::parse(&frame, |_| None).is_ok(), i64::try_from(number).is_ok());
        }
    }

    #[test]
    fn words_are_those_of_the_list(text in "[A-Za-z.]{0,12}") {
        let is_listed = Measurand::ALL.iter().any(|word| word.as_str() == text);
        prop_assert_eq!(!matches!(Measurand::from(text.as_str()), Measurand::Other(_)), is_listed);
    }

    #[test]
    fn days_end_with_their_month(year in 0_i64..=9999, month in 0..=13, day in 0..=32) {
        let text = format!("{year:04}-{month:02}-{day:02}T00:00:00Z");
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 0,
        };
        prop_assert_eq!(DateTime::new(text).is_some(), (1..=length).contains(&day));
    }

    #[test]
    fn a_location_has_no_blank(before in "[a-z:/.]{0,9}", blank in "[ \t\n\u{a0}]?") {
        let text = format!("ftp:{before}{blank}x");
        prop_assert_eq!(Uri::new(text).is_some(), blank.is_empty());
    }

    #[test]
    fn any_text_gives_a_message_or_an_error(text in "\\PC{0,60}") {
        let _ = Message::parse(&text, |_| Some(Action::GetConfiguration));
        let json = format!("[2,\"1\",\"MeterValues\",{text}]");
        let all = ocpp_types::Tolerance::LENIENT;
        let _ = Message::parse_with(&json, |_| None, all);
    }
}
