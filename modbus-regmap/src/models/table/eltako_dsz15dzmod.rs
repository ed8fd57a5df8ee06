//! Eltako DSZ15DZMOD. Made of `models/eltako-dsz15dzmod.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eltako DSZ15DZMOD")
    .with_vendor("Eltako")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    input(2, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    input(4, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    input(6, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -2),
    input(8, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -2),
    input(10, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -2),
    input(12, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1),
    input(14, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2),
    input(16, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3),
    input(30, "power_factor_l1", E::I32, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3),
    input(32, "power_factor_l2", E::I32, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3),
    input(34, "power_factor_l3", E::I32, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3),
    input(52, "power_active", E::I32, (POWER_ACTIVE, W)),
    input(62, "power_factor", E::I32, (POWER_FACTOR, ONE)).times(1, -3),
    input(72, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2),
    input(74, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2),
];
