//! Bernecker MPM3PM. Made of `models/bernecker-mpm3pm.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Bernecker MPM3PM")
    .with_vendor("Bernecker Engineering")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"])
    .with_notes(&["Field software reads the same addresses with function 4; mbmd uses function 3."]);

const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const DOUBT: &str = "field software reports that the energy factor differs from the document: 0.01 kWh per count in practice";
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "energy_active_total", E::I32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -2),
    holding(2, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2).with_doubt(DOUBT),
    holding(4, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).with_doubt(DOUBT),
    holding(6, "energy_reactive_total", E::U32, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -2),
    holding(8, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -1),
    holding(10, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -1),
    holding(12, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -1),
    holding(14, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -2),
    holding(16, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -2),
    holding(18, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -2),
    holding(20, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -2),
    holding(22, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -2),
    holding(24, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -2),
    holding(26, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -2),
    holding(28, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -2),
    holding(30, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -2),
    holding(32, "power_factor_l1", E::U32, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3),
    holding(34, "power_factor_l2", E::U32, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3),
    holding(36, "power_factor_l3", E::U32, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3),
    holding(38, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -2),
    holding(40, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, -2),
    holding(42, "power_factor", E::U32, (POWER_FACTOR, ONE)).times(1, -3),
    holding(44, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -2),
];
