//! SunSpec model 111 Inverter single phase (float). Made of `models/sunspec-model-111.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 111 Inverter single phase (float)")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("inverter")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(60)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const TEMPERATURE: Word = word("temperature", Medium(2), Q::Temperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const STATUS: Word = word("status", Medium(2), Q::None);
const LABELS: &[(u64, &str)] = &[(1, "ggOFF"), (2, "ggSLEEPING"), (3, "ggSTARTING"), (4, "ggMPPT"), (5, "ggTHROTTLED"), (6, "ggSHUTTING_DOWN"), (7, "ggFAULT"), (8, "ggSTANDBY")];
const LABELS_2: &[(u64, &str)] = &[(0, "GROUND_FAULT"), (1, "DC_OVER_VOLT"), (2, "AC_DISCONNECT"), (3, "DC_DISCONNECT"), (4, "GRID_DISCONNECT"), (5, "CABINET_OPEN"), (6, "MANUAL_SHUTDOWN"), (7, "OVER_TEMP"), (8, "OVER_FREQUENCY"), (9, "UNDER_FREQUENCY"), (10, "AC_OVER_VOLT"), (11, "AC_UNDER_VOLT"), (12, "BLOWN_STRING_FUSE"), (13, "UNDER_TEMP"), (14, "MEMORY_LOSS"), (15, "HW_TEST_FAILURE")];

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "A", E::F32, (CURRENT, A)).with_not_available(Marker::Nan),
    holding(4, "AphA", E::F32, (CURRENT, A)).phase(P::L1).with_not_available(Marker::Nan),
    holding(6, "AphB", E::F32, (CURRENT, A)).phase(P::L2).with_not_available(Marker::Nan),
    holding(8, "AphC", E::F32, (CURRENT, A)).phase(P::L3).with_not_available(Marker::Nan),
    holding(10, "PPVphAB", E::F32, (VOLTAGE, V)).phase(P::L12).with_not_available(Marker::Nan),
    holding(12, "PPVphBC", E::F32, (VOLTAGE, V)).phase(P::L23).with_not_available(Marker::Nan),
    holding(14, "PPVphCA", E::F32, (VOLTAGE, V)).phase(P::L31).with_not_available(Marker::Nan),
    holding(16, "PhVphA", E::F32, (VOLTAGE, V)).phase(P::L1).with_not_available(Marker::Nan),
    holding(18, "PhVphB", E::F32, (VOLTAGE, V)).phase(P::L2).with_not_available(Marker::Nan),
    holding(20, "PhVphC", E::F32, (VOLTAGE, V)).phase(P::L3).with_not_available(Marker::Nan),
    holding(22, "W", E::F32, (POWER_ACTIVE, W)).with_not_available(Marker::Nan),
    holding(24, "Hz", E::F32, (FREQUENCY, HZ)).with_not_available(Marker::Nan),
    holding(26, "VA", E::F32, (POWER_APPARENT, VA)).with_not_available(Marker::Nan),
    holding(28, "VAr", E::F32, (POWER_REACTIVE, VAR)).with_not_available(Marker::Nan),
    holding(30, "PF", E::F32, (POWER_FACTOR, PERCENT)).with_not_available(Marker::Nan),
    holding(32, "WH", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).with_not_available(Marker::Nan),
    holding(34, "DCA", E::F32, (CURRENT, A)).with_not_available(Marker::Nan),
    holding(36, "DCV", E::F32, (VOLTAGE, V)).with_not_available(Marker::Nan),
    holding(38, "DCW", E::F32, (POWER_ACTIVE, W)).with_not_available(Marker::Nan),
    holding(40, "TmpCab", E::F32, (TEMPERATURE, CEL)).with_not_available(Marker::Nan),
    holding(42, "TmpSnk", E::F32, (TEMPERATURE, CEL)).with_not_available(Marker::Nan),
    holding(44, "TmpTrns", E::F32, (TEMPERATURE, CEL)).with_not_available(Marker::Nan),
    holding(46, "TmpOt", E::F32, (TEMPERATURE, CEL)).with_not_available(Marker::Nan),
    holding(48, "St", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS),
    holding(49, "StVnd", E::ENUM16, (STATUS, ONE)).absent(0xffff),
    holding(50, "Evt1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS_2),
    holding(52, "Evt2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(54, "EvtVnd1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(56, "EvtVnd2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(58, "EvtVnd3", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(60, "EvtVnd4", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
];
