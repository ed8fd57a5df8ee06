//! The status of connectors, and how it changes (OCPP 1.6, 4.9).

use bitflags::bitflags;

use crate::messages::{ChargePointErrorCode, ChargePointStatus, StatusNotificationRequest};

/// The status of a connector, or of the station as connector 0.
///
/// A receiver has to take whatever a station reports: stations skip states and repeat them. So
/// [`report`](Self::report) takes it, and says what is unusual about it.
///
/// ```
/// use ocpp_types::messages::{ChargePointErrorCode, ChargePointStatus};
/// use ocpp_types::state::connector::{Connector, Unusual};
///
/// let mut connector = Connector::new(1);
/// let ok = ChargePointErrorCode::NoError;
/// assert!(connector.report(&ChargePointStatus::Preparing, &ok).is_empty());
/// assert!(connector.report(&ChargePointStatus::Charging, &ok).is_empty());
/// let unusual = connector.report(&ChargePointStatus::Preparing, &ok);
/// assert_eq!(unusual, Unusual::TRANSITION);
/// assert_eq!(connector.status(), &ChargePointStatus::Preparing);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    number: i64,
    status: ChargePointStatus<'static>,
    error: ChargePointErrorCode<'static>,
    before_fault: Option<ChargePointStatus<'static>>,
}

bitflags! {
    /// What is unusual about a reported status.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Unusual: u8 {
        /// The specification does not have the transition.
        const TRANSITION = 1 << 0;
        /// Nothing has changed.
        const REPETITION = 1 << 1;
        /// Connector 0 is only `Available`, `Unavailable` or `Faulted`.
        const MAIN_CONTROLLER = 1 << 2;
        /// An error without `Faulted`: a warning.
        const WARNING = 1 << 3;
        /// `EVCommunicationError` in a status in which no vehicle communicates.
        const NO_VEHICLE = 1 << 4;
        /// `Faulted` without an error.
        const NO_ERROR = 1 << 5;
        /// A word that the specification does not have.
        const UNKNOWN = 1 << 6;
    }
}

impl Connector {
    /// A connector that is available.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self {
            number,
            status: ChargePointStatus::Available,
            error: ChargePointErrorCode::NoError,
            before_fault: None,
        }
    }

    /// Takes the status and error that a station reports.
    pub fn report(
        &mut self,
        status: &ChargePointStatus<'_>,
        error: &ChargePointErrorCode<'_>,
    ) -> Unusual {
        let (status, error) = (status.clone().into_owned(), error.clone().into_owned());
        let mut unusual = self.judge(&status, &error);
        if status == self.status {
            unusual.set(Unusual::REPETITION, error == self.error);
        } else {
            unusual.set(Unusual::TRANSITION, !may_follow(&self.status, &status));
            self.before_fault = match status {
                ChargePointStatus::Faulted => Some(self.status.clone()),
                _ => None,
            };
        }
        self.status = status;
        self.error = error;
        unusual
    }

    /// Takes a StatusNotification about this connector.
    pub fn report_message(&mut self, message: &StatusNotificationRequest<'_>) -> Unusual {
        self.report(&message.status, &message.error_code)
    }

    /// The number of the connector, 0 for the station.
    #[must_use]
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// The status that was reported last.
    #[must_use]
    pub const fn status(&self) -> &ChargePointStatus<'static> {
        &self.status
    }

    /// The error that was reported last.
    #[must_use]
    pub const fn error(&self) -> &ChargePointErrorCode<'static> {
        &self.error
    }

    /// The status to which a faulted connector goes back.
    #[must_use]
    pub const fn before_fault(&self) -> Option<&ChargePointStatus<'static>> {
        self.before_fault.as_ref()
    }

    fn judge(&self, status: &ChargePointStatus<'_>, error: &ChargePointErrorCode<'_>) -> Unusual {
        use ChargePointStatus::{
            Available, Faulted, Finishing, Preparing, SuspendedEv, SuspendedEvse, Unavailable,
        };
        let is_main = matches!(status, Available | Unavailable | Faulted);
        let has_vehicle = matches!(status, Preparing | SuspendedEv | SuspendedEvse | Finishing);
        let is_unknown = matches!(status, ChargePointStatus::Other(_))
            || matches!(error, ChargePointErrorCode::Other(_));
        let no_error = *error == ChargePointErrorCode::NoError;
        let no_communication = *error == ChargePointErrorCode::EvCommunicationError;
        let mut unusual = Unusual::empty();
        unusual.set(Unusual::MAIN_CONTROLLER, self.number == 0 && !is_main);
        unusual.set(Unusual::WARNING, !no_error && *status != Faulted);
        unusual.set(Unusual::NO_ERROR, no_error && *status == Faulted);
        unusual.set(Unusual::NO_VEHICLE, no_communication && !has_vehicle);
        unusual.set(Unusual::UNKNOWN, is_unknown);
        unusual
    }
}

/// Whether the specification has the transition: the table of OCPP 1.6, 4.9, with Preparing to
/// Finishing of the errata sheet.
///
/// A status that does not change is no transition. From `Faulted` a connector goes back to what
/// it was before, which can be any.
#[must_use]
pub fn may_follow(from: &ChargePointStatus<'_>, to: &ChargePointStatus<'_>) -> bool {
    use ChargePointStatus::{
        Available, Charging, Faulted, Finishing, Other, Preparing, Reserved, SuspendedEv,
        SuspendedEvse, Unavailable,
    };
    match from {
        Available => matches!(
            to,
            Preparing | Charging | SuspendedEv | SuspendedEvse | Reserved | Unavailable | Faulted
        ),
        Preparing => matches!(
            to,
            Available | Charging | SuspendedEv | SuspendedEvse | Finishing | Faulted
        ),
        Charging => matches!(
            to,
            Available | SuspendedEv | SuspendedEvse | Finishing | Unavailable | Faulted
        ),
        SuspendedEv => matches!(
            to,
            Available | Charging | SuspendedEvse | Finishing | Unavailable | Faulted
        ),
        SuspendedEvse => matches!(
            to,
            Available | Charging | SuspendedEv | Finishing | Unavailable | Faulted
        ),
        Finishing | Reserved => matches!(to, Available | Preparing | Unavailable | Faulted),
        Unavailable => matches!(
            to,
            Available | Preparing | Charging | SuspendedEv | SuspendedEvse | Faulted
        ),
        Faulted => !matches!(to, Faulted | Other(_)),
        Other(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ChargePointStatus::*;

    const OK: ChargePointErrorCode<'static> = ChargePointErrorCode::NoError;

    #[test]
    fn every_pair_is_as_in_the_table() {
        // Available Preparing Charging SuspendedEVSE SuspendedEV Finishing Reserved Unavailable
        // Faulted
        let table = [
            ".xxxx.xxx",
            "x.xxxx..x",
            "x..xxx.xx",
            "x.x.xx.xx",
            "x.xx.x.xx",
            "xx.....xx",
            "xx.....xx",
            "xxxxx...x",
            "xxxxxxxx.",
        ];
        assert_eq!(ChargePointStatus::ALL.len(), table.len());
        for (from, row) in ChargePointStatus::ALL.iter().zip(table) {
            for (to, mark) in ChargePointStatus::ALL.iter().zip(row.bytes()) {
                assert_eq!(may_follow(from, to), mark == b'x', "{from} to {to}");
            }
        }
    }

    #[test]
    fn a_fault_remembers_what_was_before() {
        let mut connector = Connector::new(1);
        connector.report(&Charging, &OK);
        let fault = ChargePointErrorCode::GroundFailure;
        assert_eq!(connector.report(&Faulted, &fault), Unusual::empty());
        assert_eq!(connector.before_fault(), Some(&Charging));
        assert_eq!(connector.report(&Charging, &OK), Unusual::empty());
        assert_eq!(connector.before_fault(), None);
    }

    #[test]
    fn what_is_unusual_is_told_and_taken() {
        let mut main = Connector::new(0);
        assert_eq!(main.report(&Charging, &OK), Unusual::MAIN_CONTROLLER);
        let mut connector = Connector::new(1);
        assert_eq!(connector.report(&Available, &OK), Unusual::REPETITION);
        assert_eq!(connector.report(&Finishing, &OK), Unusual::TRANSITION);
        assert_eq!(connector.report(&Faulted, &OK), Unusual::NO_ERROR);
        let weak = ChargePointErrorCode::WeakSignal;
        assert_eq!(connector.report(&Available, &weak), Unusual::WARNING);
        let vehicle = ChargePointErrorCode::EvCommunicationError;
        let both = Unusual::WARNING | Unusual::NO_VEHICLE;
        assert_eq!(connector.report(&Charging, &vehicle), both);
        assert_eq!(connector.report(&SuspendedEv, &vehicle), Unusual::WARNING);
        let occupied = ChargePointStatus::from("Occupied");
        assert_eq!(
            connector.report(&occupied, &OK),
            Unusual::UNKNOWN | Unusual::TRANSITION
        );
        assert_eq!(connector.status(), &occupied);
    }
}
