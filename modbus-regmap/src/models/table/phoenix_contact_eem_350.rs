//! Phoenix Contact EEM-350-D-MCB. Made of `models/phoenix-contact-eem-350.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Phoenix Contact EEM-350-D-MCB")
    .with_vendor("Phoenix Contact")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::CDAB)
    .with_max_registers(11)
    .with_sources(Verified::SingleSource, &["SmartEVSE"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage_l1", E::I32, (VOLTAGE, V)).phase(P::L1).times(1, -1).with_order(Order::CDAB),
    input(2, "voltage_l2", E::I32, (VOLTAGE, V)).phase(P::L2).times(1, -1).with_order(Order::CDAB),
    input(4, "voltage_l3", E::I32, (VOLTAGE, V)).phase(P::L3).times(1, -1).with_order(Order::CDAB),
    input(12, "current_l1", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3).with_order(Order::CDAB),
    input(14, "current_l2", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3).with_order(Order::CDAB),
    input(16, "current_l3", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3).with_order(Order::CDAB),
    input(40, "power_active", E::I32, (POWER_ACTIVE, W)).times(1, -1).with_order(Order::CDAB),
    input(62, "energy_active_import", E::I32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -1).with_order(Order::CDAB),
];
