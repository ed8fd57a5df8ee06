//! Schneider Acti 9 Smartlink. Made of `models/schneider-acti9-smartlink.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Schneider Acti 9 Smartlink")
    .with_vendor("Schneider Electric")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const DOUBT: &str = "the source layer treats the value as W; the register family normally reports kW";
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(2999, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    input(3001, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    input(3003, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    input(3027, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    input(3029, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    input(3031, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    input(3053, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_doubt(DOUBT),
    input(3055, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_doubt(DOUBT),
    input(3057, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_doubt(DOUBT),
    input(3059, "power_active", E::F32, (POWER_ACTIVE, W)).with_doubt(DOUBT),
    input(3067, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_doubt(DOUBT),
    input(3109, "frequency", E::F32, (FREQUENCY, HZ)),
];
