//! Janitza UMG 806. Made of `models/janitza-umg806.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Janitza UMG 806")
    .with_vendor("Janitza")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(19000, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(19002, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(19004, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(19012, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(19014, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(19016, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(19020, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(19022, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(19024, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(19026, "power_active", E::F32, (POWER_ACTIVE, W)),
    holding(19036, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(19038, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(19040, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
    holding(19042, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    holding(19050, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(19062, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, WH)),
    holding(19070, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, WH)),
];
