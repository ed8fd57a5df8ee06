//! Eastron SDM220. Made of `models/eastron-sdm220.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SDM220")
    .with_vendor("Eastron")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_serial(SerialSettings::new(2400).with_parity(Parity::Even))
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "wb-mqtt-serial"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["mbmd", "wb-mqtt-serial"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const SOURCES_2: &[&str] = &["mbmd"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage", E::F32, (VOLTAGE, V)).with_sources(SOURCES),
    input(6, "current", E::F32, (CURRENT, A)).with_sources(SOURCES),
    input(12, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES),
    input(18, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES),
    input(24, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES),
    input(30, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES),
    input(36, "phase_angle", E::F32, (PHASE_ANGLE, DEG)).with_sources(SOURCES_2).with_conflicts(&["wb-mqtt-serial: type f32, word order big, unit 1, scale 1"]),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_2),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_2),
    input(76, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES_2),
    input(78, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).with_sources(SOURCES_2),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_2),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).with_sources(SOURCES_2),
];
