//! Siemens SENTRON PAC2200. Made of `models/siemens-pac2200.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Siemens SENTRON PAC2200")
    .with_vendor("Siemens")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_whole_values()
    .with_sources(Verified::TwoSources, &["mbmd", "OpenEMS", "openWB"])
    .with_notes(&["Reads must start on the first register of a value and must not end inside a value (vendor manual for the PAC family)."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["OpenEMS", "openWB", "mbmd"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const SOURCES_2: &[&str] = &["OpenEMS"];
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const SOURCES_3: &[&str] = &["openWB", "mbmd"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const SOURCES_4: &[&str] = &["openWB"];
const SOURCES_5: &[&str] = &["OpenEMS", "mbmd"];
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const SOURCES_6: &[&str] = &["mbmd"];
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(1, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(3, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(5, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(13, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(15, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(17, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(25, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(27, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(29, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(31, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_2),
    holding(33, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_2),
    holding(35, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_2),
    holding(37, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_second_table(Table::InputRegister).with_sources(SOURCES_3),
    holding(39, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_second_table(Table::InputRegister).with_sources(SOURCES_3),
    holding(41, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_second_table(Table::InputRegister).with_sources(SOURCES_3),
    holding(55, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_4),
    holding(61, "current", E::F32, (CURRENT, A)).with_sources(SOURCES_2),
    holding(65, "power_active", E::F32, (POWER_ACTIVE, W)).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(67, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_second_table(Table::InputRegister).with_sources(SOURCES_5),
    holding(801, "energy_active_import", E::F64, (ENERGY_ACTIVE_IMPORT, WH)).with_second_table(Table::InputRegister).with_sources(SOURCES),
    holding(809, "energy_active_export", E::F64, (ENERGY_ACTIVE_EXPORT, WH)).with_second_table(Table::InputRegister).with_sources(SOURCES),
    input(46, "frequency_002e", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_6),
    input(63, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_6),
    input(69, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_6),
];
