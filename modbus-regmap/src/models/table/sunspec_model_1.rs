//! SunSpec model 1 Common. Made of `models/sunspec-model-1.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 1 Common")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(0))
    .with_medium_word("common")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(66)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

const OTHER: Word = word("other", Medium(0), Q::None);
const TEXT: Word = word("text", Medium(0), Q::None);
const PAD: Word = word("pad", Medium(0), Q::None);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "ID", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(1, "L", E::U16, (OTHER, ONE)).absent(0xffff),
    holding(2, "Mn", E::text(16), (TEXT, ONE)).with_not_available(Marker::Zeros),
    holding(18, "Md", E::text(16), (TEXT, ONE)).with_not_available(Marker::Zeros),
    holding(34, "Opt", E::text(8), (TEXT, ONE)).with_not_available(Marker::Zeros),
    holding(42, "Vr", E::text(8), (TEXT, ONE)).with_not_available(Marker::Zeros),
    holding(50, "SN", E::text(16), (TEXT, ONE)).with_not_available(Marker::Zeros),
    holding(66, "DA", E::U16, (OTHER, ONE)).absent(0xffff).with_access(Access::ReadWrite),
    holding(67, "Pad", E::Pad { registers: 1 }, (PAD, ONE)).absent(0x8000),
];
