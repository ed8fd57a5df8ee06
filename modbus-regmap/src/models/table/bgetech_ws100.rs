//! B+G e-tech WS100. Made of `models/bgetech-ws100.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("B+G e-tech WS100")
    .with_vendor("B+G e-tech")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "evcc"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES: &[&str] = &["mbmd"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const SOURCES_2: &[&str] = &["mbmd", "evcc"];
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(256, "voltage", E::U32, (VOLTAGE, V)).times(1, -3).with_sources(SOURCES),
    holding(258, "current", E::I32, (CURRENT, A)).times(1, -3).with_sources(SOURCES),
    holding(260, "power_active", E::I32, (POWER_ACTIVE, W)).with_sources(SOURCES_2),
    holding(262, "power_apparent", E::U32, (POWER_APPARENT, VA)).with_sources(SOURCES),
    holding(264, "power_reactive", E::I32, (POWER_REACTIVE, VAR)).with_sources(SOURCES),
    holding(266, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -1).with_sources(SOURCES),
    holding(267, "power_factor", E::I16, (POWER_FACTOR, ONE)).times(1, -3).with_sources(SOURCES),
    holding(270, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -2).with_sources(SOURCES_2).with_conflicts(&["evcc: type i32"]),
    holding(280, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -2).with_sources(SOURCES_2).with_conflicts(&["evcc: type i32"]),
    holding(290, "energy_active_total", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -2).with_sources(SOURCES),
];
