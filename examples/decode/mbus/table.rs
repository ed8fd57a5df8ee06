//! A telegram as a table.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent};

use super::answer::{Answer, Entry, Meter, RecordEntry, Sound};
use super::shown::printable;

pub(crate) fn write(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    if let Some(telegram) = &answer.telegram {
        head(telegram, out)?;
        if !telegram.records.is_empty() {
            writeln!(out, "\n{}", records(telegram).trim_fmt())?;
        }
        for name in &telegram.deviations {
            writeln!(out, "bridged: {name}")?;
        }
        if telegram.more {
            writeln!(out, "more records follow in the next telegram")?;
        }
    }
    let in_table = |telegram: &Sound| {
        let mut entries = telegram.records.iter();
        entries.any(|entry| matches!(entry, Entry::Error { .. }))
    };
    if answer.telegram.as_ref().is_some_and(in_table) {
        return Ok(());
    }
    if let Some(error) = &answer.error {
        writeln!(out, "error: {error}")?;
    }
    Ok(())
}

fn head(telegram: &Sound, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{} frame", telegram.frame.replace('_', " "))?;
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
    if let Some(authentication) = telegram.authentication {
        writeln!(out, "authentication {authentication}")?;
    }
    if let Some(signature) = &telegram.missing_format {
        writeln!(out, "the records need the format {signature}")?;
    }
    if let Some(error) = &telegram.application_error {
        writeln!(out, "application error: {error}")?;
    }
    if let Some(selection) = &telegram.selection {
        writeln!(out, "selection {selection}")?;
    } else if let Some(data) = &telegram.data {
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

/// As wide as a usual terminal.
const WIDTH: u16 = 100;

/// The column of the values.
const VALUE: usize = 1;

fn records(telegram: &Sound) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(["quantity", "value", "unit", "which", "DIB", "VIB", "data"]);
    let decimals = telegram.records.iter().map(decimals).max().unwrap_or(0);
    for entry in &telegram.records {
        match entry {
            Entry::Record(record) => {
                let [dif, vif, data] = if record.is_element {
                    ["", "", ""]
                } else {
                    [&*record.dif, &*record.vif, &*record.data]
                };
                table.add_row([
                    &*record.quantity.replace('_', " "),
                    &*value(record, decimals),
                    &*printable(&record.unit),
                    &*which(record),
                    dif,
                    vif,
                    data,
                ]);
            }
            Entry::Error { error, bytes, .. } => {
                table.add_row(["(error)", "", "", error, "", "", bytes]);
            }
        }
    }
    let widths = table.column_max_content_widths();
    if let Some(column) = table.column_mut(VALUE) {
        column.set_cell_alignment(CellAlignment::Right);
        // A number in two lines is hard to read; a long text is not.
        if widths.get(VALUE).is_some_and(|&width| width <= WIDTH / 4) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    table
}

/// How many characters a number has from its decimal point on.
fn decimals(entry: &Entry) -> usize {
    match entry {
        Entry::Record(record) if record.is_number => {
            let value = record.value.as_deref().unwrap_or_default();
            value.find('.').map_or(0, |at| value.len() - at)
        }
        _ => 0,
    }
}

/// The value; numbers are filled up so that decimal points come to stand below each other.
fn value(record: &RecordEntry, decimals: usize) -> String {
    match (&record.value, record.absent) {
        (Some(value), _) if record.is_number => {
            let whole = value.find('.').unwrap_or(value.len());
            format!("{value:<width$}", width = whole + decimals)
        }
        // The bytes stand in the last column.
        (Some(value), _) if *value == record.data => String::new(),
        (Some(value), _) => printable(value),
        (None, absent) => format!("({})", absent.unwrap_or("none")).replace('_', " "),
    }
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
    parts.extend(
        record
            .phase
            .map(|phase| phase.replace('_', "-").to_uppercase()),
    );
    parts.extend(record.direction.map(|word| match word {
        "q1" | "q2" | "q3" | "q4" => word.to_uppercase(),
        word => word.to_owned(),
    }));
    if !record.is_element {
        parts.extend(record.more.iter().map(|name| name.replace('_', " ")));
    }
    parts.extend(record.time.clone());
    parts.join(", ")
}
