//! One connection of the central system, without I/O.

use alloc::collections::VecDeque;
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

use meter_units::Instant;
use ocpp_types::endpoint::{Config, Endpoint, Event, Failure, Output, Role, Ticket};
use ocpp_types::messages::{
    AuthorizeResponse, BootNotificationResponse, DataTransferResponse, DataTransferStatus,
    DiagnosticsStatusNotificationResponse, FirmwareStatusNotificationResponse, HeartbeatResponse,
    LogStatusNotificationResponse, MessageTrigger, MeterValuesResponse, RegistrationStatus,
    SecurityEventNotificationResponse, SignCertificateResponse,
    SignedFirmwareStatusNotificationResponse, StartTransactionResponse, StatusNotificationResponse,
    StopTransactionResponse,
};
use ocpp_types::state::registration::{Cause, admit};
use ocpp_types::types::{AuthorizationStatus, DateTime, GenericStatus, IdTagInfo, IdToken};
use ocpp_types::{Action, ErrorCode, MessageId, Request, Response};

use super::super::clock::unix_millis;
use super::super::{Command, Party, Script, Step};
use super::System;

/// One station that is connected.
pub(super) struct Desk {
    name: String,
    system: System,
    endpoint: Endpoint,
    script: Arc<Mutex<Script>>,
    /// The call of the script that is under way.
    scripted: Option<Ticket>,
    /// What the station was asked to send before it is accepted.
    triggered: Vec<Action>,
    /// Which connection of the station it is.
    connection: u64,
    steps: VecDeque<Step>,
}

impl Desk {
    pub(super) fn new(name: String, system: System) -> Self {
        let endpoint = Endpoint::new(Config {
            timeout: system.policy.timeout,
            tolerance: system.policy.tolerance,
            ..Config::new(Role::CentralSystem)
        });
        let (script, connection) = {
            let mut office = system.office();
            let record = office.record(&name);
            record.connection += 1;
            (record.script(), record.connection)
        };
        Self {
            name,
            system,
            endpoint,
            script,
            scripted: None,
            triggered: Vec::new(),
            connection,
            steps: VecDeque::new(),
        }
    }

    fn note(&mut self, text: impl Into<String>) {
        self.steps.push_back(Step::Note(text.into()));
    }

    fn fault(&mut self, text: impl Into<String>) {
        self.system.office().fault();
        self.note(text);
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn time(&self, now: Instant) -> DateTime<'static> {
        let millis = unix_millis(self.system.clock.unix_at_start(), now);
        DateTime::from_unix_millis(millis).unwrap_or_else(|| DateTime::unchecked(""))
    }

    /// Does what it is told, as far as the station may be told anything.
    fn update(&mut self, now: Instant) {
        let is_last = self.system.office().record(&self.name).connection == self.connection;
        if !is_last {
            if self.steps.is_empty() {
                self.note("the station has connected anew");
                self.steps.push_back(Step::Close);
            }
            return;
        }
        loop {
            let command = self.script().next();
            match command {
                None => return,
                Some(Command::Call(request)) => self.call(now, *request),
                Some(Command::Cut) => self.steps.push_back(Step::Cut),
                Some(Command::Quit) => self.steps.push_back(Step::Close),
                Some(Command::Await(..)) => {}
                Some(Command::Other(word, _)) => self.fault(format!("no command: {word}")),
            }
        }
    }

    fn call(&mut self, now: Instant, request: Request<'static>) {
        if let Request::TriggerMessage(request) = &request {
            self.triggered.extend(triggered(&request.requested_message));
        }
        let action = request.action();
        match self.endpoint.call(now, request) {
            Ok(ticket) => self.scripted = Some(ticket),
            Err(misuse) => {
                self.fault(format!("{action} is not sent: {misuse}"));
                self.script().done();
            }
        }
    }

    fn handle_event(&mut self, now: Instant, event: Event) {
        match event {
            Event::Request { id, request, .. } => {
                self.answer(now, &id, &request);
                self.script().exchanged(request.action());
            }
            Event::Response {
                ticket, response, ..
            } => {
                if self
                    .scripted
                    .take_if(|scripted| *scripted == ticket)
                    .is_some()
                {
                    if is_refusal(&response) {
                        self.fault(format!("{} is refused", response.action()));
                    }
                    self.script().done();
                }
                self.script().exchanged(response.action());
            }
            Event::Failed { ticket, failure } => {
                if self
                    .scripted
                    .take_if(|scripted| *scripted == ticket)
                    .is_some()
                {
                    self.script().done();
                }
                self.fault(match failure {
                    Failure::Rejected(error) => format!("refused: {}", error.code),
                    failure => format!("no answer: {failure:?}"),
                });
            }
            Event::Unmatched { id, .. } => self.note(format!("answer to no call: {id}")),
            Event::Invalid(_) => self.system.office().fault(),
            Event::Refused(error) => self.fault(format!("refused: {}", error.description)),
            _ => {}
        }
    }

    fn answer(&mut self, now: Instant, id: &MessageId<'_>, request: &Request<'_>) {
        let action = request.action();
        let cause = if self.triggered.contains(&action) {
            Cause::Trigger
        } else {
            Cause::Station
        };
        let status = self.system.office().record(&self.name).status.clone();
        let answered = match admit(status.as_ref(), action, cause) {
            Err(code) => self.endpoint.reject(id, code, "not accepted yet"),
            Ok(()) => match self.response(now, request) {
                Some(response) => self.endpoint.reply(id, &response),
                None => self.endpoint.reject(id, ErrorCode::NotSupported, ""),
            },
        };
        if let Err(error) = answered {
            self.fault(format!("no answer to {action}: {error}"));
        }
    }

    fn response(&mut self, now: Instant, request: &Request<'_>) -> Option<Response<'static>> {
        Some(match request {
            Request::BootNotification(_) => {
                let status = self.register();
                BootNotificationResponse {
                    status,
                    current_time: self.time(now),
                    interval: self.system.policy.interval,
                }
                .into()
            }
            Request::Heartbeat(_) => {
                let current_time = self.time(now);
                HeartbeatResponse { current_time }.into()
            }
            Request::Authorize(request) => {
                let id_tag_info = self.info(&request.id_tag);
                AuthorizeResponse { id_tag_info }.into()
            }
            Request::StartTransaction(request) => StartTransactionResponse {
                id_tag_info: self.info(&request.id_tag),
                transaction_id: self.system.office().start(&self.name, request),
            }
            .into(),
            Request::StopTransaction(request) => {
                let known = self.system.office().stop(&self.name, request);
                if known.is_none() {
                    self.note(format!("transaction {} is unknown", request.transaction_id));
                }
                let id_tag_info = request.id_tag.as_ref().map(|id_tag| self.info(id_tag));
                StopTransactionResponse { id_tag_info }.into()
            }
            // Whatever it thinks of the values, it confirms them (OCPP 1.6, 4.7).
            Request::MeterValues(_) => MeterValuesResponse {}.into(),
            Request::StatusNotification(request) => {
                let unusual = self.system.office().record(&self.name).report(request);
                if !unusual.is_empty() {
                    let names: Vec<_> = unusual.iter_names().map(|(name, _)| name).collect();
                    self.note(format!("unusual: {}", names.join(", ")));
                }
                StatusNotificationResponse {}.into()
            }
            Request::DataTransfer(_) => {
                DataTransferResponse::new(DataTransferStatus::UnknownVendorId).into()
            }
            Request::DiagnosticsStatusNotification(_) => {
                DiagnosticsStatusNotificationResponse {}.into()
            }
            Request::FirmwareStatusNotification(_) => FirmwareStatusNotificationResponse {}.into(),
            Request::LogStatusNotification(_) => LogStatusNotificationResponse {}.into(),
            Request::SecurityEventNotification(_) => SecurityEventNotificationResponse {}.into(),
            Request::SignedFirmwareStatusNotification(_) => {
                SignedFirmwareStatusNotificationResponse {}.into()
            }
            Request::SignCertificate(_) => {
                let status = GenericStatus::Rejected;
                SignCertificateResponse { status }.into()
            }
            _ => return None,
        })
    }

    /// Says whether a station that boots is accepted, and remembers it.
    fn register(&self) -> RegistrationStatus<'static> {
        let boots = &self.system.policy.boots;
        let mut office = self.system.office();
        let record = office.record(&self.name);
        let status = boots.get(record.boots).or(boots.last());
        let status = status.cloned().unwrap_or(RegistrationStatus::Accepted);
        record.boots += 1;
        record.status = Some(status.clone());
        status
    }

    fn info(&self, id_tag: &IdToken<'_>) -> IdTagInfo<'static> {
        let tags = &self.system.policy.tags;
        let is_known = tags.is_empty() || tags.iter().any(|tag| tag == id_tag);
        IdTagInfo::new(if is_known {
            AuthorizationStatus::Accepted
        } else {
            AuthorizationStatus::Invalid
        })
    }
}

impl Party for Desk {
    fn connected(&mut self, now: Instant) {
        self.endpoint.connected(now);
        self.update(now);
    }

    fn disconnected(&mut self, now: Instant) {
        self.endpoint.disconnected(now);
    }

    fn handle_message(&mut self, now: Instant, text: &str) {
        self.endpoint.handle_message(now, text);
    }

    fn handle_timeout(&mut self, now: Instant) {
        self.endpoint.handle_timeout(now);
        self.update(now);
    }

    fn poll_step(&mut self, now: Instant) -> Option<Step> {
        loop {
            match self.endpoint.poll_output() {
                Some(Output::Transmit(text)) => return Some(Step::Transmit(text)),
                Some(Output::Event(event)) => {
                    self.handle_event(now, event);
                    self.update(now);
                }
                None => return self.steps.pop_front(),
            }
        }
    }

    fn poll_timeout(&self) -> Option<Instant> {
        self.endpoint.poll_timeout()
    }
}

/// What a station may send because of a trigger.
fn triggered(trigger: &MessageTrigger<'_>) -> Option<Action> {
    Action::from_name(trigger.as_str())
}

/// Whether the status of an answer says no.
fn is_refusal(response: &Response<'_>) -> bool {
    let mut payload = String::new();
    response.encode_payload_unchecked(&mut payload);
    let value: serde_json::Value = serde_json::from_str(&payload).unwrap_or_default();
    let status = value.get("status").and_then(serde_json::Value::as_str);
    let accepted = ["Accepted", "Scheduled", "RebootRequired", "Unlocked"];
    status.is_some_and(|status| !accepted.contains(&status))
}
