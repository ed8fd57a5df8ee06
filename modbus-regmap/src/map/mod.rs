//! Register maps: the named values of a device.
//!
//! A map is built of constants, or read from a file that the owner of a meter can write: see the
//! [`guide`] to map files.
#![cfg_attr(
    not(feature = "alloc"),
    allow(
        clippy::borrow_deref_ref,
        clippy::needless_borrow,
        clippy::needless_option_as_deref,
        clippy::useless_asref,
        clippy::explicit_auto_deref,
        reason = "a map owns its texts only with an allocator"
    )
)]

mod address;
mod block;
mod check;
mod device;
mod doubled;
mod error;
mod forbidden;
#[cfg(all(feature = "alloc", feature = "serde"))]
mod form;
#[cfg(any(doc, doctest))]
pub mod guide;
mod index;
mod link;
mod point;
mod reading;
mod register;
mod serial;
mod texts;
mod usual;
#[cfg_attr(
    not(all(feature = "alloc", feature = "serde")),
    allow(dead_code, reason = "some words are those of map files only")
)]
mod words;
mod writing;

pub use self::address::{AddressConvention, ParseAddressError};
pub use self::block::Block;
pub use self::device::{AddressRange, Device, Verified};
pub use self::error::{MapError, MapRule, ShortName};
pub(crate) use self::forbidden::Forbidden;
pub use self::link::{Link, ParseLinkError};
pub use self::point::{Point, PointError, PointName, PointWarnings};
pub(crate) use self::reading::in_parts;
pub use self::register::{Access, Register, Round, UnitCodes};
pub use self::serial::{DataBits, Parity, ParseSerialError, SerialSettings, StopBits};
pub use self::texts::{Labels, Strings};

use self::index::Index;
use crate::Table;

/// The named values of a device, checked when it is made.
///
/// A map of constants borrows them; a map that was read from a file owns them.
///
/// ```
/// use modbus_regmap::Table;
/// use modbus_regmap::encoding::Encoding;
/// use modbus_regmap::map::{Device, Register, RegisterMap};
///
/// static DEVICE: Device<'static> = Device::new("SDM630");
/// static REGISTERS: [Register<'static>; 2] = [
///     Register::new("voltage_l1", Table::InputRegister, 0, Encoding::F32),
///     Register::new("voltage_l2", Table::InputRegister, 2, Encoding::F32),
/// ];
/// let map = RegisterMap::new(&DEVICE, &REGISTERS)?;
/// assert_eq!(map.register("voltage_l2").map(Register::address), Some(2));
/// # Ok::<(), modbus_regmap::map::MapError>(())
/// ```
#[derive(Clone, Debug)]
pub struct RegisterMap<'a> {
    parts: Repr<'a>,
    index: Index,
}

#[derive(Clone, Debug)]
enum Repr<'a> {
    Lent {
        device: &'a Device<'a>,
        registers: &'a [Register<'a>],
    },
    #[cfg(feature = "alloc")]
    Owned {
        device: alloc::boxed::Box<Device<'a>>,
        registers: alloc::vec::Vec<Register<'a>>,
    },
}

impl<'a> RegisterMap<'a> {
    /// A map of constants.
    ///
    /// The work is that of sorting the registers. Without an allocator it grows with the square of
    /// their number, since names have to be compared in pairs.
    ///
    /// # Errors
    ///
    /// [`MapError`] names the first register that breaks a rule, and the rule.
    pub fn new(device: &'a Device<'a>, registers: &'a [Register<'a>]) -> Result<Self, MapError> {
        let index = check::check(device, registers)?;
        let parts = Repr::Lent { device, registers };
        Ok(Self { parts, index })
    }

    /// A map of constants that a test has checked.
    #[cfg(feature = "models")]
    pub(crate) const fn lent(device: &'a Device<'a>, registers: &'a [Register<'a>]) -> Self {
        Self {
            parts: Repr::Lent { device, registers },
            index: Index::NONE,
        }
    }

    /// A map that owns its parts.
    ///
    /// # Errors
    ///
    /// As for [`new`](Self::new).
    #[cfg(feature = "alloc")]
    pub fn from_parts(
        device: Device<'a>,
        registers: alloc::vec::Vec<Register<'a>>,
    ) -> Result<Self, MapError> {
        let index = check::check(&device, &registers)?;
        let device = alloc::boxed::Box::new(device);
        let parts = Repr::Owned { device, registers };
        Ok(Self { parts, index })
    }

    /// The device.
    #[must_use]
    pub fn device(&self) -> &Device<'a> {
        match &self.parts {
            Repr::Lent { device, .. } => device,
            #[cfg(feature = "alloc")]
            Repr::Owned { device, .. } => device,
        }
    }

    /// The registers in the order of the map.
    #[inline]
    #[must_use]
    pub fn registers(&self) -> &[Register<'a>] {
        match &self.parts {
            Repr::Lent { registers, .. } => registers,
            #[cfg(feature = "alloc")]
            Repr::Owned { registers, .. } => registers,
        }
    }

    /// The register of that name.
    #[must_use]
    pub fn register(&self, name: &str) -> Option<&Register<'a>> {
        let registers = self.registers();
        registers.get(self.index.named(registers, name)?)
    }

    /// The first register of the map that begins at an address.
    #[must_use]
    pub fn register_at(&self, table: Table, address: u16) -> Option<&Register<'a>> {
        let registers = self.registers();
        registers.get(self.index.at(registers, table, address)?)
    }

    /// The number of the first register of one cell that is at an address.
    pub(crate) fn cell_at(&self, table: Table, address: u16) -> Option<usize> {
        self.index.cell(self.registers(), table, address)
    }

    /// The registers by table and address, if that order is known.
    #[cfg(feature = "alloc")]
    pub(crate) fn by_place(&self) -> Option<impl Iterator<Item = &Register<'a>>> {
        let numbers = self.index.by_place()?;
        Some(numbers.map_while(|number| self.registers().get(number)))
    }
}

/// Equal in everything that is said, whether lent or owned.
impl PartialEq for RegisterMap<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.device() == other.device() && self.registers() == other.registers()
    }
}
