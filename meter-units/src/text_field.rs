//! Text in fields of byte pairs, as registers hold it.

use core::iter::FusedIterator;
use core::str;

use crate::TextEncoding;

/// The characters of a text whose bytes lie in pairs; a wrong sequence is an error.
///
/// The text ends at the first NUL. Where there is none, blanks at the end are padding.
#[derive(Clone, Debug)]
pub(crate) struct FieldChars<'a> {
    bytes: &'a [u8],
    encoding: TextEncoding,
    /// Positions in reading order, counted in bytes, in pairs or in letters.
    next: usize,
    end: usize,
}

/// A sequence that is no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

impl<'a> FieldChars<'a> {
    pub(crate) fn new(bytes: &'a [u8], encoding: TextEncoding) -> Self {
        let mut chars = Self {
            bytes,
            encoding,
            next: 0,
            end: usize::MAX,
        };
        let (mut position, mut shown) = (0_usize, 0_usize);
        let is_padded = encoding != TextEncoding::Manufacturer;
        chars.end = loop {
            match chars.unit(position) {
                Some(0) if is_padded => break position,
                None => break shown,
                Some(unit) => {
                    position = position.saturating_add(1);
                    if !is_padded || unit != u16::from(b' ') {
                        shown = position;
                    }
                }
            }
        };
        chars
    }

    /// The byte, pair or letter at a position in reading order.
    fn unit(&self, position: usize) -> Option<u16> {
        if position >= self.end {
            return None;
        }
        let pair = |index: usize| -> Option<[u8; 2]> {
            let first = index.checked_mul(2)?;
            let second = first.checked_add(1)?;
            Some([*self.bytes.get(first)?, *self.bytes.get(second)?])
        };
        match self.encoding {
            TextEncoding::Utf16 => pair(position).map(u16::from_be_bytes),
            TextEncoding::Utf16Swapped => pair(position).map(u16::from_le_bytes),
            TextEncoding::Manufacturer => {
                let code = u16::from_be_bytes(pair(position / 3)?);
                let shift = match position % 3 {
                    0 => 10,
                    1 => 5,
                    _ => 0,
                };
                Some((code >> shift) & 0x1F)
            }
            _ => {
                let [first, second] = pair(position / 2)?;
                let byte = if position % 2 == 0 { second } else { first };
                Some(byte.into())
            }
        }
    }

    fn character(&mut self) -> Option<Result<char, Malformed>> {
        let unit = self.unit(self.next)?;
        let (taken, char) = match (self.encoding, u8::try_from(unit)) {
            (TextEncoding::Manufacturer, Ok(letter @ 1..=26)) => {
                (1, Some(char::from(letter.wrapping_add(0x40))))
            }
            (TextEncoding::Manufacturer, _) => (1, None),
            (TextEncoding::Utf16 | TextEncoding::Utf16Swapped, _) => self.utf16(unit),
            (TextEncoding::Utf8Swapped, Ok(lead)) => self.utf8(lead),
            (_, Ok(byte)) => (1, Some(char::from(byte))),
            (_, Err(_)) => (1, None),
        };
        self.next = self.next.saturating_add(taken);
        Some(char.ok_or(Malformed))
    }

    fn utf16(&self, unit: u16) -> (usize, Option<char>) {
        let following = self.unit(self.next.saturating_add(1));
        match (unit, following) {
            (0xD800..=0xDBFF, Some(low @ 0xDC00..=0xDFFF)) => {
                let high = u32::from(unit & 0x3FF) << 10;
                let code = (high | u32::from(low & 0x3FF)).wrapping_add(0x1_0000);
                (2, char::from_u32(code))
            }
            _ => (1, char::from_u32(unit.into())),
        }
    }

    fn utf8(&self, lead: u8) -> (usize, Option<char>) {
        let length = match lead {
            0x00..=0x7F => return (1, Some(char::from(lead))),
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => return (1, None),
        };
        let mut sequence = [0; 4];
        for (index, place) in (0..length).zip(&mut sequence) {
            let unit = self.unit(self.next.saturating_add(index));
            *place = unit
                .and_then(|unit| u8::try_from(unit).ok())
                .unwrap_or_default();
        }
        let char = sequence
            .get(..length)
            .and_then(|bytes| str::from_utf8(bytes).ok())
            .and_then(|text| text.chars().next());
        (if char.is_some() { length } else { 1 }, char)
    }
}

impl Iterator for FieldChars<'_> {
    type Item = Result<char, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        self.character()
    }
}

impl FusedIterator for FieldChars<'_> {}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::String;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    fn text(bytes: &[u8], encoding: TextEncoding) -> Result<String, Malformed> {
        FieldChars::new(bytes, encoding).collect()
    }

    #[test]
    fn fields_end_at_nul_or_before_padding() {
        let swapped = TextEncoding::Utf8Swapped;
        for (bytes, expected) in [
            (&b"BA\0C"[..], "ABC"),
            (b"BA C", "ABC"),
            (b"A  1\0\0", " A1 "),
            (b"BA\0\0DC", "AB"),
            (b"", ""),
            (b"    ", ""),
            (b"BAC", "AB"),
        ] {
            // `A  1` is blank, A, 1, blank in reading order
            assert_eq!(text(bytes, swapped).as_deref(), Ok(expected), "{bytes:?}");
        }
    }

    #[test]
    fn pairs_are_characters_of_utf16() {
        let wide = TextEncoding::Utf16;
        assert_eq!(text(b"\0A\0\xE4\0 ", wide).as_deref(), Ok("Aä"));
        assert_eq!(text(b"\xD8\x3D\xDE\x00", wide).as_deref(), Ok("\u{1F600}"));
        assert_eq!(text(b"\xD8\x3D\0A", wide), Err(Malformed));
        assert_eq!(
            text(b"A\0B\0", TextEncoding::Utf16Swapped).as_deref(),
            Ok("AB")
        );
    }

    #[test]
    fn five_bits_are_a_letter() {
        let code = TextEncoding::Manufacturer;
        assert_eq!(text(&[0x04, 0x43], code).as_deref(), Ok("ABC"));
        assert_eq!(text(&[0x2C, 0x2D], code).as_deref(), Ok("KAM"));
        assert_eq!(text(&[0x04, 0x40], code), Err(Malformed));
    }

    #[test]
    fn wrong_sequences_are_told_from_the_replacement_character() {
        let swapped = TextEncoding::Utf8Swapped;
        assert_eq!(text(b"\xE4A\0B", swapped), Err(Malformed));
        assert_eq!(text(b"\xBF\xEF\0\xBD", swapped).as_deref(), Ok("\u{FFFD}"));
    }

    proptest! {
        #[test]
        fn exchanged_bytes_read_as_the_text(text in "[^\0]{0,20}") {
            let mut bytes = Vec::from(text.as_bytes());
            bytes.push(0);
            if bytes.len() % 2 == 1 {
                bytes.push(0);
            }
            for pair in bytes.chunks_exact_mut(2) {
                pair.reverse();
            }
            let read: Result<String, _> =
                FieldChars::new(&bytes, TextEncoding::Utf8Swapped).collect();
            prop_assert_eq!(read, Ok(text));
        }
    }
}
