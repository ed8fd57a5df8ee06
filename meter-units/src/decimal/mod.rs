//! Exact decimal numbers.

/// An exact decimal: sign, coefficient of 64 bits, power of ten.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decimal {
    coefficient: u64,
    exponent: i8,
    sign: Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Positive,
    Negative,
}

impl Decimal {
    /// The smallest exponent.
    pub const MIN_EXPONENT: i8 = -40;
    /// The largest exponent.
    pub const MAX_EXPONENT: i8 = 40;

    /// `coefficient` × 10^`exponent`; `None` if the exponent is outside -40..=40.
    #[must_use]
    pub const fn new(coefficient: i64, exponent: i8) -> Option<Self> {
        Self::from_parts(coefficient < 0, coefficient.unsigned_abs(), exponent)
    }

    /// Sign, coefficient and exponent; `None` if the exponent is outside -40..=40.
    #[must_use]
    pub const fn from_parts(negative: bool, coefficient: u64, exponent: i8) -> Option<Self> {
        if exponent < Self::MIN_EXPONENT || exponent > Self::MAX_EXPONENT {
            return None;
        }
        let sign = if negative && coefficient != 0 {
            Sign::Negative
        } else {
            Sign::Positive
        };
        Some(Self {
            coefficient,
            exponent,
            sign,
        })
    }

    /// The digits, without sign.
    #[must_use]
    pub const fn coefficient(&self) -> u64 {
        self.coefficient
    }

    /// The power of ten.
    #[must_use]
    pub const fn exponent(&self) -> i8 {
        self.exponent
    }

    /// Whether it is below zero.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        matches!(self.sign, Sign::Negative)
    }
}
