//! What `decode` shows without arguments.

use std::io::{self, Write};

use crate::{mbus, ocpp};

macro_rules! vector {
    ($name:literal) => {
        include_str!(concat!("../../mbus-proto/tests/vectors/", $name, ".hex"))
    };
}

/// Telegrams of meters that do not exist, put together with this project's own builders.
const TELEGRAMS: &[(&str, &str)] = &[
    (
        "A heat meter, with its values at the set date",
        vector!("heat_meter"),
    ),
    (
        "A three-phase electricity meter",
        vector!("electricity_meter"),
    ),
    (
        "A room sensor that names units as text",
        vector!("room_sensor"),
    ),
    (
        "The fixed data structure of an old meter",
        vector!("fixed_bcd"),
    ),
    ("An application error", vector!("application_busy")),
];

/// Frames of a station that does not exist.
const FRAMES: &[(&str, &str)] = &[
    (
        "A charging station reports its meter",
        concat!(
            r#"[2,"7","MeterValues",{"connectorId":1,"transactionId":4711,"meterValue":[{"#,
            r#""timestamp":"2025-06-01T07:30:00.000Z","sampledValue":[{"value":"1234567"},"#,
            r#"{"value":"15.9","measurand":"Current.Import","phase":"L1","unit":"A"},"#,
            r#"{"value":"31.5","measurand":"Temperature","unit":"Celsius","location":"Body"}]}]}]"#,
        ),
    ),
    (
        "A central system limits charging",
        concat!(
            r#"[2,"8","SetChargingProfile",{"connectorId":0,"csChargingProfiles":{"#,
            r#""chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"#,
            r#""ChargePointMaxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"#,
            r#""chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}}}]"#,
        ),
    ),
];

/// So many bytes are shown in a line.
const BYTES: usize = 32;

pub(crate) fn run(out: &mut impl Write) -> io::Result<bool> {
    let mut sound = true;
    for (index, (title, telegram)) in TELEGRAMS.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# {title}\n")?;
        let bytes: Vec<&str> = telegram.split_whitespace().collect();
        for line in bytes.chunks(BYTES) {
            writeln!(out, "{}", line.join(" "))?;
        }
        writeln!(out)?;
        sound &= mbus::decode_line(telegram, &mbus::Options::default(), out)?;
    }
    for (title, frame) in FRAMES {
        writeln!(out, "\n# {title}\n\n{frame}\n")?;
        sound &= ocpp::decode_line(frame, &ocpp::Options::default(), out)?;
    }
    Ok(sound)
}
