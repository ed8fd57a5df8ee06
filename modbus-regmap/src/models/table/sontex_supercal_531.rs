//! Sontex Supercal 531. Made of `models/sontex-supercal-531.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Sontex Supercal 531")
    .with_vendor("Sontex")
    .with_medium(Medium(4))
    .with_medium_word("heat")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_serial(SerialSettings::new(19200).with_parity(Parity::Even))
    .with_sources(Verified::SingleSource, &["public connector library (interop checked)"])
    .with_notes(&["Unit registers hold an enumeration that selects the unit of the values that follow; read the unit register with the value. Energy unit choices: Wh, kWh, MWh, MJ, GJ, BTU; volume: m3 or US gallon; power: W or kW. The code of each choice is not in the source."]);

const UNIT_CODE: Word = word("unit_code", Medium(4), Q::None);
const ENERGY_HEAT: Word = word("energy_heat", Medium(4), Q::Energy);
const BY_REGISTER: UnitWord = (Some("by-register"), None);
const DOUBT: &str = "function code 3 or 4 not stated by the source";
const VOLUME: Word = word("volume", Medium(4), Q::Volume);
const POWER_THERMAL: Word = word("power_thermal", Medium(4), Q::Power);
const VOLUME_FLOW: Word = word("volume_flow", Medium(4), Q::VolumeFlow);
const M3_H: UnitWord = unit("m3/h", X::None, B::CubicMetrePerHour);
const TEMPERATURE_FLOW: Word = word("temperature_flow", Medium(4), Q::FlowTemperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const TEMPERATURE_RETURN: Word = word("temperature_return", Medium(4), Q::ReturnTemperature);
const TEMPERATURE_DIFFERENCE: Word = word("temperature_difference", Medium(4), Q::TemperatureDifference);
const K: UnitWord = unit("K", X::None, B::KelvinDifference);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(100, "energy_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(102, "energy_heat", E::F32, (ENERGY_HEAT, BY_REGISTER)).with_unit_register(100, UnitCodes::Labels).with_doubt(DOUBT),
    holding(104, "energy_tariff_1", E::F32, (ENERGY_HEAT, BY_REGISTER)).tariff(1).with_unit_register(100, UnitCodes::Labels).with_doubt(DOUBT),
    holding(106, "energy_tariff_2", E::F32, (ENERGY_HEAT, BY_REGISTER)).tariff(2).with_unit_register(100, UnitCodes::Labels).with_doubt(DOUBT),
    holding(300, "volume_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(302, "volume", E::F32, (VOLUME, BY_REGISTER)).with_unit_register(300, UnitCodes::Labels).with_doubt(DOUBT),
    holding(304, "volume_tariff_1", E::F32, (VOLUME, BY_REGISTER)).tariff(1).with_unit_register(300, UnitCodes::Labels).with_doubt(DOUBT),
    holding(306, "volume_tariff_2", E::F32, (VOLUME, BY_REGISTER)).tariff(2).with_unit_register(300, UnitCodes::Labels).with_doubt(DOUBT),
    holding(700, "power_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(702, "power", E::F32, (POWER_THERMAL, BY_REGISTER)).with_unit_register(700, UnitCodes::Labels).with_doubt(DOUBT),
    holding(710, "flow_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(712, "flow", E::F32, (VOLUME_FLOW, M3_H)).with_unit_register(710, UnitCodes::Labels).with_doubt(DOUBT),
    holding(720, "temperature_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(722, "temperature_flow", E::F32, (TEMPERATURE_FLOW, CEL)).with_unit_register(720, UnitCodes::Labels).with_doubt(DOUBT),
    holding(724, "temperature_return", E::F32, (TEMPERATURE_RETURN, CEL)).with_unit_register(720, UnitCodes::Labels).with_doubt(DOUBT),
    holding(730, "temperature_difference_unit", E::ENUM16, (UNIT_CODE, ONE)),
    holding(732, "temperature_difference", E::F32, (TEMPERATURE_DIFFERENCE, K)).with_unit_register(730, UnitCodes::Labels).with_doubt(DOUBT),
];
