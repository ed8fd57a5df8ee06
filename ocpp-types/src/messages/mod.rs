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

pub use self::core::{
    AuthorizeRequest, AuthorizeResponse, AvailabilityStatus, AvailabilityType,
    BootNotificationRequest, BootNotificationResponse, ChangeAvailabilityRequest,
    ChangeAvailabilityResponse, ChangeConfigurationRequest, ChangeConfigurationResponse,
    ChargePointErrorCode, ChargePointStatus, ClearCacheRequest, ClearCacheResponse,
    ConfigurationStatus, DataTransferRequest, DataTransferResponse, DataTransferStatus,
    GetConfigurationRequest, GetConfigurationResponse, HeartbeatRequest, HeartbeatResponse,
    KeyValue, MeterValuesRequest, MeterValuesResponse, Reason, RegistrationStatus,
    RemoteStartTransactionRequest, RemoteStartTransactionResponse, RemoteStopTransactionRequest,
    RemoteStopTransactionResponse, ResetRequest, ResetResponse, ResetType, StartTransactionRequest,
    StartTransactionResponse, StatusNotificationRequest, StatusNotificationResponse,
    StopTransactionRequest, StopTransactionResponse, UnlockConnectorRequest,
    UnlockConnectorResponse, UnlockStatus,
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
pub use self::security::{
    CertificateHashData, CertificateSignedRequest, CertificateSignedResponse, CertificateUse,
    DeleteCertificateRequest, DeleteCertificateResponse, DeleteCertificateStatus,
    ExtendedMessageTrigger, ExtendedTriggerMessageRequest, ExtendedTriggerMessageResponse,
    Firmware, GetInstalledCertificateIdsRequest, GetInstalledCertificateIdsResponse,
    GetInstalledCertificateStatus, GetLogRequest, GetLogResponse, HashAlgorithm,
    InstallCertificateRequest, InstallCertificateResponse, InstallCertificateStatus, LogParameters,
    LogStatus, LogStatusNotificationRequest, LogStatusNotificationResponse, LogType,
    SecurityEventNotificationRequest, SecurityEventNotificationResponse, SignCertificateRequest,
    SignCertificateResponse, SignedFirmwareStatus, SignedFirmwareStatusNotificationRequest,
    SignedFirmwareStatusNotificationResponse, SignedUpdateFirmwareRequest,
    SignedUpdateFirmwareResponse, UpdateFirmwareStatus, UploadLogStatus,
};
pub use self::smart_charging::{
    ChargingProfileStatus, ClearChargingProfileRequest, ClearChargingProfileResponse,
    ClearChargingProfileStatus, GetCompositeScheduleRequest, GetCompositeScheduleResponse,
    SetChargingProfileRequest, SetChargingProfileResponse,
};
