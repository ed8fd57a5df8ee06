//! Algodue UPM209. Made of `models/algodue-upm209.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Algodue UPM209")
    .with_vendor("Algodue")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["public connector library (interop checked)"]);

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
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(4096, "phase_1_n_voltage", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(4098, "phase_2_n_voltage", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(4100, "phase_3_n_voltage", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(4102, "line_12_voltage", E::F32, (VOLTAGE, V)).phase(P::L12),
    holding(4104, "line_23_voltage", E::F32, (VOLTAGE, V)).phase(P::L23),
    holding(4106, "line_31_voltage", E::F32, (VOLTAGE, V)).phase(P::L31),
    holding(4108, "system_voltage", E::F32, (VOLTAGE, V)),
    holding(4110, "phase_1_current", E::F32, (CURRENT, A)).phase(P::L1),
    holding(4112, "phase_2_current", E::F32, (CURRENT, A)).phase(P::L2),
    holding(4114, "phase_3_current", E::F32, (CURRENT, A)).phase(P::L3),
    holding(4116, "neutral_current", E::F32, (CURRENT, A)).phase(P::N),
    holding(4118, "system_current", E::F32, (CURRENT, A)),
    holding(4120, "phase_1_active_power", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(4122, "phase_2_active_power", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(4124, "phase_3_active_power", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(4126, "system_active_power", E::F32, (POWER_ACTIVE, W)),
    holding(4128, "phase_1_apparent_power", E::F32, (POWER_APPARENT, VA)).phase(P::L1),
    holding(4130, "phase_2_apparent_power", E::F32, (POWER_APPARENT, VA)).phase(P::L2),
    holding(4132, "phase_3_apparent_power", E::F32, (POWER_APPARENT, VA)).phase(P::L3),
    holding(4134, "system_apparent_power", E::F32, (POWER_APPARENT, VA)),
    holding(4136, "phase_1_reactive_power", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(4138, "phase_2_reactive_power", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(4140, "phase_3_reactive_power", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
    holding(4142, "system_reactive_power", E::F32, (POWER_REACTIVE, VAR)),
    holding(4144, "phase_1_power_factor", E::F32, (POWER_FACTOR, ONE)).phase(P::L1),
    holding(4146, "phase_2_power_factor", E::F32, (POWER_FACTOR, ONE)).phase(P::L2),
    holding(4148, "phase_3_power_factor", E::F32, (POWER_FACTOR, ONE)).phase(P::L3),
    holding(4150, "system_power_factor", E::F32, (POWER_FACTOR, ONE)),
    holding(4186, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(5120, "phase_1_imported_active_energy", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1),
    holding(5122, "phase_1_exported_active_energy", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1),
];
