//! Janitza UMG 806. Made of `models/janitza-umg806.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Janitza UMG 806")
    .with_vendor("Janitza")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

pub(super) static REGISTERS: &[Register<'static>] = super::janitza_umg801::REGISTERS;
