//! The combinable (orthogonal) VIFE: what qualifies a VIF (EN 13757-3:2018, Tables 15 and 17).

use meter_units::{BaseUnit, Direction, Per, Phase, Statistic, Unit};

use crate::record::error::RecordError;
use crate::record::vife::{ACTIONS, FIRST, Row, SECOND};

/// A VIFE that qualifies the VIF before it: its code, and the table that the code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Combinable {
    code: u8,
    level: Level,
}

/// The table that a [`Combinable`] code belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// Table 15.
    First,
    /// Table 17: the code after VIFE FCh.
    Second,
    /// After VIFE 7Fh or an unknown VIF: only the manufacturer knows.
    Manufacturer,
    /// 00h to 0Fh on their way to the meter: object actions (M-Bus Documentation, Rev. 4.8, 6.5).
    Action,
}

impl Combinable {
    pub(crate) const fn new(code: u8, level: Level) -> Self {
        let code = code & 0x7F;
        // The other codes mean the same both ways.
        let level = match level {
            Level::Action if code > 0x0F => Level::First,
            level => level,
        };
        Self { code, level }
    }

    /// The code without its extension bit.
    #[must_use]
    pub const fn code(&self) -> u8 {
        self.code
    }

    /// The table of the code.
    #[must_use]
    pub const fn level(&self) -> Level {
        self.level
    }

    /// The name in snake case; `None` for reserved codes and those of a manufacturer.
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        self.row()
            .map(|row| row.name)
            .filter(|name| !name.is_empty())
    }

    /// Whether the code only scales the value or changes its unit.
    #[must_use]
    pub fn is_scale_or_unit(&self) -> bool {
        matches!(
            self.effect(),
            Effect::Scale(_) | Effect::Add(_) | Effect::Per(_)
        )
    }

    /// Whether the code only names a direction or a phase, as the channel of the reading does.
    #[must_use]
    pub fn is_direction_or_phase(&self) -> bool {
        matches!(self.effect(), Effect::Direction(_) | Effect::Phase(_))
    }

    #[inline]
    pub(crate) fn effect(&self) -> Effect {
        self.row().map_or(Effect::None, |row| row.effect)
    }

    #[inline]
    fn row(&self) -> Option<&'static Row> {
        match self.level {
            Level::First => FIRST.get(usize::from(self.code)),
            Level::Second => SECOND.get(usize::from(self.code)),
            Level::Action => ACTIONS.get(usize::from(self.code)),
            Level::Manufacturer => None,
        }
    }
}

/// How the elements of a compact profile are to be read (EN 13757-3, Annex F).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProfileKind {
    /// VIFE 13h: from the base value back in time.
    Inverse,
    /// VIFE 1Eh: forward, with register numbers.
    WithRegisters,
    /// VIFE 1Fh: forward.
    Forward,
}

/// What a combinable VIFE does to the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// It only names.
    None,
    Error(RecordError),
    Statistic(Statistic),
    Profile(ProfileKind),
    /// The unit is divided or multiplied.
    Per(Per),
    Direction(Direction),
    Phase(Phase),
    /// The value is multiplied by this power of ten.
    Scale(i8),
    /// So many thousandths of the VIF's unit are added to the value.
    Add(u16),
    /// The unit is another one, by a table that the sources do not agree on.
    NonMetric,
    /// The volume is one at base conditions.
    BaseConditions,
    /// The data is a date.
    Date,
    /// The data is a duration.
    Duration(BaseUnit),
    /// The data is a number of events.
    Count,
    /// The data is of type C.
    Unsigned,
    /// The data is of type D.
    Flags,
    /// The next byte is a code of the second level.
    SecondLevel,
    /// What follows is the manufacturer's.
    Manufacturer,
}

/// The VIFE that says that a volume is one at base conditions.
pub(crate) const AT_BASE_CONDITIONS: u8 = 0x3E;

/// The base unit that [`at_base_conditions`] makes this one of.
pub(crate) const fn before_base_conditions(unit: Unit) -> Option<BaseUnit> {
    match unit.base() {
        BaseUnit::CubicMetreNorm => Some(BaseUnit::CubicMetre),
        BaseUnit::CubicMetreNormPerHour => Some(BaseUnit::CubicMetrePerHour),
        BaseUnit::CubicMetreNormPerDay => Some(BaseUnit::CubicMetrePerDay),
        _ => None,
    }
}

/// The unit of the same quantity at base conditions, where there is one.
pub(crate) const fn at_base_conditions(unit: Unit) -> Option<BaseUnit> {
    match unit.base() {
        BaseUnit::CubicMetre => Some(BaseUnit::CubicMetreNorm),
        BaseUnit::CubicMetrePerHour => Some(BaseUnit::CubicMetreNormPerHour),
        BaseUnit::CubicMetrePerDay => Some(BaseUnit::CubicMetreNormPerDay),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_directions_and_phases_are_told_by_the_channel_alone() {
        let codes = |level| {
            let all = (0..=0x7F).map(move |code| Combinable::new(code, level));
            let told = all.filter(Combinable::is_direction_or_phase);
            told.map(|told| told.code())
        };
        assert!(codes(Level::First).eq([0x3B, 0x3C]));
        assert!(codes(Level::Second).eq((0x01..=0x0C).chain([0x10])));
        assert_eq!(codes(Level::Manufacturer).next(), None);
    }
}
