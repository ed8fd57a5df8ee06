//! What comes back after a request: echo, acknowledgement, telegram, noise.

use crate::link::{AddressKind, Event, Frame, FrameDecoder, Function, PrimaryAddress};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

use super::config::{Acknowledgement, AnswerAddress, Config};
use super::event::Failure;
use super::line::{Expect, Settle};

/// Sorts the bytes that arrive after a request.
#[derive(Clone, Debug)]
pub(super) struct Receiver {
    decoder: FrameDecoder,
    /// All bytes since the request, or the telegram once there is one.
    bytes: [u8; Frame::MAX_LENGTH],
    length: usize,
    /// How much of the request has come back; `None` once something else came.
    echo: Option<usize>,
    tally: Tally,
}

/// What was received so far.
#[derive(Clone, Copy, Debug)]
struct Tally {
    acks: u8,
    /// Answers with data.
    frames: u8,
    noise: bool,
    /// Another slave that answered with data.
    foreign: Option<PrimaryAddress>,
}

/// What an exchange came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// E5h.
    Ack,
    /// The telegram that the receiver holds.
    Telegram,
    /// The request needs no answer, and went out.
    Sent,
    Failed(Failure),
}

/// How far the bytes of a chunk have led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Received {
    /// The request came back; nothing else yet.
    Echo,
    /// Something; the answer may go on.
    Some,
    /// All that was asked for.
    Whole(Answer),
}

impl Receiver {
    pub(super) const fn new() -> Self {
        Self {
            decoder: FrameDecoder::new(),
            bytes: [0; Frame::MAX_LENGTH],
            length: 0,
            echo: Some(0),
            tally: Tally::NOTHING,
        }
    }

    /// Forgets the last answer.
    pub(super) const fn clear(&mut self) {
        self.decoder.clear();
        self.length = 0;
        self.echo = Some(0);
        self.tally = Tally::NOTHING;
    }

    /// The telegram, after [`Answer::Telegram`].
    pub(super) fn telegram(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }

    /// Takes a chunk, which is not empty, of the answer to `request`.
    pub(super) fn take(
        &mut self,
        mut chunk: &[u8],
        request: &[u8],
        expected: &Expectation,
    ) -> Received {
        if let Some(mut at) = self.echo {
            while let (Some((byte, rest)), Some(sent)) = (chunk.split_first(), request.get(at)) {
                if byte != sent {
                    break;
                }
                chunk = rest;
                at = at.saturating_add(1);
            }
            self.echo = Some(at);
            if chunk.is_empty() {
                return if at >= request.len() {
                    Received::Echo
                } else {
                    Received::Some
                };
            }
            if let Some(answer) = self.end_echo(request, expected) {
                return Received::Whole(answer);
            }
        }
        match self.sort(chunk, expected) {
            Some(answer) => Received::Whole(answer),
            None => Received::Some,
        }
    }

    /// Judges what has come when the line is silent, or time is over.
    pub(super) fn finish(&mut self, request: &[u8], expected: &Expectation) -> Answer {
        if self.echo.is_some() {
            if let Some(answer) = self.end_echo(request, expected) {
                return answer;
            }
        }
        while let Some(event) = self.decoder.finish() {
            let place = (&mut self.bytes, &mut self.length);
            self.tally.count(&event, expected, place);
        }
        self.judge(expected)
    }

    /// From here on nothing is taken for an echo. What looked like the beginning of one was
    /// received after all.
    fn end_echo(&mut self, request: &[u8], expected: &Expectation) -> Option<Answer> {
        let at = self.echo.take()?;
        if at >= request.len() {
            return None;
        }
        self.sort(request.get(..at)?, expected)
    }

    fn sort(&mut self, chunk: &[u8], expected: &Expectation) -> Option<Answer> {
        if self.tally.frames == 0 {
            self.keep(chunk);
        }
        let mut rest = chunk;
        while let Some(event) = self.decoder.decode(&mut rest) {
            let place = (&mut self.bytes, &mut self.length);
            self.tally.count(&event, expected, place);
            if expected.settle == Settle::Early {
                match expected.what {
                    Expect::Data if self.tally.frames > 0 => return Some(Answer::Telegram),
                    Expect::Ack if self.tally.acks > 0 && !self.tally.noise => {
                        return Some(Answer::Ack);
                    }
                    _ => {}
                }
            }
        }
        None
    }

    fn keep(&mut self, chunk: &[u8]) {
        let free = self.bytes.iter_mut().skip(self.length);
        let mut count: usize = 0;
        for (to, from) in free.zip(chunk) {
            *to = *from;
            count = count.wrapping_add(1);
        }
        self.length = self.length.saturating_add(count);
    }

    fn judge(&mut self, expected: &Expectation) -> Answer {
        let noise = self.tally.noise && !expected.tolerance.contains(Tolerance::NOISE);
        match (self.tally.frames, self.tally.acks) {
            // Before an exact answer nothing is overlooked: it may be what is left of a collision.
            (1, 0) if !noise || expected.settle == Settle::Early => return Answer::Telegram,
            (1, _) if expected.settle == Settle::Early => return Answer::Telegram,
            (0, 1) if !self.tally.noise => return Answer::Ack,
            (0, 1..) if !self.tally.noise && expected.settle == Settle::Early => {
                return Answer::Ack;
            }
            (0, 0) | (_, _) => {}
        }
        if self.length == 0 && self.tally.frames == 0 && self.tally.acks == 0 {
            return Answer::Failed(Failure::NoResponse);
        }
        if expected.what == Expect::Ack && self.tally.frames == 0 {
            if expected.acknowledgement >= Acknowledgement::Garbled
                && expected.settle == Settle::Early
            {
                return Answer::Ack;
            }
        } else if self.tally.frames == 0 && self.bridge(expected) {
            return Answer::Telegram;
        }
        if let (Some(found), 0) = (self.tally.foreign, self.tally.frames) {
            return Answer::Failed(Failure::Address { found });
        }
        Answer::Failed(self.failure())
    }

    /// Whether what was received is a telegram with the deviations that are allowed.
    fn bridge(&self, expected: &Expectation) -> bool {
        let received = self.telegram();
        match Frame::parse_with(received, expected.tolerance) {
            Ok((frame, _, met)) => !met.is_empty() && expected.answers(&frame) == Some(Ok(())),
            Err(_) => false,
        }
    }

    fn failure(&self) -> Failure {
        if self.tally.frames > 0 {
            return Failure::Unexpected;
        }
        match Frame::parse(self.telegram()) {
            Err(error) => Failure::Invalid(error),
            Ok((Frame::Ack, [_, ..])) => Failure::Invalid(DecodeError::new(
                DecodeErrorKind::TrailingBytes {
                    count: u16::try_from(self.length.saturating_sub(1)).unwrap_or(u16::MAX),
                },
                1,
            )),
            Ok(_) => Failure::Unexpected,
        }
    }
}

/// What is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Expectation {
    pub(super) what: Expect,
    pub(super) settle: Settle,
    pub(super) address: PrimaryAddress,
    pub(super) acknowledgement: Acknowledgement,
    pub(super) answer_address: AnswerAddress,
    pub(super) tolerance: Tolerance,
}

impl Expectation {
    pub(super) const fn new(
        what: Expect,
        settle: Settle,
        address: PrimaryAddress,
        config: &Config,
    ) -> Self {
        Self {
            what,
            settle,
            address,
            acknowledgement: config.acknowledgement,
            answer_address: config.answer_address,
            tolerance: config.tolerance,
        }
    }

    /// Whether a frame is an answer with data; `None` if it is no answer at all, an error with the
    /// address if another slave answers.
    fn answers(&self, frame: &Frame<'_>) -> Option<Result<(), PrimaryAddress>> {
        let (control, address) = (frame.control()?, frame.address()?);
        if control.is_primary()
            || control.function() != Function::RspUd
            || frame.user_data().is_empty()
        {
            return None;
        }
        let anybody = matches!(
            self.address.kind(),
            AddressKind::Selected | AddressKind::Test
        );
        if anybody || self.answer_address == AnswerAddress::Any || address == self.address {
            Some(Ok(()))
        } else {
            Some(Err(address))
        }
    }
}

impl Tally {
    const NOTHING: Self = Self {
        acks: 0,
        frames: 0,
        noise: false,
        foreign: None,
    };

    /// Counts what the decoder found; the first answer with data is kept in its place.
    fn count(
        &mut self,
        event: &Event<'_>,
        expected: &Expectation,
        (telegram, length): (&mut [u8; Frame::MAX_LENGTH], &mut usize),
    ) {
        match event {
            Event::Noise(_) => self.noise = true,
            Event::Frame {
                frame: Frame::Ack, ..
            } => self.acks = self.acks.saturating_add(1),
            Event::Frame { frame, bytes } => match expected.answers(frame) {
                Some(Ok(())) => {
                    if self.frames == 0 {
                        for (to, from) in telegram.iter_mut().zip(*bytes) {
                            *to = *from;
                        }
                        *length = bytes.len();
                    }
                    self.frames = self.frames.saturating_add(1);
                }
                Some(Err(address)) => {
                    self.foreign = Some(address);
                    self.noise |= expected.settle == Settle::Quiet;
                }
                // A late echo is nothing; anything else is what is left of a collision.
                None => self.noise |= !is_from_master(frame),
            },
        }
    }
}

fn is_from_master(frame: &Frame<'_>) -> bool {
    frame.control().is_some_and(|control| control.is_primary())
}
