//! Which digits are fixed first, and when another order promises more.

/// Which digits are fixed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The last, and then the one before each: few meters mostly differ there, those of one batch
    /// and others.
    Last,
    /// The last three, the first of these first, and then from the first on: many meters of one
    /// batch are told apart with the fewest masks.
    LastThree,
    /// From the first on: several batches with the same last digits.
    First,
}

impl Order {
    /// Which of the open digits lead, counted from the last.
    pub(super) const fn leads(self) -> &'static [usize] {
        match self {
            Self::Last => &[0],
            Self::LastThree => &[2, 1, 0],
            Self::First => &[],
        }
    }
}

/// How the masks came out in which all leading digits are fixed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leads {
    pub(super) tried: u16,
    pub(super) met: u16,
    pub(super) several: u16,
}

impl Leads {
    /// Whether another order promises more, as several meters have answered under one mask.
    pub(super) const fn disappoint(self, order: Order, found: u32) -> bool {
        match order {
            // Nobody was found yet, so nothing is lost.
            Order::Last => self.met == 1,
            // Several batches meet from the first on, or all along. Scattered numbers meet now and
            // then in any order, and who was found would have to be told from the others again.
            Order::LastThree => {
                let batches = self.several.saturating_mul(3) > self.met.saturating_mul(2);
                let dense = self.met.saturating_mul(8) > self.tried.saturating_mul(7);
                (batches && (found == 0 || self.several > 2)) || (dense && self.tried >= 16)
            }
            Order::First => false,
        }
    }
}

/// Where an order was given up: everybody is found whose leading digits come before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Floor {
    pub(super) order: Order,
    pub(super) ranks: [u8; 3],
}
