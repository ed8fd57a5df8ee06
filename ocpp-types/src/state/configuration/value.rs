//! Which values a configuration key takes.

use crate::json::{split, split_last};
use crate::total::position;
use crate::types::{Measurand, Phase};

/// Which values a configuration key takes. On the wire each is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// `true` or `false`, in any case.
    Boolean,
    /// An integer from 0 to `most`.
    Integer {
        /// The largest value.
        most: i64,
    },
    /// An integer up to `most` that never becomes smaller, such as the security profile.
    Rising {
        /// The largest value.
        most: i64,
    },
    /// A list of words out of these, in any case.
    Words(&'static [&'static str]),
    /// A list of measurands, each alone or with a phase: `Voltage.L1-N`.
    Measurands,
    /// A list of how the phases of connectors are wired: `0.RST,1.TRS`.
    PhaseRotation,
    /// A key of 16 to 20 bytes in hexadecimal digits.
    HexKey,
    /// Any text.
    Text,
}

/// Why a value does not suit a configuration key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ValueError {
    /// It is neither `true` nor `false`.
    #[error("neither true nor false")]
    Boolean,
    /// It is no integer, negative, or too large.
    #[error("not an integer within the range")]
    Integer,
    /// It would lower what may only rise.
    #[error("lower than the present value")]
    Lowered,
    /// An element of the list, counted from 0, is not one of the words.
    #[error("element {0} of the list is unknown")]
    Element(usize),
    /// The list has more elements than the key of its maximum length allows.
    #[error("more than {most} elements")]
    Length {
        /// So many are allowed.
        most: i64,
    },
    /// It is not 32 to 40 hexadecimal digits, two a byte.
    #[error("not 16 to 20 bytes in hexadecimal digits")]
    HexKey,
}

impl ValueType {
    /// Whether a text is a value of this type.
    ///
    /// # Errors
    ///
    /// A [`ValueError`] that says what is wrong.
    pub fn check(self, text: &str) -> Result<(), ValueError> {
        match self {
            Self::Boolean => boolean(text).map(|_| ()).ok_or(ValueError::Boolean),
            Self::Integer { most } | Self::Rising { most } => integer(text)
                .filter(|number| (0..=most).contains(number))
                .map(|_| ())
                .ok_or(ValueError::Integer),
            Self::Words(words) => each(text, |element| {
                words.iter().any(|word| word.eq_ignore_ascii_case(element))
            }),
            Self::Measurands => each(text, is_measurand),
            Self::PhaseRotation => each(text, is_rotation),
            Self::HexKey => {
                let digits = text.bytes().all(|byte| byte.is_ascii_hexdigit());
                let bytes = (32..=40).contains(&text.len()) && text.len() % 2 == 0;
                (digits && bytes).then_some(()).ok_or(ValueError::HexKey)
            }
            Self::Text => Ok(()),
        }
    }

    /// Whether values are comma separated lists.
    #[must_use]
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Self::Words(_) | Self::Measurands | Self::PhaseRotation
        )
    }
}

/// The elements of a comma separated list, without blanks around them.
///
/// An empty text is an empty list.
pub fn elements(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = (!text.trim().is_empty()).then_some(text);
    core::iter::from_fn(move || {
        let list = rest.take()?;
        let Some((element, after)) = split(list, b',') else {
            return Some(list.trim());
        };
        rest = Some(after);
        Some(element.trim())
    })
}

/// What a boolean value says, in any case.
#[must_use]
pub fn boolean(text: &str) -> Option<bool> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// What an integer value says.
#[must_use]
pub fn integer(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}

fn each(list: &str, is_known: impl Fn(&str) -> bool) -> Result<(), ValueError> {
    match position(elements(list), |element| !is_known(element)) {
        Some(element) => Err(ValueError::Element(element)),
        None => Ok(()),
    }
}

fn is_measurand(element: &str) -> bool {
    let known = |name: &str| {
        Measurand::ALL
            .iter()
            .any(|measurand| measurand.as_str() == name)
    };
    let is_phase = |name: &str| Phase::ALL.iter().any(|phase| phase.as_str() == name);
    known(element)
        || split_last(element, b'.').is_some_and(|(name, phase)| known(name) && is_phase(phase))
}

fn is_rotation(element: &str) -> bool {
    let Some((connector, rotation)) = split(element, b'.') else {
        return false;
    };
    let is_number = !connector.is_empty() && connector.bytes().all(|byte| byte.is_ascii_digit());
    is_number && ROTATIONS.contains(&rotation)
}

const ROTATIONS: &[&str] = &[
    "NotApplicable",
    "Unknown",
    "RST",
    "RTS",
    "SRT",
    "STR",
    "TRS",
    "TSR",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: ValueType, good: &[&str], bad: &[(&str, ValueError)]) {
        for text in good {
            assert_eq!(value.check(text), Ok(()), "{text:?}");
        }
        for (text, error) in bad {
            assert_eq!(value.check(text), Err(*error), "{text:?}");
        }
    }

    #[test]
    fn booleans_are_words_in_any_case() {
        let no = ValueError::Boolean;
        check(
            ValueType::Boolean,
            &["true", "FALSE", "True"],
            &[("1", no), ("", no), ("yes", no)],
        );
    }

    #[test]
    fn integers_are_not_negative() {
        let no = ValueError::Integer;
        check(
            ValueType::Integer { most: 100 },
            &["0", "100", "007"],
            &[
                ("101", no),
                ("-1", no),
                ("1.0", no),
                ("", no),
                ("99999999999999999999", no),
            ],
        );
    }

    #[test]
    fn one_unknown_element_spoils_a_list() {
        check(
            ValueType::Measurands,
            &[
                "",
                "Voltage",
                "Voltage.L1-N, Energy.Active.Import.Register",
                "Current.Import.L1",
            ],
            &[
                ("Voltage,Volume", ValueError::Element(1)),
                ("Voltage,", ValueError::Element(1)),
                ("voltage", ValueError::Element(0)),
                ("Voltage.L4", ValueError::Element(0)),
            ],
        );
        check(
            ValueType::PhaseRotation,
            &["", "0.RST", "0.Unknown,1.NotApplicable,12.TSR"],
            &[
                ("RST", ValueError::Element(0)),
                (".RST", ValueError::Element(0)),
                ("0.RST,1.RRR", ValueError::Element(1)),
            ],
        );
        check(
            ValueType::Words(&["FTP", "HTTPS"]),
            &["FTP", "https,ftp"],
            &[("FTP,SCP", ValueError::Element(1))],
        );
    }

    #[test]
    fn a_key_has_sixteen_to_twenty_bytes() {
        let no = ValueError::HexKey;
        check(
            ValueType::HexKey,
            &[
                "00112233445566778899aabbccddeeFF",
                "0123456789012345678901234567890123456789",
            ],
            &[
                ("0011", no),
                ("00112233445566778899aabbccddeef", no),
                ("00112233445566778899aabbccddeegg", no),
                ("00112233445566778899aabbccddeeff0", no),
            ],
        );
    }
}
