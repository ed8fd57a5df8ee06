//! The station and its connectors: starting, restarting, availability, state, and what vendors add.

use crate::literal::{Unknown, literals};
use crate::types::{CiString, DateTime, GenericStatus, LongText};
use crate::value::members;

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

/// Shows that the station is alive, and asks for the time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeartbeatRequest {}

/// Tells the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeartbeatResponse<'a> {
    /// The time of the central system, to set the clock by.
    pub current_time: DateTime<'a>,
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
    HeartbeatRequest {
    }
    HeartbeatResponse<'a> {
        "currentTime" => current_time: required;
    }
    ResetRequest<'a> {
        "type" => kind: required;
    }
    ResetResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
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
