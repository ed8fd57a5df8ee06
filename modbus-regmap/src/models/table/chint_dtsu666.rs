//! Chint DTSU666. Made of `models/chint-dtsu666.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Chint DTSU666")
    .with_vendor("Chint")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["mbmd"]);

const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(4126, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)),
    holding(4128, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1),
    holding(4130, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2),
    holding(4132, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3),
    holding(4136, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)),
    holding(4138, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1),
    holding(4140, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2),
    holding(4142, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3),
    holding(8198, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).times(1, -1),
    holding(8200, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).times(1, -1),
    holding(8202, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).times(1, -1),
    holding(8204, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).times(1, -3),
    holding(8206, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).times(1, -3),
    holding(8208, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).times(1, -3),
    holding(8210, "power_active", E::F32, (POWER_ACTIVE, W)).times(1, -1),
    holding(8212, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).times(1, -1),
    holding(8214, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).times(1, -1),
    holding(8216, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).times(1, -1),
    holding(8218, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).times(1, -1),
    holding(8220, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -1),
    holding(8222, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -1),
    holding(8224, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -1),
    holding(8234, "power_factor", E::F32, (POWER_FACTOR, ONE)).times(1, -3),
    holding(8236, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -3),
    holding(8238, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -3),
    holding(8240, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -3),
    holding(8260, "frequency", E::F32, (FREQUENCY, HZ)).times(1, -2),
];
