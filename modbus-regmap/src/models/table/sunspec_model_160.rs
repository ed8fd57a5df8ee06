//! SunSpec model 160 Multiple MPPT. Made of `models/sunspec-model-160.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 160 Multiple MPPT")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("inverter")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(8)
    .with_sources(Verified::OfficialModel, &["sunspec/models"])
    .with_notes(&["The 20 registers of the group \"module\" from 10 on are there N times."]);

const OTHER: Word = word("other", Medium(2), Q::None);
const SCALE_FACTOR: Word = word("scale_factor", Medium(2), Q::None);
const STATUS: Word = word("status", Medium(2), Q::None);
const LABELS: &[(u64, &str)] = &[(0, "GROUND_FAULT"), (1, "INPUT_OVER_VOLTAGE"), (2, "RESERVED_2"), (3, "DC_DISCONNECT"), (4, "RESERVED_4"), (5, "CABINET_OPEN"), (6, "MANUAL_SHUTDOWN"), (7, "OVER_TEMP"), (8, "RESERVED_8"), (9, "RESERVED_9"), (10, "RESERVED_10"), (11, "RESERVED_11"), (12, "BLOWN_FUSE"), (13, "UNDER_TEMP"), (14, "MEMORY_LOSS"), (15, "ARC_DETECTION"), (16, "RESERVED_16"), (17, "RESERVED_17"), (18, "RESERVED_18"), (19, "RESERVED_19"), (20, "TEST_FAILED"), (21, "INPUT_UNDER_VOLTAGE"), (22, "INPUT_OVER_CURRENT")];
const DOUBT: &str = "from public knowledge of the model, not compared with its file";
const TEXT: Word = word("text", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const TIMESTAMP: Word = word("timestamp", Medium(2), Q::Timestamp);
const S: UnitWord = unit("s", X::None, B::Second);
const TEMPERATURE: Word = word("temperature", Medium(2), Q::Temperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const LABELS_2: &[(u64, &str)] = &[(1, "OFF"), (2, "SLEEPING"), (3, "STARTING"), (4, "MPPT"), (5, "THROTTLED"), (6, "SHUTTING_DOWN"), (7, "FAULT"), (8, "STANDBY"), (9, "TEST"), (10, "RESERVED_10")];

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "DCA_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(3, "DCV_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(4, "DCW_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(5, "DCWH_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(6, "Evt", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS),
    holding(8, "N", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(9, "TmsPer", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(10, "module_ID", E::U16, (OTHER, ONE)).absent(0xffff).with_doubt(DOUBT),
    holding(11, "module_IDStr", E::text(8), (TEXT, ONE)).with_not_available(Marker::Zeros).with_doubt(DOUBT),
    holding(19, "module_DCA", E::U16, (CURRENT, A)).with_scale_register(2).absent(0xffff).with_doubt(DOUBT),
    holding(20, "module_DCV", E::U16, (VOLTAGE, V)).with_scale_register(3).absent(0xffff).with_doubt(DOUBT),
    holding(21, "module_DCW", E::U16, (POWER_ACTIVE, W)).with_scale_register(4).absent(0xffff).with_doubt(DOUBT),
    holding(22, "module_DCWH", E::ACC32, (ENERGY_ACTIVE_TOTAL, WH)).with_scale_register(5).absent(0x0).with_doubt(DOUBT),
    holding(24, "module_Tms", E::U32, (TIMESTAMP, S)).absent(0xffffffff).with_doubt(DOUBT),
    holding(26, "module_Tmp", E::I16, (TEMPERATURE, CEL)).absent(0x8000).with_doubt(DOUBT),
    holding(27, "module_DCSt", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS_2).with_doubt(DOUBT),
    holding(28, "module_DCEvt", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS).with_doubt(DOUBT),
];
