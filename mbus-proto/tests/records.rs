//! Single records: what their bytes mean.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use mbus_proto::meter_units::{
    Absent, BaseUnit, Civil, Decimal, Direction, Number, Per, Phase, Prefix, Quantity, Statistic,
    Timestamp, Unit, Value,
};
use mbus_proto::record::{Function, Record, RecordError, RecordKind, Records};
use mbus_proto::{ByteOrder, DecodeErrorKind, Tolerance};

const M3: Unit = Unit::new(BaseUnit::CubicMetre);
const VOLT: Unit = Unit::new(BaseUnit::Volt);
const WATT: Unit = Unit::new(BaseUnit::Watt);
const CELSIUS: Unit = Unit::new(BaseUnit::Celsius);
const PERCENT: Unit = Unit::new(BaseUnit::Percent);
const HOUR: Unit = Unit::new(BaseUnit::Hour);
const DAY: Unit = Unit::new(BaseUnit::Day);
const MONTH: Unit = Unit::new(BaseUnit::Month);
const COUNT: Unit = Unit::new(BaseUnit::Count);
const MWH: Unit = Unit::prefixed(Prefix::Mega, BaseUnit::WattHour);

fn only(bytes: &[u8]) -> Record<'_> {
    let mut records = Records::new(bytes);
    let record = records.next().expect("a record").expect("a sound record");
    assert_eq!(records.next(), None);
    record
}

fn first(mut records: Records<'_>) -> Record<'_> {
    records.next().expect("a record").expect("a sound record")
}

fn number(coefficient: i64, exponent: i8) -> Value<'static> {
    Value::Number(Number::Decimal(
        Decimal::new(coefficient, exponent).unwrap(),
    ))
}

#[track_caller]
fn reads(bytes: &[u8], quantity: Quantity, unit: Unit, value: Value<'_>) {
    let reading = only(bytes).reading();
    assert_eq!((reading.channel.quantity, reading.unit), (quantity, unit));
    assert_eq!(reading.value, value);
}

#[test]
fn primary_table() {
    reads(
        &[0x04, 0x03, 0x10, 0x27, 0, 0],
        Quantity::Energy,
        Unit::WH,
        number(10_000, 0),
    );
    let energy = [0x0C, 0x06, 0x78, 0x56, 0x34, 0x12];
    reads(&energy, Quantity::Energy, Unit::KWH, number(12_345_678, 0));
    reads(
        &[0x03, 0x13, 0x15, 0x31, 0x00],
        Quantity::Volume,
        M3,
        number(12_565, -3),
    );
    let tariff = [0x8B, 0x60, 0x04, 0x37, 0x18, 0x02];
    reads(&tariff, Quantity::Energy, Unit::KWH, number(21_837, -2));
    reads(
        &[0x0A, 0x5A, 0x23, 0xF1],
        Quantity::FlowTemperature,
        CELSIUS,
        number(-123, -1),
    );
}

#[test]
fn extension_tables() {
    reads(
        &[0x04, 0xFB, 0x00, 5, 0, 0, 0],
        Quantity::Energy,
        MWH,
        number(5, -1),
    );
    reads(
        &[0x02, 0xFD, 0x48, 0xFC, 0x08],
        Quantity::Voltage,
        VOLT,
        number(2300, -1),
    );
    reads(
        &[0x01, 0xFD, 0x74, 0x64],
        Quantity::RemainingBatteryLife,
        DAY,
        number(100, 0),
    );
    reads(
        &[0x02, 0xFB, 0x1A, 0xC2, 0x01],
        Quantity::RelativeHumidity,
        PERCENT,
        number(450, -1),
    );
    reads(
        &[0x01, 0xFD, 0xFD, 0x02, 7],
        Quantity::RemainingBatteryLife,
        MONTH,
        number(7, 0),
    );
    reads(
        &[0x01, 0xFD, 0x33, 5],
        Quantity::TariffDuration,
        DAY,
        number(5, 0),
    );
    reads(
        &[0x01, 0xFB, 0x79, 5],
        Quantity::CumulativeMaxPower,
        WATT,
        number(5, -2),
    );
}

#[test]
fn binary_fractions_are_exact() {
    let value = number(4097 * 244_140_625, -12);
    reads(
        &[0x02, 0xFB, 0x68, 0x01, 0x10],
        Quantity::HcaRatingFactor,
        Unit::ONE,
        value,
    );
}

#[test]
fn phase_direction_and_mean_come_from_vife() {
    let record = [0x02, 0xFD, 0xC8, 0xFC, 0x01, 0xFC, 0x08];
    reads(&record, Quantity::Voltage, VOLT, number(2300, -1));
    assert_eq!(only(&record).reading().channel.phase, Phase::L1);
    let record = [0x04, 0x93, 0x3C, 0x2A, 0, 0, 0];
    reads(&record, Quantity::Volume, M3, number(42, -3));
    assert_eq!(only(&record).reading().channel.direction, Direction::Export);
    let record = [0x02, 0xAB, 0x12, 0x2A, 0];
    assert_eq!(
        only(&record).reading().channel.statistic,
        Statistic::Average
    );
}

#[test]
fn any_number_of_scales_applies_after_any_table() {
    reads(
        &[0x04, 0x93, 0x7D, 5, 0, 0, 0],
        Quantity::Volume,
        M3,
        number(5, 0),
    );
    reads(
        &[0x04, 0x93, 0xF4, 0x74, 5, 0, 0, 0],
        Quantity::Volume,
        M3,
        number(5, -7),
    );
    reads(
        &[0x01, 0xFB, 0x80, 0x74, 5],
        Quantity::Energy,
        MWH,
        number(5, -3),
    );
}

#[test]
fn offsets_are_in_the_unit_of_the_vif() {
    // 5 × 10^-3 m3 + 10^-3 m3 + 1 m3
    reads(
        &[0x01, 0x93, 0xF8, 0x7B, 5],
        Quantity::Volume,
        M3,
        number(1006, -3),
    );
    // 5 × 10^3 Wh + 10^-2 Wh
    reads(
        &[0x01, 0x86, 0x79, 5],
        Quantity::Energy,
        Unit::KWH,
        number(500_001, -5),
    );
}

#[test]
fn per_codes_change_the_unit() {
    let per_litre = Unit::WH.with_per(Per::Litre);
    reads(
        &[0x01, 0x83, 0x2C, 5],
        Quantity::Energy,
        per_litre,
        number(5, 0),
    );
}

#[test]
fn durations_dates_and_counts_replace_the_value() {
    reads(
        &[0x02, 0xBB, 0x56, 8, 0],
        Quantity::Duration,
        HOUR,
        number(8, 0),
    );
    reads(
        &[0x02, 0xDA, 0x41, 8, 0],
        Quantity::Count,
        COUNT,
        number(8, 0),
    );
    let civil = Civil::EMPTY
        .with_year(2026)
        .unwrap()
        .with_month(12)
        .unwrap()
        .with_day(31)
        .unwrap();
    let date = Value::Time(Timestamp::Local { civil, dst: None });
    let record = [0x42, 0xEC, 0x7E, 0x5F, 0x3C];
    reads(&record, Quantity::Timestamp, Unit::ONE, date);
    assert_eq!(
        only(&record).combinables().next().unwrap().name(),
        Some("future")
    );
    reads(
        &[0x02, 0xBB, 0x6A, 0x5F, 0x3C],
        Quantity::Timestamp,
        Unit::ONE,
        date,
    );
}

#[test]
fn a_value_in_units_that_no_table_gives_is_handed_out_raw() {
    assert_eq!(only(&[0x01, 0x93, 0x3D, 5]).value(), Value::Bytes(&[5]));
}

#[test]
fn record_errors_leave_no_value() {
    let record = [0x04, 0x93, 0x15, 0, 0, 0, 0];
    assert_eq!(only(&record).value(), Value::None(Absent::NotAvailable));
    assert_eq!(only(&record).error(), Some(RecordError::NoDataAvailable));
    assert_eq!(only(&[0x01, 0x93, 0x00, 7]).value(), number(7, -3));
    let command = first(Records::new(&[0x01, 0x93, 0x07, 7]).from_master());
    assert_eq!((command.value(), command.error()), (number(7, -3), None));
}

#[test]
fn invalid_codings_are_no_values() {
    let invalid = Value::None(Absent::Invalid);
    let not_available = Value::None(Absent::NotAvailable);
    assert_eq!(only(&[0x32, 0x6C, 0xFF, 0xFF]).value(), invalid);
    assert_eq!(
        only(&[0x32, 0x6C, 0xFF, 0xFF]).function(),
        Function::DuringError
    );
    assert_eq!(only(&[0x02, 0x5A, 0x00, 0x80]).value(), invalid);
    assert_eq!(only(&[0x01, 0xFD, 0x08, 0xFF]).value(), not_available);
    assert_eq!(only(&[0x0A, 0x5A, 0x2A, 0xB1]).value(), invalid);
    assert_eq!(only(&[0x0A, 0x5A, 0xFF, 0xFF]).value(), not_available);
    assert_eq!(only(&[0x05, 0x5B, 0, 0, 0xC0, 0x7F]).value(), not_available);
}

#[test]
fn hex_digits_count_where_that_is_allowed() {
    let bytes = [0x0A, 0x5A, 0x2A, 0xB1];
    let record = first(Records::new(&bytes).with_tolerance(Tolerance::LENIENT));
    assert_eq!(record.value(), number(11_000 + 100 + 20 + 10, -1));
    assert_eq!(record.deviations(), Tolerance::BCD_HEX);
}

#[test]
fn hexadecimal_digits_of_a_negative_number_are_reported() {
    // LVAR D2h: negative BCD of four digits; 0A1Bh counts as 1021.
    let bytes = [0x0D, 0x13, 0xD2, 0x1B, 0x0A];
    let record = only(&bytes);
    assert_eq!(record.value(), Value::None(Absent::Invalid));
    assert_eq!(record.deviations(), Tolerance::empty());
    let record = first(Records::new(&bytes).with_tolerance(Tolerance::BCD_HEX));
    assert_eq!(record.value(), number(-1021, -3));
    assert_eq!(record.deviations(), Tolerance::BCD_HEX);
}

#[test]
fn variable_length() {
    let record = only(&[0x0D, 0x78, 0x03, 0x43, 0x42, 0x41]);
    let Value::Text(text) = record.value() else {
        panic!("no text")
    };
    assert!(text.chars().eq("ABC".chars()));
    assert_eq!(record.lvar(), Some(3));
    assert_eq!(
        only(&[0x0D, 0x06, 0xD3, 0x12, 0x34, 0x56]).value(),
        number(-563_412, 0)
    );
    assert_eq!(only(&[0x0D, 0x06, 0xC1, 0x12]).value(), number(12, 0));
    assert_eq!(only(&[0x0D, 0x06, 0xE1, 0xFF]).value(), number(-1, 0));
    assert_eq!(
        only(&[0x0D, 0x06, 0xE0]).value(),
        Value::None(Absent::NotSent)
    );
    let digits = [
        0x0D, 0x06, 0xC9, 0x18, 0x17, 0x16, 0x15, 0x14, 0x13, 0x12, 0x11, 0x10,
    ];
    assert_eq!(only(&digits).value(), number(101_112_131_415_161_718, 0));
    let float = [0x0D, 0x5B, 0xF4, 0x00, 0x00, 0xAC, 0x41];
    assert_eq!(only(&float).value(), Value::Number(Number::F32(21.5)));
    assert_eq!(only(&float).deviations(), Tolerance::CLASSIC_LVAR);
}

#[test]
fn a_scaled_float_is_scaled_as_a_decimal() {
    assert_eq!(
        only(&[0x05, 0x13, 0x00, 0x00, 0xAC, 0x41]).value(),
        number(215, -4)
    );
    let temperature = [0x05, 0x5B, 0x00, 0x00, 0xAC, 0x41];
    assert_eq!(only(&temperature).value(), Value::Number(Number::F32(21.5)));
}

#[test]
fn most_significant_byte_first() {
    let bytes = [0x03, 0x13, 0x00, 0x31, 0x15, 0x0A, 0x5A, 0xF1, 0x23];
    let mut records = Records::new(&bytes).with_byte_order(ByteOrder::MostFirst);
    assert_eq!(records.next().unwrap().unwrap().value(), number(12_565, -3));
    assert_eq!(records.next().unwrap().unwrap().value(), number(-123, -1));
}

#[test]
fn plain_text_is_found_in_both_places() {
    let after_vif = [0x02, 0xFC, 0x03, 0x48, 0x52, 0x25, 0x74, 0x44, 0x0D];
    let after_vife = [0x02, 0xFC, 0x74, 0x03, 0x48, 0x52, 0x25, 0x44, 0x0D];
    for bytes in [after_vif, after_vife] {
        let record = only(&bytes);
        assert!(record.plain_text().unwrap().chars().eq("%RH".chars()));
        assert_eq!(record.value(), number(3396, -2));
        assert_eq!(record.vib().as_bytes(), &bytes[1..7]);
    }
}

#[test]
fn plain_text_may_be_longer_than_the_chain_of_vife() {
    let record = [0x01, 0x7C, 0x03, 0x43, 0x42, 0x41, 0x05];
    assert_eq!(only(&record).quantity(), Quantity::PlainText);
    assert_eq!(only(&record).value(), number(5, 0));
    let mut ten = [0x4A; 15];
    ten[..3].copy_from_slice(&[0x01, 0xFC, 0x0A]);
    ten[13..].copy_from_slice(&[0x74, 0x05]);
    assert!(
        only(&ten)
            .plain_text()
            .unwrap()
            .chars()
            .eq("JJJJJJJJJJ".chars())
    );
    assert_eq!(only(&ten).value(), number(5, -2));
}

#[test]
fn unknown_codes_end_nothing() {
    let bytes = [
        0x01, 0x6F, 0x05, 0x01, 0xFD, 0x7C, 0x06, 0x01, 0x7D, 0x00, 0x02, 0xFF, 0x20, 0x71, 0x00,
        0x01, 0xEF, 0x11, 0x07, 0x03, 0x13, 0x15, 0x31, 0x00,
    ];
    let values = [(5, 0), (6, 0), (0, 0), (0x71, 0), (7, 0), (12_565, -3)];
    let read = Records::new(&bytes).map(|record| record.unwrap().value());
    assert!(read.eq(values.map(|(coefficient, exponent)| number(coefficient, exponent))));
}

#[test]
fn withdrawn_codes_are_reserved_unless_asked_for() {
    let bytes = [0x01, 0xFB, 0x23, 5];
    assert_eq!(only(&bytes).quantity(), Quantity::Unknown);
    let record = first(Records::new(&bytes).with_tolerance(Tolerance::WITHDRAWN_VIF));
    assert_eq!(record.quantity(), Quantity::Volume);
    assert_eq!(record.unit(), Unit::new(BaseUnit::UsGallon));
    assert_eq!(record.deviations(), Tolerance::WITHDRAWN_VIF);
}

#[test]
fn a_tolerance_does_not_move_the_text_of_a_correct_telegram() {
    // The text is the 13 bytes after VIFE and length. To read one of three bytes before the VIFE
    // leaves a record with eleven VIFE.
    let bytes = [
        0x02, 0xFC, 0x03, 0x0D, 0x03, 0x7C, 0x01, 0x48, 0x7C, 0x03, 0xE0, 0xE0, 0xE0, 0xE0, 0xE0,
        0xE0, 0xE0, 0xE0, 0xE0, 0xE0, 0xE0, 0x43, 0x01, 0x00, 0x05,
    ];
    let strict: Vec<_> = Records::new(&bytes)
        .with_tolerance(Tolerance::STRICT)
        .map(|record| record.map(|record| record.as_bytes()))
        .collect();
    let lenient: Vec<_> = Records::new(&bytes)
        .with_tolerance(Tolerance::LENIENT)
        .map(|record| record.map(|record| record.as_bytes()))
        .collect();
    assert_eq!(strict, lenient);
}

#[test]
fn the_radio_level_is_signed_unless_asked_otherwise() {
    let bytes = [0x01, 0xFD, 0x71, 0xB5];
    assert_eq!(only(&bytes).value(), number(-75, 0));
    let record = first(Records::new(&bytes).with_tolerance(Tolerance::RF_LEVEL_OFFSET));
    assert_eq!(record.value(), number(2 * 0xB5 - 130, 0));
    assert_eq!(record.deviations(), Tolerance::RF_LEVEL_OFFSET);
}

#[test]
fn manufacturer_data_of_any_length_is_one_record() {
    let mut data = vec![0x01; 70_000];
    for dif in [0x0F, 0x1F] {
        data[0] = dif;
        let mut records = Records::new(&data).with_base(5);
        let record = records.next().unwrap().unwrap();
        assert_eq!((record.offset(), record.data().len()), (5, 69_999));
        assert_eq!(records.next(), None);
        assert_eq!(records.offset(), 70_005);
    }
}

#[test]
fn manufacturer_data_ends_the_telegram() {
    let bytes = [0x2F, 0x2F, 0x01, 0x13, 7, 0x2F, 0x1F, 0xAA, 0xBB];
    let mut records = Records::new(&bytes).with_base(19);
    let record = records.next().unwrap().unwrap();
    assert_eq!((record.value(), record.offset()), (number(7, -3), 21));
    assert!(!records.more_follow());
    let record = records.next().unwrap().unwrap();
    assert_eq!(record.kind(), RecordKind::MoreFollow);
    assert_eq!(record.value(), Value::Bytes(&[0xAA, 0xBB]));
    assert_eq!(record.quantity(), Quantity::VendorSpecificData);
    assert!(record.vib().as_bytes().is_empty());
    assert!(records.more_follow());
    assert_eq!(records.next(), None);

    let record = only(&[0x0F]);
    assert_eq!(
        (record.kind(), record.value()),
        (RecordKind::Manufacturer, Value::Bytes(&[]))
    );
}

#[test]
fn global_readout_has_no_data() {
    assert_eq!(only(&[0x7F, 0x7E]).kind(), RecordKind::GlobalReadout);
    assert_eq!(only(&[0x7F]).value(), Value::None(Absent::NotSent));
}

#[test]
fn a_reserved_dif_ends_the_records_and_leaves_the_rest() {
    for dif in [0x3F, 0x4F, 0x5F, 0x6F, 0x8F, 0xFF] {
        let bytes = [0x01, 0x13, 7, dif, 1, 2];
        let mut records = Records::new(&bytes);
        assert!(records.next().unwrap().is_ok());
        let error = records.next().unwrap().unwrap_err();
        assert_eq!(
            (error.kind, error.offset),
            (DecodeErrorKind::ReservedDif { dif }, 3)
        );
        assert_eq!(records.next(), None);
        assert_eq!(records.remainder(), &bytes[3..]);
    }
}

#[test]
fn too_long_a_chain_is_skipped() {
    let mut bytes = [0xA0; 20];
    bytes[..2].copy_from_slice(&[0x01, 0x93]);
    bytes[13..].copy_from_slice(&[0x20, 0x05, 0x01, 0x13, 0x07, 0x2F, 0x2F]);
    let mut records = Records::new(&bytes);
    let error = records.next().unwrap().unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::TooManyVife);
    assert_eq!(records.next().unwrap().unwrap().value(), number(7, -3));
    assert_eq!(records.next(), None);
    let lenient = first(Records::new(&bytes).with_tolerance(Tolerance::LENIENT));
    assert_eq!(lenient.deviations(), Tolerance::LONG_CHAIN);
}

#[test]
fn a_truncated_record_is_an_error_with_its_place() {
    let bytes = [0x03, 0x13, 0x15, 0x31, 0x00, 0x8B, 0x60, 0x04];
    let mut records = Records::new(&bytes).with_base(19);
    assert!(records.next().unwrap().is_ok());
    let error = records.next().unwrap().unwrap_err();
    assert_eq!(
        (error.kind, error.offset),
        (DecodeErrorKind::Truncated { needed: 3 }, 27)
    );
    assert_eq!(records.remainder(), [0x8B, 0x60, 0x04]);
    assert_eq!(records.next(), None);
}
