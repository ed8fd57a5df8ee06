//! Socomec COUNTIS E14. Made of `models/socomec-countis-e14.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Socomec COUNTIS E14")
    .with_vendor("Socomec")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"])
    .with_notes(&["The scale of the frequency differs between models with an otherwise equal map."]);

const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(50526, "frequency", E::U32, (FREQUENCY, HZ)).times(1, -3),
    holding(50946, "energy_active_import", E::U32, (ENERGY_ACTIVE_IMPORT, WH)).times(1, 1),
    holding(50952, "energy_active_export", E::U32, (ENERGY_ACTIVE_EXPORT, WH)).times(1, 1),
];
