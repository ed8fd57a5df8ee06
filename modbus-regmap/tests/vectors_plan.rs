//! Plans beside the table of plans that were proved minimal.
//!
//! The environment variable `METERING_VECTORS` says where the table is; without it there is nothing
//! to compare with.

#![allow(clippy::expect_used, clippy::panic)]

use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use modbus_regmap::Table;
use modbus_regmap::map::AddressRange;
use modbus_regmap::plan::{Limits, Plan, PlanItem, Read};
use serde::Deserialize;

const TABLE: Table = Table::HoldingRegister;

#[derive(Deserialize)]
struct Case {
    id: String,
    /// Address and count.
    items: Vec<(u16, u16)>,
    max_count: u16,
    max_gap: u16,
    #[serde(default)]
    forbidden: Vec<u16>,
    /// One plan of the fewest requests.
    requests: Vec<(u16, u16)>,
    min_requests: usize,
    registers_read: u32,
}

#[test]
fn plans_are_as_short_as_the_table_proves() {
    let Some(table) = table() else {
        return;
    };
    let mut cases = 0;
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let case: Case = serde_json::from_str(line).expect("a line as the readme says");
        check(&case);
        cases += 1;
    }
    assert!(cases > 0);
}

fn check(case: &Case) {
    let id = &case.id;
    let forbidden = case.forbidden.iter().map(|&address| AddressRange {
        table: Some(TABLE),
        first: address,
        last: address,
    });
    let forbidden: Vec<_> = forbidden.collect();
    let limits = Limits::new()
        .max_registers(case.max_count)
        .max_gap(case.max_gap)
        .forbidden(&forbidden);
    let items = case.items.iter();
    let items: Vec<_> = items
        .map(|&(address, count)| PlanItem::new(Read::new(TABLE, address, count)))
        .collect();
    let plan = Plan::new(items, limits).unwrap_or_else(|error| panic!("{id}: {error}"));

    let reads: Vec<Read> = plan.requests().map(|request| request.read()).collect();
    assert_eq!(reads.len(), case.min_requests, "{id}: {reads:?}");
    assert_eq!(case.requests.len(), case.min_requests, "{id}");
    let registers: u32 = reads.iter().map(|read| u32::from(read.count)).sum();
    assert!(registers <= case.registers_read, "{id}: {reads:?}");

    let is_covered = |item: &PlanItem| reads.iter().any(|read| read.contains(&item.read()));
    assert!(plan.items().iter().all(is_covered), "{id}: {reads:?}");
    let planned: usize = plan.requests().map(|request| request.items().len()).sum();
    assert_eq!(planned, case.items.len(), "{id}");
    for read in &reads {
        assert!(read.count <= case.max_count, "{id}: {read}");
        let mut hole = 0;
        for address in u32::from(read.address)..read.end() {
            let holds = |&(start, count): &(u16, u16)| {
                (u32::from(start)..u32::from(start) + u32::from(count)).contains(&address)
            };
            let is_value = case.items.iter().any(holds);
            hole = if is_value { 0 } else { hole + 1 };
            assert!(hole <= case.max_gap, "{id}: {read}");
            let mut forbidden = case.forbidden.iter();
            assert!(
                forbidden.all(|cell| u32::from(*cell) != address),
                "{id}: {read}"
            );
        }
    }
}

fn table() -> Option<String> {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        // The macro for this would only be heard of where the test fails.
        let message = "METERING_VECTORS is not set: no plans to compare with";
        writeln!(io::stderr(), "{message}").ok();
        return None;
    };
    let path = PathBuf::from(folder).join("modbus/plan.jsonl");
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => panic!("METERING_VECTORS is set, but {}: {error}", path.display()),
    }
}
