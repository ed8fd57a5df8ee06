//! M-Bus telegrams in memory to readings, beside `m-bus-parser` and beside a sum over the bytes.
//!
//! A time is the mean for one telegram of the set. `METERING_VECTORS` names a folder whose
//! `*.hex` files, at any depth, are read in place of the telegrams of this repository.
//!
//! Only telegrams that both implementations decode completely, into the same number of records,
//! are timed. How many are left out is said on standard error.

#![allow(missing_docs, clippy::panic)]

use core::hint::black_box;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;
use std::{env, fs, io, panic};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use m_bus_parser::WiredFrame;
use m_bus_parser::mbus_data::MbusData;
use mbus_proto::link::{Event, FrameDecoder};
use mbus_proto::{Frame, Telegram};

criterion_main!(benches);
criterion_group!(benches, mbus);

fn mbus(c: &mut Criterion) {
    let set = Telegrams::load();

    set.time(c, "mbus/telegram/ours", ours);
    set.time(c, "mbus/telegram/m-bus-parser", peer);
    set.time(c, "mbus/telegram/floor", sum);

    set.time(c, "mbus/frame/ours", Frame::parse);
    set.time(c, "mbus/frame/m-bus-parser", WiredFrame::try_from);
    set.time(c, "mbus/frame/floor", sum);

    let mut decoder = FrameDecoder::new();
    set.time(c, "mbus/stream/ours", |bytes| {
        for byte in bytes.chunks(1) {
            feed(&mut decoder, black_box(byte));
        }
    });
    set.time(c, "mbus/stream/floor", |bytes| {
        bytes
            .iter()
            .fold(0_u8, |sum, byte| sum.wrapping_add(*black_box(byte)))
    });

    let mut decoder = FrameDecoder::new();
    set.time(c, "mbus/stream_whole/ours", |bytes| {
        feed(&mut decoder, bytes)
    });
    set.time(c, "mbus/stream_whole/floor", sum);
}

/// Link check, header, and every record to its reading: value, unit, quantity and channel.
///
/// The number of records; `None` where there are none, or where one cannot be decoded.
fn ours(bytes: &[u8]) -> Option<usize> {
    let telegram = Telegram::parse(bytes).ok()?;
    black_box(telegram.header());
    let mut count = 0;
    for record in telegram.records() {
        black_box(&record.ok()?.reading());
        count += 1;
    }
    (count > 0).then_some(count)
}

/// The same work; here units and quantities are worked out when they are asked for.
fn peer(bytes: &[u8]) -> Option<usize> {
    let data = MbusData::<WiredFrame<'_>>::try_from(bytes).ok()?;
    black_box(&data.user_data);
    let mut count = 0;
    for record in data.data_records? {
        let record = record.ok()?;
        if let Some(information) = record.value_information() {
            for label in information.labels() {
                black_box(label);
            }
            for unit in information.units() {
                black_box(unit);
            }
            black_box(information.decimal_scale_exponent);
        }
        black_box(record.value());
        count += 1;
    }
    (count > 0).then_some(count)
}

/// What it takes to read the bytes at all.
fn sum(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

fn feed(decoder: &mut FrameDecoder, mut bytes: &[u8]) {
    while let Some(event) = decoder.decode(&mut bytes) {
        assert!(matches!(black_box(event), Event::Frame { .. }));
    }
}

struct Telegrams {
    set: Vec<Vec<u8>>,
    length: usize,
}

impl Telegrams {
    fn load() -> Self {
        let folder = env::var_os("METERING_VECTORS").map_or_else(
            || Path::new(env!("CARGO_MANIFEST_DIR")).join("mbus-proto/tests/vectors"),
            PathBuf::from,
        );
        let mut all = Vec::new();
        read_folder(&folder, &mut all)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));

        let found = all.len();
        let (mut records, mut only_ours, mut only_peer, mut neither, mut differing) =
            (0, 0, 0, 0, 0);
        all.retain(|telegram| {
            match (ours(telegram), peer_or_panic(telegram)) {
                (Some(ours), Some(peer)) if ours == peer => {
                    records += ours;
                    return true;
                }
                (Some(_), Some(_)) => differing += 1,
                (Some(_), None) => only_ours += 1,
                (None, Some(_)) => only_peer += 1,
                (None, None) => neither += 1,
            }
            false
        });
        let length = all.iter().map(Vec::len).sum();
        eprintln!(
            "{} of {found} telegrams, {length} bytes, {records} records. Left out: {only_ours} \
             that only ours decodes into records, {only_peer} that only m-bus-parser does, \
             {neither} that neither does, {differing} with different numbers of records.",
            all.len()
        );
        assert!(!all.is_empty(), "{} has no telegrams", folder.display());
        Self { set: all, length }
    }

    /// Times the decoding of the whole set, and reports the mean for one telegram.
    fn time<'a, T>(&'a self, c: &mut Criterion, name: &str, mut decode: impl FnMut(&'a [u8]) -> T) {
        let count = self.set.len();
        let (group, implementation) = name.rsplit_once('/').unwrap_or(("mbus", name));
        let mut group = c.benchmark_group(group);
        let mean_length = (self.length + count / 2) / count;
        group.throughput(Throughput::Bytes(mean_length as u64));
        group.bench_function(implementation, |bencher| {
            bencher.iter_custom(|passes| {
                let start = Instant::now();
                for _ in 0..passes {
                    for telegram in &self.set {
                        black_box(decode(black_box(telegram)));
                    }
                }
                start.elapsed().div_f64(count as f64)
            });
        });
        group.finish();
    }
}

/// Some telegrams make it panic, which has to be known before the run.
fn peer_or_panic(telegram: &[u8]) -> Option<usize> {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let outcome = panic::catch_unwind(|| peer(telegram));
    panic::set_hook(hook);
    outcome.ok().flatten()
}

/// Collects the telegrams of a folder and of those below it, in the order of their names.
fn read_folder(folder: &Path, telegrams: &mut Vec<Vec<u8>>) -> io::Result<()> {
    let entries = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = entries.collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            read_folder(&path, telegrams)?;
        } else if path.extension() == Some(OsStr::new("hex")) {
            let mut text = fs::read_to_string(&path)?;
            text.retain(|character| !character.is_whitespace());
            match hex::decode(text) {
                Ok(telegram) => telegrams.push(telegram),
                Err(error) => eprintln!("{} is skipped: {error}", path.display()),
            }
        }
    }
    Ok(())
}
