//! SunSpec model 212 Meter split phase (float). Made of `models/sunspec-model-212.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("SunSpec model 212 Meter split phase (float)")
    .with_vendor("SunSpec Alliance")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_relative_addresses()
    .with_sunspec_length(124)
    .with_sources(Verified::OfficialModel, &["sunspec/models"]);

pub(super) static REGISTERS: &[Register<'static>] = super::sunspec_model_211::REGISTERS;
