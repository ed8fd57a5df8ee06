//! Secondary addresses with wildcards, for selection.

use core::fmt;
use core::str::FromStr;

use meter_units::Medium;

use crate::codes::serde_as_text;
use crate::link::{AddressTextError, Identification, Manufacturer, SecondaryAddress};

/// A secondary address with wildcards: which meters a selection addresses (EN 13757-7).
///
/// A digit F of the identification, a manufacturer FFFFh, a version FFh and a medium FFh stand for
/// any. The text forms are those of [`SecondaryAddress`], such as `1234FFFF.PAD.FF.FF`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SecondaryAddressMask(SecondaryAddress);

impl SecondaryAddressMask {
    /// Every meter.
    pub const ANY: Self = Self::from_bytes([0xFF; 8]);

    /// The number of digits of the identification.
    pub const DIGITS: u8 = 8;

    /// The mask in the eight bytes of a selection: identification and manufacturer with the least
    /// significant byte first, version, medium.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 8]) -> Self {
        Self(SecondaryAddress::from_bytes(bytes))
    }

    /// The eight bytes of a selection.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 8] {
        self.0.to_bytes()
    }

    /// Every meter with this identification, in which F stands for any digit.
    #[must_use]
    pub const fn identification(identification: Identification) -> Self {
        Self::ANY.with_identification(identification)
    }

    /// The same mask for this identification, in which F stands for any digit.
    #[must_use]
    pub const fn with_identification(self, identification: Identification) -> Self {
        Self(SecondaryAddress {
            identification,
            ..self.0
        })
    }

    /// The same mask for this manufacturer.
    #[must_use]
    pub const fn with_manufacturer(self, manufacturer: Manufacturer) -> Self {
        Self(SecondaryAddress {
            manufacturer,
            ..self.0
        })
    }

    /// The same mask for this version.
    #[must_use]
    pub const fn with_version(self, version: u8) -> Self {
        Self(SecondaryAddress { version, ..self.0 })
    }

    /// The same mask for this medium.
    #[must_use]
    pub const fn with_medium(self, medium: Medium) -> Self {
        Self(SecondaryAddress { medium, ..self.0 })
    }

    /// The same mask with `digit` (0 to 15, 15 for any) at a place of the identification, counted
    /// from 0 for the most significant digit; `None` if either is out of range.
    #[must_use]
    pub const fn with_digit(self, position: u8, digit: u8) -> Option<Self> {
        if position >= Self::DIGITS || digit > 0xF {
            return None;
        }
        // `as`: `From` is not const.
        #[allow(clippy::cast_lossless)]
        let (position, digit) = (position as u32, digit as u32);
        let shift = 28 - 4 * position;
        let bcd = self.0.identification.bcd() & !(0xF << shift) | digit << shift;
        Some(self.with_identification(Identification::from_bcd(bcd)))
    }

    /// The place of the first digit of the identification that may be any, counted from 0 for the
    /// most significant; `None` if all are given.
    #[must_use]
    pub fn first_open_digit(&self) -> Option<u8> {
        let bcd = self.0.identification.bcd();
        (0..Self::DIGITS).find(|&position| {
            let shift = 28 - 4 * u32::from(position);
            bcd >> shift & 0xF == 0xF
        })
    }

    /// The address, wildcards included.
    #[must_use]
    pub const fn address(&self) -> &SecondaryAddress {
        &self.0
    }

    /// Whether the mask addresses the meter with this address.
    ///
    /// Each byte of the manufacturer is a wildcard of its own: no letters give FFh in either byte.
    #[must_use]
    pub fn matches(&self, address: &SecondaryAddress) -> bool {
        let mask = self.0.identification.bcd();
        let id = address.identification.bcd();
        // Every bit of an F nibble of the mask, from the carry-free test of its four bits.
        let all_set = mask & mask >> 1 & mask >> 2 & mask >> 3 & 0x1111_1111;
        let any = all_set.wrapping_mul(0xF);
        let id_matches = (mask ^ id) & !any == 0;

        let [_, _, _, _, mask @ ..] = self.to_bytes();
        let [_, _, _, _, rest @ ..] = address.to_bytes();
        id_matches
            && mask
                .iter()
                .zip(rest)
                .all(|(&mask, byte)| mask == 0xFF || mask == byte)
    }
}

impl From<SecondaryAddress> for SecondaryAddressMask {
    /// The mask that gives every part; hexadecimal F in the address becomes a wildcard.
    fn from(address: SecondaryAddress) -> Self {
        Self(address)
    }
}

impl Default for SecondaryAddressMask {
    fn default() -> Self {
        Self::ANY
    }
}

impl fmt::Display for SecondaryAddressMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::UpperHex for SecondaryAddressMask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::UpperHex::fmt(&self.0, f)
    }
}

impl FromStr for SecondaryAddressMask {
    type Err = AddressTextError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

serde_as_text!(
    SecondaryAddressMask,
    "a secondary address with wildcards such as 1234FFFF.PAD.FF.FF"
);

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    const METER: SecondaryAddress =
        SecondaryAddress::from_bytes([0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07]);

    fn matches(mask: &str) -> bool {
        mask.parse::<SecondaryAddressMask>()
            .unwrap()
            .matches(&METER)
    }

    #[test]
    fn any_matches_every_meter() {
        assert!(SecondaryAddressMask::ANY.matches(&METER));
        assert_eq!(SecondaryAddressMask::ANY.to_string(), "FFFFFFFF.FFFF.FF.FF");
    }

    #[test]
    fn each_part_must_match_or_be_a_wildcard() {
        assert!(matches("12345678.PAD.01.07"));
        assert!(matches("12FFFFFF.FFFF.FF.FF"));
        assert!(matches("FFFFFFF8.FFFF.FF.07"));
        assert!(matches("F2F4F6F8.PAD.FF.FF"));
        assert!(!matches("13FFFFFF.FFFF.FF.FF"));
        assert!(!matches("FFFFFFFF.PAE.FF.FF"));
        assert!(!matches("FFFFFFFF.FFFF.02.FF"));
        assert!(!matches("FFFFFFFF.FFFF.FF.06"));
    }

    #[test]
    fn digits_count_from_the_most_significant() {
        let mask = SecondaryAddressMask::ANY.with_digit(0, 7).unwrap();
        assert_eq!(
            mask.to_bytes(),
            [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF]
        );
        assert_eq!(mask.first_open_digit(), Some(1));
        assert_eq!(mask.with_digit(0, 0xF), Some(SecondaryAddressMask::ANY));
        assert_eq!(mask.with_digit(8, 0), None);
        assert_eq!(mask.with_digit(0, 16), None);
        assert_eq!(SecondaryAddressMask::from(METER).first_open_digit(), None);
    }

    proptest! {
        #[test]
        fn matching_goes_digit_by_digit(mask: u32, id: u32, cut: u32) {
            // Half of the digits taken over, so that matches occur.
            let mask = mask | (mask & cut) >> 1;
            let id = id & cut | mask & !cut;
            let expected = alloc::format!("{mask:08X}")
                .bytes()
                .zip(alloc::format!("{id:08X}").bytes())
                .all(|(mask, digit)| mask == b'F' || mask == digit);
            let address = SecondaryAddress { identification: Identification::from_bcd(id), ..METER };
            let mask = SecondaryAddressMask::identification(Identification::from_bcd(mask));
            prop_assert_eq!(mask.matches(&address), expected);
        }

        #[test]
        fn an_address_matches_itself(bytes: [u8; 8]) {
            let address = SecondaryAddress::from_bytes(bytes);
            let mask = SecondaryAddressMask::from(address);
            prop_assert!(mask.matches(&address));
            prop_assert_eq!(mask.to_string().parse(), Ok(mask));
        }
    }
}
