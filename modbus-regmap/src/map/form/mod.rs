//! Maps as text: the form of map files, in TOML, JSON or any other format of serde.
//!
//! `MAPS.md` of the crate, which the documentation has as `map::guide`, describes every key.

mod read;
mod write;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use meter_units::Decimal;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::device::{AddressRange, Verified};
use super::{RegisterMap, SerialSettings};

/// A map file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct MapForm {
    device: DeviceForm,
    #[serde(alias = "registers", default)]
    register: Vec<RegisterForm>,
}

/// The table `device`.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DeviceForm {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    vendor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_function: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_word_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address_convention: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "text")]
    default_serial: Option<SerialSettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_registers_per_read: Option<u16>,
    #[serde(skip_serializing_if = "is_zero")]
    max_gap: u16,
    #[serde(skip_serializing_if = "is_false")]
    even_register_count_only: bool,
    #[serde(skip_serializing_if = "is_false")]
    even_address_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    values_must_not_be_split: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forbidden: Vec<AddressRange>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pause: Option<NumberText>,
    #[serde(skip_serializing_if = "is_false")]
    relative_addresses: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    sunspec_length: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "text")]
    verified: Option<Verified>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registers_confirmed_by_two_sources: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

/// One table `register`.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RegisterForm {
    name: String,
    address: NumberText,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alt_function: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    medium: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    direction: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistic: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    span: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tariff: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    storage: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subunit: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bit: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bit_numbering: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    low_bit: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    word_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byte_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale: Option<NumberText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    divisor: Option<NumberText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<NumberText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rounding: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not_available: Option<NumberText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scale_register: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_register: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit_codes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    access: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    conflicts: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubt: Option<String>,
    // a table comes after the plain values, as TOML wants it
    #[serde(rename = "enum", skip_serializing_if = "LabelForm::is_empty")]
    labels: LabelForm,
}

/// A value as text; core's own way panics where a text cannot be written, which one in memory can.
fn shown(value: impl fmt::Display) -> String {
    let mut text = String::new();
    match fmt::write(&mut text, format_args!("{value}")) {
        Ok(()) => text,
        Err(_) => String::new(),
    }
}

/// Writes a value as the text that it shows, which is made first: formats that write it piece by
/// piece can panic.
#[expect(clippy::ref_option, reason = "serde calls it so")]
fn text<T: fmt::Display, S: Serializer>(
    value: &Option<T>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    value.as_ref().map(shown).serialize(serializer)
}

/// The names of states by their codes, in the order of the file.
#[derive(Default)]
struct LabelForm(Vec<(String, String)>);

impl LabelForm {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for LabelForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(code, label)| (code, label)))
    }
}

impl<'de> Deserialize<'de> for LabelForm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(AnyLabels)
    }
}

struct AnyLabels;

impl<'de> Visitor<'de> for AnyLabels {
    type Value = LabelForm;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("names of states by their codes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<LabelForm, A::Error> {
        let mut labels = Vec::new();
        while let Some(label) = map.next_entry()? {
            labels.push(label);
        }
        Ok(LabelForm(labels))
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_zero(count: &u16) -> bool {
    *count == 0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// A number as text, so that no digit depends on the floats of a format: `"0.001"`.
///
/// Numbers are read too; of a float the shortest decimal counts, which is what its author wrote.
#[derive(Default)]
struct NumberText(String);

impl Serialize for NumberText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u32>() {
            Ok(number) if shown(number) == self.0 => serializer.serialize_u32(number),
            _ => serializer.serialize_str(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for NumberText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyNumber)
    }
}

struct AnyNumber;

impl Visitor<'_> for AnyNumber {
    type Value = NumberText;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or one as text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<NumberText, E> {
        Ok(NumberText(text.into()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<NumberText, E> {
        Ok(NumberText(shown(number)))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<NumberText, E> {
        Ok(NumberText(shown(number)))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<NumberText, E> {
        if number.is_nan() {
            return Ok(NumberText("NaN".into()));
        }
        Decimal::try_from_f64_shortest(number)
            .map(|decimal| NumberText(shown(decimal)))
            .map_err(E::custom)
    }
}

/// Writes the form that `Deserialize` reads. In files `scale` stays text.
impl Serialize for RegisterMap<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::map(self).serialize(serializer)
    }
}

/// Reads a map file and checks it as [`RegisterMap::new`] does.
///
/// Unknown keys are refused, so that a misspelled one is not overlooked.
impl<'de> Deserialize<'de> for RegisterMap<'static> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let form = MapForm::deserialize(deserializer)?;
        let (device, registers) = read::parts(form).map_err(D::Error::custom)?;
        Self::from_parts(device, registers).map_err(D::Error::custom)
    }
}
