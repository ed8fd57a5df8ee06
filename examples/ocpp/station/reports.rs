//! What the station tells by itself: boots, heartbeats, statuses, and steps that are due.

use meter_units::Instant;
use ocpp_types::Request;
use ocpp_types::messages::{
    BootNotificationRequest, ChargePointErrorCode, ChargePointStatus, HeartbeatRequest,
    StatusNotificationRequest,
};
use ocpp_types::state::registration::{Cause, Due};
use ocpp_types::types::CiString;

use super::{Purpose, Station};

impl Station {
    pub(super) fn boot(&mut self, now: Instant) {
        let text = |text| CiString::unchecked(text);
        let mut request =
            BootNotificationRequest::new(text(self.setup.vendor), text(self.setup.model));
        request.firmware_version = CiString::new(env!("CARGO_PKG_VERSION")).ok();
        if let Ok(ticket) = self.endpoint.call(now, request.into()) {
            self.registration.sent();
            self.calls.insert(ticket, Purpose::Regular);
        }
    }

    pub(super) fn send_regular(&mut self, now: Instant) {
        if self.is_leaving {
            return;
        }
        match self.registration.due(now) {
            Some(Due::BootNotification) => self.boot(now),
            Some(Due::Heartbeat) => {
                if let Ok(ticket) = self.endpoint.call(now, HeartbeatRequest {}.into()) {
                    self.registration.sent();
                    self.calls.insert(ticket, Purpose::Regular);
                }
            }
            None => {}
        }
    }

    pub(super) fn send_errands(&mut self, now: Instant) {
        if !self.is_online() {
            return;
        }
        while let Some(place) = self.errands.iter().position(|(due, _)| *due <= now) {
            let (_, request) = self.errands.remove(place);
            self.call(now, Cause::Station, Purpose::Other, request);
        }
    }

    /// Tells each status that the central system does not know.
    pub(super) fn send_status(&mut self, now: Instant) {
        if !self.is_online() {
            return;
        }
        if !self.is_main_told {
            self.is_main_told = true;
            let request = self.status_request(now, 0);
            self.call(now, Cause::Station, Purpose::Status(0), request);
        }
        for place in 0..self.outlets.len() {
            let Some(outlet) = self.outlets.get(place) else {
                return;
            };
            let number = outlet.number;
            let status = outlet.status(self.reservations.at(outlet.id()).is_some());
            if outlet.told.as_ref() != Some(&status) {
                let request = self.status_request(now, number);
                if let Some(outlet) = self.outlet_mut(number) {
                    outlet.told = Some(status);
                }
                self.call(now, Cause::Station, Purpose::Status(number), request);
            }
        }
    }

    pub(super) fn status_request(&self, now: Instant, number: u32) -> Request<'static> {
        let (status, error) = match self.outlet(number) {
            Some(outlet) => outlet.status(self.reservations.at(outlet.id()).is_some()),
            None => (ChargePointStatus::Available, ChargePointErrorCode::NoError),
        };
        let mut request = StatusNotificationRequest::new(i64::from(number), error, status);
        request.timestamp = Some(self.time(now));
        request.into()
    }

    /// All has to be told again.
    pub(super) fn forget_told(&mut self) {
        self.is_main_told = false;
        for outlet in &mut self.outlets {
            outlet.told = None;
        }
    }
}
