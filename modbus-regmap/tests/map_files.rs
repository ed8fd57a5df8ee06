//! Every map file of the collection is read, and written to the same map.
//!
//! The collection lies beside the vectors that `METERING_VECTORS` names; without it there is
//! nothing to read.
#![cfg(all(feature = "alloc", feature = "serde"))]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::path::PathBuf;
use std::{env, fs};

use modbus_regmap::map::RegisterMap;

fn files() -> Vec<PathBuf> {
    let Some(vectors) = env::var_os("METERING_VECTORS") else {
        eprintln!("METERING_VECTORS is not set: no map file is read");
        return Vec::new();
    };
    let folder = PathBuf::from(vectors).join("../reference/meter-maps");
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

#[test]
fn every_map_file_survives() {
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let map: RegisterMap<'static> = match toml::from_str(&text) {
            Ok(map) => map,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        assert!(!map.registers().is_empty());
        let written = toml::to_string(&map).unwrap();
        let again: RegisterMap<'static> = toml::from_str(&written).unwrap();
        assert_eq!(again, map, "{}", path.display());
        let json = serde_json::to_string(&map).unwrap();
        let again: RegisterMap<'static> = serde_json::from_str(&json).unwrap();
        assert_eq!(again, map, "{}", path.display());
    }
}

/// The table of the collection's own description: registers and how many are confirmed.
#[test]
fn maps_count_their_confirmed_registers_as_the_collection_does() {
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let stated = table["device"]["registers_confirmed_by_two_sources"]
            .as_integer()
            .unwrap();
        let map: RegisterMap<'static> = toml::from_str(&text).unwrap();
        let confirmed = map
            .registers()
            .iter()
            .filter(|register| register.is_confirmed())
            .count();
        assert_eq!(
            i64::try_from(confirmed).unwrap(),
            stated,
            "{}",
            path.display()
        );
    }
}

#[test]
fn every_unit_but_a_few_has_a_counterpart() {
    let mut unknown = Vec::new();
    for path in files() {
        let text = fs::read_to_string(&path).unwrap();
        let map: RegisterMap<'static> = toml::from_str(&text).unwrap();
        for register in map.registers() {
            if register.unit().is_none() {
                unknown.extend(register.unit_word().map(str::to_owned));
            }
        }
    }
    unknown.sort();
    unknown.dedup();
    assert!(
        unknown.iter().all(|word| word == "by-register"),
        "{unknown:?}"
    );
}
