//! Carlo Gavazzi EM24-E1 (Ethernet). Made of `models/carlo-gavazzi-em24-e1.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Carlo Gavazzi EM24-E1 (Ethernet)")
    .with_vendor("Carlo Gavazzi")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::CDAB)
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "sdm_modbus", "Victron dbus-modbus-client"])
    .with_notes(&["Some public configurations read the 32-bit values high word first, which is wrong."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["mbmd", "sdm_modbus", "Victron dbus-modbus-client"];
const SOURCES_2: &[&str] = &["sdm_modbus"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const SOURCES_3: &[&str] = &["mbmd", "sdm_modbus"];
const OTHER: Word = word("other", Medium(2), Q::None);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const POWER_ACTIVE_DEMAND: Word = word("power_active_demand", Medium(2), Q::Power).average();
const POWER_ACTIVE_DEMAND_2: Word = word("power_active_demand", Medium(2), Q::Power).maximum();
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const POWER_APPARENT_DEMAND: Word = word("power_apparent_demand", Medium(2), Q::ApparentPower).average();
const POWER_APPARENT_DEMAND_2: Word = word("power_apparent_demand", Medium(2), Q::ApparentPower).maximum();

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::I32, (VOLTAGE, V)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(2, "voltage_l2", E::I32, (VOLTAGE, V)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(4, "voltage_l3", E::I32, (VOLTAGE, V)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(6, "l12_voltage", E::I32, (VOLTAGE, V)).phase(P::L12).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(8, "l23_voltage", E::I32, (VOLTAGE, V)).phase(P::L23).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(10, "l31_voltage", E::I32, (VOLTAGE, V)).phase(P::L31).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(12, "current_l1", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(14, "current_l2", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(16, "current_l3", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(18, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(20, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(22, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(24, "l1_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(26, "l2_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(28, "l3_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(30, "l1_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(32, "l2_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(34, "l3_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(36, "voltage_ln", E::I32, (VOLTAGE, V)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(38, "voltage_ll", E::I32, (VOLTAGE, V)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(40, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(42, "power_apparent", E::I32, (POWER_APPARENT, VA)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(44, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(46, "power_factor_l1", E::I16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3).with_sources(SOURCES_3),
    input(47, "power_factor_l2", E::I16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3).with_sources(SOURCES_3),
    input(48, "power_factor_l3", E::I16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3).with_sources(SOURCES_3),
    input(49, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3).with_sources(SOURCES_3),
    input(50, "phase_sequence", E::I16, (OTHER, ONE)).with_sources(SOURCES_2),
    input(51, "frequency", E::I16, (FREQUENCY, HZ)).times(1, -1).with_sources(SOURCES).with_conflicts(&["sdm_modbus: type u16", "Victron dbus-modbus-client: type u16"]),
    input(52, "energy_active_import", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(54, "import_energy_reactive", E::I32, (OTHER, ONE)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(56, "demand_power_active", E::I32, (POWER_ACTIVE_DEMAND, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(58, "maximum_demand_power_active", E::I32, (POWER_ACTIVE_DEMAND_2, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(64, "energy_active_import_l1", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(66, "energy_active_import_l2", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(68, "energy_active_import_l3", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(78, "energy_active_export", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(80, "export_energy_reactive", E::I32, (OTHER, ONE)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(118, "demand_power_apparent", E::I32, (POWER_APPARENT_DEMAND, VA)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
    input(120, "maximum_demand_power_apparent", E::I32, (POWER_APPARENT_DEMAND_2, VA)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES_2),
];
