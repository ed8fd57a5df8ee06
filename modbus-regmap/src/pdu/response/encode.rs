//! Responses to bytes.

use super::{EVENT_HEADER, EXCEPTION, MAX_EVENTS, MAX_FIFO, Response};
use crate::EncodeError;
use crate::parse::saturated;
use crate::pdu::limits::{self, check_cells, check_diagnostic_data, require_data};
use crate::write::Writer;
#[cfg(feature = "alloc")]
use crate::write::append;

impl Response<'_> {
    /// The length of the encoded response in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::ReadExceptionStatus { .. } | Self::Exception { .. } => 2,
            Self::WriteSingleCoil { .. }
            | Self::WriteSingleRegister { .. }
            | Self::GetCommEventCounter { .. }
            | Self::WriteMultipleCoils { .. }
            | Self::WriteMultipleRegisters { .. } => 5,
            Self::MaskWriteRegister { .. } => 7,
            Self::ReadCoils(bits) | Self::ReadDiscreteInputs(bits) => {
                bits.as_bytes().len().saturating_add(2)
            }
            Self::ReadHoldingRegisters(registers)
            | Self::ReadInputRegisters(registers)
            | Self::ReadWriteMultipleRegisters(registers) => {
                registers.as_bytes().len().saturating_add(2)
            }
            Self::Diagnostics { data, .. } => data.len().saturating_add(3),
            Self::GetCommEventLog { log, .. } => log.len().saturating_add(8),
            Self::ReportServerId { data } | Self::CanOpen { data } => data.len().saturating_add(2),
            Self::ReadFileRecord(groups) => groups.as_bytes().len().saturating_add(2),
            Self::WriteFileRecord(groups) => groups.as_bytes().len().saturating_add(2),
            Self::ReadFifoQueue(registers) => registers.as_bytes().len().saturating_add(5),
            Self::ReadDeviceIdentification(answer) => {
                answer.objects.as_bytes().len().saturating_add(7)
            }
            Self::Unknown(unknown) => unknown.data().len().saturating_add(1),
        }
    }

    /// Writes the response to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// If a number is outside its limits, or if `out` is too short; `out` is untouched then.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        self.check()?;
        Writer::fill(out, self.encoded_len(), |writer| self.write(writer))
    }

    /// Appends the response to `out`.
    ///
    /// # Errors
    ///
    /// If a number is outside its limits; nothing is appended then.
    #[cfg(feature = "alloc")]
    pub fn encode(&self, out: &mut impl bytes::BufMut) -> Result<(), EncodeError> {
        append(out, |pdu| self.encode_into(pdu))
    }

    fn check(&self) -> Result<(), EncodeError> {
        match *self {
            Self::ReadCoils(bits) | Self::ReadDiscreteInputs(bits) => {
                check_cells(0, bits.len(), limits::MAX_READ_BITS)
            }
            Self::ReadHoldingRegisters(registers)
            | Self::ReadInputRegisters(registers)
            | Self::ReadWriteMultipleRegisters(registers) => {
                check_cells(0, registers.len(), limits::MAX_READ_REGISTERS)
            }
            Self::Diagnostics { data, .. } => check_diagnostic_data(data),
            Self::GetCommEventLog { log, .. } => require_data(log, 0, MAX_EVENTS),
            Self::WriteMultipleCoils { address, count } => {
                check_cells(address, usize::from(count), limits::MAX_WRITE_BITS)
            }
            Self::WriteMultipleRegisters { address, count } => {
                check_cells(address, usize::from(count), limits::MAX_WRITE_REGISTERS)
            }
            Self::ReportServerId { data } => require_data(data, 1, limits::MAX_ENCAPSULATED),
            Self::CanOpen { data } => require_data(data, 0, limits::MAX_ENCAPSULATED),
            Self::ReadFifoQueue(registers) if registers.len() > usize::from(MAX_FIFO) => {
                Err(EncodeError::Count {
                    found: registers.len(),
                    min: 0,
                    max: MAX_FIFO,
                })
            }
            Self::Exception { function, .. } if !matches!(function.code(), 1..=0x7F) => {
                Err(EncodeError::FunctionCode(function.code()))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, writer: &mut Writer<'_>) {
        let function = self.function().code();
        if let Self::Exception { code, .. } = self {
            writer.u8(function | EXCEPTION);
            writer.u8(code.code());
            return;
        }
        writer.u8(function);
        match *self {
            Self::ReadCoils(bits) | Self::ReadDiscreteInputs(bits) => {
                writer.count(bits.as_bytes());
                for byte in bits.packed() {
                    writer.u8(byte);
                }
            }
            Self::ReadHoldingRegisters(registers)
            | Self::ReadInputRegisters(registers)
            | Self::ReadWriteMultipleRegisters(registers) => writer.counted(registers.as_bytes()),
            Self::WriteSingleCoil { address, value } => {
                writer.u16(address);
                writer.u16(limits::coil_value(value));
            }
            Self::WriteSingleRegister { address, value } => {
                writer.u16(address);
                writer.u16(value);
            }
            Self::ReadExceptionStatus { status } => writer.u8(status),
            Self::Diagnostics { sub_function, data } => {
                writer.u16(sub_function.0);
                writer.bytes(data);
            }
            Self::GetCommEventCounter { status, events } => {
                writer.u16(status);
                writer.u16(events);
            }
            Self::GetCommEventLog {
                status,
                events,
                messages,
                log,
            } => {
                let count = saturated(log.len()).saturating_add(EVENT_HEADER);
                writer.u8(u8::try_from(count).unwrap_or(u8::MAX));
                writer.u16(status);
                writer.u16(events);
                writer.u16(messages);
                writer.bytes(log);
            }
            Self::WriteMultipleCoils { address, count }
            | Self::WriteMultipleRegisters { address, count } => {
                writer.u16(address);
                writer.u16(count);
            }
            Self::ReportServerId { data } => writer.counted(data),
            Self::ReadFileRecord(groups) => writer.counted(groups.as_bytes()),
            Self::WriteFileRecord(groups) => writer.counted(groups.as_bytes()),
            Self::MaskWriteRegister {
                address,
                and_mask,
                or_mask,
            } => {
                writer.u16(address);
                writer.u16(and_mask);
                writer.u16(or_mask);
            }
            Self::ReadFifoQueue(registers) => {
                writer.u16(saturated(registers.as_bytes().len()).saturating_add(2));
                writer.u16(saturated(registers.len()));
                writer.bytes(registers.as_bytes());
            }
            Self::CanOpen { data } => {
                writer.u8(limits::CAN_OPEN);
                writer.bytes(data);
            }
            Self::ReadDeviceIdentification(answer) => {
                writer.u8(limits::DEVICE_IDENTIFICATION);
                answer.write(writer);
            }
            Self::Unknown(unknown) => writer.bytes(unknown.data()),
            Self::Exception { .. } => {}
        }
    }
}
