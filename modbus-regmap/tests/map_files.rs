//! Every map file of the collection is read, and written to the same map.
//!
//! The collection lies beside the vectors that `METERING_VECTORS` names; without it there is
//! nothing to read.
#![cfg(all(feature = "alloc", feature = "serde"))]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test")]

use std::path::PathBuf;
use std::{env, fs};

use meter_units::{Channel, Direction, Medium, Quantity, Unit};
use modbus_regmap::encoding::{Encoding, Marker, ValueError};
use modbus_regmap::map::{Block, Device, Register, RegisterMap};
use modbus_regmap::plan::Selection;
use modbus_regmap::{Registers, Table};

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

/// The words for the medium, the quantity and the unit are added where the map has none.
#[test]
fn a_map_of_constants_equals_what_is_read_of_its_text() {
    let device = Device::new("meter")
        .with_medium(Medium::ELECTRICITY)
        .with_whole_values();
    let channel = Channel {
        direction: Direction::Import,
        ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
    };
    let marker = Marker::Integer(-9999);
    let registers = [
        Register::new("energy", Table::HoldingRegister, 0, Encoding::F32)
            .with_unit(Unit::KWH)
            .with_channel(channel)
            .with_not_available(marker),
        Register::new("raw", Table::InputRegister, 2, Encoding::U16).with_unknown_unit(),
    ];
    let map = RegisterMap::new(&device, &registers).unwrap();
    let text = toml::to_string(&map).unwrap();
    let again: RegisterMap<'_> = toml::from_str(&text).unwrap();
    assert_eq!(again, map, "{text}");
    let json = serde_json::to_string(&map).unwrap();
    let again: RegisterMap<'_> = serde_json::from_str(&json).unwrap();
    assert_eq!(again, map, "{json}");
    // the meter sends the number as a float
    let wire = Registers::from_bytes(&[0xC6, 0x1C, 0x3C, 0x00]).unwrap();
    let block = Block::new(Table::HoldingRegister, 0, wire);
    let reading = again.reading(&again.registers()[0], &block);
    assert_eq!(reading, Err(ValueError::NotAvailable));
    let other = Register::new("energy", Table::HoldingRegister, 0, Encoding::F32)
        .with_words(Some("config"), Some("%WHRtg"));
    assert_ne!(other, registers[0].clone());
}

#[test]
fn a_state_with_two_names_is_refused() {
    let text = r#"
        device.name = "meter"
        register = [{ name = "state", address = 0, type = "enum16", enum = { 1 = "on", 0x1 = "off" } }]
    "#;
    let error = toml::from_str::<RegisterMap<'_>>(text).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("register `state`: state 1 has two names"),
        "{error}"
    );
}

#[test]
fn forbidden_addresses_may_be_in_any_order() {
    let map = |forbidden: &str, address: u16| {
        let text = format!(
            r#"
            device = {{ name = "meter", forbidden = [{forbidden}] }}
            register = [{{ name = "a", address = {address}, type = "u16" }}]
        "#
        );
        toml::from_str::<RegisterMap<'_>>(&text).map_err(|error| error.to_string())
    };
    let ranges = r#"
        { first = 30, last = 40 }, { table = "input_register", first = 1, last = 2 },
        { first = 9, last = 10 }, { first = 10, last = 12 }
    "#
    .replace('\n', " ");
    for address in [1, 2, 8, 13, 29, 41] {
        let map = map(&ranges, address).unwrap();
        assert_eq!(map.device().forbidden().len(), 4);
        assert_eq!(map.device().forbidden()[0].first, 30);
        assert_eq!(map.plan(Selection::All).unwrap().requests().count(), 1);
    }
    for address in [9, 10, 12, 30, 40] {
        let error = map(&ranges, address).unwrap_err();
        let expected = format!("register `a`: address {address} must not be touched");
        assert!(error.contains(&expected), "{error}");
    }
    let error = map("{ first = 5, last = 4 }", 0).unwrap_err();
    assert!(
        error.contains("device: `last` contradicts `first`"),
        "{error}"
    );
}
