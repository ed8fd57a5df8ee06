//! Two endpoints over a connection that loses, delays, repeats, reorders and breaks.
//!
//! The laws: every call ends once, with its own answer or a failure; an answer is never answered;
//! a deadline exists whenever something is awaited; messages about transactions arrive in order;
//! whatever is queued is gone in the end.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::unwrap_used
)]

use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};

use meter_units::Instant;
use ocpp_types::endpoint::{Config, Endpoint, Event, Failure, Misuse, Output, Role, Ticket};
use ocpp_types::messages::{
    DataTransferRequest, DataTransferResponse, DataTransferStatus, MeterValuesRequest,
    MeterValuesResponse,
};
use ocpp_types::types::{CiString, Text};
use ocpp_types::{ErrorCode, MessageId, Request, Response};
use proptest::prelude::*;

/// What the connection does to a message, in percent.
#[derive(Clone, Copy, Debug)]
struct Faults {
    lost: u64,
    repeated: u64,
    garbled: u64,
    /// The longest delay in milliseconds; messages overtake each other.
    delay: u64,
    /// Of each step.
    broken: u64,
}

const PERFECT: Faults = Faults {
    lost: 0,
    repeated: 0,
    garbled: 0,
    delay: 0,
    broken: 0,
};

/// A chain of numbers without a pattern, from a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below.max(1)
    }

    fn happens(&mut self, percent: u64) -> bool {
        self.next(100) < percent
    }
}

struct Side {
    endpoint: Endpoint,
    /// What each call that has not ended asks for.
    waiting: BTreeMap<Ticket, Asked>,
    answered: usize,
    failed: usize,
    /// Requests that will be replied to at a later time.
    todo: Vec<(u64, MessageId<'static>, Request<'static>)>,
    /// The transaction messages that came, by their number.
    received: Vec<i64>,
}

#[derive(Clone, Debug, PartialEq)]
enum Asked {
    Data(String),
    Values(i64),
}

impl Side {
    fn new(role: Role) -> Self {
        let config = Config {
            queue: 20,
            retry: Duration::from_secs(5),
            ..Config::new(role)
        };
        Self {
            endpoint: Endpoint::new(config),
            waiting: BTreeMap::new(),
            answered: 0,
            failed: 0,
            todo: Vec::new(),
            received: Vec::new(),
        }
    }
}

struct World {
    now: u64,
    dice: Dice,
    faults: Faults,
    sides: [Side; 2],
    /// Arrival, receiver, text.
    wire: Vec<(u64, usize, String)>,
    is_up: bool,
    number: i64,
    /// Messages about transactions: those that were queued, and those that failed for good.
    queued: BTreeSet<i64>,
    refused: BTreeSet<i64>,
}

impl World {
    fn new(seed: u64, faults: Faults) -> Self {
        Self {
            now: 0,
            dice: Dice(seed),
            faults,
            sides: [Side::new(Role::ChargePoint), Side::new(Role::CentralSystem)],
            wire: Vec::new(),
            is_up: false,
            number: 0,
            queued: BTreeSet::new(),
            refused: BTreeSet::new(),
        }
    }

    fn instant(&self) -> Instant {
        Instant::from_millis(self.now)
    }

    fn connect(&mut self) {
        self.is_up = true;
        for side in 0..2 {
            self.sides[side].endpoint.connected(self.instant());
            self.drain(side);
        }
    }

    fn disconnect(&mut self) {
        self.is_up = false;
        self.wire.clear();
        for side in 0..2 {
            self.sides[side].endpoint.disconnected(self.instant());
            self.sides[side].todo.clear();
            self.drain(side);
        }
    }

    fn call(&mut self, side: usize) {
        self.number += 1;
        let number = self.number;
        let about_transaction = side == 0 && self.dice.happens(40);
        let (request, asked) = if about_transaction {
            let mut request = MeterValuesRequest::new(1, Vec::new());
            request.transaction_id = Some(number);
            (Request::from(request), Asked::Values(number))
        } else {
            let data = format!("{side}-{number}");
            let mut request = DataTransferRequest::new(CiString::new("vendor").unwrap());
            request.data = Some(Text::new(data.clone()).unwrap());
            (Request::from(request), Asked::Data(data))
        };
        match self.sides[side].endpoint.call(self.instant(), request) {
            Ok(ticket) => {
                if let Asked::Values(number) = asked {
                    self.queued.insert(number);
                }
                assert_eq!(self.sides[side].waiting.insert(ticket, asked), None);
            }
            Err(Misuse::Full) => {}
            Err(Misuse::Disconnected) => assert!(!about_transaction && !self.is_up),
            Err(other) => panic!("{other}"),
        }
        self.drain(side);
    }

    /// Carries out what an endpoint wants, and checks what it says.
    fn drain(&mut self, side: usize) {
        while let Some(output) = self.sides[side].endpoint.poll_output() {
            match output {
                Output::Transmit(text) => self.transmit(1 - side, text),
                Output::Event(event) => self.event(side, event),
            }
        }
        let endpoint = &self.sides[side].endpoint;
        let deadline = endpoint.poll_timeout();
        let awaits = self.is_up && !self.sides[side].waiting.is_empty();
        assert!(
            !awaits || deadline.is_some(),
            "something is awaited without a deadline"
        );
    }

    fn transmit(&mut self, to: usize, text: String) {
        assert!(self.is_up, "sent without a connection: {text}");
        let copies = 1 + u64::from(self.dice.happens(self.faults.repeated));
        for _ in 0..copies {
            if self.dice.happens(self.faults.lost) {
                continue;
            }
            let mut text = text.clone();
            if self.dice.happens(self.faults.garbled) {
                let cut = usize::try_from(self.dice.next(text.len() as u64)).unwrap();
                text.truncate(cut);
            }
            let arrival = self.now + self.dice.next(self.faults.delay + 1);
            self.wire.push((arrival, to, text));
        }
    }

    fn event(&mut self, side: usize, event: Event) {
        match event {
            Event::Request { id, request, .. } => {
                if let Request::MeterValues(values) = &request {
                    self.sides[side]
                        .received
                        .push(values.transaction_id.unwrap());
                }
                let when = self.now + self.dice.next(40_000) * u64::from(self.dice.happens(10));
                self.sides[side].todo.push((when, id, request));
            }
            Event::Response {
                ticket, response, ..
            } => {
                let asked = self.sides[side]
                    .waiting
                    .remove(&ticket)
                    .expect("it ends once");
                let answered = match response {
                    Response::DataTransfer(answer) => Asked::Data(answer.data.unwrap().to_string()),
                    Response::MeterValues(_) => match asked {
                        Asked::Values(number) => Asked::Values(number),
                        Asked::Data(_) => panic!("answer of another type"),
                    },
                    other => panic!("{other:?}"),
                };
                assert_eq!(asked, answered, "an answer to something else");
                self.sides[side].answered += 1;
            }
            Event::Failed { ticket, failure } => {
                let asked = self.sides[side]
                    .waiting
                    .remove(&ticket)
                    .expect("it ends once");
                if let Asked::Values(number) = asked {
                    assert_ne!(failure, Failure::Disconnected, "{number} is lost");
                    self.refused.insert(number);
                }
                self.sides[side].failed += 1;
            }
            Event::Retry { ticket, .. } => {
                let asked = self.sides[side].waiting.get(&ticket);
                assert!(
                    matches!(asked, Some(Asked::Values(_))),
                    "only these are repeated"
                );
            }
            Event::Unmatched { .. } | Event::Invalid(_) | Event::Refused(_) => {}
            other => panic!("{other:?}"),
        }
    }

    fn reply(&mut self, side: usize) {
        let now = self.now;
        let todo = &mut self.sides[side].todo;
        let Some(place) = todo.iter().position(|(when, ..)| *when <= now) else {
            return;
        };
        let (_, id, request) = todo.remove(place);
        let endpoint = &mut self.sides[side].endpoint;
        if self.dice.happens(5) {
            endpoint
                .reject(&id, ErrorCode::InternalError, "not today")
                .unwrap();
        } else {
            let response = match request {
                Request::DataTransfer(request) => {
                    let mut response = DataTransferResponse::new(DataTransferStatus::Accepted);
                    response.data = request.data;
                    Response::from(response)
                }
                Request::MeterValues(_) => Response::from(MeterValuesResponse {}),
                other => panic!("{other:?}"),
            };
            endpoint.reply(&id, &response).unwrap();
        }
        self.drain(side);
    }

    fn step(&mut self) {
        self.now += 1 + self.dice.next(500);
        if self.is_up && self.dice.happens(self.faults.broken) {
            self.disconnect();
        } else if !self.is_up && self.dice.happens(20) {
            self.connect();
        }
        let now = self.now;
        while let Some(place) = self.wire.iter().position(|(arrival, ..)| *arrival <= now) {
            let (_, to, text) = self.wire.remove(place);
            self.sides[to]
                .endpoint
                .handle_message(self.instant(), &text);
            self.drain(to);
        }
        for side in 0..2 {
            let due = self.sides[side].endpoint.poll_timeout();
            if due.is_some_and(|due| due <= self.instant()) || self.dice.happens(10) {
                self.sides[side].endpoint.handle_timeout(self.instant());
                self.drain(side);
            }
            self.reply(side);
        }
    }

    /// Lets the connection be perfect until nothing waits any more.
    fn settle(&mut self) {
        self.faults = PERFECT;
        if !self.is_up {
            self.connect();
        }
        for _ in 0..20_000 {
            if self.sides.iter().all(|side| side.waiting.is_empty()) {
                return;
            }
            self.step();
        }
        panic!("calls that never end");
    }
}

fn run(seed: u64, faults: Faults, steps: usize) -> World {
    let mut world = World::new(seed, faults);
    world.connect();
    for _ in 0..steps {
        for side in 0..2 {
            if world.dice.happens(25) {
                world.call(side);
            }
        }
        world.step();
    }
    world.settle();
    for side in &world.sides {
        // Nothing waits but the replies that this side still thinks about.
        assert_eq!(side.endpoint.is_idle(), side.todo.is_empty());
    }
    let received = &world.sides[1].received;
    for number in world.queued.difference(&world.refused) {
        assert!(received.contains(number), "{number} is lost");
    }
    // Repetitions apart, they came in order.
    let mut latest = 0;
    for number in received {
        if faults.repeated == 0 && faults.delay == 0 {
            assert!(*number >= latest, "{received:?}");
        }
        latest = latest.max(*number);
    }
    world
}

#[test]
fn a_perfect_connection_answers_all_but_what_is_refused() {
    let world = run(1, PERFECT, 2_000);
    let [station, system] = &world.sides;
    assert!(station.answered > 50 && system.answered > 50);
    assert!(station.failed + system.failed < (station.answered + system.answered) / 10);
}

#[test]
fn a_broken_connection_loses_no_message_about_a_transaction() {
    let faults = Faults {
        broken: 5,
        ..PERFECT
    };
    let world = run(2, faults, 2_000);
    let received: BTreeSet<_> = world.sides[1].received.iter().copied().collect();
    assert!(received.len() > 50);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_call_ends_once(
        seed: u64,
        lost in 0..40_u64,
        repeated in 0..40_u64,
        garbled in 0..20_u64,
        delay in prop_oneof![Just(0), 1..60_000_u64],
        broken in 0..10_u64,
    ) {
        let faults = Faults { lost, repeated, garbled, delay, broken };
        let world = run(seed, faults, 400);
        prop_assert!(world.sides.iter().all(|side| side.waiting.is_empty()));
        prop_assert!(world.sides.iter().any(|side| side.answered + side.failed > 0));
    }
}
