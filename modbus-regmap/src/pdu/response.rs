//! What a server answers.

mod encode;
mod parse;

use crate::pdu::{
    Bits, DeviceIdentification, ExceptionCode, FileData, FileWrites, FunctionCode, Registers,
    SubFunction, Unknown,
};

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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdu::{Conformity, IdentificationCode, ObjectId};
    use crate::{DecodeError, DecodeErrorKind};

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
