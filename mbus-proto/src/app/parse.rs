//! Bytes to application data, by the CI field.

use crate::app::body::{Place, body, fixed, holds_records, is_sorted, other};
use crate::app::{
    ApplicationData, ControlInformation, FixedData, Header, HeaderKind, LongHeader, ShortHeader,
    UserData,
};
use crate::link::Frame;
use crate::link::frame::USER_DATA_OFFSET;
use crate::parse::{Parse, array, byte, finish};
use crate::{ByteOrder, DecodeError, Tolerance};

impl<'a> ApplicationData<'a> {
    /// Parses application data that is all of `input`, from the CI field on.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`](crate::DecodeErrorKind::Truncated) if the input, or a
    /// structure that the CI field promises, is cut;
    /// [`DecodeErrorKind::FixedLength`](crate::DecodeErrorKind::FixedLength).
    pub fn parse(input: &'a [u8]) -> Result<Self, DecodeError> {
        Self::parse_with(input, Tolerance::STRICT).map(|(data, _)| data)
    }

    /// Parses application data as [`parse`](Self::parse), bridging the deviations in `allowed`,
    /// and returns which were met.
    ///
    /// One of them concerns this layer: [`Tolerance::FIXED_LENGTH`].
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(
        input: &'a [u8],
        allowed: Tolerance,
    ) -> Result<(Self, Tolerance), DecodeError> {
        Self::parse_at(input, 0, allowed)
    }

    /// Sorts the plain text of what came encrypted as [`Other`](Self::Other), under its CI field
    /// and header.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse); offsets count from the first byte of `plain`.
    pub fn from_plain(
        ci: ControlInformation,
        header: Header,
        plain: &'a [u8],
    ) -> Result<Self, DecodeError> {
        let place = Place {
            whole: plain,
            base: 0,
        };
        finish(plain, body(ci, header, plain, place)).map(|(data, _)| data)
    }

    /// Parts CI field, header and what follows, in the sense of 2018.
    pub(crate) fn split_header(
        input: &'a [u8],
    ) -> Result<(ControlInformation, Header, &'a [u8]), DecodeError> {
        finish(input, ci_and_header(input)).map(|((ci, header), rest)| (ci, header, rest))
    }

    /// Sorts what follows CI field and header, in the sense of 2018; its first byte is `base` bytes
    /// after what offsets count from.
    pub(crate) fn from_message(
        ci: ControlInformation,
        header: Header,
        data: &'a [u8],
        base: usize,
        is_encrypted: bool,
    ) -> Result<Self, DecodeError> {
        let sorted = match ci {
            // In the classic sense, they are of the wired bus.
            ControlInformation::SELECTION
            | ControlInformation::SYNCHRONIZE_CLASSIC
            | ControlInformation::COMMAND_MODE_2
            | ControlInformation::SELECTION_MODE_2
            | ControlInformation::RESPONSE_MODE_2
            | ControlInformation::FIXED_MODE_2 => other(ci, header, data),
            _ if is_encrypted && !holds_records(ci) => other(ci, header, data),
            _ => {
                // What is no record has no fillers.
                let marked = header.is_encrypted() && !holds_records(ci);
                let body_data = match data {
                    [0x2F, 0x2F, rest @ ..] if marked => rest,
                    _ => data,
                };
                let base = base.saturating_add(data.len().saturating_sub(body_data.len()));
                let place = Place {
                    whole: body_data,
                    base,
                };
                body(ci, header, body_data, place)
            }
        };
        finish(data, sorted)
            .map(|(data, _)| data)
            .map_err(|error| DecodeError::new(error.kind, error.offset.saturating_add(base)))
    }

    /// Parses application data whose first byte is `base` bytes after the start of a frame.
    #[inline]
    pub(crate) fn parse_at(
        input: &'a [u8],
        base: usize,
        allowed: Tolerance,
    ) -> Result<(Self, Tolerance), DecodeError> {
        match Self::response(input, base) {
            Some(data) => Ok((data, Tolerance::STRICT)),
            None => Self::parse_any(input, base, allowed),
        }
    }

    /// The response with the long header (72h), which is nearly everything that a meter sends.
    #[inline]
    pub(crate) fn response(input: &'a [u8], base: usize) -> Option<Self> {
        let (&code, after_ci) = input.split_first()?;
        if ControlInformation::from_code(code) != ControlInformation::RESPONSE_LONG {
            return None;
        }
        let (&header, bytes) = after_ci.split_first_chunk()?;
        let header = LongHeader::from_bytes(header, ByteOrder::LeastFirst);
        let data = UserData::new(bytes)
            .with_offset(base.saturating_add(1).saturating_add(LongHeader::LENGTH))
            .with_medium(header.address.medium);
        Some(Self::Response {
            header: Header::Long(header),
            data,
        })
    }

    #[inline(never)]
    fn parse_any(
        input: &'a [u8],
        base: usize,
        allowed: Tolerance,
    ) -> Result<(Self, Tolerance), DecodeError> {
        let place = Place { whole: input, base };
        finish(input, application(input, place, allowed))
            .map(|(parsed, _)| parsed)
            .map_err(|error| DecodeError::new(error.kind, error.offset.saturating_add(base)))
    }
}

impl<'a> Frame<'a> {
    /// Parses the application data; `None` where there is no user data.
    ///
    /// Offsets in errors and in the parsed data count from the first byte of the frame.
    #[must_use]
    pub fn application(&self) -> Option<Result<ApplicationData<'a>, DecodeError>> {
        self.application_with(Tolerance::STRICT)
            .map(|parsed| parsed.map(|(data, _)| data))
    }

    /// Parses the application data, bridging the deviations in `allowed`, and returns which were
    /// met; `None` where there is no user data.
    ///
    /// Offsets in errors and in the parsed data count from the first byte of the frame.
    #[must_use]
    #[inline]
    pub fn application_with(
        &self,
        allowed: Tolerance,
    ) -> Option<Result<(ApplicationData<'a>, Tolerance), DecodeError>> {
        match self.user_data() {
            [] => None,
            user_data => Some(ApplicationData::parse_at(
                user_data,
                USER_DATA_OFFSET,
                allowed,
            )),
        }
    }
}

fn application<'a>(
    input: &'a [u8],
    place: Place<'a>,
    allowed: Tolerance,
) -> Parse<'a, (ApplicationData<'a>, Tolerance)> {
    let (after_ci, code) = byte(input)?;
    let ci = ControlInformation::from_code(code);
    let strict = |data| (data, Tolerance::STRICT);
    match ci {
        ControlInformation::COMMAND_MODE_2 | ControlInformation::SELECTION_MODE_2 => {
            let (rest, data) = body(ci, Header::None, after_ci, place)?;
            Ok((rest, strict(data)))
        }
        ControlInformation::RESPONSE_MODE_2 => {
            let (rest, bytes) = array(after_ci)?;
            let header = LongHeader::from_bytes(bytes, ByteOrder::MostFirst);
            let (rest, data) = body(ci, Header::Long(header), rest, place)?;
            Ok((rest, strict(data)))
        }
        ControlInformation::FIXED_MODE_2 => fixed(after_ci, ByteOrder::MostFirst, allowed),
        ControlInformation::COMPACT_LONG if after_ci.len() <= FixedData::LENGTH => {
            fixed(after_ci, ByteOrder::LeastFirst, allowed)
        }
        _ => {
            let (rest, header) = match header(ci, after_ci) {
                Ok(parsed) => parsed,
                Err(_) if !is_sorted(ci) => (after_ci, Header::None),
                Err(error) => return Err(error),
            };
            let (rest, data) = if header.is_encrypted() && !holds_records(ci) {
                other(ci, header, rest)?
            } else {
                body(ci, header, rest, place)?
            };
            Ok((rest, strict(data)))
        }
    }
}

/// CI field and header; no header where it is cut and nothing depends on it.
fn ci_and_header(input: &[u8]) -> Parse<'_, (ControlInformation, Header)> {
    let (after_ci, code) = byte(input)?;
    let ci = ControlInformation::from_code(code);
    match header(ci, after_ci) {
        Ok((rest, header)) => Ok((rest, (ci, header))),
        Err(_) if !is_sorted(ci) => Ok((after_ci, (ci, Header::None))),
        Err(error) => Err(error),
    }
}

fn header(ci: ControlInformation, input: &[u8]) -> Parse<'_, Header> {
    match ci.header() {
        HeaderKind::None | HeaderKind::Other => Ok((input, Header::None)),
        HeaderKind::Short => {
            let (rest, bytes) = array(input)?;
            Ok((rest, Header::Short(ShortHeader::from_bytes(bytes))))
        }
        HeaderKind::Long => {
            let (rest, bytes) = array(input)?;
            let header = LongHeader::from_bytes(bytes, ByteOrder::LeastFirst);
            Ok((rest, Header::Long(header)))
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use meter_units::Medium;
    use proptest::prelude::*;

    use super::*;
    use crate::DecodeErrorKind;
    use crate::app::{ApplicationError, BaudRate};

    const LONG: [u8; 12] = [
        0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00,
    ];

    fn parse(input: &[u8]) -> ApplicationData<'_> {
        ApplicationData::parse(input).unwrap()
    }

    fn long(ci: u8, body: &[u8]) -> Vec<u8> {
        [&[ci], &LONG[..], body].concat()
    }

    #[test]
    fn a_response_has_its_header_and_records() {
        let input = long(0x72, &[0x03, 0x13, 0x15, 0x31, 0x00]);
        let ApplicationData::Response { header, data } = parse(&input) else {
            panic!();
        };
        assert_eq!(header.access_number(), Some(0x55));
        assert_eq!(data.bytes(), [0x03, 0x13, 0x15, 0x31, 0x00]);
        assert_eq!(data.offset(), 13);
        assert_eq!(data.medium(), Medium(7));
        assert_eq!(data.byte_order(), ByteOrder::LeastFirst);
    }

    #[test]
    fn offsets_within_a_frame_count_from_its_start() {
        let bytes = [0x68, 0x04, 0x04, 0x68, 0x08, 0x01, 0x78, 0x2F, 0xB0, 0x16];
        let (frame, _) = Frame::parse(&bytes).unwrap();
        let Some(Ok(ApplicationData::Response { data, .. })) = frame.application() else {
            panic!();
        };
        assert_eq!(data.offset(), 7);
        let cut = [0x68, 0x04, 0x04, 0x68, 0x08, 0x01, 0x72, 0x00, 0x7B, 0x16];
        let (frame, _) = Frame::parse(&cut).unwrap();
        let error = frame.application().unwrap().unwrap_err();
        assert_eq!(
            error,
            DecodeError::new(DecodeErrorKind::Truncated { needed: 11 }, 7)
        );
        assert_eq!(Frame::Ack.application(), None);
    }

    #[test]
    fn headers_are_those_of_the_code() {
        assert_eq!(parse(&[0x78]).header(), Header::None);
        let short = parse(&[0x7A, 0x2A, 0x01, 0x00, 0x00]);
        assert_eq!(short.header().access_number(), Some(0x2A));
        assert_eq!(short.header().address(), None);
        let Header::Long(header) = parse(&long(0x5B, &[])).header() else {
            panic!();
        };
        assert_eq!(header.address.manufacturer.letters(), Some(*b"PAD"));
    }

    #[test]
    fn mode_2_has_the_most_significant_byte_first() {
        let input = [
            0x76, 0x12, 0x34, 0x56, 0x78, 0x40, 0x24, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, 0x02,
        ];
        let ApplicationData::Response { header, data } = parse(&input) else {
            panic!();
        };
        assert_eq!(header, parse(&long(0x72, &[])).header());
        assert_eq!(data.byte_order(), ByteOrder::MostFirst);
        assert_eq!(data.bytes(), [0x02]);
        let ApplicationData::Command { header, data } = parse(&[0x55, 0x01, 0x7A, 0x08]) else {
            panic!();
        };
        assert_eq!(header, Header::None);
        assert_eq!(data.byte_order(), ByteOrder::MostFirst);
        let selection = [
            0x56, 0x12, 0x34, 0x56, 0x78, 0xFF, 0xFF, 0xFF, 0xFF, 0x0C, 0x78,
        ];
        let ApplicationData::Selection { mask, data } = parse(&selection) else {
            panic!();
        };
        assert_eq!(mask, "12345678.FFFF.FF.FF".parse().unwrap());
        assert_eq!(data.bytes(), [0x0C, 0x78]);
        assert_eq!(data.offset(), 9);
    }

    #[test]
    fn the_length_tells_fixed_from_compact() {
        let fixed = [&[0x73], &[0x00; 16][..]].concat();
        assert!(matches!(parse(&fixed), ApplicationData::Fixed(_)));
        let compact = long(0x73, &[0xED, 0xA8, 0x6A, 0xB6, 0x71]);
        let ApplicationData::Compact {
            signature,
            full_crc,
            data,
            ..
        } = parse(&compact)
        else {
            panic!();
        };
        assert_eq!((signature, full_crc), (0xA8ED, 0xB66A));
        assert_eq!(data, [0x71]);
        for (code, length) in [(0x73, 15), (0x77, 15), (0x77, 17)] {
            let input = [&[code], &alloc::vec![0; length][..]].concat();
            let found = u16::try_from(length).unwrap();
            assert_eq!(
                ApplicationData::parse(&input),
                Err(DecodeError::new(DecodeErrorKind::FixedLength { found }, 1))
            );
        }
    }

    #[test]
    fn a_cut_fixed_structure_needs_its_option() {
        let input = [
            0x73, 0x93, 0x92, 0x91, 0x90, 0x10, 0x00, 0x05, 0x69, 0x31, 0x65, 0x00, 0x00, 0x69,
            0x00, 0x00,
        ];
        let (data, met) = ApplicationData::parse_with(&input, Tolerance::FIXED_LENGTH).unwrap();
        assert_eq!(met, Tolerance::FIXED_LENGTH);
        let ApplicationData::Fixed(data) = data else {
            panic!();
        };
        assert_eq!(data.as_bytes(), &input[1..]);
        let short = ApplicationData::parse_with(&input[..8], Tolerance::FIXED_LENGTH);
        assert_eq!(
            short.unwrap_err().kind,
            DecodeErrorKind::FixedLength { found: 7 }
        );
    }

    #[test]
    fn errors_and_alarms_have_their_codes() {
        let ApplicationData::Error { error, data, .. } = parse(&[0x70, 0x08]) else {
            panic!();
        };
        assert_eq!(error, Some(ApplicationError::Busy));
        assert!(data.is_empty());
        assert!(matches!(
            parse(&[0x70]),
            ApplicationData::Error { error: None, .. }
        ));
        let input = long(0x6F, &[0xF0, 0x01]);
        let ApplicationData::Error { error, data, .. } = parse(&input) else {
            panic!();
        };
        assert_eq!(error, Some(ApplicationError::Dynamic));
        assert_eq!(data, [0x01]);
        assert!(matches!(
            parse(&[0x71, 0x01]),
            ApplicationData::Alarm { data: [0x01], .. }
        ));
    }

    #[test]
    fn commands_without_data_are_recognized() {
        assert!(matches!(
            parse(&[0x50, 0x10]),
            ApplicationData::Reset { codes: [0x10], .. }
        ));
        assert!(matches!(
            parse(&[0x5C]),
            ApplicationData::Synchronize {
                ci: ControlInformation::SYNCHRONIZE
            }
        ));
        assert_eq!(
            parse(&[0xBB]),
            ApplicationData::SetBaudRate(BaudRate::B2400)
        );
        // Bytes that nobody expects stay reachable.
        for input in [[0x54, 0x00], [0xBB, 0x00]] {
            assert!(matches!(
                parse(&input),
                ApplicationData::Other { data: [0x00], .. }
            ));
        }
    }

    #[test]
    fn a_format_frame_has_its_signature() {
        let input = [0x69, 0x09, 0xED, 0xA8, 0x02, 0xFF, 0x20];
        assert_eq!(
            parse(&input),
            ApplicationData::Format {
                header: Header::None,
                length: 9,
                signature: 0xA8ED,
                headers: &[0x02, 0xFF, 0x20],
            }
        );
    }

    #[test]
    fn what_is_encrypted_is_sorted_when_it_is_plain() {
        let input = [0x7B, 0x2A, 0x00, 0x10, 0x05, 0x11, 0x22, 0x33];
        let ApplicationData::Other { ci, header, data } = parse(&input) else {
            panic!();
        };
        assert_eq!(data, [0x11, 0x22, 0x33]);
        let plain = [0xED, 0xA8, 0x6A, 0xB6];
        assert!(matches!(
            ApplicationData::from_plain(ci, header, &plain),
            Ok(ApplicationData::Compact {
                signature: 0xA8ED,
                ..
            })
        ));
        let response = [0x7A, 0x2A, 0x00, 0x10, 0x05, 0x11];
        assert!(matches!(parse(&response), ApplicationData::Response { .. }));
    }

    #[test]
    fn a_cut_structure_is_an_error_and_an_unknown_one_is_not() {
        for input in [&[0x72, 0x00][..], &[0x79, 0x00], &[0x52], &[0x69]] {
            let error = ApplicationData::parse(input).unwrap_err();
            assert!(matches!(error.kind, DecodeErrorKind::Truncated { .. }));
            assert_eq!(error.offset, 1);
        }
        for code in [0x00, 0x60, 0x8D, 0x90, 0xA5, 0xFF] {
            assert_eq!(
                parse(&[code, 0x01]),
                ApplicationData::Other {
                    ci: ControlInformation::from_code(code),
                    header: Header::None,
                    data: &[0x01],
                }
            );
        }
        let known = long(0x60, &[0x01]);
        assert!(matches!(
            parse(&known),
            ApplicationData::Other {
                header: Header::Long(_),
                data: [0x01],
                ..
            }
        ));
    }

    proptest! {
        #[test]
        fn an_error_is_within_the_input(bytes: Vec<u8>) {
            if let Err(error) = ApplicationData::parse_with(&bytes, Tolerance::LENIENT) {
                prop_assert!(error.offset <= bytes.len());
            }
        }
    }
}
