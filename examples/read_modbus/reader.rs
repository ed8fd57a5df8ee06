//! Reads the selected registers of a meter with as few requests as it allows.

use alloc::collections::VecDeque;
use std::io;

use meter_units::Reading;
use modbus_regmap::adu::Framing;
use modbus_regmap::encoding::ValueError;
use modbus_regmap::map::{Block, Register, RegisterMap};
use modbus_regmap::plan::PlannedRead;
use modbus_regmap::{Bits, ExceptionCode, Registers, UnitId};

use crate::driver::{Answer, Driver, Failure};

/// What a register gave.
pub(crate) enum Outcome<'w> {
    Reading(Reading<'w>),
    /// The meter has no such value, or sent none.
    Absent(ValueError),
    /// The request was not answered.
    Failed(Failure),
}

/// The requests for a selection, and how they went the last time.
pub(crate) struct Reader<'m> {
    map: &'m RegisterMap<'m>,
    unit: UnitId,
    parallel: usize,
    reads: Vec<PlannedRead<'m>>,
}

impl<'m> Reader<'m> {
    /// A reader of what is planned for a map.
    pub(crate) fn new(
        map: &'m RegisterMap<'m>,
        reads: impl Iterator<Item = PlannedRead<'m>>,
        unit: UnitId,
        parallel: usize,
    ) -> Self {
        Self {
            map,
            unit,
            parallel,
            reads: reads.collect(),
        }
    }

    /// Reads all once, and hands out each register by its place in the map.
    ///
    /// # Errors
    ///
    /// If the connection is lost and cannot be opened again.
    pub(crate) fn read<F: Framing>(
        &mut self,
        driver: &mut Driver<F>,
        mut handle: impl FnMut(usize, &Register<'m>, Outcome<'_>),
    ) -> io::Result<()> {
        let mut waiting: VecDeque<_> = self.reads.iter().copied().collect();
        let mut open = Vec::new();
        // What had to be split is asked for in parts the next time.
        let mut done = Vec::new();
        loop {
            while open.len() < self.parallel {
                let Some(read) = waiting.pop_front() else {
                    break;
                };
                match driver.begin(self.unit, read.read()) {
                    Ok(id) => open.push((id, read)),
                    Err(failure) => {
                        self.fail(read, failure, &mut handle);
                        done.push(read);
                    }
                }
            }
            if open.is_empty() {
                self.reads = done;
                return Ok(());
            }
            driver.wait(|id, answer| {
                let Some(place) = open.iter().position(|(own, _)| *own == id) else {
                    return;
                };
                let (_, read) = open.swap_remove(place);
                match answer {
                    Answer::Registers(registers) => self.take(read, registers, &mut handle),
                    Answer::Bits(bits) => self.take_bits(read, bits, &mut handle),
                    Answer::Failed(failure) => {
                        let mut parts = split(read, failure).peekable();
                        if parts.peek().is_some() {
                            parts.for_each(|part| waiting.push_back(part));
                            return;
                        }
                        self.fail(read, failure, &mut handle);
                    }
                }
                done.push(read);
            })?;
        }
    }

    fn take(
        &self,
        read: PlannedRead<'m>,
        registers: Registers<'_>,
        handle: &mut impl FnMut(usize, &Register<'m>, Outcome<'_>),
    ) {
        let block = Block::new(read.read().table, read.read().address, registers);
        for (index, register) in self.registers(read) {
            handle(index, register, outcome(self.map.reading(register, &block)));
        }
    }

    /// A bit is read as a register that holds 0 or 1.
    fn take_bits(
        &self,
        read: PlannedRead<'m>,
        bits: Bits<'_>,
        handle: &mut impl FnMut(usize, &Register<'m>, Outcome<'_>),
    ) {
        for (index, register) in self.registers(read) {
            let place = register.address().checked_sub(read.read().address);
            let bit = place.and_then(|place| bits.get(place.into()));
            let bytes = u16::from(bit.unwrap_or_default()).to_be_bytes();
            let registers = Registers::from_bytes(&bytes).unwrap_or_default();
            let block = Block::new(read.read().table, register.address(), registers);
            let reading = match bit {
                Some(_) => self.map.reading(register, &block),
                None => Err(ValueError::NotRead(register.address())),
            };
            handle(index, register, outcome(reading));
        }
    }

    fn fail(
        &self,
        read: PlannedRead<'m>,
        failure: Failure,
        handle: &mut impl FnMut(usize, &Register<'m>, Outcome<'_>),
    ) {
        for (index, register) in self.registers(read) {
            handle(index, register, Outcome::Failed(failure));
        }
    }

    /// The registers that a request is for.
    fn registers(&self, read: PlannedRead<'m>) -> impl Iterator<Item = (usize, &'m Register<'m>)> {
        let map = self.map;
        read.items().iter().filter_map(move |item| {
            let index = usize::from(item.tag());
            Some((index, map.registers().get(index)?))
        })
    }
}

const fn outcome(reading: Result<Reading<'_>, ValueError>) -> Outcome<'_> {
    match reading {
        Ok(reading) => Outcome::Reading(reading),
        Err(error) => Outcome::Absent(error),
    }
}

/// The parts of a request that a meter refused for an address or a length.
fn split(read: PlannedRead<'_>, failure: Failure) -> impl Iterator<Item = PlannedRead<'_>> {
    let is_split = matches!(
        failure,
        Failure::Refused(ExceptionCode::IllegalDataAddress | ExceptionCode::IllegalDataValue)
    );
    is_split.then(|| read.split()).into_iter().flatten()
}
