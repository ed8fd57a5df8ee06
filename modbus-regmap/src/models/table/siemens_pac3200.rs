//! Siemens SENTRON PAC3200. Made of `models/siemens-pac3200.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Siemens SENTRON PAC3200")
    .with_vendor("Siemens")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_whole_values()
    .with_sources(Verified::PartlyTwoSources, &["openWB", "public connector library (interop checked)"])
    .with_notes(&["Reads must start on the first register of a value and must not end inside a value; otherwise an exception is returned (vendor manual)."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["openWB", "public connector library (interop checked)"];
const SOURCES_2: &[&str] = &["public connector library (interop checked)"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const THD_CURRENT: Word = word("thd_current", Medium(2), Q::CurrentThd);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const OPERATING_TIME: Word = word("operating_time", Medium(2), Q::OperatingTime);
const S: UnitWord = unit("s", X::None, B::Second);
const DOUBT: &str = "unit of the working-hours counter not stated by the source; seconds per the PAC family";
const OTHER: Word = word("other", Medium(2), Q::None);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const SOURCES_3: &[&str] = &["openWB"];
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(1, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES),
    holding(3, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES),
    holding(5, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES),
    holding(7, "voltage_a_b", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES_2),
    holding(9, "voltage_b_c", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES_2),
    holding(11, "voltage_c_a", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES_2),
    holding(13, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES),
    holding(15, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES),
    holding(17, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES),
    holding(19, "apparent_power_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1).with_sources(SOURCES_2),
    holding(21, "apparent_power_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2).with_sources(SOURCES_2),
    holding(23, "apparent_power_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3).with_sources(SOURCES_2),
    holding(25, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_sources(SOURCES),
    holding(27, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_sources(SOURCES),
    holding(29, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_sources(SOURCES),
    holding(31, "reactive_power_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_2),
    holding(33, "reactive_power_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_2),
    holding(35, "reactive_power_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_2),
    holding(37, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_sources(SOURCES),
    holding(39, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_sources(SOURCES),
    holding(41, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_sources(SOURCES),
    holding(43, "thd_voltage_l1", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L1).with_sources(SOURCES_2),
    holding(45, "thd_voltage_l2", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L2).with_sources(SOURCES_2),
    holding(47, "thd_voltage_l3", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L3).with_sources(SOURCES_2),
    holding(49, "thd_current_l1", E::F32, (THD_CURRENT, PERCENT)).phase(P::L1).with_sources(SOURCES_2),
    holding(51, "thd_current_l2", E::F32, (THD_CURRENT, PERCENT)).phase(P::L2).with_sources(SOURCES_2),
    holding(53, "thd_current_l3", E::F32, (THD_CURRENT, PERCENT)).phase(P::L3).with_sources(SOURCES_2),
    holding(55, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES),
    holding(57, "average_voltage_ln", E::F32, (VOLTAGE, V)).with_sources(SOURCES_2),
    holding(59, "average_voltage_ll", E::F32, (VOLTAGE, V)).with_sources(SOURCES_2),
    holding(61, "average_current", E::F32, (CURRENT, A)).with_sources(SOURCES_2),
    holding(63, "total_apparent_power", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_2),
    holding(65, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES),
    holding(67, "total_reactive_power", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    holding(69, "total_power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_2),
    holding(213, "working_hours_counter", E::U32, (OPERATING_TIME, S)).with_sources(SOURCES_2).with_doubt(DOUBT),
    holding(215, "universal_counter", E::U32, (OTHER, ONE)).with_sources(SOURCES_2),
    holding(801, "energy_active_import", E::F64, (ENERGY_ACTIVE_IMPORT, WH)).with_sources(SOURCES_3),
    holding(809, "energy_active_export", E::F64, (ENERGY_ACTIVE_EXPORT, WH)).with_sources(SOURCES_3),
];
