//! Devices that say which models they have.

use std::io;

use modbus_regmap::adu::Framing;
use modbus_regmap::models::{self, Model};
use modbus_regmap::sunspec::{Block, MARKER, MARKER_ADDRESSES, Outcome, Walker};
use modbus_regmap::{Table, UnitId};

use crate::driver::{Answer, Driver, Failure};
use crate::meter::Part;

/// The models of our own server if none is named, and how often their group is there.
const SERVED: [(u16, u16); 4] = [(1, 0), (103, 0), (160, 2), (203, 0)];

/// The last model of a chain.
const END: u16 = 0xFFFF;

/// The parts of a device whose models are known: of `only` this model, or of all.
pub(crate) fn parts<F: Framing>(
    driver: &mut Driver<F>,
    unit: UnitId,
    only: Option<u16>,
) -> io::Result<Vec<Part>> {
    let blocks = walk(driver, unit)?;
    let known = blocks.iter().filter_map(|block| {
        let model = models::sunspec(block.model)?;
        (only.is_none_or(|only| only == block.model)).then_some((block, model))
    });
    let parts: Vec<_> = known
        .flat_map(|(block, model)| parts_of(block, model))
        .collect();
    if parts.is_empty() {
        let found: Vec<_> = blocks.iter().map(|block| block.model.to_string()).collect();
        let what = only.map_or("one that is known".to_owned(), |only| only.to_string());
        let error = format!("the device has models {}, not {what}", found.join(", "));
        return Err(io::Error::other(error));
    }
    Ok(parts)
}

/// What our own server has: one model after the common one, or several.
///
/// Besides the parts these are the cells of marker, heads and end, by address.
pub(crate) fn served(only: Option<u16>) -> (Vec<Part>, Vec<(u16, u16)>) {
    let chain = match only {
        None => SERVED.to_vec(),
        Some(1) => vec![(1, 0)],
        Some(number @ 160) => vec![(1, 0), (number, 2)],
        Some(number) => vec![(1, 0), (number, 0)],
    };
    let ([first, ..], [high, low]) = (MARKER_ADDRESSES, MARKER);
    let (mut parts, mut cells) = (Vec::new(), vec![(first, high), (first + 1, low)]);
    let mut address = first + 2;
    for (number, groups) in chain {
        let model = models::sunspec(number);
        let Some((model, fixed)) = model.and_then(|it| Some((it, it.device().sunspec_length()?)))
        else {
            continue;
        };
        let block = Block {
            table: Table::HoldingRegister,
            model: number,
            address,
            length: fixed + groups * MPPT_GROUP,
        };
        cells.extend([(address, number), (address + 1, block.length)]);
        if groups > 0 {
            cells.push((address + MPPT_COUNT, groups));
        }
        address += 2 + block.length;
        parts.extend(parts_of(&block, model));
    }
    cells.extend([(address, END), (address + 1, 0)]);
    (parts, cells)
}

/// Model 160 says how many groups of so many registers follow.
const MPPT_COUNT: u16 = 8;
const MPPT_GROUP: u16 = 20;

/// A part for each copy of what the model repeats.
fn parts_of(block: &Block, model: &'static Model) -> impl Iterator<Item = Part> + use<> {
    let (is_repeated, at) = (block.places().count() > 1, block.address);
    (1..).zip(block.places()).map(move |(number, place)| Part {
        map: model.map(),
        place,
        model: Some(model.name()),
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
