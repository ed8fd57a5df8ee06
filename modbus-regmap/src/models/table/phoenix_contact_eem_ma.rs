//! Phoenix Contact EMpro EEM-MA (OpenEMS map). Made of `models/phoenix-contact-eem-ma.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Phoenix Contact EMpro EEM-MA (OpenEMS map)")
    .with_vendor("Phoenix Contact")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::CDAB)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(32774, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_order(Order::CDAB),
    holding(32776, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_order(Order::CDAB),
    holding(32778, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_order(Order::CDAB),
    holding(32780, "frequency", E::F32, (FREQUENCY, HZ)).with_order(Order::CDAB),
    holding(32782, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_order(Order::CDAB),
    holding(32784, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_order(Order::CDAB),
    holding(32786, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_order(Order::CDAB),
    holding(32788, "current", E::F32, (CURRENT, A)).with_order(Order::CDAB),
    holding(32790, "power_active", E::F32, (POWER_ACTIVE, W)).with_order(Order::CDAB),
    holding(32798, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_order(Order::CDAB),
    holding(32800, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_order(Order::CDAB),
    holding(32802, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_order(Order::CDAB),
    holding(32829, "voltage", E::F32, (VOLTAGE, V)).with_order(Order::CDAB),
];
