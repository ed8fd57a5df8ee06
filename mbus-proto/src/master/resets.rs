//! The resets before a readout or a scan.

use crate::app::Command;
use crate::link::{ControlField, PrimaryAddress};

use super::config::ResetMode;
use super::job::Context;

/// The resets that [`ResetMode`] names for the whole bus, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Resets {
    next: u8,
}

impl Resets {
    pub(super) const FIRST: Self = Self { next: 0 };
    /// No resets at all.
    pub(super) const DONE: Self = Self { next: 3 };

    /// Sends the next reset; whether there was one.
    ///
    /// Whether anybody acknowledges them is not known, so silence is no reason to repeat.
    pub(super) fn send_next(&mut self, context: &mut Context<'_>) -> bool {
        while let Some(command) = self.take(context.config.reset) {
            if let Some(command) = command {
                send(context, &command);
                return true;
            }
        }
        false
    }

    /// The next one, if the mode has it.
    fn take(&mut self, mode: ResetMode) -> Option<Option<Command>> {
        let everybody = PrimaryAddress::BROADCAST;
        let (applies, command) = match self.next {
            0 => (mode.is_extended(), Command::deselect()),
            1 => (
                mode == ResetMode::Extended2,
                Command::reset_application(everybody, None),
            ),
            2 => (
                mode.is_extended() || mode == ResetMode::Standard,
                Command::reset_link(everybody),
            ),
            _ => return None,
        };
        self.next = self.next.saturating_add(1);
        Some(applies.then_some(command))
    }
}

impl ResetMode {
    const fn is_extended(self) -> bool {
        matches!(self, Self::Extended1 | Self::Extended2)
    }
}

/// Sends a reset that need not be acknowledged.
pub(super) fn send(context: &mut Context<'_>, command: &Command) {
    let frame = command.frame();
    if let (Some(control), Some(address)) = (frame.control(), frame.address()) {
        if control == ControlField::snd_nke() {
            context.counts.reset(address);
        }
    }
    context.order(&frame, 0);
}
