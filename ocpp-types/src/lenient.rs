//! What a tolerant reader does where a value is not as the schema has it.
//!
//! Everything here is reached only after the strict reading of a value has failed, or for a reader
//! that was asked to be tolerant.

use alloc::borrow::Cow;

use meter_units::{Decimal, Rounding};

use crate::error::{JsonType, Rule};
use crate::json::{Reader, Stop, is_within, split, split_last};
use crate::literal::{Literal, Unknown};
use crate::tolerance::Tolerance;
use crate::types::{DateTime, Measurand, Phase, iso8601};
use crate::value::owned;

impl<'a> Reader<'a> {
    /// Whether an optional member is null or empty, which is taken for missing.
    #[cold]
    pub(crate) fn takes_absent(&mut self, can_be_empty: bool) -> bool {
        if self.peek() == b'n' {
            let at = self.at();
            if self.take_word("null") {
                if self.bend(Tolerance::NULL_MEMBER) {
                    return true;
                }
                self.go_back(at);
            }
        } else if can_be_empty && self.peek() == b'"' {
            let at = self.at();
            if self.take_word("\"\"") {
                if self.bend(Tolerance::EMPTY_MEMBER) {
                    return true;
                }
                self.go_back(at);
            }
        }
        false
    }

    /// Whether an object stands where its list should.
    #[cold]
    pub(crate) fn bends_single_element(&mut self) -> bool {
        self.peek() == b'{' && self.bend(Tolerance::SINGLE_ELEMENT)
    }

    /// Whether a required member may be missing; `is_whole` if there was no member that it is not
    /// known what it stands for.
    #[cold]
    pub(crate) fn fills(&mut self, rule: Tolerance, is_whole: bool, name: &'static str) -> bool {
        (is_whole || rule != Tolerance::MISSING_LIST) && self.bend_member(rule, name)
    }

    /// Whether a member stands under another name.
    #[cold]
    pub(crate) fn takes_alias(&mut self, depth: u8, name: &'static str) -> bool {
        self.cut_path(depth);
        self.bend_member(Tolerance::MEMBER_ALIAS, name)
    }

    /// An integer that is long, written with a point or an exponent, or text.
    #[cold]
    pub(crate) fn unusual_integer(&mut self) -> Result<i64, Stop> {
        if self.peek() == b'"' {
            return self.integer_from_text();
        }
        let at = self.at();
        if !matches!(self.peek(), b'-' | b'0'..=b'9') {
            return self.fail_type(JsonType::Integer);
        }
        let text = self.number()?;
        let is_plain = text.bytes().all(|byte| matches!(byte, b'-' | b'0'..=b'9'));
        if is_plain {
            return match text.parse() {
                Ok(number) => Ok(number),
                Err(_) => self.fail_at(Rule::Range, at),
            };
        }
        match whole(text) {
            Some(number) if self.dialect.is_draft_06 || self.bend(Tolerance::INTEGER_FORM) => {
                Ok(number)
            }
            None if self.dialect.is_draft_06 && is_whole(text) => self.fail_at(Rule::Range, at),
            _ => self.fail_at(Rule::Type(JsonType::Integer), at),
        }
    }

    fn integer_from_text(&mut self) -> Result<i64, Stop> {
        let at = self.at();
        let text = self.string()?;
        match text.parse::<i64>() {
            // `FromStr` takes a plus, which no number of JSON has.
            Ok(number) if !text.starts_with('+') && self.bend(Tolerance::NUMBER_AS_TEXT) => {
                Ok(number)
            }
            _ => self.fail_at(Rule::Type(JsonType::Integer), at),
        }
    }

    /// A meter register in whole Wh that has a fraction.
    #[cold]
    pub(crate) fn bent_register(&mut self) -> Result<i64, Stop> {
        let at = self.at();
        if matches!(self.peek(), b'-' | b'0'..=b'9') {
            let text = self.number()?;
            if whole(text).is_none() {
                return match half_down(text) {
                    Some(number) if self.bend(Tolerance::METER_FRACTION) => Ok(number),
                    _ => self.fail_at(Rule::Type(JsonType::Integer), at),
                };
            }
            self.go_back(at);
        }
        self.unusual_integer()
    }

    /// A boolean that is a number or text.
    #[cold]
    pub(crate) fn bent_boolean(&mut self) -> Result<bool, Stop> {
        let at = self.at();
        let value = match self.peek() {
            b'0' | b'1' => match self.number()? {
                "0" => Some(false),
                "1" => Some(true),
                _ => None,
            },
            b'"' => {
                let text = self.string()?;
                if text.eq_ignore_ascii_case("true") {
                    Some(true)
                } else if text.eq_ignore_ascii_case("false") {
                    Some(false)
                } else {
                    None
                }
            }
            _ => return self.fail_type(JsonType::Boolean),
        };
        match value {
            Some(value) if self.bend(Tolerance::BOOLEAN_FORM) => Ok(value),
            _ => self.fail_at(Rule::Type(JsonType::Boolean), at),
        }
    }

    /// A text of more than `max` characters.
    #[cold]
    pub(crate) fn bend_length(&mut self, text: &str, max: usize, at: usize) -> Result<(), Stop> {
        let sane = max.saturating_mul(5).max(255);
        if is_within(text, sane) && self.bend(Tolerance::LONG_TEXT) {
            return Ok(());
        }
        self.fail_at(Rule::MaxLength { max }, at)
    }

    /// The digits of a number, or a boolean, where a text should be.
    #[cold]
    pub(crate) fn text_from_number(&mut self) -> Result<Cow<'a, str>, Stop> {
        let at = self.at();
        let digits = match self.peek() {
            b'-' | b'0'..=b'9' => self.number()?,
            b't' | b'f' => self.skip()?,
            _ => return self.string(),
        };
        if self.bend(Tolerance::TEXT_AS_NUMBER) {
            return Ok(Cow::Borrowed(digits));
        }
        self.fail_at(Rule::Type(JsonType::String), at)
    }

    /// A word that the schema does not list; `known` if the errata sheet does.
    #[cold]
    pub(crate) fn bent_literal<T: Literal<'a>>(
        &mut self,
        known: Option<T>,
        text: Cow<'a, str>,
        at: usize,
    ) -> Result<T, Stop> {
        if let Some(word) = known {
            if self.bend(Tolerance::ERRATA) {
                return Ok(word);
            }
            return self.fail_at(Rule::Literal, at);
        }
        if text.is_empty() {
            let word = match T::UNKNOWN {
                Unknown::Kept | Unknown::KeptWithPhase => Some(T::from_other(text)),
                Unknown::Empty(stands_for) => T::from_literal(stands_for),
                Unknown::Refused => None,
            };
            return match word {
                Some(word) if self.bend(Tolerance::EMPTY_MEMBER) => Ok(word),
                _ => self.fail_at(Rule::Literal, at),
            };
        }
        let is_allowed = |reader: &Self, word: &T| {
            word.is_listed(reader.dialect) || reader.tolerance().contains(Tolerance::ERRATA)
        };
        let same = |word: &&&str| word.eq_ignore_ascii_case(&text);
        let same = T::LITERALS.iter().find(same);
        let same = same.and_then(|word| T::from_literal(word));
        if let Some(word) = same.filter(|word| is_allowed(self, word)) {
            if self.bend(Tolerance::LITERAL_CASE) {
                return Ok(word);
            }
        }
        let alias = T::ALIASES
            .iter()
            .find(|(alias, _)| alias.eq_ignore_ascii_case(&text));
        let alias = alias.and_then(|(_, word)| T::from_literal(word));
        if let Some(word) = alias.filter(|word| is_allowed(self, word)) {
            if self.bend(Tolerance::LITERAL_ALIAS) {
                return Ok(word);
            }
        }
        let has_phase = T::UNKNOWN == Unknown::KeptWithPhase && split_phase(&text).is_some();
        if has_phase && self.bend(Tolerance::PHASE_IN_MEASURAND) {
            return Ok(T::from_other(text));
        }
        let is_kept = matches!(
            T::UNKNOWN,
            Unknown::Kept | Unknown::KeptWithPhase | Unknown::Empty(_)
        );
        if is_kept && is_within(&text, 255) && self.bend(Tolerance::UNKNOWN_LITERAL) {
            return Ok(T::from_other(text));
        }
        self.fail_at(Rule::Literal, at)
    }

    /// A text that is no time of RFC 3339.
    #[cold]
    pub(crate) fn bend_time(&mut self, text: &str, at: usize) -> Result<(), Stop> {
        let rule = if text.is_empty() {
            Tolerance::EMPTY_MEMBER
        } else {
            Tolerance::TIME_FORM
        };
        if (text.is_empty() || iso8601(text.as_bytes()).is_some()) && self.bend(rule) {
            return Ok(());
        }
        self.fail_at(Rule::DateTime, at)
    }

    /// A time that is a number of seconds since 1970.
    #[cold]
    pub(crate) fn time_from_number(&mut self) -> Result<Cow<'a, str>, Stop> {
        let at = self.at();
        let Some(number) = self.plain_integer() else {
            return self.fail_type(JsonType::String);
        };
        let time = DateTime::from_unix(number);
        match time {
            Some(time) if self.bend(Tolerance::TIME_AS_NUMBER) => Ok(owned(time.as_str())),
            _ => self.fail_at(Rule::Type(JsonType::String), at),
        }
    }

    /// A limit that is text.
    #[cold]
    pub(crate) fn limit_from_text(&mut self) -> Result<crate::types::Limit, Stop> {
        let at = self.at();
        let text = self.string()?;
        match text.parse() {
            Ok(limit) if !text.starts_with('+') && self.bend(Tolerance::NUMBER_AS_TEXT) => {
                Ok(limit)
            }
            _ => self.fail_at(Rule::Type(JsonType::Number), at),
        }
    }

    /// A limit that is off a tenth by the error of a float.
    #[cold]
    pub(crate) fn bent_limit(&mut self, text: &str, at: usize) -> Result<Decimal, Stop> {
        let Ok(rounded) = Decimal::from_str_rounded(text, 1, Rounding::HalfEven) else {
            return self.fail_at(Rule::Range, at);
        };
        // As many digits as a double has and some more; the rest changes nothing below.
        let exact = Decimal::from_str_rounded(text, 15, Rounding::HalfEven)
            .or_else(|_| Decimal::from_str_rounded(text, 11, Rounding::HalfEven));
        match exact {
            Ok(exact) if is_float_noise(exact, rounded) && self.bend(Tolerance::FLOAT_NOISE) => {
                Ok(rounded)
            }
            _ => self.fail_at(Rule::MultipleOf, at),
        }
    }
}

/// Whether a number is what a float of single or double precision makes of a tenth.
///
/// A single is within a few steps of that of the tenth, as far as its digits were written; a double
/// is off by a few steps. Numbers between those of single precision were meant as they are.
fn is_float_noise(exact: Decimal, tenth: Decimal) -> bool {
    let within = |a: Decimal, b: Decimal, most: Option<Decimal>| {
        let distance = a.checked_sub(b).map(Decimal::abs);
        distance.is_ok_and(|distance| most.is_some_and(|most| distance <= most))
    };
    if within(exact, tenth, tenth.abs().scale_by_power_of_ten(-14)) {
        return true;
    }
    let half_digit = Decimal::new(5, exact.exponent().saturating_sub(1));
    let bits = tenth.to_f32().to_bits();
    (-STEPS..=STEPS).any(|steps| {
        let single = f32::from_bits(bits.wrapping_add_signed(steps));
        Decimal::try_from_f64_shortest(f64::from(single))
            .is_ok_and(|single| within(exact, single, half_digit))
    }) && !tenth.is_zero()
}

/// As many steps as a calculation or two may be off.
const STEPS: i32 = 4;

/// The nearest integer, the lower one of two.
fn half_down(text: &str) -> Option<i64> {
    let exact = Decimal::from_ascii(text.as_bytes()).ok()?;
    let near = exact.round(0, Rounding::HalfUp).ok()?;
    let distance = near.abs().checked_sub(exact.abs()).ok()?;
    let near = to_integer(near)?;
    if Some(distance) == Decimal::new(5, -1) {
        return near.checked_sub(near.signum());
    }
    Some(near)
}

/// A measurand that ends with a phase, taken apart: `Current.Import.L1`.
pub(crate) fn split_phase(text: &str) -> Option<(Measurand<'static>, Phase<'static>)> {
    // No phase has a point in it.
    let (measurand, phase) = split_last(text, b'.')?;
    let known = |word: &&Measurand<'static>| word.as_str() == measurand;
    let measurand = Measurand::ALL.iter().find(known)?;
    let phase = Phase::ALL.iter().find(|word| word.as_str() == phase)?;
    Some((measurand.clone(), phase.clone()))
}

/// The integer that a number of any form is.
fn whole(text: &str) -> Option<i64> {
    to_integer(Decimal::from_ascii(text.as_bytes()).ok()?)
}

/// Whether a number is an integer, of however many digits.
fn is_whole(text: &str) -> bool {
    let (mantissa, exponent) = split(text, b'e')
        .or_else(|| split(text, b'E'))
        .unwrap_or((text, "0"));
    let (whole, fraction) = split(mantissa, b'.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    // The digits end so many places after the point, or before it.
    let places = if fraction.is_empty() {
        let zeros = whole.len().wrapping_sub(whole.trim_end_matches('0').len());
        i64::try_from(zeros).unwrap_or(i64::MAX).wrapping_neg()
    } else {
        i64::try_from(fraction.len()).unwrap_or(i64::MAX)
    };
    match exponent.parse::<i64>() {
        Ok(exponent) => places <= exponent,
        Err(_) => !exponent.starts_with('-'),
    }
}

fn to_integer(decimal: Decimal) -> Option<i64> {
    let decimal = decimal.normalized();
    let power = 10_u64.checked_pow(u32::try_from(decimal.exponent()).ok()?)?;
    let magnitude = decimal.coefficient().checked_mul(power)?;
    if decimal.is_negative() {
        0_i64.checked_sub_unsigned(magnitude)
    } else {
        i64::try_from(magnitude).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::is_whole;

    #[test]
    fn a_number_is_whole_whatever_its_form() {
        for text in [
            "1",
            "1.0",
            "-1.50e1",
            "1e400",
            "100e-2",
            "1E+30",
            "1e99999999999999999999",
        ] {
            assert!(is_whole(text), "{text}");
        }
        for text in ["1.5", "1e-1", "1.55e1", "100e-3", "1e-99999999999999999999"] {
            assert!(!is_whole(text), "{text}");
        }
    }
}
