//! Asking a station for a message.

use crate::literal::{Unknown, literals};
use crate::value::members;

/// Asks a station to send a message now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerMessageRequest<'a> {
    /// The message.
    pub requested_message: MessageTrigger<'a>,
    /// The connector that the message is about, where it has one.
    pub connector_id: Option<i64>,
}

impl<'a> TriggerMessageRequest<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(requested_message: MessageTrigger<'a>) -> Self {
        Self {
            requested_message,
            connector_id: None,
        }
    }
}

/// Says whether the message will be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggerMessageResponse<'a> {
    /// The answer.
    pub status: TriggerMessageStatus<'a>,
}

members! {
    TriggerMessageRequest<'a> {
        "requestedMessage" => requested_message: required;
        "connectorId" => connector_id: optional;
    }
    TriggerMessageResponse<'a> {
        "status" => status: required or MISSING_STATUS TriggerMessageStatus::Other("".into());
    }
}

literals! {
    /// Which message a station is asked for.
    pub enum MessageTrigger {
        /// BootNotification.
        BootNotification = "BootNotification",
        /// DiagnosticsStatusNotification.
        DiagnosticsStatusNotification = "DiagnosticsStatusNotification",
        /// FirmwareStatusNotification.
        FirmwareStatusNotification = "FirmwareStatusNotification",
        /// Heartbeat.
        Heartbeat = "Heartbeat",
        /// MeterValues.
        MeterValues = "MeterValues",
        /// StatusNotification.
        StatusNotification = "StatusNotification",
    }
    unknown: Unknown::Refused;

    /// Whether a station will send the message.
    pub enum TriggerMessageStatus {
        /// It will be sent.
        Accepted = "Accepted",
        /// It will not be sent.
        Rejected = "Rejected",
        /// The station cannot send it.
        NotImplemented = "NotImplemented",
    }
    unknown: Unknown::Kept;
}
