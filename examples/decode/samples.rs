//! What `decode` shows without arguments.

use std::io::{self, Write};

use mbus_proto::security::Key;

use crate::mbus::{self, MeterKey};
use crate::{modbus, ocpp};

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

/// A telegram by radio, encrypted in security mode 5 and authenticated, with link CRCs.
const RADIO: &str = "42 44 0D 17 78 56 34 12 01 07 73 DC 8C 20 2A 90 0F 00 2C 25 01 00 00 00 1F 58 \
    9A 00 91 1C 74 F8 97 09 7A 2A 00 20 05 03 73 4D 45 1E C7 8E DA 9D A8 AB 62 90 \
    87 E7 5B E9 5E 9E D7 26 6C 47 78 AA F5 D4 E2 5A 0C D4 ED 32 5B 74 B9 16 7E";
const RADIO_KEY: [u8; 16] = *b"a water meter 7 ";

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

/// A request and its answer, as they pass on the line of a meter that does not exist.
const RTU: &str = "01 04 00 00 00 0C F0 0F \
    01 04 18 43 66 40 00 43 65 80 00 43 67 00 00 3F C0 00 00 3E 80 00 00 41 02 00 \
    00 6C 37";
const RTU_MAP: &str = "eastron-sdm630";

/// So many bytes are shown in a line.
const BYTES: usize = 32;

/// So many characters of a frame are shown in a line.
const WIDTH: usize = 96;

pub(crate) fn run(out: &mut impl Write) -> io::Result<bool> {
    let mut sound = true;
    let radio = ("A water meter by radio, encrypted", RADIO);
    for (index, (title, telegram)) in TELEGRAMS.iter().chain([&radio]).enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "# {title}\n")?;
        write_bytes(telegram, out)?;
        let options = mbus::Options {
            key: Some(MeterKey::Aes(Key::new(RADIO_KEY))),
            ..mbus::Options::default()
        };
        sound &= mbus::Decoder::new(options).decode_line(telegram, out)?;
    }
    writeln!(out, "\n# A Modbus meter is read by the map {RTU_MAP}\n")?;
    write_bytes(RTU, out)?;
    match modbus::Decoder::sample(RTU_MAP) {
        Ok(decoder) => sound &= decoder.decode_line(RTU, out)?,
        Err(fault) => return Err(io::Error::other(fault.to_string())),
    }
    for (title, frame) in FRAMES {
        writeln!(out, "\n# {title}\n")?;
        for line in frame.as_bytes().chunks(WIDTH) {
            writeln!(out, "{}", String::from_utf8_lossy(line))?;
        }
        writeln!(out)?;
        sound &= ocpp::decode_line(frame, &ocpp::Options::default(), out)?;
    }
    Ok(sound)
}

fn write_bytes(text: &str, out: &mut impl Write) -> io::Result<()> {
    let bytes: Vec<&str> = text.split_whitespace().collect();
    for line in bytes.chunks(BYTES) {
        writeln!(out, "{}", line.join(" "))?;
    }
    writeln!(out)
}
