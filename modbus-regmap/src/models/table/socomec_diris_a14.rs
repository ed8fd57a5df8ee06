//! Socomec DIRIS A14. Made of `models/socomec-diris-a14.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Socomec DIRIS A14")
    .with_vendor("Socomec")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

pub(super) static REGISTERS: &[Register<'static>] = super::socomec_countis_e34::REGISTERS;
