//! Value groups C, D and E by medium (IEC 62056-61 for electricity, EN 13757-1 for the others).

use crate::{Direction, Phase, Quantity, Span, Statistic};

/// E counts tariffs up to here; above it has other meanings.
pub(super) const MAX_TARIFF: u8 = 63;

/// C, D and E of what every meter has.
pub(super) static GENERAL: [(Quantity, [u8; 3]); 3] = [
    (Quantity::FabricationNumber, [96, 1, 0]),
    (Quantity::OperatingTime, [96, 8, 0]),
    (Quantity::ErrorFlags, [97, 97, 0]),
];

/// A momentary quantity, and its time integral if that is counted.
pub(super) struct Measured {
    pub(super) moment: Quantity,
    pub(super) counter: Option<Quantity>,
}

const ACTIVE: Measured = counted(Quantity::Power, Quantity::Energy);
const REACTIVE: Measured = counted(Quantity::ReactivePower, Quantity::ReactiveEnergy);
const APPARENT: Measured = counted(Quantity::ApparentPower, Quantity::ApparentEnergy);
const CURRENT: Measured = momentary(Quantity::Current);
const VOLTAGE: Measured = momentary(Quantity::Voltage);
const POWER_FACTOR: Measured = momentary(Quantity::PowerFactor);
const FREQUENCY: Measured = momentary(Quantity::Frequency);

/// Groups C of electricity from 1 to 20; those of phases L1, L2, L3 are 20, 40, 60 more.
pub(super) static ELECTRICITY: [(Measured, Direction); 20] = [
    (ACTIVE, Direction::Import),
    (ACTIVE, Direction::Export),
    (REACTIVE, Direction::Import),
    (REACTIVE, Direction::Export),
    (REACTIVE, Direction::Q1),
    (REACTIVE, Direction::Q2),
    (REACTIVE, Direction::Q3),
    (REACTIVE, Direction::Q4),
    (APPARENT, Direction::Import),
    (APPARENT, Direction::Export),
    (CURRENT, Direction::None),
    (VOLTAGE, Direction::None),
    (POWER_FACTOR, Direction::None),
    (FREQUENCY, Direction::None),
    (ACTIVE, Direction::Absolute),
    (ACTIVE, Direction::Net),
    (ACTIVE, Direction::Q1),
    (ACTIVE, Direction::Q2),
    (ACTIVE, Direction::Q3),
    (ACTIVE, Direction::Q4),
];

/// Groups C of electricity that stand for themselves.
pub(super) static CONDUCTORS: [(u8, Quantity, Phase); 5] = [
    (91, Quantity::Current, Phase::N),
    (92, Quantity::Voltage, Phase::N),
    (124, Quantity::Voltage, Phase::L12),
    (125, Quantity::Voltage, Phase::L23),
    (126, Quantity::Voltage, Phase::L31),
];

/// Groups D of momentary values of electricity.
pub(super) static ELECTRICITY_D: [(u8, Statistic, Span); 5] = [
    (3, Statistic::Minimum, Span::Moment),
    (4, Statistic::Average, Span::Moment),
    (5, Statistic::Average, Span::Interval),
    (6, Statistic::Maximum, Span::Moment),
    (7, Statistic::Instant, Span::Moment),
];

/// Group D of a counter of electricity, "time integral 1".
pub(super) const ELECTRICITY_COUNTER: u8 = 8;

/// Groups C of heat and cooling.
pub(super) static HEAT: [(u8, Quantity); 7] = [
    (1, Quantity::Energy),
    (2, Quantity::Volume),
    (8, Quantity::Power),
    (9, Quantity::VolumeFlow),
    (10, Quantity::FlowTemperature),
    (11, Quantity::ReturnTemperature),
    (12, Quantity::TemperatureDifference),
];

/// Groups C of cold and hot water.
pub(super) static WATER: [(u8, Quantity); 3] = [
    (1, Quantity::Volume),
    (2, Quantity::VolumeFlow),
    (3, Quantity::FlowTemperature),
];

/// Groups C of heat cost allocators.
pub(super) static HEAT_COST: [(u8, Quantity); 1] = [(1, Quantity::HcaUnits)];

/// Groups D of heat, cooling, water and heat cost allocators.
pub(super) static THERMAL_D: [(u8, Span, Statistic, u64); 5] = [
    (0, Span::Register, Statistic::Instant, 0),
    (2, Span::Register, Statistic::Instant, 1),
    (0, Span::Moment, Statistic::Instant, 0),
    (4, Span::Moment, Statistic::Minimum, 0),
    (5, Span::Moment, Statistic::Maximum, 0),
];

/// C and D of a gas meter's volume at metering conditions.
pub(super) const GAS_VOLUME: (u8, u8) = (3, 0);

const fn counted(moment: Quantity, counter: Quantity) -> Measured {
    Measured {
        moment,
        counter: Some(counter),
    }
}

const fn momentary(moment: Quantity) -> Measured {
    Measured {
        moment,
        counter: None,
    }
}
