//! Updates with signed firmware.

use crate::literal::{Unknown, literals};
use crate::types::{DateTime, Text};
use crate::value::members;

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
