//! \`rust-ocpp\` 3.0.4: the type is known beforehand, the frame is a tuple since it has none, and nothing is validated.
//!
//! Run it with `cargo bench` in this folder; `METERING_VECTORS` is as in `benches/ocpp.rs`.

#![allow(missing_docs, clippy::panic)]

use core::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rust_ocpp::v1_6::messages::authorize::AuthorizeRequest;
use rust_ocpp::v1_6::messages::boot_notification::BootNotificationRequest;
use rust_ocpp::v1_6::messages::meter_values::MeterValuesRequest;
use rust_ocpp::v1_6::messages::start_transaction::StartTransactionRequest;
use serde::Serialize;
use serde::de::DeserializeOwned;

#[path = "../../../ocpp/frames.rs"]
mod frames;

criterion_main!(benches);
criterion_group!(benches, all);

fn all(c: &mut Criterion) {
    for (name, text) in frames::load() {
        match name {
            "authorize" => time::<AuthorizeRequest>(c, name, &text),
            "boot_notification" => time::<BootNotificationRequest>(c, name, &text),
            "meter_values" => time::<MeterValuesRequest>(c, name, &text),
            "start_transaction" => time::<StartTransactionRequest>(c, name, &text),
            _ => panic!("no type for {name}"),
        }
    }
}

type Frame<'a, T> = (u8, &'a str, &'a str, T);

fn time<T: DeserializeOwned + Serialize>(c: &mut Criterion, name: &str, text: &str) {
    let Ok(call) = serde_json::from_str::<Frame<'_, T>>(text) else {
        panic!("{name} is not taken");
    };
    c.bench_function(&format!("ocpp/parse_{name}/rust-ocpp"), |b| {
        b.iter(|| {
            black_box(&serde_json::from_str::<Frame<'_, T>>(black_box(text)));
        });
    });
    let mut out = Vec::with_capacity(2 * text.len());
    c.bench_function(&format!("ocpp/write_{name}/rust-ocpp"), |b| {
        b.iter(|| {
            out.clear();
            black_box(&serde_json::to_writer(&mut out, black_box(&call)));
            black_box(&out);
        });
    });
    assert!(!out.is_empty(), "{name} was written");
}
