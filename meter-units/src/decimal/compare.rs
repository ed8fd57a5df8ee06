//! Numeric equality, order and hash.

use core::cmp::Ordering;
use core::hash::{Hash, Hasher};

use super::{Decimal, round};

impl Decimal {
    /// Whether sign, coefficient and exponent are all the same: 1.0 and 1.00 differ.
    #[must_use]
    pub const fn same_repr(&self, other: &Self) -> bool {
        self.coefficient == other.coefficient
            && self.exponent == other.exponent
            && self.is_negative() == other.is_negative()
    }

    /// Compares the values without their signs.
    fn cmp_magnitude(&self, other: &Self) -> Ordering {
        let gap = u32::from(self.exponent.abs_diff(other.exponent));
        let (own, others) = (self.coefficient, other.coefficient);
        // What does not fit 64 bits at the smaller exponent is the larger of the two.
        if self.exponent >= other.exponent {
            round::lengthen(own, gap).map_or(Ordering::Greater, |own| own.cmp(&others))
        } else {
            round::lengthen(others, gap).map_or(Ordering::Less, |others| own.cmp(&others))
        }
    }
}

impl PartialEq for Decimal {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    #[inline]
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, false) => self.cmp_magnitude(other),
            (true, true) => other.cmp_magnitude(self),
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
        }
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            coefficient,
            exponent,
            ..
        } = self.normalized();
        (coefficient, exponent, self.is_negative()).hash(state);
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use core::hash::{BuildHasher, BuildHasherDefault};
    use std::hash::DefaultHasher;

    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal};

    fn hash(value: Decimal) -> u64 {
        BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
    }

    #[test]
    fn trailing_zeros_do_not_matter() {
        assert_eq!(decimal("1.0"), decimal("1.00"));
        assert_eq!(hash(decimal("1.0")), hash(decimal("1.00")));
        assert_eq!(decimal("0e40"), decimal("0e-40"));
        assert_eq!(hash(decimal("0e40")), hash(decimal("0e-40")));
        assert!(!decimal("1.0").same_repr(&decimal("1.00")));
    }

    #[test]
    fn order_is_numeric() {
        let sorted = [
            "-1e40", "-267e3", "-2", "-1.5", "-1e-40", "0", "1e-40", "0.99", "1", "1.01", "1e1",
            "99", "1e20", "1e40",
        ]
        .map(decimal);
        for (i, a) in sorted.iter().enumerate() {
            for (k, b) in sorted.iter().enumerate() {
                assert_eq!(a.cmp(b), i.cmp(&k), "{a} and {b}");
            }
        }
    }

    #[test]
    fn neighbors_beyond_the_reach_of_floats_differ() {
        assert!(decimal("9007199254740993") > decimal("9007199254740992"));
        assert!(decimal("18446744073709551615") < decimal("1844674407370955162e1"));
    }

    proptest! {
        #[test]
        fn order_is_antisymmetric_and_transitive(
            mut v in prop::array::uniform3(any_decimal())
        ) {
            prop_assert_eq!(v[0].cmp(&v[1]), v[1].cmp(&v[0]).reverse());
            v.sort();
            prop_assert!(v[0] <= v[1] && v[1] <= v[2] && v[0] <= v[2]);
        }

        #[test]
        fn order_agrees_with_floats_that_differ(a in any_decimal(), b in any_decimal()) {
            let (x, y) = (a.to_f64(), b.to_f64());
            if x < y {
                prop_assert!(a < b);
            }
            if a < b {
                prop_assert!(x <= y);
            }
        }

        #[test]
        fn added_zeros_keep_value_and_hash(x in any_decimal(), n in 1..=10_i8) {
            let longer = x.coefficient().checked_mul(10_u64.pow(u32::from(n.unsigned_abs())))
                .and_then(|c| Decimal::from_parts(x.is_negative(), c, x.exponent() - n));
            if let Some(longer) = longer {
                prop_assert_eq!(longer, x);
                prop_assert_eq!(hash(longer), hash(x));
            }
        }
    }
}
