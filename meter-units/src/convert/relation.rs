//! What two units have to do with each other.

use super::{ConvertError, How};
use crate::decimal::fraction::{Fraction, gcd};
use crate::decimal::wide::Wide;
use crate::unit::Scale;
use crate::{Decimal, DecimalError, Kind, Unit};

/// How numbers of two units relate.
#[derive(Clone, Copy, Debug)]
pub(super) enum Relation {
    Factor(Factor),
    /// Temperatures: the offsets, in hundredths of their unit, count from absolute zero.
    Affine {
        factor: Factor,
        from_offset: u32,
        from_power: i8,
        to_offset: u32,
        to_power: i8,
    },
}

impl Relation {
    pub(super) fn between(from: Unit, to: Unit) -> Result<Self, ConvertError> {
        check_kinds(from, to)?;
        let prefixes = difference(from.prefix().power(), to.prefix().power());
        let factor = match (from.base().row().scale, to.base().row().scale) {
            _ if from.base() == to.base() => Factor::ONE.times(1, 1, prefixes),
            (Scale::Affine(a, b, from_offset), Scale::Affine(c, d, to_offset))
                if from.kind() == Kind::Temperature =>
            {
                let factor = Factor::ONE.times(a, b, 0).and_then(|f| f.times(d, c, 0));
                return Ok(Self::Affine {
                    factor: factor.ok_or(ConvertError::Overflow)?,
                    from_offset,
                    from_power: from.prefix().power(),
                    to_offset,
                    to_power: to.prefix().power(),
                });
            }
            (Scale::Unstated, _) | (_, Scale::Unstated) => return Err(ConvertError::Ambiguous),
            (Scale::Ratio(a, b, m), Scale::Ratio(c, d, n)) => Factor::ONE
                .times(a, b, prefixes)
                .and_then(|f| f.times(d, c, difference(m, n))),
            _ => return Err(ConvertError::NotLinear),
        };
        factor
            .and_then(|factor| factor.per(from, to))
            .map(Self::Factor)
            .ok_or(ConvertError::Overflow)
    }

    pub(super) fn apply(self, value: Decimal, how: How) -> Result<Decimal, ConvertError> {
        let fraction = match self {
            Self::Factor(factor) if factor.is_power_of_ten() => {
                return factor.shift(value, how).ok_or(ConvertError::Overflow);
            }
            Self::Factor(factor) => Some(factor.multiply(value)),
            Self::Affine {
                factor,
                from_offset,
                from_power,
                to_offset,
                to_power,
            } => from_absolute_zero(value, from_power, from_offset, factor, to_offset, to_power),
        };
        let fraction = fraction.ok_or(ConvertError::Overflow)?;
        let exact = fraction.exact().map(Decimal::normalized);
        match (how, exact) {
            (How::Exact, Err(DecimalError::Inexact)) => Err(ConvertError::Inexact),
            (How::Exact, exact) => exact.map_err(|_| ConvertError::Overflow),
            (How::Rounded { places, .. }, Ok(exact)) if has_at_most(exact, places) => Ok(exact),
            (How::Rounded { places, rounding }, _) => {
                fraction.cut(places, rounding).ok_or(ConvertError::Overflow)
            }
        }
    }
}

/// Whether `value` has no more than `places` digits after the point.
fn has_at_most(value: Decimal, places: i8) -> bool {
    i16::from(value.exponent()) >= i16::from(places).wrapping_neg()
}

fn difference(a: i8, b: i8) -> i32 {
    i32::from(a).wrapping_sub(i32::from(b))
}

fn check_kinds(from: Unit, to: Unit) -> Result<(), ConvertError> {
    let (kind, other) = (from.kind(), to.kind());
    if kind.is_bent_from(other) {
        return Err(ConvertError::NotLinear);
    }
    let equal = kind == other
        && (kind != Kind::Compound
            || (from.base().kind() == to.base().kind() && have_equal_divisors(from, to)));
    if equal {
        Ok(())
    } else {
        Err(ConvertError::KindMismatch)
    }
}

fn have_equal_divisors(from: Unit, to: Unit) -> bool {
    from.per() == to.per()
        || match (from.per().divisor(), to.per().divisor()) {
            (Some(from), Some(to)) => from.kind() == to.kind(),
            _ => false,
        }
}

/// `numerator` / `denominator` × 10^`power`, without a common factor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Factor {
    numerator: u64,
    denominator: u64,
    power: i32,
}

impl Factor {
    const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
        power: 0,
    };

    fn times(self, numerator: u64, denominator: u64, power: i32) -> Option<Self> {
        let down = gcd(self.numerator, denominator);
        let up = gcd(numerator, self.denominator);
        let numerator = (self.numerator.checked_div(down)?).checked_mul(numerator.checked_div(up)?);
        let denominator =
            (self.denominator.checked_div(up)?).checked_mul(denominator.checked_div(down)?);
        Some(Self {
            numerator: numerator?,
            denominator: denominator?,
            power: self.power.checked_add(power)?,
        })
    }

    /// Takes in what the units are divided by.
    fn per(self, from: Unit, to: Unit) -> Option<Self> {
        if from.per() == to.per() {
            return Some(self);
        }
        let mut factor = self;
        if let Some((numerator, denominator, power)) = divisor(from) {
            factor = factor.times(denominator, numerator, power.checked_neg()?)?;
        }
        if let Some((numerator, denominator, power)) = divisor(to) {
            factor = factor.times(numerator, denominator, power)?;
        }
        Some(factor)
    }

    const fn is_power_of_ten(self) -> bool {
        self.numerator == 1 && self.denominator == 1
    }

    /// Moves the decimal point.
    fn shift(self, value: Decimal, how: How) -> Option<Decimal> {
        let power = i32::from(value.exponent()).saturating_add(self.power);
        match how {
            How::Rounded { places, rounding } if power < i32::from(places).wrapping_neg() => {
                self.multiply(value).cut(places, rounding)
            }
            _ => Decimal::nearest(value.is_negative(), value.coefficient(), power),
        }
    }

    fn multiply(self, value: Decimal) -> Fraction {
        Fraction::of(value, self.numerator, self.denominator, self.power)
    }
}

/// The ratio of what a unit is divided by.
fn divisor(unit: Unit) -> Option<(u64, u64, i32)> {
    let divisor = unit.per().divisor()?;
    match divisor.base().row().scale {
        Scale::Ratio(numerator, denominator, power) => {
            let power = i32::from(power).checked_add(i32::from(divisor.prefix().power()))?;
            Some((numerator, denominator, power))
        }
        Scale::Affine(..) | Scale::Unstated | Scale::Unrelated => None,
    }
}

/// ((value + `from_offset`) × factor) - `to_offset`, as one fraction.
fn from_absolute_zero(
    value: Decimal,
    from_power: i8,
    from_offset: u32,
    factor: Factor,
    to_offset: u32,
    to_power: i8,
) -> Option<Fraction> {
    const HUNDREDTHS: i32 = -2;
    let exponent = i32::from(value.exponent()).checked_add(i32::from(from_power))?;
    // Everything counts in units of 10^finest.
    let finest = exponent.min(HUNDREDTHS);
    let offset = |hundredths: u32, factor: u64| {
        Wide::from(u64::from(hundredths))
            .checked_scale(HUNDREDTHS.abs_diff(finest))?
            .checked_mul(factor)
    };
    let value_part = Wide::from(value.coefficient())
        .checked_scale(exponent.abs_diff(finest))?
        .checked_mul(factor.numerator)?;
    let zero_shift =
        offset(from_offset, factor.numerator)?.distance(offset(to_offset, factor.denominator)?);
    let (negative, numerator) = sum(
        (value.is_negative(), value_part),
        (zero_shift.1, zero_shift.0),
    )?;
    Some(Fraction {
        negative,
        numerator,
        denominator: factor.denominator,
        power: finest.checked_sub(i32::from(to_power))?,
    })
}

/// The sum of two numbers with sign.
fn sum(a: (bool, Wide), b: (bool, Wide)) -> Option<(bool, Wide)> {
    if a.0 == b.0 {
        return Some((a.0, a.1.checked_add(b.1)?));
    }
    let (distance, b_is_larger) = a.1.distance(b.1);
    Some((if b_is_larger { b.0 } else { a.0 }, distance))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BaseUnit, Per, Prefix};

    fn one(from: Unit, to: Unit) -> Result<(bool, u64, i8), ConvertError> {
        let one = Decimal::new(1, 0).unwrap();
        from.convert(one, to, How::Exact)
            .map(|value| (value.is_negative(), value.coefficient(), value.exponent()))
    }

    #[test]
    fn quotients_convert_with_what_they_are_divided_by() {
        let per = |unit: Unit, per| unit.with_per(per);
        let cases = [
            (per(Unit::KWH, Per::Hour), Unit::KW, Ok((false, 1, 0))),
            (
                per(Unit::KWH, Per::Hour),
                per(Unit::WH, Per::Day),
                Ok((false, 24, 3)),
            ),
            (
                per(Unit::KWH, Per::Litre),
                per(Unit::KWH, Per::CubicMetre),
                Ok((false, 1, 3)),
            ),
            (
                per(Unit::M3, Per::Hour),
                Unit::LITRE_PER_MIN,
                Err(ConvertError::Inexact),
            ),
            (
                per(Unit::M3, Per::Kelvin),
                per(Unit::LITRE, Per::Kelvin),
                Ok((false, 1, 3)),
            ),
            (
                per(Unit::V, Per::KilowattHour),
                per(Unit::V, Per::Gigajoule),
                Err(ConvertError::Inexact),
            ),
            (
                per(Unit::V, Per::Gigajoule),
                per(Unit::V, Per::KilowattHour),
                Ok((false, 36, -4)),
            ),
            (
                per(Unit::WH, Per::InputPulse0),
                per(Unit::KWH, Per::InputPulse0),
                Ok((false, 1, -3)),
            ),
            (
                per(Unit::WH, Per::InputPulse0),
                per(Unit::WH, Per::InputPulse1),
                Err(ConvertError::KindMismatch),
            ),
            (
                per(Unit::KWH, Per::Kelvin),
                per(Unit::M3, Per::Kelvin),
                Err(ConvertError::KindMismatch),
            ),
            (
                per(Unit::CELSIUS, Per::Hour),
                per(Unit::FAHRENHEIT, Per::Hour),
                Err(ConvertError::NotLinear),
            ),
            (
                per(Unit::CAL, Per::Hour),
                Unit::W,
                Err(ConvertError::Ambiguous),
            ),
        ];
        for (from, to, result) in cases {
            assert_eq!(one(from, to), result, "{from} in {to}");
        }
    }

    #[test]
    fn every_pair_of_a_kind_has_a_factor_of_64_bits() {
        let units = BaseUnit::ALL.iter().flat_map(|base| {
            Per::ALL
                .iter()
                .map(move |per| Unit::prefixed(Prefix::Kilo, *base).with_per(*per))
        });
        for from in units.clone() {
            for to in units.clone() {
                let relation = Relation::between(from, to);
                assert_ne!(
                    relation.err(),
                    Some(ConvertError::Overflow),
                    "{from} in {to}"
                );
            }
        }
    }
}
