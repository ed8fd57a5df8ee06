//! Aquametro CALEC ST. Made of `models/aquametro-calec-st.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Aquametro CALEC ST")
    .with_vendor("Aquametro")
    .with_medium(Medium(4))
    .with_medium_word("heat")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["vendor manual (public copy)"])
    .with_notes(&["Each counter is followed by a unit code register: energy 0 = kWh, volume 1 = m3, mass 1 = t, power 1 = kW, flow 2 = m3/h (mass flow t/h), temperature 0 = Cel, difference 2 = K."]);

const INFO: Word = word("info", Medium(4), Q::None);
const LABELS: &[(u64, &str)] = &[(192, "CALEC ST"), (193, "CALEC ST MASS"), (194, "CALEC ST Flow"), (196, "CALEC ST BDE")];
const STATUS: Word = word("status", Medium(4), Q::None);
const LABELS_2: &[(u64, &str)] = &[(0, "ok"), (1, "error"), (2, "alarm")];
const DOUBT: &str = "word order and function code not stated in the excerpt; address base as printed (0-based list)";
const OPERATING_TIME: Word = word("operating_time", Medium(4), Q::OperatingTime);
const H: UnitWord = unit("h", X::None, B::Hour);
const ENERGY_HEAT: Word = word("energy_heat", Medium(4), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_COOLING: Word = word("energy_cooling", Medium(10), Q::Energy);
const UNIT_CODE: Word = word("unit_code", Medium(4), Q::None);
const LABELS_3: &[(u64, &str)] = &[(0, "kWh / Cel / none"), (1, "m3 / t / kW"), (2, "m3/h / t/h / K")];
const VOLUME: Word = word("volume", Medium(4), Q::Volume);
const M3: UnitWord = unit("m3", X::None, B::CubicMetre);
const VOLUME_2: Word = word("volume", Medium(10), Q::Volume);
const MASS: Word = word("mass", Medium(4), Q::Mass);
const T: UnitWord = unit("t", X::None, B::Tonne);
const POWER_THERMAL: Word = word("power_thermal", Medium(4), Q::Power);
const KW: UnitWord = unit("kW", X::Kilo, B::Watt);
const VOLUME_FLOW: Word = word("volume_flow", Medium(4), Q::VolumeFlow);
const M3_H: UnitWord = unit("m3/h", X::None, B::CubicMetrePerHour);
const MASS_FLOW: Word = word("mass_flow", Medium(4), Q::MassFlow);
const T_H: UnitWord = unit("t/h", X::None, B::TonnePerHour);
const TEMPERATURE_FLOW: Word = word("temperature_flow", Medium(4), Q::FlowTemperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const TEMPERATURE_RETURN: Word = word("temperature_return", Medium(4), Q::ReturnTemperature);
const TEMPERATURE_DIFFERENCE: Word = word("temperature_difference", Medium(4), Q::TemperatureDifference);
const K: UnitWord = unit("K", X::None, B::KelvinDifference);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "device_type", E::ENUM16, (INFO, ONE)).with_labels(LABELS),
    holding(1, "status", E::ENUM16, (STATUS, ONE)).with_labels(LABELS_2),
    holding(4, "serial_number", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(6, "operating_hours", E::F32, (OPERATING_TIME, H)).with_doubt(DOUBT),
    holding(8, "error_operating_hours", E::F32, (OPERATING_TIME, H)).with_doubt(DOUBT),
    holding(10, "firmware_version", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(12, "hardware_version", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(100, "energy", E::F32, (ENERGY_HEAT, KWH)).with_unit_register(104, UnitCodes::Labels).with_doubt(DOUBT),
    holding(102, "energy_cooling", E::F32, (ENERGY_COOLING, KWH)).with_unit_register(104, UnitCodes::Labels).with_doubt(DOUBT),
    holding(104, "energy_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(200, "volume", E::F32, (VOLUME, M3)).with_unit_register(204, UnitCodes::Labels).with_doubt(DOUBT),
    holding(202, "volume_cooling", E::F32, (VOLUME_2, M3)).with_unit_register(204, UnitCodes::Labels).with_doubt(DOUBT),
    holding(204, "volume_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(300, "mass", E::F32, (MASS, T)).with_unit_register(302, UnitCodes::Labels).with_doubt(DOUBT),
    holding(302, "mass_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(500, "power", E::F32, (POWER_THERMAL, KW)).with_unit_register(502, UnitCodes::Labels).with_doubt(DOUBT),
    holding(502, "power_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(600, "volume_flow", E::F32, (VOLUME_FLOW, M3_H)).with_unit_register(602, UnitCodes::Labels).with_doubt(DOUBT),
    holding(602, "flow_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(700, "mass_flow", E::F32, (MASS_FLOW, T_H)).with_unit_register(702, UnitCodes::Labels).with_doubt(DOUBT),
    holding(702, "mass_flow_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(800, "temperature_hot", E::F32, (TEMPERATURE_FLOW, CEL)).with_unit_register(802, UnitCodes::Labels).with_doubt(DOUBT),
    holding(802, "temperature_hot_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(810, "temperature_cold", E::F32, (TEMPERATURE_RETURN, CEL)).with_unit_register(812, UnitCodes::Labels).with_doubt(DOUBT),
    holding(812, "temperature_cold_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
    holding(820, "temperature_difference", E::F32, (TEMPERATURE_DIFFERENCE, K)).with_unit_register(822, UnitCodes::Labels).with_doubt(DOUBT),
    holding(822, "temperature_difference_unit", E::ENUM16, (UNIT_CODE, ONE)).with_labels(LABELS_3),
];
