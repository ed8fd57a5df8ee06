//! The bytes that are held, as a ring of running sums.

use super::{CAPACITY, Event, FrameDecoder};
use crate::link::parse::from_checked;

impl FrameDecoder {
    /// Takes from `input` what the frame at the start needs, or all there is.
    pub(super) fn hold(&mut self, input: &mut &[u8]) {
        let missing = self.needed.saturating_sub(self.length).min(input.len());
        let Some((taken, rest)) = input.split_at_checked(missing) else {
            return;
        };
        *input = rest;
        self.count(missing);
        let mut running = self.sum_before(self.length);
        for &byte in taken {
            running = running.wrapping_add(byte);
            let at = self.index(self.length);
            if let Some(entry) = self.sums.get_mut(at) {
                *entry = running;
                self.length = self.length.saturating_add(1);
            }
        }
    }

    /// Drops the first byte held as noise.
    pub(super) fn skip_held(&mut self) {
        self.base = self.sum_before(1);
        self.noise = self.noise.saturating_add(1);
        self.advance(1);
    }

    fn advance(&mut self, count: usize) {
        self.needed = 1;
        self.length = self.length.saturating_sub(count);
        self.start = if self.length == 0 {
            0
        } else {
            self.index(count)
        };
    }

    /// Turns the sums of the first `length` bytes held back into bytes, and lends those.
    pub(super) fn lend(&mut self, length: usize) -> Option<Event<'_>> {
        self.count(length);
        // Happens at most once in 261 bytes of the stream, as the start has to come round.
        if self.start.saturating_add(length) > CAPACITY && self.start < CAPACITY {
            self.count(CAPACITY);
            self.sums.rotate_left(self.start);
            self.start = 0;
        }
        let from = self.start;
        let mut before = self.base;
        let to = from.saturating_add(length);
        for entry in self.sums.get_mut(from..to)? {
            let sum = *entry;
            *entry = sum.wrapping_sub(before);
            before = sum;
        }
        self.base = before;
        self.advance(length);
        let bytes = self.sums.get(from..to)?;
        let frame = from_checked(bytes)?;
        Some(Event::Frame { frame, bytes })
    }

    /// The byte that is `position` bytes after the first one held.
    pub(super) fn byte(&self, position: usize) -> u8 {
        self.sum_before(position.saturating_add(1))
            .wrapping_sub(self.sum_before(position))
    }

    /// The sum of all bytes before the one at `position`.
    pub(super) fn sum_before(&self, position: usize) -> u8 {
        match position.checked_sub(1) {
            None => self.base,
            Some(last) => self.sums.get(self.index(last)).copied().unwrap_or_default(),
        }
    }

    /// The entry that is `position` entries after the first one held.
    const fn index(&self, position: usize) -> usize {
        let index = self.start.saturating_add(position);
        if index >= CAPACITY {
            index.saturating_sub(CAPACITY)
        } else {
            index
        }
    }
}
