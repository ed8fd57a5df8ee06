//! OCPP frames to typed messages and back, beside hand-written borrowing serde structs.
//!
//! `tokens` reads a frame without giving it any type, with `serde_json` and with our reader. It shows why
//! there is a reader of our own: the tokens of `serde_json` alone cost 0.6 to 0.9 of the floor, and
//! whatever is built on them cannot be faster. Our whole parse, types and rules included, costs no more
//! than those tokens.
//!
//! `ours` parses a frame whose action nobody knows beforehand and validates it by every rule of its
//! schema; `floor` parses it into structs that borrow, and validates nothing. `two_passes` is
//! ours with the payload kept raw in between. The peers, some of which slow `serde_json` down for
//! a whole build, are in `benches/peers/`.
//!
//! `METERING_VECTORS` names a folder whose `ocpp16/bench/*.json` are read in place of the frames
//! below.

#![allow(missing_docs, clippy::panic)]

use core::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ocpp_types::{Frame, Message, Request};
use serde::de::IgnoredAny;

#[path = "ocpp/floor.rs"]
mod floor;
#[path = "ocpp/frames.rs"]
mod frames;

criterion_main!(benches);
criterion_group!(benches, tokens, parse, write);

fn tokens(c: &mut Criterion) {
    for (name, text) in frames::load() {
        let mut group = c.benchmark_group(format!("ocpp/tokens_{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        // Both look at every byte, and keep nothing but where the payload is.
        group.bench_function("ours", |b| b.iter(|| keep(&Frame::parse(black_box(&text)))));
        group.bench_function("serde_json", |b| {
            b.iter(|| keep(&serde_json::from_str::<IgnoredAny>(black_box(&text))));
        });
        group.finish();
    }
}

fn parse(c: &mut Criterion) {
    for (name, text) in frames::load() {
        let mut group = c.benchmark_group(format!("ocpp/parse_{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function("ours", |b| {
            b.iter(|| keep(&Message::parse(black_box(&text), |_| None)));
        });
        group.bench_function("two_passes", |b| {
            b.iter(|| keep(&two_passes(black_box(&text))));
        });
        group.bench_function("floor", |b| {
            b.iter(|| keep(&floor::Call::parse(black_box(&text))));
        });
        group.finish();
    }
}

fn write(c: &mut Criterion) {
    for (name, text) in frames::load() {
        let mut group = c.benchmark_group(format!("ocpp/write_{name}"));
        group.throughput(Throughput::Bytes(text.len() as u64));
        let Ok(Message::Call { id, request }) = Message::parse(&text, |_| None) else {
            panic!("{name} is no valid CALL");
        };
        let Ok(call) = floor::Call::parse(&text) else {
            panic!("{name} is no CALL of the floor");
        };
        let mut out = String::with_capacity(2 * text.len());
        group.bench_function("ours", |b| {
            b.iter(|| {
                out.clear();
                keep(&black_box(&request).encode_call(black_box(&id), &mut out));
                keep(&out);
            });
        });
        assert_eq!(
            out.len(),
            text.trim_end().len(),
            "{name} is written as it was read"
        );
        let mut out = Vec::with_capacity(2 * text.len());
        group.bench_function("floor", |b| {
            b.iter(|| {
                out.clear();
                keep(&serde_json::to_writer(&mut out, black_box(&call)));
                keep(&out);
            });
        });
        assert_eq!(
            out.len(),
            text.trim_end().len(),
            "{name} is written as it was read"
        );
        group.finish();
    }
}

fn two_passes(text: &str) -> Option<Request<'_>> {
    let Ok(Frame::Call(call)) = Frame::parse(text) else {
        return None;
    };
    Request::decode(call.action()?, call.payload).ok()
}

/// Has a value made where it lies.
fn keep<T>(value: &T) {
    black_box(value);
}
