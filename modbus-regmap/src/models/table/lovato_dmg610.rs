//! Lovato DMG610. Made of `models/lovato-dmg610.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Lovato DMG610")
    .with_vendor("Lovato")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "openWB"])
    .with_notes(&["Models of the family differ in the scale of the frequency: 0.001 or 0.01 Hz a count."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["mbmd", "openWB"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const SOURCES_2: &[&str] = &["mbmd"];
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const SOURCES_3: &[&str] = &["openWB"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(1, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(3, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(5, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(7, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -4).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(9, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -4).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(11, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -4).with_sources(SOURCES).with_conflicts(&["openWB: type i32"]),
    input(19, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -2).with_sources(SOURCES),
    input(21, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -2).with_sources(SOURCES),
    input(23, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -2).with_sources(SOURCES),
    input(25, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -2).with_sources(SOURCES_2),
    input(27, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -2).with_sources(SOURCES_2),
    input(29, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -2).with_sources(SOURCES_2),
    input(31, "power_apparent_l1", E::U32, (POWER_APPARENT, VA)).phase(P::L1).times(1, -2).with_sources(SOURCES_2),
    input(33, "power_apparent_l2", E::U32, (POWER_APPARENT, VA)).phase(P::L2).times(1, -2).with_sources(SOURCES_2),
    input(35, "power_apparent_l3", E::U32, (POWER_APPARENT, VA)).phase(P::L3).times(1, -2).with_sources(SOURCES_2),
    input(37, "power_factor_l1", E::I32, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -4).with_sources(SOURCES_3),
    input(39, "power_factor_l2", E::I32, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -4).with_sources(SOURCES_3),
    input(41, "power_factor_l3", E::I32, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -4).with_sources(SOURCES_3),
    input(49, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -3).with_sources(SOURCES_2).with_conflicts(&["openWB: type i32, word order big, unit Hz, scale 0.01"]),
    input(57, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -2).with_sources(SOURCES_2),
    input(59, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, -2).with_sources(SOURCES_2),
    input(61, "power_apparent", E::U32, (POWER_APPARENT, VA)).times(1, -2).with_sources(SOURCES_2),
    input(83, "thd_voltage_l1", E::U32, (THD_VOLTAGE, PERCENT)).phase(P::L1).times(1, -2).with_sources(SOURCES_2),
    input(85, "thd_voltage_l2", E::U32, (THD_VOLTAGE, PERCENT)).phase(P::L2).times(1, -2).with_sources(SOURCES_2),
    input(87, "thd_voltage_l3", E::U32, (THD_VOLTAGE, PERCENT)).phase(P::L3).times(1, -2).with_sources(SOURCES_2),
    input(6943, "energy_active_import", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2).with_sources(SOURCES_2),
    input(6947, "energy_active_export", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).with_sources(SOURCES_2),
    input(6951, "energy_reactive_import", E::U64, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -2).with_sources(SOURCES_2),
    input(6955, "energy_reactive_export", E::U64, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -2).with_sources(SOURCES_2),
    input(7711, "energy_active_import_l1", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -2).with_sources(SOURCES_2),
    input(7715, "energy_active_export_l1", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).times(1, -2).with_sources(SOURCES_2),
    input(7751, "energy_active_import_l2", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -2).with_sources(SOURCES_2),
    input(7755, "energy_active_export_l2", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).times(1, -2).with_sources(SOURCES_2),
    input(7791, "energy_active_import_l3", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -2).with_sources(SOURCES_2),
    input(7795, "energy_active_export_l3", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).times(1, -2).with_sources(SOURCES_2),
];
