//! OCPP 1.6, 4 and 5: the profile that every station has.

use alloc::vec::Vec;

use crate::literal::{Unknown, literals};
use crate::types::{
    ChargingProfile, CiString, DateTime, GenericStatus, IdTagInfo, IdToken, LongText, MeterValue,
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

/// Introduces a station: the first message after every start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootNotificationRequest<'a> {
    /// The vendor; some stations leave it empty.
    pub charge_point_vendor: CiString<'a, 20>,
    /// The model.
    pub charge_point_model: CiString<'a, 20>,
    /// The serial number of the station.
    pub charge_point_serial_number: Option<CiString<'a, 25>>,
    /// The serial number of the charge box; deprecated.
    pub charge_box_serial_number: Option<CiString<'a, 25>>,
    /// The version of the firmware.
    pub firmware_version: Option<CiString<'a, 50>>,
    /// The number of the SIM card.
    pub iccid: Option<CiString<'a, 20>>,
    /// The number of the subscriber.
    pub imsi: Option<CiString<'a, 20>>,
    /// The type of the main meter.
    pub meter_type: Option<CiString<'a, 25>>,
    /// The serial number of the main meter.
    pub meter_serial_number: Option<CiString<'a, 25>>,
}

impl<'a> BootNotificationRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        charge_point_vendor: CiString<'a, 20>,
        charge_point_model: CiString<'a, 20>,
    ) -> Self {
        Self {
            charge_point_vendor,
            charge_point_model,
            charge_point_serial_number: None,
            charge_box_serial_number: None,
            firmware_version: None,
            iccid: None,
            imsi: None,
            meter_type: None,
            meter_serial_number: None,
        }
    }
}

/// Says whether the station is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BootNotificationResponse<'a> {
    /// The answer.
    pub status: RegistrationStatus<'a>,
    /// The time of the central system, to set the clock by.
    pub current_time: DateTime<'a>,
    /// Seconds between heartbeats; before the next attempt, if the station is not accepted.
    pub interval: i64,
}

/// Takes a connector or the station into or out of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeAvailabilityRequest<'a> {
    /// The connector, counted from 1; 0 for the station with all of them.
    pub connector_id: i64,
    /// What it is to become.
    pub kind: AvailabilityType<'a>,
}

/// Says what becomes of the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeAvailabilityResponse<'a> {
    /// The answer.
    pub status: AvailabilityStatus<'a>,
}

/// Changes a configuration key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeConfigurationRequest<'a> {
    /// The key.
    pub key: CiString<'a, 50>,
    /// The value, as text whatever its type.
    pub value: CiString<'a, 500>,
}

/// Says what became of the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeConfigurationResponse<'a> {
    /// The answer.
    pub status: ConfigurationStatus<'a>,
}

/// Empties the authorization cache.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClearCacheRequest {}

/// Says whether the cache was emptied; a station without one rejects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClearCacheResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Carries what a vendor defined, in either direction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTransferRequest<'a> {
    /// The vendor, best by its reversed domain name.
    pub vendor_id: CiString<'a, 255>,
    /// The message, as the vendor calls it.
    pub message_id: Option<CiString<'a, 50>>,
    /// The content, without a limit of length.
    pub data: Option<LongText<'a>>,
}

impl<'a> DataTransferRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(vendor_id: CiString<'a, 255>) -> Self {
        Self {
            vendor_id,
            message_id: None,
            data: None,
        }
    }
}

/// Says what became of a vendor-specific message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataTransferResponse<'a> {
    /// The answer.
    pub status: DataTransferStatus<'a>,
    /// The content, without a limit of length.
    pub data: Option<LongText<'a>>,
}

impl<'a> DataTransferResponse<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: DataTransferStatus<'a>) -> Self {
        Self { status, data: None }
    }
}

/// Asks for configuration keys; for all of them, if none is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetConfigurationRequest<'a> {
    /// The keys.
    pub key: Option<Vec<CiString<'a, 50>>>,
}

/// Lists configuration keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetConfigurationResponse<'a> {
    /// The keys that there are.
    pub configuration_key: Option<Vec<KeyValue<'a>>>,
    /// The keys that there are not.
    pub unknown_key: Option<Vec<CiString<'a, 50>>>,
}

/// A configuration key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValue<'a> {
    /// The key.
    pub key: CiString<'a, 50>,
    /// Whether it cannot be changed.
    pub readonly: bool,
    /// The value; missing for a key that can only be written.
    pub value: Option<CiString<'a, 500>>,
}

impl<'a> KeyValue<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(key: CiString<'a, 50>, readonly: bool) -> Self {
        Self {
            key,
            readonly,
            value: None,
        }
    }
}

/// Shows that the station is alive, and asks for the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeartbeatRequest {}

/// Tells the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartbeatResponse<'a> {
    /// The time of the central system, to set the clock by.
    pub current_time: DateTime<'a>,
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

/// Restarts a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetRequest<'a> {
    /// How.
    pub kind: ResetType<'a>,
}

/// Says whether the station will restart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResetResponse<'a> {
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

/// Reports the state of a connector or the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusNotificationRequest<'a> {
    /// The connector, counted from 1; 0 for the station.
    pub connector_id: i64,
    /// What is wrong.
    pub error_code: ChargePointErrorCode<'a>,
    /// More about it.
    pub info: Option<CiString<'a, 50>>,
    /// The state.
    pub status: ChargePointStatus<'a>,
    /// When; missing counts as the time of receipt.
    pub timestamp: Option<DateTime<'a>>,
    /// The vendor who defined `vendorErrorCode`.
    pub vendor_id: Option<CiString<'a, 255>>,
    /// The error, as the vendor calls it.
    pub vendor_error_code: Option<CiString<'a, 50>>,
}

impl<'a> StatusNotificationRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        connector_id: i64,
        error_code: ChargePointErrorCode<'a>,
        status: ChargePointStatus<'a>,
    ) -> Self {
        Self {
            connector_id,
            error_code,
            info: None,
            status,
            timestamp: None,
            vendor_id: None,
            vendor_error_code: None,
        }
    }
}

/// Confirms a state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusNotificationResponse {}

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

/// Unlocks a connector; a running transaction ends first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnlockConnectorRequest {
    /// The connector, counted from 1.
    pub connector_id: i64,
}

/// Says whether the connector was unlocked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlockConnectorResponse<'a> {
    /// The answer.
    pub status: UnlockStatus<'a>,
}

members! {
    AuthorizeRequest<'a> {
        "idTag" => id_tag: required;
    }
    AuthorizeResponse<'a> {
        "idTagInfo" => id_tag_info: required;
    }
    BootNotificationRequest<'a> {
        "chargePointVendor" => charge_point_vendor: required;
        "chargePointModel" => charge_point_model: required;
        "chargePointSerialNumber" => charge_point_serial_number: optional;
        "chargeBoxSerialNumber" => charge_box_serial_number: optional;
        "firmwareVersion" => firmware_version: optional;
        "iccid" => iccid: optional;
        "imsi" => imsi: optional;
        "meterType" => meter_type: optional;
        "meterSerialNumber" => meter_serial_number: optional;
    }
    BootNotificationResponse<'a> {
        "status" => status: required;
        "currentTime" => current_time: required;
        "interval" or "heartbeatInterval" => interval: required;
    }
    ChangeAvailabilityRequest<'a> {
        "connectorId" => connector_id: required;
        "type" => kind: required;
    }
    ChangeAvailabilityResponse<'a> {
        "status" => status: required or MISSING_STATUS AvailabilityStatus::Other("".into());
    }
    ChangeConfigurationRequest<'a> {
        "key" => key: required;
        "value" => value: digits;
    }
    ChangeConfigurationResponse<'a> {
        "status" => status: required or MISSING_STATUS ConfigurationStatus::Other("".into());
    }
    ClearCacheRequest {
    }
    ClearCacheResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    DataTransferRequest<'a> {
        "vendorId" => vendor_id: required;
        "messageId" => message_id: optional;
        "data" => data: optional;
    }
    DataTransferResponse<'a> {
        "status" => status: required or MISSING_STATUS DataTransferStatus::Other("".into());
        "data" => data: optional;
    }
    GetConfigurationRequest<'a> {
        "key" => key: optional;
    }
    GetConfigurationResponse<'a> {
        "configurationKey" => configuration_key: optional;
        "unknownKey" => unknown_key: optional;
    }
    KeyValue<'a> {
        "key" => key: required;
        "readonly" => readonly: required or MISSING_MEMBER false;
        "value" => value: optional_digits;
    }
    HeartbeatRequest {
    }
    HeartbeatResponse<'a> {
        "currentTime" => current_time: required;
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
    ResetRequest<'a> {
        "type" => kind: required;
    }
    ResetResponse<'a> {
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
    StatusNotificationRequest<'a> {
        "connectorId" => connector_id: required;
        "errorCode" => error_code: required or MISSING_MEMBER ChargePointErrorCode::NoError;
        "info" => info: optional;
        "status" => status: required;
        "timestamp" => timestamp: optional;
        "vendorId" => vendor_id: optional;
        "vendorErrorCode" => vendor_error_code: optional;
    }
    StatusNotificationResponse {
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
    UnlockConnectorRequest {
        "connectorId" => connector_id: required;
    }
    UnlockConnectorResponse<'a> {
        "status" => status: required or MISSING_STATUS UnlockStatus::Other("".into());
    }
}

literals! {
    /// Whether a station is accepted by the central system.
    pub enum RegistrationStatus {
        /// It may work normally.
        Accepted = "Accepted",
        /// Not yet: the central system wants to set it up first.
        Pending = "Pending",
        /// No; it waits before it asks again.
        Rejected = "Rejected",
    }
    unknown: Unknown::Refused;

    /// What a connector or station is to become.
    pub enum AvailabilityType {
        /// Out of use.
        Inoperative = "Inoperative",
        /// In use.
        Operative = "Operative",
    }
    unknown: Unknown::Refused;

    /// What becomes of a change of availability.
    pub enum AvailabilityStatus {
        /// It is done, or was so already.
        Accepted = "Accepted",
        /// It is not done.
        Rejected = "Rejected",
        /// It is done when the transaction ends.
        Scheduled = "Scheduled",
    }
    unknown: Unknown::Kept;

    /// What became of a change of a configuration key.
    pub enum ConfigurationStatus {
        /// It is done.
        Accepted = "Accepted",
        /// The value is not possible.
        Rejected = "Rejected",
        /// It takes effect after a restart.
        RebootRequired = "RebootRequired",
        /// There is no such key.
        NotSupported = "NotSupported",
    }
    unknown: Unknown::Kept;

    /// What became of a vendor-specific message.
    pub enum DataTransferStatus {
        /// It was understood.
        Accepted = "Accepted",
        /// It was refused.
        Rejected = "Rejected",
        /// The vendor is known, the message is not.
        UnknownMessageId = "UnknownMessageId",
        /// The vendor is unknown.
        UnknownVendorId = "UnknownVendorId",
    }
    unknown: Unknown::Kept;

    /// How to restart.
    pub enum ResetType {
        /// The hardware, at once.
        Hard = "Hard",
        /// The software, after transactions have been stopped in order.
        Soft = "Soft",
    }
    unknown: Unknown::Refused;

    /// What is wrong with a connector or station.
    pub enum ChargePointErrorCode {
        /// The connector cannot be locked or unlocked.
        ConnectorLockFailure = "ConnectorLockFailure",
        /// The vehicle does not communicate as it should.
        EvCommunicationError = "EVCommunicationError",
        /// The residual-current device has tripped.
        GroundFailure = "GroundFailure",
        /// It is too hot inside the station.
        HighTemperature = "HighTemperature",
        /// An error of hardware or software.
        InternalError = "InternalError",
        /// The local list says something else than the central system.
        LocalListConflict = "LocalListConflict",
        /// Nothing is wrong.
        NoError = "NoError",
        /// Another error, see `vendorErrorCode`.
        OtherError = "OtherError",
        /// The current was too high.
        OverCurrentFailure = "OverCurrentFailure",
        /// The meter cannot be read.
        PowerMeterFailure = "PowerMeterFailure",
        /// The contactor does not switch.
        PowerSwitchFailure = "PowerSwitchFailure",
        /// The reader of identifiers does not work.
        ReaderFailure = "ReaderFailure",
        /// A reset failed.
        ResetFailure = "ResetFailure",
        /// The voltage is too low.
        UnderVoltage = "UnderVoltage",
        /// The voltage is too high.
        OverVoltage = "OverVoltage",
        /// The radio signal is weak.
        WeakSignal = "WeakSignal",
    }
    unknown: Unknown::Empty("NoError");

    /// The state of a connector, or of the station for connector 0.
    pub enum ChargePointStatus {
        /// Free.
        Available = "Available",
        /// In use, and not yet charging.
        Preparing = "Preparing",
        /// Charging.
        Charging = "Charging",
        /// Connected; the station offers no energy.
        SuspendedEvse = "SuspendedEVSE",
        /// Connected; the vehicle takes no energy.
        SuspendedEv = "SuspendedEV",
        /// The transaction is over, and the connector not yet free.
        Finishing = "Finishing",
        /// Reserved.
        Reserved = "Reserved",
        /// Out of use.
        Unavailable = "Unavailable",
        /// An error prevents charging.
        Faulted = "Faulted",
    }
    unknown: Unknown::Kept;

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

    /// Whether a connector was unlocked.
    pub enum UnlockStatus {
        /// It is unlocked.
        Unlocked = "Unlocked",
        /// The lock does not open.
        UnlockFailed = "UnlockFailed",
        /// There is no such connector, or no lock.
        NotSupported = "NotSupported",
    }
    unknown: Unknown::Kept;
}
