//! What a telegram is about, by its CI field.

use crate::app::{ApplicationError, BaudRate, ControlInformation, FixedData, Header, UserData};
use crate::link::SecondaryAddressMask;

/// Application data: the CI field and what follows it, sorted.
///
/// Codes with two meanings are read thus:
///
/// - 52h, 54h, 55h, 56h, 76h, 77h in the classic way: selection, synchronization, and mode 2 (most
///   significant byte first). No other meaning of theirs is in use on the wired bus.
/// - 73h as the fixed data structure if its length is that of one (16 bytes), or too short for
///   anything else; otherwise as a compact frame.
///
/// Where the header names an encryption, the data of commands and responses is what it made of
/// the records, and every other structure comes as [`Other`](Self::Other). With the plain text,
/// [`from_plain`](Self::from_plain) goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApplicationData<'a> {
    /// Reset of the application, or selection of one (50h, 53h).
    Reset {
        /// The header.
        header: Header,
        /// The sub-codes, mostly none or one ([`ResetCode`](crate::app::ResetCode)).
        codes: &'a [u8],
    },
    /// Records for the meter (51h, 5Ah, 5Bh; 55h in mode 2).
    Command {
        /// The header.
        header: Header,
        /// The records.
        data: UserData<'a>,
    },
    /// Selection of slaves by secondary address (52h; 56h in mode 2).
    Selection {
        /// Which slaves.
        mask: SecondaryAddressMask,
        /// Records that narrow the selection, such as a fabrication number.
        data: UserData<'a>,
    },
    /// Order to store values now (54h, 5Ch), without data.
    Synchronize {
        /// Which of the two codes.
        ci: ControlInformation,
    },
    /// Order to switch to another baud rate (B8h to BFh), without data.
    SetBaudRate(BaudRate),
    /// Records of the meter (72h, 78h, 7Ah; 76h in mode 2).
    Response {
        /// The header.
        header: Header,
        /// The records.
        data: UserData<'a>,
    },
    /// The fixed data structure (73h; 77h in mode 2).
    Fixed(FixedData<'a>),
    /// Records of the meter without their headers (73h, 79h, 7Bh).
    Compact {
        /// The header.
        header: Header,
        /// CRC over the record headers, by which they are found again.
        signature: u16,
        /// CRC over the records with their headers.
        full_crc: u16,
        /// The data of the records, one after the other.
        data: &'a [u8],
    },
    /// The record headers of later compact frames (69h, 6Ah, 6Bh).
    Format {
        /// The header.
        header: Header,
        /// The length byte, as sent.
        length: u8,
        /// CRC over the record headers.
        signature: u16,
        /// The record headers, one after the other.
        headers: &'a [u8],
    },
    /// An error of the application (6Eh, 6Fh, 70h).
    Error {
        /// The header.
        header: Header,
        /// The error; `None` if the code was not sent, which means unspecified.
        error: Option<ApplicationError>,
        /// What follows the code: records of a dynamic error, else mostly nothing.
        data: &'a [u8],
    },
    /// An alarm (71h, 74h, 75h).
    Alarm {
        /// The header.
        header: Header,
        /// The alarm, mostly one byte of flags that the manufacturer defines.
        data: &'a [u8],
    },
    /// A time for the clock of the meter (6Ch, 6Dh).
    TimeSync {
        /// The header.
        header: Header,
        /// What kind of time.
        kind: TimeSync,
        /// The time.
        data: &'a [u8],
    },
    /// Everything else: other protocols and layers, what the manufacturer defines, what is
    /// reserved, what is encrypted, and codes of the above with unexpected data.
    Other {
        /// The CI field.
        ci: ControlInformation,
        /// The header, where the table names one for the code and enough bytes are there.
        header: Header,
        /// What follows.
        data: &'a [u8],
    },
}

/// What kind of time a time synchronization has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeSync {
    /// A point in time (6Ch).
    Absolute,
    /// A difference to add (6Dh).
    Relative,
}

impl ApplicationData<'_> {
    /// The header; [`Header::None`] where there is none.
    #[must_use]
    pub const fn header(&self) -> Header {
        match *self {
            Self::Reset { header, .. }
            | Self::Command { header, .. }
            | Self::Response { header, .. }
            | Self::Compact { header, .. }
            | Self::Format { header, .. }
            | Self::Error { header, .. }
            | Self::Alarm { header, .. }
            | Self::TimeSync { header, .. }
            | Self::Other { header, .. } => header,
            Self::Selection { .. }
            | Self::Synchronize { .. }
            | Self::SetBaudRate(_)
            | Self::Fixed(_) => Header::None,
        }
    }
}
