//! Items as the fewest requests.

use modbus_regmap::Table;
use modbus_regmap::map::AddressRange;
use modbus_regmap::plan::{Limits, Plan, PlanItem, Read};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::Fault;

const TABLE: Table = Table::HoldingRegister;

#[derive(Deserialize)]
struct Line {
    /// Address and count.
    items: Vec<(u16, u16)>,
    max_count: Option<u16>,
    #[serde(default)]
    max_gap: u16,
    #[serde(default)]
    forbidden: Vec<Forbidden>,
    #[serde(default)]
    even_count: bool,
    #[serde(default)]
    even_start: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
enum Forbidden {
    Address(u16),
    /// First and last.
    Range(u16, u16),
}

pub(super) fn answer(line: Json) -> Result<Json, Fault> {
    let line: Line = serde_json::from_value(line)?;
    let forbidden: Vec<_> = line.forbidden.iter().map(|range| range.range()).collect();
    let mut limits = Limits::new().max_gap(line.max_gap).forbidden(&forbidden);
    if let Some(count) = line.max_count {
        limits = limits.max_registers(count);
    }
    if line.even_count {
        limits = limits.even_count();
    }
    if line.even_start {
        limits = limits.even_start();
    }
    let items = line.items.iter();
    let items: Vec<_> = items
        .map(|&(address, count)| PlanItem::new(Read::new(TABLE, address, count)))
        .collect();
    let plan = Plan::new(items, limits)?;
    let requests: Vec<_> = plan
        .requests()
        .map(|request| [request.read().address, request.read().count])
        .collect();
    Ok(json!({ "requests": requests }))
}

impl Forbidden {
    const fn range(self) -> AddressRange {
        let (first, last) = match self {
            Self::Address(address) => (address, address),
            Self::Range(first, last) => (first, last),
        };
        AddressRange {
            table: Some(TABLE),
            first,
            last,
        }
    }
}
