//! SunSpec model 102 Inverter split phase. Made of `models/sunspec-model-102.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 102 Inverter split phase")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("inverter")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(50)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const SCALE_FACTOR: Word = word("scale_factor", Medium(2), Q::None);
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
const LABELS: &[(u64, &str)] = &[(1, "OFF"), (2, "SLEEPING"), (3, "STARTING"), (4, "MPPT"), (5, "THROTTLED"), (6, "SHUTTING_DOWN"), (7, "FAULT"), (8, "STANDBY")];
const LABELS_2: &[(u64, &str)] = &[(0, "GROUND_FAULT"), (1, "DC_OVER_VOLT"), (2, "AC_DISCONNECT"), (3, "DC_DISCONNECT"), (4, "GRID_DISCONNECT"), (5, "CABINET_OPEN"), (6, "MANUAL_SHUTDOWN"), (7, "OVER_TEMP"), (8, "OVER_FREQUENCY"), (9, "UNDER_FREQUENCY"), (10, "AC_OVER_VOLT"), (11, "AC_UNDER_VOLT"), (12, "BLOWN_STRING_FUSE"), (13, "UNDER_TEMP"), (14, "MEMORY_LOSS"), (15, "HW_TEST_FAILURE")];

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "A", E::U16, (CURRENT, A)).with_scale_register(6).absent(0xffff),
    holding(3, "AphA", E::U16, (CURRENT, A)).phase(P::L1).with_scale_register(6).absent(0xffff),
    holding(4, "AphB", E::U16, (CURRENT, A)).phase(P::L2).with_scale_register(6).absent(0xffff),
    holding(5, "AphC", E::U16, (CURRENT, A)).phase(P::L3).with_scale_register(6).absent(0xffff),
    holding(6, "A_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(7, "PPVphAB", E::U16, (VOLTAGE, V)).phase(P::L12).with_scale_register(13).absent(0xffff),
    holding(8, "PPVphBC", E::U16, (VOLTAGE, V)).phase(P::L23).with_scale_register(13).absent(0xffff),
    holding(9, "PPVphCA", E::U16, (VOLTAGE, V)).phase(P::L31).with_scale_register(13).absent(0xffff),
    holding(10, "PhVphA", E::U16, (VOLTAGE, V)).phase(P::L1).with_scale_register(13).absent(0xffff),
    holding(11, "PhVphB", E::U16, (VOLTAGE, V)).phase(P::L2).with_scale_register(13).absent(0xffff),
    holding(12, "PhVphC", E::U16, (VOLTAGE, V)).phase(P::L3).with_scale_register(13).absent(0xffff),
    holding(13, "V_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(14, "W", E::I16, (POWER_ACTIVE, W)).with_scale_register(15).absent(0x8000),
    holding(15, "W_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(16, "Hz", E::U16, (FREQUENCY, HZ)).with_scale_register(17).absent(0xffff),
    holding(17, "Hz_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(18, "VA", E::I16, (POWER_APPARENT, VA)).with_scale_register(19).absent(0x8000),
    holding(19, "VA_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(20, "VAr", E::I16, (POWER_REACTIVE, VAR)).with_scale_register(21).absent(0x8000),
    holding(21, "VAr_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(22, "PF", E::I16, (POWER_FACTOR, PERCENT)).with_scale_register(23).absent(0x8000),
    holding(23, "PF_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(24, "WH", E::ACC32, (ENERGY_ACTIVE_TOTAL, WH)).with_scale_register(26).absent(0x0),
    holding(26, "WH_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(27, "DCA", E::U16, (CURRENT, A)).with_scale_register(28).absent(0xffff),
    holding(28, "DCA_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(29, "DCV", E::U16, (VOLTAGE, V)).with_scale_register(30).absent(0xffff),
    holding(30, "DCV_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(31, "DCW", E::I16, (POWER_ACTIVE, W)).with_scale_register(32).absent(0x8000),
    holding(32, "DCW_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(33, "TmpCab", E::I16, (TEMPERATURE, CEL)).with_scale_register(37).absent(0x8000),
    holding(34, "TmpSnk", E::I16, (TEMPERATURE, CEL)).with_scale_register(37).absent(0x8000),
    holding(35, "TmpTrns", E::I16, (TEMPERATURE, CEL)).with_scale_register(37).absent(0x8000),
    holding(36, "TmpOt", E::I16, (TEMPERATURE, CEL)).with_scale_register(37).absent(0x8000),
    holding(37, "Tmp_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(38, "St", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS),
    holding(39, "StVnd", E::ENUM16, (STATUS, ONE)).absent(0xffff),
    holding(40, "Evt1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS_2),
    holding(42, "Evt2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(44, "EvtVnd1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(46, "EvtVnd2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(48, "EvtVnd3", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(50, "EvtVnd4", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
];
