//! The tables of the combinable (orthogonal) VIFE (EN 13757-3:2018, Tables 15 and 17).

use meter_units::{BaseUnit, Direction, Per, Phase, Statistic};

use crate::record::combinable::{Effect, Level, ProfileKind};
use crate::record::error::RecordError;

/// What one code says.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// Empty for reserved codes.
    pub(crate) name: &'static str,
    pub(crate) effect: Effect,
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
pub(crate) static ACTIONS: [Row; 16] = [
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
pub(crate) static FIRST: [Row; 128] = [
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
pub(crate) static SECOND: [Row; 22] = [
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::combinable::Combinable;

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
