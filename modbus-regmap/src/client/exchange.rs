//! The requests of a client, from the first attempt to the outcome.

mod received;
mod sending;

use core::time::Duration;

use meter_units::Instant;

use crate::UnitId;
use crate::client::matching;
use crate::client::queue::{Note, Notes};
use crate::client::slot::{Cells, Outcome, Slot, State};
use crate::client::{Config, Event, RequestError, RequestId, Statistics};
use crate::pdu::{Request, SubFunction};

/// All of a client but its buffers for frames, which are lent out while this goes on.
#[derive(Clone, Debug)]
pub(super) struct Exchange<const N: usize> {
    config: Config,
    is_serial: bool,
    framed_length: fn(usize) -> usize,
    slots: [Slot; N],
    notes: Notes,
    statistics: Statistics,
    next_id: u32,
    next_transaction: u16,
    next_order: u64,
    // Nothing is sent before: the silence after the last byte in either direction.
    quiet_until: Instant,
    // When the last request was over.
    free_since: Instant,
    // Nothing is sent before: what has to pass after an answer.
    rest_until: Instant,
    // When bytes that are held cannot become a frame any more.
    gap: Option<Instant>,
    suspect: Option<Suspect>,
}

/// Whose late answer may still arrive.
#[derive(Clone, Copy, Debug)]
struct Suspect {
    // The unit and the function; `None` for all.
    of: Option<(UnitId, u8)>,
    until: Instant,
}

impl<const N: usize> Exchange<N> {
    pub(super) fn new(config: Config, is_serial: bool, framed_length: fn(usize) -> usize) -> Self {
        Self {
            config,
            is_serial,
            framed_length,
            slots: [const { Slot::FREE }; N],
            notes: Notes::EMPTY,
            statistics: Statistics::default(),
            next_id: 0,
            next_transaction: config.first_transaction,
            next_order: 0,
            quiet_until: Instant::ORIGIN,
            free_since: Instant::ORIGIN,
            rest_until: Instant::ORIGIN,
            gap: None,
            suspect: None,
        }
    }

    pub(super) fn accept(
        &mut self,
        now: Instant,
        unit: UnitId,
        request: &Request<'_>,
    ) -> Result<RequestId, RequestError> {
        let is_broadcast = self.is_serial && unit == UnitId::BROADCAST;
        if is_broadcast && !request.is_broadcastable() {
            return Err(RequestError::Broadcast);
        }
        let listen_only = SubFunction::FORCE_LISTEN_ONLY;
        let is_answered = !is_broadcast
            && !matches!(request, Request::Diagnostics { sub_function, .. } if *sub_function == listen_only);
        let id = RequestId(self.next_id);
        let config = self.config;
        let slot = self
            .slots
            .iter_mut()
            .find(|slot| slot.is_free())
            .ok_or(RequestError::Busy)?;
        let length = request
            .encode_into(slot.buffer())
            .map_err(RequestError::Encode)?;
        slot.set_length(length);
        slot.state = State::Ready { not_before: now };
        slot.id = id;
        slot.unit = unit;
        slot.sent = 0;
        slot.lost = 0;
        slot.mismatch = None;
        slot.attempts_left = if request.is_repeatable() {
            config.attempts.max(1)
        } else {
            1
        };
        slot.pause = config.pause;
        slot.is_answered = is_answered;
        slot.longest_answer = matching::longest_answer(request);
        slot.cells = Cells::of(request);
        self.next_id = self.next_id.wrapping_add(1);
        Ok(id)
    }

    pub(super) fn cancel(&mut self, id: RequestId) -> bool {
        let Some(slot) = self
            .slots
            .iter_mut()
            .find(|slot| slot.id == id && !matches!(slot.state, State::Free | State::Done { .. }))
        else {
            return false;
        };
        let state = core::mem::replace(&mut slot.state, State::Free);
        let of = (slot.unit, slot.function());
        if let State::Waiting { deadline, .. } = state {
            self.suspect(of, deadline);
        }
        true
    }

    /// Sends again what was sent, on a new connection.
    pub(super) fn start_over(&mut self, now: Instant) {
        self.gap = None;
        self.quiet_until = now;
        self.suspect = None;
        for index in 0..N {
            if self.slots.get(index).is_some_and(Slot::is_open) {
                self.retry(index, now);
            }
        }
    }

    pub(super) const fn set_pause(&mut self, pause: Duration) {
        self.config.pause = pause;
    }

    /// The silence between frames.
    const fn silence(&self) -> Duration {
        match self.config.line {
            Some(line) => line.silence(),
            // Behind a TCP connection that carries RTU frames is a line whose speed is not known.
            None if self.is_serial => Duration::from_micros(1_750),
            None => Duration::ZERO,
        }
    }

    pub(super) fn has_room(&self) -> bool {
        self.slots.iter().any(Slot::is_free)
    }

    pub(super) const fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// Whether a request has waited long enough.
    pub(super) fn is_any_due(&self, now: Instant) -> bool {
        self.slots
            .iter()
            .any(|slot| slot.deadline().is_some_and(|deadline| deadline <= now))
    }

    /// Ends or repeats what has waited long enough.
    pub(super) fn expire(&mut self, now: Instant) {
        for index in 0..N {
            let Some(slot) = self.slots.get_mut(index) else {
                continue;
            };
            match slot.state {
                State::Quiet { until } if until <= now => self.end(index, Outcome::Sent),
                State::Waiting { deadline, .. } if deadline <= now => {
                    slot.lost = slot.lost.saturating_add(1);
                    increase(&mut self.statistics.timeouts);
                    let of = (slot.unit, slot.function());
                    self.suspect(of, deadline);
                    self.retry(index, now);
                }
                _ => {}
            }
        }
    }

    fn retry(&mut self, index: usize, now: Instant) {
        self.free_since = now;
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        if slot.attempts_left > 0 {
            slot.state = State::Ready { not_before: now };
        } else {
            let outcome = Outcome::NoAnswer(slot.mismatch);
            self.end(index, outcome);
        }
    }

    fn end(&mut self, index: usize, outcome: Outcome) {
        let order = self.order();
        if let Some(slot) = self.slots.get_mut(index) {
            slot.state = State::Done { outcome, order };
        }
    }

    /// Remembers that an answer may come late.
    fn suspect(&mut self, of: (UnitId, u8), deadline: Instant) {
        if !self.is_serial {
            return;
        }
        let until = deadline.saturating_add(self.config.late_window);
        self.suspect = Some(match self.suspect {
            // One more than can be told apart: nobody is asked for a while.
            Some(other) if other.until > deadline && other.of != Some(of) => Suspect {
                of: None,
                until: other.until.max(until),
            },
            _ => Suspect {
                of: Some(of),
                until,
            },
        });
    }

    pub(super) fn poll_event(&mut self) -> Option<Event<'_>> {
        let done = self
            .slots
            .iter()
            .enumerate()
            .filter_map(|(index, slot)| match slot.state {
                State::Done { outcome, order } => Some((order, index, outcome)),
                _ => None,
            })
            .min_by_key(|(order, ..)| *order);
        match (self.notes.first(), done) {
            (Some(note), Some((order, ..))) if note < order => self.notes.take(note),
            (Some(note), None) => self.notes.take(note),
            (_, Some((_, index, outcome))) => {
                let slot = self.slots.get_mut(index)?;
                slot.state = State::Free;
                return Some(slot.event(outcome));
            }
            (None, None) => None,
        }
        .map(Note::event)
    }

    fn note(&mut self, note: Note) {
        let order = self.order();
        self.notes.push(order, note);
    }

    /// The place of an event in the order of all.
    const fn order(&mut self) -> u64 {
        let order = self.next_order;
        self.next_order = order.wrapping_add(1);
        order
    }
}

fn increase(counter: &mut u32) {
    *counter = counter.saturating_add(1);
}
