//! Functions that the standard leaves to users, and whatever comes after it.

use core::fmt;

use crate::parse::Reader;
use crate::pdu::FunctionCode;
use crate::{DecodeError, DecodeErrorKind};

/// A function without a meaning here, with its data as it is on the wire.
///
/// That covers the user-defined functions, and function 43 with another type than 13 and 14.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unknown<'a> {
    function: u8,
    data: &'a [u8],
}

impl<'a> Unknown<'a> {
    /// The most data that fits into a protocol data unit.
    pub const MAX_DATA: usize = 252;

    /// A function with its data.
    ///
    /// `None` if the code is 0 or above 127, if the function has a meaning of its own, or if the
    /// data is longer than [`MAX_DATA`](Self::MAX_DATA).
    #[must_use]
    pub const fn new(function: u8, data: &'a [u8]) -> Option<Self> {
        let unknown = match FunctionCode::from_code(function) {
            FunctionCode::Other(1..=127) => true,
            FunctionCode::EncapsulatedInterface => !matches!(data, [0x0D | 0x0E, ..] | []),
            _ => false,
        };
        if unknown && data.len() <= Self::MAX_DATA {
            Some(Self { function, data })
        } else {
            None
        }
    }

    /// A function with its data, as the start of a protocol data unit.
    pub(super) fn parse(code: u8, input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        Self::new(code, input.rest()).ok_or(DecodeError {
            kind: DecodeErrorKind::FunctionCode(code),
            offset: 0,
        })
    }

    /// Function 43 with another type, from this one on.
    pub(super) fn parse_encapsulated(input: &mut Reader<'a>) -> Result<Self, DecodeError> {
        let start = *input;
        let kind = input.u8()?;
        input.rest();
        let code = FunctionCode::EncapsulatedInterface.code();
        Self::new(code, start.as_bytes())
            .ok_or_else(|| start.error(DecodeErrorKind::FunctionCode(kind)))
    }

    /// The code of the function.
    #[must_use]
    pub const fn function(&self) -> FunctionCode {
        FunctionCode::from_code(self.function)
    }

    /// What follows the code.
    #[must_use]
    pub const fn data(&self) -> &'a [u8] {
        self.data
    }
}

impl fmt::Debug for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#04x} {:02x?}", self.function, self.data)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_function_is_not_unknown() {
        assert_eq!(Unknown::new(0x03, &[0, 0, 0, 1]), None);
        assert_eq!(Unknown::new(0x00, &[]), None);
        assert_eq!(Unknown::new(0x83, &[2]), None);
        assert_eq!(Unknown::new(0x2B, &[0x0E, 1, 0]), None);
        assert_eq!(Unknown::new(0x2B, &[]), None);
        assert!(Unknown::new(0x2B, &[0x0F]).is_some());
        assert!(Unknown::new(0x41, &[0; 252]).is_some());
        assert_eq!(Unknown::new(0x41, &[0; 253]), None);
    }
}
