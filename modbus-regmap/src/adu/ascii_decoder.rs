//! ASCII frames out of a stream of characters.

use core::mem;

use crate::adu::ascii::{Bytes, COLON, CR, LF, MAX_BYTES, digit};
use crate::adu::{AsciiDeviations, Event};

/// Finds the ASCII frames in a stream of characters that arrives in any chunks.
///
/// A colon starts a frame, wherever it stands; what came before it since the last frame is skipped,
/// and so is a frame whose LRC does not fit. Each character is looked at once.
///
/// ```
/// use modbus_regmap::adu::{AsciiDecoder, AsciiDeviations, Event};
///
/// let mut decoder = AsciiDecoder::new(AsciiDeviations::all());
/// let mut chunk: &[u8] = b":0103:0183027a\r\n";
/// assert_eq!(decoder.decode(&mut chunk), Some(Event::Skipped(5)));
/// let Some(Event::Frame(adu)) = decoder.decode(&mut chunk) else {
///     panic!("a frame is whole");
/// };
/// assert_eq!(adu.pdu, [0x83, 0x02]);
/// assert_eq!(decoder.deviations(), AsciiDeviations::LOWER_CASE);
/// ```
#[derive(Clone, Debug)]
pub struct AsciiDecoder {
    buffer: [u8; MAX_BYTES],
    state: State,
    // The characters of the frame so far.
    held: usize,
    skipped: usize,
    allowed: AsciiDeviations,
    met: AsciiDeviations,
}

#[derive(Clone, Copy, Debug)]
enum State {
    /// Waits for a colon.
    Idle,
    Digits(Bytes),
    /// A carriage return came.
    Return(Bytes),
    /// A frame is whole, but what was skipped before it is to be reported first.
    Whole(Bytes),
}

impl AsciiDecoder {
    /// A decoder that lets frames pass with these deviations.
    #[must_use]
    pub const fn new(allowed: AsciiDeviations) -> Self {
        Self {
            buffer: [0; MAX_BYTES],
            state: State::Idle,
            held: 0,
            skipped: 0,
            allowed,
            met: AsciiDeviations::empty(),
        }
    }

    /// What was odd about the frame that was reported last, or about the one being read.
    #[must_use]
    pub const fn deviations(&self) -> AsciiDeviations {
        self.met
    }

    /// Forgets everything held and returns how many characters that were.
    pub const fn clear(&mut self) -> usize {
        let dropped = self.held.saturating_add(self.skipped);
        self.state = State::Idle;
        self.held = 0;
        self.skipped = 0;
        dropped
    }

    /// How many characters are held: the start of a frame.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.held
    }

    /// Takes characters from the front of `input` up to the next thing to report.
    ///
    /// To be called until it returns `None`: then the whole of `input` is taken. What is lent
    /// lasts until the next call.
    pub fn decode(&mut self, input: &mut &[u8]) -> Option<Event<'_>> {
        while !matches!(self.state, State::Whole(_)) {
            let (character, rest) = input.split_first()?;
            *input = rest;
            self.take(*character);
        }
        self.report()
    }

    /// Gives up what is held, for a line that fell silent.
    ///
    /// To be called until it returns `None`.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        if matches!(self.state, State::Whole(_)) {
            return self.report();
        }
        let dropped = self.clear();
        (dropped > 0).then_some(Event::Skipped(dropped))
    }

    fn report(&mut self) -> Option<Event<'_>> {
        if self.skipped > 0 {
            return Some(Event::Skipped(mem::take(&mut self.skipped)));
        }
        let State::Whole(bytes) = mem::replace(&mut self.state, State::Idle) else {
            return None;
        };
        self.held = 0;
        bytes.adu(&self.buffer).ok().map(Event::Frame)
    }

    fn take(&mut self, character: u8) {
        let state = mem::replace(&mut self.state, State::Idle);
        if character == COLON {
            self.skipped = self.skipped.saturating_add(self.held);
            self.held = 1;
            self.met = AsciiDeviations::empty();
            self.state = State::Digits(Bytes::new());
            return;
        }
        self.held = self.held.saturating_add(1);
        let next = match state {
            State::Digits(bytes) if character == CR => Some(State::Return(bytes)),
            State::Digits(bytes) if character == LF => {
                self.met |= AsciiDeviations::NO_CARRIAGE_RETURN;
                self.whole(bytes)
            }
            State::Digits(mut bytes) => match digit(character, &mut self.met) {
                Some(digit) if bytes.push(digit, &mut self.buffer) => Some(State::Digits(bytes)),
                _ => None,
            },
            State::Return(bytes) if character == LF => self.whole(bytes),
            _ => None,
        };
        match next {
            Some(state) => self.state = state,
            None => self.skipped = self.skipped.saturating_add(mem::take(&mut self.held)),
        }
    }

    fn whole(&self, bytes: Bytes) -> Option<State> {
        (self.allowed.contains(self.met) && bytes.adu(&self.buffer).is_ok())
            .then_some(State::Whole(bytes))
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec;
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    #[derive(Debug, PartialEq)]
    enum Owned {
        Frame(u8, Vec<u8>),
        Skipped(usize),
    }

    fn decode(stream: &[u8], chunk: usize, allowed: AsciiDeviations) -> Vec<Owned> {
        let owned = |event: Event<'_>| match event {
            Event::Frame(adu) => Owned::Frame(adu.header.unit.0, adu.pdu.to_vec()),
            Event::Skipped(count) => Owned::Skipped(count),
            Event::Lost(error) => panic!("{error}"),
        };
        let mut decoder = AsciiDecoder::new(allowed);
        let mut events = Vec::new();
        for mut chunk in stream.chunks(chunk) {
            while let Some(event) = decoder.decode(&mut chunk) {
                events.push(owned(event));
            }
        }
        while let Some(event) = decoder.finish() {
            events.push(owned(event));
        }
        assert_eq!(decoder.held(), 0);
        events
    }

    #[test]
    fn what_was_skipped_is_counted() {
        let all = AsciiDeviations::all();
        let stream = b"noise:0183027B\r\n:0183027A\r\nxx:01";
        for chunk in [1, 3, 100] {
            assert_eq!(
                decode(stream, chunk, all),
                [
                    Owned::Skipped(16),
                    Owned::Frame(1, vec![0x83, 2]),
                    Owned::Skipped(5)
                ]
            );
        }
    }

    #[test]
    fn a_deviation_that_is_not_allowed_is_skipped() {
        let none = AsciiDeviations::empty();
        assert_eq!(decode(b":0183027a\r\n", 4, none), [Owned::Skipped(11)]);
        assert_eq!(decode(b":0183027A\n", 4, none), [Owned::Skipped(10)]);
    }

    proptest! {
        #[test]
        fn any_chunking_gives_the_same_and_loses_nothing(
            pieces in proptest::collection::vec(
                prop_oneof!["[:0-9A-Fa-f\r\n]{0,9}", Just(":0183027A\r\n".into())], 0..9),
            chunk in 1..20_usize,
        ) {
            let stream = pieces.concat();
            let stream = stream.as_bytes();
            let all = AsciiDeviations::all();
            let events = decode(stream, chunk, all);
            prop_assert_eq!(&events, &decode(stream, 1, all));
            // Upper-case frames with both ends are as long as they are encoded.
            let strict = decode(stream, chunk, AsciiDeviations::empty());
            let length: usize = strict
                .iter()
                .map(|event| match event {
                    Owned::Frame(_, pdu) => 2 * pdu.len() + 7,
                    Owned::Skipped(count) => *count,
                })
                .sum();
            prop_assert_eq!(length, stream.len());
        }
    }
}
