//! Devices that say which models they have.

use std::io;

use modbus_regmap::adu::Framing;
use modbus_regmap::sunspec::{Block, MARKER, MARKER_ADDRESSES, Outcome, Walker};
use modbus_regmap::{Table, UnitId};

use crate::driver::{Answer, Driver, Failure};
use crate::meter::{Part, SunSpecModel};

/// The models of our own server if none is named.
const SERVED: [u16; 4] = [1, 103, MPPT, 203];

/// The last model of a chain.
const END: u16 = 0xFFFF;

/// The parts of a device whose models are known: of `only` this model, or of all.
pub(crate) fn parts<F: Framing>(
    driver: &mut Driver<F>,
    unit: UnitId,
    only: Option<&SunSpecModel>,
) -> io::Result<Vec<Part>> {
    let blocks = walk(driver, unit)?;
    let mut parts = Vec::new();
    for block in &blocks {
        match only {
            Some(only) if only.number == block.model => parts.extend(parts_of(block, only)),
            Some(_) => {}
            None => {
                let model = SunSpecModel::of_number(block.model);
                parts.extend(model.iter().flat_map(|model| parts_of(block, model)));
            }
        }
    }
    if parts.is_empty() {
        let found: Vec<_> = blocks.iter().map(|block| block.model.to_string()).collect();
        let what = only.map_or("one that is known".to_owned(), |only| {
            only.number.to_string()
        });
        let error = format!("the device has models {}, not {what}", found.join(", "));
        return Err(io::Error::other(error));
    }
    Ok(parts)
}

/// What our own server has: one model after the common one, or several.
///
/// Besides the parts these are the cells of marker, heads and end, by address.
pub(crate) fn served(only: Option<SunSpecModel>) -> (Vec<Part>, Vec<(u16, u16)>) {
    let common = SunSpecModel::of_number(1);
    let chain: Vec<_> = match only {
        None => SERVED
            .into_iter()
            .filter_map(SunSpecModel::of_number)
            .collect(),
        Some(only) if only.number == 1 => vec![only],
        Some(only) => common.into_iter().chain([only]).collect(),
    };
    let ([first, ..], [high, low]) = (MARKER_ADDRESSES, MARKER);
    let (mut parts, mut cells) = (Vec::new(), vec![(first, high), (first + 1, low)]);
    let mut address = first + 2;
    for model in chain {
        let Some(fixed) = model.map.device().sunspec_length() else {
            continue;
        };
        let groups = if model.number == MPPT { 2 } else { 0 };
        // A map of a file may say anything.
        let Some(end) = (groups * MPPT_GROUP + 2)
            .checked_add(fixed)
            .and_then(|length| address.checked_add(length))
        else {
            continue;
        };
        let block = Block {
            table: Table::HoldingRegister,
            model: model.number,
            address,
            length: fixed + groups * MPPT_GROUP,
        };
        cells.extend([(address, model.number), (address + 1, block.length)]);
        if groups > 0 {
            cells.push((address + MPPT_COUNT, groups));
        }
        parts.extend(parts_of(&block, &model));
        address = end;
    }
    cells.extend([(address, END), (address.saturating_add(1), 0)]);
    (parts, cells)
}

/// This model says how many groups of so many registers follow.
const MPPT: u16 = 160;
const MPPT_COUNT: u16 = 8;
const MPPT_GROUP: u16 = 20;

/// A part for each copy of what the model repeats.
fn parts_of(block: &Block, model: &SunSpecModel) -> impl Iterator<Item = Part> {
    let (is_repeated, at) = (block.places().count() > 1, block.address);
    (1..).zip(block.places()).map(move |(number, place)| Part {
        map: model.map.clone(),
        place,
        model: Some(model.name),
        at: Some(at),
        group: is_repeated.then_some(number),
    })
}

/// The chain of models.
fn walk<F: Framing>(driver: &mut Driver<F>, unit: UnitId) -> io::Result<Vec<Block>> {
    let mut walker = Walker::new();
    let mut blocks = Vec::new();
    let mut last_failure = None;
    while let Some(read) = walker.next_read() {
        driver
            .begin(unit, read)
            .map_err(|failure| io::Error::other(failure.to_string()))?;
        driver.wait(|_, answer| match answer {
            Answer::Registers(registers) => {
                last_failure = None;
                blocks.extend(walker.answer(registers));
            }
            Answer::Failed(failure) => {
                last_failure = Some(failure);
                walker.refused();
            }
            Answer::Bits(_) | Answer::Written => walker.refused(),
        })?;
    }
    match (walker.outcome(), last_failure) {
        (Some(Outcome::NoMarker), Some(failure)) => {
            let error = format!("no SunSpec device is found there: {failure}");
            Err(io::Error::other(error))
        }
        (Some(Outcome::NoMarker), None) => Err(io::Error::other("this is no SunSpec device")),
        // Some devices have nothing behind their last model.
        (Some(Outcome::CutOff { .. }), Some(Failure::Refused(_))) => Ok(blocks),
        (Some(Outcome::CutOff { address }), failure) => {
            let why = failure.map_or_else(String::new, |failure| format!(": {failure}"));
            let error = format!("the chain of models breaks off at {address}{why}");
            Err(io::Error::other(error))
        }
        _ => Ok(blocks),
    }
}
