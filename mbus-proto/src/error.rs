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

impl DecodeError {
    pub(crate) const fn new(kind: DecodeErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }
}

/// The ways in which bytes can be malformed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The input ends before the structure does.
    ///
    /// The offset is that of the field that is cut: of its first byte if some of the field is there,
    /// otherwise the end of the input. The header of the application data is one field, and so are
    /// the data of a frame (after CI), the data of a record (after LVAR), and the text of a
    /// plain-text VIF (after its length).
    #[error("input ends, {needed} more byte(s) needed for the field")]
    Truncated {
        /// How many bytes are missing at least.
        needed: u16,
    },
    /// The first byte starts no frame (EN 13757-2: E5h, 10h, 68h).
    #[error("{found:#04x} starts no frame")]
    Start {
        /// Received.
        found: u8,
    },
    /// The start byte is not repeated after the two length bytes.
    #[error("second start byte is {found:#04x}, expected 0x68")]
    SecondStart {
        /// Received.
        found: u8,
    },
    /// The two length bytes differ.
    #[error("length is {first:#04x}, its repetition {second:#04x}")]
    LengthMismatch {
        /// The first length byte.
        first: u8,
        /// The second length byte.
        second: u8,
    },
    /// The length is below 3: no room for C, A and CI.
    #[error("length {found} leaves no room for C, A and CI")]
    LengthTooSmall {
        /// Received.
        found: u8,
    },
    /// The checksum byte differs from the sum over the covered bytes.
    #[error("checksum is {found:#04x}, expected {expected:#04x}")]
    Checksum {
        /// Calculated over the received bytes.
        expected: u8,
        /// Received.
        found: u8,
    },
    /// The frame does not end in 16h.
    #[error("stop byte is {found:#04x}, expected 0x16")]
    Stop {
        /// Received.
        found: u8,
    },
    /// A fixed data structure of another length than 16 bytes.
    #[error("fixed data structure has {found} bytes, expected 16")]
    FixedLength {
        /// Received.
        found: u16,
    },
    /// Bytes after the frame.
    #[error("{count} byte(s) after the frame")]
    TrailingBytes {
        /// How many.
        count: u16,
    },
    /// More than ten DIFE.
    #[error("more than 10 DIFE")]
    TooManyDife,
    /// More than ten VIFE.
    #[error("more than 10 VIFE")]
    TooManyVife,
    /// A special function DIF that the standard reserves.
    #[error("reserved DIF {dif:#04x}")]
    ReservedDif {
        /// Received.
        dif: u8,
    },
    /// An LVAR that the standard reserves: the length of the data is not known.
    #[error("reserved LVAR {lvar:#04x}")]
    ReservedLvar {
        /// Received.
        lvar: u8,
    },
    /// The length of a radio frame that no frame has: below 9, or between those with one CRC and
    /// those with two.
    #[error("length {found} is that of no radio frame")]
    RadioLength {
        /// Received.
        found: u8,
    },
    /// A CRC of the radio link or of an extended link layer differs from that of the bytes.
    #[error("CRC is {found:#06x}, expected {expected:#06x}")]
    Crc {
        /// Calculated over the received bytes.
        expected: u16,
        /// Received.
        found: u16,
    },
    /// The length of an authentication and fragmentation layer is not that of its fields.
    #[error("length {found} is not that of the fields of the authentication layer")]
    AuthenticationLength {
        /// Received.
        found: u8,
    },
    /// The key does not fit: what it makes of the data is not plain text.
    #[error("the key does not fit")]
    Key,
    /// The message authentication code is not that of the message.
    #[error("the message is not authentic")]
    Authentication,
    /// The message has no authentication code that could be checked, but its security mode
    /// demands one.
    #[error("the message has no authentication that could be checked")]
    Unauthenticated,
    /// A profile whose spacing control or spacing value is reserved.
    #[error("profile with reserved spacing {control:#04x} {value:#04x}")]
    ProfileSpacing {
        /// The spacing control byte.
        control: u8,
        /// The spacing value.
        value: u8,
    },
}

impl DecodeErrorKind {
    /// The canonical name of the kind, in snake case.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Truncated { .. } => "truncated",
            Self::Start { .. } => "start",
            Self::SecondStart { .. } => "second_start",
            Self::LengthMismatch { .. } => "length_mismatch",
            Self::LengthTooSmall { .. } => "length_too_small",
            Self::Checksum { .. } => "checksum",
            Self::Stop { .. } => "stop",
            Self::FixedLength { .. } => "fixed_length",
            Self::TrailingBytes { .. } => "trailing_bytes",
            Self::TooManyDife => "too_many_dife",
            Self::TooManyVife => "too_many_vife",
            Self::ReservedDif { .. } => "reserved_dif",
            Self::ReservedLvar { .. } => "reserved_lvar",
            Self::ProfileSpacing { .. } => "profile_spacing",
            Self::RadioLength { .. } => "radio_length",
            Self::Crc { .. } => "crc",
            Self::AuthenticationLength { .. } => "authentication_length",
            Self::Key => "key",
            Self::Authentication => "authentication",
            Self::Unauthenticated => "unauthenticated",
        }
    }
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
    /// The data does not fit into one frame (252 bytes after CI).
    #[error("{found} bytes of user data, at most 252 fit")]
    UserData {
        /// How long the data is.
        found: usize,
    },
    /// The payload does not fit into one radio frame.
    #[error("{found} bytes of payload, at most {limit} fit")]
    Payload {
        /// How long the payload is.
        found: usize,
        /// How long it may be.
        limit: usize,
    },
    /// A number, text or time that the chosen coding cannot hold.
    #[error("value does not fit the coding")]
    Value,
    /// A combination of structure, header and byte order that has no CI field.
    #[error("no CI field for this header and byte order")]
    NoCi,
    /// A security mode that is only named here, or that lacks what its key is derived from.
    #[error("messages of this security mode are not built")]
    Security,
    /// A combination of quantity, unit and exponent that has no VIF.
    #[error("no VIF for this quantity, unit and exponent")]
    NoVif,
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    const _: () = assert!(size_of::<DecodeError>() <= 24);

    #[test]
    fn checksum_error_reads_well() {
        let error = DecodeError::new(
            DecodeErrorKind::Checksum {
                expected: 0x19,
                found: 0x18,
            },
            35,
        );
        assert_eq!(
            error.to_string(),
            "checksum is 0x18, expected 0x19 at byte 35"
        );
    }
}
