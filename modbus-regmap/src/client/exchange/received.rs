//! Which frame answers which request.

use core::time::Duration;

use meter_units::Instant;

use super::{Exchange, increase};
use crate::adu::{Adu, Event as Found};
use crate::client::matching::{self, Answer};
use crate::client::queue::Note;
use crate::client::slot::{Outcome, State};
use crate::client::{Check, Mismatch};
use crate::pdu::{ExceptionCode, FunctionCode};

impl<const N: usize> Exchange<N> {
    /// Bytes came in: the line is not silent, and an answer may have begun.
    pub(in crate::client) fn received(&mut self, now: Instant) {
        let silence = self.silence();
        self.quiet_until = self.quiet_until.max(now.saturating_add(silence));
        for slot in &mut self.slots {
            let State::Waiting {
                first_byte_by,
                deadline,
                ..
            } = &mut slot.state
            else {
                continue;
            };
            if now <= *first_byte_by {
                let length = (self.framed_length)(slot.longest_answer);
                let rest = self
                    .config
                    .transmission_time(length)
                    .saturating_add(self.config.jitter);
                *deadline = (*deadline).max(now.saturating_add(rest));
            }
        }
    }

    /// Says how many bytes of a frame are held after the last input.
    pub(in crate::client) fn set_gap(&mut self, now: Instant, held: usize) {
        let wait = self.silence().saturating_add(self.config.jitter);
        self.gap = (self.is_serial && held > 0).then(|| now.saturating_add(wait));
    }

    pub(in crate::client) fn is_gap_over(&self, now: Instant) -> bool {
        self.gap.is_some_and(|gap| gap <= now)
    }

    pub(in crate::client) fn handle(&mut self, now: Instant, found: Found<'_>) {
        match found {
            Found::Frame(adu) => self.handle_frame(now, &adu),
            Found::Skipped(bytes) => {
                let counted = u32::try_from(bytes).unwrap_or(u32::MAX);
                self.statistics.skipped = self.statistics.skipped.saturating_add(counted);
                self.note(Note::Skipped(bytes));
            }
            Found::Lost(error) => self.note(Note::Lost(error)),
        }
    }

    fn handle_frame(&mut self, now: Instant, adu: &Adu<'_>) {
        let index = match self.find_waiting(adu) {
            Ok(index) => index,
            Err(mismatch) => return self.unexpected(adu, mismatch),
        };
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        let is_strange =
            slot.unit != adu.header.unit && (self.is_serial || self.config.unit == Check::Strict);
        let checked = if is_strange {
            Err(Mismatch::Unit)
        } else {
            matching::check(slot.pdu(), adu.pdu)
        };
        let mismatch = match checked {
            Ok(answer) => return self.answered(index, now, adu.pdu, answer),
            Err(mismatch) => mismatch,
        };
        // On a shared line, the answers of others say nothing about this request.
        let is_about_it =
            !self.is_serial || matches!(mismatch, Mismatch::Content | Mismatch::Malformed(_));
        if is_about_it {
            slot.mismatch = Some(mismatch);
        }
        self.unexpected(adu, mismatch);
        if !self.is_serial && mismatch != Mismatch::Unit {
            self.retry(index, now);
        }
    }

    /// The request that a frame may answer.
    fn find_waiting(&self, adu: &Adu<'_>) -> Result<usize, Mismatch> {
        let is_numbered = !self.is_serial && self.config.transaction == Check::Strict;
        let mut mismatch = Mismatch::NothingOpen;
        for (index, slot) in self.slots.iter().enumerate() {
            if let State::Waiting { transaction, .. } = slot.state {
                if !is_numbered || transaction == adu.header.transaction {
                    return Ok(index);
                }
            }
            if is_numbered && slot.is_open() {
                mismatch = Mismatch::Transaction;
            }
        }
        Err(mismatch)
    }

    fn answered(&mut self, index: usize, now: Instant, pdu: &[u8], answer: Answer) {
        increase(&mut self.statistics.answered);
        self.free_since = now;
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        self.rest_until = self.rest_until.max(now.saturating_add(slot.pause));
        if let (State::Waiting { deadline, .. }, 1..) = (slot.state, slot.lost) {
            // The answer to an earlier attempt may come, too.
            let of = (slot.unit, slot.function());
            self.suspect(of, deadline);
        }
        match answer {
            Answer::Normal => {
                if let Some(slot) = self.slots.get_mut(index) {
                    slot.store(pdu);
                }
                self.end(index, Outcome::Answered);
            }
            Answer::Exception(code) => self.refused(index, now, code),
        }
    }

    fn refused(&mut self, index: usize, now: Instant, code: ExceptionCode) {
        let delay = match code {
            ExceptionCode::Acknowledge | ExceptionCode::ServerDeviceBusy => {
                Some(self.config.busy_delay)
            }
            // As good as no answer.
            ExceptionCode::GatewayTargetFailedToRespond => Some(Duration::ZERO),
            _ => None,
        };
        match (delay, self.slots.get_mut(index)) {
            (Some(delay), Some(slot)) if slot.attempts_left > 0 => {
                slot.state = State::Ready {
                    not_before: now.saturating_add(delay),
                };
            }
            _ => self.end(index, Outcome::Exception(code)),
        }
    }

    fn unexpected(&mut self, adu: &Adu<'_>, mismatch: Mismatch) {
        increase(&mut self.statistics.unexpected);
        self.note(Note::Unexpected {
            header: adu.header,
            function: adu
                .pdu
                .first()
                .map(|code| FunctionCode::from_code(code & 0x7F)),
            mismatch,
        });
    }
}
