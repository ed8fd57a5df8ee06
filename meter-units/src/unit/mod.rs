//! Units.

/// A unit: a base unit with an SI prefix, and what it is divided or multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    base: BaseUnit,
    prefix: Prefix,
    per: Per,
}

impl Unit {
    /// No unit.
    pub const ONE: Self = Self::new(BaseUnit::One);
    /// Watt hour.
    pub const WH: Self = Self::new(BaseUnit::WattHour);
    /// Kilowatt hour.
    pub const KWH: Self = Self::prefixed(Prefix::Kilo, BaseUnit::WattHour);

    /// A base unit without prefix.
    #[must_use]
    pub const fn new(base: BaseUnit) -> Self {
        Self {
            base,
            prefix: Prefix::None,
            per: Per::None,
        }
    }

    /// A base unit with a prefix, whether it is usual or not.
    #[must_use]
    pub const fn prefixed(prefix: Prefix, base: BaseUnit) -> Self {
        Self {
            base,
            prefix,
            per: Per::None,
        }
    }

    /// The same unit, divided or multiplied as `per` says.
    #[must_use]
    pub const fn with_per(self, per: Per) -> Self {
        Self { per, ..self }
    }
}

/// A power of ten before a base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Prefix {
    /// 10^-12.
    Pico,
    /// 10^-9.
    Nano,
    /// 10^-6.
    Micro,
    /// 10^-3.
    Milli,
    /// 1.
    None,
    /// 10^3.
    Kilo,
    /// 10^6.
    Mega,
    /// 10^9.
    Giga,
    /// 10^12.
    Tera,
}

/// What a unit is divided or multiplied by (combinable VIFE 20h to 38h of EN 13757-3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
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

/// A unit without prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum BaseUnit {
    /// Watt hour.
    WattHour,
    /// Joule.
    Joule,
    /// Calorie it.
    CalorieIt,
    /// Calorie th.
    CalorieTh,
    /// Calorie unspecified.
    CalorieUnspecified,
    /// Btu unspecified.
    BtuUnspecified,
    /// Btu it.
    BtuIt,
    /// Btu th.
    BtuTh,
    /// Cubic metre kelvin.
    CubicMetreKelvin,
    /// Var hour.
    VarHour,
    /// Volt ampere hour.
    VoltAmpereHour,
    /// Watt.
    Watt,
    /// Joule per hour.
    JoulePerHour,
    /// Btu it per second.
    BtuItPerSecond,
    /// Btu it per hour.
    BtuItPerHour,
    /// Var.
    Var,
    /// Volt ampere.
    VoltAmpere,
    /// Volt.
    Volt,
    /// Ampere.
    Ampere,
    /// Ampere hour.
    AmpereHour,
    /// Coulomb.
    Coulomb,
    /// Volt squared hour.
    VoltSquaredHour,
    /// Ampere squared hour.
    AmpereSquaredHour,
    /// Volt second.
    VoltSecond,
    /// Ohm.
    Ohm,
    /// Hertz.
    Hertz,
    /// Revolution per minute.
    RevolutionPerMinute,
    /// Cubic metre.
    CubicMetre,
    /// Cubic metre norm.
    CubicMetreNorm,
    /// Litre.
    Litre,
    /// Cubic foot.
    CubicFoot,
    /// Hundred cubic feet.
    HundredCubicFeet,
    /// Us gallon.
    UsGallon,
    /// Imperial gallon.
    ImperialGallon,
    /// Cubic metre per hour.
    CubicMetrePerHour,
    /// Cubic metre per minute.
    CubicMetrePerMinute,
    /// Cubic metre per second.
    CubicMetrePerSecond,
    /// Cubic metre per day.
    CubicMetrePerDay,
    /// Cubic metre norm per hour.
    CubicMetreNormPerHour,
    /// Cubic metre norm per day.
    CubicMetreNormPerDay,
    /// Litre per hour.
    LitrePerHour,
    /// Litre per minute.
    LitrePerMinute,
    /// Us gallon per second.
    UsGallonPerSecond,
    /// Us gallon per minute.
    UsGallonPerMinute,
    /// Us gallon per hour.
    UsGallonPerHour,
    /// Gram.
    Gram,
    /// Tonne.
    Tonne,
    /// Kilogram per hour.
    KilogramPerHour,
    /// Kilogram per second.
    KilogramPerSecond,
    /// Tonne per hour.
    TonnePerHour,
    /// Celsius.
    Celsius,
    /// Fahrenheit.
    Fahrenheit,
    /// Kelvin.
    Kelvin,
    /// Kelvin difference.
    KelvinDifference,
    /// Fahrenheit difference.
    FahrenheitDifference,
    /// Bar.
    Bar,
    /// Pascal.
    Pascal,
    /// Psi.
    Psi,
    /// Second.
    Second,
    /// Minute.
    Minute,
    /// Hour.
    Hour,
    /// Day.
    Day,
    /// Week.
    Week,
    /// Month.
    Month,
    /// Year.
    Year,
    /// Baud.
    Baud,
    /// Bit time.
    BitTime,
    /// Degree.
    Degree,
    /// Percent.
    Percent,
    /// One.
    One,
    /// Ppm.
    Ppm,
    /// Decibel milliwatt.
    DecibelMilliwatt,
    /// Decibel.
    Decibel,
    /// Hca unit.
    HcaUnit,
    /// Count.
    Count,
    /// Pulse.
    Pulse,
    /// Revolution.
    Revolution,
    /// Currency.
    Currency,
    /// Binary field.
    BinaryField,
    /// Utc time.
    UtcTime,
    /// Day of week.
    DayOfWeek,
    /// Kilowatt hour per cubic metre.
    KilowattHourPerCubicMetre,
    /// Joule per cubic metre.
    JoulePerCubicMetre,
    /// Kilogram per cubic metre.
    KilogramPerCubicMetre,
    /// Pulse per kilowatt hour.
    PulsePerKilowattHour,
    /// Pulse per cubic metre.
    PulsePerCubicMetre,
    /// Metre.
    Metre,
    /// Metre per second.
    MetrePerSecond,
    /// Watt per square metre.
    WattPerSquareMetre,
}
