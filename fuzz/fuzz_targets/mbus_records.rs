//! Records cover their input from front to back, whatever it is; a tolerance changes only records
//! that report it.
#![no_main]

use std::hint::black_box;

use libfuzzer_sys::fuzz_target;
use mbus_proto::meter_units::Value;
use mbus_proto::record::{Record, Records};
use mbus_proto::{ByteOrder, DecodeError, Tolerance};

type Item<'a> = Result<Record<'a>, DecodeError>;

fuzz_target!(|input: &[u8]| {
    for order in [ByteOrder::LeastFirst, ByteOrder::MostFirst] {
        let records = Records::new(input).with_byte_order(order);
        check(input, records.clone());
        check(input, records.from_master());
    }
});

fn check(input: &[u8], records: Records<'_>) {
    let strict = walk(input, records.clone().with_tolerance(Tolerance::STRICT));
    // What contradicts the standard's reading of well-formed data is total, and no more.
    walk(input, records.clone().with_tolerance(Tolerance::all()));
    for tolerance in [Tolerance::DEFAULT, Tolerance::LENIENT] {
        let tolerant = walk(input, records.clone().with_tolerance(tolerance));
        // Where a telegram is not correct, a tolerance may find its texts in another place.
        let errors = strict.iter().any(Result::is_err);
        if errors && strict.iter().chain(&tolerant).any(has_text) {
            continue;
        }
        for (strict, tolerant) in strict.iter().zip(&tolerant) {
            let (Ok(strict), Ok(tolerant)) = (strict, tolerant) else {
                continue;
            };
            assert!(tolerance.contains(tolerant.deviations()));
            // From here on the records are cut in other places.
            if strict.as_bytes() != tolerant.as_bytes() {
                assert!(!tolerant.deviations().is_empty(), "{tolerant:?}");
                break;
            }
            if tolerant.deviations().is_empty() {
                assert_eq!(strict.header(), tolerant.header());
                assert_eq!(shown(&strict.value()), shown(&tolerant.value()));
            }
        }
    }
    let shifted: Vec<_> = records.clone().with_base(100).collect();
    assert_eq!(shifted.len(), records.clone().count());
    for (record, shifted) in records.zip(shifted) {
        assert_eq!(offset(&record) + 100, offset(&shifted));
    }
}

fn walk<'a>(input: &'a [u8], mut records: Records<'a>) -> Vec<Item<'a>> {
    let mut items = Vec::new();
    let mut sound = true;
    let mut covered = 0;
    while let Some(item) = records.next() {
        match &item {
            Ok(record) => {
                let begin = record.offset();
                assert!(begin >= covered);
                // Between records there are only fillers.
                assert!(input[covered..begin].iter().all(|&byte| byte == 0x2F));
                let end = begin + record.as_bytes().len();
                assert!(end > begin);
                assert_eq!(&input[begin..end], record.as_bytes());
                assert_eq!(records.offset(), end);
                check_record(record, &records);
            }
            Err(error) => {
                sound = false;
                assert!((covered..=input.len()).contains(&error.offset), "{error}");
            }
        }
        covered = records.offset();
        items.push(item);
        assert!(items.len() <= input.len());
    }
    assert_eq!(records.next(), None);
    assert_eq!(&input[records.offset()..], records.remainder());
    assert!(!sound || records.remainder().is_empty());
    items
}

fn check_record(record: &Record<'_>, after: &Records<'_>) {
    let lvar = record.lvar();
    let parts = [
        record.dib().as_bytes(),
        record.vib().as_bytes(),
        lvar.as_slice(),
        record.data(),
    ];
    assert_eq!(parts.concat(), record.as_bytes());
    assert!(record.as_bytes().starts_with(record.header()));
    let reading = record.reading();
    assert_eq!(shown(&reading.value), shown(&record.value()));
    assert_eq!(
        (reading.channel.quantity, reading.unit),
        (record.quantity(), record.unit())
    );
    if let Value::Text(text) = reading.value {
        assert_eq!(text.chars().count(), text.as_bytes().len());
    }
    if let Some(text) = record.plain_text() {
        assert_eq!(text.to_string().chars().count(), text.as_bytes().len());
    }
    for combinable in record.combinables() {
        black_box((combinable.name(), combinable.is_scale_or_unit()));
    }
    black_box((record.kind(), record.function(), record.error()));
    match record.profile() {
        Some(Ok(profile)) => {
            let size = profile.element().data_len().expect("a fixed length");
            let readings = profile.readings(profile.base(after.clone()));
            assert_eq!(readings.count(), profile.elements().len() / size);
        }
        Some(Err(error)) => assert!(error.offset >= record.offset()),
        None => {}
    }
}

fn has_text(item: &Item<'_>) -> bool {
    item.is_ok_and(|record| record.plain_text().is_some())
}

fn offset(item: &Item<'_>) -> usize {
    match item {
        Ok(record) => record.offset(),
        Err(error) => error.offset,
    }
}

/// For comparison: a float that is not a number equals nothing, itself included.
fn shown(value: &Value<'_>) -> String {
    format!("{value:?}")
}
