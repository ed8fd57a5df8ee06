//! Sinotimer DTS6619. Made of `models/sinotimer-dts6619.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Sinotimer DTS6619")
    .with_vendor("Sinotimer")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["SmartEVSE"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::I16, (VOLTAGE, V)).phase(P::L1).times(1, -1),
    input(1, "voltage_l2", E::I16, (VOLTAGE, V)).phase(P::L2).times(1, -1),
    input(2, "voltage_l3", E::I16, (VOLTAGE, V)).phase(P::L3).times(1, -1),
    input(3, "current_l1", E::I16, (CURRENT, A)).phase(P::L1).times(1, -2),
    input(4, "current_l2", E::I16, (CURRENT, A)).phase(P::L2).times(1, -2),
    input(5, "current_l3", E::I16, (CURRENT, A)).phase(P::L3).times(1, -2),
    input(8, "power_active", E::I16, (POWER_ACTIVE, W)),
];
