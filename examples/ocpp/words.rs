//! Messages in words.

use core::fmt::Write as _;

use meter_units::Phase;
use ocpp_types::messages::ChargePointErrorCode;
use ocpp_types::messages::{MeterValuesRequest, StatusNotificationRequest};
use ocpp_types::types::{ChargingProfile, ChargingSchedule, IdTagInfo, MeterValue};
use ocpp_types::{Action, Request, Response};
use serde_json::Value;

/// A call: its name, and what it says.
pub(crate) fn of_call(action: Action, words: &str) -> String {
    line(action.name(), "", words)
}

/// An answer, told apart from a call.
pub(crate) fn of_answer(action: Action, words: &str) -> String {
    line(action.name(), "✓", words)
}

pub(crate) fn line(name: &str, mark: &str, words: &str) -> String {
    let space = if mark.is_empty() { "" } else { " " };
    format!("{name:<22} {mark}{space}{words}")
        .trim_end()
        .to_owned()
}

pub(crate) fn of_request(request: &Request<'_>) -> String {
    match request {
        Request::Authorize(request) => format!("tag {}", request.id_tag),
        Request::BootNotification(request) => format!(
            "{} {}",
            request.charge_point_vendor, request.charge_point_model
        ),
        Request::StatusNotification(request) => of_status(request),
        Request::StartTransaction(request) => {
            let mut words = format!(
                "connector {}, tag {}, {} Wh",
                request.connector_id, request.id_tag, request.meter_start
            );
            append(&mut words, "reservation", request.reservation_id);
            words
        }
        Request::StopTransaction(request) => {
            let mut words = format!(
                "transaction {}, {} Wh",
                request.transaction_id, request.meter_stop
            );
            append(&mut words, "tag", request.id_tag.as_ref());
            append(&mut words, "reason", request.reason.as_ref());
            let values = request.transaction_data.iter().flatten();
            let _ = values
                .map(|value| write!(words, "; {}", of_values(value)))
                .count();
            words
        }
        Request::MeterValues(request) => of_meter_values(request),
        Request::RemoteStartTransaction(request) => {
            let mut words = format!("tag {}", request.id_tag);
            append(&mut words, "connector", request.connector_id);
            if let Some(profile) = &request.charging_profile {
                let _ = write!(words, ", {}", of_profile(profile));
            }
            words
        }
        Request::SetChargingProfile(request) => format!(
            "connector {}, {}",
            request.connector_id,
            of_profile(&request.cs_charging_profiles)
        ),
        other => {
            let mut payload = String::new();
            other.encode_payload_unchecked(&mut payload);
            of_json(&payload)
        }
    }
}

pub(crate) fn of_response(response: &Response<'_>) -> String {
    match response {
        Response::Authorize(response) => of_info(&response.id_tag_info),
        Response::BootNotification(response) => format!(
            "{}, {} s, it is {}",
            response.status, response.interval, response.current_time
        ),
        Response::Heartbeat(response) => format!("it is {}", response.current_time),
        Response::StartTransaction(response) => format!(
            "transaction {}, {}",
            response.transaction_id,
            of_info(&response.id_tag_info)
        ),
        Response::StopTransaction(response) => {
            let info = response.id_tag_info.as_ref();
            info.map(of_info).unwrap_or_default()
        }
        Response::GetCompositeSchedule(response) => {
            let mut words = response.status.to_string();
            append(&mut words, "from", response.schedule_start.as_ref());
            if let Some(schedule) = &response.charging_schedule {
                let _ = write!(words, ": {}", of_schedule(schedule));
            }
            words
        }
        Response::GetConfiguration(response) => {
            let keys = response.configuration_key.iter().flatten();
            let mut words: Vec<_> = keys
                .map(|key| {
                    let value = key.value.as_ref().map_or("", |value| value.as_str());
                    let mark = if key.readonly { ":" } else { "=" };
                    format!("{}{mark}{value}", key.key)
                })
                .collect();
            let unknown = response.unknown_key.iter().flatten();
            words.extend(unknown.map(|key| format!("{key} is unknown")));
            words.join(", ")
        }
        other => {
            let mut payload = String::new();
            other.encode_payload_unchecked(&mut payload);
            of_json(&payload)
        }
    }
}

fn of_status(request: &StatusNotificationRequest<'_>) -> String {
    let mut words = format!("connector {} {}", request.connector_id, request.status);
    if request.error_code != ChargePointErrorCode::NoError {
        let _ = write!(words, ", {}", request.error_code);
    }
    append(&mut words, "info", request.info.as_ref());
    words
}

fn of_meter_values(request: &MeterValuesRequest<'_>) -> String {
    let mut words = format!("connector {}", request.connector_id);
    append(&mut words, "transaction", request.transaction_id);
    for value in &request.meter_value {
        let _ = write!(words, "; {}", of_values(value));
    }
    words
}

/// The values in the words of all protocols: what is not said has its default.
fn of_values(value: &MeterValue<'_>) -> String {
    let readings = value.readings().map(|reading| {
        let channel = &reading.channel;
        let phase = match channel.phase {
            Phase::Total => String::new(),
            phase => format!(" {}", phase.to_string().to_uppercase()),
        };
        let words = format!(
            "{}{phase} {} {}",
            channel.quantity, reading.value, reading.unit
        );
        words.trim_end().to_owned()
    });
    readings.collect::<Vec<_>>().join(", ")
}

fn of_info(info: &IdTagInfo<'_>) -> String {
    let mut words = info.status.to_string();
    append(&mut words, "group", info.parent_id_tag.as_ref());
    append(&mut words, "until", info.expiry_date.as_ref());
    words
}

pub(crate) fn of_profile(profile: &ChargingProfile<'_>) -> String {
    let mut words = format!(
        "profile {} {} {} level {}",
        profile.charging_profile_id,
        profile.charging_profile_purpose,
        profile.charging_profile_kind,
        profile.stack_level
    );
    append(&mut words, "transaction", profile.transaction_id);
    append(
        &mut words,
        "from",
        profile.charging_schedule.start_schedule.as_ref(),
    );
    let _ = write!(words, ": {}", of_schedule(&profile.charging_schedule));
    words
}

fn of_schedule(schedule: &ChargingSchedule<'_>) -> String {
    let unit = &schedule.charging_rate_unit;
    let periods = schedule.charging_schedule_period.iter();
    let periods = periods.map(|period| match period.start_period {
        0 => format!("{} {unit}", period.limit),
        start => format!("{} {unit} after {start} s", period.limit),
    });
    let mut words = periods.collect::<Vec<_>>().join(", ");
    if let Some(duration) = schedule.duration {
        let _ = write!(words, ", for {duration} s");
    }
    words
}

fn append(words: &mut String, name: &str, value: Option<impl core::fmt::Display>) {
    if let Some(value) = value {
        let _ = write!(words, ", {name} {value}");
    }
}

/// The members of a message that has no words of its own.
fn of_json(payload: &str) -> String {
    let Ok(Value::Object(members)) = serde_json::from_str(payload) else {
        return payload.to_owned();
    };
    let words = members.iter().map(|(name, value)| match value {
        Value::String(text) if name == "status" => text.clone(),
        Value::String(text) => format!("{name} {text}"),
        value => format!("{name} {value}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use ocpp_types::Message;

    use super::*;

    #[test]
    fn values_have_their_defaults() {
        let text = r#"[2,"1","MeterValues",{"connectorId":1,"meterValue":[{"timestamp":"2026-05-06T08:00:00Z",
            "sampledValue":[{"value":"1200"},{"value":"16.1","measurand":"Current.Import","phase":"L1","unit":"A"}]}]}]"#;
        let Ok(Message::Call { request, .. }) = Message::parse(text, |_| None) else {
            panic!("no call");
        };
        let words = "connector 1; energy 1200 Wh, current L1 16.1 A";
        assert_eq!(of_request(&request), words);
    }

    #[test]
    fn what_has_no_words_shows_its_members() {
        assert_eq!(
            of_json(r#"{"a":[1],"status":"Accepted"}"#),
            "a [1], Accepted"
        );
        assert_eq!(of_json("{}"), "");
    }
}
