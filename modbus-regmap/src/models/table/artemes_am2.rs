//! Artemes AM-2. Made of `models/artemes-am2.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Artemes AM-2")
    .with_vendor("Artemes")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -3),
    input(2, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -3),
    input(4, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -3),
    input(12, "voltage", E::U32, (VOLTAGE, V)).times(1, -3),
    input(14, "current_l1", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3),
    input(16, "current_l2", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3),
    input(18, "current_l3", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3),
    input(22, "current", E::I32, (CURRENT, A)).times(1, -3),
    input(24, "power_active_l1", E::I64, (POWER_ACTIVE, W)).phase(P::L1).times(1, -3),
    input(28, "power_active_l2", E::I64, (POWER_ACTIVE, W)).phase(P::L2).times(1, -3),
    input(32, "power_active_l3", E::I64, (POWER_ACTIVE, W)).phase(P::L3).times(1, -3),
    input(36, "power_active", E::I64, (POWER_ACTIVE, W)).times(1, -3),
    input(56, "power_reactive_l1", E::I64, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -3),
    input(60, "power_reactive_l2", E::I64, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -3),
    input(64, "power_reactive_l3", E::I64, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -3),
    input(68, "power_reactive", E::I64, (POWER_REACTIVE, VAR)).times(1, -3),
    input(114, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -3),
    input(1048, "energy_active_import", E::U64, (ENERGY_ACTIVE_IMPORT, WH)).times(1, -1),
    input(1052, "energy_active_export", E::U64, (ENERGY_ACTIVE_EXPORT, WH)).times(1, -1),
];
