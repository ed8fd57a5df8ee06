//! The way from all meters to the few that a selection addresses.

use meter_units::Medium;

use crate::link::{Identification, Manufacturer, SecondaryAddressMask};

use super::super::config::Resolution;
use super::super::event::Target;
use super::tree::Direction;

/// What can be fixed: eight digits, four bytes, eight digits.
pub(super) const MAX_DEPTH: usize = 20;

/// One part of an address that is fixed to one value after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) part: Part,
    /// Which value is tried, counted from the first one tried.
    pub(super) index: u8,
    /// How many meters have shown under the values tried, up to two.
    pub(super) met: u8,
    /// How many masks had been tried before.
    pub(super) since: u32,
}

/// A part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A digit of the identification number, from 0 for the most significant.
    Digit(u8),
    Medium,
    Version,
    ManufacturerLow,
    ManufacturerHigh,
    /// A digit of the fabrication number.
    Number(u8),
}

impl Level {
    /// The decimal digits, and then Ah to Eh.
    pub(super) const DECIMAL: u8 = 10;
    const HEXADECIMAL: u8 = 15;
    /// No meter has this digit in its fabrication number; one that answers takes no notice of it.
    const GUARD: u8 = 0xA;

    pub(super) const fn new(part: Part, since: u32) -> Self {
        Self {
            part,
            index: 0,
            met: 0,
            since,
        }
    }

    /// How many values there are to try.
    pub(super) const fn values(&self) -> u8 {
        match self.part {
            // Some meters have hexadecimal digits. They are looked for where somebody answered whom
            // the decimal ones do not account for.
            Part::Digit(_) if self.met < 2 => Self::HEXADECIMAL,
            Part::Digit(_) => Self::DECIMAL,
            Part::Medium | Part::Version | Part::ManufacturerLow | Part::ManufacturerHigh => 255,
            Part::Number(0) => Self::DECIMAL + 1,
            Part::Number(_) => Self::DECIMAL,
        }
    }

    /// How many of them are tried as a rule.
    pub(super) fn expected_values(&self) -> u8 {
        match self.part {
            Part::Digit(_) => Self::DECIMAL,
            _ => self.values(),
        }
    }

    /// Whether a selection is tried that no meter with a fabrication number answers.
    pub(super) const fn is_guard(&self) -> bool {
        matches!(self.part, Part::Number(0)) && self.index == 0
    }

    const fn value(&self, direction: Direction) -> u8 {
        match (self.part, self.index, direction) {
            (Part::Number(0), 0, _) => Self::GUARD,
            (Part::Number(0), index, _) => decimal(index.wrapping_sub(1), direction),
            (Part::Digit(_) | Part::Number(_), index, _) => decimal(index, direction),
            (_, index, Direction::Forwards) => index,
            (_, index, Direction::Backwards) => 254_u8.wrapping_sub(index),
        }
    }
}

const fn decimal(index: u8, direction: Direction) -> u8 {
    match direction {
        Direction::Backwards if index < Level::DECIMAL => 9_u8.wrapping_sub(index),
        _ => index,
    }
}

/// The place of a digit in the order in which digits are tried.
pub(super) const fn rank(digit: u8, direction: Direction) -> u8 {
    decimal(digit, direction)
}

/// The target that `levels` narrow `base` down to.
pub(super) fn target<'l>(
    base: SecondaryAddressMask,
    levels: impl Iterator<Item = &'l Level>,
    direction: Direction,
) -> Target {
    let mut mask = base;
    let mut number = None;
    for level in levels {
        let value = level.value(direction);
        let address = mask.address();
        let [high, low] = address.manufacturer.code().to_be_bytes();
        mask = match level.part {
            Part::Digit(position) => mask.with_digit(position, value).unwrap_or(mask),
            Part::Medium => mask.with_medium(Medium(value)),
            Part::Version => mask.with_version(value),
            Part::ManufacturerLow => mask.with_manufacturer(manufacturer(high, value)),
            Part::ManufacturerHigh => mask.with_manufacturer(manufacturer(value, low)),
            Part::Number(position) => {
                let any = SecondaryAddressMask::ANY;
                let digits = any.with_identification(number.unwrap_or(ANY_NUMBER));
                let digits = digits.with_digit(position, value).unwrap_or(digits);
                number = Some(digits.address().identification);
                mask
            }
        };
    }
    match number {
        None => Target::Secondary(mask),
        Some(number) => Target::Fabrication(mask, number),
    }
}

const ANY_NUMBER: Identification = Identification::from_bcd(0xFFFF_FFFF);

const fn manufacturer(high: u8, low: u8) -> Manufacturer {
    Manufacturer::from_code(u16::from_be_bytes([high, low]))
}

/// The part to fix when all digits of the identification number are fixed.
pub(super) fn after_digits<'l>(
    base: SecondaryAddressMask,
    mut levels: impl DoubleEndedIterator<Item = &'l Level>,
    resolution: Resolution,
) -> Option<Part> {
    let last = levels.next_back().map(|level| level.part);
    let [_, _, _, _, low, high, version, medium] = base.to_bytes();
    let bytes = [
        (medium, Part::Medium),
        (version, Part::Version),
        (low, Part::ManufacturerLow),
        (high, Part::ManufacturerHigh),
    ];
    if let Some(Part::Number(position)) = last {
        let next = position.saturating_add(1);
        return (next < SecondaryAddressMask::DIGITS).then_some(Part::Number(next));
    }
    if resolution >= Resolution::Address {
        let done = bytes.iter().position(|(_, part)| Some(*part) == last);
        let from = done.map_or(0, |at| at.saturating_add(1));
        let open = bytes.iter().skip(from).find(|(byte, _)| *byte == 0xFF);
        if let Some((_, part)) = open {
            return Some(*part);
        }
    }
    (resolution >= Resolution::Fabrication).then_some(Part::Number(0))
}
