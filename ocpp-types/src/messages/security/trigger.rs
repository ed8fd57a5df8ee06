//! TriggerMessage for the messages of the security extension.

use crate::literal::{Unknown, literals};
use crate::messages::TriggerMessageStatus;
use crate::value::members;

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

members! {
    ExtendedTriggerMessageRequest<'a> {
        "requestedMessage" => requested_message: required;
        "connectorId" => connector_id: optional;
    }
    ExtendedTriggerMessageResponse<'a> {
        "status" => status: required or MISSING_STATUS TriggerMessageStatus::Other("".into());
    }
}

literals! {
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
}
