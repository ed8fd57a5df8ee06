//! The bytes that a decoder holds, and what tells whether a run of them ends with its CRC.

use crate::adu::crc::{MAX_RUN, after, is_checked};

/// How many bytes are held: the longest frame.
pub(super) const CAPACITY: usize = MAX_RUN;

/// Two rings, side by side: the bytes held, and the CRC register behind each of them, of a run that
/// started with 0.
#[derive(Clone, Debug)]
pub(super) struct Ring {
    bytes: [u8; CAPACITY],
    registers: [u16; CAPACITY],
    // The register before the first byte held.
    before: u16,
    start: usize,
    length: usize,
}

impl Ring {
    pub(super) const EMPTY: Self = Self {
        bytes: [0; CAPACITY],
        registers: [0; CAPACITY],
        before: 0,
        start: 0,
        length: 0,
    };

    pub(super) const fn clear(&mut self) {
        self.start = 0;
        self.length = 0;
        self.before = 0;
    }

    #[inline]
    pub(super) const fn len(&self) -> usize {
        self.length
    }

    #[inline]
    pub(super) const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds bytes, for which there is room.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        let mut register = self.register_behind(self.length);
        for &byte in bytes {
            register = after(register, byte);
            let at = self.index(self.length);
            if let (Some(place), Some(entry)) = (self.bytes.get_mut(at), self.registers.get_mut(at))
            {
                *place = byte;
                *entry = register;
                self.length = self.length.saturating_add(1);
            }
        }
    }

    /// Drops the first `count` bytes.
    pub(super) fn drop_front(&mut self, count: usize) {
        self.before = self.register_behind(count);
        self.length = self.length.saturating_sub(count);
        self.start = if self.length == 0 {
            0
        } else {
            self.index(count)
        };
    }

    /// Whether the first `count` bytes lie in one piece.
    pub(super) const fn is_whole(&self, count: usize) -> bool {
        self.start.saturating_add(count) <= CAPACITY || self.start >= CAPACITY
    }

    /// Puts all bytes into one piece.
    pub(super) fn make_whole(&mut self) {
        rotate(&mut self.bytes, self.start);
        rotate(&mut self.registers, self.start);
        self.start = 0;
    }

    /// Drops the first `count` bytes and lends them, if they lie in one piece.
    pub(super) fn take(&mut self, count: usize) -> Option<&[u8]> {
        let from = self.start;
        self.drop_front(count);
        self.bytes.get(from..from.saturating_add(count))
    }

    /// The byte that is `position` bytes after the first one.
    #[inline]
    pub(super) fn byte(&self, position: usize) -> Option<u8> {
        if position < self.length {
            self.bytes.get(self.index(position)).copied()
        } else {
            None
        }
    }

    /// Whether the first `count` bytes end with their CRC.
    #[inline]
    pub(super) fn is_checked(&self, count: usize) -> bool {
        is_checked(self.before, self.register_behind(count), count)
    }

    /// The register behind the first `count` bytes.
    #[inline]
    fn register_behind(&self, count: usize) -> u16 {
        match count.checked_sub(1) {
            None => self.before,
            Some(last) => self
                .registers
                .get(self.index(last))
                .copied()
                .unwrap_or_default(),
        }
    }

    /// The entry that is `position` entries after the first one.
    #[inline]
    const fn index(&self, position: usize) -> usize {
        self.start.saturating_add(position) % CAPACITY
    }
}

/// Moves the entry at `start` to the front; core's rotation can panic as far as the linker knows.
fn rotate<T: Copy>(ring: &mut [T; CAPACITY], start: usize) {
    let old = *ring;
    if let Some((last, first)) = old.split_at_checked(start) {
        for (to, from) in ring.iter_mut().zip(first.iter().chain(last)) {
            *to = *from;
        }
    }
}
