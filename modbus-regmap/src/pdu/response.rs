//! What a server answers.

use crate::parse::{Reader, saturated};
use crate::pdu::limits::{
    self, Cells, check_cells, check_diagnostic_data, check_pdu, require_data,
};
use crate::pdu::{
    Bits, DeviceIdentification, ExceptionCode, FileData, FileWrites, FunctionCode, Registers,
    SubFunction, Unknown,
};
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError};

/// Function codes with this bit are exceptions.
const EXCEPTION: u8 = 0x80;
const MAX_EVENTS: u16 = 64;
/// Status, event count and message count, before the events.
const EVENT_HEADER: u16 = 6;
const MAX_FIFO: u16 = 31;

/// A response, also one that refuses (Modbus Application Protocol 1.1b3, 6 and 7).
///
/// It does not say which addresses it is about: who asked has to remember.
///
/// ```
/// use modbus_regmap::Response;
///
/// let pdu = [0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64];
/// let Ok(Response::ReadHoldingRegisters(registers)) = Response::parse(&pdu) else {
///     panic!("registers were asked for");
/// };
/// assert!(registers.iter().eq([555, 0, 100]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Response<'a> {
    /// `01`: coils, filled up to whole bytes.
    ReadCoils(Bits<'a>),
    /// `02`: discrete inputs, filled up to whole bytes.
    ReadDiscreteInputs(Bits<'a>),
    /// `03`: holding registers.
    ReadHoldingRegisters(Registers<'a>),
    /// `04`: input registers.
    ReadInputRegisters(Registers<'a>),
    /// `05`: repeats the request.
    WriteSingleCoil {
        /// The coil.
        address: u16,
        /// On or off.
        value: bool,
    },
    /// `06`: repeats the request.
    WriteSingleRegister {
        /// The register.
        address: u16,
        /// Its new content.
        value: u16,
    },
    /// `07`: eight bits whose meaning the device decides.
    ReadExceptionStatus {
        /// The bits.
        status: u8,
    },
    /// `08`: the outcome of a test.
    Diagnostics {
        /// Which test.
        sub_function: SubFunction,
        /// An even number of bytes.
        data: &'a [u8],
    },
    /// `0B`: the counter of completed messages.
    GetCommEventCounter {
        /// `FFFF` while the server works on an earlier command, otherwise 0.
        status: u16,
        /// How many messages were completed.
        events: u16,
    },
    /// `0C`: the counters and the latest events.
    GetCommEventLog {
        /// `FFFF` while the server works on an earlier command, otherwise 0.
        status: u16,
        /// How many messages were completed.
        events: u16,
        /// How many messages were handled.
        messages: u16,
        /// Up to 64 events, a byte each, the latest first.
        log: &'a [u8],
    },
    /// `0F`: the coils were switched.
    WriteMultipleCoils {
        /// The first coil.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `10`: the registers were set.
    WriteMultipleRegisters {
        /// The first register.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `11`: an identifier, the run indicator (00 or FF) and whatever follows. How long the
    /// identifier is, the device decides.
    ReportServerId {
        /// All of it.
        data: &'a [u8],
    },
    /// `14`: registers of files.
    ReadFileRecord(FileData<'a>),
    /// `15`: repeats the request.
    WriteFileRecord(FileWrites<'a>),
    /// `16`: repeats the request.
    MaskWriteRegister {
        /// The register.
        address: u16,
        /// The bits that kept their state.
        and_mask: u16,
        /// The state of the others.
        or_mask: u16,
    },
    /// `17`: the registers that were read after the others were set.
    ReadWriteMultipleRegisters(Registers<'a>),
    /// `18`: up to 31 registers of the queue.
    ReadFifoQueue(Registers<'a>),
    /// `2B 0D`: CANopen, opaque here.
    CanOpen {
        /// What follows the two codes.
        data: &'a [u8],
    },
    /// `2B 0E`: texts about the device.
    ReadDeviceIdentification(DeviceIdentification<'a>),
    /// The request is refused.
    Exception {
        /// The function of the request.
        function: FunctionCode,
        /// Why.
        code: ExceptionCode,
    },
    /// Any other function.
    Unknown(Unknown<'a>),
}

impl<'a> Response<'a> {
    /// Parses a response that fills the whole of `pdu`.
    ///
    /// # Errors
    ///
    /// If a field is outside its limits, or if bytes are missing or left.
    pub fn parse(pdu: &'a [u8]) -> Result<Self, DecodeError> {
        check_pdu(pdu)?;
        let mut input = Reader::new(pdu);
        let code = input.u8()?;
        let response = match FunctionCode::from_code(code) {
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
                _ => match Unknown::new(code, input.rest()) {
                    Some(unknown) => Self::Unknown(unknown),
                    None => {
                        return Err(DecodeError {
                            kind: DecodeErrorKind::FunctionCode(code),
                            offset: 0,
                        });
                    }
                },
            },
        };
        input.end()?;
        Ok(response)
    }

    /// The function of the request that this answers.
    #[must_use]
    pub const fn function(&self) -> FunctionCode {
        match self {
            Self::ReadCoils(_) => FunctionCode::ReadCoils,
            Self::ReadDiscreteInputs(_) => FunctionCode::ReadDiscreteInputs,
            Self::ReadHoldingRegisters(_) => FunctionCode::ReadHoldingRegisters,
            Self::ReadInputRegisters(_) => FunctionCode::ReadInputRegisters,
            Self::WriteSingleCoil { .. } => FunctionCode::WriteSingleCoil,
            Self::WriteSingleRegister { .. } => FunctionCode::WriteSingleRegister,
            Self::ReadExceptionStatus { .. } => FunctionCode::ReadExceptionStatus,
            Self::Diagnostics { .. } => FunctionCode::Diagnostics,
            Self::GetCommEventCounter { .. } => FunctionCode::GetCommEventCounter,
            Self::GetCommEventLog { .. } => FunctionCode::GetCommEventLog,
            Self::WriteMultipleCoils { .. } => FunctionCode::WriteMultipleCoils,
            Self::WriteMultipleRegisters { .. } => FunctionCode::WriteMultipleRegisters,
            Self::ReportServerId { .. } => FunctionCode::ReportServerId,
            Self::ReadFileRecord(_) => FunctionCode::ReadFileRecord,
            Self::WriteFileRecord(_) => FunctionCode::WriteFileRecord,
            Self::MaskWriteRegister { .. } => FunctionCode::MaskWriteRegister,
            Self::ReadWriteMultipleRegisters(_) => FunctionCode::ReadWriteMultipleRegisters,
            Self::ReadFifoQueue(_) => FunctionCode::ReadFifoQueue,
            Self::CanOpen { .. } | Self::ReadDeviceIdentification(_) => {
                FunctionCode::EncapsulatedInterface
            }
            Self::Exception { function, .. } => *function,
            Self::Unknown(unknown) => unknown.function(),
        }
    }

    /// The registers of the answer, whichever function read them.
    #[must_use]
    pub const fn registers(&self) -> Option<Registers<'a>> {
        match *self {
            Self::ReadHoldingRegisters(registers)
            | Self::ReadInputRegisters(registers)
            | Self::ReadWriteMultipleRegisters(registers)
            | Self::ReadFifoQueue(registers) => Some(registers),
            _ => None,
        }
    }

    /// The bits of the answer, filled up to whole bytes.
    #[must_use]
    pub const fn bits(&self) -> Option<Bits<'a>> {
        match *self {
            Self::ReadCoils(bits) | Self::ReadDiscreteInputs(bits) => Some(bits),
            _ => None,
        }
    }

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
        let mut pdu = [0; super::MAX_LENGTH];
        let length = self.encode_into(&mut pdu)?;
        out.put_slice(pdu.get(..length).unwrap_or_default());
        Ok(())
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
    let kind = *input;
    Ok(match input.u8()? {
        limits::CAN_OPEN => Response::CanOpen { data: input.rest() },
        limits::DEVICE_IDENTIFICATION => {
            Response::ReadDeviceIdentification(DeviceIdentification::parse(input)?)
        }
        other => {
            input.rest();
            let code = FunctionCode::EncapsulatedInterface.code();
            match Unknown::new(code, kind.as_bytes()) {
                Some(unknown) => Response::Unknown(unknown),
                None => return Err(kind.error(DecodeErrorKind::FunctionCode(other))),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdu::{Conformity, IdentificationCode, ObjectId};

    fn error(pdu: &[u8]) -> DecodeError {
        Response::parse(pdu).unwrap_err()
    }

    fn round_trip(pdu: &[u8], response: Response<'_>) {
        assert_eq!(Response::parse(pdu), Ok(response));
        let mut out = [0; 253];
        let length = response.encode_into(&mut out).unwrap();
        assert_eq!(&out[..length], pdu);
        assert_eq!(length, response.encoded_len());
        assert_eq!(response.function().code(), pdu[0] & 0x7F);
    }

    #[test]
    fn the_examples_of_the_standard() {
        round_trip(
            &[0x01, 0x03, 0xCD, 0x6B, 0x05],
            Response::ReadCoils(Bits::from_whole_bytes(&[0xCD, 0x6B, 0x05])),
        );
        round_trip(
            &[0x07, 0x6D],
            Response::ReadExceptionStatus { status: 0x6D },
        );
        round_trip(
            &[0x08, 0x00, 0x00, 0xA5, 0x37],
            Response::Diagnostics {
                sub_function: SubFunction::RETURN_QUERY_DATA,
                data: &[0xA5, 0x37],
            },
        );
        round_trip(
            &[0x0B, 0xFF, 0xFF, 0x01, 0x08],
            Response::GetCommEventCounter {
                status: 0xFFFF,
                events: 264,
            },
        );
        round_trip(
            &[0x0C, 8, 0, 0, 0x01, 0x08, 0x01, 0x21, 0x20, 0x00],
            Response::GetCommEventLog {
                status: 0,
                events: 264,
                messages: 289,
                log: &[0x20, 0x00],
            },
        );
        round_trip(
            &[0x18, 0, 6, 0, 2, 0x01, 0xB8, 0x12, 0x84],
            Response::ReadFifoQueue(Registers::from_bytes(&[0x01, 0xB8, 0x12, 0x84]).unwrap()),
        );
        round_trip(
            &[0x83, 0x02],
            Response::Exception {
                function: FunctionCode::ReadHoldingRegisters,
                code: ExceptionCode::IllegalDataAddress,
            },
        );
    }

    #[test]
    fn identification_says_where_to_go_on() {
        let pdu = [0x2B, 0x0E, 2, 0x82, 0xFF, 4, 1, 3, 2, b'a', b'b'];
        let Ok(Response::ReadDeviceIdentification(answer)) = Response::parse(&pdu) else {
            panic!("not an identification");
        };
        assert_eq!(answer.code, IdentificationCode::Regular);
        assert_eq!(answer.conformity, Conformity(0x82));
        assert_eq!(answer.next, Some(ObjectId::ProductName));
        assert_eq!(answer.objects.get(ObjectId::VendorUrl), Some(&b"ab"[..]));
        round_trip(&pdu, Response::ReadDeviceIdentification(answer));
    }

    #[test]
    fn objects_that_are_announced_have_to_come() {
        assert_eq!(
            error(&[0x2B, 0x0E, 1, 1, 0, 0, 2, 0, 1, b'a']),
            DecodeError {
                kind: DecodeErrorKind::Truncated { needed: 1 },
                offset: 10
            }
        );
        assert_eq!(
            error(&[0x2B, 0x0E, 1, 1, 0, 0, 0, 0]).kind,
            DecodeErrorKind::Trailing { count: 1 }
        );
    }

    #[test]
    fn exceptions_are_open_and_two_bytes_long() {
        round_trip(
            &[0xC1, 0x7F],
            Response::Exception {
                function: FunctionCode::Other(0x41),
                code: ExceptionCode::Other(0x7F),
            },
        );
        assert_eq!(
            error(&[0x83]).kind,
            DecodeErrorKind::Truncated { needed: 1 }
        );
        assert_eq!(
            error(&[0x83, 2, 0]).kind,
            DecodeErrorKind::Trailing { count: 1 }
        );
        assert_eq!(error(&[0x80, 1]).kind, DecodeErrorKind::FunctionCode(0x80));
    }

    #[test]
    fn a_byte_count_that_holds_nothing_or_half_a_register_is_refused() {
        let count = |found| DecodeErrorKind::Count {
            found,
            min: 1,
            max: 250,
        };
        assert_eq!(error(&[0x03, 0]).kind, count(0));
        assert_eq!(error(&[0x01, 251]).kind, count(251));
        assert_eq!(
            error(&[0x04, 3, 0, 0, 0]),
            DecodeError {
                kind: DecodeErrorKind::UnevenByteCount { found: 3, unit: 2 },
                offset: 1
            }
        );
    }

    #[test]
    fn a_queue_has_at_most_31_registers() {
        assert_eq!(
            error(&[0x18, 0, 66, 0, 32]).kind,
            DecodeErrorKind::Count {
                found: 32,
                min: 0,
                max: 31
            }
        );
        assert_eq!(
            error(&[0x18, 0, 3, 0, 1, 0, 0]).kind,
            DecodeErrorKind::ByteCount {
                found: 3,
                expected: 4
            }
        );
        round_trip(
            &[0x18, 0, 2, 0, 0],
            Response::ReadFifoQueue(Registers::EMPTY),
        );
    }
}
