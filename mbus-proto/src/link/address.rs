//! Primary and secondary addresses.

use core::fmt;
use core::str::FromStr;

use meter_units::Medium;

use crate::codes::{serde_as_code, serde_as_text};
use crate::link::identity::hex;
use crate::link::{Identification, Manufacturer};

/// The A field of a frame (EN 13757-2): all 256 values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrimaryAddress(u8);

impl PrimaryAddress {
    /// A slave whose address was never set (0).
    pub const UNCONFIGURED: Self = Self(0);
    /// The slave selected by its secondary address (253).
    pub const SELECTED: Self = Self(253);
    /// Every slave, each answering with its own address: for one slave on the bus (254).
    pub const TEST: Self = Self(254);
    /// Every slave, without answer (255).
    pub const BROADCAST: Self = Self(255);

    /// The address of one slave; `None` over 250.
    #[must_use]
    pub const fn slave(address: u8) -> Option<Self> {
        if address <= 250 {
            Some(Self(address))
        } else {
            None
        }
    }

    /// The address with this value.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Who is meant.
    #[must_use]
    pub const fn kind(self) -> AddressKind {
        match self.0 {
            0 => AddressKind::Unconfigured,
            1..=250 => AddressKind::Slave,
            251 => AddressKind::Repeater,
            252 => AddressKind::Reserved,
            253 => AddressKind::Selected,
            254 => AddressKind::Test,
            255 => AddressKind::Broadcast,
        }
    }
}

impl fmt::Display for PrimaryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<u8> for PrimaryAddress {
    fn from(code: u8) -> Self {
        Self::from_code(code)
    }
}

impl From<PrimaryAddress> for u8 {
    fn from(address: PrimaryAddress) -> Self {
        address.code()
    }
}

serde_as_code!(PrimaryAddress, u8);

/// Who a [`PrimaryAddress`] means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AddressKind {
    /// A slave whose address was never set (0).
    Unconfigured,
    /// One slave (1 to 250).
    Slave,
    /// The management of a repeater (251).
    Repeater,
    /// Nobody (252).
    Reserved,
    /// The slave selected by its secondary address (253).
    Selected,
    /// Every slave, with answer (254).
    Test,
    /// Every slave, without answer (255).
    Broadcast,
}

/// What tells one meter from every other (EN 13757-7): eight bytes on the wire.
///
/// The text form is `12345678.PAD.01.07`: identification, manufacturer, version and medium, the last
/// two in hexadecimal. `{:X}` writes the 16 digits that other tools use, `1234567824400107`: the
/// identification in reading order, then the other bytes in the order of the wire. Both are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(C)]
pub struct SecondaryAddress {
    /// The identification number.
    pub identification: Identification,
    /// The manufacturer.
    pub manufacturer: Manufacturer,
    /// The version (generation), as the manufacturer counts.
    pub version: u8,
    /// The medium (device type).
    pub medium: Medium,
}

impl SecondaryAddress {
    /// The address in the eight bytes of the long header: identification and manufacturer with
    /// the least significant byte first, version, medium.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        let [i0, i1, i2, i3, m0, m1, version, medium] = bytes;
        Self {
            identification: Identification::from_bcd(u32::from_le_bytes([i0, i1, i2, i3])),
            manufacturer: Manufacturer::from_code(u16::from_le_bytes([m0, m1])),
            version,
            medium: Medium(medium),
        }
    }

    /// The eight bytes of the long header.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        let [i0, i1, i2, i3] = self.identification.bcd().to_le_bytes();
        let [m0, m1] = self.manufacturer.code().to_le_bytes();
        [i0, i1, i2, i3, m0, m1, self.version, self.medium.0]
    }

    /// The address in the eight bytes of a radio frame: as in the long header, but with the
    /// manufacturer first (EN 13757-4).
    #[must_use]
    pub const fn from_link_bytes(bytes: [u8; 8]) -> Self {
        let [m0, m1, i0, i1, i2, i3, version, medium] = bytes;
        Self::from_bytes([i0, i1, i2, i3, m0, m1, version, medium])
    }

    /// The eight bytes of a radio frame.
    #[must_use]
    pub const fn to_link_bytes(self) -> [u8; 8] {
        let [i0, i1, i2, i3, m0, m1, version, medium] = self.to_bytes();
        [m0, m1, i0, i1, i2, i3, version, medium]
    }
}

impl fmt::Display for SecondaryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{}.{:02X}.{:02X}",
            self.identification, self.manufacturer, self.version, self.medium.0
        )
    }
}

impl fmt::UpperHex for SecondaryAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let manufacturer = self.manufacturer.code().swap_bytes();
        write!(
            f,
            "{}{manufacturer:04X}{:02X}{:02X}",
            self.identification, self.version, self.medium.0
        )
    }
}

impl FromStr for SecondaryAddress {
    type Err = AddressTextError;

    /// Reads `12345678.PAD.01.07` or the 16 digits `1234567824400107`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((identification, rest)) = split(text) else {
            return from_digits(text).ok_or(AddressTextError::Form);
        };
        let (manufacturer, rest) = split(rest).ok_or(AddressTextError::Form)?;
        let (version, medium) = split(rest).ok_or(AddressTextError::Form)?;
        if split(medium).is_some() {
            return Err(AddressTextError::Form);
        }
        Ok(Self {
            identification: identification.parse()?,
            manufacturer: manufacturer.parse()?,
            version: byte(version).ok_or(AddressTextError::Version)?,
            medium: Medium(byte(medium).ok_or(AddressTextError::Medium)?),
        })
    }
}

serde_as_text!(
    SecondaryAddress,
    "a secondary address such as 12345678.PAD.01.07"
);

/// Why a text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum AddressTextError {
    /// Neither four parts with dots between them nor 16 hexadecimal digits.
    #[error("neither a form such as 12345678.PAD.01.07 nor 16 hexadecimal digits")]
    Form,
    /// An identification number of other than one to eight hexadecimal digits.
    #[error("identification is not one to eight hexadecimal digits")]
    Identification,
    /// A manufacturer that is neither three letters nor four hexadecimal digits.
    #[error("manufacturer is neither three letters nor four hexadecimal digits")]
    Manufacturer,
    /// A version of other than two hexadecimal digits.
    #[error("version is not two hexadecimal digits")]
    Version,
    /// A medium of other than two hexadecimal digits.
    #[error("medium is not two hexadecimal digits")]
    Medium,
}

fn from_digits(text: &str) -> Option<SecondaryAddress> {
    if text.len() != 16 {
        return None;
    }
    let identification = hex(text.get(..8)?)?;
    let [m0, m1, version, medium] = hex(text.get(8..)?)?.to_be_bytes();
    Some(SecondaryAddress {
        identification: Identification::from_bcd(identification),
        manufacturer: Manufacturer::from_code(u16::from_le_bytes([m0, m1])),
        version,
        medium: Medium(medium),
    })
}

/// What is before and after the first dot.
fn split(text: &str) -> Option<(&str, &str)> {
    let dot = text.as_bytes().iter().position(|&byte| byte == b'.')?;
    let (before, rest) = text.split_at_checked(dot)?;
    Some((before, rest.get(1..)?))
}

fn byte(text: &str) -> Option<u8> {
    if text.len() != 2 {
        return None;
    }
    u8::try_from(hex(text)?).ok()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    const PAD: [u8; 8] = [0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07];

    #[test]
    fn every_primary_address_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(PrimaryAddress::from_code(code).code(), code);
            assert_eq!(PrimaryAddress::slave(code).is_some(), code <= 250);
        }
        assert_eq!(PrimaryAddress::from_code(251).kind(), AddressKind::Repeater);
        assert_eq!(PrimaryAddress::TEST.kind(), AddressKind::Test);
        assert_eq!(PrimaryAddress::SELECTED.to_string(), "253");
    }

    #[test]
    fn the_eight_bytes_are_those_of_the_long_header() {
        let address = SecondaryAddress::from_bytes(PAD);
        assert_eq!(address.identification.to_decimal(), Some(12_345_678));
        assert_eq!(address.manufacturer.letters(), Some(*b"PAD"));
        assert_eq!(address.version, 1);
        assert_eq!(address.medium, Medium(7));
        assert_eq!(address.to_bytes(), PAD);
    }

    #[test]
    fn both_text_forms_are_read() {
        let address = SecondaryAddress::from_bytes(PAD);
        assert_eq!(address.to_string(), "12345678.PAD.01.07");
        assert_eq!(alloc::format!("{address:X}"), "1234567824400107");
        assert_eq!("12345678.PAD.01.07".parse(), Ok(address));
        assert_eq!("12345678.4024.01.07".parse(), Ok(address));
        assert_eq!("1234567824400107".parse(), Ok(address));
    }

    #[test]
    fn wrong_texts_say_what_is_wrong() {
        let table = [
            ("", AddressTextError::Form),
            ("12345678", AddressTextError::Form),
            ("12345678.PAD.01", AddressTextError::Form),
            ("12345678.PAD.01.07.00", AddressTextError::Form),
            ("1234567x.PAD.01.07", AddressTextError::Identification),
            ("12345678.P-D.01.07", AddressTextError::Manufacturer),
            ("12345678.PAD.1.07", AddressTextError::Version),
            ("12345678.PAD.01.007", AddressTextError::Medium),
            ("12345678+4400107", AddressTextError::Form),
            ("1234567\u{e4}4400107", AddressTextError::Form),
        ];
        for (text, error) in table {
            assert_eq!(text.parse::<SecondaryAddress>(), Err(error), "{text}");
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serializes_as_text() {
        let address = SecondaryAddress::from_bytes(PAD);
        let json = serde_json::to_string(&address).unwrap();
        assert_eq!(json, "\"12345678.PAD.01.07\"");
        assert_eq!(
            serde_json::from_str::<SecondaryAddress>(&json).unwrap(),
            address
        );
        assert!(serde_json::from_str::<SecondaryAddress>("\"1.2\"").is_err());
        assert_eq!(
            serde_json::to_string(&PrimaryAddress::SELECTED).unwrap(),
            "253"
        );
    }

    proptest! {
        #[test]
        fn bytes_and_texts_go_round(bytes: [u8; 8]) {
            let address = SecondaryAddress::from_bytes(bytes);
            prop_assert_eq!(address.to_bytes(), bytes);
            prop_assert_eq!(SecondaryAddress::from_link_bytes(address.to_link_bytes()), address);
            prop_assert_eq!(address.to_string().parse(), Ok(address));
            prop_assert_eq!(alloc::format!("{address:X}").parse(), Ok(address));
        }

        #[test]
        fn reading_a_text_never_panics(text: alloc::string::String) {
            let _ = text.parse::<SecondaryAddress>();
        }
    }
}
