//! Takes fields from the front of a slice and remembers where each one was.

use crate::{DecodeError, DecodeErrorKind};

/// What is left of a slice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
    offset: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(input: &'a [u8]) -> Self {
        Self {
            rest: input,
            offset: 0,
        }
    }

    /// An error about the next byte.
    #[cold]
    pub(crate) const fn error(&self, kind: DecodeErrorKind) -> DecodeError {
        DecodeError {
            kind,
            offset: self.offset,
        }
    }

    /// An error about the byte `back` bytes before the next one.
    #[cold]
    pub(crate) const fn error_before(&self, back: usize, kind: DecodeErrorKind) -> DecodeError {
        DecodeError {
            kind,
            offset: self.offset.saturating_sub(back),
        }
    }

    pub(crate) const fn remaining(&self) -> usize {
        self.rest.len()
    }

    pub(crate) fn u8(&mut self) -> Result<u8, DecodeError> {
        match self.rest {
            [first, rest @ ..] => {
                self.rest = rest;
                self.offset = self.offset.saturating_add(1);
                Ok(*first)
            }
            [] => Err(self.truncated(1)),
        }
    }

    pub(crate) fn u16(&mut self) -> Result<u16, DecodeError> {
        match self.rest {
            [high, low, rest @ ..] => {
                self.rest = rest;
                self.offset = self.offset.saturating_add(2);
                Ok(u16::from_be_bytes([*high, *low]))
            }
            _ => Err(self.truncated(2)),
        }
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Result<&'a [u8], DecodeError> {
        match self.rest.split_at_checked(count) {
            Some((taken, rest)) => {
                self.rest = rest;
                self.offset = self.offset.saturating_add(count);
                Ok(taken)
            }
            None => Err(self.truncated(count)),
        }
    }

    /// The next `count` bytes, to be read field by field.
    pub(crate) fn part(&mut self, count: usize) -> Result<Self, DecodeError> {
        let offset = self.offset;
        let rest = self.bytes(count)?;
        Ok(Self { rest, offset })
    }

    /// What is left, without taking it.
    pub(crate) const fn as_bytes(&self) -> &'a [u8] {
        self.rest
    }

    /// All that is left.
    pub(crate) fn rest(&mut self) -> &'a [u8] {
        self.offset = self.offset.saturating_add(self.rest.len());
        core::mem::take(&mut self.rest)
    }

    /// Refuses what is left.
    pub(crate) fn end(&self) -> Result<(), DecodeError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            Err(self.error(DecodeErrorKind::Trailing {
                count: saturated(self.rest.len()),
            }))
        }
    }

    #[cold]
    fn truncated(&self, wanted: usize) -> DecodeError {
        self.error(DecodeErrorKind::Truncated {
            needed: saturated(wanted.saturating_sub(self.rest.len())),
        })
    }
}

/// A length as errors report it.
pub(crate) fn saturated(length: usize) -> u16 {
    u16::try_from(length).unwrap_or(u16::MAX)
}
