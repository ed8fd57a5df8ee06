//! A radio frame is written as it was read, layer by layer; a compact frame gives the records that it
//! was made of, or none; a tolerance changes only telegrams that report it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mbus_proto::app::{ApplicationData, Header};
use mbus_proto::link::SecondaryAddress;
use mbus_proto::wireless::{
    AuthenticationLayer, Buffer, ExtendedLink, Format, FormatCache, Progress, RadioFrame,
    RadioTelegram, Reader, Reassembly, compact_frame,
};
use mbus_proto::{DecodeError, Tolerance};

fuzz_target!(|input: &[u8]| {
    for format in [
        None,
        Some(Format::A),
        Some(Format::B),
        Some(Format::WithoutCrc),
    ] {
        frame(input, format);
    }
    layers(input);
    compact(input);
    tolerances(input);
    sequence(input);
});

fn frame(input: &[u8], format: Option<Format>) {
    let mut buffer = [0; 256];
    match RadioFrame::parse_with(input, format, Tolerance::STRICT, &mut buffer) {
        Ok((frame, format, rest, met)) => {
            assert!(met.is_empty());
            let mut out = [0; Format::MAX_LENGTH];
            let len = frame.encode_into(format, &mut out).unwrap();
            assert_eq!(len, format.frame_len(input[0]));
            assert_eq!([&out[..len], rest].concat(), input);
        }
        Err(error) => assert!(error.offset <= input.len()),
    }
}

fn layers(input: &[u8]) {
    let mut out = [0; 64];
    if let Ok(Some((link, rest))) = ExtendedLink::parse(input) {
        let len = link.encode_into(&mut out).unwrap();
        assert_eq!([&out[..len], rest].concat(), input);
    }
    if let Ok(Some((layer, rest))) = AuthenticationLayer::parse(input) {
        let len = layer.encode_into(&mut out).unwrap();
        assert_eq!([&out[..len], rest].concat(), input);
    }
}

fn compact(records: &[u8]) {
    let meter = SecondaryAddress::from_link_bytes([1; 8]);
    let mut data = vec![0; records.len()];
    let Ok(frame) = compact_frame(Header::None, records, &mut data) else {
        return;
    };
    let mut cache = FormatCache::<1>::new();
    let mut out = vec![0; records.len()];
    assert_eq!(cache.expand(meter, &frame, &mut out), None);
    if cache.learn(meter, records).is_some() {
        let len = cache.expand(meter, &frame, &mut out).unwrap();
        // Fillers before the first record and after the last are left out.
        let expanded = &out[..len];
        let start = records.windows(len).position(|part| part == expanded);
        let (before, rest) = records.split_at(start.unwrap());
        let fillers = before.iter().chain(&rest[len..]);
        assert!(fillers.copied().all(|byte| byte == 0x2F));
        let mut again = vec![0; len];
        let same = compact_frame(Header::None, expanded, &mut again);
        assert_eq!(same, Ok(frame));
    }
}

fn tolerances(input: &[u8]) {
    let mut strict_buffer = Buffer::new();
    let strict = read(input, Tolerance::STRICT, &mut strict_buffer);
    // What is encrypted, read as plain, makes no sense.
    let all = Tolerance::all().difference(Tolerance::IGNORE_SECURITY);
    for tolerance in [Tolerance::DEFAULT, Tolerance::LENIENT, all] {
        let mut buffer = Buffer::new();
        let tolerant = read(input, tolerance, &mut buffer);
        if let Ok(tolerant) = &tolerant {
            assert!(tolerance.contains(tolerant.deviations()));
        }
        match (&strict, &tolerant) {
            (Ok(strict), Ok(tolerant)) if tolerant.deviations().is_empty() => {
                assert_eq!(strict.message(), tolerant.message());
                assert_eq!(strict.application(), tolerant.application());
                assert_eq!(strict.encryption(), tolerant.encryption());
            }
            // What was wrong is reported.
            (Err(_), Ok(tolerant)) => assert!(!tolerant.deviations().is_empty()),
            (Ok(_), Err(error)) => panic!("{error}"),
            _ => {}
        }
    }
}

fn read<'b>(
    input: &[u8],
    tolerance: Tolerance,
    buffer: &'b mut Buffer,
) -> Result<RadioTelegram<'b>, DecodeError> {
    let telegram = Reader::new().with_tolerance(tolerance).read(input, buffer);
    if let Ok(telegram) = &telegram {
        telegram.readings().for_each(drop);
        if telegram.encryption().is_some() {
            assert_eq!(telegram.records().count(), 0);
        }
    }
    telegram
}

/// Frames one after the other, each behind its length: formats and pieces that they leave behind.
fn sequence(mut input: &[u8]) {
    let reader = Reader::new();
    let mut cache = FormatCache::<2>::new();
    let mut reassembly = Reassembly::<128>::new();
    let mut buffer = Buffer::new();
    while let Some((&length, rest)) = input.split_first() {
        let (frame, rest) = rest.split_at(rest.len().min(usize::from(length)));
        input = rest;
        let Ok(telegram) = reader.read_with(frame, &mut cache, &mut buffer) else {
            continue;
        };
        telegram.readings().for_each(drop);
        if let (Some(ApplicationData::Compact { full_crc, .. }), None) =
            (telegram.application(), telegram.missing_format())
        {
            let records: Vec<u8> = telegram
                .records()
                .flatten()
                .flat_map(|record| record.as_bytes().to_vec())
                .collect();
            let mut data = vec![0; records.len()];
            // Fillers between records are not among them.
            if let Ok(ApplicationData::Compact { full_crc: own, .. }) =
                compact_frame(Header::None, &records, &mut data)
            {
                let filled = telegram.records().flatten().try_fold(0, |end, record| {
                    (record.offset() == end).then(|| end + record.as_bytes().len())
                });
                assert!(filled.is_none() || own == *full_crc);
            }
        }
        let progress = reassembly.push(&telegram);
        let message = reader.read_message(&mut reassembly);
        if progress != Progress::Complete {
            assert!(matches!(message, Ok(None)));
        } else if let Ok(Some(message)) = message {
            assert!(message.message().len() <= 128);
            message.readings().for_each(drop);
        }
    }
}
