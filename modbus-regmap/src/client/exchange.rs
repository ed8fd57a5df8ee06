//! Which request is sent when, and which frame answers it.

use core::time::Duration;

use meter_units::Instant;

use crate::UnitId;
use crate::adu::{Adu, Event as Found, Header};
use crate::client::matching::{self, Answer};
use crate::client::queue::{Note, Notes};
use crate::client::slot::{Cells, Outcome, Slot, State};
use crate::client::{Check, Config, Event, Mismatch, RequestError, RequestId, Statistics};
use crate::pdu::{ExceptionCode, FunctionCode, Request, SubFunction};

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

    /// Bytes came in: the line is not silent, and an answer may have begun.
    pub(super) fn received(&mut self, now: Instant) {
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
    pub(super) fn set_gap(&mut self, now: Instant, held: usize) {
        let wait = self.silence().saturating_add(self.config.jitter);
        self.gap = (self.is_serial && held > 0).then(|| now.saturating_add(wait));
    }

    pub(super) fn is_gap_over(&self, now: Instant) -> bool {
        self.gap.is_some_and(|gap| gap <= now)
    }

    pub(super) fn handle(&mut self, now: Instant, found: Found<'_>) {
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

    /// Decides what is to be sent.
    pub(super) fn advance(&mut self, now: Instant) {
        while self.may_send() {
            let next = self
                .slots
                .iter()
                .enumerate()
                .filter(|(_, slot)| self.send_time(slot).is_some_and(|time| time <= now))
                .min_by_key(|(_, slot)| slot.id.0.wrapping_sub(self.next_id));
            let Some((index, _)) = next else {
                return;
            };
            self.send(index, now);
        }
    }

    /// Whether one more request may be open.
    fn may_send(&self) -> bool {
        let limit = if self.is_serial || self.config.transaction == Check::Ignore {
            1
        } else {
            N
        };
        self.slots.iter().filter(|slot| slot.is_open()).count() < limit
    }

    /// When a request that is ready may be sent, unless others are open.
    fn send_time(&self, slot: &Slot) -> Option<Instant> {
        let State::Ready { not_before } = slot.state else {
            return None;
        };
        let mut time = not_before.max(self.rest_until).max(self.free_since);
        if self.is_serial {
            if let (Some(suspect), 0) = (self.suspect, slot.sent) {
                if suspect
                    .of
                    .is_none_or(|of| of == (slot.unit, slot.function()))
                {
                    time = time.max(suspect.until);
                }
            }
            // A line that is never silent must not keep a request forever.
            let patience = time.saturating_add(self.config.response_timeout);
            time = time.max(self.quiet_until.min(patience));
        }
        Some(time)
    }

    fn send(&mut self, index: usize, now: Instant) {
        let transaction = if self.is_serial {
            0
        } else {
            self.next_transaction
        };
        let Some(slot) = self.slots.get_mut(index) else {
            return;
        };
        let length = (self.framed_length)(slot.pdu().len());
        let sent = now.saturating_add(self.config.transmission_time(length));
        let wait = if slot.is_answered {
            self.config.response_timeout
        } else {
            self.config.turnaround
        };
        slot.sent = slot.sent.saturating_add(1);
        slot.attempts_left = slot.attempts_left.saturating_sub(1);
        slot.state = State::Sending {
            transaction,
            deadline: sent.saturating_add(wait),
        };
        if !self.is_serial {
            self.next_transaction = self.next_transaction.wrapping_add(1);
        }
        self.quiet_until = sent.saturating_add(self.silence());
        increase(&mut self.statistics.sent);
    }

    /// A request that is to be sent now.
    pub(super) fn take_sending(&mut self) -> Option<(Header, &[u8])> {
        let next_id = self.next_id;
        let slot = self
            .slots
            .iter_mut()
            .filter(|slot| matches!(slot.state, State::Sending { .. }))
            .min_by_key(|slot| slot.id.0.wrapping_sub(next_id))?;
        let State::Sending {
            transaction,
            deadline,
        } = slot.state
        else {
            return None;
        };
        slot.state = if slot.is_answered {
            State::Waiting {
                transaction,
                first_byte_by: deadline,
                deadline,
            }
        } else {
            State::Quiet { until: deadline }
        };
        let unit = slot.unit;
        Some((Header { transaction, unit }, slot.pdu()))
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

    pub(super) fn next_timeout(&self) -> Option<Instant> {
        let may_send = self.may_send();
        let slots = self.slots.iter().filter_map(|slot| match slot.deadline() {
            None if may_send => self.send_time(slot),
            deadline => deadline,
        });
        slots.chain(self.gap).min()
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
