//! The session: every command and every message.

use alloc::string::String;
use core::hint::black_box;
use core::time::Duration;

use ocpp_types::endpoint::{Config, Endpoint, Event, Failure, Output, Role};
use ocpp_types::meter_units::Instant;
use ocpp_types::{ErrorCode, MessageId, RawPayload, Request, Response, Tolerance};

use super::{any_action, show};

pub(super) fn endpoint(text: &str) {
    let mut endpoint = Endpoint::new(Config {
        timeout: Duration::from_millis(black_box(1)),
        queue: black_box(2),
        incoming: black_box(2),
        attempts: black_box(3),
        retry: Duration::from_millis(black_box(1)),
        tolerance: Tolerance::from_bits_truncate(black_box(u32::MAX)),
        first_id: black_box(1),
        ..Config::new(any_role())
    });
    let mut now = Instant::from_millis(black_box(0));
    for _ in 0..black_box(9_u32) {
        command(&mut endpoint, now, text);
        drain(&mut endpoint, text);
        if let Some(deadline) = endpoint.poll_timeout() {
            now = now.max(deadline);
        }
    }
    for undelivered in endpoint.undelivered() {
        black_box((
            undelivered.ticket,
            undelivered.start,
            undelivered.request.action(),
        ));
    }
    black_box(endpoint.is_idle());
    show(endpoint.config().queue);
}

fn command(endpoint: &mut Endpoint, now: Instant, text: &str) {
    let id = MessageId::unchecked(text);
    endpoint.set_timeout(Duration::from_millis(black_box(1)));
    endpoint.set_attempts(black_box(3), Duration::from_millis(black_box(1)));
    black_box(endpoint.ignore(&id));
    match black_box(0_u8) {
        0 => endpoint.connected(now),
        1 => endpoint.disconnected(now),
        2 => endpoint.hold_transactions(),
        3 => endpoint.release_transactions(now),
        4 => endpoint.handle_timeout(now),
        5 => endpoint.handle_message(now, text),
        choice => {
            let Ok(request) = Request::decode(any_action(), RawPayload::new(text)) else {
                return;
            };
            let called = if choice == 6 {
                endpoint.call(now, request)
            } else {
                endpoint.call_with_id(now, id, request)
            };
            match called {
                Ok(ticket) => {
                    call_after(endpoint, now, ticket, text);
                    black_box(endpoint.cancel(ticket));
                }
                Err(misuse) => show(&misuse),
            }
        }
    }
}

fn call_after(
    endpoint: &mut Endpoint,
    now: Instant,
    start: ocpp_types::endpoint::Ticket,
    text: &str,
) {
    let Ok(request) = Request::decode(any_action(), RawPayload::new(text)) else {
        return;
    };
    if let Err(misuse) = endpoint.call_after(now, start, request) {
        show(&misuse);
    }
}

fn drain(endpoint: &mut Endpoint, text: &str) {
    while let Some(output) = endpoint.poll_output() {
        match output {
            Output::Transmit(message) => drop(black_box::<String>(message)),
            Output::Event(event) => take(endpoint, event, text),
        }
    }
}

fn take(endpoint: &mut Endpoint, event: Event, text: &str) {
    match event {
        Event::Request { id, .. } => {
            let response = Response::decode(any_action(), RawPayload::new(text));
            let result = match response {
                Ok(response) => endpoint.reply(&id, &response),
                Err(_) => endpoint.reject(&id, ErrorCode::from(text), text),
            };
            if let Err(error) = result {
                show(&error);
            }
        }
        Event::Failed { failure, .. } | Event::Retry { failure, .. } => match failure {
            Failure::Rejected(error) => show(error.description),
            Failure::Invalid(violation) => show(violation),
            other => drop(black_box(other)),
        },
        Event::Invalid(error) => show(&error),
        Event::Unmatched { id, .. } => show(&id),
        other => drop(black_box(other)),
    }
}

fn any_role() -> Role {
    if black_box(true) {
        Role::ChargePoint
    } else {
        Role::CentralSystem.peer()
    }
}
