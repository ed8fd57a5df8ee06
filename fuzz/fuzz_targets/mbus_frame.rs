//! A frame encodes to the bytes that it was parsed from, tolerances only add to what is accepted,
//! and every position points into the input.
#![no_main]

use std::hint::black_box;

use libfuzzer_sys::fuzz_target;
use mbus_proto::{ApplicationData, Frame, Telegram, Tolerance};

/// The deviations of the link layer.
const LINK: Tolerance = Tolerance::CHECKSUM
    .union(Tolerance::LENGTH)
    .union(Tolerance::STOP)
    .union(Tolerance::NOISE);

fuzz_target!(|input: &[u8]| {
    check_strict(input);
    for bits in 0..=LINK.bits() {
        check_tolerant(input, Tolerance::from_bits_retain(bits));
    }
    check_default(input);
    for allowed in [
        Tolerance::STRICT,
        Tolerance::DEFAULT,
        Tolerance::LENIENT,
        Tolerance::all(),
    ] {
        check_telegram(input, allowed);
    }
});

fn check_strict(input: &[u8]) {
    match Frame::parse(input) {
        Ok((frame, rest)) => {
            let taken = offset_in(input, rest);
            assert_eq!(taken + rest.len(), input.len());
            assert_eq!(taken, frame.encoded_len());
            assert_eq!(encoded(&frame), input[..taken]);
        }
        Err(error) => assert!(error.offset <= input.len(), "{error}"),
    }
}

fn check_tolerant(input: &[u8], allowed: Tolerance) {
    let strict = Frame::parse(input);
    match Frame::parse_with(input, allowed) {
        Ok((frame, rest, met)) => {
            assert!(input.ends_with(rest));
            assert!(allowed.contains(met));
            assert_eq!(strict.is_ok(), met.is_empty());
            if let Ok(strict) = strict {
                assert_eq!((frame, rest), strict);
            }
            assert_eq!(Frame::parse(&encoded(&frame)), Ok((frame, &[][..])));
            assert!(Frame::parse_with(input, LINK).is_ok());
        }
        Err(error) => {
            assert!(strict.is_err());
            assert!(error.offset <= input.len(), "{error}");
        }
    }
}

fn check_default(input: &[u8]) {
    if let Ok((frame, rest, _)) = Frame::parse_with(input, Tolerance::DEFAULT) {
        let lenient = Frame::parse_with(input, Tolerance::LENIENT);
        assert_eq!(
            lenient.map(|(frame, rest, _)| (frame, rest)),
            Ok((frame, rest))
        );
    }
    if let Ok(telegram) = Telegram::parse(input) {
        assert_eq!(encoded(telegram.frame()), input);
        let lenient = Telegram::parse_with(input, Tolerance::LENIENT);
        assert_eq!(
            lenient.map(|telegram| *telegram.frame()),
            Ok(*telegram.frame())
        );
    }
}

fn check_telegram(input: &[u8], allowed: Tolerance) {
    let telegram = match Telegram::parse_with(input, allowed) {
        Ok(telegram) => telegram,
        Err(error) => {
            assert!(error.offset <= input.len(), "{error}");
            return;
        }
    };
    assert!(allowed.contains(telegram.deviations()));
    black_box((telegram.header(), telegram.encryption()));
    let mut readings = telegram.readings();
    for record in telegram.records() {
        let reading = readings.next().expect("one reading for each record");
        match record {
            Ok(record) => {
                assert_eq!(offset_in(input, record.as_bytes()), record.offset());
                assert_eq!(
                    format!("{reading:?}"),
                    format!("{:?}", Ok::<_, ()>(record.reading()))
                );
                assert!(allowed.contains(record.deviations()));
                if let Some(Ok(profile)) = record.profile() {
                    let base = profile.base(telegram.records());
                    for reading in profile.readings(base) {
                        let found = readings.next().expect("every reading of a profile");
                        assert_eq!(format!("{found:?}"), format!("{:?}", Ok::<_, ()>(reading)));
                    }
                } else if let Some(Err(error)) = record.profile() {
                    assert_eq!(readings.next(), Some(Err(error)));
                    assert!(error.offset <= input.len(), "{error}");
                }
            }
            Err(error) => {
                assert_eq!(reading, Err(error));
                assert!(error.offset <= input.len(), "{error}");
            }
        }
    }
    if let Some(ApplicationData::Fixed(data)) = telegram.application() {
        for counter in data.counters() {
            assert_eq!(readings.next(), Some(Ok(counter.reading())));
        }
    }
    assert_eq!(readings.next(), None);
}

fn encoded(frame: &Frame<'_>) -> Vec<u8> {
    let mut bytes = vec![0xAA; frame.encoded_len()];
    assert_eq!(frame.encode_into(&mut bytes), Ok(bytes.len()));
    let mut appended = Vec::new();
    frame.encode(&mut appended);
    assert_eq!(appended, bytes);
    bytes
}

/// Where `part` lies in `whole`.
fn offset_in(whole: &[u8], part: &[u8]) -> usize {
    let offset = part.as_ptr().addr() - whole.as_ptr().addr();
    assert_eq!(&whole[offset..offset + part.len()], part);
    offset
}
