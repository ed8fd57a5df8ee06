//! The configuration keys of the station.

use core::time::Duration;

use ocpp_types::schedule::Bounds;
use ocpp_types::state::authorization::{Permission, Rules};
use ocpp_types::state::configuration::{Access, Configuration, Entry, Key, ValueType};
use ocpp_types::state::transaction::OnInvalid;

use super::outlet::MEASURANDS;

/// What charging profiles the station can hold.
pub(super) const fn bounds(connectors: u32) -> Bounds {
    Bounds {
        connectors,
        profiles: 20,
        stack_level: 10,
        periods: 24,
        unit: None,
    }
}

/// Identifiers on the local list, and in one update of it.
pub(super) const LIST_LENGTH: usize = 1000;
pub(super) const UPDATE_LENGTH: usize = 100;
pub(super) const CACHE_LENGTH: usize = 100;

/// The keys that can be changed, and do something here.
const CHANGEABLE: &[(&str, &str)] = &[
    ("AllowOfflineTxForUnknownId", "false"),
    ("AuthorizationCacheEnabled", "true"),
    ("AuthorizeRemoteTxRequests", "false"),
    ("ConnectionTimeOut", "120"),
    ("HeartbeatInterval", "300"),
    ("LocalAuthListEnabled", "true"),
    ("LocalAuthorizeOffline", "true"),
    ("LocalPreAuthorize", "false"),
    ("MaxEnergyOnInvalidId", "0"),
    ("MessageTimeout", "30"),
    ("MeterValueSampleInterval", "60"),
    ("StopTransactionOnInvalidId", "true"),
    ("TransactionMessageAttempts", "3"),
    ("TransactionMessageRetryInterval", "60"),
];

/// The keys that say what the station does, and cannot be changed.
const FIXED: &[(&str, &str)] = &[
    ("ChargeProfileMaxStackLevel", "10"),
    ("ChargingScheduleAllowedChargingRateUnit", "Current,Power"),
    ("ChargingScheduleMaxPeriods", "24"),
    ("ClockAlignedDataInterval", "0"),
    ("ConnectorPhaseRotation", "0.RST"),
    ("GetConfigurationMaxKeys", "50"),
    ("LocalAuthListMaxLength", "1000"),
    ("MaxChargingProfilesInstalled", "20"),
    ("MeterValuesAlignedData", ""),
    ("ReserveConnectorZeroSupported", "true"),
    ("ResetRetries", "0"),
    ("SendLocalListMaxLength", "100"),
    ("StopTransactionOnEVSideDisconnect", "true"),
    ("StopTxnAlignedData", ""),
    ("StopTxnSampledData", ""),
    (
        "SupportedFeatureProfiles",
        "Core,FirmwareManagement,LocalAuthListManagement,Reservation,SmartCharging,RemoteTrigger",
    ),
    ("SupportedFileTransferProtocols", "HTTPS"),
    ("UnlockConnectorOnEVSideDisconnect", "true"),
];

pub(super) fn configuration(connectors: u32, timeout: Duration) -> Configuration {
    let mut configuration = Configuration::new();
    let mut define = |name: &str, value: &str, access: Option<Access>| {
        if let Some(key) = Key::named(name) {
            let entry = Entry::standard(key, value);
            configuration.define(match access {
                Some(access) => entry.with_access(access),
                None => entry,
            });
        }
    };
    for (name, value) in CHANGEABLE {
        define(name, value, Some(Access::ReadWrite));
    }
    for (name, value) in FIXED {
        define(name, value, Some(Access::Read));
    }
    define("NumberOfConnectors", &connectors.to_string(), None);
    define("MessageTimeout", &timeout.as_secs().to_string(), None);
    // One measurand that the meter does not have makes the whole list one that is rejected.
    if let Some(key) = Key::named("MeterValuesSampledData") {
        let entry = Entry::standard(key, "Energy.Active.Import.Register,Current.Import");
        configuration.define(entry.with_type(ValueType::Words(MEASURANDS)));
    }
    configuration
}

/// How an identifier is authorized.
pub(super) fn rules(configuration: &Configuration) -> Rules {
    let permission = |name| Permission::from(configuration.boolean(name).unwrap_or_default());
    Rules {
        pre_authorize: permission("LocalPreAuthorize"),
        authorize_offline: permission("LocalAuthorizeOffline"),
        unknown_offline: permission("AllowOfflineTxForUnknownId"),
    }
}

/// What happens to a transaction whose identifier is not accepted.
pub(super) fn on_invalid(configuration: &Configuration) -> OnInvalid {
    match configuration.boolean("StopTransactionOnInvalidId") {
        Some(false) => OnInvalid::Suspend {
            after: configuration.integer("MaxEnergyOnInvalidId").unwrap_or(0),
        },
        _ => OnInvalid::Stop,
    }
}

/// A key that counts seconds; `None` where it is 0, which switches off.
pub(super) fn seconds(configuration: &Configuration, name: &str) -> Option<Duration> {
    let seconds = configuration.integer(name)?;
    let seconds = u64::try_from(seconds).ok().filter(|seconds| *seconds > 0)?;
    Some(Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use ocpp_types::Profile;
    use ocpp_types::state::configuration::Change;

    use super::*;

    #[test]
    fn every_required_key_is_there() {
        let configuration = configuration(2, Duration::from_secs(30));
        let profiles = [
            Profile::Core,
            Profile::FirmwareManagement,
            Profile::LocalAuthListManagement,
            Profile::Reservation,
            Profile::SmartCharging,
            Profile::RemoteTrigger,
        ];
        let missing: Vec<_> = configuration.missing(&profiles).collect();
        assert_eq!(missing, Vec::<&Key>::new());
    }

    #[test]
    fn a_measurand_that_is_not_measured_is_rejected() {
        let mut configuration = configuration(1, Duration::from_secs(30));
        let change = |configuration: &mut Configuration, value| {
            configuration.change("MeterValuesSampledData", value)
        };
        assert_eq!(change(&mut configuration, "Voltage"), Change::Accepted);
        assert_eq!(change(&mut configuration, "Voltage,SoC"), Change::Rejected);
    }
}
