//! SunSpec model 802 Battery base. Made of `models/sunspec-model-802.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 802 Battery base")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("battery")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(62)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const AH: UnitWord = unit("Ah", X::None, B::AmpereHour);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const W: UnitWord = unit("W", X::None, B::Watt);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const STATUS: Word = word("status", Medium(2), Q::None);
const LABELS: &[(u64, &str)] = &[(1, "OFF"), (2, "EMPTY"), (3, "DISCHARGING"), (4, "CHARGING"), (5, "FULL"), (6, "HOLDING"), (7, "TESTING")];
const LABELS_2: &[(u64, &str)] = &[(0, "REMOTE"), (1, "LOCAL")];
const LABELS_3: &[(u64, &str)] = &[(0, "NOT APPLICABLE_UNKNOWN"), (1, "LEAD_ACID"), (2, "NICKEL_METAL_HYDRATE"), (3, "NICKEL_CADMIUM"), (4, "LITHIUM_ION"), (5, "CARBON_ZINC"), (6, "ZINC_CHLORIDE"), (7, "ALKALINE"), (8, "RECHARGEABLE_ALKALINE"), (9, "SODIUM_SULFUR"), (10, "FLOW"), (99, "OTHER")];
const LABELS_4: &[(u64, &str)] = &[(1, "DISCONNECTED"), (2, "INITIALIZING"), (3, "CONNECTED"), (4, "STANDBY"), (5, "SOC PROTECTION"), (6, "SUSPENDING"), (99, "FAULT")];
const LABELS_5: &[(u64, &str)] = &[(0, "COMMUNICATION_ERROR"), (1, "OVER_TEMP_ALARM"), (2, "OVER_TEMP_WARNING"), (3, "UNDER_TEMP_ALARM"), (4, "UNDER_TEMP_WARNING"), (5, "OVER_CHARGE_CURRENT_ALARM"), (6, "OVER_CHARGE_CURRENT_WARNING"), (7, "OVER_DISCHARGE_CURRENT_ALARM"), (8, "OVER_DISCHARGE_CURRENT_WARNING"), (9, "OVER_VOLT_ALARM"), (10, "OVER_VOLT_WARNING"), (11, "UNDER_VOLT_ALARM"), (12, "UNDER_VOLT_WARNING"), (13, "UNDER_SOC_MIN_ALARM"), (14, "UNDER_SOC_MIN_WARNING"), (15, "OVER_SOC_MAX_ALARM"), (16, "OVER_SOC_MAX_WARNING"), (17, "VOLTAGE_IMBALANCE_WARNING"), (18, "TEMPERATURE_IMBALANCE_ALARM"), (19, "TEMPERATURE_IMBALANCE_WARNING"), (20, "CONTACTOR_ERROR"), (21, "FAN_ERROR"), (22, "GROUND_FAULT"), (23, "OPEN_DOOR_ERROR"), (24, "CURRENT_IMBALANCE_WARNING"), (25, "OTHER_ALARM"), (26, "OTHER_WARNING"), (27, "RESERVED_1"), (28, "CONFIGURATION_ALARM"), (29, "CONFIGURATION_WARNING")];
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const LABELS_6: &[(u64, &str)] = &[(0, "NO REQUEST"), (1, "START"), (2, "STOP")];
const LABELS_7: &[(u64, &str)] = &[(1, "CONNECT"), (2, "DISCONNECT")];
const LABELS_8: &[(u64, &str)] = &[(1, "INVERTER_STOPPED"), (2, "INVERTER_STANDBY"), (3, "INVERTER_STARTED")];
const SCALE_FACTOR: Word = word("scale_factor", Medium(2), Q::None);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "AHRtg", E::U16, (OTHER, AH)).with_scale_register(52).absent(0xffff),
    holding(3, "WHRtg", E::U16, (OTHER, WH)).with_scale_register(53).absent(0xffff),
    holding(4, "WChaRteMax", E::U16, (OTHER, W)).with_scale_register(54).absent(0xffff),
    holding(5, "WDisChaRteMax", E::U16, (OTHER, W)).with_scale_register(54).absent(0xffff),
    holding(6, "DisChaRte", E::U16, (OTHER, PERCENT)).with_scale_register(55).absent(0xffff),
    holding(7, "SoCMax", E::U16, (OTHER, PERCENT)).with_scale_register(56).absent(0xffff),
    holding(8, "SoCMin", E::U16, (OTHER, PERCENT)).with_scale_register(56).absent(0xffff),
    holding(9, "SocRsvMax", E::U16, (OTHER, PERCENT)).with_scale_register(56).absent(0xffff).with_access(Access::ReadWrite),
    holding(10, "SoCRsvMin", E::U16, (OTHER, PERCENT)).with_scale_register(56).absent(0xffff).with_access(Access::ReadWrite),
    holding(11, "SoC", E::U16, (OTHER, PERCENT)).with_scale_register(56).absent(0xffff),
    holding(12, "DoD", E::U16, (OTHER, PERCENT)).with_scale_register(57).absent(0xffff),
    holding(13, "SoH", E::U16, (OTHER, PERCENT)).with_scale_register(58).absent(0xffff),
    holding(14, "NCyc", E::U32, (OTHER, ONE)).absent(0xffffffff),
    holding(16, "ChaSt", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS),
    holding(17, "LocRemCtl", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS_2),
    holding(18, "Hb", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(19, "CtrlHb", E::U16, (OTHER, ONE)).absent(0xffff).with_access(Access::ReadWrite),
    holding(20, "AlmRst", E::U16, (OTHER, ONE)).absent(0xffff).with_access(Access::ReadWrite),
    holding(21, "Typ", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS_3),
    holding(22, "State", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS_4),
    holding(23, "StateVnd", E::ENUM16, (STATUS, ONE)).absent(0xffff),
    holding(24, "WarrDt", E::U32, (OTHER, ONE)).absent(0xffffffff),
    holding(26, "Evt1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS_5),
    holding(28, "Evt2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(30, "EvtVnd1", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(32, "EvtVnd2", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff),
    holding(34, "V", E::U16, (VOLTAGE, V)).with_scale_register(59).absent(0xffff),
    holding(35, "VMax", E::U16, (OTHER, V)).with_scale_register(59).absent(0xffff),
    holding(36, "VMin", E::U16, (OTHER, V)).with_scale_register(59).absent(0xffff),
    holding(37, "CellVMax", E::U16, (OTHER, V)).with_scale_register(60).absent(0xffff),
    holding(38, "CellVMaxStr", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(39, "CellVMaxMod", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(40, "CellVMin", E::U16, (OTHER, V)).with_scale_register(60).absent(0xffff),
    holding(41, "CellVMinStr", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(42, "CellVMinMod", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(43, "CellVAvg", E::U16, (OTHER, V)).with_scale_register(60).absent(0xffff),
    holding(44, "A", E::I16, (CURRENT, A)).with_scale_register(61).absent(0x8000),
    holding(45, "AChaMax", E::U16, (OTHER, A)).with_scale_register(62).absent(0xffff),
    holding(46, "ADisChaMax", E::U16, (OTHER, A)).with_scale_register(62).absent(0xffff),
    holding(47, "W", E::I16, (POWER_ACTIVE, W)).with_scale_register(63).absent(0x8000),
    holding(48, "ReqInvState", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS_6),
    holding(49, "ReqW", E::I16, (OTHER, W)).with_scale_register(63).absent(0x8000),
    holding(50, "SetOp", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_access(Access::ReadWrite).with_labels(LABELS_7),
    holding(51, "SetInvState", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_access(Access::ReadWrite).with_labels(LABELS_8),
    holding(52, "AHRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(53, "WHRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(54, "WChaDisChaMax_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(55, "DisChaRte_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(56, "SoC_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(57, "DoD_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(58, "SoH_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(59, "V_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(60, "CellV_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(61, "A_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(62, "AMax_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(63, "W_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
];
