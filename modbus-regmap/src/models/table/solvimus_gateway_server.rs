//! solvimus M-Bus/Modbus gateway server (test mode). Made of `models/solvimus-gateway-server.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("solvimus M-Bus/Modbus gateway server (test mode)")
    .with_vendor("solvimus")
    .with_medium(Medium(49))
    .with_medium_word("gateway")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["gateway manual, tables 32-34"])
    .with_notes(&["Register layout of the gateway server with its built-in test data: one device entry, one meter entry, one value entry of 10 registers each. Low word first when the swap option is on."]);

const INFO: Word = word("info", Medium(49), Q::None);
const TIMESTAMP: Word = word("timestamp", Medium(49), Q::Timestamp);
const STATUS: Word = word("status", Medium(49), Q::None);
const TEXT: Word = word("text", Medium(49), Q::None);
const BY_UNIT_CODE: Word = word("by-unit-code", Medium(49), Q::Unknown);
const BY_REGISTER: UnitWord = (Some("by-register"), None);
const SCALE_FACTOR: Word = word("scale_factor", Medium(49), Q::None);
const UNIT_CODE: Word = word("unit_code", Medium(49), Q::None);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "device_serial", E::U32, (INFO, ONE)),
    holding(2, "protocol_version", E::U16, (INFO, ONE)),
    holding(3, "software_version", E::U16, (INFO, ONE)),
    holding(4, "device_time", E::UNIX32, (TIMESTAMP, ONE)),
    holding(7, "device_entry_type", E::U8Hi, (STATUS, ONE)),
    holding(10, "meter_serial", E::U32, (INFO, ONE)),
    holding(12, "meter_manufacturer", E::Manufacturer, (TEXT, ONE)),
    holding(13, "meter_version", E::U8Hi, (INFO, ONE)),
    holding(13, "meter_medium", E::U8Lo, (INFO, ONE)),
    holding(14, "meter_read_time", E::UNIX32, (TIMESTAMP, ONE)),
    holding(17, "meter_entry_type", E::U8Hi, (STATUS, ONE)),
    holding(18, "meter_flags", E::BITFIELD16, (STATUS, ONE)),
    holding(20, "value_int", E::I64, (BY_UNIT_CODE, BY_REGISTER)).with_scale_register(26).with_unit_register(27, UnitCodes::Concentrator),
    holding(24, "value_float", E::F32, (BY_UNIT_CODE, BY_REGISTER)).with_unit_register(27, UnitCodes::Concentrator),
    holding(26, "value_scale_exponent", E::I16, (SCALE_FACTOR, ONE)),
    holding(27, "value_entry_type", E::U8Hi, (STATUS, ONE)),
    holding(27, "value_unit", E::U8Lo, (UNIT_CODE, ONE)),
    holding(28, "value_time", E::UNIX32, (TIMESTAMP, ONE)),
];
