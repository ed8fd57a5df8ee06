//! Units from text.

use core::str::FromStr;

use super::{BaseUnit, Kind, Per, Prefix, Unit};

/// Why a text is not a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseUnitError {
    /// No unit is written like this.
    #[error("no such unit")]
    Unknown,
    /// Several units are written like this, and a wrong guess would cost: `C`, `gal`.
    #[error("this may be one of several units")]
    Ambiguous,
}

/// Reads a symbol, its ASCII form or a spelling that meters and gateways are known to use.
///
/// Case matters (`mW` and `MW` differ by 10^9) except in `var` and `varh`. Texts that several units
/// share give the one that claims least: `cal` and `BTU` are those of unstated kind, `K` and `degF`
/// are temperatures, the empty text is [`Unit::ONE`]. Bare `C` (coulomb or Celsius) and bare `gal`
/// (US or imperial) are refused; see [`Unit::parse_hinted`].
impl FromStr for Unit {
    type Err = ParseUnitError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if matches!(text, "C" | "gal") {
            return Err(ParseUnitError::Ambiguous);
        }
        undivided(text, Per::None)
            .or_else(|| divided(text))
            .ok_or(ParseUnitError::Unknown)
    }
}

impl Unit {
    /// Reads a unit whose kind is known from elsewhere.
    ///
    /// The hint decides where the text alone does not: `C` under [`Kind::Temperature`], `K` under
    /// [`Kind::TemperatureDiff`], `m³` under [`Kind::VolumeNorm`], an empty text under
    /// [`Kind::Count`]. It never overrules a text that is clear.
    ///
    /// # Errors
    ///
    /// As for `FromStr`.
    pub fn parse_hinted(text: &str, hint: Kind) -> Result<Self, ParseUnitError> {
        match (text, hint) {
            ("C", Kind::Temperature) => return Ok(Self::CELSIUS),
            ("C", Kind::TemperatureDiff) => return Ok(Self::KELVIN_DIFFERENCE),
            ("C", Kind::Charge) => return Ok(Self::COULOMB),
            _ => {}
        }
        let unit: Self = text.parse()?;
        let base = match (hint, unit.base) {
            (Kind::TemperatureDiff, BaseUnit::Kelvin | BaseUnit::Celsius) => {
                BaseUnit::KelvinDifference
            }
            (Kind::TemperatureDiff, BaseUnit::Fahrenheit) => BaseUnit::FahrenheitDifference,
            (Kind::VolumeNorm, BaseUnit::CubicMetre) => BaseUnit::CubicMetreNorm,
            (Kind::VolumeFlowNorm, BaseUnit::CubicMetrePerHour) => BaseUnit::CubicMetreNormPerHour,
            (Kind::VolumeFlowNorm, BaseUnit::CubicMetrePerDay) => BaseUnit::CubicMetreNormPerDay,
            (Kind::Count, BaseUnit::One) => BaseUnit::Count,
            (Kind::Ordinal, BaseUnit::One) => BaseUnit::DayOfWeek,
            (Kind::HcaUnits, BaseUnit::One) => BaseUnit::HcaUnit,
            (_, base) => base,
        };
        Ok(Self { base, ..unit })
    }
}

/// Reads a unit that is divided or multiplied by something.
fn divided(text: &str) -> Option<Unit> {
    let usual = Per::ALL
        .iter()
        .flat_map(|per| [(per.ascii(), *per), (per.symbol(), *per)]);
    let other = [
        ("/m^3", Per::CubicMetre),
        ("/L", Per::Litre),
        ("/hr", Per::Hour),
        ("/day", Per::Day),
    ];
    usual
        .chain(other)
        .filter(|(_, per)| *per != Per::None)
        .filter_map(|(end, per)| Some((text.strip_suffix(end)?, per)))
        .filter(|(start, _)| !start.is_empty())
        .find_map(|(start, per)| Some(undivided(start, per)?.with_per(per)))
}

/// Reads a prefix and a base unit; `per` is what was found behind them.
fn undivided(text: &str, per: Per) -> Option<Unit> {
    base(text, Prefix::None, per)
        .or_else(|| prefixed(text, per))
        .or_else(|| spelled_out(text))
        .or_else(|| nickname(text))
}

fn prefixed(text: &str, per: Per) -> Option<Unit> {
    let mut letters = text.chars();
    let prefix = match letters.next()? {
        'p' => Prefix::Pico,
        'n' => Prefix::Nano,
        // The micro sign and the Greek letter that looks the same.
        'u' | '\u{b5}' | '\u{3bc}' => Prefix::Micro,
        'm' => Prefix::Milli,
        'k' => Prefix::Kilo,
        'M' => Prefix::Mega,
        'G' => Prefix::Giga,
        'T' => Prefix::Tera,
        // In this family the letters of both cases are in use: `KVARh`.
        'K' => return Some(Unit::prefixed(Prefix::Kilo, reactive(letters.as_str())?)),
        _ => return None,
    };
    base(letters.as_str(), prefix, per)
}

/// Reads a power of ten and a base unit: `10^3 m3`.
fn spelled_out(text: &str) -> Option<Unit> {
    let (power, rest) = text.strip_prefix("10^")?.split_once(' ')?;
    let prefix = Prefix::from_power(power.parse().ok()?)?;
    let unit = base(rest, Prefix::None, Per::None)?;
    Some(Unit::prefixed(prefix, unit.base))
}

fn base(text: &str, prefix: Prefix, per: Per) -> Option<Unit> {
    let unit = Unit {
        base: named(text, prefix).or_else(|| other_spelling(text))?,
        prefix,
        per,
    };
    unit.has_usual_prefix().then_some(Unit {
        per: Per::None,
        ..unit
    })
}

/// The base unit whose symbol or key this is; the key is the ASCII text unless that is shared.
fn named(text: &str, prefix: Prefix) -> Option<BaseUnit> {
    if text == BaseUnit::Coulomb.row().text.ascii {
        return (prefix != Prefix::None).then_some(BaseUnit::Coulomb);
    }
    BaseUnit::ALL.iter().copied().find(|base| {
        let names = &base.row().text;
        names.key == text || (names.symbol == text && !names.is_shared)
    })
}

/// What else base units are called, with or without a prefix.
fn other_spelling(text: &str) -> Option<BaseUnit> {
    Some(match text {
        "\u{3a9}" | "\u{2126}" => BaseUnit::Ohm,
        "m^3" | "M3" => BaseUnit::CubicMetre,
        "Nm^3" | "Nm³" => BaseUnit::CubicMetreNorm,
        "L" => BaseUnit::Litre,
        "ft^3" => BaseUnit::CubicFoot,
        "Grad C" | "GradC" | "Cel" | "Celsius" | "Celcius" => BaseUnit::Celsius,
        "F" | "Fahrenheit" => BaseUnit::Fahrenheit,
        "hr" => BaseUnit::Hour,
        "day" => BaseUnit::Day,
        "pct" | "Percent" => BaseUnit::Percent,
        _ => return reactive(text),
    })
}

fn reactive(text: &str) -> Option<BaseUnit> {
    if text.eq_ignore_ascii_case("varh") {
        Some(BaseUnit::VarHour)
    } else if text.eq_ignore_ascii_case("var") {
        Some(BaseUnit::Var)
    } else {
        None
    }
}

/// Whole texts in use that do not follow from a prefix and a base unit.
fn nickname(text: &str) -> Option<Unit> {
    Some(match text {
        "KWH" | "kwh" => Unit::KWH,
        "MMBTU" | "MMBtu" => Unit::prefixed(Prefix::Mega, BaseUnit::BtuUnspecified),
        "dm3" | "ltr" => Unit::LITRE,
        "Bar" => Unit::BAR,
        "Hertz" => Unit::HZ,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::collections::BTreeMap;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn parsed(text: &str) -> Result<Unit, ParseUnitError> {
        text.parse()
    }

    /// Every base unit with every prefix and every divisor.
    fn every_unit() -> impl Iterator<Item = Unit> {
        BaseUnit::ALL.iter().flat_map(|base| {
            Prefix::ALL.iter().flat_map(move |prefix| {
                Per::ALL
                    .iter()
                    .map(move |per| Unit::prefixed(*prefix, *base).with_per(*per))
            })
        })
    }

    #[test]
    fn every_key_gives_its_unit_back_and_no_two_units_share_one() {
        let mut seen: BTreeMap<String, Unit> = BTreeMap::new();
        for unit in every_unit() {
            let key = unit.key().to_string();
            assert!(key.is_ascii());
            assert_eq!(parsed(&key), Ok(unit), "{key}");
            assert_eq!(*seen.entry(key).or_insert(unit), unit);
        }
    }

    #[test]
    fn every_text_of_a_single_unit_gives_it_back() {
        for form in [
            |unit: Unit| unit.to_string(),
            |unit: Unit| format!("{unit:#}"),
        ] {
            let mut shared: BTreeMap<String, Vec<Unit>> = BTreeMap::new();
            for unit in every_unit() {
                let units = shared.entry(form(unit)).or_default();
                if !units.contains(&unit) {
                    units.push(unit);
                }
            }
            for (text, units) in shared {
                let found = parsed(&text);
                match units.as_slice() {
                    [Unit::COULOMB] => assert_eq!(found, Err(ParseUnitError::Ambiguous)),
                    [unit] if unit.ascii().to_string() == unit.key().to_string() => {
                        assert_eq!(found, Ok(*unit), "{text}");
                    }
                    // A part of the text belongs to a unit that claims less, as in `BTU/h.s`.
                    [unit] => assert!(
                        found.is_err()
                            || found == Ok(*unit)
                            || found.is_ok_and(|unit| {
                                unit.ascii().to_string() == unit.key().to_string()
                            }),
                        "{text}"
                    ),
                    _ => assert!(found.is_ok_and(|unit| units.contains(&unit)), "{text}"),
                }
            }
        }
    }

    #[test]
    fn texts_of_several_units_give_the_one_that_claims_least() {
        let cases = [
            ("cal", BaseUnit::CalorieUnspecified),
            ("BTU", BaseUnit::BtuUnspecified),
            ("K", BaseUnit::Kelvin),
            ("degF", BaseUnit::Fahrenheit),
            ("m³", BaseUnit::CubicMetre),
            ("m³/h", BaseUnit::CubicMetrePerHour),
            ("", BaseUnit::One),
        ];
        for (text, base) in cases {
            assert_eq!(parsed(text), Ok(Unit::new(base)), "{text}");
        }
        let flow = Unit::new(BaseUnit::BtuUnspecified).with_per(Per::Second);
        assert_eq!(parsed("BTU/s"), Ok(flow));
    }

    #[test]
    fn spellings_of_meters_and_gateways_are_known() {
        let cases = [
            ("m^3", Unit::M3),
            ("M3", Unit::M3),
            ("m^3/h", Unit::M3_PER_H),
            ("m3/hr", Unit::M3_PER_H),
            ("L", Unit::LITRE),
            ("L/h", Unit::LITRE_PER_H),
            ("mL", Unit::prefixed(Prefix::Milli, BaseUnit::Litre)),
            ("dm3", Unit::LITRE),
            ("ltr", Unit::LITRE),
            ("Grad C", Unit::CELSIUS),
            ("GradC", Unit::CELSIUS),
            ("Cel", Unit::CELSIUS),
            ("Celsius", Unit::CELSIUS),
            ("Celcius", Unit::CELSIUS),
            ("F", Unit::FAHRENHEIT),
            ("Fahrenheit", Unit::FAHRENHEIT),
            ("kVARh", Unit::KVARH),
            ("kVArh", Unit::KVARH),
            ("KVARH", Unit::KVARH),
            ("kVAR", Unit::KVAR),
            ("kVAr", Unit::KVAR),
            ("VAr", Unit::VAR),
            ("Bar", Unit::BAR),
            ("pct", Unit::PERCENT),
            ("Percent", Unit::PERCENT),
            ("KWH", Unit::KWH),
            ("kwh", Unit::KWH),
            ("US gal", Unit::US_GALLON),
            ("bd", Unit::BAUD),
            ("hr", Unit::HOUR),
            ("day", Unit::DAY),
            ("mon", Unit::MONTH),
            ("y", Unit::YEAR),
            ("Hertz", Unit::HZ),
            (
                "MMBTU",
                Unit::prefixed(Prefix::Mega, BaseUnit::BtuUnspecified),
            ),
            ("mBTU/s", Unit::MILLI_BTU_PER_S),
            ("\u{3bc}V", Unit::prefixed(Prefix::Micro, BaseUnit::Volt)),
            ("kC", Unit::prefixed(Prefix::Kilo, BaseUnit::Coulomb)),
        ];
        for (text, unit) in cases {
            assert_eq!(parsed(text), Ok(unit), "{text}");
        }
    }

    #[test]
    fn case_matters_outside_var() {
        assert_eq!(parsed("mW"), Ok(Unit::MILLIWATT));
        assert_eq!(parsed("MW"), Ok(Unit::MEGAWATT));
        assert_eq!(
            parsed("Mvar"),
            Ok(Unit::prefixed(Prefix::Mega, BaseUnit::Var))
        );
        assert_eq!(
            parsed("mvar"),
            Ok(Unit::prefixed(Prefix::Milli, BaseUnit::Var))
        );
        for text in ["KW", "wh", "Kwh", "WH", "BAR", "hz"] {
            assert_eq!(parsed(text), Err(ParseUnitError::Unknown), "{text}");
        }
    }

    #[test]
    fn coulomb_and_gallon_need_more_than_a_bare_word() {
        assert_eq!(parsed("C"), Err(ParseUnitError::Ambiguous));
        assert_eq!(parsed("gal"), Err(ParseUnitError::Ambiguous));
        assert_eq!(parsed("coulomb"), Ok(Unit::COULOMB));
        assert_eq!(parsed("UKgal"), Ok(Unit::new(BaseUnit::ImperialGallon)));
    }

    #[test]
    fn prefixes_that_change_the_meaning_are_refused() {
        for text in [
            "mm3", "km3", "kV2h", "kt", "mBTU", "kkg", " kWh", "kWh ", "/h", "kWh/", "k",
        ] {
            assert_eq!(parsed(text), Err(ParseUnitError::Unknown), "{text}");
        }
    }

    #[test]
    fn a_hint_decides_only_what_the_text_leaves_open() {
        let cases = [
            ("C", Kind::Temperature, Unit::CELSIUS),
            ("C", Kind::TemperatureDiff, Unit::KELVIN_DIFFERENCE),
            ("C", Kind::Charge, Unit::COULOMB),
            ("K", Kind::TemperatureDiff, Unit::KELVIN_DIFFERENCE),
            ("K", Kind::Temperature, Unit::KELVIN),
            ("m³", Kind::VolumeNorm, Unit::NORM_M3),
            ("", Kind::Count, Unit::COUNT),
            ("kWh", Kind::Volume, Unit::KWH),
        ];
        for (text, hint, unit) in cases {
            assert_eq!(Unit::parse_hinted(text, hint), Ok(unit), "{text} {hint}");
        }
        assert_eq!(
            Unit::parse_hinted("gal", Kind::Volume),
            Err(ParseUnitError::Ambiguous)
        );
        assert_eq!(
            Unit::parse_hinted("C", Kind::Energy),
            Err(ParseUnitError::Ambiguous)
        );
    }

    proptest! {
        #[test]
        fn any_text_is_a_unit_or_an_error(text in "[ -~µμ³°Ω]{0,12}") {
            if let Ok(unit) = parsed(&text) {
                prop_assert_eq!(parsed(&unit.key().to_string()), Ok(unit));
            }
        }
    }
}
