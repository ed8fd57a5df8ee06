//! Calls every decoding entrance of the libraries that need an allocator, as `panic_free` does for
//! the others.
//!
//! The allocator hands out memory that it never takes back. What is left of the panic machinery may
//! be reached from inside `alloc` only: where memory is out, or a capacity overflows.
#![no_std]
#![no_main]

extern crate alloc;

mod modbus;
mod pieces;

use alloc::string::String;
use core::alloc::{GlobalAlloc, Layout};
use core::fmt::{self, Write};
use core::hint::black_box;
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering};

use bare_metal as _;
use ocpp_types::messages::{GetConfigurationRequest, GetConfigurationResponse, MeterValuesRequest};
use ocpp_types::types::{CiString, DateTime, Limit, MeterValue, ReadingContext, Text, Uri};
use ocpp_types::{
    Action, CallError, ErrorCode, Frame, Message, MessageId, Operation, Payload, RawPayload,
    Request, Response, Tolerance,
};

mod schedule;
mod session;
mod state;

/// Every entrance. The check fails where one of them reaches a panic of its own.
static ENTRANCES: &[fn(&str)] = &[
    modbus::map_form,
    modbus::map_text,
    modbus::map_of_parts,
    modbus::point_form,
    modbus::pdu,
    frame,
    message,
    tolerant_message,
    response,
    payload,
    readings,
    texts,
    times,
    limits,
    call_error,
    built,
    session::endpoint,
    schedule::stack,
    schedule::composite,
    schedule::load,
    state::registration,
    state::connector,
    state::progress,
    state::configuration,
    state::authorization,
    state::reservation,
    state::transaction,
    #[cfg(feature = "control")]
    control_index,
];

fn frame(text: &str) {
    for tolerance in [Tolerance::STRICT, Tolerance::LENIENT] {
        match Frame::parse_with(text, tolerance) {
            Ok(read) => {
                black_box((read.value.kind(), read.value.id().as_str().len()));
                black_box(read.deviations.len());
            }
            Err(error) => show(&error),
        }
    }
}

fn message(text: &str) {
    match Message::parse(text, |_| None) {
        Ok(message) => write_back(message),
        Err(error) => show(error.into_owned()),
    }
}

fn tolerant_message(text: &str) {
    let bits = black_box(u32::MAX);
    let tolerance = Tolerance::from_bits_truncate(bits);
    match Message::parse_with(text, |_| None, tolerance) {
        Ok(read) => {
            for deviation in &read.deviations {
                black_box((deviation.rule.name(), deviation.path.len()));
            }
            write_back(read.value);
        }
        Err(error) => show(&error),
    }
}

fn response(text: &str) {
    for action in Action::ALL {
        match Message::parse_with(text, |_| Some(*action), Tolerance::LENIENT) {
            Ok(read) => write_back(read.value),
            Err(error) => show(&error),
        }
    }
}

fn write_back(message: Message<'_>) {
    let mut out = String::new();
    match message {
        Message::Call { id, request } => {
            black_box(request.encode_call(&id, &mut out)).ok();
            request.encode_call_unchecked(&id, &mut out);
            black_box::<Request<'static>>(request.into_owned());
        }
        Message::CallResult { id, response } => {
            black_box(response.encode_result(&id, &mut out)).ok();
            response.encode_result_unchecked(&id, &mut out);
            black_box::<Response<'static>>(response.into_owned());
        }
        Message::CallError(error) => {
            black_box(error.encode(&mut out)).ok();
        }
        other => {
            black_box(other.id().as_str().len());
        }
    }
    black_box(out);
}

fn payload(text: &str) {
    if let Ok(payload) = GetConfigurationResponse::decode(RawPayload::new(text)) {
        black_box(payload.validate().is_ok());
    }
}

fn readings(text: &str) {
    let payload = MeterValuesRequest::decode_with(RawPayload::new(text), Tolerance::LENIENT);
    let Ok(payload) = payload else {
        return;
    };
    for value in &payload.value.meter_value {
        for reading in value.readings() {
            black_box(MeterValue::from_reading(
                &reading,
                ReadingContext::SampleClock,
            ));
        }
    }
}

fn texts(text: &str) {
    if let (Ok(one), Ok(other)) = (CiString::<20>::new(text), Text::<500>::new(text)) {
        black_box((one.is_valid(), other == *text, one == *text));
        show(&one);
        black_box((one.into_owned(), other.into_owned()));
    }
    black_box(Uri::new(text).map(|uri| uri.scheme().len()));
    black_box(ErrorCode::from(text).as_str().len());
}

fn times(text: &str) {
    let time = DateTime::unchecked(text);
    black_box((time.is_valid(), time.to_unix_nanos(), time.timestamp()));
    black_box(DateTime::from_unix_millis(black_box(0)));
}

fn limits(text: &str) {
    if let Ok(limit) = text.parse::<Limit>() {
        black_box(limit.tenths());
        show(limit);
    }
}

fn call_error(text: &str) {
    let id = MessageId::unchecked(text);
    let error = CallError::new(id, ErrorCode::from(text), text);
    let mut out = String::new();
    black_box(error.encode(&mut out)).ok();
    error.encode_unchecked(&mut out);
    black_box(out);
}

/// Payloads that come as a type of their own, and are written without a frame.
fn built(text: &str) {
    let request = GetConfigurationRequest {
        key: Some(alloc::vec![CiString::unchecked(text); black_box(2)]),
    };
    let mut out = String::new();
    if let Err(violation) = request.encode_payload(&mut out) {
        show(violation);
    }
    request.encode_payload_unchecked(&mut out);
    black_box(request.encode_call(&MessageId::unchecked(text), &mut out)).ok();
    black_box((request == request.clone(), request.validate().is_ok()));
    black_box(out);
}

/// One that the compiler does not know.
fn any_action() -> Action {
    let index = black_box(0);
    Action::ALL.get(index).copied().unwrap_or(Action::Heartbeat)
}

/// It shows that the check finds a panic.
#[cfg(feature = "control")]
fn control_index(text: &str) {
    black_box(text.as_bytes()[3]);
}

fn show(value: impl fmt::Display) {
    // A failure is as good as any other result.
    let _ = write!(Sink, "{value}");
}

struct Sink;

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

#[global_allocator]
static ALLOCATOR: Bump = Bump {
    used: AtomicUsize::new(0),
};

struct Bump {
    used: AtomicUsize,
}

const HEAP: usize = 32 * 1024;
static mut MEMORY: [u8; HEAP] = [0; HEAP];

// SAFETY: every block lies in `MEMORY`, is aligned, and is handed out once.
unsafe impl GlobalAlloc for Bump {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let base = &raw mut MEMORY;
        let start = self.used.load(Ordering::Relaxed);
        let address = (base as usize).wrapping_add(start);
        let padding = address.wrapping_neg() & layout.align().wrapping_sub(1);
        let begin = start.wrapping_add(padding);
        let end = begin.wrapping_add(layout.size());
        if end > HEAP || end < start {
            return ptr::null_mut();
        }
        self.used.store(end, Ordering::Relaxed);
        base.cast::<u8>().wrapping_add(begin)
    }

    unsafe fn dealloc(&self, _: *mut u8, _: Layout) {}
}

/// The length is opaque as well: both ends of the slice come out of a barrier.
static INPUT: &str = match core::str::from_utf8(&[b' '; 512]) {
    Ok(text) => text,
    Err(_) => "",
};

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    loop {
        for entrance in black_box(ENTRANCES) {
            entrance(black_box(INPUT));
        }
    }
}
