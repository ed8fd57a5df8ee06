//! The tables that lie outside the repository.

use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

/// The text of a table; `None` where `METERING_VECTORS` is not set.
///
/// The variable names the folder of `units` and `mbus`, or that `mbus` folder itself, which is
/// what the benches of telegrams read.
///
/// # Panics
///
/// If the variable is set and the table is not there.
#[allow(clippy::panic, reason = "a test may panic")]
pub(crate) fn table(name: &str) -> Option<String> {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        // The macro for this would only be heard of where the test fails.
        writeln!(
            io::stderr(),
            "METERING_VECTORS is not set: nothing is checked against {name}"
        )
        .ok();
        return None;
    };
    let folder = PathBuf::from(folder);
    let mut units = folder.join("units");
    if !units.is_dir() {
        units = folder.join("../units");
    }
    let path = units.join(name);
    match fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) => panic!("METERING_VECTORS is set, but {}: {error}", path.display()),
    }
}
