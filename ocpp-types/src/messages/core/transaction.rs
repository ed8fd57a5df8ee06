//! Transactions: who may charge, their start and end, and what meters count in between.

use alloc::vec::Vec;

use crate::literal::{Unknown, literals};
use crate::types::{
    ChargingProfile, CiString, DateTime, GenericStatus, IdTagInfo, IdToken, MeterValue,
};
use crate::value::members;

/// Asks whether an identifier may charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizeRequest<'a> {
    /// The identifier.
    pub id_tag: IdToken<'a>,
}

/// Says whether an identifier may charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizeResponse<'a> {
    /// What the central system says about the identifier.
    pub id_tag_info: IdTagInfo<'a>,
}

/// Reports values of a meter. The central system confirms them whatever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeterValuesRequest<'a> {
    /// The connector, counted from 1; 0 for the main meter.
    pub connector_id: i64,
    /// The transaction that the values were taken in.
    pub transaction_id: Option<i64>,
    /// The values.
    pub meter_value: Vec<MeterValue<'a>>,
}

impl<'a> MeterValuesRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(connector_id: i64, meter_value: Vec<MeterValue<'a>>) -> Self {
        Self {
            connector_id,
            transaction_id: None,
            meter_value,
        }
    }
}

/// Confirms meter values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeterValuesResponse {}

/// Asks a station to start a transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteStartTransactionRequest<'a> {
    /// The connector, counted from 1; missing leaves it to the station.
    pub connector_id: Option<i64>,
    /// The identifier to start with.
    pub id_tag: IdToken<'a>,
    /// A profile of the purpose TxProfile, without a transaction. The schema allows others:
    /// [`check_remote_start`](crate::schedule::ProfileStack::check_remote_start) does not.
    pub charging_profile: Option<ChargingProfile<'a>>,
}

impl<'a> RemoteStartTransactionRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(id_tag: IdToken<'a>) -> Self {
        Self {
            connector_id: None,
            id_tag,
            charging_profile: None,
        }
    }
}

/// Says whether the station will try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteStartTransactionResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Asks a station to stop a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteStopTransactionRequest {
    /// The transaction.
    pub transaction_id: i64,
}

/// Says whether there is such a transaction, which then ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteStopTransactionResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Reports that a transaction has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTransactionRequest<'a> {
    /// The connector, counted from 1.
    pub connector_id: i64,
    /// The identifier that started it.
    pub id_tag: IdToken<'a>,
    /// The register at the begin, in Wh.
    pub meter_start: i64,
    /// The reservation that it ends.
    pub reservation_id: Option<i64>,
    /// When.
    pub timestamp: DateTime<'a>,
}

impl<'a> StartTransactionRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        connector_id: i64,
        id_tag: IdToken<'a>,
        meter_start: i64,
        timestamp: DateTime<'a>,
    ) -> Self {
        Self {
            connector_id,
            id_tag,
            meter_start,
            reservation_id: None,
            timestamp,
        }
    }
}

/// Gives the transaction its id, also where the identifier is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTransactionResponse<'a> {
    /// What the central system says about the identifier.
    pub id_tag_info: IdTagInfo<'a>,
    /// The id of the new transaction.
    pub transaction_id: i64,
}

/// Reports that a transaction has ended. The central system confirms it whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StopTransactionRequest<'a> {
    /// The identifier that stopped it; missing where the station stopped by itself.
    pub id_tag: Option<IdToken<'a>>,
    /// The register at the end, in Wh.
    pub meter_stop: i64,
    /// When.
    pub timestamp: DateTime<'a>,
    /// The transaction; -1 where its start was never confirmed.
    pub transaction_id: i64,
    /// Why it ended.
    pub reason: Option<Reason<'a>>,
    /// Values taken during the transaction.
    pub transaction_data: Option<Vec<MeterValue<'a>>>,
}

impl<'a> StopTransactionRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(meter_stop: i64, timestamp: DateTime<'a>, transaction_id: i64) -> Self {
        Self {
            id_tag: None,
            meter_stop,
            timestamp,
            transaction_id,
            reason: None,
            transaction_data: None,
        }
    }
}

/// Confirms the end of a transaction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StopTransactionResponse<'a> {
    /// What the central system says about the identifier.
    pub id_tag_info: Option<IdTagInfo<'a>>,
}

members! {
    AuthorizeRequest<'a> {
        "idTag" => id_tag: required;
    }
    AuthorizeResponse<'a> {
        "idTagInfo" => id_tag_info: required;
    }
    MeterValuesRequest<'a> {
        "connectorId" => connector_id: required;
        "transactionId" => transaction_id: optional;
        "meterValue" => meter_value: required or MISSING_LIST Vec::new();
    }
    MeterValuesResponse {
    }
    RemoteStartTransactionRequest<'a> {
        "connectorId" => connector_id: optional;
        "idTag" => id_tag: required;
        "chargingProfile" => charging_profile: optional;
    }
    RemoteStartTransactionResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    RemoteStopTransactionRequest {
        "transactionId" => transaction_id: required;
    }
    RemoteStopTransactionResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    StartTransactionRequest<'a> {
        "connectorId" => connector_id: required;
        "idTag" => id_tag: required or MISSING_ID_TAG CiString::unchecked("");
        "meterStart" => meter_start: register;
        "reservationId" => reservation_id: optional;
        "timestamp" => timestamp: required;
    }
    StartTransactionResponse<'a> {
        "idTagInfo" => id_tag_info: required;
        "transactionId" => transaction_id: required;
    }
    StopTransactionRequest<'a> {
        "idTag" => id_tag: optional;
        "meterStop" => meter_stop: register;
        "timestamp" => timestamp: required;
        "transactionId" => transaction_id: required;
        "reason" => reason: optional;
        "transactionData" => transaction_data: optional;
    }
    StopTransactionResponse<'a> {
        "idTagInfo" => id_tag_info: optional;
    }
}

literals! {
    /// Why a transaction ended. Missing counts as [`Local`](Self::Local).
    pub enum Reason {
        /// The emergency button.
        EmergencyStop = "EmergencyStop",
        /// The cable was unplugged at the vehicle.
        EvDisconnected = "EVDisconnected",
        /// A hard reset.
        HardReset = "HardReset",
        /// The user, at the station.
        Local = "Local",
        /// Another reason, by the word of the list.
        OtherReason = "Other",
        /// The power failed.
        PowerLoss = "PowerLoss",
        /// The station restarted by itself.
        Reboot = "Reboot",
        /// The user, through the central system.
        Remote = "Remote",
        /// A soft reset.
        SoftReset = "SoftReset",
        /// UnlockConnector.
        UnlockCommand = "UnlockCommand",
        /// The central system did not accept the identifier.
        DeAuthorized = "DeAuthorized",
    }
    unknown: Unknown::Kept;
}
