//! Units in serialized data.

use core::fmt::{self, Formatter};

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

use super::{BaseUnit, Per, Prefix, Unit};

/// Writes the [key](Unit::key) (`"kWh"`, `"m3/h"`, `"cal_IT"`); in binary formats a tuple of three
/// small integers: the place of the base unit in [`BaseUnit::ALL`], the power of ten of the prefix,
/// and the place of the divisor in [`Per::ALL`].
impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(&self.key())
        } else {
            (self.base as u8, self.prefix.power(), self.per as u8).serialize(serializer)
        }
    }
}

/// Reads what `Serialize` writes; as text, everything that `FromStr` reads.
impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            return deserializer.deserialize_str(UnitVisitor);
        }
        let (base, power, per) = <(u8, i8, u8)>::deserialize(deserializer)?;
        numbered(base, power, per).ok_or_else(|| D::Error::custom("no such unit"))
    }
}

fn numbered(base: u8, power: i8, per: u8) -> Option<Unit> {
    let base = BaseUnit::ALL.get(usize::from(base))?;
    let prefix = Prefix::from_power(power)?;
    let per = Per::ALL.get(usize::from(per))?;
    Some(Unit::prefixed(prefix, *base).with_per(*per))
}

struct UnitVisitor;

impl Visitor<'_> for UnitVisitor {
    type Value = Unit;

    fn expecting(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("the symbol of a unit")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Unit, E> {
        text.parse()
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readable_formats_have_the_key() {
        let cases = [
            (Unit::KWH, "\"kWh\""),
            (Unit::M3_PER_H, "\"m3/h\""),
            (Unit::ONE, "\"1\""),
            (Unit::KELVIN_DIFFERENCE, "\"K_diff\""),
            (Unit::COULOMB, "\"coulomb\""),
            (
                Unit::prefixed(Prefix::Giga, BaseUnit::CalorieIt),
                "\"Gcal_IT\"",
            ),
            (Unit::KWH.with_per(Per::Day), "\"kWh/d\""),
        ];
        for (unit, json) in cases {
            assert_eq!(serde_json::to_string(&unit).unwrap(), json);
            assert_eq!(serde_json::from_str::<Unit>(json).unwrap(), unit);
        }
        assert!(serde_json::from_str::<Unit>("\"C\"").is_err());
    }

    #[test]
    fn the_numbers_of_binary_formats_give_every_unit_back() {
        for (place, base) in BaseUnit::ALL.iter().enumerate() {
            assert_eq!(usize::from(*base as u8), place);
            for prefix in Prefix::ALL {
                for (place, per) in Per::ALL.iter().enumerate() {
                    assert_eq!(usize::from(*per as u8), place);
                    let unit = Unit::prefixed(*prefix, *base).with_per(*per);
                    let numbers = (unit.base as u8, unit.prefix.power(), unit.per as u8);
                    assert_eq!(numbered(numbers.0, numbers.1, numbers.2), Some(unit));
                }
            }
        }
        assert_eq!(numbered(200, 0, 0), None);
        assert_eq!(numbered(0, 1, 0), None);
    }
}
