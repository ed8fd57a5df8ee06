//! Reservations (OCPP 1.6, 3.11 and 5.13).

use alloc::vec::Vec;

use crate::messages::{ChargePointStatus, ReservationStatus, ReserveNowRequest};
use crate::types::{GenericStatus, IdToken};

/// The reservations of a station: at most one a connector, and one that names none.
///
/// Times are seconds since 1970-01-01T00:00:00Z. Call [`expire`](Self::expire) when
/// [`next_expiry`](Self::next_expiry) is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservations {
    connectors: u32,
    any: AnyConnector,
    reservations: Vec<Reservation>,
}

/// A connector that is kept for somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// What the central system calls it.
    pub id: i64,
    /// The connector; 0 for any one of the station.
    pub connector: i64,
    /// Who it is for.
    pub id_tag: IdToken<'static>,
    /// The group that it is for.
    pub parent_id_tag: Option<IdToken<'static>>,
    /// The first second at which it is over.
    pub expires: i64,
}

/// Whether a station keeps a connector free without saying which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnyConnector {
    /// `ReserveConnectorZeroSupported` is true.
    Supported,
    /// It is false or missing.
    NotSupported,
}

/// Whether somebody may charge at a connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Use {
    /// Nothing is reserved that stands against it.
    Free,
    /// By this reservation, which ends with it: its id goes into StartTransaction.
    Reserved(i64),
    /// Not at all: the connector, or the last free one, is kept for somebody else.
    Refused,
}

impl Reservations {
    /// No reservation, at a station with so many connectors.
    #[must_use]
    pub const fn new(connectors: u32, any: AnyConnector) -> Self {
        Self {
            connectors,
            any,
            reservations: Vec::new(),
        }
    }

    /// Carries out a ReserveNow and says what to answer.
    ///
    /// `status` is that of the connector that is asked for; for connector 0, that of the one that
    /// is closest to being free. A known id replaces its reservation.
    pub fn reserve(
        &mut self,
        now: i64,
        request: &ReserveNowRequest<'_>,
        status: &ChargePointStatus<'_>,
    ) -> ReservationStatus<'static> {
        self.expire(now);
        let connector = request.connector_id;
        let is_known = (0..=i64::from(self.connectors)).contains(&connector);
        if !is_known || (connector == 0 && self.any == AnyConnector::NotSupported) {
            return ReservationStatus::Rejected;
        }
        let Some(expires) = request
            .expiry_date
            .to_unix()
            .filter(|expires| *expires > now)
        else {
            return ReservationStatus::Rejected;
        };
        let is_own = |old: &Reservation| old.id == request.reservation_id;
        let is_taken = |old: &Reservation| old.connector == connector && !is_own(old);
        if self.reservations.iter().any(is_taken) {
            return ReservationStatus::Occupied;
        }
        let is_renewal = self
            .reservations
            .iter()
            .any(|old| old.connector == connector);
        match status {
            ChargePointStatus::Available => {}
            ChargePointStatus::Reserved if is_renewal => {}
            ChargePointStatus::Faulted => return ReservationStatus::Faulted,
            ChargePointStatus::Unavailable => return ReservationStatus::Unavailable,
            _ => return ReservationStatus::Occupied,
        }
        self.reservations.retain(|old| !is_own(old));
        self.reservations.push(Reservation {
            id: request.reservation_id,
            connector,
            id_tag: request.id_tag.clone().into_owned(),
            parent_id_tag: request.parent_id_tag.clone().map(IdToken::into_owned),
            expires,
        });
        ReservationStatus::Accepted
    }

    /// Carries out a CancelReservation and says what to answer.
    pub fn cancel(&mut self, id: i64) -> GenericStatus<'static> {
        match self.take(id) {
            Some(_) => GenericStatus::Accepted,
            None => GenericStatus::Rejected,
        }
    }

    /// Whether an identifier may charge at a connector, `free` being how many connectors are free,
    /// that one included.
    ///
    /// `parent` is the group of the identifier, where it is known.
    #[must_use]
    pub fn usage(
        &self,
        now: i64,
        connector: i64,
        id_tag: &IdToken<'_>,
        parent: Option<&IdToken<'_>>,
        free: usize,
    ) -> Use {
        let running = || self.reservations.iter().filter(|one| one.expires > now);
        if let Some(here) = running().find(|one| one.connector == connector) {
            return if here.is_for(id_tag, parent) {
                Use::Reserved(here.id)
            } else {
                Use::Refused
            };
        }
        match running().find(|one| one.connector == 0) {
            Some(any) if any.is_for(id_tag, parent) => Use::Reserved(any.id),
            // One connector is kept free beside those that are reserved by number.
            Some(_) if free <= 1 => Use::Refused,
            _ => Use::Free,
        }
    }

    /// Ends a reservation, because it was used or its connector failed.
    pub fn take(&mut self, id: i64) -> Option<Reservation> {
        let taken = self.reservations.iter().find(|one| one.id == id)?.clone();
        self.reservations.retain(|one| one.id != id);
        Some(taken)
    }

    /// Ends the reservations that are over, and returns them.
    pub fn expire(&mut self, now: i64) -> Vec<Reservation> {
        let (over, running) = core::mem::take(&mut self.reservations)
            .into_iter()
            .partition(|one| one.expires <= now);
        self.reservations = running;
        over
    }

    /// When the next reservation is over.
    #[must_use]
    pub fn next_expiry(&self) -> Option<i64> {
        self.reservations.iter().map(|one| one.expires).min()
    }

    /// The reservation of a connector, which then has the status `Reserved`.
    #[must_use]
    pub fn at(&self, connector: i64) -> Option<&Reservation> {
        self.reservations
            .iter()
            .find(|one| one.connector == connector)
    }
}

impl Reservation {
    /// Whether an identifier, or its group, may use it.
    #[must_use]
    pub fn is_for(&self, id_tag: &IdToken<'_>, parent: Option<&IdToken<'_>>) -> bool {
        let groups = self.parent_id_tag.as_ref().zip(parent);
        self.id_tag == *id_tag || groups.is_some_and(|(own, parent)| own == parent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::DateTime;

    const NOW: i64 = 1_000_000;

    fn tag(text: &'static str) -> IdToken<'static> {
        IdToken::new(text).unwrap()
    }

    fn request(connector_id: i64, reservation_id: i64) -> ReserveNowRequest<'static> {
        ReserveNowRequest {
            connector_id,
            expiry_date: DateTime::from_unix(NOW + 60).unwrap(),
            id_tag: tag("ANN"),
            parent_id_tag: Some(tag("FAMILY")),
            reservation_id,
        }
    }

    fn none() -> Reservations {
        Reservations::new(2, AnyConnector::Supported)
    }

    const FREE: ChargePointStatus<'static> = ChargePointStatus::Available;

    fn reserved(connector: i64) -> Reservations {
        let mut reservations = none();
        let answer = reservations.reserve(NOW, &request(connector, 7), &FREE);
        assert_eq!(answer, ReservationStatus::Accepted);
        reservations
    }

    #[test]
    fn the_answer_mirrors_the_connector() {
        for (status, answer) in [
            (ChargePointStatus::Available, ReservationStatus::Accepted),
            (ChargePointStatus::Charging, ReservationStatus::Occupied),
            (ChargePointStatus::Reserved, ReservationStatus::Occupied),
            (ChargePointStatus::Faulted, ReservationStatus::Faulted),
            (
                ChargePointStatus::Unavailable,
                ReservationStatus::Unavailable,
            ),
        ] {
            let mut reservations = none();
            assert_eq!(reservations.reserve(NOW, &request(1, 7), &status), answer);
        }
        let mut none = Reservations::new(2, AnyConnector::NotSupported);
        assert_eq!(
            none.reserve(NOW, &request(0, 7), &FREE),
            ReservationStatus::Rejected
        );
        assert_eq!(
            none.reserve(NOW + 60, &request(1, 7), &FREE),
            ReservationStatus::Rejected
        );
    }

    #[test]
    fn a_known_id_replaces_its_reservation() {
        let mut reservations = reserved(1);
        let held = ChargePointStatus::Reserved;
        let again = reservations.reserve(NOW, &request(1, 7), &held);
        assert_eq!(again, ReservationStatus::Accepted);
        let other = reservations.reserve(NOW, &request(1, 8), &held);
        assert_eq!(other, ReservationStatus::Occupied);
        let moved = reservations.reserve(NOW, &request(2, 7), &FREE);
        assert_eq!(moved, ReservationStatus::Accepted);
        assert_eq!(
            (reservations.at(1), reservations.at(2).map(|one| one.id)),
            (None, Some(7))
        );
    }

    #[test]
    fn the_identifier_or_its_group_uses_it() {
        let reservations = reserved(1);
        let usage = |id_tag, parent: Option<&'static str>| {
            reservations.usage(NOW, 1, &tag(id_tag), parent.map(tag).as_ref(), 2)
        };
        assert_eq!(usage("ann", None), Use::Reserved(7));
        assert_eq!(usage("BOB", Some("family")), Use::Reserved(7));
        assert_eq!(usage("BOB", Some("OTHERS")), Use::Refused);
        assert_eq!(usage("BOB", None), Use::Refused);
        assert_eq!(reservations.usage(NOW, 2, &tag("BOB"), None, 2), Use::Free);
        assert_eq!(
            reservations.usage(NOW + 60, 1, &tag("BOB"), None, 2),
            Use::Free
        );
    }

    #[test]
    fn a_reservation_of_any_connector_keeps_the_last_one_free() {
        let reservations = reserved(0);
        assert_eq!(reservations.usage(NOW, 1, &tag("BOB"), None, 2), Use::Free);
        assert_eq!(
            reservations.usage(NOW, 1, &tag("BOB"), None, 1),
            Use::Refused
        );
        assert_eq!(
            reservations.usage(NOW, 1, &tag("ANN"), None, 1),
            Use::Reserved(7)
        );
    }

    #[test]
    fn reservations_end() {
        let mut reservations = reserved(1);
        assert_eq!(reservations.next_expiry(), Some(NOW + 60));
        assert_eq!(reservations.expire(NOW + 59), []);
        assert_eq!(reservations.expire(NOW + 60).len(), 1);
        let mut reservations = reserved(1);
        assert_eq!(reservations.cancel(8), GenericStatus::Rejected);
        assert_eq!(reservations.cancel(7), GenericStatus::Accepted);
        assert_eq!(reservations, none());
    }
}
