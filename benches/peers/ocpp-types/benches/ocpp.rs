//! \`ocpp-types\` 0.3.0 of the public registry: the type is known beforehand, and validated after reading.
//!
//! Run it with `cargo bench` in this folder; `METERING_VECTORS` is as in `benches/ocpp.rs`.

#![allow(missing_docs, clippy::panic)]

use core::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use peer::v16::{
    AuthorizeRequest, BootNotificationRequest, MeterValuesRequest, StartTransactionRequest,
};
use peer::validate::Validate;
use peer::{Action, Call};
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

fn time<T: Action + DeserializeOwned + Serialize + Validate>(
    c: &mut Criterion,
    name: &str,
    text: &str,
) {
    let parse = |text: &str| {
        let call = serde_json::from_str::<Call<T>>(text).ok()?;
        call.payload.validate().ok()?;
        Some(call)
    };
    let Some(call) = parse(text) else {
        panic!("{name} is not taken");
    };
    c.bench_function(&format!("ocpp/parse_{name}/ocpp-types"), |b| {
        b.iter(|| {
            black_box(&parse(black_box(text)));
        });
    });
    let mut out = Vec::with_capacity(2 * text.len());
    c.bench_function(&format!("ocpp/write_{name}/ocpp-types"), |b| {
        b.iter(|| {
            out.clear();
            black_box(&serde_json::to_writer(&mut out, black_box(&call)));
            black_box(&out);
        });
    });
    assert!(!out.is_empty(), "{name} was written");
}
