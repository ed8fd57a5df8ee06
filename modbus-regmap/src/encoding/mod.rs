//! One value in its registers: encodings, orders, markers and scales.
//!
//! An [`Encoding`] says what the registers of a value hold, an [`Order`] how their bytes follow
//! each other, a [`Marker`] what they hold where there is no value, and a [`Scale`] what the raw
//! number is multiplied by. All of them have one text form, which register maps use.
//!
//! ```
//! use modbus_regmap::Registers;
//! use modbus_regmap::encoding::{Encoding, Order};
//!
//! let wire = [0x1D, 0xC0, 0xFF, 0xFE];
//! let registers = Registers::from_bytes(&wire).expect("two registers");
//! let value = Encoding::I32.decode(Order::CDAB, registers)?;
//! assert_eq!(value.to_string(), "-123456");
//! # Ok::<(), modbus_regmap::encoding::ValueError>(())
//! ```

mod decode;
mod encode;
mod error;
mod field;
mod marker;
mod name;
mod order;
mod raw;
mod scale;
mod time;
mod wide;

pub use self::error::ValueError;
pub use self::field::{BitNumbering, Field};
pub use self::marker::{Marker, ParseMarkerError};
pub use self::name::ParseEncodingError;
pub use self::order::{ByteOrder, Order, ParseOrderError, WordOrder};
pub(crate) use self::scale::decimal_of;
pub use self::scale::{ParseScaleError, Scale};
pub use self::wide::WideDecimal;

/// What the registers of a value hold.
///
/// `Display` and `FromStr` agree on one name for each (`u16`, `bcd32`, `str:16`); `FromStr` reads
/// those of register maps. Where the name alone does not say how many registers there are, the
/// number follows after a colon, or is given to [`from_name`](Self::from_name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// Adjacent bits of one to four registers; a single bit is a field of one.
    Field(Field),
    /// The high byte of a register, unsigned: `u8hi`.
    U8Hi,
    /// The low byte of a register, unsigned: `u8lo`.
    U8Lo,
    /// The high byte of a register, two's complement: `i8hi`.
    I8Hi,
    /// The low byte of a register, two's complement: `i8lo`.
    I8Lo,
    /// An unsigned integer: `u16`, `u32`, `u48`, `u64`.
    Unsigned(Width),
    /// An integer in two's complement: `i16`, `i32`, `i48`, `i64`.
    Signed(Width),
    /// A magnitude below a sign bit: `sm16`, `sm32`, `sm48`, `sm64`.
    SignMagnitude(Width),
    /// IEEE 754 of 16 bits, which a float of 32 bits holds exactly: `f16`.
    F16,
    /// IEEE 754 of 32 bits: `f32`.
    F32,
    /// IEEE 754 of 64 bits: `f64`.
    F64,
    /// A power factor of four quadrants in an `f32`: `pf4q`.
    ///
    /// From -1 to 1 it is the factor. Beyond, the current leads: x above 1 means 2 - x, and x
    /// below -1 means -2 - x. To keep the quadrant, read the register as `f32`.
    PowerFactor,
    /// Two decimal digits in a byte: `bcd16`, `bcd32-f`, `bcd64-msb`.
    Bcd(Width, BcdSign),
    /// Four decimal digits in a register: `m10k:2`, `m10k-signed:3`.
    ///
    /// With a sign, every register has it.
    Mod10000(Width, Signedness),
    /// A number that stands for a state: `enum16`, `enum32`.
    Enum(Width),
    /// Flags, the least significant bit being the first: `bitfield16`, `bitfield32`.
    Flags(Width),
    /// A counter of SunSpec, which rolls over to 0: `acc16`, `acc32`, `acc64`.
    Counter(Width),
    /// A power of ten for other registers, in two's complement: `sunssf`.
    ScaleFactor,
    /// Registers without meaning: `pad`.
    Pad {
        /// How many.
        registers: u16,
    },
    /// One character in a byte: `str:8`, `str-latin1:8`.
    ///
    /// It ends at the first NUL. Where there is none, blanks at the end are padding.
    Text {
        /// How many registers, two characters each.
        registers: u16,
        /// The character set.
        charset: Charset,
    },
    /// One character in a register, UTF-16: `wstr:8`. It ends as `str` does.
    WideText {
        /// How many registers.
        registers: u16,
    },
    /// Seconds since 1970, UTC: `unix32`, `unix64`.
    Unix(Width),
    /// Four registers of bit fields in the manner of IEC 60870-5, with milliseconds:
    /// `schneider_datetime`.
    BinaryTime,
    /// Year, month, day, hour, minute, second, a register each: `ymdhms16`.
    YmdHms,
    /// The same with milliseconds: `ymdhmsms16`.
    YmdHmsMs,
    /// The same six in three registers, two BCD digits each: `bcd_ymdhms`.
    BcdYmdHms,
    /// Bytes without further meaning, such as an address; not a number: `ipv4`.
    Ipv4,
    /// Eight registers of an IPv6 address: `ipv6`.
    Ipv6,
    /// Four registers of an IEEE EUI-64: `eui64`.
    Eui64,
    /// Three letters of five bits each: `flag3` (EN 62056-21, FLAG manufacturer code).
    Manufacturer,
}

/// How many registers a number takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Width {
    /// One register.
    W16,
    /// Two registers.
    W32,
    /// Three registers.
    W48,
    /// Four registers.
    W64,
}

/// Whether a number can be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signedness {
    /// Never.
    #[default]
    Unsigned,
    /// It can.
    Signed,
}

/// How BCD says that a number is negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BcdSign {
    /// Not at all.
    #[default]
    None,
    /// The first digit is `F`.
    TopDigit,
    /// The most significant bit is set.
    TopBit,
}

/// The character set of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Charset {
    /// UTF-8, and so ASCII.
    #[default]
    Utf8,
    /// ISO 8859-1.
    Latin1,
}

impl Width {
    /// Every width.
    pub const ALL: [Self; 4] = [Self::W16, Self::W32, Self::W48, Self::W64];

    /// How many registers: 1 to 4.
    #[must_use]
    pub const fn registers(self) -> u16 {
        match self {
            Self::W16 => 1,
            Self::W32 => 2,
            Self::W48 => 3,
            Self::W64 => 4,
        }
    }

    /// How many bits: 16 to 64.
    #[must_use]
    pub const fn bits(self) -> u32 {
        match self {
            Self::W16 => 16,
            Self::W32 => 32,
            Self::W48 => 48,
            Self::W64 => 64,
        }
    }

    /// The width of so many registers.
    #[must_use]
    pub const fn from_registers(registers: u16) -> Option<Self> {
        Some(match registers {
            1 => Self::W16,
            2 => Self::W32,
            3 => Self::W48,
            4 => Self::W64,
            _ => return None,
        })
    }

    /// All bits set.
    pub(crate) const fn mask(self) -> u64 {
        match self {
            Self::W16 => 0xFFFF,
            Self::W32 => 0xFFFF_FFFF,
            Self::W48 => 0xFFFF_FFFF_FFFF,
            Self::W64 => u64::MAX,
        }
    }

    /// The most significant bit alone.
    pub(crate) const fn top(self) -> u64 {
        self.mask() ^ self.mask() >> 1
    }
}

/// The encodings that maps name most.
impl Encoding {
    /// `u16`.
    pub const U16: Self = Self::Unsigned(Width::W16);
    /// `u32`.
    pub const U32: Self = Self::Unsigned(Width::W32);
    /// `u48`.
    pub const U48: Self = Self::Unsigned(Width::W48);
    /// `u64`.
    pub const U64: Self = Self::Unsigned(Width::W64);
    /// `i16`.
    pub const I16: Self = Self::Signed(Width::W16);
    /// `i32`.
    pub const I32: Self = Self::Signed(Width::W32);
    /// `i48`.
    pub const I48: Self = Self::Signed(Width::W48);
    /// `i64`.
    pub const I64: Self = Self::Signed(Width::W64);
    /// `enum16`.
    pub const ENUM16: Self = Self::Enum(Width::W16);
    /// `bitfield16`.
    pub const BITFIELD16: Self = Self::Flags(Width::W16);
    /// `bitfield32`.
    pub const BITFIELD32: Self = Self::Flags(Width::W32);
    /// `acc32`.
    pub const ACC32: Self = Self::Counter(Width::W32);
    /// `unix32`.
    pub const UNIX32: Self = Self::Unix(Width::W32);

    /// Bit `number` of one register, counted as `numbering` says; `None` if there is no such bit.
    #[must_use]
    pub const fn bit(number: u8, numbering: BitNumbering) -> Option<Self> {
        match Field::bit(number, numbering) {
            Some(field) => Some(Self::Field(field)),
            None => None,
        }
    }

    /// A text of so many registers in UTF-8.
    #[must_use]
    pub const fn text(registers: u16) -> Self {
        Self::Text {
            registers,
            charset: Charset::Utf8,
        }
    }

    /// How many registers the value takes.
    #[must_use]
    pub const fn registers(self) -> u16 {
        match self {
            Self::Field(field) => field.width().registers(),
            Self::U8Hi
            | Self::U8Lo
            | Self::I8Hi
            | Self::I8Lo
            | Self::F16
            | Self::ScaleFactor
            | Self::Manufacturer => 1,
            Self::F32 | Self::PowerFactor | Self::Ipv4 => 2,
            Self::F64 | Self::BinaryTime | Self::Eui64 => 4,
            Self::BcdYmdHms => 3,
            Self::YmdHms => 6,
            Self::YmdHmsMs => 7,
            Self::Ipv6 => 8,
            Self::Unsigned(width)
            | Self::Signed(width)
            | Self::SignMagnitude(width)
            | Self::Bcd(width, _)
            | Self::Mod10000(width, _)
            | Self::Enum(width)
            | Self::Flags(width)
            | Self::Counter(width)
            | Self::Unix(width) => width.registers(),
            Self::Pad { registers }
            | Self::Text { registers, .. }
            | Self::WideText { registers } => registers,
        }
    }

    /// Whether the value is a number, which a scale applies to.
    #[must_use]
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Field(_)
                | Self::U8Hi
                | Self::U8Lo
                | Self::I8Hi
                | Self::I8Lo
                | Self::Unsigned(_)
                | Self::Signed(_)
                | Self::SignMagnitude(_)
                | Self::F16
                | Self::F32
                | Self::F64
                | Self::PowerFactor
                | Self::Bcd(..)
                | Self::Mod10000(..)
                | Self::Enum(_)
                | Self::Counter(_)
                | Self::ScaleFactor
        )
    }

    /// Whether the value can lie in this order.
    ///
    /// Texts and bytes only know exchanged bytes; the fields of dates have an order of their own.
    #[must_use]
    pub const fn takes(self, order: Order) -> bool {
        match self {
            Self::Text { .. } | Self::Pad { .. } => {
                !matches!(order.words, WordOrder::Halves | WordOrder::Neighbors)
            }
            Self::WideText { .. } | Self::YmdHms | Self::YmdHmsMs | Self::Ipv6 => {
                !matches!(order.words, WordOrder::Halves | WordOrder::Neighbors)
            }
            _ => order.fits(self.registers()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_small() {
        assert!(size_of::<Encoding>() <= 8);
    }

    #[test]
    fn widths_count_registers_and_bits() {
        for width in Width::ALL {
            assert_eq!(Width::from_registers(width.registers()), Some(width));
            assert_eq!(width.bits(), u32::from(width.registers()) * 16);
            assert_eq!(width.mask().count_ones(), width.bits());
            assert_eq!(width.top().trailing_zeros() + 1, width.bits());
        }
        assert_eq!(Width::from_registers(5), None);
    }
}
