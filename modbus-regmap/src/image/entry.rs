//! The entries of the grid of ten registers.

use core::fmt;

use meter_units::{Medium, Timestamp};

use super::{Mode, ValueEntry};

/// The registers of one entry.
pub type EntryRegisters = [u16; 10];

/// One entry of the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Entry {
    /// The gateway itself: type 1.
    Device(DeviceEntry),
    /// A meter, whose values follow: type 2.
    Meter(MeterEntry),
    /// A value of the meter before it: type 0.
    Value(ValueEntry),
    /// Something else.
    Other {
        /// The type, from 3 on.
        code: u8,
        /// All of its registers.
        registers: EntryRegisters,
    },
}

impl Entry {
    /// Reads an entry; only [`Mode::WORD_SWAP`] matters.
    ///
    /// Reserved registers and bits are not looked at.
    #[must_use]
    pub fn from_registers(registers: EntryRegisters, mode: Mode) -> Self {
        let [a, b, c, d, e, f, g, h, i, j] = registers;
        let words = Words::new(mode);
        let [code, unit] = h.to_be_bytes();
        match code {
            0 => Self::Value(ValueEntry {
                integer: words.i64([a, b, c, d]),
                float: f32::from_bits(words.u32([e, f])),
                exponent: i16::from_be_bytes(g.to_be_bytes()),
                unit,
                time: words.u32([i, j]),
            }),
            1 => Self::Device(DeviceEntry {
                serial: words.u32([a, b]),
                layout_version: c,
                software_version: d,
                time: words.u32([e, f]),
            }),
            2 => {
                let [version, medium] = d.to_be_bytes();
                Self::Meter(MeterEntry {
                    serial: words.u32([a, b]),
                    manufacturer: Manufacturer(c),
                    version,
                    medium: Medium(medium),
                    time: words.u32([e, f]),
                    flags: MeterFlags(i),
                })
            }
            code => Self::Other { code, registers },
        }
    }

    /// The registers of the entry, reserved ones being 0; only [`Mode::WORD_SWAP`] matters.
    #[must_use]
    pub fn to_registers(&self, mode: Mode) -> EntryRegisters {
        let words = Words::new(mode);
        match *self {
            Self::Device(device) => {
                let [a, b] = words.of_u32(device.serial);
                let [e, f] = words.of_u32(device.time);
                let (c, d) = (device.layout_version, device.software_version);
                [a, b, c, d, e, f, 0, 0x0100, 0, 0]
            }
            Self::Meter(meter) => {
                let [a, b] = words.of_u32(meter.serial);
                let c = meter.manufacturer.0;
                let d = u16::from_be_bytes([meter.version, meter.medium.code()]);
                let [e, f] = words.of_u32(meter.time);
                [a, b, c, d, e, f, 0, 0x0200, meter.flags.0, 0]
            }
            Self::Value(value) => {
                let [a, b, c, d] = words.of_i64(value.integer);
                let [e, f] = words.of_u32(value.float.to_bits());
                let g = u16::from_be_bytes(value.exponent.to_be_bytes());
                let [i, j] = words.of_u32(value.time);
                [a, b, c, d, e, f, g, value.unit.into(), i, j]
            }
            Self::Other { registers, .. } => registers,
        }
    }

    /// The registers of the entry in the form of two registers: the serial number of a meter, or a
    /// value; a gateway has none.
    #[must_use]
    pub fn to_float_registers(&self, mode: Mode) -> Option<[u16; 2]> {
        let words = Words::new(mode);
        match self {
            Self::Meter(meter) => Some(words.of_u32(meter.serial)),
            Self::Value(value) => Some(words.of_u32(value.float.to_bits())),
            Self::Device(_) | Self::Other { .. } => None,
        }
    }
}

/// The gateway itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeviceEntry {
    /// Its serial number.
    pub serial: u32,
    /// The version of the layout: 1 or 2.
    pub layout_version: u16,
    /// The version of its software in hundredths: 132 is 1.32.
    pub software_version: u16,
    /// Its time, in seconds of UNIX time.
    pub time: u32,
}

impl DeviceEntry {
    /// Its time.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        Timestamp::from_unix(self.time.into())
    }
}

/// A meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MeterEntry {
    /// Its serial number as a number: meter 12345678 is 12345678, not BCD.
    pub serial: u32,
    /// Who made it.
    pub manufacturer: Manufacturer,
    /// Its version.
    pub version: u8,
    /// What flows through it.
    pub medium: Medium,
    /// When it was read last, in seconds of UNIX time; 0 for never.
    pub time: u32,
    /// What became of the last attempt to read it.
    pub flags: MeterFlags,
}

impl MeterEntry {
    /// When it was read last; `None` for never.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        super::value::timestamp(self.time)
    }
}

/// What became of the last attempt to read a meter; reserved bits are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct MeterFlags(pub u16);

impl MeterFlags {
    /// It was read, and all its values are current.
    pub const CURRENT: Self = Self(0);
    /// It was not read.
    pub const NOT_READ: Self = Self(1);
    /// Not all of its values are current.
    pub const NOT_ALL_CURRENT: Self = Self(1 << 1);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the bits of `other` set.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The code of a manufacturer: three letters of five bits each, A being 1, the first one highest
/// (EN 62056-21).
///
/// ```
/// use modbus_regmap::image::Manufacturer;
///
/// let code = Manufacturer::from_letters(*b"ABC").unwrap();
/// assert_eq!(code.0, 0x0443);
/// assert_eq!(code.to_string(), "ABC");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Manufacturer(pub u16);

impl Manufacturer {
    /// The code of three upper-case letters; `None` for other characters.
    #[must_use]
    pub fn from_letters(letters: [u8; 3]) -> Option<Self> {
        let mut code = 0_u16;
        for letter in letters {
            if !letter.is_ascii_uppercase() {
                return None;
            }
            code = code << 5 | u16::from(letter & 0x1F);
        }
        Some(Self(code))
    }

    /// The three letters; `None` if the code has others than A to Z.
    #[must_use]
    pub fn letters(self) -> Option<[u8; 3]> {
        let [high, middle, low] = [10, 5, 0].map(|shift| (self.0 >> shift) & 0x1F);
        let is_letter = |part: u16| (1..=26).contains(&part);
        if self.0 >> 15 != 0 || ![high, middle, low].into_iter().all(is_letter) {
            return None;
        }
        Some([high, middle, low].map(|part| b'@' | part.to_be_bytes()[1]))
    }
}

/// The letters, or the code in hexadecimal.
impl fmt::Display for Manufacturer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letters = self.letters();
        match letters
            .as_ref()
            .map(|letters| core::str::from_utf8(letters))
        {
            Some(Ok(letters)) => f.pad(letters),
            _ => write!(f, "{:#06x}", self.0),
        }
    }
}

/// The order of the words of a number.
#[derive(Clone, Copy)]
pub(super) struct Words {
    is_low_first: bool,
}

impl Words {
    pub(super) const fn new(mode: Mode) -> Self {
        Self {
            is_low_first: mode.contains(Mode::WORD_SWAP),
        }
    }

    fn ordered<const N: usize>(self, mut words: [u16; N]) -> [u16; N] {
        if self.is_low_first {
            words.reverse();
        }
        words
    }

    pub(super) fn u32(self, words: [u16; 2]) -> u32 {
        let [a, b] = self.ordered(words);
        u32::from(a) << 16 | u32::from(b)
    }

    fn i64(self, words: [u16; 4]) -> i64 {
        let words = self.ordered(words);
        words
            .into_iter()
            .fold(0, |value, word| value << 16 | i64::from(word))
    }

    fn of_u32(self, value: u32) -> [u16; 2] {
        let [a, b, c, d] = value.to_be_bytes();
        self.ordered([[a, b], [c, d]].map(u16::from_be_bytes))
    }

    fn of_i64(self, value: i64) -> [u16; 4] {
        let [a, b, c, d, e, f, g, h] = value.to_be_bytes();
        self.ordered([[a, b], [c, d], [e, f], [g, h]].map(u16::from_be_bytes))
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_manufacturer_code_survives() {
        for code in 0..=u16::MAX {
            if let Some(letters) = Manufacturer(code).letters() {
                assert_eq!(
                    Manufacturer::from_letters(letters),
                    Some(Manufacturer(code))
                );
            }
        }
        assert_eq!(Manufacturer(0x32A7).to_string(), "LUG");
        assert_eq!(Manufacturer(0x2C2D).to_string(), "KAM");
        assert_eq!(Manufacturer(0x8443).to_string(), "0x8443");
        assert_eq!(Manufacturer::from_letters(*b"kam"), None);
        assert_eq!(Manufacturer::from_letters(*b"A[C"), None);
    }

    #[test]
    fn an_entry_of_another_type_keeps_its_registers() {
        let registers = [1, 2, 3, 4, 5, 6, 7, 0x0308, 9, 10];
        let entry = Entry::from_registers(registers, Mode::WORD_SWAP);
        assert_eq!(entry, Entry::Other { code: 3, registers });
        assert_eq!(entry.to_registers(Mode::WORD_SWAP), registers);
        assert_eq!(entry.to_float_registers(Mode::GRID), None);
    }

    #[test]
    fn the_swap_reverses_all_words_of_a_number() {
        let value = Entry::Value(ValueEntry {
            integer: 0x0001_0002_0003_0004,
            float: 1234.5678,
            exponent: -4,
            unit: 5,
            time: 0x5CE5_5EAC,
        });
        let registers = value.to_registers(Mode::WORD_SWAP);
        assert_eq!(
            registers,
            [4, 3, 2, 1, 0x522B, 0x449A, 0xFFFC, 5, 0x5EAC, 0x5CE5]
        );
        assert_eq!(
            value.to_float_registers(Mode::WORD_SWAP),
            Some([0x522B, 0x449A])
        );
    }

    proptest! {
        #[test]
        fn any_registers_read_as_an_entry_and_back(
            registers in any::<[u16; 10]>(),
            code in 0..4_u16,
            bits in 0..16_u8,
        ) {
            let (mode, mut registers) = (Mode::from_bits(bits), registers);
            registers[7] = code << 8 | registers[7] & 0xFF;
            let entry = Entry::from_registers(registers, mode);
            let again = entry.to_registers(mode);
            // what is reserved is lost
            match code {
                0 | 3 => {}
                1 => { registers[6] = 0; registers[7] = 0x0100; registers[8] = 0; registers[9] = 0; }
                _ => { registers[6] = 0; registers[7] = 0x0200; registers[9] = 0; }
            }
            prop_assert_eq!(again, registers);
        }
    }
}
