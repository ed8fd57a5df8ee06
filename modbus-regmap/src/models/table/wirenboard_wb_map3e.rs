//! Wiren Board WB-MAP3E. Made of `models/wirenboard-wb-map3e.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Wiren Board WB-MAP3E")
    .with_vendor("Wiren Board")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["wb-mqtt-serial"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(104, "uptime", E::U32, (OTHER, ONE)),
    input(121, "supply_voltage", E::U16, (VOLTAGE, V)).times(1, -3),
    input(270, "serial", E::U32, (OTHER, ONE)),
    input(4285, "pf_l1", E::I16, (OTHER, ONE)).phase(P::L1).times(1, -3),
    input(4286, "pf_l2", E::I16, (OTHER, ONE)).phase(P::L2).times(1, -3),
    input(4287, "pf_l3", E::I16, (OTHER, ONE)).phase(P::L3).times(1, -3),
    input(4313, "urms_l1", E::U16, (VOLTAGE, V)).phase(P::L1).times(1, -2),
    input(4314, "urms_l2", E::U16, (VOLTAGE, V)).phase(P::L2).times(1, -2),
    input(4315, "urms_l3", E::U16, (VOLTAGE, V)).phase(P::L3).times(1, -2),
    input(4317, "irms_l1", E::U16, (CURRENT, A)).phase(P::L1).times(1, -3),
    input(4318, "irms_l2", E::U16, (CURRENT, A)).phase(P::L2).times(1, -3),
    input(4319, "irms_l3", E::U16, (CURRENT, A)).phase(P::L3).times(1, -3),
    input(4344, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -2),
    input(4345, "phase_angle_l1", E::I16, (OTHER, ONE)).phase(P::L1).times(1, -1),
    input(4346, "phase_angle_l2", E::I16, (OTHER, ONE)).phase(P::L2).times(1, -1),
    input(4347, "phase_angle_l3", E::I16, (OTHER, ONE)).phase(P::L3).times(1, -1),
    input(4349, "voltage_angle_l1", E::I16, (OTHER, ONE)).phase(P::L1).times(1, -1),
    input(4350, "voltage_angle_l2", E::I16, (OTHER, ONE)).phase(P::L2).times(1, -1),
    input(4351, "voltage_angle_l3", E::I16, (OTHER, ONE)).phase(P::L3).times(1, -1),
    input(4608, "total_ap_energy", E::U64, (ENERGY_ACTIVE_TOTAL, KWH)).times(3125, -9).with_order(Order::CDAB),
    input(4612, "ap_energy_l1", E::U64, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1).times(3125, -9).with_order(Order::CDAB),
    input(4616, "ap_energy_l2", E::U64, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2).times(3125, -9).with_order(Order::CDAB),
    input(4620, "ap_energy_l3", E::U64, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3).times(3125, -9).with_order(Order::CDAB),
    input(4640, "total_rp_energy", E::U64, (OTHER, ONE)).times(3125, -9).with_order(Order::CDAB),
    input(4644, "rp_energy_l1", E::U64, (OTHER, ONE)).phase(P::L1).times(3125, -9).with_order(Order::CDAB),
    input(4648, "rp_energy_l2", E::U64, (OTHER, ONE)).phase(P::L2).times(3125, -9).with_order(Order::CDAB),
    input(4652, "rp_energy_l3", E::U64, (OTHER, ONE)).phase(P::L3).times(3125, -9).with_order(Order::CDAB),
    input(4864, "total_p", E::I32, (POWER_ACTIVE, W)).times(32, -5),
    input(4866, "p_l1", E::I32, (POWER_ACTIVE, W)).phase(P::L1).times(32, -5),
    input(4868, "p_l2", E::I32, (POWER_ACTIVE, W)).phase(P::L2).times(32, -5),
    input(4870, "p_l3", E::I32, (POWER_ACTIVE, W)).phase(P::L3).times(32, -5),
    input(4872, "total_q", E::I32, (OTHER, ONE)).times(32, -5),
    input(4874, "q_l1", E::I32, (OTHER, ONE)).phase(P::L1).times(32, -5),
    input(4876, "q_l2", E::I32, (OTHER, ONE)).phase(P::L2).times(32, -5),
    input(4878, "q_l3", E::I32, (OTHER, ONE)).phase(P::L3).times(32, -5),
    input(4880, "total_s", E::I32, (OTHER, ONE)).times(32, -5),
    input(4882, "s_l1", E::I32, (OTHER, ONE)).phase(P::L1).times(32, -5),
    input(4884, "s_l2", E::I32, (OTHER, ONE)).phase(P::L2).times(32, -5),
    input(4886, "s_l3", E::I32, (OTHER, ONE)).phase(P::L3).times(32, -5),
    input(6160, "upeak_l1", E::I32, (VOLTAGE, V)).phase(P::L1).times(1, -2).with_order(Order::CDAB),
    input(6162, "upeak_l2", E::I32, (VOLTAGE, V)).phase(P::L2).times(1, -2).with_order(Order::CDAB),
    input(6164, "upeak_l3", E::I32, (VOLTAGE, V)).phase(P::L3).times(1, -2).with_order(Order::CDAB),
    input(6168, "ipeak_l1", E::I32, (CURRENT, A)).phase(P::L1).times(1, -3).with_order(Order::CDAB),
    input(6170, "ipeak_l2", E::I32, (CURRENT, A)).phase(P::L2).times(1, -3).with_order(Order::CDAB),
    input(6172, "ipeak_l3", E::I32, (CURRENT, A)).phase(P::L3).times(1, -3).with_order(Order::CDAB),
];
