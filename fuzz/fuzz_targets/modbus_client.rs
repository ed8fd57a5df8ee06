//! Whatever a client hears, every request ends once, nothing but requests is sent, what comes out
//! is bounded, and there is a deadline as long as anything is awaited. A server hears the same.
//!
//! The input is a choice of settings and then steps: a kind, an argument, and what follows from
//! the kind.
#![no_main]

use std::collections::BTreeSet;
use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use meter_units::Instant;
use modbus_regmap::adu::{
    Ascii, AsciiDeviations, Buffer, Direction, Framing, Header, Parity, Rtu, SerialLine, Tcp,
};
use modbus_regmap::client::{self, Check, Client, Event, Output, RequestError, RequestId};
use modbus_regmap::server::{self, Server, Tables};
use modbus_regmap::{Request, Table, UnitId};

fuzz_target!(|input: &[u8]| {
    let Some((&choice, steps)) = input.split_first() else {
        return;
    };
    let line = SerialLine::new(if choice & 1 == 0 { 9600 } else { 300 }).unwrap();
    match choice >> 1 & 3 {
        0 => run::<Rtu, 1>(settings(client::Config::serial(line), choice), steps),
        1 => run::<Tcp, 4>(settings(client::Config::tcp(), choice), steps),
        2 => run::<Rtu, 3>(settings(client::Config::tcp(), choice), steps),
        _ => {
            let line = line.with_format(7, Parity::Even, 1).unwrap();
            run::<Ascii, 2>(settings(client::Config::serial(line), choice), steps);
        }
    }
    serve::<Rtu>(server::Config::serial(line), steps);
    serve::<Tcp>(server::Config::tcp(), steps);
    serve::<Ascii>(server::Config::serial(line), steps);
});

fn settings(mut config: client::Config, choice: u8) -> client::Config {
    config.attempts = choice >> 3 & 3;
    if choice & 0x20 != 0 {
        config.transaction = Check::Ignore;
    }
    if choice & 0x40 != 0 {
        config.unit = Check::Ignore;
    }
    if choice & 0x80 != 0 {
        config.pause = Duration::from_millis(100);
    }
    config
}

struct Run<F: Framing, const N: usize> {
    client: Client<F, N>,
    now: Instant,
    open: BTreeSet<RequestId>,
    // The header and protocol data unit sent last.
    sent: Option<(Header, Vec<u8>)>,
    // How many frames may have been sent at most.
    allowed: u32,
    attempts: u32,
}

fn run<F: Framing, const N: usize>(config: client::Config, steps: &[u8]) {
    let mut run = Run::<F, N> {
        client: Client::new(config),
        now: Instant::from_millis(1),
        open: BTreeSet::new(),
        sent: None,
        allowed: 0,
        attempts: u32::from(config.attempts.max(1)),
    };
    let mut rest = steps;
    while let Some((&[kind, argument], after)) = rest.split_first_chunk() {
        rest = after;
        let length = usize::from(argument & 31).min(rest.len());
        match kind & 7 {
            0 => run.read(kind, argument),
            1 => {
                let (pdu, after) = rest.split_at(length);
                rest = after;
                if let Ok(request) = Request::parse(pdu) {
                    let unit = UnitId(kind >> 3);
                    let asked = run.client.request(run.now, unit, &request);
                    run.opened(asked);
                }
            }
            2 => {
                let (bytes, after) = rest.split_at(length);
                rest = after;
                run.client.handle_input(run.now, bytes);
            }
            3 => {
                let (bytes, after) = rest.split_at(length);
                rest = after;
                run.respond(argument, bytes);
            }
            4 => {
                run.now = run
                    .now
                    .saturating_add(Duration::from_millis(u64::from(argument) << 3))
            }
            5 => run.wait(),
            6 => {
                if let Some(id) = run.open.first().copied() {
                    assert!(run.client.cancel(run.now, id));
                    assert!(!run.client.cancel(run.now, id));
                    run.open.remove(&id);
                }
            }
            _ => {
                run.client.reconnected(run.now);
                run.client
                    .set_pause(Duration::from_millis(u64::from(argument)));
            }
        }
        run.drain();
    }
    // A line that falls silent ends every request.
    let mut timeouts = 0;
    while !run.open.is_empty() {
        run.wait();
        run.drain();
        timeouts += 1;
        assert!(timeouts < 1000, "requests without an end");
    }
}

impl<F: Framing, const N: usize> Run<F, N> {
    fn read(&mut self, kind: u8, argument: u8) {
        let table = match kind >> 3 & 3 {
            0 => Table::HoldingRegister,
            1 => Table::InputRegister,
            2 => Table::Coil,
            _ => Table::DiscreteInput,
        };
        let (unit, count) = (UnitId(kind >> 5), u16::from(argument >> 1));
        let asked = self
            .client
            .read(self.now, unit, table, u16::from(argument), count);
        self.opened(asked);
    }

    fn opened(&mut self, asked: Result<RequestId, RequestError>) {
        match asked {
            Ok(id) => {
                assert!(self.open.insert(id));
                self.allowed += self.attempts;
            }
            Err(RequestError::Busy) => assert!(!self.client.has_room()),
            Err(_) => {}
        }
    }

    /// Answers what was sent last, more or less.
    fn respond(&mut self, argument: u8, bytes: &[u8]) {
        let Some((header, request)) = &self.sent else {
            return;
        };
        let mut header = *header;
        if argument & 0x20 != 0 {
            header.transaction ^= 1;
        }
        let mut pdu = match request[0] {
            code @ 1..=4 => {
                let count = usize::from(u16::from_be_bytes([request[3], request[4]]));
                let length = if code < 3 {
                    count.div_ceil(8)
                } else {
                    2 * count
                };
                let mut pdu = vec![code, u8::try_from(length).unwrap()];
                pdu.extend(bytes.iter().chain([&7; 250]).take(length));
                pdu
            }
            _ => request.get(..5).unwrap_or(request).to_vec(),
        };
        if argument & 0x40 != 0 {
            pdu = vec![request[0] | 0x80, bytes.first().map_or(6, |code| code & 15)];
        }
        let mut out = F::Frame::EMPTY;
        let length = F::encode_into(header, &pdu, out.as_mut()).unwrap();
        let frame = &out.as_ref()[..length];
        let cut = if argument & 0x80 == 0 {
            length
        } else {
            length / 2
        };
        self.client.handle_input(self.now, &frame[..cut]);
        self.client.handle_input(self.now, &frame[cut..]);
    }

    fn wait(&mut self) {
        if let Some(deadline) = self.client.poll_timeout() {
            self.now = self.now.max(deadline);
        }
        self.client.handle_timeout(self.now);
    }

    fn drain(&mut self) {
        let mut outputs = 0;
        while let Some(output) = self.client.poll_output() {
            outputs += 1;
            // Each request is sent or ends, and up to eight frames and the rest are told about.
            assert!(outputs <= 2 * N + 10, "outputs without an end");
            match output {
                Output::Transmit(bytes) => {
                    let (header, pdu) = parse::<F>(bytes);
                    Request::parse(&pdu).unwrap();
                    self.sent = Some((header, pdu));
                }
                Output::Event(event) => {
                    if let Some(id) = ended(&event) {
                        assert!(self.open.remove(&id), "{event:?}");
                    }
                }
            }
        }
        assert!(self.open.len() <= N);
        assert_eq!(self.client.has_room(), self.open.len() < N);
        assert!(self.open.is_empty() || self.client.poll_timeout().is_some());
        assert!(self.client.statistics().sent <= self.allowed);
    }
}

/// The request that ends with this event.
fn ended(event: &Event<'_>) -> Option<RequestId> {
    match event {
        Event::Registers { id, .. }
        | Event::Bits { id, .. }
        | Event::Written { id, .. }
        | Event::Answered { id, .. }
        | Event::Sent { id }
        | Event::Exception { id, .. }
        | Event::TimedOut { id, .. }
        | Event::Invalid { id, .. } => Some(*id),
        _ => None,
    }
}

/// A server that hears the bytes in two pieces does what one does that hears them at once.
fn serve<F: Framing>(config: server::Config, bytes: &[u8]) {
    let whole = answers::<F>(config, &[bytes]);
    let (first, second) = bytes.split_at(bytes.len() / 2);
    assert_eq!(answers::<F>(config, &[first, second]), whole);
}

/// What was written in the end, and what was counted.
fn answers<F: Framing>(config: server::Config, pieces: &[&[u8]]) -> (Vec<u16>, server::Statistics) {
    let (mut coils, mut holding) = ([false; 100], [0; 100]);
    let tables = Tables {
        coils: &mut coils,
        holding_registers: &mut holding,
        discrete_inputs: &[true; 20],
        input_registers: &[5; 100],
        ..Tables::default()
    };
    let mut server = Server::<F, _, 8>::new(tables, config);
    let now = Instant::from_millis(1);
    for piece in pieces {
        server.handle_input(now, piece);
    }
    // Serial lines fall silent; answers have their time.
    let mut now = now;
    loop {
        let mut outputs = 0;
        while let Some(output) = server.poll_output() {
            outputs += 1;
            // There is room for eight answers, and for eight events between two polls.
            assert!(outputs <= 8 + 8, "outputs without an end");
            if let server::Output::Transmit(bytes) = output {
                let (_, pdu) = parse::<F>(bytes);
                modbus_regmap::Response::parse(&pdu).unwrap();
            }
        }
        match server.poll_timeout() {
            Some(deadline) => {
                assert!(deadline > now, "a deadline that does not pass");
                now = deadline;
                server.handle_timeout(now);
            }
            None => break,
        }
    }
    let statistics = server.statistics();
    (server.image().holding_registers.to_vec(), statistics)
}

/// The frame that a session sent.
fn parse<F: Framing>(bytes: &[u8]) -> (Header, Vec<u8>) {
    let mut buffer = [0; Ascii::MAX_BYTES];
    let adu = if !F::IS_SERIAL {
        Tcp::parse(bytes).unwrap()
    } else if bytes.first() == Some(&b':') && bytes.ends_with(b"\r\n") {
        let strict = AsciiDeviations::empty();
        Ascii::parse(bytes, strict, &mut buffer).unwrap().0
    } else {
        Rtu::parse(Direction::Both, bytes).unwrap()
    };
    (adu.header, adu.pdu.to_vec())
}
