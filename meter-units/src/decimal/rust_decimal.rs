//! Bridge to the crate `rust_decimal`: 96 bits, scale 0 to 28.

use rust_decimal::Decimal as Other;

use super::{Decimal, DecimalError};

impl TryFrom<Decimal> for Other {
    type Error = DecimalError;

    /// The same value, at the same number of places where they are not more than 28.
    ///
    /// A positive exponent becomes zeros. Fails with [`DecimalError::Overflow`] if the value
    /// needs more than 96 bits or more than 28 places.
    fn try_from(decimal: Decimal) -> Result<Self, DecimalError> {
        let mut coefficient = i128::from(decimal.coefficient);
        let mut exponent = decimal.exponent;
        while exponent > 0 {
            coefficient = coefficient.checked_mul(10).ok_or(DecimalError::Overflow)?;
            exponent = exponent.wrapping_sub(1);
        }
        while exponent < -28 {
            if coefficient % 10 != 0 {
                return Err(DecimalError::Overflow);
            }
            coefficient /= 10;
            exponent = exponent.wrapping_add(1);
        }
        if decimal.is_negative() {
            coefficient = coefficient.wrapping_neg();
        }
        Self::try_from_i128_with_scale(coefficient, exponent.unsigned_abs().into())
            .map_err(|_| DecimalError::Overflow)
    }
}

impl TryFrom<Other> for Decimal {
    type Error = DecimalError;

    /// The same value, with the scale as negative exponent where the digits allow it.
    ///
    /// Fails with [`DecimalError::Overflow`] if the value needs more than 64 bits.
    fn try_from(other: Other) -> Result<Self, DecimalError> {
        let mantissa = other.mantissa();
        let exponent = i16::try_from(other.scale())
            .unwrap_or(i16::MAX)
            .saturating_neg();
        Self::fit(mantissa < 0, mantissa.unsigned_abs(), exponent)
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;
    use crate::decimal::tests::{any_decimal, decimal};

    #[test]
    fn values_keep_their_places() {
        let there = Other::try_from(decimal("-1.50")).unwrap();
        assert_eq!(there.to_string(), "-1.50");
        let back = Decimal::try_from(there).unwrap();
        assert!(back.same_repr(&decimal("-1.50")));
        assert_eq!(
            Other::try_from(decimal("267e3")).unwrap().to_string(),
            "267000"
        );
    }

    #[test]
    fn values_that_do_not_fit_are_refused() {
        for text in ["1e29", "1e-29", "18446744073709551615e10", "1e40"] {
            let there = Other::try_from(decimal(text));
            assert_eq!(there, Err(DecimalError::Overflow), "{text}");
        }
        assert_eq!(Other::try_from(decimal("10e-29")), Ok(Other::new(1, 28)));
        assert_eq!(Decimal::try_from(Other::MAX), Err(DecimalError::Overflow));
        let long: Other = "18446744073709551615.000000".parse().unwrap();
        assert_eq!(Decimal::try_from(long), Ok(Decimal::from(u64::MAX)));
    }

    proptest! {
        #[test]
        fn values_come_back(x in any_decimal()) {
            if let Ok(there) = Other::try_from(x) {
                prop_assert_eq!(Decimal::try_from(there), Ok(x));
                let text: Other = x.to_string().parse().unwrap();
                prop_assert_eq!(there, text);
            }
        }
    }
}
