//! Finder 7M.24. Made of `models/finder-7m24.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Finder 7M.24")
    .with_vendor("Finder")
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
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(2500, "voltage", E::F32, (VOLTAGE, V)),
    input(2516, "current", E::F32, (CURRENT, A)),
    input(2536, "power_active", E::F32, (POWER_ACTIVE, W)),
    input(2544, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    input(2552, "power_apparent", E::F32, (POWER_APPARENT, VA)),
    input(2560, "power_factor", E::F32, (POWER_FACTOR, ONE)),
    input(2576, "phase_angle", E::F32, (PHASE_ANGLE, DEG)),
    input(2584, "frequency", E::F32, (FREQUENCY, HZ)),
    input(2594, "thd_voltage", E::F32, (THD_VOLTAGE, PERCENT)),
    input(2752, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3),
    input(2754, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -3),
    input(2756, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3),
    input(2758, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -3),
];
