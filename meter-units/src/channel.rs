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

/// Which number of a meter a value is: a key for maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// The current total of a quantity: everything else not said.
    #[must_use]
    pub const fn new(quantity: Quantity, medium: Medium) -> Self {
        Self {
            quantity,
            medium,
            direction: Direction::None,
            phase: Phase::Total,
            statistic: Statistic::Instant,
            span: Span::Moment,
            subunit: 0,
            tariff: 0,
            storage: 0,
        }
    }
}
