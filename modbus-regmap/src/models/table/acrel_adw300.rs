//! Acrel ADW300. Made of `models/acrel-adw300.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Acrel ADW300")
    .with_vendor("Acrel")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["evcc"]);

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
    holding(20, "voltage_l1", E::U16, (VOLTAGE, V)).phase(P::L1).times(1, -1),
    holding(21, "voltage_l2", E::U16, (VOLTAGE, V)).phase(P::L2).times(1, -1),
    holding(22, "voltage_l3", E::U16, (VOLTAGE, V)).phase(P::L3).times(1, -1),
    holding(26, "current_l1", E::U16, (CURRENT, A)).phase(P::L1).times(1, -2),
    holding(27, "current_l2", E::U16, (CURRENT, A)).phase(P::L2).times(1, -2),
    holding(28, "current_l3", E::U16, (CURRENT, A)).phase(P::L3).times(1, -2),
    holding(30, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(32, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(34, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(36, "power_active", E::I32, (POWER_ACTIVE, W)),
    holding(62, "energy_active_import", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2),
    holding(64, "energy_active_export", E::I32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2),
];
