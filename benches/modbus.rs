//! Modbus frames in memory to registers, beside `modbus-core`, `rmodbus`, `tokio-modbus` and beside
//! a floor: a CRC by tables at eight bytes a step, a byte swap.
//!
//! Every implementation gets the whole frame and leaves 125 numbers in an array. `crc` is the floor
//! with the CRC of the crate `crc`, at sixteen bytes a step.

#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use core::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use modbus_regmap::adu::{self, Direction, Header, Rtu, RtuDecoder, Tcp, TcpDecoder};
use modbus_regmap::{Registers, Response, UnitId};

use self::floor::{crc_by_8, swapped};
use self::peers::{Rmodbus, Tokio};

#[path = "modbus/floor.rs"]
mod floor;
#[path = "modbus/peers.rs"]
mod peers;

criterion_main!(benches);
criterion_group!(benches, rtu_125, tcp_125, crc_256);

const COUNT: usize = 125;
const UNIT: UnitId = UnitId(17);

type Values = [u16; COUNT];

fn rtu_125(c: &mut Criterion) {
    let frame = rtu_frame();
    let expected = values();
    let mut group = c.benchmark_group("modbus/rtu_125");
    group.throughput(Throughput::Bytes(frame.len() as u64));
    let mut time = |name: &str, decode: &mut dyn FnMut(&[u8]) -> Values| {
        assert_eq!(decode(&frame), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| decode(black_box(&frame))));
    };

    time("ours", &mut |frame| {
        let adu = Rtu::parse(Direction::Response, frame).unwrap();
        registers(adu.response().unwrap())
    });
    let mut decoder = RtuDecoder::new(Direction::Response);
    time(
        "ours-stream",
        &mut |mut frame| match decoder.decode(&mut frame) {
            Some(adu::Event::Frame(adu)) => registers(adu.response().unwrap()),
            other => panic!("{other:?}"),
        },
    );
    time("modbus-core", &mut |frame| peers::core_rtu(frame, swapped));
    let mut rmodbus = Rmodbus::rtu(UNIT.0, COUNT as u16);
    time("rmodbus", &mut |frame| {
        rmodbus.decode(frame).try_into().unwrap()
    });
    let mut tokio = Tokio::rtu(UNIT.0, COUNT as u16, &frame);
    time("tokio-modbus", &mut |_| tokio.call().try_into().unwrap());
    let checked = |frame: &[u8], crc: fn(&[u8]) -> u16| {
        let (body, check) = frame.split_last_chunk::<2>().unwrap();
        assert_eq!(crc(body), u16::from_le_bytes(*check));
        swapped(&body[3..])
    };
    time("crc", &mut |frame| {
        checked(frame, |body| CRC.checksum(body))
    });
    time("floor", &mut |frame| checked(frame, crc_by_8));
}

fn tcp_125(c: &mut Criterion) {
    let frame = tcp_frame();
    let expected = values();
    let mut group = c.benchmark_group("modbus/tcp_125");
    group.throughput(Throughput::Bytes(frame.len() as u64));
    let mut time = |name: &str, decode: &mut dyn FnMut(&[u8]) -> Values| {
        assert_eq!(decode(&frame), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| decode(black_box(&frame))));
    };

    time("ours", &mut |frame| {
        registers(Tcp::parse(frame).unwrap().response().unwrap())
    });
    let mut decoder = TcpDecoder::new();
    time(
        "ours-stream",
        &mut |mut frame| match decoder.decode(&mut frame) {
            Some(adu::Event::Frame(adu)) => registers(adu.response().unwrap()),
            other => panic!("{other:?}"),
        },
    );
    time("modbus-core", &mut |frame| peers::core_tcp(frame, swapped));
    let mut rmodbus = Rmodbus::tcp(UNIT.0, COUNT as u16);
    time("rmodbus", &mut |frame| {
        rmodbus.decode(frame).try_into().unwrap()
    });
    let mut tokio = Tokio::tcp(UNIT.0, COUNT as u16, &frame);
    time("tokio-modbus", &mut |_| tokio.call().try_into().unwrap());
    time("floor", &mut |frame| swapped(&frame[9..]));
}

fn crc_256(c: &mut Criterion) {
    let bytes: Vec<u8> = (0..=255).map(|n: u8| n.wrapping_mul(37)).collect();
    let expected = crc_by_8(&bytes);
    let mut group = c.benchmark_group("modbus/crc_256");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    let mut time = |name: &str, crc: fn(&[u8]) -> u16| {
        assert_eq!(crc(&bytes), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| crc(black_box(&bytes))));
    };

    time("ours", adu::crc16);
    time("modbus-core", |bytes| {
        modbus_core::rtu::crc16(bytes).swap_bytes()
    });
    time("crc", |bytes| CRC.checksum(bytes));
    time("floor", crc_by_8);
}

/// In its largest steps, sixteen bytes.
static CRC: crc::Crc<u16, crc::Table<16>> =
    crc::Crc::<u16, crc::Table<16>>::new(&crc::CRC_16_MODBUS);

fn values() -> Values {
    core::array::from_fn(|n| (n as u16).wrapping_mul(0x1357) ^ 0xA5C3)
}

fn pdu() -> Vec<u8> {
    let mut buffer = [0; 2 * COUNT];
    let registers = Registers::copy_from(&values(), &mut buffer).unwrap();
    let mut pdu = Vec::new();
    Response::ReadHoldingRegisters(registers)
        .encode(&mut pdu)
        .unwrap();
    pdu
}

fn rtu_frame() -> Vec<u8> {
    let mut frame = vec![0; Rtu::MAX_LENGTH];
    let length = Rtu::encode_into(UNIT, &pdu(), &mut frame).unwrap();
    frame.truncate(length);
    frame
}

fn tcp_frame() -> Vec<u8> {
    let mut frame = vec![0; Tcp::MAX_LENGTH];
    let header = Header {
        transaction: 1,
        unit: UNIT,
    };
    let length = Tcp::encode_into(header, &pdu(), &mut frame).unwrap();
    frame.truncate(length);
    frame
}

fn registers(response: Response<'_>) -> Values {
    let mut values = [0; COUNT];
    for (value, register) in values.iter_mut().zip(response.registers().unwrap()) {
        *value = register;
    }
    values
}
