//! The answer of a meter to exact readings, and maps to plans.
//!
//! The answer is a frame of 120 registers, checked by its CRC; the floor makes 60 plain `f64` of it.
//! The peer of the plans is what drivers do without a planner: sort the places, and begin another
//! request where the next one does not fit any more.

#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use core::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use meter_units::{Channel, Medium, Phase, Quantity, Reading, Unit};
use modbus_regmap::adu::{Direction, Rtu};
use modbus_regmap::encoding::{Encoding, Scale};
use modbus_regmap::map::{Device, Register, RegisterMap};
use modbus_regmap::plan::{Limits, Place, Plan, PlanItem, PlannedRead, Read, Selection};
use modbus_regmap::{Registers, Response, Table, UnitId};

criterion_main!(benches);
criterion_group!(benches, readings_60, plan_500);

const COUNT: usize = 60;
const TABLE: Table = Table::HoldingRegister;
static DEVICE: Device<'static> = Device::new("meter");

fn readings_60(c: &mut Criterion) {
    let tenths = Scale::power_of_ten(-1).unwrap();
    let hundredths = Scale::power_of_ten(-2).unwrap();
    // what a meter measures has no end in binary; what it counted or rounded has few digits
    let rounded: Vec<f32> = (0..60).map(|n| (2305 + 37 * n) as f32 / 10.0).collect();
    let measured: Vec<f32> = (0..60)
        .map(|n| (n as f32).mul_add(17.3, 230.1).sqrt())
        .collect();
    let floats = |values: &[f32]| {
        values
            .iter()
            .flat_map(|value| words(value.to_bits()))
            .collect()
    };
    let integers = (0..60).flat_map(|n| words(123_456_789 + 1_000_003 * n));

    let names: Vec<_> = (0..60).map(|n| format!("voltage_{n}")).collect();

    let mut group = c.benchmark_group("modbus/readings_60");
    group.throughput(Throughput::Elements(COUNT as u64));
    let mut time = |name: &str, encoding, scale, answer: &[u16]| {
        let registers: Vec<_> = (0..)
            .zip(&names)
            .map(|(n, name)| register(n, name, encoding, scale))
            .collect();
        let map = RegisterMap::new(&DEVICE, &registers).unwrap();
        let plan = map.plan(Selection::All).unwrap();
        let request = plan.requests().next().unwrap();
        let frame = frame(answer);
        assert_eq!(ours(&map, &request, &frame), COUNT);
        group.bench_function(name, |b| {
            b.iter(|| ours(black_box(&map), black_box(&request), black_box(&frame)))
        });
    };
    let answer: Vec<u16> = floats(&rounded);
    time("ours", Encoding::F32, tenths, &answer);
    time("ours-unscaled", Encoding::F32, Scale::ONE, &answer);
    let answer: Vec<u16> = floats(&measured);
    time("ours-measured", Encoding::F32, tenths, &answer);
    let answer: Vec<u16> = integers.collect();
    time("ours-integers", Encoding::U32, hundredths, &answer);

    let answer: Vec<u16> = floats(&rounded);
    let frame = frame(&answer);
    group.bench_function("floor", |b| b.iter(|| floor(black_box(&frame))));
    group.bench_function("frame", |b| {
        b.iter(|| Rtu::parse(Direction::Response, black_box(&frame)).map(|adu| adu.response()))
    });
}

/// The check of the frame, and every reading: value, unit, quantity and channel.
fn ours(map: &RegisterMap<'_>, request: &PlannedRead<'_>, frame: &[u8]) -> usize {
    let adu = Rtu::parse(Direction::Response, frame).unwrap();
    let registers = adu.response().unwrap().registers().unwrap();
    let mut count = 0;
    let readings = request.readings(map, Place::ABSOLUTE, registers);
    readings.for_each(|(_, reading)| {
        let reading: Reading<'_> = reading.unwrap();
        black_box(&reading);
        count += 1;
    });
    count
}

/// The check of the frame, and every number as a float times a float.
fn floor(frame: &[u8]) -> [f64; COUNT] {
    let (body, check) = frame.split_last_chunk::<2>().unwrap();
    assert_eq!(crc_by_8(body), u16::from_le_bytes(*check));
    let mut values = [0.0; COUNT];
    for (value, bytes) in values.iter_mut().zip(body[3..].chunks_exact(4)) {
        let float = f32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        *value = f64::from(float) * 0.1;
    }
    values
}

fn plan_500(c: &mut Criterion) {
    // values of two registers in groups with gaps, as meters have them
    let items: Vec<_> = (0..500_u16)
        .map(|n| PlanItem::new(Read::new(TABLE, 2 * n + 7 * (n / 9) + 40 * (n / 41), 2)))
        .collect();
    let limits = Limits::new().max_gap(10);
    let count = |plan: &Plan<'_, Vec<PlanItem>>| plan.requests().count();
    let fewest = count(&Plan::new(items.clone(), limits).unwrap());
    assert!(fewest <= greedy(&items).len());

    let mut group = c.benchmark_group("modbus/plan_500");
    group.throughput(Throughput::Elements(500));
    let mut room = items.clone();
    group.bench_function("ours", |b| {
        b.iter(|| {
            room.copy_from_slice(black_box(&items));
            let plan = Plan::new(room.as_mut_slice(), limits).unwrap();
            plan.requests().count()
        })
    });
    group.bench_function("greedy", |b| b.iter(|| greedy(black_box(&items)).len()));
}

/// Requests of 125 registers at most, over gaps of 10 at most.
fn greedy(items: &[PlanItem]) -> Vec<(u16, u16)> {
    let mut reads: Vec<_> = items.iter().map(PlanItem::read).collect();
    reads.sort_unstable_by_key(|read| read.address);
    let mut requests: Vec<(u16, u16)> = Vec::new();
    for read in reads {
        match requests.last_mut() {
            Some((start, count))
                if read.address <= *start + *count + 10
                    && read.address + read.count - *start <= 125 =>
            {
                *count = read.address + read.count - *start;
            }
            _ => requests.push((read.address, read.count)),
        }
    }
    requests
}

fn register(n: u16, name: &str, encoding: Encoding, scale: Scale) -> Register<'_> {
    Register::new(name, TABLE, 2 * n, encoding)
        .with_scale(scale)
        .with_unit(Unit::V)
        .with_channel(Channel {
            phase: [Phase::L1, Phase::L2, Phase::L3][usize::from(n % 3)],
            ..Channel::new(Quantity::Voltage, Medium::ELECTRICITY)
        })
}

fn words(bits: u32) -> [u16; 2] {
    let [a, b, c, d] = bits.to_be_bytes();
    [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]
}

fn frame(values: &[u16]) -> Vec<u8> {
    let mut buffer = [0; 4 * COUNT];
    let registers = Registers::copy_from(values, &mut buffer).unwrap();
    let mut pdu = Vec::new();
    Response::ReadHoldingRegisters(registers)
        .encode(&mut pdu)
        .unwrap();
    let mut frame = vec![0; Rtu::MAX_LENGTH];
    let length = Rtu::encode_into(UnitId(17), &pdu, &mut frame).unwrap();
    frame.truncate(length);
    frame
}

/// The CRC of RTU, eight bytes a step.
fn crc_by_8(bytes: &[u8]) -> u16 {
    let mut crc: u16 = 0xFFFF;
    let blocks = bytes.chunks_exact(8);
    let rest = blocks.remainder();
    for block in blocks {
        let [low, high] = crc.to_le_bytes();
        crc = TABLES[7][usize::from(block[0] ^ low)]
            ^ TABLES[6][usize::from(block[1] ^ high)]
            ^ TABLES[5][usize::from(block[2])]
            ^ TABLES[4][usize::from(block[3])]
            ^ TABLES[3][usize::from(block[4])]
            ^ TABLES[2][usize::from(block[5])]
            ^ TABLES[1][usize::from(block[6])]
            ^ TABLES[0][usize::from(block[7])];
    }
    for byte in rest {
        crc = crc >> 8 ^ TABLES[0][usize::from(crc as u8 ^ byte)];
    }
    crc
}

static TABLES: [[u16; 256]; 8] = {
    let mut tables = [[0; 256]; 8];
    let mut n = 0;
    while n < 8 * 256 {
        let (table, byte) = (n / 256, n % 256);
        let mut crc = if table == 0 {
            byte as u16
        } else {
            tables[table - 1][byte]
        };
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 {
                crc >> 1 ^ 0xA001
            } else {
                crc >> 1
            };
            bit += 1;
        }
        tables[table][byte] = crc;
        n += 1;
    }
    tables
};
