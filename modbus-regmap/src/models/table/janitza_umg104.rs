//! Janitza UMG 104. Made of `models/janitza-umg104.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Janitza UMG 104")
    .with_vendor("Janitza")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const OTHER: Word = word("other", Medium(2), Q::None);
const DOUBT: &str = "unit taken from an integration layer, not from the vendor list";
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(1317, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(1319, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(1321, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(1325, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(1327, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(1329, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(1333, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(1335, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(1337, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(1341, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(1343, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(1345, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
    holding(1369, "power_active", E::F32, (POWER_ACTIVE, W)),
    holding(1371, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    holding(1439, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(1449, "rotation_field", E::F32, (OTHER, ONE)).times(1, 3).with_doubt(DOUBT),
    holding(1461, "internal_temperature", E::F32, (OTHER, ONE)).times(1, 3).with_doubt(DOUBT),
    holding(9851, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, WH)),
    holding(9863, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, WH)),
];
