//! What the bytes at some position of a stream are.

use super::{FrameDecoder, SingleCharacter};
use crate::link::frame::{
    ACK, LONG_OVERHEAD, MIN_COUNTED, SHORT_LENGTH, START_LONG, START_SHORT, STOP,
};
use crate::link::parse::sum;

/// What the bytes at some position are.
pub(super) enum Verdict {
    /// A frame of this length.
    Frame(usize),
    /// No frame.
    Noise,
    /// The start of a frame of this length, with another checksum.
    WrongSum(usize),
    /// Perhaps a frame; to know more takes this many bytes.
    Needs(usize),
}

impl FrameDecoder {
    pub(super) fn judge_input(&mut self, input: &[u8]) -> Verdict {
        self.count(1);
        match *input {
            [ACK, ..] if self.single_character == SingleCharacter::Accept => Verdict::Frame(1),
            [START_SHORT, control, address, checksum, stop, ..] => {
                if stop == STOP && control.wrapping_add(address) == checksum {
                    Verdict::Frame(SHORT_LENGTH)
                } else {
                    Verdict::Noise
                }
            }
            [START_SHORT, ..] => Verdict::Needs(SHORT_LENGTH),
            [START_LONG, first, second, start, ref body @ ..] => {
                let Some(total) = total_length(first, second, start) else {
                    return Verdict::Noise;
                };
                let Some((counted, tail)) = body.split_at_checked(usize::from(first)) else {
                    return Verdict::Needs(total);
                };
                match *tail {
                    [checksum, STOP, ..] => {
                        self.count(counted.len());
                        if sum(counted) == checksum {
                            Verdict::Frame(total)
                        } else {
                            Verdict::WrongSum(total)
                        }
                    }
                    [_, _, ..] => Verdict::Noise,
                    _ => Verdict::Needs(total),
                }
            }
            [START_LONG, ..] => Verdict::Needs(4),
            _ => Verdict::Noise,
        }
    }

    pub(super) fn judge_held(&mut self) -> Verdict {
        self.count(1);
        match self.byte(0) {
            ACK if self.single_character == SingleCharacter::Accept => Verdict::Frame(1),
            START_SHORT if self.length < SHORT_LENGTH => Verdict::Needs(SHORT_LENGTH),
            START_SHORT => self.judge_end(SHORT_LENGTH, 1),
            START_LONG if self.length < 4 => Verdict::Needs(4),
            START_LONG => match total_length(self.byte(1), self.byte(2), self.byte(3)) {
                Some(total) if self.length < total => Verdict::Needs(total),
                Some(total) => self.judge_end(total, 4),
                None => Verdict::Noise,
            },
            _ => Verdict::Noise,
        }
    }

    /// Judges the last two bytes of a frame of `total` bytes whose sum starts at `from`.
    fn judge_end(&self, total: usize, from: usize) -> Verdict {
        let checksum_at = total.saturating_sub(2);
        let expected = self
            .sum_before(checksum_at)
            .wrapping_sub(self.sum_before(from));
        if self.byte(total.saturating_sub(1)) != STOP {
            Verdict::Noise
        } else if self.byte(checksum_at) == expected {
            Verdict::Frame(total)
        } else {
            Verdict::WrongSum(total)
        }
    }
}

/// The length of the long frame with these three bytes after its start; `None` if they cannot be.
const fn total_length(first: u8, second: u8, start: u8) -> Option<usize> {
    if first != second || start != START_LONG || first < MIN_COUNTED {
        return None;
    }
    // `as`: `From` is not const.
    #[allow(clippy::cast_lossless)]
    Some((first as usize).wrapping_add(LONG_OVERHEAD))
}
