//! Bytes to requests.

use super::Request;
use crate::parse::Reader;
use crate::pdu::limits::{self, Cells, check_pdu};
use crate::pdu::{
    Bits, FileReads, FileWrites, FunctionCode, ObjectId, Registers, SubFunction, Unknown,
    identification,
};
use crate::{DecodeError, Table};

impl<'a> Request<'a> {
    /// Parses a request that fills the whole of `pdu`.
    ///
    /// # Errors
    ///
    /// If a field is outside its limits, if bytes are missing or left, or if the first byte is no
    /// function code of a request.
    pub fn parse(pdu: &'a [u8]) -> Result<Self, DecodeError> {
        check_pdu(pdu)?;
        let mut input = Reader::new(pdu);
        let request = match FunctionCode::from_code(input.u8()?) {
            FunctionCode::ReadCoils => read(&mut input, Table::Coil)?,
            FunctionCode::ReadDiscreteInputs => read(&mut input, Table::DiscreteInput)?,
            FunctionCode::ReadHoldingRegisters => read(&mut input, Table::HoldingRegister)?,
            FunctionCode::ReadInputRegisters => read(&mut input, Table::InputRegister)?,
            FunctionCode::WriteSingleCoil => Self::WriteSingleCoil {
                address: input.u16()?,
                value: limits::coil(&mut input)?,
            },
            FunctionCode::WriteSingleRegister => Self::WriteSingleRegister {
                address: input.u16()?,
                value: input.u16()?,
            },
            FunctionCode::ReadExceptionStatus => Self::ReadExceptionStatus,
            FunctionCode::Diagnostics => Self::Diagnostics {
                sub_function: SubFunction(input.u16()?),
                data: limits::diagnostic_data(&mut input)?,
            },
            FunctionCode::GetCommEventCounter => Self::GetCommEventCounter,
            FunctionCode::GetCommEventLog => Self::GetCommEventLog,
            FunctionCode::WriteMultipleCoils => write_coils(&mut input)?,
            FunctionCode::WriteMultipleRegisters => write_registers(&mut input)?,
            FunctionCode::ReportServerId => Self::ReportServerId,
            FunctionCode::ReadFileRecord => Self::ReadFileRecord(FileReads::parse(&mut input)?),
            FunctionCode::WriteFileRecord => Self::WriteFileRecord(FileWrites::parse(&mut input)?),
            FunctionCode::MaskWriteRegister => Self::MaskWriteRegister {
                address: input.u16()?,
                and_mask: input.u16()?,
                or_mask: input.u16()?,
            },
            FunctionCode::ReadWriteMultipleRegisters => read_write_registers(&mut input)?,
            FunctionCode::ReadFifoQueue => Self::ReadFifoQueue {
                address: input.u16()?,
            },
            FunctionCode::EncapsulatedInterface => encapsulated(&mut input)?,
            FunctionCode::Other(code) => Self::Unknown(Unknown::parse(code, &mut input)?),
        };
        input.end()?;
        Ok(request)
    }
}

fn read<'a>(input: &mut Reader<'_>, table: Table) -> Result<Request<'a>, DecodeError> {
    let cells = Cells::parse(input, table.max_read())?;
    input.end()?;
    let (address, count) = cells.finish()?;
    Ok(Request::read(table, address, count))
}

fn write_coils<'a>(input: &mut Reader<'a>) -> Result<Request<'a>, DecodeError> {
    let cells = Cells::parse(input, limits::MAX_WRITE_BITS)?;
    let bytes = limits::counted(input, cells.count.div_ceil(8))?;
    input.end()?;
    let (address, count) = cells.finish()?;
    Ok(Request::WriteMultipleCoils {
        address,
        // The byte count was checked.
        values: Bits::from_bytes(bytes, usize::from(count)).unwrap_or_default(),
    })
}

fn write_registers<'a>(input: &mut Reader<'a>) -> Result<Request<'a>, DecodeError> {
    let (cells, values) = registers(input, limits::MAX_WRITE_REGISTERS)?;
    input.end()?;
    let (address, _) = cells.finish()?;
    Ok(Request::WriteMultipleRegisters { address, values })
}

fn read_write_registers<'a>(input: &mut Reader<'a>) -> Result<Request<'a>, DecodeError> {
    let read = Cells::parse(input, limits::MAX_READ_REGISTERS)?;
    let (write, values) = registers(input, limits::MAX_READ_WRITE_REGISTERS)?;
    input.end()?;
    let (read_address, read_count) = read.finish()?;
    let (write_address, _) = write.finish()?;
    Ok(Request::ReadWriteMultipleRegisters {
        read_address,
        read_count,
        write_address,
        values,
    })
}

/// Where to write, and what.
fn registers<'a>(
    input: &mut Reader<'a>,
    max: u16,
) -> Result<(Cells<'a>, Registers<'a>), DecodeError> {
    let cells = Cells::parse(input, max)?;
    let bytes = limits::counted(input, cells.count.saturating_mul(2))?;
    // Twice a number is even.
    Ok((cells, Registers::from_bytes(bytes).unwrap_or_default()))
}

fn encapsulated<'a>(input: &mut Reader<'a>) -> Result<Request<'a>, DecodeError> {
    let start = *input;
    Ok(match input.u8()? {
        limits::CAN_OPEN => Request::CanOpen { data: input.rest() },
        limits::DEVICE_IDENTIFICATION => Request::ReadDeviceIdentification {
            code: identification::identification_code(input)?,
            object: ObjectId::from_code(input.u8()?),
        },
        _ => {
            *input = start;
            Request::Unknown(Unknown::parse_encapsulated(input)?)
        }
    })
}
