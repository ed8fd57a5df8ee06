//! Kamstrup MULTICAL 403/603/803 HC-003-67 (default datagram 300). Made of `models/kamstrup-xx3-default.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Kamstrup MULTICAL 403/603/803 HC-003-67 (default datagram 300)")
    .with_vendor("Kamstrup")
    .with_medium(Medium(4))
    .with_medium_word("heat")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["vendor data sheet 58101758_B1 (public copy)"])
    .with_notes(&["Default datagram xx-yy-300. Most values exist twice: IEEE float and 32-bit signed integer with separate 16-bit unit and factor registers. Registers that the meter does not have read as an invalid marker. The vendor list counts registers from 1; addresses here are 0-based. Only the part that was available is listed."]);

const VOLUME_FLOW: Word = word("volume_flow", Medium(4), Q::VolumeFlow);
const BY_REGISTER: UnitWord = (Some("by-register"), None);
const DOUBT: &str = "unit of flow and power is configured in the meter; function code 3 or 4 not in the excerpt";
const POWER_THERMAL: Word = word("power_thermal", Medium(4), Q::Power);
const TEMPERATURE_FLOW: Word = word("temperature_flow", Medium(4), Q::FlowTemperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const TEMPERATURE_RETURN: Word = word("temperature_return", Medium(4), Q::ReturnTemperature);
const TEMPERATURE: Word = word("temperature", Medium(4), Q::Temperature);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "flow_v1_actual", E::F32, (VOLUME_FLOW, BY_REGISTER)).with_doubt(DOUBT),
    holding(2, "flow_v2_actual", E::F32, (VOLUME_FLOW, BY_REGISTER)).with_doubt(DOUBT),
    holding(4, "power_actual", E::F32, (POWER_THERMAL, BY_REGISTER)).with_doubt(DOUBT),
    holding(6, "temperature_t1", E::F32, (TEMPERATURE_FLOW, CEL)),
    holding(8, "temperature_t2", E::F32, (TEMPERATURE_RETURN, CEL)),
    holding(10, "temperature_t3", E::F32, (TEMPERATURE, CEL)),
    holding(12, "temperature_t4", E::F32, (TEMPERATURE, CEL)),
];
