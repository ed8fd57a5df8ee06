//! The written forms of OBIS codes, both ways.

use core::fmt;
use core::str::FromStr;

use super::{ObisCode, ObisPattern};
use crate::line::Line;

/// Shows an [`ObisCode`] without A and B, as [`ObisCode::reduced`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReducedObis(pub(super) ObisCode);

/// Why a text is no OBIS code, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct ParseObisError {
    /// What was wrong.
    pub kind: ParseObisErrorKind,
    /// Position in the text, in bytes.
    pub offset: usize,
}

/// The ways in which a text can fail to be an OBIS code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseObisErrorKind {
    /// The text ends, or a separator stands, where a value group belongs.
    #[error("a value group is missing")]
    MissingGroup,
    /// A value group has more than three digits or is above 255.
    #[error("a value group is above 255")]
    GroupTooLarge,
    /// A byte that is neither a digit nor the separator that belongs there.
    #[error("unexpected byte {0:#04x}")]
    UnexpectedByte(u8),
    /// More value groups than the form has.
    #[error("there are too many value groups")]
    TooManyGroups,
    /// A, B or E is left out, which only an [`ObisPattern`] allows.
    #[error("the code is reduced, a value group is left out")]
    Reduced,
}

impl fmt::Display for ObisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pattern = ObisPattern::from(*self);
        if f.alternate() && self.f() == 255 {
            show(f, Some(self.a()), Some(self.b()), pattern, None)
        } else {
            show(f, Some(self.a()), Some(self.b()), pattern, Some(self.f()))
        }
    }
}

impl fmt::Display for ReducedObis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(code) = *self;
        let period = Some(code.f()).filter(|period| *period != 255);
        show(f, None, None, ObisPattern::from(code), period)
    }
}

impl fmt::Display for ObisPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(f, self.a(), self.b(), *self, self.f())
    }
}

fn show(
    f: &mut fmt::Formatter<'_>,
    a: Option<u8>,
    b: Option<u8>,
    middle: ObisPattern,
    period: Option<u8>,
) -> fmt::Result {
    // 255-255:255.255.255*255
    let mut line = Line::<23>::new();
    if let Some(a) = a {
        line.push_number(u64::from(a), 1);
        line.push(b'-');
    }
    if let Some(b) = b {
        line.push_number(u64::from(b), 1);
        line.push(b':');
    }
    line.push_number(u64::from(middle.c()), 1);
    line.push(b'.');
    line.push_number(u64::from(middle.d()), 1);
    if let Some(e) = middle.e() {
        line.push(b'.');
        line.push_number(u64::from(e), 1);
    }
    if let Some(period) = period {
        line.push(b'*');
        line.push_number(u64::from(period), 1);
    }
    f.pad(line.as_str())
}

impl FromStr for ObisCode {
    type Err = ParseObisError;

    /// Reads a code of which at least A to E are written; F is 255 where it is left out.
    ///
    /// The forms are `1-0:1.8.0*255` with `*`, `&` or `.` before F, the same without F, the
    /// dotted `1.0.1.8.0.255`, and twelve hexadecimal digits. C and D may be one of the letters
    /// C, F, L and P of IEC 62056-21, for 96 to 99.
    fn from_str(text: &str) -> Result<Self, ParseObisError> {
        let pattern: ObisPattern = text.parse()?;
        match (pattern.a(), pattern.b(), pattern.e()) {
            (Some(a), Some(b), Some(e)) => {
                let period = pattern.f().unwrap_or(255);
                Ok(Self([a, b, pattern.c(), pattern.d(), e, period]))
            }
            (Some(_), Some(_), None) => {
                let end = text.find(['*', '&']).unwrap_or(text.len());
                fail(ParseObisErrorKind::Reduced, end)
            }
            _ => fail(ParseObisErrorKind::Reduced, 0),
        }
    }
}

impl FromStr for ObisPattern {
    type Err = ParseObisError;

    /// Reads every form of an [`ObisCode`], and those where A, B, E or F is left out.
    fn from_str(text: &str) -> Result<Self, ParseObisError> {
        if let Some(code) = from_hex(text.as_bytes()) {
            return Ok(code.into());
        }
        Parser {
            bytes: text.as_bytes(),
            at: 0,
        }
        .pattern()
    }
}

fn from_hex(text: &[u8]) -> Option<ObisCode> {
    if text.len() != 12 {
        return None;
    }
    let mut groups = [0; 6];
    for (group, pair) in groups.iter_mut().zip(text.chunks_exact(2)) {
        for byte in pair {
            let digit = u8::try_from(char::from(*byte).to_digit(16)?).ok()?;
            *group = (*group << 4) | digit;
        }
    }
    Some(ObisCode(groups))
}

fn fail<T>(kind: ParseObisErrorKind, offset: usize) -> Result<T, ParseObisError> {
    Err(ParseObisError { kind, offset })
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// A value group and where it stands in the text.
#[derive(Clone, Copy, Default)]
struct Group {
    value: u8,
    letter: bool,
    start: usize,
}

impl Group {
    fn number(self) -> Result<u8, ParseObisError> {
        if !self.letter {
            return Ok(self.value);
        }
        // the only letters are those of groups 96 to 99
        let letter = match self.value {
            96 => b'C',
            97 => b'F',
            98 => b'L',
            _ => b'P',
        };
        fail(ParseObisErrorKind::UnexpectedByte(letter), self.start)
    }
}

impl Parser<'_> {
    fn pattern(mut self) -> Result<ObisPattern, ParseObisError> {
        let mut first = self.group()?;
        let mut a = None;
        if self.take(b"-").is_some() {
            a = Some(first.number()?);
            first = self.group()?;
        }
        let mut b = None;
        if self.take(b":").is_some() {
            b = Some(first.number()?);
            first = self.group()?;
        }

        let mut dotted = [first, Group::default(), Group::default()];
        let mut count = 1_usize;
        let mut tail = [Group::default(); 3];
        let mut tail_count = 0_usize;
        while self.take(b".").is_some() {
            let group = self.group()?;
            if let Some(slot) = dotted.get_mut(count) {
                *slot = group;
                count = count.wrapping_add(1);
            } else if let Some(slot) = tail.get_mut(tail_count) {
                *slot = group;
                tail_count = tail_count.wrapping_add(1);
            } else {
                return fail(ParseObisErrorKind::TooManyGroups, group.start);
            }
        }
        let mut period = None;
        if self.take(b"*&").is_some() {
            period = Some(self.group()?.number()?);
        }
        if let Some(byte) = self.bytes.get(self.at) {
            return fail(ParseObisErrorKind::UnexpectedByte(*byte), self.at);
        }

        let [c, d, e] = dotted;
        let [fourth, fifth, sixth] = tail;
        let prefixed = a.is_some() || b.is_some();
        match (count, tail_count) {
            (0 | 1, _) => return fail(ParseObisErrorKind::MissingGroup, self.at),
            (_, 0) => {}
            (_, 1) if prefixed && period.is_none() => period = Some(fourth.number()?),
            (_, 3) if !prefixed && period.is_none() => {
                let code = [
                    c.number()?,
                    d.number()?,
                    e.value,
                    fourth.value,
                    fifth.number()?,
                    sixth.number()?,
                ];
                return Ok(ObisCode(code).into());
            }
            (_, 1) => return fail(ParseObisErrorKind::TooManyGroups, fourth.start),
            _ if prefixed => return fail(ParseObisErrorKind::TooManyGroups, fifth.start),
            _ => return fail(ParseObisErrorKind::TooManyGroups, fourth.start),
        }

        let mut pattern = ObisPattern::new(c.value, d.value);
        if let Some(a) = a {
            pattern = pattern.with_a(a);
        }
        if let Some(b) = b {
            pattern = pattern.with_b(b);
        }
        if count == 3 {
            pattern = pattern.with_e(e.number()?);
        }
        if let Some(period) = period {
            pattern = pattern.with_f(period);
        }
        Ok(pattern)
    }

    /// Takes the next byte if it is one of `separators`.
    fn take(&mut self, separators: &[u8]) -> Option<u8> {
        let byte = *self.bytes.get(self.at)?;
        if !separators.contains(&byte) {
            return None;
        }
        self.at = self.at.wrapping_add(1);
        Some(byte)
    }

    /// Takes one to three digits, or one of the letters of IEC 62056-21.
    fn group(&mut self) -> Result<Group, ParseObisError> {
        let start = self.at;
        if let Some(letter) = self.take(b"CFLP") {
            let value = match letter {
                b'C' => 96,
                b'F' => 97,
                b'L' => 98,
                _ => 99,
            };
            return Ok(Group {
                value,
                letter: true,
                start,
            });
        }
        let mut value = 0_u16;
        let mut digits = 0_u8;
        while let Some(digit) = self.take(b"0123456789") {
            digits = digits.saturating_add(1);
            value = value
                .saturating_mul(10)
                .saturating_add(u16::from(digit & 0x0F));
        }
        if digits == 0 {
            return match self.bytes.get(start) {
                None | Some(b'-' | b':' | b'.' | b'*' | b'&') => {
                    fail(ParseObisErrorKind::MissingGroup, start)
                }
                Some(byte) => fail(ParseObisErrorKind::UnexpectedByte(*byte), start),
            };
        }
        match u8::try_from(value) {
            Ok(value) if digits <= 3 => Ok(Group {
                value,
                letter: false,
                start,
            }),
            _ => fail(ParseObisErrorKind::GroupTooLarge, start),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Result<ObisCode, ParseObisError> {
        text.parse()
    }

    #[test]
    fn every_written_form_is_the_same_code() {
        for text in [
            "1-0:1.8.0*255",
            "1-0:1.8.0",
            "1-0:1.8.0.255",
            "1.0.1.8.0.255",
            "0100010800FF",
            "0100010800ff",
            "001-000:001.008.000&255",
        ] {
            assert_eq!(code(text), Ok(ObisCode([1, 0, 1, 8, 0, 255])), "{text}");
        }
        assert_eq!(code("1-0:1.8.0&01"), Ok(ObisCode([1, 0, 1, 8, 0, 1])));
        assert_eq!(code("1-0:F.F.0"), Ok(ObisCode([1, 0, 97, 97, 0, 255])));
        assert_eq!(code("1.0.C.1.0.255"), Ok(ObisCode([1, 0, 96, 1, 0, 255])));
    }

    #[test]
    fn reduced_forms_are_patterns_only() {
        for (text, pattern) in [
            ("1.8.0", ObisPattern::new(1, 8).with_e(0)),
            ("1.8", ObisPattern::new(1, 8)),
            ("1.8.0*03", ObisPattern::new(1, 8).with_e(0).with_f(3)),
            ("1.8*3", ObisPattern::new(1, 8).with_f(3)),
            ("F.F", ObisPattern::new(97, 97)),
            ("C.1.0", ObisPattern::new(96, 1).with_e(0)),
            ("L.P", ObisPattern::new(98, 99)),
            ("0:1.8.0", ObisPattern::new(1, 8).with_b(0).with_e(0)),
            ("1-1.8.0", ObisPattern::new(1, 8).with_a(1).with_e(0)),
            ("1-0:1.8", ObisPattern::new(1, 8).with_a(1).with_b(0)),
        ] {
            assert_eq!(text.parse(), Ok(pattern), "{text}");
            let error = code(text).unwrap_err();
            assert_eq!(error.kind, ParseObisErrorKind::Reduced, "{text}");
        }
        assert_eq!(code("1-0:1.8*3").unwrap_err().offset, 7);
    }

    #[test]
    fn errors_say_what_and_where() {
        use ParseObisErrorKind::*;
        for (text, kind, offset) in [
            ("", MissingGroup, 0),
            ("1", MissingGroup, 1),
            ("1-0:", MissingGroup, 4),
            ("1-0:1", MissingGroup, 5),
            ("1-0:1..0", MissingGroup, 6),
            ("1-0:1.8.0*", MissingGroup, 10),
            ("-1-0:1.8.0", MissingGroup, 0),
            ("1-0:1.8.256", GroupTooLarge, 8),
            ("1-0:0001.8.0", GroupTooLarge, 4),
            ("1-0:99999999.8.0", GroupTooLarge, 4),
            ("0100010800F", GroupTooLarge, 0),
            ("1:0-1.8.0", UnexpectedByte(b'-'), 3),
            ("1-0:1.8.0*255x", UnexpectedByte(b'x'), 13),
            ("1-0:1.8.0 255", UnexpectedByte(b' '), 9),
            (" 1-0:1.8.0", UnexpectedByte(b' '), 0),
            ("1-0:1.8.0*1*2", UnexpectedByte(b'*'), 11),
            ("1-0:f.f.0", UnexpectedByte(b'f'), 4),
            ("1-0:FF.1.0", UnexpectedByte(b'F'), 5),
            ("F-0:1.8.0", UnexpectedByte(b'F'), 0),
            ("1-0:1.8.F", UnexpectedByte(b'F'), 8),
            ("1-0:1.8.0*L", UnexpectedByte(b'L'), 10),
            ("1-0:1.8.0.1.2", TooManyGroups, 12),
            ("1-0:1.8.0.1*2", TooManyGroups, 10),
            ("1.8.0.255", TooManyGroups, 6),
            ("1.0.1.8.0", TooManyGroups, 6),
            ("1.0.1.8.0.255.1", TooManyGroups, 14),
            ("1-0:1.8.0\u{e9}", UnexpectedByte(0xC3), 9),
        ] {
            let expected = ParseObisError { kind, offset };
            assert_eq!(text.parse::<ObisPattern>(), Err(expected), "{text:?}");
            assert_eq!(code(text), Err(expected), "{text:?}");
        }
        assert_eq!(
            format!("{}", code("1-0:1.8.256").unwrap_err()),
            "a value group is above 255 at byte 8"
        );
        assert_eq!(size_of::<ParseObisError>(), 16);
    }

    #[test]
    fn the_three_forms_differ_in_what_they_leave_out() {
        for (groups, full, short, reduced) in [
            ([1, 0, 1, 8, 0, 255], "1-0:1.8.0*255", "1-0:1.8.0", "1.8.0"),
            ([1, 0, 1, 8, 0, 1], "1-0:1.8.0*1", "1-0:1.8.0*1", "1.8.0*1"),
            (
                [255; 6],
                "255-255:255.255.255*255",
                "255-255:255.255.255",
                "255.255.255",
            ),
        ] {
            let code = ObisCode(groups);
            assert_eq!(format!("{code}"), full);
            assert_eq!(format!("{code:#}"), short);
            assert_eq!(format!("{}", code.reduced()), reduced);
        }
        assert_eq!(
            format!("{:<15}|", ObisCode([6, 0, 1, 0, 0, 255])),
            "6-0:1.0.0*255  |"
        );
    }

    proptest! {
        #[test]
        fn every_code_comes_back_from_its_text(groups: [u8; 6]) {
            let code = ObisCode(groups);
            prop_assert_eq!(format!("{code}").parse(), Ok(code));
            prop_assert_eq!(format!("{code:#}").parse(), Ok(code));
        }

        #[test]
        fn every_pattern_comes_back_from_its_text(groups: [u8; 6], said: [bool; 4]) {
            let [a, b, c, d, e, f] = groups;
            let mut pattern = ObisPattern::new(c, d);
            if let Some(a) = said[0].then_some(a) {
                pattern = pattern.with_a(a);
            }
            if let Some(b) = said[1].then_some(b) {
                pattern = pattern.with_b(b);
            }
            if let Some(e) = said[2].then_some(e) {
                pattern = pattern.with_e(e);
            }
            if let Some(f) = said[3].then_some(f) {
                pattern = pattern.with_f(f);
            }
            prop_assert_eq!(format!("{pattern}").parse(), Ok(pattern));
            prop_assert!(pattern.matches(ObisCode(groups)));
        }

        #[test]
        fn any_text_is_a_code_or_an_error_within_it(text in "[0-9CFLP:*&. -]{0,16}|.{0,16}") {
            match text.parse::<ObisPattern>() {
                Ok(pattern) => prop_assert_eq!(format!("{pattern}").parse(), Ok(pattern)),
                Err(error) => prop_assert!(error.offset <= text.len()),
            }
        }
    }
}
