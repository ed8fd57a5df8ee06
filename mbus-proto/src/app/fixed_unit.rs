//! The units of the fixed data structure.

use meter_units::{BaseUnit, Prefix, Quantity, Unit};

use crate::codes::serde_as_code;

/// The unit of a counter in the fixed data structure: six bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FixedUnit(u8);

impl FixedUnit {
    /// Hours, minutes, seconds.
    pub const TIME: Self = Self(0x00);
    /// Day, month, year.
    pub const DATE: Self = Self(0x01);
    /// For counter 2: quantity and unit of counter 1, but a stored (historic) value.
    pub const HISTORIC: Self = Self(0x3E);
    /// No unit.
    pub const NONE: Self = Self(0x3F);

    /// The unit with this code; its two high bits are dropped.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code & 0x3F)
    }

    /// The code, 0 to 3Fh.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// What the counter counts; [`Quantity::Unknown`] for reserved codes.
    #[must_use]
    pub fn quantity(self) -> Quantity {
        self.row().0
    }

    /// The unit, with the prefix that makes the exponent zero or negative where there is one.
    #[must_use]
    pub fn unit(self) -> Unit {
        self.row().1
    }

    /// The power of ten of the last digit in that unit: 03h is 10^-2 kWh.
    #[must_use]
    pub fn exponent(self) -> i8 {
        self.row().2
    }

    fn row(self) -> Row {
        UNITS.get(usize::from(self.0)).copied().unwrap_or(RESERVED)
    }
}

serde_as_code!(FixedUnit, u8);

type Row = (Quantity, Unit, i8);

const RESERVED: Row = (Quantity::Unknown, Unit::ONE, 0);

const fn energy(prefix: Prefix, base: BaseUnit, exponent: i8) -> Row {
    (Quantity::Energy, Unit::prefixed(prefix, base), exponent)
}

const fn power(prefix: Prefix, base: BaseUnit, exponent: i8) -> Row {
    (Quantity::Power, Unit::prefixed(prefix, base), exponent)
}

const fn volume(exponent: i8) -> Row {
    (Quantity::Volume, Unit::new(BaseUnit::CubicMetre), exponent)
}

const fn flow(exponent: i8) -> Row {
    let unit = Unit::new(BaseUnit::CubicMetrePerHour);
    (Quantity::VolumeFlow, unit, exponent)
}

use BaseUnit::{Joule, JoulePerHour, Watt, WattHour};
use Prefix::{Giga, Kilo, Mega, None as No, Tera};

/// M-Bus Documentation, Rev. 4.8, 8.1: the table of physical units.
#[rustfmt::skip]
static UNITS: [Row; 64] = [
    /* 00 */ (Quantity::TimeOfDay, Unit::ONE, 0),
    /* 01 */ (Quantity::Timestamp, Unit::ONE, 0),
    /* 02 */ energy(No, WattHour, 0),
    /* 03 */ energy(Kilo, WattHour, -2),
    /* 04 */ energy(Kilo, WattHour, -1),
    /* 05 */ energy(Kilo, WattHour, 0),
    /* 06 */ energy(Mega, WattHour, -2),
    /* 07 */ energy(Mega, WattHour, -1),
    /* 08 */ energy(Mega, WattHour, 0),
    /* 09 */ energy(Giga, WattHour, -2),
    /* 0A */ energy(Giga, WattHour, -1),
    /* 0B */ energy(Kilo, Joule, 0),
    /* 0C */ energy(Mega, Joule, -2),
    /* 0D */ energy(Mega, Joule, -1),
    /* 0E */ energy(Mega, Joule, 0),
    /* 0F */ energy(Giga, Joule, -2),
    /* 10 */ energy(Giga, Joule, -1),
    /* 11 */ energy(Giga, Joule, 0),
    /* 12 */ energy(Tera, Joule, -2),
    /* 13 */ energy(Tera, Joule, -1),
    /* 14 */ power(No, Watt, 0),
    /* 15 */ power(Kilo, Watt, -2),
    /* 16 */ power(Kilo, Watt, -1),
    /* 17 */ power(Kilo, Watt, 0),
    /* 18 */ power(Mega, Watt, -2),
    /* 19 */ power(Mega, Watt, -1),
    /* 1A */ power(Mega, Watt, 0),
    /* 1B */ power(Giga, Watt, -2),
    /* 1C */ power(Giga, Watt, -1),
    /* 1D */ power(Kilo, JoulePerHour, 0),
    /* 1E */ power(Mega, JoulePerHour, -2),
    /* 1F */ power(Mega, JoulePerHour, -1),
    /* 20 */ power(Mega, JoulePerHour, 0),
    /* 21 */ power(Giga, JoulePerHour, -2),
    /* 22 */ power(Giga, JoulePerHour, -1),
    /* 23 */ power(Giga, JoulePerHour, 0),
    /* 24 */ power(Tera, JoulePerHour, -2),
    /* 25 */ power(Tera, JoulePerHour, -1),
    /* 26 */ volume(-6),
    /* 27 */ volume(-5),
    /* 28 */ volume(-4),
    /* 29 */ volume(-3),
    /* 2A */ volume(-2),
    /* 2B */ volume(-1),
    /* 2C */ volume(0),
    /* 2D */ volume(1),
    /* 2E */ volume(2),
    /* 2F */ flow(-6),
    /* 30 */ flow(-5),
    /* 31 */ flow(-4),
    /* 32 */ flow(-3),
    /* 33 */ flow(-2),
    /* 34 */ flow(-1),
    /* 35 */ flow(0),
    /* 36 */ flow(1),
    /* 37 */ flow(2),
    // Which temperature it is, the table does not say.
    /* 38 */ (Quantity::Temperature, Unit::new(BaseUnit::Celsius), -3),
    /* 39 */ (Quantity::HcaUnits, Unit::new(BaseUnit::HcaUnit), 0),
    /* 3A */ RESERVED,
    /* 3B */ RESERVED,
    /* 3C */ RESERVED,
    /* 3D */ RESERVED,
    /* 3E */ RESERVED,
    /* 3F */ (Quantity::Dimensionless, Unit::ONE, 0),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_its_value_in_the_base_unit() {
        let exponent = |code: u8, prefix: i8| {
            let unit = FixedUnit::from_code(code);
            unit.exponent() + prefix
        };
        // Wh at 02, kJ at 0B, W at 14, kJ/h at 1D; each step is a factor of ten.
        let prefix = |code| match FixedUnit::from_code(code).unit() {
            unit if [Watt, WattHour].iter().any(|b| unit == Unit::new(*b)) => 0,
            unit => *[(Kilo, 3), (Mega, 6), (Giga, 9), (Tera, 12)]
                .iter()
                .find(|(prefix, _)| {
                    [Watt, WattHour, Joule, JoulePerHour]
                        .iter()
                        .any(|base| unit == Unit::prefixed(*prefix, *base))
                })
                .map(|(_, exponent)| exponent)
                .unwrap(),
        };
        for (first, last, start) in [
            (0x02, 0x0A, 0),
            (0x0B, 0x13, 3),
            (0x14, 0x1C, 0),
            (0x1D, 0x25, 3),
        ] {
            for code in first..=last {
                let step = i8::try_from(code - first).unwrap();
                assert_eq!(exponent(code, prefix(code)), start + step, "{code:02X}");
                assert!(FixedUnit::from_code(code).exponent() <= 0);
            }
        }
        for (first, last) in [(0x26, 0x2E), (0x2F, 0x37)] {
            for code in first..=last {
                let step = i8::try_from(code - first).unwrap();
                assert_eq!(exponent(code, 0), step - 6, "{code:02X}");
            }
        }
    }

    #[test]
    fn quantities_are_those_of_their_ranges() {
        let table = [
            (0x00, Quantity::TimeOfDay),
            (0x01, Quantity::Timestamp),
            (0x02, Quantity::Energy),
            (0x13, Quantity::Energy),
            (0x14, Quantity::Power),
            (0x25, Quantity::Power),
            (0x26, Quantity::Volume),
            (0x2E, Quantity::Volume),
            (0x2F, Quantity::VolumeFlow),
            (0x37, Quantity::VolumeFlow),
            (0x38, Quantity::Temperature),
            (0x39, Quantity::HcaUnits),
            (0x3A, Quantity::Unknown),
            (0x3F, Quantity::Dimensionless),
        ];
        for (code, quantity) in table {
            assert_eq!(FixedUnit::from_code(code).quantity(), quantity);
        }
        assert_eq!(FixedUnit::from_code(0xC5).unit(), Unit::KWH);
    }
}
