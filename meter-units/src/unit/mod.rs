//! Units: a base unit, an SI prefix, and what the whole is divided or multiplied by.

mod codes;
mod kind;
mod named;
mod parse;
mod per;
mod prefix;
#[cfg(feature = "serde")]
mod serde;
mod table;
mod text;

pub use codes::DlmsUnit;
pub use kind::Kind;
pub use parse::ParseUnitError;
pub use per::Per;
pub use prefix::Prefix;
pub use table::BaseUnit;
pub use text::UnitText;

pub(crate) use table::Scale;

/// A unit: a base unit with an SI prefix, and what it is divided or multiplied by.
///
/// Energy of 1 kWh and of 1000 Wh differ by a power of ten only, so the prefix is a part of its
/// own. `Display` writes the usual symbol (`kWh`, `m³/h`) and with `{:#}` its ASCII form (`m3/h`);
/// `FromStr` reads both, and the spellings that meters and gateways use.
///
/// # Examples
///
/// ```
/// use meter_units::{Kind, Unit};
///
/// let unit: Unit = "m^3/h".parse()?;
/// assert_eq!(unit, Unit::M3_PER_H);
/// assert_eq!(unit.kind(), Kind::VolumeFlow);
/// assert_eq!(format!("{unit} {unit:#}"), "m³/h m3/h");
/// assert_eq!(Unit::KWH.t29(), Some((5, 3)));
/// # Ok::<(), meter_units::ParseUnitError>(())
/// ```
#[repr(align(4))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    base: BaseUnit,
    prefix: Prefix,
    per: Per,
}

const _: () = assert!(size_of::<Unit>() == 4);

impl Unit {
    /// A base unit without prefix.
    #[must_use]
    pub const fn new(base: BaseUnit) -> Self {
        Self::prefixed(Prefix::None, base)
    }

    /// A base unit with a prefix, whether it is usual or not.
    ///
    /// The text of an unusual one spells the power of ten out: `10^3 m³`.
    #[must_use]
    pub const fn prefixed(prefix: Prefix, base: BaseUnit) -> Self {
        Self {
            base,
            prefix,
            per: Per::None,
        }
    }

    /// The same unit, divided or multiplied as `per` says instead of what it said before.
    ///
    /// Where the table of base units has the result, this is that base unit: cubic meter per hour
    /// is [`BaseUnit::CubicMetrePerHour`]. So equal units compare equal, whichever way they were
    /// built.
    #[must_use]
    pub const fn with_per(self, per: Per) -> Self {
        match per.combine(self.base, self.prefix) {
            Some((prefix, base, per)) => Self { base, prefix, per },
            None => Self { per, ..self },
        }
    }

    /// The base unit.
    #[must_use]
    pub const fn base(self) -> BaseUnit {
        self.base
    }

    /// The prefix of the base unit.
    #[must_use]
    pub const fn prefix(self) -> Prefix {
        self.prefix
    }

    /// What the unit is divided or multiplied by.
    #[must_use]
    pub const fn per(self) -> Per {
        self.per
    }

    /// What the unit measures.
    ///
    /// A quotient has the kind that the table knows for it (energy per time is [`Kind::Power`]), any
    /// other is [`Kind::Compound`].
    #[must_use]
    pub const fn kind(self) -> Kind {
        let kind = self.base.kind();
        match (kind, self.per, self.per.divisor()) {
            (_, Per::None, _) => kind,
            // With a prefix: without, it is a base unit.
            (Kind::Voltage, Per::TimesSecond, _) => Kind::VoltTime,
            (_, _, Some(divisor)) => kind.over(divisor.base.kind()),
            (_, _, None) => Kind::Compound,
        }
    }

    /// Whether the prefix is written before the symbol rather than as a power of ten.
    ///
    /// The milli of `mBTU/s` is one that a plain BTU must not have: `mBTU` is a thousand BTU to
    /// many.
    const fn has_usual_prefix(self) -> bool {
        self.base.takes(self.prefix)
            || matches!(
                (self.base, self.prefix, self.per),
                (BaseUnit::BtuUnspecified, Prefix::Milli, Per::Second)
            )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Decimal, How};

    #[test]
    fn quotients_in_the_table_are_base_units() {
        let kilolitre = Unit::prefixed(Prefix::Kilo, BaseUnit::Litre);
        let cases = [
            (Unit::M3.with_per(Per::Hour), Unit::M3_PER_H),
            (Unit::KJ.with_per(Per::Hour), Unit::KJ_PER_H),
            (Unit::KG.with_per(Per::Hour), Unit::KG_PER_H),
            (Unit::V.with_per(Per::TimesSecond), Unit::VOLT_SECOND),
            (
                Unit::V.with_per(Per::TimesSecondPerAmpere),
                Unit::VOLT_SECOND.with_per(Per::Ampere),
            ),
        ];
        for (built, named) in cases {
            assert_eq!(built, named);
        }
        assert_eq!(kilolitre.with_per(Per::Hour).base(), BaseUnit::Litre);
        assert_eq!(Unit::KWH.with_per(Per::Hour).base(), BaseUnit::WattHour);
    }

    #[test]
    fn a_quotient_has_the_kind_of_the_table_or_is_a_compound() {
        assert_eq!(Unit::KWH.with_per(Per::Hour).kind(), Kind::Power);
        assert_eq!(
            Unit::WH.with_per(Per::CubicMetre).kind(),
            Kind::EnergyDensity
        );
        assert_eq!(Unit::KWH.with_per(Per::InputPulse0).kind(), Kind::Compound);
        assert_eq!(Unit::KWH.with_per(Per::Kelvin).kind(), Kind::Compound);
        assert_eq!(Unit::CELSIUS.with_per(Per::Hour).kind(), Kind::Compound);
        assert_eq!(Unit::KWH.with_per(Per::TimesSecond).kind(), Kind::Compound);
    }

    #[test]
    fn a_prefix_does_not_change_the_kind_of_volt_seconds() {
        let kilovolt = Unit::prefixed(Prefix::Kilo, BaseUnit::Volt);
        let kilovolt_second = kilovolt.with_per(Per::TimesSecond);
        assert_eq!(kilovolt_second.kind(), Unit::VOLT_SECOND.kind());
        let one = Decimal::new(1, 0).unwrap();
        let converted = kilovolt_second.convert(one, Unit::VOLT_SECOND, How::Exact);
        assert_eq!(converted, Ok(Decimal::new(1, 3).unwrap()));
    }

    #[test]
    fn every_prefix_has_its_power() {
        for prefix in Prefix::ALL {
            assert_eq!(Prefix::from_power(prefix.power()), Some(*prefix));
        }
        assert_eq!(Prefix::from_power(1), None);
    }
}
