//! What `decode` shows without arguments.

use std::io::{self, Write};

use crate::mbus;

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
        sound &= mbus::Decoder::new(mbus::Options::default()).decode_line(telegram, out)?;
    }
    Ok(sound)
}
