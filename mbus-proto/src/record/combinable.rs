//! The combinable (orthogonal) VIFE and the record errors (EN 13757-3:2018, Tables 15, 17, 18).

use meter_units::{BaseUnit, Direction, Per, Phase, Statistic, Unit};

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

/// Why a slave has no value for a record (Table 18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RecordError {
    /// 01h.
    TooManyDife,
    /// 02h.
    StorageNotImplemented,
    /// 03h.
    SubunitNotImplemented,
    /// 04h.
    TariffNotImplemented,
    /// 05h.
    FunctionNotImplemented,
    /// 06h.
    DataClassNotImplemented,
    /// 07h.
    DataSizeNotImplemented,
    /// 0Bh.
    TooManyVife,
    /// 0Ch.
    IllegalVifGroup,
    /// 0Dh.
    IllegalVifExponent,
    /// 0Eh.
    VifDifMismatch,
    /// 0Fh.
    ActionNotImplemented,
    /// 15h.
    NoDataAvailable,
    /// 16h.
    DataOverflow,
    /// 17h.
    DataUnderflow,
    /// 18h.
    DataError,
    /// 1Ch.
    PrematureEndOfRecord,
}

impl RecordError {
    /// The VIFE code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::TooManyDife => 0x01,
            Self::StorageNotImplemented => 0x02,
            Self::SubunitNotImplemented => 0x03,
            Self::TariffNotImplemented => 0x04,
            Self::FunctionNotImplemented => 0x05,
            Self::DataClassNotImplemented => 0x06,
            Self::DataSizeNotImplemented => 0x07,
            Self::TooManyVife => 0x0B,
            Self::IllegalVifGroup => 0x0C,
            Self::IllegalVifExponent => 0x0D,
            Self::VifDifMismatch => 0x0E,
            Self::ActionNotImplemented => 0x0F,
            Self::NoDataAvailable => 0x15,
            Self::DataOverflow => 0x16,
            Self::DataUnderflow => 0x17,
            Self::DataError => 0x18,
            Self::PrematureEndOfRecord => 0x1C,
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

#[derive(Clone, Copy)]
struct Row {
    name: &'static str,
    effect: Effect,
}

const fn row(name: &'static str, effect: Effect) -> Row {
    Row { name, effect }
}

const fn named(name: &'static str) -> Row {
    row(name, Effect::None)
}

const fn error(name: &'static str, error: RecordError) -> Row {
    row(name, Effect::Error(error))
}

const RESERVED: Row = named("");

/// M-Bus Documentation, Rev. 4.8, 6.5; 0Ah since EN 13757-3:2018.
static ACTIONS: [Row; 16] = [
    named("write"),
    named("add"),
    named("subtract"),
    named("or"),
    named("and"),
    named("xor"),
    named("and_not"),
    named("clear"),
    named("add_entry"),
    named("delete_entry"),
    named("delayed_action"),
    named("freeze"),
    named("add_to_readout"),
    named("delete_from_readout"),
    RESERVED,
    RESERVED,
];

/// Table 15 and, for 00h-0Fh and 15h-1Ch, Table 18.
static FIRST: [Row; 128] = [
    // 00h
    named("no_error"),
    error("too_many_dife", RecordError::TooManyDife),
    error(
        "storage_not_implemented",
        RecordError::StorageNotImplemented,
    ),
    error(
        "subunit_not_implemented",
        RecordError::SubunitNotImplemented,
    ),
    error("tariff_not_implemented", RecordError::TariffNotImplemented),
    error(
        "function_not_implemented",
        RecordError::FunctionNotImplemented,
    ),
    error(
        "data_class_not_implemented",
        RecordError::DataClassNotImplemented,
    ),
    error(
        "data_size_not_implemented",
        RecordError::DataSizeNotImplemented,
    ),
    RESERVED,
    RESERVED,
    RESERVED,
    error("too_many_vife", RecordError::TooManyVife),
    error("illegal_vif_group", RecordError::IllegalVifGroup),
    error("illegal_vif_exponent", RecordError::IllegalVifExponent),
    error("vif_dif_mismatch", RecordError::VifDifMismatch),
    error("action_not_implemented", RecordError::ActionNotImplemented),
    // 10h
    RESERVED,
    RESERVED,
    row("average", Effect::Statistic(Statistic::Average)),
    row(
        "inverse_compact_profile",
        Effect::Profile(ProfileKind::Inverse),
    ),
    named("relative_deviation"),
    error("no_data_available", RecordError::NoDataAvailable),
    error("data_overflow", RecordError::DataOverflow),
    error("data_underflow", RecordError::DataUnderflow),
    error("data_error", RecordError::DataError),
    RESERVED,
    RESERVED,
    RESERVED,
    error("premature_end_of_record", RecordError::PrematureEndOfRecord),
    named("standard_conform_data"),
    row(
        "compact_profile_with_registers",
        Effect::Profile(ProfileKind::WithRegisters),
    ),
    row("compact_profile", Effect::Profile(ProfileKind::Forward)),
    // 20h
    row("per_second", Effect::Per(Per::Second)),
    row("per_minute", Effect::Per(Per::Minute)),
    row("per_hour", Effect::Per(Per::Hour)),
    row("per_day", Effect::Per(Per::Day)),
    row("per_week", Effect::Per(Per::Week)),
    row("per_month", Effect::Per(Per::Month)),
    row("per_year", Effect::Per(Per::Year)),
    row("per_revolution", Effect::Per(Per::Revolution)),
    row("per_input_pulse_0", Effect::Per(Per::InputPulse0)),
    row("per_input_pulse_1", Effect::Per(Per::InputPulse1)),
    row("per_output_pulse_0", Effect::Per(Per::OutputPulse0)),
    row("per_output_pulse_1", Effect::Per(Per::OutputPulse1)),
    row("per_litre", Effect::Per(Per::Litre)),
    row("per_cubic_metre", Effect::Per(Per::CubicMetre)),
    row("per_kilogram", Effect::Per(Per::Kilogram)),
    row("per_kelvin", Effect::Per(Per::Kelvin)),
    // 30h
    row("per_kilowatt_hour", Effect::Per(Per::KilowattHour)),
    row("per_gigajoule", Effect::Per(Per::Gigajoule)),
    row("per_kilowatt", Effect::Per(Per::Kilowatt)),
    row("per_kelvin_litre", Effect::Per(Per::KelvinLitre)),
    row("per_volt", Effect::Per(Per::Volt)),
    row("per_ampere", Effect::Per(Per::Ampere)),
    row("times_second", Effect::Per(Per::TimesSecond)),
    row(
        "times_second_per_volt",
        Effect::Per(Per::TimesSecondPerVolt),
    ),
    row(
        "times_second_per_ampere",
        Effect::Per(Per::TimesSecondPerAmpere),
    ),
    row("start_date_of", Effect::Date),
    named("uncorrected"),
    row(
        "accumulation_of_positive",
        Effect::Direction(Direction::Import),
    ),
    row(
        "accumulation_of_negative",
        Effect::Direction(Direction::Export),
    ),
    row("non_metric_units", Effect::NonMetric),
    row("at_base_conditions", Effect::BaseConditions),
    named("obis_declaration"),
    // 40h
    named("lower_limit"),
    row("exceeds_of_lower_limit", Effect::Count),
    row("begin_of_first_lower_limit_exceed", Effect::Date),
    row("end_of_first_lower_limit_exceed", Effect::Date),
    named("times_flow_temperature_per_100"),
    named("times_return_temperature_per_100"),
    row("begin_of_last_lower_limit_exceed", Effect::Date),
    row("end_of_last_lower_limit_exceed", Effect::Date),
    named("upper_limit"),
    row("exceeds_of_upper_limit", Effect::Count),
    row("begin_of_first_upper_limit_exceed", Effect::Date),
    row("end_of_first_upper_limit_exceed", Effect::Date),
    RESERVED,
    RESERVED,
    row("begin_of_last_upper_limit_exceed", Effect::Date),
    row("end_of_last_upper_limit_exceed", Effect::Date),
    // 50h
    row(
        "duration_of_first_lower_limit_exceed",
        Effect::Duration(BaseUnit::Second),
    ),
    row(
        "duration_of_first_lower_limit_exceed",
        Effect::Duration(BaseUnit::Minute),
    ),
    row(
        "duration_of_first_lower_limit_exceed",
        Effect::Duration(BaseUnit::Hour),
    ),
    row(
        "duration_of_first_lower_limit_exceed",
        Effect::Duration(BaseUnit::Day),
    ),
    row(
        "duration_of_last_lower_limit_exceed",
        Effect::Duration(BaseUnit::Second),
    ),
    row(
        "duration_of_last_lower_limit_exceed",
        Effect::Duration(BaseUnit::Minute),
    ),
    row(
        "duration_of_last_lower_limit_exceed",
        Effect::Duration(BaseUnit::Hour),
    ),
    row(
        "duration_of_last_lower_limit_exceed",
        Effect::Duration(BaseUnit::Day),
    ),
    row(
        "duration_of_first_upper_limit_exceed",
        Effect::Duration(BaseUnit::Second),
    ),
    row(
        "duration_of_first_upper_limit_exceed",
        Effect::Duration(BaseUnit::Minute),
    ),
    row(
        "duration_of_first_upper_limit_exceed",
        Effect::Duration(BaseUnit::Hour),
    ),
    row(
        "duration_of_first_upper_limit_exceed",
        Effect::Duration(BaseUnit::Day),
    ),
    row(
        "duration_of_last_upper_limit_exceed",
        Effect::Duration(BaseUnit::Second),
    ),
    row(
        "duration_of_last_upper_limit_exceed",
        Effect::Duration(BaseUnit::Minute),
    ),
    row(
        "duration_of_last_upper_limit_exceed",
        Effect::Duration(BaseUnit::Hour),
    ),
    row(
        "duration_of_last_upper_limit_exceed",
        Effect::Duration(BaseUnit::Day),
    ),
    // 60h
    row("duration_of_first", Effect::Duration(BaseUnit::Second)),
    row("duration_of_first", Effect::Duration(BaseUnit::Minute)),
    row("duration_of_first", Effect::Duration(BaseUnit::Hour)),
    row("duration_of_first", Effect::Duration(BaseUnit::Day)),
    row("duration_of_last", Effect::Duration(BaseUnit::Second)),
    row("duration_of_last", Effect::Duration(BaseUnit::Minute)),
    row("duration_of_last", Effect::Duration(BaseUnit::Hour)),
    row("duration_of_last", Effect::Duration(BaseUnit::Day)),
    named("during_lower_limit_exceed"),
    named("leakage"),
    row("begin_of_first", Effect::Date),
    row("end_of_first", Effect::Date),
    named("during_upper_limit_exceed"),
    named("overflow"),
    row("begin_of_last", Effect::Date),
    row("end_of_last", Effect::Date),
    // 70h
    row("times_10e-6", Effect::Scale(-6)),
    row("times_10e-5", Effect::Scale(-5)),
    row("times_10e-4", Effect::Scale(-4)),
    row("times_10e-3", Effect::Scale(-3)),
    row("times_10e-2", Effect::Scale(-2)),
    row("times_10e-1", Effect::Scale(-1)),
    row("times_10e0", Effect::Scale(0)),
    row("times_10e1", Effect::Scale(1)),
    row("plus_10e-3", Effect::Add(1)),
    row("plus_10e-2", Effect::Add(10)),
    row("plus_10e-1", Effect::Add(100)),
    row("plus_10e0", Effect::Add(1000)),
    row("", Effect::SecondLevel),
    row("times_10e3", Effect::Scale(3)),
    named("future"),
    row("manufacturer_specific", Effect::Manufacturer),
];

/// Table 17.
static SECOND: [Row; 22] = [
    RESERVED,
    row("at_phase_l1", Effect::Phase(Phase::L1)),
    row("at_phase_l2", Effect::Phase(Phase::L2)),
    row("at_phase_l3", Effect::Phase(Phase::L3)),
    row("at_neutral", Effect::Phase(Phase::N)),
    row("between_phases_l1_l2", Effect::Phase(Phase::L12)),
    row("between_phases_l2_l3", Effect::Phase(Phase::L23)),
    row("between_phases_l3_l1", Effect::Phase(Phase::L31)),
    row("at_quadrant_1", Effect::Direction(Direction::Q1)),
    row("at_quadrant_2", Effect::Direction(Direction::Q2)),
    row("at_quadrant_3", Effect::Direction(Direction::Q3)),
    row("at_quadrant_4", Effect::Direction(Direction::Q4)),
    row(
        "delta_between_import_and_export",
        Effect::Direction(Direction::Net),
    ),
    row("alternative_non_metric_units", Effect::NonMetric),
    named("secondary_sensor"),
    named("higher_resolution"),
    row(
        "accumulation_of_absolute",
        Effect::Direction(Direction::Absolute),
    ),
    row("data_of_type_c", Effect::Unsigned),
    row("data_of_type_d", Effect::Flags),
    row("end_date_of", Effect::Date),
    named("from_partner_to_meter"),
    named("from_meter_to_partner"),
];

/// The code that has this effect, and its table.
pub(crate) fn code_of(effect: Effect) -> Option<(Level, u8)> {
    let find = |table: &[Row], level| {
        let code = table.iter().position(|row| row.effect == effect)?;
        Some((level, u8::try_from(code).ok()?))
    };
    find(&FIRST, Level::First).or_else(|| find(&SECOND, Level::Second))
}

/// The VIFE that scale the value, and the powers of ten by which they do.
pub(crate) fn scales() -> impl Iterator<Item = (u8, i8)> {
    (0..=0x7F)
        .zip(&FIRST)
        .filter_map(|(code, row)| match row.effect {
            Effect::Scale(power) if power != 0 => Some((code, power)),
            _ => None,
        })
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

    #[test]
    fn limit_exceeds_follow_the_bit_pattern() {
        for code in 0x40..=0x4Fu8 {
            let name = FIRST[usize::from(code)].name;
            if code & 2 == 0 {
                continue;
            }
            assert_eq!(name.contains("upper"), code & 8 != 0, "{code:#x}");
            assert_eq!(name.contains("last"), code & 4 != 0, "{code:#x}");
            assert_eq!(name.starts_with("end"), code & 1 != 0, "{code:#x}");
        }
        for code in 0x50..=0x5Fu8 {
            let name = FIRST[usize::from(code)].name;
            assert_eq!(name.contains("upper"), code & 8 != 0, "{code:#x}");
            assert_eq!(name.contains("last"), code & 4 != 0, "{code:#x}");
        }
        assert_eq!(FIRST[0x6A].name, "begin_of_first");
        assert_eq!(FIRST[0x6F].name, "end_of_last");
    }

    #[test]
    fn record_errors_stand_at_their_codes() {
        let mut found = 0;
        for (code, row) in (0..).zip(&FIRST) {
            if let Effect::Error(error) = row.effect {
                assert_eq!(error.code(), code);
                found += 1;
            }
        }
        assert_eq!(found, 17);
    }

    #[test]
    fn scales_and_offsets_stand_at_their_codes() {
        for n in 0..8u8 {
            let combinable = Combinable::new(0x70 | n, Level::First);
            assert_eq!(combinable.effect(), Effect::Scale(n.cast_signed() - 6));
        }
        assert_eq!(Combinable::new(0x78, Level::First).effect(), Effect::Add(1));
        assert_eq!(
            Combinable::new(0x7B, Level::First).effect(),
            Effect::Add(1000)
        );
        assert_eq!(
            Combinable::new(0x7D, Level::First).effect(),
            Effect::Scale(3)
        );
    }
}
