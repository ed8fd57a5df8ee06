//! Every payload of OCPP 1.6-J, grouped by feature profile.
//!
//! Field names are those of the schemas in snake case; `type` is called `kind`. Members that the
//! schema does not require are an `Option`.

mod core;
mod firmware;
mod local_list;
mod remote_trigger;
mod reservation;
mod security;
mod smart_charging;

pub use self::core::configuration::{
    ChangeConfigurationRequest, ChangeConfigurationResponse, ConfigurationStatus,
    GetConfigurationRequest, GetConfigurationResponse, KeyValue,
};
pub use self::core::station::{
    AvailabilityStatus, AvailabilityType, BootNotificationRequest, BootNotificationResponse,
    ChangeAvailabilityRequest, ChangeAvailabilityResponse, ChargePointErrorCode, ChargePointStatus,
    ClearCacheRequest, ClearCacheResponse, DataTransferRequest, DataTransferResponse,
    DataTransferStatus, HeartbeatRequest, HeartbeatResponse, RegistrationStatus, ResetRequest,
    ResetResponse, ResetType, StatusNotificationRequest, StatusNotificationResponse,
    UnlockConnectorRequest, UnlockConnectorResponse, UnlockStatus,
};
pub use self::core::transaction::{
    AuthorizeRequest, AuthorizeResponse, MeterValuesRequest, MeterValuesResponse, Reason,
    RemoteStartTransactionRequest, RemoteStartTransactionResponse, RemoteStopTransactionRequest,
    RemoteStopTransactionResponse, StartTransactionRequest, StartTransactionResponse,
    StopTransactionRequest, StopTransactionResponse,
};
pub use self::firmware::{
    DiagnosticsStatus, DiagnosticsStatusNotificationRequest, DiagnosticsStatusNotificationResponse,
    FirmwareStatus, FirmwareStatusNotificationRequest, FirmwareStatusNotificationResponse,
    GetDiagnosticsRequest, GetDiagnosticsResponse, UpdateFirmwareRequest, UpdateFirmwareResponse,
};
pub use self::local_list::{
    AuthorizationData, GetLocalListVersionRequest, GetLocalListVersionResponse,
    SendLocalListRequest, SendLocalListResponse, UpdateStatus, UpdateType,
};
pub use self::remote_trigger::{
    MessageTrigger, TriggerMessageRequest, TriggerMessageResponse, TriggerMessageStatus,
};
pub use self::reservation::{
    CancelReservationRequest, CancelReservationResponse, ReservationStatus, ReserveNowRequest,
    ReserveNowResponse,
};
pub use self::security::certificate::{
    CertificateHashData, CertificateSignedRequest, CertificateSignedResponse, CertificateUse,
    DeleteCertificateRequest, DeleteCertificateResponse, DeleteCertificateStatus,
    GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse,
    GetInstalledCertificateStatus, HashAlgorithm, InstallCertificateRequest,
    InstallCertificateResponse, InstallCertificateStatus, SignCertificateRequest,
    SignCertificateResponse,
};
pub use self::security::firmware::{
    Firmware, SignedFirmwareStatus, SignedFirmwareStatusNotificationRequest,
    SignedFirmwareStatusNotificationResponse, SignedUpdateFirmwareRequest,
    SignedUpdateFirmwareResponse, UpdateFirmwareStatus,
};
pub use self::security::log::{
    GetLogRequest, GetLogResponse, LogParameters, LogStatus, LogStatusNotificationRequest,
    LogStatusNotificationResponse, LogType, SecurityEventNotificationRequest,
    SecurityEventNotificationResponse, UploadLogStatus,
};
pub use self::security::trigger::{
    ExtendedMessageTrigger, ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse,
};
pub use self::smart_charging::{
    ChargingProfileStatus, ClearChargingProfileRequest, ClearChargingProfileResponse,
    ClearChargingProfileStatus, GetCompositeScheduleRequest, GetCompositeScheduleResponse,
    SetChargingProfileRequest, SetChargingProfileResponse,
};
