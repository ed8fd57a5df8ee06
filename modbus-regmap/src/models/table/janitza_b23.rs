//! Janitza B23. Made of `models/janitza-b23.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Janitza B23")
    .with_vendor("Janitza")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
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
    holding(19044, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1),
    holding(19046, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2),
    holding(19048, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3),
    holding(19050, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(19062, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).times(1, -3),
    holding(19064, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).times(1, -3),
    holding(19066, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).times(1, -3),
    holding(19068, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3),
    holding(19070, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).times(1, -3),
    holding(19072, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).times(1, -3),
    holding(19074, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).times(1, -3),
    holding(19076, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3),
];
