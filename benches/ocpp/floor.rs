//! What is hard to beat: structs that borrow everything, read and written by serde_json, with
//! nothing checked but the types of JSON.

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeTuple, Serializer};

/// A CALL: `[2, id, action, payload]`.
pub(crate) struct Call<'a> {
    id: &'a str,
    payload: Payload<'a>,
}

enum Payload<'a> {
    Authorize(Authorize<'a>),
    BootNotification(BootNotification<'a>),
    MeterValues(MeterValues<'a>),
    StartTransaction(StartTransaction<'a>),
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct Authorize<'a> {
    id_tag: &'a str,
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct BootNotification<'a> {
    charge_point_vendor: &'a str,
    charge_point_model: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    charge_point_serial_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    charge_box_serial_number: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firmware_version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    iccid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    imsi: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meter_type: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meter_serial_number: Option<&'a str>,
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct MeterValues<'a> {
    connector_id: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_id: Option<i64>,
    #[serde(borrow)]
    meter_value: Vec<MeterValue<'a>>,
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct MeterValue<'a> {
    timestamp: &'a str,
    #[serde(borrow)]
    sampled_value: Vec<SampledValue<'a>>,
}

#[derive(serde::Deserialize, serde::Serialize)]
struct SampledValue<'a> {
    value: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measurand: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
}

#[derive(serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "camelCase")]
struct StartTransaction<'a> {
    connector_id: i64,
    id_tag: &'a str,
    meter_start: i64,
    timestamp: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reservation_id: Option<i64>,
}

impl<'a> Call<'a> {
    pub(crate) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Call<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(4, Frame)
    }
}

struct Frame;

impl<'de> Visitor<'de> for Frame {
    type Value = Call<'de>;

    fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("a CALL")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Call<'de>, A::Error> {
        let missing = || A::Error::custom("an element is missing");
        if seq.next_element::<u8>()?.ok_or_else(missing)? != 2 {
            return Err(A::Error::custom("no CALL"));
        }
        let id = seq.next_element()?.ok_or_else(missing)?;
        let action: &str = seq.next_element()?.ok_or_else(missing)?;
        let payload = match action {
            "Authorize" => Payload::Authorize(seq.next_element()?.ok_or_else(missing)?),
            "BootNotification" => {
                Payload::BootNotification(seq.next_element()?.ok_or_else(missing)?)
            }
            "MeterValues" => Payload::MeterValues(seq.next_element()?.ok_or_else(missing)?),
            "StartTransaction" => {
                Payload::StartTransaction(seq.next_element()?.ok_or_else(missing)?)
            }
            _ => return Err(A::Error::custom("unknown action")),
        };
        Ok(Call { id, payload })
    }
}

impl Serialize for Call<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tuple = serializer.serialize_tuple(4)?;
        tuple.serialize_element(&2_u8)?;
        tuple.serialize_element(self.id)?;
        match &self.payload {
            Payload::Authorize(payload) => {
                tuple.serialize_element("Authorize")?;
                tuple.serialize_element(payload)?;
            }
            Payload::BootNotification(payload) => {
                tuple.serialize_element("BootNotification")?;
                tuple.serialize_element(payload)?;
            }
            Payload::MeterValues(payload) => {
                tuple.serialize_element("MeterValues")?;
                tuple.serialize_element(payload)?;
            }
            Payload::StartTransaction(payload) => {
                tuple.serialize_element("StartTransaction")?;
                tuple.serialize_element(payload)?;
            }
        }
        tuple.end()
    }
}
