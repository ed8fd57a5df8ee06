//! Saia-Burgess ALE3. Made of `models/saia-ale3.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Saia-Burgess ALE3")
    .with_vendor("Saia-Burgess Controls")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const DOUBT: &str = "the vendor unit is probably 0.01 kW (0.01 kvar); the source labels it W; bidirectional models use signed values";
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(27, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2),
    holding(31, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2),
    holding(35, "voltage_l1", E::U16, (VOLTAGE, V)).phase(P::L1),
    holding(36, "current_l1", E::U16, (CURRENT, A)).phase(P::L1).times(1, -1),
    holding(37, "power_active_l1", E::U16, (POWER_ACTIVE, W)).phase(P::L1).times(1, -2).with_doubt(DOUBT),
    holding(38, "power_reactive_l1", E::U16, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -2).with_doubt(DOUBT),
    holding(39, "power_factor_l1", E::U16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -2),
    holding(40, "voltage_l2", E::U16, (VOLTAGE, V)).phase(P::L2),
    holding(41, "current_l2", E::U16, (CURRENT, A)).phase(P::L2).times(1, -1),
    holding(42, "power_active_l2", E::U16, (POWER_ACTIVE, W)).phase(P::L2).times(1, -2).with_doubt(DOUBT),
    holding(43, "power_reactive_l2", E::U16, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -2).with_doubt(DOUBT),
    holding(44, "power_factor_l2", E::U16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -2),
    holding(45, "voltage_l3", E::U16, (VOLTAGE, V)).phase(P::L3),
    holding(46, "current_l3", E::U16, (CURRENT, A)).phase(P::L3).times(1, -1),
    holding(47, "power_active_l3", E::U16, (POWER_ACTIVE, W)).phase(P::L3).times(1, -2).with_doubt(DOUBT),
    holding(48, "power_reactive_l3", E::U16, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -2).with_doubt(DOUBT),
    holding(49, "power_factor_l3", E::U16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -2),
    holding(50, "power_active", E::U16, (POWER_ACTIVE, W)).times(1, -2).with_doubt(DOUBT),
    holding(51, "power_reactive", E::U16, (POWER_REACTIVE, VAR)).times(1, -2).with_doubt(DOUBT),
];
