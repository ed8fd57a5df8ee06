//! SunSpec model 214 Meter delta three phase (float). Made of `models/sunspec-model-214.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 214 Meter delta three phase (float)")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(124)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
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
const LABELS: &[(u64, &str)] = &[(2, "M_EVENT_Power_Failure"), (3, "M_EVENT_Under_Voltage"), (4, "M_EVENT_Low_PF"), (5, "M_EVENT_Over_Current"), (6, "M_EVENT_Over_Voltage"), (7, "M_EVENT_Missing_Sensor"), (8, "M_EVENT_Reserved1"), (9, "M_EVENT_Reserved2"), (10, "M_EVENT_Reserved3"), (11, "M_EVENT_Reserved4"), (12, "M_EVENT_Reserved5"), (13, "M_EVENT_Reserved6"), (14, "M_EVENT_Reserved7"), (15, "M_EVENT_Reserved8"), (16, "M_EVENT_OEM01"), (17, "M_EVENT_OEM02"), (18, "M_EVENT_OEM03"), (19, "M_EVENT_OEM04"), (20, "M_EVENT_OEM05"), (21, "M_EVENT_OEM06"), (22, "M_EVENT_OEM07"), (23, "M_EVENT_OEM08"), (24, "M_EVENT_OEM09"), (25, "M_EVENT_OEM10"), (26, "M_EVENT_OEM11"), (27, "M_EVENT_OEM12"), (28, "M_EVENT_OEM13"), (29, "M_EVENT_OEM14"), (30, "M_EVENT_OEM15")];

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "A", E::F32, (CURRENT, A)).with_not_available(Marker::Nan),
    holding(4, "AphA", E::F32, (CURRENT, A)).phase(P::L1).with_not_available(Marker::Nan),
    holding(6, "AphB", E::F32, (CURRENT, A)).phase(P::L2).with_not_available(Marker::Nan),
    holding(8, "AphC", E::F32, (CURRENT, A)).phase(P::L3).with_not_available(Marker::Nan),
    holding(10, "PhV", E::F32, (VOLTAGE, V)).with_not_available(Marker::Nan),
    holding(12, "PhVphA", E::F32, (VOLTAGE, V)).phase(P::L1).with_not_available(Marker::Nan),
    holding(14, "PhVphB", E::F32, (VOLTAGE, V)).phase(P::L2).with_not_available(Marker::Nan),
    holding(16, "PhVphC", E::F32, (VOLTAGE, V)).phase(P::L3).with_not_available(Marker::Nan),
    holding(18, "PPV", E::F32, (VOLTAGE, V)).with_not_available(Marker::Nan),
    holding(20, "PPVphAB", E::F32, (VOLTAGE, V)).phase(P::L12).with_not_available(Marker::Nan),
    holding(22, "PPVphBC", E::F32, (VOLTAGE, V)).phase(P::L23).with_not_available(Marker::Nan),
    holding(24, "PPVphCA", E::F32, (VOLTAGE, V)).phase(P::L31).with_not_available(Marker::Nan),
    holding(26, "Hz", E::F32, (FREQUENCY, HZ)).with_not_available(Marker::Nan),
    holding(28, "W", E::F32, (POWER_ACTIVE, W)).with_not_available(Marker::Nan),
    holding(30, "WphA", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_not_available(Marker::Nan),
    holding(32, "WphB", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_not_available(Marker::Nan),
    holding(34, "WphC", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_not_available(Marker::Nan),
    holding(36, "VA", E::F32, (POWER_APPARENT, VA)).with_not_available(Marker::Nan),
    holding(38, "VAphA", E::F32, (POWER_APPARENT, VA)).phase(P::L1).with_not_available(Marker::Nan),
    holding(40, "VAphB", E::F32, (POWER_APPARENT, VA)).phase(P::L2).with_not_available(Marker::Nan),
    holding(42, "VAphC", E::F32, (POWER_APPARENT, VA)).phase(P::L3).with_not_available(Marker::Nan),
    holding(44, "VAR", E::F32, (POWER_REACTIVE, VAR)).with_not_available(Marker::Nan),
    holding(46, "VARphA", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_not_available(Marker::Nan),
    holding(48, "VARphB", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_not_available(Marker::Nan),
    holding(50, "VARphC", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_not_available(Marker::Nan),
    holding(52, "PF", E::F32, (POWER_FACTOR, ONE)).with_not_available(Marker::Nan),
    holding(54, "PFphA", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_not_available(Marker::Nan),
    holding(56, "PFphB", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_not_available(Marker::Nan),
    holding(58, "PFphC", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_not_available(Marker::Nan),
    holding(60, "TotWhExp", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).with_not_available(Marker::Nan),
    holding(62, "TotWhExpPhA", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(64, "TotWhExpPhB", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(66, "TotWhExpPhC", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(68, "TotWhImp", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).with_not_available(Marker::Nan),
    holding(70, "TotWhImpPhA", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(72, "TotWhImpPhB", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(74, "TotWhImpPhC", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(76, "TotVAhExp", E::F32, (ENERGY_APPARENT_EXPORT, VAH)).with_not_available(Marker::Nan),
    holding(78, "TotVAhExpPhA", E::F32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(80, "TotVAhExpPhB", E::F32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(82, "TotVAhExpPhC", E::F32, (ENERGY_APPARENT_EXPORT, VAH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(84, "TotVAhImp", E::F32, (ENERGY_APPARENT_IMPORT, VAH)).with_not_available(Marker::Nan),
    holding(86, "TotVAhImpPhA", E::F32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(88, "TotVAhImpPhB", E::F32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(90, "TotVAhImpPhC", E::F32, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(92, "TotVArhImpQ1", E::F32, (ENERGY_REACTIVE, VARH)).with_not_available(Marker::Nan),
    holding(94, "TotVArhImpQ1phA", E::F32, (ENERGY_REACTIVE, VARH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(96, "TotVArhImpQ1phB", E::F32, (ENERGY_REACTIVE, VARH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(98, "TotVArhImpQ1phC", E::F32, (ENERGY_REACTIVE, VARH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(100, "TotVArhImpQ2", E::F32, (ENERGY_REACTIVE_2, VARH)).with_not_available(Marker::Nan),
    holding(102, "TotVArhImpQ2phA", E::F32, (ENERGY_REACTIVE_2, VARH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(104, "TotVArhImpQ2phB", E::F32, (ENERGY_REACTIVE_2, VARH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(106, "TotVArhImpQ2phC", E::F32, (ENERGY_REACTIVE_2, VARH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(108, "TotVArhExpQ3", E::F32, (ENERGY_REACTIVE_3, VARH)).with_not_available(Marker::Nan),
    holding(110, "TotVArhExpQ3phA", E::F32, (ENERGY_REACTIVE_3, VARH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(112, "TotVArhExpQ3phB", E::F32, (ENERGY_REACTIVE_3, VARH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(114, "TotVArhExpQ3phC", E::F32, (ENERGY_REACTIVE_3, VARH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(116, "TotVArhExpQ4", E::F32, (ENERGY_REACTIVE_4, VARH)).with_not_available(Marker::Nan),
    holding(118, "TotVArhExpQ4phA", E::F32, (ENERGY_REACTIVE_4, VARH)).phase(P::L1).with_not_available(Marker::Nan),
    holding(120, "TotVArhExpQ4phB", E::F32, (ENERGY_REACTIVE_4, VARH)).phase(P::L2).with_not_available(Marker::Nan),
    holding(122, "TotVArhExpQ4phC", E::F32, (ENERGY_REACTIVE_4, VARH)).phase(P::L3).with_not_available(Marker::Nan),
    holding(124, "Evt", E::BITFIELD32, (STATUS, ONE)).absent(0xffffffff).with_labels(LABELS),
];
