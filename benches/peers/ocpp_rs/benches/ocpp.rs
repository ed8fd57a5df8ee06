//! \`ocpp_rs\` 0.4.2 with its validation of CALLs.
//!
//! Run it with `cargo bench` in this folder; `METERING_VECTORS` is as in `benches/ocpp.rs`.

#![allow(missing_docs, clippy::panic)]

use core::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use ocpp_rs::v16::parse::{deserialize_to_message, serialize_message};

#[path = "../../../ocpp/frames.rs"]
mod frames;

criterion_main!(benches);
criterion_group!(benches, all);

fn all(c: &mut Criterion) {
    for (name, text) in frames::load() {
        let Ok(message) = deserialize_to_message(&text) else {
            panic!("{name} is not taken");
        };
        c.bench_function(&format!("ocpp/parse_{name}/ocpp_rs"), |b| {
            b.iter(|| {
                black_box(&deserialize_to_message(black_box(&text)));
            });
        });
        c.bench_function(&format!("ocpp/write_{name}/ocpp_rs"), |b| {
            b.iter(|| {
                black_box(&serialize_message(black_box(&message)));
            });
        });
    }
}
