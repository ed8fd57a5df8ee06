//! What a server answers from.

use crate::Table;
use crate::UnitId;
use crate::pdu::{Bits, ExceptionCode, FunctionCode, ObjectId, Registers, Request};

/// The cells of one or more units.
///
/// All but `has_unit` have defaults that refuse, so that an image says only what it has.
pub trait Image {
    /// Whether requests to this unit are for this server. Broadcasts are in any case.
    ///
    /// Where the answer changes, [`Server::update_units`](crate::server::Server::update_units) is
    /// to be called.
    fn has_unit(&self, unit: UnitId) -> bool;

    /// Whether a unit has a function; all others are refused as illegal.
    ///
    /// By default these are the functions that the cells below are enough for: 1 to 6, 15, 16, 22,
    /// 23 and 43.
    fn supports(&self, unit: UnitId, function: FunctionCode) -> bool {
        let _ = unit;
        matches!(function.code(), 1..=6 | 15 | 16 | 22 | 23 | 43)
    }

    /// A coil or discrete input; `None` if there is none at this address.
    fn bit(&self, unit: UnitId, table: Table, address: u16) -> Option<bool> {
        let _ = (unit, table, address);
        None
    }

    /// A holding or input register; `None` if there is none at this address.
    fn register(&self, unit: UnitId, table: Table, address: u16) -> Option<u16> {
        let _ = (unit, table, address);
        None
    }

    /// Switches coils from `address` on: all or none.
    ///
    /// # Errors
    ///
    /// Why they cannot be switched.
    fn write_coils(
        &mut self,
        unit: UnitId,
        address: u16,
        values: Bits<'_>,
    ) -> Result<(), ExceptionCode> {
        let _ = (unit, address, values);
        Err(ExceptionCode::IllegalDataAddress)
    }

    /// Sets holding registers from `address` on: all or none.
    ///
    /// # Errors
    ///
    /// Why they cannot be set.
    fn write_registers(
        &mut self,
        unit: UnitId,
        address: u16,
        values: Registers<'_>,
    ) -> Result<(), ExceptionCode> {
        let _ = (unit, address, values);
        Err(ExceptionCode::IllegalDataAddress)
    }

    /// A text about the device, up to 244 bytes; `None` if it has none.
    ///
    /// A device that has objects 0 to 2 answers device identification.
    fn identification(&self, unit: UnitId, object: ObjectId) -> Option<&[u8]> {
        let _ = (unit, object);
        None
    }

    /// Answers any other function that [`supports`](Self::supports) lets in: writes the response to
    /// the front of `out`, which has 253 bytes, and returns its length.
    ///
    /// # Errors
    ///
    /// Why the request is refused.
    fn answer_other(
        &mut self,
        unit: UnitId,
        request: &Request<'_>,
        out: &mut [u8],
    ) -> Result<usize, ExceptionCode> {
        let _ = (unit, request, out);
        Err(ExceptionCode::IllegalFunction)
    }
}
