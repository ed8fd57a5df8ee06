//! The answer to a planned request as readings.

use core::iter::FusedIterator;
use core::slice;

use meter_units::{Reading, Unit};

use super::blocks::Blocks;
use super::chosen::Chosen;
use super::{Place, PlanItem, PlannedRead, Read, Selection};
use crate::encoding::ValueError;
use crate::map::{Block, Register, RegisterMap, in_parts};
use crate::{Bits, Registers};

/// What became of one register.
type Outcome<'w> = Result<Reading<'w>, ValueError>;

impl<'p> PlannedRead<'p> {
    /// The readings in the answer to this request, each with its register.
    ///
    /// `map` and `place` are those that the plan was made for. Every register of a plan is read
    /// with one of its requests. A value whose scale or unit is not in the same answer is
    /// [`ValueError::NotRead`]; [`readings_in`] looks in several answers.
    ///
    /// ```
    /// use modbus_regmap::encoding::Encoding;
    /// use modbus_regmap::map::{Device, Register, RegisterMap};
    /// use modbus_regmap::plan::{Place, Selection};
    /// use modbus_regmap::{Registers, Table};
    ///
    /// static DEVICE: Device<'static> = Device::new("meter");
    /// static REGISTERS: [Register<'static>; 2] = [
    ///     Register::new("voltage", Table::InputRegister, 0, Encoding::F32),
    ///     Register::new("current", Table::InputRegister, 2, Encoding::F32),
    /// ];
    /// let map = RegisterMap::new(&DEVICE, &REGISTERS)?;
    /// # #[cfg(feature = "alloc")]
    /// # {
    /// let plan = map.plan(Selection::All)?;
    /// let request = plan.requests().next().expect("one request");
    ///
    /// let answer = [0x43, 0x66, 0x40, 0x00, 0x7F, 0xC0, 0x00, 0x00];
    /// let answer = Registers::from_bytes(&answer).expect("four registers");
    /// let mut readings = request.readings(&map, Place::ABSOLUTE, answer);
    /// let (register, reading) = readings.next().expect("a reading");
    /// assert_eq!(register.name(), "voltage");
    /// assert_eq!(reading?.value.to_string(), "230.25");
    /// let (register, reading) = readings.next().expect("a reading");
    /// assert_eq!(register.name(), "current");
    /// assert!(reading.is_err(), "not a number");
    /// # }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[inline]
    #[must_use]
    pub fn readings<'m, 'w>(
        &self,
        map: &'m RegisterMap<'m>,
        place: Place,
        registers: Registers<'w>,
    ) -> Readings<'p, 'm, 'w> {
        Readings {
            tags: Tags::of(self.items()),
            map,
            registers: map.registers(),
            place,
            is_absolute: place == Place::ABSOLUTE,
            block: Block::new(self.read().table, self.read().address, registers),
        }
    }

    /// The same for coils and discrete inputs.
    pub fn bit_readings<'m>(
        &self,
        map: &'m RegisterMap<'m>,
        place: Place,
        bits: Bits<'m>,
    ) -> impl Iterator<Item = (&'m Register<'m>, Outcome<'static>)> + use<'p, 'm> {
        let first = self.read().address;
        let registers = Tags::of(self.items()).filter_map(|tag| map.registers().get(tag));
        registers.map(move |register| {
            let bit = || {
                let address = place.address(register.address(), 1)?;
                bits.get(address.checked_sub(first)?.into())
            };
            let missing = ValueError::NotRead(register.address());
            let outcome = bit()
                .ok_or(missing)
                .and_then(|bit| bit_reading(register, bit));
            (register, outcome)
        })
    }
}

/// A bit as the register that would hold it.
fn bit_reading(register: &Register<'_>, bit: bool) -> Outcome<'static> {
    const OFF_AND_ON: [&[u8]; 2] = [&[0, 0], &[0, 1]];
    let [off, on] = OFF_AND_ON;
    let window = Registers::from_bytes(if bit { on } else { off }).unwrap_or(Registers::EMPTY);
    let value = register.value(window, None)?;
    let unit = register.unit().unwrap_or(Unit::ONE);
    Ok(Reading::new(register.channel(), value, unit))
}

/// The tags of items, without those that are there twice and those that only come along.
#[derive(Clone, Debug)]
struct Tags<'p> {
    items: slice::Iter<'p, PlanItem>,
    /// The last one; before the first, what 16 bits never are.
    last: u32,
}

impl<'p> Tags<'p> {
    #[inline]
    fn of(items: &'p [PlanItem]) -> Self {
        Self {
            items: items.iter(),
            last: u32::MAX,
        }
    }
}

impl Iterator for Tags<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        let Self { items, last } = self;
        items.find_map(|item| own_tag(item, last))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.items.len()))
    }
}

/// The tag of an item, unless it only comes along or is the last one again.
#[inline]
fn own_tag(item: &PlanItem, last: &mut u32) -> Option<usize> {
    let tag = u32::from(item.tag);
    if item.is_companion || *last == tag {
        return None;
    }
    *last = tag;
    Some(item.tag.into())
}

/// The readings in the answer to a [`PlannedRead`].
#[derive(Clone, Debug)]
pub struct Readings<'p, 'm, 'w> {
    tags: Tags<'p>,
    map: &'m RegisterMap<'m>,
    registers: &'m [Register<'m>],
    place: Place,
    is_absolute: bool,
    block: Block<'w>,
}

impl<'m, 'w> Iterator for Readings<'_, 'm, 'w> {
    type Item = (&'m Register<'m>, Outcome<'w>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let register = self.registers.get(self.tags.next()?)?;
        if self.is_absolute {
            if let Some(number) = register.usual_number(&self.block) {
                return Some((register, Ok(register.usual_reading(number))));
            }
        }
        let mut outcome = Err(ValueError::Kind);
        unusual(self.map, self.place, register, self.block, &mut outcome);
        Some((register, in_parts(outcome)))
    }

    /// The same as a loop, but faster: what becomes of a usual reading is compiled apart from
    /// what becomes of others, so that its parts need not go through memory.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, init: B, mut f: F) -> B {
        let Self {
            tags: Tags { items, mut last },
            map,
            registers,
            place,
            is_absolute,
            block,
        } = self;
        let mut result = init;
        for item in items {
            let Some(tag) = own_tag(item, &mut last) else {
                continue;
            };
            let Some(register) = registers.get(tag) else {
                break;
            };
            let bits = if is_absolute {
                register.usual_bits(&block)
            } else {
                None
            };
            let usual = register.usual();
            result = if let Some(decimal) = bits.and_then(|bits| usual.decimal(bits)) {
                f(
                    result,
                    (register, Ok(register.usual_reading(decimal.into()))),
                )
            } else if let Some(float) = bits.and_then(|bits| usual.float(bits)) {
                f(result, (register, Ok(register.usual_reading(float.into()))))
            } else if let Some(decimal) = bits.and_then(|bits| usual.long_decimal(bits)) {
                f(
                    result,
                    (register, Ok(register.usual_reading(decimal.into()))),
                )
            } else {
                let mut outcome = Err(ValueError::Kind);
                unusual(map, place, register, block, &mut outcome);
                f(result, (register, outcome))
            };
        }
        result
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.tags.size_hint()
    }
}

/// The long way to any reading.
#[cold]
#[inline(never)]
fn unusual<'w>(
    map: &RegisterMap<'_>,
    place: Place,
    register: &Register<'_>,
    block: Block<'w>,
    outcome: &mut Outcome<'w>,
) {
    *outcome = reading_at(map, place, register, Blocks::of(&[block]));
}

impl FusedIterator for Readings<'_, '_, '_> {}

/// The readings of a selection of registers out of several answers, in the order of the map.
///
/// The blocks have the addresses of the device. Registers that the device does not have are left
/// out; those that were not read are [`ValueError::NotRead`]. Blocks in the order of tables and
/// addresses, as the requests of a plan are, are found without a search of all.
pub fn readings_in<'m, 'w>(
    map: &'m RegisterMap<'m>,
    place: Place,
    selection: Selection<'m>,
    blocks: &'m [Block<'w>],
) -> impl Iterator<Item = (&'m Register<'m>, Outcome<'w>)> + use<'m, 'w> {
    let (selection, blocks) = (Chosen::of(selection), Blocks::of(blocks));
    let registers = map.registers().iter().filter(move |register| {
        let (address, count) = (register.address(), register.count());
        let is_there = place.lists(address) && place.address(address, count).is_some();
        is_there && selection.contains(register)
    });
    registers.map(move |register| (register, reading_at(map, place, register, blocks)))
}

/// The reading of a register out of the first blocks that have it, its scale and its unit.
fn reading_at<'w>(
    map: &RegisterMap<'_>,
    place: Place,
    register: &Register<'_>,
    blocks: Blocks<'_, 'w>,
) -> Outcome<'w> {
    let look = |address, count| {
        let actual = place.address(address, count);
        let read = actual.map(|actual| Read::new(register.table(), actual, count));
        read.and_then(|read| blocks.window(read, register.second_table()))
            .ok_or(ValueError::NotRead(address))
    };
    let window = look(register.address(), register.count())?;
    let exponent = match register.scale_register() {
        Some(address) => look(address, 1)?.get(0),
        None => None,
    };
    let value = register.value(window, exponent)?;
    let unit = match register.unit_register() {
        Some(address) => {
            let code = Block::new(register.table(), address, look(address, 1)?);
            map.unit_of(register, register.unit(), address, &code)?
        }
        None => register.unit().ok_or(ValueError::UnknownUnit)?,
    };
    Ok(Reading::new(register.channel(), value, unit))
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use super::*;
    use crate::Table;
    use crate::encoding::{BitNumbering, Encoding};
    use crate::map::Device;
    use crate::plan::{Limits, MapItems, Plan};

    const TABLE: Table = Table::HoldingRegister;

    static DEVICE: Device<'static> = Device::new("inverter").with_sunspec_length(11);

    static REGISTERS: [Register<'_>; 4] = [
        Register::new("power_scale", TABLE, 2, Encoding::ScaleFactor),
        Register::new("count", TABLE, 4, Encoding::U16),
        Register::new("power", TABLE, 10, Encoding::I16).with_scale_register(2),
        Register::new("energy", TABLE, 11, Encoding::U32),
    ];

    /// The registers from 2 on: scale, nothing, count, …, power, energy, and a copy of both.
    const ANSWER: [u16; 14] = [0xFFFF, 0, 2, 0, 0, 0, 0, 0, 1234, 0, 5, 77, 0, 6];

    fn shown<'m, 'w>(
        readings: impl Iterator<Item = (&'m Register<'m>, Outcome<'w>)>,
    ) -> Vec<(&'m str, Result<String, ValueError>)> {
        let text = |reading: Reading<'_>| reading.value.to_string();
        readings
            .map(|(register, outcome)| (register.name(), outcome.map(text)))
            .collect()
    }

    fn ok(text: &str) -> Result<String, ValueError> {
        Ok(text.to_string())
    }

    fn plan<'m>(
        map: &'m RegisterMap<'m>,
        place: Place,
        limits: Limits<'m>,
    ) -> Plan<'m, Vec<PlanItem>> {
        Plan::new(MapItems::new(map, place, Selection::All).collect(), limits).unwrap()
    }

    #[test]
    fn each_register_is_read_once() {
        let device = Device::new("inverter").with_max_gap(9);
        let map = RegisterMap::new(&device, &REGISTERS).unwrap();
        let plan = plan(&map, Place::ABSOLUTE, Limits::of(&device));
        let request = plan.requests().next().unwrap();
        assert_eq!((request.read().address, request.read().count), (2, 11));
        let mut bytes = [0; 22];
        let answer = Registers::copy_from(&ANSWER[..11], &mut bytes).unwrap();
        let readings = shown(request.readings(&map, Place::ABSOLUTE, answer));
        let expected = [
            ("power", ok("123.4")),
            ("power_scale", ok("-1")),
            ("count", ok("2")),
            ("energy", ok("5")),
        ];
        assert_eq!(readings, expected);
    }

    #[test]
    fn a_copy_has_its_own_values_and_the_common_scale() {
        let map = RegisterMap::new(&DEVICE, &REGISTERS).unwrap();
        let place = Place::at(40_000).moved(10, 3);
        let plan = plan(&map, place, Limits::of(&DEVICE));
        let request = plan.requests().next().unwrap();
        assert_eq!((request.read().address, request.read().count), (40_002, 14));
        let mut bytes = [0; 28];
        let answer = Registers::copy_from(&ANSWER, &mut bytes).unwrap();
        let readings = shown(request.readings(&map, place, answer));
        assert_eq!(readings, [("power", ok("7.7")), ("energy", ok("6"))]);
    }

    #[test]
    fn what_was_read_apart_comes_together_again() {
        let device = Device::new("inverter").with_max_registers(4);
        let map = RegisterMap::new(&device, &REGISTERS).unwrap();
        let selection = Selection::Names(&["power", "energy"]);
        let items: Vec<_> = MapItems::new(&map, Place::ABSOLUTE, selection).collect();
        let plan = Plan::new(items, Limits::of(&device)).unwrap();
        let reads: Vec<_> = plan.requests().map(|request| request.read()).collect();
        let places: Vec<_> = reads
            .iter()
            .map(|read| (read.address, read.count))
            .collect();
        assert_eq!(places, [(2, 1), (10, 3)]);

        let mut bytes = [[0; 8]; 2];
        let blocks: Vec<_> = reads
            .iter()
            .zip(&mut bytes)
            .map(|(read, bytes)| {
                let from = usize::from(read.address) - 2;
                let words = &ANSWER[from..from + usize::from(read.count)];
                let registers = Registers::copy_from(words, bytes).unwrap();
                Block::new(TABLE, read.address, registers)
            })
            .collect();
        let missing = Err(ValueError::NotRead(2));
        let alone: Vec<_> = plan
            .requests()
            .zip(&blocks)
            .flat_map(|(request, block)| {
                shown(request.readings(&map, Place::ABSOLUTE, block.registers()))
            })
            .collect();
        assert_eq!(alone, [("power", missing), ("energy", ok("5"))]);
        let together = shown(readings_in(&map, Place::ABSOLUTE, selection, &blocks));
        assert_eq!(together, [("power", ok("123.4")), ("energy", ok("5"))]);
    }

    #[test]
    fn a_short_answer_gives_what_it_has() {
        let map = RegisterMap::new(&DEVICE, &REGISTERS).unwrap();
        let plan = plan(&map, Place::ABSOLUTE, Limits::of(&DEVICE));
        let request = plan.requests().next().unwrap();
        let answer = Registers::from_bytes(&[0, 0, 0, 0, 0, 9]).unwrap();
        let readings = shown(request.readings(&map, Place::ABSOLUTE, answer));
        assert_eq!(readings[0], ("power", Err(ValueError::NotRead(10))));
        assert_eq!(readings[2], ("count", ok("9")));
    }

    #[test]
    fn coils_are_numbers_too() {
        let bit = Encoding::bit(0, BitNumbering::default()).unwrap();
        let registers = [
            Register::new("relay_1", Table::Coil, 172, bit),
            Register::new("relay_2", Table::Coil, 175, bit),
        ];
        let device = Device::new("inverter").with_max_gap(4);
        let map = RegisterMap::new(&device, &registers).unwrap();
        let plan = plan(&map, Place::ABSOLUTE, Limits::of(&device));
        let request = plan.requests().next().unwrap();
        let bits = Bits::from_bytes(&[0b1000], 4).unwrap();
        let readings = shown(request.bit_readings(&map, Place::ABSOLUTE, bits));
        assert_eq!(readings, [("relay_1", ok("0")), ("relay_2", ok("1"))]);
    }
}
