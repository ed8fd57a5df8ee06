//! The register image of a gateway: meters of any bus as Modbus registers.
//!
//! Gateways between M-Bus and Modbus offer a device entry, and for each meter an entry and those of
//! its values, each of ten registers. [`Image`] is such a device, register by register, and
//! [`Entries`] reads one.
//!
//! ```
//! use meter_units::{Channel, Decimal, Medium, Quantity, Reading, Unit, Value};
//! use modbus_regmap::UnitId;
//! use modbus_regmap::image::{
//!     DeviceEntry, Image, Manufacturer, Meter, MeterEntry, MeterFlags, Mode, ValueEntry,
//! };
//!
//! let channel = Channel::new(Quantity::Energy, Medium::HEAT_OUTLET);
//! let energy = Reading::new(channel, Value::from(Decimal::from(267)), Unit::KWH);
//! let values = [ValueEntry::from_reading(&energy)?];
//! let meter = MeterEntry {
//!     serial: 66_600_106,
//!     manufacturer: Manufacturer::from_letters(*b"LUG").expect("three letters"),
//!     version: 2,
//!     medium: Medium::HEAT_OUTLET,
//!     time: 1_369_227_629,
//!     flags: MeterFlags::CURRENT,
//! };
//! let meters = [Meter::new(meter, &values)];
//! let image = Image::new(DeviceEntry::default(), &meters, Mode::GRID);
//!
//! // the energy begins at register 20: 267 × 10³ Wh
//! let registers: Vec<u16> = image.registers(UnitId::NEUTRAL).skip(20).take(8).collect();
//! assert_eq!(registers, [0, 0, 0, 267, 0x4882, 0x5F00, 3, 5]);
//! # Ok::<(), modbus_regmap::image::ImageError>(())
//! ```
//!
//! # Modes
//!
//! [`Mode`] is the configuration of the gateway: two registers an entry instead of ten, the low
//! word first, a unit address for each meter, and fixed data to try all that with.
//!
//! Numbers are big-endian, the high word first; [`Mode::WORD_SWAP`] turns the words of a number
//! round, never the bytes of a word.

mod entries;
mod entry;
mod mode;
mod value;

pub use entries::{Entries, FloatEntries};
pub use entry::{DeviceEntry, Entry, EntryRegisters, Manufacturer, MeterEntry, MeterFlags};
pub use mode::Mode;
pub use value::{ImageError, ValueEntry};

use meter_units::Medium;

use crate::UnitId;

/// All that a gateway shows as registers.
///
/// Registers are made when they are asked for; nothing is stored.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Image<'a> {
    device: DeviceEntry,
    meters: &'a [Meter<'a>],
    mode: Mode,
}

/// A meter of an [`Image`], and its values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meter<'a> {
    entry: MeterEntry,
    values: &'a [ValueEntry],
    unit: Option<UnitId>,
}

impl<'a> Meter<'a> {
    /// A meter with its values.
    #[must_use]
    pub const fn new(entry: MeterEntry, values: &'a [ValueEntry]) -> Self {
        Self {
            entry,
            values,
            unit: None,
        }
    }

    /// With a unit address for [`Mode::MULTI_SLAVE`]; without, it is the place of the meter in the
    /// list, counted from 1.
    #[must_use]
    pub const fn with_unit(self, unit: UnitId) -> Self {
        Self {
            unit: Some(unit),
            ..self
        }
    }

    fn entries(&self) -> u32 {
        u32::try_from(self.values.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1)
    }

    /// The meter itself and then its values.
    fn entry(&self, index: u32) -> Option<Entry> {
        let Some(index) = index.checked_sub(1) else {
            return Some(Entry::Meter(self.entry));
        };
        let value = self.values.get(usize::try_from(index).ok()?)?;
        Some(Entry::Value(*value))
    }
}

impl<'a> Image<'a> {
    /// The image of a gateway and its meters.
    ///
    /// With [`Mode::TEST_DATA`] it is that of [`test_data`](Self::test_data).
    #[must_use]
    pub const fn new(device: DeviceEntry, meters: &'a [Meter<'a>], mode: Mode) -> Self {
        if mode.contains(Mode::TEST_DATA) {
            return Self::test_data(mode);
        }
        Self {
            device,
            meters,
            mode,
        }
    }

    /// The fixed data by which a client checks its addresses and its order of words.
    #[must_use]
    pub const fn test_data(mode: Mode) -> Self {
        Self {
            device: TEST_DEVICE,
            meters: TEST_METERS,
            mode,
        }
    }

    /// How it is arranged.
    #[must_use]
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// How many registers there are at a unit address; 0 if nothing answers there.
    #[must_use]
    pub fn len(&self, unit: UnitId) -> u32 {
        let space = self.space(unit);
        let entries = space
            .meters
            .iter()
            .fold(u32::from(space.has_device), |sum, meter| {
                sum.saturating_add(meter.entries())
            });
        entries
            .saturating_mul(self.mode.registers_per_entry().into())
            .min(0x1_0000)
    }

    /// One register; `None` where there is none.
    #[must_use]
    pub fn get(&self, unit: UnitId, address: u16) -> Option<u16> {
        let size = self.mode.registers_per_entry();
        let entry = self.entry(unit, u32::from(address.checked_div(size)?))?;
        self.part(&entry, address.checked_rem(size)?)
    }

    /// The registers at a unit address, from 0 on.
    pub fn registers(&self, unit: UnitId) -> impl Iterator<Item = u16> + use<'a> {
        let (image, size) = (*self, self.mode.registers_per_entry());
        let entries = image.space(unit).entries();
        let registers = entries.flat_map(move |entry| {
            (0..size).map(move |offset| image.part(&entry, offset).unwrap_or(0))
        });
        registers.take(0x1_0000)
    }

    /// The entry at a unit address that begins at register `index` times 10 or, with
    /// [`Mode::FLOAT_ONLY`], times 2.
    #[must_use]
    pub fn entry(&self, unit: UnitId, index: u32) -> Option<Entry> {
        self.space(unit).entry(index)
    }

    fn part(&self, entry: &Entry, offset: u16) -> Option<u16> {
        let offset = usize::from(offset);
        if self.mode.contains(Mode::FLOAT_ONLY) {
            entry.to_float_registers(self.mode)?.get(offset).copied()
        } else {
            entry.to_registers(self.mode).get(offset).copied()
        }
    }

    /// Which entries a unit address has.
    fn space(&self, unit: UnitId) -> Space<'a> {
        let has_device = !self.mode.contains(Mode::FLOAT_ONLY);
        let device = self.device;
        if !self.mode.contains(Mode::MULTI_SLAVE) {
            return Space {
                device,
                has_device,
                meters: self.meters,
            };
        }
        let places = (1..=u8::MAX).zip(self.meters.chunks(1));
        let mut own = places.filter(|(place, meter)| {
            let given = meter.first().and_then(|meter| meter.unit);
            given.unwrap_or(UnitId(*place)) == unit
        });
        let meters = match own.next() {
            Some((_, meter)) if unit.is_device() => meter,
            _ => &[],
        };
        Space {
            device,
            has_device: has_device && unit == UnitId::NEUTRAL,
            meters,
        }
    }
}

/// An address space.
#[derive(Clone, Copy)]
struct Space<'a> {
    device: DeviceEntry,
    has_device: bool,
    meters: &'a [Meter<'a>],
}

impl<'a> Space<'a> {
    fn entries(self) -> impl Iterator<Item = Entry> + use<'a> {
        let device = self.has_device.then_some(Entry::Device(self.device));
        let meters = self.meters.iter().flat_map(|meter| {
            let values = meter.values.iter().map(|value| Entry::Value(*value));
            core::iter::once(Entry::Meter(meter.entry)).chain(values)
        });
        device.into_iter().chain(meters)
    }

    fn entry(self, index: u32) -> Option<Entry> {
        let mut index = index;
        if self.has_device {
            let Some(rest) = index.checked_sub(1) else {
                return Some(Entry::Device(self.device));
            };
            index = rest;
        }
        for meter in self.meters {
            match index.checked_sub(meter.entries()) {
                Some(rest) => index = rest,
                None => return meter.entry(index),
            }
        }
        None
    }
}

const TEST_DEVICE: DeviceEntry = DeviceEntry {
    serial: 0xD080_0DC1,
    layout_version: 2,
    software_version: 132,
    time: TEST_TIME,
};

const TEST_METERS: &[Meter<'_>] = &[Meter::new(
    MeterEntry {
        serial: 12_345_678,
        manufacturer: Manufacturer(0x0443),
        version: 1,
        medium: Medium::ELECTRICITY,
        time: TEST_TIME,
        flags: MeterFlags::CURRENT,
    },
    &[ValueEntry {
        integer: 12_345_678,
        float: 1234.5678,
        exponent: -4,
        unit: 5,
        time: TEST_TIME,
    }],
)];

/// 2019-05-22T14:37:32Z.
const TEST_TIME: u32 = 1_558_535_852;

#[cfg(test)]
mod tests;
