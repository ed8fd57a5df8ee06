//! What one request reads.

use core::fmt;

use crate::Table;

/// Consecutive cells of one table: what one request reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Read {
    /// The table.
    pub table: Table,
    /// The first cell, counted from 0 as on the wire.
    pub address: u16,
    /// How many cells.
    pub count: u16,
}

impl Read {
    /// `count` cells from `address` on.
    #[must_use]
    pub const fn new(table: Table, address: u16, count: u16) -> Self {
        Self {
            table,
            address,
            count,
        }
    }

    /// The address after the last cell; 65536 is the end of the table.
    #[must_use]
    pub const fn end(&self) -> u32 {
        (self.address as u32).wrapping_add(self.count as u32)
    }

    /// Whether every cell of the other is one of this.
    #[must_use]
    pub const fn contains(&self, other: &Self) -> bool {
        self.table as u8 == other.table as u8
            && self.address <= other.address
            && other.end() <= self.end()
    }
}

/// As in `input registers 342 to 343`.
impl fmt::Display for Read {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, many) = match self.table {
            Table::Coil => ("coil", "coils"),
            Table::DiscreteInput => ("discrete input", "discrete inputs"),
            Table::HoldingRegister => ("holding register", "holding registers"),
            Table::InputRegister => ("input register", "input registers"),
        };
        match self.count {
            0 => write!(f, "no {one} at {}", self.address),
            1 => write!(f, "{one} {}", self.address),
            _ => write!(
                f,
                "{many} {} to {}",
                self.address,
                self.end().saturating_sub(1)
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use super::Read;
    use crate::Table;

    #[test]
    fn the_end_of_the_table_is_an_end() {
        assert_eq!(Read::new(Table::Coil, 65_535, 1).end(), 65_536);
    }

    #[test]
    fn cells_of_another_table_are_not_contained() {
        let read = Read::new(Table::InputRegister, 10, 4);
        assert!(read.contains(&read));
        assert!(read.contains(&Read::new(Table::InputRegister, 12, 2)));
        assert!(!read.contains(&Read::new(Table::InputRegister, 12, 3)));
        assert!(!read.contains(&Read::new(Table::HoldingRegister, 12, 2)));
    }

    #[test]
    fn it_is_shown_with_its_first_and_last_cell() {
        let text = |table, address, count| format!("{}", Read::new(table, address, count));
        assert_eq!(
            text(Table::InputRegister, 342, 2),
            "input registers 342 to 343"
        );
        assert_eq!(
            text(Table::HoldingRegister, 65_535, 1),
            "holding register 65535"
        );
        assert_eq!(text(Table::DiscreteInput, 7, 0), "no discrete input at 7");
        assert_eq!(text(Table::Coil, 65_535, 2), "coils 65535 to 65536");
    }
}
