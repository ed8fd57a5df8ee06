//! Siemens 7KT1665/7KT1666. Made of `models/siemens-7kt1665.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Siemens 7KT1665/7KT1666")
    .with_vendor("Siemens")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["evcc"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(1, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    input(3, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    input(5, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    input(7, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -4),
    input(9, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -4),
    input(11, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -4),
    input(57, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -2),
    input(6687, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3),
];
