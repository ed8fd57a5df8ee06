//! EIG Shark 100. Made of `models/eig-shark-100.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("EIG Shark 100")
    .with_vendor("Electro Industries/GaugeTech")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::TwoSources, &["public connector library (interop checked)", "SolarNetwork"]);

const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const SOURCES: &[&str] = &["public connector library (interop checked)", "SolarNetwork"];
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const SOURCES_2: &[&str] = &["public connector library (interop checked)"];
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_ACTIVE_NET: Word = word("energy_active_net", Medium(2), Q::Energy).direction(D::Net);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const ENERGY_REACTIVE_NET: Word = word("energy_reactive_net", Medium(2), Q::ReactiveEnergy).direction(D::Net);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const ENERGY_APPARENT_TOTAL: Word = word("energy_apparent_total", Medium(2), Q::ApparentEnergy);
const VAH: UnitWord = unit("VAh", X::None, B::VoltAmpereHour);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(899, "power_active_6_cycles", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES),
    holding(901, "power_reactive_6_cycles", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES),
    holding(903, "power_apparent_6_cycles", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES),
    holding(999, "volts_a_n", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES),
    holding(1001, "volts_b_n", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES),
    holding(1003, "volts_c_n", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES),
    holding(1005, "volts_a_b", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES),
    holding(1007, "volts_b_c", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES),
    holding(1009, "volts_c_a", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES),
    holding(1011, "amps_a", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES),
    holding(1013, "amps_b", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES),
    holding(1015, "amps_c", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES),
    holding(1017, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_2),
    holding(1019, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    holding(1021, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_2),
    holding(1023, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES),
    holding(1025, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES),
    holding(1027, "neutral_current", E::F32, (CURRENT, A)).phase(P::N).with_sources(SOURCES),
    holding(1099, "w_hours_received", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).with_sources(SOURCES).with_conflicts(&["SolarNetwork: type i32"]),
    holding(1101, "w_hours_delivered", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).with_sources(SOURCES).with_conflicts(&["SolarNetwork: type i32"]),
    holding(1103, "w_hours_net", E::U32, (ENERGY_ACTIVE_NET, WH)).with_sources(SOURCES_2),
    holding(1105, "w_hours_total", E::U32, (ENERGY_ACTIVE_TOTAL, WH)).with_sources(SOURCES_2),
    holding(1107, "var_hours_positive", E::U32, (ENERGY_REACTIVE_IMPORT, VARH)).with_sources(SOURCES).with_conflicts(&["SolarNetwork: type i32"]),
    holding(1109, "var_hours_negative", E::U32, (ENERGY_REACTIVE_EXPORT, VARH)).with_sources(SOURCES).with_conflicts(&["SolarNetwork: type i32"]),
    holding(1111, "var_hours_net", E::U32, (ENERGY_REACTIVE_NET, VARH)).with_sources(SOURCES_2),
    holding(1113, "var_hours_total", E::U32, (ENERGY_REACTIVE_TOTAL, VARH)).with_sources(SOURCES_2),
    holding(1115, "va_hours_total", E::U32, (ENERGY_APPARENT_TOTAL, VAH)).with_sources(SOURCES_2),
];
