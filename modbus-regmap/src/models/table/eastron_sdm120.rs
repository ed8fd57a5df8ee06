//! Eastron SDM120. Made of `models/eastron-sdm120.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SDM120")
    .with_vendor("Eastron")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_serial(SerialSettings::new(2400).with_parity(Parity::Even))
    .with_max_registers(80)
    .with_even_counts()
    .with_sources(Verified::TwoSources, &["mbmd", "vendor doc SDM120 protocol V2.5", "vendor doc SDM120 protocol", "sdm_modbus", "OpenEMS", "wb-mqtt-serial"])
    .with_notes(&["Some units in the field answer exception 2 from 51 registers on."]);

const CONFIG: Word = word("config", Medium(2), Q::None);
const S: UnitWord = unit("s", X::None, B::Second);
const SOURCES: &[&str] = &["sdm_modbus"];
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES_2: &[&str] = &["mbmd", "vendor doc SDM120 protocol V2.5", "vendor doc SDM120 protocol", "sdm_modbus", "OpenEMS", "wb-mqtt-serial"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const SOURCES_3: &[&str] = &["mbmd", "vendor doc SDM120 protocol V2.5", "vendor doc SDM120 protocol", "sdm_modbus", "wb-mqtt-serial"];
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const SOURCES_4: &[&str] = &["vendor doc SDM120 protocol", "sdm_modbus"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const SOURCES_5: &[&str] = &["mbmd", "vendor doc SDM120 protocol V2.5", "vendor doc SDM120 protocol", "sdm_modbus"];
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const SOURCES_6: &[&str] = &["vendor doc SDM120 protocol V2.5", "sdm_modbus"];
const POWER_ACTIVE_DEMAND: Word = word("power_active_demand", Medium(2), Q::Power).maximum();
const POWER_ACTIVE_IMPORT: Word = word("power_active_import", Medium(2), Q::Power).direction(D::Import);
const POWER_ACTIVE_IMPORT_DEMAND: Word = word("power_active_import_demand", Medium(2), Q::Power).direction(D::Import).maximum();
const POWER_ACTIVE_EXPORT: Word = word("power_active_export", Medium(2), Q::Power).direction(D::Export);
const POWER_ACTIVE_EXPORT_DEMAND: Word = word("power_active_export_demand", Medium(2), Q::Power).direction(D::Export).maximum();
const CURRENT_DEMAND: Word = word("current_demand", Medium(2), Q::Current).average();
const CURRENT_DEMAND_2: Word = word("current_demand", Medium(2), Q::Current).maximum();
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "cfg_demand_time", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(2, "cfg_demand_period", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(12, "cfg_relay_pulse_width", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(18, "cfg_network_parity_stop", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(20, "cfg_meter_id", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(28, "cfg_baud", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(86, "cfg_p1_output_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63744, "cfg_display_scroll_timing", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63760, "cfg_p1_divisor", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63776, "cfg_measurement_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63792, "cfg_indicator_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(64512, "cfg_serial_number", E::U32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(64515, "cfg_software_version", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    input(0, "voltage", E::F32, (VOLTAGE, V)).with_sources(SOURCES_2),
    input(6, "current", E::F32, (CURRENT, A)).with_sources(SOURCES_2),
    input(12, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_2),
    input(18, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_3),
    input(24, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    input(30, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_3),
    input(36, "phase_angle", E::F32, (PHASE_ANGLE, DEG)).with_sources(SOURCES_4),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_2),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_5),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_5),
    input(76, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES_5),
    input(78, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).with_sources(SOURCES_5),
    input(84, "total_system_power", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_6),
    input(86, "maximum_total", E::F32, (POWER_ACTIVE_DEMAND, W)).with_sources(SOURCES_6),
    input(88, "import_system_power", E::F32, (POWER_ACTIVE_IMPORT, W)).with_sources(SOURCES_6),
    input(90, "maximum_import", E::F32, (POWER_ACTIVE_IMPORT_DEMAND, W)).with_sources(SOURCES_6),
    input(92, "export_system_power", E::F32, (POWER_ACTIVE_EXPORT, W)).with_sources(SOURCES_6),
    input(94, "maximum_export", E::F32, (POWER_ACTIVE_EXPORT_DEMAND, W)).with_sources(SOURCES_6),
    input(258, "current_demand", E::F32, (CURRENT_DEMAND, A)).with_sources(SOURCES_6),
    input(264, "maximum", E::F32, (CURRENT_DEMAND_2, A)).with_sources(SOURCES_6),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_5).with_conflicts(&["wb-mqtt-serial: type f32, word order big, unit 1, scale 1"]),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).with_sources(SOURCES_5),
];
