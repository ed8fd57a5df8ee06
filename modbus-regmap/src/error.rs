//! Why bytes could not be decoded or built.

/// Why bytes could not be decoded, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("{kind} at byte {offset}")]
pub struct DecodeError {
    /// What was wrong.
    pub kind: DecodeErrorKind,
    /// Position in the slice that was handed to the parser.
    pub offset: usize,
}

/// The ways in which bytes can be malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the structure does.
    #[error("input ends, {needed} more byte(s) needed for the field")]
    Truncated {
        /// How many bytes are missing at least.
        needed: u16,
    },
    /// Bytes follow the structure.
    #[error("{count} byte(s) follow the end")]
    Trailing {
        /// How many.
        count: u16,
    },
    /// There are more bytes than the standard allows.
    #[error("{found} byte(s), the limit is {max}")]
    TooLong {
        /// How many there are.
        found: u16,
        /// How many there may be.
        max: u16,
    },
    /// The function code is 0, or that of an exception in a request.
    #[error("function code {0:#04x} is not that of a request")]
    FunctionCode(u8),
    /// A number of coils or registers is outside its limits.
    #[error("count is {found}, allowed is {min} to {max}")]
    Count {
        /// What the bytes say.
        found: u16,
        /// The least that the function allows.
        min: u16,
        /// The most that the function allows.
        max: u16,
    },
    /// The byte count does not fit what is counted.
    #[error("byte count is {found}, expected {expected}")]
    ByteCount {
        /// What the bytes say.
        found: u16,
        /// What follows from the other fields.
        expected: u16,
    },
    /// A byte count is not a multiple of the size of what it counts.
    #[error("byte count {found} is not a multiple of {unit}")]
    UnevenByteCount {
        /// What the bytes say.
        found: u16,
        /// The size of one item.
        unit: u8,
    },
    /// The cells reach beyond address 65535.
    #[error("{count} cell(s) from address {address} on reach beyond 65535")]
    AddressRange {
        /// The first address.
        address: u16,
        /// How many cells.
        count: u16,
    },
    /// The value of a single coil is neither `FF00` nor `0000`.
    #[error("coil value is {0:#06x}, neither 0xff00 nor 0x0000")]
    CoilValue(u16),
    /// The reference type of a file record is not 6.
    #[error("reference type of a file record is {0}, expected 6")]
    ReferenceType(u8),
    /// There is no file 0.
    #[error("file number is 0")]
    FileNumber,
    /// The record number is above 9999.
    #[error("record number is {0}, the limit is 9999")]
    RecordNumber(u16),
    /// The code of a device identification request is not 1 to 4.
    #[error("code {0} to read device identification is not 1 to 4")]
    IdentificationCode(u8),
    /// The field that says whether more objects follow is neither `00` nor `FF`.
    #[error("more-follows field is {0:#04x}, neither 0xff nor 0x00")]
    MoreFollows(u8),
    /// The CRC of an RTU frame differs from that of its bytes.
    #[error("CRC is {found:#06x}, expected {expected:#06x}")]
    Crc {
        /// Calculated over the received bytes.
        expected: u16,
        /// Received.
        found: u16,
    },
    /// The LRC of an ASCII frame differs from that of its bytes.
    #[error("LRC is {found:#04x}, expected {expected:#04x}")]
    Lrc {
        /// Calculated over the received bytes.
        expected: u8,
        /// Received.
        found: u8,
    },
    /// The protocol number of a TCP frame is not 0.
    #[error("protocol number is {0}, expected 0")]
    ProtocolId(u16),
    /// The length of a TCP frame is not 2 to 254.
    #[error("length field is {0}, allowed is 2 to 254")]
    LengthField(u16),
    /// An ASCII frame does not start with a colon.
    #[error("frame starts with {0:#04x}, expected a colon")]
    Start(u8),
    /// An ASCII frame holds something else than hexadecimal digits.
    #[error("character {0:#04x} is no upper-case hexadecimal digit")]
    Digit(u8),
    /// An ASCII frame has a digit without its partner.
    #[error("odd number of hexadecimal digits")]
    OddDigits,
    /// An ASCII frame does not end with carriage return and line feed.
    #[error("frame ends with {0:#04x}, expected carriage return and line feed")]
    End(u8),
}

/// Why something could not be built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The buffer is too short.
    #[error("buffer is too short, {needed} byte(s) needed")]
    Buffer {
        /// How long it has to be.
        needed: usize,
    },
    /// A number of coils, registers or bytes is outside its limits.
    #[error("count is {found}, allowed is {min} to {max}")]
    Count {
        /// What was asked for.
        found: usize,
        /// The least that the function allows.
        min: u16,
        /// The most that the function allows.
        max: u16,
    },
    /// The cells reach beyond address 65535.
    #[error("{count} cell(s) from address {address} on reach beyond 65535")]
    AddressRange {
        /// The first address.
        address: u16,
        /// How many cells.
        count: u16,
    },
    /// The data has to have an even number of bytes.
    #[error("{found} byte(s) of data, an even number is needed")]
    OddData {
        /// How many there are.
        found: usize,
    },
    /// There is no file 0.
    #[error("file number is 0")]
    FileNumber,
    /// The record number is above 9999.
    #[error("record number is {0}, the limit is 9999")]
    RecordNumber(u16),
    /// An exception answers a function, 1 to 127.
    #[error("function code {0:#04x} is not that of a request")]
    FunctionCode(u8),
    /// A protocol data unit is empty or longer than 253 bytes.
    #[error("protocol data unit of {found} byte(s), allowed is 1 to 253")]
    Pdu {
        /// How many there are.
        found: usize,
    },
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn errors_are_small_and_say_both_values() {
        assert!(size_of::<DecodeError>() <= 24);
        assert!(size_of::<EncodeError>() <= 24);
        let error = DecodeError {
            kind: DecodeErrorKind::Crc {
                expected: 0x0BC4,
                found: 0xC40B,
            },
            offset: 6,
        };
        assert_eq!(
            error.to_string(),
            "CRC is 0xc40b, expected 0x0bc4 at byte 6"
        );
    }
}
