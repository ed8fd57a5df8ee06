//! In which order the bytes of a value lie in its registers.

use core::fmt;
use core::str::FromStr;

/// In which order the bytes of a value lie in its registers.
///
/// It is written in letters, `A` being the most significant byte, in the order of the wire:
/// `ABCD` is the standard's own order, `CDAB` has the low word first. The letters of every size
/// belong to one of these orders, so that a device can have one for all its values: `CDAB`,
/// `EFCDAB` and `GHEFCDAB` are all [`Order::CDAB`].
///
/// The names "big endian" and "little endian" mean different orders in different products and are
/// not read.
///
/// ```
/// use modbus_regmap::encoding::Order;
///
/// let order: Order = "GHEFCDAB".parse()?;
/// assert_eq!(order, Order::CDAB);
/// assert_eq!(order.letters(2), Some("CDAB"));
/// # Ok::<(), modbus_regmap::encoding::ParseOrderError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Order {
    /// How the registers of a value follow each other.
    pub words: WordOrder,
    /// How the two bytes of a register follow each other.
    pub bytes: ByteOrder,
}

/// How the registers of a value follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WordOrder {
    /// The most significant register first, as in `ABCD`.
    #[default]
    HighFirst,
    /// The least significant register first, as in `CDAB` and `GHEFCDAB`.
    LowFirst,
    /// The two halves of a 64-bit value exchanged: `EFGHABCD`.
    Halves,
    /// The two registers of each half of a 64-bit value exchanged: `CDABGHEF`.
    Neighbors,
}

/// How the two bytes of a register follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ByteOrder {
    /// The most significant byte first, as the standard has it.
    #[default]
    HighFirst,
    /// The least significant byte first.
    LowFirst,
}

/// Letters that name no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not an order of bytes such as `ABCD` or `CDAB`")]
pub struct ParseOrderError;

impl Order {
    /// High word and high byte first: the order of the standard.
    pub const ABCD: Self = Self::new(WordOrder::HighFirst, ByteOrder::HighFirst);
    /// Low word first, "word swap".
    pub const CDAB: Self = Self::new(WordOrder::LowFirst, ByteOrder::HighFirst);
    /// The bytes of each register exchanged, "byte swap".
    pub const BADC: Self = Self::new(WordOrder::HighFirst, ByteOrder::LowFirst);
    /// Low word and low byte first: the bytes in reverse.
    pub const DCBA: Self = Self::new(WordOrder::LowFirst, ByteOrder::LowFirst);
    /// The halves of a 64-bit value exchanged.
    pub const EFGHABCD: Self = Self::new(WordOrder::Halves, ByteOrder::HighFirst);
    /// The words of each half of a 64-bit value exchanged.
    pub const CDABGHEF: Self = Self::new(WordOrder::Neighbors, ByteOrder::HighFirst);

    /// Every order, the two that only 64-bit values have, with bytes exchanged, included.
    pub const ALL: [Self; 8] = [
        Self::ABCD,
        Self::CDAB,
        Self::BADC,
        Self::DCBA,
        Self::EFGHABCD,
        Self::CDABGHEF,
        Self::new(WordOrder::Halves, ByteOrder::LowFirst),
        Self::new(WordOrder::Neighbors, ByteOrder::LowFirst),
    ];

    /// The order of words and bytes.
    #[must_use]
    pub const fn new(words: WordOrder, bytes: ByteOrder) -> Self {
        Self { words, bytes }
    }

    /// Whether values of so many registers can lie in this order.
    #[must_use]
    pub const fn fits(self, registers: u16) -> bool {
        match self.words {
            WordOrder::HighFirst | WordOrder::LowFirst => true,
            WordOrder::Halves | WordOrder::Neighbors => registers == 4,
        }
    }

    /// The letters for values of 1 to 4 registers; `None` for other sizes and where the order
    /// does not exist.
    #[must_use]
    pub const fn letters(self, registers: u16) -> Option<&'static str> {
        use ByteOrder as Byte;
        use WordOrder::{Halves, HighFirst, LowFirst, Neighbors};
        Some(match (registers, self.words, self.bytes) {
            (1, HighFirst | LowFirst, Byte::HighFirst) => "AB",
            (1, HighFirst | LowFirst, Byte::LowFirst) => "BA",
            (2, HighFirst, Byte::HighFirst) => "ABCD",
            (2, LowFirst, Byte::HighFirst) => "CDAB",
            (2, HighFirst, Byte::LowFirst) => "BADC",
            (2, LowFirst, Byte::LowFirst) => "DCBA",
            (3, HighFirst, Byte::HighFirst) => "ABCDEF",
            (3, LowFirst, Byte::HighFirst) => "EFCDAB",
            (3, HighFirst, Byte::LowFirst) => "BADCFE",
            (3, LowFirst, Byte::LowFirst) => "FEDCBA",
            (4, HighFirst, Byte::HighFirst) => "ABCDEFGH",
            (4, LowFirst, Byte::HighFirst) => "GHEFCDAB",
            (4, HighFirst, Byte::LowFirst) => "BADCFEHG",
            (4, LowFirst, Byte::LowFirst) => "HGFEDCBA",
            (4, Halves, Byte::HighFirst) => "EFGHABCD",
            (4, Neighbors, Byte::HighFirst) => "CDABGHEF",
            (4, Halves, Byte::LowFirst) => "FEHGBADC",
            (4, Neighbors, Byte::LowFirst) => "DCBAHGFE",
            _ => return None,
        })
    }

    /// The value of the registers `raw`, which hold `registers` of them as the wire has them.
    #[inline]
    pub(crate) const fn arrange(self, raw: u64, registers: u16) -> u64 {
        let raw = match self.bytes {
            ByteOrder::HighFirst => raw,
            ByteOrder::LowFirst => exchange_bytes(raw),
        };
        match (self.words, registers) {
            (WordOrder::HighFirst, _) => raw,
            (WordOrder::LowFirst, 2) => raw >> 16 | (raw & 0xFFFF) << 16,
            (WordOrder::LowFirst, 3) => raw >> 32 | raw & 0xFFFF_0000 | (raw & 0xFFFF) << 32,
            (WordOrder::LowFirst, 4) => exchange_words(raw).rotate_left(32),
            (WordOrder::Halves, 4) => raw.rotate_left(32),
            (WordOrder::Neighbors, 4) => exchange_words(raw),
            _ => raw,
        }
    }
}

/// The bytes of each register exchanged.
const fn exchange_bytes(raw: u64) -> u64 {
    const LOW: u64 = 0x00FF_00FF_00FF_00FF;
    (raw & LOW) << 8 | raw >> 8 & LOW
}

/// The registers of each half exchanged.
const fn exchange_words(raw: u64) -> u64 {
    const LOW: u64 = 0x0000_FFFF_0000_FFFF;
    (raw & LOW) << 16 | raw >> 16 & LOW
}

/// The letters of 64 bits, where all orders differ.
impl fmt::Display for Order {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letters(4).unwrap_or_default())
    }
}

/// Reads the letters of any size, and `high-first` and `low-first` for the order of words alone.
impl FromStr for Order {
    type Err = ParseOrderError;

    fn from_str(text: &str) -> Result<Self, ParseOrderError> {
        match text {
            "high-first" => return Ok(Self::ABCD),
            "low-first" => return Ok(Self::CDAB),
            _ => {}
        }
        (1..=4)
            .flat_map(|registers| Self::ALL.map(|order| (order, order.letters(registers))))
            .find(|(_, letters)| *letters == Some(text))
            .map(|(order, _)| order)
            .ok_or(ParseOrderError)
    }
}

meter_units::__serde_as_text!(Order, "an order of bytes such as `ABCD` or `CDAB`");

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn letters_of_every_size_name_their_order() {
        for order in Order::ALL {
            assert_eq!(order.to_string().parse(), Ok(order));
            for registers in 2..=4 {
                let Some(letters) = order.letters(registers) else {
                    assert!(!order.fits(registers));
                    continue;
                };
                assert_eq!(letters.parse(), Ok(order), "{letters}");
            }
        }
        assert_eq!("AB".parse(), Ok(Order::ABCD));
        assert_eq!("BA".parse(), Ok(Order::BADC));
        assert_eq!("low-first".parse(), Ok(Order::CDAB));
    }

    #[test]
    fn words_that_products_use_in_opposite_ways_are_refused() {
        for text in ["big", "little", "abcd", "ABDC", "", "ABCDEFGHIJ"] {
            assert_eq!(text.parse::<Order>(), Err(ParseOrderError), "{text}");
        }
    }

    #[test]
    fn values_are_arranged_as_the_letters_say() {
        for order in Order::ALL {
            for registers in 1..=4_u16 {
                let Some(letters) = order.letters(registers) else {
                    continue;
                };
                let wire = letters
                    .bytes()
                    .fold(0, |raw, letter| raw << 8 | u64::from(letter));
                let value = (b'A'..)
                    .take(2 * usize::from(registers))
                    .fold(0, |raw, letter| raw << 8 | u64::from(letter));
                assert_eq!(order.arrange(wire, registers), value, "{letters}");
                assert_eq!(order.arrange(value, registers), wire, "{letters}");
            }
        }
    }
}
