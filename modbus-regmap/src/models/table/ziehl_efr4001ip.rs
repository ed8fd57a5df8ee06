//! Ziehl EFR4001IP. Made of `models/ziehl-efr4001ip.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Ziehl EFR4001IP")
    .with_vendor("Ziehl")
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
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(176, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -1).with_order(Order::CDAB),
    holding(178, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -1).with_order(Order::CDAB),
    holding(180, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -1).with_order(Order::CDAB),
    holding(182, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -3).with_order(Order::CDAB),
    holding(184, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -3).with_order(Order::CDAB),
    holding(186, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -3).with_order(Order::CDAB),
    holding(188, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).with_order(Order::CDAB),
    holding(190, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).with_order(Order::CDAB),
    holding(192, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).with_order(Order::CDAB),
    holding(194, "power_active", E::I32, (POWER_ACTIVE, W)).with_order(Order::CDAB),
    holding(196, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).with_order(Order::CDAB),
    holding(198, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).with_order(Order::CDAB),
    holding(200, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).with_order(Order::CDAB),
    holding(202, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).with_order(Order::CDAB),
    holding(218, "frequency", E::I32, (FREQUENCY, HZ)).times(1, -2).with_order(Order::CDAB),
    holding(342, "energy_active_import_l1", E::I32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1).with_order(Order::CDAB),
    holding(344, "energy_active_import_l2", E::I32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2).with_order(Order::CDAB),
    holding(346, "energy_active_import_l3", E::I32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3).with_order(Order::CDAB),
    holding(348, "energy_active_import", E::I32, (ENERGY_ACTIVE_IMPORT, WH)).with_order(Order::CDAB),
    holding(350, "energy_active_export_l1", E::I32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1).with_order(Order::CDAB),
    holding(352, "energy_active_export_l2", E::I32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L2).with_order(Order::CDAB),
    holding(354, "energy_active_export_l3", E::I32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L3).with_order(Order::CDAB),
    holding(356, "energy_active_export", E::I32, (ENERGY_ACTIVE_EXPORT, WH)).with_order(Order::CDAB),
];
