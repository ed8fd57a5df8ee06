//! Finder 7M.38. Made of `models/finder-7m38.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Finder 7M.38")
    .with_vendor("Finder")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::InputRegister, Order::ABCD)
    .with_sources(Verified::PartlyTwoSources, &["mbmd", "SmartEVSE", "ioBroker modbus-templates"]);

const TEXT: Word = word("text", Medium(2), Q::None);
const SOURCES: &[&str] = &["ioBroker modbus-templates"];
const OTHER: Word = word("other", Medium(2), Q::None);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const PHASE_ANGLE: Word = word("phase_angle", Medium(2), Q::PhaseVoltageToCurrent);
const DEG: UnitWord = unit("deg", X::None, B::Degree);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const MA: UnitWord = unit("mA", X::Milli, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_FACTOR: Word = word("power_factor", Medium(2), Q::PowerFactor);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const THD_CURRENT: Word = word("thd_current", Medium(2), Q::CurrentThd);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const KWH: UnitWord = unit("kWh", X::Kilo, B::WattHour);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const KVARH: UnitWord = unit("kvarh", X::Kilo, B::VarHour);
const ENERGY_APPARENT_TOTAL: Word = word("energy_apparent_total", Medium(2), Q::ApparentEnergy);
const KVAH: UnitWord = unit("kVAh", X::Kilo, B::VoltAmpereHour);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const SOURCES_2: &[&str] = &["mbmd", "SmartEVSE", "ioBroker modbus-templates"];
const A: UnitWord = unit("A", X::None, B::Ampere);
const SOURCES_3: &[&str] = &["mbmd"];
const SOURCES_4: &[&str] = &["mbmd", "SmartEVSE"];
const SOURCES_5: &[&str] = &["mbmd", "ioBroker modbus-templates"];
const TEMPERATURE: Word = word("temperature", Medium(2), Q::Temperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    input(1, "model_number", E::text(8), (TEXT, ONE)).with_sources(SOURCES),
    input(9, "serial_nummer", E::text(8), (TEXT, ONE)).with_sources(SOURCES),
    input(24, "com_typ", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    input(28, "memory_type", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    input(76, "mid_lock_status", E::U16, (OTHER, ONE)).with_sources(SOURCES),
    input(103, "run_time", E::U32, (OTHER, ONE)).with_sources(SOURCES),
    input(106, "frequency", E::U16, (FREQUENCY, HZ)).times(1, -2).with_sources(SOURCES),
    input(108, "u1", E::U16, (VOLTAGE, V)).phase(P::L1).times(1, -1).with_sources(SOURCES),
    input(110, "u2", E::U16, (VOLTAGE, V)).phase(P::L2).times(1, -1).with_sources(SOURCES),
    input(112, "u3", E::U16, (VOLTAGE, V)).phase(P::L3).times(1, -1).with_sources(SOURCES),
    input(114, "uavg_phase_to_neutral", E::I16, (VOLTAGE, V)).times(1, -1).with_sources(SOURCES),
    input(115, "j12_angle_between_u1_and_u2", E::I16, (PHASE_ANGLE, DEG)).phase(P::L1).times(1, -2).with_sources(SOURCES),
    input(116, "j23_angle_between_u2_and_u3", E::I16, (PHASE_ANGLE, DEG)).phase(P::L2).times(1, -2).with_sources(SOURCES),
    input(117, "j31_angle_between_u3_and_u1", E::I16, (PHASE_ANGLE, DEG)).phase(P::L3).times(1, -2).with_sources(SOURCES),
    input(119, "u12", E::U16, (VOLTAGE, V)).phase(P::L12).times(1, -1).with_sources(SOURCES),
    input(121, "u23", E::U16, (VOLTAGE, V)).phase(P::L23).times(1, -1).with_sources(SOURCES),
    input(123, "u31", E::U16, (VOLTAGE, V)).phase(P::L31).times(1, -1).with_sources(SOURCES),
    input(127, "i1_ma", E::U16, (CURRENT, MA)).phase(P::L1).with_sources(SOURCES),
    input(129, "i2_ma", E::U16, (CURRENT, MA)).phase(P::L2).with_sources(SOURCES),
    input(131, "i3_ma", E::U16, (CURRENT, MA)).phase(P::L3).with_sources(SOURCES),
    input(137, "ivag", E::U16, (CURRENT, MA)).with_sources(SOURCES),
    input(139, "s_i", E::U16, (CURRENT, MA)).with_sources(SOURCES),
    input(141, "active_power_total_pt", E::I16, (POWER_ACTIVE, W)).times(1, -1).with_sources(SOURCES),
    input(143, "active_power_phase_l1", E::I16, (POWER_ACTIVE, W)).phase(P::L1).times(1, -1).with_sources(SOURCES),
    input(145, "active_power_phase_l2", E::I16, (POWER_ACTIVE, W)).phase(P::L2).times(1, -1).with_sources(SOURCES),
    input(147, "active_power_phase_l3", E::I16, (POWER_ACTIVE, W)).phase(P::L3).times(1, -1).with_sources(SOURCES),
    input(149, "reactive_power_total_qt", E::I16, (POWER_REACTIVE, VAR)).times(1, -1).with_sources(SOURCES),
    input(151, "reactive_power_phase_l1_q1", E::I16, (POWER_REACTIVE, VAR)).phase(P::L1).times(1, -1).with_sources(SOURCES),
    input(153, "reactive_power_phase_l2_q2", E::I16, (POWER_REACTIVE, VAR)).phase(P::L2).times(1, -1).with_sources(SOURCES),
    input(155, "reactive_power_phase_l3_q3", E::U16, (POWER_REACTIVE, VAR)).phase(P::L3).times(1, -1).with_sources(SOURCES),
    input(157, "apparent_power_total_st", E::U16, (POWER_APPARENT, VA)).times(1, -1).with_sources(SOURCES),
    input(159, "apparent_power_phase_l1_s1", E::U16, (POWER_APPARENT, VA)).phase(P::L1).times(1, -1).with_sources(SOURCES),
    input(161, "apparent_power_phase_l2_s2", E::U16, (POWER_APPARENT, VA)).phase(P::L2).times(1, -1).with_sources(SOURCES),
    input(163, "apparent_power_phase_l3_s3", E::U16, (POWER_APPARENT, VA)).phase(P::L3).times(1, -1).with_sources(SOURCES),
    input(165, "power_factor_total_pft", E::U16, (POWER_FACTOR, ONE)).times(1, -4).with_sources(SOURCES),
    input(167, "power_factor_phase_1_pf1", E::U16, (POWER_FACTOR, ONE)).phase(P::L1).times(1, -4).with_sources(SOURCES),
    input(169, "power_factor_phase_2_pf2", E::U16, (POWER_FACTOR, ONE)).phase(P::L2).times(1, -4).with_sources(SOURCES),
    input(171, "power_factor_phase_3_pf3", E::U16, (POWER_FACTOR, ONE)).phase(P::L3).times(1, -4).with_sources(SOURCES),
    input(172, "power_angle_total_atan2_pt_qt", E::I16, (PHASE_ANGLE, DEG)).times(1, -2).with_sources(SOURCES),
    input(173, "j1_angle_between_u1_and_i1", E::I16, (PHASE_ANGLE, DEG)).phase(P::L1).times(1, -2).with_sources(SOURCES),
    input(174, "j2_angle_between_u2_and_i2", E::I16, (PHASE_ANGLE, DEG)).phase(P::L2).times(1, -2).with_sources(SOURCES),
    input(175, "j3_angle_between_u3_and_i3", E::I16, (PHASE_ANGLE, DEG)).phase(P::L3).times(1, -2).with_sources(SOURCES),
    input(182, "u1_thd", E::U16, (THD_VOLTAGE, PERCENT)).phase(P::L1).times(1, -2).with_sources(SOURCES),
    input(183, "u2_thd", E::U16, (THD_VOLTAGE, PERCENT)).phase(P::L2).times(1, -2).with_sources(SOURCES),
    input(184, "u3_thd", E::U16, (THD_VOLTAGE, PERCENT)).phase(P::L3).times(1, -2).with_sources(SOURCES),
    input(188, "i1_thd", E::U16, (THD_CURRENT, PERCENT)).phase(P::L1).times(1, -2).with_sources(SOURCES),
    input(189, "i2_thd", E::U16, (THD_CURRENT, PERCENT)).phase(P::L2).times(1, -2).with_sources(SOURCES),
    input(190, "i3_thd", E::U16, (THD_CURRENT, PERCENT)).phase(P::L3).times(1, -2).with_sources(SOURCES),
    input(406, "energy_counter_n1", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(408, "energy_counter_n2", E::U32, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(410, "energy_counter_n3", E::U32, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -1).with_sources(SOURCES),
    input(412, "energy_counter_n4", E::U32, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -1).with_sources(SOURCES),
    input(415, "energy_counter_1", E::U16, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(417, "energy_counter_2", E::U16, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -1).with_sources(SOURCES),
    input(419, "energy_counter_3", E::U16, (ENERGY_APPARENT_TOTAL, KVAH)).times(1, -1).with_sources(SOURCES),
    input(421, "energy_counter_4", E::U16, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(423, "energy_counter_5", E::U16, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(425, "energy_counter_6", E::U16, (ENERGY_REACTIVE_TOTAL, KVARH)).times(1, -1).with_sources(SOURCES),
    input(427, "energy_counter_7", E::U16, (ENERGY_APPARENT_TOTAL, KVAH)).times(1, -1).with_sources(SOURCES),
    input(429, "energy_counter_8", E::U16, (ENERGY_ACTIVE_TOTAL, KWH)).times(1, -1).with_sources(SOURCES),
    input(431, "energy_counter_9", E::U16, (OTHER, ONE)).times(1, -1).with_sources(SOURCES),
    input(433, "energy_counter_10", E::U16, (OTHER, ONE)).times(1, -1).with_sources(SOURCES),
    input(462, "1000_x_energy_counter_n1", E::I32, (ENERGY_ACTIVE_TOTAL, WH)).times(1, -1).with_sources(SOURCES),
    input(464, "1000_x_energy_counter_n2", E::I32, (ENERGY_ACTIVE_TOTAL, WH)).times(1, -1).with_sources(SOURCES),
    input(466, "1000_x_energy_counter_n3", E::I32, (ENERGY_REACTIVE_TOTAL, VARH)).times(1, -1).with_sources(SOURCES),
    input(468, "1000_x_energy_counter_n4", E::I32, (ENERGY_REACTIVE_TOTAL, VARH)).times(1, -1).with_sources(SOURCES),
    input(470, "1000_x_energy_counter_1", E::I32, (ENERGY_ACTIVE_TOTAL, WH)).times(1, -1).with_sources(SOURCES),
    input(2480, "float_run_time", E::F32, (OTHER, ONE)).with_sources(SOURCES),
    input(2498, "float_frequency", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES),
    input(2500, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_sources(SOURCES_2),
    input(2502, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_sources(SOURCES_2),
    input(2504, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_sources(SOURCES_2),
    input(2508, "float_u12", E::F32, (VOLTAGE, V)).phase(P::L12).with_sources(SOURCES),
    input(2510, "float_u23", E::F32, (VOLTAGE, V)).phase(P::L23).with_sources(SOURCES),
    input(2512, "float_u31", E::F32, (VOLTAGE, V)).phase(P::L31).with_sources(SOURCES),
    input(2516, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_sources(SOURCES_2),
    input(2518, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_sources(SOURCES_2),
    input(2520, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_sources(SOURCES_2),
    input(2530, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1).with_sources(SOURCES_3),
    input(2532, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2).with_sources(SOURCES_3),
    input(2534, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3).with_sources(SOURCES_3),
    input(2536, "power_active", E::F32, (POWER_ACTIVE, W)).with_sources(SOURCES_4),
    input(2538, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1).with_sources(SOURCES_3),
    input(2540, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2).with_sources(SOURCES_3),
    input(2542, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3).with_sources(SOURCES_3),
    input(2544, "power_reactive", E::F32, (POWER_REACTIVE, VAR)).with_sources(SOURCES_3),
    input(2546, "power_apparent_l1", E::F32, (POWER_APPARENT, VA)).phase(P::L1).with_sources(SOURCES_3),
    input(2548, "power_apparent_l2", E::F32, (POWER_APPARENT, VA)).phase(P::L2).with_sources(SOURCES_3),
    input(2550, "power_apparent_l3", E::F32, (POWER_APPARENT, VA)).phase(P::L3).with_sources(SOURCES_3),
    input(2552, "power_apparent", E::F32, (POWER_APPARENT, VA)).with_sources(SOURCES_3),
    input(2554, "power_factor_l1", E::F32, (POWER_FACTOR, ONE)).phase(P::L1).with_sources(SOURCES_3),
    input(2556, "power_factor_l2", E::F32, (POWER_FACTOR, ONE)).phase(P::L2).with_sources(SOURCES_3),
    input(2558, "power_factor_l3", E::F32, (POWER_FACTOR, ONE)).phase(P::L3).with_sources(SOURCES_3),
    input(2560, "power_factor", E::F32, (POWER_FACTOR, ONE)).with_sources(SOURCES_5),
    input(2562, "float_cap_ind_p_f_phase_1_pf1", E::F32, (OTHER, ONE)).phase(P::L1).with_sources(SOURCES),
    input(2564, "float_cap_ind_p_f_phase_2_pf2", E::F32, (OTHER, ONE)).phase(P::L2).with_sources(SOURCES),
    input(2566, "float_cap_ind_p_f_phase_3_pf3", E::F32, (OTHER, ONE)).phase(P::L3).with_sources(SOURCES),
    input(2568, "float_cap_ind_p_f_total_pft", E::F32, (OTHER, ONE)).with_sources(SOURCES),
    input(2570, "j1_angle_between_u1_and_i1_0a0a", E::F32, (PHASE_ANGLE, DEG)).phase(P::L1).with_sources(SOURCES),
    input(2572, "j2_angle_between_u2_and_i2_0a0c", E::F32, (PHASE_ANGLE, DEG)).phase(P::L2).with_sources(SOURCES),
    input(2574, "j3_angle_between_u3_and_i3_0a0e", E::F32, (PHASE_ANGLE, DEG)).phase(P::L3).with_sources(SOURCES),
    input(2576, "phase_angle", E::F32, (PHASE_ANGLE, DEG)).with_sources(SOURCES_5),
    input(2584, "frequency_0a18", E::F32, (FREQUENCY, HZ)).with_sources(SOURCES_3),
    input(2594, "thd_voltage_l1", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L1).with_sources(SOURCES_3),
    input(2596, "thd_voltage_l2", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L2).with_sources(SOURCES_3),
    input(2598, "thd_voltage_l3", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L3).with_sources(SOURCES_3),
    input(2638, "float_energy_counter_n1", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).with_sources(SOURCES),
    input(2640, "float_energy_counter_n2", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).with_sources(SOURCES),
    input(2642, "float_energy_counter_n3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).with_sources(SOURCES),
    input(2644, "float_energy_counter_n4", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).with_sources(SOURCES),
    input(2658, "float_internal_temperature", E::F32, (TEMPERATURE, CEL)).with_sources(SOURCES),
    input(2750, "float_aktiv_tariff", E::F32, (OTHER, ONE)).with_sources(SOURCES),
    input(2752, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, KWH)).times(1, -3).with_sources(SOURCES_3),
    input(2754, "energy_reactive_import", E::F32, (ENERGY_REACTIVE_IMPORT, KVARH)).times(1, -3).with_sources(SOURCES_3),
    input(2756, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, KWH)).times(1, -3).with_sources(SOURCES_3),
    input(2758, "energy_reactive_export", E::F32, (ENERGY_REACTIVE_EXPORT, KVARH)).times(1, -3).with_sources(SOURCES_3),
];
