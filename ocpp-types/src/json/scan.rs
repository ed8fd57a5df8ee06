//! Finds the next byte that ends or interrupts a text, eight bytes at a time.

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The number of bytes before the first quote, backslash or control character; of all, if there
/// is none.
#[inline]
pub(crate) fn plain(bytes: &[u8]) -> usize {
    let mut at = 0_usize;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        let found = special(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at.wrapping_add(index(found));
        }
        at = at.wrapping_add(8);
        rest = after;
    }
    for byte in rest {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            return at;
        }
        at = at.wrapping_add(1);
    }
    at
}

/// Which of the eight bytes is the first one marked.
#[inline]
const fn index(marks: u64) -> usize {
    // at most 7
    (marks.trailing_zeros() >> 3) as usize
}

/// The highest bit of the first byte that interrupts a text; what is above it means nothing.
#[inline]
const fn special(word: u64) -> u64 {
    let control = word.wrapping_sub(LOW.wrapping_mul(0x20));
    let quote = (word ^ LOW.wrapping_mul(b'"' as u64)).wrapping_sub(LOW);
    let backslash = (word ^ LOW.wrapping_mul(b'\\' as u64)).wrapping_sub(LOW);
    // None of the three bytes has its highest bit set, nor gets one by the exclusive or.
    (control | quote | backslash) & !word & HIGH
}

/// How often `mark` comes before the first closing bracket.
///
/// It counts bytes without looking for texts, so it is an estimate: for what to reserve.
pub(crate) fn marks_in_list(bytes: &[u8], mark: u8) -> usize {
    let mut sum = 0_usize;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<CHUNK>() {
        // Without a way out of the loop in the middle it is done many bytes at a time.
        let (mut closes, mut marks) = (0_u8, 0_u8);
        for byte in chunk {
            closes |= u8::from(*byte == b']');
            marks = marks.wrapping_add(u8::from(*byte == mark));
        }
        if closes != 0 {
            break;
        }
        sum = sum.wrapping_add(usize::from(marks));
        rest = after;
    }
    for byte in rest {
        if *byte == b']' {
            break;
        }
        sum = sum.wrapping_add(usize::from(*byte == mark));
    }
    sum
}

/// How often `mark` comes.
pub(crate) fn marks(bytes: &[u8], mark: u8) -> usize {
    let mut sum = 0_usize;
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<CHUNK>() {
        let here = chunk
            .iter()
            .fold(0_u8, |sum, byte| sum.wrapping_add(u8::from(*byte == mark)));
        sum = sum.wrapping_add(usize::from(here));
        rest = after;
    }
    rest.iter().fold(sum, |sum, byte| {
        sum.wrapping_add(usize::from(*byte == mark))
    })
}

/// What comes before and after the first `mark`, which is a byte of ASCII.
///
/// The searches of `str` and of iterators could panic, as far as the linker can see.
pub(crate) fn split(text: &str, mark: u8) -> Option<(&str, &str)> {
    let mut at = 0_usize;
    for byte in text.as_bytes() {
        if *byte == mark {
            return Some((text.get(..at)?, text.get(at.wrapping_add(1)..)?));
        }
        at = at.wrapping_add(1);
    }
    None
}

/// What comes before and after the last `mark`, which is a byte of ASCII.
pub(crate) fn split_last(text: &str, mark: u8) -> Option<(&str, &str)> {
    let mut last = None;
    let mut at = 0_usize;
    for byte in text.as_bytes() {
        if *byte == mark {
            last = Some(at);
        }
        at = at.wrapping_add(1);
    }
    let last = last?;
    Some((text.get(..last)?, text.get(last.wrapping_add(1)..)?))
}

/// So few that the number of marks in it fits a byte.
const CHUNK: usize = 128;

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::{marks, marks_in_list, plain, split};

    #[test]
    fn a_text_ends_at_its_quote() {
        assert_eq!(plain(b"04E9A4B2C35D80\"}]"), 14);
        assert_eq!(plain(b"\""), 0);
        assert_eq!(plain(b"abcdefgh\\n"), 8);
        assert_eq!(plain(b"abc"), 3);
        assert_eq!(plain("é€𝄞é€𝄞\u{7f}\n".as_bytes()), 19);
    }

    #[test]
    fn elements_are_counted_up_to_the_bracket() {
        assert_eq!(marks_in_list(b"{\"a\":1},{\"a\":2}]},{}", b'{'), 2);
        for length in [0, 1, 40, 127, 128, 129, 255, 256, 400] {
            let list = [b"{".repeat(length), b"]{{".to_vec()].concat();
            assert_eq!(marks_in_list(&list, b'{'), length);
            assert_eq!(marks(&list, b'{'), length + 2);
        }
    }

    #[test]
    fn a_text_is_split_at_its_first_mark() {
        assert_eq!(split("é:b:", b':'), Some(("é", "b:")));
        assert_eq!(split(":", b':'), Some(("", "")));
        assert_eq!(split("é", b':'), None);
    }

    proptest! {
        #[test]
        fn words_find_what_bytes_find(bytes: Vec<u8>, plain_text in "[ -~é€]{0,40}") {
            for bytes in [bytes.as_slice(), plain_text.as_bytes()] {
                let expected = bytes
                    .iter()
                    .position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))
                    .unwrap_or(bytes.len());
                prop_assert_eq!(plain(bytes), expected);
            }
        }
    }
}
