//! SunSpec model 120 Nameplate. Made of `models/sunspec-model-120.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 120 Nameplate")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("inverter")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(26)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const STATUS: Word = word("status", Medium(2), Q::None);
const LABELS: &[(u64, &str)] = &[(4, "PV"), (82, "PV_STOR")];
const W: UnitWord = unit("W", X::None, B::Watt);
const SCALE_FACTOR: Word = word("scale_factor", Medium(2), Q::None);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const VAR: UnitWord = unit("var", X::None, B::Var);
const A: UnitWord = unit("A", X::None, B::Ampere);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const AH: UnitWord = unit("Ah", X::None, B::AmpereHour);
const PAD: Word = word("pad", Medium(2), Q::None);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "DERTyp", E::ENUM16, (STATUS, ONE)).absent(0xffff).with_labels(LABELS),
    holding(3, "WRtg", E::U16, (OTHER, W)).with_scale_register(4).absent(0xffff),
    holding(4, "WRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(5, "VARtg", E::U16, (OTHER, VA)).with_scale_register(6).absent(0xffff),
    holding(6, "VARtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(7, "VArRtgQ1", E::I16, (OTHER, VAR)).with_scale_register(11).absent(0x8000),
    holding(8, "VArRtgQ2", E::I16, (OTHER, VAR)).with_scale_register(11).absent(0x8000),
    holding(9, "VArRtgQ3", E::I16, (OTHER, VAR)).with_scale_register(11).absent(0x8000),
    holding(10, "VArRtgQ4", E::I16, (OTHER, VAR)).with_scale_register(11).absent(0x8000),
    holding(11, "VArRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(12, "ARtg", E::U16, (OTHER, A)).with_scale_register(13).absent(0xffff),
    holding(13, "ARtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(14, "PFRtgQ1", E::I16, (OTHER, ONE)).with_scale_register(18).absent(0x8000),
    holding(15, "PFRtgQ2", E::I16, (OTHER, ONE)).with_scale_register(18).absent(0x8000),
    holding(16, "PFRtgQ3", E::I16, (OTHER, ONE)).with_scale_register(18).absent(0x8000),
    holding(17, "PFRtgQ4", E::I16, (OTHER, ONE)).with_scale_register(18).absent(0x8000),
    holding(18, "PFRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(19, "WHRtg", E::U16, (OTHER, WH)).with_scale_register(20).absent(0xffff),
    holding(20, "WHRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(21, "AhrRtg", E::U16, (OTHER, AH)).with_scale_register(22).absent(0xffff),
    holding(22, "AhrRtg_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(23, "MaxChaRte", E::U16, (OTHER, W)).with_scale_register(24).absent(0xffff),
    holding(24, "MaxChaRte_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(25, "MaxDisChaRte", E::U16, (OTHER, W)).with_scale_register(26).absent(0xffff),
    holding(26, "MaxDisChaRte_SF", E::ScaleFactor, (SCALE_FACTOR, ONE)).absent(0x8000),
    holding(27, "Pad", E::Pad { registers: 1 }, (PAD, ONE)).absent(0x8000),
];
