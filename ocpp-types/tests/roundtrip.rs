//! What is built is read back, whoever owns its texts.

#![allow(clippy::expect_used, clippy::panic, clippy::unreachable)]

extern crate alloc;

use alloc::borrow::Cow;

use ocpp_types::messages::{
    BootNotificationRequest, GetConfigurationResponse, KeyValue, MeterValuesRequest,
    SetChargingProfileRequest,
};
use ocpp_types::types::{
    ChargingProfile, ChargingProfileKind, ChargingProfilePurpose, ChargingRateUnit,
    ChargingSchedule, ChargingSchedulePeriod, CiString, DateTime, Limit, LongText, Measurand,
    MeterValue, Phase, ReadingContext, SampledValue, UnitOfMeasure,
};
use ocpp_types::{Action, Message, MessageId, Operation, Payload, RawPayload, Request, Response};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

fn text<const MAX: usize>() -> impl Strategy<Value = CiString<'static, MAX>> {
    let text = prop_oneof!["[ -~]{0,20}", "\\PC{0,20}", "[\u{0}-\u{1f}\"\\\\/]{0,5}"];
    text.prop_filter_map("short enough", |text| CiString::new(text).ok())
}

fn time() -> impl Strategy<Value = DateTime<'static>> {
    (0..=253_402_300_799_999_i64)
        .prop_filter_map("a year of four digits", DateTime::from_unix_millis)
}

fn sampled_value() -> impl Strategy<Value = SampledValue<'static>> {
    (
        "\\PC{0,12}",
        option::of(select(ReadingContext::ALL)),
        option::of(select(Measurand::ALL)),
        option::of(select(Phase::ALL)),
        option::of(select(UnitOfMeasure::ALL)),
    )
        .prop_map(|(value, context, measurand, phase, unit)| SampledValue {
            context,
            measurand,
            phase,
            unit,
            ..SampledValue::new(LongText::unchecked(value))
        })
}

fn profile() -> impl Strategy<Value = ChargingProfile<'static>> {
    let period = (
        any::<i64>(),
        -9999..9999_i64,
        option::of(1..=3_i64),
        any::<bool>(),
    );
    let period = period.prop_map(|(start_period, limit, number_phases, is_whole)| {
        let whole = Limit::from_whole(i32::try_from(limit).expect("a small number"));
        ChargingSchedulePeriod {
            start_period,
            limit: if is_whole {
                whole
            } else {
                Limit::from_tenths(limit)
            },
            number_phases,
        }
    });
    let profile = (
        any::<i64>(),
        select(ChargingProfilePurpose::ALL),
        select(ChargingProfileKind::ALL),
        option::of(time()),
        select(ChargingRateUnit::ALL),
        vec(period, 0..9),
    );
    profile.prop_map(|(id, purpose, kind, start, unit, periods)| {
        let mut schedule = ChargingSchedule::new(unit, periods);
        schedule.start_schedule = start;
        ChargingProfile::new(id, 0, purpose, kind, schedule)
    })
}

/// Writes the request, reads it back, and reads it as a payload alone.
fn check<'a>(request: impl Operation<'a> + Into<Request<'a>> + Clone) -> Result<(), TestCaseError> {
    let id = MessageId::new("a \"quoted\" id").expect("a short id");
    let mut out = String::new();
    prop_assert_eq!(request.encode_call(&id, &mut out), Ok(()));
    let request: Request<'_> = request.into();
    let mut same = String::new();
    prop_assert_eq!(request.encode_call(&id, &mut same), Ok(()));
    prop_assert_eq!(&out, &same);
    let message = Message::parse(&out, |_| None).expect("what was written");
    let Message::Call {
        id: read_id,
        request: read,
    } = message
    else {
        unreachable!("a CALL");
    };
    prop_assert_eq!(read_id, id);
    prop_assert_eq!(&read, &request);
    prop_assert_eq!(&read.into_owned(), &request);

    let mut payload = String::new();
    prop_assert_eq!(request.encode_payload(&mut payload), Ok(()));
    let read = Request::decode(request.action(), RawPayload::new(&payload));
    prop_assert_eq!(read.as_ref(), Ok(&request));
    Ok(())
}

proptest! {
    #[test]
    fn boot_notifications(vendor in text(), model in text(), serial in option::of(text())) {
        let mut request = BootNotificationRequest::new(vendor, model);
        request.charge_box_serial_number = serial;
        check(request)?;
    }

    #[test]
    fn meter_values(
        connector_id: i64,
        transaction_id in option::of(any::<i64>()),
        values in vec((time(), vec(sampled_value(), 0..5)), 0..4),
    ) {
        let values = values.into_iter().map(|(timestamp, sampled_value)| MeterValue {
            timestamp,
            sampled_value,
        });
        check(MeterValuesRequest { connector_id, transaction_id, meter_value: values.collect() })?;
    }

    #[test]
    fn charging_profiles(connector_id: i64, cs_charging_profiles in profile()) {
        check(SetChargingProfileRequest { connector_id, cs_charging_profiles })?;
    }

    #[test]
    fn answers(keys in vec((text(), any::<bool>(), option::of(text())), 0..9)) {
        let keys = keys.into_iter().map(|(key, readonly, value)| KeyValue { key, readonly, value });
        let response = GetConfigurationResponse {
            configuration_key: Some(keys.collect()),
            unknown_key: None,
        };
        let mut payload = String::new();
        prop_assert_eq!(response.encode_payload(&mut payload), Ok(()));
        let read = GetConfigurationResponse::decode(RawPayload::new(&payload));
        prop_assert_eq!(read.as_ref(), Ok(&response));
        let read = Response::decode(Action::GetConfiguration, RawPayload::new(&payload));
        prop_assert_eq!(read, Ok(Response::from(response)));
    }

    #[cfg(feature = "serde")]
    #[test]
    fn the_serde_form_is_that_of_the_schemas(connector_id: i64, profile in profile()) {
        let request = SetChargingProfileRequest { connector_id, cs_charging_profiles: profile };
        let mut payload = String::new();
        prop_assert_eq!(request.encode_payload(&mut payload), Ok(()));
        prop_assert_eq!(&serde_json::to_string(&request)?, &payload);
        let read: SetChargingProfileRequest<'_> = serde_json::from_str(&payload)?;
        prop_assert_eq!(read, request);
    }
}

#[cfg(feature = "serde")]
#[test]
fn requests_and_responses_stand_under_their_action() {
    let json = r#"{"Authorize":{"idTag":"0A1B"}}"#;
    let request: Request<'_> = serde_json::from_str(json).expect("a request");
    let Request::Authorize(authorize) = &request else {
        unreachable!("another action");
    };
    assert_eq!(authorize.id_tag, "0A1B");
    assert_eq!(serde_json::to_string(&request).expect("JSON"), json);

    let json = r#"{"ClearCache":{"status":"Accepted"}}"#;
    let response: Response<'_> = serde_json::from_str(json).expect("a response");
    assert_eq!(response.action(), Action::ClearCache);
    assert_eq!(serde_json::to_string(&response).expect("JSON"), json);

    for json in [
        r#"{"Authorise":{}}"#,
        r#"{"Authorize":{}}"#,
        "{}",
        "\"Heartbeat\"",
    ] {
        assert!(serde_json::from_str::<Request<'_>>(json).is_err(), "{json}");
    }
}

#[cfg(feature = "serde")]
#[test]
fn an_action_is_its_name() {
    for action in Action::ALL {
        let json = serde_json::to_string(action).expect("JSON");
        assert_eq!(json, format!("\"{action}\""));
        assert_eq!(serde_json::from_str::<Action>(&json).ok(), Some(*action));
    }
    assert!(serde_json::from_str::<Action>("\"heartbeat\"").is_err());
}

#[cfg(feature = "serde")]
#[test]
fn the_serde_form_borrows_and_is_closed() {
    use ocpp_types::messages::AuthorizeRequest;

    let json = String::from(r#"{"idTag":"0A1B"}"#);
    let request: AuthorizeRequest<'_> = serde_json::from_str(&json).expect("a valid payload");
    let borrowed = matches!(request.id_tag.into_inner(), Cow::Borrowed("0A1B"));
    assert!(borrowed);
    for json in [
        "{}",
        r#"{"idTag":"0A1B","more":1}"#,
        r#"{"idTag":null}"#,
        r#"{"idTag":"ABCDEFGHIJKLMNOPQRSTU"}"#,
    ] {
        assert!(
            serde_json::from_str::<AuthorizeRequest<'_>>(json).is_err(),
            "{json}"
        );
    }
}

#[test]
fn reading_borrows() {
    let text = String::from(r#"[2,"1","Authorize",{"idTag":"0A1B"}]"#);
    let Ok(Message::Call {
        request: Request::Authorize(request),
        ..
    }) = Message::parse(&text, |_| None)
    else {
        unreachable!("a CALL");
    };
    let borrowed = matches!(request.id_tag.into_inner(), Cow::Borrowed("0A1B"));
    assert!(borrowed);
}
