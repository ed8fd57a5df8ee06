//! The pull reader: what comes next is asked for by type.

mod failure;
mod skip;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::number::number_end;
use super::scan;
use super::text::unescape;
use crate::error::{JsonType, Path, Rule, Segment};
use crate::tolerance::{Deviation, Tolerance};

/// Reads a text from front to back and checks it on the way.
///
/// A failure is kept inside, see [`violation`](Self::violation): results stay small.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    text: &'a str,
    at: usize,
    path: Path,
    failed: Option<(Rule, usize)>,
    pub(crate) dialect: Dialect,
    tolerance: Tolerance,
    deviations: Vec<Deviation>,
}

/// What the schemas of different messages have different.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Dialect {
    /// Draft 06 of JSON Schema: `1.0` is an integer. So are the schemas of the security extension.
    pub(crate) is_draft_06: bool,
    /// The list of units has no `Celsius`.
    pub(crate) is_without_celsius: bool,
}

/// The reader has failed.
#[derive(Debug)]
pub(crate) struct Stop;

pub(crate) type Read<T> = Result<T, Stop>;

impl<'a> Reader<'a> {
    #[inline]
    pub(crate) fn new(text: &'a str, tolerance: Tolerance) -> Self {
        Self {
            text,
            at: 0,
            path: Path::ROOT,
            failed: None,
            dialect: Dialect::default(),
            tolerance,
            deviations: Vec::new(),
        }
    }

    #[inline]
    pub(crate) const fn is_strict(&self) -> bool {
        self.tolerance.is_empty()
    }

    pub(crate) const fn tolerance(&self) -> Tolerance {
        self.tolerance
    }

    #[inline]
    pub(crate) const fn at(&self) -> usize {
        self.at
    }

    /// Goes back to a place that [`at`](Self::at) named.
    pub(crate) const fn go_back(&mut self, at: usize) {
        self.at = at;
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

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or(&[])
    }

    #[inline]
    pub(crate) fn slice(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The next byte that is no blank; 0 at the end.
    #[inline]
    pub(crate) fn peek(&mut self) -> u8 {
        match self.text.as_bytes().get(self.at) {
            Some(byte) if *byte > b' ' => *byte,
            Some(_) => self.peek_after_blanks(),
            None => 0,
        }
    }

    fn peek_after_blanks(&mut self) -> u8 {
        for byte in self.rest() {
            match byte {
                b' ' | b'\n' | b'\r' | b'\t' => self.at = self.at.wrapping_add(1),
                byte => return *byte,
            }
        }
        0
    }

    /// Takes `byte` if it comes next.
    #[inline]
    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == byte;
        if found {
            self.at = self.at.wrapping_add(1);
        }
        found
    }

    /// Takes `byte`, or fails.
    #[inline]
    pub(crate) fn expect(&mut self, byte: u8) -> Read<()> {
        if self.take(byte) {
            Ok(())
        } else {
            self.fail(Rule::Json)
        }
    }

    /// Takes the end of the text, or fails.
    #[inline]
    pub(crate) fn end(&mut self) -> Read<()> {
        if self.peek() == 0 && self.at >= self.text.len() {
            Ok(())
        } else {
            self.fail(Rule::Json)
        }
    }

    /// Goes into an object; whether it has a member.
    #[inline]
    pub(crate) fn open_object(&mut self) -> Read<bool> {
        if !self.take(b'{') {
            return self.fail_type(JsonType::Object);
        }
        Ok(!self.take(b'}'))
    }

    /// After a member: whether there is another one.
    #[inline]
    pub(crate) fn next_member(&mut self) -> Read<bool> {
        self.next_of(b'}')
    }

    /// Goes into a list; whether it has an element.
    #[inline]
    pub(crate) fn open_list(&mut self) -> Read<bool> {
        if !self.take(b'[') {
            return self.fail_type(JsonType::Array);
        }
        Ok(!self.take(b']'))
    }

    /// After an element: whether there is another one.
    #[inline]
    pub(crate) fn next_element(&mut self) -> Read<bool> {
        self.next_of(b']')
    }

    #[inline]
    fn next_of(&mut self, close: u8) -> Read<bool> {
        let byte = self.peek();
        if byte != b',' && byte != close {
            return self.fail(Rule::Json);
        }
        self.at = self.at.wrapping_add(1);
        Ok(byte == b',')
    }

    /// Takes a name with its quotes and colon, if exactly that comes next.
    #[inline]
    pub(crate) fn takes_name(&mut self, quoted: &'static str) -> bool {
        let found = self.rest().starts_with(quoted.as_bytes());
        if found {
            self.at = self.at.wrapping_add(quoted.len());
        }
        found
    }

    /// The name of a member, with its colon.
    ///
    /// A name with escapes is looked up in `names`; one that is not there stays as it was sent,
    /// and its backslash makes it equal to none of them.
    #[inline]
    pub(crate) fn name(&mut self, names: &'static [&'static str]) -> Read<&'a str> {
        if self.peek() != b'"' {
            return self.fail(Rule::Json);
        }
        let start = self.at.wrapping_add(1);
        let end = start.wrapping_add(scan::plain(
            self.text.as_bytes().get(start..).unwrap_or(&[]),
        ));
        let name = match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end.wrapping_add(1);
                self.slice(start, end)
            }
            _ => self.escaped_name(names)?,
        };
        self.expect(b':')?;
        Ok(name)
    }

    #[cold]
    fn escaped_name(&mut self, names: &'static [&'static str]) -> Read<&'a str> {
        let start = self.at.wrapping_add(1);
        let text = self.string()?;
        let raw = self.slice(start, self.at.wrapping_sub(1));
        Ok(names
            .iter()
            .find(|name| **name == text)
            .copied()
            .unwrap_or(raw))
    }

    /// A text; the borrowed one where it has no escapes.
    #[inline]
    pub(crate) fn string(&mut self) -> Read<Cow<'a, str>> {
        if self.peek() != b'"' {
            return self.fail_type(JsonType::String);
        }
        let start = self.at.wrapping_add(1);
        let end = start.wrapping_add(scan::plain(
            self.text.as_bytes().get(start..).unwrap_or(&[]),
        ));
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end.wrapping_add(1);
                Ok(Cow::Borrowed(self.slice(start, end)))
            }
            _ => self.escaped_string(start, end),
        }
    }

    #[cold]
    fn escaped_string(&mut self, start: usize, end: usize) -> Read<Cow<'a, str>> {
        let end = self.escaped_string_end(end)?;
        self.at = end.wrapping_add(1);
        match unescape(self.slice(start, end)) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(at) => self.fail_at(Rule::Json, start.saturating_add(at)),
        }
    }

    /// The place of the closing quote, from the first byte that is not plain.
    fn escaped_string_end(&mut self, mut at: usize) -> Read<usize> {
        loop {
            match self.text.as_bytes().get(at) {
                Some(b'"') => return Ok(at),
                // What is escaped is no quote that closes, whatever it is.
                Some(b'\\') => at = at.wrapping_add(2),
                _ => return self.fail_at(Rule::Json, at),
            }
            let rest = self.text.as_bytes().get(at..).unwrap_or(&[]);
            at = at.wrapping_add(scan::plain(rest));
        }
    }

    /// The digits of a number, and all else that belongs to it.
    pub(crate) fn number(&mut self) -> Read<&'a str> {
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return self.fail_type(JsonType::Number);
        }
        match number_end(self.rest()) {
            Some(length) => {
                let start = self.at;
                self.at = start.wrapping_add(length);
                Ok(self.slice(start, self.at))
            }
            None => self.fail(Rule::Json),
        }
    }

    /// An integer of up to 18 digits in its plain form; `None`, and nothing taken, if what comes
    /// next is anything else.
    #[inline]
    pub(crate) fn plain_integer(&mut self) -> Option<i64> {
        let negative = self.peek() == b'-';
        let start = self.at.wrapping_add(usize::from(negative));
        let digits = self.text.as_bytes().get(start..)?;
        let mut number = 0_i64;
        let mut count = 0_usize;
        for byte in digits {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                break;
            }
            number = number.wrapping_mul(10).wrapping_add(i64::from(digit));
            count = count.wrapping_add(1);
        }
        if count == 0 || count > 18 || (count > 1 && digits.first() == Some(&b'0')) {
            return None;
        }
        if matches!(digits.get(count), Some(b'.' | b'e' | b'E')) {
            return None;
        }
        self.at = start.wrapping_add(count);
        Some(if negative {
            number.wrapping_neg()
        } else {
            number
        })
    }

    /// Takes a word such as `null` if it comes next.
    #[inline]
    pub(crate) fn take_word(&mut self, word: &str) -> bool {
        self.peek();
        let found = self.rest().starts_with(word.as_bytes());
        if found {
            self.at = self.at.wrapping_add(word.len());
        }
        found
    }

    /// How many elements to reserve for: those that `mark` begins before the list ends, and not
    /// more than the rest of the text could hold, at `least` bytes each.
    pub(crate) fn expected_elements(&self, mark: u8, least: usize) -> usize {
        let rest = self.rest();
        let most = rest.len().checked_div(least).unwrap_or(0);
        scan::marks_in_list(rest, mark).min(most)
    }

    /// As [`expected_elements`](Self::expected_elements), for elements that hold one list each.
    pub(crate) fn expected_lists(&self) -> usize {
        scan::marks(self.rest(), b'[')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_integers_are_taken_whole_or_not_at_all() {
        for (text, number) in [
            ("0", Some(0)),
            ("-1,", Some(-1)),
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("9999999999999999999", None),
            ("01", None),
            ("1.0", None),
            ("1e2", None),
            ("-", None),
            ("\"1\"", None),
        ] {
            let mut reader = Reader::new(text, Tolerance::STRICT);
            assert_eq!(reader.plain_integer(), number, "{text}");
            assert_eq!(reader.at() == 0, number.is_none());
        }
    }
}
