//! The decoders find in any chunks what they find in the whole stream, and lose no byte; that of
//! RTU frames finds exactly what its documented procedure does.
//!
//! The input is a choice (bits 0 and 1: the direction; bit 2: the CRC ends unknown functions),
//! four chunk lengths used in turn, and the stream.
#![no_main]

use libfuzzer_sys::fuzz_target;
use modbus_regmap::DecodeError;
use modbus_regmap::adu::{
    Ascii, AsciiDecoder, AsciiDeviations, Decoder, Direction, Event, FrameLength, Header, Rtu,
    RtuDecoder, Tcp, TcpDecoder, UnknownFunctions,
};

#[derive(Debug, PartialEq)]
enum Owned {
    Frame(Header, Vec<u8>),
    Skipped(usize),
    Lost(DecodeError),
}

fuzz_target!(|input: &[u8]| {
    let Some((&[choice, ref chunks @ ..], stream)) = input.split_first_chunk::<5>() else {
        return;
    };
    let direction = match choice & 3 {
        0 => Direction::Request,
        1 => Direction::Response,
        _ => Direction::Both,
    };
    let by_crc = choice & 4 != 0;
    let mut rtu = RtuDecoder::new(direction);
    if by_crc {
        rtu.set_unknown(UnknownFunctions::ByCrc);
    }
    let events = check(&rtu, chunks, stream, Rtu::MAX_LENGTH);
    assert_eq!(length(&events, 3, 1), stream.len());
    if !by_crc && direction != Direction::Both {
        assert_eq!(events, reference(direction, stream));
    }
    for event in &events {
        check_frame(direction, event);
    }

    let events = check(&TcpDecoder::new(), chunks, stream, Tcp::MAX_LENGTH);
    assert_eq!(length(&events, 7, 1), stream.len());
    check_lost(&events);

    let all = AsciiDeviations::all();
    check(&AsciiDecoder::new(all), chunks, stream, Ascii::MAX_LENGTH);
    let strict = AsciiDecoder::new(AsciiDeviations::empty());
    let events = check(&strict, chunks, stream, Ascii::MAX_LENGTH);
    assert_eq!(length(&events, 7, 2), stream.len());
});

/// Decodes the stream in different chunks, to the same end.
fn check(decoder: &impl Decoder, chunks: &[u8], stream: &[u8], most: usize) -> Vec<Owned> {
    let events = decode(decoder, &[], stream, most);
    assert_eq!(decode(decoder, chunks, stream, most), events);
    assert_eq!(decode(decoder, &[1], stream, most), events);
    for pair in events.windows(2) {
        assert!(!matches!(pair, [Owned::Skipped(_), Owned::Skipped(_)]));
    }
    events
}

/// Decodes the stream in chunks of these lengths, in turn; without lengths in one piece.
fn decode(decoder: &impl Decoder, chunks: &[u8], stream: &[u8], most: usize) -> Vec<Owned> {
    let mut decoder = decoder.clone();
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
        assert!(decoder.held() <= most);
    }
    while let Some(event) = decoder.finish() {
        events.push(owned(event));
    }
    assert_eq!(decoder.held(), 0);
    assert_eq!(decoder.finish(), None);
    assert_eq!(decoder.clear(), 0);
    events
}

/// The procedure of the documentation, over the whole of the stream.
fn reference(direction: Direction, stream: &[u8]) -> Vec<Owned> {
    let (mut events, mut skipped, mut rest) = (Vec::new(), 0, stream);
    while let [_, next @ ..] = rest {
        let frame = match Rtu::length(direction, rest) {
            FrameLength::Known(length) => rest.split_at_checked(length),
            _ => None,
        };
        match frame.map(|(frame, after)| (Rtu::parse(direction, frame), after)) {
            Some((Ok(adu), after)) => {
                if skipped > 0 {
                    events.push(Owned::Skipped(skipped));
                    skipped = 0;
                }
                events.push(Owned::Frame(adu.header, adu.pdu.to_vec()));
                rest = after;
            }
            _ => {
                skipped += 1;
                rest = next;
            }
        }
    }
    if skipped > 0 {
        events.push(Owned::Skipped(skipped));
    }
    events
}

/// What the decoder of RTU frames reports is a frame in one of its directions.
fn check_frame(direction: Direction, event: &Owned) {
    let Owned::Frame(header, pdu) = event else {
        return;
    };
    let mut out = [0; Rtu::MAX_LENGTH];
    let length = Rtu::encode_into(header.unit, pdu, &mut out).unwrap();
    let adu = Rtu::parse(direction, &out[..length]).unwrap();
    assert_eq!((adu.header, adu.pdu), (*header, &pdu[..]));
}

/// A stream is lost once; what follows is skipped.
fn check_lost(events: &[Owned]) {
    let lost = events
        .iter()
        .position(|event| matches!(event, Owned::Lost(_)));
    if let Some(lost) = lost {
        assert!(matches!(events[lost + 1..], [Owned::Skipped(_)]));
    }
}

fn owned(event: Event<'_>) -> Owned {
    match event {
        Event::Frame(adu) => Owned::Frame(adu.header, adu.pdu.to_vec()),
        Event::Skipped(count) => {
            assert!(count > 0);
            Owned::Skipped(count)
        }
        Event::Lost(error) => Owned::Lost(error),
    }
}

/// How many bytes the events stand for, if a frame has so many beside its protocol data unit, of
/// which each byte takes so many.
fn length(events: &[Owned], others: usize, each: usize) -> usize {
    let length = |event: &Owned| match event {
        Owned::Frame(_, pdu) => pdu.len() * each + others,
        Owned::Skipped(count) => *count,
        Owned::Lost(_) => 0,
    };
    events.iter().map(length).sum()
}
