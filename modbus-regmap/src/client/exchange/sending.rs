//! Which request is sent when.

use meter_units::Instant;

use super::{Exchange, increase};
use crate::adu::Header;
use crate::client::Check;
use crate::client::slot::{Slot, State};

impl<const N: usize> Exchange<N> {
    /// Decides what is to be sent.
    pub(in crate::client) fn advance(&mut self, now: Instant) {
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
    pub(in crate::client) fn take_sending(&mut self) -> Option<(Header, &[u8])> {
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

    pub(in crate::client) fn next_timeout(&self) -> Option<Instant> {
        let may_send = self.may_send();
        let slots = self.slots.iter().filter_map(|slot| match slot.deadline() {
            None if may_send => self.send_time(slot),
            deadline => deadline,
        });
        slots.chain(self.gap).min()
    }
}
