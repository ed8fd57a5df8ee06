//! Janitza UMG 96RM-E. Made of `models/janitza-umg96rm-e.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Janitza UMG 96RM-E")
    .with_vendor("Janitza")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::PartlyTwoSources, &["OpenEMS", "openWB"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["OpenEMS", "openWB"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const SOURCES_2: &[&str] = &["OpenEMS"];
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const SOURCES_3: &[&str] = &["openWB"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(19000, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES),
    holding(19002, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES),
    holding(19004, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES),
    holding(19012, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES),
    holding(19014, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES),
    holding(19016, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES),
    holding(19018, "current", E::F32, (CURRENT, A)).with_sources(SOURCES_2),
    holding(19020, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_sources(SOURCES),
    holding(19022, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_sources(SOURCES),
    holding(19024, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_sources(SOURCES),
    holding(19026, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES),
    holding(19036, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_2),
    holding(19038, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_2),
    holding(19040, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_2),
    holding(19042, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    holding(19044, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_sources(SOURCES_3),
    holding(19046, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_sources(SOURCES_3),
    holding(19048, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_sources(SOURCES_3),
    holding(19050, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES),
    holding(19068, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).with_sources(SOURCES_2),
    holding(19076, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).with_sources(SOURCES_2),
];
