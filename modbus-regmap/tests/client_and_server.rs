//! A client against a server, over a simulated line that loses, repeats, delays, splits and
//! disturbs what is sent.

#![allow(
    clippy::cast_possible_truncation,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

extern crate alloc;

use alloc::collections::{BTreeMap, VecDeque};
use core::time::Duration;

use meter_units::Instant;
use modbus_regmap::adu::{Ascii, Framing, Parity, Rtu, SerialLine, Tcp};
use modbus_regmap::client::{self, Client, Event, RequestError, RequestId};
use modbus_regmap::server::{self, Image, Server};
use modbus_regmap::{Bits, ExceptionCode, Registers, Table, UnitId};

/// Registers 0 to 999 and bits 0 to 1999, whose contents follow from their addresses.
struct Device;

impl Image for Device {
    fn has_unit(&self, unit: UnitId) -> bool {
        matches!(unit.0, 1 | 2)
    }

    fn bit(&self, unit: UnitId, _table: Table, address: u16) -> Option<bool> {
        (address < 2000).then(|| bit(unit, address))
    }

    fn register(&self, unit: UnitId, _table: Table, address: u16) -> Option<u16> {
        (address < 1000).then(|| register(unit, address))
    }
}

fn register(unit: UnitId, address: u16) -> u16 {
    address.wrapping_mul(257) ^ u16::from(unit.0) << 12
}

fn bit(unit: UnitId, address: u16) -> bool {
    register(unit, address).count_ones() % 2 == 1
}

/// How bad a line is: the chances of each mishap, in 100.
#[derive(Clone, Copy)]
struct Line {
    loss: u32,
    noise: u32,
    flip: u32,
    duplicate: u32,
    delay: u32,
    longest_delay: u64,
}

const CLEAN: Line = Line {
    loss: 0,
    noise: 0,
    flip: 0,
    duplicate: 0,
    delay: 0,
    longest_delay: 0,
};

struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u32
    }

    fn below(&mut self, end: u32) -> u32 {
        self.next() % end
    }

    fn happens(&mut self, chance: u32) -> bool {
        self.below(100) < chance
    }
}

/// What the client was told, to tell it to another one.
#[derive(Clone)]
enum Step {
    Read(UnitId, Table, u16, u16),
    Input(Vec<u8>),
    Timeout,
}

struct Simulation<F: Framing, const N: usize> {
    client: Client<F, N>,
    server: Server<F, Device, 8>,
    line: Line,
    random: Random,
    now: Instant,
    to_server: VecDeque<(Instant, Vec<u8>)>,
    to_client: VecDeque<(Instant, Vec<u8>)>,
    open: BTreeMap<RequestId, (UnitId, Table, u16, u16)>,
    log: Vec<(Instant, Step)>,
    outputs: Vec<String>,
    right: u32,
    refused: u32,
    failed: u32,
}

impl<F: Framing, const N: usize> Simulation<F, N> {
    fn new(client: client::Config, server: server::Config, line: Line, seed: u64) -> Self {
        Self {
            client: Client::new(client),
            server: Server::new(Device, server),
            line,
            random: Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1),
            now: Instant::from_millis(1),
            to_server: VecDeque::new(),
            to_client: VecDeque::new(),
            open: BTreeMap::new(),
            log: Vec::new(),
            outputs: Vec::new(),
            right: 0,
            refused: 0,
            failed: 0,
        }
    }

    /// Makes so many reads and waits for their ends.
    fn run(&mut self, reads: u32) {
        let mut left = reads;
        let mut steps = 0;
        while left > 0 || !self.open.is_empty() {
            while left > 0 && self.client.has_room() {
                self.read();
                left -= 1;
            }
            self.step();
            steps += 1;
            assert!(steps < 2_000 * reads, "the requests do not end");
        }
        assert_eq!(self.right + self.refused + self.failed, reads);
        let statistics = self.client.statistics();
        assert!(statistics.sent <= 3 * reads, "{statistics:?}");
    }

    fn read(&mut self) {
        let unit = UnitId(1 + self.random.below(2) as u8);
        let (table, addresses, counts) = match self.random.below(4) {
            0 => (Table::Coil, 2100, 300),
            1 => (Table::DiscreteInput, 1700, 300),
            2 => (Table::HoldingRegister, 1100, 6),
            _ => (Table::InputRegister, 870, 125),
        };
        let address = self.random.below(addresses) as u16;
        let count = 1 + self.random.below(counts) as u16;
        let id = self
            .client
            .read(self.now, unit, table, address, count)
            .unwrap();
        self.log
            .push((self.now, Step::Read(unit, table, address, count)));
        assert!(
            self.open
                .insert(id, (unit, table, address, count))
                .is_none()
        );
        self.drain_client();
    }

    /// Lets the next thing happen.
    fn step(&mut self) {
        let times = [
            self.to_server.front().map(|(time, _)| *time),
            self.to_client.front().map(|(time, _)| *time),
            self.server.poll_timeout(),
            self.client.poll_timeout(),
        ];
        let next = times.iter().flatten().min().copied();
        self.now = next.expect("something is awaited").max(self.now);
        let due = |time: Option<Instant>| time.is_some_and(|time| time <= self.now);
        if due(times[0]) {
            let (_, bytes) = self.to_server.pop_front().unwrap();
            self.server.handle_input(self.now, &bytes);
        } else if due(times[1]) {
            let (_, bytes) = self.to_client.pop_front().unwrap();
            self.client.handle_input(self.now, &bytes);
            self.log.push((self.now, Step::Input(bytes)));
        } else if due(times[2]) {
            self.server.handle_timeout(self.now);
        } else {
            self.client.handle_timeout(self.now);
            self.log.push((self.now, Step::Timeout));
        }
        self.drain_server();
        self.drain_client();
    }

    fn drain_server(&mut self) {
        while let Some(output) = self.server.poll_output() {
            if let server::Output::Transmit(bytes) = output {
                let bytes = bytes.to_vec();
                send::<F>(
                    self.line,
                    &mut self.random,
                    self.now,
                    bytes,
                    &mut self.to_client,
                );
            }
        }
    }

    fn drain_client(&mut self) {
        while let Some(output) = self.client.poll_output() {
            self.outputs.push(format!("{output:?}"));
            match output {
                client::Output::Transmit(bytes) => {
                    let mut line = self.line;
                    if F::IS_SERIAL {
                        // Two answers to one request, the second one late, cannot be told from
                        // the answers to two.
                        line.duplicate = 0;
                    }
                    let bytes = bytes.to_vec();
                    send::<F>(line, &mut self.random, self.now, bytes, &mut self.to_server);
                }
                client::Output::Event(event) => match event {
                    Event::Registers {
                        id,
                        unit,
                        table,
                        address,
                        registers,
                    } => {
                        let count = registers.len() as u16;
                        let asked = self.open.remove(&id);
                        assert_eq!(asked, Some((unit, table, address, count)));
                        check_registers(unit, address, registers);
                        self.right += 1;
                    }
                    Event::Bits {
                        id,
                        unit,
                        table,
                        address,
                        bits,
                    } => {
                        let count = bits.len() as u16;
                        let asked = self.open.remove(&id);
                        assert_eq!(asked, Some((unit, table, address, count)));
                        check_bits(unit, address, bits);
                        self.right += 1;
                    }
                    Event::Exception { id, code, .. } => {
                        let (_, table, address, count) = self.open.remove(&id).unwrap();
                        let cells = if table.is_bits() { 2000 } else { 1000 };
                        assert!(address + count > cells);
                        assert_eq!(code, ExceptionCode::IllegalDataAddress);
                        self.refused += 1;
                    }
                    Event::TimedOut { id, .. } | Event::Invalid { id, .. } => {
                        assert!(self.open.remove(&id).is_some());
                        self.failed += 1;
                    }
                    Event::Unexpected { .. } | Event::Skipped(_) => {}
                    other => panic!("{other:?}"),
                },
            }
        }
    }

    /// Tells another client the same, in other pieces: it has to say the same.
    fn replay(&self, config: client::Config, chunk: usize) {
        let mut client = Client::<F, N>::new(config);
        let mut outputs = Vec::new();
        let mut drain = |client: &mut Client<F, N>| {
            while let Some(output) = client.poll_output() {
                outputs.push(format!("{output:?}"));
            }
        };
        for (now, step) in &self.log {
            match step {
                Step::Read(unit, table, address, count) => {
                    client.read(*now, *unit, *table, *address, *count).unwrap();
                }
                Step::Input(bytes) => {
                    for bytes in bytes.chunks(chunk) {
                        client.handle_input(*now, bytes);
                        drain(&mut client);
                    }
                }
                Step::Timeout => client.handle_timeout(*now),
            }
            drain(&mut client);
        }
        for (found, expected) in outputs.iter().zip(&self.outputs) {
            assert_eq!(found, expected);
        }
        assert_eq!(outputs.len(), self.outputs.len());
    }
}

fn check_registers(unit: UnitId, address: u16, registers: Registers<'_>) {
    assert!(!registers.is_empty());
    for (offset, found) in registers.iter().enumerate() {
        assert_eq!(found, register(unit, address + offset as u16));
    }
}

fn check_bits(unit: UnitId, address: u16, bits: Bits<'_>) {
    assert!(!bits.is_empty());
    for (offset, found) in bits.iter().enumerate() {
        assert_eq!(found, bit(unit, address + offset as u16));
    }
}

/// Puts a frame on the line, with its mishaps.
fn send<F: Framing>(
    line: Line,
    random: &mut Random,
    now: Instant,
    bytes: Vec<u8>,
    queue: &mut VecDeque<(Instant, Vec<u8>)>,
) {
    if random.happens(line.loss) {
        return;
    }
    let mut whole = Vec::new();
    if random.happens(line.noise) {
        whole.extend((0..1 + random.below(6)).map(|_| random.next() as u8));
    }
    whole.extend(&bytes);
    if random.happens(line.flip) {
        let at = random.below(whole.len() as u32) as usize;
        whole[at] ^= 1 << random.below(8);
    }
    if random.happens(line.duplicate) {
        whole.extend(&bytes);
    }
    let mut time = now.saturating_add(Duration::from_millis(5));
    if random.happens(line.delay) {
        let delay = u64::from(random.next()) % line.longest_delay;
        time = time.saturating_add(Duration::from_millis(delay));
    }
    if !F::IS_SERIAL {
        // Behind a gateway, answers overtake each other.
        let place = queue.iter().position(|(other, _)| *other > time);
        queue.insert(place.unwrap_or(queue.len()), (time, whole));
        return;
    }
    while !whole.is_empty() {
        let end = 1 + random.below(whole.len() as u32) as usize;
        time = time.max(queue.back().map_or(time, |(last, _)| *last));
        queue.push_back((time, whole.drain(..end).collect()));
        // Less than the silence that ends a frame.
        time = time.saturating_add(Duration::from_micros(u64::from(random.below(1_500))));
    }
}

fn serial_line() -> SerialLine {
    SerialLine::new(19_200)
        .and_then(|line| line.with_format(8, Parity::None, 1))
        .unwrap()
}

fn serial() -> (client::Config, server::Config) {
    let mut config = client::Config::serial(serial_line());
    config.response_timeout = Duration::from_millis(400);
    config.late_window = Duration::from_millis(400);
    (config, server::Config::serial(serial_line()))
}

#[test]
fn a_clean_line_reads_everything() {
    let (config, server) = serial();
    let mut rtu = Simulation::<Rtu, 1>::new(config, server, CLEAN, 1);
    rtu.run(200);
    assert_eq!(rtu.failed, 0);
    assert!(rtu.refused > 0 && rtu.right > 100);
    let mut ascii = Simulation::<Ascii, 1>::new(config, server, CLEAN, 2);
    ascii.run(100);
    assert_eq!(ascii.failed, 0);
    let mut tcp = Simulation::<Tcp, 4>::new(client::Config::tcp(), server::Config::tcp(), CLEAN, 3);
    tcp.run(200);
    assert_eq!(tcp.failed, 0);
    assert_eq!(tcp.client.statistics().sent, 200);
}

const BAD: Line = Line {
    loss: 10,
    noise: 15,
    flip: 10,
    duplicate: 10,
    delay: 30,
    // There and back together less than time-out and window: an answer that is later than that
    // cannot be told from the next one.
    longest_delay: 380,
};

#[test]
fn a_bad_rtu_line_gives_right_values_or_errors() {
    let (config, server) = serial();
    let (mut right, mut failed) = (0, 0);
    for seed in 1..=20 {
        let mut line = Simulation::<Rtu, 2>::new(config, server, BAD, seed);
        line.run(60);
        line.replay(config, 1);
        line.replay(config, 3);
        right += line.right;
        failed += line.failed;
    }
    assert!(right > 600, "{right} right, {failed} failed");
    assert!(failed > 0);
}

#[test]
fn a_bad_ascii_line_gives_right_values_or_errors() {
    let (config, server) = serial();
    // The LRC does not find two flips that cancel out, so that there is one at most.
    let mut right = 0;
    for seed in 1..=10 {
        let mut line = Simulation::<Ascii, 1>::new(config, server, BAD, seed);
        line.run(40);
        line.replay(config, 1);
        right += line.right;
    }
    assert!(right > 200, "{right}");
}

#[test]
fn a_bad_gateway_gives_right_values_or_errors() {
    let line = Line {
        noise: 0,
        flip: 0,
        ..BAD
    };
    let mut config = client::Config::tcp();
    config.response_timeout = Duration::from_millis(300);
    let mut right = 0;
    for seed in 1..=20 {
        let mut tcp = Simulation::<Tcp, 4>::new(config, server::Config::tcp(), line, seed);
        tcp.run(60);
        tcp.replay(config, 1);
        tcp.replay(config, 5);
        right += tcp.right;
    }
    assert!(right > 700, "{right}");
}

#[test]
fn a_dead_line_ends_every_request() {
    let (config, server) = serial();
    let dead = Line { loss: 100, ..CLEAN };
    let mut line = Simulation::<Rtu, 1>::new(config, server, dead, 1);
    line.run(5);
    assert_eq!(line.failed, 5);
    assert_eq!(line.client.statistics().sent, 15);
    assert_eq!(line.client.poll_timeout(), None);
}

#[test]
fn there_is_room_for_so_many_requests() {
    let mut client = Client::<Tcp, 2>::new(client::Config::tcp());
    let now = Instant::ORIGIN;
    let mut read = || client.read(now, UnitId(1), Table::Coil, 0, 1);
    assert!(read().is_ok());
    assert!(read().is_ok());
    assert_eq!(read(), Err(RequestError::Busy));
}
