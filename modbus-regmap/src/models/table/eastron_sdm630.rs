//! Eastron SDM630. Made of `models/eastron-sdm630.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Eastron SDM630")
    .with_vendor("Eastron")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_serial(SerialSettings::new(9600))
    .with_max_registers(80)
    .with_even_counts()
    .with_sources(Verified::TwoSources, &["mbmd", "vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8", "sdm_modbus", "OpenEMS"])
    .with_notes(&["Some units in the field answer exception 2 from 51 registers on.", "The word order is itself a setting, in a holding register."]);

const CONFIG: Word = word("config", Medium(2), Q::None);
const S: UnitWord = unit("s", X::None, B::Second);
const SOURCES: &[&str] = &["sdm_modbus"];
const V: UnitWord = unit("V", X::None, B::Volt);
const A: UnitWord = unit("A", X::None, B::Ampere);
const W: UnitWord = unit("W", X::None, B::Watt);
const H: UnitWord = unit("h", X::None, B::Hour);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const SOURCES_2: &[&str] = &["mbmd", "vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8", "sdm_modbus"];
const CURRENT: Word = word("current", Medium(2), Q::Current);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const SOURCES_3: &[&str] = &["mbmd", "vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8", "sdm_modbus", "OpenEMS"];
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const SOURCES_4: &[&str] = &["vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8", "sdm_modbus"];
const SOURCES_5: &[&str] = &["vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8", "sdm_modbus", "OpenEMS"];
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const ENERGY_APPARENT_TOTAL: Word = word("energy_apparent_total", Medium(2), Q::ApparentEnergy);
const KVAH: UnitWord = unit("kVAh", X::Kilo, B::VoltAmpereHour);
const OTHER: Word = word("other", Medium(2), Q::None);
const AH: UnitWord = unit("Ah", X::None, B::AmpereHour);
const SOURCES_6: &[&str] = &["vendor doc SDM630 protocol V2.0", "vendor doc SDM630 protocol V1.8"];
const POWER_ACTIVE_DEMAND: Word = word("power_active_demand", Medium(2), Q::Power).average();
const POWER_ACTIVE_DEMAND_2: Word = word("power_active_demand", Medium(2), Q::Power).maximum();
const POWER_ACTIVE_IMPORT_DEMAND: Word = word("power_active_import_demand", Medium(2), Q::Power).direction(D::Import).average();
const POWER_ACTIVE_IMPORT_DEMAND_2: Word = word("power_active_import_demand", Medium(2), Q::Power).direction(D::Import).maximum();
const POWER_ACTIVE_EXPORT_DEMAND: Word = word("power_active_export_demand", Medium(2), Q::Power).direction(D::Export).average();
const POWER_ACTIVE_EXPORT_DEMAND_2: Word = word("power_active_export_demand", Medium(2), Q::Power).direction(D::Export).maximum();
const POWER_APPARENT_DEMAND: Word = word("power_apparent_demand", Medium(2), Q::ApparentPower).average();
const POWER_APPARENT_DEMAND_2: Word = word("power_apparent_demand", Medium(2), Q::ApparentPower).maximum();
const CURRENT_DEMAND: Word = word("current_demand", Medium(2), Q::Current).average();
const CURRENT_DEMAND_2: Word = word("current_demand", Medium(2), Q::Current).maximum();
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const THD_CURRENT: Word = word("thd_current", Medium(2), Q::CurrentThd);
const SOURCES_7: &[&str] = &["vendor doc SDM630 protocol V2.0"];
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(0, "cfg_demand_time", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(2, "cfg_demand_period", E::F32, (CONFIG, S)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(6, "cfg_system_voltage", E::F32, (CONFIG, V)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(8, "cfg_system_current", E::F32, (CONFIG, A)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(10, "cfg_system_type", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(12, "cfg_relay_pulse_width", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(18, "cfg_network_parity_stop", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(20, "cfg_meter_id", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(28, "cfg_baud", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(36, "cfg_system_power", E::F32, (CONFIG, W)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63760, "cfg_p1_divisor", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63776, "cfg_measurement_mode", E::F32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(63792, "cfg_running_time", E::F32, (CONFIG, H)).with_access(Access::ReadWrite).with_sources(SOURCES),
    holding(64512, "cfg_serial_number", E::U32, (CONFIG, ONE)).with_access(Access::ReadWrite).with_sources(SOURCES),
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
    input(24, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_3),
    input(26, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_3),
    input(28, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_3),
    input(30, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_sources(SOURCES_2),
    input(32, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_sources(SOURCES_2),
    input(34, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_sources(SOURCES_2),
    input(36, "phase_1_phase_angle", E::F32, (PHASE_ANGLE, DEG)).phase(P::L1).with_sources(SOURCES_4),
    input(38, "phase_2_phase_angle", E::F32, (PHASE_ANGLE, DEG)).phase(P::L2).with_sources(SOURCES_4),
    input(40, "phase_3_phase_angle", E::F32, (PHASE_ANGLE, DEG)).phase(P::L3).with_sources(SOURCES_4),
    input(42, "average_line_to_neutral_volts", E::F32, (VOLTAGE, V)).with_sources(SOURCES_4),
    input(46, "average_line_current", E::F32, (CURRENT, A)).with_sources(SOURCES_4),
    input(48, "sum_of_line_currents", E::F32, (CURRENT, A)).with_sources(SOURCES_5),
    input(52, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_3),
    input(56, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_2),
    input(60, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_3),
    input(62, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_2),
    input(66, "phase_angle", E::F32, (PHASE_ANGLE, DEG)).with_sources(SOURCES_2),
    input(70, "frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_2).with_conflicts(&["OpenEMS: reads Hz without conversion to its mHz channel (apparent defect there)"]),
    input(72, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).with_sources(SOURCES_2),
    input(74, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).with_sources(SOURCES_2),
    input(76, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).with_sources(SOURCES_3),
    input(78, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).with_sources(SOURCES_3),
    input(80, "vah_since_last_reset", E::F32, (ENERGY_APPARENT_TOTAL, KVAH)).with_sources(SOURCES_4),
    input(82, "ah_since_last_reset", E::F32, (OTHER, AH)).with_sources(SOURCES_6).with_conflicts(&["sdm_modbus: type f32, word order big, unit A, scale 1"]),
    input(84, "total_system_power_demand", E::F32, (POWER_ACTIVE_DEMAND, W)).with_sources(SOURCES_4),
    input(86, "maximum_total_system_power_demand", E::F32, (POWER_ACTIVE_DEMAND_2, W)).with_sources(SOURCES_6).with_conflicts(&["sdm_modbus: type f32, word order big, unit V.A, scale 1"]),
    input(88, "import_demand_power_active", E::F32, (POWER_ACTIVE_IMPORT_DEMAND, W)).with_sources(SOURCES),
    input(90, "maximum_import_demand_power_active", E::F32, (POWER_ACTIVE_IMPORT_DEMAND_2, W)).with_sources(SOURCES),
    input(92, "export_demand_power_active", E::F32, (POWER_ACTIVE_EXPORT_DEMAND, W)).with_sources(SOURCES),
    input(94, "maximum_export_demand_power_active", E::F32, (POWER_ACTIVE_EXPORT_DEMAND_2, W)).with_sources(SOURCES),
    input(100, "total_system_va_demand", E::F32, (POWER_APPARENT_DEMAND, VA)).with_sources(SOURCES_4),
    input(102, "maximum_total_system_va_demand", E::F32, (POWER_APPARENT_DEMAND_2, VA)).with_sources(SOURCES_4),
    input(104, "neutral_current_demand", E::F32, (CURRENT_DEMAND, A)).phase(P::N).with_sources(SOURCES_4),
    input(106, "maximum_neutral_current_demand", E::F32, (CURRENT_DEMAND_2, A)).phase(P::N).with_sources(SOURCES_4),
    input(200, "line_1_to_line_2_volts", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES_4),
    input(202, "line_2_to_line_3_volts", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES_4),
    input(204, "line_3_to_line_1_volts", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES_4),
    input(206, "average_line_to_line_volts", E::F32, (VOLTAGE, V)).with_sources(SOURCES_4),
    input(224, "neutral_current", E::F32, (CURRENT, A)).phase(P::N).with_sources(SOURCES_4),
    input(234, "thd_voltage_l1", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L1).with_sources(SOURCES_2),
    input(236, "thd_voltage_l2", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L2).with_sources(SOURCES_2),
    input(238, "thd_voltage_l3", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L3).with_sources(SOURCES_2),
    input(240, "phase_1_current_thd", E::F32, (THD_CURRENT, PERCENT)).phase(P::L1).with_sources(SOURCES_4),
    input(242, "phase_2_current_thd", E::F32, (THD_CURRENT, PERCENT)).phase(P::L2).with_sources(SOURCES_4),
    input(244, "phase_3_current_thd", E::F32, (THD_CURRENT, PERCENT)).phase(P::L3).with_sources(SOURCES_4),
    input(248, "thd_voltage", E::F32, (THD_VOLTAGE, PERCENT)).with_sources(SOURCES_2),
    input(250, "average_line_current_thd", E::F32, (THD_CURRENT, PERCENT)).with_sources(SOURCES_4),
    input(254, "total_system_power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_7).with_conflicts(&["sdm_modbus: type f32, word order big, unit 1, scale 1"]),
    input(258, "phase_1_current_demand", E::F32, (CURRENT_DEMAND, A)).phase(P::L1).with_sources(SOURCES_4),
    input(260, "phase_2_current_demand", E::F32, (CURRENT_DEMAND, A)).phase(P::L2).with_sources(SOURCES_4),
    input(262, "phase_3_current_demand", E::F32, (CURRENT_DEMAND, A)).phase(P::L3).with_sources(SOURCES_4),
    input(264, "maximum_phase_1_current_demand", E::F32, (CURRENT_DEMAND_2, A)).phase(P::L1).with_sources(SOURCES_4),
    input(266, "maximum_phase_2_current_demand", E::F32, (CURRENT_DEMAND_2, A)).phase(P::L2).with_sources(SOURCES_4),
    input(268, "maximum_phase_3_current_demand", E::F32, (CURRENT_DEMAND_2, A)).phase(P::L3).with_sources(SOURCES_4),
    input(334, "line_1_to_line_2_volts_thd", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L12).with_sources(SOURCES_4),
    input(336, "line_2_to_line_3_volts_thd", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L23).with_sources(SOURCES_4),
    input(338, "line_3_to_line_1_volts_thd", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L31).with_sources(SOURCES_4),
    input(340, "average_line_to_line_volts_thd", E::F32, (THD_VOLTAGE, PERCENT)).with_sources(SOURCES_4),
    input(342, "energy_active_total", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).with_sources(SOURCES_2),
    input(344, "energy_reactive_total", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).with_sources(SOURCES_2),
    input(346, "energy_active_import_l1", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L1).with_sources(SOURCES_2),
    input(348, "energy_active_import_l2", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L2).with_sources(SOURCES_2),
    input(350, "energy_active_import_l3", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).phase(P::L3).with_sources(SOURCES_2),
    input(352, "energy_active_export_l1", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L1).with_sources(SOURCES_2),
    input(354, "energy_active_export_l2", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L2).with_sources(SOURCES_2),
    input(356, "energy_active_export_l3", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).phase(P::L3).with_sources(SOURCES_2),
    input(358, "energy_active_total_l1", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L1).with_sources(SOURCES_2),
    input(360, "energy_active_total_l2", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L2).with_sources(SOURCES_2),
    input(362, "energy_active_total_l3", E::F32, (ENERGY_ACTIVE_TOTAL, KWH)).phase(P::L3).with_sources(SOURCES_2),
    input(364, "energy_reactive_import_l1", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L1).with_sources(SOURCES_2),
    input(366, "energy_reactive_import_l2", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L2).with_sources(SOURCES_2),
    input(368, "energy_reactive_import_l3", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).phase(P::L3).with_sources(SOURCES_2),
    input(370, "energy_reactive_export_l1", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L1).with_sources(SOURCES_2),
    input(372, "energy_reactive_export_l2", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L2).with_sources(SOURCES_2),
    input(374, "energy_reactive_export_l3", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).phase(P::L3).with_sources(SOURCES_2),
    input(376, "energy_reactive_total_l1", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L1).with_sources(SOURCES_2),
    input(378, "energy_reactive_total_l2", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L2).with_sources(SOURCES_2),
    input(380, "energy_reactive_total_l3", E::F32, (ENERGY_REACTIVE_TOTAL, KVARH)).phase(P::L3).with_sources(SOURCES_2),
];
