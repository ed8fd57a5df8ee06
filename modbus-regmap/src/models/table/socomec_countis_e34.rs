//! Socomec COUNTIS E34/E44. Made of `models/socomec-countis-e34.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Socomec COUNTIS E34/E44")
    .with_vendor("Socomec")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"])
    .with_notes(&["The scale of the frequency differs between models with an otherwise equal map."]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(50520, "voltage_l1", E::U32, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    holding(50522, "voltage_l2", E::U32, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    holding(50524, "voltage_l3", E::U32, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    holding(50526, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -2),
    holding(50528, "current_l1", E::U32, (CURRENT, A)).phase(P::L1).times(1, -3),
    holding(50530, "current_l2", E::U32, (CURRENT, A)).phase(P::L2).times(1, -3),
    holding(50532, "current_l3", E::U32, (CURRENT, A)).phase(P::L3).times(1, -3),
    holding(50536, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, 1),
    holding(50538, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).times(1, 1),
    holding(50544, "power_active_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(1, 1),
    holding(50546, "power_active_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(1, 1),
    holding(50548, "power_active_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(1, 1),
    holding(50550, "power_reactive_l1", E::I32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, 1),
    holding(50552, "power_reactive_l2", E::I32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, 1),
    holding(50554, "power_reactive_l3", E::I32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, 1),
    holding(50946, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).times(1, 1),
    holding(50952, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).times(1, 1),
];
