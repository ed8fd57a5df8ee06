//! The frame decoder finds in any chunks what its documented procedure finds in the whole stream,
//! and loses no byte.
//!
//! The input is a flag (odd: E5h is noise), four chunk lengths used in turn, and the stream.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mbus_proto::Frame;
use mbus_proto::link::{Event, FrameDecoder, SingleCharacter};

#[derive(Debug, PartialEq)]
enum Owned {
    Frame(Vec<u8>),
    Noise(usize),
}

fuzz_target!(|input: &[u8]| {
    let Some((&[flag, ref chunks @ ..], stream)) = input.split_first_chunk::<5>() else {
        return;
    };
    let single = if flag & 1 == 0 {
        SingleCharacter::Accept
    } else {
        SingleCharacter::Skip
    };
    let expected = reference(stream, single);
    assert_eq!(decode(stream, chunks, single), expected);
    assert_eq!(decode(stream, &[1], single), expected);
    assert_eq!(decode(stream, &[], single), expected);
    let conserved: usize = expected.iter().map(length).sum();
    assert_eq!(conserved, stream.len());
});

/// The procedure of the documentation, over the whole of the stream.
fn reference(stream: &[u8], single: SingleCharacter) -> Vec<Owned> {
    let (mut events, mut noise, mut rest) = (Vec::new(), 0, stream);
    while let [_, next @ ..] = rest {
        match Frame::parse(rest) {
            Ok((frame, after)) if frame != Frame::Ack || single == SingleCharacter::Accept => {
                if noise > 0 {
                    events.push(Owned::Noise(noise));
                    noise = 0;
                }
                events.push(Owned::Frame(rest[..rest.len() - after.len()].to_vec()));
                rest = after;
            }
            _ => {
                noise += 1;
                rest = next;
            }
        }
    }
    if noise > 0 {
        events.push(Owned::Noise(noise));
    }
    events
}

/// Decodes the stream in chunks of these lengths, in turn; without lengths in one piece.
fn decode(stream: &[u8], chunks: &[u8], single: SingleCharacter) -> Vec<Owned> {
    let mut decoder = FrameDecoder::new();
    decoder.set_single_character(single);
    let mut events = Vec::new();
    let mut lengths = chunks.iter().cycle().map(|&length| usize::from(length));
    let mut rest = stream;
    while !rest.is_empty() {
        let length = lengths.next().unwrap_or(rest.len()).clamp(1, rest.len());
        let (mut chunk, after) = rest.split_at(length);
        rest = after;
        while let Some(event) = decoder.decode(&mut chunk) {
            events.push(owned(event));
        }
        assert!(chunk.is_empty());
        assert!(decoder.held() < Frame::MAX_LENGTH);
    }
    while let Some(event) = decoder.finish() {
        events.push(owned(event));
    }
    assert_eq!(decoder.held(), 0);
    assert_eq!(decoder.finish(), None);
    events
}

fn owned(event: Event<'_>) -> Owned {
    match event {
        Event::Frame { frame, bytes } => {
            assert_eq!(Frame::parse(bytes), Ok((frame, &[][..])));
            Owned::Frame(bytes.to_vec())
        }
        Event::Noise(count) => {
            assert!(count > 0);
            Owned::Noise(count)
        }
    }
}

fn length(event: &Owned) -> usize {
    match event {
        Owned::Frame(bytes) => bytes.len(),
        Owned::Noise(count) => *count,
    }
}
