//! How an endpoint works.

use core::time::Duration;

use crate::{Action, Direction, Tolerance};

/// How an endpoint works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Config {
    /// Which side it is.
    pub role: Role,
    /// How long to wait for an answer; `MessageTimeout`.
    pub timeout: Duration,
    /// How many calls may wait, of each kind: starts and ends of transactions, their meter values,
    /// and others. So the meter values of a long time without connection never take the place of
    /// the end of their transaction.
    pub queue: usize,
    /// How many requests of the other side may wait for a reply. The protocol knows one; some
    /// stations do not wait.
    pub incoming: usize,
    /// How often a message about a transaction is sent; `TransactionMessageAttempts`.
    pub attempts: u32,
    /// The wait after the first attempt; after the second one it is twice as long, and so on;
    /// `TransactionMessageRetryInterval`.
    pub retry: Duration,
    /// What is bent into shape. Parts of a CALLERROR always are: it ends a call whatever it says.
    pub tolerance: Tolerance,
    /// The first id. Ids count up from there.
    pub first_id: u64,
}

/// The sides of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The station.
    ChargePoint,
    /// The central system.
    CentralSystem,
}

impl Config {
    /// 30 seconds for an answer, 100 calls that wait, three attempts after 60 and 120 seconds, and
    /// nothing bent.
    #[must_use]
    pub const fn new(role: Role) -> Self {
        Self {
            role,
            timeout: Duration::from_secs(30),
            queue: 100,
            incoming: 8,
            attempts: 3,
            retry: Duration::from_secs(60),
            tolerance: Tolerance::STRICT,
            first_id: 1,
        }
    }

    /// The wait after so many attempts; `None` if it was the last one.
    pub(super) fn wait_after(&self, attempts: u32) -> Option<Duration> {
        (attempts < self.attempts).then(|| self.retry.saturating_mul(attempts))
    }
}

impl Role {
    /// Whether this side sends requests of that action.
    #[must_use]
    pub const fn sends(self, action: Action) -> bool {
        matches!(
            (self, action.direction()),
            (_, Direction::Either)
                | (Self::ChargePoint, Direction::FromChargePoint)
                | (Self::CentralSystem, Direction::FromCentralSystem)
        )
    }

    /// The other side.
    #[must_use]
    pub const fn peer(self) -> Self {
        match self {
            Self::ChargePoint => Self::CentralSystem,
            Self::CentralSystem => Self::ChargePoint,
        }
    }
}
