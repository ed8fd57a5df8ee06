//! Finder 7E.78.8.400.0212. Made of `models/finder-7e78.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Finder 7E.78.8.400.0212")
    .with_vendor("Finder")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["SmartEVSE"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(4096, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    input(4098, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    input(4100, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    input(4110, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    input(4112, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    input(4114, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    input(4134, "power_active", E::F32, (POWER_ACTIVE, W)),
    input(4358, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3),
    input(4366, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3),
];
