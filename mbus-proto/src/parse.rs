//! Parsers: functions from bytes to what they say and the bytes that follow.

use crate::{DecodeError, DecodeErrorKind};

/// A parser failure on its way to becoming a [`DecodeError`].
///
/// It keeps the input that was left, so that the offset can be computed once, at the border.
#[derive(Debug)]
pub(crate) struct Fault<'a> {
    rest: &'a [u8],
    kind: DecodeErrorKind,
}

/// What every parser of frames and application data returns: what follows, and what was parsed.
pub(crate) type Parse<'a, T> = Result<(&'a [u8], T), Fault<'a>>;

/// Turns the outcome of a parser over the whole of `input` into the public one.
pub(crate) fn finish<'a, T>(
    input: &'a [u8],
    outcome: Parse<'a, T>,
) -> Result<(T, &'a [u8]), DecodeError> {
    match outcome {
        Ok((rest, value)) => Ok((value, rest)),
        Err(fault) => {
            let offset = input.len().saturating_sub(fault.rest.len());
            Err(DecodeError::new(fault.kind, offset))
        }
    }
}

/// Fails at the first byte of `rest`.
pub(crate) fn fail<T>(rest: &[u8], kind: DecodeErrorKind) -> Parse<'_, T> {
    Err(Fault { rest, kind })
}

/// Fails at the field that `field` starts with, which lacks at least `needed` bytes.
pub(crate) fn truncated<T>(field: &[u8], needed: usize) -> Parse<'_, T> {
    let needed = u16::try_from(needed).unwrap_or(u16::MAX);
    fail(field, DecodeErrorKind::Truncated { needed })
}

/// Parses exactly `count` bytes.
pub(crate) fn take(input: &[u8], count: usize) -> Parse<'_, &[u8]> {
    match input.split_at_checked(count) {
        Some((taken, rest)) => Ok((rest, taken)),
        None => truncated(input, count.saturating_sub(input.len())),
    }
}

/// Parses an array of bytes.
pub(crate) fn array<const N: usize>(input: &[u8]) -> Parse<'_, [u8; N]> {
    match input.split_first_chunk::<N>() {
        Some((taken, rest)) => Ok((rest, *taken)),
        None => truncated(input, N.saturating_sub(input.len())),
    }
}

/// Parses one byte.
pub(crate) fn byte(input: &[u8]) -> Parse<'_, u8> {
    let (rest, [byte]) = array(input)?;
    Ok((rest, byte))
}

/// Parses an unsigned number of two bytes, least significant first.
pub(crate) fn le_u16(input: &[u8]) -> Parse<'_, u16> {
    let (rest, bytes) = array(input)?;
    Ok((rest, u16::from_le_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_knows_its_place() {
        let input = [1, 2, 3];
        let outcome = take(&input, 2).and_then(|(rest, _)| le_u16(rest));
        assert_eq!(
            finish(&input, outcome),
            Err(DecodeError::new(
                DecodeErrorKind::Truncated { needed: 1 },
                2
            ))
        );
    }

    #[test]
    fn what_follows_is_handed_back() {
        let input = [0x34, 0x12, 0xFF];
        assert_eq!(finish(&input, le_u16(&input)), Ok((0x1234, &[0xFF][..])));
    }
}
