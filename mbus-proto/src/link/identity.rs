//! What a meter is known by: its identification number and its manufacturer.

use core::fmt;
use core::str::FromStr;

use crate::codes::serde_as_text;
use crate::link::AddressTextError;

/// The identification number of a meter: eight digits, as sent in BCD (EN 13757-7).
///
/// The digits Ah to Fh occur in real meters and are kept; in a
/// [`SecondaryAddressMask`](crate::link::SecondaryAddressMask) an F stands for any digit.
/// The text form is all eight digits, the most significant first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identification(u32);

impl Identification {
    /// The number whose eight digits are the hexadecimal digits of `bcd`.
    #[must_use]
    pub const fn from_bcd(bcd: u32) -> Self {
        Self(bcd)
    }

    /// The eight digits as hexadecimal digits: 12345678h for the number 12345678.
    #[must_use]
    pub const fn bcd(self) -> u32 {
        self.0
    }

    /// The number `number`; `None` if it has more than eight digits.
    #[must_use]
    pub const fn from_decimal(number: u32) -> Option<Self> {
        if number > 99_999_999 {
            return None;
        }
        let mut rest = number;
        let mut bcd = 0;
        let mut shift = 0;
        while shift < 32 {
            bcd |= (rest % 10) << shift;
            rest /= 10;
            shift += 4;
        }
        Some(Self(bcd))
    }

    /// The number; `None` if a digit is none of 0 to 9.
    #[must_use]
    pub const fn to_decimal(self) -> Option<u32> {
        let mut number: u32 = 0;
        let mut rest = self.0;
        let mut position = 0;
        while position < 8 {
            let digit = rest >> 28;
            if digit > 9 {
                return None;
            }
            // Eight decimal digits fit into 27 bits.
            number = number.wrapping_mul(10).wrapping_add(digit);
            rest <<= 4;
            position += 1;
        }
        Some(number)
    }
}

impl fmt::Display for Identification {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08X}", self.0)
    }
}

impl FromStr for Identification {
    type Err = AddressTextError;

    /// Reads one to eight digits; missing ones are leading zeros.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > 8 {
            return Err(AddressTextError::Identification);
        }
        hex(text).map(Self).ok_or(AddressTextError::Identification)
    }
}

serde_as_text!(Identification, "an identification number of eight digits");

/// The manufacturer of a meter: three letters in 15 bits (EN 13757-7, FLAG association).
///
/// Bit 15 says that the address is unique only where the meter is installed (a soft address).
///
/// The text form is lossless: the three letters, or four hexadecimal digits where the number is no
/// letters or bit 15 is set. The alternate form (`{:#}`) shows the letters whatever bit 15 says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Manufacturer(u16);

impl Manufacturer {
    /// The manufacturer with this number.
    #[must_use]
    pub const fn from_code(code: u16) -> Self {
        Self(code)
    }

    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The manufacturer with these letters, A to Z; `None` for other characters.
    #[must_use]
    pub const fn from_letters(letters: [u8; 3]) -> Option<Self> {
        let [a, b, c] = letters;
        if !a.is_ascii_uppercase() || !b.is_ascii_uppercase() || !c.is_ascii_uppercase() {
            return None;
        }
        // `as`: `From` is not const; A to Z minus 40h is 1 to 26.
        #[allow(clippy::cast_lossless)]
        let code = ((a & 0x1F) as u16) << 10 | ((b & 0x1F) as u16) << 5 | (c & 0x1F) as u16;
        Some(Self(code))
    }

    /// The three letters, in ASCII; `None` if the number is not made of letters.
    ///
    /// Bit 15 has no part in them.
    #[must_use]
    pub fn letters(self) -> Option<[u8; 3]> {
        let [high, low] = self.0.to_be_bytes();
        let letters = [high >> 2 & 0x1F, (high << 3 | low >> 5) & 0x1F, low & 0x1F];
        letters
            .iter()
            .all(|letter| (1..=26).contains(letter))
            .then(|| letters.map(|letter| letter | 0x40))
    }

    /// Whether the address is unique only where the meter is installed (bit 15).
    #[must_use]
    pub const fn is_soft(self) -> bool {
        self.0 & 0x8000 != 0
    }
}

impl fmt::Display for Manufacturer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.letters().filter(|_| f.alternate() || !self.is_soft());
        match letters
            .as_ref()
            .map(|letters| core::str::from_utf8(letters))
        {
            Some(Ok(letters)) => f.write_str(letters),
            _ => write!(f, "{:04X}", self.0),
        }
    }
}

impl FromStr for Manufacturer {
    type Err = AddressTextError;

    /// Reads three letters or four hexadecimal digits, the most significant first.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parsed = match *text.as_bytes() {
            [a, b, c] => Self::from_letters([a, b, c].map(|letter| letter.to_ascii_uppercase())),
            [_, _, _, _] => hex(text)
                .and_then(|code| u16::try_from(code).ok())
                .map(Self),
            _ => None,
        };
        parsed.ok_or(AddressTextError::Manufacturer)
    }
}

serde_as_text!(Manufacturer, "three letters or four hexadecimal digits");

/// Reads one to eight hexadecimal digits, and nothing else.
pub(super) fn hex(text: &str) -> Option<u32> {
    // `from_str_radix` would take a sign.
    text.bytes()
        .all(|digit| digit.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(text, 16).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn manufacturers_have_the_numbers_of_the_standard() {
        let table = [
            ("PAD", 0x4024),
            ("KAM", 0x2C2D),
            ("EMH", 0x15A8),
            ("SOC", 0x4DE3),
            ("SIE", 0x4D25),
            ("LUG", 0x32A7),
            ("ABB", 0x0442),
            ("SEN", 0x4CAE),
            ("TCH", 0x5068),
            ("SPX", 0x4E18),
            ("DME", 0x11A5),
            ("ELV", 0x1596),
            ("QDS", 0x4493),
            ("ITW", 0x2697),
            ("AAA", 0x0421),
            ("ZZZ", 0x6B5A),
        ];
        for (letters, code) in table {
            assert_eq!(letters.parse(), Ok(Manufacturer::from_code(code)));
            assert_eq!(Manufacturer::from_code(code).to_string(), letters);
        }
    }

    #[test]
    fn a_soft_address_keeps_its_letters_and_its_bit() {
        let soft = Manufacturer::from_code(0x8000 | 0x4024);
        assert!(soft.is_soft());
        assert_eq!(soft.letters(), Some(*b"PAD"));
        assert_eq!(soft.to_string(), "C024");
        assert_eq!(alloc::format!("{soft:#}"), "PAD");
    }

    #[test]
    fn numbers_without_letters_show_their_digits() {
        assert_eq!(Manufacturer::from_code(0).to_string(), "0000");
        assert_eq!(Manufacturer::from_code(0xFFFF).to_string(), "FFFF");
        assert_eq!(Manufacturer::from_code(0xFFFF).letters(), None);
        for text in ["", "PA", "P1D", "+123", "PADX", "12345", "ÄB"] {
            assert_eq!(
                text.parse::<Manufacturer>(),
                Err(AddressTextError::Manufacturer),
                "{text}"
            );
        }
    }

    #[test]
    fn identification_keeps_hexadecimal_digits() {
        let id = Identification::from_bcd(0x1A3F_5678);
        assert_eq!(id.to_string(), "1A3F5678");
        assert_eq!(id.to_decimal(), None);
        assert_eq!("1a3f5678".parse(), Ok(id));
    }

    #[test]
    fn short_identifications_get_leading_zeros() {
        assert_eq!("42".parse(), Ok(Identification::from_bcd(0x42)));
        for text in ["", "123456789", "+1", "12 4"] {
            assert!(text.parse::<Identification>().is_err(), "{text}");
        }
    }

    #[test]
    fn more_than_eight_digits_are_no_identification() {
        assert_eq!(Identification::from_decimal(100_000_000), None);
        let largest = Identification::from_decimal(99_999_999).unwrap();
        assert_eq!(largest.bcd(), 0x9999_9999);
    }

    proptest! {
        #[test]
        fn identification_goes_through_decimal(number in 0u32..=99_999_999) {
            let id = Identification::from_decimal(number).unwrap();
            prop_assert_eq!(id.to_decimal(), Some(number));
            prop_assert_eq!(id.to_string(), alloc::format!("{number:08}"));
        }

        #[test]
        fn manufacturer_goes_through_text(code: u16) {
            let manufacturer = Manufacturer::from_code(code);
            prop_assert_eq!(manufacturer.to_string().parse(), Ok(manufacturer));
        }

        #[test]
        fn identification_goes_through_text(bcd: u32) {
            let id = Identification::from_bcd(bcd);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
        }
    }
}
