//! The entrances of modbus-regmap from registers to readings: encodings, maps, points, models.

use core::hint::black_box;
use core::num::NonZeroU64;
use core::str;
use core::time::Duration;

use meter_units::{Channel, Medium, Number, Quantity, Rounding, Unit, Value};
use modbus_regmap::encoding::{
    BitNumbering, Encoding, Field, Marker, Order, Scale, Signedness, Width,
};
use modbus_regmap::map::{
    Access, AddressConvention, AddressRange, Block, Device, Link, Point, PointName, Register,
    RegisterMap, Round, SerialSettings, UnitCodes, Verified,
};
use modbus_regmap::plan::{Limits, MapItems, Place, Plan, PlanItem, Selection, readings_in};
use modbus_regmap::{Bits, Registers, Table, UnitId, models};

use crate::{show, units};

pub(crate) fn encoding_text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    for count in [None, Some(word(input))] {
        match black_box(Encoding::from_name(text, count)) {
            Ok(encoding) => {
                show(encoding);
                black_box((encoding.type_name(), encoding.registers()));
            }
            Err(error) => show(error),
        }
    }
    match black_box(text.parse::<Order>()) {
        Ok(order) => {
            show(order);
            black_box(order.letters(black_box(3)));
        }
        Err(error) => show(error),
    }
    match black_box(text.parse::<Marker>()) {
        Ok(marker) => show(marker),
        Err(error) => show(error),
    }
    match black_box(text.parse::<Scale>()) {
        Ok(scale) => show(scale),
        Err(error) => show(error),
    }
    black_box(BitNumbering::from_name(text));
}

/// Every encoding in every order, from registers and back to them.
pub(crate) fn values(input: &[u8]) {
    let Some((&[a, b, c], wire)) = input.split_first_chunk() else {
        return;
    };
    let encoding = opaque_encoding([a, b, c]);
    let order = opaque_order(c);
    black_box((encoding.takes(order), encoding.is_number()));
    let Some(registers) = Registers::from_bytes(wire) else {
        return;
    };
    black_box(encoding.bits(order, registers));
    black_box(encoding.milliseconds(order, registers));
    match black_box(encoding.decode(order, registers)) {
        Ok(value) => {
            look_at_value(&value);
            write_value(encoding, order, value);
        }
        Err(error) => {
            show(error);
            black_box((error.name(), error.absent()));
        }
    }
}

/// Every kind of value to every encoding, whether it fits or not.
pub(crate) fn values_written(input: &[u8]) {
    let Some((&[a, b, c], rest)) = input.split_first_chunk() else {
        return;
    };
    write_value(opaque_encoding([a, b, c]), opaque_order(b), value(rest));
}

fn write_value(encoding: Encoding, order: Order, value: Value<'_>) {
    let mut out = [0; 64];
    if let Err(error) = black_box(encoding.encode_into(order, value, black_box(&mut out[..]))) {
        show(error);
    }
}

fn look_at_value(value: &Value<'_>) {
    match value {
        Value::Number(number) => {
            black_box((number.to_decimal(), number.to_f64(), number.to_f32()));
        }
        Value::Text(text) => show(text),
        Value::Time(time) => show(time),
        other => {
            black_box(other);
        }
    }
}

/// A scale made of numbers, and what it makes of a raw value.
pub(crate) fn scales(input: &[u8]) {
    let (a, b) = units::decimals(input);
    let power = b.exponent();
    let scales = [
        Scale::power_of_ten(power),
        Scale::decimal(a),
        NonZeroU64::new(b.coefficient()).and_then(|divisor| Scale::fraction(a, divisor)),
    ];
    for scale in black_box(scales).into_iter().flatten() {
        show(scale);
        black_box(scale.to_decimal());
        let mode = units::rounding(input.len());
        let places = power;
        let register = opaque_register(input)
            .with_scale(scale)
            .with_offset(b)
            .with_round(Round { places, mode });
        let Some(registers) = Registers::from_bytes(input) else {
            continue;
        };
        for exponent in [None, registers.get(0)] {
            if let Ok(value) = black_box(register.value(registers, exponent)) {
                look_at_value(&value);
                write_register(&register, value, exponent);
            }
            if let Ok(wide) = black_box(register.wide_value(registers, exponent)) {
                show(wide);
                black_box(wide.round_to_digits(u32::from(places.unsigned_abs()), mode));
            }
            write_register(&register, value(input), exponent);
        }
    }
}

fn write_register(register: &Register<'_>, value: Value<'_>, exponent: Option<u16>) {
    let mut out = [0; 64];
    black_box(register.encode_into(value, exponent, black_box(&mut out[..]))).ok();
}

/// A map of registers that nothing is known of, checked, planned and read.
pub(crate) fn map(input: &[u8]) {
    let forbidden = [AddressRange {
        table: None,
        first: word(input),
        last: 9,
    }];
    let device = opaque_device(input).with_forbidden(black_box(&forbidden));
    let mut parts = input.chunks_exact(12);
    let mut next = || opaque_register(parts.next().unwrap_or_default());
    let registers = [next(), next(), next(), next(), next()];
    let registers = black_box(&registers[..]);
    look_at_device(&device);
    registers.iter().for_each(look_at_register);
    match black_box(RegisterMap::new(&device, registers)) {
        Ok(map) => {
            black_box(map == map.clone());
            look_at_map(&map, input);
        }
        Err(error) => {
            show(error);
            black_box(error.name.as_str());
        }
    }
}

fn look_at_device(device: &Device<'_>) {
    black_box((device.name(), device.vendor(), device.medium_word()));
    black_box((device.max_registers(), device.forbidden()));
    show_all(device.sources());
    show_all(device.notes());
    show(device.verified());
    if let Some(serial) = device.serial() {
        show(serial);
    }
}

fn look_at_register(register: &Register<'_>) {
    black_box((register.name(), register.count(), register.parts()));
    black_box((register.unit_word(), register.quantity_word()));
    black_box((register.label(black_box(3)), register.is_confirmed()));
    register.labels().for_each(|label| {
        black_box(label);
    });
    show_all(register.sources());
    show_all(register.conflicts());
    black_box((register.doubt(), register.access().name()));
}

fn show_all<'a>(texts: impl Iterator<Item = &'a str>) {
    texts.for_each(|text| {
        black_box(text);
    });
}

/// The readings of a map by register, by request and out of several answers.
fn look_at_map(map: &RegisterMap<'_>, input: &[u8]) {
    let Some((&[a, b, c, d, e, f], wire)) = input.split_first_chunk() else {
        return;
    };
    let Some(registers) = Registers::from_bytes(wire) else {
        return;
    };
    let address = u16::from_le_bytes([a, b]);
    let place = if c == 0 {
        Place::ABSOLUTE
    } else {
        Place::at(address)
            .until(u32::from(word(input)))
            .moved(c.into(), d.into())
    };
    let name = str::from_utf8(wire).unwrap_or_default();
    black_box((
        map.register(name),
        map.register_at(table(e), address).is_some(),
    ));
    let block = black_box(Block::new(table(e), address, registers));
    black_box((block.get(address), block.window(address, f.into())));
    for register in map.registers() {
        if let Ok(reading) = black_box(map.reading(register, &block)) {
            look_at_value(&reading.value);
            write_register(register, reading.value, block.get(address));
        }
        black_box(register.value_in(&block)).ok();
    }
    let quantities = [Quantity::Energy];
    let names = [name];
    let selections = [
        Selection::All,
        Selection::Measured,
        Selection::Quantities(&quantities),
        Selection::Names(&names),
    ];
    for selection in black_box(selections) {
        let blocks = [block, block];
        for (_, outcome) in readings_in(map, place, selection, black_box(&blocks)) {
            black_box(outcome).ok();
        }
        let mut room = [PlanItem::default(); 15];
        let items = MapItems::new(map, place, selection);
        let Some(items) = items.write_to(black_box(&mut room[..])) else {
            continue;
        };
        match black_box(Plan::new(items, Limits::of(map.device()))) {
            Ok(plan) => look_at_plan(map, place, &plan, wire),
            Err(error) => show(error),
        }
    }
}

fn look_at_plan<'a>(
    map: &RegisterMap<'_>,
    place: Place,
    plan: &Plan<'_, &'a mut [PlanItem]>,
    wire: &[u8],
) {
    let (bits, registers) = (Bits::from_whole_bytes(wire), Registers::from_bytes(wire));
    for request in plan.requests() {
        let mut readings = request.readings(map, place, registers.unwrap_or(Registers::EMPTY));
        black_box(readings.next().is_some());
        readings.for_each(|(_, outcome)| {
            black_box(outcome).ok();
        });
        request
            .bit_readings(map, place, bits)
            .for_each(|(_, outcome)| {
                black_box(outcome).ok();
            });
    }
}

pub(crate) fn point(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    black_box(Point::parse_strict(text)).ok();
    match black_box(text.parse::<Point>()) {
        Ok(point) => {
            show(point);
            black_box((point.warnings(), point.pause(), point.strict().is_ok()));
            let link = Link::Serial(UnitId(black_box(1)));
            black_box(point.pause_on(black_box(&link)));
            look_at_register(&point.register());
            if let Some(registers) = Registers::from_bytes(input) {
                let register = point.register_named(black_box("a"));
                let block = Block::new(register.table(), register.address(), registers);
                if let Ok(value) = black_box(register.value_in(&block)) {
                    look_at_value(&value);
                }
            }
        }
        Err(error) => show(error),
    }
    black_box(PointName::from_name(text).map(PointName::channel));
}

/// The other words of maps.
pub(crate) fn map_text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    match black_box(Link::parse(text)) {
        Ok(link) => show(link),
        Err(error) => show(error),
    }
    match black_box(text.parse::<SerialSettings>()) {
        Ok(settings) => show(settings),
        Err(error) => show(error),
    }
    match black_box(text.parse::<Verified>()) {
        Ok(verified) => show(verified),
        Err(error) => show(error),
    }
    if let Some(convention) = black_box(AddressConvention::from_name(text)) {
        black_box(convention.name());
    }
    for convention in [
        AddressConvention::Plain,
        AddressConvention::OneBased,
        AddressConvention::Classic,
        AddressConvention::FunctionDigit,
    ] {
        if let Err(error) = black_box(convention.read(text)) {
            show(error);
        }
    }
}

/// A model by its name or number, read out of any registers.
pub(crate) fn model(input: &[u8]) {
    let Some((&[a, b], rest)) = input.split_first_chunk() else {
        return;
    };
    let text = str::from_utf8(rest).unwrap_or_default();
    let found = black_box(models::find(text));
    let numbered = black_box(models::sunspec(u16::from_le_bytes([a, b])));
    for model in found.into_iter().chain(numbered).chain(models::list()) {
        black_box((model.name(), model.registers().len()));
        look_at_device(model.device());
        look_at_map(&model.map(), rest);
    }
}

fn opaque_device(input: &[u8]) -> Device<'_> {
    let text = str::from_utf8(input).unwrap_or_default();
    let Some(&[a, b, c]) = input.first_chunk() else {
        return Device::new(text);
    };
    let device = Device::new(text)
        .with_vendor(text)
        .with_medium(Medium(a))
        .with_defaults(table(a), opaque_order(b))
        .with_serial(SerialSettings::new(u32::from(word(input))))
        .with_max_registers(u16::from_le_bytes([a, b]))
        .with_max_gap(u16::from_le_bytes([b, c]))
        .with_pause(Duration::from_millis(a.into()));
    match c % 4 {
        0 => device,
        1 => device.with_even_counts(),
        2 => device.with_even_starts().with_relative_addresses(),
        _ => device.with_whole_values(),
    }
}

fn opaque_register(input: &[u8]) -> Register<'_> {
    let text = str::from_utf8(input).unwrap_or_default();
    let Some(&[a, b, c, d, e, f]) = input.first_chunk() else {
        return Register::new(text, Table::HoldingRegister, 0, Encoding::U16);
    };
    let address = u16::from_le_bytes([a, b]);
    let quantity = Quantity::ALL.get(usize::from(f)).copied();
    let channel = Channel::new(quantity.unwrap_or(Quantity::None), Medium(f));
    let encoding = opaque_encoding([c, d, e]);
    let mut register = Register::new(text, table(a), address, encoding)
        .with_order(opaque_order(e))
        .with_channel(channel)
        .with_offset(units::decimal(input));
    if c & 1 != 0 {
        register = register.with_scale_register(d.into());
    }
    if c & 2 != 0 {
        let codes = match d % 2 {
            0 => UnitCodes::Labels,
            _ => UnitCodes::Concentrator,
        };
        register = register.with_unit_register(e.into(), codes);
    }
    if c & 4 != 0 {
        register = register.with_not_available(black_box(Marker::Bits(units::bits(input))));
    }
    if c & 8 != 0 {
        register = register.with_round(Round {
            places: i8::from_le_bytes([d]),
            mode: Rounding::HalfEven,
        });
    }
    if let Some(scale) = Scale::power_of_ten(i8::from_le_bytes([f])) {
        register = register.with_scale(scale);
    }
    match f % 8 {
        0 => register.with_unknown_unit(),
        1 => register.with_access(Access::Write),
        2 => register.with_unit(Unit::from_t29(a).unwrap_or(Unit::ONE)),
        3 => register.with_second_table(table(f)),
        4 => register.with_labels(black_box(&[(0, "kWh / Cel / none"), (3, "m3 / GJ")])),
        5 => register.with_words(Some(text), Some(text)),
        _ => register,
    }
}

/// The barrier makes it any value.
fn value(input: &[u8]) -> Value<'_> {
    black_box(match input.len() % 3 {
        0 => Value::Number(Number::Decimal(units::decimal(input))),
        1 => Value::Text(units::opaque_text(input)),
        _ => Value::Bytes(input),
    })
}

/// The barrier makes it any encoding.
fn opaque_encoding([low, bits, count]: [u8; 3]) -> Encoding {
    let width = Width::from_registers(count.into()).unwrap_or(Width::W16);
    let field = Field::new(low, bits, black_box(Signedness::Signed), width);
    black_box(field.map_or(Encoding::U16, Encoding::Field))
}

fn word(input: &[u8]) -> u16 {
    input
        .first_chunk()
        .map_or(0, |bytes| u16::from_le_bytes(*bytes))
}

fn opaque_order(code: u8) -> Order {
    let order = Order::ALL.get(usize::from(code)).copied();
    order.unwrap_or_default()
}

fn table(code: u8) -> Table {
    Table::from_read_function(code).unwrap_or(Table::HoldingRegister)
}
