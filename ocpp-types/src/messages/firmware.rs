//! Firmware updates and diagnostics.

use crate::literal::{Unknown, literals};
use crate::types::{CiString, DateTime, Uri};
use crate::value::members;

/// Reports how far an upload of diagnostics is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosticsStatusNotificationRequest<'a> {
    /// How far it is.
    pub status: DiagnosticsStatus<'a>,
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiagnosticsStatusNotificationResponse {}

/// Reports how far a firmware update is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirmwareStatusNotificationRequest<'a> {
    /// How far it is.
    pub status: FirmwareStatus<'a>,
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirmwareStatusNotificationResponse {}

/// Asks a station to upload its diagnostics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetDiagnosticsRequest<'a> {
    /// Where to upload to.
    pub location: Uri<'a>,
    /// So often to try again.
    pub retries: Option<i64>,
    /// Seconds between tries.
    pub retry_interval: Option<i64>,
    /// From when on.
    pub start_time: Option<DateTime<'a>>,
    /// Until when.
    pub stop_time: Option<DateTime<'a>>,
}

impl<'a> GetDiagnosticsRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(location: Uri<'a>) -> Self {
        Self {
            location,
            retries: None,
            retry_interval: None,
            start_time: None,
            stop_time: None,
        }
    }
}

/// Names the file that will be uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GetDiagnosticsResponse<'a> {
    /// The file; missing if there is nothing to upload.
    pub file_name: Option<CiString<'a, 255>>,
}

/// Asks a station to load and install firmware.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateFirmwareRequest<'a> {
    /// Where to load from.
    pub location: Uri<'a>,
    /// So often to try again.
    pub retries: Option<i64>,
    /// From when on to load it.
    pub retrieve_date: DateTime<'a>,
    /// Seconds between tries.
    pub retry_interval: Option<i64>,
}

impl<'a> UpdateFirmwareRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(location: Uri<'a>, retrieve_date: DateTime<'a>) -> Self {
        Self {
            location,
            retries: None,
            retrieve_date,
            retry_interval: None,
        }
    }
}

/// Confirms it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UpdateFirmwareResponse {}

members! {
    DiagnosticsStatusNotificationRequest<'a> {
        "status" => status: required;
    }
    DiagnosticsStatusNotificationResponse {
    }
    FirmwareStatusNotificationRequest<'a> {
        "status" => status: required;
    }
    FirmwareStatusNotificationResponse {
    }
    GetDiagnosticsRequest<'a> {
        "location" => location: required;
        "retries" => retries: optional;
        "retryInterval" => retry_interval: optional;
        "startTime" => start_time: optional;
        "stopTime" => stop_time: optional;
    }
    GetDiagnosticsResponse<'a> {
        "fileName" => file_name: optional;
    }
    UpdateFirmwareRequest<'a> {
        "location" => location: required;
        "retries" => retries: optional;
        "retrieveDate" => retrieve_date: required;
        "retryInterval" => retry_interval: optional;
    }
    UpdateFirmwareResponse {
    }
}

literals! {
    /// How far an upload of diagnostics is.
    pub enum DiagnosticsStatus {
        /// None runs.
        Idle = "Idle",
        /// It is done.
        Uploaded = "Uploaded",
        /// It failed.
        UploadFailed = "UploadFailed",
        /// It runs.
        Uploading = "Uploading",
    }
    unknown: Unknown::Kept;

    /// How far a firmware update is.
    pub enum FirmwareStatus {
        /// The firmware was loaded.
        Downloaded = "Downloaded",
        /// The firmware could not be loaded.
        DownloadFailed = "DownloadFailed",
        /// The firmware is being loaded.
        Downloading = "Downloading",
        /// No update runs.
        Idle = "Idle",
        /// The firmware could not be installed.
        InstallationFailed = "InstallationFailed",
        /// The firmware is being installed.
        Installing = "Installing",
        /// The firmware was installed.
        Installed = "Installed",
    }
    unknown: Unknown::Kept;
}
