//! Schneider PM3200/PM3250/PM3255. Made of `models/schneider-pm3200.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Schneider PM3200/PM3250/PM3255")
    .with_vendor("Schneider Electric")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["SolarNetwork"]);

const TEXT: Word = word("text", Medium(2), Q::None);
const INFO: Word = word("info", Medium(2), Q::None);
const DATETIME: Word = word("datetime", Medium(2), Q::Timestamp);
const CONFIG: Word = word("config", Medium(2), Q::None);
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const KW: UnitWord = unit("kW", X::Kilo, B::Watt);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const KVAR: UnitWord = unit("kvar", X::Kilo, B::Var);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const KVA: UnitWord = unit("kVA", X::Kilo, B::VoltAmpere);
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const TEMPERATURE: Word = word("temperature", Medium(2), Q::Temperature);
const CEL: UnitWord = unit("Cel", X::None, B::Celsius);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_REACTIVE_IMPORT: Word = word("energy_reactive_import", Medium(2), Q::ReactiveEnergy).direction(D::Import);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const ENERGY_REACTIVE_EXPORT: Word = word("energy_reactive_export", Medium(2), Q::ReactiveEnergy).direction(D::Export);
const ENERGY_APPARENT_IMPORT: Word = word("energy_apparent_import", Medium(2), Q::ApparentEnergy).direction(D::Import);
const VAH: UnitWord = unit("VAh", X::None, B::VoltAmpereHour);
const ENERGY_APPARENT_EXPORT: Word = word("energy_apparent_export", Medium(2), Q::ApparentEnergy).direction(D::Export);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(29, "info_name", E::text(20), (TEXT, ONE)),
    holding(49, "info_model", E::text(20), (TEXT, ONE)),
    holding(69, "info_manufacturer", E::text(20), (TEXT, ONE)),
    holding(129, "info_serial_number", E::U32, (INFO, ONE)),
    holding(131, "info_manufacture_date", E::BinaryTime, (DATETIME, ONE)),
    holding(1636, "info_firmware_revision", E::U16, (INFO, ONE)),
    holding(2013, "config_num_phases", E::U16, (CONFIG, ONE)),
    holding(2014, "config_num_wires", E::U16, (CONFIG, ONE)),
    holding(2015, "config_power_system", E::U16, (CONFIG, ONE)),
    holding(2999, "current_phase_a", E::F32, (CURRENT, A)).phase(P::L1),
    holding(3001, "current_phase_b", E::F32, (CURRENT, A)).phase(P::L2),
    holding(3003, "current_phase_c", E::F32, (CURRENT, A)).phase(P::L3),
    holding(3005, "current_neutral", E::F32, (CURRENT, A)).phase(P::N),
    holding(3009, "current_average", E::F32, (CURRENT, A)),
    holding(3019, "voltage_line_line_phase_a_phase_b", E::F32, (VOLTAGE, V)).phase(P::L12),
    holding(3021, "voltage_line_line_phase_b_phase_c", E::F32, (VOLTAGE, V)).phase(P::L23),
    holding(3023, "voltage_line_line_phase_c_phase_a", E::F32, (VOLTAGE, V)).phase(P::L31),
    holding(3025, "voltage_line_line_average", E::F32, (VOLTAGE, V)),
    holding(3027, "voltage_line_neutral_phase_a", E::F32, (VOLTAGE, V)).phase(P::L1),
    holding(3029, "voltage_line_neutral_phase_b", E::F32, (VOLTAGE, V)).phase(P::L2),
    holding(3031, "voltage_line_neutral_phase_c", E::F32, (VOLTAGE, V)).phase(P::L3),
    holding(3035, "voltage_line_neutral_average", E::F32, (VOLTAGE, V)),
    holding(3053, "active_power_phase_a", E::F32, (POWER_ACTIVE, KW)).phase(P::L1),
    holding(3055, "active_power_phase_b", E::F32, (POWER_ACTIVE, KW)).phase(P::L2),
    holding(3057, "active_power_phase_c", E::F32, (POWER_ACTIVE, KW)).phase(P::L3),
    holding(3059, "active_power_total", E::F32, (POWER_ACTIVE, KW)),
    holding(3061, "reactive_power_phase_a", E::F32, (POWER_REACTIVE, KVAR)).phase(P::L1),
    holding(3063, "reactive_power_phase_b", E::F32, (POWER_REACTIVE, KVAR)).phase(P::L2),
    holding(3065, "reactive_power_phase_c", E::F32, (POWER_REACTIVE, KVAR)).phase(P::L3),
    holding(3067, "reactive_power_total", E::F32, (POWER_REACTIVE, KVAR)),
    holding(3069, "apparent_power_phase_a", E::F32, (POWER_APPARENT, KVA)).phase(P::L1),
    holding(3071, "apparent_power_phase_b", E::F32, (POWER_APPARENT, KVA)).phase(P::L2),
    holding(3073, "apparent_power_phase_c", E::F32, (POWER_APPARENT, KVA)).phase(P::L3),
    holding(3075, "apparent_power_total", E::F32, (POWER_APPARENT, KVA)),
    holding(3109, "frequency", E::F32, (FREQUENCY, HZ)),
    holding(3131, "temperature", E::F32, (TEMPERATURE, CEL)),
    holding(3203, "active_energy_delivered", E::I64, (ENERGY_ACTIVE_IMPORT, WH)),
    holding(3207, "active_energy_received", E::I64, (ENERGY_ACTIVE_EXPORT, WH)),
    holding(3219, "reactive_energy_delivered", E::I64, (ENERGY_REACTIVE_IMPORT, VARH)),
    holding(3223, "reactive_energy_received", E::I64, (ENERGY_REACTIVE_EXPORT, VARH)),
    holding(3235, "apparent_energy_delivered", E::I64, (ENERGY_APPARENT_IMPORT, VAH)),
    holding(3239, "apparent_energy_received", E::I64, (ENERGY_APPARENT_EXPORT, VAH)),
    holding(3517, "active_energy_delivered_phase_a", E::I64, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1),
    holding(3521, "active_energy_delivered_phase_b", E::I64, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2),
    holding(3525, "active_energy_delivered_phase_c", E::I64, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3),
    holding(3529, "reactive_energy_delivered_phase_a", E::I64, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L1),
    holding(3533, "reactive_energy_delivered_phase_b", E::I64, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L2),
    holding(3537, "reactive_energy_delivered_phase_c", E::I64, (ENERGY_REACTIVE_IMPORT, VARH)).phase(P::L3),
    holding(3541, "apparent_energy_delivered_phase_a", E::I64, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L1),
    holding(3545, "apparent_energy_delivered_phase_b", E::I64, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L2),
    holding(3549, "apparent_energy_delivered_phase_c", E::I64, (ENERGY_APPARENT_IMPORT, VAH)).phase(P::L3),
];
