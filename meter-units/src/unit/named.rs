//! The units that protocols name most.

use super::{BaseUnit, Per, Prefix, Unit};

impl Unit {
    /// No unit, or the number itself.
    pub const ONE: Self = Self::new(BaseUnit::One);
    /// Watt hour.
    pub const WH: Self = Self::new(BaseUnit::WattHour);
    /// Kilowatt hour.
    pub const KWH: Self = Self::prefixed(Prefix::Kilo, BaseUnit::WattHour);
    /// Megawatt hour.
    pub const MWH: Self = Self::prefixed(Prefix::Mega, BaseUnit::WattHour);
    /// Gigawatt hour.
    pub const GWH: Self = Self::prefixed(Prefix::Giga, BaseUnit::WattHour);
    /// Joule.
    pub const J: Self = Self::new(BaseUnit::Joule);
    /// Kilojoule.
    pub const KJ: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Joule);
    /// Megajoule.
    pub const MJ: Self = Self::prefixed(Prefix::Mega, BaseUnit::Joule);
    /// Gigajoule.
    pub const GJ: Self = Self::prefixed(Prefix::Giga, BaseUnit::Joule);
    /// Calorie of unstated kind.
    pub const CAL: Self = Self::new(BaseUnit::CalorieUnspecified);
    /// Kilocalorie of unstated kind.
    pub const KCAL: Self = Self::prefixed(Prefix::Kilo, BaseUnit::CalorieUnspecified);
    /// Megacalorie of unstated kind.
    pub const MCAL: Self = Self::prefixed(Prefix::Mega, BaseUnit::CalorieUnspecified);
    /// Gigacalorie of unstated kind.
    pub const GCAL: Self = Self::prefixed(Prefix::Giga, BaseUnit::CalorieUnspecified);
    /// Thousand British thermal units of unstated kind.
    pub const KBTU: Self = Self::prefixed(Prefix::Kilo, BaseUnit::BtuUnspecified);
    /// Thousandth of a British thermal unit of unstated kind per second.
    pub const MILLI_BTU_PER_S: Self =
        Self::prefixed(Prefix::Milli, BaseUnit::BtuUnspecified).with_per(Per::Second);
    /// Var hour.
    pub const VARH: Self = Self::new(BaseUnit::VarHour);
    /// Kilovar hour.
    pub const KVARH: Self = Self::prefixed(Prefix::Kilo, BaseUnit::VarHour);
    /// Volt ampere hour.
    pub const VAH: Self = Self::new(BaseUnit::VoltAmpereHour);
    /// Kilovolt ampere hour.
    pub const KVAH: Self = Self::prefixed(Prefix::Kilo, BaseUnit::VoltAmpereHour);
    /// Cubic meter kelvin.
    pub const M3_KELVIN: Self = Self::new(BaseUnit::CubicMetreKelvin);
    /// Milliwatt; spelled out, as `mW` and `MW` differ by 10^9.
    pub const MILLIWATT: Self = Self::prefixed(Prefix::Milli, BaseUnit::Watt);
    /// Watt.
    pub const W: Self = Self::new(BaseUnit::Watt);
    /// Kilowatt.
    pub const KW: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Watt);
    /// Megawatt.
    pub const MEGAWATT: Self = Self::prefixed(Prefix::Mega, BaseUnit::Watt);
    /// Joule per hour.
    pub const J_PER_H: Self = Self::new(BaseUnit::JoulePerHour);
    /// Kilojoule per hour.
    pub const KJ_PER_H: Self = Self::prefixed(Prefix::Kilo, BaseUnit::JoulePerHour);
    /// Megajoule per hour.
    pub const MJ_PER_H: Self = Self::prefixed(Prefix::Mega, BaseUnit::JoulePerHour);
    /// Gigajoule per hour.
    pub const GJ_PER_H: Self = Self::prefixed(Prefix::Giga, BaseUnit::JoulePerHour);
    /// Var.
    pub const VAR: Self = Self::new(BaseUnit::Var);
    /// Kilovar.
    pub const KVAR: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Var);
    /// Volt ampere.
    pub const VA: Self = Self::new(BaseUnit::VoltAmpere);
    /// Kilovolt ampere.
    pub const KVA: Self = Self::prefixed(Prefix::Kilo, BaseUnit::VoltAmpere);
    /// Millivolt.
    pub const MILLIVOLT: Self = Self::prefixed(Prefix::Milli, BaseUnit::Volt);
    /// Volt.
    pub const V: Self = Self::new(BaseUnit::Volt);
    /// Kilovolt.
    pub const KV: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Volt);
    /// Volt second.
    pub const VOLT_SECOND: Self = Self::new(BaseUnit::VoltSecond);
    /// Milliampere.
    pub const MILLIAMPERE: Self = Self::prefixed(Prefix::Milli, BaseUnit::Ampere);
    /// Ampere.
    pub const A: Self = Self::new(BaseUnit::Ampere);
    /// Kiloampere.
    pub const KA: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Ampere);
    /// Ampere hour.
    pub const AMPERE_HOUR: Self = Self::new(BaseUnit::AmpereHour);
    /// Coulomb.
    pub const COULOMB: Self = Self::new(BaseUnit::Coulomb);
    /// Ohm.
    pub const OHM: Self = Self::new(BaseUnit::Ohm);
    /// Hertz.
    pub const HZ: Self = Self::new(BaseUnit::Hertz);
    /// Revolution per minute.
    pub const RPM: Self = Self::new(BaseUnit::RevolutionPerMinute);
    /// Cubic meter.
    pub const M3: Self = Self::new(BaseUnit::CubicMetre);
    /// Cubic meter of gas at base conditions.
    pub const NORM_M3: Self = Self::new(BaseUnit::CubicMetreNorm);
    /// Liter.
    pub const LITRE: Self = Self::new(BaseUnit::Litre);
    /// Cubic foot.
    pub const CUBIC_FOOT: Self = Self::new(BaseUnit::CubicFoot);
    /// US gallon.
    pub const US_GALLON: Self = Self::new(BaseUnit::UsGallon);
    /// Cubic meter per hour.
    pub const M3_PER_H: Self = Self::new(BaseUnit::CubicMetrePerHour);
    /// Cubic meter per minute.
    pub const M3_PER_MIN: Self = Self::new(BaseUnit::CubicMetrePerMinute);
    /// Cubic meter per second.
    pub const M3_PER_S: Self = Self::new(BaseUnit::CubicMetrePerSecond);
    /// Cubic meter of gas at base conditions per hour.
    pub const NORM_M3_PER_H: Self = Self::new(BaseUnit::CubicMetreNormPerHour);
    /// Liter per hour.
    pub const LITRE_PER_H: Self = Self::new(BaseUnit::LitrePerHour);
    /// Liter per minute.
    pub const LITRE_PER_MIN: Self = Self::new(BaseUnit::LitrePerMinute);
    /// US gallon per second.
    pub const US_GALLON_PER_S: Self = Self::new(BaseUnit::UsGallonPerSecond);
    /// US gallon per minute.
    pub const US_GALLON_PER_MIN: Self = Self::new(BaseUnit::UsGallonPerMinute);
    /// US gallon per hour.
    pub const US_GALLON_PER_H: Self = Self::new(BaseUnit::UsGallonPerHour);
    /// Kilogram.
    pub const KG: Self = Self::prefixed(Prefix::Kilo, BaseUnit::Gram);
    /// Tonne.
    pub const TONNE: Self = Self::new(BaseUnit::Tonne);
    /// Kilogram per hour.
    pub const KG_PER_H: Self = Self::new(BaseUnit::KilogramPerHour);
    /// Tonne per hour.
    pub const TONNE_PER_H: Self = Self::new(BaseUnit::TonnePerHour);
    /// Degree Celsius, a temperature.
    pub const CELSIUS: Self = Self::new(BaseUnit::Celsius);
    /// Degree Fahrenheit, a temperature.
    pub const FAHRENHEIT: Self = Self::new(BaseUnit::Fahrenheit);
    /// Kelvin, a temperature.
    pub const KELVIN: Self = Self::new(BaseUnit::Kelvin);
    /// Kelvin, a difference of two temperatures.
    pub const KELVIN_DIFFERENCE: Self = Self::new(BaseUnit::KelvinDifference);
    /// Degree Fahrenheit, a difference of two temperatures.
    pub const FAHRENHEIT_DIFFERENCE: Self = Self::new(BaseUnit::FahrenheitDifference);
    /// Bar.
    pub const BAR: Self = Self::new(BaseUnit::Bar);
    /// Pascal.
    pub const PASCAL: Self = Self::new(BaseUnit::Pascal);
    /// Pound-force per square inch.
    pub const PSI: Self = Self::new(BaseUnit::Psi);
    /// Millisecond.
    pub const MILLISECOND: Self = Self::prefixed(Prefix::Milli, BaseUnit::Second);
    /// Second.
    pub const SECOND: Self = Self::new(BaseUnit::Second);
    /// Minute.
    pub const MINUTE: Self = Self::new(BaseUnit::Minute);
    /// Hour.
    pub const HOUR: Self = Self::new(BaseUnit::Hour);
    /// Day of 24 hours.
    pub const DAY: Self = Self::new(BaseUnit::Day);
    /// Week.
    pub const WEEK: Self = Self::new(BaseUnit::Week);
    /// Calendar month.
    pub const MONTH: Self = Self::new(BaseUnit::Month);
    /// Calendar year.
    pub const YEAR: Self = Self::new(BaseUnit::Year);
    /// Baud.
    pub const BAUD: Self = Self::new(BaseUnit::Baud);
    /// Time of one bit on the line.
    pub const BIT_TIME: Self = Self::new(BaseUnit::BitTime);
    /// Degree of an angle.
    pub const DEGREE: Self = Self::new(BaseUnit::Degree);
    /// Percent.
    pub const PERCENT: Self = Self::new(BaseUnit::Percent);
    /// Parts per million.
    pub const PPM: Self = Self::new(BaseUnit::Ppm);
    /// Decibel above one milliwatt.
    pub const DBM: Self = Self::new(BaseUnit::DecibelMilliwatt);
    /// Decibel.
    pub const DB: Self = Self::new(BaseUnit::Decibel);
    /// Unit of a heat cost allocator.
    pub const HCA: Self = Self::new(BaseUnit::HcaUnit);
    /// Count of things or events.
    pub const COUNT: Self = Self::new(BaseUnit::Count);
    /// Pulse.
    pub const PULSE: Self = Self::new(BaseUnit::Pulse);
    /// Revolution.
    pub const REVOLUTION: Self = Self::new(BaseUnit::Revolution);
    /// Unit of the local currency.
    pub const CURRENCY: Self = Self::new(BaseUnit::Currency);
    /// Field of bits.
    pub const BINARY: Self = Self::new(BaseUnit::BinaryField);
    /// Point in time.
    pub const UTC: Self = Self::new(BaseUnit::UtcTime);
    /// Day of the week.
    pub const DAY_OF_WEEK: Self = Self::new(BaseUnit::DayOfWeek);
    /// Kilowatt hour per cubic meter.
    pub const KWH_PER_M3: Self = Self::new(BaseUnit::KilowattHourPerCubicMetre);
    /// Pulse per kilowatt hour.
    pub const PULSE_PER_KWH: Self = Self::new(BaseUnit::PulsePerKilowattHour);
    /// Pulse per cubic meter.
    pub const PULSE_PER_M3: Self = Self::new(BaseUnit::PulsePerCubicMetre);
    /// Meter.
    pub const METRE: Self = Self::new(BaseUnit::Metre);
    /// Meter per second.
    pub const METRE_PER_S: Self = Self::new(BaseUnit::MetrePerSecond);
    /// Watt per square meter.
    pub const W_PER_M2: Self = Self::new(BaseUnit::WattPerSquareMetre);
}
