//! The register maps of real meters, by name.
//!
//! Each is a file in the folder `models` of this crate, in the form of [`crate::map`], that the
//! owner of a meter can read and correct. Here they are constants, so that they need neither a file
//! system nor an allocator; what a program does not name is not linked.
//!
//! ```
//! use modbus_regmap::models;
//! use modbus_regmap::plan::Selection;
//!
//! let model = models::find("Inepro PRO380").expect("a model of that name");
//! assert_eq!(model.name(), "inepro-pro380");
//! assert_eq!(model.device().serial().expect("a serial line").to_string(), "9600 8E1");
//!
//! let map = model.map();
//! let plan = map.plan(Selection::Names(&["energy_active_import"]))?;
//! assert_eq!(plan.requests().count(), 1);
//! # Ok::<(), modbus_regmap::plan::PlanError>(())
//! ```
//!
//! Facts about meters come from public sources, and those contradict each other now and then:
//! [`Device::verified`] says how well a map is confirmed as a whole,
//! [`Register::is_confirmed`] whether two sources agree on a register,
//! [`Register::conflicts`] who says otherwise, and [`Register::doubt`] what to check on the device.
//!
//! # Correcting a model
//!
//! Change its file in `models`, or add one, and write the constants anew:
//!
//! ```sh
//! UPDATE_EXPECT=1 cargo test --test models
//! ```
//!
//! Without the variable the test compares. In a program, a corrected file can be read at run time
//! with the features `serde` and `alloc`.

mod build;
mod table;

use crate::map::{Device, Register, RegisterMap};

use table::ALL;
pub use table::*;

/// A meter whose register map is known.
#[derive(Clone, Copy, Debug)]
pub struct Model {
    name: &'static str,
    device: &'static Device<'static>,
    registers: &'static [Register<'static>],
}

impl Model {
    /// The name by which it is found: maker and model, in lower case with hyphens.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The device: its full name, its serial line on delivery, its limits, how well it is confirmed.
    #[must_use]
    pub const fn device(&self) -> &'static Device<'static> {
        self.device
    }

    /// Its registers.
    #[must_use]
    pub const fn registers(&self) -> &'static [Register<'static>] {
        self.registers
    }

    /// Its register map.
    #[must_use]
    pub const fn map(&self) -> RegisterMap<'static> {
        RegisterMap::lent(self.device, self.registers)
    }
}

/// All models, sorted by name.
#[must_use]
pub const fn list() -> &'static [Model] {
    ALL
}

/// The model of a name, such as `eastron-sdm630`; case does not matter, and blanks, underscores,
/// slashes and dots count as hyphens.
#[must_use]
pub fn find(name: &str) -> Option<&'static Model> {
    let is_it = |model: &&Model| {
        let own = model.name.bytes();
        own.len() == name.len()
            && own
                .zip(name.bytes())
                .all(|(own, other)| own == plain(other))
    };
    list().iter().find(is_it)
}

/// The map of a SunSpec model by its number, to be read where a
/// [`Block`](crate::sunspec::Block) is.
///
/// ```
/// use modbus_regmap::models;
///
/// let meter = models::sunspec(203).expect("the map of a three-phase meter");
/// assert_eq!(meter.device().sunspec_length(), Some(105));
/// ```
#[must_use]
pub fn sunspec(number: u16) -> Option<&'static Model> {
    let number_of = |model: &Model| model.name.strip_prefix("sunspec-model-")?.parse().ok();
    list().iter().find(|model| number_of(model) == Some(number))
}

const fn plain(byte: u8) -> u8 {
    match byte {
        b' ' | b'_' | b'/' | b'.' => b'-',
        byte => byte.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::vec::Vec;

    use super::*;
    use crate::Table;
    use crate::sunspec::Block;

    #[test]
    fn models_are_sorted_and_found_by_name() {
        assert!(list().is_sorted_by_key(|model| model.name));
        for model in list() {
            assert_eq!(find(model.name).map(Model::name), Some(model.name));
        }
        assert_eq!(
            find("Eastron SDM630").map(Model::name),
            Some("eastron-sdm630")
        );
        assert_eq!(find("eastron-sdm63").map(Model::name), None);
    }

    #[test]
    fn every_map_keeps_the_rules() {
        for model in list() {
            let map = RegisterMap::new(model.device, model.registers);
            assert!(map.is_ok(), "{}: {:?}", model.name, map.err());
        }
    }

    #[test]
    fn models_of_sunspec_are_found_by_number() {
        let numbers = [
            1, 101, 102, 103, 111, 112, 113, 120, 160, 201, 202, 203, 204, 211, 212, 214, 802,
        ];
        for number in numbers {
            let model = sunspec(number).unwrap();
            assert!(model.device.has_relative_addresses());
            assert!(model.device.sunspec_length().is_some());
        }
        assert!(sunspec(2).is_none());
    }

    #[test]
    fn the_group_of_model_160_has_as_many_registers_as_are_repeated() {
        let inputs = Block {
            table: Table::HoldingRegister,
            model: 160,
            address: 0,
            length: 48,
        };
        let registers = sunspec(160).unwrap().registers();
        let group = registers.iter().filter(|register| register.address() >= 10);
        assert_eq!(group.clone().map(Register::count).sum::<u16>(), 20);
        // the second copy begins where the first one ends, and is within the block
        let starts: Vec<_> = inputs.places().map(|place| place.address(10, 20)).collect();
        assert_eq!(starts, [Some(10), Some(30)]);
        assert!(group.clone().all(|register| register.doubt().is_some()));
    }

    #[test]
    fn phases_of_sunspec_are_different_numbers() {
        for number in [
            101, 102, 103, 111, 112, 113, 201, 202, 203, 204, 211, 212, 214,
        ] {
            let registers = sunspec(number).unwrap().registers();
            let phases = registers
                .iter()
                .filter(|register| register.name().contains("ph"));
            let mut channels: Vec<_> = phases.map(Register::channel).collect();
            let count = channels.len();
            channels.sort_unstable();
            channels.dedup();
            assert_eq!(channels.len(), count, "{number}");
        }
    }
}
