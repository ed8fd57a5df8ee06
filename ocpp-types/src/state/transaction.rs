//! A transaction from its start to its stop, as the station sees it (OCPP 1.6, 4.8 and 4.10).

use crate::messages::{
    Reason, StartTransactionRequest, StartTransactionResponse, StopTransactionRequest,
};
use crate::types::{AuthorizationStatus, DateTime, IdToken};

/// A running transaction.
///
/// ```text
/// begin() ──StartTransaction──▶ Unconfirmed ──answer──▶ Confirmed ──end()──▶ StopTransaction
///                                    └──never──▶ id -1 ────────────end()──▶
/// ```
///
/// ```
/// use ocpp_types::messages::StartTransactionResponse;
/// use ocpp_types::state::transaction::{Next, OnInvalid, Transaction};
/// use ocpp_types::types::{AuthorizationStatus, DateTime, IdTagInfo, IdToken};
///
/// let time = DateTime::from_unix(1_714_982_400).expect("a year of four digits");
/// let (mut transaction, request) =
///     Transaction::begin(1, IdToken::new("04E9A4B2")?, 1_234_000, time.clone());
/// assert_eq!(request.meter_start, 1_234_000);
///
/// let response = StartTransactionResponse {
///     id_tag_info: IdTagInfo::new(AuthorizationStatus::Accepted),
///     transaction_id: 17,
/// };
/// assert_eq!(transaction.confirmed(&response, OnInvalid::Stop), Next::Charge);
/// let stop = transaction.end(1_240_500, time, None, None);
/// assert_eq!((stop.transaction_id, stop.meter_stop), (17, 1_240_500));
/// # Ok::<(), ocpp_types::types::TooLong>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    connector: i64,
    id_tag: IdToken<'static>,
    parent: Option<IdToken<'static>>,
    meter_start: i64,
    id: Confirmation,
}

/// What is known of the id of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Confirmation {
    /// StartTransaction is not answered yet.
    Unconfirmed,
    /// The central system gave it this id.
    Confirmed(i64),
    /// StartTransaction was never answered, and will not be sent again.
    Lost,
}

/// What a station does when the central system does not accept the identifier of a transaction
/// that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OnInvalid {
    /// `StopTransactionOnInvalidId` is true: the transaction ends.
    Stop,
    /// It is false: energy stops, after so many watt-hours more (`MaxEnergyOnInvalidId`).
    Suspend {
        /// Watt-hours, counted from the start of the transaction.
        after: i64,
    },
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Charge.
    Charge,
    /// Charge until the meter shows so many watt-hours, then suspend.
    ChargeUntil(i64),
    /// Suspend: no energy flows, the transaction goes on.
    Suspend,
    /// End the transaction with this reason.
    End(Reason<'static>),
}

impl Transaction {
    /// Begins a transaction, and the message that says so.
    ///
    /// Put `reservation_id` into the message if a reservation ends with it.
    #[must_use]
    pub fn begin(
        connector: i64,
        id_tag: IdToken<'_>,
        meter_start: i64,
        timestamp: DateTime<'static>,
    ) -> (Self, StartTransactionRequest<'static>) {
        let id_tag = id_tag.into_owned();
        let request = StartTransactionRequest {
            connector_id: connector,
            id_tag: id_tag.clone(),
            meter_start,
            reservation_id: None,
            timestamp,
        };
        let transaction = Self {
            connector,
            id_tag,
            parent: None,
            meter_start,
            id: Confirmation::Unconfirmed,
        };
        (transaction, request)
    }

    /// The central system has answered the start.
    ///
    /// Its answer always has an id, also for an identifier that it does not accept.
    pub fn confirmed(
        &mut self,
        response: &StartTransactionResponse<'_>,
        on_invalid: OnInvalid,
    ) -> Next {
        self.id = Confirmation::Confirmed(response.transaction_id);
        let info = &response.id_tag_info;
        if let Some(parent) = &info.parent_id_tag {
            self.parent = Some(parent.clone().into_owned());
        }
        match (&info.status, on_invalid) {
            (AuthorizationStatus::Accepted, _) => Next::Charge,
            (_, OnInvalid::Stop) => Next::End(Reason::DeAuthorized),
            (_, OnInvalid::Suspend { after }) if after > 0 => {
                Next::ChargeUntil(self.meter_start.saturating_add(after))
            }
            (_, OnInvalid::Suspend { .. }) => Next::Suspend,
        }
    }

    /// The start was never answered and is not sent again.
    pub fn lost(&mut self) {
        if self.id == Confirmation::Unconfirmed {
            self.id = Confirmation::Lost;
        }
    }

    /// Notes the group of the identifier, from an answer to Authorize or a list.
    pub fn set_parent(&mut self, parent: Option<IdToken<'_>>) {
        self.parent = parent.map(IdToken::into_owned);
    }

    /// Whether an identifier may end the transaction: the one that began it, or one of its group.
    ///
    /// For another identifier, ask with Authorize for its group first.
    #[must_use]
    pub fn may_end(&self, id_tag: &IdToken<'_>, parent: Option<&IdToken<'_>>) -> bool {
        let groups = self.parent.as_ref().zip(parent);
        self.id_tag == *id_tag || groups.is_some_and(|(own, parent)| own == parent)
    }

    /// The message that ends it.
    ///
    /// `id_tag` is missing where the station ends it by itself; a missing `reason` means that it
    /// was ended at the station, as usual.
    #[must_use]
    pub fn end(
        &self,
        meter_stop: i64,
        timestamp: DateTime<'static>,
        id_tag: Option<IdToken<'_>>,
        reason: Option<Reason<'static>>,
    ) -> StopTransactionRequest<'static> {
        StopTransactionRequest {
            id_tag: id_tag.map(IdToken::into_owned),
            meter_stop,
            timestamp,
            transaction_id: self.message_id(),
            reason,
            transaction_data: None,
        }
    }

    /// The id for messages: -1 as long as the central system has given none (errata sheet 4.0).
    ///
    /// Messages that are queued before the answer can get the id later: see
    /// [`Endpoint::call_after`](crate::endpoint::Endpoint::call_after).
    #[must_use]
    pub const fn message_id(&self) -> i64 {
        match self.id {
            Confirmation::Confirmed(id) => id,
            Confirmation::Unconfirmed | Confirmation::Lost => -1,
        }
    }

    /// What is known of the id.
    #[must_use]
    pub const fn confirmation(&self) -> Confirmation {
        self.id
    }

    /// The connector.
    #[must_use]
    pub const fn connector(&self) -> i64 {
        self.connector
    }

    /// Who began it.
    #[must_use]
    pub const fn id_tag(&self) -> &IdToken<'static> {
        &self.id_tag
    }

    /// What the meter showed at the start, in watt-hours.
    #[must_use]
    pub const fn meter_start(&self) -> i64 {
        self.meter_start
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::IdTagInfo;

    fn tag(text: &'static str) -> IdToken<'static> {
        IdToken::new(text).unwrap()
    }

    fn time() -> DateTime<'static> {
        DateTime::from_unix(0).unwrap()
    }

    fn begun() -> Transaction {
        Transaction::begin(1, tag("ANN"), 1000, time()).0
    }

    fn answer(status: AuthorizationStatus<'static>) -> StartTransactionResponse<'static> {
        let mut id_tag_info = IdTagInfo::new(status);
        id_tag_info.parent_id_tag = Some(tag("FAMILY"));
        StartTransactionResponse {
            id_tag_info,
            transaction_id: -5,
        }
    }

    #[test]
    fn an_identifier_that_is_not_accepted_ends_or_suspends() {
        let next =
            |on_invalid| begun().confirmed(&answer(AuthorizationStatus::Blocked), on_invalid);
        assert_eq!(next(OnInvalid::Stop), Next::End(Reason::DeAuthorized));
        assert_eq!(next(OnInvalid::Suspend { after: 0 }), Next::Suspend);
        assert_eq!(next(OnInvalid::Suspend { after: -1 }), Next::Suspend);
        assert_eq!(
            next(OnInvalid::Suspend { after: 500 }),
            Next::ChargeUntil(1500)
        );
    }

    #[test]
    fn a_start_that_is_lost_is_minus_one() {
        let mut transaction = begun();
        assert_eq!(transaction.message_id(), -1);
        transaction.lost();
        assert_eq!(transaction.confirmation(), Confirmation::Lost);
        assert_eq!(transaction.end(2000, time(), None, None).transaction_id, -1);
        // an answer that comes all the same counts
        transaction.confirmed(&answer(AuthorizationStatus::Accepted), OnInvalid::Stop);
        transaction.lost();
        assert_eq!(transaction.message_id(), -5);
    }

    #[test]
    fn the_group_may_end_it() {
        let mut transaction = begun();
        assert!(transaction.may_end(&tag("ann"), None));
        assert!(!transaction.may_end(&tag("BOB"), Some(&tag("FAMILY"))));
        transaction.confirmed(&answer(AuthorizationStatus::Accepted), OnInvalid::Stop);
        assert!(transaction.may_end(&tag("BOB"), Some(&tag("family"))));
        assert!(!transaction.may_end(&tag("BOB"), None));
    }
}
