//! ORNO OR-WE-516/OR-WE-517. Made of `models/orno-we-516-517.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("ORNO OR-WE-516/OR-WE-517")
    .with_vendor("ORNO")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(14, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(16, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(18, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(20, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(22, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(24, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(26, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(28, "power_active", E::F32, (POWER_ACTIVE, W)).times(1, 3),
    holding(30, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).times(1, 3),
    holding(32, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).times(1, 3),
    holding(34, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).times(1, 3),
    holding(36, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).times(1, 3),
    holding(38, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, 3),
    holding(40, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, 3),
    holding(42, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, 3),
    holding(44, "power_apparent", E::F32, (POWER_APPARENT, VA)).times(1, 3),
    holding(46, "power_apparent_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1).times(1, 3),
    holding(48, "power_apparent_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2).times(1, 3),
    holding(50, "power_apparent_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3).times(1, 3),
    holding(52, "power_factor", E::F32, (POWER_FACTOR, ONE)),
    holding(54, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1),
    holding(56, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2),
    holding(58, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3),
    holding(256, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)),
    holding(258, "energy_active_total_l1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1),
    holding(260, "energy_active_total_l2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2),
    holding(262, "energy_active_total_l3", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3),
    holding(264, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)),
    holding(266, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1),
    holding(268, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2),
    holding(270, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3),
    holding(272, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)),
    holding(274, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1),
    holding(276, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2),
    holding(278, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3),
    holding(280, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)),
    holding(282, "energy_reactive_total_l1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L1),
    holding(284, "energy_reactive_total_l2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L2),
    holding(286, "energy_reactive_total_l3", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L3),
    holding(288, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)),
    holding(290, "energy_reactive_import_l1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L1),
    holding(292, "energy_reactive_import_l2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L2),
    holding(294, "energy_reactive_import_l3", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L3),
    holding(296, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)),
    holding(298, "energy_reactive_export_l1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L1),
    holding(300, "energy_reactive_export_l2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L2),
    holding(302, "energy_reactive_export_l3", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L3),
    holding(304, "energy_active_total_t1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(1),
    holding(306, "energy_active_import_t1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(1),
    holding(308, "energy_active_export_t1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(1),
    holding(310, "energy_reactive_total_t1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(1),
    holding(312, "energy_reactive_import_t1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(1),
    holding(314, "energy_reactive_export_t1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(1),
    holding(316, "energy_active_total_t2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(2),
    holding(318, "energy_active_import_t2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(2),
    holding(320, "energy_active_export_t2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(2),
    holding(322, "energy_reactive_total_t2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(2),
    holding(324, "energy_reactive_import_t2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(2),
    holding(326, "energy_reactive_export_t2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(2),
];
