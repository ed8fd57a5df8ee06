//! The four tables of a device.

/// One of the four tables of a device (Modbus Application Protocol 1.1b3, 4.3).
///
/// They may lie over the same memory; many meters answer functions 3 and 4 alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Table {
    /// One bit, read and written; functions 1, 5 and 15.
    Coil,
    /// One bit, read only; function 2.
    DiscreteInput,
    /// 16 bits, read and written; functions 3, 6, 16, 22 and 23.
    HoldingRegister,
    /// 16 bits, read only; function 4.
    InputRegister,
}

impl Table {
    /// The code of the function that reads the table: 1 to 4.
    #[must_use]
    pub const fn read_function(self) -> u8 {
        match self {
            Self::Coil => 1,
            Self::DiscreteInput => 2,
            Self::HoldingRegister => 3,
            Self::InputRegister => 4,
        }
    }

    /// The table that a function reads; `None` for functions but 1 to 4.
    #[must_use]
    pub const fn from_read_function(code: u8) -> Option<Self> {
        match code {
            1 => Some(Self::Coil),
            2 => Some(Self::DiscreteInput),
            3 => Some(Self::HoldingRegister),
            4 => Some(Self::InputRegister),
            _ => None,
        }
    }

    /// Whether a cell of the table is a single bit.
    #[must_use]
    pub const fn is_bits(self) -> bool {
        matches!(self, Self::Coil | Self::DiscreteInput)
    }

    /// How many cells one request can read: 2000 bits or 125 registers.
    #[must_use]
    pub const fn max_read(self) -> u16 {
        if self.is_bits() { 2000 } else { 125 }
    }
}
