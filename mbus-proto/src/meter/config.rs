//! What a meter is told, and what it hands out.

use core::time::Duration;

use crate::app::{ApplicationError, ResetCode};
use crate::bit_time::bit_time;
use crate::link::{Identification, PrimaryAddress, SecondaryAddress};

/// What a [`Meter`](super::Meter) is and how it answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// The secondary address.
    pub address: SecondaryAddress,
    /// The fabrication number, by which selections can be narrowed down.
    pub fabrication: Option<Identification>,
    /// The bit rate.
    pub bits_per_second: u32,
    /// How long to wait between request and answer: at least 11 bit times, and at most 330 bit times
    /// and 50 ms (EN 13757-2).
    pub answer_delay: Duration,
    /// When to return to the old bit rate if nothing is heard at a new one.
    pub fallback: Duration,
}

impl Config {
    /// A meter with this address, at 2400 bit/s.
    #[must_use]
    pub const fn new(address: SecondaryAddress) -> Self {
        Self {
            address,
            fabrication: None,
            bits_per_second: 2400,
            answer_delay: Duration::ZERO,
            fallback: Duration::from_secs(120),
        }
    }

    /// The pause before an answer.
    #[must_use]
    pub fn answer_time(&self) -> Duration {
        let longest = self.bits(330).saturating_add(Duration::from_millis(50));
        self.answer_delay.max(self.bits(11)).min(longest)
    }

    /// The silence after which the beginning of a frame is given up.
    pub(super) fn silence(&self) -> Duration {
        self.bits(330)
    }

    fn bits(&self, bits: u32) -> Duration {
        bit_time(bits, self.bits_per_second)
    }
}

/// Whether requests of data are answered with data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Availability {
    /// With data.
    #[default]
    Ready,
    /// With an error of the application, such as
    /// [`ApplicationError::Busy`] or [`ApplicationError::TooManyReadouts`].
    Refused(ApplicationError),
    /// Not at all.
    Silent,
}

/// What [`Meter::poll_output`](super::Meter::poll_output) hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output<'a> {
    /// Bytes for the bus.
    Transmit(&'a [u8]),
    /// Something happened.
    Event(Event<'a>),
}

/// What a master did to the meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// It selected the meter.
    Selected,
    /// It selected others, or ended the selection.
    Deselected,
    /// It reset the link.
    Reset,
    /// It reset the application, or selected what the telegrams are about.
    ApplicationReset(Option<ResetCode>),
    /// It sent records; addresses among them and selections for readout are done already.
    Written(&'a [u8]),
    /// It gave the meter a primary address, which has to be kept.
    PrimaryAddress(PrimaryAddress),
    /// It gave the meter a secondary address, which has to be kept.
    SecondaryAddress(SecondaryAddress),
    /// Values are to be stored now.
    Synchronize,
    /// The port has to be switched to this bit rate.
    BitRate(u32),
    /// It read the telegram with this number, from 0.
    Read(u16),
    /// It read the alarm.
    AlarmRead(u8),
}

/// Events on their way out.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    events: [Option<Event<'static>>; Self::CAPACITY],
}

impl Queue {
    /// A write can set both addresses; several frames may come in one chunk. What has no room is
    /// not acknowledged.
    const CAPACITY: usize = 8;
    /// The most events of one frame.
    const PER_FRAME: usize = 3;

    pub(super) const fn new() -> Self {
        Self {
            events: [None; Self::CAPACITY],
        }
    }

    /// Whether the events of another frame have room.
    pub(super) fn has_room(&self) -> bool {
        self.events.iter().flatten().count() <= Self::CAPACITY - Self::PER_FRAME
    }

    pub(super) fn push(&mut self, event: Event<'static>) {
        if let Some(free) = self.events.iter_mut().find(|place| place.is_none()) {
            *free = Some(event);
        }
    }

    pub(super) fn pop(&mut self) -> Option<Event<'static>> {
        let [first, rest @ ..] = self.events;
        let [a, b, c, d, e, f, g] = rest;
        self.events = [a, b, c, d, e, f, g, None];
        first
    }

    pub(super) fn has_written(&self) -> bool {
        let mut events = self.events.iter().flatten();
        events.any(|event| matches!(event, Event::Written(_)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_comes_within_the_time_of_the_standard() {
        let address = "12345678.PAD.01.07".parse().unwrap();
        let answer = |delay| Config {
            answer_delay: Duration::from_millis(delay),
            ..Config::new(address)
        };
        assert_eq!(answer(0).answer_time(), Duration::from_micros(4_584));
        assert_eq!(answer(20).answer_time(), Duration::from_millis(20));
        assert_eq!(answer(999).answer_time(), Duration::from_micros(187_500));
    }
}
