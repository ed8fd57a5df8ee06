//! The register maps that a command line names.

use core::fmt::Display;
use core::time::Duration;
use std::fs;
use std::path::Path;

use meter_units::Value;
use modbus_regmap::Table;
use modbus_regmap::encoding::{Order, ValueError};
use modbus_regmap::map::{Block, Device, Point, PointWarnings, Register, RegisterMap};
use modbus_regmap::models;
use modbus_regmap::plan::Place;

/// The map of a file, in TOML or JSON, or that of a model.
pub(crate) fn named(name: &str) -> Result<RegisterMap<'static>, String> {
    let path = Path::new(name);
    if path.exists() {
        return file(path);
    }
    match models::find(name) {
        Some(model) => Ok(model.map()),
        None => Err(format!("no map and no file is named {name}: see --list")),
    }
}

fn file(path: &Path) -> Result<RegisterMap<'static>, String> {
    let wrong = |error: &dyn Display| format!("{}: {error}", path.display());
    let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
    // No map in TOML begins so.
    if text.trim_start().starts_with('{') {
        serde_json::from_str(&text).map_err(|error| wrong(&error))
    } else {
        toml::from_str(&text).map_err(|error| wrong(&error))
    }
}

/// Registers in one line each, as gateways have them.
pub(crate) struct Points {
    pub(crate) map: RegisterMap<'static>,
    /// What is odd about them.
    pub(crate) warnings: Vec<String>,
}

impl Points {
    /// Reads points, each as `key=value …` or as a JSON object; strict ones say their types.
    ///
    /// One request may be for several of them: the longest of their pauses counts, of which the
    /// usual one is that of points that do not say it.
    pub(crate) fn parse(
        texts: &[String],
        is_strict: bool,
        usual_pause: Duration,
    ) -> Result<Self, String> {
        let mut registers: Vec<Register<'static>> = Vec::new();
        let (mut pause, mut warnings) = (Duration::ZERO, Vec::new());
        for text in texts {
            let wrong = |error: &dyn Display| format!("{text}: {error}");
            let mut point: Point = if text.trim_start().starts_with('{') {
                serde_json::from_str(text).map_err(|error| wrong(&error))?
            } else {
                text.parse().map_err(|error| wrong(&error))?
            };
            if is_strict {
                point = point.strict().map_err(|error| wrong(&error))?;
            }
            for (warning, meaning) in [
                (PointWarnings::ASSUMED_TYPE, "there is no `type`, taken is"),
                (PointWarnings::SWAP_OF_ONE, "`swap_words` does nothing to"),
            ] {
                if point.warnings().contains(warning) {
                    let encoding = point.register().encoding();
                    warnings.push(format!("{text}: {meaning} {encoding}"));
                }
            }
            pause = pause.max(point.pause().unwrap_or(usual_pause));
            registers.push(match free_name(&point, &registers) {
                // It lives as long as the map, which is as long as the program.
                Some(name) => point.register_named(name.leak()),
                None => point.register(),
            });
        }
        let table = registers.first().map(Register::table);
        let device = Device::new("points")
            .with_defaults(table.unwrap_or(Table::HoldingRegister), Order::ABCD)
            .with_pause(pause);
        let map = RegisterMap::from_parts(device, registers).map_err(|error| error.to_string())?;
        Ok(Self { map, warnings })
    }
}

/// The name of a point whose own name is taken: with its address, and with its function.
fn free_name(point: &Point, taken: &[Register<'_>]) -> Option<String> {
    let is_taken = |name: &str| taken.iter().any(|register| register.name() == name);
    let (name, register) = (point.name().name(), point.register());
    if !is_taken(name) {
        return None;
    }
    let (address, function) = (register.address(), register.table().read_function());
    let with_address = format!("{name}@{address}");
    Some(if is_taken(&with_address) {
        format!("{name}@{function}{address:05}")
    } else {
        with_address
    })
}

/// The value of a register whose unit is not known.
///
/// Its unit may be a setting of the device; the number is what it is all the same.
pub(crate) fn value_without_unit<'w>(
    register: &Register<'_>,
    place: Place,
    blocks: &[Block<'w>],
) -> Result<Value<'w>, ValueError> {
    let find = |address, count| {
        let actual = place.address(address, count);
        let window = blocks.iter().find_map(|block| {
            let is_table =
                block.table() == register.table() || register.second_table() == Some(block.table());
            block.window(actual?, count).filter(|_| is_table)
        });
        window.ok_or(ValueError::NotRead(address))
    };
    let exponent = match register.scale_register() {
        Some(address) => find(address, 1)?.get(0),
        None => None,
    };
    register.value(find(register.address(), register.count())?, exponent)
}
