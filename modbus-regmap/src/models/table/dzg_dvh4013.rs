//! DZG DVH4013. Made of `models/dzg-dvh4013.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("DZG DVH4013")
    .with_vendor("DZG Metering")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const POWER_ACTIVE_IMPORT: Word = word("power_active_import", Medium(2), Q::Power).direction(D::Import);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_ACTIVE_EXPORT: Word = word("power_active_export", Medium(2), Q::Power).direction(D::Export);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "power_active_import", E::U32, (POWER_ACTIVE_IMPORT, W)).times(1, -1),
    holding(2, "power_active_export", E::U32, (POWER_ACTIVE_EXPORT, W)).times(1, -1),
    holding(4, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    holding(6, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    holding(8, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    holding(10, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -3),
    holding(12, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -3),
    holding(14, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -3),
    holding(16, "power_factor", E::U32, (POWER_FACTOR, ONE)).times(1, -3),
    holding(18, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -3),
    holding(16384, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3),
    holding(16416, "energy_active_import_l1", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -3),
    holding(16448, "energy_active_import_l2", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -3),
    holding(16480, "energy_active_import_l3", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -3),
    holding(16640, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3),
    holding(16672, "energy_active_export_l1", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).times(1, -3),
    holding(16704, "energy_active_export_l2", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).times(1, -3),
    holding(16736, "energy_active_export_l3", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).times(1, -3),
];
