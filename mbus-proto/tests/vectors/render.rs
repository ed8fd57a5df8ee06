//! What a telegram says, a line for each part.

use core::fmt::Write;

use mbus_proto::app::{ApplicationData, Header};
use mbus_proto::link::Frame;
use mbus_proto::meter_units::{Direction, Phase, Reading, Statistic, Timestamp, Unit, Value};
use mbus_proto::record::{Record, RecordKind};
use mbus_proto::{Telegram, Tolerance};

/// The telegram as read by default, and as read leniently where that differs.
pub(crate) fn render(bytes: &[u8]) -> String {
    let default = lines(bytes, Tolerance::DEFAULT);
    let lenient = lines(bytes, Tolerance::LENIENT);
    if default == lenient {
        default
    } else {
        format!("{default}\nlenient:\n{lenient}")
    }
}

fn lines(bytes: &[u8], allowed: Tolerance) -> String {
    let telegram = match Telegram::parse_with(bytes, allowed) {
        Ok(telegram) => telegram,
        Err(error) => return format!("error: {error}\n"),
    };
    let mut lines = link(telegram.frame()) + "\n";
    lines += &header(&telegram);
    if let Some(application) = telegram.application() {
        lines += &content(application);
    }
    if let Some(mode) = telegram.encryption() {
        lines += &format!("encrypted: {mode}\n");
    }
    let mut met = telegram.deviations();
    let mut records = telegram.records();
    for next in records.by_ref() {
        match next {
            Ok(record) => {
                met.insert(record.deviations());
                lines += &format!("{}\n", self::record(&record));
                lines += &profile(&record, &telegram);
            }
            Err(error) => lines += &format!("record error: {error}\n"),
        }
    }
    if records.more_follow() {
        lines += "more records follow\n";
    }
    for (name, _) in met.iter_names() {
        lines += &format!("bridged: {}\n", name.to_lowercase());
    }
    lines
}

fn link(frame: &Frame<'_>) -> String {
    let kind = match frame {
        Frame::Ack => "ack",
        Frame::Short(_) => "short",
        Frame::Control(_) => "control",
        Frame::Long(_) => "long",
    };
    let mut line = format!("link: {kind}");
    if let Some(control) = frame.control() {
        write!(line, ", C {:02X}h {control}", control.code()).unwrap();
    }
    if let Some(address) = frame.address() {
        write!(line, ", A {address}").unwrap();
    }
    if let Some(ci) = frame.ci() {
        write!(line, ", CI {:02X}h", ci.code()).unwrap();
    }
    line
}

fn header(telegram: &Telegram<'_>) -> String {
    let (address, rest) = match telegram.header() {
        Header::None => return String::new(),
        Header::Long(header) => (header.address.to_string(), telegram.header()),
        Header::Short(_) => ("not sent".to_owned(), telegram.header()),
    };
    let access = rest.access_number().unwrap_or_default();
    let status = rest.status().unwrap_or_default();
    let configuration = rest.configuration().unwrap_or_default();
    let mut line = format!("meter: {address}");
    if let Some(medium) = rest.medium() {
        write!(line, " {medium}").unwrap();
    }
    write!(
        line,
        ", access {access}, status {:02X}h {}, configuration {:04X}h",
        status.bits(),
        status.application_state(),
        configuration.code(),
    )
    .unwrap();
    line + "\n"
}

/// What is no record.
fn content(application: &ApplicationData<'_>) -> String {
    match application {
        ApplicationData::Reset { codes, .. } => format!("reset: {}\n", raw(codes)),
        ApplicationData::Selection { mask, .. } => format!("selection: {mask}\n"),
        ApplicationData::Error { error, .. } => match error {
            Some(error) => format!("application error: {error}\n"),
            None => "application error\n".to_owned(),
        },
        ApplicationData::Alarm { data, .. } => format!("alarm: {}\n", raw(data)),
        ApplicationData::Fixed(fixed) => {
            let mut lines = format!(
                "meter: {} {}, access {}, status {:02X}h\n",
                fixed.identification(),
                fixed.medium(),
                fixed.access_number(),
                fixed.status().bits(),
            );
            for counter in fixed.counters() {
                let reading = counter.reading();
                let storage = reading.channel.storage;
                let what = what(&reading, None);
                lines += &format!("counter: storage {storage}: {what}\n");
            }
            lines
        }
        ApplicationData::Command { .. } | ApplicationData::Response { .. } => String::new(),
        other => format!("{other:?}\n"),
    }
}

fn record(record: &Record<'_>) -> String {
    let header = Value::Bytes(record.header());
    let at = record.offset();
    match record.kind() {
        RecordKind::Manufacturer | RecordKind::MoreFollow => {
            return format!("{at}: {header}: manufacturer: {}", raw(record.data()));
        }
        RecordKind::GlobalReadout => return format!("{at}: {header}: global readout"),
        _ => {}
    }
    let reading = record.reading();
    let mut line = format!(
        "{at}: {header}: {}, storage {}, tariff {}, subunit {}: ",
        record.function().name(),
        record.storage(),
        record.tariff(),
        record.subunit(),
    );
    line += &what(&reading, record.plain_text().map(|text| text.to_string()));
    let modifiers: Vec<String> = record
        .combinables()
        .map(|combinable| match combinable.name() {
            Some(name) => name.to_owned(),
            None => format!("{:02X}h", combinable.code()),
        })
        .collect();
    if !modifiers.is_empty() {
        write!(line, " [{}]", modifiers.join(", ")).unwrap();
    }
    line
}

fn raw(bytes: &[u8]) -> String {
    if bytes.is_empty() {
        "nothing".to_owned()
    } else {
        Value::Bytes(bytes).to_string()
    }
}

/// Quantity, value, unit, and what the channel says besides.
fn what(reading: &Reading<'_>, text: Option<String>) -> String {
    let channel = reading.channel;
    let mut line = format!("{} ", channel.quantity);
    match reading.value {
        Value::None(absent) => write!(line, "({absent})"),
        Value::Text(text) => write!(line, "{:?}", text.to_string()),
        Value::Bytes(bytes) => write!(line, "bytes {}", raw(bytes)),
        Value::Flags(flags) => write!(line, "flags {flags:b}b"),
        Value::Time(time @ Timestamp::Local { dst, .. }) => match dst {
            Some(true) => write!(line, "{time} summer time"),
            _ => write!(line, "{time}"),
        },
        value => write!(line, "{value}"),
    }
    .unwrap();
    if reading.unit != Unit::ONE {
        write!(line, " {:#}", reading.unit).unwrap();
    }
    if let Some(text) = text {
        write!(line, " {text:?}").unwrap();
    }
    if channel.direction != Direction::None {
        write!(line, ", {}", channel.direction).unwrap();
    }
    if channel.phase != Phase::Total {
        write!(line, ", {}", channel.phase).unwrap();
    }
    if channel.statistic == Statistic::Average {
        write!(line, ", {}", channel.statistic).unwrap();
    }
    line
}

/// The single readings of a compact profile.
fn profile(record: &Record<'_>, telegram: &Telegram<'_>) -> String {
    let profile = match record.profile() {
        None => return String::new(),
        Some(Err(error)) => return format!("record error: {error}\n"),
        Some(Ok(profile)) => profile,
    };
    let mut lines = String::new();
    for reading in profile.readings(profile.base(telegram.records())) {
        let storage = reading.channel.storage;
        let time = match reading.time {
            Some(time) => time.to_string(),
            None => "no time".to_owned(),
        };
        lines += &format!("  storage {storage}, {time}: {}\n", what(&reading, None));
    }
    lines
}
