//! Sessions of mbus-proto: a readout, a search, and ten thousand sessions side by side.
//!
//! Nothing sleeps: the meters answer at once, and time is a number. What is measured is the work of
//! the processor, which for the readout and the search includes that of the meters.

#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::std_instead_of_alloc
)]

use core::cmp::Reverse;
use core::hint::black_box;
use std::collections::BinaryHeap;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use mbus_proto::link::{
    ControlField, Frame, PrimaryAddress, SecondaryAddress, SecondaryAddressMask,
};
use mbus_proto::master::{Config, Direction, Event, Master, Outcome, Output};
use mbus_proto::meter::{self, Meter};
use mbus_proto::meter_units::Instant;
use mbus_proto::record::{DataField, RecordBuilder};
use mbus_proto::{ApplicationData, Telegram};

criterion_main!(benches);
criterion_group!(benches, readout, search, server);

type Slave = Meter<1024>;

/// A meter of three telegrams with 39 records each, as from a heat meter with its history.
fn slave(number: u32) -> Slave {
    let mut slave = Meter::new(meter::Config::new(address(number)));
    for storage in 0..105 {
        let record = RecordBuilder::new(&[0x13]).and_then(|it| it.storage(storage % 2));
        let record = record.and_then(|it| it.integer(DataField::Int32, 12_565));
        let pushed = record.and_then(|record| slave.push_record(&record));
        pushed.expect("room for the records");
    }
    slave
}

fn address(number: u32) -> SecondaryAddress {
    let bcd = format!("{number:08}.PAD.01.07");
    bcd.parse().expect("an address")
}

/// The answer of a meter, which is not kept waiting.
fn exchange(slave: &mut Slave, now: Instant, bytes: &[u8], out: &mut Vec<u8>) {
    slave.handle_input(now, bytes);
    while slave.poll_output().is_some() {}
    if let Some(at) = slave.poll_timeout() {
        slave.handle_timeout(at);
    }
    while let Some(output) = slave.poll_output() {
        if let meter::Output::Transmit(bytes) = output {
            out.extend_from_slice(bytes);
        }
    }
}

/// A meter of three telegrams: by selection, to the last reading.
fn readout(c: &mut Criterion) {
    let mut slave = slave(12_345_678);
    let target = slave.secondary_address();
    let mut group = c.benchmark_group("mbus/readout");
    group.bench_function("3_telegrams_105_records", |bencher| {
        bencher.iter(|| {
            let mut master = Master::new(Config::default());
            let mut now = Instant::ORIGIN;
            let mut answer = Vec::with_capacity(261);
            let mut readings = 0;
            master.read(now, target).expect("an idle session");
            'session: loop {
                answer.clear();
                while let Some(output) = master.poll_output() {
                    match output {
                        Output::Transmit(bytes) => exchange(&mut slave, now, bytes, &mut answer),
                        Output::Event(Event::Telegram(response)) => {
                            let telegram = Telegram::parse(response.bytes).expect("a telegram");
                            for reading in telegram.readings() {
                                readings += usize::from(black_box(reading).is_ok());
                            }
                        }
                        Output::Event(Event::Done(outcome)) => {
                            assert_eq!(outcome, Outcome::Complete);
                            break 'session;
                        }
                        Output::Event(_) => {}
                    }
                }
                if answer.is_empty() {
                    now = master.poll_timeout().expect("something to wait for");
                    master.handle_timeout(now);
                } else {
                    master.handle_input(now, &answer);
                }
            }
            // Behind the records of two telegrams of three stands that more follow.
            assert_eq!(readings, 105 + 2);
        });
    });
    group.finish();
}

/// All meters that answer a selection, each with its acknowledgement; then their telegram.
struct Bus {
    addresses: Vec<SecondaryAddress>,
    selected: Vec<usize>,
}

impl Bus {
    fn answer(&mut self, bytes: &[u8], out: &mut Vec<u8>) {
        let (frame, _) = Frame::parse(bytes).expect("a frame");
        if let Some(Ok(ApplicationData::Selection { mask, .. })) = frame.application() {
            self.selected.clear();
            let all = self.addresses.iter().enumerate();
            let meant = all.filter(|(_, address)| mask.matches(address));
            self.selected.extend(meant.map(|(index, _)| index));
            // They do not answer at the same instant.
            out.resize(self.selected.len().min(4), 0xE5);
        } else if let [only] = *self.selected {
            let Some(address) = self.addresses.get(only) else {
                return;
            };
            let mut user_data = vec![0x72];
            user_data.extend(address.to_bytes());
            user_data.extend([0, 0, 0, 0, 0x03, 0x13, 1, 0, 0]);
            let primary = PrimaryAddress::UNCONFIGURED;
            let frame = Frame::new(ControlField::rsp_ud(), primary, &user_data).expect("a frame");
            let mut bytes = [0; Frame::MAX_LENGTH];
            let length = frame.encode_into(&mut bytes).expect("room");
            out.extend(bytes.iter().take(length));
        }
    }
}

/// A search for 1000 meters; the bus takes part with a comparison of masks for each meter.
fn search(c: &mut Criterion) {
    let mut group = c.benchmark_group("mbus/search_1000");
    group.sample_size(10);
    let consecutive = (12_345_000..12_346_000).map(address).collect();
    let scattered = (0..1000_u32).map(|it| address(it.wrapping_mul(2_654_435_761) % 100_000_000));
    for (name, addresses) in [
        ("consecutive", consecutive),
        ("scattered", scattered.collect()),
    ] {
        let mut bus = Bus {
            addresses,
            selected: Vec::new(),
        };
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                let mut master = Master::new(Config::default());
                let mut now = Instant::ORIGIN;
                let mut answer = Vec::with_capacity(261);
                let mut found = 0;
                let any = SecondaryAddressMask::ANY;
                let begun = master.scan_secondary(now, any, Direction::Forwards);
                begun.expect("an idle session");
                'session: loop {
                    answer.clear();
                    while let Some(output) = master.poll_output() {
                        match output {
                            Output::Transmit(bytes) => bus.answer(bytes, &mut answer),
                            Output::Event(Event::Found(_)) => found += 1,
                            Output::Event(Event::Done(_)) => break 'session,
                            Output::Event(_) => {}
                        }
                    }
                    if !answer.is_empty() {
                        master.handle_input(now, &answer);
                    }
                    if let Some(at) = master.poll_timeout() {
                        now = at;
                        master.handle_timeout(now);
                    }
                }
                assert_eq!(found, 1000);
                black_box(master.telegrams_sent())
            });
        });
    }
    group.finish();
}

/// Ten thousand buses with a meter each, as on a server: always the session whose time has come
/// first takes the next step. A step is a call of `handle_input` or `handle_timeout` with what it
/// puts out.
fn server(c: &mut Criterion) {
    const SESSIONS: usize = 10_000;
    let size = size_of::<Master>();
    eprintln!("{size} bytes a session, {} for {SESSIONS}", size * SESSIONS);

    let answer = {
        let mut slave = slave(12_345_678);
        slave.clear_records();
        let record = RecordBuilder::new(&[0x13]).and_then(|it| it.integer(DataField::Int24, 1));
        let pushed = record.and_then(|record| slave.push_record(&record));
        pushed.expect("room for the record");
        let mut answer = Vec::new();
        exchange(
            &mut slave,
            Instant::ORIGIN,
            &[0x10, 0x7B, 0x00, 0x7B, 0x16],
            &mut answer,
        );
        answer
    };
    let mut sessions: Vec<Master> = (0..SESSIONS)
        .map(|_| Master::new(Config::default()))
        .collect();
    let mut queue = BinaryHeap::new();
    for (index, _) in sessions.iter().enumerate() {
        queue.push(Reverse((Instant::from_micros(index as u64 * 50), index)));
    }
    let mut group = c.benchmark_group("mbus/server_10000");
    group.throughput(Throughput::Elements(1));
    group.bench_function("step", |bencher| {
        let mut step = || {
            let mut read = 0_u64;
            let Some(Reverse((now, index))) = queue.pop() else {
                panic!("no session");
            };
            let Some(master) = sessions.get_mut(index) else {
                panic!("no session {index}");
            };
            if !master.is_busy() {
                let begun = master.read(now, PrimaryAddress::UNCONFIGURED);
                begun.expect("an idle session");
            }
            master.handle_timeout(now);
            let mut reply: &[u8] = &[];
            while let Some(output) = master.poll_output() {
                match output {
                    Output::Transmit([0x10, 0x40, 0xFF, ..]) => {}
                    Output::Transmit([0x10, 0x40, ..]) => reply = &[0xE5],
                    Output::Transmit(_) => reply = &answer,
                    Output::Event(Event::Telegram(response)) => {
                        black_box(response.bytes);
                        read += 1;
                    }
                    Output::Event(_) => {}
                }
            }
            if !reply.is_empty() {
                master.handle_input(now, reply);
                while let Some(output) = master.poll_output() {
                    read += u64::from(matches!(output, Output::Event(Event::Telegram(_))));
                }
            }
            let next = master.poll_timeout().unwrap_or(now);
            queue.push(Reverse((next, index)));
            read
        };
        // Every session gets to its first telegram.
        let read: u64 = (0..20 * SESSIONS).map(|_| step()).sum();
        assert!(read > 0, "the sessions read nothing");
        bencher.iter(step);
    });
    group.finish();
}
