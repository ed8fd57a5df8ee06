//! Streams with and without noise, and what they cost.

extern crate alloc;

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::*;
use crate::adu::Rtu;

#[derive(Debug, PartialEq)]
enum Owned {
    Frame(u8, Vec<u8>),
    Skipped(usize),
}

fn owned(event: Event<'_>) -> Owned {
    match event {
        Event::Frame(adu) => Owned::Frame(adu.header.unit.0, adu.pdu.to_vec()),
        Event::Skipped(count) => Owned::Skipped(count),
        Event::Lost(error) => panic!("{error}"),
    }
}

fn decode(decoder: &mut RtuDecoder, stream: &[u8], chunk: usize) -> Vec<Owned> {
    let mut events = Vec::new();
    for mut chunk in stream.chunks(chunk) {
        while let Some(event) = decoder.decode(&mut chunk) {
            events.push(owned(event));
        }
        assert!(chunk.is_empty());
    }
    while let Some(event) = decoder.finish() {
        events.push(owned(event));
    }
    assert_eq!(decoder.held(), 0);
    events
}

fn frame(unit: u8, pdu: &[u8]) -> Vec<u8> {
    let mut out = vec![0; pdu.len() + 3];
    Rtu::encode_into(UnitId(unit), pdu, &mut out).unwrap();
    out
}

#[test]
fn a_frame_behind_a_false_start_is_found_when_the_line_falls_silent() {
    let mut stream = vec![0x05, 0x03, 0xFA];
    stream.extend(frame(1, &[0x83, 2]));
    for chunk in [1, 2, 100] {
        let mut decoder = RtuDecoder::new(Direction::Response);
        assert_eq!(
            decode(&mut decoder, &stream, chunk),
            [Owned::Skipped(3), Owned::Frame(1, vec![0x83, 2])]
        );
    }
}

#[test]
fn requests_and_answers_of_others_are_told_by_their_crc() {
    let pdus: [&[u8]; 4] = [
        &[0x03, 0, 0, 0, 2],
        &[0x03, 4, 1, 2, 3, 4],
        &[0x10, 0, 0, 0, 1, 2, 9, 9],
        &[0x10, 0, 0, 0, 1],
    ];
    let mut stream = Vec::new();
    for pdu in pdus {
        stream.extend(frame(7, pdu));
    }
    let mut decoder = RtuDecoder::new(Direction::Both);
    let expected: Vec<_> = pdus
        .iter()
        .map(|pdu| Owned::Frame(7, pdu.to_vec()))
        .collect();
    assert_eq!(decode(&mut decoder, &stream, 3), expected);
}

#[test]
fn a_request_that_starts_like_an_answer_is_whole_for_its_own_unit() {
    let request = [0x01, 0x01, 0x02, 0x51, 0x00, 0x84, 0x6C, 0x00];
    let mut decoder = RtuDecoder::new(Direction::Both);
    assert_eq!(
        decode(&mut decoder, &request, 8),
        [
            Owned::Frame(1, vec![0x01, 0x02, 0x51, 0x00]),
            Owned::Skipped(1)
        ]
    );
    let mut own = UnitSet::EMPTY;
    own.insert(UnitId(1));
    decoder.set_own(own);
    assert_eq!(
        decode(&mut decoder, &request, 8),
        [Owned::Frame(1, request[1..6].to_vec())]
    );
}

#[test]
fn an_unknown_function_ends_where_its_crc_fits() {
    let stream = frame(9, &[0x41, 1, 2, 3, 4]);
    let mut decoder = RtuDecoder::new(Direction::Response);
    assert_eq!(
        decode(&mut decoder, &stream, 4),
        [Owned::Skipped(stream.len())]
    );
    decoder.set_unknown(UnknownFunctions::ByCrc);
    assert_eq!(
        decode(&mut decoder, &stream, 4),
        [Owned::Frame(9, vec![0x41, 1, 2, 3, 4])]
    );
}

#[test]
fn the_work_for_a_byte_is_bounded() {
    let long_start = [0x01, 0x03, 0xFA].repeat(500);
    let unknown = [0x41; 1500];
    let objects = [0x2B, 0x0E, 0x00].repeat(500);
    let mut empty_objects = vec![0x01, 0x2B, 0x0E, 1, 1, 0, 0, 120];
    empty_objects.extend([0; 240]);
    let empty_objects = empty_objects.repeat(6);
    let random: Vec<u8> = (0..1500_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    for stream in [&long_start[..], &unknown, &objects, &empty_objects, &random] {
        for direction in [Direction::Request, Direction::Response, Direction::Both] {
            for functions in [UnknownFunctions::Skip, UnknownFunctions::ByCrc] {
                for chunk in [1, 7, 6000] {
                    let mut decoder = RtuDecoder::new(direction);
                    decoder.set_unknown(functions);
                    decode(&mut decoder, stream, chunk);
                    let most = match functions {
                        UnknownFunctions::Skip => RtuDecoder::MAX_STEPS,
                        UnknownFunctions::ByCrc => RtuDecoder::MAX_STEPS_BY_CRC,
                    } * stream.len();
                    assert!(decoder.steps <= most, "{} of {most}", decoder.steps);
                }
            }
        }
    }
}

#[test]
fn frames_in_a_stream_take_few_steps() {
    let answer = frame(1, &[&[0x03, 250][..], &[0x55; 250]].concat());
    let stream = answer.repeat(10);
    for chunk in [1, 64, 6000] {
        let mut decoder = RtuDecoder::new(Direction::Response);
        assert_eq!(decode(&mut decoder, &stream, chunk).len(), 10);
        assert!(decoder.steps <= 5 * stream.len());
    }
}

/// The procedure of the documentation, over the whole of the stream.
fn reference(stream: &[u8]) -> Vec<Owned> {
    let (mut events, mut skipped, mut rest) = (Vec::new(), 0, stream);
    while !rest.is_empty() {
        let length = match Rtu::length(Direction::Response, rest) {
            FrameLength::Known(length) if length <= rest.len() => length,
            _ => 0,
        };
        match Rtu::parse(Direction::Response, &rest[..length]) {
            Ok(adu) => {
                if skipped > 0 {
                    events.push(Owned::Skipped(skipped));
                    skipped = 0;
                }
                events.push(Owned::Frame(adu.header.unit.0, adu.pdu.to_vec()));
                rest = &rest[length..];
            }
            Err(_) => {
                skipped += 1;
                rest = &rest[1..];
            }
        }
    }
    if skipped > 0 {
        events.push(Owned::Skipped(skipped));
    }
    events
}

fn piece() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        proptest::collection::vec(any::<u8>(), 0..6),
        (any::<u8>(), 0..60_u8).prop_map(|(unit, registers)| {
            let mut pdu = vec![0x04, 2 * registers];
            pdu.extend((0..2 * registers).map(|n| n.wrapping_mul(unit)));
            frame(unit, &pdu)
        }),
        any::<u8>().prop_map(|unit| frame(unit, &[0x90, 4])),
        (any::<u8>(), 0..200_usize).prop_map(|(unit, end)| {
            let mut cut = frame(unit, &[&[0x03, 240][..], &[unit; 240]].concat());
            cut.truncate(end);
            cut
        }),
    ]
}

proptest! {
    #[test]
    fn any_chunking_gives_what_the_procedure_gives(
        pieces in proptest::collection::vec(piece(), 0..12),
        chunk in 1..40_usize,
    ) {
        let stream = pieces.concat();
        let expected = reference(&stream);
        for chunk in [1, chunk, stream.len().max(1)] {
            let mut decoder = RtuDecoder::new(Direction::Response);
            prop_assert_eq!(&decode(&mut decoder, &stream, chunk), &expected);
        }
    }
}
