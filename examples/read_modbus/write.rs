//! Writes registers of a meter, before it is read.

use modbus_regmap::adu::Framing;
use modbus_regmap::encoding::ValueError;
use modbus_regmap::map::Register;
use modbus_regmap::plan::Read;
use modbus_regmap::{Registers, Request, Table, UnitId};

use crate::driver::{Answer, Driver, Failure};
use crate::meter::Part;
use crate::run::Error;
use crate::sample;

/// Writes one value: `text` to the register of this name.
pub(crate) fn write<F: Framing>(
    driver: &mut Driver<F>,
    unit: UnitId,
    parts: &[Part],
    (name, text): &(String, String),
) -> Result<(), Error> {
    let (part, register) = find(parts, name)?;
    let usage = |why: &str| Error::Usage(format!("{name} cannot be written: {why}"));
    let failed = |why: String| Error::Line(format!("{name} is not written: {why}"));
    let address = part
        .place
        .address(register.address(), register.count())
        .ok_or_else(|| usage("it lies behind the last address"))?;
    if !register.access().is_writable() {
        return Err(usage("the map does not allow it"));
    }
    if sample::mask(register).iter().any(|byte| *byte != u8::MAX) && !register.table().is_bits() {
        return Err(usage("others share its register"));
    }
    let exponent = match register.scale_register() {
        None => None,
        Some(scale) => {
            let scale = part
                .place
                .address(scale, 1)
                .ok_or_else(|| usage("its scale lies behind the last address"))?;
            let read = Read::new(register.table(), scale, 1);
            Some(ask(driver, unit, read)?.map_err(|failure| failed(failure.to_string()))?)
        }
    };
    let bytes = sample::with_value(register, text, |value| {
        sample::encoded(register, value, exponent)
    });
    let wrong = |error: ValueError| usage(&format!("{text:?} does not fit: {error}"));
    let bytes = bytes.map_err(wrong)?;
    let values = Registers::from_bytes(&bytes).unwrap_or_default();
    let request = match (register.table(), values.get(0)) {
        (Table::Coil, Some(value)) => Request::WriteSingleCoil {
            address,
            value: value != 0,
        },
        (Table::HoldingRegister, Some(value)) if values.len() == 1 => {
            Request::WriteSingleRegister { address, value }
        }
        (Table::HoldingRegister, Some(_)) => Request::WriteMultipleRegisters { address, values },
        _ => return Err(usage("no function writes its table")),
    };
    let mut outcome = Ok(());
    match driver.send(unit, &request) {
        Ok(_) => driver
            .wait(|_, answer| {
                if let Answer::Failed(failure) = answer {
                    outcome = Err(failure);
                }
            })
            .map_err(|error| failed(error.to_string()))?,
        Err(failure) => outcome = Err(failure),
    }
    outcome.map_err(|failure| failed(failure.to_string()))
}

/// The one register of this name.
fn find<'p>(parts: &'p [Part], name: &str) -> Result<(&'p Part, &'p Register<'static>), Error> {
    let all = parts.iter().flat_map(|part| {
        let registers = part.registers();
        registers.map(move |register| (part, register))
    });
    let mut found = all.filter(|(_, register)| register.name() == name);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Error::Usage(format!("the meter has no register {name:?}"))),
        (Some(_), Some(_)) => Err(Error::Usage(format!(
            "several models of the meter have a register {name:?}"
        ))),
    }
}

/// One register.
fn ask<F: Framing>(
    driver: &mut Driver<F>,
    unit: UnitId,
    read: Read,
) -> Result<Result<u16, Failure>, Error> {
    let mut found = Err(Failure::TimedOut);
    if let Err(failure) = driver.begin(unit, read) {
        return Ok(Err(failure));
    }
    driver
        .wait(|_, answer| match answer {
            Answer::Registers(registers) => {
                found = registers.get(0).ok_or(Failure::TimedOut);
            }
            Answer::Failed(failure) => found = Err(failure),
            Answer::Bits(_) | Answer::Written => {}
        })
        .map_err(|error| Error::Line(error.to_string()))?;
    Ok(found)
}
