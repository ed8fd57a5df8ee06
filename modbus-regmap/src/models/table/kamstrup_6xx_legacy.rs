//! Kamstrup MULTICAL 601/602/801 Modbus module (legacy datagram). Made of `models/kamstrup-6xx-legacy.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Kamstrup MULTICAL 601/602/801 Modbus module (legacy datagram)")
    .with_vendor("Kamstrup")
    .with_medium(Medium(4))
    .with_medium_word("heat")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["data-logger vendor list (secondary)"])
    .with_notes(&["Secondary list (data-logger vendor). Entries are spaced 4 registers apart, so each is probably value + unit + factor; units are configured in the meter. The heat energy entry at 32 and the 16/32-bit variants are duplicates of the same quantities."]);

const VOLUME_FLOW: Word = word("volume_flow", Medium(4), Q::VolumeFlow);
const BY_REGISTER: UnitWord = (Some("by-register"), None);
const DOUBT: &str = "single secondary source; word order, unit and function code unverified";
const VOLUME: Word = word("volume", Medium(4), Q::Volume);
const POWER_THERMAL: Word = word("power_thermal", Medium(4), Q::Power);
const TEMPERATURE_FLOW: Word = word("temperature_flow", Medium(4), Q::FlowTemperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const TEMPERATURE_RETURN: Word = word("temperature_return", Medium(4), Q::ReturnTemperature);
const ENERGY_HEAT: Word = word("energy_heat", Medium(4), Q::Energy);
const INFO: Word = word("info", Medium(4), Q::None);
const STATUS: Word = word("status", Medium(4), Q::None);
const ENERGY_COOLING: Word = word("energy_cooling", Medium(10), Q::Energy);
const TEMPERATURE: Word = word("temperature", Medium(4), Q::Temperature);
const OPERATING_TIME: Word = word("operating_time", Medium(4), Q::OperatingTime);
const H: UnitWord = unit("h", X::None, B::Hour);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(4, "flow_actual", E::F32, (VOLUME_FLOW, BY_REGISTER)).with_doubt(DOUBT),
    holding(8, "volume_v1", E::F32, (VOLUME, BY_REGISTER)).with_doubt(DOUBT),
    holding(12, "power_actual", E::F32, (POWER_THERMAL, BY_REGISTER)).with_doubt(DOUBT),
    holding(16, "temperature_t1", E::F32, (TEMPERATURE_FLOW, CEL)).with_doubt(DOUBT),
    holding(20, "temperature_t2", E::F32, (TEMPERATURE_RETURN, CEL)).with_doubt(DOUBT),
    holding(24, "pulse_input_a", E::F32, (VOLUME, BY_REGISTER)).with_doubt(DOUBT),
    holding(28, "pulse_input_b", E::F32, (VOLUME, BY_REGISTER)).with_doubt(DOUBT),
    holding(40, "energy_heat_e1_i32", E::I32, (ENERGY_HEAT, BY_REGISTER)).with_doubt(DOUBT),
    holding(44, "flow_actual_i32", E::I32, (VOLUME_FLOW, BY_REGISTER)).with_doubt(DOUBT),
    holding(48, "volume_v1_i32", E::I32, (VOLUME, BY_REGISTER)).with_doubt(DOUBT),
    holding(52, "power_actual_i32", E::I32, (POWER_THERMAL, BY_REGISTER)).with_doubt(DOUBT),
    holding(56, "temperature_t1_i32", E::I32, (TEMPERATURE_FLOW, CEL)).with_doubt(DOUBT),
    holding(60, "temperature_t2_i32", E::I32, (TEMPERATURE_RETURN, CEL)).with_doubt(DOUBT),
    holding(84, "version", E::U16, (INFO, ONE)).with_doubt(DOUBT),
    holding(86, "info_code", E::BITFIELD16, (STATUS, ONE)).with_doubt(DOUBT),
    holding(92, "energy_cooling_e3", E::F32, (ENERGY_COOLING, BY_REGISTER)).with_doubt(DOUBT),
    holding(96, "volume_v2", E::F32, (VOLUME, BY_REGISTER)).with_doubt(DOUBT),
    holding(100, "temperature_t3", E::F32, (TEMPERATURE, CEL)).with_doubt(DOUBT),
    holding(124, "power_max", E::F32, (POWER_THERMAL, BY_REGISTER)).with_doubt(DOUBT),
    holding(144, "meter_type", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(148, "meter_number_1", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(152, "serial_number", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(156, "program_number", E::U32, (INFO, ONE)).with_doubt(DOUBT),
    holding(168, "hour_counter", E::U32, (OPERATING_TIME, H)).with_doubt(DOUBT),
];
