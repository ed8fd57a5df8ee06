//! Weidmueller Energy Meter 525/550. Made of `models/weidmueller-em525.toml`; see the module `models`.

use meter_units::{BaseUnit as B, Direction as D, Medium, Per, Phase as P, Prefix as X, Quantity as Q};

use crate::Table;
use crate::encoding::{Encoding as E, Marker, Order};
use crate::map::{Access, Device, Parity, Register, SerialSettings, UnitCodes, Verified};
use crate::models::build::{ONE, UnitWord, Word, holding, input, rate, unit, word};

pub(super) static DEVICE: Device<'static> = Device::new("Weidmueller Energy Meter 525/550")
    .with_vendor("Weidmueller")
    .with_medium(Medium(2))
    .with_medium_word("electricity")
    .with_defaults(Table::HoldingRegister, Order::ABCD)
    .with_sources(Verified::SingleSource, &["OpenEMS"]);

const VOLTAGE: Word = word("voltage", Medium(2), Q::Voltage);
const V: UnitWord = unit("V", X::None, B::Volt);
const DOUBT: &str = "the source layer omits a unit conversion; scale 1 assumed because the sister layout at the same addresses uses V, A and Hz";
const CURRENT: Word = word("current", Medium(2), Q::Current);
const A: UnitWord = unit("A", X::None, B::Ampere);
const POWER_ACTIVE: Word = word("power_active", Medium(2), Q::Power);
const W: UnitWord = unit("W", X::None, B::Watt);
const POWER_APPARENT: Word = word("power_apparent", Medium(2), Q::ApparentPower);
const VA: UnitWord = unit("VA", X::None, B::VoltAmpere);
const POWER_REACTIVE: Word = word("power_reactive", Medium(2), Q::ReactivePower);
const VAR: UnitWord = unit("var", X::None, B::Var);
const OTHER: Word = word("other", Medium(2), Q::None);
const DOUBT_2: &str = "unit taken from an integration layer, not from the vendor list";
const FREQUENCY: Word = word("frequency", Medium(2), Q::Frequency);
const HZ: UnitWord = unit("Hz", X::None, B::Hertz);
const ENERGY_ACTIVE_TOTAL: Word = word("energy_active_total", Medium(2), Q::Energy);
const WH: UnitWord = unit("Wh", X::None, B::WattHour);
const DOUBT_3: &str = "meters of the same layout (Janitza UMG 96RM-E) have import from 19062 to 19068 and export from 19070 to 19076";
const ENERGY_ACTIVE_EXPORT: Word = word("energy_active_export", Medium(2), Q::Energy).direction(D::Export);
const ENERGY_ACTIVE_IMPORT: Word = word("energy_active_import", Medium(2), Q::Energy).direction(D::Import);
const ENERGY_APPARENT_TOTAL: Word = word("energy_apparent_total", Medium(2), Q::ApparentEnergy);
const VAH: UnitWord = unit("VAh", X::None, B::VoltAmpereHour);
const ENERGY_REACTIVE_TOTAL: Word = word("energy_reactive_total", Medium(2), Q::ReactiveEnergy);
const VARH: UnitWord = unit("varh", X::None, B::VarHour);
const THD_VOLTAGE: Word = word("thd_voltage", Medium(2), Q::VoltageThd);
const PERCENT: UnitWord = unit("%", X::None, B::Percent);
const THD_CURRENT: Word = word("thd_current", Medium(2), Q::CurrentThd);

pub(super) static REGISTERS: &[Register<'static>] = &[
    holding(19000, "voltage_l1", E::F32, (VOLTAGE, V)).phase(P::L1).with_doubt(DOUBT),
    holding(19002, "voltage_l2", E::F32, (VOLTAGE, V)).phase(P::L2).with_doubt(DOUBT),
    holding(19004, "voltage_l3", E::F32, (VOLTAGE, V)).phase(P::L3).with_doubt(DOUBT),
    holding(19006, "voltage_l1_l2", E::F32, (VOLTAGE, V)).phase(P::L12),
    holding(19008, "voltage_l2_l3", E::F32, (VOLTAGE, V)).phase(P::L23),
    holding(19010, "voltage_l1_l3", E::F32, (VOLTAGE, V)).phase(P::L31),
    holding(19012, "current_l1", E::F32, (CURRENT, A)).phase(P::L1).with_doubt(DOUBT),
    holding(19014, "current_l2", E::F32, (CURRENT, A)).phase(P::L2).with_doubt(DOUBT),
    holding(19016, "current_l3", E::F32, (CURRENT, A)).phase(P::L3).with_doubt(DOUBT),
    holding(19018, "current", E::F32, (CURRENT, A)).with_doubt(DOUBT),
    holding(19020, "power_active_l1", E::F32, (POWER_ACTIVE, W)).phase(P::L1),
    holding(19022, "power_active_l2", E::F32, (POWER_ACTIVE, W)).phase(P::L2),
    holding(19024, "power_active_l3", E::F32, (POWER_ACTIVE, W)).phase(P::L3),
    holding(19026, "power_active", E::F32, (POWER_ACTIVE, W)),
    holding(19028, "apparent_power_s1_l1n", E::F32, (POWER_APPARENT, VA)).phase(P::L1),
    holding(19030, "apparent_power_s2_l2n", E::F32, (POWER_APPARENT, VA)).phase(P::L2),
    holding(19032, "apparent_power_s3_l3n", E::F32, (POWER_APPARENT, VA)).phase(P::L3),
    holding(19034, "apparent_power_sum", E::F32, (POWER_APPARENT, VA)),
    holding(19036, "power_reactive_l1", E::F32, (POWER_REACTIVE, VAR)).phase(P::L1),
    holding(19038, "power_reactive_l2", E::F32, (POWER_REACTIVE, VAR)).phase(P::L2),
    holding(19040, "power_reactive_l3", E::F32, (POWER_REACTIVE, VAR)).phase(P::L3),
    holding(19042, "power_reactive", E::F32, (POWER_REACTIVE, VAR)),
    holding(19044, "cosphi_l1", E::F32, (OTHER, ONE)).phase(P::L1).with_doubt(DOUBT_2),
    holding(19046, "cosphi_l2", E::F32, (OTHER, ONE)).phase(P::L2).with_doubt(DOUBT_2),
    holding(19048, "cosphi_l3", E::F32, (OTHER, ONE)).phase(P::L3).with_doubt(DOUBT_2),
    holding(19050, "frequency", E::F32, (FREQUENCY, HZ)).with_doubt(DOUBT),
    holding(19052, "rotation_field", E::F32, (OTHER, ONE)).with_doubt(DOUBT_2),
    holding(19054, "real_energy_l1", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L1),
    holding(19056, "real_energy_l2", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L2),
    holding(19058, "real_energy_l3", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L3),
    holding(19060, "real_energy_l1_l3", E::F32, (ENERGY_ACTIVE_TOTAL, WH)),
    holding(19062, "real_energy_l1_consumed", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L1).with_doubt(DOUBT_3),
    holding(19064, "real_energy_l2_consumed", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L2).with_doubt(DOUBT_3),
    holding(19066, "real_energy_l3_consumed", E::F32, (ENERGY_ACTIVE_TOTAL, WH)).phase(P::L3).with_doubt(DOUBT_3),
    holding(19068, "energy_active_export", E::F32, (ENERGY_ACTIVE_EXPORT, WH)).with_doubt(DOUBT_3),
    holding(19070, "real_energy_l1_delivered", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L1).with_doubt(DOUBT_3),
    holding(19072, "real_energy_l2_delivered", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L2).with_doubt(DOUBT_3),
    holding(19074, "real_energy_l3_delivered", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).phase(P::L3).with_doubt(DOUBT_3),
    holding(19076, "energy_active_import", E::F32, (ENERGY_ACTIVE_IMPORT, WH)).with_doubt(DOUBT_3),
    holding(19078, "apparent_energy_l1", E::F32, (ENERGY_APPARENT_TOTAL, VAH)).phase(P::L1),
    holding(19080, "apparent_energy_l2", E::F32, (ENERGY_APPARENT_TOTAL, VAH)).phase(P::L2),
    holding(19082, "apparent_energy_l3", E::F32, (ENERGY_APPARENT_TOTAL, VAH)).phase(P::L3),
    holding(19084, "apparent_energy_l1_l3", E::F32, (ENERGY_APPARENT_TOTAL, VAH)),
    holding(19086, "reactive_energy_l1", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L1),
    holding(19088, "reactive_energy_l2", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L2),
    holding(19090, "reactive_energy_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L3),
    holding(19092, "reactive_energy_l1_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)),
    holding(19094, "reactive_energy_inductive_l1", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L1),
    holding(19096, "reactive_energy_inductive_l2", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L2),
    holding(19098, "reactive_energy_inductive_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L3),
    holding(19100, "reactive_energy_inductive_l1_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)),
    holding(19102, "reactive_energy_capacitive_l1", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L1),
    holding(19104, "reactive_energy_capacitive_l2", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L2),
    holding(19106, "reactive_energy_capacitive_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)).phase(P::L3),
    holding(19108, "reactive_energy_capacitive_l1_l3", E::F32, (ENERGY_REACTIVE_TOTAL, VARH)),
    holding(19110, "harmonic_thd_volt_l1n", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L1),
    holding(19112, "harmonic_thd_volt_l2n", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L2),
    holding(19114, "harmonic_thd_volt_l3n", E::F32, (THD_VOLTAGE, PERCENT)).phase(P::L3),
    holding(19116, "harmonic_thd_current_l1n", E::F32, (THD_CURRENT, PERCENT)).phase(P::L1),
    holding(19118, "harmonic_thd_current_l2n", E::F32, (THD_CURRENT, PERCENT)).phase(P::L2),
    holding(19120, "harmonic_thd_current_l3n", E::F32, (THD_CURRENT, PERCENT)).phase(P::L3),
];
