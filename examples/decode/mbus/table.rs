//! A telegram as a table.

use std::io::{self, Write};

use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, Table};

use super::answer::{Answer, Entry, Meter, RecordEntry, Sound};

pub(crate) fn write(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    if let Some(telegram) = &answer.telegram {
        head(telegram, out)?;
        if !telegram.records.is_empty() {
            writeln!(out, "{}", records(telegram))?;
        }
        for name in &telegram.deviations {
            writeln!(out, "bridged: {name}")?;
        }
        if telegram.more {
            writeln!(out, "more records follow in the next telegram")?;
        }
    }
    if let Some(error) = &answer.error {
        writeln!(out, "error: {error}")?;
    }
    Ok(())
}

fn head(telegram: &Sound, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{} frame", telegram.frame)?;
    for (name, code) in [
        ("C", telegram.control),
        ("A", telegram.address),
        ("CI", telegram.ci),
    ] {
        if let Some(code) = code {
            write!(out, ", {name} {code:02X}h")?;
        }
    }
    writeln!(out)?;
    if let Some(meter) = &telegram.meter {
        writeln!(out, "{}", identity(meter))?;
    }
    if telegram.encrypted {
        writeln!(out, "the records are encrypted")?;
    }
    if let Some(error) = &telegram.application_error {
        writeln!(out, "application error: {error}")?;
    }
    if let Some(data) = &telegram.data {
        writeln!(out, "data {data}")?;
    }
    Ok(())
}

fn identity(meter: &Meter) -> String {
    let mut parts = vec![format!(
        "meter {}",
        meter.id.as_deref().unwrap_or("without identification")
    )];
    if let Some(manufacturer) = &meter.manufacturer {
        parts.push(format!("manufacturer {manufacturer}"));
    }
    if let Some(version) = meter.version {
        parts.push(format!("version {version}"));
    }
    if let Some(medium) = &meter.medium {
        parts.push(medium.replace('_', " "));
    }
    if let Some(access) = meter.access {
        parts.push(format!("access {access}"));
    }
    if let Some(status) = meter.status {
        parts.push(format!("status {status:02X}h"));
    }
    parts.join(", ")
}

fn records(telegram: &Sound) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_HORIZONTAL_ONLY);
    table.set_header(["quantity", "value", "unit", "which", "DIB", "VIB", "data"]);
    if let Some(column) = table.column_mut(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    for entry in &telegram.records {
        match entry {
            Entry::Record(record) => {
                let value = match (&record.value, record.absent) {
                    (Some(value), _) => value.clone(),
                    (None, absent) => format!("({})", absent.unwrap_or("none")).replace('_', " "),
                };
                table.add_row([
                    record.quantity.replace('_', " "),
                    value,
                    record.unit.clone(),
                    which(record),
                    record.dif.clone(),
                    record.vif.clone(),
                    record.data.clone(),
                ]);
            }
            Entry::Error { error, bytes, .. } => {
                table.add_row(["", error, "", "", "", "", bytes]);
            }
        }
    }
    table
}

/// What tells the record from others of the same quantity.
fn which(record: &RecordEntry) -> String {
    let mut parts = Vec::new();
    if record.function != "instantaneous" {
        parts.push(record.function.to_owned());
    }
    for (name, number) in [
        ("storage", record.storage),
        ("tariff", record.tariff.into()),
        ("subunit", record.subunit.into()),
    ] {
        if number != 0 {
            parts.push(format!("{name} {number}"));
        }
    }
    parts.extend(record.modifiers.iter().map(|name| name.replace('_', " ")));
    parts.join(", ")
}
