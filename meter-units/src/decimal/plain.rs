//! Text of digits with at most one mark, read all at once.
//!
//! A loop over the bytes takes a wrong turn at the mark and at the end of most numbers, and costs
//! more for that than for its work. Here the bytes lie in a word, the last one lowest, and nothing
//! but the length decides on a branch.

/// The digits of a text without its mark, and how many of them were behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plain {
    pub(super) coefficient: u64,
    pub(super) places: u32,
}

const ZEROS: u128 = u128::from_ne_bytes([b'0'; 16]);

/// Reads `digits[mark digits]` of 8 bytes to 20; `None` for any other text, and for a few of these.
///
/// Up to 7 bytes a loop is faster.
#[inline]
pub(super) fn plain(text: &[u8], mark: u8) -> Option<Plain> {
    let length = u32::try_from(text.len()).ok()?;
    let (top, low) = match length {
        8..=16 => {
            // Both halves are loaded whole; the bytes in which they overlap are the same.
            let first = u64::from_be_bytes(*text.first_chunk()?);
            let last = u64::from_be_bytes(*text.last_chunk()?);
            let shift = length.wrapping_sub(8).wrapping_mul(8);
            let unused = 128_u32.wrapping_sub(length.wrapping_mul(8));
            let bytes = u128::from(first).wrapping_shl(shift) | u128::from(last);
            (0, bytes ^ ZEROS.wrapping_shr(unused))
        }
        17..=20 => (
            top_digits(text, length)?,
            u128::from_be_bytes(*text.last_chunk()?) ^ ZEROS,
        ),
        _ => return None,
    };

    let others = other_than_digits(low);
    let Some(lowest) = others.checked_sub(1) else {
        // Twenty digits may be more than 64 bits.
        return (top < 1000).then(|| Plain {
            coefficient: value(top, low),
            places: 0,
        });
    };
    let places = others.trailing_zeros() / 8;
    let behind = 1_u128.wrapping_shl(places.wrapping_mul(8)).wrapping_sub(1);
    let found = low.wrapping_shr(places.wrapping_mul(8)) & 0xFF;
    let is_inside = places != 0 && places.wrapping_add(1) != length;
    if others & lowest != 0 || found != u128::from(mark ^ b'0') || !is_inside {
        return None;
    }
    let before = low.wrapping_shr(8) | u128::from(top % 10).wrapping_shl(120);
    Some(Plain {
        coefficient: value(top / 10, low & behind | before & !behind),
        places,
    })
}

/// The number before the last 16 bytes of a text of 17 to 20.
#[inline]
fn top_digits(text: &[u8], length: u32) -> Option<u64> {
    let bytes = text.first_chunk::<4>()?;
    let count = usize::try_from(length.wrapping_sub(16)).ok()?;
    bytes.iter().take(count).try_fold(0, |number: u64, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| number.wrapping_mul(10).wrapping_add(digit.into()))
    })
}

/// The high bit of each byte that is not 0 to 9; right up to and including the lowest such byte,
/// and above that one as well if it is below 80h.
#[inline]
const fn other_than_digits(bytes: u128) -> u128 {
    const UP_TO_80: u128 = u128::from_ne_bytes([0x80 - 10; 16]);
    const HIGH: u128 = u128::from_ne_bytes([0x80; 16]);
    (bytes.wrapping_add(UP_TO_80) | bytes) & HIGH
}

/// `top` followed by the digits of the sixteen bytes.
#[inline]
const fn value(top: u64, bytes: u128) -> u64 {
    const HALF: u64 = 100_000_000;
    let (high, low) = (bytes.wrapping_shr(64), bytes & u64::MAX as u128);
    top.wrapping_mul(HALF * HALF)
        .wrapping_add(eight_digits(high).wrapping_mul(HALF))
        .wrapping_add(eight_digits(low))
}

/// The number of eight digits, the last one in the lowest byte: pairs of neighbors become one,
/// three times.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "eight bytes are 64 bits")]
const fn eight_digits(bytes: u128) -> u64 {
    const TWOS: u64 = 0x00FF_00FF_00FF_00FF;
    const FOURS: u64 = 0x0000_FFFF_0000_FFFF;
    let ones = bytes as u64;
    let twos = (ones >> 8 & TWOS)
        .wrapping_mul(10)
        .wrapping_add(ones & TWOS);
    let fours = (twos >> 16 & FOURS)
        .wrapping_mul(100)
        .wrapping_add(twos & FOURS);
    (fours >> 32)
        .wrapping_mul(10_000)
        .wrapping_add(fours & 0xFFFF_FFFF)
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::format;

    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<(u64, u32)> {
        plain(text.as_bytes(), b'.').map(|plain| (plain.coefficient, plain.places))
    }

    #[test]
    fn every_length_from_eight_to_twenty_is_read() {
        let digits = "1234567890123456789";
        for length in 8..=19 {
            let text = &digits[..length];
            let number = text.parse().unwrap();
            assert_eq!(read(text), Some((number, 0)), "{text}");
            for places in 1..length.min(16) {
                let (integer, fraction) = text.split_at(length - places);
                let text = format!("{integer}.{fraction}");
                let places = u32::try_from(places).unwrap();
                assert_eq!(read(&text), Some((number, places)), "{text}");
            }
        }
        assert_eq!(
            read("9999999999999999999"),
            Some((9_999_999_999_999_999_999, 0))
        );
    }

    #[test]
    fn other_text_is_left() {
        for text in [
            "",
            "1234567",
            "1234567.",
            ".1234567",
            "1234.567.8",
            "1234..5678",
            "1234,5678",
            "1234567e5",
            "-1234567",
            " 1234567",
            "123456:7",
            "123456/7",
            "123456\u{7f}7",
            "1234567é0.12",
            "12345678901é.1",
            "1234567.\u{ff}",
            "12345678901234567890",
            "123456789012345.",
            "1.2345678901234567",
            "1é34567890123456789",
            "123456789012345678901",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn no_byte_but_a_digit_or_the_mark_is_read() {
        for length in 1..=20 {
            for at in 0..length {
                for byte in 0..=u8::MAX {
                    let mut text = [b'1'; 20];
                    text[at] = byte;
                    let found = plain(&text[..length], b'.');
                    let is_inside = at > 0 && at + 1 < length;
                    if found.is_some() {
                        assert!(
                            byte.is_ascii_digit() || byte == b'.' && is_inside,
                            "{text:?}"
                        );
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn digits_are_those_of_the_text(integer in "[0-9]{3,10}", fraction in "[0-9]{4,9}") {
            let places = u32::try_from(fraction.len()).unwrap();
            let number = format!("{integer}{fraction}").parse().unwrap();
            prop_assert_eq!(read(&format!("{integer}.{fraction}")), Some((number, places)));
        }
    }
}
