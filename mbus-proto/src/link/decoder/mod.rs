//! Frames out of a stream of bytes.

mod ring;
mod verdict;

use crate::link::Frame;
use crate::link::parse::from_checked;

use verdict::Verdict;

/// How many bytes are held: the longest frame.
const CAPACITY: usize = Frame::MAX_LENGTH;

/// Finds the frames in a stream of bytes that arrives in any chunks.
///
/// # What is found
///
/// Exactly what this procedure finds in the whole of the stream: at each position from the left,
/// try to parse a frame ([`Frame::parse`]). If there is one, it is reported and the procedure goes
/// on behind it; otherwise the one byte at this position is noise and the procedure goes on at the
/// next. So a frame that starts within a false start is not lost.
///
/// A false start can ask for up to 261 bytes before it shows to be one. When the bus falls silent,
/// [`finish`](Self::finish) treats what is held as all there is.
///
/// # Cost
///
/// The decoder holds one frame (261 bytes) and a few numbers, without an allocator. A frame that
/// lies whole in the input is lent from there and not copied. Running sums stand in for the bytes
/// that are held, so that the checksum of any frame among them is one subtraction: whatever the
/// input, the work is linear in its length, with at most [`MAX_STEPS`](Self::MAX_STEPS) steps for a
/// byte and for a call.
///
/// # Examples
///
/// ```
/// use mbus_proto::Frame;
/// use mbus_proto::link::{Event, FrameDecoder};
///
/// let mut decoder = FrameDecoder::new();
/// let chunks: [&[u8]; 2] = [&[0x00, 0x10, 0x40], &[0x01, 0x41, 0x16]];
/// let mut frames = 0;
/// for mut chunk in chunks {
///     while let Some(event) = decoder.decode(&mut chunk) {
///         match event {
///             Event::Frame { frame, bytes } => {
///                 assert!(matches!(frame, Frame::Short(_)));
///                 assert_eq!(bytes, [0x10, 0x40, 0x01, 0x41, 0x16]);
///                 frames += 1;
///             }
///             Event::Noise(bytes) => assert_eq!(bytes, 1),
///         }
///     }
/// }
/// assert_eq!(frames, 1);
/// ```
#[derive(Clone, Debug)]
pub struct FrameDecoder {
    // A ring. Each entry is the sum, modulo 256, of all bytes up to and including its own; the
    // byte is the difference to the entry before it.
    sums: [u8; CAPACITY],
    // The entry before the first one held.
    base: u8,
    start: usize,
    length: usize,
    // How many bytes have to be held before the frame at the start can be judged further.
    needed: usize,
    noise: usize,
    single_character: SingleCharacter,
    #[cfg(test)]
    steps: usize,
}

/// What a [`FrameDecoder`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<'a> {
    /// A frame.
    Frame {
        /// The frame.
        frame: Frame<'a>,
        /// Its bytes, from start to stop byte.
        bytes: &'a [u8],
    },
    /// So many bytes that belong to no frame, since the last frame.
    ///
    /// It is reported before the next frame, or by [`FrameDecoder::finish`].
    Noise(usize),
}

/// Whether a [`FrameDecoder`] takes the single character E5h for a frame.
///
/// It is then indistinguishable from an E5h in noise, or in a frame whose start was lost; a
/// receiver that does not wait for an acknowledgement does better without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SingleCharacter {
    /// E5h is an acknowledgement.
    #[default]
    Accept,
    /// E5h outside of other frames is noise.
    Skip,
}

/// Where the next thing to report is.
enum Found {
    Noise,
    Held(usize),
    Input(usize),
}

impl FrameDecoder {
    /// The most steps that are spent on a byte of the input, and on a call: a step looks at,
    /// copies, adds up or moves one byte.
    pub const MAX_STEPS: usize = 12;

    /// A decoder that takes E5h for an acknowledgement.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            sums: [0; CAPACITY],
            base: 0,
            start: 0,
            length: 0,
            needed: 1,
            noise: 0,
            single_character: SingleCharacter::Accept,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Says what to make of E5h from here on, bytes already held included.
    pub const fn set_single_character(&mut self, single_character: SingleCharacter) {
        self.single_character = single_character;
    }

    /// Forgets everything held.
    pub const fn clear(&mut self) {
        self.base = 0;
        self.start = 0;
        self.length = 0;
        self.needed = 1;
        self.noise = 0;
    }

    /// How many bytes are held: the start of what may become a frame.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.length
    }

    /// Takes bytes from the front of `input` up to the next thing to report.
    ///
    /// To be called until it returns `None`: then the whole of `input` is taken. What is lent
    /// lasts until the next call.
    pub fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        match self.find(input)? {
            Found::Noise => Some(self.report_noise()),
            Found::Held(length) => self.lend(length),
            Found::Input(length) => {
                let (bytes, rest) = input.split_at_checked(length)?;
                *input = rest;
                let frame = from_checked(bytes)?;
                Some(Event::Frame { frame, bytes })
            }
        }
    }

    /// Judges what is held as if nothing could follow, for a bus that fell silent.
    ///
    /// To be called until it returns `None`: then nothing is held.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        self.needed = 1;
        self.count(1);
        while self.length > 0 {
            match self.judge_held() {
                Verdict::Frame(_) if self.noise > 0 => return Some(self.report_noise()),
                Verdict::Frame(length) => return self.lend(length),
                Verdict::Noise | Verdict::WrongSum(_) | Verdict::Needs(_) => self.skip_held(),
            }
        }
        (self.noise > 0).then(|| self.report_noise())
    }

    fn find(&mut self, input: &mut &[u8]) -> Option<Found> {
        self.count(1);
        loop {
            let found = if self.length == 0 {
                self.find_in_input(input)?
            } else {
                self.find_in_held(input)?
            };
            match found {
                Some(_) if self.noise > 0 => return Some(Found::Noise),
                Some(found) => return Some(found),
                None => {}
            }
        }
    }

    /// Looks for a frame where nothing is held: `Some(None)` goes on with what is held by then,
    /// `None` waits for input.
    fn find_in_input(&mut self, input: &mut &[u8]) -> Option<Option<Found>> {
        loop {
            let (_, rest) = input.split_first()?;
            match self.judge_input(input) {
                Verdict::Frame(length) => return Some(Some(Found::Input(length))),
                Verdict::Noise => {
                    *input = rest;
                    self.noise = self.noise.saturating_add(1);
                }
                // To add up each false start in the input would not be linear: go on with sums.
                Verdict::WrongSum(needed) | Verdict::Needs(needed) => {
                    self.needed = needed;
                    self.hold(input);
                    return Some(None);
                }
            }
        }
    }

    /// Looks for a frame at the start of what is held, as [`Self::find_in_input`].
    fn find_in_held(&mut self, input: &mut &[u8]) -> Option<Option<Found>> {
        while self.length > 0 {
            self.hold(input);
            if self.length < self.needed {
                return None;
            }
            match self.judge_held() {
                Verdict::Frame(length) => return Some(Some(Found::Held(length))),
                Verdict::Noise | Verdict::WrongSum(_) => self.skip_held(),
                Verdict::Needs(needed) => self.needed = needed,
            }
        }
        Some(None)
    }

    fn report_noise(&mut self) -> Event<'static> {
        Event::Noise(core::mem::take(&mut self.noise))
    }

    #[cfg(test)]
    fn count(&mut self, steps: usize) {
        self.steps += steps;
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self)]
    const fn count(&mut self, _steps: usize) {}
}

impl Default for FrameDecoder {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::link::frame::tests::any_frame_bytes;

    const _: () = assert!(size_of::<FrameDecoder>() <= CAPACITY + 64);

    #[derive(Debug, PartialEq)]
    enum Owned {
        Frame(Vec<u8>),
        Noise(usize),
    }

    /// The procedure of the documentation, over the whole of the input.
    fn reference(input: &[u8], single: SingleCharacter) -> Vec<Owned> {
        let mut events = Vec::new();
        let mut noise = 0;
        let mut at = 0;
        while at < input.len() {
            match Frame::parse(&input[at..]) {
                Ok((frame, _)) if frame != Frame::Ack || single == SingleCharacter::Accept => {
                    if noise > 0 {
                        events.push(Owned::Noise(noise));
                        noise = 0;
                    }
                    let end = at + frame.encoded_len();
                    events.push(Owned::Frame(input[at..end].to_vec()));
                    at = end;
                }
                _ => {
                    noise += 1;
                    at += 1;
                }
            }
        }
        if noise > 0 {
            events.push(Owned::Noise(noise));
        }
        events
    }

    fn owned(event: Event<'_>) -> Owned {
        match event {
            Event::Frame { frame, bytes } => {
                assert_eq!(Frame::parse(bytes), Ok((frame, &[][..])));
                Owned::Frame(bytes.to_vec())
            }
            Event::Noise(count) => Owned::Noise(count),
        }
    }

    /// Decodes `input` in chunks of the given lengths, repeated, and counts the work.
    fn decode(input: &[u8], chunks: &[usize], single: SingleCharacter) -> Vec<Owned> {
        let mut decoder = FrameDecoder::new();
        decoder.set_single_character(single);
        let mut events = Vec::new();
        let mut calls = 0;
        let mut rest = input;
        let mut lengths = chunks.iter().copied().cycle();
        while !rest.is_empty() {
            let length = lengths.next().unwrap_or(rest.len()).clamp(1, rest.len());
            let (mut chunk, after) = rest.split_at(length);
            rest = after;
            calls += 1;
            while let Some(event) = decoder.decode(&mut chunk) {
                events.push(owned(event));
                calls += 1;
            }
            assert!(chunk.is_empty());
        }
        calls += 1;
        while let Some(event) = decoder.finish() {
            events.push(owned(event));
            calls += 1;
        }
        assert_eq!(decoder.held(), 0);
        let bound = FrameDecoder::MAX_STEPS * (input.len() + calls);
        assert!(decoder.steps <= bound, "{} > {bound}", decoder.steps);
        events
    }

    const SHORT: [u8; 5] = [0x10, 0x5B, 0x01, 0x5C, 0x16];

    #[test]
    fn a_frame_within_a_false_start_is_found() {
        let input = [&[0x68, 0xFF, 0xFF, 0x68, 0x00], &SHORT[..]].concat();
        assert_eq!(
            decode(&input, &[1], SingleCharacter::Accept),
            [Owned::Noise(5), Owned::Frame(SHORT.to_vec())]
        );
    }

    #[test]
    fn a_frame_in_the_input_is_not_copied() {
        let mut decoder = FrameDecoder::new();
        let mut input = &SHORT[..];
        let Some(Event::Frame { bytes, .. }) = decoder.decode(&mut input) else {
            panic!();
        };
        assert!(core::ptr::eq(bytes, &SHORT[..]));
    }

    #[test]
    fn nothing_is_reported_before_a_frame_is_whole() {
        let mut decoder = FrameDecoder::new();
        for byte in &SHORT[..4] {
            assert_eq!(decoder.decode(&mut &[*byte][..]), None);
        }
        assert_eq!(decoder.held(), 4);
        assert!(decoder.decode(&mut &SHORT[4..]).is_some());
        assert_eq!(decoder.held(), 0);
    }

    #[test]
    fn silence_ends_a_false_start() {
        let mut decoder = FrameDecoder::new();
        let input = [&[0x68, 0x20, 0x20, 0x68], &SHORT[..], &[0x68]].concat();
        assert_eq!(decoder.decode(&mut &input[..]), None);
        assert_eq!(decoder.finish(), Some(Event::Noise(4)));
        assert!(matches!(decoder.finish(), Some(Event::Frame { .. })));
        assert_eq!(decoder.finish(), Some(Event::Noise(1)));
        assert_eq!(decoder.finish(), None);
    }

    #[test]
    fn the_single_character_can_be_noise() {
        let input = [&[0xE5], &SHORT[..]].concat();
        assert_eq!(
            decode(&input, &[6], SingleCharacter::Accept)[0],
            Owned::Frame(alloc::vec![0xE5])
        );
        assert_eq!(
            decode(&input, &[6], SingleCharacter::Skip)[0],
            Owned::Noise(1)
        );
    }

    #[test]
    fn hostile_input_costs_a_bounded_number_of_steps() {
        // Runs of 68h are frame starts at every position; the runs of 16h are their stop bytes.
        for run in 1..=130 {
            let mut input = Vec::new();
            while input.len() < 20_000 {
                input.extend(core::iter::repeat_n(0x68, run));
                input.extend(core::iter::repeat_n(0x16, run));
            }
            for chunks in [&[1][..], &[7], &[261], &[20_000]] {
                decode(&input, chunks, SingleCharacter::Accept);
            }
        }
        for input in [[0x68; 20_000], [0x10; 20_000], [0xE5; 20_000]] {
            decode(&input, &[3], SingleCharacter::Accept);
            decode(&input, &[20_000], SingleCharacter::Skip);
        }
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        let start = prop::sample::select(alloc::vec![0x68u8, 0x10, 0xE5, 0x16, 0x03, 0x04, 0x09]);
        prop_oneof![
            4 => any_frame_bytes(),
            1 => prop::collection::vec(any::<u8>(), 0..20),
            3 => prop::collection::vec(start, 0..40),
            2 => (any_frame_bytes(), any::<prop::sample::Index>())
                .prop_map(|(bytes, cut)| bytes[..cut.index(bytes.len())].to_vec()),
            2 => (any_frame_bytes(), any::<prop::sample::Index>(), any::<u8>()).prop_map(
                |(mut bytes, at, byte)| {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                    bytes
                }
            ),
            2 => any::<u8>().prop_map(|length| alloc::vec![0x68, length, length, 0x68]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn any_chunking_finds_what_the_whole_input_has(
            pieces in prop::collection::vec(piece(), 0..30),
            chunks in prop::collection::vec(1usize..400, 1..6),
            skip: bool,
        ) {
            let input = pieces.concat();
            let single = if skip { SingleCharacter::Skip } else { SingleCharacter::Accept };
            let expected = reference(&input, single);
            prop_assert_eq!(decode(&input, &chunks, single), expected);
        }

        #[test]
        fn bytes_one_by_one_find_what_the_whole_input_has(
            pieces in prop::collection::vec(piece(), 0..30),
        ) {
            let input = pieces.concat();
            let expected = reference(&input, SingleCharacter::Accept);
            prop_assert_eq!(decode(&input, &[1], SingleCharacter::Accept), expected);
        }
    }
}
