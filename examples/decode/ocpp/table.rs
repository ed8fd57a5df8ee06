//! What `decode ocpp` prints for people.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table, TableComponent};
use ocpp_types::types::MeterValue;
use ocpp_types::{Message, Request};
use serde_json::Value;

use super::answer::Answer;

pub(crate) fn write(answer: &Answer<'_>, out: &mut impl Write) -> io::Result<()> {
    if let (Some(error), Some(path), Some(message)) = (&answer.error, &answer.path, &answer.message)
    {
        let place = if path.is_empty() { "the frame" } else { path };
        return writeln!(out, "error: {message} at {place} ({error})");
    }
    let kind = answer.kind.unwrap_or("frame");
    let action = answer.action.unwrap_or("");
    let id = answer.id.as_deref().unwrap_or("");
    writeln!(out, "{kind} {action}, id {id}\n")?;
    let values = answer.read.map_or(&[][..], meter_values);
    let mut members = table(&["member", "value"]);
    let payload = answer
        .payload
        .as_ref()
        .map_or("{}", |payload| payload.get());
    let payload: Value = serde_json::from_str(payload)?;
    add(&mut members, "", &payload, !values.is_empty());
    if !members.is_empty() {
        writeln!(out, "{}", members.trim_fmt())?;
    }
    if !values.is_empty() {
        writeln!(out, "\n{}", readings(values).trim_fmt())?;
    }
    for deviation in answer.deviations.iter().flatten() {
        writeln!(out, "bent: {} at {}", deviation.rule, deviation.path)?;
    }
    Ok(())
}

fn meter_values<'m>(message: &'m Message<'_>) -> &'m [MeterValue<'m>] {
    match message {
        Message::Call { request, .. } => match request {
            Request::MeterValues(request) => &request.meter_value,
            Request::StopTransaction(request) => {
                request.transaction_data.as_deref().unwrap_or_default()
            }
            _ => &[],
        },
        _ => &[],
    }
}

/// One line a member, named as a path.
fn add(table: &mut Table, path: &str, value: &Value, without_meter_values: bool) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let is_shown_below = matches!(name.as_str(), "meterValue" | "transactionData");
                if !(without_meter_values && is_shown_below) {
                    let dot = if path.is_empty() { "" } else { "." };
                    add(
                        table,
                        &format!("{path}{dot}{name}"),
                        value,
                        without_meter_values,
                    );
                }
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                add(
                    table,
                    &format!("{path}[{index}]"),
                    element,
                    without_meter_values,
                );
            }
        }
        Value::String(text) => {
            table.add_row([path, text]);
        }
        value => {
            table.add_row([path.to_owned(), value.to_string()]);
        }
    }
}

fn readings(values: &[MeterValue<'_>]) -> Table {
    let mut table = table(&[
        "time",
        "quantity",
        "direction",
        "phase",
        "span",
        "value",
        "unit",
        "context",
    ]);
    for value in values {
        for (sampled, reading) in value.sampled_value.iter().zip(value.readings()) {
            table.add_row([
                value.timestamp.to_string(),
                reading.channel.quantity.to_string(),
                reading.channel.direction.to_string(),
                reading.channel.phase.to_string(),
                reading.channel.span.to_string(),
                reading.value.to_string(),
                reading.unit.to_string(),
                sampled
                    .context
                    .as_ref()
                    .map_or("", |context| context.as_str())
                    .to_owned(),
            ]);
        }
    }
    if let Some(column) = table.column_mut(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_header(header);
    table
}
