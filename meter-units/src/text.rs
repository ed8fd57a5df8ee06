//! Text as it lies on the wire.

use core::fmt::{self, Alignment, Write};
use core::hash::{Hash, Hasher};
use core::iter::{FusedIterator, Rev};
use core::slice;
use core::str::{self, Utf8Chunks};

use crate::text_field::FieldChars;

/// Text that borrows its bytes from the wire, whatever their order and character set.
///
/// Two texts are equal if their characters are, so that M-Bus text can be compared with text of
/// another protocol, or with a `str`.
///
/// ```
/// use meter_units::{Text, TextEncoding};
///
/// let unit = Text::new(b"h/\xB3m", TextEncoding::Latin1Reversed);
/// assert_eq!(unit, *"m³/h");
/// assert_eq!(unit, Text::new("m³/h".as_bytes(), TextEncoding::Utf8));
/// assert_eq!(unit.to_string(), "m³/h");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    bytes: &'a [u8],
    encoding: TextEncoding,
}

/// How the bytes of a [`Text`] are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TextEncoding {
    /// UTF-8, first character first; wrong sequences show as U+FFFD.
    Utf8,
    /// ISO 8859-1, first character first.
    Latin1,
    /// ISO 8859-1, last character first, as M-Bus sends it (EN 13757-3).
    Latin1Reversed,
    /// UTF-8, the two bytes of each pair exchanged, as some Modbus registers hold it.
    ///
    /// This one and those that follow are fields of pairs: the text ends at the first NUL; where
    /// there is none, blanks at the end are padding.
    Utf8Swapped,
    /// ISO 8859-1, the two bytes of each pair exchanged.
    Latin1Swapped,
    /// UTF-16, high byte first: a character in each register.
    Utf16,
    /// UTF-16, low byte first.
    Utf16Swapped,
    /// Three letters of five bits each, high byte first: the code of a manufacturer.
    Manufacturer,
}

impl TextEncoding {
    /// Whether the bytes are those of ISO 8859-1, one for each character, and all of them.
    const fn is_byte_for_character(self) -> bool {
        matches!(self, Self::Latin1 | Self::Latin1Reversed)
    }
}

impl<'a> Text<'a> {
    /// Text over `bytes`, to be read as `encoding` says.
    #[must_use]
    pub const fn new(bytes: &'a [u8], encoding: TextEncoding) -> Self {
        Self { bytes, encoding }
    }

    /// The bytes as they were sent.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// How the bytes are to be read.
    #[must_use]
    pub const fn encoding(&self) -> TextEncoding {
        self.encoding
    }

    /// Whether there is no character.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chars().next().is_none()
    }

    /// The characters in reading order.
    #[must_use]
    pub fn chars(&self) -> TextChars<'a> {
        TextChars(match self.encoding {
            TextEncoding::Utf8 => Order::Utf8 {
                chunks: self.bytes.utf8_chunks(),
                valid: "".chars(),
                broken: false,
            },
            TextEncoding::Latin1 => Order::Forward(self.bytes.iter()),
            TextEncoding::Latin1Reversed => Order::Backward(self.bytes.iter().rev()),
            encoding => Order::Field(FieldChars::new(self.bytes, encoding)),
        })
    }

    /// The text as `str`, if the bytes can be lent as they are.
    ///
    /// That is UTF-8 without wrong sequences, ASCII, or one character of ASCII if they are
    /// reversed.
    #[must_use]
    pub fn to_str(&self) -> Option<&'a str> {
        let lent = match self.encoding {
            TextEncoding::Utf8 => true,
            TextEncoding::Latin1 => self.bytes.is_ascii(),
            TextEncoding::Latin1Reversed => self.bytes.len() <= 1 && self.bytes.is_ascii(),
            _ => false,
        };
        if lent {
            str::from_utf8(self.bytes).ok()
        } else {
            None
        }
    }

    /// Whether the bytes are text in their encoding, so that no character had to be replaced.
    #[must_use]
    pub fn is_well_formed(&self) -> bool {
        match self.encoding {
            TextEncoding::Utf8 => str::from_utf8(self.bytes).is_ok(),
            TextEncoding::Latin1 | TextEncoding::Latin1Reversed => true,
            encoding => FieldChars::new(self.bytes, encoding).all(|char| char.is_ok()),
        }
    }

    /// Whether no character is a control character, and none had to be replaced.
    ///
    /// Bytes that a meter calls text and that are not printable are better shown as bytes.
    #[must_use]
    pub fn is_printable(&self) -> bool {
        self.chars()
            .all(|char| !char.is_control() && char != char::REPLACEMENT_CHARACTER)
    }
}

/// The characters of a [`Text`] in reading order, from [`Text::chars`].
#[derive(Clone, Debug)]
pub struct TextChars<'a>(Order<'a>);

#[derive(Clone, Debug)]
enum Order<'a> {
    Utf8 {
        chunks: Utf8Chunks<'a>,
        valid: str::Chars<'a>,
        broken: bool,
    },
    Forward(slice::Iter<'a, u8>),
    Backward(Rev<slice::Iter<'a, u8>>),
    Field(FieldChars<'a>),
}

impl Iterator for TextChars<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match &mut self.0 {
            Order::Forward(bytes) => bytes.next().copied().map(char::from),
            Order::Backward(bytes) => bytes.next().copied().map(char::from),
            Order::Field(chars) => Some(chars.next()?.unwrap_or(char::REPLACEMENT_CHARACTER)),
            Order::Utf8 {
                chunks,
                valid,
                broken,
            } => loop {
                if let Some(char) = valid.next() {
                    return Some(char);
                }
                if core::mem::take(broken) {
                    return Some(char::REPLACEMENT_CHARACTER);
                }
                let chunk = chunks.next()?;
                *valid = chunk.valid().chars();
                *broken = !chunk.invalid().is_empty();
            },
        }
    }
}

impl FusedIterator for TextChars<'_> {}

impl PartialEq for Text<'_> {
    fn eq(&self, other: &Self) -> bool {
        // one byte is one character of ISO 8859-1
        if self.encoding == other.encoding && self.encoding.is_byte_for_character() {
            return self.bytes == other.bytes;
        }
        self.chars().eq(other.chars())
    }
}

impl Eq for Text<'_> {}

impl PartialEq<str> for Text<'_> {
    fn eq(&self, other: &str) -> bool {
        self.chars().eq(other.chars())
    }
}

impl PartialEq<&str> for Text<'_> {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

impl PartialEq<Text<'_>> for str {
    fn eq(&self, other: &Text<'_>) -> bool {
        *other == *self
    }
}

impl PartialEq<Text<'_>> for &str {
    fn eq(&self, other: &Text<'_>) -> bool {
        *other == **self
    }
}

impl Hash for Text<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        for char in self.chars() {
            char.hash(state);
        }
        // not a character, so that it ends the text
        u32::MAX.hash(state);
    }
}

impl<'a> From<&'a str> for Text<'a> {
    fn from(text: &'a str) -> Self {
        Self::new(text.as_bytes(), TextEncoding::Utf8)
    }
}

impl fmt::Display for Text<'_> {
    /// Shows the characters, control characters included; width and alignment are honored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.to_str() {
            return f.pad(text);
        }
        pad(f, self.chars())
    }
}

/// Writes characters with the width, alignment and precision that the caller asked for.
pub(crate) fn pad(
    f: &mut fmt::Formatter<'_>,
    chars: impl Iterator<Item = char> + Clone,
) -> fmt::Result {
    let shown = chars.take(f.precision().unwrap_or(usize::MAX));
    let padding = match f.width() {
        Some(width) => width.saturating_sub(shown.clone().count()),
        None => 0,
    };
    let before = match f.align() {
        None | Some(Alignment::Left) => 0,
        Some(Alignment::Center) => padding / 2,
        Some(Alignment::Right) => padding,
    };
    let fill = f.fill();
    for _ in 0..before {
        f.write_char(fill)?;
    }
    for char in shown {
        f.write_char(char)?;
    }
    for _ in before..padding {
        f.write_char(fill)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    extern crate std;
    use alloc::format;
    use alloc::string::{String, ToString};
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::{Text, TextEncoding};

    const fn reversed(bytes: &[u8]) -> Text<'_> {
        Text::new(bytes, TextEncoding::Latin1Reversed)
    }

    const fn latin1(bytes: &[u8]) -> Text<'_> {
        Text::new(bytes, TextEncoding::Latin1)
    }

    const fn utf8(bytes: &[u8]) -> Text<'_> {
        Text::new(bytes, TextEncoding::Utf8)
    }

    #[test]
    fn reversed_text_is_read_from_its_end() {
        assert_eq!(reversed(b"C\xB0").to_string(), "°C");
        assert_eq!(reversed(b"C\xB0").as_bytes(), b"C\xB0");
        assert_eq!(latin1(b"\xB0C").to_string(), "°C");
    }

    #[test]
    fn wrong_sequences_are_replaced() {
        assert_eq!(utf8(b"a\xFFb\xE2\x82").to_string(), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(utf8(b"\xC2").chars().count(), 1);
        assert_eq!(utf8("m³".as_bytes()).to_string(), "m³");
    }

    #[test]
    fn texts_are_equal_by_their_characters() {
        assert_eq!(reversed(b"C\xB0"), latin1(b"\xB0C"));
        assert_eq!(reversed(b"C\xB0"), utf8("°C".as_bytes()));
        assert_ne!(reversed(b"C\xB0"), reversed(b"\xB0C"));
        assert_ne!(latin1(b"ab"), latin1(b"abc"));
        assert_eq!(reversed(b"C\xB0"), "°C");
        assert_eq!("°C", reversed(b"C\xB0"));
        assert_eq!(utf8(b"\xFF"), utf8(b"\xFE"));
        assert_eq!(Text::from("abc"), *"abc");
    }

    #[test]
    fn text_is_lent_only_as_it_lies() {
        assert_eq!(latin1(b"kWh").to_str(), Some("kWh"));
        assert_eq!(latin1(b"\xB0C").to_str(), None);
        assert_eq!(utf8("°C".as_bytes()).to_str(), Some("°C"));
        assert_eq!(utf8(b"\xB0C").to_str(), None);
        assert_eq!(reversed(b"A").to_str(), Some("A"));
        assert_eq!(reversed(b"AA").to_str(), None);
        assert_eq!(reversed(b"").to_str(), Some(""));
    }

    #[test]
    fn control_characters_are_not_printable() {
        assert!(latin1(b"Heat 1 \xB0C").is_printable());
        assert!(latin1(b"").is_printable());
        for bytes in [&b"a\0"[..], b"\x7F", b"\x85", b"line\n"] {
            assert!(!latin1(bytes).is_printable(), "{bytes:?}");
        }
        assert!(!utf8(b"\xFF").is_printable());
    }

    #[test]
    fn width_counts_characters() {
        let text = reversed(b"C\xB0");
        assert_eq!(format!("{text:4}|"), "°C  |");
        assert_eq!(format!("{text:>4}|"), "  °C|");
        assert_eq!(format!("{text:*^5}|"), "*°C**|");
        assert_eq!(format!("{text:3.1}|"), "°  |");
        assert_eq!(format!("{:>4}|", latin1(b"Wh")), "  Wh|");
    }

    proptest! {
        #[test]
        fn characters_are_those_of_the_standard_library(bytes: Vec<u8>) {
            let text = utf8(&bytes);
            prop_assert_eq!(text.to_string(), String::from_utf8_lossy(&bytes));

            let forward: String = bytes.iter().map(|byte| char::from(*byte)).collect();
            prop_assert_eq!(latin1(&bytes), forward.as_str());
            let backward: String = forward.chars().rev().collect();
            prop_assert_eq!(reversed(&bytes), backward.as_str());
            prop_assert_eq!(reversed(&bytes).to_string(), backward);
        }

        #[test]
        fn equal_texts_have_equal_hashes(bytes: Vec<u8>) {
            use core::hash::BuildHasher;
            use std::hash::RandomState;

            let backward: Vec<u8> = bytes.iter().rev().copied().collect();
            let state = RandomState::new();
            prop_assert_eq!(latin1(&bytes), reversed(&backward));
            prop_assert_eq!(state.hash_one(latin1(&bytes)), state.hash_one(reversed(&backward)));
        }
    }
}
