//! Frames over TCP, or in datagrams (Modbus Messaging on TCP/IP 1.0b, 3.1.3).

use crate::adu::rtu::check_pdu;
use crate::adu::{Adu, Header};
use crate::parse::{Reader, saturated};
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError, UnitId, pdu};

/// What stands before the bytes that the length field counts.
pub(super) const PREFIX: usize = 6;
/// The unit belongs to the header, and to what the length field counts.
pub(super) const HEADER: usize = 7;

/// The framing of TCP: transaction, protocol, length and unit, then the protocol data unit.
///
/// ```
/// use modbus_regmap::adu::{Header, Tcp};
/// use modbus_regmap::{Request, Table, UnitId};
///
/// let frame = [0x00, 0x15, 0, 0, 0, 6, 0x11, 0x03, 0, 0, 0, 2];
/// let adu = Tcp::parse(&frame).unwrap();
/// let header = Header { transaction: 21, unit: UnitId(17) };
/// assert_eq!(adu.header, header);
/// assert_eq!(adu.request(), Ok(Request::read(Table::HoldingRegister, 0, 2)));
///
/// let mut out = [0; Tcp::MAX_LENGTH];
/// assert_eq!(Tcp::encode_into(header, adu.pdu, &mut out), Ok(12));
/// assert_eq!(out[..12], frame);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Tcp;

impl Tcp {
    /// The length of the longest frame.
    pub const MAX_LENGTH: usize = pdu::MAX_LENGTH + HEADER;

    /// Parses a frame that fills the whole of `bytes`, such as a datagram.
    ///
    /// # Errors
    ///
    /// If bytes are missing or left, if the protocol is not 0, or if the length is not 2 to 254.
    pub fn parse(bytes: &[u8]) -> Result<Adu<'_>, DecodeError> {
        let mut input = Reader::new(bytes);
        let transaction = input.u16()?;
        let protocol = input.u16()?;
        if protocol != 0 {
            return Err(input.error_before(2, DecodeErrorKind::ProtocolId(protocol)));
        }
        let length = input.u16()?;
        if !(2..=254).contains(&length) {
            return Err(input.error_before(2, DecodeErrorKind::LengthField(length)));
        }
        let mut body = input.part(usize::from(length))?;
        input.end()?;
        let unit = UnitId(body.u8()?);
        Ok(Adu {
            header: Header { transaction, unit },
            pdu: body.rest(),
        })
    }

    /// Writes a frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// If `pdu` is empty or longer than 253 bytes, or if `out` is too short; `out` is untouched
    /// then.
    pub fn encode_into(header: Header, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError> {
        check_pdu(pdu)?;
        Writer::fill(out, pdu.len().saturating_add(HEADER), |writer| {
            writer.u16(header.transaction);
            writer.u16(0);
            writer.u16(saturated(pdu.len()).saturating_add(1));
            writer.u8(header.unit.0);
            writer.bytes(pdu);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> DecodeError {
        Tcp::parse(bytes).unwrap_err()
    }

    #[test]
    fn an_error_points_at_the_field() {
        let frame = [0, 1, 0, 0, 0, 7, 1, 3, 4, 0, 1, 0xAB, 0xCD];
        assert!(Tcp::parse(&frame).is_ok());
        let with = |index: usize, byte| {
            let mut frame = frame;
            frame[index] = byte;
            error(&frame)
        };
        assert_eq!(
            with(3, 1),
            DecodeError {
                kind: DecodeErrorKind::ProtocolId(1),
                offset: 2
            }
        );
        for length in [0, 1, 255] {
            assert_eq!(
                with(5, length),
                DecodeError {
                    kind: DecodeErrorKind::LengthField(length.into()),
                    offset: 4
                }
            );
        }
        assert_eq!(
            with(5, 8),
            DecodeError {
                kind: DecodeErrorKind::Truncated { needed: 1 },
                offset: 6
            }
        );
        assert_eq!(
            with(5, 6),
            DecodeError {
                kind: DecodeErrorKind::Trailing { count: 1 },
                offset: 12
            }
        );
    }

    // tokio-modbus 0.17 panics here.
    #[test]
    fn a_write_of_coils_that_ends_early_is_an_error() {
        let frame = [0, 1, 0, 0, 0, 7, 1, 0x0F, 0, 0, 0, 0x10, 0];
        let adu = Tcp::parse(&frame).unwrap();
        assert!(adu.request().is_err());
        assert!(adu.response().is_err());
    }
}
