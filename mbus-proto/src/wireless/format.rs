//! The frame formats of the radio link: where CRCs stand between the bytes of a frame.

use core::fmt;

use crate::wireless::crc::{Digest, crc};
use crate::wireless::frame::{HEADER, MAX_FRAME, MIN_LENGTH};
use crate::write::Write;
use crate::{DecodeError, DecodeErrorKind, Tolerance};

/// The frame format: where the CRCs stand (EN 13757-4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Format {
    /// A CRC after the first 10 bytes and after every 16 that follow; the length does not count
    /// them.
    A,
    /// A CRC after at most 126 bytes, and a second one after the rest; the length counts them.
    B,
    /// No CRCs: the receiver checked and removed them. The length counts the bytes that follow.
    WithoutCrc,
}

/// What the second part of a format B frame begins after, CRC of the first part excluded.
const B_FIRST: usize = 126;
/// The longest format B frame with one CRC.
const B_ONE_CRC: usize = 128;
/// Bytes of a block of format A after the first.
const A_BLOCK: usize = 16;
const CRC: usize = 2;

impl Format {
    /// The length of the longest frame in bytes, in any format.
    pub const MAX_LENGTH: usize = 290;

    /// The length of a whole frame whose first byte is `length`: how much a receiver has to wait
    /// for.
    ///
    /// ```
    /// use mbus_proto::wireless::Format;
    ///
    /// assert_eq!(Format::A.frame_len(0x14), 25);
    /// assert_eq!(Format::B.frame_len(0x16), 23);
    /// ```
    #[must_use]
    pub const fn frame_len(self, length: u8) -> usize {
        // `as`: `From` is not const.
        #[allow(clippy::cast_lossless)]
        let length = length as usize;
        let counted = length.wrapping_add(1);
        match self {
            Self::A => {
                let blocks = length.saturating_sub(9).div_ceil(A_BLOCK);
                counted.wrapping_add(blocks.wrapping_add(1).wrapping_mul(CRC))
            }
            Self::B | Self::WithoutCrc => counted,
        }
    }

    /// The format that the two bytes after the preamble announce in mode C: 54h CDh or 54h 3Dh.
    #[must_use]
    pub const fn from_mode_c_sync(sync: [u8; 2]) -> Option<Self> {
        match sync {
            [0x54, 0xCD] => Some(Self::A),
            [0x54, 0x3D] => Some(Self::B),
            _ => None,
        }
    }

    /// The format that length and CRCs speak for; a frame without any CRC that fits is taken for
    /// one whose CRCs were removed. `None` where the input is too short to tell.
    #[must_use]
    pub fn detect(input: &[u8]) -> Option<Self> {
        let &length = input.first()?;
        let is_whole = |format: Self| input.len() == format.frame_len(length);
        let has_first_crc = has_first_crc(input)?;
        Some(if is_whole(Self::A) {
            Self::A
        } else if is_whole(Self::B) && has_b_crcs(input) {
            Self::B
        } else if has_first_crc {
            Self::A
        } else {
            Self::WithoutCrc
        })
    }

    /// Copies the frame that `input` begins with to the front of `out`, without CRCs and with the
    /// length as it is then.
    ///
    /// Returns the length of the copy and of what was read, and what was bridged:
    /// [`Tolerance::CHECKSUM`].
    pub(crate) fn strip(
        self,
        input: &[u8],
        allowed: Tolerance,
        out: &mut [u8; MAX_FRAME],
    ) -> Result<(usize, usize, Tolerance), DecodeError> {
        let Some(&length) = input.first() else {
            return Err(truncated(usize::from(MIN_LENGTH).wrapping_add(1), 0));
        };
        let is_too_small = match self {
            Self::A | Self::WithoutCrc => length < MIN_LENGTH,
            // Between one CRC and two there are lengths that no frame has.
            Self::B => length < MIN_LENGTH.wrapping_add(2) || matches!(length, 128 | 129),
        };
        if is_too_small {
            return Err(DecodeError::new(
                DecodeErrorKind::RadioLength { found: length },
                0,
            ));
        }
        let total = self.frame_len(length);
        let Some(frame) = input.get(..total) else {
            return Err(truncated(total.saturating_sub(input.len()), input.len()));
        };
        let mut copy = Copy {
            out,
            len: 0,
            at: 0,
            allowed,
            met: Tolerance::STRICT,
        };
        match self {
            Self::WithoutCrc => copy.push(frame),
            Self::A => {
                let mut rest = copy.block(frame, HEADER)?;
                while !rest.is_empty() {
                    let size = rest.len().saturating_sub(CRC).min(A_BLOCK);
                    rest = copy.block(rest, size)?;
                }
            }
            Self::B => {
                let first = if total <= B_ONE_CRC {
                    total.saturating_sub(CRC)
                } else {
                    B_FIRST
                };
                let rest = copy.block(frame, first)?;
                if !rest.is_empty() {
                    copy.block(rest, rest.len().saturating_sub(CRC))?;
                }
            }
        }
        let (len, met) = (copy.len, copy.met);
        // At most 255, since at least one byte of 256 is a CRC or the length itself.
        let stripped = u8::try_from(len.saturating_sub(1)).unwrap_or(u8::MAX);
        if let Some(first) = out.first_mut() {
            *first = stripped;
        }
        Ok((len, total, met))
    }

    /// The length of a frame with `len` bytes without CRCs; `None` if it does not fit.
    pub(crate) fn total(self, len: usize) -> Option<usize> {
        let length = u8::try_from(len.checked_sub(1)?).ok()?;
        match self {
            Self::WithoutCrc => Some(len),
            Self::A => Some(self.frame_len(length)),
            Self::B => {
                let crcs = if len.saturating_add(CRC) <= B_ONE_CRC {
                    CRC
                } else {
                    CRC.saturating_add(CRC)
                };
                let total = len.saturating_add(crcs);
                (total <= MAX_FRAME).then_some(total)
            }
        }
    }

    /// Writes a frame, given as length byte and what follows it, with its CRCs.
    pub(crate) fn write(self, frame: &[u8], out: &mut impl Write) {
        match self {
            Self::WithoutCrc => out.put(frame),
            Self::A => {
                let (first, mut rest) = frame.split_at_checked(HEADER).unwrap_or((frame, &[]));
                put_block(&[first], out);
                while !rest.is_empty() {
                    let size = rest.len().min(A_BLOCK);
                    let (block, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
                    put_block(&[block], out);
                    rest = after;
                }
            }
            Self::B => {
                let Some((_, body)) = frame.split_first() else {
                    return;
                };
                let total = self.total(frame.len()).unwrap_or_default();
                let length = u8::try_from(total.saturating_sub(1)).unwrap_or(u8::MAX);
                if total <= B_ONE_CRC {
                    put_block(&[&[length], body], out);
                } else {
                    let first = B_FIRST.saturating_sub(1);
                    let (first, rest) = body.split_at_checked(first).unwrap_or((body, &[]));
                    put_block(&[&[length], first], out);
                    put_block(&[rest], out);
                }
            }
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::A => "format A",
            Self::B => "format B",
            Self::WithoutCrc => "without CRC",
        })
    }
}

/// A frame on its way to a buffer.
struct Copy<'o> {
    out: &'o mut [u8; MAX_FRAME],
    len: usize,
    /// How many bytes were read.
    at: usize,
    allowed: Tolerance,
    met: Tolerance,
}

impl Copy<'_> {
    /// Takes a block of `size` bytes and its CRC from the front of `input`, and returns what
    /// follows.
    fn block<'i>(&mut self, input: &'i [u8], size: usize) -> Result<&'i [u8], DecodeError> {
        let at = self.at.saturating_add(size);
        let parts = input
            .split_at_checked(size)
            .and_then(|(block, rest)| Some((block, rest.split_first_chunk::<CRC>()?)));
        let Some((block, (&sent, rest))) = parts else {
            let missing = size.saturating_add(CRC).saturating_sub(input.len());
            return Err(truncated(missing, at));
        };
        let (expected, found) = (crc(block), u16::from_be_bytes(sent));
        if expected != found {
            if !self.allowed.contains(Tolerance::CHECKSUM) {
                return Err(DecodeError::new(
                    DecodeErrorKind::Crc { expected, found },
                    at,
                ));
            }
            self.met.insert(Tolerance::CHECKSUM);
        }
        self.push(block);
        self.at = self.at.saturating_add(CRC);
        Ok(rest)
    }

    fn push(&mut self, bytes: &[u8]) {
        if let Some(place) = self.out.get_mut(self.len..) {
            for (to, from) in place.iter_mut().zip(bytes) {
                *to = *from;
            }
        }
        self.len = self.len.saturating_add(bytes.len());
        self.at = self.at.saturating_add(bytes.len());
    }
}

fn truncated(missing: usize, at: usize) -> DecodeError {
    let needed = u16::try_from(missing).unwrap_or(u16::MAX);
    DecodeError::new(DecodeErrorKind::Truncated { needed }, at)
}

/// Whether a CRC that fits follows the first 10 bytes; `None` if the input ends before.
fn has_first_crc(input: &[u8]) -> Option<bool> {
    let (block, rest) = input.split_at_checked(HEADER)?;
    Some(match rest.first_chunk::<CRC>() {
        Some(&sent) => u16::from_be_bytes(sent) == crc(block),
        None => false,
    })
}

/// Whether the CRCs are those of a whole frame in format B.
fn has_b_crcs(frame: &[u8]) -> bool {
    let is_sound = |part: &[u8]| {
        let Some((bytes, &sent)) = part.split_last_chunk::<CRC>() else {
            return false;
        };
        u16::from_be_bytes(sent) == crc(bytes)
    };
    if frame.len() <= B_ONE_CRC {
        return is_sound(frame);
    }
    match frame.split_at_checked(B_ONE_CRC) {
        Some((first, rest)) => rest.len() > CRC && is_sound(first) && is_sound(rest),
        None => false,
    }
}

fn put_block(parts: &[&[u8]], out: &mut impl Write) {
    let mut crc = Digest::new();
    for part in parts {
        crc.update(part);
        out.put(part);
    }
    out.put(&crc.finalize().to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: [u8; 21] = [
        0x14, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x7A, 0x2A, 0x00, 0x00, 0x00,
        0x0C, 0x13, 0x27, 0x04, 0x85, 0x02,
    ];
    const A: [u8; 25] = [
        0x14, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x6C, 0xAC, 0x7A, 0x2A, 0x00,
        0x00, 0x00, 0x0C, 0x13, 0x27, 0x04, 0x85, 0x02, 0xD3, 0x64,
    ];
    const B: [u8; 23] = [
        0x16, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x7A, 0x2A, 0x00, 0x00, 0x00,
        0x0C, 0x13, 0x27, 0x04, 0x85, 0x02, 0x9C, 0xF8,
    ];

    #[test]
    fn all_formats_of_a_frame_are_told_apart_and_stripped() {
        for (bytes, format) in [
            (&A[..], Format::A),
            (&B[..], Format::B),
            (&PLAIN[..], Format::WithoutCrc),
        ] {
            assert_eq!(Format::detect(bytes), Some(format));
            let mut out = [0; MAX_FRAME];
            let (len, read, met) = format.strip(bytes, Tolerance::STRICT, &mut out).unwrap();
            assert_eq!((&out[..len], read), (&PLAIN[..], bytes.len()));
            assert_eq!(met, Tolerance::STRICT);
        }
    }

    #[test]
    fn a_frame_without_payload_has_a_format_too() {
        // Ten bytes and a CRC are the first block of format A and all of format B.
        let mut b = [11, 0x40, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 1, 7, 0, 0];
        let sum = crc(&b[..10]).to_be_bytes();
        b[10..].copy_from_slice(&sum);
        assert_eq!(Format::detect(&b), Some(Format::B));
        let mut a = b;
        a[0] = 9;
        let sum = crc(&a[..10]).to_be_bytes();
        a[10..].copy_from_slice(&sum);
        assert_eq!(Format::detect(&a), Some(Format::A));
        assert_eq!(Format::detect(&a[..10]), Some(Format::WithoutCrc));
        assert_eq!(Format::detect(&a[..9]), None);
    }

    #[test]
    fn a_wrong_crc_is_named_with_its_place_or_bridged() {
        let mut bytes = A;
        bytes[20] ^= 1;
        let mut out = [0; MAX_FRAME];
        let error = Format::A
            .strip(&bytes, Tolerance::STRICT, &mut out)
            .unwrap_err();
        assert!(
            matches!(error.kind, DecodeErrorKind::Crc { found: 0xD364, .. }),
            "{error}"
        );
        assert_eq!(error.offset, 23);
        let bridged = Format::A.strip(&bytes, Tolerance::CHECKSUM, &mut out);
        assert_eq!(bridged.unwrap().2, Tolerance::CHECKSUM);
    }

    #[test]
    fn lengths_that_no_frame_has_are_refused() {
        let mut out = [0; MAX_FRAME];
        for (format, length) in [
            (Format::A, 8),
            (Format::WithoutCrc, 8),
            (Format::B, 10),
            (Format::B, 128),
            (Format::B, 129),
        ] {
            let bytes = [length; 140];
            let error = format
                .strip(&bytes, Tolerance::LENIENT, &mut out)
                .unwrap_err();
            assert_eq!(error.kind, DecodeErrorKind::RadioLength { found: length });
        }
    }

    #[test]
    fn the_longest_frames_have_the_stated_length() {
        assert_eq!(Format::A.frame_len(255), Format::MAX_LENGTH);
        assert_eq!(Format::A.total(256), Some(Format::MAX_LENGTH));
        assert_eq!(Format::B.total(252), Some(256));
        assert_eq!(Format::B.total(253), None);
        assert_eq!(Format::B.total(126), Some(128));
        assert_eq!(Format::B.total(127), Some(131));
    }
}
