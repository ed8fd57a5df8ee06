//! A charging rate that no conversion has rounded.

use core::cmp::Ordering;

use meter_units::{Decimal, Rounding};

use super::limits::{Phases, RateUnit, Tenths};

/// A charging rate as an exact fraction.
///
/// 7360 W over three phases of 230 V are 10.666… A, which no decimal holds. The fraction is kept,
/// so that comparing and adding lose nothing; [`wire`](Self::wire) and [`round`](Self::round) cut
/// it where a number has to be written.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// Tenths of the unit, times `parts`.
    numerator: u128,
    /// Never 0.
    parts: u64,
}

impl Rate {
    /// The rate with one digit after the point, rounded down: what a message may hold, and never
    /// more than what is allowed.
    #[must_use]
    pub fn wire(self) -> Decimal {
        self.round(1, Rounding::Floor)
            .rescale(1, Rounding::Floor)
            .unwrap_or_else(|_| self.round(1, Rounding::Floor))
    }

    /// The rate with at most `places` digits after the point; fewer where they say all.
    ///
    /// Beyond 64 bits of digits the last ones are cut off, which only rates that no station has
    /// can reach.
    #[must_use]
    pub fn round(self, places: u8, rounding: Rounding) -> Decimal {
        let digits = places.min(MOST_PLACES);
        (0..=digits)
            .rev()
            .find_map(|digits| self.digits(digits, rounding))
            .unwrap_or_else(|| self.whole())
            .normalized()
    }

    fn digits(self, places: u8, rounding: Rounding) -> Option<Decimal> {
        let places = i8::try_from(places).ok()?;
        let scale = 10_u128.checked_pow(u32::from(places.unsigned_abs()))?;
        let scaled = self.numerator.checked_mul(scale)?;
        let quotient = scaled.checked_div(self.parts.into())?;
        let rest = scaled.checked_rem(self.parts.into())?;
        // Tenths have one digit more than `places`; what is below it only needs to be there.
        let (coefficient, digits) = match rest {
            0 if quotient % 10 == 0 => (quotient / 10, 0),
            0 => (quotient, 1),
            _ => (quotient.checked_mul(10)?.checked_add(1)?, 2),
        };
        let exponent = places.checked_neg()?.checked_sub(digits)?;
        Decimal::from_parts(false, u64::try_from(coefficient).ok()?, exponent)?
            .round(places, rounding)
            .ok()
    }

    /// The rate cut off to as many digits as fit.
    fn whole(self) -> Decimal {
        let mut magnitude = self
            .numerator
            .checked_div(self.parts.into())
            .unwrap_or_default();
        let mut exponent = -1_i8;
        loop {
            if let Ok(coefficient) = u64::try_from(magnitude) {
                return Decimal::from_parts(false, coefficient, exponent).unwrap_or_default();
            }
            magnitude /= 10;
            exponent = exponent.saturating_add(1);
        }
    }

    /// `limit`, which is in `from`, in the unit of `to`.
    ///
    /// `phases` is how many phases a power spreads over.
    pub(super) fn convert(limit: Tenths, from: RateUnit, to: RateUnit, scale: Scale) -> Self {
        let tenths = u128::from(limit.get());
        let (times, parts) = match (from, to) {
            (RateUnit::Amperes, RateUnit::Watts) => (scale.per_ampere(), 1),
            (RateUnit::Watts, RateUnit::Amperes) => (1, scale.per_ampere()),
            _ => (1, 1),
        };
        Self {
            numerator: tenths.saturating_mul(u128::from(times)),
            parts,
        }
        .over(scale.common(to))
    }

    /// The sum of two rates in the same unit, of the same voltage.
    pub(super) fn plus(self, other: Self) -> Self {
        debug_assert_eq!(
            self.parts, other.parts,
            "rates of one composite have the same parts"
        );
        Self {
            numerator: self.numerator.saturating_add(other.numerator),
            parts: self.parts,
        }
    }

    /// The same rate in finer parts, of which `parts` is a multiple.
    fn over(self, parts: u64) -> Self {
        let factor = parts.checked_div(self.parts).unwrap_or(1);
        Self {
            numerator: self.numerator.saturating_mul(u128::from(factor)),
            parts,
        }
    }
}

/// The voltage and the number of phases between current and power.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    pub(super) voltage: core::num::NonZeroU16,
    pub(super) phases: Phases,
}

impl Scale {
    /// Watts for each ampere.
    fn per_ampere(self) -> u64 {
        u64::from(self.voltage.get()).saturating_mul(u64::from(self.phases.number()))
    }

    /// The parts in which every rate of a composite can be counted, for 1, 2 and 3 phases.
    fn common(self, unit: RateUnit) -> u64 {
        match unit {
            RateUnit::Amperes => u64::from(self.voltage.get()).saturating_mul(6),
            RateUnit::Watts => 1,
        }
    }
}

impl PartialEq for Rate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Rate {}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rate {
    fn cmp(&self, other: &Self) -> Ordering {
        // A numerator has up to 87 bits for a limit of 64, and 16 more for a sum; parts have 19.
        let left = self.numerator.saturating_mul(other.parts.into());
        let right = other.numerator.saturating_mul(self.parts.into());
        left.cmp(&right)
    }
}

/// Digits after the point that are worth having: 64 bits are used up soon after.
const MOST_PLACES: u8 = 16;

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use core::num::NonZeroU16;

    use proptest::prelude::*;

    use super::*;

    fn scale(phases: Phases) -> Scale {
        Scale {
            voltage: NonZeroU16::new(230).unwrap(),
            phases,
        }
    }

    fn amperes_of(watts: u64, phases: Phases) -> Rate {
        let limit = Tenths::new(watts * 10);
        Rate::convert(limit, RateUnit::Watts, RateUnit::Amperes, scale(phases))
    }

    #[test]
    fn power_becomes_current_in_each_phase() {
        for (watts, phases, expected) in [
            (4600, Phases::One, "20"),
            (4600, Phases::Two, "10"),
            (11_040, Phases::Three, "16"),
            (2070, Phases::Three, "3"),
            (2070, Phases::One, "9"),
            (0, Phases::Three, "0"),
        ] {
            let rate = amperes_of(watts, phases);
            assert_eq!(rate.round(6, Rounding::HalfEven).to_string(), expected);
        }
    }

    #[test]
    fn current_becomes_power_over_all_phases() {
        let limit = Tenths::new(81);
        let rate = Rate::convert(
            limit,
            RateUnit::Amperes,
            RateUnit::Watts,
            scale(Phases::Three),
        );
        assert_eq!(rate.wire().to_string(), "5589.0");
    }

    #[test]
    fn a_fraction_without_end_is_cut_where_it_is_told() {
        let rate = amperes_of(7360, Phases::Three);
        assert_eq!(rate.wire().to_string(), "10.6");
        assert_eq!(rate.round(6, Rounding::HalfEven).to_string(), "10.666667");
        assert_eq!(rate.round(6, Rounding::Floor).to_string(), "10.666666");
        assert_eq!(rate.round(0, Rounding::Ceiling).to_string(), "11");
        assert_eq!(rate.round(u8::MAX, Rounding::Floor).to_string().len(), 19);
    }

    #[test]
    fn rates_of_different_parts_compare() {
        let sixteen = Rate::convert(
            Tenths::new(160),
            RateUnit::Amperes,
            RateUnit::Amperes,
            scale(Phases::One),
        );
        assert_eq!(amperes_of(11_040, Phases::Three), sixteen);
        assert!(amperes_of(11_041, Phases::Three) > sixteen);
        assert!(amperes_of(11_039, Phases::Three) < sixteen);
    }

    proptest! {
        #[test]
        fn rounding_down_is_never_above(tenths: u64, phases in 1..=3_i64, places in 0..20_u8) {
            let phases = Phases::from_number(phases).unwrap();
            let limit = Tenths::new(tenths);
            for (from, to) in [
                (RateUnit::Watts, RateUnit::Amperes),
                (RateUnit::Amperes, RateUnit::Watts),
                (RateUnit::Watts, RateUnit::Watts),
            ] {
                let rate = Rate::convert(limit, from, to, scale(phases));
                let rounded = rate.round(places, Rounding::Floor);
                // floats are only the judge here
                let exact = rate.numerator as f64 / rate.parts as f64 / 10.0;
                prop_assert!(rounded.to_f64() <= exact * (1.0 + 1e-12));
                prop_assert!(rate.wire() <= rate.round(16, Rounding::Ceiling));
                let unit = 10_f64.powi(-i32::from(places.min(9)));
                if tenths < 1 << 30 {
                    prop_assert!(rounded.to_f64() >= exact * (1.0 - 1e-12) - unit);
                }
            }
        }

        #[test]
        fn a_rate_in_its_own_unit_is_the_limit(tenths: u64) {
            let limit = Tenths::new(tenths);
            for unit in [RateUnit::Amperes, RateUnit::Watts] {
                let rate = Rate::convert(limit, unit, unit, scale(Phases::Two));
                prop_assert_eq!(rate.round(1, Rounding::Floor), limit.to_decimal());
            }
        }
    }
}
