//! The boot: whether a station is accepted, and what it may send meanwhile (OCPP 1.6, 4.2).

use core::time::Duration;

use meter_units::Instant;

use crate::messages::{BootNotificationResponse, RegistrationStatus};
use crate::{Action, ErrorCode};

/// Where a station stands with its central system, as the station sees it.
///
/// ```text
/// Silent ──Accepted──▶ Accepted: heartbeats
///    ├────Pending───▶ Pending: answers calls, sends what is triggered, boots again after a while
///    └────Rejected──▶ Rejected: silent until the next boot
/// ```
///
/// ```
/// use core::time::Duration;
/// use meter_units::Instant;
/// use ocpp_types::Action;
/// use ocpp_types::messages::RegistrationStatus;
/// use ocpp_types::state::registration::{Cause, Due, Registration};
///
/// let now = Instant::ORIGIN;
/// let mut registration = Registration::new(now, Duration::from_secs(60));
/// assert_eq!(registration.due(now), Some(Due::BootNotification));
/// assert!(!registration.may_call(Action::Heartbeat, Cause::Station));
///
/// registration.answered(now, &RegistrationStatus::Accepted, 300);
/// assert!(registration.may_call(Action::StatusNotification, Cause::Station));
/// assert_eq!(registration.due(now), None);
/// assert_eq!(registration.due(Instant::from_millis(300_000)), Some(Due::Heartbeat));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Registration {
    standing: Standing,
    /// When the next BootNotification or Heartbeat is due.
    next: Instant,
    /// The wait where the central system names none.
    back_off: Duration,
}

/// What the central system said about a station.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Nothing yet, or nothing of use.
    Unanswered,
    /// The central system wants to set the station up first.
    Pending,
    /// The station has to wait.
    Rejected,
    /// The station works normally; a heartbeat is due after so long without another message.
    Accepted {
        /// The time between heartbeats.
        heartbeat: Duration,
    },
}

/// What has to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Due {
    /// A BootNotification.
    BootNotification,
    /// A Heartbeat.
    Heartbeat,
}

/// Why a message is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The station has something to say.
    Station,
    /// The central system asked for it with TriggerMessage.
    Trigger,
}

impl Registration {
    /// A station that has just started: its BootNotification is due at once.
    ///
    /// `back_off` is how long it waits where the central system does not say: after no answer, a
    /// CALLERROR, or an interval of 0.
    #[must_use]
    pub const fn new(now: Instant, back_off: Duration) -> Self {
        Self {
            standing: Standing::Unanswered,
            next: now,
            back_off,
        }
    }

    /// What the central system said.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The BootNotification is answered.
    pub fn answered(&mut self, now: Instant, status: &RegistrationStatus<'_>, interval: i64) {
        let wait = self.wait(interval);
        self.standing = match status {
            RegistrationStatus::Accepted => Standing::Accepted {
                // At least once a day, whatever the interval says.
                heartbeat: wait.min(DAY),
            },
            RegistrationStatus::Pending => Standing::Pending,
            RegistrationStatus::Rejected => Standing::Rejected,
            // An answer that says nothing is as good as none.
            RegistrationStatus::Other(_) => Standing::Unanswered,
        };
        let wait = match self.standing {
            Standing::Accepted { heartbeat } => heartbeat,
            Standing::Pending | Standing::Rejected | Standing::Unanswered => wait,
        };
        self.next = now.saturating_add(wait);
    }

    /// The BootNotification was answered with this message.
    pub fn answered_with(&mut self, now: Instant, response: &BootNotificationResponse<'_>) {
        self.answered(now, &response.status, response.interval);
    }

    /// What was due is on its way: nothing is due until it is answered or has
    /// [`failed`](Self::failed).
    pub fn sent(&mut self) {
        self.next = Instant::MAX;
    }

    /// The BootNotification or Heartbeat got no answer, or a CALLERROR.
    pub fn failed(&mut self, now: Instant) {
        self.next = now.saturating_add(self.back_off);
    }

    /// A message was exchanged: the next heartbeat can wait.
    pub fn exchanged(&mut self, now: Instant) {
        if let Standing::Accepted { heartbeat } = self.standing {
            self.next = now.saturating_add(heartbeat);
        }
    }

    /// `HeartbeatInterval` was changed, in seconds.
    pub fn set_heartbeat(&mut self, now: Instant, seconds: i64) {
        let wait = self.wait(seconds).min(DAY);
        if let Standing::Accepted { heartbeat } = &mut self.standing {
            *heartbeat = wait;
        }
        self.exchanged(now);
    }

    /// What is due by now.
    ///
    /// It stays due until it is [`sent`](Self::sent), answered or has [`failed`](Self::failed), or,
    /// for a heartbeat, until anything is [`exchanged`](Self::exchanged).
    #[must_use]
    pub fn due(&self, now: Instant) -> Option<Due> {
        (self.next <= now).then_some(match self.standing {
            Standing::Accepted { .. } => Due::Heartbeat,
            _ => Due::BootNotification,
        })
    }

    /// When the next message is due.
    #[must_use]
    pub const fn next(&self) -> Instant {
        self.next
    }

    /// Whether the station may send a request of that kind.
    #[must_use]
    pub fn may_call(&self, action: Action, cause: Cause) -> bool {
        match (self.standing, cause) {
            (Standing::Accepted { .. }, _) | (Standing::Pending, Cause::Trigger) => true,
            _ => action == Action::BootNotification,
        }
    }

    /// Whether the station answers a request of that kind.
    ///
    /// While it is pending, everything but the start and stop of a transaction; while it is
    /// rejected or has no answer yet, nothing.
    #[must_use]
    pub fn may_answer(&self, action: Action) -> bool {
        let remote = [
            Action::RemoteStartTransaction,
            Action::RemoteStopTransaction,
        ];
        match self.standing {
            Standing::Accepted { .. } => true,
            Standing::Pending => !remote.contains(&action),
            Standing::Rejected | Standing::Unanswered => false,
        }
    }

    fn wait(&self, seconds: i64) -> Duration {
        match u64::try_from(seconds) {
            Ok(0) | Err(_) => self.back_off,
            Ok(seconds) => Duration::from_secs(seconds),
        }
    }
}

/// Whether a central system takes a request of a station that it last answered with `status`,
/// `None` before the first boot.
///
/// # Errors
///
/// The code of the CALLERROR: [`ErrorCode::SecurityError`] for everything but a BootNotification,
/// and what was triggered while the station is pending.
pub fn admit(
    status: Option<&RegistrationStatus<'_>>,
    action: Action,
    cause: Cause,
) -> Result<(), ErrorCode<'static>> {
    match (status, cause) {
        (Some(RegistrationStatus::Accepted), _)
        | (Some(RegistrationStatus::Pending), Cause::Trigger) => Ok(()),
        _ if action == Action::BootNotification => Ok(()),
        _ => Err(ErrorCode::SecurityError),
    }
}

const DAY: Duration = Duration::from_secs(86_400);

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Instant {
        Instant::from_millis(seconds * 1000)
    }

    fn booted(status: RegistrationStatus<'_>, interval: i64) -> Registration {
        let mut registration = Registration::new(at(0), Duration::from_secs(30));
        registration.answered(at(0), &status, interval);
        registration
    }

    #[test]
    fn an_accepted_station_says_all_and_beats() {
        let mut station = booted(RegistrationStatus::Accepted, 60);
        for action in Action::ALL {
            assert!(station.may_call(*action, Cause::Station));
            assert!(station.may_answer(*action));
        }
        station.exchanged(at(50));
        assert_eq!(station.due(at(109)), None);
        assert_eq!(station.due(at(110)), Some(Due::Heartbeat));
        station.set_heartbeat(at(110), 10);
        assert_eq!(station.next(), at(120));
    }

    #[test]
    fn a_pending_station_answers_and_sends_what_is_triggered() {
        let mut station = booted(RegistrationStatus::Pending, 60);
        assert!(!station.may_call(Action::StatusNotification, Cause::Station));
        assert!(station.may_call(Action::StatusNotification, Cause::Trigger));
        assert!(station.may_answer(Action::ChangeConfiguration));
        assert!(!station.may_answer(Action::RemoteStartTransaction));
        assert!(!station.may_answer(Action::RemoteStopTransaction));
        station.exchanged(at(10));
        assert_eq!(station.due(at(59)), None);
        assert_eq!(station.due(at(60)), Some(Due::BootNotification));
    }

    #[test]
    fn a_rejected_station_is_silent_until_its_next_boot() {
        let station = booted(RegistrationStatus::Rejected, 60);
        for action in Action::ALL {
            assert!(!station.may_answer(*action));
            let is_boot = *action == Action::BootNotification;
            assert_eq!(station.may_call(*action, Cause::Trigger), is_boot);
        }
        assert_eq!(station.due(at(60)), Some(Due::BootNotification));
    }

    #[test]
    fn an_interval_of_zero_leaves_the_wait_to_the_station() {
        for interval in [0, -1, i64::MIN] {
            assert_eq!(
                booted(RegistrationStatus::Rejected, interval).next(),
                at(30)
            );
            assert_eq!(
                booted(RegistrationStatus::Accepted, interval).next(),
                at(30)
            );
        }
        assert_eq!(
            booted(RegistrationStatus::Accepted, i64::MAX).next(),
            at(86_400)
        );
        let mut station = Registration::new(at(0), Duration::from_secs(30));
        station.failed(at(5));
        assert_eq!(
            (station.standing(), station.next()),
            (Standing::Unanswered, at(35))
        );
    }

    #[test]
    fn what_is_on_its_way_is_not_due() {
        let mut station = Registration::new(at(0), Duration::from_secs(30));
        station.sent();
        assert_eq!(station.due(at(1000)), None);
        station.failed(at(5));
        assert_eq!(station.due(at(35)), Some(Due::BootNotification));
        station.sent();
        station.answered(at(36), &RegistrationStatus::Accepted, 60);
        assert_eq!(station.due(at(96)), Some(Due::Heartbeat));
        station.sent();
        assert_eq!(station.due(at(1000)), None);
        station.exchanged(at(97));
        assert_eq!(station.next(), at(157));
    }

    #[test]
    fn a_central_system_takes_nothing_before_the_boot() {
        let (accepted, pending) = (RegistrationStatus::Accepted, RegistrationStatus::Pending);
        let no = Err(ErrorCode::SecurityError);
        assert_eq!(
            admit(None, Action::BootNotification, Cause::Station),
            Ok(())
        );
        assert_eq!(admit(None, Action::Heartbeat, Cause::Station), no);
        assert_eq!(admit(Some(&pending), Action::Heartbeat, Cause::Station), no);
        assert_eq!(
            admit(Some(&pending), Action::Heartbeat, Cause::Trigger),
            Ok(())
        );
        assert_eq!(
            admit(Some(&accepted), Action::Heartbeat, Cause::Station),
            Ok(())
        );
    }
}
