//! Other implementations: frames of answers to registers.
//!
//! The codec of `tokio-modbus` is private: its figure is that of a whole call over a transport in
//! memory.

use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};
use std::io;

use modbus_core::{rtu, tcp};
use rmodbus::ModbusProto;
use rmodbus::client::ModbusRequest;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_modbus::Slave;
use tokio_modbus::client::{Context as Client, Reader};

/// `modbus-core`, which lends the registers as they are on the wire.
pub(crate) fn core_rtu<T>(frame: &[u8], read: impl FnOnce(&[u8]) -> T) -> T {
    let adu = rtu::client::decode_response(frame).unwrap().unwrap();
    core_registers(adu.pdu.0.unwrap(), read)
}

pub(crate) fn core_tcp<T>(frame: &[u8], read: impl FnOnce(&[u8]) -> T) -> T {
    let adu = tcp::client::decode_response(frame).unwrap().unwrap();
    core_registers(adu.pdu.0.unwrap(), read)
}

fn core_registers<T>(response: modbus_core::Response<'_>, read: impl FnOnce(&[u8]) -> T) -> T {
    match response {
        modbus_core::Response::ReadHoldingRegisters(data) => read(data.payload()),
        other => panic!("{other:?}"),
    }
}

/// `rmodbus`, with room for the result.
pub(crate) struct Rmodbus {
    request: ModbusRequest,
    result: Vec<u16>,
}

impl Rmodbus {
    pub(crate) fn rtu(unit: u8, count: u16) -> Self {
        Self::new(ModbusRequest::new(unit, ModbusProto::Rtu), count)
    }

    pub(crate) fn tcp(unit: u8, count: u16) -> Self {
        Self::new(ModbusRequest::new_tcp_udp(unit, 1), count)
    }

    fn new(mut request: ModbusRequest, count: u16) -> Self {
        request
            .generate_get_holdings(0, count, &mut Vec::new())
            .unwrap();
        Self {
            request,
            result: Vec::with_capacity(count.into()),
        }
    }

    pub(crate) fn decode(&mut self, frame: &[u8]) -> &[u16] {
        self.result.clear();
        self.request.parse_u16(frame, &mut self.result).unwrap();
        &self.result
    }
}

/// `tokio-modbus`, which never has to wait.
pub(crate) struct Tokio {
    client: Client,
    count: u16,
}

impl Tokio {
    pub(crate) fn rtu(unit: u8, count: u16, answer: &[u8]) -> Self {
        let transport = Transport::new(answer, false);
        let client = tokio_modbus::client::rtu::attach_slave(transport, Slave(unit));
        Self { client, count }
    }

    pub(crate) fn tcp(unit: u8, count: u16, answer: &[u8]) -> Self {
        let transport = Transport::new(answer, true);
        let client = tokio_modbus::client::tcp::attach_slave(transport, Slave(unit));
        Self { client, count }
    }

    pub(crate) fn call(&mut self) -> Vec<u16> {
        let mut future = pin!(self.client.read_holding_registers(0, self.count));
        match future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()))
        {
            Poll::Ready(registers) => registers.unwrap().unwrap(),
            Poll::Pending => panic!("the transport is always ready"),
        }
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

impl Transport {
    fn new(answer: &[u8], is_numbered: bool) -> Self {
        Self {
            answer: answer.to_vec(),
            sent: 0,
            is_numbered,
        }
    }
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
