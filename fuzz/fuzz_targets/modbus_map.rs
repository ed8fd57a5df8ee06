//! The laws of map files: a text is a map, or an error that names the register and the rule or the
//! place in the text; a map is written as a text that reads as the same map; its plan reads each
//! register once and keeps to the limits of the device; whatever the registers hold, each has one
//! outcome.
//!
//! The input is the format in one byte, what the registers hold in one, then the text: TOML, JSON,
//! one register in a line, that as JSON, or the name of a model.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use modbus_regmap::map::{
    AddressConvention, Block, Link, Point, RegisterMap, SerialSettings, Verified,
};
use modbus_regmap::plan::{Limits, MapItems, Place, Plan, PlannedRead, Selection, readings_in};
use modbus_regmap::{Bits, Registers, models};

fuzz_target!(|input: &[u8]| {
    let Some((&[format, content], text)) = input.split_first_chunk() else {
        return;
    };
    let Ok(text) = str::from_utf8(text) else {
        return;
    };
    match format % 5 {
        0 => match toml::from_str(text) {
            Ok(map) => check_map(&map, content),
            Err(error) => check_error(
                &error.to_string(),
                toml::from_str::<toml::Table>(text).is_ok(),
            ),
        },
        1 => match serde_json::from_str(text) {
            Ok(map) => check_map(&map, content),
            Err(error) => {
                let is_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
                check_error(&error.to_string(), is_json);
            }
        },
        2 => {
            check_words(text);
            match text.parse::<Point>() {
                Ok(point) => check_point(point, content),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        3 => {
            if let Ok(point) = serde_json::from_str::<Point>(text) {
                check_point(point, content);
            }
        }
        _ => {
            if let Some(model) = models::find(text) {
                assert!(
                    model
                        .name()
                        .eq_ignore_ascii_case(&text.replace(['/', '.', ' ', '_'], "-"))
                );
                check_map(&model.map(), content);
            }
        }
    }
});

/// A text that is sound as TOML or JSON fails at a key, or at a register and its rule.
fn check_error(error: &str, is_sound: bool) {
    assert!(!error.is_empty());
    let names = [
        "register `",
        "device",
        "field",
        "invalid type",
        "invalid value",
        "invalid length",
        "key",
        "expected",
        "line ",
    ];
    assert!(
        !is_sound || names.iter().any(|name| error.contains(name)),
        "{error}"
    );
}

fn check_map(map: &RegisterMap<'_>, content: u8) {
    let written = toml::to_string(map).expect("a map as TOML");
    let again: RegisterMap<'_> = toml::from_str(&written).expect("its own TOML");
    assert_eq!(&again, map, "{written}");
    let written = serde_json::to_string(map).expect("a map as JSON");
    let again: RegisterMap<'_> = serde_json::from_str(&written).expect("its own JSON");
    assert_eq!(&again, map, "{written}");
    for selection in [Selection::All, Selection::Measured] {
        check_plan(map, selection, content);
    }
}

fn check_plan(map: &RegisterMap<'_>, selection: Selection<'_>, content: u8) {
    let limits = Limits::of(map.device());
    let items: Vec<_> = MapItems::new(map, Place::ABSOLUTE, selection).collect();
    let selected: BTreeSet<_> = map
        .registers()
        .iter()
        .filter(|register| selection.contains(register))
        .map(|register| register.name())
        .collect();
    let plan = match Plan::new(items.clone(), limits) {
        Ok(plan) => plan,
        Err(error) => {
            // an even request that a forbidden register is in the way of
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    assert_eq!(plan.items().len(), items.len());
    let contents = [content; 250];
    let (mut planned, mut found, mut blocks) = (0, Vec::new(), Vec::new());
    for request in plan.requests() {
        let read = request.read();
        assert!(read.count <= limits.max_read(read.table) && read.end() <= 0x1_0000);
        for range in map.device().forbidden() {
            assert!(!range.touches(read.table, read.address, read.count));
        }
        for item in request.items() {
            assert!(read.contains(&item.read()));
        }
        planned += request.items().len();
        found.extend(outcomes(map, &request, &contents));
        if !read.table.is_bits() {
            let answer = &contents[..2 * usize::from(read.count)];
            let registers = Registers::from_bytes(answer).expect("whole registers");
            blocks.push(Block::new(read.table, read.address, registers));
        }
    }
    assert_eq!(planned, items.len());
    let once: BTreeSet<_> = found.iter().copied().collect();
    assert_eq!((found.len(), &once), (selected.len(), &selected));
    let together = readings_in(map, Place::ABSOLUTE, selection, &blocks);
    let names: Vec<_> = together
        .map(|(register, outcome)| {
            if let Ok(reading) = outcome {
                assert_eq!(reading.channel, register.channel());
            }
            register.name()
        })
        .collect();
    assert_eq!(names.len(), selected.len());
}

/// The registers that an answer to the request has an outcome for.
fn outcomes<'m>(
    map: &'m RegisterMap<'m>,
    request: &PlannedRead<'_>,
    contents: &'m [u8],
) -> Vec<&'m str> {
    let read = request.read();
    if read.table.is_bits() {
        let bits = Bits::from_whole_bytes(contents);
        let readings = request.bit_readings(map, Place::ABSOLUTE, bits);
        return readings.map(|(register, _)| register.name()).collect();
    }
    let answer = &contents[..2 * usize::from(read.count)];
    let registers = Registers::from_bytes(answer).expect("whole registers");
    let readings = request.readings(map, Place::ABSOLUTE, registers);
    readings.map(|(register, _)| register.name()).collect()
}

fn check_point(point: Point, content: u8) {
    let text = point.to_string();
    assert_eq!(text.parse(), Ok(point), "{text}");
    let json = serde_json::to_string(&point).expect("a point as JSON");
    let again: Point = serde_json::from_str(&json).expect("its own JSON");
    assert_eq!(again, point);
    let register = point.register();
    let bytes = vec![content; 2 * usize::from(register.count())];
    let registers = Registers::from_bytes(&bytes).expect("whole registers");
    let block = Block::new(register.table(), register.address(), registers);
    register.value_in(&block).ok();
    let device = modbus_regmap::map::Device::new("gateway");
    let registers = [register];
    let map = RegisterMap::new(&device, &registers).expect("a register as sound as its point");
    check_map(&map, content);
}

fn check_words(text: &str) {
    if let Ok(link) = Link::parse(text) {
        assert_eq!(Link::parse(&link.to_string()), Ok(link));
    }
    if let Ok(settings) = text.parse::<SerialSettings>() {
        assert_eq!(settings.to_string().parse(), Ok(settings));
    }
    if let Ok(verified) = text.parse::<Verified>() {
        assert_eq!(verified.to_string(), text);
    }
    for convention in ["plain", "one-based", "classic", "function-digit"] {
        let convention = AddressConvention::from_name(convention).expect("a convention");
        convention.read(text).ok();
    }
}
