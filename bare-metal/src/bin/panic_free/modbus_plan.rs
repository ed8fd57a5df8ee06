//! The entrances of modbus-regmap that plan, walk and make images.

use core::hint::black_box;
use core::time::Duration;

use mbus_proto::meter_units::{Channel, Decimal, Medium, Number, Quantity, Reading, Unit, Value};
use modbus_regmap::image::{
    DeviceEntry, Entries, Entry, FloatEntries, Image, Manufacturer, Meter, MeterEntry, MeterFlags,
    Mode, ValueEntry,
};
use modbus_regmap::map::AddressRange;
use modbus_regmap::plan::{Cost, Limits, Plan, PlanItem, Read};
use modbus_regmap::sunspec::{Block, Walker};
use modbus_regmap::{Registers, Table, UnitId};

use crate::show;

pub(crate) fn plan(input: &[u8]) {
    let mut places = input.chunks_exact(5).filter_map(place);
    let mut items = [PlanItem::new(Read::new(Table::Coil, 0, 1)); 40];
    for (tag, item) in (0..).zip(&mut items) {
        if let Some(read) = places.next() {
            *item = PlanItem::new(read).with_tag(tag);
        }
    }
    let mut forbidden = [AddressRange {
        table: None,
        first: 9,
        last: 9,
    }; 3];
    for (range, read) in forbidden.iter_mut().zip(places) {
        *range = AddressRange {
            table: Some(read.table),
            first: read.address,
            last: read.count,
        };
    }
    let Some(&[a, b, c, d, bits]) = input.first_chunk() else {
        return;
    };
    let mut limits = Limits::new()
        .max_registers(a.into())
        .max_bits(u16::from_le_bytes([b, c]))
        .max_gap(d.into())
        .forbidden(black_box(&forbidden));
    if bits & 1 != 0 {
        limits = limits.even_count();
    }
    if bits & 2 != 0 {
        limits = limits.even_start();
    }
    if bits & 4 != 0 {
        let baud = u32::from_le_bytes([a, b, c, d]);
        limits = limits.cost(Cost::serial(baud, bits, Duration::from_millis(baud.into())));
    }
    match black_box(Plan::new(&mut items[..], limits)) {
        Ok(plan) => {
            for request in plan.requests() {
                show(request.read());
                black_box(
                    request
                        .read()
                        .contains(&Read::new(Table::Coil, a.into(), d.into())),
                );
                black_box((
                    request.items(),
                    forbidden[0].touches(Table::Coil, a.into(), d.into()),
                ));
                for part in request.split() {
                    black_box((part.read(), part.items()));
                }
            }
            black_box((plan.items(), plan.limits()));
        }
        Err(error) => show(error),
    }
}

fn place(bytes: &[u8]) -> Option<Read> {
    let &[code, a, b, c, d] = bytes else {
        return None;
    };
    let table = Table::from_read_function(code)?;
    Some(Read::new(
        table,
        u16::from_le_bytes([a, b]),
        u16::from_le_bytes([c, d]),
    ))
}

pub(crate) fn image(input: &[u8]) {
    let Some((&bits, input)) = input.split_first() else {
        return;
    };
    let mode = Mode::from_bits(bits);
    let Some(registers) = Registers::from_bytes(input) else {
        return;
    };
    let mut device = DeviceEntry::default();
    let mut meter = None;
    let mut values = [None; 4];
    for entry in Entries::new(registers, mode) {
        black_box((entry.to_registers(mode), entry.to_float_registers(mode)));
        match entry {
            Entry::Device(entry) => {
                black_box(entry.timestamp());
                device = entry;
            }
            Entry::Meter(entry) => {
                show(entry.manufacturer);
                black_box(entry.timestamp());
                meter = Some(entry);
            }
            Entry::Value(entry) => {
                black_box((entry.unit(), entry.timestamp(), entry.number()));
                values.rotate_left(1);
                values[0] = Some(entry);
            }
            _ => {}
        }
    }
    for reading in Entries::new(registers, mode).readings() {
        black_box(reading);
    }
    for float in FloatEntries::new(registers, mode) {
        black_box(float);
    }
    let values = values.map(|value| value.unwrap_or(VALUE));
    let meters = [Meter::new(meter.unwrap_or(METER), &values)];
    let meters = black_box(&meters[..]);
    let image = black_box(Image::new(device, meters, mode));
    look_at_image(&image, bits);
    look_at_image(&Image::test_data(mode), bits);
}

fn look_at_image(image: &Image<'_>, bits: u8) {
    for unit in [bits, 255] {
        let unit = UnitId(black_box(unit));
        black_box((image.len(unit), image.get(unit, u16::from(bits) << 3)));
        black_box(image.entry(unit, bits.into()));
        for register in image.registers(unit) {
            black_box(register);
        }
    }
}

const VALUE: ValueEntry = ValueEntry {
    integer: 0,
    float: 0.0,
    exponent: 0,
    unit: 0,
    time: 0,
};

const METER: MeterEntry = MeterEntry {
    serial: 0,
    manufacturer: Manufacturer(0),
    version: 0,
    medium: Medium::OTHER,
    time: 0,
    flags: MeterFlags::CURRENT,
};

pub(crate) fn image_of_reading(input: &[u8]) {
    let Some((&bytes, rest)) = input.split_first_chunk::<8>() else {
        return;
    };
    let Some((&[unit, exponent, kind], rest)) = rest.split_first_chunk() else {
        return;
    };
    let number = i64::from_le_bytes(bytes);
    let value = match kind % 4 {
        0 => Decimal::new(number, i8::from_le_bytes([exponent])).map(Value::from),
        1 => Some(Number::F64(f64::from_le_bytes(bytes)).into()),
        2 => Some(Value::Flags(u64::from_le_bytes(bytes))),
        _ => Some(Value::Bytes(rest)),
    };
    black_box(Manufacturer::from_letters([unit, exponent, kind]));
    let (Some(unit), Some(value)) = (Unit::from_t29(unit), value) else {
        return;
    };
    let quantity = Quantity::ALL.get(usize::from(kind)).copied();
    let channel = Channel::new(quantity.unwrap_or(Quantity::Energy), Medium(kind));
    match black_box(ValueEntry::from_reading(&Reading::new(
        channel, value, unit,
    ))) {
        Ok(entry) => {
            black_box(entry.reading(channel));
        }
        Err(error) => show(error),
    }
}

pub(crate) fn sunspec(input: &[u8]) {
    let mut walker = if black_box(true) {
        Walker::new()
    } else {
        Walker::from_marker(Table::InputRegister, black_box(7))
    };
    for chunk in input.chunks(8) {
        black_box(walker.next_read());
        match Registers::from_bytes(chunk) {
            Some(registers) => {
                if let Some(block) = walker.answer(registers) {
                    look_at_block(&block, u16::from(chunk.first().copied().unwrap_or(0)));
                }
            }
            None => walker.refused(),
        }
    }
    black_box(walker.outcome());
}

fn look_at_block(block: &Block, number: u16) {
    for read in block.reads(number) {
        black_box(read);
    }
    black_box((block.repeats(number, block.length), block.end()));
    for place in block.places() {
        black_box((place.address(number, 4), place.lists(number)));
    }
}
