//! Bytes to a frame.

use crate::link::frame::{
    ACK, LONG_HEADER, LONG_OVERHEAD, MIN_COUNTED, SHORT_LENGTH, START_LONG, START_SHORT, STOP,
};
use crate::link::{ControlField, Frame, PrimaryAddress, ShortFrame, tolerant};
use crate::parse::{Parse, fail, finish, truncated};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

/// Where the data after the CI field starts.
const DATA_OFFSET: usize = 7;

impl<'a> Frame<'a> {
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
    ///   the two deviations above are allowed where they occur, at the end of the input. A frame
    ///   that was cut off meets all three: it has neither checksum nor stop byte.
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

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::app::ControlInformation;
    use crate::link::FrameCountBit;
    use crate::link::frame::tests::{TELEGRAM, any_frame_bytes};

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

    proptest! {
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
