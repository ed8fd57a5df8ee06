//! What a unit is divided or multiplied by.

use super::{BaseUnit, Prefix, Unit};

/// What a unit is divided or multiplied by (combinable VIFE 20h to 38h of EN 13757-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Per {
    /// Nothing.
    None,
    /// Per second.
    Second,
    /// Per minute.
    Minute,
    /// Per hour.
    Hour,
    /// Per day.
    Day,
    /// Per week.
    Week,
    /// Per month.
    Month,
    /// Per year.
    Year,
    /// Per revolution or measurement.
    Revolution,
    /// Per input pulse on input channel 0.
    InputPulse0,
    /// Per input pulse on input channel 1.
    InputPulse1,
    /// Per output pulse on output channel 0.
    OutputPulse0,
    /// Per output pulse on output channel 1.
    OutputPulse1,
    /// Per liter.
    Litre,
    /// Per cubic meter.
    CubicMetre,
    /// Per kilogram.
    Kilogram,
    /// Per kelvin.
    Kelvin,
    /// Per kilowatt hour.
    KilowattHour,
    /// Per gigajoule.
    Gigajoule,
    /// Per kilowatt.
    Kilowatt,
    /// Per kelvin liter.
    KelvinLitre,
    /// Per volt.
    Volt,
    /// Per ampere.
    Ampere,
    /// Times second.
    TimesSecond,
    /// Times second per volt.
    TimesSecondPerVolt,
    /// Times second per ampere.
    TimesSecondPerAmpere,
}

impl Per {
    /// Every divisor and multiplier, in the order of the VIFEs.
    pub const ALL: &'static [Self] = &[
        Self::None,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Year,
        Self::Revolution,
        Self::InputPulse0,
        Self::InputPulse1,
        Self::OutputPulse0,
        Self::OutputPulse1,
        Self::Litre,
        Self::CubicMetre,
        Self::Kilogram,
        Self::Kelvin,
        Self::KilowattHour,
        Self::Gigajoule,
        Self::Kilowatt,
        Self::KelvinLitre,
        Self::Volt,
        Self::Ampere,
        Self::TimesSecond,
        Self::TimesSecondPerVolt,
        Self::TimesSecondPerAmpere,
    ];

    /// The unit that it divides by, if it is one of the table.
    pub(crate) const fn divisor(self) -> Option<Unit> {
        Some(match self {
            Self::Second => Unit::SECOND,
            Self::Minute => Unit::MINUTE,
            Self::Hour => Unit::HOUR,
            Self::Day => Unit::DAY,
            Self::Week => Unit::WEEK,
            Self::Month => Unit::MONTH,
            Self::Year => Unit::YEAR,
            Self::Litre => Unit::LITRE,
            Self::CubicMetre => Unit::M3,
            Self::Kilogram => Unit::KG,
            Self::Kelvin => Unit::KELVIN_DIFFERENCE,
            Self::KilowattHour => Unit::KWH,
            Self::Gigajoule => Unit::GJ,
            Self::Kilowatt => Unit::KW,
            Self::Volt => Unit::V,
            Self::Ampere => Unit::A,
            Self::None
            | Self::Revolution
            | Self::InputPulse0
            | Self::InputPulse1
            | Self::OutputPulse0
            | Self::OutputPulse1
            | Self::KelvinLitre
            | Self::TimesSecond
            | Self::TimesSecondPerVolt
            | Self::TimesSecondPerAmpere => return None,
        })
    }

    /// The base unit that the table has for a quotient or product, if it has one.
    pub(super) const fn combine(
        self,
        base: BaseUnit,
        prefix: Prefix,
    ) -> Option<(Prefix, BaseUnit, Self)> {
        use BaseUnit as B;

        let (combined, per) = match (base, self) {
            (B::Joule, Self::Hour) => (B::JoulePerHour, Self::None),
            (B::Joule, Self::CubicMetre) => (B::JoulePerCubicMetre, Self::None),
            (B::BtuIt, Self::Second) => (B::BtuItPerSecond, Self::None),
            (B::BtuIt, Self::Hour) => (B::BtuItPerHour, Self::None),
            (B::Volt, Self::TimesSecond) => (B::VoltSecond, Self::None),
            (B::Volt, Self::TimesSecondPerVolt) => (B::VoltSecond, Self::Volt),
            (B::Volt, Self::TimesSecondPerAmpere) => (B::VoltSecond, Self::Ampere),
            (B::Revolution, Self::Minute) => (B::RevolutionPerMinute, Self::None),
            (B::CubicMetre, Self::Second) => (B::CubicMetrePerSecond, Self::None),
            (B::CubicMetre, Self::Minute) => (B::CubicMetrePerMinute, Self::None),
            (B::CubicMetre, Self::Hour) => (B::CubicMetrePerHour, Self::None),
            (B::CubicMetre, Self::Day) => (B::CubicMetrePerDay, Self::None),
            (B::CubicMetreNorm, Self::Hour) => (B::CubicMetreNormPerHour, Self::None),
            (B::CubicMetreNorm, Self::Day) => (B::CubicMetreNormPerDay, Self::None),
            (B::Litre, Self::Hour) => (B::LitrePerHour, Self::None),
            (B::Litre, Self::Minute) => (B::LitrePerMinute, Self::None),
            (B::UsGallon, Self::Second) => (B::UsGallonPerSecond, Self::None),
            (B::UsGallon, Self::Minute) => (B::UsGallonPerMinute, Self::None),
            (B::UsGallon, Self::Hour) => (B::UsGallonPerHour, Self::None),
            (B::Tonne, Self::Hour) => (B::TonnePerHour, Self::None),
            (B::Pulse, Self::CubicMetre) => (B::PulsePerCubicMetre, Self::None),
            (B::Pulse, Self::KilowattHour) => (B::PulsePerKilowattHour, Self::None),
            (B::Metre, Self::Second) => (B::MetrePerSecond, Self::None),
            _ => return Self::combine_kilo(self, base, prefix),
        };
        // A prefix that is only usual before the undivided unit stays there: `kl/h`.
        if combined.takes(prefix) || !base.takes(prefix) {
            Some((prefix, combined, per))
        } else {
            None
        }
    }

    /// The same for the base units whose name starts with `kilo`.
    const fn combine_kilo(
        self,
        base: BaseUnit,
        prefix: Prefix,
    ) -> Option<(Prefix, BaseUnit, Self)> {
        let combined = match (prefix, base, self) {
            (Prefix::Kilo, BaseUnit::Gram, Self::Second) => BaseUnit::KilogramPerSecond,
            (Prefix::Kilo, BaseUnit::Gram, Self::Hour) => BaseUnit::KilogramPerHour,
            (Prefix::Kilo, BaseUnit::Gram, Self::CubicMetre) => BaseUnit::KilogramPerCubicMetre,
            (Prefix::Kilo, BaseUnit::WattHour, Self::CubicMetre) => {
                BaseUnit::KilowattHourPerCubicMetre
            }
            _ => return None,
        };
        Some((Prefix::None, combined, Self::None))
    }

    /// What follows the symbol of the unit.
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Month => "/mon",
            Self::Year => "/y",
            Self::CubicMetre => "/m³",
            _ => self.ascii(),
        }
    }

    /// What follows the ASCII text of the unit.
    pub(super) const fn ascii(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Second => "/s",
            Self::Minute => "/min",
            Self::Hour => "/h",
            Self::Day => "/d",
            Self::Week => "/wk",
            Self::Month => "/mo",
            Self::Year => "/a",
            Self::Revolution => "/rev",
            Self::InputPulse0 => "/imp_in0",
            Self::InputPulse1 => "/imp_in1",
            Self::OutputPulse0 => "/imp_out0",
            Self::OutputPulse1 => "/imp_out1",
            Self::Litre => "/l",
            Self::CubicMetre => "/m3",
            Self::Kilogram => "/kg",
            Self::Kelvin => "/K",
            Self::KilowattHour => "/kWh",
            Self::Gigajoule => "/GJ",
            Self::Kilowatt => "/kW",
            Self::KelvinLitre => "/(K.l)",
            Self::Volt => "/V",
            Self::Ampere => "/A",
            Self::TimesSecond => ".s",
            Self::TimesSecondPerVolt => ".s/V",
            Self::TimesSecondPerAmpere => ".s/A",
        }
    }

    /// What follows the UCUM code of the unit.
    pub(super) const fn ucum(self) -> &'static str {
        match self {
            Self::Revolution => "/{rev}",
            Self::InputPulse0 => "/{pulse_in_0}",
            Self::InputPulse1 => "/{pulse_in_1}",
            Self::OutputPulse0 => "/{pulse_out_0}",
            Self::OutputPulse1 => "/{pulse_out_1}",
            Self::Litre => "/L",
            Self::KilowattHour => "/(kW.h)",
            Self::KelvinLitre => "/(K.L)",
            _ => self.ascii(),
        }
    }
}
