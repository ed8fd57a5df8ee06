//! KDK Dornscheidt 2PU CT. Made of `models/kdk-2pu-ct.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("KDK Dornscheidt 2PU CT")
    .with_vendor("KDK")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const OTHER: Word = word("other", Medium(2), Q::None);
const DOUBT: &str = "unit taken from an integration layer, not from the vendor list";
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(16391, "software_version", E::F32, (OTHER, ONE)).with_doubt(DOUBT),
    holding(16415, "primary_current", E::I16, (CURRENT, A)),
    holding(16416, "secondary_current", E::I16, (CURRENT, A)),
    holding(16419, "software_version_check_sum", E::U32, (OTHER, ONE)).with_doubt(DOUBT),
    holding(20482, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(20484, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(20486, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(20488, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(20492, "meter_current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(20494, "meter_current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(20496, "meter_current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(24588, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).times(1, 3),
    holding(24594, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1).times(1, 3),
    holding(24596, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2).times(1, 3),
    holding(24598, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3).times(1, 3),
    holding(24600, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).times(1, 3),
    holding(24606, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L1).times(1, 3),
    holding(24608, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L2).times(1, 3),
    holding(24610, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).phase(P::L3).times(1, 3),
];
