//! The answer of a meter to exact readings, and maps to plans.
//!
//! The answer is a frame of 120 registers, checked by its CRC, out of which come 60 readings: value,
//! unit and which number of the meter it is. The floor makes 60 plain `f64` of it, with a CRC by
//! tables at eight bytes a step, and so do the peers, each with its own; `ours-f64` is what the
//! exact digits are compared with if nothing but the check is ours.
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

use self::floor::crc_by_8;
use self::peers::{Rmodbus, Tokio};

#[path = "modbus/floor.rs"]
#[allow(dead_code, reason = "the registers of the other bench")]
mod floor;
#[path = "modbus/peers.rs"]
#[allow(dead_code, reason = "the frames of the other bench")]
mod peers;

criterion_main!(benches);
criterion_group!(benches, readings_60, plan_500);

const COUNT: usize = 60;
const UNIT: UnitId = UnitId(17);
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

    let frame = frame(&floats(&rounded));
    let expected = floor(&frame);
    let mut time = |name: &str, decode: &mut dyn FnMut(&[u8]) -> [f64; COUNT]| {
        assert_eq!(decode(&frame), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| decode(black_box(&frame))));
    };
    time("modbus-core", &mut |frame| {
        peers::core_rtu(frame, scaled_bytes)
    });
    let mut rmodbus = Rmodbus::rtu(UNIT.0, 2 * COUNT as u16);
    time("rmodbus", &mut |frame| scaled_words(rmodbus.decode(frame)));
    let mut tokio = Tokio::rtu(UNIT.0, 2 * COUNT as u16, &frame);
    time("tokio-modbus", &mut |_| scaled_words(&tokio.call()));
    time("ours-f64", &mut |frame| {
        let adu = Rtu::parse(Direction::Response, frame).unwrap();
        let registers = adu.response().unwrap().registers().unwrap();
        scaled_bytes(registers.as_bytes())
    });
    time("floor", &mut floor);
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
    scaled_bytes(&body[3..])
}

#[inline]
fn scaled_bytes(bytes: &[u8]) -> [f64; COUNT] {
    let float = |bytes: &[u8]| f32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
    scaled(bytes.chunks_exact(4).map(float))
}

fn scaled_words(words: &[u16]) -> [f64; COUNT] {
    let float = |words: &[u16]| f32::from_bits(u32::from(words[0]) << 16 | u32::from(words[1]));
    scaled(words.chunks_exact(2).map(float))
}

#[inline]
fn scaled(floats: impl Iterator<Item = f32>) -> [f64; COUNT] {
    let mut values = [0.0; COUNT];
    for (value, float) in values.iter_mut().zip(floats) {
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
    let length = Rtu::encode_into(UNIT, &pdu, &mut frame).unwrap();
    frame.truncate(length);
    frame
}
