//! What the station does when the central system asks for it.

use core::time::Duration;

use meter_units::Instant;
use ocpp_types::messages::{
    AvailabilityStatus, AvailabilityType, CancelReservationResponse, ChangeAvailabilityRequest,
    ChangeAvailabilityResponse, ChangeConfigurationRequest, ChangeConfigurationResponse,
    ChargePointStatus, ClearCacheResponse, ClearChargingProfileResponse, ConfigurationStatus,
    DataTransferRequest, DataTransferResponse, DataTransferStatus, DiagnosticsStatus,
    DiagnosticsStatusNotificationRequest, FirmwareStatus, FirmwareStatusNotificationRequest,
    GetDiagnosticsResponse, GetLocalListVersionResponse, HeartbeatRequest, MessageTrigger, Reason,
    RemoteStartTransactionRequest, RemoteStartTransactionResponse, RemoteStopTransactionResponse,
    ReserveNowRequest, ReserveNowResponse, ResetRequest, ResetResponse, ResetType,
    SendLocalListResponse, SetChargingProfileResponse, TriggerMessageRequest,
    TriggerMessageResponse, TriggerMessageStatus, UnlockConnectorResponse, UnlockStatus,
    UpdateFirmwareRequest, UpdateFirmwareResponse,
};
use ocpp_types::schedule::{Profile, RateUnit, Rules};
use ocpp_types::state::configuration::Change;
use ocpp_types::state::registration::{Cause, Standing};
use ocpp_types::types::{AuthorizationStatus, CiString, GenericStatus, IdTagInfo, ReadingContext};
use ocpp_types::{ErrorCode, MessageId, Request, Response};

use super::outlet::Availability;
use super::tags::Intent;
use super::{Purpose, Station, settings};

/// The vendor whose messages the station knows.
const VENDOR: &str = "org.example.echo";
/// How long each step of an update or upload takes here.
const STEP: Duration = Duration::from_secs(30);

impl Station {
    /// Answers a request, and does what it asks for.
    pub(super) fn answer(&mut self, now: Instant, id: &MessageId<'_>, request: &Request<'_>) {
        let action = request.action();
        if !self.registration.may_answer(action) {
            // One that was rejected says nothing at all.
            if self.registration.standing() == Standing::Pending {
                self.reject(id, ErrorCode::SecurityError, "not accepted yet");
            } else {
                self.endpoint.ignore(id);
                self.note(format!("{action} is left without an answer"));
            }
            return;
        }
        match self.response(now, request) {
            Ok(response) => {
                if let Err(error) = self.endpoint.reply(id, &response) {
                    self.fault(format!("no answer to {action}: {error}"));
                    self.reject(id, ErrorCode::InternalError, "the answer breaks a rule");
                }
                self.follow(now, request, &response);
            }
            Err((code, description)) => self.reject(id, code, description),
        }
    }

    fn reject(&mut self, id: &MessageId<'_>, code: ErrorCode<'static>, description: &str) {
        if let Err(error) = self.endpoint.reject(id, code, description) {
            self.fault(format!("no answer: {error}"));
        }
    }

    fn response(
        &mut self,
        now: Instant,
        request: &Request<'_>,
    ) -> Result<Response<'static>, (ErrorCode<'static>, &'static str)> {
        let response = match request {
            Request::ChangeAvailability(request) => {
                let status = self.change_availability(request);
                ChangeAvailabilityResponse { status }.into()
            }
            Request::ChangeConfiguration(request) => {
                let status = self.change_configuration(now, request);
                ChangeConfigurationResponse { status }.into()
            }
            Request::ClearCache(_) => {
                self.cache.clear();
                let status = GenericStatus::Accepted;
                ClearCacheResponse { status }.into()
            }
            Request::DataTransfer(request) => transfer(request).into(),
            Request::GetConfiguration(request) => {
                let answer = self.configuration.answer(request);
                let answer = answer.map_err(|code| (code, "too many keys"))?;
                Response::from(answer).into_owned()
            }
            Request::RemoteStartTransaction(request) => {
                let number = self.free_for(request);
                let suits = |number| match self.profile_for(number, request) {
                    Ok(_) => true,
                    Err(reason) => {
                        self.note(reason);
                        false
                    }
                };
                let status = accepted(number.is_some_and(suits));
                RemoteStartTransactionResponse { status }.into()
            }
            Request::RemoteStopTransaction(request) => {
                let status = accepted(self.place_of(request.transaction_id).is_some());
                RemoteStopTransactionResponse { status }.into()
            }
            Request::Reset(_) => {
                let status = GenericStatus::Accepted;
                ResetResponse { status }.into()
            }
            Request::UnlockConnector(request) => {
                let status = match self.number(request.connector_id) {
                    Some(_) => UnlockStatus::Unlocked,
                    None => UnlockStatus::NotSupported,
                };
                UnlockConnectorResponse { status }.into()
            }
            Request::GetDiagnostics(_) => {
                let file_name = CiString::new("diagnostics.txt").ok();
                GetDiagnosticsResponse { file_name }.into()
            }
            Request::UpdateFirmware(_) => UpdateFirmwareResponse {}.into(),
            Request::GetLocalListVersion(_) => {
                let list_version = self.list.version();
                GetLocalListVersionResponse { list_version }.into()
            }
            Request::SendLocalList(request) => {
                let status = self.list.update(request);
                // What is on the list is not cached.
                for (id_tag, _) in self.list.entries() {
                    self.cache.remove(id_tag);
                }
                SendLocalListResponse { status }.into()
            }
            Request::ReserveNow(request) => {
                let status = self.status_for(request);
                let seconds = self.seconds(now);
                let status = self.reservations.reserve(seconds, request, &status);
                ReserveNowResponse { status }.into()
            }
            Request::CancelReservation(request) => {
                let status = self.reservations.cancel(request.reservation_id);
                CancelReservationResponse { status }.into()
            }
            Request::SetChargingProfile(request) => {
                let number = self.number(request.connector_id);
                let outlet = number.and_then(|number| self.outlet(number));
                let charging = outlet.and_then(|outlet| outlet.charging());
                let status = self.profiles.set(request, charging);
                let status = status.map_err(|code| (code, "no such connector or profile"))?;
                SetChargingProfileResponse { status }.into()
            }
            Request::ClearChargingProfile(request) => {
                let status = self.profiles.clear_as_asked(request);
                ClearChargingProfileResponse { status }.into()
            }
            Request::GetCompositeSchedule(request) => {
                let rules = Rules {
                    fallback: Some(self.setup.maximum),
                    ..Rules::new(RateUnit::Amperes)
                };
                let (seconds, charging) = (self.seconds(now), self.charging());
                let composite = self.profiles.composite(request, seconds, &charging, rules);
                composite.into()
            }
            Request::TriggerMessage(request) => {
                let status = self.may_trigger(request);
                TriggerMessageResponse { status }.into()
            }
            _ => return Err((ErrorCode::NotSupported, "not supported by this station")),
        };
        Ok(response)
    }

    /// What comes after the answer.
    fn follow(&mut self, now: Instant, request: &Request<'_>, response: &Response<'_>) {
        match (request, response) {
            (
                Request::RemoteStartTransaction(request),
                Response::RemoteStartTransaction(response),
            ) if response.status == GenericStatus::Accepted => {
                if let Some(number) = self.free_for(request) {
                    self.remote_start(now, number, request);
                }
            }
            (Request::RemoteStopTransaction(request), _) => {
                if let Some(number) = self.place_of(request.transaction_id) {
                    self.end(now, number, None, Some(Reason::Remote));
                }
            }
            (Request::UnlockConnector(request), _) => {
                if let Some(number) = self.number(request.connector_id) {
                    self.end(now, number, None, Some(Reason::UnlockCommand));
                }
            }
            (Request::Reset(request), _) => self.begin_reset(now, request),
            (Request::TriggerMessage(request), Response::TriggerMessage(response))
                if response.status == TriggerMessageStatus::Accepted =>
            {
                self.trigger(now, request);
            }
            (Request::GetDiagnostics(_), _) => {
                let steps = [DiagnosticsStatus::Uploading, DiagnosticsStatus::Uploaded];
                self.run_errands(
                    now,
                    steps.map(|status| DiagnosticsStatusNotificationRequest { status }.into()),
                );
            }
            (Request::UpdateFirmware(request), _) => self.update_firmware(now, request),
            _ => {}
        }
    }

    fn change_availability(
        &mut self,
        request: &ChangeAvailabilityRequest<'_>,
    ) -> AvailabilityStatus<'static> {
        let is_known = request.connector_id == 0 || self.number(request.connector_id).is_some();
        if !is_known {
            return AvailabilityStatus::Rejected;
        }
        let mut status = AvailabilityStatus::Accepted;
        for outlet in &mut self.outlets {
            if request.connector_id != 0 && outlet.id() != request.connector_id {
                continue;
            }
            outlet.availability = match (&request.kind, &outlet.active) {
                (AvailabilityType::Operative, _) => Availability::Operative,
                (_, None) => Availability::Inoperative,
                (_, Some(_)) => {
                    status = AvailabilityStatus::Scheduled;
                    Availability::Ending
                }
            };
        }
        status
    }

    fn change_configuration(
        &mut self,
        now: Instant,
        request: &ChangeConfigurationRequest<'_>,
    ) -> ConfigurationStatus<'static> {
        let (key, value) = (request.key.as_str(), request.value.as_str());
        let change = self.configuration.change(key, value);
        let seconds = |name| settings::seconds(&self.configuration, name);
        let integer = |name| self.configuration.integer(name).unwrap_or(0);
        match change {
            Change::Rejected => return ConfigurationStatus::Rejected,
            Change::NotSupported => return ConfigurationStatus::NotSupported,
            Change::RebootRequired => return ConfigurationStatus::RebootRequired,
            Change::Accepted => {}
        }
        if request.key == "HeartbeatInterval" {
            self.registration
                .set_heartbeat(now, integer("HeartbeatInterval"));
        } else if request.key == "MeterValueSampleInterval" {
            self.sample_anew(now);
        } else if request.key == "MessageTimeout" {
            if let Some(timeout) = seconds("MessageTimeout") {
                self.endpoint.set_timeout(timeout);
            }
        } else if request.key == "TransactionMessageAttempts"
            || request.key == "TransactionMessageRetryInterval"
        {
            let attempts = integer("TransactionMessageAttempts");
            let retry = seconds("TransactionMessageRetryInterval").unwrap_or_default();
            self.endpoint
                .set_attempts(u32::try_from(attempts).unwrap_or(u32::MAX), retry);
        }
        ConfigurationStatus::Accepted
    }

    /// The connector for a RemoteStartTransaction, if one is free.
    fn free_for(&self, request: &RemoteStartTransactionRequest<'_>) -> Option<u32> {
        let mut free = self.outlets.iter().filter(|outlet| outlet.is_free());
        let outlet = match request.connector_id {
            Some(id) => free.find(|outlet| outlet.id() == id),
            None => free.next(),
        };
        outlet.map(|outlet| outlet.number)
    }

    /// The profile of a RemoteStartTransaction, or why it cannot be used.
    fn profile_for(
        &self,
        number: u32,
        request: &RemoteStartTransactionRequest<'_>,
    ) -> Result<Option<Profile>, String> {
        let Some(profile) = &request.charging_profile else {
            return Ok(None);
        };
        let profile = Profile::try_from(profile).map_err(|error| error.to_string())?;
        let check = self.profiles.check_remote_start(number, &profile);
        check.map_err(|refusal| refusal.to_string())?;
        Ok(Some(profile))
    }

    fn remote_start(
        &mut self,
        now: Instant,
        number: u32,
        request: &RemoteStartTransactionRequest<'_>,
    ) {
        let profile = self.profile_for(number, request).ok().flatten();
        let profile = profile.map(Box::new);
        let intent = Intent::Begin(request.id_tag.clone().into_owned(), profile);
        let is_asked = self.configuration.boolean("AuthorizeRemoteTxRequests");
        if is_asked == Some(true) {
            self.authorize(now, number, intent);
        } else {
            let info = IdTagInfo::new(AuthorizationStatus::Accepted);
            self.permit(now, number, intent, &info);
        }
    }

    fn begin_reset(&mut self, now: Instant, request: &ResetRequest<'_>) {
        let (kind, reason) = match request.kind {
            ResetType::Soft => (ResetType::Soft, Reason::SoftReset),
            _ => (ResetType::Hard, Reason::HardReset),
        };
        let numbers: Vec<_> = self.outlets.iter().map(|outlet| outlet.number).collect();
        for number in numbers {
            self.end(now, number, None, Some(reason.clone()));
        }
        self.reset = Some(kind);
    }

    fn may_trigger(&self, request: &TriggerMessageRequest<'_>) -> TriggerMessageStatus<'static> {
        let connector = request.connector_id;
        let is_known = connector.is_none_or(|id| id == 0 || self.number(id).is_some());
        let is_accepted = matches!(self.registration.standing(), Standing::Accepted { .. });
        match &request.requested_message {
            // Once accepted, a station does not boot again by itself (errata sheet 4.0).
            MessageTrigger::BootNotification if is_accepted => TriggerMessageStatus::Rejected,
            MessageTrigger::MeterValues if connector == Some(0) => TriggerMessageStatus::Rejected,
            MessageTrigger::Other(_) => TriggerMessageStatus::NotImplemented,
            _ if is_known => TriggerMessageStatus::Accepted,
            _ => TriggerMessageStatus::Rejected,
        }
    }

    fn trigger(&mut self, now: Instant, request: &TriggerMessageRequest<'_>) {
        let numbers: Vec<_> = match request.connector_id {
            Some(id) => self.number(id).into_iter().collect(),
            None => self.outlets.iter().map(|outlet| outlet.number).collect(),
        };
        let message = match &request.requested_message {
            MessageTrigger::BootNotification => return self.boot(now),
            MessageTrigger::MeterValues => {
                for number in numbers {
                    self.send_sample(now, number, &ReadingContext::Trigger);
                }
                return;
            }
            MessageTrigger::StatusNotification => {
                let main = matches!(request.connector_id, None | Some(0)).then_some(0);
                for number in main.into_iter().chain(numbers) {
                    let message = self.status_request(now, number);
                    self.call(now, Cause::Trigger, Purpose::Status(number), message);
                }
                return;
            }
            MessageTrigger::Heartbeat => HeartbeatRequest {}.into(),
            MessageTrigger::DiagnosticsStatusNotification => {
                let status = DiagnosticsStatus::Idle;
                DiagnosticsStatusNotificationRequest { status }.into()
            }
            _ => {
                let status = FirmwareStatus::Idle;
                FirmwareStatusNotificationRequest { status }.into()
            }
        };
        self.call(now, Cause::Trigger, Purpose::Other, message);
    }

    fn update_firmware(&mut self, now: Instant, request: &UpdateFirmwareRequest<'_>) {
        let wait = request
            .retrieve_date
            .to_unix()
            .map(|date| date - self.seconds(now));
        let wait = wait.and_then(|wait| u64::try_from(wait).ok()).unwrap_or(0);
        let steps = [
            FirmwareStatus::Downloading,
            FirmwareStatus::Downloaded,
            FirmwareStatus::Installing,
            FirmwareStatus::Installed,
        ];
        let begin = now.saturating_add(Duration::from_secs(wait));
        self.run_errands(
            begin,
            steps.map(|status| FirmwareStatusNotificationRequest { status }.into()),
        );
    }

    fn run_errands<const N: usize>(&mut self, begin: Instant, requests: [Request<'static>; N]) {
        let mut due = begin;
        for request in requests {
            due = due.saturating_add(STEP);
            self.errands.push((due, request));
        }
    }

    /// The connector with a transaction of that id.
    fn place_of(&self, transaction: i64) -> Option<u32> {
        let is_it = |charging: Option<ocpp_types::schedule::Charging>| {
            charging.is_some_and(|charging| charging.transaction == Some(transaction))
        };
        let outlet = self.outlets.iter().find(|outlet| is_it(outlet.charging()));
        outlet.map(|outlet| outlet.number)
    }

    /// The number of a connector that there is.
    fn number(&self, id: i64) -> Option<u32> {
        let outlet = self.outlets.iter().find(|outlet| outlet.id() == id);
        outlet.map(|outlet| outlet.number)
    }

    /// The status of the connector that is to be reserved; of the freest, if none is named.
    fn status_for(&self, request: &ReserveNowRequest<'_>) -> ChargePointStatus<'static> {
        let status =
            |outlet: &super::Outlet| outlet.status(self.reservations.at(outlet.id()).is_some()).0;
        let mut outlets = self.outlets.iter();
        match request.connector_id {
            0 => {
                let all: Vec<_> = outlets.map(status).collect();
                let is_free = all.contains(&ChargePointStatus::Available);
                let first = all.into_iter().next();
                if is_free {
                    ChargePointStatus::Available
                } else {
                    first.unwrap_or(ChargePointStatus::Unavailable)
                }
            }
            id => {
                let outlet = outlets.find(|outlet| outlet.id() == id);
                outlet.map_or(ChargePointStatus::Unavailable, status)
            }
        }
    }
}

fn accepted(is_accepted: bool) -> GenericStatus<'static> {
    if is_accepted {
        GenericStatus::Accepted
    } else {
        GenericStatus::Rejected
    }
}

/// Gives back the data of a vendor that it knows.
fn transfer(request: &DataTransferRequest<'_>) -> DataTransferResponse<'static> {
    if request.vendor_id != VENDOR {
        return DataTransferResponse::new(DataTransferStatus::UnknownVendorId);
    }
    let is_known = request.message_id.as_ref().is_none_or(|id| *id == "Echo");
    if !is_known {
        return DataTransferResponse::new(DataTransferStatus::UnknownMessageId);
    }
    let mut response = DataTransferResponse::new(DataTransferStatus::Accepted);
    response.data = request
        .data
        .clone()
        .map(ocpp_types::types::LongText::into_owned);
    response
}
