//! Eastron SMART X96-1A. Made of `models/eastron-smart-x96-1a.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SMART X96-1A")
    .with_vendor("Eastron")
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
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    input(2, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    input(4, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    input(6, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    input(8, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    input(10, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    input(12, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    input(14, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    input(16, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    input(18, "power_apparent_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1),
    input(20, "power_apparent_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2),
    input(22, "power_apparent_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3),
    input(24, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    input(26, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    input(28, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
    input(30, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1),
    input(32, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2),
    input(34, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3),
    input(52, "power_active", E::F32, (POWER_ACTIVE, W)),
    input(56, "power_apparent", E::F32, (POWER_APPARENT, VA)),
    input(60, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    input(62, "power_factor", E::F32, (POWER_FACTOR, ONE)),
    input(66, "phase_angle", E::F32, (PHASE_ANGLE, DEG)),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)),
    input(76, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)),
    input(78, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)),
    input(234, "thd_voltage_l1", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L1),
    input(236, "thd_voltage_l2", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L2),
    input(238, "thd_voltage_l3", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L3),
    input(248, "thd_voltage", E::F32, (THD_VOLTAGE, PERCENT)),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)),
    input(346, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1),
    input(348, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2),
    input(350, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3),
    input(352, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1),
    input(354, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2),
    input(356, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3),
    input(358, "energy_active_total_l1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1),
    input(360, "energy_active_total_l2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2),
    input(362, "energy_active_total_l3", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3),
    input(364, "energy_reactive_import_l1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L1),
    input(366, "energy_reactive_import_l2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L2),
    input(368, "energy_reactive_import_l3", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L3),
    input(370, "energy_reactive_export_l1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L1),
    input(372, "energy_reactive_export_l2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L2),
    input(374, "energy_reactive_export_l3", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L3),
    input(376, "energy_reactive_total_l1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L1),
    input(378, "energy_reactive_total_l2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L2),
    input(380, "energy_reactive_total_l3", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L3),
];
