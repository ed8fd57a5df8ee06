//! Transactions, samples, and how much each connector may draw.

use core::time::Duration;

use meter_units::Instant;
use ocpp_types::endpoint::{Misuse, Ticket};
use ocpp_types::load::{self, Demand, Wiring, Zone};
use ocpp_types::messages::{MeterValuesRequest, Reason, StartTransactionResponse};
use ocpp_types::schedule::{Charging, RateUnit, Rules, Tenths};
use ocpp_types::state::registration::Cause;
use ocpp_types::state::transaction::{Confirmation, Next, Transaction};
use ocpp_types::types::{IdToken, ReadingContext};
use ocpp_types::{Action, Request};

use super::outlet::{Active, Availability, LEAST, Outlet, Supply};
use super::{Link, Purpose, Station, settings};

impl Station {
    pub(super) fn plug(&mut self, now: Instant, number: u32, maximum: Tenths) -> Option<()> {
        self.outlet_mut(number)?.vehicle = Some(maximum);
        self.begin(now, number);
        Some(())
    }

    pub(super) fn unplug(&mut self, now: Instant, number: u32) -> Option<()> {
        self.count(now);
        self.end(now, number, None, Some(Reason::EvDisconnected));
        let outlet = self.outlet_mut(number)?;
        outlet.vehicle = None;
        outlet.is_finishing = false;
        Some(())
    }

    /// Begins a transaction, if there are a tag and a vehicle.
    pub(super) fn begin(&mut self, now: Instant, number: u32) {
        self.count(now);
        let (seconds, time) = (self.seconds(now), self.time(now));
        let Some(outlet) = self.outlet_mut(number) else {
            return;
        };
        if outlet.vehicle.is_none() {
            return;
        }
        let (id, meter) = (outlet.id(), outlet.meter());
        let Some(ready) = outlet.ready.take() else {
            return;
        };
        // Without a place in the queue nobody would ever hear of it, or of its end.
        if self.room() < 2 * self.outlets.len() {
            return self.fault("no transaction: too many messages are waiting");
        }
        let (mut transaction, mut request) = Transaction::begin(id, ready.id_tag, meter, time);
        transaction.set_parent(ready.parent);
        if let Some(reservation) = ready.reservation {
            self.reservations.take(reservation);
            request.reservation_id = Some(reservation);
        }
        let start = match self.endpoint.call(now, request.into()) {
            Ok(start) => start,
            Err(misuse) => return self.fault(format!("no transaction: {misuse}")),
        };
        self.calls.insert(start, Purpose::Start(number));
        let next_sample = self.sample_after(now);
        if let Some(outlet) = self.outlet_mut(number) {
            outlet.active = Some(Active {
                transaction,
                start,
                since: seconds,
                next_sample,
                supply: Supply::On,
            });
        }
        if let Some(profile) = ready.profile {
            // It counts from the begin on, and the transaction has no id yet.
            let charging = Charging {
                since: seconds,
                transaction: None,
            };
            let installed = self
                .profiles
                .install_remote_start(number, profile, charging);
            if let Err(refusal) = installed {
                self.note(format!("the profile of the start is refused: {refusal}"));
            }
        }
    }

    /// The central system has given a transaction its number.
    pub(super) fn started(
        &mut self,
        now: Instant,
        number: u32,
        start: Ticket,
        answer: &StartTransactionResponse<'static>,
    ) {
        let on_invalid = settings::on_invalid(&self.configuration);
        let outlet = self
            .outlets
            .iter_mut()
            .find(|outlet| outlet.number == number);
        let active = outlet.and_then(|outlet| outlet.active.as_mut());
        // It may be over already.
        let Some(active) = active.filter(|active| active.start == start) else {
            return;
        };
        let next = active.transaction.confirmed(answer, on_invalid);
        let id_tag = active.transaction.id_tag().clone();
        active.supply = match &next {
            Next::Charge => Supply::On,
            Next::ChargeUntil(meter) => Supply::Until(*meter),
            Next::Suspend | Next::End(_) => Supply::Off,
        };
        self.remember(now, &id_tag, &answer.id_tag_info);
        if let Next::End(reason) = next {
            self.give_up(format!(
                "tag {id_tag} is refused: {}",
                answer.id_tag_info.status
            ));
            self.end(now, number, None, Some(reason));
        }
    }

    /// The start was never confirmed.
    pub(super) fn lost(&mut self, number: u32, start: Ticket) {
        let active = self
            .outlet_mut(number)
            .and_then(|outlet| outlet.active.as_mut());
        if let Some(active) = active.filter(|active| active.start == start) {
            active.transaction.lost();
        }
    }

    /// Ends the transaction of a connector, if there is one.
    pub(super) fn end(
        &mut self,
        now: Instant,
        number: u32,
        id_tag: Option<IdToken<'static>>,
        reason: Option<Reason<'static>>,
    ) {
        self.count(now);
        let time = self.time(now);
        let Some(outlet) = self.outlet_mut(number) else {
            return;
        };
        let meter = outlet.meter();
        let Some(active) = outlet.active.take() else {
            return;
        };
        outlet.is_finishing = true;
        outlet.share = Tenths::ZERO;
        if outlet.availability == Availability::Ending {
            outlet.availability = Availability::Inoperative;
        }
        self.profiles.end_transaction(number);
        let request = active.transaction.end(meter, time, id_tag, reason);
        self.call_about(now, &active, request.into());
    }

    /// Sends a message about a transaction, whose id may still be unknown.
    fn call_about(&mut self, now: Instant, active: &Active, request: Request<'static>) {
        let action = request.action();
        let sent = match active.transaction.confirmation() {
            Confirmation::Unconfirmed => self.endpoint.call_after(now, active.start, request),
            _ => self.endpoint.call(now, request),
        };
        match sent {
            Ok(ticket) => {
                self.calls.insert(ticket, Purpose::Other);
                if self.link == Link::Down {
                    self.note(format!("{action} waits for a connection"));
                }
            }
            // The central system can do without this one, but not without the end.
            Err(Misuse::Full) if action == Action::MeterValues => {
                self.note(format!(
                    "{action} is left out: too many messages are waiting"
                ));
            }
            Err(misuse) => self.fault(format!("{action} is not sent: {misuse}")),
        }
    }

    /// How many starts and ends of transactions can still be queued; samples have places of their own.
    fn room(&self) -> usize {
        let waiting = self.endpoint.undelivered();
        let bounds = waiting.filter(|message| !matches!(message.request, Request::MeterValues(_)));
        self.endpoint.config().queue.saturating_sub(bounds.count())
    }

    fn sample_after(&self, now: Instant) -> Instant {
        let interval = settings::seconds(&self.configuration, "MeterValueSampleInterval");
        interval.map_or(Instant::MAX, |interval| now.saturating_add(interval))
    }

    /// The interval was changed.
    pub(super) fn sample_anew(&mut self, now: Instant) {
        let next = self.sample_after(now);
        for outlet in &mut self.outlets {
            if let Some(active) = &mut outlet.active {
                active.next_sample = next;
            }
        }
    }

    /// Sends the samples that are due.
    pub(super) fn send_samples(&mut self, now: Instant) {
        let interval = settings::seconds(&self.configuration, "MeterValueSampleInterval");
        let Some(interval) = interval else {
            return;
        };
        let is_due = |outlet: &&Outlet| {
            let active = outlet.active.as_ref();
            active.is_some_and(|active| active.next_sample <= now)
        };
        let due: Vec<_> = self
            .outlets
            .iter()
            .filter(is_due)
            .map(|it| it.number)
            .collect();
        for number in due {
            self.send_sample(now, number, &ReadingContext::SamplePeriodic);
            let active = self
                .outlet_mut(number)
                .and_then(|outlet| outlet.active.as_mut());
            if let Some(active) = active {
                active.next_sample = active.next_sample.saturating_add(interval).max(now);
            }
        }
    }

    /// Sends what a meter shows.
    pub(super) fn send_sample(
        &mut self,
        now: Instant,
        number: u32,
        context: &ReadingContext<'static>,
    ) {
        let measurands = self.configuration.value("MeterValuesSampledData");
        let measurands = measurands.unwrap_or_default().to_owned();
        let time = self.time(now);
        let place = self
            .outlets
            .iter()
            .position(|outlet| outlet.number == number);
        let Some(outlet) = place.and_then(|place| self.outlets.get_mut(place)) else {
            return;
        };
        let value = outlet.sample(&measurands, time, context);
        let mut request = MeterValuesRequest::new(outlet.id(), vec![value]);
        match outlet.active.take() {
            Some(active) => {
                request.transaction_id = Some(active.transaction.message_id());
                self.call_about(now, &active, request.into());
                if let Some(outlet) = self.outlet_mut(number) {
                    outlet.active = Some(active);
                }
            }
            None => self.call(now, Cause::Trigger, Purpose::Other, request.into()),
        }
    }

    /// Counts what has flowed since the last time.
    pub(super) fn count(&mut self, now: Instant) {
        let passed = now.duration_since(self.counted);
        // The meters count whole milliseconds; the rest is for the next time.
        let whole = Duration::from_millis(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX));
        self.counted = self.counted.saturating_add(whole);
        for outlet in &mut self.outlets {
            outlet.count(whole);
        }
    }

    /// Says how much each connector may draw: what the profiles allow, and all of them together no
    /// more than the station may.
    pub(super) fn share(&mut self, now: Instant) {
        let seconds = self.seconds(now);
        let rules = Rules::new(RateUnit::Amperes);
        let mut changes = Vec::new();
        let mut limit = |number, charging| {
            let moment = self.profiles.limit_at(number, charging, seconds, rules);
            changes.extend(moment.until);
            let limit = moment.limit?;
            Tenths::try_from(limit.wire()).ok()
        };
        // Without a transaction only the maximum of the station counts.
        let whole = limit(1, None).map_or(self.setup.maximum, |it| it.min(self.setup.maximum));
        let stations: Vec<_> = self
            .outlets
            .iter()
            .map(|outlet| {
                let demand = outlet.demand();
                let wanted = demand.unwrap_or_default().min(whole);
                let limit = limit(outlet.number, outlet.charging());
                load::Station {
                    minimum: LEAST,
                    maximum: limit.map_or(wanted, |limit| limit.min(wanted)),
                    demand: demand.map_or(Demand::Idle, |_| Demand::Charging),
                    ..load::Station::new(Wiring::THREE_PHASE, wanted)
                }
            })
            .collect();
        let allocation = Zone::new(whole).share(now, &[], &stations);
        for (outlet, share) in self.outlets.iter_mut().zip(allocation.shares) {
            outlet.share = share;
        }
        let change = changes.into_iter().min();
        self.next_limit = change.and_then(|change| {
            let millis = change.checked_mul(1000)?.checked_sub(self.unix_at_start)?;
            Some(Instant::from_millis(u64::try_from(millis).ok()?))
        });
    }

    /// What goes on at the connectors, as charging profiles see it.
    pub(super) fn charging(&self) -> Vec<Option<Charging>> {
        self.outlets.iter().map(Outlet::charging).collect()
    }
}
