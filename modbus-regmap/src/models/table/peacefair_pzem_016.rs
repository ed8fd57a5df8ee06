//! Peacefair PZEM-014/PZEM-016. Made of `models/peacefair-pzem-016.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Peacefair PZEM-014/PZEM-016")
    .with_vendor("Peacefair")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::CDAB)
    .with_sources(Verified::SingleSource, &["wb-mqtt-serial"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(0, "voltage", E::U16, (VOLTAGE, V)).times(1, -1),
    input(1, "current", E::U32, (CURRENT, A)).times(1, -3).with_order(Order::CDAB),
    input(3, "power", E::U32, (POWER_ACTIVE, W)).times(1, -1).with_order(Order::CDAB),
    input(5, "energy", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -4).with_order(Order::CDAB),
    input(7, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -1),
    input(8, "power_factor", E::U16, (POWER_FACTOR, ONE)).times(1, -2),
];
