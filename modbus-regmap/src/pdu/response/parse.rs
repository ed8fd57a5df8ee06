//! Bytes to responses.

use super::{EVENT_HEADER, EXCEPTION, MAX_EVENTS, MAX_FIFO, Response};
use crate::parse::{Reader, saturated};
use crate::pdu::limits::{self, Cells, check_pdu};
use crate::pdu::{
    Bits, DeviceIdentification, ExceptionCode, FileData, FileWrites, FunctionCode, Registers,
    SubFunction, Unknown,
};
use crate::{DecodeError, DecodeErrorKind};

impl<'a> Response<'a> {
    /// Parses a response that fills the whole of `pdu`.
    ///
    /// # Errors
    ///
    /// If a field is outside its limits, or if bytes are missing or left.
    pub fn parse(pdu: &'a [u8]) -> Result<Self, DecodeError> {
        check_pdu(pdu)?;
        let mut input = Reader::new(pdu);
        let response = match FunctionCode::from_code(input.u8()?) {
            FunctionCode::ReadCoils => Self::ReadCoils(bits(&mut input)?),
            FunctionCode::ReadDiscreteInputs => Self::ReadDiscreteInputs(bits(&mut input)?),
            FunctionCode::ReadHoldingRegisters => {
                Self::ReadHoldingRegisters(registers(&mut input)?)
            }
            FunctionCode::ReadInputRegisters => Self::ReadInputRegisters(registers(&mut input)?),
            FunctionCode::WriteSingleCoil => Self::WriteSingleCoil {
                address: input.u16()?,
                value: limits::coil(&mut input)?,
            },
            FunctionCode::WriteSingleRegister => Self::WriteSingleRegister {
                address: input.u16()?,
                value: input.u16()?,
            },
            FunctionCode::ReadExceptionStatus => Self::ReadExceptionStatus {
                status: input.u8()?,
            },
            FunctionCode::Diagnostics => Self::Diagnostics {
                sub_function: SubFunction(input.u16()?),
                data: limits::diagnostic_data(&mut input)?,
            },
            FunctionCode::GetCommEventCounter => Self::GetCommEventCounter {
                status: input.u16()?,
                events: input.u16()?,
            },
            FunctionCode::GetCommEventLog => event_log(&mut input)?,
            FunctionCode::WriteMultipleCoils => {
                let (address, count) = written(&mut input, limits::MAX_WRITE_BITS)?;
                Self::WriteMultipleCoils { address, count }
            }
            FunctionCode::WriteMultipleRegisters => {
                let (address, count) = written(&mut input, limits::MAX_WRITE_REGISTERS)?;
                Self::WriteMultipleRegisters { address, count }
            }
            FunctionCode::ReportServerId => Self::ReportServerId {
                data: counted(&mut input, 1, limits::MAX_ENCAPSULATED)?,
            },
            FunctionCode::ReadFileRecord => Self::ReadFileRecord(FileData::parse(&mut input)?),
            FunctionCode::WriteFileRecord => Self::WriteFileRecord(FileWrites::parse(&mut input)?),
            FunctionCode::MaskWriteRegister => Self::MaskWriteRegister {
                address: input.u16()?,
                and_mask: input.u16()?,
                or_mask: input.u16()?,
            },
            FunctionCode::ReadWriteMultipleRegisters => {
                Self::ReadWriteMultipleRegisters(registers(&mut input)?)
            }
            FunctionCode::ReadFifoQueue => Self::ReadFifoQueue(fifo(&mut input)?),
            FunctionCode::EncapsulatedInterface => encapsulated(&mut input)?,
            FunctionCode::Other(code) => match code.checked_sub(EXCEPTION) {
                Some(function @ 1..) => Self::Exception {
                    function: FunctionCode::from_code(function),
                    code: ExceptionCode::from_code(input.u8()?),
                },
                _ => Self::Unknown(Unknown::parse(code, &mut input)?),
            },
        };
        input.end()?;
        Ok(response)
    }
}

/// The bytes behind a byte count between two limits.
fn counted<'a>(input: &mut Reader<'a>, min: u16, max: u16) -> Result<&'a [u8], DecodeError> {
    let found = u16::from(input.u8()?);
    if !(min..=max).contains(&found) {
        return Err(input.error_before(1, DecodeErrorKind::Count { found, min, max }));
    }
    input.bytes(usize::from(found))
}

fn bits<'a>(input: &mut Reader<'a>) -> Result<Bits<'a>, DecodeError> {
    counted(input, 1, limits::MAX_READ_BITS / 8).map(Bits::from_whole_bytes)
}

fn registers<'a>(input: &mut Reader<'a>) -> Result<Registers<'a>, DecodeError> {
    let start = *input;
    let bytes = counted(input, 1, limits::MAX_READ_REGISTERS.saturating_mul(2))?;
    Registers::from_bytes(bytes).ok_or_else(|| {
        start.error(DecodeErrorKind::UnevenByteCount {
            found: saturated(bytes.len()),
            unit: 2,
        })
    })
}

fn written(input: &mut Reader<'_>, max: u16) -> Result<(u16, u16), DecodeError> {
    Cells::parse(input, max)?.finish()
}

fn event_log<'a>(input: &mut Reader<'a>) -> Result<Response<'a>, DecodeError> {
    let found = u16::from(input.u8()?);
    let (min, max) = (EVENT_HEADER, EVENT_HEADER.saturating_add(MAX_EVENTS));
    if !(min..=max).contains(&found) {
        return Err(input.error_before(1, DecodeErrorKind::Count { found, min, max }));
    }
    Ok(Response::GetCommEventLog {
        status: input.u16()?,
        events: input.u16()?,
        messages: input.u16()?,
        log: input.bytes(usize::from(found.saturating_sub(EVENT_HEADER)))?,
    })
}

fn fifo<'a>(input: &mut Reader<'a>) -> Result<Registers<'a>, DecodeError> {
    let found = input.u16()?;
    let count = input.u16()?;
    if count > MAX_FIFO {
        let (found, min, max) = (count, 0, MAX_FIFO);
        return Err(input.error_before(2, DecodeErrorKind::Count { found, min, max }));
    }
    let length = count.saturating_mul(2);
    let expected = length.saturating_add(2);
    if found != expected {
        return Err(input.error_before(4, DecodeErrorKind::ByteCount { found, expected }));
    }
    // Twice a number is even.
    Ok(Registers::from_bytes(input.bytes(usize::from(length))?).unwrap_or_default())
}

fn encapsulated<'a>(input: &mut Reader<'a>) -> Result<Response<'a>, DecodeError> {
    let start = *input;
    Ok(match input.u8()? {
        limits::CAN_OPEN => Response::CanOpen { data: input.rest() },
        limits::DEVICE_IDENTIFICATION => {
            Response::ReadDeviceIdentification(DeviceIdentification::parse(input)?)
        }
        _ => {
            *input = start;
            Response::Unknown(Unknown::parse_encapsulated(input)?)
        }
    })
}
