//! Records that were built read as what they were built from, and the other way round.

#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

use mbus_proto::meter_units::{
    Absent, BaseUnit, Channel, Civil, Decimal, Direction, Medium, Number, Phase, Quantity, Reading,
    Span, Statistic, Timestamp, Unit, Value,
};
use mbus_proto::record::{DataField, Dib, Function, Record, RecordBuilder, RecordKind, Records};
use mbus_proto::{ByteOrder, EncodeError, Tolerance};
use proptest::prelude::*;

const M3: Unit = Unit::new(BaseUnit::CubicMetre);

fn built(builder: RecordBuilder<'_>) -> Vec<u8> {
    let mut bytes = vec![0xAA; 512];
    let len = builder.encode_into(&mut bytes).expect("room enough");
    assert_eq!(len, builder.encoded_len());
    bytes.truncate(len);
    bytes
}

fn only(bytes: &[u8]) -> Record<'_> {
    let mut records = Records::new(bytes);
    let record = records.next().expect("a record").expect("a sound record");
    assert_eq!(records.next(), None);
    record
}

#[test]
fn the_shortest_dib_is_built() {
    let volume = RecordBuilder::new(&[0x13]).unwrap();
    let record = built(volume.integer(DataField::Int24, 12_565).unwrap());
    assert_eq!(record, [0x03, 0x13, 0x15, 0x31, 0x00]);
    let record = built(
        volume
            .storage(5)
            .unwrap()
            .function(Function::Maximum)
            .no_data(),
    );
    assert_eq!(record, [0xD0, 0x02, 0x13]);
    let record = built(volume.subunit(1).unwrap().tariff(2).unwrap().no_data());
    assert_eq!(record, [0x80, 0x60, 0x13]);
}

#[test]
fn vife_set_the_extension_bits() {
    let voltage = RecordBuilder::new(&[0xFD, 0x48]).unwrap();
    let voltage = voltage.vife(0x7C).unwrap().vife(0x01).unwrap();
    let record = built(voltage.integer(DataField::Int16, 2300).unwrap());
    assert_eq!(record, [0x02, 0xFD, 0xC8, 0xFC, 0x01, 0xFC, 0x08]);
}

#[test]
fn a_selection_has_no_data() {
    assert_eq!(built(RecordBuilder::new(&[0x03]).unwrap()), [0x08, 0x03]);
}

#[test]
fn text_is_sent_last_character_first() {
    let number = RecordBuilder::new(&[0x78]).unwrap().text("ABC").unwrap();
    assert_eq!(built(number), [0x0D, 0x78, 0x03, 0x43, 0x42, 0x41]);
    let humidity = RecordBuilder::plain_text("%RH")
        .unwrap()
        .vife(0x74)
        .unwrap();
    let record = built(humidity.integer(DataField::Int16, 3396).unwrap());
    assert_eq!(
        record,
        [0x02, 0xFC, 0x03, 0x48, 0x52, 0x25, 0x74, 0x44, 0x0D]
    );
}

#[test]
fn what_does_not_fit_is_refused() {
    let volume = RecordBuilder::new(&[0x13]).unwrap();
    let refused = Err(EncodeError::Value);
    assert_eq!(RecordBuilder::new(&[]), refused);
    assert_eq!(RecordBuilder::new(&[0xFD]), refused);
    assert_eq!(RecordBuilder::new(&[0x13, 0x74]), refused);
    assert_eq!(volume.storage(1 << 41), refused);
    assert_eq!(volume.integer(DataField::Int8, 128), refused);
    assert_eq!(volume.integer(DataField::Int8, -128), refused);
    assert_eq!(volume.unsigned(DataField::Int8, 255), refused);
    assert_eq!(volume.bcd(DataField::Bcd2, -10), refused);
    assert_eq!(volume.bcd(DataField::Int8, 1), refused);
    assert_eq!(volume.text("\u{20AC}"), refused);
    assert_eq!(volume.raw(DataField::Int16, &[1]), refused);
    let mut short = [0; 4];
    let record = volume.integer(DataField::Int24, 1).unwrap();
    assert_eq!(
        record.encode_into(&mut short),
        Err(EncodeError::Buffer { needed: 5 })
    );
    let mut chain = volume;
    for _ in 0..10 {
        chain = chain.vife(0x74).unwrap();
    }
    assert_eq!(chain.vife(0x74), refused);
}

#[test]
fn dates_read_as_they_were_built() {
    let date = Civil::from_date(2026, 11, 21).unwrap();
    let bytes = built(RecordBuilder::new(&[0x6C]).unwrap().date(&date).unwrap());
    assert_eq!(bytes, [0x02, 0x6C, 0x55, 0x3B]);
    let time = date.with_hour(14).unwrap().with_minute(35).unwrap();
    let bytes = built(
        RecordBuilder::new(&[0x6D])
            .unwrap()
            .date_time(&time, false)
            .unwrap(),
    );
    assert_eq!(bytes, [0x04, 0x6D, 0x23, 0x2E, 0x55, 0x3B]);
    let seconds = time.with_second(59).unwrap();
    let bytes = built(
        RecordBuilder::new(&[0x6D])
            .unwrap()
            .date_time_seconds(&seconds, true)
            .unwrap(),
    );
    let value = Value::Time(Timestamp::Local {
        civil: seconds,
        dst: Some(true),
    });
    assert_eq!(only(&bytes).value(), value);
    let of_day = Civil::EMPTY.with_time(11, 48, 59).unwrap();
    let bytes = built(RecordBuilder::new(&[0x6D]).unwrap().time_of_day(&of_day));
    assert_eq!(bytes, [0x03, 0x6D, 0x3B, 0x30, 0x0B]);
}

fn reading(quantity: Quantity, unit: Unit, value: Value<'_>) -> Reading<'_> {
    let channel = Channel::new(quantity, Medium::UNKNOWN);
    Reading {
        channel,
        value,
        unit,
        time: None,
        obis: None,
    }
}

fn number(coefficient: i64, exponent: i8) -> Value<'static> {
    Value::Number(Number::Decimal(
        Decimal::new(coefficient, exponent).unwrap(),
    ))
}

#[test]
fn the_vif_of_a_reading_keeps_every_digit() {
    let bytes = |reading: &Reading<'_>| RecordBuilder::from_reading(reading).map(built);
    let energy = |unit, value| bytes(&reading(Quantity::Energy, unit, value));
    assert_eq!(energy(Unit::KWH, number(12, 0)), Ok(vec![0x01, 0x06, 0x0C]));
    assert_eq!(
        energy(Unit::KWH, number(1234, -2)),
        Ok(vec![0x02, 0x04, 0xD2, 0x04])
    );
    assert_eq!(
        energy(Unit::WH, number(5, 9)),
        Ok(vec![0x02, 0xFB, 0x01, 0x88, 0x13])
    );
    assert_eq!(energy(Unit::WH, number(5, -10)), Err(EncodeError::NoVif));
    assert_eq!(energy(M3, number(5, 0)), Err(EncodeError::NoVif));
    let volume = reading(Quantity::Volume, M3, number(-7, -6));
    assert_eq!(bytes(&volume), Ok(vec![0x01, 0x10, 0xF9]));
}

#[test]
fn a_reading_with_everything_comes_back() {
    let mut sent = reading(
        Quantity::Voltage,
        Unit::new(BaseUnit::Volt),
        number(2300, -1),
    );
    sent.channel.phase = Phase::L2;
    sent.channel.statistic = Statistic::Minimum;
    sent.channel.storage = 77;
    sent.channel.tariff = 3;
    sent.channel.subunit = 2;
    let bytes = built(RecordBuilder::from_reading(&sent).unwrap());
    assert_eq!(only(&bytes).reading(), sent);
    let mut sent = reading(
        Quantity::Energy,
        Unit::KWH,
        Value::None(Absent::NotAvailable),
    );
    sent.channel.direction = Direction::Export;
    sent.channel.span = Span::Register;
    let bytes = built(RecordBuilder::from_reading(&sent).unwrap());
    assert_eq!(only(&bytes).reading().value, sent.value);
}

#[test]
fn text_needs_a_vif_that_reads_as_text() {
    let text = Value::Text("AB".into());
    let container = reading(Quantity::ManufacturerContainer, Unit::ONE, text);
    assert_eq!(
        RecordBuilder::from_reading(&container),
        Err(EncodeError::NoVif)
    );
}

#[test]
fn flags_need_a_vif_of_flags() {
    let flags = Value::Flags(0x8000);
    let error = reading(Quantity::ErrorFlags, Unit::ONE, flags);
    assert_eq!(
        RecordBuilder::from_reading(&error).map(built),
        Ok(vec![0x02, 0xFD, 0x17, 0x00, 0x80])
    );
    let voltage = reading(Quantity::Voltage, Unit::new(BaseUnit::Volt), flags);
    assert_eq!(
        RecordBuilder::from_reading(&voltage),
        Err(EncodeError::NoVif)
    );
}

#[test]
fn a_text_is_qualified_once() {
    let bytes = [0x0D, 0xFD, 0x90, 0xFC, 0x01, 0x02, 0x32, 0x31];
    let sent = only(&bytes).reading();
    assert_eq!(sent.channel.phase, Phase::L1);
    assert_eq!(
        RecordBuilder::from_reading(&sent).map(built),
        Ok(bytes.to_vec())
    );
}

#[test]
fn volumes_at_base_conditions_have_their_vife() {
    let volume = number(12_565, -3);
    for (quantity, base, vib) in [
        (Quantity::Volume, BaseUnit::CubicMetreNorm, [0x93, 0x3E]),
        (
            Quantity::VolumeFlow,
            BaseUnit::CubicMetreNormPerHour,
            [0xBB, 0x3E],
        ),
    ] {
        let sent = reading(quantity, Unit::new(base), volume);
        let bytes = RecordBuilder::from_reading(&sent).map(built).unwrap();
        assert_eq!(bytes, [0x02, vib[0], vib[1], 0x15, 0x31]);
        assert_eq!(only(&bytes).reading(), sent);
    }
}

#[test]
fn fractions_are_built_where_they_are_exact() {
    let factor = |value| reading(Quantity::HcaRatingFactor, Unit::ONE, value);
    let bytes = RecordBuilder::from_reading(&factor(number(15, -1)))
        .map(built)
        .unwrap();
    assert_eq!(bytes, [0x02, 0xFB, 0x68, 0x00, 0x18]);
    assert_eq!(
        only(&bytes).value().number().and_then(|it| it.to_decimal()),
        Decimal::new(15, -1)
    );
    // Too large for the decimal that counts in steps of 2^-12, but not with a scale.
    let large = factor(number(1, 10));
    let bytes = RecordBuilder::from_reading(&large).map(built).unwrap();
    assert_eq!(
        only(&bytes).value().number().and_then(|it| it.to_decimal()),
        Decimal::new(1, 10)
    );
    for value in [number(1, -9), number(-15, -1)] {
        assert_eq!(
            RecordBuilder::from_reading(&factor(value)),
            Err(EncodeError::NoVif)
        );
    }
}

#[test]
fn a_scale_makes_up_for_a_missing_power_of_ten() {
    for (quantity, unit, value, expected) in [
        // 0.0005 degC
        (
            Quantity::FlowTemperature,
            Unit::CELSIUS,
            number(5, -4),
            vec![0x01, 0xD8, 0x75, 0x05],
        ),
        // 2.5 units of a heat cost allocator
        (
            Quantity::HcaUnits,
            Unit::new(BaseUnit::HcaUnit),
            number(25, -1),
            vec![0x01, 0xEE, 0x75, 0x19],
        ),
    ] {
        let sent = reading(quantity, unit, value);
        let bytes = RecordBuilder::from_reading(&sent).map(built).unwrap();
        assert_eq!(bytes, expected);
        assert_eq!(only(&bytes).reading(), sent);
    }
    // One that does not fit 64 bits otherwise.
    let sent = reading(
        Quantity::OperatingTime,
        Unit::new(BaseUnit::Day),
        number(1_000_000_000_000_000_000, 3),
    );
    let bytes = RecordBuilder::from_reading(&sent).map(built).unwrap();
    assert_eq!(bytes[..3], [0x07, 0xA7, 0x7D]);
    assert_eq!(only(&bytes).reading().value, sent.value);
}

#[test]
fn the_bytes_of_a_container_come_back_whatever_their_length() {
    for quantity in [Quantity::WmbusContainer, Quantity::ListeningWindow] {
        for len in [1, 4, 15, 64, 191] {
            let data = vec![0xA5; len];
            let sent = reading(quantity, Unit::ONE, Value::Bytes(&data));
            let bytes = RecordBuilder::from_reading(&sent).map(built).unwrap();
            assert_eq!(only(&bytes).reading(), sent);
        }
    }
}

#[test]
fn data_of_a_manufacturer_has_no_vif_that_the_reading_tells() {
    for bytes in [
        &[0x01, 0x7F, 0x05][..],
        &[0x01, 0xFD, 0x2A, 0x05],
        &[0x01, 0xFF, 0x01, 0x05],
        &[0x0F, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ] {
        let sent = only(bytes).reading();
        assert_eq!(
            RecordBuilder::from_reading(&sent),
            Err(EncodeError::NoVif),
            "{bytes:02X?}"
        );
    }
}

#[test]
fn the_text_can_go_after_the_last_vife() {
    let builder = RecordBuilder::plain_text("%RH")
        .and_then(|builder| builder.vife(0x74))
        .and_then(|builder| builder.integer(DataField::Int16, 4_711))
        .unwrap();
    let before = built(builder);
    assert_eq!(
        before,
        [0x02, 0xFC, 0x03, 0x48, 0x52, 0x25, 0x74, 0x67, 0x12]
    );
    let after = built(builder.text_after_vife());
    assert_eq!(
        after,
        [0x02, 0xFC, 0x74, 0x03, 0x48, 0x52, 0x25, 0x67, 0x12]
    );
    for bytes in [&before, &after] {
        let record = only(bytes);
        assert_eq!(record.plain_text().unwrap().to_string(), "%RH");
        assert_eq!(record.value(), number(4_711, -2));
    }
    let without_vife = RecordBuilder::plain_text("C").unwrap().no_data();
    assert_eq!(built(without_vife), built(without_vife.text_after_vife()));
}

/// A record put together again from its parts.
fn rebuilt(record: &Record<'_>) -> Option<Vec<u8>> {
    let dib = record.dib();
    let bytes = record.vib().as_bytes();
    let text = record.plain_text().map(|text| text.to_string());
    let vife_at = match bytes {
        [0xFB, _, ..] => 2,
        [0xFD, 0xFD, _, ..] => 3,
        [0xFD, _, ..] => 2,
        _ => 1,
    };
    let mut builder = match &text {
        Some(text) => RecordBuilder::plain_text(text).ok()?,
        None => RecordBuilder::new(&bytes[..vife_at]).ok()?,
    };
    let text_len = record.plain_text().map_or(0, |text| text.as_bytes().len());
    let after_vife = record
        .plain_text()
        .is_some_and(|text| bytes.get(2..2 + text_len) != Some(text.as_bytes()));
    let vife = match &text {
        Some(_) if after_vife => &bytes[1..bytes.len() - 1 - text_len],
        Some(_) => &bytes[2 + text_len..],
        None => &bytes[vife_at..],
    };
    for &vife in vife {
        builder = builder.vife(vife).ok()?;
    }
    builder = builder
        .function(dib.function())
        .storage(dib.storage())
        .and_then(|builder| builder.tariff(dib.tariff()))
        .and_then(|builder| builder.subunit(dib.subunit()))
        .ok()?;
    let builder = match (record.lvar(), dib.data_field()) {
        (Some(lvar), _) => builder.raw_variable(lvar, record.data()).ok()?,
        (None, DataField::Selection) => builder,
        (None, field) => builder.raw(field, record.data()).ok()?,
    };
    Some(built(if after_vife {
        builder.text_after_vife()
    } else {
        builder
    }))
}

/// Whether the last DIFE says something: else a shorter DIB says the same.
fn is_canonical(dib: Dib<'_>) -> bool {
    dib.dife().last() != Some(&0)
}

proptest! {
    #[test]
    fn records_never_panic_and_cover_the_input(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        for tolerance in [Tolerance::STRICT, Tolerance::DEFAULT, Tolerance::all()] {
            let mut records = Records::new(&bytes).with_tolerance(tolerance);
            let mut covered = 0;
            let mut count = 0;
            while let Some(record) = records.next() {
                count += 1;
                if let Ok(record) = record {
                    prop_assert!(record.offset() >= covered);
                    covered = record.offset() + record.as_bytes().len();
                    prop_assert!(covered <= bytes.len());
                    prop_assert_eq!(covered, records.offset());
                    let _ = (record.reading(), record.deviations(), record.profile());
                }
            }
            prop_assert!(count <= bytes.len());
        }
    }

    #[test]
    fn the_short_way_to_a_reading_ends_where_the_long_one_does(
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        for tolerance in [Tolerance::STRICT, Tolerance::DEFAULT, Tolerance::all()] {
            for order in [ByteOrder::LeastFirst, ByteOrder::MostFirst] {
                let records = Records::new(&bytes).with_tolerance(tolerance).with_byte_order(order);
                for record in records.flatten() {
                    let reading = record.reading();
                    prop_assert_eq!(reading.value, record.value());
                    prop_assert_eq!(reading.channel.quantity, record.quantity());
                    prop_assert_eq!(reading.unit, record.unit());
                    if record.kind() == RecordKind::Data {
                        let channel = reading.channel;
                        let numbers = (channel.storage, channel.tariff, channel.subunit);
                        let dib = record.dib();
                        prop_assert_eq!(numbers, (dib.storage(), dib.tariff(), dib.subunit()));
                    }
                }
            }
        }
    }

    #[test]
    fn what_was_parsed_builds_the_same_bytes(bytes in prop::collection::vec(any::<u8>(), 2..60)) {
        for record in Records::new(&bytes).flatten() {
            let plain = record.kind() == RecordKind::Data
                && record.deviations().is_empty()
                && !matches!(record.vib().vif(), Some(0x7B | 0x7D));
            if plain && is_canonical(record.dib()) {
                if let Some(again) = rebuilt(&record) {
                    prop_assert_eq!(again, record.as_bytes());
                }
            }
        }
    }

    #[test]
    fn integers_read_as_they_were_built(
        number in any::<i64>(),
        storage in 0_u64..1 << 41,
        tariff in 0_u32..1 << 20,
        subunit in 0_u16..1 << 10,
    ) {
        let fields = [
            (DataField::Int8, 8),
            (DataField::Int16, 16),
            (DataField::Int24, 24),
            (DataField::Int32, 32),
            (DataField::Int48, 48),
            (DataField::Int64, 64),
        ];
        for (field, bits) in fields {
            let number = number >> (64 - bits);
            let builder = RecordBuilder::new(&[0x13])
                .and_then(|builder| builder.storage(storage))
                .and_then(|builder| builder.tariff(tariff))
                .and_then(|builder| builder.subunit(subunit))
                .and_then(|builder| builder.integer(field, number));
            let Ok(builder) = builder else {
                prop_assert_eq!(number, i64::MIN >> (64 - bits));
                continue;
            };
            let bytes = built(builder);
            let record = only(&bytes);
            let value = Decimal::new(number, -3).unwrap();
            prop_assert_eq!(record.value(), Value::Number(Number::Decimal(value)));
            prop_assert_eq!((record.storage(), record.tariff()), (storage, tariff));
            prop_assert_eq!(record.subunit(), subunit);
        }
    }

    #[test]
    fn bcd_reads_as_it_was_built(number in -99_999_999_999_i64..=999_999_999_999) {
        let fields =
            [DataField::Bcd2, DataField::Bcd4, DataField::Bcd6, DataField::Bcd8, DataField::Bcd12];
        for (field, digits) in fields.into_iter().zip([2, 4, 6, 8, 12]) {
            let number = number % 10_i64.pow(if number < 0 { digits - 1 } else { digits });
            let builder = RecordBuilder::new(&[0x06]).unwrap().bcd(field, number).unwrap();
            let value = Decimal::new(number, 0).unwrap();
            let bytes = built(builder);
            prop_assert_eq!(only(&bytes).value(), Value::Number(Number::Decimal(value)));
        }
    }

    #[test]
    fn a_reading_that_builds_comes_back(bytes in prop::collection::vec(any::<u8>(), 2..24)) {
        for record in Records::new(&bytes).flatten() {
            let sent = record.reading();
            let Ok(builder) = RecordBuilder::from_reading(&sent) else { continue };
            let bytes = built(builder);
            let back = only(&bytes).reading();
            prop_assert_eq!(back.channel, sent.channel);
            match (back.value, sent.value) {
                (Value::Number(back_number), Value::Number(number)) => prop_assert_eq!(
                    back_number.to_decimal().map(|back| in_base(back, &only(&bytes).reading())),
                    number.to_decimal().map(|number| in_base(number, &sent)),
                ),
                (back, sent) => prop_assert_eq!(back, sent),
            }
        }
    }
}

fn in_base(value: Decimal, reading: &Reading<'_>) -> Option<Decimal> {
    value.scale_by_power_of_ten(reading.unit.prefix().power())
}
