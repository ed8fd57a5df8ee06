//! Modbus frames in memory to registers, beside `modbus-core`, `rmodbus`, `tokio-modbus` and beside
//! what nothing can do without: the CRC of the crate `crc` at sixteen bytes a step, a byte swap.
//!
//! Every implementation gets the whole frame and leaves 125 numbers in an array. The codec of
//! `tokio-modbus` is private: its figure is that of a whole call over a transport in memory.

#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing
)]

use core::hint::black_box;
use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::io;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use modbus_core::rtu as core_rtu;
use modbus_core::tcp as core_tcp;
use modbus_regmap::adu::{self, Direction, Header, Rtu, RtuDecoder, Tcp, TcpDecoder};
use modbus_regmap::{Registers, Response, UnitId};
use rmodbus::ModbusProto;
use rmodbus::client::ModbusRequest;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_modbus::Slave;
use tokio_modbus::client::{Context as TokioClient, Reader};

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
    time("modbus-core", &mut |frame| {
        let adu = core_rtu::client::decode_response(frame).unwrap().unwrap();
        core_registers(adu.pdu.0.unwrap())
    });
    let mut request = ModbusRequest::new(UNIT.0, ModbusProto::Rtu);
    request
        .generate_get_holdings(0, COUNT as u16, &mut Vec::new())
        .unwrap();
    let mut result = Vec::with_capacity(COUNT);
    time("rmodbus", &mut |frame| {
        result.clear();
        request.parse_u16(frame, &mut result).unwrap();
        result.as_slice().try_into().unwrap()
    });
    let transport = Transport {
        answer: frame.clone(),
        sent: 0,
        is_numbered: false,
    };
    let mut client = tokio_modbus::client::rtu::attach_slave(transport, Slave(UNIT.0));
    time("tokio-modbus", &mut |_| call(&mut client));
    time("floor", &mut |frame| {
        let (body, check) = frame.split_last_chunk::<2>().unwrap();
        assert_eq!(CRC.checksum(body), u16::from_le_bytes(*check));
        swapped(&body[3..])
    });
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
    time("modbus-core", &mut |frame| {
        let adu = core_tcp::client::decode_response(frame).unwrap().unwrap();
        core_registers(adu.pdu.0.unwrap())
    });
    let mut request = ModbusRequest::new_tcp_udp(UNIT.0, 1);
    request
        .generate_get_holdings(0, COUNT as u16, &mut Vec::new())
        .unwrap();
    let mut result = Vec::with_capacity(COUNT);
    time("rmodbus", &mut |frame| {
        result.clear();
        request.parse_u16(frame, &mut result).unwrap();
        result.as_slice().try_into().unwrap()
    });
    let transport = Transport {
        answer: frame.clone(),
        sent: 0,
        is_numbered: true,
    };
    let mut client = tokio_modbus::client::tcp::attach_slave(transport, Slave(UNIT.0));
    time("tokio-modbus", &mut |_| call(&mut client));
    time("floor", &mut |frame| swapped(&frame[9..]));
}

fn crc_256(c: &mut Criterion) {
    let bytes: Vec<u8> = (0..=255).map(|n: u8| n.wrapping_mul(37)).collect();
    let expected = CRC.checksum(&bytes);
    let mut group = c.benchmark_group("modbus/crc_256");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    let mut time = |name: &str, crc: fn(&[u8]) -> u16| {
        assert_eq!(crc(&bytes), expected, "{name}");
        group.bench_function(name, |b| b.iter(|| crc(black_box(&bytes))));
    };

    time("ours", adu::crc16);
    time("modbus-core", |bytes| core_rtu::crc16(bytes).swap_bytes());
    time("floor", |bytes| CRC.checksum(bytes));
}

/// The floor: sixteen bytes a step.
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

fn core_registers(response: modbus_core::Response<'_>) -> Values {
    let modbus_core::Response::ReadHoldingRegisters(data) = response else {
        panic!("{response:?}");
    };
    swapped(data.payload())
}

fn swapped(bytes: &[u8]) -> Values {
    let mut values = [0; COUNT];
    for (value, pair) in values.iter_mut().zip(bytes.chunks_exact(2)) {
        *value = u16::from_be_bytes([pair[0], pair[1]]);
    }
    values
}

/// One call of the client of `tokio-modbus`, which never has to wait.
fn call(client: &mut TokioClient) -> Values {
    let mut future = pin!(client.read_holding_registers(0, COUNT as u16));
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(registers) => registers.unwrap().unwrap().try_into().unwrap(),
        Poll::Pending => panic!("the transport is always ready"),
    }
}

/// Answers each request at once.
#[derive(Debug)]
struct Transport {
    answer: Vec<u8>,
    // How much of it the client has got.
    sent: usize,
    // Whether it repeats the number of the request.
    is_numbered: bool,
}

impl AsyncRead for Transport {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let left = &self.answer[self.sent..];
        let count = left.len().min(buffer.remaining());
        buffer.put_slice(&left[..count]);
        self.sent += count;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Transport {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.is_numbered {
            self.answer[..2].copy_from_slice(&bytes[..2]);
        }
        self.sent = 0;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}
