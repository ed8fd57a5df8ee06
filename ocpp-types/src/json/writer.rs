//! The writer: appends to a text, and checks what it writes.

use alloc::string::String;

use super::reader::{Dialect, Stop};
use super::scan;
use crate::error::{Path, Rule, Segment, Violation};

/// Appends JSON to a text of the caller.
///
/// A failure is kept inside, see [`violation`](Self::violation).
#[derive(Debug)]
pub(crate) struct Writer<'w> {
    out: &'w mut String,
    is_checked: bool,
    path: Path,
    failed: Option<Rule>,
    pub(crate) dialect: Dialect,
}

impl<'w> Writer<'w> {
    /// A writer that refuses what the schemas do not allow.
    pub(crate) const fn checked(out: &'w mut String, dialect: Dialect) -> Self {
        Self {
            out,
            is_checked: true,
            path: Path::ROOT,
            failed: None,
            dialect,
        }
    }

    /// A writer that writes whatever it is given.
    pub(crate) const fn unchecked(out: &'w mut String, dialect: Dialect) -> Self {
        Self {
            is_checked: false,
            ..Self::checked(out, dialect)
        }
    }

    /// Fails unless a rule is kept or rules are not checked.
    #[inline]
    pub(crate) fn demand(&mut self, is_kept: bool, rule: Rule) -> Result<(), Stop> {
        if is_kept || !self.is_checked {
            return Ok(());
        }
        self.failed = Some(rule);
        Err(Stop)
    }

    /// Whether rules are checked, where finding that out takes time.
    #[inline]
    pub(crate) const fn is_checked(&self) -> bool {
        self.is_checked
    }

    #[cold]
    pub(crate) fn violation(&self) -> Violation {
        Violation {
            rule: self.failed.unwrap_or(Rule::Json),
            path: self.path,
            offset: 0,
        }
    }

    #[inline]
    pub(crate) const fn depth(&self) -> u8 {
        self.path.depth()
    }

    #[inline]
    pub(crate) fn set_path(&mut self, depth: u8, segment: Segment) {
        self.path.set(depth, segment);
    }

    #[inline]
    pub(crate) const fn cut_path(&mut self, depth: u8) {
        self.path.cut(depth);
    }

    /// Appends text that is JSON already.
    #[inline]
    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Appends the name of a member: `,"name":`, without the comma after an opening brace.
    #[inline]
    pub(crate) fn name(&mut self, quoted: &str) {
        let is_first = self.out.as_bytes().last() == Some(&b'{');
        let start = usize::from(is_first);
        self.out.push_str(quoted.get(start..).unwrap_or(""));
    }

    /// Appends a text with its quotes.
    #[inline]
    pub(crate) fn string(&mut self, text: &str) {
        self.out.push('"');
        if scan::plain(text.as_bytes()) == text.len() {
            self.out.push_str(text);
        } else {
            self.escaped(text);
        }
        self.out.push('"');
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        let mut rest = text;
        while let Some((plain, after)) = rest.split_at_checked(scan::plain(rest.as_bytes())) {
            self.out.push_str(plain);
            let mut chars = after.chars();
            let Some(char) = chars.next() else {
                return;
            };
            match char {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{C}' => self.out.push_str("\\f"),
                control => {
                    let code = u32::from(control);
                    self.out.push_str("\\u00");
                    for digit in [code >> 4 & 0xF, code & 0xF] {
                        self.out.push(char::from_digit(digit, 16).unwrap_or('0'));
                    }
                }
            }
            rest = chars.as_str();
        }
    }

    /// Appends an integer.
    #[inline]
    pub(crate) fn integer(&mut self, number: i64) {
        if number < 0 {
            self.out.push('-');
        }
        let mut digits = [0_u8; 20];
        let mut rest = number.unsigned_abs();
        let mut count = 0_usize;
        for place in digits.iter_mut().rev() {
            let [low, ..] = (rest % 10).to_le_bytes();
            *place = b'0'.wrapping_add(low);
            rest /= 10;
            count = count.wrapping_add(1);
            if rest == 0 {
                break;
            }
        }
        let start = digits.len().wrapping_sub(count);
        let text = digits
            .get(start..)
            .and_then(|text| core::str::from_utf8(text).ok());
        self.out.push_str(text.unwrap_or("0"));
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    fn written(write: impl FnOnce(&mut Writer<'_>)) -> String {
        let mut out = String::new();
        write(&mut Writer::checked(&mut out, Dialect::default()));
        out
    }

    #[test]
    fn control_characters_are_escaped() {
        let text = "\u{0}\u{1f}\u{8}\u{c}\n\r\t\"\\/é\u{7f}";
        let expected = r#""\u0000\u001f\b\f\n\r\t\"\\/é"#.to_string() + "\u{7f}\"";
        assert_eq!(written(|writer| writer.string(text)), expected);
    }

    proptest! {
        #[test]
        fn integers_are_written_as_the_standard_library_does(number: i64) {
            prop_assert_eq!(written(|writer| writer.integer(number)), number.to_string());
        }

        #[test]
        fn texts_are_read_back(text: String) {
            let json = written(|writer| writer.string(&text));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
