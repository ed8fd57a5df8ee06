//! ABB B23/B24. Made of `models/abb-b23-b24.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("ABB B23/B24")
    .with_vendor("ABB")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_serial(SerialSettings::new(19200).with_parity(Parity::Even))
    .with_sources(Verified::TwoSources, &["mbmd", "Victron dbus-modbus-client", "SmartEVSE"])
    .with_notes(&["On single-phase units the registers of the other phases read as not available."]);

const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const SOURCES: &[&str] = &["mbmd", "Victron dbus-modbus-client"];
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES_2: &[&str] = &["mbmd", "Victron dbus-modbus-client", "SmartEVSE"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(20480, "energy_active_import", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(20484, "energy_active_export", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21600, "energy_active_import_l1", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21604, "energy_active_import_l2", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21608, "energy_active_import_l3", E::U64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21612, "energy_active_export_l1", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21616, "energy_active_export_l2", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(21620, "energy_active_export_l3", E::U64, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).times(1, -2).absent(0xffffffffffffffff).with_sources(SOURCES),
    holding(23296, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -1).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23298, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -1).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23300, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -1).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23308, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -2).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23310, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -2).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23312, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -2).absent(0xffffffff).with_sources(SOURCES_2).with_conflicts(&["SmartEVSE: type i32"]),
    holding(23316, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -2).absent(0x7fffffff).with_sources(SOURCES_2),
    holding(23318, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -2).absent(0x7fffffff).with_sources(SOURCES),
    holding(23320, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -2).absent(0x7fffffff).with_sources(SOURCES),
    holding(23322, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -2).absent(0x7fffffff).with_sources(SOURCES),
    holding(23340, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -2).absent(0xffff).with_sources(SOURCES),
    holding(23354, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3).absent(0x7fff).with_sources(SOURCES),
    holding(23355, "power_factor_l1", E::I16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3).absent(0x7fff).with_sources(SOURCES),
    holding(23356, "power_factor_l2", E::I16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3).absent(0x7fff).with_sources(SOURCES),
    holding(23357, "power_factor_l3", E::I16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3).absent(0x7fff).with_sources(SOURCES),
];
