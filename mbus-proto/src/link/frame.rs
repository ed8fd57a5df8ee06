//! One frame: parse and encode.

use crate::app::ControlInformation;
use crate::link::{ControlField, PrimaryAddress, tolerant};
use crate::parse::{Parse, fail, finish, truncated};
use crate::write::{Write, into_slice};
use crate::{DecodeError, DecodeErrorKind, EncodeError, Tolerance};

/// The single character of an acknowledgement.
pub(super) const ACK: u8 = 0xE5;
/// The start of a short frame.
pub(super) const START_SHORT: u8 = 0x10;
/// The start of a control or long frame, twice.
pub(super) const START_LONG: u8 = 0x68;
/// The last byte of every frame but the single character.
pub(super) const STOP: u8 = 0x16;

/// The length of a short frame in bytes.
pub(super) const SHORT_LENGTH: usize = 5;
/// What a long frame has before its C field: start, length twice, start.
pub(super) const LONG_HEADER: usize = 4;
/// What a long frame has around the bytes that its length counts.
pub(super) const LONG_OVERHEAD: usize = 6;
/// The smallest length byte: C, A and CI.
pub(super) const MIN_COUNTED: u8 = 3;
/// Where the user data of a frame starts.
pub(crate) const USER_DATA_OFFSET: usize = 6;
/// Where the data after the CI field starts.
const DATA_OFFSET: usize = 7;

/// A frame of the link layer (EN 13757-2), which borrows its user data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame<'a> {
    /// The single character E5h: positive acknowledgement.
    Ack,
    /// A frame without user data.
    Short(ShortFrame),
    /// A frame whose user data is the CI field alone.
    Control(ControlFrame<'a>),
    /// A frame with CI field and data.
    Long(LongFrame<'a>),
}

/// A frame without user data: `10 C A CS 16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortFrame {
    /// The C field.
    pub control: ControlField,
    /// The A field.
    pub address: PrimaryAddress,
}

/// A frame whose user data is the CI field alone: `68 03 03 68 C A CI CS 16`.
///
/// [`Frame::new`] builds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ControlFrame<'a> {
    control: ControlField,
    address: PrimaryAddress,
    user_data: &'a [u8; 1],
}

/// A frame with CI field and 1 to 252 bytes of data: `68 L L 68 C A CI data CS 16`.
///
/// [`Frame::new`] builds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LongFrame<'a> {
    control: ControlField,
    address: PrimaryAddress,
    ci: u8,
    // CI and data: 2 to 253 bytes.
    user_data: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The length of the longest frame in bytes.
    pub const MAX_LENGTH: usize = 261;

    /// The most bytes that may follow the CI field.
    pub const MAX_DATA: usize = 252;

    /// The frame that carries `user_data`: the CI field and what follows it.
    ///
    /// Without user data it is a short frame, with the CI field alone a control frame, else a
    /// long one.
    ///
    /// # Errors
    ///
    /// [`EncodeError::UserData`] if more than 252 bytes follow the CI field.
    pub const fn new(
        control: ControlField,
        address: PrimaryAddress,
        user_data: &'a [u8],
    ) -> Result<Self, EncodeError> {
        match user_data {
            [] => Ok(Self::Short(ShortFrame { control, address })),
            [_] => match user_data.first_chunk() {
                Some(user_data) => Ok(Self::Control(ControlFrame {
                    control,
                    address,
                    user_data,
                })),
                None => Ok(Self::Short(ShortFrame { control, address })),
            },
            [_, data @ ..] if data.len() > Self::MAX_DATA => {
                Err(EncodeError::UserData { found: data.len() })
            }
            [ci, ..] => Ok(Self::Long(LongFrame {
                control,
                address,
                ci: *ci,
                user_data,
            })),
        }
    }

    /// Parses one frame from the front of `input` and returns what follows it.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`] asks for more bytes; every other kind means that `input`
    /// does not start with a frame. The offset is that of the field at fault.
    pub fn parse(input: &'a [u8]) -> Result<(Self, &'a [u8]), DecodeError> {
        finish(input, frame(input))
    }

    /// Parses one frame from `input`, bridging the deviations in `allowed`, and returns what
    /// follows it and which deviations were met.
    ///
    /// Four of them concern frames:
    ///
    /// - [`Tolerance::CHECKSUM`], [`Tolerance::STOP`]: the byte may have any value; the stop byte
    ///   may also be missing at the end of the input.
    /// - [`Tolerance::LENGTH`]: the length bytes may have any value. The frame then ends at the
    ///   last place (within 261 bytes) where checksum and stop byte fit; if there is none, and
    ///   the two deviations above are allowed where they occur, at the end of the input.
    /// - [`Tolerance::NOISE`]: bytes before the frame are passed over. Among them, a single
    ///   character E5h counts as a frame only if no other frame follows.
    ///
    /// A correct frame at the front is always read as [`parse`](Self::parse) reads it.
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse), for the most promising start of a frame.
    pub fn parse_with(
        input: &'a [u8],
        allowed: Tolerance,
    ) -> Result<(Self, &'a [u8], Tolerance), DecodeError> {
        match Self::parse(input) {
            Ok((frame, rest)) => Ok((frame, rest, Tolerance::STRICT)),
            Err(error) => tolerant::parse(input, allowed, error),
        }
    }

    /// The C field; `None` for the single character.
    #[must_use]
    pub const fn control(&self) -> Option<ControlField> {
        match self {
            Self::Ack => None,
            Self::Short(frame) => Some(frame.control),
            Self::Control(frame) => Some(frame.control),
            Self::Long(frame) => Some(frame.control),
        }
    }

    /// The A field; `None` for the single character.
    #[must_use]
    pub const fn address(&self) -> Option<PrimaryAddress> {
        match self {
            Self::Ack => None,
            Self::Short(frame) => Some(frame.address),
            Self::Control(frame) => Some(frame.address),
            Self::Long(frame) => Some(frame.address),
        }
    }

    /// The CI field; `None` where there is no user data.
    #[must_use]
    pub const fn ci(&self) -> Option<ControlInformation> {
        match self {
            Self::Ack | Self::Short(_) => None,
            Self::Control(frame) => Some(frame.ci()),
            Self::Long(frame) => Some(frame.ci()),
        }
    }

    /// The bytes after the CI field: empty for all but long frames.
    #[must_use]
    pub fn data(&self) -> &'a [u8] {
        match self {
            Self::Ack | Self::Short(_) | Self::Control(_) => &[],
            Self::Long(frame) => frame.data(),
        }
    }

    /// The user data of the link layer: the CI field and what follows it.
    #[must_use]
    pub const fn user_data(&self) -> &'a [u8] {
        match self {
            Self::Ack | Self::Short(_) => &[],
            Self::Control(frame) => frame.user_data,
            Self::Long(frame) => frame.user_data,
        }
    }

    /// The length of the encoded frame in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::Ack => 1,
            Self::Short(_) => SHORT_LENGTH,
            Self::Control(_) => 9,
            // At most 253 bytes of user data.
            Self::Long(frame) => frame.user_data.len().wrapping_add(8),
        }
    }

    /// Writes the encoded frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len); it is
    /// then untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        into_slice(out, self.encoded_len(), |writer| self.write(writer))
    }

    /// Appends the encoded frame to `out`, which has to have or make room for
    /// [`encoded_len`](Self::encoded_len) bytes.
    #[cfg(feature = "alloc")]
    pub fn encode(&self, out: &mut impl bytes::BufMut) {
        self.write(&mut crate::write::BufWriter(out));
    }

    fn write(&self, out: &mut impl Write) {
        match self {
            Self::Ack => out.put(&[ACK]),
            Self::Short(ShortFrame { control, address }) => {
                let fields = [control.code(), address.code()];
                let [c, a] = fields;
                out.put(&[START_SHORT, c, a, sum(&fields), STOP]);
            }
            Self::Control(frame) => {
                write_long(frame.control, frame.address, frame.user_data, out);
            }
            Self::Long(frame) => write_long(frame.control, frame.address, frame.user_data, out),
        }
    }
}

impl ControlFrame<'_> {
    /// The C field.
    #[must_use]
    pub const fn control(&self) -> ControlField {
        self.control
    }

    /// The A field.
    #[must_use]
    pub const fn address(&self) -> PrimaryAddress {
        self.address
    }

    /// The CI field.
    #[must_use]
    pub const fn ci(&self) -> ControlInformation {
        let [ci] = self.user_data;
        ControlInformation::from_code(*ci)
    }
}

impl<'a> LongFrame<'a> {
    /// The C field.
    #[must_use]
    pub const fn control(&self) -> ControlField {
        self.control
    }

    /// The A field.
    #[must_use]
    pub const fn address(&self) -> PrimaryAddress {
        self.address
    }

    /// The CI field.
    #[must_use]
    pub const fn ci(&self) -> ControlInformation {
        ControlInformation::from_code(self.ci)
    }

    /// The 1 to 252 bytes after the CI field.
    #[must_use]
    pub fn data(&self) -> &'a [u8] {
        self.user_data.get(1..).unwrap_or_default()
    }

    /// The CI field and what follows it: 2 to 253 bytes.
    #[must_use]
    pub const fn user_data(&self) -> &'a [u8] {
        self.user_data
    }
}

/// The checksum over `bytes`.
#[inline]
pub(super) fn sum(bytes: &[u8]) -> u8 {
    // Sixteen sums side by side fit a vector register; a length of up to 15 is left over.
    let mut lanes = [0u8; 16];
    let mut rest = bytes;
    while let Some((chunk, after)) = rest.split_first_chunk::<16>() {
        for (lane, byte) in lanes.iter_mut().zip(chunk) {
            *lane = lane.wrapping_add(*byte);
        }
        rest = after;
    }
    let mut sum = plain_sum(&lanes);
    if let Some((chunk, after)) = rest.split_first_chunk::<8>() {
        sum = sum.wrapping_add(plain_sum(chunk));
        rest = after;
    }
    if let Some((chunk, after)) = rest.split_first_chunk::<4>() {
        sum = sum.wrapping_add(plain_sum(chunk));
        rest = after;
    }
    sum.wrapping_add(plain_sum(rest))
}

#[inline]
fn plain_sum(bytes: &[u8]) -> u8 {
    bytes
        .iter()
        .fold(0, |sum: u8, &byte| sum.wrapping_add(byte))
}

/// The frame that carries the bytes which the length counts: C, A, CI and data, 3 to 255 of them.
pub(super) const fn from_counted(counted: &[u8]) -> Option<Frame<'_>> {
    let [control, address, user_data @ ..] = counted else {
        return None;
    };
    if user_data.is_empty() {
        return None;
    }
    let control = ControlField::from_code(*control);
    let address = PrimaryAddress::from_code(*address);
    match Frame::new(control, address, user_data) {
        Ok(frame) => Some(frame),
        Err(_) => None,
    }
}

/// The frame in `bytes`, whose start, length, checksum and stop byte were checked.
pub(super) const fn from_checked(bytes: &[u8]) -> Option<Frame<'_>> {
    match bytes {
        [ACK] => Some(Frame::Ack),
        [START_SHORT, control, address, _, _] => Some(Frame::Short(ShortFrame {
            control: ControlField::from_code(*control),
            address: PrimaryAddress::from_code(*address),
        })),
        [START_LONG, _, _, START_LONG, counted @ .., _, _] => from_counted(counted),
        _ => None,
    }
}

#[inline]
fn frame(input: &[u8]) -> Parse<'_, Frame<'_>> {
    match *input {
        [] => truncated(input, 1),
        [ACK, ref rest @ ..] => Ok((rest, Frame::Ack)),
        [START_SHORT, ..] => short(input),
        [START_LONG, ref rest @ ..] => long(input, rest),
        [found, ..] => fail(input, DecodeErrorKind::Start { found }),
    }
}

fn short(input: &[u8]) -> Parse<'_, Frame<'_>> {
    let Some(([_, control, address, checksum, stop], rest)) = input.split_first_chunk() else {
        return cut(input, input.len(), SHORT_LENGTH);
    };
    let tail = input.get(3..).unwrap_or_default();
    let (_, ()) = end(tail, sum(&[*control, *address]), *checksum, *stop)?;
    let frame = ShortFrame {
        control: ControlField::from_code(*control),
        address: PrimaryAddress::from_code(*address),
    };
    Ok((rest, Frame::Short(frame)))
}

fn long<'a>(input: &'a [u8], after_start: &'a [u8]) -> Parse<'a, Frame<'a>> {
    // Each byte is judged as soon as it is there, so that `Truncated` keeps its promise.
    let length = match *after_start {
        [first, second, ..] if first != second => {
            let at = after_start.get(1..).unwrap_or_default();
            return fail(at, DecodeErrorKind::LengthMismatch { first, second });
        }
        [_, _, found, ..] if found != START_LONG => {
            let at = after_start.get(2..).unwrap_or_default();
            return fail(at, DecodeErrorKind::SecondStart { found });
        }
        [found, ..] if found < MIN_COUNTED => {
            return fail(after_start, DecodeErrorKind::LengthTooSmall { found });
        }
        [length, ..] => usize::from(length),
        [] => usize::from(MIN_COUNTED),
    };
    let total = length.wrapping_add(LONG_OVERHEAD);
    let body = input.get(LONG_HEADER..).unwrap_or_default();
    let Some((counted, tail)) = body.split_at_checked(length) else {
        return cut(input, DATA_OFFSET.min(input.len()), total);
    };
    let [checksum, stop, rest @ ..] = tail else {
        return cut(input, input.len(), total);
    };
    let (_, ()) = end(tail, sum(counted), *checksum, *stop)?;
    match from_counted(counted) {
        Some(frame) => Ok((rest, frame)),
        // 3 to 255 counted bytes always make a frame.
        None => fail(after_start, DecodeErrorKind::LengthTooSmall { found: 0 }),
    }
}

/// Fails at the field that starts at `at`, the frame being `total` bytes long.
#[cold]
fn cut<'a>(input: &'a [u8], at: usize, total: usize) -> Parse<'a, Frame<'a>> {
    let field = input.get(at..).unwrap_or_default();
    truncated(field, total.saturating_sub(input.len()))
}

/// Checks the last two bytes of a frame, which `tail` starts with.
#[inline]
fn end(tail: &[u8], expected: u8, found: u8, stop: u8) -> Parse<'_, ()> {
    if found != expected {
        return fail(tail, DecodeErrorKind::Checksum { expected, found });
    }
    if stop != STOP {
        let at = tail.get(1..).unwrap_or_default();
        return fail(at, DecodeErrorKind::Stop { found: stop });
    }
    Ok((tail, ()))
}

fn write_long(
    control: ControlField,
    address: PrimaryAddress,
    user_data: &[u8],
    out: &mut impl Write,
) {
    let (c, a) = (control.code(), address.code());
    // At most 253 bytes of user data, by construction.
    let length = u8::try_from(user_data.len())
        .unwrap_or(u8::MAX)
        .saturating_add(2);
    let checksum = sum(user_data).wrapping_add(c).wrapping_add(a);
    out.put(&[START_LONG, length, length, START_LONG, c, a]);
    out.put(user_data);
    out.put(&[checksum, STOP]);
}

#[cfg(test)]
pub(super) mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::link::FrameCountBit;

    /// The variable data response of EN 13757-3 in the numbers of its example.
    const TELEGRAM: [u8; 37] = [
        0x68, 0x1F, 0x1F, 0x68, 0x08, 0x02, 0x72, //
        0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, //
        0x03, 0x13, 0x15, 0x31, 0x00, //
        0xDA, 0x02, 0x3B, 0x13, 0x01, //
        0x8B, 0x60, 0x04, 0x37, 0x18, 0x02, //
        0x18, 0x16,
    ];

    fn with(at: usize, byte: u8) -> [u8; 37] {
        let mut bytes = TELEGRAM;
        bytes[at] = byte;
        bytes
    }

    fn error(input: &[u8]) -> (DecodeErrorKind, usize) {
        let error = Frame::parse(input).unwrap_err();
        (error.kind, error.offset)
    }

    #[test]
    fn a_long_frame_has_its_fields() {
        let (frame, rest) = Frame::parse(&TELEGRAM).unwrap();
        assert!(matches!(frame, Frame::Long(_)));
        assert_eq!(frame.control(), Some(ControlField::rsp_ud()));
        assert_eq!(frame.address(), PrimaryAddress::slave(2));
        assert_eq!(frame.ci().map(ControlInformation::code), Some(0x72));
        assert_eq!(frame.data(), &TELEGRAM[7..35]);
        assert_eq!(frame.user_data(), &TELEGRAM[6..35]);
        assert!(rest.is_empty());
    }

    #[test]
    fn a_control_frame_has_no_data() {
        let bytes = [0x68, 0x03, 0x03, 0x68, 0x53, 0x01, 0x50, 0xA4, 0x16];
        let (frame, _) = Frame::parse(&bytes).unwrap();
        assert!(matches!(frame, Frame::Control(_)));
        assert_eq!(frame.ci().map(ControlInformation::code), Some(0x50));
        assert!(frame.data().is_empty());
        assert_eq!(frame.user_data(), [0x50]);
    }

    #[test]
    fn what_follows_a_frame_is_handed_back() {
        assert_eq!(
            Frame::parse(&[0xE5, 0x00, 0x00]),
            Ok((Frame::Ack, &[0x00, 0x00][..]))
        );
        let (frame, rest) = Frame::parse(&[0x10, 0x5B, 0xFE, 0x59, 0x16, 0xE5]).unwrap();
        assert_eq!(
            frame,
            Frame::Short(ShortFrame {
                control: ControlField::req_ud2(FrameCountBit::Clear),
                address: PrimaryAddress::TEST,
            })
        );
        assert_eq!(rest, [0xE5]);
    }

    #[test]
    fn checksum_error_points_at_the_checksum() {
        assert_eq!(
            error(&with(34, 0x03)),
            (
                DecodeErrorKind::Checksum {
                    expected: 0x19,
                    found: 0x18
                },
                35
            )
        );
        assert_eq!(
            error(&[0x10, 0x40, 0x01, 0x42, 0x16]),
            (
                DecodeErrorKind::Checksum {
                    expected: 0x41,
                    found: 0x42
                },
                3
            )
        );
    }

    #[test]
    fn every_error_points_at_the_byte_at_fault() {
        assert_eq!(
            error(&with(36, 0x17)),
            (DecodeErrorKind::Stop { found: 0x17 }, 36)
        );
        assert_eq!(
            error(&[0x10, 0x40, 0x01, 0x41, 0x00]),
            (DecodeErrorKind::Stop { found: 0 }, 4)
        );
        assert_eq!(
            error(&with(2, 0x20)),
            (
                DecodeErrorKind::LengthMismatch {
                    first: 0x1F,
                    second: 0x20
                },
                2
            )
        );
        assert_eq!(
            error(&with(3, 0x00)),
            (DecodeErrorKind::SecondStart { found: 0 }, 3)
        );
        assert_eq!(
            error(&[0x68, 0x02, 0x02, 0x68, 0x40, 0x01, 0x41, 0x16]),
            (DecodeErrorKind::LengthTooSmall { found: 2 }, 1)
        );
        assert_eq!(error(&[0xA2]), (DecodeErrorKind::Start { found: 0xA2 }, 0));
    }

    #[test]
    fn a_cut_frame_asks_for_what_is_missing() {
        // All fields are single bytes, but for the data after CI.
        let field_at = |cut: usize| {
            if cut < TELEGRAM.len() - 2 {
                cut.min(7)
            } else {
                cut
            }
        };
        assert_eq!(error(&[]), (DecodeErrorKind::Truncated { needed: 1 }, 0));
        assert_eq!(
            error(&[0x10, 0x40]),
            (DecodeErrorKind::Truncated { needed: 3 }, 2)
        );
        assert_eq!(
            error(&[0x68]),
            (DecodeErrorKind::Truncated { needed: 8 }, 1)
        );
        for cut in 2..TELEGRAM.len() {
            let needed = u16::try_from(TELEGRAM.len() - cut).unwrap();
            assert_eq!(
                error(&TELEGRAM[..cut]),
                (DecodeErrorKind::Truncated { needed }, field_at(cut))
            );
        }
    }

    #[test]
    fn user_data_decides_the_kind_and_has_a_limit() {
        let new = |data| Frame::new(ControlField::rsp_ud(), PrimaryAddress::TEST, data);
        assert!(matches!(new(&[]), Ok(Frame::Short(_))));
        assert!(matches!(new(&[0x78]), Ok(Frame::Control(_))));
        assert!(matches!(new(&[0; 253]), Ok(Frame::Long(_))));
        assert_eq!(new(&[0; 254]), Err(EncodeError::UserData { found: 253 }));
        assert_eq!(new(&[0; 253]).unwrap().encoded_len(), Frame::MAX_LENGTH);
    }

    #[test]
    fn a_short_buffer_is_refused() {
        let (frame, _) = Frame::parse(&TELEGRAM).unwrap();
        assert_eq!(
            frame.encode_into(&mut [0; 36]),
            Err(EncodeError::Buffer { needed: 37 })
        );
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn both_ways_of_encoding_agree() {
        for bytes in [&TELEGRAM[..], &[0xE5], &[0x10, 0x40, 0xFD, 0x3D, 0x16]] {
            let (frame, _) = Frame::parse(bytes).unwrap();
            let mut out = Vec::new();
            frame.encode(&mut out);
            assert_eq!(out, bytes);
        }
    }

    pub(in crate::link) fn any_frame_bytes() -> impl Strategy<Value = Vec<u8>> {
        let data = prop_oneof![
            Just(Vec::new()),
            prop::collection::vec(any::<u8>(), 0..8),
            prop::collection::vec(any::<u8>(), 0..=253),
        ];
        (any::<u8>(), any::<u8>(), data, 0..8u8).prop_map(|(control, address, data, kind)| {
            let frame = if kind == 0 {
                Frame::Ack
            } else {
                let control = ControlField::from_code(control);
                Frame::new(control, PrimaryAddress::from_code(address), &data).unwrap()
            };
            let mut out = [0; Frame::MAX_LENGTH];
            let length = frame.encode_into(&mut out).unwrap();
            assert_eq!(length, frame.encoded_len());
            out[..length].to_vec()
        })
    }

    proptest! {
        #[test]
        fn encoding_is_read_back(bytes in any_frame_bytes(), after: Vec<u8>) {
            let input = [&bytes[..], &after].concat();
            let (frame, rest) = Frame::parse(&input).unwrap();
            prop_assert_eq!(rest, &after);
            let mut out = [0; Frame::MAX_LENGTH];
            let length = frame.encode_into(&mut out).unwrap();
            prop_assert_eq!(&out[..length], &bytes[..]);
        }

        #[test]
        fn truncated_means_that_more_bytes_can_help(bytes in any_frame_bytes(), cut: prop::sample::Index) {
            let cut = cut.index(bytes.len());
            let (kind, offset) = error(&bytes[..cut]);
            prop_assert!(offset <= cut && (offset == cut || offset == 7));
            let DecodeErrorKind::Truncated { needed } = kind else {
                panic!("{kind:?}");
            };
            prop_assert!(cut + usize::from(needed) <= bytes.len());
        }

        #[test]
        fn an_error_is_within_the_input(bytes: Vec<u8>) {
            if let Err(error) = Frame::parse(&bytes) {
                prop_assert!(error.offset <= bytes.len());
            }
        }
    }
}
