//! B+G e-tech DS100. Made of `models/bgetech-ds100.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("B+G e-tech DS100")
    .with_vendor("B+G e-tech")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "evcc"]);

const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const SOURCES: &[&str] = &["mbmd", "evcc"];
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const SOURCES_2: &[&str] = &["evcc"];
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const SOURCES_3: &[&str] = &["mbmd"];
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const DOUBT: &str = "one source only; a second source gives 0x0118 for the same quantity, and that fits the layout of the sister model";

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(270, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2).with_sources(SOURCES),
    holding(280, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).with_sources(SOURCES_2),
    holding(290, "energy_active_total", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -2).with_sources(SOURCES_3),
    holding(1024, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -3).with_sources(SOURCES),
    holding(1026, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -3).with_sources(SOURCES),
    holding(1028, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -3).with_sources(SOURCES),
    holding(1036, "voltage", E::U32, (VOLTAGE, V)).times(1, -3).with_sources(SOURCES_3),
    holding(1040, "current_l1", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3).with_sources(SOURCES),
    holding(1042, "current_l2", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3).with_sources(SOURCES),
    holding(1044, "current_l3", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3).with_sources(SOURCES),
    holding(1048, "current", E::I32, (CURRENT, A)).times(1, -3).with_sources(SOURCES_3),
    holding(1050, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).with_sources(SOURCES),
    holding(1052, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).with_sources(SOURCES),
    holding(1054, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).with_sources(SOURCES),
    holding(1056, "power_active", E::I32, (POWER_ACTIVE, W)).with_sources(SOURCES),
    holding(1058, "power_apparent_l1", E::U32, (POWER_APPARENT, VA)).phase(P::L1).with_sources(SOURCES_3),
    holding(1060, "power_apparent_l2", E::U32, (POWER_APPARENT, VA)).phase(P::L2).with_sources(SOURCES_3),
    holding(1062, "power_apparent_l3", E::U32, (POWER_APPARENT, VA)).phase(P::L3).with_sources(SOURCES_3),
    holding(1064, "power_apparent", E::U32, (POWER_APPARENT, VA)).with_sources(SOURCES_3),
    holding(1066, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_3),
    holding(1068, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_3),
    holding(1070, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_3),
    holding(1072, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_3),
    holding(1077, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -1).with_sources(SOURCES_3),
    holding(1078, "power_factor_l1", E::I16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3).with_sources(SOURCES_3),
    holding(1079, "power_factor_l2", E::I16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3).with_sources(SOURCES_3),
    holding(1080, "power_factor_l3", E::I16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3).with_sources(SOURCES_3),
    holding(1081, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3).with_sources(SOURCES_3),
    holding(1280, "energy_active_total_l1", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1).times(1, -2).with_sources(SOURCES_3),
    holding(1290, "energy_active_import_l1", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -2).with_sources(SOURCES_3),
    holding(1300, "energy_active_export_l1", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).times(1, -2).with_sources(SOURCES_3),
    holding(1380, "energy_active_total_l2", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2).times(1, -2).with_sources(SOURCES_3),
    holding(1390, "energy_active_import_l2", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -2).with_sources(SOURCES_3),
    holding(1400, "energy_active_export_l2", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).times(1, -2).with_sources(SOURCES_3),
    holding(1480, "energy_active_total_l3", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3).times(1, -2).with_sources(SOURCES_3),
    holding(1490, "energy_active_import_l3", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -2).with_sources(SOURCES_3),
    holding(1500, "energy_active_export_l3", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).times(1, -2).with_sources(SOURCES_3),
    holding(4490, "energy_active_export_118a", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).with_sources(SOURCES_3).with_doubt(DOUBT),
];
