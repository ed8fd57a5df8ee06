//! SI prefixes.

/// A power of ten before a base unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[repr(u8)]
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

impl Prefix {
    /// Every prefix, the smallest first.
    pub const ALL: &'static [Self] = &[
        Self::Pico,
        Self::Nano,
        Self::Micro,
        Self::Milli,
        Self::None,
        Self::Kilo,
        Self::Mega,
        Self::Giga,
        Self::Tera,
    ];

    /// The power of ten.
    #[must_use]
    pub const fn power(self) -> i8 {
        match self {
            Self::Pico => -12,
            Self::Nano => -9,
            Self::Micro => -6,
            Self::Milli => -3,
            Self::None => 0,
            Self::Kilo => 3,
            Self::Mega => 6,
            Self::Giga => 9,
            Self::Tera => 12,
        }
    }

    /// The prefix of a power of ten, if it has one here.
    #[must_use]
    pub const fn from_power(power: i8) -> Option<Self> {
        Some(match power {
            -12 => Self::Pico,
            -9 => Self::Nano,
            -6 => Self::Micro,
            -3 => Self::Milli,
            0 => Self::None,
            3 => Self::Kilo,
            6 => Self::Mega,
            9 => Self::Giga,
            12 => Self::Tera,
            _ => return None,
        })
    }

    /// The letter, in ASCII.
    pub(super) const fn letter(self) -> &'static str {
        match self {
            Self::Pico => "p",
            Self::Nano => "n",
            Self::Micro => "u",
            Self::Milli => "m",
            Self::None => "",
            Self::Kilo => "k",
            Self::Mega => "M",
            Self::Giga => "G",
            Self::Tera => "T",
        }
    }

    /// The letter as it is printed.
    pub(super) const fn symbol(self) -> &'static str {
        match self {
            Self::Micro => "µ",
            _ => self.letter(),
        }
    }
}
