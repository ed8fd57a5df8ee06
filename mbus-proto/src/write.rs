//! Where encoded bytes go: a slice or, with `alloc`, a growing buffer.

use core::mem;

use crate::EncodeError;

/// A place to append bytes to, whose room was checked beforehand.
pub(crate) trait Write {
    /// Appends `bytes`.
    fn put(&mut self, bytes: &[u8]);
}

/// Writes what `write` appends, `length` bytes of it, to the front of `out`.
pub(crate) fn into_slice(
    out: &mut [u8],
    length: usize,
    write: impl FnOnce(&mut SliceWriter<'_>),
) -> Result<usize, EncodeError> {
    let rest = out
        .get_mut(..length)
        .ok_or(EncodeError::Buffer { needed: length })?;
    write(&mut SliceWriter { rest });
    Ok(length)
}

/// Fills a slice from its front.
#[derive(Debug)]
pub(crate) struct SliceWriter<'a> {
    rest: &'a mut [u8],
}

impl<'a> SliceWriter<'a> {
    pub(crate) fn new(out: &'a mut [u8]) -> Self {
        Self { rest: out }
    }
}

impl Write for SliceWriter<'_> {
    fn put(&mut self, bytes: &[u8]) {
        let rest = mem::take(&mut self.rest);
        let length = bytes.len().min(rest.len());
        if let Some((front, rest)) = rest.split_at_mut_checked(length) {
            for (to, from) in front.iter_mut().zip(bytes) {
                *to = *from;
            }
            self.rest = rest;
        }
    }
}

/// Appends to a buffer of the `bytes` crate.
#[cfg(feature = "alloc")]
#[derive(Debug)]
pub(crate) struct BufWriter<'a, B>(pub(crate) &'a mut B);

#[cfg(feature = "alloc")]
impl<B: bytes::BufMut> Write for BufWriter<'_, B> {
    fn put(&mut self, bytes: &[u8]) {
        self.0.put_slice(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_slice_is_refused_untouched() {
        let mut out = [0xAA; 2];
        let result = into_slice(&mut out, 3, |writer| writer.put(&[1, 2, 3]));
        assert_eq!(result, Err(EncodeError::Buffer { needed: 3 }));
        assert_eq!(out, [0xAA; 2]);
    }

    #[test]
    fn pieces_follow_each_other() {
        let mut out = [0; 4];
        let result = into_slice(&mut out, 3, |writer| {
            writer.put(&[1]);
            writer.put(&[2, 3]);
        });
        assert_eq!(result, Ok(3));
        assert_eq!(out, [1, 2, 3, 0]);
    }
}
