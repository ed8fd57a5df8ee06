//! The grammar of numbers (RFC 8259, 6).

/// The length of the number at the front of `bytes`, if there is one.
pub(crate) fn number_end(bytes: &[u8]) -> Option<usize> {
    let rest = match bytes {
        [b'-', rest @ ..] => rest,
        rest => rest,
    };
    let mut rest = match rest {
        [b'0', rest @ ..] => rest,
        [b'1'..=b'9', rest @ ..] => digits(rest),
        _ => return None,
    };
    if let [b'.', fraction @ ..] = rest {
        rest = some_digits(fraction)?;
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        rest = some_digits(match exponent {
            [b'+' | b'-', digits @ ..] => digits,
            digits => digits,
        })?;
    }
    Some(bytes.len().wrapping_sub(rest.len()))
}

fn some_digits(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [b'0'..=b'9', rest @ ..] => Some(digits(rest)),
        _ => None,
    }
}

fn digits(mut bytes: &[u8]) -> &[u8] {
    while let [b'0'..=b'9', rest @ ..] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::number_end;

    #[test]
    fn numbers_end_where_their_grammar_ends() {
        for (text, end) in [
            ("0", Some(1)),
            ("-0.0e+10,", Some(8)),
            ("01", Some(1)),
            ("16.0]", Some(4)),
            ("1e2", Some(3)),
            ("1.", None),
            (".5", None),
            ("+1", None),
            ("-", None),
            ("1e", None),
            ("NaN", None),
            ("", None),
        ] {
            assert_eq!(number_end(text.as_bytes()), end, "{text}");
        }
    }
}
