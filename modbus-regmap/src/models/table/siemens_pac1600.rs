//! Siemens SENTRON 7KT PAC1600. Made of `models/siemens-pac1600.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Siemens SENTRON 7KT PAC1600")
    .with_vendor("Siemens")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
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
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(1, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    holding(3, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    holding(5, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    holding(7, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -4),
    holding(9, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -4),
    holding(11, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -4),
    holding(13, "voltage_l1l2", E::U32, (VOLTAGE, V)).phase(P::L12).times(1, -2),
    holding(15, "voltage_l2l3", E::U32, (VOLTAGE, V)).phase(P::L23).times(1, -2),
    holding(17, "voltage_l3l1", E::U32, (VOLTAGE, V)).phase(P::L31).times(1, -2),
    holding(19, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -2),
    holding(21, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -2),
    holding(23, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -2),
    holding(25, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -2),
    holding(27, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -2),
    holding(29, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -2),
    holding(49, "frequency", E::I32, (FREQUENCY, HZ)).times(1, -2),
    holding(51, "voltage", E::I32, (VOLTAGE, V)).times(1, -2),
    holding(53, "voltage_ll", E::I32, (VOLTAGE, V)).times(1, -2),
    holding(57, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -2),
    holding(59, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, -2),
    holding(6687, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, WH)),
    holding(6689, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, WH)),
    holding(6691, "reactive_consumption_energy", E::U32, (ENERGY_REACTIVE_IMPORT, VARH)),
    holding(6693, "reactive_production_energy", E::U32, (ENERGY_REACTIVE_EXPORT, VARH)),
    holding(6707, "energy_active_export_l1", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1),
    holding(6709, "energy_active_import_l1", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1),
    holding(6711, "reactive_consumption_energy_l1", E::U32, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L1),
    holding(6713, "reactive_production_energy_l1", E::U32, (ENERGY_REACTIVE_EXPORT, VARH)).phase(P::L1),
    holding(6727, "energy_active_export_l2", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L2),
    holding(6729, "energy_active_import_l2", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2),
    holding(6731, "reactive_consumption_energy_l2", E::U32, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L2),
    holding(6733, "reactive_production_energy_l2", E::U32, (ENERGY_REACTIVE_EXPORT, VARH)).phase(P::L2),
    holding(6747, "energy_active_export_l3", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L3),
    holding(6749, "energy_active_import_l3", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3),
    holding(6751, "reactive_consumption_energy_l3", E::U32, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L3),
    holding(6753, "reactive_production_energy_l3", E::U32, (ENERGY_REACTIVE_EXPORT, VARH)).phase(P::L3),
];
