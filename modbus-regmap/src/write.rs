//! Puts fields into a slice whose room was checked beforehand.

use core::mem;

use crate::EncodeError;
use crate::parse::saturated;
use crate::pdu::Registers;

/// The part of a slice that is still to be filled.
#[derive(Debug)]
pub(crate) struct Writer<'a> {
    rest: &'a mut [u8],
}

impl Writer<'_> {
    /// Fills the first `length` bytes of `out` with what `write` puts.
    pub(crate) fn fill(
        out: &mut [u8],
        length: usize,
        write: impl FnOnce(&mut Writer<'_>),
    ) -> Result<usize, EncodeError> {
        let rest = out
            .get_mut(..length)
            .ok_or(EncodeError::Buffer { needed: length })?;
        write(&mut Writer { rest });
        Ok(length)
    }

    pub(crate) fn u8(&mut self, value: u8) {
        if let Some((place, rest)) = mem::take(&mut self.rest).split_first_mut() {
            *place = value;
            self.rest = rest;
        }
    }

    pub(crate) fn u16(&mut self, value: u16) {
        let [high, low] = value.to_be_bytes();
        self.u8(high);
        self.u8(low);
    }

    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        let rest = mem::take(&mut self.rest);
        if let Some((front, rest)) = rest.split_at_mut_checked(bytes.len()) {
            for (to, from) in front.iter_mut().zip(bytes) {
                *to = *from;
            }
            self.rest = rest;
        }
    }

    /// The number of `bytes`, in one byte.
    pub(crate) fn count(&mut self, bytes: &[u8]) {
        self.u8(u8::try_from(bytes.len()).unwrap_or(u8::MAX));
    }

    /// A byte count and what it counts.
    pub(crate) fn counted(&mut self, bytes: &[u8]) {
        self.count(bytes);
        self.bytes(bytes);
    }

    /// The number of registers, a byte count, and the registers.
    pub(crate) fn registers(&mut self, registers: Registers<'_>) {
        self.u16(saturated(registers.len()));
        self.counted(registers.as_bytes());
    }
}

/// Appends the protocol data unit that `encode` writes to the front of a slice.
#[cfg(feature = "alloc")]
pub(crate) fn append(
    out: &mut impl bytes::BufMut,
    encode: impl FnOnce(&mut [u8]) -> Result<usize, EncodeError>,
) -> Result<(), EncodeError> {
    let mut pdu = [0; crate::pdu::MAX_LENGTH];
    let length = encode(&mut pdu)?;
    out.put_slice(pdu.get(..length).unwrap_or_default());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_follow_each_other() {
        let mut out = [0; 6];
        let length = Writer::fill(&mut out, 5, |writer| {
            writer.u8(1);
            writer.u16(0x0203);
            writer.bytes(&[4, 5]);
        });
        assert_eq!(length, Ok(5));
        assert_eq!(out, [1, 2, 3, 4, 5, 0]);
    }

    #[test]
    fn a_short_slice_is_refused_untouched() {
        let mut out = [0xAA; 2];
        let result = Writer::fill(&mut out, 3, |writer| writer.bytes(&[1, 2, 3]));
        assert_eq!(result, Err(EncodeError::Buffer { needed: 3 }));
        assert_eq!(out, [0xAA; 2]);
    }
}
