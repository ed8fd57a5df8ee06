//! ONICON System-10 BTU meter. Made of `models/onicon-system-10.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("ONICON System-10 BTU meter")
    .with_vendor("ONICON")
    .with_medium(Medium(4))
    .with_medium_word("heat")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["public connector library (interop checked)"]);

const STATUS: Word = word("status", Medium(4), Q::None);
const POWER_THERMAL: Word = word("power_thermal", Medium(4), Q::Power);
const BTU_IT_H: UnitWord = unit("BTU_IT/h", X::None, B::BtuItPerHour);
const KW: UnitWord = unit("kW", X::Kilo, B::Watt);
const VOLUME_FLOW: Word = word("volume_flow", Medium(4), Q::VolumeFlow);
const L_S: UnitWord = rate("L/s", B::Litre, Per::Second);
const L_MIN: UnitWord = unit("L/min", X::None, B::LitrePerMinute);
const L_H: UnitWord = unit("L/h", X::None, B::LitrePerHour);
const M3_H: UnitWord = unit("m3/h", X::None, B::CubicMetrePerHour);
const MASS_FLOW: Word = word("mass_flow", Medium(4), Q::MassFlow);
const KG_H: UnitWord = unit("kg/h", X::None, B::KilogramPerHour);
const TEMPERATURE_FLOW: Word = word("temperature_flow", Medium(4), Q::FlowTemperature);
const DEGF: UnitWord = unit("degF", X::None, B::Fahrenheit);
const TEMPERATURE_RETURN: Word = word("temperature_return", Medium(4), Q::ReturnTemperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const ENERGY_HEAT: Word = word("energy_heat", Medium(4), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_COOLING: Word = word("energy_cooling", Medium(10), Q::Energy);
const VOLUME: Word = word("volume", Medium(4), Q::Volume);
const L: UnitWord = unit("L", X::None, B::Litre);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(1000, "operating_mode", E::U16, (STATUS, ONE)),
    holding(1001, "mode_status", E::U16, (STATUS, ONE)),
    holding(1002, "energy_rate_btu_h", E::F32, (POWER_THERMAL, BTU_IT_H)),
    holding(1004, "energy_rate_kw", E::F32, (POWER_THERMAL, KW)),
    holding(1014, "volume_rate_l_s", E::F32, (VOLUME_FLOW, L_S)),
    holding(1016, "volume_rate_l_min", E::F32, (VOLUME_FLOW, L_MIN)),
    holding(1018, "volume_rate_l_h", E::F32, (VOLUME_FLOW, L_H)),
    holding(1020, "volume_rate_m3_h", E::F32, (VOLUME_FLOW, M3_H)),
    holding(1024, "mass_rate_kg_h", E::F32, (MASS_FLOW, KG_H)),
    holding(1026, "supply_temperature_f", E::F32, (TEMPERATURE_FLOW, DEGF)),
    holding(1028, "return_temperature_f", E::F32, (TEMPERATURE_RETURN, DEGF)),
    holding(1030, "supply_temperature", E::F32, (TEMPERATURE_FLOW, CEL)),
    holding(1032, "return_temperature", E::F32, (TEMPERATURE_RETURN, CEL)),
    holding(1042, "energy_total_mode_1", E::F32, (ENERGY_HEAT, KWH)),
    holding(1044, "energy_total_mode_2", E::F32, (ENERGY_COOLING, KWH)),
    holding(1050, "volume_total_mode_1", E::F32, (VOLUME, L)),
    holding(1052, "volume_total_mode_2", E::F32, (VOLUME, L)),
];
