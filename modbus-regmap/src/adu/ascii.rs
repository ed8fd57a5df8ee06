//! Frames in hexadecimal digits (Modbus over Serial Line 1.02, 2.5.2).

use bitflags::bitflags;

use crate::adu::rtu::check_pdu;
use crate::adu::{Adu, Header};
use crate::parse::saturated;
use crate::write::Writer;
use crate::{DecodeError, DecodeErrorKind, EncodeError, UnitId, pdu};

pub(super) const COLON: u8 = b':';
pub(super) const CR: u8 = b'\r';
pub(super) const LF: u8 = b'\n';
/// Unit, protocol data unit and LRC.
pub(super) const MAX_BYTES: usize = pdu::MAX_LENGTH + 2;

/// The framing in text: a colon, two upper-case digits a byte, LRC, carriage return, line feed.
///
/// ```
/// use modbus_regmap::adu::{Ascii, AsciiDeviations, Header};
/// use modbus_regmap::{Request, Table, UnitId};
///
/// let mut buffer = [0; Ascii::MAX_BYTES];
/// let (adu, deviations) =
///     Ascii::parse(b":010300000002FA\r\n", AsciiDeviations::empty(), &mut buffer).unwrap();
/// assert_eq!(adu.header, Header::serial(UnitId(1)));
/// assert_eq!(adu.request(), Ok(Request::read(Table::HoldingRegister, 0, 2)));
/// assert!(deviations.is_empty());
///
/// let mut out = [0; Ascii::MAX_LENGTH];
/// assert_eq!(Ascii::encode_into(UnitId(1), adu.pdu, &mut out), Ok(17));
/// assert_eq!(&out[..17], b":010300000002FA\r\n");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ascii;

bitflags! {
    /// What some devices do to ASCII frames. None of it can make a correct frame read differently.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct AsciiDeviations: u8 {
        /// Lower-case digits.
        const LOWER_CASE = 1;
        /// A line feed without a carriage return before it.
        const NO_CARRIAGE_RETURN = 1 << 1;
    }
}

impl Ascii {
    /// The length of the longest frame in characters.
    pub const MAX_LENGTH: usize = 2 * MAX_BYTES + 3;
    /// How many bytes a frame holds at most: unit, protocol data unit and LRC.
    pub const MAX_BYTES: usize = MAX_BYTES;

    /// Parses a frame that fills the whole of `text` into `buffer`, and says which of the
    /// deviations that are `allowed` it met.
    ///
    /// # Errors
    ///
    /// If characters are missing, left or wrong, or if the LRC does not fit.
    pub fn parse<'a>(
        text: &[u8],
        allowed: AsciiDeviations,
        buffer: &'a mut [u8; MAX_BYTES],
    ) -> Result<(Adu<'a>, AsciiDeviations), DecodeError> {
        let mut bytes = Bytes::new();
        let mut met = AsciiDeviations::empty();
        let mut state = State::Start;
        let mut rest = text;
        while let Some((&character, behind)) = rest.split_first() {
            let offset = text.len().wrapping_sub(rest.len());
            rest = behind;
            let error = |kind| Err(DecodeError { kind, offset });
            state = match (state, character) {
                (State::Start, COLON) => State::Digits,
                (State::Start, other) => return error(DecodeErrorKind::Start(other)),
                (State::Digits, CR) => State::Return,
                (State::Digits, LF) => {
                    met |= AsciiDeviations::NO_CARRIAGE_RETURN;
                    State::End
                }
                (State::Digits, other) => {
                    let Some(digit) = digit(other, &mut met) else {
                        return error(DecodeErrorKind::Digit(other));
                    };
                    if !allowed.contains(met) {
                        return error(DecodeErrorKind::Digit(other));
                    }
                    if !bytes.push(digit, buffer) {
                        return error(DecodeErrorKind::TooLong {
                            found: saturated(text.len()),
                            max: saturated(Self::MAX_LENGTH),
                        });
                    }
                    State::Digits
                }
                (State::Return, LF) => State::End,
                (State::Return, other) => return error(DecodeErrorKind::End(other)),
                (State::End, _) => {
                    return error(DecodeErrorKind::Trailing {
                        count: saturated(text.len().saturating_sub(offset)),
                    });
                }
            };
            if !allowed.contains(met) {
                return error(DecodeErrorKind::End(character));
            }
        }
        let missing = match state {
            State::Start => 9,
            State::Digits => 2,
            State::Return => 1,
            State::End => 0,
        };
        let error = |kind| DecodeError {
            kind,
            offset: text.len(),
        };
        if missing > 0 {
            return Err(error(DecodeErrorKind::Truncated { needed: missing }));
        }
        match bytes.adu(buffer) {
            Ok(adu) => Ok((adu, met)),
            Err(kind) => Err(error(kind)),
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
        let length = pdu.len().saturating_mul(2).saturating_add(7);
        Writer::fill(out, length, |writer| {
            writer.u8(COLON);
            put_digits(writer, unit.0);
            for &byte in pdu {
                put_digits(writer, byte);
            }
            put_digits(writer, lrc(pdu).wrapping_sub(unit.0));
            writer.u8(CR);
            writer.u8(LF);
        })
    }
}

/// The LRC over `bytes`, which in a frame are unit and protocol data unit (Modbus over Serial Line
/// 1.02, 6.2.1).
///
/// The sum of the bytes together with their LRC is 0.
///
/// ```
/// use modbus_regmap::adu::lrc;
///
/// assert_eq!(lrc(&[0x01, 0x03, 0x00, 0x00, 0x00, 0x02]), 0xFA);
/// ```
#[must_use]
pub fn lrc(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_sub(*byte))
}

enum State {
    Start,
    Digits,
    Return,
    End,
}

/// The bytes of a frame on their way out of its digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes {
    length: usize,
    // The first digit of a byte.
    high: Option<u8>,
    sum: u8,
}

impl Bytes {
    pub(super) const fn new() -> Self {
        Self {
            length: 0,
            high: None,
            sum: 0,
        }
    }

    /// Takes one digit; `false` if no frame has so many.
    pub(super) fn push(&mut self, digit: u8, buffer: &mut [u8; MAX_BYTES]) -> bool {
        let Some(high) = self.high.take() else {
            self.high = Some(digit);
            return self.length < buffer.len();
        };
        let Some(place) = buffer.get_mut(self.length) else {
            return false;
        };
        *place = high << 4 | digit;
        self.sum = self.sum.wrapping_add(*place);
        self.length = self.length.saturating_add(1);
        true
    }

    /// The frame, if its bytes are whole and their sum with the LRC is 0.
    pub(super) fn adu<'a>(&self, buffer: &'a [u8; MAX_BYTES]) -> Result<Adu<'a>, DecodeErrorKind> {
        if self.high.is_some() {
            return Err(DecodeErrorKind::OddDigits);
        }
        match buffer.get(..self.length) {
            Some([unit, pdu @ .., found]) if !pdu.is_empty() => {
                if self.sum != 0 {
                    return Err(DecodeErrorKind::Lrc {
                        expected: found.wrapping_sub(self.sum),
                        found: *found,
                    });
                }
                Ok(Adu {
                    header: Header::serial(UnitId(*unit)),
                    pdu,
                })
            }
            _ => Err(DecodeErrorKind::Truncated {
                needed: saturated(3_usize.saturating_sub(self.length).saturating_mul(2)),
            }),
        }
    }
}

/// The value of a digit; what is odd about it is added to `met`.
pub(super) fn digit(character: u8, met: &mut AsciiDeviations) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character.wrapping_sub(b'0')),
        b'A'..=b'F' => Some(character.wrapping_sub(b'A' - 10)),
        b'a'..=b'f' => {
            *met |= AsciiDeviations::LOWER_CASE;
            Some(character.wrapping_sub(b'a' - 10))
        }
        _ => None,
    }
}

fn put_digits(writer: &mut Writer<'_>, byte: u8) {
    for digit in [byte >> 4, byte & 0x0F] {
        writer.u8(match digit {
            0..=9 => b'0'.wrapping_add(digit),
            _ => (b'A' - 10).wrapping_add(digit),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &[u8], allowed: AsciiDeviations) -> Result<AsciiDeviations, DecodeError> {
        Ascii::parse(text, allowed, &mut [0; MAX_BYTES]).map(|(_, met)| met)
    }

    fn error(text: &[u8]) -> DecodeError {
        parse(text, AsciiDeviations::empty()).unwrap_err()
    }

    #[test]
    fn errors_point_at_the_character() {
        let at = |kind, offset| DecodeError { kind, offset };
        use DecodeErrorKind::*;
        assert_eq!(error(b"x:"), at(Start(b'x'), 0));
        assert_eq!(error(b":1103G4\r\n"), at(Digit(b'G'), 5));
        assert_eq!(error(b":1103\rx"), at(End(b'x'), 6));
        assert_eq!(error(b":1103EC\n"), at(End(b'\n'), 7));
        assert_eq!(error(b":1103ec\r\n"), at(Digit(b'e'), 5));
        assert_eq!(error(b":1103EC\r\n\n"), at(Trailing { count: 1 }, 9));
        assert_eq!(error(b":1103EC\r"), at(Truncated { needed: 1 }, 8));
        assert_eq!(error(b":1103EC"), at(Truncated { needed: 2 }, 7));
        assert_eq!(error(b":1103EC0\r\n"), at(OddDigits, 10));
        assert_eq!(error(b":1100\r\n"), at(Truncated { needed: 2 }, 7));
        assert_eq!(
            error(b":1103ED\r\n"),
            at(
                Lrc {
                    expected: 0xEC,
                    found: 0xED
                },
                9
            )
        );
    }

    #[test]
    fn deviations_are_read_where_allowed_and_reported() {
        let all = AsciiDeviations::all();
        assert_eq!(parse(b":1103EC\r\n", all), Ok(AsciiDeviations::empty()));
        assert_eq!(parse(b":1103ec\r\n", all), Ok(AsciiDeviations::LOWER_CASE));
        assert_eq!(parse(b":1103ec\n", all), Ok(all));
        assert!(parse(b":1103ec\n", AsciiDeviations::LOWER_CASE).is_err());
    }

    #[test]
    fn the_longest_frame_has_513_characters() {
        let mut out = [0; 600];
        assert_eq!(Ascii::encode_into(UnitId(1), &[0; 253], &mut out), Ok(513));
        assert_eq!(Ascii::MAX_LENGTH, 513);
        assert!(parse(&out[..513], AsciiDeviations::empty()).is_ok());
        let mut longer = [b'0'; 600];
        longer[0] = COLON;
        assert!(matches!(
            error(&longer).kind,
            DecodeErrorKind::TooLong { .. }
        ));
    }
}
