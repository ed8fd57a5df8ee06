//! What a telegram says, in the form that is printed.

use core::fmt::Display;

use mbus_proto::app::{ApplicationData, FixedData, Header};
use mbus_proto::meter_units::{Absent, Direction, Phase, Quantity, Reading, Value};
use mbus_proto::record::{Function, RecordKind};
use mbus_proto::{DecodeError, Record, Tolerance};
use serde::Serialize;

use super::shown::unit;
use super::source::Source;

/// One line of output.
#[derive(Serialize)]
pub(crate) struct Answer {
    pub(crate) ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    offset: Option<usize>,
    #[serde(flatten)]
    pub(crate) telegram: Option<Sound>,
}

/// A telegram whose frame and header are sound.
#[derive(Serialize)]
pub(crate) struct Sound {
    link: &'static str,
    pub(crate) frame: &'static str,
    pub(crate) control: Option<u8>,
    pub(crate) address: Option<u8>,
    pub(crate) ci: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) application_error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    application_error_code: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) selection: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) data: Option<String>,
    pub(crate) meter: Option<Meter>,
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub(crate) encrypted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) authentication: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) missing_format: Option<String>,
    pub(crate) records: Vec<Entry>,
    pub(crate) more: bool,
    pub(crate) deviations: Vec<String>,
}

/// What the header says of the meter.
#[derive(Serialize)]
pub(crate) struct Meter {
    pub(crate) id: Option<String>,
    pub(crate) manufacturer: Option<String>,
    pub(crate) version: Option<u8>,
    pub(crate) medium: Option<String>,
    medium_code: Option<u8>,
    pub(crate) access: Option<u8>,
    pub(crate) status: Option<u8>,
    security_mode: Option<u8>,
}

/// One record.
#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Entry {
    Record(Box<RecordEntry>),
    Error {
        error: String,
        kind: &'static str,
        offset: usize,
        bytes: String,
    },
}

/// A record that was understood.
#[derive(Serialize)]
pub(crate) struct RecordEntry {
    pub(crate) dif: String,
    pub(crate) vif: String,
    pub(crate) data: String,
    pub(crate) function: &'static str,
    pub(crate) storage: u64,
    pub(crate) tariff: u32,
    pub(crate) subunit: u16,
    pub(crate) quantity: &'static str,
    pub(crate) unit: String,
    pub(crate) value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) absent: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) direction: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) phase: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    modifiers: Vec<&'static str>,
    /// The modifiers that direction and phase do not say already.
    #[serde(skip)]
    pub(crate) more: Vec<&'static str>,
    #[serde(skip)]
    pub(crate) is_number: bool,
    /// It is an element of the profile whose record stands before it.
    #[serde(skip)]
    pub(crate) is_element: bool,
}

impl Answer {
    /// A line that could not be decoded.
    pub(crate) fn failed(kind: &'static str, error: &dyn Display, offset: usize) -> Self {
        Self {
            ok: false,
            error: Some(error.to_string()),
            kind: Some(kind),
            offset: Some(offset),
            telegram: None,
        }
    }

    pub(crate) fn new(telegram: &Source<'_>) -> Self {
        let mut records = telegram.records();
        let mut met = telegram.deviations();
        let mut entries = Vec::new();
        let mut failure: Option<DecodeError> = None;
        loop {
            let unread = records.remainder();
            let Some(record) = records.next() else { break };
            match record {
                Ok(record) => {
                    met.insert(record.deviations());
                    push_record(&record, telegram, &mut entries);
                }
                Err(error) => {
                    let left = records.remainder().len();
                    let len = if left < unread.len() {
                        unread.len() - left
                    } else {
                        left
                    };
                    entries.push(Entry::failed(error, unread.get(..len).unwrap_or_default()));
                    failure = failure.or(Some(error));
                }
            }
        }
        if let Some(ApplicationData::Fixed(fixed)) = telegram.application() {
            entries.extend(fixed_records(fixed));
        }
        let sound = Sound::new(telegram, entries, records.more_follow(), met);
        Self {
            ok: failure.is_none(),
            error: failure.map(|error| error.to_string()),
            kind: failure.map(|error| error.kind.name()),
            offset: failure.map(|error| error.offset),
            telegram: Some(sound),
        }
    }

    /// Adds what the next telegram of the same meter says.
    pub(crate) fn join(&mut self, next: Self) {
        self.ok &= next.ok;
        self.error = self.error.take().or(next.error);
        self.kind = self.kind.or(next.kind);
        self.offset = self.offset.or(next.offset);
        match (&mut self.telegram, next.telegram) {
            (Some(telegram), Some(next)) => {
                telegram.records.extend(next.records);
                telegram.more = next.more;
                telegram.deviations.extend(next.deviations);
                telegram.deviations.sort();
                telegram.deviations.dedup();
            }
            (none @ None, next) => *none = next,
            (Some(_), None) => {}
        }
    }
}

impl Sound {
    fn new(telegram: &Source<'_>, records: Vec<Entry>, more: bool, met: Tolerance) -> Self {
        let mut application_error = None;
        let mut application_error_code = None;
        let mut selection = None;
        let mut data = None;
        match telegram.application() {
            Some(ApplicationData::Error { error, .. }) => {
                application_error =
                    Some(error.map_or("unspecified error".to_owned(), |error| error.to_string()));
                application_error_code = Some(error.map_or(0, |error| error.code()));
            }
            Some(ApplicationData::Alarm { data: bytes, .. }) => data = Some(hex(bytes)),
            Some(ApplicationData::Reset { codes, .. }) => data = Some(hex(codes)),
            Some(ApplicationData::Selection { mask, .. }) => {
                selection = Some(mask.to_string());
                data = Some(hex(&mask.to_bytes()));
            }
            Some(
                ApplicationData::Other { data: bytes, .. }
                | ApplicationData::Compact { data: bytes, .. }
                | ApplicationData::Format { headers: bytes, .. }
                | ApplicationData::TimeSync { data: bytes, .. },
            ) => data = Some(hex(bytes)),
            _ => {}
        }
        Self {
            link: telegram.link(),
            frame: telegram.frame(),
            control: telegram.control().map(|control| control.code()),
            address: telegram.address(),
            ci: telegram.ci(),
            application_error,
            application_error_code,
            selection,
            data,
            meter: Meter::new(telegram),
            encrypted: telegram.is_encrypted(),
            authentication: telegram.authentication(),
            missing_format: telegram.missing_format(),
            records,
            more,
            deviations: met
                .iter_names()
                .map(|(name, _)| name.to_lowercase())
                .collect(),
        }
    }
}

impl Meter {
    fn new(telegram: &Source<'_>) -> Option<Self> {
        if let Some(ApplicationData::Fixed(fixed)) = telegram.application() {
            return Some(Self::of_fixed(fixed));
        }
        let header = telegram.header();
        let address = telegram.meter();
        if header == Header::None && address.is_none() {
            return None;
        }
        let medium = address.map(|address| address.medium);
        let configuration = header.configuration();
        Some(Self {
            id: address.map(|address| address.identification.to_string()),
            manufacturer: address.map(|address| address.manufacturer.to_string()),
            version: address.map(|address| address.version),
            medium: medium.map(|medium| medium.to_string()),
            medium_code: medium.map(|medium| medium.code()),
            access: telegram.access_number(),
            status: header.status().map(|status| status.bits()),
            security_mode: configuration.map(|field| field.security_mode().code()),
        })
    }

    fn of_fixed(fixed: &FixedData<'_>) -> Self {
        Self {
            id: Some(fixed.identification().to_string()),
            manufacturer: None,
            version: None,
            medium: Some(fixed.medium().to_string()),
            medium_code: Some(fixed.medium_code()),
            access: Some(fixed.access_number()),
            status: Some(fixed.status().bits()),
            security_mode: None,
        }
    }
}

/// A record, and the single readings of a profile behind it.
fn push_record(record: &Record<'_>, telegram: &Source<'_>, entries: &mut Vec<Entry>) {
    entries.push(Entry::Record(Box::new(RecordEntry::new(
        record,
        &record.reading(),
    ))));
    match record.profile() {
        None => {}
        Some(Ok(profile)) => {
            for reading in profile.readings(profile.base(telegram.records())) {
                let mut entry = RecordEntry::new(record, &reading);
                entry.storage = reading.channel.storage;
                entry.is_element = true;
                entries.push(Entry::Record(Box::new(entry)));
            }
        }
        Some(Err(error)) => entries.push(Entry::failed(error, record.data())),
    }
}

fn fixed_records(fixed: &FixedData<'_>) -> impl Iterator<Item = Entry> {
    fixed.counters().into_iter().map(|counter| {
        let reading = counter.reading();
        let data = counter.data().map(|data| hex(data)).unwrap_or_default();
        let (value, absent) = value(&reading.value);
        Entry::Record(Box::new(RecordEntry {
            dif: String::new(),
            vif: String::new(),
            data,
            function: Function::Instantaneous.name(),
            storage: reading.channel.storage,
            tariff: 0,
            subunit: 0,
            quantity: reading.channel.quantity.name(),
            unit: unit(reading.unit),
            value,
            absent,
            time: None,
            direction: None,
            phase: None,
            modifiers: Vec::new(),
            more: Vec::new(),
            is_number: reading.number().is_some(),
            is_element: false,
        }))
    })
}

impl Entry {
    fn failed(error: DecodeError, bytes: &[u8]) -> Self {
        Self::Error {
            error: error.to_string(),
            kind: error.kind.name(),
            offset: error.offset,
            bytes: hex(bytes),
        }
    }
}

impl RecordEntry {
    fn new(record: &Record<'_>, reading: &Reading<'_>) -> Self {
        let channel = &reading.channel;
        let is_block = matches!(
            record.kind(),
            RecordKind::Manufacturer | RecordKind::MoreFollow
        );
        let (value, absent) = value(&reading.value);
        let modifiers = record
            .combinables()
            .filter(|combinable| !combinable.is_scale_or_unit());
        let unit = match record.plain_text() {
            Some(text) if channel.quantity == Quantity::PlainText => text.to_string(),
            _ => unit(reading.unit),
        };
        Self {
            dif: hex(record.dib().as_bytes()),
            vif: hex(record.vib().as_bytes()),
            data: hex(record.data()),
            function: if is_block {
                "manufacturer"
            } else {
                record.function().name()
            },
            storage: if is_block { 0 } else { record.storage() },
            tariff: record.tariff(),
            subunit: record.subunit(),
            quantity: channel.quantity.name(),
            unit,
            value,
            absent,
            time: reading.time.map(|time| time.to_string()),
            direction: Some(channel.direction)
                .filter(|&direction| direction != Direction::None)
                .map(Direction::name),
            phase: Some(channel.phase)
                .filter(|&phase| phase != Phase::Total)
                .map(Phase::name),
            more: modifiers
                .clone()
                .filter(|combinable| !combinable.is_direction_or_phase())
                .filter_map(|combinable| combinable.name())
                .collect(),
            modifiers: modifiers
                .filter_map(|combinable| combinable.name())
                .collect(),
            is_number: matches!(reading.value, Value::Number(_) | Value::Flags(_)),
            is_element: false,
        }
    }
}

fn value(value: &Value<'_>) -> (Option<String>, Option<&'static str>) {
    match value {
        Value::None(absent) => (None, Some(Absent::name(*absent))),
        value => (Some(value.to_string()), None),
    }
}

fn hex(bytes: &[u8]) -> String {
    hex::encode_upper(bytes)
}
