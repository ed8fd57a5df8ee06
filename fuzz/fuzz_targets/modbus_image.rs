//! The laws of register images: an entry is made of its registers but for the reserved ones, an
//! image reads as what it was made of, and a value that is read is written as the same number.
//!
//! The input is the mode in one byte, then registers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use meter_units::{Channel, Medium, Quantity};
use modbus_regmap::image::{DeviceEntry, Entries, Entry, Image, Meter, Mode, ValueEntry};
use modbus_regmap::{Registers, UnitId};

fuzz_target!(|input: &[u8]| {
    let Some((&bits, bytes)) = input.split_first() else {
        return;
    };
    let mode = Mode::from_bits(bits & 0b0110);
    let Some(registers) = Registers::from_bytes(bytes) else {
        return;
    };
    let mut device = DeviceEntry::default();
    let mut meters: Vec<(_, Vec<ValueEntry>)> = Vec::new();
    for entry in Entries::new(registers, mode) {
        let again = Entry::from_registers(entry.to_registers(mode), mode);
        assert_eq!(again.to_registers(mode), entry.to_registers(mode));
        match entry {
            Entry::Device(entry) => device = entry,
            Entry::Meter(meter) => meters.push((meter, Vec::new())),
            Entry::Value(value) => {
                check_value(&value);
                if let Some((_, values)) = meters.last_mut() {
                    values.push(value);
                }
            }
            _ => {}
        }
    }
    meters.truncate(247);
    let list: Vec<_> = meters
        .iter()
        .map(|(meter, values)| Meter::new(*meter, values))
        .collect();
    let image = Image::new(device, &list, mode);
    if mode.contains(Mode::MULTI_SLAVE) {
        check_space(&image, UnitId::NEUTRAL, &[Entry::Device(device)]);
        for (unit, (meter, values)) in (1..).zip(&meters) {
            let mut entries = vec![Entry::Meter(*meter)];
            entries.extend(values.iter().map(|value| Entry::Value(*value)));
            check_space(&image, UnitId(unit), &entries);
        }
    } else {
        let mut entries = vec![Entry::Device(device)];
        for (meter, values) in &meters {
            entries.push(Entry::Meter(*meter));
            entries.extend(values.iter().map(|value| Entry::Value(*value)));
        }
        check_space(&image, UnitId(1), &entries);
    }
});

/// Floats may be NaN, so entries are compared by their registers.
fn check_space(image: &Image<'_>, unit: UnitId, entries: &[Entry]) {
    let registers: Vec<u16> = image.registers(unit).collect();
    assert_eq!(registers.len(), image.len(unit) as usize);
    let expected = entries
        .iter()
        .flat_map(|entry| entry.to_registers(image.mode()));
    assert!(registers.iter().copied().eq(expected.take(0x1_0000)));
    for (address, register) in (0..=u16::MAX).zip(&registers) {
        assert_eq!(image.get(unit, address), Some(*register));
    }
}

fn check_value(value: &ValueEntry) {
    let reading = value.reading(Channel::new(Quantity::None, Medium::OTHER));
    let Some(number) = reading.number() else {
        return;
    };
    let again = ValueEntry::from_reading(&reading).expect("a number in a unit of the table");
    assert_eq!(again.timestamp(), value.timestamp());
    let again = again.number().expect("a number");
    // a float of 0 reads as the integer 0
    assert!(again == number || again.to_f64() == number.to_f64());
}
