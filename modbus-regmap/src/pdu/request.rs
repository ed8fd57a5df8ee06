//! What a client asks for.

mod encode;
mod parse;

use crate::Table;
use crate::pdu::{
    Bits, FileReads, FileWrites, FunctionCode, IdentificationCode, ObjectId, Registers,
    SubFunction, Unknown,
};

/// A request (Modbus Application Protocol 1.1b3, 6).
///
/// ```
/// use modbus_regmap::{Request, Table};
///
/// let request = Request::read(Table::HoldingRegister, 107, 3);
/// let mut pdu = [0; 5];
/// assert_eq!(request.encode_into(&mut pdu), Ok(5));
/// assert_eq!(pdu, [0x03, 0x00, 0x6B, 0x00, 0x03]);
/// assert_eq!(Request::parse(&pdu), Ok(request));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Request<'a> {
    /// `01`: the state of 1 to 2000 coils.
    ReadCoils {
        /// The first coil.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `02`: the state of 1 to 2000 discrete inputs.
    ReadDiscreteInputs {
        /// The first input.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `03`: 1 to 125 holding registers.
    ReadHoldingRegisters {
        /// The first register.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `04`: 1 to 125 input registers.
    ReadInputRegisters {
        /// The first register.
        address: u16,
        /// How many.
        count: u16,
    },
    /// `05`: switches a coil.
    WriteSingleCoil {
        /// The coil.
        address: u16,
        /// On or off.
        value: bool,
    },
    /// `06`: sets a holding register.
    WriteSingleRegister {
        /// The register.
        address: u16,
        /// Its new content.
        value: u16,
    },
    /// `07`: eight status bits; serial lines only.
    ReadExceptionStatus,
    /// `08`: tests of the line; serial lines only.
    Diagnostics {
        /// Which test.
        sub_function: SubFunction,
        /// An even number of bytes, two in all tests but the first.
        data: &'a [u8],
    },
    /// `0B`: the counter of completed messages; serial lines only.
    GetCommEventCounter,
    /// `0C`: the counter and the latest events; serial lines only.
    GetCommEventLog,
    /// `0F`: switches 1 to 1968 coils.
    WriteMultipleCoils {
        /// The first coil.
        address: u16,
        /// Their new states.
        values: Bits<'a>,
    },
    /// `10`: sets 1 to 123 holding registers.
    WriteMultipleRegisters {
        /// The first register.
        address: u16,
        /// Their new contents.
        values: Registers<'a>,
    },
    /// `11`: what the server is; serial lines only.
    ReportServerId,
    /// `14`: registers of files.
    ReadFileRecord(FileReads<'a>),
    /// `15`: sets registers of files.
    WriteFileRecord(FileWrites<'a>),
    /// `16`: the register becomes `(register AND and_mask) OR (or_mask AND NOT and_mask)`.
    MaskWriteRegister {
        /// The register.
        address: u16,
        /// The bits that keep their state.
        and_mask: u16,
        /// The state of the others.
        or_mask: u16,
    },
    /// `17`: sets 1 to 121 holding registers, then reads 1 to 125.
    ReadWriteMultipleRegisters {
        /// The first register to read.
        read_address: u16,
        /// How many to read.
        read_count: u16,
        /// The first register to set.
        write_address: u16,
        /// What to set.
        values: Registers<'a>,
    },
    /// `18`: the queue whose count is at an address.
    ReadFifoQueue {
        /// The register that holds the count.
        address: u16,
    },
    /// `2B 0D`: CANopen, opaque here.
    CanOpen {
        /// What follows the two codes.
        data: &'a [u8],
    },
    /// `2B 0E`: texts about the device.
    ReadDeviceIdentification {
        /// Which ones.
        code: IdentificationCode,
        /// Where to start, or the one to read.
        object: ObjectId,
    },
    /// Any other function.
    Unknown(Unknown<'a>),
}

impl<'a> Request<'a> {
    /// Asks for `count` cells of a table, from `address` on.
    #[must_use]
    pub const fn read(table: Table, address: u16, count: u16) -> Self {
        match table {
            Table::Coil => Self::ReadCoils { address, count },
            Table::DiscreteInput => Self::ReadDiscreteInputs { address, count },
            Table::HoldingRegister => Self::ReadHoldingRegisters { address, count },
            Table::InputRegister => Self::ReadInputRegisters { address, count },
        }
    }

    /// The code that the request starts with.
    #[must_use]
    pub const fn function(&self) -> FunctionCode {
        match self {
            Self::ReadCoils { .. } => FunctionCode::ReadCoils,
            Self::ReadDiscreteInputs { .. } => FunctionCode::ReadDiscreteInputs,
            Self::ReadHoldingRegisters { .. } => FunctionCode::ReadHoldingRegisters,
            Self::ReadInputRegisters { .. } => FunctionCode::ReadInputRegisters,
            Self::WriteSingleCoil { .. } => FunctionCode::WriteSingleCoil,
            Self::WriteSingleRegister { .. } => FunctionCode::WriteSingleRegister,
            Self::ReadExceptionStatus => FunctionCode::ReadExceptionStatus,
            Self::Diagnostics { .. } => FunctionCode::Diagnostics,
            Self::GetCommEventCounter => FunctionCode::GetCommEventCounter,
            Self::GetCommEventLog => FunctionCode::GetCommEventLog,
            Self::WriteMultipleCoils { .. } => FunctionCode::WriteMultipleCoils,
            Self::WriteMultipleRegisters { .. } => FunctionCode::WriteMultipleRegisters,
            Self::ReportServerId => FunctionCode::ReportServerId,
            Self::ReadFileRecord(_) => FunctionCode::ReadFileRecord,
            Self::WriteFileRecord(_) => FunctionCode::WriteFileRecord,
            Self::MaskWriteRegister { .. } => FunctionCode::MaskWriteRegister,
            Self::ReadWriteMultipleRegisters { .. } => FunctionCode::ReadWriteMultipleRegisters,
            Self::ReadFifoQueue { .. } => FunctionCode::ReadFifoQueue,
            Self::CanOpen { .. } | Self::ReadDeviceIdentification { .. } => {
                FunctionCode::EncapsulatedInterface
            }
            Self::Unknown(unknown) => unknown.function(),
        }
    }

    /// Whether the request may go to all devices of a serial line at once: it only writes, so that
    /// nobody has to answer (Modbus over Serial Line 1.02, 2.1).
    #[must_use]
    pub const fn is_broadcastable(&self) -> bool {
        matches!(
            self,
            Self::WriteSingleCoil { .. }
                | Self::WriteSingleRegister { .. }
                | Self::Diagnostics { .. }
                | Self::WriteMultipleCoils { .. }
                | Self::WriteMultipleRegisters { .. }
                | Self::WriteFileRecord(_)
                | Self::MaskWriteRegister { .. }
                | Self::Unknown(_)
        )
    }

    /// Whether the request does the same if it is sent twice, so that it may be repeated when its
    /// answer is lost.
    #[must_use]
    pub const fn is_repeatable(&self) -> bool {
        !matches!(self, Self::CanOpen { .. } | Self::Unknown(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{DecodeError, DecodeErrorKind, EncodeError};

    fn error(pdu: &[u8]) -> DecodeError {
        Request::parse(pdu).unwrap_err()
    }

    fn round_trip(pdu: &[u8], request: Request<'_>) {
        assert_eq!(Request::parse(pdu), Ok(request));
        let mut out = [0; 253];
        let length = request.encode_into(&mut out).unwrap();
        assert_eq!(&out[..length], pdu);
        assert_eq!(length, request.encoded_len());
        assert_eq!(request.function().code(), pdu[0]);
    }

    #[test]
    fn the_examples_of_the_standard() {
        round_trip(
            &[0x01, 0x00, 0x13, 0x00, 0x13],
            Request::read(Table::Coil, 0x13, 0x13),
        );
        round_trip(
            &[0x05, 0x00, 0xAC, 0xFF, 0x00],
            Request::WriteSingleCoil {
                address: 0xAC,
                value: true,
            },
        );
        round_trip(
            &[0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01],
            Request::WriteMultipleCoils {
                address: 0x13,
                values: Bits::from_bytes(&[0xCD, 0x01], 10).unwrap(),
            },
        );
        round_trip(
            &[0x10, 0, 1, 0, 2, 4, 0x00, 0x0A, 0x01, 0x02],
            Request::WriteMultipleRegisters {
                address: 1,
                values: Registers::from_bytes(&[0x00, 0x0A, 0x01, 0x02]).unwrap(),
            },
        );
        round_trip(
            &[0x16, 0x00, 0x04, 0x00, 0xF2, 0x00, 0x25],
            Request::MaskWriteRegister {
                address: 4,
                and_mask: 0xF2,
                or_mask: 0x25,
            },
        );
        round_trip(
            &[0x17, 0, 3, 0, 6, 0, 14, 0, 1, 2, 0x00, 0xFF],
            Request::ReadWriteMultipleRegisters {
                read_address: 3,
                read_count: 6,
                write_address: 14,
                values: Registers::from_bytes(&[0x00, 0xFF]).unwrap(),
            },
        );
        round_trip(
            &[0x18, 0x04, 0xDE],
            Request::ReadFifoQueue { address: 0x04DE },
        );
        round_trip(
            &[0x2B, 0x0E, 0x01, 0x00],
            Request::ReadDeviceIdentification {
                code: IdentificationCode::Basic,
                object: ObjectId::VendorName,
            },
        );
        round_trip(&[0x07], Request::ReadExceptionStatus);
    }

    #[test]
    fn functions_without_a_meaning_here_are_kept() {
        round_trip(
            &[0x41, 1, 2, 3],
            Request::Unknown(Unknown::new(0x41, &[1, 2, 3]).unwrap()),
        );
        round_trip(
            &[0x2B, 0x0F, 9],
            Request::Unknown(Unknown::new(0x2B, &[0x0F, 9]).unwrap()),
        );
        round_trip(&[0x2B, 0x0D, 1], Request::CanOpen { data: &[1] });
    }

    #[test]
    fn a_count_outside_its_limits_is_refused_at_its_place() {
        for (pdu, max) in [
            ([0x03, 0, 0, 0, 0], 125),
            ([0x03, 0, 0, 0, 126], 125),
            ([0x04, 0, 0, 1, 0], 125),
            ([0x01, 0, 0, 0x07, 0xD1], 2000),
        ] {
            let found = u16::from_be_bytes([pdu[3], pdu[4]]);
            let min = 1;
            assert_eq!(
                error(&pdu),
                DecodeError {
                    kind: DecodeErrorKind::Count { found, min, max },
                    offset: 3
                }
            );
        }
    }

    #[test]
    fn the_last_cell_is_65535() {
        assert!(Request::parse(&[0x03, 0xFF, 0xFF, 0, 1]).is_ok());
        assert_eq!(
            error(&[0x03, 0xFF, 0xFF, 0, 2]),
            DecodeError {
                kind: DecodeErrorKind::AddressRange {
                    address: 0xFFFF,
                    count: 2
                },
                offset: 1
            }
        );
    }

    #[test]
    fn a_byte_count_has_to_fit() {
        assert_eq!(
            error(&[0x0F, 0, 0, 0, 9, 1, 0xFF]).kind,
            DecodeErrorKind::ByteCount {
                found: 1,
                expected: 2
            }
        );
        assert_eq!(
            error(&[0x10, 0, 0, 0, 1, 2, 0xFF]),
            DecodeError {
                kind: DecodeErrorKind::Truncated { needed: 1 },
                offset: 6
            }
        );
        assert_eq!(
            error(&[0x03, 0, 0, 0, 1, 0]),
            DecodeError {
                kind: DecodeErrorKind::Trailing { count: 1 },
                offset: 5
            }
        );
    }

    #[test]
    fn no_request_starts_with_an_exception() {
        assert_eq!(error(&[0x83, 2]).kind, DecodeErrorKind::FunctionCode(0x83));
        assert_eq!(error(&[0x00]).kind, DecodeErrorKind::FunctionCode(0));
        assert_eq!(error(&[]).kind, DecodeErrorKind::Truncated { needed: 1 });
        assert!(matches!(
            error(&[0x41; 254]).kind,
            DecodeErrorKind::TooLong {
                found: 254,
                max: 253
            }
        ));
    }

    #[test]
    fn what_cannot_be_sent_is_not_encoded() {
        let mut out = [0xAA; 5];
        let request = Request::read(Table::InputRegister, 0, 126);
        assert!(matches!(
            request.encode_into(&mut out),
            Err(EncodeError::Count { found: 126, .. })
        ));
        let request = Request::read(Table::Coil, 65_000, 1000);
        assert!(matches!(
            request.encode_into(&mut out),
            Err(EncodeError::AddressRange { .. })
        ));
        assert_eq!(out, [0xAA; 5]);
    }
}
