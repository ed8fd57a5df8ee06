//! The table of base units.
//!
//! Sources: DLMS unit numbers from IEC 62056-6-2, Table 4; T29 is the unit index that M-Bus
//! gateways use in their register images. Ratios follow from the definitions in the SI brochure,
//! from the international yard and pound (0.3048 m to the foot, 0.453 592 37 kg to the pound) and
//! from the two definitions of the calorie.

use super::{Kind, Prefix};

/// What the table knows about a base unit.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) kind: Kind,
    pub(crate) text: Texts,
    pub(crate) ucum: &'static str,
    pub(crate) scale: Scale,
    prefixes: u16,
    /// 1 of this unit is 10^power of the unit with this number.
    pub(crate) dlms: Option<(u8, i8)>,
    pub(crate) t29: Option<(u8, i8)>,
}

/// The three spellings of a base unit.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) symbol: &'static str,
    pub(crate) ascii: &'static str,
    /// ASCII, and no other base unit has it.
    pub(crate) key: &'static str,
    /// Whether symbol and ASCII text, when read, mean another base unit.
    pub(crate) is_shared: bool,
}

/// How a base unit relates to the reference unit of its kind, which is the coherent SI unit or, for
/// calendar units, the month.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Scale {
    /// Numerator, denominator, power of ten.
    Ratio(u64, u64, i8),
    /// Numerator and denominator after adding the offset, in hundredths of this unit.
    Affine(u64, u64, u32),
    /// Of several definitions, nobody knows which.
    Unstated,
    /// Nothing to relate to by a factor.
    Unrelated,
}

const NONE: u16 = bit(Prefix::None);
const MILLI: u16 = NONE | bit(Prefix::Milli);
const MILLI_KILO: u16 = MILLI | bit(Prefix::Kilo);
const KILO_MEGA: u16 = NONE | bit(Prefix::Kilo) | bit(Prefix::Mega);
const ALL: u16 = u16::MAX;

const fn bit(prefix: Prefix) -> u16 {
    1_u16.wrapping_shl(prefix as u32)
}

impl Row {
    pub(crate) const fn takes(&self, prefix: Prefix) -> bool {
        self.prefixes & bit(prefix) != 0
    }
}

const fn texts(list: &[&'static str]) -> Texts {
    let (symbol, ascii, key, is_shared) = match *list {
        [symbol, ascii, key, ..] => (symbol, ascii, key, true),
        [symbol, ascii] => (symbol, ascii, ascii, false),
        [symbol] => (symbol, symbol, symbol, false),
        [] => ("", "", "", false),
    };
    Texts {
        symbol,
        ascii,
        key,
        is_shared,
    }
}

const fn code(number: &[u8], power: &[i8]) -> Option<(u8, i8)> {
    match (number, power) {
        ([number, ..], [power, ..]) => Some((*number, *power)),
        ([number, ..], []) => Some((*number, 0)),
        ([], _) => None,
    }
}

/// Writes [`BaseUnit`] and its rows.
///
/// A row is `Variant: Kind, symbol | ASCII | key, UCUM, scale, prefixes, dlms number e power, t29
/// index e power;`. A missing key is the ASCII text, a missing ASCII text is the symbol, and a
/// missing power is 0. It expands to the `enum`, `ALL` and `row`.
macro_rules! base_units {
    ($(
        $(#[$doc:meta])*
        $variant:ident: $kind:ident, $($text:literal)|+, $ucum:literal, $scale:expr, $prefixes:ident
            $(, dlms $dlms:literal $(e $dlms_power:literal)?)?
            $(, t29 $t29:literal $(e $t29_power:literal)?)?;
    )+) => {
        /// A unit without prefix.
        ///
        /// Where a source does not say which of several definitions it means, the unit says so too
        /// ([`BaseUnit::CalorieUnspecified`], [`BaseUnit::BtuUnspecified`]). New units are added at
        /// the end.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum BaseUnit {
            $( $(#[$doc])* $variant, )+
        }

        impl BaseUnit {
            /// Every base unit, in the order of the table.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            pub(crate) const fn row(self) -> &'static Row {
                match self {
                    $( Self::$variant => const {
                        &Row {
                            kind: Kind::$kind,
                            text: texts(&[$($text),+]),
                            ucum: $ucum,
                            scale: $scale,
                            prefixes: $prefixes,
                            dlms: code(&[$($dlms)?], &[$($($dlms_power)?)?]),
                            t29: code(&[$($t29)?], &[$($($t29_power)?)?]),
                        }
                    }, )+
                }
            }
        }
    };
}

use Scale::{Affine, Ratio, Unrelated, Unstated};

base_units! {
    /// Watt hour.
    WattHour: Energy, "Wh", "W.h", Ratio(36, 1, 2), ALL, dlms 30, t29 5;
    /// Joule.
    Joule: Energy, "J", "J", Ratio(1, 1, 0), ALL, dlms 25, t29 6;
    /// Calorie of the International Table, 4.1868 J.
    CalorieIt: Energy, "cal" | "cal" | "cal_IT", "cal_IT", Ratio(41868, 1, -4), ALL, t29 36;
    /// Thermochemical calorie, 4.184 J.
    CalorieTh: Energy, "cal" | "cal" | "cal_th", "cal_th", Ratio(4184, 1, -3), ALL, t29 36;
    /// Calorie of a source that does not say which one, such as M-Bus; never converted.
    CalorieUnspecified: Energy, "cal", "cal{kind_not_stated}", Unstated, ALL, t29 36;
    /// British thermal unit of a source that does not say which one; never converted.
    BtuUnspecified: Energy, "BTU", "[Btu]{kind_not_stated}", Unstated, KILO_MEGA, t29 41 e -3;
    /// British thermal unit of the International Table, 1055.05585262 J.
    BtuIt: Energy, "BTU" | "BTU" | "BTU_IT", "[Btu_IT]",
        Ratio(105_505_585_262, 1, -8), KILO_MEGA, t29 41 e -3;
    /// Thermochemical British thermal unit, about 1054.35 J.
    BtuTh: Energy, "BTU" | "BTU" | "BTU_th", "[Btu_th]",
        Ratio(94_891_523_804, 9, -7), KILO_MEGA, t29 41 e -3;
    /// Cubic meter kelvin: the sum of volume times temperature difference in a heat meter.
    CubicMetreKelvin: VolumeTemp, "m3.K", "m3.K", Ratio(1, 1, 0), NONE;
    /// Var hour.
    VarHour: ReactiveEnergy, "varh", "V.A.h{reactive}", Ratio(36, 1, 2), ALL, dlms 32, t29 34 e -3;
    /// Volt ampere hour.
    VoltAmpereHour: ApparentEnergy, "VAh", "V.A.h", Ratio(36, 1, 2), ALL, dlms 31;
    /// Watt.
    Watt: Power, "W", "W", Ratio(1, 1, 0), ALL, dlms 27, t29 13;
    /// Joule per hour.
    JoulePerHour: Power, "J/h", "J/h", Ratio(25, 9, -4), ALL, dlms 26, t29 14;
    /// British thermal unit (International Table) per second.
    BtuItPerSecond: Power, "BTU/s" | "BTU/s" | "BTU_IT/s", "[Btu_IT]/s",
        Ratio(105_505_585_262, 1, -8), MILLI_KILO, t29 42 e 3;
    /// British thermal unit (International Table) per hour.
    BtuItPerHour: Power, "BTU/h" | "BTU/h" | "BTU_IT/h", "[Btu_IT]/h",
        Ratio(263_763_963_155, 9, -11), KILO_MEGA;
    /// Var.
    Var: ReactivePower, "var", "V.A{reactive}", Ratio(1, 1, 0), ALL, dlms 29, t29 35 e -3;
    /// Volt ampere.
    VoltAmpere: ApparentPower, "VA", "V.A", Ratio(1, 1, 0), ALL, dlms 28;
    /// Volt.
    Volt: Voltage, "V", "V", Ratio(1, 1, 0), ALL, dlms 35, t29 3;
    /// Ampere.
    Ampere: Current, "A", "A", Ratio(1, 1, 0), ALL, dlms 33, t29 4;
    /// Ampere hour.
    AmpereHour: Charge, "Ah", "A.h", Ratio(36, 1, 2), ALL, dlms 57;
    /// Coulomb.
    Coulomb: Charge, "C" | "C" | "coulomb", "C", Ratio(1, 1, 0), ALL, dlms 34;
    /// Volt squared hour.
    VoltSquaredHour: VoltSqTime, "V2h", "V2.h", Ratio(36, 1, 2), NONE, dlms 48;
    /// Ampere squared hour.
    AmpereSquaredHour: AmpSqTime, "A2h", "A2.h", Ratio(36, 1, 2), NONE, dlms 49;
    /// Volt second.
    VoltSecond: VoltTime, "V.s", "V.s", Ratio(1, 1, 0), NONE;
    /// Ohm.
    Ohm: Resistance, "Ohm", "Ohm", Ratio(1, 1, 0), ALL, dlms 38;
    /// Hertz.
    Hertz: Frequency, "Hz", "Hz", Ratio(1, 1, 0), ALL, dlms 44, t29 40;
    /// Revolution per minute.
    RevolutionPerMinute: RotationalSpeed, "rpm", "{rev}/min", Ratio(5, 3, -2), NONE;
    /// Cubic meter.
    CubicMetre: Volume, "m³" | "m3", "m3", Ratio(1, 1, 0), NONE, dlms 13, t29 7;
    /// Cubic meter of gas at base conditions; never converted to a metered volume.
    CubicMetreNorm: VolumeNorm, "m³" | "Nm3", "m3{base}", Ratio(1, 1, 0), NONE, dlms 14;
    /// Liter.
    Litre: Volume, "l", "L", Ratio(1, 1, -3), ALL, dlms 19, t29 7 e -3;
    /// Cubic foot, 0.3048³ m³.
    CubicFoot: Volume, "ft³" | "ft3", "[cft_i]", Ratio(28_316_846_592, 1, -12), NONE, t29 38;
    /// Hundred cubic feet.
    HundredCubicFeet: Volume, "CCF", "100.[cft_i]", Ratio(28_316_846_592, 1, -10), NONE, t29 38 e 2;
    /// US gallon, 231 cubic inches.
    UsGallon: Volume, "US gal" | "USgal", "[gal_us]", Ratio(3_785_411_784, 1, -12), NONE, t29 43;
    /// Imperial gallon, 4.54609 l.
    ImperialGallon: Volume, "gal (UK)" | "UKgal", "[gal_br]", Ratio(454_609, 1, -8), NONE;
    /// Cubic meter per hour.
    CubicMetrePerHour: VolumeFlow, "m³/h" | "m3/h", "m3/h", Ratio(25, 9, -4), NONE, dlms 15, t29 15;
    /// Cubic meter per minute.
    CubicMetrePerMinute: VolumeFlow, "m³/min" | "m3/min", "m3/min", Ratio(5, 3, -2), NONE, t29 16;
    /// Cubic meter per second.
    CubicMetrePerSecond: VolumeFlow, "m³/s" | "m3/s", "m3/s", Ratio(1, 1, 0), NONE, t29 17;
    /// Cubic meter per day.
    CubicMetrePerDay: VolumeFlow, "m³/d" | "m3/d", "m3/d", Ratio(3125, 27, -7), NONE, dlms 17;
    /// Cubic meter of gas at base conditions per hour.
    CubicMetreNormPerHour: VolumeFlowNorm, "m³/h" | "Nm3/h", "m3{base}/h",
        Ratio(25, 9, -4), NONE, dlms 16;
    /// Cubic meter of gas at base conditions per day.
    CubicMetreNormPerDay: VolumeFlowNorm, "m³/d" | "Nm3/d", "m3{base}/d",
        Ratio(3125, 27, -7), NONE, dlms 18;
    /// Liter per hour.
    LitrePerHour: VolumeFlow, "l/h", "L/h", Ratio(25, 9, -7), NONE, dlms 15 e -3, t29 15 e -3;
    /// Liter per minute.
    LitrePerMinute: VolumeFlow, "l/min", "L/min", Ratio(5, 3, -5), NONE, t29 16 e -3;
    /// US gallon per second.
    UsGallonPerSecond: VolumeFlow, "US gal/s" | "USgal/s", "[gal_us]/s",
        Ratio(3_785_411_784, 1, -12), NONE, t29 44;
    /// US gallon per minute.
    UsGallonPerMinute: VolumeFlow, "US gal/min" | "USgal/min", "[gal_us]/min",
        Ratio(630_901_964, 1, -13), NONE, t29 45;
    /// US gallon per hour.
    UsGallonPerHour: VolumeFlow, "US gal/h" | "USgal/h", "[gal_us]/h",
        Ratio(315_450_982, 3, -14), NONE, t29 46;
    /// Gram; the kilogram is its kilo.
    Gram: Mass, "g", "g", Ratio(1, 1, -3), ALL, dlms 20 e -3, t29 8 e -3;
    /// Tonne, 1000 kg.
    Tonne: Mass, "t", "t", Ratio(1, 1, 3), NONE, dlms 20 e 3, t29 8 e 3;
    /// Kilogram per hour.
    KilogramPerHour: MassFlow, "kg/h", "kg/h", Ratio(25, 9, -4), NONE, t29 18;
    /// Kilogram per second.
    KilogramPerSecond: MassFlow, "kg/s", "kg/s", Ratio(1, 1, 0), NONE, dlms 50;
    /// Tonne per hour.
    TonnePerHour: MassFlow, "t/h", "t/h", Ratio(25, 9, -1), NONE, t29 18 e 3;
    /// Degree Celsius, a temperature.
    Celsius: Temperature, "°C" | "degC", "Cel", Affine(1, 1, 27315), NONE, dlms 9, t29 19;
    /// Degree Fahrenheit, a temperature.
    Fahrenheit: Temperature, "°F" | "degF", "[degF]", Affine(5, 9, 45967), NONE, t29 47;
    /// Kelvin, a temperature.
    Kelvin: Temperature, "K", "K", Affine(1, 1, 0), NONE, dlms 52, t29 20;
    /// Kelvin, a difference of two temperatures.
    KelvinDifference: TemperatureDiff, "K" | "K" | "K_diff", "K",
        Ratio(1, 1, 0), NONE, dlms 52, t29 20;
    /// Degree Fahrenheit, a difference of two temperatures.
    FahrenheitDifference: TemperatureDiff, "°F" | "degF" | "degF_diff", "[degF]",
        Ratio(5, 9, 0), NONE, t29 47;
    /// Bar.
    Bar: Pressure, "bar", "bar", Ratio(1, 1, 5), ALL, dlms 24, t29 21;
    /// Pascal.
    Pascal: Pressure, "Pa", "Pa", Ratio(1, 1, 0), ALL, dlms 23, t29 21 e -5;
    /// Pound-force per square inch.
    Psi: Pressure, "psi", "[psi]", Ratio(1_112_055_403_815_125, 16129, -7), NONE;
    /// Second.
    Second: Duration, "s", "s", Ratio(1, 1, 0), MILLI, dlms 7, t29 9;
    /// Minute.
    Minute: Duration, "min", "min", Ratio(6, 1, 1), NONE, dlms 6, t29 10;
    /// Hour.
    Hour: Duration, "h", "h", Ratio(36, 1, 2), NONE, dlms 5, t29 11;
    /// Day of 24 hours.
    Day: Duration, "d", "d", Ratio(864, 1, 2), NONE, dlms 4, t29 12;
    /// Week.
    Week: Duration, "wk", "wk", Ratio(6048, 1, 2), NONE, dlms 3;
    /// Calendar month; converts to years only.
    Month: CalendarMonths, "mon" | "mo", "mo", Ratio(1, 1, 0), NONE, dlms 2, t29 28;
    /// Calendar year; converts to months only.
    Year: CalendarMonths, "y" | "a", "a", Ratio(12, 1, 0), NONE, dlms 1, t29 29;
    /// Baud.
    Baud: SymbolRate, "bd" | "Bd", "Bd", Ratio(1, 1, 0), KILO_MEGA, t29 26;
    /// Time of one bit at the baud rate of the line.
    BitTime: BitTimes, "bt", "{bittime}", Ratio(1, 1, 0), NONE, t29 27;
    /// Degree of an angle.
    Degree: Angle, "°" | "deg", "deg", Ratio(1, 1, 0), NONE, dlms 8, t29 39;
    /// Percent.
    Percent: Ratio, "%", "%", Ratio(1, 1, -2), NONE, dlms 56, t29 37;
    /// The number itself.
    One: Ratio, "" | "1", "1", Ratio(1, 1, 0), NONE, dlms 255, t29 0;
    /// Parts per million.
    Ppm: Ratio, "ppm", "[ppm]", Ratio(1, 1, -6), NONE;
    /// Decibel above one milliwatt.
    DecibelMilliwatt: LogPower, "dBm", "dB[mW]", Unrelated, NONE, dlms 70, t29 31;
    /// Decibel.
    Decibel: LogRatio, "dB", "dB", Unrelated, NONE, dlms 72;
    /// Unit of a heat cost allocator; its worth depends on the radiator.
    HcaUnit: HcaUnits, "HCA", "{HCA}", Ratio(1, 1, 0), NONE, t29 22;
    /// Count of things or events.
    Count: Count, "" | "count", "{count}", Ratio(1, 1, 0), NONE, dlms 255, t29 22;
    /// Pulse.
    Pulse: Count, "imp", "{pulse}", Ratio(1, 1, 0), NONE, dlms 255;
    /// Revolution.
    Revolution: Count, "rev", "{rev}", Ratio(1, 1, 0), NONE;
    /// Unit of the local currency.
    Currency: Money, "Cur", "{currency}", Unrelated, NONE, dlms 10, t29 2;
    /// Field of bits.
    BinaryField: Flags, "Bin", "{bitfield}", Unrelated, NONE, t29 1;
    /// Point in time.
    UtcTime: Instant, "UTC", "{utc}", Unrelated, NONE, t29 25;
    /// Day of the week.
    DayOfWeek: Ordinal, "" | "dow", "{dow}", Unrelated, NONE, t29 30;
    /// Kilowatt hour per cubic meter.
    KilowattHourPerCubicMetre: EnergyDensity, "kWh/m³" | "kWh/m3", "kW.h/m3",
        Ratio(36, 1, 5), NONE, dlms 60 e 3;
    /// Joule per cubic meter.
    JoulePerCubicMetre: EnergyDensity, "J/m³" | "J/m3", "J/m3", Ratio(1, 1, 0), ALL, dlms 61;
    /// Kilogram per cubic meter.
    KilogramPerCubicMetre: Density, "kg/m³" | "kg/m3", "kg/m3", Ratio(1, 1, 0), NONE, dlms 63 e 3;
    /// Pulse per kilowatt hour.
    PulsePerKilowattHour: PulseConstant, "imp/kWh", "{pulse}/(kW.h)",
        Ratio(25, 9, -7), NONE, dlms 45 e -3;
    /// Pulse per cubic meter.
    PulsePerCubicMetre: PulseConstantVol, "imp/m³" | "imp/m3", "{pulse}/m3",
        Ratio(1, 1, 0), NONE, dlms 55;
    /// Meter.
    Metre: Length, "m", "m", Ratio(1, 1, 0), ALL, dlms 11;
    /// Meter per second.
    MetrePerSecond: Speed, "m/s", "m/s", Ratio(1, 1, 0), NONE, dlms 12;
    /// Watt per square meter.
    WattPerSquareMetre: Irradiance, "W/m²" | "W/m2", "W/m2", Ratio(1, 1, 0), NONE;
}

impl BaseUnit {
    /// What it measures.
    #[must_use]
    pub const fn kind(self) -> Kind {
        self.row().kind
    }

    /// Whether the prefix is usual: `kWh` is, `km³` is not, because it would mean a cubic
    /// kilometer.
    #[must_use]
    pub const fn takes(self, prefix: Prefix) -> bool {
        self.row().takes(prefix)
    }
}
