//! The CI field: what kind of application data follows, and under which header.

use core::fmt;

use crate::app::ci_table::{CLASSIC, CODES, INDEX, Row};
use crate::codes::serde_as_code;

/// The CI field (EN 13757-7:2018, Table 2): all 256 values.
///
/// Some codes had another meaning in the classic documentation, and some meters still use it. The
/// names are those of 2018; [`classic_name`](Self::classic_name) has the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ControlInformation(u8);

/// Which header follows a CI field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum HeaderKind {
    /// None.
    None,
    /// The header of 4 bytes.
    Short,
    /// The header of 12 bytes.
    Long,
    /// Not one of these: another layer, or not known.
    Other,
}

/// Which way application data goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CiDirection {
    /// To the meter.
    ToDevice,
    /// From the meter.
    FromDevice,
    /// Either way, or not said.
    Either,
}

impl ControlInformation {
    /// Reset or selection of an application, no header.
    pub const RESET: Self = Self(0x50);
    /// Command, no header.
    pub const COMMAND: Self = Self(0x51);
    /// Selection of slaves.
    pub const SELECTION: Self = Self(0x52);
    /// Reset or selection of an application, long header.
    pub const RESET_LONG: Self = Self(0x53);
    /// Synchronization of the classic documentation.
    pub const SYNCHRONIZE_CLASSIC: Self = Self(0x54);
    /// Command of the classic documentation, most significant byte first.
    pub const COMMAND_MODE_2: Self = Self(0x55);
    /// Selection of slaves, most significant byte first.
    pub const SELECTION_MODE_2: Self = Self(0x56);
    /// Command, short header.
    pub const COMMAND_SHORT: Self = Self(0x5A);
    /// Command, long header.
    pub const COMMAND_LONG: Self = Self(0x5B);
    /// Synchronization.
    pub const SYNCHRONIZE: Self = Self(0x5C);
    /// Format frame, no header.
    pub const FORMAT: Self = Self(0x69);
    /// Format frame, short header.
    pub const FORMAT_SHORT: Self = Self(0x6A);
    /// Format frame, long header.
    pub const FORMAT_LONG: Self = Self(0x6B);
    /// Absolute time for the meter's clock.
    pub const TIME_ABSOLUTE: Self = Self(0x6C);
    /// Difference for the meter's clock.
    pub const TIME_RELATIVE: Self = Self(0x6D);
    /// Application error, short header.
    pub const ERROR_SHORT: Self = Self(0x6E);
    /// Application error, long header.
    pub const ERROR_LONG: Self = Self(0x6F);
    /// Application error, no header.
    pub const ERROR: Self = Self(0x70);
    /// Alarm, no header.
    pub const ALARM: Self = Self(0x71);
    /// Response, long header.
    pub const RESPONSE_LONG: Self = Self(0x72);
    /// Compact frame with long header; of the classic documentation, fixed data structure.
    pub const COMPACT_LONG: Self = Self(0x73);
    /// Alarm, short header.
    pub const ALARM_SHORT: Self = Self(0x74);
    /// Alarm, long header.
    pub const ALARM_LONG: Self = Self(0x75);
    /// Response of the classic documentation, most significant byte first.
    pub const RESPONSE_MODE_2: Self = Self(0x76);
    /// Fixed data structure, most significant byte first.
    pub const FIXED_MODE_2: Self = Self(0x77);
    /// Response, no header.
    pub const RESPONSE: Self = Self(0x78);
    /// Compact frame, no header.
    pub const COMPACT: Self = Self(0x79);
    /// Response, short header.
    pub const RESPONSE_SHORT: Self = Self(0x7A);
    /// Compact frame, short header.
    pub const COMPACT_SHORT: Self = Self(0x7B);
    /// The first of the eight that set a baud rate.
    pub const BAUD_300: Self = Self(0xB8);

    /// The CI field with this value.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// What the code means since 2018.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().map_or("reserved", |row| row.name)
    }

    /// What the code means in the classic documentation, where that is something else.
    #[must_use]
    pub fn classic_name(self) -> Option<&'static str> {
        CLASSIC
            .iter()
            .find(|(code, _)| *code == self.0)
            .map(|(_, name)| *name)
    }

    /// The header that follows, since 2018.
    #[must_use]
    pub fn header(self) -> HeaderKind {
        self.row().map_or(HeaderKind::Other, |row| row.header)
    }

    /// Which way the data goes.
    #[must_use]
    pub fn direction(self) -> CiDirection {
        self.row().map_or(CiDirection::Either, |row| row.direction)
    }

    /// Whether the manufacturer gives the code its meaning (A0h to B7h).
    #[must_use]
    pub const fn is_manufacturer_specific(self) -> bool {
        matches!(self.0, 0xA0..=0xB7)
    }

    fn row(self) -> Option<&'static Row> {
        let row = *INDEX.get(usize::from(self.0))?;
        CODES.get(usize::from(row))
    }
}

impl fmt::Display for ControlInformation {
    /// The code and its name: `72h response, full frame`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02X}h {}", self.0, self.name())
    }
}

impl From<u8> for ControlInformation {
    fn from(code: u8) -> Self {
        Self::from_code(code)
    }
}

impl From<ControlInformation> for u8 {
    fn from(ci: ControlInformation) -> Self {
        ci.code()
    }
}

serde_as_code!(ControlInformation, u8);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn the_table_is_in_order_and_without_overlap() {
        for pair in CODES.windows(2) {
            assert!(pair[0].first <= pair[0].last);
            assert!(pair[0].last < pair[1].first, "{:02X}", pair[1].first);
        }
        assert!(CLASSIC.is_sorted_by_key(|(code, _)| *code));
    }

    #[test]
    fn every_code_survives_and_has_a_text() {
        for code in 0..=u8::MAX {
            let ci = ControlInformation::from_code(code);
            assert_eq!(ci.code(), code);
            assert!(!ci.name().is_empty());
        }
    }

    #[test]
    fn names_headers_and_directions_are_those_of_the_table() {
        let ci = ControlInformation::RESPONSE_LONG;
        assert_eq!(ci.to_string(), "72h response, full frame");
        assert_eq!(ci.header(), HeaderKind::Long);
        assert_eq!(ci.direction(), CiDirection::FromDevice);
        assert_eq!(ci.classic_name(), Some("variable data response, mode 1"));
        for code in [0x20, 0x4F, 0x56, 0x59, 0x5D, 0x62, 0x76, 0x91, 0xC6, 0xFF] {
            let ci = ControlInformation::from_code(code);
            assert_eq!(ci.name(), "reserved", "{code:02X}");
            assert_eq!(ci.header(), HeaderKind::Other);
        }
        for (code, header) in [
            (0x5A, HeaderKind::Short),
            (0x6B, HeaderKind::Long),
            (0x70, HeaderKind::None),
            (0x8D, HeaderKind::Other),
        ] {
            assert_eq!(ControlInformation::from_code(code).header(), header);
        }
    }
}
