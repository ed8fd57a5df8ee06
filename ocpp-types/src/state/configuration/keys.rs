//! The configuration keys of the specification (OCPP 1.6, 9; errata sheet 4.0; security white
//! paper, edition 2): the table only.

use super::value::ValueType;
use crate::Profile;

/// A configuration key of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its name; compared without regard to case.
    pub name: &'static str,
    /// Who may read and write it.
    pub access: Access,
    /// Which values it takes.
    pub value: ValueType,
    /// Whether a station that has the feature profile must have the key.
    pub presence: Presence,
    /// The feature profile that it belongs to.
    pub profile: Profile,
}

/// What a central system may do with a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Read it.
    Read,
    /// Read and change it.
    ReadWrite,
    /// Read it, and change it where the station allows that.
    ReadOrReadWrite,
    /// Change it, but not read it.
    Write,
}

/// Whether a key must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// A station may lack it.
    Optional,
    /// A station with the feature profile has it.
    Required,
}

impl Key {
    /// The key with that name, in any case.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
    }
}

const fn key(
    name: &'static str,
    access: Access,
    value: ValueType,
    presence: Presence,
    profile: Profile,
) -> Key {
    Key {
        name,
        access,
        value,
        presence,
        profile,
    }
}

use Access::{Read, ReadOrReadWrite, ReadWrite, Write};
use Presence::{Optional, Required};
use Profile::{
    Core, FirmwareManagement, LocalAuthListManagement, Reservation, Security, SmartCharging,
};
use ValueType::{Boolean, Measurands, Text, Words};

/// Seconds, times, a number of things, watt-hours.
const NUMBER: ValueType = ValueType::Integer { most: i64::MAX };

/// Every key, by feature profile.
pub const KEYS: &[Key] = &[
    key(
        "AllowOfflineTxForUnknownId",
        ReadWrite,
        Boolean,
        Optional,
        Core,
    ),
    key(
        "AuthorizationCacheEnabled",
        ReadWrite,
        Boolean,
        Optional,
        Core,
    ),
    key(
        "AuthorizeRemoteTxRequests",
        ReadOrReadWrite,
        Boolean,
        Required,
        Core,
    ),
    key("BlinkRepeat", ReadWrite, NUMBER, Optional, Core),
    key(
        "ClockAlignedDataInterval",
        ReadWrite,
        NUMBER,
        Required,
        Core,
    ),
    key("ConnectionTimeOut", ReadWrite, NUMBER, Required, Core),
    key(
        "ConnectorPhaseRotation",
        ReadWrite,
        ValueType::PhaseRotation,
        Required,
        Core,
    ),
    key(
        "ConnectorPhaseRotationMaxLength",
        Read,
        NUMBER,
        Optional,
        Core,
    ),
    key("GetConfigurationMaxKeys", Read, NUMBER, Required, Core),
    key("HeartbeatInterval", ReadWrite, NUMBER, Required, Core),
    key(
        "LightIntensity",
        ReadWrite,
        ValueType::Integer { most: 100 },
        Optional,
        Core,
    ),
    key("LocalAuthorizeOffline", ReadWrite, Boolean, Required, Core),
    key("LocalPreAuthorize", ReadWrite, Boolean, Required, Core),
    key("MaxEnergyOnInvalidId", ReadWrite, NUMBER, Optional, Core),
    key("MessageTimeout", ReadWrite, NUMBER, Optional, Core),
    key(
        "MeterValuesAlignedData",
        ReadWrite,
        Measurands,
        Required,
        Core,
    ),
    key(
        "MeterValuesAlignedDataMaxLength",
        Read,
        NUMBER,
        Optional,
        Core,
    ),
    key(
        "MeterValuesSampledData",
        ReadWrite,
        Measurands,
        Required,
        Core,
    ),
    key(
        "MeterValuesSampledDataMaxLength",
        Read,
        NUMBER,
        Optional,
        Core,
    ),
    key(
        "MeterValueSampleInterval",
        ReadWrite,
        NUMBER,
        Required,
        Core,
    ),
    key("MinimumStatusDuration", ReadWrite, NUMBER, Optional, Core),
    key("NumberOfConnectors", Read, NUMBER, Required, Core),
    key("ResetRetries", ReadWrite, NUMBER, Required, Core),
    key(
        "StopTransactionMaxMeterValues",
        Read,
        NUMBER,
        Optional,
        Core,
    ),
    // The errata sheet lets a station fix it.
    key(
        "StopTransactionOnEVSideDisconnect",
        ReadOrReadWrite,
        Boolean,
        Optional,
        Core,
    ),
    key(
        "StopTransactionOnInvalidId",
        ReadWrite,
        Boolean,
        Required,
        Core,
    ),
    key("StopTxnAlignedData", ReadWrite, Measurands, Required, Core),
    key("StopTxnAlignedDataMaxLength", Read, NUMBER, Optional, Core),
    key("StopTxnSampledData", ReadWrite, Measurands, Required, Core),
    key("StopTxnSampledDataMaxLength", Read, NUMBER, Optional, Core),
    key(
        "SupportedFeatureProfiles",
        Read,
        Words(FEATURE_PROFILES),
        Required,
        Core,
    ),
    key(
        "SupportedFeatureProfilesMaxLength",
        Read,
        NUMBER,
        Optional,
        Core,
    ),
    key(
        "TransactionMessageAttempts",
        ReadWrite,
        NUMBER,
        Required,
        Core,
    ),
    key(
        "TransactionMessageRetryInterval",
        ReadWrite,
        NUMBER,
        Required,
        Core,
    ),
    // A station with a fixed cable has it read-only, and false.
    key(
        "UnlockConnectorOnEVSideDisconnect",
        ReadOrReadWrite,
        Boolean,
        Required,
        Core,
    ),
    key("WebSocketPingInterval", ReadWrite, NUMBER, Optional, Core),
    key(
        "LocalAuthListEnabled",
        ReadWrite,
        Boolean,
        Required,
        LocalAuthListManagement,
    ),
    key(
        "LocalAuthListMaxLength",
        Read,
        NUMBER,
        Required,
        LocalAuthListManagement,
    ),
    key(
        "SendLocalListMaxLength",
        Read,
        NUMBER,
        Required,
        LocalAuthListManagement,
    ),
    key(
        "ReserveConnectorZeroSupported",
        Read,
        Boolean,
        Optional,
        Reservation,
    ),
    key(
        "ChargeProfileMaxStackLevel",
        Read,
        NUMBER,
        Required,
        SmartCharging,
    ),
    key(
        "ChargingScheduleAllowedChargingRateUnit",
        Read,
        Words(RATE_UNITS),
        Required,
        SmartCharging,
    ),
    key(
        "ChargingScheduleMaxPeriods",
        Read,
        NUMBER,
        Required,
        SmartCharging,
    ),
    key(
        "ConnectorSwitch3to1PhaseSupported",
        Read,
        Boolean,
        Optional,
        SmartCharging,
    ),
    key(
        "MaxChargingProfilesInstalled",
        Read,
        NUMBER,
        Required,
        SmartCharging,
    ),
    key(
        "SupportedFileTransferProtocols",
        Read,
        Words(PROTOCOLS),
        Optional,
        FirmwareManagement,
    ),
    key(
        "AdditionalRootCertificateCheck",
        Read,
        Boolean,
        Optional,
        Security,
    ),
    key(
        "AuthorizationKey",
        Write,
        ValueType::HexKey,
        Optional,
        Security,
    ),
    key(
        "CertificateSignedMaxChainSize",
        Read,
        ValueType::Integer { most: 10_000 },
        Optional,
        Security,
    ),
    key(
        "CertificateStoreMaxLength",
        Read,
        NUMBER,
        Optional,
        Security,
    ),
    key("CpoName", ReadWrite, Text, Optional, Security),
    key(
        "SecurityProfile",
        ReadWrite,
        ValueType::Rising { most: 3 },
        Optional,
        Security,
    ),
];

const FEATURE_PROFILES: &[&str] = &[
    "Core",
    "FirmwareManagement",
    "LocalAuthListManagement",
    "Reservation",
    "SmartCharging",
    "RemoteTrigger",
];

const RATE_UNITS: &[&str] = &["Current", "Power"];

const PROTOCOLS: &[&str] = &["FTP", "FTPS", "HTTP", "HTTPS"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_any_case() {
        assert_eq!(
            Key::named("heartbeatINTERVAL").map(|key| key.name),
            Some("HeartbeatInterval")
        );
        assert_eq!(Key::named("Heartbeat"), None);
    }

    #[test]
    fn names_are_unique_and_fit_a_message() {
        for (number, key) in KEYS.iter().enumerate() {
            assert!(key.name.len() <= 50);
            let first = KEYS
                .iter()
                .position(|other| other.name.eq_ignore_ascii_case(key.name));
            assert_eq!(first, Some(number), "{}", key.name);
        }
    }

    #[test]
    fn a_key_with_a_maximum_length_is_a_list() {
        for key in KEYS {
            let list = key.name.strip_suffix("MaxLength").and_then(Key::named);
            if let Some(list) = list {
                assert!(list.value.is_list(), "{}", key.name);
            }
        }
    }
}
