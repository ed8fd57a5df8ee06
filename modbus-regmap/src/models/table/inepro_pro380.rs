//! Inepro PRO380-Mod. Made of `models/inepro-pro380.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Inepro PRO380-Mod")
    .with_vendor("Inepro Metering")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_serial(SerialSettings::new(9600).with_parity(Parity::Even))
    .with_sources(Verified::SingleSource, &["mbmd"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(20480, "voltage", E::F32, (VOLTAGE, V)),
    holding(20482, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(20484, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(20486, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(20488, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(20490, "current", E::F32, (CURRENT, A)),
    holding(20492, "current_l1", E::F32, (CURRENT, A)).phase(P::L1),
    holding(20494, "current_l2", E::F32, (CURRENT, A)).phase(P::L2),
    holding(20496, "current_l3", E::F32, (CURRENT, A)).phase(P::L3),
    holding(20498, "power_active", E::F32, (POWER_ACTIVE, W)).times(1, 3),
    holding(20500, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).times(1, 3),
    holding(20502, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).times(1, 3),
    holding(20504, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).times(1, 3),
    holding(20506, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).times(1, 3),
    holding(20508, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, 3),
    holding(20510, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, 3),
    holding(20512, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, 3),
    holding(20514, "power_apparent", E::F32, (POWER_APPARENT, VA)).times(1, 3),
    holding(20516, "power_apparent_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1).times(1, 3),
    holding(20518, "power_apparent_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2).times(1, 3),
    holding(20520, "power_apparent_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3).times(1, 3),
    holding(20522, "power_factor", E::F32, (POWER_FACTOR, ONE)),
    holding(20524, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1),
    holding(20526, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2),
    holding(20528, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3),
    holding(24576, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)),
    holding(24578, "energy_active_total_t1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(1),
    holding(24580, "energy_active_total_t2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(2),
    holding(24582, "energy_active_total_l1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1),
    holding(24584, "energy_active_total_l2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2),
    holding(24586, "energy_active_total_l3", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3),
    holding(24588, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)),
    holding(24590, "energy_active_import_t1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(1),
    holding(24592, "energy_active_import_t2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(2),
    holding(24594, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1),
    holding(24596, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2),
    holding(24598, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3),
    holding(24600, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)),
    holding(24602, "energy_active_export_t1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(1),
    holding(24604, "energy_active_export_t2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(2),
    holding(24606, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1),
    holding(24608, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2),
    holding(24610, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3),
    holding(24612, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)),
    holding(24614, "energy_reactive_total_t1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(1),
    holding(24616, "energy_reactive_total_t2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(2),
    holding(24618, "energy_reactive_total_l1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L1),
    holding(24620, "energy_reactive_total_l2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L2),
    holding(24622, "energy_reactive_total_l3", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L3),
    holding(24624, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)),
    holding(24626, "energy_reactive_import_t1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(1),
    holding(24628, "energy_reactive_import_t2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(2),
    holding(24630, "energy_reactive_import_l1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L1),
    holding(24632, "energy_reactive_import_l2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L2),
    holding(24634, "energy_reactive_import_l3", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L3),
    holding(24636, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)),
    holding(24638, "energy_reactive_export_t1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(1),
    holding(24640, "energy_reactive_export_t2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(2),
    holding(24642, "energy_reactive_export_l1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L1),
    holding(24644, "energy_reactive_export_l2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L2),
    holding(24646, "energy_reactive_export_l3", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L3),
];
