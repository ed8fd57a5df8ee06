//! Units as numbers: DLMS unit codes and the unit index of M-Bus gateways.

use super::{BaseUnit, Per, Prefix, Unit};

/// A unit number of DLMS/COSEM (IEC 62056-6-2, Table 4); unknown numbers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DlmsUnit(pub u8);

impl Unit {
    /// The DLMS unit and the power of ten that is left over: a kilowatt hour is 10^3 of unit 30.
    ///
    /// `None` where DLMS has no number for it.
    #[must_use]
    pub const fn dlms(self) -> Option<(DlmsUnit, i8)> {
        let code = match (self.base, self.per) {
            (base, Per::None) => base.row().dlms,
            (BaseUnit::WattHour, Per::CubicMetre) => Some((60, 0)),
            (BaseUnit::Gram, Per::CubicMetre) => Some((63, 0)),
            _ => None,
        };
        match code {
            Some((number, power)) => Some((DlmsUnit(number), self.left_over(power))),
            None => None,
        }
    }

    /// The unit of a DLMS number, as the number defines it: 20 is the kilogram.
    ///
    /// `None` for the numbers that are not in the table of base units. 0 and 255 are
    /// [`Unit::ONE`]; 52 is the temperature, not a difference.
    #[must_use]
    pub const fn from_dlms(unit: DlmsUnit) -> Option<Self> {
        Some(match unit.0 {
            0 | 255 => Self::ONE,
            1 => Self::YEAR,
            2 => Self::MONTH,
            3 => Self::WEEK,
            4 => Self::DAY,
            5 => Self::HOUR,
            6 => Self::MINUTE,
            7 => Self::SECOND,
            8 => Self::DEGREE,
            9 => Self::CELSIUS,
            10 => Self::CURRENCY,
            11 => Self::METRE,
            12 => Self::new(BaseUnit::MetrePerSecond),
            13 => Self::M3,
            14 => Self::NORM_M3,
            15 => Self::M3_PER_H,
            16 => Self::new(BaseUnit::CubicMetreNormPerHour),
            17 => Self::new(BaseUnit::CubicMetrePerDay),
            18 => Self::new(BaseUnit::CubicMetreNormPerDay),
            19 => Self::LITRE,
            20 => Self::KG,
            23 => Self::PASCAL,
            24 => Self::BAR,
            25 => Self::J,
            26 => Self::J_PER_H,
            27 => Self::W,
            28 => Self::VA,
            29 => Self::VAR,
            30 => Self::WH,
            31 => Self::VAH,
            32 => Self::VARH,
            33 => Self::A,
            34 => Self::COULOMB,
            35 => Self::V,
            38 => Self::OHM,
            44 => Self::HZ,
            45 => Self::prefixed(Prefix::Kilo, BaseUnit::PulsePerKilowattHour),
            48 => Self::new(BaseUnit::VoltSquaredHour),
            49 => Self::new(BaseUnit::AmpereSquaredHour),
            50 => Self::new(BaseUnit::KilogramPerSecond),
            52 => Self::KELVIN,
            55 => Self::new(BaseUnit::PulsePerCubicMetre),
            56 => Self::PERCENT,
            57 => Self::AMPERE_HOUR,
            60 => Self::WH.with_per(Per::CubicMetre),
            61 => Self::new(BaseUnit::JoulePerCubicMetre),
            63 => Self::new(BaseUnit::Gram).with_per(Per::CubicMetre),
            70 => Self::DBM,
            72 => Self::new(BaseUnit::Decibel),
            _ => return None,
        })
    }
}

impl Unit {
    /// The unit index of M-Bus gateways and the power of ten that is left over: a kilowatt hour is
    /// 10^3 of index 5, a var hour 10^-3 of index 34, which is the kilovar hour.
    ///
    /// Units of stated kind have the index of the unstated one (`cal`, `BTU`). `None` where the list
    /// has nothing that differs by a power of ten only. The index of a reading also depends on its
    /// quantity, see [`Quantity::unit_index`](crate::Quantity::unit_index).
    #[must_use]
    pub const fn t29(self) -> Option<(u8, i8)> {
        let code = match (self.base, self.per) {
            (base, Per::None) => base.row().t29,
            (BaseUnit::BtuUnspecified, Per::Second) => Some((42, 3)),
            _ => None,
        };
        match code {
            Some((index, power)) => Some((index, self.left_over(power))),
            None => None,
        }
    }

    /// The unit of an index of M-Bus gateways; `None` for a reserved one.
    ///
    /// 20 is a difference, because M-Bus sends no other number in kelvin; 47 is the temperature. 0
    /// (none) and 22 (dimensionless) are [`Unit::ONE`]; 1, 32 and 33 are [`Unit::BINARY`].
    #[must_use]
    pub const fn from_t29(index: u8) -> Option<Self> {
        Some(match index {
            0 | 22 => Self::ONE,
            1 | 32 | 33 => Self::BINARY,
            2 => Self::CURRENCY,
            3 => Self::V,
            4 => Self::A,
            5 => Self::WH,
            6 => Self::J,
            7 => Self::M3,
            8 => Self::KG,
            9 => Self::SECOND,
            10 => Self::MINUTE,
            11 => Self::HOUR,
            12 => Self::DAY,
            13 => Self::W,
            14 => Self::J_PER_H,
            15 => Self::M3_PER_H,
            16 => Self::M3_PER_MIN,
            17 => Self::M3_PER_S,
            18 => Self::KG_PER_H,
            19 => Self::CELSIUS,
            20 => Self::KELVIN_DIFFERENCE,
            21 => Self::BAR,
            25 => Self::UTC,
            26 => Self::BAUD,
            27 => Self::BIT_TIME,
            28 => Self::MONTH,
            29 => Self::YEAR,
            30 => Self::DAY_OF_WEEK,
            31 => Self::DBM,
            34 => Self::KVARH,
            35 => Self::KVAR,
            36 => Self::CAL,
            37 => Self::PERCENT,
            38 => Self::CUBIC_FOOT,
            39 => Self::DEGREE,
            40 => Self::HZ,
            41 => Self::KBTU,
            42 => Self::MILLI_BTU_PER_S,
            43 => Self::US_GALLON,
            44 => Self::US_GALLON_PER_S,
            45 => Self::US_GALLON_PER_MIN,
            46 => Self::US_GALLON_PER_H,
            47 => Self::FAHRENHEIT,
            _ => return None,
        })
    }

    const fn left_over(self, power: i8) -> i8 {
        power.saturating_add(self.prefix.power())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dlms_number_of_the_table_comes_back() {
        let mut known = 0;
        for number in 0..=u8::MAX {
            let Some(unit) = Unit::from_dlms(DlmsUnit(number)) else {
                continue;
            };
            known += 1;
            let expected = if number == 0 { 255 } else { number };
            assert_eq!(unit.dlms(), Some((DlmsUnit(expected), 0)), "{unit:?}");
        }
        assert_eq!(known, 50);
    }

    #[test]
    fn every_gateway_index_comes_back() {
        for index in 0..=u8::MAX {
            let expected = match index {
                22 => Some(0),
                32 | 33 => Some(1),
                23 | 24 | 48.. => None,
                index => Some(index),
            };
            let found = Unit::from_t29(index).and_then(Unit::t29);
            assert_eq!(found, expected.map(|index| (index, 0)), "{index}");
        }
    }

    #[test]
    fn codes_of_base_units_lead_to_the_same_kind() {
        for base in BaseUnit::ALL {
            let unit = Unit::new(*base);
            let Some((index, _)) = unit.t29() else {
                continue;
            };
            let back = Unit::from_t29(index).map(Unit::kind);
            let expected = match unit {
                Unit::COUNT | Unit::HCA => Unit::ONE.kind(),
                Unit::KELVIN => Unit::KELVIN_DIFFERENCE.kind(),
                Unit::FAHRENHEIT_DIFFERENCE => Unit::FAHRENHEIT.kind(),
                unit => unit.kind(),
            };
            assert_eq!(back, Some(expected), "{unit:?}");
        }
    }

    #[test]
    fn the_power_of_ten_that_is_left_over_is_told() {
        let cases = [
            (Unit::KWH, Some((30, 3)), Some((5, 3))),
            (Unit::VARH, Some((32, 0)), Some((34, -3))),
            (Unit::KVARH, Some((32, 3)), Some((34, 0))),
            (Unit::KG, Some((20, 0)), Some((8, 0))),
            (Unit::TONNE, Some((20, 3)), Some((8, 3))),
            (Unit::LITRE, Some((19, 0)), Some((7, -3))),
            (Unit::VAH, Some((31, 0)), None),
            (Unit::KWH.with_per(Per::CubicMetre), Some((60, 3)), None),
            (Unit::KWH.with_per(Per::Day), None, None),
        ];
        for (unit, dlms, t29) in cases {
            let dlms = dlms.map(|(number, power)| (DlmsUnit(number), power));
            assert_eq!((unit.dlms(), unit.t29()), (dlms, t29), "{unit:?}");
        }
    }
}
