//! What a server can be told about its line.

use core::time::Duration;

use crate::adu::SerialLine;

/// The settings of a [`Server`](crate::server::Server).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Config {
    /// The serial line, if there is one: it says how much silence has to be between frames.
    pub line: Option<SerialLine>,
    /// How long adapters and operating systems may hold back bytes within a frame.
    pub jitter: Duration,
    /// The time before an answer, beside the silence of the line. A client that has to switch its
    /// driver off may need it.
    pub delay: Duration,
}

impl Config {
    /// Settings for a serial line.
    #[must_use]
    pub const fn serial(line: SerialLine) -> Self {
        Self {
            line: Some(line),
            jitter: Duration::from_millis(50),
            delay: Duration::ZERO,
        }
    }

    /// Settings for a TCP connection.
    #[must_use]
    pub const fn tcp() -> Self {
        Self {
            line: None,
            jitter: Duration::from_millis(200),
            delay: Duration::ZERO,
        }
    }

    pub(super) const fn silence(&self) -> Duration {
        match self.line {
            Some(line) => line.silence(),
            None => Duration::ZERO,
        }
    }
}
