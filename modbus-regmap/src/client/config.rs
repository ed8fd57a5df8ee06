//! What a client can be told about its line and its patience.

use core::time::Duration;

use crate::adu::SerialLine;

/// The settings of a [`Client`](crate::client::Client).
///
/// ```
/// use core::time::Duration;
/// use modbus_regmap::adu::SerialLine;
/// use modbus_regmap::client::Config;
///
/// let mut config = Config::serial(SerialLine::new(19_200).unwrap());
/// config.response_timeout = Duration::from_millis(300);
/// config.attempts = 2;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The longest time from the end of a request to the first byte of its answer. What the bytes
    /// themselves take on the wire is added.
    pub response_timeout: Duration,
    /// How often a request is sent at most; 0 counts as 1.
    pub attempts: u8,
    /// The serial line, if there is one: it says how long frames take, and how much silence has to
    /// be between them.
    pub line: Option<SerialLine>,
    /// How long adapters and operating systems may hold back bytes within a frame.
    pub jitter: Duration,
    /// The silence after an answer, before the next request. Some meters need 20 to 300 ms.
    pub pause: Duration,
    /// The silence after a broadcast, in which devices work on it.
    pub turnaround: Duration,
    /// The time to wait before a request is sent again that was answered with "acknowledge" or
    /// "busy".
    pub busy_delay: Duration,
    /// How long an answer that missed its time-out may still arrive on a serial line.
    ///
    /// There, answers carry no number: one that is late looks like the answer to the next request
    /// of the same function. Until this time has passed, no such request goes to that unit.
    pub late_window: Duration,
    /// What to do about answers with another transaction number, over TCP.
    pub transaction: Check,
    /// What to do about answers from another unit, over TCP.
    pub unit: Check,
    /// The first transaction number, over TCP.
    pub first_transaction: u16,
}

impl Config {
    /// Settings for a serial line.
    #[must_use]
    pub const fn serial(line: SerialLine) -> Self {
        Self {
            line: Some(line),
            jitter: Duration::from_millis(50),
            ..Self::tcp()
        }
    }

    /// Settings for a TCP connection, also for one to a serial server that passes RTU frames on.
    #[must_use]
    pub const fn tcp() -> Self {
        Self {
            response_timeout: Duration::from_secs(1),
            attempts: 3,
            line: None,
            jitter: Duration::from_millis(200),
            pause: Duration::ZERO,
            turnaround: Duration::from_millis(200),
            busy_delay: Duration::from_millis(500),
            late_window: Duration::from_secs(1),
            transaction: Check::Strict,
            unit: Check::Strict,
            first_transaction: 1,
        }
    }

    pub(super) fn transmission_time(&self, characters: usize) -> Duration {
        match self.line {
            Some(line) => line.transmission_time(characters),
            None => Duration::ZERO,
        }
    }
}

/// Whether a field of an answer has to be that of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// Answers with another value are not for this request.
    Strict,
    /// The field is not looked at. Some gateways answer with transaction 0, or for another unit;
    /// without the transaction number, one request is open at a time.
    Ignore,
}
