//! Reading asks for memory once a list, writing into a used buffer never.

#![allow(clippy::expect_used, clippy::panic, clippy::unreachable)]

use core::hint::black_box;

use allocation_counter::measure;
use ocpp_types::{Action, Message};

/// A valid CALL with texts, words, times, numbers, and as many lists as said.
const CALLS: &[(&str, u64)] = &[
    (r#"[2,"1","Heartbeat",{}]"#, 0),
    (r#"[2,"1","Heartbeat",null]"#, 0),
    (r#"[2,"1","Authorize",{"idTag":"0A1B2C3D4E5F60"}]"#, 0),
    (
        concat!(
            r#"[2,"1","BootNotification",{"chargePointVendor":"A Vendor","chargePointModel":"M","#,
            r#""chargePointSerialNumber":"1","chargeBoxSerialNumber":"2","firmwareVersion":"3","#,
            r#""iccid":"4","imsi":"5","meterType":"6","meterSerialNumber":"7"}]"#
        ),
        0,
    ),
    (
        concat!(
            r#"[2,"1","StartTransaction",{"connectorId":1,"idTag":"0A1B2C3D","meterStart":123,"#,
            r#""reservationId":-1,"timestamp":"2025-06-01T07:15:30.250+02:00"}]"#
        ),
        0,
    ),
    (
        r#"[2,"1","StatusNotification",{"connectorId":0,"errorCode":"NoError","status":"Faulted"}]"#,
        0,
    ),
    (
        concat!(
            r#"[2,"1","SetChargingProfile",{"connectorId":0,"csChargingProfiles":{"#,
            r#""chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","#,
            r#""chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A","#,
            r#""chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0},{"startPeriod":60,"#,
            r#""limit":8.1},{"startPeriod":90,"limit":6},{"startPeriod":99,"limit":0},"#,
            r#"{"startPeriod":100,"limit":32.0,"numberPhases":1}]}}}]"#
        ),
        1,
    ),
    (
        concat!(
            r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"#,
            r#""2025-06-01T07:30:00Z","sampledValue":[{"value":"1"},{"value":"2"},{"value":"3"},"#,
            r#"{"value":"4","unit":"V"},{"value":"5"},{"value":"6"},{"value":"7"}]},{"timestamp":"#,
            r#""2025-06-01T07:31:00Z","sampledValue":[{"value":"1"}]},{"timestamp":"#,
            r#""2025-06-01T07:32:00Z","sampledValue":[]}]}]"#
        ),
        3,
    ),
    (
        r#"[2,"1","GetConfiguration",{"key":["a","b","c","d","e","f","g","h","i"]}]"#,
        1,
    ),
    (
        concat!(
            r#"[2,"1","SendLocalList",{"listVersion":2,"updateType":"Full","#,
            r#""localAuthorizationList":[{"idTag":"a","idTagInfo":{"status":"Accepted"}},"#,
            r#"{"idTag":"b"},{"idTag":"c"},{"idTag":"d"},{"idTag":"e"},{"idTag":"f"}]}]"#
        ),
        1,
    ),
];

#[test]
fn reading_allocates_once_a_list() {
    for (text, lists) in CALLS {
        let mut calls = 0;
        let allocations = measure(|| {
            let message = Message::parse(black_box(text), |_| None).expect("a valid frame");
            calls += u64::from(matches!(black_box(message), Message::Call { .. }));
        });
        assert_eq!((calls, allocations.count_total), (1, *lists), "{text}");
    }
}

#[test]
fn tolerance_costs_nothing_where_it_is_not_needed() {
    for (text, lists) in CALLS {
        let allocations = measure(|| {
            let all = ocpp_types::Tolerance::LENIENT;
            let read = Message::parse_with(black_box(text), |_| None, all).expect("a valid frame");
            assert!(black_box(read).deviations.is_empty());
        });
        assert_eq!(allocations.count_total, *lists, "{text}");
    }
}

#[test]
fn responses_allocate_once_a_list() {
    let text = concat!(
        r#"[3,"1",{"configurationKey":[{"key":"a","readonly":true,"value":"1"},"#,
        r#"{"key":"b","readonly":false}],"unknownKey":["c","d"]}]"#
    );
    let allocations = measure(|| {
        let pending = |_: &_| Some(Action::GetConfiguration);
        let message = Message::parse(black_box(text), pending).expect("a valid frame");
        assert!(matches!(black_box(message), Message::CallResult { .. }));
    });
    assert_eq!(allocations.count_total, 2);
}

#[test]
fn writing_into_a_used_buffer_does_not_allocate() {
    let mut out = String::with_capacity(1024);
    for (text, _) in CALLS {
        let Ok(Message::Call { id, request }) = Message::parse(text, |_| None) else {
            unreachable!("a valid CALL");
        };
        let allocations = measure(|| {
            out.clear();
            black_box(&request)
                .encode_call(&id, &mut out)
                .expect("a valid message");
        });
        assert_eq!(allocations.count_total, 0, "{text}");
        assert!(out.starts_with("[2,\"1\""), "{out}");
    }
}
