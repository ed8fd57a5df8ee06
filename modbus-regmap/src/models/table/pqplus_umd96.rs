//! PQ Plus UMD 96. Made of `models/pqplus-umd96.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("PQ Plus UMD 96")
    .with_vendor("PQ Plus")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(4100, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(4352, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(4354, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(4356, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(4608, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(4610, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(4612, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(4884, "power_active", E::F32, (POWER_ACTIVE, W)),
    holding(4886, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    holding(4896, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(4898, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(4900, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(4904, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(4906, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(4908, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
];
