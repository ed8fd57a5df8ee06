//! Going past a value whose type nobody asks for.

use super::{Read, Reader};
use crate::error::Rule;
use crate::json::{MAX_DEPTH, scan};

impl<'a> Reader<'a> {
    /// The text of any value, checked to be JSON.
    pub(crate) fn skip(&mut self) -> Read<&'a str> {
        self.peek();
        let start = self.at;
        let mut nesting = Nesting::new();
        loop {
            // a value
            match self.peek() {
                b'"' => self.skip_string()?,
                b'{' => {
                    self.at = self.at.wrapping_add(1);
                    if !self.take(b'}') {
                        self.enter(&mut nesting, true)?;
                        self.skip_name()?;
                        continue;
                    }
                }
                b'[' => {
                    self.at = self.at.wrapping_add(1);
                    if !self.take(b']') {
                        self.enter(&mut nesting, false)?;
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' => {
                    self.number()?;
                }
                _ => {
                    if !(self.take_word("true")
                        || self.take_word("false")
                        || self.take_word("null"))
                    {
                        return self.fail(Rule::Json);
                    }
                }
            }
            // what follows it
            loop {
                let Some(is_object) = nesting.innermost() else {
                    return Ok(self.slice(start, self.at));
                };
                let more = self.next_of(if is_object { b'}' } else { b']' })?;
                if more {
                    if is_object {
                        self.skip_name()?;
                    }
                    break;
                }
                nesting.leave();
            }
        }
    }

    fn enter(&mut self, nesting: &mut Nesting, is_object: bool) -> Read<()> {
        if nesting.enter(is_object) {
            Ok(())
        } else {
            self.fail(Rule::Depth)
        }
    }

    fn skip_name(&mut self) -> Read<()> {
        if self.peek() != b'"' {
            return self.fail(Rule::Json);
        }
        self.skip_string()?;
        self.expect(b':')
    }

    fn skip_string(&mut self) -> Read<()> {
        let start = self.at.wrapping_add(1);
        let end = start.wrapping_add(scan::plain(
            self.text.as_bytes().get(start..).unwrap_or(&[]),
        ));
        match self.text.as_bytes().get(end) {
            Some(b'"') => self.at = end.wrapping_add(1),
            _ => drop(self.escaped_string(start, end)?),
        }
        Ok(())
    }
}

/// Which of the open arrays and objects are objects: a bit for each.
struct Nesting {
    objects: [u64; MAX_DEPTH / 64],
    depth: usize,
}

impl Nesting {
    const fn new() -> Self {
        Self {
            objects: [0; MAX_DEPTH / 64],
            depth: 0,
        }
    }

    /// Whether there was room.
    fn enter(&mut self, is_object: bool) -> bool {
        let Some(word) = self.objects.get_mut(self.depth / 64) else {
            return false;
        };
        let bit = 1_u64 << (self.depth % 64);
        *word = if is_object { *word | bit } else { *word & !bit };
        self.depth = self.depth.wrapping_add(1);
        true
    }

    fn innermost(&self) -> Option<bool> {
        let index = self.depth.checked_sub(1)?;
        let word = self.objects.get(index / 64)?;
        Some(word >> (index % 64) & 1 == 1)
    }

    const fn leave(&mut self) {
        self.depth = self.depth.saturating_sub(1);
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;
    use crate::json::Stop;
    use crate::tolerance::Tolerance;

    fn skip(text: &str) -> Result<&str, Rule> {
        let mut reader = Reader::new(text, Tolerance::STRICT);
        match reader.skip() {
            Ok(value) => Ok(value),
            Err(Stop) => Err(reader.violation(0).rule),
        }
    }

    #[test]
    fn any_value_can_be_skipped() {
        for text in [
            "null",
            "true",
            "-1.5e3",
            r#""a\"b""#,
            "[]",
            "{}",
            r#"[1,[2,{"a":[{}],"b":null}],"x"]"#,
        ] {
            assert_eq!(skip(text), Ok(text));
            assert_eq!(skip(&format!(" \n{text} ,")), Ok(text));
        }
    }

    #[test]
    fn what_is_no_json_is_not_skipped() {
        for text in [
            "",
            " ",
            "nul",
            "[1,]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "[",
            "{\"a\":1,}",
            "\"",
            "\"a\nb\"",
            "[}",
            "{]",
            "'a'",
            "[1}",
            "\u{feff}1",
            "-",
            "\"\\x\"",
            "\"\\",
        ] {
            assert_eq!(skip(text), Err(Rule::Json), "{text}");
        }
    }

    #[test]
    fn depth_has_a_bound() {
        let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        // The innermost list is empty and so not entered.
        assert!(skip(&nested(MAX_DEPTH + 1)).is_ok());
        assert_eq!(skip(&nested(MAX_DEPTH + 2)), Err(Rule::Depth));
    }
}
