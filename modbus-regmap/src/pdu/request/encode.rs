//! Requests to bytes.

use super::Request;
use crate::EncodeError;
use crate::pdu::limits::{self, check_cells, require_data};
use crate::write::Writer;
#[cfg(feature = "alloc")]
use crate::write::append;

impl Request<'_> {
    /// The length of the encoded request in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::ReadExceptionStatus
            | Self::GetCommEventCounter
            | Self::GetCommEventLog
            | Self::ReportServerId => 1,
            Self::ReadFifoQueue { .. } => 3,
            Self::ReadDeviceIdentification { .. } => 4,
            Self::ReadCoils { .. }
            | Self::ReadDiscreteInputs { .. }
            | Self::ReadHoldingRegisters { .. }
            | Self::ReadInputRegisters { .. }
            | Self::WriteSingleCoil { .. }
            | Self::WriteSingleRegister { .. } => 5,
            Self::MaskWriteRegister { .. } => 7,
            Self::Diagnostics { data, .. } => data.len().saturating_add(3),
            Self::WriteMultipleCoils { values, .. } => values.as_bytes().len().saturating_add(6),
            Self::WriteMultipleRegisters { values, .. } => {
                values.as_bytes().len().saturating_add(6)
            }
            Self::ReadFileRecord(groups) => groups.as_bytes().len().saturating_add(2),
            Self::WriteFileRecord(groups) => groups.as_bytes().len().saturating_add(2),
            Self::ReadWriteMultipleRegisters { values, .. } => {
                values.as_bytes().len().saturating_add(10)
            }
            Self::CanOpen { data } => data.len().saturating_add(2),
            Self::Unknown(unknown) => unknown.data().len().saturating_add(1),
        }
    }

    /// Writes the request to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// If a number is outside its limits, or if `out` is too short; `out` is untouched then.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        self.check()?;
        Writer::fill(out, self.encoded_len(), |writer| self.write(writer))
    }

    /// Appends the request to `out`.
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
            Self::ReadCoils { address, count } | Self::ReadDiscreteInputs { address, count } => {
                check_cells(address, usize::from(count), limits::MAX_READ_BITS)
            }
            Self::ReadHoldingRegisters { address, count }
            | Self::ReadInputRegisters { address, count } => {
                check_cells(address, usize::from(count), limits::MAX_READ_REGISTERS)
            }
            Self::WriteMultipleCoils { address, values } => {
                check_cells(address, values.len(), limits::MAX_WRITE_BITS)
            }
            Self::WriteMultipleRegisters { address, values } => {
                check_cells(address, values.len(), limits::MAX_WRITE_REGISTERS)
            }
            Self::ReadWriteMultipleRegisters {
                read_address,
                read_count,
                write_address,
                values,
            } => {
                check_cells(
                    read_address,
                    usize::from(read_count),
                    limits::MAX_READ_REGISTERS,
                )?;
                check_cells(
                    write_address,
                    values.len(),
                    limits::MAX_READ_WRITE_REGISTERS,
                )
            }
            Self::Diagnostics { data, .. } => limits::check_diagnostic_data(data),
            Self::CanOpen { data } => require_data(data, 0, limits::MAX_ENCAPSULATED),
            _ => Ok(()),
        }
    }

    fn write(&self, writer: &mut Writer<'_>) {
        writer.u8(self.function().code());
        match *self {
            Self::ReadCoils { address, count }
            | Self::ReadDiscreteInputs { address, count }
            | Self::ReadHoldingRegisters { address, count }
            | Self::ReadInputRegisters { address, count } => {
                writer.u16(address);
                writer.u16(count);
            }
            Self::WriteSingleCoil { address, value } => {
                writer.u16(address);
                writer.u16(limits::coil_value(value));
            }
            Self::WriteSingleRegister { address, value } => {
                writer.u16(address);
                writer.u16(value);
            }
            Self::ReadExceptionStatus
            | Self::GetCommEventCounter
            | Self::GetCommEventLog
            | Self::ReportServerId => {}
            Self::Diagnostics { sub_function, data } => {
                writer.u16(sub_function.0);
                writer.bytes(data);
            }
            Self::WriteMultipleCoils { address, values } => {
                writer.u16(address);
                writer.u16(u16::try_from(values.len()).unwrap_or_default());
                writer.count(values.as_bytes());
                for byte in values.packed() {
                    writer.u8(byte);
                }
            }
            Self::WriteMultipleRegisters { address, values } => {
                writer.u16(address);
                writer.registers(values);
            }
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
            Self::ReadWriteMultipleRegisters {
                read_address,
                read_count,
                write_address,
                values,
            } => {
                writer.u16(read_address);
                writer.u16(read_count);
                writer.u16(write_address);
                writer.registers(values);
            }
            Self::ReadFifoQueue { address } => writer.u16(address),
            Self::CanOpen { data } => {
                writer.u8(limits::CAN_OPEN);
                writer.bytes(data);
            }
            Self::ReadDeviceIdentification { code, object } => {
                writer.u8(limits::DEVICE_IDENTIFICATION);
                writer.u8(code.code());
                writer.u8(object.code());
            }
            Self::Unknown(unknown) => writer.bytes(unknown.data()),
        }
    }
}
