//! Texts with escapes, and the length of texts.

use alloc::string::String;

use super::scan::split;

/// Whether a text has at most `max` characters.
#[inline]
pub(crate) fn is_within(text: &str, max: usize) -> bool {
    // A character has at least one byte.
    text.len() <= max || text.chars().count() <= max
}

/// Resolves the escapes of a text without its quotes; `Err` has the place of a wrong one.
///
/// Half of a surrogate pair is wrong: it is no character.
#[cold]
pub(crate) fn unescape(raw: &str) -> Result<String, usize> {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((plain, escape)) = split(rest, b'\\') {
        text.push_str(plain);
        let at = raw.len().wrapping_sub(escape.len());
        let (char, after) = character(escape).ok_or(at)?;
        text.push(char);
        rest = after;
    }
    text.push_str(rest);
    Ok(text)
}

/// The character that the escape after a backslash stands for, and what follows it.
fn character(escape: &str) -> Option<(char, &str)> {
    let mut chars = escape.chars();
    let char = match chars.next()? {
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'b' => '\u{8}',
        'f' => '\u{C}',
        char @ ('"' | '\\' | '/') => char,
        'u' => {
            let (first, after) = hexadecimal(chars.as_str())?;
            let Some(low) = first.checked_sub(0xD800).filter(|high| *high < 0x400) else {
                return Some((char::from_u32(first)?, after));
            };
            let (second, after) = hexadecimal(after.strip_prefix("\\u")?)?;
            let second = second.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
            let code = (low << 10 | second).wrapping_add(0x1_0000);
            return Some((char::from_u32(code)?, after));
        }
        _ => return None,
    };
    Some((char, chars.as_str()))
}

/// Four hexadecimal digits.
fn hexadecimal(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let mut number = 0_u32;
    for char in digits.chars() {
        number = number << 4 | char.to_digit(16)?;
    }
    Some((number, rest))
}

#[cfg(test)]
mod tests {
    use super::{is_within, unescape};

    #[test]
    fn escapes_stand_for_characters() {
        let text = unescape(r#"a\"\\\/\b\f\n\r\té\u20AC\ud83d\uDE00z"#).unwrap();
        assert_eq!(text, "a\"\\/\u{8}\u{C}\n\r\té€😀z");
    }

    #[test]
    fn wrong_escapes_have_a_place() {
        for (raw, at) in [
            (r"ab\x", 3),
            (r"\u12", 1),
            (r"\u12g4", 1),
            (r"\ud83d", 1),
            (r"\ud83d\n", 1),
            (r"\ude00", 1),
            (r"\ud83d\u0041", 1),
            (r"a\", 2),
            (r"\u+123", 1),
            (r"\u12é", 1),
        ] {
            assert_eq!(unescape(raw), Err(at), "{raw}");
        }
    }

    #[test]
    fn lengths_count_characters() {
        assert!(is_within("éééé", 4));
        assert!(!is_within("ééééé", 4));
        assert!(is_within("😀", 1));
    }
}
