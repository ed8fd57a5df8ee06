//! A bus with meters and faults, faster than time.
//!
//! The meters are those of the library, behind a line that loses, garbles, echoes and delays. What
//! is random comes from a seed, so that every run is the same.

#![allow(dead_code, clippy::std_instead_of_alloc)]

use core::time::Duration;
use std::collections::VecDeque;

use mbus_proto::link::{
    ControlField, Frame, Function, Identification, Manufacturer, PrimaryAddress, SecondaryAddress,
    SecondaryAddressMask,
};
use mbus_proto::master::{Direction, Event, Master, Output};
use mbus_proto::meter::{self, Meter};
use mbus_proto::meter_units::{Instant, Medium, Quantity};
use mbus_proto::record::{DataField, RecordBuilder};
use mbus_proto::{ApplicationData, Telegram};

/// A meter with room for a few telegrams.
pub(crate) type Slave = Meter<768>;

/// What is wrong with the line.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Faults {
    /// Of a thousand requests, how many a meter does not hear; of a thousand answers, how many do
    /// not arrive.
    pub(crate) loss: u32,
    /// Of a thousand answers, how many have a wrong bit.
    pub(crate) noise: u32,
    /// Of a thousand requests, how many are followed by a character out of nowhere.
    pub(crate) spikes: u32,
    /// Whether the master hears itself.
    pub(crate) echo: bool,
    /// The time that a bridge takes, in each direction.
    pub(crate) delay: Duration,
    /// How the bytes of an answer come in.
    pub(crate) chunks: Chunks,
}

/// How the bytes of an answer come in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Chunks {
    /// Each at its time.
    #[default]
    Bytes,
    /// All together when the last has arrived.
    Whole,
    /// So many at once, when the last of them has arrived.
    Of(usize),
}

/// Something wrong with one meter, done to each of its answers.
pub(crate) type Quirk = fn(&mut Vec<u8>);

pub(crate) struct Bus {
    pub(crate) slaves: Vec<Slave>,
    pub(crate) faults: Faults,
    pub(crate) now: Instant,
    pub(crate) bits_per_second: u32,
    /// Every telegram of the master.
    pub(crate) log: Vec<Vec<u8>>,
    /// Whether to keep the log; a long scan is long.
    pub(crate) logging: bool,
    pub(crate) sent: u32,
    quirks: Vec<(usize, Quirk)>,
    random: u64,
    /// What is on its way to the master.
    incoming: VecDeque<(Instant, Vec<u8>)>,
    /// When the line is free again.
    busy_until: Instant,
}

impl Bus {
    pub(crate) fn new(slaves: Vec<Slave>) -> Self {
        Self {
            slaves,
            faults: Faults::default(),
            now: Instant::from_millis(1),
            bits_per_second: 2400,
            log: Vec::new(),
            logging: true,
            sent: 0,
            quirks: Vec::new(),
            random: 0x9E37_79B9_7F4A_7C15,
            incoming: VecDeque::new(),
            busy_until: Instant::ORIGIN,
        }
    }

    /// Meters with these identifications, each with one record.
    pub(crate) fn with_identifications(identifications: impl IntoIterator<Item = u32>) -> Self {
        Self::new(identifications.into_iter().map(water_meter).collect())
    }

    pub(crate) fn with_faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    pub(crate) fn with_seed(mut self, seed: u64) -> Self {
        self.random = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        self
    }

    pub(crate) fn with_quirk(mut self, slave: usize, quirk: Quirk) -> Self {
        self.quirks.push((slave, quirk));
        self
    }

    /// Drives a search for all meters.
    pub(crate) fn run_search(&mut self, master: &mut Master, see: impl FnMut(&Event<'_>)) {
        let begun = master.scan_secondary(self.now, SecondaryAddressMask::ANY, Direction::Forwards);
        begun.unwrap();
        self.run(master, see);
    }

    /// Drives the master until its command has come to its end.
    pub(crate) fn run(&mut self, master: &mut Master, mut see: impl FnMut(&Event<'_>)) {
        for _ in 0..1_000_000 {
            while let Some(output) = master.poll_output() {
                match output {
                    Output::Transmit(bytes) => {
                        let bytes = bytes.to_vec();
                        self.transmit(&bytes);
                    }
                    Output::Event(Event::Done(outcome)) => {
                        see(&Event::Done(outcome));
                        return;
                    }
                    Output::Event(Event::BitRate(rate)) => {
                        self.bits_per_second = rate;
                        see(&Event::BitRate(rate));
                    }
                    Output::Event(event) => see(&event),
                }
            }
            let timeout = master.poll_timeout();
            match (self.incoming.front(), timeout) {
                (Some((at, _)), timeout) if timeout.is_none_or(|timeout| *at <= timeout) => {
                    let (at, bytes) = self.incoming.pop_front().unwrap();
                    self.now = self.now.max(at);
                    master.handle_input(self.now, &bytes);
                }
                (_, Some(at)) => {
                    self.now = self.now.max(at);
                    master.handle_timeout(self.now);
                }
                (_, None) => panic!("the master waits for nothing"),
            }
        }
        panic!("the master does not come to an end");
    }

    fn character(&self) -> Duration {
        Duration::from_nanos(11_000_000_000 / u64::from(self.bits_per_second))
    }

    /// The master sends; the meters hear it and answer.
    fn transmit(&mut self, bytes: &[u8]) {
        self.sent += 1;
        if self.logging {
            self.log.push(bytes.to_vec());
        }
        assert!(
            self.now >= self.busy_until,
            "sent while the line was not idle"
        );
        let character = self.character();
        let begin = self.now.saturating_add(self.faults.delay);
        let end = begin.saturating_add(character * u32::try_from(bytes.len()).unwrap());
        let mut heard: Vec<(Instant, u8)> = Vec::new();
        if self.faults.echo {
            let mut at = begin;
            for byte in bytes {
                at = at.saturating_add(character);
                heard.push((at, *byte));
            }
        }
        let mut answers = Vec::new();
        for index in self.reached(bytes) {
            let lost = self.chance(self.faults.loss);
            let slave = &mut self.slaves[index];
            if lost {
                continue;
            }
            let silence = end.saturating_add(Duration::from_millis(500));
            slave.handle_timeout(begin);
            slave.handle_input(end, bytes);
            while slave.poll_output().is_some() {}
            let Some(at) = slave.poll_timeout().filter(|at| *at < silence) else {
                continue;
            };
            slave.handle_timeout(at);
            let mut answer = Vec::new();
            while let Some(output) = slave.poll_output() {
                if let meter::Output::Transmit(bytes) = output {
                    answer.extend_from_slice(bytes);
                }
            }
            for (of, quirk) in &self.quirks {
                if *of == index {
                    quirk(&mut answer);
                }
            }
            if self.chance(self.faults.loss) {
                continue;
            }
            if self.chance(self.faults.noise) && !answer.is_empty() {
                let place = usize::try_from(self.random()).unwrap_or(0) % answer.len();
                let bit = self.random() % 8;
                answer[place] ^= 1 << bit;
            }
            answers.push((at, answer));
        }
        let mut answer = overlay(answers, character);
        if self.chance(self.faults.spikes) {
            let byte = u8::try_from(self.random() % 256).unwrap();
            let after = answer.last().map_or(end, |(at, _)| *at);
            answer.push((after.saturating_add(character), byte));
        }
        heard.extend(answer);
        if let Some((last, _)) = heard.last() {
            self.busy_until = *last;
        }
        self.deliver(&heard);
    }

    fn deliver(&mut self, heard: &[(Instant, u8)]) {
        let delay = self.faults.delay;
        let size = match self.faults.chunks {
            Chunks::Bytes => 1,
            Chunks::Whole => heard.len().max(1),
            Chunks::Of(size) => size,
        };
        for chunk in heard.chunks(size) {
            let (at, _) = chunk.last().unwrap();
            let bytes = chunk.iter().map(|(_, byte)| *byte).collect();
            self.incoming.push_back((at.saturating_add(delay), bytes));
        }
    }

    /// Which meters have a reason to listen; to the others a frame makes no difference.
    fn reached(&self, bytes: &[u8]) -> Vec<usize> {
        let Ok((frame, _)) = Frame::parse(bytes) else {
            return Vec::new();
        };
        let address = frame.address().unwrap();
        let mask = match frame.application() {
            Some(Ok(ApplicationData::Selection { mask, .. })) => Some(mask),
            _ => None,
        };
        let all = 0..self.slaves.len();
        all.filter(|&index| {
            let slave = &self.slaves[index];
            match (mask, address) {
                (Some(mask), _) => slave.is_selected() || mask.matches(&slave.secondary_address()),
                (None, PrimaryAddress::SELECTED) => slave.is_selected(),
                (None, PrimaryAddress::TEST | PrimaryAddress::BROADCAST) => true,
                (None, address) => slave.primary_address() == address,
            }
        })
        .collect()
    }

    fn chance(&mut self, of_thousand: u32) -> bool {
        of_thousand > 0 && self.random() % 1000 < u64::from(of_thousand)
    }

    fn random(&mut self) -> u64 {
        self.random ^= self.random << 13;
        self.random ^= self.random >> 7;
        self.random ^= self.random << 17;
        self.random >> 8
    }
}

/// What several answers are on the line: where two characters overlap, zeros win.
fn overlay(mut answers: Vec<(Instant, Vec<u8>)>, character: Duration) -> Vec<(Instant, u8)> {
    answers.retain(|(_, bytes)| !bytes.is_empty());
    if let [(at, bytes)] = answers.as_slice() {
        return timed(*at, bytes, character).collect();
    }
    let mut all: Vec<(Instant, u8)> = answers
        .iter()
        .flat_map(|(at, bytes)| timed(*at, bytes, character))
        .collect();
    all.sort_by_key(|(at, _)| *at);
    let mut heard: Vec<(Instant, u8)> = Vec::new();
    for (at, byte) in all {
        match heard.last_mut() {
            Some((last, value)) if at == *last => *value &= byte,
            Some((last, value)) if at.duration_since(*last) < character => {
                *value &= byte.rotate_left(3);
            }
            _ => heard.push((at, byte)),
        }
    }
    heard
}

/// The characters of an answer, each with the time at which it has arrived.
fn timed(
    at: Instant,
    bytes: &[u8],
    character: Duration,
) -> impl Iterator<Item = (Instant, u8)> + '_ {
    bytes.iter().enumerate().map(move |(index, byte)| {
        let after = character * u32::try_from(index + 1).unwrap();
        (at.saturating_add(after), *byte)
    })
}

/// The address of a water meter.
pub(crate) fn address(identification: u32) -> SecondaryAddress {
    SecondaryAddress {
        identification: Identification::from_decimal(identification).unwrap(),
        manufacturer: Manufacturer::from_letters(*b"PAD").unwrap(),
        version: 1,
        medium: Medium::WATER,
    }
}

/// A meter with its volume; like real ones, each takes its own time to answer.
pub(crate) fn water_meter(identification: u32) -> Slave {
    meter(
        address(identification),
        &[i64::from(identification % 1_000_000)],
    )
}

/// The same meter, which answers as fast as it may: the E5h of several look like one.
pub(crate) fn prompt_meter(identification: u32) -> Slave {
    let mut meter = Slave::new(meter::Config::new(address(identification)));
    let record = RecordBuilder::new(&[0x13]).unwrap();
    let volume = i64::from(identification % 1_000_000);
    let record = record.integer(DataField::Int32, volume).unwrap();
    meter.push_record(&record).unwrap();
    meter
}

/// A meter with one telegram for each volume.
pub(crate) fn meter(address: SecondaryAddress, volumes: &[i64]) -> Slave {
    let digits = u64::from(address.identification.bcd());
    let delay = 5_000 + (digits.wrapping_mul(0x9E37_79B9) >> 7) % 60_000;
    let mut meter = Slave::new(meter::Config {
        answer_delay: Duration::from_micros(delay),
        ..meter::Config::new(address)
    });
    for volume in volumes {
        let record = RecordBuilder::new(&[0x13]).unwrap();
        let record = record.integer(DataField::Int32, *volume).unwrap();
        meter.push_record(&record).unwrap();
        meter.end_telegram().unwrap();
    }
    meter
}

/// The volumes in a telegram, in litres.
pub(crate) fn volumes(bytes: &[u8]) -> Vec<String> {
    let telegram = Telegram::parse(bytes).unwrap();
    let readings = telegram.readings().map(|reading| reading.unwrap());
    let volumes = readings.filter(|it| it.channel.quantity == Quantity::Volume);
    volumes
        .map(|it| format!("{} {}", it.value, it.unit))
        .collect()
}

/// What kind of request a telegram of the master is.
pub(crate) fn function(bytes: &[u8]) -> Function {
    let (frame, _) = Frame::parse(bytes).unwrap();
    frame
        .control()
        .map_or(Function::Ack, ControlField::function)
}

/// Different numbers of eight digits that follow no order.
pub(crate) fn scattered(count: usize, seed: u64) -> Vec<u32> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut numbers = Vec::new();
    while numbers.len() < count {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let number = u32::try_from((state >> 11) % 100_000_000).unwrap();
        if !numbers.contains(&number) {
            numbers.push(number);
        }
    }
    numbers
}
