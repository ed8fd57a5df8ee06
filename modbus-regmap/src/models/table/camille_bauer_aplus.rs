//! Camille Bauer APLUS. Made of `models/camille-bauer-aplus.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Camille Bauer APLUS")
    .with_vendor("Camille Bauer")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::CDAB)
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

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(99, "voltage", E::F32, (VOLTAGE, V)).with_order(Order::CDAB),
    holding(101, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_order(Order::CDAB),
    holding(103, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_order(Order::CDAB),
    holding(105, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_order(Order::CDAB),
    holding(115, "current", E::F32, (CURRENT, A)).with_order(Order::CDAB),
    holding(117, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_order(Order::CDAB),
    holding(119, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_order(Order::CDAB),
    holding(121, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_order(Order::CDAB),
    holding(133, "power_active", E::F32, (POWER_ACTIVE, W)).with_order(Order::CDAB),
    holding(135, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_order(Order::CDAB),
    holding(137, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_order(Order::CDAB),
    holding(139, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_order(Order::CDAB),
    holding(141, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_order(Order::CDAB),
    holding(143, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_order(Order::CDAB),
    holding(145, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_order(Order::CDAB),
    holding(147, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_order(Order::CDAB),
    holding(157, "frequency", E::F32, (FREQUENCY, HZ)).with_order(Order::CDAB),
];
