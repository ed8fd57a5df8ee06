//! Socomec DIRIS B30. Made of `models/socomec-diris-b30.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Socomec DIRIS B30")
    .with_vendor("Socomec")
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
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(18444, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    holding(18446, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    holding(18448, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    holding(18458, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -3),
    holding(18460, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -3),
    holding(18462, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -3),
    holding(18476, "power_active", E::I32, (POWER_ACTIVE, W)),
    holding(18478, "power_reactive", E::I32, (POWER_REACTIVE, VAR)),
    holding(18488, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(18490, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(18492, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(18494, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(18496, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(18498, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3),
    holding(19843, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).times(1, 3),
    holding(19846, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).times(1, 3),
];
