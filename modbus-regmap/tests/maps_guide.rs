//! The examples of the guide to map files are maps, and it has every key.
#![cfg(all(feature = "alloc", feature = "serde"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use modbus_regmap::Table;
use modbus_regmap::encoding::{Encoding, Order};
use modbus_regmap::map::{AddressConvention, Device, Link, Point, PointName, RegisterMap};

const GUIDE: &str = include_str!("../MAPS.md");

/// The blocks of code in a language.
fn blocks(language: &str) -> Vec<&'static str> {
    let start = format!("```{language}\n");
    GUIDE
        .split(start.as_str())
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect()
}

/// What stands between back quotes in a line of a table, by column.
fn rows(head: &str) -> Vec<Vec<Vec<&'static str>>> {
    let table = GUIDE.split(head).nth(1).expect("a table").lines().skip(1);
    let rows = table.take_while(|line| line.starts_with('|'));
    rows.map(|line| {
        let cells = line.trim_matches('|').split(" | ");
        cells
            .map(|cell| cell.split('`').skip(1).step_by(2).collect())
            .collect()
    })
    .collect()
}

fn is_named(key: &str) -> bool {
    GUIDE.contains(&format!("`{key}`"))
}

/// The keys that a form has, as it tells them for one that it does not have.
fn keys(error: &str) -> Vec<String> {
    let keys = error
        .split("expected one of ")
        .nth(1)
        .expect("a list of keys");
    keys.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn examples_are_maps() {
    let maps = blocks("toml");
    assert!(maps.len() >= 3);
    for text in maps {
        let map: RegisterMap<'_> = toml::from_str(text).expect(text);
        assert!(map.registers().len() > 1);
        map.plan(modbus_regmap::plan::Selection::All).unwrap();
    }
    for text in blocks("json") {
        let map: RegisterMap<'_> = serde_json::from_str(text).expect(text);
        assert_eq!(map.registers().len(), 1);
    }
}

#[test]
fn the_first_example_is_what_the_guide_says() {
    let map: RegisterMap<'_> = toml::from_str(blocks("toml").first().unwrap()).unwrap();
    assert_eq!(map.device().max_registers(), 80);
    let energy = map.register("energy_import").unwrap();
    assert_eq!(
        (energy.address(), energy.encoding()),
        (0x5000, Encoding::U64)
    );
    let voltage = map.register("voltage_l1").unwrap();
    assert_eq!(voltage.scale().to_string(), "0.1");
}

#[test]
fn every_key_is_in_the_guide() {
    for text in [
        "device.none = 1",
        "device.name = \"a\"\nregister = [{ none = 1 }]",
    ] {
        let error = toml::from_str::<RegisterMap<'_>>(text)
            .unwrap_err()
            .to_string();
        let keys = keys(&error);
        assert!(keys.len() > 15, "{error}");
        for key in keys {
            assert!(is_named(&key), "{key}");
        }
    }
}

#[test]
fn every_type_of_the_guide_is_one() {
    let types = rows("| type | registers | what they hold |\n");
    assert!(types.len() > 10);
    for row in types {
        for name in row.first().unwrap() {
            let counts = [None, Some(1), Some(2)];
            let is_read = counts
                .iter()
                .any(|count| Encoding::from_name(name, *count).is_ok());
            assert!(is_read || ["bit", "field"].contains(name), "{name}");
        }
    }
    for row in rows("| letters | for 64 bits | also called |\n") {
        for letters in row.iter().take(2).flatten() {
            assert!(letters.parse::<Order>().is_ok(), "{letters}");
        }
    }
}

#[test]
fn addresses_are_read_as_the_guide_says() {
    let conventions = rows("| `address_convention` | written | register |\n");
    assert_eq!(conventions.len(), 8);
    for row in conventions {
        let (names, written) = (&row[0], &row[1]);
        let convention = AddressConvention::from_name(names[0]).unwrap();
        for text in written {
            assert_eq!(convention.read(text).unwrap().1, 17, "{text}");
        }
    }
    let read = |text| AddressConvention::FunctionDigit.read(text).unwrap().0;
    assert_eq!(read("300017"), Some(Table::HoldingRegister));
    assert_eq!(read("400017"), Some(Table::InputRegister));
}

#[test]
fn lines_are_points() {
    let lines = blocks("point").join("");
    assert_eq!(lines.lines().count(), 4);
    for line in lines.lines() {
        line.parse::<Point>().expect(line);
    }
    assert!(PointName::ALL.iter().all(|name| is_named(name.name())));
    let json = GUIDE
        .split("`{\"reg\"")
        .nth(1)
        .unwrap()
        .split('`')
        .next()
        .unwrap();
    let point: Point = serde_json::from_str(&format!("{{\"reg\"{json}")).unwrap();
    assert_eq!(Ok(point), "reg=17 unit=en_im type=u32 factor=0.001".parse());
    for link in ["7", "192.168.1.124:502/1", "[fe80::1]:502/1"] {
        assert!(is_named(link) && Link::parse(link).is_ok());
    }
}

#[test]
fn what_a_file_leaves_out_is_what_a_new_device_has() {
    let map: RegisterMap<'_> = toml::from_str("device.name = \"meter\"").unwrap();
    assert_eq!(*map.device(), Device::new("meter"));
    assert!(!map.device().whole_values());
}
