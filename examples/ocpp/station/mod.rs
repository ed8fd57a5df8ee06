//! A simulated charging station, without I/O.
//!
//! It is what firmware would be around [`Endpoint`] and the types of [`ocpp_types::state`]: this
//! file brings them together, `reports` is what the station tells by itself, `answers` does what the
//! central system asks for, `tags` says who may charge, `charging` knows transactions and limits.

mod answers;
mod charging;
mod outlet;
mod reports;
mod settings;
mod tags;
#[cfg(test)]
mod tests;

use alloc::collections::VecDeque;
use core::time::Duration;
use std::collections::HashMap;

use meter_units::Instant;
use ocpp_types::endpoint::{Config, Endpoint, Event, Failure, Output, Role, Ticket};
use ocpp_types::messages::{ChargePointErrorCode, ResetType};
use ocpp_types::schedule::{ProfileStack, Tenths};
use ocpp_types::state::authorization::{AuthorizationCache, LocalList};
use ocpp_types::state::configuration::Configuration;
use ocpp_types::state::registration::{Cause, Registration, Standing};
use ocpp_types::state::reservation::{AnyConnector, Reservations};
use ocpp_types::types::{CiString, DateTime};
use ocpp_types::{Request, Response, Tolerance};

use self::outlet::Outlet;
use self::tags::Intent;
use super::clock::unix_millis;
use super::{Clock, Command, Options, Party, Script, Step};

/// What kind of station it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setup {
    pub(crate) vendor: &'static str,
    pub(crate) model: &'static str,
    pub(crate) connectors: u32,
    /// What the station can draw in each phase.
    pub(crate) maximum: Tenths,
    pub(crate) tolerance: Tolerance,
    /// How long to wait for an answer.
    pub(crate) timeout: Duration,
    pub(crate) timekeeping: Timekeeping,
}

impl Setup {
    pub(crate) fn simulated(
        options: &Options,
        clock: Clock,
        connectors: u32,
        maximum: Tenths,
    ) -> Self {
        Self {
            vendor: "Example",
            model: "Simulated",
            connectors,
            maximum,
            tolerance: options.tolerance,
            timeout: options.timeout(&clock),
            timekeeping: Timekeeping::with(clock),
        }
    }
}

/// Where a station has its time from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Timekeeping {
    /// From its central system.
    System,
    /// From a simulation that is faster than the time of others.
    Simulated,
}

/// A station: what it would keep over a reboot, and what it is doing.
pub(crate) struct Station {
    setup: Setup,
    endpoint: Endpoint,
    registration: Registration,
    outlets: Vec<Outlet>,
    configuration: Configuration,
    list: LocalList,
    cache: AuthorizationCache,
    reservations: Reservations,
    profiles: ProfileStack,
    /// What each call is for.
    calls: HashMap<Ticket, Purpose>,
    /// Messages that are due at a time.
    errands: Vec<(Instant, Request<'static>)>,
    script: Script,
    /// A reset that was accepted.
    reset: Option<ResetType<'static>>,
    /// Milliseconds since 1970 at the origin of the instants, by the clock of the station.
    unix_at_start: i64,
    /// Until when the meters have counted.
    counted: Instant,
    /// When a charging profile changes a limit.
    next_limit: Option<Instant>,
    link: Link,
    /// Whether the central system knows the status of the station as a whole.
    is_main_told: bool,
    is_leaving: bool,
    faults: u32,
    steps: VecDeque<Step>,
}

/// What a call is for.
#[derive(Clone, Debug)]
enum Purpose {
    /// A BootNotification or a Heartbeat.
    Regular,
    Status(u32),
    Authorize(u32, Intent),
    Start(u32),
    Script,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Up,
    Down,
}

/// How long a station waits before it boots again, where nobody says.
const BACK_OFF: Duration = Duration::from_secs(60);

impl Timekeeping {
    const fn with(clock: Clock) -> Self {
        if clock.is_simulated() {
            Self::Simulated
        } else {
            Self::System
        }
    }
}

impl Station {
    pub(crate) fn new(setup: Setup, script: Script, now: Instant, unix_at_start: i64) -> Self {
        let outlets = (1..=setup.connectors).map(|number| Outlet::new(number, 1_234_567));
        let outlets: Vec<_> = outlets.collect();
        Self {
            setup,
            endpoint: Endpoint::new(Config {
                timeout: setup.timeout,
                tolerance: setup.tolerance,
                ..Config::new(Role::ChargePoint)
            }),
            registration: Registration::new(now, BACK_OFF),
            outlets,
            configuration: settings::configuration(setup.connectors, setup.timeout),
            list: LocalList::new(settings::LIST_LENGTH, settings::UPDATE_LENGTH),
            cache: AuthorizationCache::new(settings::CACHE_LENGTH),
            reservations: Reservations::new(setup.connectors, AnyConnector::Supported),
            profiles: ProfileStack::new(settings::bounds(setup.connectors)),
            calls: HashMap::new(),
            errands: Vec::new(),
            script,
            reset: None,
            unix_at_start,
            counted: now,
            next_limit: None,
            link: Link::Down,
            is_main_told: false,
            is_leaving: false,
            faults: 0,
            steps: VecDeque::new(),
        }
    }

    /// Whether the script is done, and nothing waits for an answer.
    pub(crate) fn is_over(&self) -> bool {
        (self.is_leaving || self.script.is_over()) && self.calls.is_empty()
    }

    /// How often something went wrong that should not have.
    pub(crate) const fn faults(&self) -> u32 {
        self.faults
    }

    fn time(&self, now: Instant) -> DateTime<'static> {
        let time = DateTime::from_unix_millis(unix_millis(self.unix_at_start, now));
        time.unwrap_or_else(|| DateTime::unchecked(""))
    }

    /// Seconds since 1970.
    fn seconds(&self, now: Instant) -> i64 {
        unix_millis(self.unix_at_start, now).div_euclid(1000)
    }

    fn is_online(&self) -> bool {
        self.link == Link::Up && matches!(self.registration.standing(), Standing::Accepted { .. })
    }

    fn note(&mut self, text: impl Into<String>) {
        self.steps.push_back(Step::Note(text.into()));
    }

    fn fault(&mut self, text: impl Into<String>) {
        self.faults += 1;
        self.note(text);
    }

    /// A fault after which the script makes no sense any more.
    fn give_up(&mut self, text: String) {
        self.fault(text);
        self.script.abandon();
    }

    /// Sends a request, if the registration allows it; otherwise it is dropped.
    fn call(&mut self, now: Instant, cause: Cause, purpose: Purpose, request: Request<'static>) {
        let action = request.action();
        if !self.registration.may_call(action, cause) {
            return self.note(format!("{action} is not sent: not accepted yet"));
        }
        match self.endpoint.call(now, request) {
            Ok(ticket) => {
                self.calls.insert(ticket, purpose);
            }
            Err(misuse) => self.note(format!("{action} is not sent: {misuse}")),
        }
    }

    /// Brings everything up to a time: what the meters counted, who may charge how much, and what
    /// has to be told.
    fn update(&mut self, now: Instant) {
        self.run_script(now);
        self.count(now);
        for over in self.reservations.expire(self.seconds(now)) {
            self.note(format!("reservation {} is over", over.id));
        }
        self.expire_authorizations(now);
        self.share(now);
        self.send_samples(now);
        if self.link == Link::Up {
            self.send_regular(now);
            self.send_errands(now);
            self.send_status(now);
        }
        if self.is_over() && self.link == Link::Up && !self.steps.contains(&Step::Close) {
            self.steps.push_back(Step::Close);
        }
    }

    fn run_script(&mut self, now: Instant) {
        while let Some(command) = self.script.next() {
            match command {
                Command::Call(request) => {
                    let action = request.action();
                    match self.endpoint.call(now, *request) {
                        Ok(ticket) => {
                            self.calls.insert(ticket, Purpose::Script);
                        }
                        Err(misuse) => {
                            self.fault(format!("{action}: {misuse}"));
                            self.script.done();
                        }
                    }
                }
                Command::Await(..) => {}
                Command::Cut => self.steps.push_back(Step::Cut),
                Command::Quit => self.is_leaving = true,
                Command::Other(word, arguments) => {
                    if self.obey(now, &word, &arguments).is_none() {
                        self.fault(format!("no command: {word} {}", arguments.join(" ")));
                    }
                }
            }
        }
    }

    /// What happens at the station itself.
    fn obey(&mut self, now: Instant, word: &str, arguments: &[String]) -> Option<()> {
        let number: u32 = arguments.first()?.parse().ok()?;
        let second = arguments.get(1);
        match word {
            "plug" => {
                let amperes = second.map_or(Ok(16), |text| text.parse::<u64>()).ok()?;
                self.plug(now, number, Tenths::new(amperes.checked_mul(10)?))
            }
            "unplug" => self.unplug(now, number),
            "tag" => self.present(now, number, CiString::new(second?.clone()).ok()?),
            "fault" => {
                let code = ChargePointErrorCode::from(second?.as_str()).into_owned();
                self.outlet_mut(number)?.fault = Some(code);
                Some(())
            }
            "repair" => {
                self.outlet_mut(number)?.fault = None;
                Some(())
            }
            _ => None,
        }
    }

    fn handle_event(&mut self, now: Instant, event: Event) {
        match event {
            Event::Request { id, request, .. } => {
                let action = request.action();
                self.answer(now, &id, &request);
                self.script.exchanged(action);
            }
            Event::Response {
                ticket, response, ..
            } => {
                self.registration.exchanged(now);
                let action = response.action();
                self.answered(now, ticket, response);
                self.script.exchanged(action);
            }
            Event::Failed { ticket, failure } => self.failed(now, ticket, &failure),
            Event::Retry { failure, .. } => {
                self.note(format!("will be sent again: {}", reason(&failure)));
            }
            Event::Unmatched { id, .. } => self.note(format!("answer to no call: {id}")),
            Event::Invalid(error) => self.fault(format!("invalid: {error}")),
            Event::Refused(error) => self.fault(format!("refused: {}", error.description)),
            _ => {}
        }
    }

    fn answered(&mut self, now: Instant, ticket: Ticket, response: Response<'static>) {
        let purpose = self.calls.remove(&ticket);
        if matches!(purpose, Some(Purpose::Script)) {
            self.script.done();
        }
        match (purpose, response) {
            (_, Response::BootNotification(boot)) => {
                self.registration.answered_with(now, &boot);
                self.set_clock(now, &boot.current_time);
                if self.is_online() {
                    let _ = self
                        .configuration
                        .change("HeartbeatInterval", &boot.interval.to_string());
                    self.endpoint.release_transactions(now);
                    self.forget_told();
                }
            }
            (_, Response::Heartbeat(answer)) => self.set_clock(now, &answer.current_time),
            (Some(Purpose::Authorize(number, intent)), Response::Authorize(answer)) => {
                self.authorized(now, number, intent, &answer.id_tag_info);
            }
            (Some(Purpose::Start(number)), Response::StartTransaction(answer)) => {
                self.started(now, number, ticket, &answer);
            }
            _ => {}
        }
    }

    fn failed(&mut self, now: Instant, ticket: Ticket, failure: &Failure) {
        if *failure != Failure::Disconnected {
            self.fault(format!("failed: {}", reason(failure)));
        }
        match self.calls.remove(&ticket) {
            Some(Purpose::Regular) => self.registration.failed(now),
            Some(Purpose::Status(0)) => self.is_main_told = false,
            Some(Purpose::Status(number)) => {
                if let Some(outlet) = self.outlet_mut(number) {
                    outlet.told = None;
                }
            }
            Some(Purpose::Authorize(number, intent)) => self.unauthorized(now, number, intent),
            Some(Purpose::Start(number)) => self.lost(number, ticket),
            Some(Purpose::Script) => self.script.done(),
            _ => {}
        }
    }

    /// Takes over the time of the central system (OCPP 1.6, 4.2 and 4.6).
    fn set_clock(&mut self, now: Instant, time: &DateTime<'_>) {
        if self.setup.timekeeping == Timekeeping::Simulated {
            return;
        }
        if let Some(off) = time.to_unix().map(|time| time - self.seconds(now)) {
            // Half a second is what it takes to be told.
            if off.abs() > 1 {
                self.note(format!("the clock is put {off} s forward"));
                self.unix_at_start = self.unix_at_start.saturating_add(off.saturating_mul(1000));
            }
        }
    }

    fn outlet(&self, number: u32) -> Option<&Outlet> {
        self.outlets.iter().find(|outlet| outlet.number == number)
    }

    fn outlet_mut(&mut self, number: u32) -> Option<&mut Outlet> {
        self.outlets
            .iter_mut()
            .find(|outlet| outlet.number == number)
    }
}

impl Party for Station {
    fn connected(&mut self, now: Instant) {
        self.link = Link::Up;
        if !matches!(self.registration.standing(), Standing::Accepted { .. }) {
            self.endpoint.hold_transactions();
        }
        self.endpoint.connected(now);
        self.update(now);
    }

    fn disconnected(&mut self, now: Instant) {
        self.link = Link::Down;
        self.endpoint.disconnected(now);
        if self.reset.take().is_some() {
            // It boots: what was promised before is forgotten, what is kept is kept.
            self.registration = Registration::new(now, BACK_OFF);
            self.endpoint.hold_transactions();
            self.forget_told();
        }
        self.update(now);
    }

    fn handle_message(&mut self, now: Instant, text: &str) {
        self.endpoint.handle_message(now, text);
        self.update(now);
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
                None => break,
            }
        }
        if let Some(step) = self.steps.pop_front() {
            return Some(step);
        }
        // A soft reset waits for the answers to what it had to report.
        let is_due = match &self.reset {
            Some(ResetType::Soft) => self.calls.is_empty(),
            Some(_) => true,
            None => false,
        };
        (is_due && self.link == Link::Up).then_some(Step::Close)
    }

    fn poll_timeout(&self) -> Option<Instant> {
        let regular = (self.link == Link::Up).then(|| self.registration.next());
        let errands = self.errands.iter().map(|(due, _)| *due);
        let outlets = self.outlets.iter().flat_map(|outlet| {
            let sample = outlet.active.as_ref().map(|active| active.next_sample);
            let ready = outlet.ready.as_ref().map(|ready| ready.until);
            sample.into_iter().chain(ready)
        });
        let others = [self.endpoint.poll_timeout(), self.next_limit, regular];
        others
            .into_iter()
            .flatten()
            .chain(errands)
            .chain(outlets)
            .min()
    }
}

fn reason(failure: &Failure) -> String {
    match failure {
        Failure::Rejected(error) => format!("{}, {}", error.code, error.description),
        Failure::TimedOut => "no answer".to_owned(),
        Failure::Disconnected => "the connection broke".to_owned(),
        Failure::Invalid(violation) => format!("the answer is invalid: {violation}"),
        Failure::Canceled => "taken back".to_owned(),
        other => format!("{other:?}"),
    }
}
