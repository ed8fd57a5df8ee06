//! Schneider iEM3100/iEM3200/iEM3300 (iEM3155, iEM3255, iEM3355). Made of `models/schneider-iem3000.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Schneider iEM3100/iEM3200/iEM3300 (iEM3155, iEM3255, iEM3355)")
    .with_vendor("Schneider Electric")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_serial(SerialSettings::new(19200).with_parity(Parity::Even))
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "SmartEVSE", "public connector library (interop checked)"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const SOURCES: &[&str] = &["public connector library (interop checked)"];
const S: UnitWord = unit("s", X::None, B::Second);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const SOURCES_2: &[&str] = &["mbmd", "SmartEVSE", "public connector library (interop checked)"];
const SOURCES_3: &[&str] = &["mbmd", "public connector library (interop checked)"];
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const SOURCES_4: &[&str] = &["mbmd"];
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(129, "serial_number", E::U32, (OTHER, ONE)).with_sources(SOURCES),
    holding(2003, "meter_operation_timer", E::U32, (OTHER, S)).with_sources(SOURCES),
    holding(2013, "number_of_phases", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    holding(2014, "number_of_wires", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    holding(2015, "power_system", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    holding(2999, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES_2),
    holding(3001, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES_2),
    holding(3003, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES_2),
    holding(3009, "current", E::F32, (CURRENT, A)).with_sources(SOURCES_3),
    holding(3019, "voltage_l1_l2", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES),
    holding(3021, "voltage_l2_l3", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES),
    holding(3023, "voltage_l3_l1", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES),
    holding(3025, "voltage_ll_avg", E::F32, (VOLTAGE, V)).with_sources(SOURCES),
    holding(3027, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES_2),
    holding(3029, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES_2),
    holding(3031, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES_2),
    holding(3035, "voltage", E::F32, (VOLTAGE, V)).with_sources(SOURCES_3),
    holding(3053, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).times(1, 3).with_sources(SOURCES_3),
    holding(3055, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).times(1, 3).with_sources(SOURCES_3),
    holding(3057, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).times(1, 3).with_sources(SOURCES_3),
    holding(3059, "power_active", E::F32, (POWER_ACTIVE, W)).times(1, 3).with_sources(SOURCES_2),
    holding(3067, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).times(1, 3).with_sources(SOURCES_3),
    holding(3075, "power_apparent", E::F32, (POWER_APPARENT, VA)).times(1, 3).with_sources(SOURCES_3),
    holding(3083, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES),
    holding(3109, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_3),
    holding(3203, "energy_active_import", E::I64, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3).with_sources(SOURCES_4),
    holding(3207, "energy_active_export", E::I64, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3).with_sources(SOURCES_4),
    holding(3219, "energy_reactive_import", E::I64, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -3).with_sources(SOURCES_4),
    holding(3223, "energy_reactive_export", E::I64, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -3).with_sources(SOURCES_4),
    holding(3517, "energy_active_import_l1", E::I64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -3).with_sources(SOURCES_4),
    holding(3521, "energy_active_import_l2", E::I64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -3).with_sources(SOURCES_4),
    holding(3525, "energy_active_import_l3", E::I64, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -3).with_sources(SOURCES_4),
    holding(45099, "energy_active_import_f32", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES),
    holding(45101, "energy_active_export_f32", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES),
    holding(45103, "energy_reactive_import_f32", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES),
    holding(45105, "energy_reactive_export_f32", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).with_sources(SOURCES),
    holding(45107, "partial_active_energy_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES),
    holding(45109, "partial_reactive_energy_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES),
];
