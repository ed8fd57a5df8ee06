//! An image of plain slices.

use crate::pdu::{Bits, ExceptionCode, ObjectId, Registers};
use crate::server::Image;
use crate::{Table, UnitId};

/// One device whose tables are slices, each from address 0 on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tables<'a> {
    /// The unit that is answered for; `None` for all, as over TCP.
    pub unit: Option<UnitId>,
    /// Coils.
    pub coils: &'a mut [bool],
    /// Discrete inputs.
    pub discrete_inputs: &'a [bool],
    /// Holding registers.
    pub holding_registers: &'a mut [u16],
    /// Input registers.
    pub input_registers: &'a [u16],
    /// Texts about the device.
    pub identification: &'a [(ObjectId, &'a [u8])],
}

impl Image for Tables<'_> {
    fn has_unit(&self, unit: UnitId) -> bool {
        self.unit.is_none_or(|own| own == unit)
    }

    fn bit(&self, _unit: UnitId, table: Table, address: u16) -> Option<bool> {
        let bits = match table {
            Table::Coil => &*self.coils,
            Table::DiscreteInput => self.discrete_inputs,
            Table::HoldingRegister | Table::InputRegister => return None,
        };
        bits.get(usize::from(address)).copied()
    }

    fn register(&self, _unit: UnitId, table: Table, address: u16) -> Option<u16> {
        let registers = match table {
            Table::HoldingRegister => &*self.holding_registers,
            Table::InputRegister => self.input_registers,
            Table::Coil | Table::DiscreteInput => return None,
        };
        registers.get(usize::from(address)).copied()
    }

    fn write_coils(
        &mut self,
        _unit: UnitId,
        address: u16,
        values: Bits<'_>,
    ) -> Result<(), ExceptionCode> {
        let place = place(self.coils, address, values.len())?;
        for (to, from) in place.iter_mut().zip(values) {
            *to = from;
        }
        Ok(())
    }

    fn write_registers(
        &mut self,
        _unit: UnitId,
        address: u16,
        values: Registers<'_>,
    ) -> Result<(), ExceptionCode> {
        let place = place(self.holding_registers, address, values.len())?;
        for (to, from) in place.iter_mut().zip(values) {
            *to = from;
        }
        Ok(())
    }

    fn identification(&self, _unit: UnitId, object: ObjectId) -> Option<&[u8]> {
        self.identification
            .iter()
            .find(|(id, _)| *id == object)
            .map(|(_, text)| *text)
    }
}

fn place<T>(cells: &mut [T], address: u16, count: usize) -> Result<&mut [T], ExceptionCode> {
    let from = usize::from(address);
    cells
        .get_mut(from..from.saturating_add(count))
        .ok_or(ExceptionCode::IllegalDataAddress)
}
