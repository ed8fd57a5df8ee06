//! The frames that are timed.

use std::path::Path;
use std::{env, fs};

/// Name and text of the four frames.
pub(crate) fn load() -> Vec<(&'static str, String)> {
    let folder = env::var_os("METERING_VECTORS");
    [
        ("authorize", "auth", AUTHORIZE.to_owned()),
        ("boot_notification", "boot", BOOT_NOTIFICATION.to_owned()),
        ("meter_values", "meter", meter_values()),
        ("start_transaction", "start", START_TRANSACTION.to_owned()),
    ]
    .into_iter()
    .map(|(name, file, own)| {
        let Some(folder) = &folder else {
            return (name, own);
        };
        let path = Path::new(folder).join(format!("ocpp16/bench/{file}.json"));
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        (name, text.trim_end().to_owned())
    })
    .collect()
}

const AUTHORIZE: &str =
    r#"[2,"8e0f8f67-36a5-4f9e-8b53-8f4e6a5d0c11","Authorize",{"idTag":"0A1B2C3D4E5F60"}]"#;

const BOOT_NOTIFICATION: &str = concat!(
    r#"[2,"8e0f8f67-36a5-4f9e-8b53-8f4e6a5d0c12","BootNotification",{"#,
    r#""chargePointVendor":"A Vendor","chargePointModel":"Wall 22 kW","#,
    r#""chargePointSerialNumber":"W22-0000-0000-4711","chargeBoxSerialNumber":"W22-BOX-1","#,
    r#""firmwareVersion":"2.7.1-rc3+build.1187","iccid":"8931080000000000000","#,
    r#""imsi":"204080000000000","meterType":"3P-80A-MID","meterSerialNumber":"000123456789"}]"#,
);

const START_TRANSACTION: &str = concat!(
    r#"[2,"8e0f8f67-36a5-4f9e-8b53-8f4e6a5d0c14","StartTransaction",{"connectorId":2,"#,
    r#""idTag":"0A1B2C3D4E5F60","meterStart":1234567,"timestamp":"2025-06-01T07:15:30.250Z","#,
    r#""reservationId":42}]"#,
);

/// What a three-phase meter sends: registers, and current, voltage and power of each phase.
fn meter_values() -> String {
    let values = |measurand: &'static str, unit: &'static str, value: &'static str| {
        ["L1", "L2", "L3"].map(|phase| {
            format!(
                r#"{{"value":"{value}","context":"Sample.Periodic","format":"Raw","measurand":"{measurand}","phase":"{phase}","location":"Outlet","unit":"{unit}"}}"#
            )
        })
    };
    let total = |measurand: &str, unit: &str, value: &str| {
        format!(
            r#"{{"value":"{value}","context":"Sample.Periodic","format":"Raw","measurand":"{measurand}","location":"Outlet","unit":"{unit}"}}"#
        )
    };
    let mut list = vec![
        total("Energy.Active.Import.Register", "Wh", "1234567"),
        total("Power.Active.Import", "W", "10987.5"),
    ];
    list.extend(values("Current.Import", "A", "15.9"));
    list.extend(values("Voltage", "V", "231.2"));
    list.extend(values("Power.Active.Import", "W", "3662.5"));
    list.extend(values("Power.Reactive.Import", "var", "120.0"));
    list.extend(values("Current.Offered", "A", "16.0"));
    list.push(total("SoC", "Percent", "57"));
    list.push(total("Temperature", "Celsius", "31.5"));
    format!(
        r#"[2,"8e0f8f67-36a5-4f9e-8b53-8f4e6a5d0c13","MeterValues",{{"connectorId":2,"transactionId":98765,"meterValue":[{{"timestamp":"2025-06-01T07:30:00.000Z","sampledValue":[{}]}}]}}]"#,
        list.join(",")
    )
}
