//! One register in one line, as gateways have it.

mod fields;
#[cfg(feature = "serde")]
mod form;
mod name;

use core::fmt;
use core::str::FromStr;
use core::time::Duration;

use bitflags::bitflags;
use meter_units::{Decimal, Rounding};

use super::{AddressConvention, Link, ParseAddressError, Register, Round, ShortName};
use crate::Table;
use crate::encoding::{BitNumbering, Encoding, Order, ParseEncodingError, ParseScaleError, Scale};

use crate::text::split_once;
use fields::Fields;
pub use name::PointName;

/// One register in one line, as gateways have it: `reg=52 unit=power_kw size=2 factor=0.001`.
///
/// | key | default | meaning |
/// | --- | --- | --- |
/// | `reg` | | the address, as it is sent: `17`, or `400017` for address 17 read with function 4 ([`AddressConvention::FunctionDigit`]) |
/// | `unit` | | the quantity and its unit, see [`PointName`] |
/// | `type` | by `size` | what the registers hold: `u32`, `f32` … |
/// | `size` | 1 | how many registers: 1, 2, 4 or 8 |
/// | `factor` | 1 | what the raw number is multiplied by |
/// | `function_code` | 3 | 1 to 4 |
/// | `round` | 2 | digits after the point, half to even, after `factor`; negative ones round before it |
/// | `swap_words` | 0 | `1` reverses the order of the registers, never the bytes in them |
/// | `pause` | by link | seconds to wait after the read |
///
/// The form was made without types: a size of 1 is then `i16`, 2 `f32`, 4 `i64`, and 8 a text of 16
/// characters. Meters with integers of two registers are as common as meters with floats, so
/// this is an assumption, and [`warnings`](Self::warnings) says so; [`parse_strict`](Self::parse_strict)
/// refuses it.
///
/// ```
/// use modbus_regmap::map::{Block, Point, PointWarnings, Register};
/// use modbus_regmap::{Registers, Table};
///
/// let point: Point = "reg=52 unit=power_kw type=i32 factor=0.001 swap_words=1".parse()?;
/// assert!(point.warnings().is_empty());
///
/// let register = point.register();
/// assert_eq!((register.table(), register.address()), (Table::HoldingRegister, 52));
/// let wire = Registers::from_bytes(&[0x30, 0x3A, 0x00, 0x00]).expect("two registers");
/// let block = Block::new(Table::HoldingRegister, 52, wire);
/// assert_eq!(register.value_in(&block)?.to_string(), "12.35");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    name: PointName,
    table: Table,
    address: u16,
    encoding: Encoding,
    scale: Scale,
    round: Option<i8>,
    swaps: bool,
    pause: Option<Duration>,
    warnings: PointWarnings,
}

bitflags! {
    /// What is odd about a point, but can be read.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct PointWarnings: u8 {
        /// There is no `type`, and that of the size was assumed.
        const ASSUMED_TYPE = 1;
        /// `swap_words` has no effect on one register.
        const SWAP_OF_ONE = 1 << 1;
    }
}

/// Why a point is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum PointError {
    /// A word is not of the form `key=value`.
    #[error("`{0}` is not of the form key=value")]
    Malformed(ShortName),
    /// There is no such key.
    #[error("there is no key `{0}`")]
    UnknownKey(ShortName),
    /// A key is there twice.
    #[error("`{0}` is there twice")]
    Twice(&'static str),
    /// A key that has to be there is not.
    #[error("`{0}` is missing")]
    Missing(&'static str),
    /// The value of a key is not one of those that it has.
    #[error("the value of `{0}` is none that it can have")]
    Value(&'static str),
    /// `reg` is no address.
    #[error("`reg`: {0}")]
    Address(ParseAddressError),
    /// `reg` names another table than `function_code`.
    #[error("`reg` is in another table than `function_code` says")]
    Table,
    /// There is no such name of a quantity and its unit.
    #[error("`unit` names no quantity that is known: `{0}`")]
    Unit(ShortName),
    /// `size` is not 1, 2, 4 or 8.
    #[error("`size` is {0}, allowed is 1, 2, 4 or 8")]
    Size(u16),
    /// `type` is no type, or has another size than `size` says.
    #[error("`type`: {0}")]
    Type(ParseEncodingError),
    /// `factor` is 0 or no number.
    #[error("`factor`: {0}")]
    Factor(ParseScaleError),
    /// The value ends after address 65535.
    #[error("{count} register(s) from address {address} on reach beyond 65535")]
    AddressRange {
        /// The first address.
        address: u16,
        /// How many registers.
        count: u16,
    },
    /// Functions 1 and 2 read single bits.
    #[error("functions 1 and 2 read one bit, and the size or type is another")]
    NotABit,
    /// A text or a bit has no factor and is not rounded.
    #[error("`{0}` is for numbers, and the type is none")]
    Scaled(&'static str),
    /// The registers of the type do not swap.
    #[error("the type has no order of words")]
    Order,
}

impl Point {
    /// Digits after the point where `round` is not said.
    pub const DEFAULT_ROUND: i8 = 2;
    /// The pause after a read over TCP where `pause` is not said; on serial lines there is none.
    pub const DEFAULT_TCP_PAUSE: Duration = Duration::from_millis(300);

    /// Reads a point that has to say its type.
    ///
    /// # Errors
    ///
    /// As for [`FromStr`](#impl-FromStr-for-Point), and [`PointError::Missing`] without `type`.
    pub fn parse_strict(text: &str) -> Result<Self, PointError> {
        let point: Self = text.parse()?;
        point.strict()
    }

    /// The same point, if it says its type.
    ///
    /// # Errors
    ///
    /// [`PointError::Missing`] without `type`.
    pub const fn strict(self) -> Result<Self, PointError> {
        if self.warnings.contains(PointWarnings::ASSUMED_TYPE) {
            return Err(PointError::Missing("type"));
        }
        Ok(self)
    }

    /// The quantity and its unit.
    #[must_use]
    pub const fn name(&self) -> PointName {
        self.name
    }

    /// What is odd about it.
    #[must_use]
    pub const fn warnings(&self) -> PointWarnings {
        self.warnings
    }

    /// The pause after a read, if the point says one.
    #[must_use]
    pub const fn pause(&self) -> Option<Duration> {
        self.pause
    }

    /// The pause after a read over a link: that of the point, or else that of the kind of link.
    #[must_use]
    pub const fn pause_on(&self, link: &Link<'_>) -> Duration {
        match (self.pause, link) {
            (Some(pause), _) => pause,
            (None, Link::Tcp { .. }) => Self::DEFAULT_TCP_PAUSE,
            (None, _) => Duration::ZERO,
        }
    }

    /// The register, with the name of the point.
    #[must_use]
    pub const fn register(&self) -> Register<'static> {
        self.register_named(self.name.name())
    }

    /// The register under another name, since two points may have the same `unit`, and two
    /// registers of a map not the same name.
    #[must_use]
    pub const fn register_named<'a>(&self, name: &'a str) -> Register<'a> {
        let mut register = Register::new(name, self.table, self.address, self.encoding)
            .with_scale(self.scale)
            .with_channel(self.name.channel())
            .with_unit(self.name.unit());
        if self.swaps {
            register = register.with_order(SWAPPED);
        }
        if let Some(places) = self.round {
            register = register.with_round(Round {
                places,
                mode: Rounding::HalfEven,
            });
        }
        register
    }

    fn from_fields(fields: &Fields) -> Result<Self, PointError> {
        let reg = fields.reg.ok_or(PointError::Missing("reg"))?;
        let name = fields.unit.ok_or(PointError::Missing("unit"))?;
        let (table, address) = place(reg, fields.function)?;
        let mut warnings = PointWarnings::empty();
        let encoding = match fields.kind {
            Some(kind) => kind.encoding(fields.size)?,
            None if table.is_bits() => match fields.size {
                None | Some(1) => BIT,
                Some(_) => return Err(PointError::NotABit),
            },
            None => {
                warnings |= PointWarnings::ASSUMED_TYPE;
                assumed(fields.size.unwrap_or(1))?
            }
        };
        if table.is_bits() && encoding != BIT {
            return Err(PointError::NotABit);
        }
        let count = encoding.registers();
        if u32::from(address).saturating_add(count.into()) > 0x1_0000 {
            return Err(PointError::AddressRange { address, count });
        }
        let is_scaled = encoding.is_number() && encoding != BIT;
        let scale = fields.factor.unwrap_or(Scale::ONE);
        if !is_scaled && scale != Scale::ONE {
            return Err(PointError::Scaled("factor"));
        }
        if !is_scaled && fields.round.is_some() {
            return Err(PointError::Scaled("round"));
        }
        let mut swaps = fields.swap.unwrap_or_default();
        if swaps && count == 1 {
            warnings |= PointWarnings::SWAP_OF_ONE;
            swaps = false;
        }
        if swaps && !encoding.takes(SWAPPED) {
            return Err(PointError::Order);
        }
        let round = fields.round.unwrap_or(Self::DEFAULT_ROUND);
        Ok(Self {
            name,
            table,
            address,
            encoding,
            scale,
            round: is_scaled.then_some(round),
            swaps,
            pause: fields.pause,
            warnings,
        })
    }
}

/// What coils and discrete inputs hold.
const BIT: Encoding = match Encoding::bit(0, BitNumbering::Lsb0) {
    Some(bit) => bit,
    None => Encoding::U16,
};

/// All registers reversed, the bytes in each as they are.
const SWAPPED: Order = Order::CDAB;

/// The first address and the table, which `reg`, `function_code` or neither of them says.
fn place(reg: Reg, function: Option<Table>) -> Result<(Table, u16), PointError> {
    let (said, address) = (reg.table, reg.address);
    match (said, function) {
        (Some(said), Some(function)) if said != function => Err(PointError::Table),
        (said, function) => {
            let table = said.or(function).unwrap_or(Table::HoldingRegister);
            Ok((table, address))
        }
    }
}

/// What registers without a type are taken for.
const fn assumed(size: u16) -> Result<Encoding, PointError> {
    match size {
        1 => Ok(Encoding::I16),
        2 => Ok(Encoding::F32),
        4 => Ok(Encoding::I64),
        8 => Ok(Encoding::text(8)),
        other => Err(PointError::Size(other)),
    }
}

/// What `reg` says.
#[derive(Clone, Copy)]
struct Reg {
    table: Option<Table>,
    address: u16,
}

impl Reg {
    fn read(text: &str) -> Result<Self, PointError> {
        let (table, address) = AddressConvention::FunctionDigit
            .read(text)
            .map_err(PointError::Address)?;
        Ok(Self { table, address })
    }

    /// The same of a number.
    fn of(number: u32) -> Result<Self, PointError> {
        if let Ok(address) = u16::try_from(number) {
            let table = None;
            return Ok(Self { table, address });
        }
        let range = PointError::Address(ParseAddressError::Range);
        let table = u8::try_from(number / 100_000)
            .ok()
            .filter(|digit| *digit <= 9)
            .ok_or(range)?;
        let table = Table::from_read_function(table)
            .ok_or(PointError::Address(ParseAddressError::Table))?;
        let address = u16::try_from(number % 100_000).map_err(|_| range)?;
        Ok(Self {
            table: Some(table),
            address,
        })
    }
}

/// Words of the form `key=value`, in any order, apart by blanks.
impl FromStr for Point {
    type Err = PointError;

    fn from_str(text: &str) -> Result<Self, PointError> {
        let mut fields = Fields::default();
        for word in text.split_ascii_whitespace() {
            let (key, value) =
                split_once(word, "=").ok_or_else(|| PointError::Malformed(ShortName::new(word)))?;
            fields.set(key, fields::Word::Text(value))?;
        }
        Self::from_fields(&fields)
    }
}

/// With every key that counts, so that nothing has to be assumed where it is read again.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.table.read_function();
        write!(f, "reg={} unit={}", self.address, self.name.name())?;
        if !self.warnings.contains(PointWarnings::ASSUMED_TYPE) {
            write!(f, " type={}", self.encoding)?;
        } else {
            write!(f, " size={}", self.encoding.registers())?;
        }
        if self.scale != Scale::ONE {
            write!(f, " factor={}", self.scale)?;
        }
        write!(f, " function_code={code}")?;
        if let Some(round) = self.round {
            write!(f, " round={round}")?;
        }
        if self.swaps || self.warnings.contains(PointWarnings::SWAP_OF_ONE) {
            f.write_str(" swap_words=1")?;
        }
        match self.pause.map(seconds) {
            Some(Some(seconds)) => write!(f, " pause={seconds}"),
            _ => Ok(()),
        }
    }
}

fn seconds(pause: Duration) -> Option<Decimal> {
    let nanoseconds = i64::try_from(pause.as_nanos()).ok()?;
    Some(Decimal::new(nanoseconds, -9)?.normalized())
}

#[cfg(test)]
mod tests;
