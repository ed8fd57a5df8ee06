//! Eastron SDM72D-M v2. Made of `models/eastron-sdm72d-m-v2.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SDM72D-M v2")
    .with_vendor("Eastron")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_serial(SerialSettings::new(9600))
    .with_sources(Verified::TwoSources, &["mbmd", "vendor doc SDM72D-M v2 manual V1.1", "sdm_modbus"]);

const CONFIG: Word = word("config", Medium(2), Q::None);
const SOURCES: &[&str] = &["sdm_modbus"];
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES_2: &[&str] = &["mbmd", "vendor doc SDM72D-M v2 manual V1.1", "sdm_modbus"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const SOURCES_3: &[&str] = &["vendor doc SDM72D-M v2 manual V1.1", "sdm_modbus"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_ACTIVE_NET: Word = word("energy_active_net", Medium(2), Q::Energy).direction(D::Net);
const POWER_ACTIVE_IMPORT: Word = word("power_active_import", Medium(2), Q::Power).direction(D::Import);
const POWER_ACTIVE_EXPORT: Word = word("power_active_export", Medium(2), Q::Power).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(10, "cfg_system_type", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(12, "cfg_relay_pulse_width", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(14, "cfg_kppa", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(18, "cfg_network_parity_stop", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(20, "cfg_meter_id", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(22, "cfg_pulse_constant", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(24, "cfg_password", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(28, "cfg_baud", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(58, "cfg_auto_scroll", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(60, "cfg_backlit_time", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(86, "cfg_pulse1_energy", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(61456, "cfg_reset_history", E::I16, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    input(0, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES_2),
    input(2, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES_2),
    input(4, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES_2),
    input(6, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES_2),
    input(8, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES_2),
    input(10, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES_2),
    input(12, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_sources(SOURCES_2),
    input(14, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_sources(SOURCES_2),
    input(16, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_sources(SOURCES_2),
    input(18, "power_apparent_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1).with_sources(SOURCES_2),
    input(20, "power_apparent_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2).with_sources(SOURCES_2),
    input(22, "power_apparent_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3).with_sources(SOURCES_2),
    input(24, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_2),
    input(26, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_2),
    input(28, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_2),
    input(30, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_sources(SOURCES_2),
    input(32, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_sources(SOURCES_2),
    input(34, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_sources(SOURCES_2),
    input(42, "average_line_to_neutral_volts", E::F32, (VOLTAGE, V)).with_sources(SOURCES_3),
    input(46, "average_line_current", E::F32, (CURRENT, A)).with_sources(SOURCES_3),
    input(48, "sum_of_line_currents", E::F32, (CURRENT, A)).with_sources(SOURCES_3),
    input(52, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_2),
    input(56, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_2),
    input(60, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    input(62, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_2),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_2),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_2),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_2),
    input(200, "line_1_to_line_2_volts", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES_3),
    input(202, "line_2_to_line_3_volts", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES_3),
    input(204, "line_3_to_line_1_volts", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES_3),
    input(206, "average_line_to_line_volts", E::F32, (VOLTAGE, V)).with_sources(SOURCES_3),
    input(224, "neutral_current", E::F32, (CURRENT, A)).phase(P::N).with_sources(SOURCES_3),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_2),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).with_sources(SOURCES_2),
    input(384, "resettable_total_active_energy", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_3),
    input(388, "resettable_import_active_energy", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_3),
    input(390, "resettable_export_active_energy", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_3),
    input(396, "net_kwh", E::F32, (ENERGY_ACTIVE_NET, KWH)).with_sources(SOURCES_3),
    input(1280, "total_import_active_power", E::F32, (POWER_ACTIVE_IMPORT, W)).with_sources(SOURCES_3),
    input(1282, "total_export_active_power", E::F32, (POWER_ACTIVE_EXPORT, W)).with_sources(SOURCES_3),
];
