//! One radio frame: who sends, and what.

use crate::link::{ControlField, Frame, Function, SecondaryAddress};
use crate::wireless::Format;
use crate::write::{Write, into_slice};
use crate::{DecodeError, DecodeErrorKind, EncodeError, Tolerance};

/// The first block: length, C field, manufacturer, address.
pub(crate) const HEADER: usize = 10;
/// The smallest length: C field, manufacturer, address.
pub(crate) const MIN_LENGTH: u8 = 9;
/// The longest frame without CRCs.
pub(crate) const MAX_FRAME: usize = 256;

/// A frame of the radio link (EN 13757-4) without its CRCs, which borrows its payload.
///
/// What a frame is for is in its C field ([`Function`](crate::link::Function)): SND_NR brings
/// values, SND_IR asks to be installed, and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RadioFrame<'a> {
    control: ControlField,
    address: SecondaryAddress,
    payload: &'a [u8],
}

impl<'a> RadioFrame<'a> {
    /// The most bytes that a frame carries in format A; in format B, where the length counts the
    /// CRCs, it is four less.
    pub const MAX_PAYLOAD: usize = 246;

    /// A frame of the device with this address.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Payload`] if the payload is longer than [`MAX_PAYLOAD`](Self::MAX_PAYLOAD).
    pub const fn new(
        control: ControlField,
        address: SecondaryAddress,
        payload: &'a [u8],
    ) -> Result<Self, EncodeError> {
        if payload.len() > Self::MAX_PAYLOAD {
            return Err(EncodeError::Payload {
                found: payload.len(),
                limit: Self::MAX_PAYLOAD,
            });
        }
        Ok(Self {
            control,
            address,
            payload,
        })
    }

    /// What stands for the frame, or the frames, that brought a payload.
    pub(crate) const fn of_message(
        control: ControlField,
        address: SecondaryAddress,
        payload: &'a [u8],
    ) -> Self {
        Self {
            control,
            address,
            payload,
        }
    }

    /// Parses a frame whose CRCs were removed from the front of `input`, and returns what follows.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`] and [`DecodeErrorKind::RadioLength`].
    pub fn parse(input: &'a [u8]) -> Result<(Self, &'a [u8]), DecodeError> {
        let needed = |needed: usize| {
            let needed = u16::try_from(needed).unwrap_or(u16::MAX);
            DecodeError::new(DecodeErrorKind::Truncated { needed }, input.len())
        };
        let Some((&[length, control, ref address @ ..], after)) =
            input.split_first_chunk::<HEADER>()
        else {
            return match input.first() {
                Some(&found @ 0..MIN_LENGTH) => {
                    Err(DecodeError::new(DecodeErrorKind::RadioLength { found }, 0))
                }
                _ => Err(needed(HEADER.saturating_sub(input.len()))),
            };
        };
        let Some(payload_len) = length.checked_sub(MIN_LENGTH) else {
            return Err(DecodeError::new(
                DecodeErrorKind::RadioLength { found: length },
                0,
            ));
        };
        let payload_len = usize::from(payload_len);
        let Some((payload, rest)) = after.split_at_checked(payload_len) else {
            return Err(needed(payload_len.saturating_sub(after.len())));
        };
        let frame = Self {
            control: ControlField::from_code(control),
            address: SecondaryAddress::from_link_bytes(*address),
            payload,
        };
        Ok((frame, rest))
    }

    /// Parses a frame in any format from the front of `input`, bridging the deviations in
    /// `allowed`; the frame borrows `buffer`, to which it is copied without its CRCs.
    ///
    /// Without a format it is [detected](Format::detect). Returned are the frame, its format, what
    /// follows it, and what was bridged: [`Tolerance::CHECKSUM`].
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse) and [`DecodeErrorKind::Crc`]; offsets count from the start of
    /// `input`.
    pub fn parse_with<'i>(
        input: &'i [u8],
        format: Option<Format>,
        allowed: Tolerance,
        buffer: &'a mut [u8; 256],
    ) -> Result<(Self, Format, &'i [u8], Tolerance), DecodeError> {
        let format = format
            .or_else(|| Format::detect(input))
            .unwrap_or(Format::WithoutCrc);
        let (len, read, met) = format.strip(input, allowed, buffer)?;
        let (frame, _) = Self::parse(buffer.get(..len).unwrap_or_default())?;
        let rest = input.get(read..).unwrap_or_default();
        Ok((frame, format, rest, met))
    }

    /// Whether bytes from a bus or from a radio receiver, nobody knows which, are a whole radio frame:
    /// no sound wired frame, of the length that the first byte says, and with CRCs that fit or the C
    /// field of a function that there is.
    #[must_use]
    pub fn is_likely(input: &[u8]) -> bool {
        let &[length, control, ..] = input else {
            return false;
        };
        if length < MIN_LENGTH || matches!(Frame::parse(input), Ok((_, []))) {
            return false;
        }
        let function = ControlField::from_code(control).function();
        let is_known = !matches!(function, Function::Other(_)) && control & 0x80 == 0;
        let is_wired_start = matches!(input, [0x68, first, second, 0x68, ..] if first == second);
        match Format::detect(input) {
            Some(Format::WithoutCrc) => {
                let total = Format::WithoutCrc.frame_len(length);
                is_known && !is_wired_start && input.len() == total
            }
            Some(format) => {
                input.len() == format.frame_len(length) && (is_known || !is_wired_start)
            }
            None => false,
        }
    }

    /// The C field.
    #[must_use]
    pub const fn control(&self) -> ControlField {
        self.control
    }

    /// The address of the sender: of the meter, or of the radio module that it speaks through.
    #[must_use]
    pub const fn address(&self) -> SecondaryAddress {
        self.address
    }

    /// What the frame carries, from the first CI field on.
    #[must_use]
    pub const fn payload(&self) -> &'a [u8] {
        self.payload
    }

    /// The length of the encoded frame in bytes.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Payload`] if the payload is too long for this format.
    pub fn encoded_len(&self, format: Format) -> Result<usize, EncodeError> {
        let len = self.payload.len().saturating_add(HEADER);
        format.total(len).ok_or(EncodeError::Payload {
            found: self.payload.len(),
            limit: Self::MAX_PAYLOAD.saturating_sub(4),
        })
    }

    /// Writes the encoded frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// Those of [`encoded_len`](Self::encoded_len), and [`EncodeError::Buffer`] if `out` is shorter;
    /// it is then untouched.
    pub fn encode_into(&self, format: Format, out: &mut [u8]) -> Result<usize, EncodeError> {
        let len = self.encoded_len(format)?;
        into_slice(out, len, |writer| self.write(format, writer))
    }

    /// Appends the encoded frame to `out`, which has to have or make room for
    /// [`encoded_len`](Self::encoded_len) bytes.
    ///
    /// # Errors
    ///
    /// Those of [`encoded_len`](Self::encoded_len).
    #[cfg(feature = "alloc")]
    pub fn encode(&self, format: Format, out: &mut impl bytes::BufMut) -> Result<(), EncodeError> {
        self.encoded_len(format)?;
        self.write(format, &mut crate::write::BufWriter(out));
        Ok(())
    }

    fn write(&self, format: Format, out: &mut impl Write) {
        let mut frame = [0; MAX_FRAME];
        let len = self.payload.len().saturating_add(HEADER);
        // At most 255, by construction.
        let length = u8::try_from(len.saturating_sub(1)).unwrap_or(u8::MAX);
        let [m0, m1, i0, i1, i2, i3, version, medium] = self.address.to_link_bytes();
        let code = self.control.code();
        let header = [length, code, m0, m1, i0, i1, i2, i3, version, medium];
        for (to, from) in frame.iter_mut().zip(header.iter().chain(self.payload)) {
            *to = *from;
        }
        format.write(frame.get(..len).unwrap_or_default(), out);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_frame_has_its_fields() {
        let bytes = [
            0x0A, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x78, 0xFF,
        ];
        let (frame, rest) = RadioFrame::parse(&bytes).unwrap();
        assert_eq!(frame.control().function(), Function::SndNr);
        assert_eq!(frame.address(), "12345678.PAD.01.07".parse().unwrap());
        assert_eq!((frame.payload(), rest), (&[0x78][..], &[0xFF][..]));
    }

    #[test]
    fn a_cut_frame_says_how_much_is_missing() {
        let kind = |input: &[u8]| RadioFrame::parse(input).unwrap_err();
        let missing = |needed| DecodeErrorKind::Truncated { needed };
        assert_eq!(kind(&[]), DecodeError::new(missing(10), 0));
        assert_eq!(kind(&[20; 10]), DecodeError::new(missing(11), 10));
        let too_small = DecodeErrorKind::RadioLength { found: 8 };
        assert_eq!(kind(&[8]), DecodeError::new(too_small, 0));
        assert_eq!(kind(&[8; 30]), DecodeError::new(too_small, 0));
    }

    #[test]
    fn frames_of_bus_and_radio_are_told_apart() {
        let radio = [
            0x0A, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x78,
        ];
        assert!(RadioFrame::is_likely(&radio));
        assert!(!RadioFrame::is_likely(&radio[..10]));
        let wired: [&[u8]; 4] = [
            &[0xE5],
            &[0x10, 0x40, 0x01, 0x41, 0x16],
            &[0x68, 0x03, 0x03, 0x68, 0x53, 0xFE, 0x50, 0xA1, 0x16],
            &[],
        ];
        for bytes in wired {
            assert!(!RadioFrame::is_likely(bytes));
        }
    }

    #[test]
    fn format_b_has_less_room() {
        let address = "12345678.PAD.01.07".parse().unwrap();
        let new = |payload| RadioFrame::new(ControlField::from_code(0x44), address, payload);
        let frame = new(&[0; 246]).unwrap();
        assert_eq!(frame.encoded_len(Format::A), Ok(290));
        let limit = EncodeError::Payload {
            found: 246,
            limit: 242,
        };
        assert_eq!(frame.encoded_len(Format::B), Err(limit));
        assert_eq!(new(&[0; 242]).unwrap().encoded_len(Format::B), Ok(256));
        assert!(new(&[0; 247]).is_err());
    }

    proptest! {
        #[test]
        fn every_format_is_read_back(
            control: u8, address: [u8; 8], payload in prop::collection::vec(any::<u8>(), 0..=242),
            after in prop::collection::vec(any::<u8>(), 0..4),
        ) {
            let address = SecondaryAddress::from_bytes(address);
            let control = ControlField::from_code(control);
            let frame = RadioFrame::new(control, address, &payload).unwrap();
            for format in [Format::A, Format::B, Format::WithoutCrc] {
                let mut out = [0; Format::MAX_LENGTH + 4];
                let len = frame.encode_into(format, &mut out).unwrap();
                prop_assert_eq!(len, format.frame_len(out[0]));
                out[len..len + after.len()].copy_from_slice(&after);
                let input = &out[..len + after.len()];
                let mut buffer = [0; 256];
                let parsed =
                    RadioFrame::parse_with(input, Some(format), Tolerance::STRICT, &mut buffer);
                let (read, _, rest, met) = parsed.unwrap();
                prop_assert_eq!((read, rest, met), (frame, &after[..], Tolerance::STRICT));
                // What a format has of CRCs gives it away.
                if format != Format::WithoutCrc {
                    prop_assert_eq!(Format::detect(&out[..len]), Some(format));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(input in prop::collection::vec(any::<u8>(), 0..320)) {
            for format in [None, Some(Format::A), Some(Format::B), Some(Format::WithoutCrc)] {
                let mut buffer = [0; 256];
                let parsed =
                    RadioFrame::parse_with(&input, format, Tolerance::LENIENT, &mut buffer);
                if let Err(error) = parsed {
                    prop_assert!(error.offset <= input.len());
                }
            }
        }
    }
}
