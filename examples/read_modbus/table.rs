//! Rows as a table.

use std::io::{self, Write};

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent};
use modbus_regmap::models;

use crate::row::Row;
use crate::shown::printable;

/// As wide as a usual terminal.
const WIDTH: u16 = 100;

/// The columns of names and values.
const NAME: usize = 0;
const VALUE: usize = 1;

/// Writes what was read.
pub(crate) fn write(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let mut table = table(["register", "value", "unit", "quantity", "which"]);
    let decimals = rows.iter().map(decimals).max().unwrap_or(0);
    for row in rows {
        table.add_row([
            printable(&row.name),
            value(row, decimals),
            row.unit.clone(),
            row.quantity.replace('_', " "),
            which(row),
        ]);
    }
    let widths = table.column_max_content_widths();
    if let Some(column) = table.column_mut(VALUE) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    // A name or a number in two lines is hard to read; a long text is not.
    for (index, most) in [(NAME, WIDTH / 2), (VALUE, WIDTH / 4)] {
        if widths.get(index).is_some_and(|&width| width <= most) {
            if let Some(column) = table.column_mut(index) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            }
        }
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// Writes the models that are known by name.
pub(crate) fn write_models(out: &mut impl Write) -> io::Result<()> {
    let mut table = table(["model", "device", "serial line", "map"]);
    for model in models::list() {
        let device = model.device();
        let line = device.serial().map(|line| line.to_string());
        table.add_row([
            model.name(),
            device.name(),
            line.as_deref().unwrap_or_default(),
            device.verified().name(),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())
}

fn table<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(NOTHING)
        .set_style(TableComponent::HeaderLines, '─')
        .set_style(TableComponent::MiddleHeaderIntersections, '─')
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH)
        .set_header(header);
    table
}

/// How many characters a number has from its decimal point on.
fn decimals(row: &Row) -> usize {
    match &row.value {
        Some(value) if row.is_number => value.find('.').map_or(0, |at| value.len() - at),
        _ => 0,
    }
}

/// The value; numbers are filled up so that decimal points come to stand below each other.
fn value(row: &Row, decimals: usize) -> String {
    match &row.value {
        Some(value) if row.is_number => {
            let whole = value.find('.').unwrap_or(value.len());
            format!("{value:<width$}", width = whole + decimals)
        }
        Some(value) => printable(value),
        None if row.is_failed => "(error)".to_owned(),
        None => "(none)".to_owned(),
    }
}

/// What tells the register from others of the same quantity, or what went wrong.
fn which(row: &Row) -> String {
    let mut parts = Vec::new();
    let phase = row
        .phase
        .map(|phase| phase.replace('_', "-").to_uppercase());
    parts.extend(phase);
    parts.extend(row.direction.map(str::to_owned));
    parts.extend(row.statistic.map(str::to_owned));
    if row.tariff != 0 {
        parts.push(format!("tariff {}", row.tariff));
    }
    parts.extend(row.label.as_deref().map(printable));
    parts.extend(row.note.clone());
    parts.extend(row.error.clone());
    parts.join(", ")
}
