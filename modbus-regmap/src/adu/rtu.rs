//! Frames in binary on a serial line (Modbus over Serial Line 1.02, 2.5.1).

use crate::adu::crc::crc16;
use crate::adu::{Adu, Direction, Header};
use crate::parse::saturated;
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError, UnitId, pdu};

/// Unit, function code and CRC.
const MIN_LENGTH: usize = 4;
/// Unit and CRC.
const OVERHEAD: usize = 3;

/// The framing of most serial lines: unit, protocol data unit, CRC.
///
/// ```
/// use modbus_regmap::adu::{Direction, Header, Rtu};
/// use modbus_regmap::{Request, Table, UnitId};
///
/// let frame = [0x01, 0x03, 0x00, 0x00, 0x00, 0x02, 0xC4, 0x0B];
/// let adu = Rtu::parse(Direction::Request, &frame).unwrap();
/// assert_eq!(adu.header, Header::serial(UnitId(1)));
/// assert_eq!(adu.request(), Ok(Request::read(Table::HoldingRegister, 0, 2)));
///
/// let mut out = [0; Rtu::MAX_LENGTH];
/// assert_eq!(Rtu::encode_into(UnitId(1), adu.pdu, &mut out), Ok(8));
/// assert_eq!(out[..8], frame);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rtu;

impl Rtu {
    /// The length of the longest frame.
    pub const MAX_LENGTH: usize = pdu::MAX_LENGTH + OVERHEAD;

    /// Parses a frame that fills the whole of `bytes`.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`] if bytes are missing, which includes the CRC of a frame whose
    /// length cannot be told; [`DecodeErrorKind::Trailing`] if bytes are left;
    /// [`DecodeErrorKind::Crc`] if the check fails.
    pub fn parse(direction: Direction, bytes: &[u8]) -> Result<Adu<'_>, DecodeError> {
        let [unit, .., low, high] = *bytes else {
            return Err(truncated(bytes, MIN_LENGTH));
        };
        if bytes.len() > Self::MAX_LENGTH {
            return Err(DecodeError {
                kind: DecodeErrorKind::TooLong {
                    found: saturated(bytes.len()),
                    max: saturated(Self::MAX_LENGTH),
                },
                offset: Self::MAX_LENGTH,
            });
        }
        let at = |index: usize| bytes.get(index).copied();
        let length = match direction {
            Direction::Request => request_length(at),
            Direction::Response => response_length(at),
            // Only the CRC can tell.
            Direction::Both => FrameLength::Unknown,
        };
        match length {
            FrameLength::Known(length) | FrameLength::AtLeast(length) if length > bytes.len() => {
                return Err(truncated(bytes, length));
            }
            FrameLength::Known(length) if length < bytes.len() => {
                return Err(DecodeError {
                    kind: DecodeErrorKind::Trailing {
                        count: saturated(bytes.len().saturating_sub(length)),
                    },
                    offset: length,
                });
            }
            FrameLength::Invalid => {
                return Err(DecodeError {
                    kind: DecodeErrorKind::FunctionCode(at(1).unwrap_or_default()),
                    offset: 1,
                });
            }
            _ if bytes.len() < MIN_LENGTH => return Err(truncated(bytes, MIN_LENGTH)),
            _ => {}
        }
        let end = bytes.len().saturating_sub(2);
        let expected = crc16(bytes.get(..end).unwrap_or_default());
        let found = u16::from_le_bytes([low, high]);
        if expected != found {
            return Err(DecodeError {
                kind: DecodeErrorKind::Crc { expected, found },
                offset: end,
            });
        }
        Ok(Adu {
            header: Header::serial(UnitId(unit)),
            pdu: bytes.get(1..end).unwrap_or_default(),
        })
    }

    /// How long the frame is that starts with `prefix`.
    ///
    /// Streams are cut by it, since operating systems and adapters do not keep the silence between
    /// frames. The answer for [`Direction::Both`] is that of a request.
    ///
    /// ```
    /// use modbus_regmap::adu::{Direction, FrameLength, Rtu};
    ///
    /// let answer = [0x11, 0x03, 0x06];
    /// assert_eq!(Rtu::length(Direction::Response, &answer), FrameLength::Known(11));
    /// assert_eq!(Rtu::length(Direction::Response, &answer[..2]), FrameLength::AtLeast(3));
    /// ```
    #[must_use]
    pub fn length(direction: Direction, prefix: &[u8]) -> FrameLength {
        let at = |index: usize| prefix.get(index).copied();
        match direction {
            Direction::Request | Direction::Both => request_length(at),
            Direction::Response => response_length(at),
        }
    }

    /// Writes a frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// If `pdu` is empty or longer than 253 bytes, or if `out` is too short; `out` is untouched
    /// then.
    pub fn encode_into(unit: UnitId, pdu: &[u8], out: &mut [u8]) -> Result<usize, EncodeError> {
        check_pdu(pdu)?;
        let body = pdu.len().saturating_add(1);
        let length = Writer::fill(out, pdu.len().saturating_add(OVERHEAD), |writer| {
            writer.u8(unit.0);
            writer.bytes(pdu);
        })?;
        let crc = crc16(out.get(..body).unwrap_or_default());
        let place = out.get_mut(body..length).unwrap_or_default();
        for (to, from) in place.iter_mut().zip(crc.to_le_bytes()) {
            *to = from;
        }
        Ok(length)
    }
}

/// What the first bytes of an RTU frame say about its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameLength {
    /// So many bytes, unit and CRC included.
    Known(usize),
    /// To say more, so many bytes have to be there.
    AtLeast(usize),
    /// The function does not tell: its frames end with a silence.
    Unknown,
    /// No frame starts like this.
    Invalid,
}

impl FrameLength {
    const fn of(length: usize) -> Self {
        if length > Rtu::MAX_LENGTH {
            Self::Invalid
        } else {
            Self::Known(length)
        }
    }
}

/// The length of a request; `at` gives the byte at a position, where there is one.
#[inline]
pub(super) fn request_length(at: impl Fn(usize) -> Option<u8>) -> FrameLength {
    let Some(function) = at(1) else {
        return FrameLength::AtLeast(2);
    };
    match function {
        0x01..=0x06 | 0x08 => FrameLength::Known(8),
        0x07 | 0x0B | 0x0C | 0x11 => FrameLength::Known(4),
        0x0F | 0x10 => counted(at, 6, 9),
        0x14 | 0x15 => counted(at, 2, 5),
        0x16 => FrameLength::Known(10),
        0x17 => counted(at, 10, 13),
        0x18 => FrameLength::Known(6),
        0x2B => match at(2) {
            None => FrameLength::AtLeast(3),
            Some(0x0E) => FrameLength::Known(7),
            Some(_) => FrameLength::Unknown,
        },
        0x00 | 0x80.. => FrameLength::Invalid,
        _ => FrameLength::Unknown,
    }
}

/// The length of a response; `at` gives the byte at a position, where there is one.
#[inline]
pub(super) fn response_length(at: impl Fn(usize) -> Option<u8>) -> FrameLength {
    let Some(function) = at(1) else {
        return FrameLength::AtLeast(2);
    };
    match function {
        0x01..=0x04 | 0x0C | 0x11 | 0x14 | 0x15 | 0x17 => counted(at, 2, 5),
        0x05 | 0x06 | 0x08 | 0x0B | 0x0F | 0x10 => FrameLength::Known(8),
        0x07 | 0x81.. => FrameLength::Known(5),
        0x16 => FrameLength::Known(10),
        0x18 => match (at(2), at(3)) {
            (Some(high), Some(low)) => {
                FrameLength::of(usize::from(u16::from_be_bytes([high, low])).saturating_add(6))
            }
            _ => FrameLength::AtLeast(4),
        },
        0x2B => match at(2) {
            None => FrameLength::AtLeast(3),
            Some(0x0E) => identification_length(at),
            Some(_) => FrameLength::Unknown,
        },
        0x00 | 0x80 => FrameLength::Invalid,
        _ => FrameLength::Unknown,
    }
}

/// The byte count at `place`, and `others` bytes beside what it counts.
fn counted(at: impl Fn(usize) -> Option<u8>, place: usize, others: usize) -> FrameLength {
    match at(place) {
        Some(count) => FrameLength::of(usize::from(count).saturating_add(others)),
        None => FrameLength::AtLeast(place.saturating_add(1)),
    }
}

/// Device identification gives the length of each object only.
fn identification_length(at: impl Fn(usize) -> Option<u8>) -> FrameLength {
    let Some(objects) = at(7) else {
        return FrameLength::AtLeast(8);
    };
    let mut end = 8_usize;
    for _ in 0..objects {
        let place = end.saturating_add(1);
        let Some(length) = at(place) else {
            if place >= Rtu::MAX_LENGTH {
                return FrameLength::Invalid;
            }
            return FrameLength::AtLeast(place.saturating_add(1));
        };
        end = end.saturating_add(2).saturating_add(usize::from(length));
    }
    FrameLength::of(end.saturating_add(2))
}

/// A protocol data unit has 1 to 253 bytes.
pub(super) fn check_pdu(pdu: &[u8]) -> Result<(), EncodeError> {
    if (1..=pdu::MAX_LENGTH).contains(&pdu.len()) {
        Ok(())
    } else {
        Err(EncodeError::Pdu { found: pdu.len() })
    }
}

fn truncated(bytes: &[u8], length: usize) -> DecodeError {
    DecodeError {
        kind: DecodeErrorKind::Truncated {
            needed: saturated(length.saturating_sub(bytes.len())),
        },
        offset: bytes.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> DecodeErrorKind {
        Rtu::parse(Direction::Response, bytes).unwrap_err().kind
    }

    #[test]
    fn frames_of_the_reference() {
        for frame in [
            [0x11, 0x03, 0x00, 0x6B, 0x00, 0x03, 0x76, 0x87],
            [0x01, 0x04, 0x00, 0x48, 0x00, 0x02, 0xF1, 0xDD],
        ] {
            let adu = Rtu::parse(Direction::Request, &frame).unwrap();
            let mut out = [0; 8];
            assert_eq!(Rtu::encode_into(adu.header.unit, adu.pdu, &mut out), Ok(8));
            assert_eq!(out, frame);
        }
        let adu = Rtu::parse(Direction::Response, &[0x01, 0x83, 0x02, 0xC0, 0xF1]).unwrap();
        assert_eq!(adu.pdu, [0x83, 0x02]);
    }

    #[test]
    fn what_is_missing_is_told_from_what_is_wrong() {
        let frame = [0x11, 0x03, 0x04, 0x00, 0x01, 0xAB, 0xCD, 0x04, 0x97];
        assert!(Rtu::parse(Direction::Response, &frame).is_ok());
        assert_eq!(error(&frame[..8]), DecodeErrorKind::Truncated { needed: 1 });
        assert_eq!(error(&frame[..1]), DecodeErrorKind::Truncated { needed: 3 });
        assert_eq!(error(&[]), DecodeErrorKind::Truncated { needed: 4 });
        let mut long = [0; 10];
        long[..9].copy_from_slice(&frame);
        assert_eq!(error(&long), DecodeErrorKind::Trailing { count: 1 });
        let mut wrong = frame;
        wrong.swap(7, 8);
        assert_eq!(
            error(&wrong),
            DecodeErrorKind::Crc {
                expected: 0x9704,
                found: 0x0497
            }
        );
    }

    // rmodbus 0.13 panics here.
    #[test]
    fn a_byte_count_beyond_the_frame_is_missing_bytes() {
        let frame = [0x01, 0x04, 0x12, 0xA2, 0xCD];
        assert_eq!(error(&frame), DecodeErrorKind::Truncated { needed: 18 });
    }

    // modbus-core 0.2 panics here.
    #[test]
    fn a_coil_value_of_no_meaning_is_an_error() {
        let frame = [0x01, 0x05, 0x03, 0xBA, 0xAF, 0x0A, 0x11, 0x9C];
        let error = match Rtu::parse(Direction::Request, &frame) {
            Ok(adu) => adu.request().unwrap_err(),
            Err(error) => error,
        };
        assert_eq!(error.kind, DecodeErrorKind::CoilValue(0xAF0A));
    }

    #[test]
    fn device_identification_is_walked() {
        let start = [
            0x64, 0x2B, 0x0E, 1, 2, 0, 0, 3, 0, 2, b'a', b'b', 1, 0, 2, 1,
        ];
        let length = |end| Rtu::length(Direction::Response, &start[..end]);
        assert_eq!(length(7), FrameLength::AtLeast(8));
        assert_eq!(length(9), FrameLength::AtLeast(10));
        assert_eq!(length(10), FrameLength::AtLeast(14));
        assert_eq!(length(14), FrameLength::AtLeast(16));
        assert_eq!(length(16), FrameLength::Known(19));
    }

    #[test]
    fn no_prefix_asks_for_more_than_a_frame() {
        let mut prefix = [0xFF; 300];
        for function in 0..=u8::MAX {
            prefix[1] = function;
            prefix[2] = 0x0E;
            for end in 0..prefix.len() {
                for direction in [Direction::Request, Direction::Response] {
                    match Rtu::length(direction, &prefix[..end]) {
                        FrameLength::Known(length) => assert!(length <= Rtu::MAX_LENGTH),
                        FrameLength::AtLeast(length) => {
                            assert!(length > end && length <= Rtu::MAX_LENGTH);
                        }
                        FrameLength::Unknown | FrameLength::Invalid => {}
                    }
                }
            }
        }
    }

    #[test]
    fn what_no_frame_can_carry_is_refused() {
        let mut out = [0; 300];
        assert_eq!(
            Rtu::encode_into(UnitId(1), &[], &mut out),
            Err(EncodeError::Pdu { found: 0 })
        );
        assert_eq!(
            Rtu::encode_into(UnitId(1), &[0; 254], &mut out),
            Err(EncodeError::Pdu { found: 254 })
        );
        assert_eq!(Rtu::encode_into(UnitId(1), &[0; 253], &mut out), Ok(256));
    }
}
