//! Reservations of a connector.

use crate::literal::{Unknown, literals};
use crate::types::{DateTime, GenericStatus, IdToken};
use crate::value::members;

/// Cancels a reservation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancelReservationRequest {
    /// The reservation.
    pub reservation_id: i64,
}

/// Says whether there was such a reservation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CancelReservationResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Reserves a connector for an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReserveNowRequest<'a> {
    /// The connector, counted from 1; 0 for any.
    pub connector_id: i64,
    /// When the reservation ends.
    pub expiry_date: DateTime<'a>,
    /// The identifier that it is for.
    pub id_tag: IdToken<'a>,
    /// The group that it is for.
    pub parent_id_tag: Option<IdToken<'a>>,
    /// The reservation; one with the same id is replaced.
    pub reservation_id: i64,
}

impl<'a> ReserveNowRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        connector_id: i64,
        expiry_date: DateTime<'a>,
        id_tag: IdToken<'a>,
        reservation_id: i64,
    ) -> Self {
        Self {
            connector_id,
            expiry_date,
            id_tag,
            parent_id_tag: None,
            reservation_id,
        }
    }
}

/// Says what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReserveNowResponse<'a> {
    /// The answer.
    pub status: ReservationStatus<'a>,
}

members! {
    CancelReservationRequest {
        "reservationId" => reservation_id: required;
    }
    CancelReservationResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    ReserveNowRequest<'a> {
        "connectorId" => connector_id: required;
        "expiryDate" => expiry_date: required;
        "idTag" => id_tag: required;
        "parentIdTag" => parent_id_tag: optional;
        "reservationId" => reservation_id: required;
    }
    ReserveNowResponse<'a> {
        "status" => status: required or MISSING_STATUS ReservationStatus::Other("".into());
    }
}

literals! {
    /// What became of a reservation.
    pub enum ReservationStatus {
        /// The connector is reserved.
        Accepted = "Accepted",
        /// The connector is faulted.
        Faulted = "Faulted",
        /// The connector is in use.
        Occupied = "Occupied",
        /// The station does not take reservations.
        Rejected = "Rejected",
        /// The connector is out of use.
        Unavailable = "Unavailable",
    }
    unknown: Unknown::Kept;
}
