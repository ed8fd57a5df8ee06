//! The limits that follow from 253 bytes, checked on the way in and on the way out.

use crate::parse::{Reader, saturated};
use crate::pdu::MAX_LENGTH;
use crate::{DecodeError, DecodeErrorKind, EncodeError};

pub(super) const MAX_READ_BITS: u16 = 2000;
pub(super) const MAX_READ_REGISTERS: u16 = 125;
pub(super) const MAX_WRITE_BITS: u16 = 1968;
pub(super) const MAX_WRITE_REGISTERS: u16 = 123;
pub(super) const MAX_READ_WRITE_REGISTERS: u16 = 121;
pub(super) const MAX_DIAGNOSTIC_DATA: u16 = 250;
pub(super) const MAX_ENCAPSULATED: u16 = 251;

/// The types of function 43.
pub(super) const CAN_OPEN: u8 = 0x0D;
pub(super) const DEVICE_IDENTIFICATION: u8 = 0x0E;

const ON: u16 = 0xFF00;
const OFF: u16 = 0x0000;

pub(super) fn check_pdu(pdu: &[u8]) -> Result<(), DecodeError> {
    if pdu.len() <= MAX_LENGTH {
        return Ok(());
    }
    Err(DecodeError {
        kind: DecodeErrorKind::TooLong {
            found: saturated(pdu.len()),
            max: saturated(MAX_LENGTH),
        },
        offset: MAX_LENGTH,
    })
}

/// An address and how many cells from there on; the end is checked by [`Cells::finish`].
pub(super) struct Cells<'a> {
    start: Reader<'a>,
    pub(super) address: u16,
    pub(super) count: u16,
}

impl<'a> Cells<'a> {
    pub(super) fn parse(input: &mut Reader<'a>, max: u16) -> Result<Self, DecodeError> {
        let start = *input;
        let address = input.u16()?;
        let count = input.u16()?;
        if !(1..=max).contains(&count) {
            let (found, min) = (count, 1);
            return Err(input.error_before(2, DecodeErrorKind::Count { found, min, max }));
        }
        Ok(Self {
            start,
            address,
            count,
        })
    }

    /// To be called last: servers judge all counts before any address.
    pub(super) fn finish(&self) -> Result<(u16, u16), DecodeError> {
        let (address, count) = (self.address, self.count);
        if is_beyond_end(address, count) {
            let kind = DecodeErrorKind::AddressRange { address, count };
            return Err(self.start.error(kind));
        }
        Ok((address, count))
    }
}

/// The bytes behind a byte count that follows from other fields.
pub(super) fn counted<'a>(input: &mut Reader<'a>, expected: u16) -> Result<&'a [u8], DecodeError> {
    let found = u16::from(input.u8()?);
    if found != expected {
        return Err(input.error_before(1, DecodeErrorKind::ByteCount { found, expected }));
    }
    input.bytes(usize::from(found))
}

pub(super) fn coil(input: &mut Reader<'_>) -> Result<bool, DecodeError> {
    match input.u16()? {
        ON => Ok(true),
        OFF => Ok(false),
        other => Err(input.error_before(2, DecodeErrorKind::CoilValue(other))),
    }
}

pub(super) const fn coil_value(value: bool) -> u16 {
    if value { ON } else { OFF }
}

pub(super) fn diagnostic_data<'a>(input: &mut Reader<'a>) -> Result<&'a [u8], DecodeError> {
    let start = *input;
    match input.rest() {
        [] => Err(start.error(DecodeErrorKind::Truncated { needed: 2 })),
        data if data.len() % 2 != 0 => Err(input.error(DecodeErrorKind::Truncated { needed: 1 })),
        data => Ok(data),
    }
}

pub(super) fn check_diagnostic_data(data: &[u8]) -> Result<(), EncodeError> {
    if data.len() % 2 != 0 {
        return Err(EncodeError::OddData { found: data.len() });
    }
    require_data(data, 2, MAX_DIAGNOSTIC_DATA)
}

pub(super) fn require_data(data: &[u8], min: u16, max: u16) -> Result<(), EncodeError> {
    let found = data.len();
    if (usize::from(min)..=usize::from(max)).contains(&found) {
        Ok(())
    } else {
        Err(EncodeError::Count { found, min, max })
    }
}

pub(super) fn check_cells(address: u16, count: usize, max: u16) -> Result<(), EncodeError> {
    match u16::try_from(count) {
        Ok(count) if (1..=max).contains(&count) => {
            if is_beyond_end(address, count) {
                return Err(EncodeError::AddressRange { address, count });
            }
            Ok(())
        }
        _ => Err(EncodeError::Count {
            found: count,
            min: 1,
            max,
        }),
    }
}

/// Whether the last of `count` cells, at least one, has no address.
const fn is_beyond_end(address: u16, count: u16) -> bool {
    address.checked_add(count.saturating_sub(1)).is_none()
}
