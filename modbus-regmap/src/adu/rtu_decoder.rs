//! RTU frames out of a stream of bytes.

mod ring;

use self::ring::{CAPACITY, Ring};
use crate::UnitId;
use crate::adu::crc::crc16;
use crate::adu::rtu::{FrameLength, request_length, response_length};
use crate::adu::{Adu, Direction, Event, Header, UnitSet};

const MIN_LENGTH: usize = 4;

/// Finds the RTU frames in a stream of bytes that arrives in any chunks.
///
/// # What is found
///
/// Exactly what this procedure finds in the whole of the stream: at each position from the left,
/// derive the length of a frame from the bytes ([`Rtu::length`](crate::adu::Rtu::length)), and test
/// the CRC. If it fits, the frame is reported and the procedure goes on behind it; otherwise the
/// one byte at this position is skipped and the procedure goes on at the next. Where both
/// directions are expected, the shorter of the two lengths is tried first, unless
/// [`set_own`](Self::set_own) rules one out.
///
/// A false start can ask for up to 256 bytes before it shows to be one. When the line falls silent,
/// [`finish`](Self::finish) treats what is held as all there is.
///
/// Functions whose length cannot be told (see [`FrameLength::Unknown`]) are skipped, unless
/// [`set_unknown`](Self::set_unknown) lets the CRC decide where they end.
///
/// # Cost
///
/// The decoder holds one frame and the CRC register at each of its bytes, without an allocator. A
/// frame that lies whole in the input is lent from there and not copied. Since the CRC is linear,
/// the registers at both ends of any run of bytes tell whether it ends with its CRC: whatever the
/// input, the work is linear in its length, with at most [`MAX_STEPS`](Self::MAX_STEPS) steps for a
/// byte.
///
/// # Examples
///
/// ```
/// use modbus_regmap::adu::{Direction, Event, RtuDecoder};
///
/// let mut decoder = RtuDecoder::new(Direction::Response);
/// let chunks: [&[u8]; 2] = [&[0xFF, 0x00, 0x64, 0x83], &[0x05, 0x91, 0x2C]];
/// let mut frames = 0;
/// for mut chunk in chunks {
///     while let Some(event) = decoder.decode(&mut chunk) {
///         match event {
///             Event::Frame(adu) => {
///                 assert_eq!(adu.pdu, [0x83, 0x05]);
///                 frames += 1;
///             }
///             Event::Skipped(bytes) => assert_eq!(bytes, 2),
///             Event::Lost(_) => unreachable!("only TCP streams can be lost"),
///         }
///     }
/// }
/// assert_eq!(frames, 1);
/// ```
#[derive(Clone, Debug)]
pub struct RtuDecoder {
    ring: Ring,
    // The longest run from the first byte held on that is known to be no frame.
    tried: usize,
    // How many bytes have to be held before the frame at the start can be judged further.
    needed: usize,
    skipped: usize,
    direction: Direction,
    unknown: bool,
    own: UnitSet,
    #[cfg(test)]
    steps: usize,
}

/// What the bytes at some position are.
enum Verdict {
    /// A frame of this length.
    Frame(usize),
    /// No frame of this length.
    WrongCrc(usize),
    /// No frame.
    Noise,
    /// Perhaps a frame; to know more takes this many bytes.
    Needs(usize),
}

/// Where the next thing to report is.
enum Found {
    Skipped,
    Held(usize),
    Input(usize),
}

impl RtuDecoder {
    /// The most steps that are spent on a byte of the input: a step looks at, copies or moves one
    /// byte, takes one object of an identification, or tests one CRC.
    ///
    /// A stream of requests and answers takes about 5. The bound is that of false starts of
    /// identifications, one after the other.
    pub const MAX_STEPS: usize = 170;
    /// As [`MAX_STEPS`](Self::MAX_STEPS), with [`UnknownFunctions::ByCrc`].
    pub const MAX_STEPS_BY_CRC: usize = 280;

    /// A decoder for frames of one direction, or of both.
    #[must_use]
    pub const fn new(direction: Direction) -> Self {
        Self {
            ring: Ring::EMPTY,
            tried: 0,
            needed: 1,
            skipped: 0,
            direction,
            unknown: false,
            own: UnitSet::EMPTY,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Says whether frames of functions that do not tell their length are looked for: at every
    /// length, the CRC decides.
    ///
    /// One in some hundred false starts then passes for a frame, so that it is off at first.
    pub const fn set_unknown(&mut self, unknown: UnknownFunctions) {
        self.unknown = matches!(unknown, UnknownFunctions::ByCrc);
    }

    /// Says which units are known to get requests only, where both directions are expected.
    ///
    /// A request can start with what passes for a shorter answer: a CRC that fits goes on to fit
    /// behind a zero. A server has to name its own units for that reason.
    pub const fn set_own(&mut self, units: UnitSet) {
        self.own = units;
    }

    /// Forgets everything held and returns how many bytes that were.
    pub const fn clear(&mut self) -> usize {
        let dropped = self.ring.len().saturating_add(self.skipped);
        self.ring.clear();
        self.tried = 0;
        self.needed = 1;
        self.skipped = 0;
        dropped
    }

    /// How many bytes are held: the start of what may become a frame.
    #[must_use]
    pub const fn held(&self) -> usize {
        self.ring.len()
    }

    /// Takes bytes from the front of `input` up to the next thing to report.
    ///
    /// To be called until it returns `None`: then the whole of `input` is taken. What is lent
    /// lasts until the next call.
    pub fn decode<'d, 'i: 'd>(&'d mut self, input: &mut &'i [u8]) -> Option<Event<'d>> {
        match self.find(input)? {
            Found::Skipped => Some(self.report_skipped()),
            Found::Held(length) => self.lend(length),
            Found::Input(length) => {
                let (bytes, rest) = input.split_at_checked(length)?;
                *input = rest;
                adu(bytes).map(Event::Frame)
            }
        }
    }

    /// Judges what is held as if nothing could follow, for a line that fell silent.
    ///
    /// To be called until it returns `None`: then nothing is held.
    pub fn finish(&mut self) -> Option<Event<'_>> {
        self.needed = 1;
        while !self.ring.is_empty() {
            match self.judge_held() {
                Verdict::Frame(_) if self.skipped > 0 => return Some(self.report_skipped()),
                Verdict::Frame(length) => return self.lend(length),
                Verdict::WrongCrc(length) => self.tried = length,
                Verdict::Noise | Verdict::Needs(_) => self.skip_held(),
            }
        }
        (self.skipped > 0).then(|| self.report_skipped())
    }

    fn find(&mut self, input: &mut &[u8]) -> Option<Found> {
        loop {
            let found = if self.ring.is_empty() {
                self.find_in_input(input)?
            } else {
                self.find_in_held(input)?
            };
            match found {
                Some(_) if self.skipped > 0 => return Some(Found::Skipped),
                Some(found) => return Some(found),
                None => {}
            }
        }
    }

    /// Looks for a frame where nothing is held: `Some(None)` goes on with what is held by then,
    /// `None` waits for input.
    #[inline]
    fn find_in_input(&mut self, input: &mut &[u8]) -> Option<Option<Found>> {
        loop {
            let (_, rest) = input.split_first()?;
            self.count(1);
            let at = |index: usize| input.get(index).copied();
            let verdict = self.judge(at, input.len(), 0, |length| {
                input.get(..length).is_some_and(|bytes| crc16(bytes) == 0)
            });
            match verdict {
                Verdict::Frame(length) => {
                    self.count(length);
                    return Some(Some(Found::Input(length)));
                }
                Verdict::Noise => {
                    *input = rest;
                    self.skipped = self.skipped.saturating_add(1);
                }
                // A CRC over each false start in the input would not be linear: go on with the
                // registers.
                Verdict::WrongCrc(needed) | Verdict::Needs(needed) => {
                    self.needed = needed;
                    self.hold(input);
                    return Some(None);
                }
            }
        }
    }

    /// Looks for a frame at the start of what is held, as [`Self::find_in_input`].
    fn find_in_held(&mut self, input: &mut &[u8]) -> Option<Option<Found>> {
        while !self.ring.is_empty() {
            self.hold(input);
            if self.ring.len() < self.needed {
                return None;
            }
            match self.judge_held() {
                Verdict::Frame(length) => return Some(Some(Found::Held(length))),
                Verdict::WrongCrc(length) => self.tried = length,
                Verdict::Noise => self.skip_held(),
                Verdict::Needs(needed) => self.needed = needed,
            }
        }
        Some(None)
    }

    fn judge_held(&mut self) -> Verdict {
        // A walk over the objects of an identification, none of which is shorter than two bytes.
        if self.ring.byte(1) == Some(0x2B) {
            self.count(self.ring.len() / 2);
        }
        self.count(1);
        self.judge(
            |index| self.ring.byte(index),
            self.ring.len(),
            self.tried,
            |length| self.ring.is_checked(length),
        )
    }

    /// Judges the bytes from some position on, of which runs up to `tried` are no frame.
    #[inline]
    fn judge(
        &self,
        at: impl Fn(usize) -> Option<u8>,
        available: usize,
        tried: usize,
        is_checked: impl FnOnce(usize) -> bool,
    ) -> Verdict {
        let next = match self.direction {
            Direction::Request => self.candidate(request_length(at), tried),
            Direction::Response => self.candidate(response_length(at), tried),
            Direction::Both if at(0).is_some_and(|unit| self.own.contains(UnitId(unit))) => {
                self.candidate(request_length(at), tried)
            }
            Direction::Both => {
                let request = self.candidate(request_length(&at), tried);
                let response = self.candidate(response_length(&at), tried);
                match (request, response) {
                    (Some(request), Some(response)) => Some(request.min(response)),
                    (request, response) => request.or(response),
                }
            }
        };
        match next {
            None => Verdict::Noise,
            Some(length) if length > available => Verdict::Needs(length),
            Some(length) if is_checked(length) => Verdict::Frame(length),
            Some(length) => Verdict::WrongCrc(length),
        }
    }

    /// The shortest run above `tried` that may be a frame, or that is needed to know more.
    fn candidate(&self, length: FrameLength, tried: usize) -> Option<usize> {
        match length {
            FrameLength::Known(length) | FrameLength::AtLeast(length) => {
                (length > tried).then_some(length)
            }
            FrameLength::Unknown if self.unknown && tried < CAPACITY => {
                Some(tried.saturating_add(1).max(MIN_LENGTH))
            }
            FrameLength::Unknown | FrameLength::Invalid => None,
        }
    }

    /// Takes from `input` what the frame at the start needs, or all there is.
    fn hold(&mut self, input: &mut &[u8]) {
        let missing = self
            .needed
            .min(CAPACITY)
            .saturating_sub(self.ring.len())
            .min(input.len());
        let Some((taken, rest)) = input.split_at_checked(missing) else {
            return;
        };
        *input = rest;
        self.count(missing);
        self.ring.push(taken);
    }

    /// Drops the first byte held as noise.
    fn skip_held(&mut self) {
        self.skipped = self.skipped.saturating_add(1);
        self.start_anew();
        self.ring.drop_front(1);
    }

    const fn start_anew(&mut self) {
        self.needed = 1;
        self.tried = 0;
    }

    fn lend(&mut self, length: usize) -> Option<Event<'_>> {
        // Happens at most once in 256 bytes of the stream, as the start has to come round.
        if !self.ring.is_whole(length) {
            self.count(CAPACITY);
            self.ring.make_whole();
        }
        self.start_anew();
        adu(self.ring.take(length)?).map(Event::Frame)
    }

    fn report_skipped(&mut self) -> Event<'static> {
        Event::Skipped(core::mem::take(&mut self.skipped))
    }

    #[cfg(test)]
    fn count(&mut self, steps: usize) {
        self.steps += steps;
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self)]
    const fn count(&mut self, _steps: usize) {}
}

/// What to do about functions whose frames do not tell their length.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum UnknownFunctions {
    /// Their frames are skipped.
    #[default]
    Skip,
    /// Their frames end where a CRC fits.
    ByCrc,
}

/// The frame in bytes that were checked.
fn adu(bytes: &[u8]) -> Option<Adu<'_>> {
    match bytes {
        [unit, pdu @ .., _, _] => Some(Adu {
            header: Header::serial(UnitId(*unit)),
            pdu,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
