//! Masks that are narrowed down without a selection.

use super::super::path::{Level, Part};
use super::Tree;

/// So many meters are expected under a mask, at least, that is narrowed down without a selection.
const CROWD: u32 = 8;

impl Tree {
    /// Narrows masks down without a selection under which several meters must be, or are to be
    /// expected. If that is wrong the mask is selected after all, and nothing is assumed any more.
    pub(super) fn assume(&mut self) {
        while self.expects_several() {
            let Some(part) = self.next_digit().map(Part::Digit) else {
                return;
            };
            if !self.fix(part) {
                return;
            }
            self.assumed |= self.depth_bit();
            self.skip_covered();
            if !self.has_value() {
                self.depth = self.depth.saturating_sub(1);
                return;
            }
        }
    }

    fn expects_several(&self) -> bool {
        let Some(level) = self.top() else {
            return false;
        };
        if !self.trust || level.index >= Level::DECIMAL || self.next_digit().is_none() {
            return false;
        }
        let first_pass = (self.again | self.assumed) & self.depth_bit() == 0;
        let forced = level.index == Level::DECIMAL - 1 && level.met == 0 && first_pass;
        forced || (self.scattered && self.is_crowded())
    }

    /// Whether the meters that the masks with as many digits had so far make for several under the
    /// next one, too.
    fn is_crowded(&self) -> bool {
        let masks = self.path().fold(0_u32, |masks, level| {
            masks.saturating_mul(10).saturating_add(level.index.into())
        });
        let found = self.found.saturating_sub(self.found_before);
        let thin = self.thin & self.depth_bit() != 0;
        masks > 1 && !thin && found >= masks.saturating_mul(CROWD)
    }

    /// Leaves a mask that was not selected; whether it had several meters.
    pub(super) fn end_assumption(&mut self) -> bool {
        let right = self.top().is_some_and(|level| level.met > 1);
        self.depth = self.depth.saturating_sub(1);
        if !right {
            self.trust = false;
            self.recall();
        } else if let Some(level) = self.top_mut() {
            level.met = 2;
        }
        right
    }
}
