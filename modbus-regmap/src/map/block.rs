//! What was read in one piece.

use super::Register;
use crate::encoding::ValueError;
use crate::{Registers, Table};

/// Registers that were read together, and where they lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block<'a> {
    table: Table,
    address: u16,
    registers: Registers<'a>,
}

impl<'a> Block<'a> {
    /// The registers of a table from an address on, up to the last one that a table has.
    #[must_use]
    pub const fn new(table: Table, address: u16, registers: Registers<'a>) -> Self {
        Self {
            table,
            address,
            registers: registers.up_to(0x1_0000 - address as usize),
        }
    }

    /// The table.
    #[inline]
    #[must_use]
    pub const fn table(&self) -> Table {
        self.table
    }

    /// The address of the first register.
    #[inline]
    #[must_use]
    pub const fn address(&self) -> u16 {
        self.address
    }

    /// All registers.
    #[inline]
    #[must_use]
    pub const fn registers(&self) -> Registers<'a> {
        self.registers
    }

    /// The `count` registers from an address on, if all of them were read.
    #[inline]
    #[must_use]
    pub fn window(&self, address: u16, count: u16) -> Option<Registers<'a>> {
        let start = address.checked_sub(self.address)?;
        self.registers.window(start.into(), count.into())
    }

    /// The register at an address, if it was read.
    #[must_use]
    pub fn get(&self, address: u16) -> Option<u16> {
        let start = address.checked_sub(self.address)?;
        self.registers.get(start.into())
    }

    #[inline]
    pub(super) fn window_of(&self, register: &Register<'_>) -> Result<Registers<'a>, ValueError> {
        match self.window(register.address, register.count()) {
            Some(window) if register.is_in(self.table) => Ok(window),
            _ => Err(ValueError::NotRead(register.address)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoding::Encoding;

    #[test]
    fn a_block_ends_with_its_table() {
        let wire = Registers::from_bytes(&[0, 1, 0, 2, 0, 3]).unwrap();
        let block = Block::new(Table::InputRegister, 0xFFFE, wire);
        assert_eq!(block.registers().len(), 2);
        assert_eq!(block.get(0xFFFF), Some(2));
        // what would come next is not the first register again
        let first = Register::new("a", Table::InputRegister, 0, Encoding::U16);
        assert_eq!(first.usual_number(&block), None);
        assert_eq!(first.value_in(&block), Err(ValueError::NotRead(0)));
    }
}
