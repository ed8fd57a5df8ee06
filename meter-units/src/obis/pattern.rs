//! OBIS codes of which not every group is said.

use super::ObisCode;
use crate::Medium;

/// An OBIS code of which C and D are said, and A, B, E and F may be.
///
/// Meters show and write reduced codes such as `1.8.0` or `F.F`. A group that is left out is not
/// 0: it matches every value. `Display` writes what is said; `FromStr` reads that and every form
/// of a full code.
///
/// ```
/// use meter_units::{Medium, ObisCode, ObisPattern};
///
/// let pattern: ObisPattern = "1.8".parse()?;
/// assert!(pattern.matches(ObisCode([1, 0, 1, 8, 2, 255])));
/// assert!(!pattern.matches(ObisCode([1, 0, 2, 8, 2, 255])));
/// let code = pattern.complete(Medium::ELECTRICITY);
/// assert_eq!(code, Some(ObisCode([1, 0, 1, 8, 0, 255])));
/// # Ok::<(), meter_units::ParseObisError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObisPattern {
    // groups that are not known are 0
    value: [u8; 6],
    known: u8,
}

const A: u8 = 1 << 0;
const B: u8 = 1 << 1;
const C: u8 = 1 << 2;
const D: u8 = 1 << 3;
const E: u8 = 1 << 4;
const F: u8 = 1 << 5;

impl ObisPattern {
    /// The pattern that says C and D only.
    #[must_use]
    pub const fn new(c: u8, d: u8) -> Self {
        Self {
            value: [0, 0, c, d, 0, 0],
            known: C | D,
        }
    }

    /// The same pattern, saying A.
    #[must_use]
    pub const fn with_a(self, a: u8) -> Self {
        let [_, b, c, d, e, f] = self.value;
        Self {
            value: [a, b, c, d, e, f],
            known: self.known | A,
        }
    }

    /// The same pattern, saying B.
    #[must_use]
    pub const fn with_b(self, b: u8) -> Self {
        let [a, _, c, d, e, f] = self.value;
        Self {
            value: [a, b, c, d, e, f],
            known: self.known | B,
        }
    }

    /// The same pattern, saying E.
    #[must_use]
    pub const fn with_e(self, e: u8) -> Self {
        let [a, b, c, d, _, f] = self.value;
        Self {
            value: [a, b, c, d, e, f],
            known: self.known | E,
        }
    }

    /// The same pattern, saying F.
    #[must_use]
    pub const fn with_f(self, f: u8) -> Self {
        let [a, b, c, d, e, _] = self.value;
        Self {
            value: [a, b, c, d, e, f],
            known: self.known | F,
        }
    }

    /// Value group A, if it is said.
    #[must_use]
    pub const fn a(self) -> Option<u8> {
        let [a, ..] = self.value;
        self.said(A, a)
    }

    /// Value group B, if it is said.
    #[must_use]
    pub const fn b(self) -> Option<u8> {
        let [_, b, ..] = self.value;
        self.said(B, b)
    }

    /// Value group C.
    #[must_use]
    pub const fn c(self) -> u8 {
        let [_, _, c, ..] = self.value;
        c
    }

    /// Value group D.
    #[must_use]
    pub const fn d(self) -> u8 {
        let [.., d, _, _] = self.value;
        d
    }

    /// Value group E, if it is said.
    #[must_use]
    pub const fn e(self) -> Option<u8> {
        let [.., e, _] = self.value;
        self.said(E, e)
    }

    /// Value group F, if it is said.
    #[must_use]
    pub const fn f(self) -> Option<u8> {
        let [.., f] = self.value;
        self.said(F, f)
    }

    /// Whether every group that is said is the same in `code`.
    #[must_use]
    pub fn matches(self, code: ObisCode) -> bool {
        self.a().is_none_or(|a| a == code.a())
            && self.b().is_none_or(|b| b == code.b())
            && self.c() == code.c()
            && self.d() == code.d()
            && self.e().is_none_or(|e| e == code.e())
            && self.f().is_none_or(|f| f == code.f())
    }

    /// The code for a meter of this medium: A by the medium, B 0, E 0, F 255 where not said.
    ///
    /// `None` if A is not said and OBIS has none for the medium, or two, as for combined heat and
    /// cooling.
    #[must_use]
    pub fn complete(self, medium: Medium) -> Option<ObisCode> {
        let a = match self.a() {
            Some(a) => a,
            None => medium.obis_group_a()?,
        };
        Some(ObisCode([
            a,
            self.b().unwrap_or(0),
            self.c(),
            self.d(),
            self.e().unwrap_or(0),
            self.f().unwrap_or(255),
        ]))
    }

    const fn said(self, group: u8, value: u8) -> Option<u8> {
        if self.known & group != 0 {
            Some(value)
        } else {
            None
        }
    }
}

impl From<ObisCode> for ObisPattern {
    /// The pattern that only this code matches.
    fn from(code: ObisCode) -> Self {
        Self {
            value: code.0,
            known: A | B | C | D | E | F,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ObisCode, ObisPattern};
    use crate::Medium;

    #[test]
    fn a_group_that_is_left_out_matches_everything() {
        let pattern = ObisPattern::new(1, 8).with_a(1);
        for groups in [
            [1, 0, 1, 8, 0, 255],
            [1, 9, 1, 8, 0, 255],
            [1, 0, 1, 8, 3, 1],
        ] {
            assert!(pattern.matches(ObisCode(groups)));
        }
        for groups in [
            [0, 0, 1, 8, 0, 255],
            [1, 0, 2, 8, 0, 255],
            [1, 0, 1, 7, 0, 255],
        ] {
            assert!(!pattern.matches(ObisCode(groups)));
        }
    }

    #[test]
    fn zero_is_not_left_out() {
        let pattern = ObisPattern::new(1, 8).with_b(0).with_e(0).with_f(0);
        assert!(pattern.matches(ObisCode([1, 0, 1, 8, 0, 0])));
        assert!(!pattern.matches(ObisCode([1, 1, 1, 8, 0, 0])));
        assert!(!pattern.matches(ObisCode([1, 0, 1, 8, 1, 0])));
        assert!(!pattern.matches(ObisCode([1, 0, 1, 8, 0, 255])));
    }

    #[test]
    fn completing_needs_a_medium_that_obis_knows() {
        let pattern = ObisPattern::new(1, 0);
        let completed = |medium| pattern.complete(medium);
        assert_eq!(
            completed(Medium::HEAT_INLET),
            Some(ObisCode([6, 0, 1, 0, 0, 255]))
        );
        assert_eq!(
            completed(Medium::WARM_WATER),
            Some(ObisCode([9, 0, 1, 0, 0, 255]))
        );
        assert_eq!(completed(Medium::STEAM), None);
        assert_eq!(completed(Medium::HEAT_COOLING), None);
        assert_eq!(
            pattern.with_a(5).with_f(1).complete(Medium::STEAM),
            Some(ObisCode([5, 0, 1, 0, 0, 1]))
        );
    }

    #[test]
    fn a_code_is_a_pattern_of_itself() {
        let code = ObisCode([1, 0, 1, 8, 0, 255]);
        let pattern = ObisPattern::from(code);
        assert!(pattern.matches(code));
        assert!(!pattern.matches(code.with_f(0)));
        assert_eq!(pattern.complete(Medium::GAS), Some(code));
    }
}
