//! ORNO OR-WE-525/OR-WE-526. Made of `models/orno-we-525-526.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("ORNO OR-WE-525/OR-WE-526")
    .with_vendor("ORNO")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

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
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(256, "voltage", E::I32, (VOLTAGE, V)).times(1, -3),
    input(258, "current", E::I32, (CURRENT, A)).times(1, -3),
    input(260, "power_active", E::I32, (POWER_ACTIVE, W)),
    input(262, "power_apparent", E::I32, (POWER_APPARENT, VA)),
    input(264, "power_reactive", E::I32, (POWER_REACTIVE, VAR)),
    input(266, "frequency", E::I16, (FREQUENCY, HZ)).times(1, -1),
    input(267, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3),
    input(270, "energy_active_import", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2),
    input(272, "energy_active_import_t1", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(1).times(1, -2),
    input(274, "energy_active_import_t2", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(2).times(1, -2),
    input(280, "energy_active_export", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2),
    input(282, "energy_active_export_t1", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(1).times(1, -2),
    input(284, "energy_active_export_t2", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(2).times(1, -2),
    input(290, "energy_active_total", E::I32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -2),
    input(292, "energy_active_total_t1", E::I32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(1).times(1, -2),
    input(294, "energy_active_total_t2", E::I32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(2).times(1, -2),
    input(300, "energy_reactive_import", E::I32, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -2),
    input(302, "energy_reactive_import_t1", E::I32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(1).times(1, -2),
    input(304, "energy_reactive_import_t2", E::I32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(2).times(1, -2),
    input(310, "energy_reactive_export", E::I32, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -2),
    input(312, "energy_reactive_export_t1", E::I32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(1).times(1, -2),
    input(314, "energy_reactive_export_t2", E::I32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(2).times(1, -2),
    input(320, "energy_reactive_total", E::I32, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -2),
    input(322, "energy_reactive_total_t1", E::I32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(1).times(1, -2),
    input(324, "energy_reactive_total_t2", E::I32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(2).times(1, -2),
];
