//! One exchange on the line: silence, request, answer, repetition.

use meter_units::Instant;

use crate::link::Frame;

use super::config::{Acknowledgement, Config};
use super::event::Failure;
use super::receiver::{Answer, Expectation, Received, Receiver};

/// The character that wakes meters up.
static WAKE_UP: [u8; 64] = [0x55; 64];

/// What answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expect {
    Nothing,
    Ack,
    Data,
}

/// When an answer is complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settle {
    /// With its last byte.
    Early,
    /// When the line has fallen silent, so that a second answer shows.
    Quiet,
}

/// Which answers are worth another try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RetryOn {
    Silence,
    Failure,
}

/// A request and how to go about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exchange {
    pub(super) expectation: Expectation,
    pub(super) retries: u8,
    pub(super) retry_on: RetryOn,
}

/// The line: what is sent, what is awaited, and when it was last busy.
#[derive(Clone, Debug)]
pub(super) struct Line {
    state: State,
    exchange: Option<Exchange>,
    request: [u8; Frame::MAX_LENGTH],
    length: usize,
    /// What `poll` has still to hand out.
    pending: Pending,
    receiver: Receiver,
    /// Nothing may be sent before.
    quiet_at: Instant,
    /// Until then the meters are awake.
    awake_until: Instant,
    /// The last try was not answered in time, and may be yet.
    late: bool,
    sent: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Idle,
    /// The request waits for silence, and not for longer than the limit.
    Quiet {
        limit: Instant,
    },
    /// The characters that wake meters up are being sent.
    Waking {
        until: Instant,
    },
    Awaiting {
        until: Instant,
    },
    Receiving {
        idle: Instant,
        full: Instant,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    Nothing,
    WakeUp(u32),
    Request,
}

impl Line {
    pub(super) const fn new() -> Self {
        Self {
            state: State::Idle,
            exchange: None,
            request: [0; Frame::MAX_LENGTH],
            length: 0,
            pending: Pending::Nothing,
            receiver: Receiver::new(),
            quiet_at: Instant::ORIGIN,
            awake_until: Instant::ORIGIN,
            late: false,
            sent: 0,
        }
    }

    /// How many requests were sent.
    pub(super) const fn sent(&self) -> u32 {
        self.sent
    }

    pub(super) fn telegram(&self) -> &[u8] {
        self.receiver.telegram()
    }

    pub(super) fn has_pending(&self) -> bool {
        self.pending != Pending::Nothing
    }

    pub(super) fn timeout(&self) -> Option<Instant> {
        match self.state {
            State::Idle => None,
            State::Quiet { limit } => Some(self.quiet_at.min(limit)),
            State::Waking { until } | State::Awaiting { until } => Some(until),
            State::Receiving { idle, full } => Some(idle.min(full)),
        }
    }

    /// Keeps silent for so long, at least.
    pub(super) fn rest(&mut self, until: Instant) {
        self.quiet_at = self.quiet_at.max(until);
    }

    /// Begins an exchange; one that is under way ends.
    pub(super) fn begin(
        &mut self,
        now: Instant,
        config: &Config,
        frame: &Frame<'_>,
        exchange: Exchange,
    ) {
        self.length = frame.encode_into(&mut self.request).unwrap_or(0);
        self.exchange = Some(exchange);
        self.late = false;
        self.queue(now, config);
    }

    /// Ends the exchange. The line counts as busy for as long as an answer could take.
    pub(super) fn abort(&mut self, now: Instant, config: &Config) {
        match self.state {
            State::Awaiting { until } => self.rest(until),
            State::Receiving { .. } => self.rest(now.saturating_add(config.idle_time())),
            State::Idle | State::Quiet { .. } | State::Waking { .. } => {}
        }
        self.state = State::Idle;
        self.exchange = None;
        self.pending = Pending::Nothing;
    }

    pub(super) fn poll(&mut self) -> Option<&[u8]> {
        match self.pending {
            Pending::Nothing => None,
            Pending::WakeUp(left) => {
                let count = left.min(64);
                let left = left.saturating_sub(count);
                self.pending = if left > 0 {
                    Pending::WakeUp(left)
                } else {
                    Pending::Nothing
                };
                WAKE_UP.get(..usize::try_from(count).unwrap_or(0))
            }
            Pending::Request => {
                self.pending = Pending::Nothing;
                // Not before: an event may have lent the last answer.
                self.receiver.clear();
                self.request.get(..self.length)
            }
        }
    }

    pub(super) fn input(&mut self, now: Instant, config: &Config, bytes: &[u8]) -> Option<Answer> {
        if bytes.is_empty() {
            return None;
        }
        self.rest(now.saturating_add(config.pause_time()));
        let full = match self.state {
            State::Idle | State::Quiet { .. } | State::Waking { .. } => return None,
            // What arrives before the request went out answers nothing.
            _ if self.pending == Pending::Request => return None,
            State::Awaiting { .. } => now.saturating_add(config.full_time()),
            State::Receiving { full, .. } => full,
        };
        let expectation = self.exchange?.expectation;
        if expectation.what == Expect::Nothing {
            return None;
        }
        let request = self.request.get(..self.length).unwrap_or_default();
        match self.receiver.take(bytes, request, &expectation) {
            Received::Echo => {
                let until = now.saturating_add(config.first_byte_time());
                self.state = State::Awaiting { until };
                None
            }
            Received::Some => {
                let idle = now.saturating_add(config.idle_time());
                self.state = State::Receiving { idle, full };
                None
            }
            Received::Whole(answer) => Some(self.end(now, config, answer)),
        }
    }

    pub(super) fn elapse(&mut self, now: Instant, config: &Config) -> Option<Answer> {
        if self.timeout().is_none_or(|timeout| now < timeout) {
            return None;
        }
        match self.state {
            State::Idle => None,
            State::Quiet { .. } if now >= self.quiet_at => {
                self.wake_or_send(now, config);
                None
            }
            State::Quiet { .. } => {
                let answer = Answer::Failed(Failure::LineBusy);
                Some(self.end(now, config, answer))
            }
            State::Waking { .. } => {
                // Somebody may have talked meanwhile; the meters stay awake while the line rests.
                self.awake_until = now.saturating_add(config.full_time());
                self.queue(now, config);
                None
            }
            State::Awaiting { .. } | State::Receiving { .. } => self.judge(now, config),
        }
    }

    fn judge(&mut self, now: Instant, config: &Config) -> Option<Answer> {
        let exchange = self.exchange?;
        let expectation = exchange.expectation;
        if expectation.what == Expect::Nothing {
            return Some(self.end(now, config, Answer::Sent));
        }
        let request = self.request.get(..self.length).unwrap_or_default();
        let answer = self.receiver.finish(request, &expectation);
        let Answer::Failed(failure) = answer else {
            return Some(self.end(now, config, answer));
        };
        let silent = failure == Failure::NoResponse;
        let again = silent || exchange.retry_on == RetryOn::Failure;
        if again && exchange.retries > 0 {
            self.exchange = Some(Exchange {
                retries: exchange.retries.saturating_sub(1),
                ..exchange
            });
            self.late |= silent;
            self.queue(now, config);
            return None;
        }
        let assumed = expectation.acknowledgement == Acknowledgement::Assumed;
        let answer = if silent && assumed && expectation.what == Expect::Ack {
            Answer::Ack
        } else {
            answer
        };
        Some(self.end(now, config, answer))
    }

    fn end(&mut self, now: Instant, config: &Config, answer: Answer) -> Answer {
        if self.late && !matches!(answer, Answer::Failed(_)) {
            // This may be the late answer to the try before, with another one on its way.
            self.rest(now.saturating_add(config.first_byte_time()));
        }
        self.state = State::Idle;
        self.exchange = None;
        self.pending = Pending::Nothing;
        answer
    }

    fn queue(&mut self, now: Instant, config: &Config) {
        let limit = now.max(self.quiet_at).saturating_add(config.full_time());
        self.state = State::Quiet { limit };
        if now >= self.quiet_at {
            self.wake_or_send(now, config);
        }
    }

    fn wake_or_send(&mut self, now: Instant, config: &Config) {
        let characters = config.wake_up_characters();
        if characters == 0 || now < self.awake_until {
            return self.send(now, config);
        }
        self.pending = Pending::WakeUp(characters);
        let until = now
            .saturating_add(config.character_time(characters))
            .saturating_add(config.pause_time());
        self.state = State::Waking { until };
    }

    fn send(&mut self, now: Instant, config: &Config) {
        self.pending = Pending::Request;
        self.sent = self.sent.saturating_add(1);
        let characters = u32::try_from(self.length).unwrap_or(u32::MAX);
        let end = now.saturating_add(config.character_time(characters));
        let until = end.saturating_add(config.first_byte_time());
        self.state = State::Awaiting { until };
        self.rest(end.saturating_add(config.pause_time()));
        self.awake_until = until.saturating_add(config.full_time());
    }
}
