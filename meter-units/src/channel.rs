//! Which number of a meter a value is.

use crate::words::words;
use crate::{Medium, Quantity};

words! {
    /// Which way energy or a medium flows.
    pub enum Direction {
        /// Not said.
        None = "none",
        /// To the customer (forward, positive contributions).
        Import = "import",
        /// From the customer (backward, negative contributions).
        Export = "export",
        /// Import minus export.
        Net = "net",
        /// Import plus export, without sign.
        Absolute = "absolute",
        /// Quadrant I.
        Q1 = "q1",
        /// Quadrant II.
        Q2 = "q2",
        /// Quadrant III.
        Q3 = "q3",
        /// Quadrant IV.
        Q4 = "q4",
    }
}

words! {
    /// Which conductor, or pair of conductors.
    pub enum Phase {
        /// All together, or not said.
        Total = "total",
        /// Phase L1.
        L1 = "l1",
        /// Phase L2.
        L2 = "l2",
        /// Phase L3.
        L3 = "l3",
        /// Neutral.
        N = "n",
        /// L1 to neutral.
        L1N = "l1_n",
        /// L2 to neutral.
        L2N = "l2_n",
        /// L3 to neutral.
        L3N = "l3_n",
        /// L1 to L2.
        L12 = "l1_l2",
        /// L2 to L3.
        L23 = "l2_l3",
        /// L3 to L1.
        L31 = "l3_l1",
    }
}

words! {
    /// Which of the values of a period.
    pub enum Statistic {
        /// The value itself.
        Instant = "instant",
        /// The smallest.
        Minimum = "minimum",
        /// The largest.
        Maximum = "maximum",
        /// The mean.
        Average = "average",
        /// The value during an error state.
        DuringError = "during_error",
    }
}

words! {
    /// What time a value is about.
    pub enum Span {
        /// A counter's reading.
        Register = "register",
        /// The amount of one interval.
        Interval = "interval",
        /// A momentary value.
        Moment = "moment",
    }
}

impl Span {
    /// The span of a quantity's values where nothing else is said.
    ///
    /// [`Span::Register`] for what a meter counts up, such as energy, volume and operating time;
    /// [`Span::Moment`] for everything else.
    #[must_use]
    pub const fn usual_for(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Energy
            | Quantity::ReactiveEnergy
            | Quantity::ApparentEnergy
            | Quantity::Volume
            | Quantity::Mass
            | Quantity::HcaUnits
            | Quantity::OperatingTime
            | Quantity::OnTime
            | Quantity::BatteryOperatingTime
            | Quantity::CumulativeMaxPower
            | Quantity::ResetCounter
            | Quantity::CumulationCounter
            | Quantity::StopCounter
            | Quantity::Count => Self::Register,
            _ => Self::Moment,
        }
    }
}

/// Which number of a meter a value is: a key for maps.
///
/// ```
/// use meter_units::{Channel, Direction, Medium, Quantity};
///
/// let import = Channel {
///     direction: Direction::Import,
///     ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
/// };
/// let night = Channel { tariff: 2, ..import };
/// assert_ne!(night, import);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Channel {
    /// What is measured.
    pub quantity: Quantity,
    /// What flows through the meter.
    pub medium: Medium,
    /// Which way.
    pub direction: Direction,
    /// On which conductor.
    pub phase: Phase,
    /// Which of the values of a period.
    pub statistic: Statistic,
    /// Counter, amount or momentary value.
    pub span: Span,
    /// Independent sub-device of the same housing; 0 for the main one.
    pub subunit: u16,
    /// Tariff; 0 for the total.
    pub tariff: u32,
    /// Storage number; 0 for the current value.
    pub storage: u64,
}

impl Channel {
    /// The current total of a quantity: everything else not said, the span as usual for it.
    #[must_use]
    pub const fn new(quantity: Quantity, medium: Medium) -> Self {
        Self {
            quantity,
            medium,
            direction: Direction::None,
            phase: Phase::Total,
            statistic: Statistic::Instant,
            span: Span::usual_for(quantity),
            subunit: 0,
            tariff: 0,
            storage: 0,
        }
    }
}

#[cfg(target_pointer_width = "64")]
const _: () = assert!(size_of::<Channel>() == 24);

#[cfg(test)]
mod tests {
    use super::{Channel, Direction, Phase, Span, Statistic};
    use crate::{Medium, Quantity};

    #[test]
    fn a_new_channel_says_nothing_but_its_quantity() {
        let volume = Channel::new(Quantity::Volume, Medium::WATER);
        assert_eq!(
            volume,
            Channel {
                quantity: Quantity::Volume,
                medium: Medium(7),
                direction: Direction::None,
                phase: Phase::Total,
                statistic: Statistic::Instant,
                span: Span::Register,
                subunit: 0,
                tariff: 0,
                storage: 0,
            }
        );
    }

    #[test]
    fn counters_are_registers_and_rates_are_moments() {
        for (quantity, span) in [
            (Quantity::Energy, Span::Register),
            (Quantity::HcaUnits, Span::Register),
            (Quantity::Power, Span::Moment),
            (Quantity::FlowTemperature, Span::Moment),
            (Quantity::Identification, Span::Moment),
        ] {
            assert_eq!(Channel::new(quantity, Medium::OTHER).span, span);
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn a_channel_is_an_object_of_words_and_numbers() {
        let channel = Channel {
            direction: Direction::Import,
            tariff: 1,
            ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
        };
        let json = concat!(
            r#"{"quantity":"energy","medium":"electricity","direction":"import","#,
            r#""phase":"total","statistic":"instant","span":"register","#,
            r#""subunit":0,"tariff":1,"storage":0}"#
        );
        assert_eq!(serde_json::to_string(&channel).unwrap(), json);
        assert_eq!(serde_json::from_str::<Channel>(json).unwrap(), channel);
    }
}
