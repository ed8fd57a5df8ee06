//! The examples of the layout, register for register.

extern crate alloc;
use alloc::vec;
use alloc::vec::Vec;

use meter_units::{Decimal, Number, Timestamp, Unit, Value};
use proptest::prelude::*;

use super::*;
use crate::Registers;

const TEST_REGISTERS: [u16; 30] = [
    0xD080, 0x0DC1, 0x0002, 0x0084, 0x5CE5, 0x5EAC, 0x0000, 0x0100, 0x0000, 0x0000, //
    0x00BC, 0x614E, 0x0443, 0x0102, 0x5CE5, 0x5EAC, 0x0000, 0x0200, 0x0000, 0x0000, //
    0x0000, 0x0000, 0x00BC, 0x614E, 0x449A, 0x522B, 0xFFFC, 0x0005, 0x5CE5, 0x5EAC,
];

const EXAMPLE_REGISTERS: [u16; 30] = [
    0x0002, 0x993A, 0x0001, 0x006F, 0x519C, 0xC16D, 0x0000, 0x0100, 0x0000, 0x0000, //
    0x03F8, 0x3CAA, 0x32A7, 0x0204, 0x519C, 0xC16D, 0x0000, 0x0200, 0x0000, 0x0000, //
    0x0000, 0x0000, 0x0000, 0x010B, 0x4882, 0x5F00, 0x0003, 0x0005, 0x519C, 0xBBB3,
];

const EXAMPLE_DEVICE: DeviceEntry = DeviceEntry {
    serial: 170_298,
    layout_version: 1,
    software_version: 111,
    time: 1_369_227_629,
};

const EXAMPLE_METER: MeterEntry = MeterEntry {
    serial: 66_600_106,
    manufacturer: Manufacturer(0x32A7),
    version: 2,
    medium: Medium::HEAT_OUTLET,
    time: 1_369_227_629,
    flags: MeterFlags::CURRENT,
};

const EXAMPLE_VALUE: ValueEntry = ValueEntry {
    integer: 267,
    float: 267_000.0,
    exponent: 3,
    unit: 5,
    time: 1_369_226_163,
};

fn registers(image: &Image<'_>, unit: u8) -> Vec<u16> {
    image.registers(UnitId(unit)).collect()
}

fn entries(registers: &[u16], mode: Mode) -> Vec<Entry> {
    let mut bytes = vec![0; registers.len() * 2];
    let registers = Registers::copy_from(registers, &mut bytes).unwrap();
    Entries::new(registers, mode).collect()
}

#[test]
fn the_test_data_comes_out_register_for_register() {
    let image = Image::new(EXAMPLE_DEVICE, &[], Mode::TEST_DATA);
    assert_eq!(registers(&image, 255), TEST_REGISTERS);
    assert_eq!(image.len(UnitId(7)), 30);
    for (address, register) in (0..).zip(TEST_REGISTERS) {
        assert_eq!(image.get(UnitId(1), address), Some(register));
    }
    assert_eq!(image.get(UnitId(1), 30), None);
}

#[test]
fn the_test_data_reads_as_what_its_table_says() {
    let [device, meter, value] = entries(&TEST_REGISTERS, Mode::GRID)[..] else {
        panic!("three entries");
    };
    assert_eq!(device, Entry::Device(TEST_DEVICE));
    assert_eq!(
        TEST_DEVICE.timestamp(),
        "2019-05-22T14:37:32Z".parse().unwrap()
    );
    let Entry::Meter(meter) = meter else {
        panic!("a meter");
    };
    assert_eq!(
        (meter.serial, meter.manufacturer.letters()),
        (12_345_678, Some(*b"ABC"))
    );
    assert_eq!((meter.version, meter.medium), (1, Medium::ELECTRICITY));
    let Entry::Value(value) = value else {
        panic!("a value");
    };
    assert_eq!(f64::from(value.float), 1_234.567_749_023_437_5);
    assert_eq!(
        value.number(),
        Some(Number::Decimal(Decimal::new(12_345_678, -4).unwrap()))
    );
    assert_eq!(value.unit(), Some(Unit::WH));
}

#[test]
fn the_example_of_a_heat_meter_comes_out_both_ways() {
    let values = [EXAMPLE_VALUE];
    let meters = [Meter::new(EXAMPLE_METER, &values)];
    let image = Image::new(EXAMPLE_DEVICE, &meters, Mode::GRID);
    assert_eq!(registers(&image, 255), EXAMPLE_REGISTERS);
    let expected = [
        Entry::Device(EXAMPLE_DEVICE),
        Entry::Meter(EXAMPLE_METER),
        Entry::Value(EXAMPLE_VALUE),
    ];
    assert_eq!(entries(&EXAMPLE_REGISTERS, Mode::GRID), expected);
}

#[test]
fn readings_know_their_meter() {
    let mut bytes = [0; 60];
    let image = Registers::copy_from(&EXAMPLE_REGISTERS, &mut bytes).unwrap();
    let mut readings = Entries::new(image, Mode::GRID).readings();
    let (meter, reading) = readings.next().unwrap();
    assert_eq!(meter, Some(EXAMPLE_METER));
    assert_eq!(reading.channel.medium, Medium::HEAT_OUTLET);
    assert_eq!(reading.value, Value::from(Decimal::new(267, 3).unwrap()));
    assert_eq!(reading.unit, Unit::WH);
    assert_eq!(reading.time, Some(Timestamp::from_unix(1_369_226_163)));
    assert!(readings.next().is_none());
}

#[test]
fn in_the_short_form_there_are_serial_numbers_and_floats() {
    let image = Image::test_data(Mode::FLOAT_ONLY);
    assert_eq!(registers(&image, 255), [0x00BC, 0x614E, 0x449A, 0x522B]);
    let mode = Mode::FLOAT_ONLY | Mode::WORD_SWAP;
    let swapped = registers(&Image::test_data(mode), 255);
    assert_eq!(swapped, [0x614E, 0x00BC, 0x522B, 0x449A]);
    let mut bytes = [0; 8];
    let swapped = Registers::copy_from(&swapped, &mut bytes).unwrap();
    let entries: Vec<_> = FloatEntries::new(swapped, mode).collect();
    assert_eq!(entries, [12_345_678, 1234.5678_f32.to_bits()]);
}

#[test]
fn each_meter_has_a_unit_address_of_its_own() {
    let values = [EXAMPLE_VALUE];
    let meters = [
        Meter::new(EXAMPLE_METER, &[]),
        Meter::new(EXAMPLE_METER, &values).with_unit(UnitId(40)),
        Meter::new(EXAMPLE_METER, &values),
    ];
    let image = Image::new(EXAMPLE_DEVICE, &meters, Mode::MULTI_SLAVE);
    assert_eq!(registers(&image, 255), EXAMPLE_REGISTERS[..10]);
    assert_eq!(registers(&image, 1), EXAMPLE_REGISTERS[10..20]);
    for unit in [3, 40] {
        assert_eq!(registers(&image, unit), EXAMPLE_REGISTERS[10..]);
    }
    for unit in [0, 2, 4, 254] {
        assert_eq!(image.len(UnitId(unit)), 0);
        assert_eq!(image.get(UnitId(unit), 0), None);
    }
    let image = Image::new(
        EXAMPLE_DEVICE,
        &meters,
        Mode::MULTI_SLAVE | Mode::FLOAT_ONLY,
    );
    assert_eq!(registers(&image, 40), [0x03F8, 0x3CAA, 0x4882, 0x5F00]);
    assert_eq!(image.len(UnitId::NEUTRAL), 0);
}

#[test]
fn an_image_ends_with_the_address_space() {
    let values = vec![EXAMPLE_VALUE; 7000];
    let meters = [Meter::new(EXAMPLE_METER, &values)];
    let image = Image::new(EXAMPLE_DEVICE, &meters, Mode::GRID);
    assert_eq!(image.len(UnitId::NEUTRAL), 65_536);
    assert_eq!(image.registers(UnitId::NEUTRAL).count(), 65_536);
    // the sixth register of an entry, which holds half of the float
    assert_eq!(image.get(UnitId::NEUTRAL, 65_535), Some(0x5F00));
}

fn value() -> impl Strategy<Value = ValueEntry> {
    (any::<i64>(), -1e9..1e9_f32, any::<(i16, u8, u32)>()).prop_map(
        |(integer, float, (exponent, unit, time))| ValueEntry {
            integer,
            float,
            exponent,
            unit,
            time,
        },
    )
}

fn meter() -> impl Strategy<Value = (MeterEntry, Vec<ValueEntry>)> {
    let entry = any::<(u32, u16, u8, u8, u32, u16)>().prop_map(
        |(serial, manufacturer, version, medium, time, flags)| MeterEntry {
            serial,
            manufacturer: Manufacturer(manufacturer),
            version,
            medium: Medium(medium),
            time,
            flags: MeterFlags(flags),
        },
    );
    (entry, prop::collection::vec(value(), 0..4))
}

proptest! {
    #[test]
    fn an_image_reads_as_what_it_was_made_of(
        list in prop::collection::vec(meter(), 0..5),
        bits in 0..8_u8,
    ) {
        let mode = Mode::from_bits(bits);
        let meters: Vec<_> = list.iter().map(|(entry, values)| Meter::new(*entry, values)).collect();
        let image = Image::new(EXAMPLE_DEVICE, &meters, mode);
        let mut expected = vec![Entry::Device(EXAMPLE_DEVICE)];
        let mut spaces = vec![registers(&image, 255)];
        let is_multi = mode.contains(Mode::MULTI_SLAVE);
        for (unit, (entry, values)) in (1..).zip(&list) {
            if is_multi {
                spaces.push(registers(&image, unit));
            }
            expected.push(Entry::Meter(*entry));
            expected.extend(values.iter().map(|value| Entry::Value(*value)));
        }
        let all = spaces.concat();
        for (unit, space) in (0..).zip(&spaces) {
            let unit = UnitId(if unit == 0 { 255 } else { unit });
            prop_assert_eq!(image.len(unit) as usize, space.len());
            for (address, register) in (0..).zip(space) {
                prop_assert_eq!(image.get(unit, address), Some(*register));
            }
        }
        if mode.contains(Mode::FLOAT_ONLY) {
            let floats = expected.iter().filter_map(|entry| entry.to_float_registers(mode));
            prop_assert_eq!(all, floats.flatten().collect::<Vec<_>>());
        } else {
            prop_assert_eq!(entries(&all, mode), expected);
        }
    }
}
