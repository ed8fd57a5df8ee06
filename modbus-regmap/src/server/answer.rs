//! One request to one answer.

use crate::pdu::{Bits, ExceptionCode, FunctionCode, Registers, Request, Response, SubFunction};
use crate::server::{Event, Image, identification};
use crate::write::Writer;
use crate::{DecodeErrorKind, Table, UnitId, pdu};

/// Answers a request from an image: writes the response to `out` and returns its length and what
/// happened.
///
/// `None` if `request` does not start with the code of a function: there is no answer to that.
///
/// ```
/// use modbus_regmap::UnitId;
/// use modbus_regmap::server::{Tables, answer};
///
/// let mut tables = Tables { input_registers: &[7, 8], ..Tables::default() };
/// let mut out = [0; 253];
/// let (length, _) = answer(&mut tables, UnitId(1), &[0x04, 0, 0, 0, 2], &mut out).unwrap();
/// assert_eq!(out[..length], [0x04, 4, 0, 7, 0, 8]);
/// let (length, _) = answer(&mut tables, UnitId(1), &[0x04, 0, 1, 0, 2], &mut out).unwrap();
/// assert_eq!(out[..length], [0x84, 2]);
/// ```
pub fn answer(
    image: &mut impl Image,
    unit: UnitId,
    request: &[u8],
    out: &mut [u8; pdu::MAX_LENGTH],
) -> Option<(usize, Event)> {
    let function = match request.first() {
        Some(code @ 1..=0x7F) => FunctionCode::from_code(*code),
        _ => return None,
    };
    let code = match carry_out(image, unit, function, request, out) {
        Ok(answered) => return Some(answered),
        Err(code) => code,
    };
    let length = Response::Exception { function, code }
        .encode_into(out)
        .ok()?;
    Some((
        length,
        Event::Refused {
            unit,
            function,
            code,
        },
    ))
}

fn carry_out(
    image: &mut impl Image,
    unit: UnitId,
    function: FunctionCode,
    request: &[u8],
    out: &mut [u8],
) -> Result<(usize, Event), ExceptionCode> {
    if !image.supports(unit, function) {
        return Err(ExceptionCode::IllegalFunction);
    }
    let parsed = Request::parse(request).map_err(|error| match error.kind {
        DecodeErrorKind::AddressRange { .. }
        | DecodeErrorKind::FileNumber
        | DecodeErrorKind::RecordNumber(_) => ExceptionCode::IllegalDataAddress,
        _ => ExceptionCode::IllegalDataValue,
    })?;
    let mut call = Call {
        image,
        unit,
        request,
        out,
    };
    match parsed {
        Request::ReadCoils { address, count } => call.read_bits(Table::Coil, address, count),
        Request::ReadDiscreteInputs { address, count } => {
            call.read_bits(Table::DiscreteInput, address, count)
        }
        Request::ReadHoldingRegisters { address, count } => {
            call.read_registers(Table::HoldingRegister, address, count)
        }
        Request::ReadInputRegisters { address, count } => {
            call.read_registers(Table::InputRegister, address, count)
        }
        Request::WriteSingleCoil { address, value } => {
            let packed = [u8::from(value)];
            let values = Bits::from_bytes(&packed, 1).unwrap_or_default();
            call.write_coils(address, values, request.len())
        }
        Request::WriteSingleRegister { address, value } => {
            call.write_registers(address, &value.to_be_bytes(), request.len())
        }
        // Address and count are repeated.
        Request::WriteMultipleCoils { address, values } => call.write_coils(address, values, 5),
        Request::WriteMultipleRegisters { address, values } => {
            call.write_registers(address, values.as_bytes(), 5)
        }
        Request::MaskWriteRegister {
            address,
            and_mask,
            or_mask,
        } => {
            let current = call
                .register(Table::HoldingRegister, address)
                .ok_or(ExceptionCode::IllegalDataAddress)?;
            let masked = (current & and_mask) | (or_mask & !and_mask);
            call.write_registers(address, &masked.to_be_bytes(), request.len())
        }
        Request::ReadWriteMultipleRegisters {
            read_address,
            read_count,
            write_address,
            values,
        } => {
            // What cannot be read must not be written either.
            call.read_registers(Table::HoldingRegister, read_address, read_count)?;
            let (_, event) = call.write_registers(write_address, values.as_bytes(), 0)?;
            let (length, _) =
                call.read_registers(Table::HoldingRegister, read_address, read_count)?;
            Ok((length, event))
        }
        Request::Diagnostics {
            sub_function: SubFunction::RETURN_QUERY_DATA,
            ..
        } => {
            let length = call.repeat(request.len())?;
            Ok((length, Event::Answered { unit, function }))
        }
        Request::ReadDeviceIdentification { code, object } => {
            let length = identification::answer(call.image, unit, code, object, call.out)?;
            Ok((length, Event::Answered { unit, function }))
        }
        other => {
            let length = call.image.answer_other(unit, &other, call.out)?;
            if length == 0 || length > call.out.len() {
                return Err(ExceptionCode::ServerDeviceFailure);
            }
            Ok((length, Event::Answered { unit, function }))
        }
    }
}

/// A request on its way to its answer.
struct Call<'a, I> {
    image: &'a mut I,
    unit: UnitId,
    request: &'a [u8],
    out: &'a mut [u8],
}

impl<I: Image> Call<'_, I> {
    fn register(&self, table: Table, address: u16) -> Option<u16> {
        self.image.register(self.unit, table, address)
    }

    fn read_registers(
        &mut self,
        table: Table,
        address: u16,
        count: u16,
    ) -> Result<(usize, Event), ExceptionCode> {
        let length = self.begin(count.saturating_mul(2));
        let place = self.out.get_mut(2..length).unwrap_or_default();
        for (offset, pair) in (0..count).zip(place.chunks_exact_mut(2)) {
            let register = address
                .checked_add(offset)
                .and_then(|address| self.image.register(self.unit, table, address))
                .ok_or(ExceptionCode::IllegalDataAddress)?;
            for (to, from) in pair.iter_mut().zip(register.to_be_bytes()) {
                *to = from;
            }
        }
        Ok((length, self.read(table, address, count)))
    }

    fn read_bits(
        &mut self,
        table: Table,
        address: u16,
        count: u16,
    ) -> Result<(usize, Event), ExceptionCode> {
        let length = self.begin(count.div_ceil(8));
        let mut addresses = (0..count).map(|offset| address.checked_add(offset));
        for byte in self.out.get_mut(2..length).unwrap_or_default() {
            *byte = 0;
            // No shift: one by a number that the compiler does not know may panic.
            for (mask, address) in [1, 2, 4, 8, 16, 32, 64, 128]
                .into_iter()
                .zip(&mut addresses)
            {
                let bit = address
                    .and_then(|address| self.image.bit(self.unit, table, address))
                    .ok_or(ExceptionCode::IllegalDataAddress)?;
                if bit {
                    *byte |= mask;
                }
            }
        }
        Ok((length, self.read(table, address, count)))
    }

    fn write_coils(
        &mut self,
        address: u16,
        values: Bits<'_>,
        repeated: usize,
    ) -> Result<(usize, Event), ExceptionCode> {
        self.image.write_coils(self.unit, address, values)?;
        let length = self.repeat(repeated)?;
        Ok((length, self.written(Table::Coil, address, values.len())))
    }

    fn write_registers(
        &mut self,
        address: u16,
        values: &[u8],
        repeated: usize,
    ) -> Result<(usize, Event), ExceptionCode> {
        let values = Registers::from_bytes(values).unwrap_or_default();
        self.image.write_registers(self.unit, address, values)?;
        let length = self.repeat(repeated)?;
        let event = self.written(Table::HoldingRegister, address, values.len());
        Ok((length, event))
    }

    /// Writes function and byte count, and returns the length of the whole.
    fn begin(&mut self, bytes: u16) -> usize {
        let length = usize::from(bytes).saturating_add(2);
        if let Some([function, count]) = self.out.first_chunk_mut::<2>() {
            *function = self.request.first().copied().unwrap_or_default();
            *count = u8::try_from(bytes).unwrap_or_default();
        }
        length
    }

    /// Answers with the first bytes of the request.
    fn repeat(&mut self, length: usize) -> Result<usize, ExceptionCode> {
        let request = self.request.get(..length).unwrap_or_default();
        Writer::fill(self.out, length, |writer| writer.bytes(request))
            .map_err(|_| ExceptionCode::ServerDeviceFailure)
    }

    const fn read(&self, table: Table, address: u16, count: u16) -> Event {
        Event::Read {
            unit: self.unit,
            table,
            address,
            count,
        }
    }

    fn written(&self, table: Table, address: u16, count: usize) -> Event {
        Event::Written {
            unit: self.unit,
            table,
            address,
            count: u16::try_from(count).unwrap_or(u16::MAX),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use super::*;
    use crate::server::Tables;

    const UNIT: UnitId = UnitId(1);

    fn ask(tables: &mut Tables<'_>, request: &[u8]) -> Vec<u8> {
        let mut out = [0xAA; 253];
        let (length, _) = answer(tables, UNIT, request, &mut out).unwrap();
        assert!(Response::parse(&out[..length]).is_ok());
        out[..length].to_vec()
    }

    #[test]
    fn exceptions_come_in_the_order_of_the_standard() {
        let mut tables = Tables {
            holding_registers: &mut [0; 10],
            ..Tables::default()
        };
        // An unknown function, whatever follows.
        assert_eq!(ask(&mut tables, &[0x41, 1]), [0xC1, 1]);
        assert_eq!(ask(&mut tables, &[0x07]), [0x87, 1]);
        // A count before an address.
        assert_eq!(ask(&mut tables, &[0x03, 0xFF, 0xFF, 0, 126]), [0x83, 3]);
        assert_eq!(ask(&mut tables, &[0x03, 0xFF, 0xFF, 0, 0]), [0x83, 3]);
        assert_eq!(ask(&mut tables, &[0x03, 0xFF, 0xFF, 0, 2]), [0x83, 2]);
        assert_eq!(ask(&mut tables, &[0x03, 0, 9, 0, 2]), [0x83, 2]);
        // A byte count before an address.
        assert_eq!(
            ask(&mut tables, &[0x10, 0xFF, 0xFF, 0, 2, 3, 0, 0, 0]),
            [0x90, 3]
        );
        assert_eq!(
            ask(&mut tables, &[0x17, 0xFF, 0xFF, 0, 2, 0, 0, 0, 0, 0]),
            [0x97, 3]
        );
        assert_eq!(ask(&mut tables, &[0x05, 0xFF, 0xFF, 0x12, 0]), [0x85, 3]);
    }

    #[test]
    fn what_is_no_request_gets_no_answer() {
        let mut tables = Tables::default();
        let mut out = [0; 253];
        for pdu in [&[][..], &[0x00], &[0x83, 2]] {
            assert_eq!(answer(&mut tables, UNIT, pdu, &mut out), None);
        }
    }

    #[test]
    fn bits_are_packed_and_filled_up_with_zeros() {
        let mut tables = Tables {
            discrete_inputs: &[
                true, false, true, true, false, false, true, true, true, true, false,
            ],
            ..Tables::default()
        };
        assert_eq!(
            ask(&mut tables, &[0x02, 0, 0, 0, 10]),
            [0x02, 2, 0b1100_1101, 0b11]
        );
        assert_eq!(ask(&mut tables, &[0x02, 0, 2, 0, 9]), [0x02, 2, 0xF3, 0]);
        assert_eq!(ask(&mut tables, &[0x02, 0, 2, 0, 10]), [0x82, 2]);
    }

    #[test]
    fn a_write_that_does_not_fit_changes_nothing() {
        let (mut coils, mut registers) = ([false; 3], [1, 2, 3]);
        let mut tables = Tables {
            coils: &mut coils,
            holding_registers: &mut registers,
            ..Tables::default()
        };
        assert_eq!(
            ask(&mut tables, &[0x10, 0, 2, 0, 2, 4, 9, 9, 9, 9]),
            [0x90, 2]
        );
        assert_eq!(ask(&mut tables, &[0x0F, 0, 2, 0, 2, 1, 3]), [0x8F, 2]);
        assert_eq!(ask(&mut tables, &[0x0F, 0, 1, 0, 0, 0]), [0x8F, 3]);
        // The range to read is beyond the end.
        assert_eq!(
            ask(&mut tables, &[0x17, 0, 2, 0, 2, 0, 0, 0, 1, 2, 9, 9]),
            [0x97, 2]
        );
        assert_eq!((coils, registers), ([false; 3], [1, 2, 3]));
    }

    #[test]
    fn the_mask_of_the_standard_makes_17h_of_12h() {
        let mut registers = [0, 0, 0, 0, 0x12];
        let mut tables = Tables {
            holding_registers: &mut registers,
            ..Tables::default()
        };
        let request = [0x16, 0, 4, 0, 0xF2, 0, 0x25];
        assert_eq!(ask(&mut tables, &request), request);
        assert_eq!(registers[4], 0x17);
    }

    #[test]
    fn what_was_written_is_read_in_the_same_request() {
        let mut registers = [1, 2, 3];
        let mut tables = Tables {
            holding_registers: &mut registers,
            ..Tables::default()
        };
        assert_eq!(
            ask(&mut tables, &[0x17, 0, 0, 0, 3, 0, 1, 0, 1, 2, 0, 9]),
            [0x17, 6, 0, 1, 0, 9, 0, 3]
        );
    }
}
