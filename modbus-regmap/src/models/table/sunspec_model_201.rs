//! SunSpec model 201 Meter single phase. Made of `models/sunspec-model-201.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 201 Meter single phase")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(105)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const SCALE_FACTOR: Word = word("scale_factor", Medium(2), Q::None);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_APPARENT_EXPORT: Word = word("energy_apparent_export", Medium(2), Q::ApparentEnergy).direction(D::Export);
const VAH: UnitWord = unit("VAh", X::None, B::VoltAmpereHour);
const ENERGY_APPARENT_IMPORT: Word = word("energy_apparent_import", Medium(2), Q::ApparentEnergy).direction(D::Import);
const ENERGY_REACTIVE: Word = word("energy_reactive", Medium(2), Q::ReactiveEnergy).direction(D::Q1);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const ENERGY_REACTIVE_2: Word = word("energy_reactive", Medium(2), Q::ReactiveEnergy).direction(D::Q2);
const ENERGY_REACTIVE_3: Word = word("energy_reactive", Medium(2), Q::ReactiveEnergy).direction(D::Q3);
const ENERGY_REACTIVE_4: Word = word("energy_reactive", Medium(2), Q::ReactiveEnergy).direction(D::Q4);
const STATUS: Word = word("status", Medium(2), Q::None);
const LABELS: &[(u64, &str)] = &[(2, "Power_Failure"), (3, "Under_Voltage"), (4, "Low_PF"), (5, "Over_Current"), (6, "Over_Voltage"), (7, "Missing_Sensor"), (16, "OEM01"), (17, "OEM02"), (18, "OEM03"), (19, "OEM04"), (20, "OEM05"), (21, "OEM06"), (22, "OEM07"), (23, "OEM08"), (24, "OEM09"), (25, "OEM10"), (26, "OEM11"), (27, "OEM12"), (28, "OEM13"), (29, "OEM14"), (30, "OEM15")];

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "A", E::I16, (CURRENT, A)).with_scale_register(6).absent(0x8000),
    holding(3, "AphA", E::I16, (CURRENT, A)).phase(P::L1).with_scale_register(6).absent(0x8000),
    holding(4, "AphB", E::I16, (CURRENT, A)).phase(P::L2).with_scale_register(6).absent(0x8000),
    holding(5, "AphC", E::I16, (CURRENT, A)).phase(P::L3).with_scale_register(6).absent(0x8000),
    holding(6, "A_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(7, "PhV", E::I16, (VOLTAGE, V)).with_scale_register(15).absent(0x8000),
    holding(8, "PhVphA", E::I16, (VOLTAGE, V)).phase(P::L1).with_scale_register(15).absent(0x8000),
    holding(9, "PhVphB", E::I16, (VOLTAGE, V)).phase(P::L2).with_scale_register(15).absent(0x8000),
    holding(10, "PhVphC", E::I16, (VOLTAGE, V)).phase(P::L3).with_scale_register(15).absent(0x8000),
    holding(11, "PPV", E::I16, (VOLTAGE, V)).with_scale_register(15).absent(0x8000),
    holding(12, "PPVphAB", E::I16, (VOLTAGE, V)).phase(P::L12).with_scale_register(15).absent(0x8000),
    holding(13, "PPVphBC", E::I16, (VOLTAGE, V)).phase(P::L23).with_scale_register(15).absent(0x8000),
    holding(14, "PPVphCA", E::I16, (VOLTAGE, V)).phase(P::L31).with_scale_register(15).absent(0x8000),
    holding(15, "V_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(16, "Hz", E::I16, (FREQUENCY, HZ)).with_scale_register(17).absent(0x8000),
    holding(17, "Hz_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(18, "W", E::I16, (POWER_ACTIVE, W)).with_scale_register(22).absent(0x8000),
    holding(19, "WphA", E::I16, (POWER_ACTIVE, W)).phase(P::L1).with_scale_register(22).absent(0x8000),
    holding(20, "WphB", E::I16, (POWER_ACTIVE, W)).phase(P::L2).with_scale_register(22).absent(0x8000),
    holding(21, "WphC", E::I16, (POWER_ACTIVE, W)).phase(P::L3).with_scale_register(22).absent(0x8000),
    holding(22, "W_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(23, "VA", E::I16, (POWER_APPARENT, VA)).with_scale_register(27).absent(0x8000),
    holding(24, "VAphA", E::I16, (POWER_APPARENT, VA)).phase(P::L1).with_scale_register(27).absent(0x8000),
    holding(25, "VAphB", E::I16, (POWER_APPARENT, VA)).phase(P::L2).with_scale_register(27).absent(0x8000),
    holding(26, "VAphC", E::I16, (POWER_APPARENT, VA)).phase(P::L3).with_scale_register(27).absent(0x8000),
    holding(27, "VA_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(28, "VAR", E::I16, (POWER_REACTIVE, VAR)).with_scale_register(32).absent(0x8000),
    holding(29, "VARphA", E::I16, (POWER_REACTIVE, VAR)).phase(P::L1).with_scale_register(32).absent(0x8000),
    holding(30, "VARphB", E::I16, (POWER_REACTIVE, VAR)).phase(P::L2).with_scale_register(32).absent(0x8000),
    holding(31, "VARphC", E::I16, (POWER_REACTIVE, VAR)).phase(P::L3).with_scale_register(32).absent(0x8000),
    holding(32, "VAR_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(33, "PF", E::I16, (POWER_FACTOR, PERCENT)).with_scale_register(37).absent(0x8000),
    holding(34, "PFphA", E::I16, (POWER_FACTOR, PERCENT)).phase(P::L1).with_scale_register(37).absent(0x8000),
    holding(35, "PFphB", E::I16, (POWER_FACTOR, PERCENT)).phase(P::L2).with_scale_register(37).absent(0x8000),
    holding(36, "PFphC", E::I16, (POWER_FACTOR, PERCENT)).phase(P::L3).with_scale_register(37).absent(0x8000),
    holding(37, "PF_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(38, "TotWhExp", E::ACC32, (ENERGY_ACTIVE_EXPORT, WH)).with_scale_register(54).absent(0x0),
    holding(40, "TotWhExpPhA", E::ACC32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1).with_scale_register(54).absent(0x0),
    holding(42, "TotWhExpPhB", E::ACC32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L2).with_scale_register(54).absent(0x0),
    holding(44, "TotWhExpPhC", E::ACC32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L3).with_scale_register(54).absent(0x0),
    holding(46, "TotWhImp", E::ACC32, (ENERGY_ACTIVE_IMPORT, WH)).with_scale_register(54).absent(0x0),
    holding(48, "TotWhImpPhA", E::ACC32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1).with_scale_register(54).absent(0x0),
    holding(50, "TotWhImpPhB", E::ACC32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2).with_scale_register(54).absent(0x0),
    holding(52, "TotWhImpPhC", E::ACC32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3).with_scale_register(54).absent(0x0),
    holding(54, "TotWh_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(55, "TotVAhExp", E::ACC32, (ENERGY_APPARENT_EXPORT, VAH)).with_scale_register(71).absent(0x0),
    holding(57, "TotVAhExpPhA", E::ACC32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L1).with_scale_register(71).absent(0x0),
    holding(59, "TotVAhExpPhB", E::ACC32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L2).with_scale_register(71).absent(0x0),
    holding(61, "TotVAhExpPhC", E::ACC32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L3).with_scale_register(71).absent(0x0),
    holding(63, "TotVAhImp", E::ACC32, (ENERGY_APPARENT_IMPORT, VAH)).with_scale_register(71).absent(0x0),
    holding(65, "TotVAhImpPhA", E::ACC32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L1).with_scale_register(71).absent(0x0),
    holding(67, "TotVAhImpPhB", E::ACC32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L2).with_scale_register(71).absent(0x0),
    holding(69, "TotVAhImpPhC", E::ACC32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L3).with_scale_register(71).absent(0x0),
    holding(71, "TotVAh_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(72, "TotVArhImpQ1", E::ACC32, (ENERGY_REACTIVE, VARH)).with_scale_register(104).absent(0x0),
    holding(74, "TotVArhImpQ1PhA", E::ACC32, (ENERGY_REACTIVE, VARH)).phase(P::L1).with_scale_register(104).absent(0x0),
    holding(76, "TotVArhImpQ1PhB", E::ACC32, (ENERGY_REACTIVE, VARH)).phase(P::L2).with_scale_register(104).absent(0x0),
    holding(78, "TotVArhImpQ1PhC", E::ACC32, (ENERGY_REACTIVE, VARH)).phase(P::L3).with_scale_register(104).absent(0x0),
    holding(80, "TotVArhImpQ2", E::ACC32, (ENERGY_REACTIVE_2, VARH)).with_scale_register(104).absent(0x0),
    holding(82, "TotVArhImpQ2PhA", E::ACC32, (ENERGY_REACTIVE_2, VARH)).phase(P::L1).with_scale_register(104).absent(0x0),
    holding(84, "TotVArhImpQ2PhB", E::ACC32, (ENERGY_REACTIVE_2, VARH)).phase(P::L2).with_scale_register(104).absent(0x0),
    holding(86, "TotVArhImpQ2PhC", E::ACC32, (ENERGY_REACTIVE_2, VARH)).phase(P::L3).with_scale_register(104).absent(0x0),
    holding(88, "TotVArhExpQ3", E::ACC32, (ENERGY_REACTIVE_3, VARH)).with_scale_register(104).absent(0x0),
    holding(90, "TotVArhExpQ3PhA", E::ACC32, (ENERGY_REACTIVE_3, VARH)).phase(P::L1).with_scale_register(104).absent(0x0),
    holding(92, "TotVArhExpQ3PhB", E::ACC32, (ENERGY_REACTIVE_3, VARH)).phase(P::L2).with_scale_register(104).absent(0x0),
    holding(94, "TotVArhExpQ3PhC", E::ACC32, (ENERGY_REACTIVE_3, VARH)).phase(P::L3).with_scale_register(104).absent(0x0),
    holding(96, "TotVArhExpQ4", E::ACC32, (ENERGY_REACTIVE_4, VARH)).with_scale_register(104).absent(0x0),
    holding(98, "TotVArhExpQ4PhA", E::ACC32, (ENERGY_REACTIVE_4, VARH)).phase(P::L1).with_scale_register(104).absent(0x0),
    holding(100, "TotVArhExpQ4PhB", E::ACC32, (ENERGY_REACTIVE_4, VARH)).phase(P::L2).with_scale_register(104).absent(0x0),
    holding(102, "TotVArhExpQ4PhC", E::ACC32, (ENERGY_REACTIVE_4, VARH)).phase(P::L3).with_scale_register(104).absent(0x0),
    holding(104, "TotVArh_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(105, "Evt", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS),
];
