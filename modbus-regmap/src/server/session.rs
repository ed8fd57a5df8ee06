//! The server itself.

use meter_units::Instant;

use crate::adu::{self, Adu, Buffer, Decoder, Direction, Framing};
use crate::pdu::{self, ExceptionCode, FunctionCode, Request, Response};
use crate::server::{Config, Event, Image, Output, Statistics, answer};
use crate::{DecodeError, UnitId};

/// How many events are kept between two polls.
const EVENTS: usize = 8;

/// A server over one line or connection, with room for `N` answers.
///
/// See the [module](crate::server) for how to drive it.
#[derive(Clone, Debug)]
pub struct Server<F: Framing, I, const N: usize = 1> {
    decoder: F::Decoder,
    desk: Desk<F, I, N>,
}

/// All but the decoder, whose frames are lent while this goes on.
#[derive(Clone, Debug)]
struct Desk<F: Framing, I, const N: usize> {
    image: I,
    config: Config,
    // In the order in which they are to be sent, from the front on.
    answers: [Answer<F::Frame>; N],
    waiting: usize,
    // The answer that was lent, until the next call.
    lent: bool,
    events: [Option<Event>; EVENTS],
    statistics: Statistics,
    // When bytes that are held cannot become a frame any more.
    gap: Option<Instant>,
    now: Instant,
}

/// A frame to be sent.
#[derive(Clone, Debug)]
struct Answer<B> {
    frame: B,
    length: usize,
    due: Instant,
}

impl<F: Framing, I: Image, const N: usize> Server<F, I, N> {
    /// A server for an image.
    #[must_use]
    pub fn new(image: I, config: Config) -> Self {
        // On a serial line the answers of other devices can be heard, too.
        let direction = if F::IS_SERIAL {
            Direction::Both
        } else {
            Direction::Request
        };
        let mut server = Self {
            decoder: F::decoder(direction),
            desk: Desk {
                image,
                config,
                answers: [const {
                    Answer {
                        frame: F::Frame::EMPTY,
                        length: 0,
                        due: Instant::ORIGIN,
                    }
                }; N],
                waiting: 0,
                lent: false,
                events: [None; EVENTS],
                statistics: Statistics::default(),
                gap: None,
                now: Instant::ORIGIN,
            },
        };
        server.update_units();
        server
    }

    /// Asks the image again which units it has. On a serial line, frames are cut by it.
    pub fn update_units(&mut self) {
        let image = &self.desk.image;
        let has = |unit: &UnitId| *unit == UnitId::BROADCAST || image.has_unit(*unit);
        let units = (0..=u8::MAX).map(UnitId).filter(has).collect();
        self.decoder.set_own(units);
    }

    /// What is answered from.
    #[must_use]
    pub const fn image(&self) -> &I {
        &self.desk.image
    }

    /// As [`image`](Self::image), to change it.
    pub const fn image_mut(&mut self) -> &mut I {
        &mut self.desk.image
    }

    /// Starts over on a new connection: what is held and what is to be sent is forgotten.
    pub fn reconnected(&mut self) {
        self.decoder.clear();
        self.desk.waiting = 0;
        self.desk.lent = false;
        self.desk.gap = None;
    }

    /// Takes bytes that were received, in any pieces.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        self.desk.begin(now);
        let mut rest = bytes;
        while let Some(event) = self.decoder.decode(&mut rest) {
            self.desk.handle(event);
        }
        self.desk.set_gap(self.decoder.held());
    }

    /// Lets time pass. Calling it too early, or once too often, does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        self.desk.begin(now);
        if self.desk.gap.is_some_and(|gap| gap <= now) {
            self.desk.gap = None;
            while let Some(event) = self.decoder.finish() {
                self.desk.handle(event);
            }
        }
    }

    /// What to do: bytes to send, or what happened. To be called until it returns `None`.
    pub fn poll_output(&mut self) -> Option<Output<'_>> {
        self.desk.poll_output()
    }

    /// When to call [`handle_timeout`](Self::handle_timeout).
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        let answer = self.desk.next_answer().map(|answer| answer.due);
        answer.into_iter().chain(self.desk.gap).min()
    }

    /// What was counted so far.
    #[must_use]
    pub const fn statistics(&self) -> Statistics {
        self.desk.statistics
    }

    /// Where the stream is cut: to set what the framing can be told.
    pub const fn decoder_mut(&mut self) -> &mut F::Decoder {
        &mut self.decoder
    }
}

impl<F: Framing, I: Image, const N: usize> Desk<F, I, N> {
    fn begin(&mut self, now: Instant) {
        self.now = now;
        self.drop_lent();
    }

    fn drop_lent(&mut self) {
        if core::mem::take(&mut self.lent) {
            if let Some(waiting) = self.answers.get_mut(..self.waiting) {
                if !waiting.is_empty() {
                    waiting.rotate_left(1);
                }
            }
            self.waiting = self.waiting.saturating_sub(1);
        }
    }

    fn handle(&mut self, event: adu::Event<'_>) {
        match event {
            adu::Event::Frame(adu) => {
                increase(&mut self.statistics.frames, 1);
                self.handle_frame(&adu);
            }
            adu::Event::Skipped(bytes) => {
                increase(&mut self.statistics.skipped, bytes);
                self.push(Event::Skipped(bytes));
            }
            adu::Event::Lost(error) => self.lose(error),
        }
    }

    fn handle_frame(&mut self, adu: &Adu<'_>) {
        let unit = adu.header.unit;
        if F::IS_SERIAL && unit == UnitId::BROADCAST {
            // Answers never have this unit.
            if Request::parse(adu.pdu).is_ok_and(|request| request.is_broadcastable()) {
                increase(&mut self.statistics.requests, 1);
                let mut out = [0; pdu::MAX_LENGTH];
                if let Some((_, event)) = answer(&mut self.image, unit, adu.pdu, &mut out) {
                    self.report(event);
                }
            }
            return;
        }
        let mut out = [0; pdu::MAX_LENGTH];
        let answered = if self.image.has_unit(unit) {
            answer(&mut self.image, unit, adu.pdu, &mut out)
        } else if F::IS_SERIAL {
            None
        } else {
            no_such_unit(adu, &mut out)
        };
        let Some((length, event)) = answered else {
            return;
        };
        increase(&mut self.statistics.requests, 1);
        self.report(event);
        self.send(adu, out.get(..length).unwrap_or_default());
    }

    /// Puts an answer into the queue.
    fn send(&mut self, adu: &Adu<'_>, pdu: &[u8]) {
        if F::IS_SERIAL {
            // Nobody waits for the answer to the request before.
            self.waiting = 0;
        }
        let due = if F::IS_SERIAL {
            self.now
                .saturating_add(self.config.silence().max(self.config.delay))
        } else {
            self.now.saturating_add(self.config.delay)
        };
        let Some(answer) = self.answers.get_mut(self.waiting) else {
            increase(&mut self.statistics.dropped, 1);
            return;
        };
        if let Ok(length) = F::encode_into(adu.header, pdu, answer.frame.as_mut()) {
            answer.length = length;
            answer.due = due;
            self.waiting = self.waiting.saturating_add(1);
        }
    }

    fn report(&mut self, event: Event) {
        if matches!(event, Event::Refused { .. }) {
            increase(&mut self.statistics.exceptions, 1);
        }
        self.push(event);
    }

    fn lose(&mut self, error: DecodeError) {
        self.push(Event::Lost(error));
    }

    /// Keeps an event; where there is no room, the statistics have to do.
    fn push(&mut self, event: Event) {
        if let Some(place) = self.events.iter_mut().find(|place| place.is_none()) {
            *place = Some(event);
        }
    }

    fn set_gap(&mut self, held: usize) {
        let wait = self.config.silence().saturating_add(self.config.jitter);
        self.gap = (F::IS_SERIAL && held > 0).then(|| self.now.saturating_add(wait));
    }

    fn next_answer(&self) -> Option<&Answer<F::Frame>> {
        let waiting = self.answers.get(..self.waiting)?;
        waiting.get(usize::from(self.lent))
    }

    fn poll_output(&mut self) -> Option<Output<'_>> {
        self.drop_lent();
        if self
            .next_answer()
            .is_some_and(|answer| answer.due <= self.now)
        {
            self.lent = true;
            let answer = self.answers.first()?;
            return answer
                .frame
                .as_ref()
                .get(..answer.length)
                .map(Output::Transmit);
        }
        // Those that are left move up.
        let event = self.events.first_mut()?.take()?;
        self.events.rotate_left(1);
        Some(Output::Event(event))
    }
}

/// The answer of a gateway for a unit that it does not know.
fn no_such_unit(adu: &Adu<'_>, out: &mut [u8]) -> Option<(usize, Event)> {
    let function = match adu.pdu.first() {
        Some(code @ 1..=0x7F) => FunctionCode::from_code(*code),
        _ => return None,
    };
    let code = ExceptionCode::GatewayPathUnavailable;
    let length = Response::Exception { function, code }
        .encode_into(out)
        .ok()?;
    let unit = adu.header.unit;
    Some((
        length,
        Event::Refused {
            unit,
            function,
            code,
        },
    ))
}

fn increase(counter: &mut u32, by: usize) {
    *counter = counter.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
}
