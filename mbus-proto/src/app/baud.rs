//! The baud rates that a CI field can set.

use core::fmt;

use crate::app::ControlInformation;

/// A baud rate of the bus (EN 13757-2), as set by the CI fields B8h to BFh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BaudRate {
    /// 300 bit/s.
    B300,
    /// 600 bit/s.
    B600,
    /// 1200 bit/s.
    B1200,
    /// 2400 bit/s.
    B2400,
    /// 4800 bit/s.
    B4800,
    /// 9600 bit/s.
    B9600,
    /// 19 200 bit/s.
    B19200,
    /// 38 400 bit/s.
    B38400,
}

impl BaudRate {
    /// Every rate, from the slowest.
    pub const ALL: [Self; 8] = [
        Self::B300,
        Self::B600,
        Self::B1200,
        Self::B2400,
        Self::B4800,
        Self::B9600,
        Self::B19200,
        Self::B38400,
    ];

    /// The rate that a CI field sets.
    #[must_use]
    pub fn from_ci(ci: ControlInformation) -> Option<Self> {
        Self::ALL.into_iter().find(|rate| rate.ci() == ci)
    }

    /// The CI field that sets the rate.
    #[must_use]
    pub const fn ci(self) -> ControlInformation {
        ControlInformation::from_code(match self {
            Self::B300 => 0xB8,
            Self::B600 => 0xB9,
            Self::B1200 => 0xBA,
            Self::B2400 => 0xBB,
            Self::B4800 => 0xBC,
            Self::B9600 => 0xBD,
            Self::B19200 => 0xBE,
            Self::B38400 => 0xBF,
        })
    }

    /// The rate of so many bits per second.
    #[must_use]
    pub fn from_bits_per_second(rate: u32) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|known| known.bits_per_second() == rate)
    }

    /// The bits per second.
    #[must_use]
    pub const fn bits_per_second(self) -> u32 {
        match self {
            Self::B300 => 300,
            Self::B600 => 600,
            Self::B1200 => 1200,
            Self::B2400 => 2400,
            Self::B4800 => 4800,
            Self::B9600 => 9600,
            Self::B19200 => 19200,
            Self::B38400 => 38400,
        }
    }
}

impl fmt::Display for BaudRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.bits_per_second().fmt(f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for BaudRate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.bits_per_second().serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for BaudRate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rate = u32::deserialize(deserializer)?;
        Self::from_bits_per_second(rate)
            .ok_or_else(|| serde::de::Error::custom("no baud rate of the bus"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ci_fields_are_eight_in_a_row() {
        for (code, rate) in (0xB8..=0xBF).zip(BaudRate::ALL) {
            let ci = ControlInformation::from_code(code);
            assert_eq!(BaudRate::from_ci(ci), Some(rate));
            assert_eq!(rate.ci(), ci);
            assert!(ci.name().ends_with(&alloc::format!(" {rate}")));
        }
        assert_eq!(BaudRate::from_ci(ControlInformation::RESPONSE), None);
        assert_eq!(BaudRate::from_bits_per_second(2401), None);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serializes_as_bits_per_second() {
        assert_eq!(serde_json::to_string(&BaudRate::B2400).unwrap(), "2400");
        assert_eq!(
            serde_json::from_str::<BaudRate>("9600").unwrap(),
            BaudRate::B9600
        );
        assert!(serde_json::from_str::<BaudRate>("9601").is_err());
    }
}
