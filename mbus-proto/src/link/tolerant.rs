//! Reading frames that are not quite right.

use crate::link::frame::{
    ACK, LONG_HEADER, LONG_OVERHEAD, MIN_COUNTED, SHORT_LENGTH, START_LONG, START_SHORT, STOP,
};
use crate::link::parse::{from_counted, sum};
use crate::link::{ControlField, Frame, PrimaryAddress, ShortFrame};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

type Parsed<'a> = (Frame<'a>, &'a [u8], Tolerance);

/// Parses a frame from `input`, which does not start with a correct one: `error` says why.
pub(super) fn parse(
    input: &[u8],
    allowed: Tolerance,
    error: DecodeError,
) -> Result<Parsed<'_>, DecodeError> {
    if let Some(parsed) = at(input, allowed) {
        return Ok(parsed);
    }
    if !allowed.contains(Tolerance::NOISE) {
        return Err(error);
    }
    let mut single_character = None;
    let mut best = error;
    for offset in 1..input.len() {
        let candidate = input.get(offset..).unwrap_or_default();
        match candidate {
            [ACK, rest @ ..] => {
                single_character = single_character.or(Some((Frame::Ack, rest, Tolerance::NOISE)));
            }
            [START_LONG | START_SHORT, ..] => {
                match Frame::parse(candidate) {
                    Ok((frame, rest)) => return Ok((frame, rest, Tolerance::NOISE)),
                    // A start byte and a length pair in noise are a weak hint, but a better one
                    // than a byte that starts nothing.
                    Err(inner) if starts_nothing(best.kind) && !starts_nothing(inner.kind) => {
                        let offset = offset.saturating_add(inner.offset);
                        best = DecodeError::new(inner.kind, offset);
                    }
                    Err(_) => {}
                }
                // Any five bytes after 10h would do for a short frame: those have to be right.
                if let [START_LONG, ..] = candidate {
                    if let Some((frame, rest, met)) = at(candidate, allowed) {
                        return Ok((frame, rest, met.union(Tolerance::NOISE)));
                    }
                }
            }
            _ => {}
        }
    }
    single_character.ok_or(best)
}

/// Whether the error leaves no hint of a frame.
const fn starts_nothing(kind: DecodeErrorKind) -> bool {
    matches!(
        kind,
        DecodeErrorKind::Start { .. }
            | DecodeErrorKind::LengthMismatch { .. }
            | DecodeErrorKind::SecondStart { .. }
            | DecodeErrorKind::LengthTooSmall { .. }
    )
}

/// Parses a frame with deviations from the front of `input`.
fn at(input: &[u8], allowed: Tolerance) -> Option<Parsed<'_>> {
    match input {
        [START_SHORT, ..] => short(input, allowed),
        [START_LONG, first, second, START_LONG, ..] => {
            let window = input.get(..Frame::MAX_LENGTH).unwrap_or(input);
            let declared = (first == second && *first >= MIN_COUNTED).then_some(*first);
            declared
                .and_then(|length| declared_end(input, length, allowed, Deviations::One))
                .or_else(|| fitting_end(input, window, [*first, *second], allowed))
                .or_else(|| declared_end(input, declared?, allowed, Deviations::Both))
                .or_else(|| input_end(input, window, allowed))
        }
        _ => None,
    }
}

fn short(input: &[u8], allowed: Tolerance) -> Option<Parsed<'_>> {
    let [_, control, address, checksum, tail @ ..] = input else {
        return None;
    };
    let mut met = Tolerance::STRICT;
    if sum(&[*control, *address]) != *checksum {
        met |= Tolerance::CHECKSUM;
    }
    if !matches!(tail, [STOP, ..]) {
        met |= Tolerance::STOP;
    }
    let frame = Frame::Short(ShortFrame {
        control: ControlField::from_code(*control),
        address: PrimaryAddress::from_code(*address),
    });
    let rest = input.get(SHORT_LENGTH..).unwrap_or_default();
    allowed.contains(met).then_some((frame, rest, met))
}

/// How many of checksum and stop byte may be wrong.
#[derive(Clone, Copy, PartialEq)]
enum Deviations {
    One,
    Both,
}

/// Takes the frame to end where its length bytes say.
fn declared_end(
    input: &[u8],
    length: u8,
    allowed: Tolerance,
    deviations: Deviations,
) -> Option<Parsed<'_>> {
    let body = input.get(LONG_HEADER..)?;
    let (counted, [checksum, tail @ ..]) = body.split_at_checked(usize::from(length))? else {
        return None;
    };
    let mut met = Tolerance::STRICT;
    if sum(counted) != *checksum {
        met |= Tolerance::CHECKSUM;
    }
    if !matches!(tail, [STOP, ..]) {
        met |= Tolerance::STOP;
    }
    let both = Tolerance::CHECKSUM.union(Tolerance::STOP);
    if met == both && deviations == Deviations::One || !allowed.contains(met) {
        return None;
    }
    let rest = tail.get(1..).unwrap_or_default();
    Some((from_counted(counted)?, rest, met))
}

/// Takes the frame to end where checksum and stop byte fit: where one of the length bytes says,
/// else at the last such place.
fn fitting_end<'a>(
    input: &'a [u8],
    window: &'a [u8],
    lengths: [u8; 2],
    allowed: Tolerance,
) -> Option<Parsed<'a>> {
    if !allowed.contains(Tolerance::LENGTH) {
        return None;
    }
    let counted = lengths
        .iter()
        .find_map(|&length| fitting(window, usize::from(length)))
        .or_else(|| fitting(window, last_fitting_length(window)?))?;
    let total = counted.len().checked_add(LONG_OVERHEAD)?;
    let rest = input.get(total..)?;
    Some((from_counted(counted)?, rest, Tolerance::LENGTH))
}

/// The counted bytes, if there are `length` of them, with the right checksum and stop byte after.
fn fitting(window: &[u8], length: usize) -> Option<&[u8]> {
    let body = window.get(LONG_HEADER..)?;
    let (counted, [checksum, STOP, ..]) = body.split_at_checked(length)? else {
        return None;
    };
    (length >= usize::from(MIN_COUNTED) && sum(counted) == *checksum).then_some(counted)
}

/// The largest length for which checksum and stop byte fit.
fn last_fitting_length(window: &[u8]) -> Option<usize> {
    let body = window.get(LONG_HEADER..)?;
    let mut running: u8 = 0;
    let mut length: usize = 0;
    let mut last = None;
    for (&byte, &next) in body.iter().zip(body.iter().skip(1)) {
        if byte == running && next == STOP && length >= usize::from(MIN_COUNTED) {
            last = Some(length);
        }
        running = running.wrapping_add(byte);
        length = length.saturating_add(1);
    }
    last
}

/// Takes the frame to end with the input.
///
/// A last byte of 16h is the stop byte, after a wrong checksum. Otherwise the stop byte is
/// missing; and the checksum too, unless the last byte is right as one. What is missing has to be
/// allowed as what is wrong has: no length tells that data is complete which no checksum covers.
fn input_end<'a>(input: &'a [u8], window: &'a [u8], allowed: Tolerance) -> Option<Parsed<'a>> {
    if window.len() != input.len() {
        return None;
    }
    let body = input.get(LONG_HEADER..)?;
    let (counted, met) = match body {
        [counted @ .., _, STOP] => (counted, Tolerance::CHECKSUM),
        [counted @ .., checksum] if sum(counted) == *checksum => (counted, Tolerance::STOP),
        counted => (counted, Tolerance::CHECKSUM.union(Tolerance::STOP)),
    };
    let met = met.union(Tolerance::LENGTH);
    let rest = input.get(input.len()..)?;
    let frame = from_counted(counted)?;
    allowed.contains(met).then_some((frame, rest, met))
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;
    use crate::link::frame::tests::any_frame_bytes;

    const FRAME: [u8; 12] = [
        0x68, 0x06, 0x06, 0x68, 0x53, 0xFE, 0x51, 0x01, 0x7A, 0x08, 0x25, 0x16,
    ];
    const LINK: Tolerance = Tolerance::CHECKSUM
        .union(Tolerance::LENGTH)
        .union(Tolerance::STOP)
        .union(Tolerance::NOISE);

    fn with(at: usize, byte: u8) -> [u8; 12] {
        let mut bytes = FRAME;
        bytes[at] = byte;
        bytes
    }

    /// Reads `input`, checks that the data of `FRAME` comes out, and returns what was met.
    fn met(input: &[u8], allowed: Tolerance) -> Option<Tolerance> {
        let (frame, rest, met) = Frame::parse_with(input, allowed).ok()?;
        assert_eq!(frame.user_data(), &FRAME[6..10]);
        assert!(rest.is_empty());
        Some(met)
    }

    #[test]
    fn a_correct_frame_meets_nothing() {
        assert_eq!(met(&FRAME, LINK), Some(Tolerance::STRICT));
    }

    #[test]
    fn a_wrong_checksum_needs_its_option() {
        let input = with(10, 0x26);
        assert_eq!(met(&input, LINK), Some(Tolerance::CHECKSUM));
        assert_eq!(met(&input, Tolerance::CHECKSUM), Some(Tolerance::CHECKSUM));
        let error = Frame::parse_with(&input, LINK.difference(Tolerance::CHECKSUM)).unwrap_err();
        assert_eq!(error, Frame::parse(&input).unwrap_err());
    }

    #[test]
    fn a_wrong_or_missing_stop_byte_needs_its_option() {
        for input in [&with(11, 0x00)[..], &FRAME[..11]] {
            assert_eq!(met(input, Tolerance::STOP), Some(Tolerance::STOP));
            assert_eq!(met(input, LINK.difference(Tolerance::STOP)), None);
        }
    }

    #[test]
    fn wrong_lengths_end_where_checksum_and_stop_fit() {
        for input in [with(1, 0x05), with(2, 0x09), with(2, 0x00)] {
            assert_eq!(met(&input, Tolerance::LENGTH), Some(Tolerance::LENGTH));
        }
        let mut both = with(1, 0x20);
        both[2] = 0x20;
        assert_eq!(met(&both, Tolerance::LENGTH), Some(Tolerance::LENGTH));
        both[1] = 0x03;
        both[2] = 0x03;
        assert_eq!(met(&both, LINK), Some(Tolerance::LENGTH));
        assert_eq!(met(&both, Tolerance::CHECKSUM), None);
    }

    #[test]
    fn wrong_lengths_and_a_wrong_checksum_end_with_the_input() {
        let mut input = with(1, 0x20);
        input[10] = 0x26;
        assert_eq!(
            met(&input, LINK),
            Some(Tolerance::LENGTH | Tolerance::CHECKSUM)
        );
        assert_eq!(
            met(&input[..10], LINK),
            Some(Tolerance::LENGTH | Tolerance::CHECKSUM | Tolerance::STOP)
        );
        assert_eq!(met(&input, LINK.difference(Tolerance::CHECKSUM)), None);
    }

    #[test]
    fn noise_before_a_frame_is_passed_over() {
        let input = [&[0x00, 0xE5, 0x68, 0x10], &FRAME[..]].concat();
        assert_eq!(met(&input, LINK), Some(Tolerance::NOISE));
        assert_eq!(met(&input, LINK.difference(Tolerance::NOISE)), None);
        let wrong = [&[0xFF], &with(10, 0)[..]].concat();
        assert_eq!(
            met(&wrong, LINK),
            Some(Tolerance::NOISE | Tolerance::CHECKSUM)
        );
    }

    #[test]
    fn a_single_character_in_noise_counts_if_nothing_else_follows() {
        let (frame, rest, met) = Frame::parse_with(&[0x00, 0xE5, 0xFF], LINK).unwrap();
        assert_eq!(frame, Frame::Ack);
        assert_eq!(rest, [0xFF]);
        assert_eq!(met, Tolerance::NOISE);
    }

    #[test]
    fn the_error_after_noise_is_that_of_the_frame() {
        let input = [&[0x00, 0x00], &with(10, 0x26)[..]].concat();
        let error = Frame::parse_with(&input, Tolerance::NOISE).unwrap_err();
        assert_eq!(error.offset, 12);
        assert_eq!(
            error.kind,
            DecodeErrorKind::Checksum {
                expected: 0x25,
                found: 0x26
            }
        );
    }

    #[test]
    fn a_short_frame_may_deviate_at_the_front_only() {
        let input = [0x10, 0x5B, 0x01, 0x00, 0x16];
        let (_, _, met) = Frame::parse_with(&input, LINK).unwrap();
        assert_eq!(met, Tolerance::CHECKSUM);
        let noisy = [&[0x00], &input[..]].concat();
        assert!(Frame::parse_with(&noisy, LINK).is_err());
    }

    proptest! {
        #[test]
        fn correct_frames_read_the_same(bytes in any_frame_bytes(), after: Vec<u8>, bits: u16) {
            let input = [&bytes[..], &after].concat();
            let (frame, rest) = Frame::parse(&input).unwrap();
            let tolerant = Frame::parse_with(&input, Tolerance::from_bits_truncate(bits));
            prop_assert_eq!(tolerant, Ok((frame, rest, Tolerance::STRICT)));
        }

        #[test]
        fn only_what_is_allowed_is_met(
            mut bytes in any_frame_bytes(),
            at: prop::sample::Index,
            byte: u8,
            bits: u16,
        ) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let allowed = Tolerance::from_bits_truncate(bits);
            match Frame::parse_with(&bytes, allowed) {
                Ok((frame, _, met)) => {
                    prop_assert!(allowed.contains(met));
                    prop_assert!(frame.encoded_len() <= Frame::MAX_LENGTH);
                    prop_assert_eq!(met.is_empty(), Frame::parse(&bytes).is_ok());
                }
                Err(error) => prop_assert!(error.offset <= bytes.len()),
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = Frame::parse_with(&bytes, LINK);
        }
    }
}
