//! Each rule of tolerance: a frame that needs it and nothing else.

#![allow(clippy::expect_used, clippy::panic, clippy::unreachable)]

use ocpp_types::{Action, Message, Tolerance, Tolerated};

/// The rule, the action of a CALLRESULT, the frame, where it is bent, and what is written then.
type Case = (
    Tolerance,
    Option<Action>,
    &'static str,
    &'static str,
    &'static str,
);

const CASES: &[Case] = &[
    (
        Tolerance::BYTE_ORDER_MARK,
        None,
        "\u{feff}[2,\"1\",\"Heartbeat\",{}]",
        "",
        r#"[2,"1","Heartbeat",{}]"#,
    ),
    (
        Tolerance::MESSAGE_TYPE_FORM,
        None,
        r#"["2","1","Heartbeat",{}]"#,
        "",
        r#"[2,"1","Heartbeat",{}]"#,
    ),
    (
        Tolerance::LONG_ID,
        None,
        r#"[2,"0123456789012345678901234567890123456","Heartbeat",{}]"#,
        "",
        r#"[2,"0123456789012345678901234567890123456","Heartbeat",{}]"#,
    ),
    (
        Tolerance::NUMERIC_ID,
        None,
        r#"[2,4711,"Heartbeat",{}]"#,
        "",
        r#"[2,4711,"Heartbeat",{}]"#,
    ),
    (
        Tolerance::UNKNOWN_ERROR_CODE,
        None,
        r#"[4,"1","FormatViolation","",{}]"#,
        "",
        r#"[4,"1","FormatViolation","",{}]"#,
    ),
    (
        Tolerance::ERROR_PARTS,
        None,
        r#"[4,"1","GenericError",null,{}]"#,
        "",
        r#"[4,"1","GenericError","",{}]"#,
    ),
    (
        Tolerance::ERROR_PARTS,
        None,
        r#"[4,"1","GenericError","x"]"#,
        "",
        r#"[4,"1","GenericError","x",{}]"#,
    ),
    (
        Tolerance::NULL_MEMBER,
        None,
        r#"[2,"1","TriggerMessage",{"requestedMessage":"Heartbeat","connectorId":null}]"#,
        "/connectorId",
        r#"[2,"1","TriggerMessage",{"requestedMessage":"Heartbeat"}]"#,
    ),
    (
        Tolerance::ADDITIONAL_MEMBER,
        None,
        r#"[2,"1","Authorize",{"a/b~c":[{}],"idTag":"x"}]"#,
        "/a~1b~0c",
        r#"[2,"1","Authorize",{"idTag":"x"}]"#,
    ),
    (
        Tolerance::EMPTY_MEMBER,
        Some(Action::Authorize),
        r#"[3,"1",{"idTagInfo":{"expiryDate":"","status":"Accepted"}}]"#,
        "/idTagInfo/expiryDate",
        r#"[3,"1",{"idTagInfo":{"status":"Accepted"}}]"#,
    ),
    (
        Tolerance::EMPTY_MEMBER,
        Some(Action::Heartbeat),
        r#"[3,"1",{"currentTime":""}]"#,
        "/currentTime",
        r#"[3,"1",{"currentTime":""}]"#,
    ),
    (
        Tolerance::MISSING_MEMBER,
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"status":"Available"}]"#,
        "/errorCode",
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available"}]"#,
    ),
    (
        Tolerance::MISSING_ID_TAG,
        None,
        r#"[2,"1","StartTransaction",{"connectorId":1,"meterStart":0,"timestamp":"2025-06-01T07:15:30Z"}]"#,
        "/idTag",
        r#"[2,"1","StartTransaction",{"connectorId":1,"idTag":"","meterStart":0,"timestamp":"2025-06-01T07:15:30Z"}]"#,
    ),
    (
        Tolerance::MISSING_LIST,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1}]"#,
        "/meterValue",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[]}]"#,
    ),
    (
        Tolerance::MISSING_STATUS,
        Some(Action::SetChargingProfile),
        r#"[3,"1",{}]"#,
        "/status",
        r#"[3,"1",{"status":""}]"#,
    ),
    (
        Tolerance::TIME_FORM,
        Some(Action::Heartbeat),
        r#"[3,"1",{"currentTime":"2025-06-01 07:15:30"}]"#,
        "/currentTime",
        r#"[3,"1",{"currentTime":"2025-06-01 07:15:30"}]"#,
    ),
    (
        Tolerance::TIME_AS_NUMBER,
        Some(Action::Heartbeat),
        r#"[3,"1",{"currentTime":1710498030}]"#,
        "/currentTime",
        r#"[3,"1",{"currentTime":"2024-03-15T10:20:30Z"}]"#,
    ),
    (
        Tolerance::NUMBER_AS_TEXT,
        None,
        r#"[2,"1","UnlockConnector",{"connectorId":"1"}]"#,
        "/connectorId",
        r#"[2,"1","UnlockConnector",{"connectorId":1}]"#,
    ),
    (
        Tolerance::TEXT_AS_NUMBER,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":10.50}]}]}]"#,
        "/meterValue/0/sampledValue/0/value",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"10.50"}]}]}]"#,
    ),
    (
        Tolerance::INTEGER_FORM,
        None,
        r#"[2,"1","UnlockConnector",{"connectorId":1.0}]"#,
        "/connectorId",
        r#"[2,"1","UnlockConnector",{"connectorId":1}]"#,
    ),
    (
        Tolerance::METER_FRACTION,
        None,
        r#"[2,"1","StopTransaction",{"meterStop":1234.5,"timestamp":"2025-06-01T07:15:30Z","transactionId":1}]"#,
        "/meterStop",
        r#"[2,"1","StopTransaction",{"meterStop":1234,"timestamp":"2025-06-01T07:15:30Z","transactionId":1}]"#,
    ),
    (
        Tolerance::LONG_TEXT,
        None,
        r#"[2,"1","Authorize",{"idTag":"ABCDEFGHIJKLMNOPQRSTU"}]"#,
        "/idTag",
        r#"[2,"1","Authorize",{"idTag":"ABCDEFGHIJKLMNOPQRSTU"}]"#,
    ),
    (
        Tolerance::LITERAL_CASE,
        Some(Action::ClearCache),
        r#"[3,"1",{"status":"accepted"}]"#,
        "/status",
        r#"[3,"1",{"status":"Accepted"}]"#,
    ),
    (
        Tolerance::UNKNOWN_LITERAL,
        None,
        r#"[2,"1","FirmwareStatusNotification",{"status":"InstallRebooting"}]"#,
        "/status",
        r#"[2,"1","FirmwareStatusNotification",{"status":"InstallRebooting"}]"#,
    ),
    (
        Tolerance::LITERAL_ALIAS,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"25","unit":"C"}]}]}]"#,
        "/meterValue/0/sampledValue/0/unit",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"25","unit":"Celsius"}]}]}]"#,
    ),
    (
        Tolerance::PHASE_IN_MEASURAND,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"9.1","measurand":"Current.Import.L1"}]}]}]"#,
        "/meterValue/0/sampledValue/0/measurand",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"9.1","measurand":"Current.Import","phase":"L1"}]}]}]"#,
    ),
    (
        Tolerance::ERRATA,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"50","unit":"Hertz"}]}]}]"#,
        "/meterValue/0/sampledValue/0/unit",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{"value":"50","unit":"Hertz"}]}]}]"#,
    ),
    (
        Tolerance::SINGLE_ELEMENT,
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[]}}]"#,
        "/meterValue",
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[]}]}]"#,
    ),
    (
        Tolerance::FLOAT_NOISE,
        Some(Action::GetCompositeSchedule),
        r#"[3,"1",{"status":"Accepted","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6.100000381469727}]}}]"#,
        "/chargingSchedule/chargingSchedulePeriod/0/limit",
        r#"[3,"1",{"status":"Accepted","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":6.1}]}}]"#,
    ),
    (
        Tolerance::BOOLEAN_FORM,
        Some(Action::GetConfiguration),
        r#"[3,"1",{"configurationKey":[{"key":"a","readonly":0}]}]"#,
        "/configurationKey/0/readonly",
        r#"[3,"1",{"configurationKey":[{"key":"a","readonly":false}]}]"#,
    ),
    (
        Tolerance::MEMBER_ALIAS,
        Some(Action::BootNotification),
        r#"[3,"1",{"status":"Accepted","currentTime":"2025-06-01T07:15:30Z","heartbeatInterval":300}]"#,
        "/heartbeatInterval",
        r#"[3,"1",{"status":"Accepted","currentTime":"2025-06-01T07:15:30Z","interval":300}]"#,
    ),
    (
        Tolerance::UNKNOWN_LITERAL,
        Some(Action::UnlockConnector),
        r#"[3,"1",{"status":"Accepted"}]"#,
        "/status",
        r#"[3,"1",{"status":"Accepted"}]"#,
    ),
    (
        Tolerance::MESSAGE_TYPE_FORM,
        None,
        r#"[2.0,"1","Heartbeat",{}]"#,
        "",
        r#"[2,"1","Heartbeat",{}]"#,
    ),
    (
        Tolerance::REJECTED_REST,
        Some(Action::GetCompositeSchedule),
        r#"[3,"1",{"status":"Rejected","connectorId":0,"scheduleStart":"0"}]"#,
        "",
        r#"[3,"1",{"status":"Rejected"}]"#,
    ),
];

fn read(
    text: &'static str,
    action: Option<Action>,
    tolerance: Tolerance,
) -> Option<Tolerated<Message<'static>>> {
    Message::parse_with(text, |_| action, tolerance).ok()
}

fn written(message: &Message<'_>) -> String {
    let mut out = String::new();
    match message {
        Message::Call { id, request } => request.encode_call_unchecked(id, &mut out),
        Message::CallResult { id, response } => response.encode_result_unchecked(id, &mut out),
        Message::CallError(error) => error.encode_unchecked(&mut out),
        other => unreachable!("{other:?}"),
    }
    out
}

#[test]
fn each_rule_is_needed_and_enough() {
    for (rule, action, text, path, expected) in CASES {
        assert_eq!(
            read(text, *action, Tolerance::STRICT),
            None,
            "strict {text}"
        );
        // An alias would be kept as an unknown word.
        let others = Tolerance::LENIENT.difference(*rule | Tolerance::UNKNOWN_LITERAL);
        assert_eq!(read(text, *action, others), None, "without {rule:?} {text}");
        for tolerance in [*rule, Tolerance::LENIENT] {
            let read = read(text, *action, tolerance);
            let read = read.unwrap_or_else(|| panic!("with {rule:?} {text}"));
            let deviations: Vec<_> = read
                .deviations
                .iter()
                .map(|it| (it.rule, it.path.as_str()))
                .collect();
            assert_eq!(deviations, [(*rule, *path)], "{text}");
            assert_eq!(written(&read.value), *expected);
        }
    }
}

/// What stations and back ends send, and the rules that it takes, in the order of the places.
const FIELD: &[(Option<Action>, &str, &[Tolerance])] = &[
    // boot members beyond their length, an empty vendor, empty numbers of a SIM card
    (
        None,
        r#"[2,"1","BootNotification",{"chargePointVendor":"","chargePointModel":"A model with 23 letters","chargePointSerialNumber":"012345678901234567890123456789012","iccid":"","imsi":null}]"#,
        &[
            Tolerance::LONG_TEXT,
            Tolerance::LONG_TEXT,
            Tolerance::NULL_MEMBER,
        ],
    ),
    (
        Some(Action::BootNotification),
        r#"[3,"1",{"status":"ACCEPTED","currentTime":"2025-06-01T07:15:30+0200","interval":"300"}]"#,
        &[
            Tolerance::LITERAL_CASE,
            Tolerance::TIME_FORM,
            Tolerance::NUMBER_AS_TEXT,
        ],
    ),
    // times
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2025-06-01T07:15:30,25"}]"#,
        &[Tolerance::TIME_FORM],
    ),
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"20250601T071530+02"}]"#,
        &[Tolerance::TIME_FORM],
    ),
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"2025-06-01T07:15Z"}]"#,
        &[Tolerance::TIME_FORM],
    ),
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":""}]"#,
        &[Tolerance::EMPTY_MEMBER],
    ),
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Available","timestamp":"0001-01-01T00:00:00Z"}]"#,
        &[],
    ),
    // a status of OCPP 1.5, an error that is not in the list, an empty one
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"","status":"Occupied"}]"#,
        &[Tolerance::EMPTY_MEMBER, Tolerance::UNKNOWN_LITERAL],
    ),
    (
        None,
        r#"[2,"1","StatusNotification",{"connectorId":1,"errorCode":"Mode3Error","status":"suspendedEv"}]"#,
        &[Tolerance::UNKNOWN_LITERAL, Tolerance::LITERAL_CASE],
    ),
    // numbers as text, whole numbers with a point, fractions of a Wh
    (
        None,
        r#"[2,"1","StartTransaction",{"connectorId":"1","idTag":"x","meterStart":"5","reservationId":"","timestamp":"2025-06-01T07:15:30Z"}]"#,
        &[
            Tolerance::NUMBER_AS_TEXT,
            Tolerance::NUMBER_AS_TEXT,
            Tolerance::EMPTY_MEMBER,
        ],
    ),
    (
        None,
        r#"[2,"1","StartTransaction",{"connectorId":1.0,"idTag":"x","meterStart":1234.56,"timestamp":"2025-06-01T07:15:30Z"}]"#,
        &[Tolerance::INTEGER_FORM, Tolerance::METER_FRACTION],
    ),
    (
        Some(Action::StartTransaction),
        r#"[3,"1",{"idTagInfo":{"status":"Accepted","expiryDate":null,"parentIdTag":null},"transactionId":"1700000000000","status":"Accepted"}]"#,
        &[
            Tolerance::NULL_MEMBER,
            Tolerance::NULL_MEMBER,
            Tolerance::NUMBER_AS_TEXT,
            Tolerance::ADDITIONAL_MEMBER,
        ],
    ),
    // the end of a transaction
    (
        None,
        r#"[2,"1","StopTransaction",{"meterStop":9,"timestamp":"2025-06-01T07:15:30Z","transactionId":-1,"reason":"","idTag":null,"transactionData":null}]"#,
        &[
            Tolerance::EMPTY_MEMBER,
            Tolerance::NULL_MEMBER,
            Tolerance::NULL_MEMBER,
        ],
    ),
    (
        None,
        r#"[2,"1","StopTransaction",{"meterStop":9,"timestamp":"2025-06-01T07:15:30Z","transactionId":1,"reason":"EnergyLimitReached","transactionData":[{"timestamp":"2025-06-01T07:15:30Z","sampledValue":[{"value":"1","unit":"Celsius"}]}]}]"#,
        &[Tolerance::UNKNOWN_LITERAL, Tolerance::ERRATA],
    ),
    (
        Some(Action::StopTransaction),
        r#"[3,"1",{"idTagInfo":null}]"#,
        &[Tolerance::NULL_MEMBER],
    ),
    // sampled values
    (
        None,
        r#"[2,"1","MeterValues",{"connectorId":0,"transactionId":null,"meterValue":[{"timestamp":"2025-06-01T07:15:30Z","sampledValue":[{"value":1.50,"context":"","unit":"KWH","location":"Roof","phase":"L1N","measurand":"Power.Active.Import.L3-N"}]}]}]"#,
        &[
            Tolerance::NULL_MEMBER,
            Tolerance::TEXT_AS_NUMBER,
            Tolerance::EMPTY_MEMBER,
            Tolerance::LITERAL_CASE,
            Tolerance::UNKNOWN_LITERAL,
            Tolerance::LITERAL_ALIAS,
            Tolerance::PHASE_IN_MEASURAND,
        ],
    ),
    (
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:15:30Z"}]}]"#,
        &[Tolerance::MISSING_LIST],
    ),
    (
        None,
        r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2025-06-01T07:15:30Z","sampledValue":[{"value":"","unit":"%"},{"value":"nan"},{"value":"1,5"},{"value":" 7 ","measurand":"Leakage","context":"Sample.Other"}]}]}]"#,
        &[
            Tolerance::LITERAL_ALIAS,
            Tolerance::UNKNOWN_LITERAL,
            Tolerance::UNKNOWN_LITERAL,
        ],
    ),
    // configuration
    (
        Some(Action::GetConfiguration),
        r#"[3,"1",{"configurationKey":[{"key":"a","readonly":"true","value":true},{"key":"b","value":null}],"unknownKey":null}]"#,
        &[
            Tolerance::BOOLEAN_FORM,
            Tolerance::TEXT_AS_NUMBER,
            Tolerance::NULL_MEMBER,
            Tolerance::MISSING_MEMBER,
            Tolerance::NULL_MEMBER,
        ],
    ),
    // smart charging
    (
        Some(Action::GetCompositeSchedule),
        r#"[3,"1",{"status":"Rejected","scheduleStart":"0","chargingSchedule":{}}]"#,
        &[Tolerance::REJECTED_REST],
    ),
    (
        Some(Action::GetCompositeSchedule),
        r#"[3,"1",{"status":"Accepted","chargingSchedule":{"chargingRateUnit":"a","minChargingRate":6.0999999046,"chargingSchedulePeriod":[{"startPeriod":0,"limit":"16.0","numberPhases":null}]}}]"#,
        &[
            Tolerance::LITERAL_CASE,
            Tolerance::FLOAT_NOISE,
            Tolerance::NUMBER_AS_TEXT,
            Tolerance::NULL_MEMBER,
        ],
    ),
    // frames
    (
        None,
        "[\n  2,\n  17,\n  \"Heartbeat\",\n  {}\n]\n",
        &[Tolerance::NUMERIC_ID],
    ),
    (
        None,
        r#"[4,"1","OccurrenceConstraintViolation",null,null]"#,
        &[
            Tolerance::UNKNOWN_ERROR_CODE,
            Tolerance::ERROR_PARTS,
            Tolerance::ERROR_PARTS,
        ],
    ),
    (
        None,
        r#"[4,"1","","x"]"#,
        &[Tolerance::ERROR_PARTS, Tolerance::UNKNOWN_ERROR_CODE],
    ),
];

#[test]
fn what_the_field_sends_is_taken_by_the_rules_that_it_needs() {
    for (action, text, rules) in FIELD {
        let read = read(text, *action, Tolerance::LENIENT);
        let read = read.unwrap_or_else(|| panic!("{text}"));
        let found: Vec<_> = read.deviations.iter().map(|it| it.rule.name()).collect();
        let mut expected: Vec<_> = rules.iter().map(|rule| rule.name()).collect();
        let mut sorted = found.clone();
        sorted.sort_unstable();
        expected.sort_unstable();
        assert_eq!(sorted, expected, "{text}");
        // Each of them is needed; a word in another form would be kept as an unknown one.
        for rule in *rules {
            let others = Tolerance::LENIENT.difference(*rule | Tolerance::UNKNOWN_LITERAL);
            assert!(
                Message::parse_with(text, |_| *action, others).is_err(),
                "{rule:?} {text}"
            );
        }
    }
}

#[test]
fn every_rule_has_a_case() {
    let shown = CASES
        .iter()
        .fold(Tolerance::STRICT, |all, case| all | case.0);
    assert_eq!(shown, Tolerance::LENIENT);
}

#[test]
fn what_was_bent_reads_the_same_again() {
    for (_, action, text, _, _) in CASES {
        let first = read(text, *action, Tolerance::LENIENT).expect("tolerated");
        let written = written(&first.value);
        let again = Message::parse_with(&written, |_| *action, Tolerance::LENIENT);
        assert_eq!(again.expect("tolerated").value, first.value, "{text}");
    }
}

#[test]
fn what_asks_for_something_is_not_guessed() {
    for text in [
        r#"[2,"1","Reset",{"type":"Gently"}]"#,
        r#"[2,"1","ClearChargingProfile",{"chargingProfilePurpose":"ChargingStationMaxProfile"}]"#,
        r#"[2,"1","MeterValues",{"connectorId":1,"values":[{"value":"1"}]}]"#,
        r#"[2,"1","Authorize",{"IdTag":"x"}]"#,
        r#"[2,"1","Authorize",{"idTag":12}]"#,
        r#"[2,"1","UnlockConnector",{"connectorId":1.5}]"#,
        r#"[2,"1","Heartbeat",[]]"#,
        r#"[2,"1","Heartbeat"]"#,
        r#"[5,"1","Heartbeat",{}]"#,
    ] {
        assert_eq!(read(text, None, Tolerance::LENIENT), None, "{text}");
    }
}

#[test]
fn only_the_noise_of_floats_is_rounded() {
    let profile = |limit: &str| {
        format!(
            r#"[3,"1",{{"status":"Accepted","chargingSchedule":{{"chargingRateUnit":"A","chargingSchedulePeriod":[{{"startPeriod":0,"limit":{limit}}}]}}}}]"#
        )
    };
    for (limit, is_taken) in [
        ("6.100000381469727", true),
        ("6.1000004", true),
        ("6.0999999", true),
        ("6.099999904632568", true),
        ("6.100000381", true),
        ("8.100000000000001", true),
        ("31.999999999999996", true),
        ("16.05", false),
        ("6.1001", false),
        ("10.0000001", false),
        ("0.00000001", false),
    ] {
        let text = profile(limit);
        let action = Some(Action::GetCompositeSchedule);
        let read = Message::parse_with(&text, |_| action, Tolerance::LENIENT);
        assert_eq!(read.is_ok(), is_taken, "{limit}");
    }
}

#[test]
fn a_word_of_the_errata_sheet_needs_its_rule_in_any_spelling() {
    for unit in ["Hertz", "hertz", "Hz"] {
        let text = format!(
            r#"[2,"1","MeterValues",{{"connectorId":1,"meterValue":[{{"timestamp":"2025-06-01T07:30:00Z","sampledValue":[{{"value":"50","unit":"{unit}"}}]}}]}}]"#
        );
        let spelling = Tolerance::LITERAL_CASE | Tolerance::LITERAL_ALIAS;
        for (tolerance, is_taken) in [(spelling, false), (spelling | Tolerance::ERRATA, true)] {
            let read = Message::parse_with(&text, |_| None, tolerance);
            assert_eq!(read.is_ok(), is_taken, "{unit} with {tolerance:?}");
        }
    }
}
