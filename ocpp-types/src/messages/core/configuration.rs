//! Configuration keys.

use alloc::vec::Vec;

use crate::literal::{Unknown, literals};
use crate::types::CiString;
use crate::value::members;

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

members! {
    ChangeConfigurationRequest<'a> {
        "key" => key: required;
        "value" => value: digits;
    }
    ChangeConfigurationResponse<'a> {
        "status" => status: required or MISSING_STATUS ConfigurationStatus::Other("".into());
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
}

literals! {
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
}
