//! Eastron SDM230. Made of `models/eastron-sdm230.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SDM230")
    .with_vendor("Eastron")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_serial(SerialSettings::new(9600))
    .with_max_registers(80)
    .with_even_counts()
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "vendor doc SDM230 protocol V1.1", "sdm_modbus"])
    .with_notes(&["Some units in the field answer exception 2 from 51 registers on."]);

const CONFIG: Word = word("config", Medium(2), Q::None);
const SOURCES: &[&str] = &["sdm_modbus"];
const S: UnitWord = unit("s", X::None, B::Second);
const H: UnitWord = unit("h", X::None, B::Hour);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const SOURCES_2: &[&str] = &["mbmd", "vendor doc SDM230 protocol V1.1", "sdm_modbus"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const SOURCES_3: &[&str] = &["vendor doc SDM230 protocol V1.1", "sdm_modbus"];
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const SOURCES_4: &[&str] = &["vendor doc SDM230 protocol V1.1"];
const OTHER: Word = word("other", Medium(2), Q::None);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(12, "cfg_relay_pulse_width", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(18, "cfg_network_parity_stop", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(20, "cfg_meter_id", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(28, "cfg_baud", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(86, "cfg_p1_output_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63744, "cfg_display_scroll_timing", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63760, "cfg_p1_divisor", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63776, "cfg_measurement_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63792, "cfg_running_time", E::F32, (CONFIG, H)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(64512, "cfg_serial_number", E::U32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    input(0, "voltage", E::F32, (VOLTAGE, V)).with_sources(SOURCES_2),
    input(6, "current", E::F32, (CURRENT, A)).with_sources(SOURCES_2),
    input(12, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_2),
    input(18, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_2),
    input(24, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_2),
    input(30, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_2),
    input(36, "phase_angle", E::F32, (PHASE_ANGLE, DEG)).with_sources(SOURCES_2),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_2),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_2),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_2),
    input(76, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES_2),
    input(78, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).with_sources(SOURCES_2),
    input(84, "input_register_84", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(86, "_0056", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(88, "_0058", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(90, "_005a", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(92, "_005c", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(94, "_005e", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(258, "_0102", E::F32, (CURRENT, A)).with_sources(SOURCES_3),
    input(264, "_0108", E::F32, (CURRENT, A)).with_sources(SOURCES_3),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_2),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).with_sources(SOURCES_2),
    input(384, "current_0180", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_4),
    input(386, "current_resettable_total_reactive", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_4),
    input(4876, "total_active_energy_rate_1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(1).with_sources(SOURCES_4),
    input(4878, "total_active_energy_rate_2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).tariff(2).with_sources(SOURCES_4),
    input(4884, "import_active_energy_rate_1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(1).with_sources(SOURCES_4),
    input(4886, "import_active_energy_rate_2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).tariff(2).with_sources(SOURCES_4),
    input(4892, "export_active_energy_rate_1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(1).with_sources(SOURCES_4),
    input(4894, "export_active_energy_rate_2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).tariff(2).with_sources(SOURCES_4),
    input(4900, "total_reactive_energy_rate_1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(1).with_sources(SOURCES_4),
    input(4902, "total_reactive_energy_rate_2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).tariff(2).with_sources(SOURCES_4),
    input(4908, "import_reactive_energy_rate_1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(1).with_sources(SOURCES_4),
    input(4910, "import_reactive_energy_rate_2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).tariff(2).with_sources(SOURCES_4),
    input(4916, "export_reactive_energy_rate_1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(1).with_sources(SOURCES_4),
    input(4918, "export_reactive_energy_rate_2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).tariff(2).with_sources(SOURCES_4),
    input(5204, "maximum_system_reverse_active", E::F32, (OTHER, ONE)).with_sources(SOURCES_4),
    input(5206, "maximum_system_reverse_active_1456", E::F32, (OTHER, ONE)).with_sources(SOURCES_4),
    input(5472, "float", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_4),
];
