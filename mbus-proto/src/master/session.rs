//! The session of a master, and what drives it.

use meter_units::Instant;

use super::config::Config;
use super::event::{CommandError, Event, Found, Outcome, Output, Queue, Response};
use super::frame_count::FrameCounts;
use super::job::{Context, Flow, Job};
use super::line::Line;
use super::receiver::Answer;

/// The session of the master of one bus.
///
/// It owns its buffers, 1584 bytes in all on a 64-bit machine, and needs no allocator. The
/// [module](crate::master) has the contract and an example.
#[derive(Clone, Debug)]
pub struct Master {
    pub(super) config: Config,
    line: Line,
    pub(super) counts: FrameCounts,
    pub(super) job: Job,
    events: Queue,
}

/// What a request asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Class {
    /// Alarms (class 1, REQ_UD1).
    Alarm,
    /// The data of the meter (class 2, REQ_UD2).
    #[default]
    Data,
}

impl Master {
    /// A master that has nothing to do.
    #[must_use]
    pub const fn new(config: Config) -> Self {
        Self {
            counts: FrameCounts::new(config.first_frame_count),
            config,
            line: Line::new(),
            job: Job::None,
            events: Queue::new(),
        }
    }

    /// The settings; [`set_baud_rate`](Self::set_baud_rate) changes the bit rate.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Changes the settings, for the commands to come.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`] while a command is at work.
    pub fn set_config(&mut self, config: Config) -> Result<(), CommandError> {
        self.ready()?;
        if config.first_frame_count != self.config.first_frame_count {
            self.counts = FrameCounts::new(config.first_frame_count);
        }
        self.config = config;
        Ok(())
    }

    /// Whether a command is at work.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        !matches!(self.job, Job::None)
    }

    /// How many telegrams were sent so far, repetitions included.
    #[must_use]
    pub const fn telegrams_sent(&self) -> u32 {
        self.line.sent()
    }

    /// Ends the command at work. The next one waits for an answer that may still come.
    pub fn cancel(&mut self, now: Instant) {
        if self.is_busy() {
            self.line.abort(now, &self.config);
            self.job = Job::None;
            self.events.push(Event::Done(Outcome::Canceled));
        }
    }

    /// Takes bytes that were received, in any chunks.
    ///
    /// While an event waits to be polled, they are passed over.
    pub fn handle_input(&mut self, now: Instant, bytes: &[u8]) {
        if !self.events.is_empty() {
            // The telegram that waits to be polled is not to be overwritten.
            return;
        }
        if let Some(answer) = self.line.input(now, &self.config, bytes) {
            self.step(now, answer);
        }
    }

    /// Lets time pass. Calling it too early, once too often, or while something waits to be polled,
    /// does nothing.
    pub fn handle_timeout(&mut self, now: Instant) {
        if !self.events.is_empty() || self.line.has_pending() {
            return;
        }
        if let Some(answer) = self.line.elapse(now, &self.config) {
            self.step(now, answer);
        }
    }

    /// What is to be sent or known next.
    pub fn poll_output(&mut self) -> Option<Output<'_>> {
        let Some(event) = self.events.pop() else {
            return self.line.poll().map(Output::Transmit);
        };
        let bytes = self.line.telegram();
        Some(Output::Event(match event {
            Event::Telegram(response) => Event::Telegram(Response { bytes, ..response }),
            Event::Found(found) => Event::Found(Found { bytes, ..found }),
            event => event,
        }))
    }

    /// When to call [`handle_timeout`](Self::handle_timeout); `None` while nothing is awaited.
    #[must_use]
    pub fn poll_timeout(&self) -> Option<Instant> {
        self.line.timeout()
    }

    pub(super) fn ready(&self) -> Result<(), CommandError> {
        if self.is_busy() {
            Err(CommandError::Busy)
        } else {
            Ok(())
        }
    }

    pub(super) fn context(&mut self, now: Instant) -> Context<'_> {
        Context {
            now,
            config: &mut self.config,
            line: &mut self.line,
            counts: &mut self.counts,
            events: &mut self.events,
        }
    }

    fn step(&mut self, now: Instant, answer: Answer) {
        let mut context = Context {
            now,
            config: &mut self.config,
            line: &mut self.line,
            counts: &mut self.counts,
            events: &mut self.events,
        };
        if let Flow::End(outcome) = self.job.step(&mut context, answer) {
            self.job = Job::None;
            self.events.push(Event::Done(outcome));
        }
    }
}
