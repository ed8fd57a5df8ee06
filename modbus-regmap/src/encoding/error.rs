//! Why registers give no value, or a value no registers.

use meter_units::Absent;

/// Why registers give no value, or a value no registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// The device says that it has no value: a marker, NaN, or a date flagged as invalid.
    #[error("the device says that there is no value")]
    NotAvailable,
    /// The value is infinite or outside what its encoding allows.
    #[error("the value is out of range")]
    OutOfRange,
    /// A digit is above 9.
    #[error("a digit is above 9")]
    InvalidDigit,
    /// There is no such date or time.
    #[error("there is no such date or time")]
    InvalidDate,
    /// The text is not in its character set.
    #[error("the text is not in its character set")]
    InvalidText,
    /// The exponent in the scale register is not within -10..=10.
    #[error("the exponent in the scale register is {0}, allowed is -10 to 10")]
    InvalidScale(i16),
    /// The scaled value has more digits than a decimal holds.
    #[error("the scaled value has more digits than a decimal holds")]
    Overflow,
    /// The scaled value has no last digit, or the value to write lies between two raw values.
    #[error("the value cannot be scaled without rounding")]
    Inexact,
    /// The window is of another size than the encoding.
    #[error("{found} register(s), the encoding needs {needed}")]
    Window {
        /// How many the encoding needs.
        needed: u16,
        /// How many there are.
        found: u16,
    },
    /// The word order does not exist for values of this size.
    #[error("the order does not fit the size of the value")]
    Order,
    /// The registers that were read do not hold the value.
    #[error("register {0} was not read")]
    NotRead(u16),
    /// The unit is set in the device, and nothing that was read says which it is.
    #[error("the unit is not known")]
    UnknownUnit,
    /// The code in the unit register has no unit.
    #[error("unit code {0} is not known")]
    UnitCode(u16),
    /// A value of this kind has no such encoding.
    #[error("a value of another kind is needed")]
    Kind,
}

impl ValueError {
    /// The kind of error in a word or two, as data files name it: `not-available`,
    /// `invalid-digit`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAvailable => "not-available",
            Self::OutOfRange => "out-of-range",
            Self::InvalidDigit => "invalid-digit",
            Self::InvalidDate => "invalid-date",
            Self::InvalidText => "invalid-text",
            Self::InvalidScale(_) => "invalid-scale",
            Self::Overflow => "overflow",
            Self::Inexact => "inexact",
            Self::Window { .. } => "window",
            Self::Order => "order",
            Self::NotRead(_) => "not-read",
            Self::UnknownUnit => "unknown-unit",
            Self::UnitCode(_) => "unit-code",
            Self::Kind => "kind",
        }
    }

    /// The reason as a reading gives it where its value is absent.
    #[must_use]
    pub const fn absent(self) -> Absent {
        match self {
            Self::NotAvailable => Absent::NotAvailable,
            Self::OutOfRange | Self::Overflow => Absent::Overflow,
            Self::NotRead(_) => Absent::NotSent,
            _ => Absent::Invalid,
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn errors_are_small_and_say_what_to_look_for() {
        assert!(size_of::<ValueError>() <= 8);
        let error = ValueError::Window {
            needed: 2,
            found: 1,
        };
        assert_eq!(error.to_string(), "1 register(s), the encoding needs 2");
        assert_eq!(error.name(), "window");
        assert_eq!(ValueError::InvalidScale(11).absent(), Absent::Invalid);
    }
}
