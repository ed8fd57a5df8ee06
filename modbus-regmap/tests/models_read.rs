//! Every model is planned, and read out of a device whose registers are all 0.
#![cfg(all(feature = "models", feature = "alloc"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use modbus_regmap::encoding::{Encoding, ValueError};
use modbus_regmap::map::{Block, RegisterMap};
use modbus_regmap::models;
use modbus_regmap::plan::{Place, Read, Selection, readings_in};
use modbus_regmap::{Registers, Table};

/// The registers of a device that are all 0.
static ZEROS: [u8; 250] = [0; 250];

fn reads(map: &RegisterMap<'_>) -> Vec<Read> {
    let plan = map.plan(Selection::All).unwrap();
    plan.requests().map(|request| request.read()).collect()
}

fn blocks(reads: &[Read]) -> Vec<Block<'static>> {
    let answer = |read: &Read| {
        let bytes = &ZEROS[..2 * usize::from(read.count)];
        Block::new(
            read.table,
            read.address,
            Registers::from_bytes(bytes).unwrap(),
        )
    };
    reads.iter().map(answer).collect()
}

/// Every selected register with what became of it.
fn outcomes(map: &RegisterMap<'_>, blocks: &[Block<'_>]) -> Vec<(String, Result<(), ValueError>)> {
    readings_in(map, Place::ABSOLUTE, Selection::All, blocks)
        .map(|(register, outcome)| (register.name().to_owned(), outcome.map(|_| ())))
        .collect()
}

#[test]
fn every_register_of_zeros_is_a_reading_or_says_why() {
    for model in models::list() {
        let map = model.map();
        let found = outcomes(&map, &blocks(&reads(&map)));
        let selected = map
            .registers()
            .iter()
            .filter(|own| Selection::All.contains(own));
        assert_eq!(found.len(), selected.count(), "{}", model.name());
        for (name, outcome) in &found {
            let register = map.register(name).unwrap();
            let is_right = match outcome {
                Ok(()) => true,
                Err(ValueError::NotAvailable) => register.not_available().is_some(),
                Err(ValueError::UnknownUnit) => register.unit().is_none(),
                Err(ValueError::UnitCode(0)) => register.unit_register().is_some(),
                Err(ValueError::InvalidDate) => register.encoding() == Encoding::BinaryTime,
                Err(ValueError::InvalidText) => register.encoding() == Encoding::Manufacturer,
                Err(_) => false,
            };
            assert!(is_right, "{}: {name}: {outcome:?}", model.name());
        }
        let readings = found.iter().filter(|(_, outcome)| outcome.is_ok());
        assert!(readings.count() > 0, "{}", model.name());
    }
}

#[test]
fn an_unknown_unit_code_costs_the_values_that_need_it_and_no_other() {
    let map = models::AQUAMETRO_CALEC_ST.map();
    let reads = reads(&map);
    let mut known = blocks(&reads);
    // m3 at 204, and a code that nothing explains
    for (code, expected) in [(1, Ok(())), (9, Err(ValueError::UnitCode(9)))] {
        let at = known
            .iter()
            .position(|block| block.get(204).is_some())
            .unwrap();
        let mut bytes = vec![0; known[at].registers().as_bytes().len()];
        let place = 2 * usize::from(204 - known[at].address());
        bytes[place + 1] = code;
        let answer = Registers::from_bytes(&bytes).unwrap();
        let mut blocks = known.clone();
        blocks[at] = Block::new(known[at].table(), known[at].address(), answer);
        let (before, after) = (outcomes(&map, &known), outcomes(&map, &blocks));
        assert_eq!(before.len(), after.len());
        for ((name, before), (_, after)) in before.iter().zip(&after) {
            if ["volume", "volume_cooling"].contains(&name.as_str()) {
                assert_eq!(*after, expected, "{name}");
            } else {
                assert_eq!(before, after, "{name}");
            }
        }
    }
    known.clear();
    let nothing = outcomes(&map, &known);
    assert!(
        nothing
            .iter()
            .all(|(_, outcome)| matches!(outcome, Err(ValueError::NotRead(_))))
    );
}

#[test]
fn no_request_reads_what_a_map_does_not_name() {
    for model in models::list() {
        let (map, device) = (model.map(), model.device());
        if device.has_relative_addresses() {
            continue;
        }
        let named = |table: Table, cell: u16| {
            map.registers().iter().any(|register| {
                let cells = register.address()..=register.address() + (register.count() - 1);
                register.table() == table && cells.contains(&cell)
            })
        };
        for read in reads(&map) {
            let cells = read.address..=read.address + (read.count - 1);
            let unnamed = cells.filter(|cell| !named(read.table, *cell)).count();
            // an odd number of registers is filled up
            let allowed = usize::from(device.even_counts());
            assert!(unnamed <= allowed, "{}: {read}", model.name());
        }
    }
}

#[test]
fn a_unit_that_was_read_apart_is_found() {
    let map = models::SONTEX_SUPERCAL_531.map();
    let reads = reads(&map);
    let with = |address: u16| {
        reads
            .iter()
            .find(|read| (u32::from(read.address)..read.end()).contains(&address.into()))
    };
    // nothing is known of register 101
    assert_eq!(with(101), None);
    assert_ne!(with(100), with(102));
    let found = outcomes(&map, &blocks(&reads));
    let energy = found
        .iter()
        .find(|(name, _)| name == "energy_heat")
        .unwrap();
    // what the code means, the map does not know
    assert_eq!(energy.1, Err(ValueError::UnknownUnit));
    let flow = found.iter().find(|(name, _)| name == "flow").unwrap();
    assert_eq!(flow.1, Ok(()));
}
