//! Logs and security events.

use crate::literal::{Unknown, literals};
use crate::types::{DateTime, Text};
use crate::value::members;

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

members! {
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
}

literals! {
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
}
