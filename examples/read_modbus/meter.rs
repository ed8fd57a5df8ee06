//! Which meter it is: its register map, and which of its registers are meant.

use std::fs;
use std::path::PathBuf;

use modbus_regmap::map::{Register, RegisterMap};
use modbus_regmap::models;
use modbus_regmap::plan::Selection;

use crate::options::Options;
use crate::sample;

/// Where a register map comes from.
pub(crate) enum Source {
    /// The meter that is shown without arguments.
    Sample,
    /// A model, by name.
    Model(String),
    /// A map file: JSON if it is called so, or TOML.
    Map(PathBuf),
}

impl Source {
    /// Whether it has values of its own.
    pub(crate) const fn is_sample(&self) -> bool {
        matches!(self, Self::Sample)
    }

    /// The map.
    pub(crate) fn map(&self) -> Result<RegisterMap<'static>, String> {
        match self {
            Self::Sample => model(sample::MODEL),
            Self::Model(name) => model(name),
            Self::Map(path) => {
                let wrong = |error: &dyn core::fmt::Display| format!("{}: {error}", path.display());
                let text = fs::read_to_string(path).map_err(|error| wrong(&error))?;
                if path
                    .extension()
                    .is_some_and(|end| end.eq_ignore_ascii_case("json"))
                {
                    serde_json::from_str(&text).map_err(|error| wrong(&error))
                } else {
                    toml::from_str(&text).map_err(|error| wrong(&error))
                }
            }
        }
    }
}

fn model(name: &str) -> Result<RegisterMap<'static>, String> {
    models::find(name)
        .map(|model| model.map())
        .ok_or_else(|| format!("there is no model {name:?}; --list names all"))
}

/// The selected registers.
///
/// A word is the name of a register, or a quantity in the words of the map or of our own.
pub(crate) fn select<'m>(
    map: &'m RegisterMap<'m>,
    options: &Options,
) -> Result<Vec<&'m Register<'m>>, String> {
    let chosen = |is_meant: &dyn Fn(&Register<'_>) -> bool| -> Vec<&'m Register<'m>> {
        let readable = map
            .registers()
            .iter()
            .filter(|it| Selection::All.contains(it));
        readable.filter(|register| is_meant(register)).collect()
    };
    if options.all {
        return Ok(chosen(&|_| true));
    }
    if options.selection.is_empty() {
        let measured = chosen(&|register| Selection::Measured.contains(register));
        // A map may be without quantities.
        return Ok(if measured.is_empty() {
            chosen(&|_| true)
        } else {
            measured
        });
    }
    let mut selected = Vec::new();
    for word in &options.selection {
        let mut named = chosen(&|register| register.name() == word);
        if named.is_empty() {
            named = chosen(&|register| {
                register.quantity_word() == Some(word) || register.channel().quantity.name() == word
            });
        }
        if named.is_empty() {
            return Err(format!(
                "the meter has no register and no quantity {word:?} to read"
            ));
        }
        selected.extend(named);
    }
    Ok(selected)
}
