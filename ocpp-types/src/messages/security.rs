//! The security extension (security white paper, edition 2).

use alloc::vec::Vec;

use super::TriggerMessageStatus;
use crate::literal::{Unknown, literals};
use crate::types::{DateTime, GenericStatus, Text};
use crate::value::members;

/// Brings the signed certificate of the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateSignedRequest<'a> {
    /// The certificate and those above it, in PEM.
    pub certificate_chain: Text<'a, 10000>,
}

/// Says whether the certificate was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateSignedResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Removes a root certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteCertificateRequest<'a> {
    /// The certificate.
    pub certificate_hash_data: CertificateHashData<'a>,
}

/// A certificate, by its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateHashData<'a> {
    /// The algorithm of the hashes.
    pub hash_algorithm: HashAlgorithm<'a>,
    /// The hash of the name of the issuer.
    pub issuer_name_hash: Text<'a, 128>,
    /// The hash of the key of the issuer.
    pub issuer_key_hash: Text<'a, 128>,
    /// The serial number, in hexadecimal.
    pub serial_number: Text<'a, 40>,
}

/// Says whether the certificate was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteCertificateResponse<'a> {
    /// The answer.
    pub status: DeleteCertificateStatus<'a>,
}

/// Asks a station to send a message now, one of the security extension too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedTriggerMessageRequest<'a> {
    /// The message.
    pub requested_message: ExtendedMessageTrigger<'a>,
    /// The connector that the message is about, where it has one.
    pub connector_id: Option<i64>,
}

impl<'a> ExtendedTriggerMessageRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(requested_message: ExtendedMessageTrigger<'a>) -> Self {
        Self {
            requested_message,
            connector_id: None,
        }
    }
}

/// Says whether the message will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedTriggerMessageResponse<'a> {
    /// The answer.
    pub status: TriggerMessageStatus<'a>,
}

/// Asks for the root certificates of a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetInstalledCertificateIdsRequest<'a> {
    /// The use.
    pub certificate_type: CertificateUse<'a>,
}

/// Lists root certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetInstalledCertificateIdsResponse<'a> {
    /// The certificates; at least one, if the list is there.
    pub certificate_hash_data: Option<Vec<CertificateHashData<'a>>>,
    /// The answer.
    pub status: GetInstalledCertificateStatus<'a>,
}

impl<'a> GetInstalledCertificateIdsResponse<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: GetInstalledCertificateStatus<'a>) -> Self {
        Self {
            certificate_hash_data: None,
            status,
        }
    }
}

/// Asks a station to upload a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetLogRequest<'a> {
    /// Where to upload it, and of what time.
    pub log: LogParameters<'a>,
    /// Which log.
    pub log_type: LogType<'a>,
    /// The id of the request; reports about it repeat it.
    pub request_id: i64,
    /// So often to try again.
    pub retries: Option<i64>,
    /// Seconds between tries.
    pub retry_interval: Option<i64>,
}

impl<'a> GetLogRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(log: LogParameters<'a>, log_type: LogType<'a>, request_id: i64) -> Self {
        Self {
            log,
            log_type,
            request_id,
            retries: None,
            retry_interval: None,
        }
    }
}

/// Where to upload a log, and of what time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogParameters<'a> {
    /// Where to upload to.
    pub remote_location: Text<'a, 512>,
    /// From when on.
    pub oldest_timestamp: Option<DateTime<'a>>,
    /// Until when.
    pub latest_timestamp: Option<DateTime<'a>>,
}

impl<'a> LogParameters<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(remote_location: Text<'a, 512>) -> Self {
        Self {
            remote_location,
            oldest_timestamp: None,
            latest_timestamp: None,
        }
    }
}

/// Says whether the log will be uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetLogResponse<'a> {
    /// The answer.
    pub status: LogStatus<'a>,
    /// The file.
    pub filename: Option<Text<'a, 255>>,
}

impl<'a> GetLogResponse<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: LogStatus<'a>) -> Self {
        Self {
            status,
            filename: None,
        }
    }
}

/// Installs a root certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallCertificateRequest<'a> {
    /// The use.
    pub certificate_type: CertificateUse<'a>,
    /// The certificate, in PEM.
    pub certificate: Text<'a, 5500>,
}

/// Says whether the certificate was installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallCertificateResponse<'a> {
    /// The answer.
    pub status: InstallCertificateStatus<'a>,
}

/// Reports how far an upload of a log is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogStatusNotificationRequest<'a> {
    /// How far it is.
    pub status: UploadLogStatus<'a>,
    /// The id of the request; missing only where none runs.
    pub request_id: Option<i64>,
}

impl<'a> LogStatusNotificationRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: UploadLogStatus<'a>) -> Self {
        Self {
            status,
            request_id: None,
        }
    }
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogStatusNotificationResponse {}

/// Reports a security event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecurityEventNotificationRequest<'a> {
    /// What happened: a name of the list of security events, or another text.
    pub kind: Text<'a, 50>,
    /// When.
    pub timestamp: DateTime<'a>,
    /// More about it.
    pub tech_info: Option<Text<'a, 255>>,
}

impl<'a> SecurityEventNotificationRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(kind: Text<'a, 50>, timestamp: DateTime<'a>) -> Self {
        Self {
            kind,
            timestamp,
            tech_info: None,
        }
    }
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SecurityEventNotificationResponse {}

/// Asks the central system to have a certificate signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignCertificateRequest<'a> {
    /// The request of the certificate, in PEM (PKCS #10).
    pub csr: Text<'a, 5500>,
}

/// Says whether the request was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignCertificateResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Reports how far an update with signed firmware is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFirmwareStatusNotificationRequest<'a> {
    /// How far it is.
    pub status: SignedFirmwareStatus<'a>,
    /// The id of the request; missing only where none runs.
    pub request_id: Option<i64>,
}

impl<'a> SignedFirmwareStatusNotificationRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: SignedFirmwareStatus<'a>) -> Self {
        Self {
            status,
            request_id: None,
        }
    }
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignedFirmwareStatusNotificationResponse {}

/// Asks a station to load, check and install signed firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedUpdateFirmwareRequest<'a> {
    /// So often to try again.
    pub retries: Option<i64>,
    /// Seconds between tries.
    pub retry_interval: Option<i64>,
    /// The id of the request; reports about it repeat it.
    pub request_id: i64,
    /// The firmware.
    pub firmware: Firmware<'a>,
}

impl<'a> SignedUpdateFirmwareRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(request_id: i64, firmware: Firmware<'a>) -> Self {
        Self {
            retries: None,
            retry_interval: None,
            request_id,
            firmware,
        }
    }
}

/// Firmware with its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware<'a> {
    /// Where to load from.
    pub location: Text<'a, 512>,
    /// From when on to load it.
    pub retrieve_date_time: DateTime<'a>,
    /// From when on to install it.
    pub install_date_time: Option<DateTime<'a>>,
    /// The certificate that signed it, in PEM.
    pub signing_certificate: Text<'a, 5500>,
    /// The signature, in base64.
    pub signature: Text<'a, 800>,
}

impl<'a> Firmware<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(
        location: Text<'a, 512>,
        retrieve_date_time: DateTime<'a>,
        signing_certificate: Text<'a, 5500>,
        signature: Text<'a, 800>,
    ) -> Self {
        Self {
            location,
            retrieve_date_time,
            install_date_time: None,
            signing_certificate,
            signature,
        }
    }
}

/// Says whether it will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedUpdateFirmwareResponse<'a> {
    /// The answer.
    pub status: UpdateFirmwareStatus<'a>,
}

members! {
    CertificateSignedRequest<'a> {
        "certificateChain" => certificate_chain: required;
    }
    CertificateSignedResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    DeleteCertificateRequest<'a> {
        "certificateHashData" => certificate_hash_data: required;
    }
    CertificateHashData<'a> {
        "hashAlgorithm" => hash_algorithm: required;
        "issuerNameHash" => issuer_name_hash: required;
        "issuerKeyHash" => issuer_key_hash: required;
        "serialNumber" => serial_number: required;
    }
    DeleteCertificateResponse<'a> {
        "status" => status: required or MISSING_STATUS DeleteCertificateStatus::Other("".into());
    }
    ExtendedTriggerMessageRequest<'a> {
        "requestedMessage" => requested_message: required;
        "connectorId" => connector_id: optional;
    }
    ExtendedTriggerMessageResponse<'a> {
        "status" => status: required or MISSING_STATUS TriggerMessageStatus::Other("".into());
    }
    GetInstalledCertificateIdsRequest<'a> {
        "certificateType" => certificate_type: required;
    }
    GetInstalledCertificateIdsResponse<'a> {
        "certificateHashData" => certificate_hash_data: nonempty;
        "status" => status: required or MISSING_STATUS GetInstalledCertificateStatus::Other("".into());
    }
    GetLogRequest<'a> {
        "log" => log: required;
        "logType" => log_type: required;
        "requestId" => request_id: required;
        "retries" => retries: optional;
        "retryInterval" => retry_interval: optional;
    }
    LogParameters<'a> {
        "remoteLocation" => remote_location: required;
        "oldestTimestamp" => oldest_timestamp: optional;
        "latestTimestamp" => latest_timestamp: optional;
    }
    GetLogResponse<'a> {
        "status" => status: required or MISSING_STATUS LogStatus::Other("".into());
        "filename" => filename: optional;
    }
    InstallCertificateRequest<'a> {
        "certificateType" => certificate_type: required;
        "certificate" => certificate: required;
    }
    InstallCertificateResponse<'a> {
        "status" => status: required or MISSING_STATUS InstallCertificateStatus::Other("".into());
    }
    LogStatusNotificationRequest<'a> {
        "status" => status: required;
        "requestId" => request_id: optional;
    }
    LogStatusNotificationResponse {
    }
    SecurityEventNotificationRequest<'a> {
        "type" => kind: required;
        "timestamp" => timestamp: required;
        "techInfo" => tech_info: optional;
    }
    SecurityEventNotificationResponse {
    }
    SignCertificateRequest<'a> {
        "csr" => csr: required;
    }
    SignCertificateResponse<'a> {
        "status" => status: required;
    }
    SignedFirmwareStatusNotificationRequest<'a> {
        "status" => status: required;
        "requestId" => request_id: optional;
    }
    SignedFirmwareStatusNotificationResponse {
    }
    SignedUpdateFirmwareRequest<'a> {
        "retries" => retries: optional;
        "retryInterval" => retry_interval: optional;
        "requestId" => request_id: required;
        "firmware" => firmware: required;
    }
    Firmware<'a> {
        "location" => location: required;
        "retrieveDateTime" => retrieve_date_time: required;
        "installDateTime" => install_date_time: optional;
        "signingCertificate" => signing_certificate: required;
        "signature" => signature: required;
    }
    SignedUpdateFirmwareResponse<'a> {
        "status" => status: required or MISSING_STATUS UpdateFirmwareStatus::Other("".into());
    }
}

literals! {
    /// How a certificate is hashed.
    pub enum HashAlgorithm {
        /// SHA-256.
        Sha256 = "SHA256",
        /// SHA-384.
        Sha384 = "SHA384",
        /// SHA-512.
        Sha512 = "SHA512",
    }
    unknown: Unknown::Refused;

    /// Whether a certificate was removed.
    pub enum DeleteCertificateStatus {
        /// It is removed.
        Accepted = "Accepted",
        /// It could not be removed.
        Failed = "Failed",
        /// There is no such certificate.
        NotFound = "NotFound",
    }
    unknown: Unknown::Kept;

    /// Which message a station is asked for, with those of the security extension.
    pub enum ExtendedMessageTrigger {
        /// BootNotification.
        BootNotification = "BootNotification",
        /// LogStatusNotification.
        LogStatusNotification = "LogStatusNotification",
        /// SignedFirmwareStatusNotification.
        FirmwareStatusNotification = "FirmwareStatusNotification",
        /// Heartbeat.
        Heartbeat = "Heartbeat",
        /// MeterValues.
        MeterValues = "MeterValues",
        /// SignCertificate.
        SignChargePointCertificate = "SignChargePointCertificate",
        /// StatusNotification.
        StatusNotification = "StatusNotification",
    }
    unknown: Unknown::Refused;

    /// What a root certificate is for.
    pub enum CertificateUse {
        /// To trust the central system.
        CentralSystemRootCertificate = "CentralSystemRootCertificate",
        /// To trust firmware.
        ManufacturerRootCertificate = "ManufacturerRootCertificate",
    }
    unknown: Unknown::Refused;

    /// Whether there are certificates of that use.
    pub enum GetInstalledCertificateStatus {
        /// There are.
        Accepted = "Accepted",
        /// There are none.
        NotFound = "NotFound",
    }
    unknown: Unknown::Kept;

    /// Which log.
    pub enum LogType {
        /// The diagnostics.
        DiagnosticsLog = "DiagnosticsLog",
        /// The security events.
        SecurityLog = "SecurityLog",
    }
    unknown: Unknown::Refused;

    /// Whether a log will be uploaded.
    pub enum LogStatus {
        /// It will be uploaded.
        Accepted = "Accepted",
        /// It will not be uploaded.
        Rejected = "Rejected",
        /// It will be uploaded, and an upload that ran was canceled.
        AcceptedCanceled = "AcceptedCanceled",
    }
    unknown: Unknown::Kept;

    /// Whether a certificate was installed.
    pub enum InstallCertificateStatus {
        /// It is installed.
        Accepted = "Accepted",
        /// It is valid and could not be installed.
        Failed = "Failed",
        /// It is not valid.
        Rejected = "Rejected",
    }
    unknown: Unknown::Kept;

    /// How far an upload of a log is.
    pub enum UploadLogStatus {
        /// The server did not understand it.
        BadMessage = "BadMessage",
        /// None runs.
        Idle = "Idle",
        /// The server does not offer it.
        NotSupportedOperation = "NotSupportedOperation",
        /// The server did not permit it.
        PermissionDenied = "PermissionDenied",
        /// It is done.
        Uploaded = "Uploaded",
        /// It failed.
        UploadFailure = "UploadFailure",
        /// It runs.
        Uploading = "Uploading",
    }
    unknown: Unknown::Kept;

    /// How far an update with signed firmware is.
    pub enum SignedFirmwareStatus {
        /// The firmware was loaded.
        Downloaded = "Downloaded",
        /// The firmware could not be loaded.
        DownloadFailed = "DownloadFailed",
        /// The firmware is being loaded.
        Downloading = "Downloading",
        /// The firmware will be loaded later.
        DownloadScheduled = "DownloadScheduled",
        /// Loading pauses.
        DownloadPaused = "DownloadPaused",
        /// No update runs.
        Idle = "Idle",
        /// The firmware could not be installed.
        InstallationFailed = "InstallationFailed",
        /// The firmware is being installed.
        Installing = "Installing",
        /// The firmware was installed.
        Installed = "Installed",
        /// The station restarts to install the firmware.
        InstallRebooting = "InstallRebooting",
        /// The firmware will be installed later.
        InstallScheduled = "InstallScheduled",
        /// The installed firmware is not what it should be.
        InstallVerificationFailed = "InstallVerificationFailed",
        /// The signature does not fit the firmware.
        InvalidSignature = "InvalidSignature",
        /// The signature fits the firmware.
        SignatureVerified = "SignatureVerified",
    }
    unknown: Unknown::Kept;

    /// Whether an update with signed firmware will run.
    pub enum UpdateFirmwareStatus {
        /// It will.
        Accepted = "Accepted",
        /// It will not.
        Rejected = "Rejected",
        /// It will, and an update that ran was canceled.
        AcceptedCanceled = "AcceptedCanceled",
        /// It will not: the certificate is not valid.
        InvalidCertificate = "InvalidCertificate",
        /// It will not: the certificate was revoked.
        RevokedCertificate = "RevokedCertificate",
    }
    unknown: Unknown::Kept;
}
