//! Reads registers with as few requests as the meter allows.

use alloc::collections::{BTreeMap, VecDeque};
use std::io;

use meter_units::{Reading, Value};
use modbus_regmap::adu::Framing;
use modbus_regmap::encoding::ValueError;
use modbus_regmap::map::{Block, Register};
use modbus_regmap::plan::{PlannedRead, Read, Selection, readings_in};
use modbus_regmap::{ExceptionCode, Registers, UnitId};

use crate::driver::{Answer, Driver, Failure};
use crate::maps;
use crate::meter::Part;

/// What a register gave.
pub(crate) enum Outcome<'w> {
    Reading(Reading<'w>),
    /// There is a value, but what the meter says of its unit cannot be understood.
    WithoutUnit(Value<'w>, ValueError),
    /// The meter has no such value, or sent none.
    Absent(ValueError),
    /// The request was not answered.
    Failed(Failure),
}

/// The requests for a part of a meter.
pub(crate) struct Reader<'m> {
    part: &'m Part,
    names: &'m [&'m str],
    unit: UnitId,
    parallel: usize,
    requests: Vec<Request<'m>>,
}

/// A request, and the registers that cannot be read without it.
#[derive(Clone)]
struct Request<'m> {
    read: Read,
    /// `None` for a single register, after it was refused together with what it depends on.
    planned: Option<PlannedRead<'m>>,
    tags: Vec<usize>,
}

/// What was answered so far.
#[derive(Default)]
struct Answers<'m> {
    registers: Vec<(Read, Vec<u8>)>,
    bits: BTreeMap<&'m str, Result<Reading<'static>, ValueError>>,
    failures: BTreeMap<&'m str, Failure>,
}

impl<'m> Reader<'m> {
    /// A reader with the requests of a plan, of which so many may be under way at a time.
    pub(crate) fn new(
        part: &'m Part,
        names: &'m [&'m str],
        reads: impl Iterator<Item = PlannedRead<'m>>,
        unit: UnitId,
        parallel: usize,
    ) -> Self {
        Self {
            part,
            names,
            unit,
            parallel,
            requests: reads.map(Request::planned).collect(),
        }
    }

    /// Reads all once, and hands out the registers in the order of the map.
    ///
    /// # Errors
    ///
    /// If the connection is lost and cannot be opened again.
    pub(crate) fn read<F: Framing>(
        &mut self,
        driver: &mut Driver<F>,
        mut handle: impl FnMut(&Register<'_>, Outcome<'_>),
    ) -> io::Result<()> {
        let answers = self.ask(driver)?;
        let blocks: Vec<_> = answers
            .registers
            .iter()
            .filter_map(|(read, bytes)| {
                let registers = Registers::from_bytes(bytes)?;
                Some(Block::new(read.table, read.address, registers))
            })
            .collect();
        let part = self.part;
        let selection = Selection::Names(self.names);
        for (register, reading) in readings_in(&part.map, part.place, selection, &blocks) {
            let name = register.name();
            let outcome = match answers.bits.get(name).copied().unwrap_or(reading) {
                Ok(reading) => Outcome::Reading(reading),
                Err(error @ (ValueError::UnknownUnit | ValueError::UnitCode(_))) => {
                    match maps::value_without_unit(register, part.place, &blocks) {
                        Ok(value) => Outcome::WithoutUnit(value, error),
                        Err(_) => Outcome::Absent(error),
                    }
                }
                Err(ValueError::NotRead(address)) => match answers.failures.get(name) {
                    Some(failure) => Outcome::Failed(*failure),
                    None => Outcome::Absent(ValueError::NotRead(address)),
                },
                Err(error) => Outcome::Absent(error),
            };
            handle(register, outcome);
        }
        Ok(())
    }

    fn ask<F: Framing>(&mut self, driver: &mut Driver<F>) -> io::Result<Answers<'m>> {
        let part = self.part;
        let mut answers = Answers::default();
        let mut waiting: VecDeque<_> = self.requests.iter().cloned().collect();
        let mut open = Vec::new();
        // What had to be split is asked for in parts the next time.
        let mut done = Vec::new();
        loop {
            while open.len() < self.parallel {
                let Some(request) = waiting.pop_front() else {
                    break;
                };
                match driver.begin(self.unit, request.read) {
                    Ok(id) => open.push((id, request)),
                    Err(failure) => {
                        answers.fail(part, &request, failure);
                        done.push(request);
                    }
                }
            }
            if open.is_empty() {
                self.requests = done;
                return Ok(answers);
            }
            driver.wait(|id, answer| {
                let Some(place) = open.iter().position(|(own, _)| *own == id) else {
                    return;
                };
                let (_, request) = open.swap_remove(place);
                match answer {
                    Answer::Registers(registers) => {
                        let bytes = registers.as_bytes().to_vec();
                        answers.registers.push((request.read, bytes));
                    }
                    Answer::Bits(bits) => {
                        if let Some(planned) = request.planned {
                            let readings = planned.bit_readings(&part.map, part.place, bits);
                            // They have no text, and so live longer than the answer.
                            let named = readings.filter_map(|(register, bit)| {
                                let registers = part.map.registers().iter();
                                let same = registers.into_iter().find(|it| *it == register)?;
                                Some((same.name(), bit))
                            });
                            answers.bits.extend(named);
                        }
                    }
                    Answer::Written => {}
                    Answer::Failed(failure) => {
                        let parts = request.split(part, failure);
                        if !parts.is_empty() {
                            waiting.extend(parts);
                            return;
                        }
                        answers.fail(part, &request, failure);
                    }
                }
                done.push(request);
            })?;
        }
    }
}

impl<'m> Request<'m> {
    fn planned(planned: PlannedRead<'m>) -> Self {
        let tags = planned.items().iter().map(|item| item.tag().into());
        Self {
            read: planned.read(),
            planned: Some(planned),
            tags: tags.collect(),
        }
    }

    /// The parts of a request that a meter refused for an address or a length.
    ///
    /// A value and what it depends on are read in one piece, also across a hole; where the hole
    /// is refused, they are read one by one.
    fn split(&self, part: &Part, failure: Failure) -> Vec<Self> {
        let is_split = matches!(
            failure,
            Failure::Refused(ExceptionCode::IllegalDataAddress | ExceptionCode::IllegalDataValue)
        );
        let Some(planned) = self.planned.filter(|_| is_split) else {
            return Vec::new();
        };
        let parts: Vec<_> = planned.split().map(Self::planned).collect();
        if !parts.is_empty() {
            return parts;
        }
        let mut singles: Vec<Self> = Vec::new();
        for &tag in &self.tags {
            let Some(register) = part.map.registers().get(tag) else {
                continue;
            };
            let own = Some((register.address(), register.count()));
            let others = [register.scale_register(), register.unit_register()];
            let wanted = core::iter::once(own).chain(others.map(|it| Some((it?, 1))));
            for (address, count) in wanted.flatten() {
                let Some(address) = part.place.address(address, count) else {
                    continue;
                };
                let read = Read::new(self.read.table, address, count);
                match singles.iter_mut().find(|single| single.read == read) {
                    Some(single) => single.tags.push(tag),
                    None => singles.push(Self {
                        read,
                        planned: None,
                        tags: vec![tag],
                    }),
                }
            }
        }
        singles.retain(|single| single.read != self.read);
        singles
    }
}

impl<'m> Answers<'m> {
    fn fail(&mut self, part: &'m Part, request: &Request<'m>, failure: Failure) {
        let registers = request
            .tags
            .iter()
            .filter_map(|tag| part.map.registers().get(*tag));
        self.failures
            .extend(registers.map(|register| (register.name(), failure)));
    }
}
