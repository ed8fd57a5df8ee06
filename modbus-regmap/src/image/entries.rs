//! Reading an image.

use core::iter::FusedIterator;

use meter_units::{Channel, Quantity, Reading};

use super::Mode;
use super::entry::{Entry, EntryRegisters, MeterEntry, Words};
use crate::Registers;

/// The entries in the registers of a gateway, ten registers each.
///
/// Registers behind the last whole entry are ignored, so that an image can be read in parts.
///
/// ```
/// use modbus_regmap::Registers;
/// use modbus_regmap::image::{Entries, Entry, Mode};
///
/// let bytes = [
///     0x00, 0x02, 0x99, 0x3A, 0x00, 0x01, 0x00, 0x6F, 0x51, 0x9C, //
///     0xC1, 0x6D, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00,
/// ];
/// let registers = Registers::from_bytes(&bytes).expect("an even number of bytes");
/// let Some(Entry::Device(device)) = Entries::new(registers, Mode::GRID).next() else {
///     panic!("a device entry");
/// };
/// assert_eq!((device.serial, device.software_version), (170_298, 111));
/// assert_eq!(device.timestamp().to_string(), "2013-05-22T13:00:29Z");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Entries<'a> {
    rest: Registers<'a>,
    mode: Mode,
}

impl<'a> Entries<'a> {
    /// The entries in registers that begin with an entry; only [`Mode::WORD_SWAP`] matters.
    #[must_use]
    pub const fn new(registers: Registers<'a>, mode: Mode) -> Self {
        Self {
            rest: registers,
            mode,
        }
    }

    /// The values, each with the meter that it follows.
    ///
    /// What a value is about is not in the image, so the channel has no quantity. Values before the
    /// first meter have none.
    pub fn readings(
        self,
    ) -> impl Iterator<Item = (Option<MeterEntry>, Reading<'static>)> + use<'a> {
        let mut meter: Option<MeterEntry> = None;
        self.filter_map(move |entry| match entry {
            Entry::Value(value) => {
                let medium = meter.map_or(meter_units::Medium::UNKNOWN, |meter| meter.medium);
                let channel = Channel::new(Quantity::None, medium);
                Some((meter, value.reading(channel)))
            }
            Entry::Meter(next) => {
                meter = Some(next);
                None
            }
            Entry::Device(_) | Entry::Other { .. } => {
                meter = None;
                None
            }
        })
    }
}

impl Iterator for Entries<'_> {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        let mut registers: EntryRegisters = [0; 10];
        let entry = self.rest.window(0, registers.len())?;
        let behind = self.rest.len().checked_sub(registers.len())?;
        self.rest = self.rest.window(registers.len(), behind)?;
        for (to, from) in registers.iter_mut().zip(entry.iter()) {
            *to = from;
        }
        Some(Entry::from_registers(registers, self.mode))
    }
}

impl FusedIterator for Entries<'_> {}

/// The entries in the registers of a gateway with [`Mode::FLOAT_ONLY`], two registers each.
///
/// They do not say which of them is a serial number and which a value; the list of meters does.
#[derive(Clone, Copy, Debug)]
pub struct FloatEntries<'a> {
    rest: Registers<'a>,
    mode: Mode,
}

impl<'a> FloatEntries<'a> {
    /// The entries in registers that begin with an entry; only [`Mode::WORD_SWAP`] matters.
    #[must_use]
    pub const fn new(registers: Registers<'a>, mode: Mode) -> Self {
        Self {
            rest: registers,
            mode,
        }
    }
}

/// The bits of each entry: a serial number, or with [`f32::from_bits`] a value.
impl Iterator for FloatEntries<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let words = [self.rest.get(0)?, self.rest.get(1)?];
        let behind = self.rest.len().checked_sub(2)?;
        self.rest = self.rest.window(2, behind)?;
        Some(Words::new(self.mode).u32(words))
    }
}

impl FusedIterator for FloatEntries<'_> {}
