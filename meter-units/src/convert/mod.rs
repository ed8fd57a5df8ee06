//! Numbers from one unit to another.

mod relation;

use crate::{Decimal, Number, Rounding, Unit};

use relation::Relation;

/// What becomes of a result with endless or too many digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// It is an error; nothing is rounded.
    Exact,
    /// It is rounded once, from the exact fraction.
    Rounded {
        /// Digits after the decimal point, where more than 40 count as 40; negative for tens,
        /// hundreds, …
        ///
        /// A result that is exact with fewer digits is not padded.
        places: i8,
        /// What happens to the digits that are dropped.
        rounding: Rounding,
    },
}

/// Why a number has no value in another unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ConvertError {
    /// The units measure different things.
    #[error("the units measure different things")]
    KindMismatch,
    /// One unit has several definitions and its source does not say which one it means.
    #[error("the source does not say which definition of the unit it means")]
    Ambiguous,
    /// The units are related, but by a logarithm or a calendar instead of a factor.
    #[error("no constant factor relates the units")]
    NotLinear,
    /// The result has endless digits.
    #[error("the result is not a finite decimal")]
    Inexact,
    /// The result has too many digits for a decimal, or is out of its range.
    #[error("the result does not fit a decimal")]
    Overflow,
}

impl Unit {
    /// What `value` of this unit is in another unit.
    ///
    /// Between units that differ by a power of ten the digits stay as they are (12.50 kWh is
    /// 12 500 Wh with a resolution of 10 Wh); other results have no trailing zeros.
    ///
    /// # Errors
    ///
    /// [`ConvertError::KindMismatch`] or [`ConvertError::NotLinear`] if the units differ in kind,
    /// which includes volumes at base conditions against metered ones; [`ConvertError::Ambiguous`]
    /// if a calorie or BTU of unstated kind meets any other unit; [`ConvertError::Inexact`] under
    /// [`How::Exact`] only; [`ConvertError::Overflow`].
    ///
    /// # Examples
    ///
    /// ```
    /// use meter_units::{ConvertError, Decimal, How, Rounding, Unit};
    ///
    /// # fn main() -> Result<(), ConvertError> {
    /// # let decimal = |digits, power| Decimal::new(digits, power).ok_or(ConvertError::Overflow);
    /// let body = Unit::FAHRENHEIT.convert(decimal(986, -1)?, Unit::CELSIUS, How::Exact)?;
    /// assert_eq!(body, decimal(37, 0)?);
    ///
    /// let joules = decimal(119_382, 6)?;
    /// let exact = Unit::J.convert(joules, Unit::KWH, How::Exact);
    /// assert_eq!(exact, Err(ConvertError::Inexact));
    ///
    /// let how = How::Rounded { places: 1, rounding: Rounding::HalfEven };
    /// assert_eq!(Unit::J.convert(joules, Unit::KWH, how)?, decimal(331_617, -1)?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn convert(self, value: Decimal, to: Self, how: How) -> Result<Decimal, ConvertError> {
        Relation::between(self, to)?.apply(value, how)
    }
}

impl Number {
    /// What the number is in another unit.
    ///
    /// A float is converted as the shortest decimal that names it, and the result is the nearest
    /// float of the same width: 4.35 m³ are 4350 l and not 4349.999…. A float that is not finite
    /// stays as it is.
    ///
    /// # Errors
    ///
    /// As for [`Unit::convert`].
    pub fn convert(self, from: Unit, to: Unit, how: How) -> Result<Self, ConvertError> {
        let relation = Relation::between(from, to)?;
        match self {
            Self::Decimal(value) => relation.apply(value, how).map(Self::Decimal),
            Self::F32(value) if value.is_finite() => {
                let value =
                    Decimal::try_from_f32_shortest(value).map_err(|_| ConvertError::Overflow)?;
                Ok(Self::F32(relation.apply(value, how)?.to_f32()))
            }
            Self::F64(value) if value.is_finite() => {
                let value =
                    Decimal::try_from_f64_shortest(value).map_err(|_| ConvertError::Overflow)?;
                Ok(Self::F64(relation.apply(value, how)?.to_f64()))
            }
            Self::F32(_) | Self::F64(_) => Ok(self),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::{BaseUnit, Prefix};

    fn decimal(coefficient: i64, exponent: i8) -> Decimal {
        Decimal::new(coefficient, exponent).unwrap()
    }

    fn parts(value: Decimal) -> (bool, u64, i8) {
        (value.is_negative(), value.coefficient(), value.exponent())
    }

    /// Sign, digits without trailing zeros, power of ten.
    fn value(decimal: Decimal) -> (bool, u64, i16) {
        let (negative, mut coefficient, exponent) = parts(decimal);
        let mut exponent = i16::from(exponent);
        if coefficient == 0 {
            return (false, 0, 0);
        }
        while coefficient % 10 == 0 {
            coefficient /= 10;
            exponent += 1;
        }
        (negative, coefficient, exponent)
    }

    fn exact(from: Unit, number: Decimal, to: Unit) -> Result<(bool, u64, i8), ConvertError> {
        from.convert(number, to, How::Exact).map(parts)
    }

    const CALORIE_IT: Unit = Unit::prefixed(Prefix::Giga, BaseUnit::CalorieIt);

    #[test]
    fn finite_results_are_exact() {
        let cases = [
            (Unit::WH, 1, 0, Unit::J, 36, 2),
            (Unit::J, 3600, 0, Unit::WH, 1, 0),
            (Unit::FAHRENHEIT, 986, -1, Unit::CELSIUS, 37, 0),
            (Unit::FAHRENHEIT, 212, 0, Unit::CELSIUS, 1, 2),
            (Unit::FAHRENHEIT, -40, 0, Unit::CELSIUS, -4, 1),
            (Unit::CELSIUS, 215, -1, Unit::KELVIN, 29465, -2),
            (Unit::CELSIUS, -27315, -2, Unit::KELVIN, 0, 0),
            (Unit::CELSIUS, 1, -2, Unit::FAHRENHEIT, 32018, -3),
            (Unit::KELVIN, 0, 0, Unit::FAHRENHEIT, -45967, -2),
            (
                Unit::FAHRENHEIT_DIFFERENCE,
                18,
                0,
                Unit::KELVIN_DIFFERENCE,
                1,
                1,
            ),
            (Unit::US_GALLON, 1, 0, Unit::M3, 3_785_411_784, -12),
            (CALORIE_IT, 1, 0, Unit::MWH, 1163, -3),
            (Unit::MONTH, 36, 0, Unit::YEAR, 3, 0),
            (Unit::YEAR, 1, 0, Unit::MONTH, 12, 0),
            (Unit::HOUR, 24, 0, Unit::DAY, 1, 0),
            (Unit::J_PER_H, 3600, 0, Unit::W, 1, 0),
        ];
        for (from, coefficient, exponent, to, result, power) in cases {
            assert_eq!(
                exact(from, decimal(coefficient, exponent), to),
                Ok(parts(decimal(result, power))),
                "{coefficient}e{exponent} {from} in {to}"
            );
        }
    }

    #[test]
    fn every_ratio_follows_from_its_definition() {
        use BaseUnit as B;

        let cases = [
            (B::WattHour, B::Joule, 3600, 0),
            (B::CalorieIt, B::Joule, 41_868, -4),
            (B::CalorieTh, B::Joule, 4184, -3),
            (B::BtuIt, B::Joule, 105_505_585_262, -8),
            (B::BtuItPerSecond, B::Watt, 105_505_585_262, -8),
            (B::AmpereHour, B::Coulomb, 3600, 0),
            (B::Litre, B::CubicMetre, 1, -3),
            (B::CubicFoot, B::CubicMetre, 28_316_846_592, -12),
            (B::HundredCubicFeet, B::CubicFoot, 100, 0),
            (B::UsGallon, B::Litre, 3_785_411_784, -9),
            (B::ImperialGallon, B::Litre, 454_609, -5),
            (B::CubicMetrePerSecond, B::CubicMetrePerHour, 3600, 0),
            (B::CubicMetrePerMinute, B::CubicMetrePerHour, 60, 0),
            (B::CubicMetrePerHour, B::CubicMetrePerDay, 24, 0),
            (B::CubicMetreNormPerHour, B::CubicMetreNormPerDay, 24, 0),
            (B::CubicMetrePerHour, B::LitrePerHour, 1, 3),
            (B::LitrePerMinute, B::LitrePerHour, 60, 0),
            (B::UsGallonPerSecond, B::UsGallonPerMinute, 60, 0),
            (B::UsGallonPerMinute, B::UsGallonPerHour, 60, 0),
            (
                B::UsGallonPerSecond,
                B::CubicMetrePerSecond,
                3_785_411_784,
                -12,
            ),
            (B::Tonne, B::Gram, 1, 6),
            (B::KilogramPerSecond, B::KilogramPerHour, 3600, 0),
            (B::TonnePerHour, B::KilogramPerHour, 1, 3),
            (B::Bar, B::Pascal, 1, 5),
            (B::Minute, B::Second, 60, 0),
            (B::Hour, B::Minute, 60, 0),
            (B::Day, B::Hour, 24, 0),
            (B::Week, B::Day, 7, 0),
            (B::One, B::Percent, 100, 0),
            (B::Percent, B::Ppm, 1, 4),
            (B::KilowattHourPerCubicMetre, B::JoulePerCubicMetre, 36, 5),
        ];
        for (from, to, coefficient, exponent) in cases {
            let result = Unit::new(from).convert(decimal(1, 0), Unit::new(to), How::Exact);
            let expected = value(decimal(coefficient, exponent));
            assert_eq!(result.map(value), Ok(expected), "{from:?}");
        }
        // 1 BTU_th is 4.184 J × 453.59237 × 5/9; 1 psi is the weight of 1 lb on a square inch.
        let how = How::Rounded {
            places: 10,
            rounding: Rounding::TowardZero,
        };
        let inexact = [
            (B::BtuTh, B::Joule, 10_543_502_644_888, -10),
            (B::BtuItPerHour, B::Watt, 2_930_710_701, -10),
            (B::Psi, B::Pascal, 68_947_572_931_683, -10),
        ];
        for (from, to, coefficient, exponent) in inexact {
            let result = Unit::new(from).convert(decimal(1, 0), Unit::new(to), how);
            let expected = value(decimal(coefficient, exponent));
            assert_eq!(result.map(value), Ok(expected), "{from:?}");
        }
    }

    #[test]
    fn a_power_of_ten_keeps_the_digits() {
        let cases = [
            (Unit::KWH, 1250, -2, Unit::WH, 1250, 1),
            (Unit::WH, 267, 3, Unit::KWH, 267, 0),
            (Unit::M3, 1000, -3, Unit::LITRE, 1000, 0),
            (Unit::M3_PER_H, 1230, -3, Unit::LITRE_PER_H, 1230, 0),
            (Unit::BAR, 100, -2, Unit::PASCAL, 100, 3),
            (Unit::KCAL, 10, 0, Unit::MCAL, 10, -3),
            (Unit::DBM, -700, -1, Unit::DBM, -700, -1),
        ];
        for (from, coefficient, exponent, to, result, power) in cases {
            assert_eq!(
                exact(from, decimal(coefficient, exponent), to),
                Ok(parts(decimal(result, power)))
            );
        }
    }

    #[test]
    fn what_must_not_convert_is_refused() {
        use ConvertError::{Ambiguous, Inexact, KindMismatch, NotLinear, Overflow};

        let cases = [
            (Unit::VARH, Unit::WH, KindMismatch),
            (Unit::VA, Unit::W, KindMismatch),
            (Unit::NORM_M3, Unit::M3, KindMismatch),
            (Unit::KELVIN, Unit::KELVIN_DIFFERENCE, KindMismatch),
            (Unit::COULOMB, Unit::CELSIUS, KindMismatch),
            (Unit::CAL, Unit::J, Ambiguous),
            (Unit::GJ, Unit::GCAL, Ambiguous),
            (Unit::CAL, CALORIE_IT, Ambiguous),
            (Unit::CAL, Unit::KBTU, Ambiguous),
            (Unit::DBM, Unit::W, NotLinear),
            (Unit::MONTH, Unit::DAY, NotLinear),
            (Unit::J, Unit::WH, Inexact),
        ];
        for (from, to, error) in cases {
            assert_eq!(exact(from, decimal(1, 0), to), Err(error), "{from} in {to}");
        }
        let largest = Decimal::from_parts(false, u64::MAX, 0).unwrap();
        assert_eq!(exact(Unit::WH, largest, Unit::J), Err(Overflow));
        assert_eq!(
            exact(Unit::CELSIUS, decimal(1, 40), Unit::KELVIN),
            Err(Overflow)
        );
        assert_eq!(exact(Unit::WH, decimal(1, -40), Unit::KWH), Err(Overflow));
    }

    #[test]
    fn rounding_happens_once_and_where_it_is_asked() {
        let how = |places| How::Rounded {
            places,
            rounding: Rounding::HalfEven,
        };
        let cases = [
            (
                Unit::J,
                decimal(119_382, 6),
                Unit::WH,
                9,
                (false, 33_161_666_666_666_667, -9),
            ),
            (
                Unit::FAHRENHEIT,
                decimal(70, 0),
                Unit::CELSIUS,
                2,
                (false, 2111, -2),
            ),
            (
                Unit::FAHRENHEIT,
                decimal(1, 0),
                Unit::CELSIUS,
                0,
                (true, 17, 0),
            ),
            (
                Unit::CELSIUS,
                decimal(1, -40),
                Unit::KELVIN,
                2,
                (false, 27315, -2),
            ),
            (
                Unit::WH,
                decimal(12_345, 0),
                Unit::KWH,
                2,
                (false, 1234, -2),
            ),
            (
                Unit::WH,
                decimal(12_300, 0),
                Unit::KWH,
                5,
                (false, 12_300, -3),
            ),
            (Unit::WH, decimal(12_355, 0), Unit::KWH, -1, (false, 1, 1)),
            (Unit::WH, decimal(1, 18), Unit::KWH, 40, (false, 1, 15)),
        ];
        for (from, number, to, places, result) in cases {
            assert_eq!(
                from.convert(number, to, how(places)).map(parts),
                Ok(result),
                "{from}"
            );
        }
        assert_eq!(
            Unit::J.convert(decimal(1, 18), Unit::WH, how(9)),
            Err(ConvertError::Overflow)
        );
    }

    #[test]
    fn floats_convert_as_the_text_that_names_them() {
        let exact = |number: Number, from, to| number.convert(from, to, How::Exact);
        let cases = [
            (
                Number::F64(4.35),
                Unit::M3,
                Unit::LITRE,
                Number::F64(4350.0),
            ),
            (
                Number::F64(1.1e-7),
                Unit::KWH,
                Unit::WH,
                Number::F64(1.1e-4),
            ),
            (Number::F32(0.1), Unit::KWH, Unit::WH, Number::F32(100.0)),
            (
                Number::F32(-40.0),
                Unit::CELSIUS,
                Unit::FAHRENHEIT,
                Number::F32(-40.0),
            ),
            (
                Number::F32(f32::INFINITY),
                Unit::KWH,
                Unit::WH,
                Number::F32(f32::INFINITY),
            ),
            (
                Number::Decimal(decimal(5, 0)),
                Unit::KWH,
                Unit::WH,
                Number::Decimal(decimal(5, 3)),
            ),
        ];
        for (number, from, to, result) in cases {
            assert_eq!(exact(number, from, to), Ok(result));
        }
        assert!(matches!(
            exact(Number::F64(f64::NAN), Unit::KWH, Unit::WH),
            Ok(Number::F64(value)) if value.is_nan()
        ));
        assert_eq!(
            exact(Number::F64(f64::NAN), Unit::KWH, Unit::M3),
            Err(ConvertError::KindMismatch)
        );
        assert_eq!(
            exact(Number::F64(1e300), Unit::KWH, Unit::WH),
            Err(ConvertError::Overflow)
        );
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        (select(BaseUnit::ALL), select(Prefix::ALL)).prop_map(|(base, prefix)| {
            let usual = if base.takes(prefix) {
                prefix
            } else {
                Prefix::None
            };
            Unit::prefixed(usual, base)
        })
    }

    fn any_pair_of_a_kind() -> impl Strategy<Value = (Unit, Unit)> {
        (
            any_unit(),
            any::<proptest::sample::Index>(),
            select(Prefix::ALL),
        )
            .prop_map(|(from, index, prefix)| {
                let peers: Vec<_> = BaseUnit::ALL
                    .iter()
                    .filter(|base| base.kind() == from.kind())
                    .collect();
                let base = **index.get(&peers);
                let usual = if base.takes(prefix) {
                    prefix
                } else {
                    Prefix::None
                };
                (from, Unit::prefixed(usual, base))
            })
    }

    fn any_decimal() -> impl Strategy<Value = Decimal> {
        let coefficient = prop_oneof![0..100_000_u64, any::<u64>()];
        (any::<bool>(), coefficient, -40..=40_i8).prop_map(|(negative, digits, power)| {
            Decimal::from_parts(negative, digits, power).unwrap()
        })
    }

    fn any_rounding() -> impl Strategy<Value = Rounding> {
        select(&[
            Rounding::HalfEven,
            Rounding::HalfUp,
            Rounding::TowardZero,
            Rounding::Floor,
            Rounding::Ceiling,
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn exact_conversion_can_be_undone((from, to) in any_pair_of_a_kind(), number in any_decimal()) {
            if let Ok(there) = from.convert(number, to, How::Exact) {
                let back = to.convert(there, from, How::Exact);
                prop_assert_eq!(back.map(value), Ok(value(number)));
            }
        }

        #[test]
        fn different_kinds_never_convert(from in any_unit(), to in any_unit(), number in any_decimal()) {
            let bent = from.kind().is_bent_from(to.kind());
            let expected = if bent { ConvertError::NotLinear } else { ConvertError::KindMismatch };
            if from.kind() != to.kind() {
                prop_assert_eq!(from.convert(number, to, How::Exact), Err(expected));
            }
        }

        #[test]
        fn rounded_results_enclose_the_exact_one(
            (from, to) in any_pair_of_a_kind(),
            number in any_decimal(),
            places: i8,
            rounding in any_rounding(),
        ) {
            let at = |rounding| from.convert(number, to, How::Rounded { places, rounding });
            let (Ok(floor), Ok(ceiling)) = (at(Rounding::Floor), at(Rounding::Ceiling)) else {
                return Ok(());
            };
            let between = at(rounding).map(value);
            prop_assert!(between == Ok(value(floor)) || between == Ok(value(ceiling)));
            let exact = from.convert(number, to, How::Exact);
            let whole = |value: Decimal| i16::from(value.exponent()) == -i16::from(places);
            if whole(floor) && whole(ceiling) {
                let signed = |value: Decimal| {
                    let digits = i128::from(value.coefficient());
                    if value.is_negative() { -digits } else { digits }
                };
                let steps = signed(ceiling) - signed(floor);
                prop_assert!((0..=1).contains(&steps));
                prop_assert!(steps == 0 || exact.map(value) != Ok(value(floor)));
            }
            if let Ok(exact) = exact {
                let few = value(exact).1 == 0 || value(exact).2 >= -i16::from(places.min(40));
                prop_assert_eq!(few, value(floor) == value(ceiling));
            }
        }
    }
}
