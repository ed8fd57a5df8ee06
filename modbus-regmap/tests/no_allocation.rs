//! Readings and plans without the heap.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test")]

use modbus_regmap::encoding::{Encoding, Scale};
use modbus_regmap::map::{Device, Register, RegisterMap};
use modbus_regmap::plan::{Limits, MapItems, Place, Plan, PlanItem, Selection};
use modbus_regmap::{Registers, Table};

#[test]
fn plans_and_readings_allocate_nothing() {
    let register =
        |name, address, encoding| Register::new(name, Table::InputRegister, address, encoding);
    let tenths = Scale::power_of_ten(-1).unwrap();
    let registers = [
        register("voltage", 0, Encoding::F32).with_scale(tenths),
        register("power", 2, Encoding::I16).with_scale_register(3),
        register("power_scale", 3, Encoding::ScaleFactor),
        register("name", 4, Encoding::text(2)),
        register("energy", 6, Encoding::U64).with_scale("1/3".parse().unwrap()),
    ];
    let device = Device::new("meter");
    let map = RegisterMap::new(&device, &registers).unwrap();
    let wire = [
        0x43, 0x66, 0x80, 0x00, 0x04, 0xD2, 0xFF, 0xFF, b'm', b'a', b'i', b'n', 0, 0, 0, 0, 0, 0,
        0, 9,
    ];

    let (mut found, mut room) = (0, [PlanItem::default(); 16]);
    let allocations = allocation_counter::measure(|| {
        let items = MapItems::new(&map, Place::ABSOLUTE, Selection::All);
        let items = items.write_to(&mut room).expect("room for all items");
        let plan = Plan::new(items, Limits::of(&device)).expect("a plan");
        for request in plan.requests() {
            let answer = Registers::from_bytes(&wire).expect("ten registers");
            let readings = request.readings(&map, Place::ABSOLUTE, answer);
            found += readings.filter(|(_, reading)| reading.is_ok()).count();
        }
    });
    assert_eq!(found, registers.len());
    assert_eq!(allocations.count_total, 0);
}
