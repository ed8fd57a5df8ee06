//! Garo GNM3D. Made of `models/garo-gnm3d.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Garo GNM3D")
    .with_vendor("Garo")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::CDAB)
    .with_serial(SerialSettings::new(9600))
    .with_max_registers(20)
    .with_sources(Verified::TwoSources, &["sdm_modbus", "vendor doc GNM3D protocol"])
    .with_notes(&["The vendor says 50 registers a request in its text and 20 in its frame tables; 20 is safe. Functions 3 and 4 return the same data."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["sdm_modbus", "vendor doc GNM3D protocol"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const POWER_ACTIVE_DEMAND: Word = word("power_active_demand", Medium(2), Q::Power).average();
const POWER_ACTIVE_DEMAND_2: Word = word("power_active_demand", Medium(2), Q::Power).maximum();
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "l1n_voltage", E::I32, (VOLTAGE, V)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(2, "l2n_voltage", E::I32, (VOLTAGE, V)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(4, "l3n_voltage", E::I32, (VOLTAGE, V)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(6, "l12_voltage", E::I32, (VOLTAGE, V)).phase(P::L12).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(8, "l23_voltage", E::I32, (VOLTAGE, V)).phase(P::L23).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(10, "l31_voltage", E::I32, (VOLTAGE, V)).phase(P::L31).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(12, "l1_current", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(14, "l2_current", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(16, "l3_current", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3).with_order(Order::CDAB).with_sources(SOURCES),
    input(18, "l1_power_active", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(20, "l2_power_active", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(22, "l3_power_active", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(24, "l1_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(26, "l2_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(28, "l3_power_apparent", E::I32, (POWER_APPARENT, VA)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(30, "l1_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(32, "l2_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(34, "l3_power_reactive", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(36, "voltage_ln", E::I32, (VOLTAGE, V)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(38, "voltage_ll", E::I32, (VOLTAGE, V)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(40, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(42, "power_apparent", E::I32, (POWER_APPARENT, VA)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(44, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(46, "l1_power_factor", E::I16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3).with_sources(SOURCES),
    input(47, "l2_power_factor", E::I16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3).with_sources(SOURCES),
    input(48, "l3_power_factor", E::I16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3).with_sources(SOURCES),
    input(49, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3).with_sources(SOURCES),
    input(51, "frequency", E::I16, (FREQUENCY, HZ)).times(1, -1).with_sources(SOURCES),
    input(52, "import_energy_active", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(54, "import_energy_reactive", E::I32, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(56, "demand_power_active", E::I32, (POWER_ACTIVE_DEMAND, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(58, "maximum_demand_power_active", E::I32, (POWER_ACTIVE_DEMAND_2, W)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(64, "l1_import_energy_active", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(66, "l2_import_energy_active", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(68, "l3_import_energy_active", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(78, "export_energy_active", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
    input(80, "export_energy_reactive", E::I32, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -1).with_order(Order::CDAB).with_sources(SOURCES),
];
