//! What a meter of a house or a plant might measure.

use meter_units::{Decimal, Direction, Phase, Quantity, Unit};
use modbus_regmap::map::Register;

/// Digits, power of ten and unit.
type Figure = (i64, i8, Unit);

/// A value for a register, in a unit that has to be converted to its own.
pub(crate) fn value(register: &Register<'_>) -> Option<(Decimal, Unit)> {
    let channel = register.channel();
    let (digits, power, unit) = match channel.quantity {
        // What is not said is most often energy.
        Quantity::Energy | Quantity::Unknown => energy(channel.direction, channel.phase),
        Quantity::ReactiveEnergy => match channel.direction {
            Direction::Import => (19_025, -1, Unit::KVARH),
            Direction::Export => (8475, -2, Unit::KVARH),
            _ => (198_725, -2, Unit::KVARH),
        },
        Quantity::ApparentEnergy => match channel.direction {
            Direction::Export => (3129, -1, Unit::KVAH),
            _ => (2_760_131, -2, Unit::KVAH),
        },
        quantity => instant(quantity, channel.phase)?,
    };
    let value = Decimal::new(digits, power)?;
    // Two tariffs share the total; most meters have no others.
    let value = match channel.tariff {
        0 => value,
        1 => value.checked_mul(Decimal::new(6, -1)?).ok()?,
        2 => value.checked_mul(Decimal::new(4, -1)?).ok()?,
        _ => value.checked_mul(Decimal::new(1, -1)?).ok()?,
    };
    Some((value, unit))
}

const fn energy(direction: Direction, phase: Phase) -> Figure {
    let digits = match (direction, phase) {
        (Direction::Export, _) => 31_107,
        (Direction::Net, _) => 2_687_335,
        (_, Phase::L1 | Phase::L1N) => 903_411,
        (_, Phase::L2 | Phase::L2N) => 887_060,
        (_, Phase::L3 | Phase::L3N) => 927_971,
        (Direction::Import, _) => 2_718_442,
        _ => 2_749_549,
    };
    (digits, -2, Unit::KWH)
}

fn instant(quantity: Quantity, phase: Phase) -> Option<Figure> {
    // All together, or what is no phase; the three phases; neutral; one phase to another.
    let of_phase = |[total, l1, l2, l3, n, l12, l23, l31]: [i64; 8]| match phase {
        Phase::L1 | Phase::L1N => l1,
        Phase::L2 | Phase::L2N => l2,
        Phase::L3 | Phase::L3N => l3,
        Phase::N => n,
        Phase::L12 => l12,
        Phase::L23 => l23,
        Phase::L31 => l31,
        _ => total,
    };
    let voltages = [2304, 2301, 2294, 2317, 4, 3980, 3993, 3999];
    let currents = [18_603, 6180, 520, 11_903, 310, 6180, 520, 11_903];
    let powers = [40_533, 14_076, -984, 27_441, 0, 14_076, -984, 27_441];
    let reactive = [3125, 1052, 331, 1742, 0, 1052, 331, 1742];
    let apparent = [41_080, 14_220, 1193, 27_578, 0, 14_220, 1193, 27_578];
    let factors = [987, 991, 962, 979, 1000, 991, 962, 979];
    let angles = [93, 76, 159, 118, 0, 76, 159, 118];
    Some(match quantity {
        Quantity::Voltage => (of_phase(voltages), -1, Unit::V),
        Quantity::Current => (of_phase(currents), -3, Unit::A),
        Quantity::Power => (of_phase(powers), -1, Unit::W),
        Quantity::ReactivePower => (of_phase(reactive), -1, Unit::VAR),
        Quantity::ApparentPower => (of_phase(apparent), -1, Unit::VA),
        Quantity::PowerFactor => (of_phase(factors), -3, Unit::ONE),
        Quantity::PhaseVoltageToCurrent => (of_phase(angles), -1, Unit::DEGREE),
        Quantity::Frequency => (4998, -2, Unit::HZ),
        Quantity::VoltageThd => (21, -1, Unit::PERCENT),
        Quantity::CurrentThd => (64, -1, Unit::PERCENT),
        Quantity::Volume => (118_306, -2, Unit::M3),
        Quantity::VolumeFlow => (113, -3, Unit::M3_PER_H),
        Quantity::Mass => (116_350, -2, Unit::TONNE),
        Quantity::MassFlow => (111, -3, Unit::TONNE_PER_H),
        Quantity::FlowTemperature => (703, -1, Unit::CELSIUS),
        Quantity::ReturnTemperature => (458, -1, Unit::CELSIUS),
        Quantity::TemperatureDifference => (245, -1, Unit::KELVIN_DIFFERENCE),
        Quantity::ExternalTemperature => (84, -1, Unit::CELSIUS),
        Quantity::Temperature => (215, -1, Unit::CELSIUS),
        Quantity::Pressure => (24, -1, Unit::BAR),
        Quantity::OperatingTime | Quantity::OnTime => (8765, 0, Unit::HOUR),
        Quantity::FabricationNumber | Quantity::Identification => (12_345_678, 0, Unit::ONE),
        _ => return None,
    })
}
