//! The current in each phase.

use meter_units::{Decimal, Direction, How, Phase, Quantity, Reading, Rounding, Unit};

use crate::schedule::Tenths;

/// The currents that flow in L1, L2 and L3.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Currents([Tenths; 3]);

impl Currents {
    /// The currents in L1, L2 and L3.
    #[must_use]
    pub const fn new(l1: Tenths, l2: Tenths, l3: Tenths) -> Self {
        Self([l1, l2, l3])
    }

    /// The currents among the readings of a meter, rounded up to tenths of an ampere.
    ///
    /// Either all three phases have to be there, or one current that is not of a phase and counts
    /// for each. What is fed back counts as 0: it may end at any moment. `None` if a phase is
    /// missing, or a value is absent or no current.
    #[must_use]
    pub fn from_readings<'a>(readings: impl IntoIterator<Item = Reading<'a>>) -> Option<Self> {
        let mut total = None;
        let mut phases = [None; 3];
        for reading in readings {
            if reading.channel.quantity != Quantity::Current {
                continue;
            }
            let [l1, l2, l3] = &mut phases;
            let slot = match reading.channel.phase {
                Phase::Total => &mut total,
                Phase::L1 | Phase::L1N => l1,
                Phase::L2 | Phase::L2N => l2,
                Phase::L3 | Phase::L3N => l3,
                _ => continue,
            };
            let current = consumed(&reading)?;
            // Import and export of a phase may both be there.
            *slot = Some(slot.map_or(current, |other: Tenths| other.max(current)));
        }
        match phases {
            [Some(l1), Some(l2), Some(l3)] => Some(Self([l1, l2, l3])),
            [None, None, None] => total.map(|total| Self([total; 3])),
            _ => None,
        }
    }

    /// The currents in the order L1, L2, L3.
    #[must_use]
    pub const fn phases(self) -> [Tenths; 3] {
        self.0
    }
}

/// The current of a reading in the direction of the consumer.
fn consumed(reading: &Reading<'_>) -> Option<Tenths> {
    let number = reading.number()?.to_decimal()?;
    let how = How::Rounded {
        places: 1,
        rounding: Rounding::Ceiling,
    };
    let amperes = reading.unit.convert(number, Unit::A, how).ok()?;
    let backwards = match reading.channel.direction {
        Direction::Export => true,
        Direction::Absolute => return Tenths::try_from(amperes.abs()).ok(),
        _ => amperes.is_negative(),
    };
    if backwards {
        return Some(Tenths::ZERO);
    }
    Tenths::try_from(amperes.max(Decimal::ZERO)).ok()
}

#[cfg(test)]
mod tests {
    use meter_units::{Channel, Medium, Value};

    use super::*;

    fn reading(phase: Phase, direction: Direction, text: &str, unit: Unit) -> Reading<'static> {
        let channel = Channel {
            phase,
            direction,
            ..Channel::new(Quantity::Current, Medium::ELECTRICITY)
        };
        Reading::new(channel, Value::from(text.parse::<Decimal>().unwrap()), unit)
    }

    fn import(phase: Phase, text: &str) -> Reading<'static> {
        reading(phase, Direction::Import, text, Unit::A)
    }

    fn tenths(numbers: [u64; 3]) -> Currents {
        Currents(numbers.map(Tenths::new))
    }

    #[test]
    fn currents_are_rounded_up() {
        let readings = [
            import(Phase::L1, "6.100000381"),
            import(Phase::L2N, "7"),
            reading(Phase::L3, Direction::Import, "8001", Unit::MILLIAMPERE),
        ];
        assert_eq!(
            Currents::from_readings(readings),
            Some(tenths([62, 70, 81]))
        );
    }

    #[test]
    fn a_total_counts_for_each_phase() {
        let other = Reading::new(
            Channel::new(Quantity::Voltage, Medium::ELECTRICITY),
            Value::from(Decimal::from(230_u8)),
            Unit::V,
        );
        let readings = [other, import(Phase::Total, "12.5")];
        assert_eq!(Currents::from_readings(readings), Some(tenths([125; 3])));
    }

    #[test]
    fn what_is_fed_back_is_no_room() {
        let readings = [
            import(Phase::L1, "-20"),
            reading(Phase::L2, Direction::Export, "20", Unit::A),
            reading(Phase::L3, Direction::Absolute, "-20", Unit::A),
        ];
        assert_eq!(Currents::from_readings(readings), Some(tenths([0, 0, 200])));
        let both = [
            import(Phase::Total, "3"),
            reading(Phase::Total, Direction::Export, "0", Unit::A),
        ];
        assert_eq!(Currents::from_readings(both), Some(tenths([30; 3])));
    }

    #[test]
    fn a_missing_phase_or_value_is_no_reading() {
        let two = [import(Phase::L1, "1"), import(Phase::L2, "1")];
        assert_eq!(Currents::from_readings(two), None);
        assert_eq!(Currents::from_readings([]), None);
        let power = reading(Phase::Total, Direction::Import, "1", Unit::W);
        assert_eq!(Currents::from_readings([power]), None);
    }
}
