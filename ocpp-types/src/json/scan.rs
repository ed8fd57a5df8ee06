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

/// How many more lists or objects `bytes` may begin before its first closing bracket.
///
/// It counts bytes without looking for texts, so it is an estimate: for what to reserve.
pub(crate) fn openings(bytes: &[u8], mark: u8) -> usize {
    let mut count = 0_usize;
    let mut chunks = bytes.chunks_exact(32);
    for chunk in &mut chunks {
        if chunk.contains(&b']') {
            return count.wrapping_add(until_close(chunk, mark));
        }
        let here = chunk
            .iter()
            .fold(0_u8, |sum, byte| sum.wrapping_add(u8::from(*byte == mark)));
        count = count.wrapping_add(usize::from(here));
    }
    count.wrapping_add(until_close(chunks.remainder(), mark))
}

fn until_close(bytes: &[u8], mark: u8) -> usize {
    bytes
        .iter()
        .take_while(|byte| **byte != b']')
        .filter(|byte| **byte == mark)
        .count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{openings, plain};

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
        assert_eq!(openings(b"{\"a\":1},{\"a\":2}]},{}", b'{'), 2);
        assert_eq!(
            openings(b"{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{]{", b'{'),
            40
        );
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
