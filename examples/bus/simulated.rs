//! The meters of a small house, on a bus without wires.

use core::time::Duration;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};

use mbus_proto::EncodeError;
use mbus_proto::link::PrimaryAddress;
use mbus_proto::meter::{Config, Meter, Output};
use mbus_proto::meter_units::{Civil, Instant};
use mbus_proto::record::{DataField, Function, RecordBuilder};

type Slave = Meter<768>;

/// Meters that hear everything, and what they answer.
pub(crate) struct Bus {
    slaves: Vec<Slave>,
    now: Instant,
    /// The answer on its way, and when it has arrived.
    answer: Option<(Instant, Vec<u8>)>,
}

impl Bus {
    /// Twelve water meters of one batch, a heat meter of three telegrams, an electricity meter.
    pub(crate) fn house() -> Self {
        let mut slaves: Vec<Slave> = (0..12).filter_map(|number| water(number).ok()).collect();
        slaves.extend(heat());
        slaves.extend(electricity());
        Self {
            slaves,
            now: Instant::from_millis(1),
            answer: None,
        }
    }

    pub(crate) const fn now(&self) -> Instant {
        self.now
    }

    /// Sends bytes of a master.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        let end = self.now.saturating_add(characters(bytes.len()));
        let mut answer: Option<(Instant, Vec<u8>)> = None;
        for slave in &mut self.slaves {
            slave.handle_input(end, bytes);
            while slave.poll_output().is_some() {}
            let Some(at) = slave.poll_timeout() else {
                continue;
            };
            slave.handle_timeout(at);
            while let Some(output) = slave.poll_output() {
                if let Output::Transmit(bytes) = output {
                    answer = Some(match answer {
                        None => (at, bytes.to_vec()),
                        // On the line, zeros win over ones.
                        Some((first, other)) => (first.min(at), overlaid(&other, bytes)),
                    });
                }
            }
        }
        if let Some((at, bytes)) = answer {
            self.answer = Some((at.saturating_add(characters(bytes.len())), bytes));
        }
    }

    /// Receives what arrives until `wait` is over; its length.
    pub(crate) fn receive(&mut self, buffer: &mut [u8], wait: Duration) -> usize {
        let until = self.now.saturating_add(wait);
        match self.answer.take() {
            Some((at, bytes)) if at <= until => {
                self.now = self.now.max(at);
                for (to, from) in buffer.iter_mut().zip(&bytes) {
                    *to = *from;
                }
                bytes.len().min(buffer.len())
            }
            answer => {
                self.answer = answer;
                self.now = until;
                0
            }
        }
    }

    /// Answers the masters that come to this address, one after the other.
    pub(crate) fn serve(&mut self, listener: &TcpListener) -> io::Result<()> {
        loop {
            let (stream, _) = listener.accept()?;
            // One that goes away makes place for the next.
            let _ = self.serve_one(stream);
        }
    }

    fn serve_one(&mut self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        let mut buffer = [0; 512];
        loop {
            let length = stream.read(&mut buffer)?;
            let Some(received @ [_, ..]) = buffer.get(..length) else {
                return Ok(());
            };
            self.send(received);
            if let Some((at, answer)) = self.answer.take() {
                self.now = at;
                stream.write_all(&answer)?;
            }
        }
    }
}

/// The time of so many characters at 2400 bit/s.
fn characters(count: usize) -> Duration {
    Duration::from_micros(4584).saturating_mul(u32::try_from(count).unwrap_or(u32::MAX))
}

fn overlaid(one: &[u8], other: &[u8]) -> Vec<u8> {
    let length = one.len().max(other.len());
    let at = |bytes: &[u8], index| bytes.get(index).copied().unwrap_or(0xFF);
    (0..length)
        .map(|index| at(one, index) & at(other, index))
        .collect()
}

fn slave(address: &str, primary: u8) -> Result<Slave, EncodeError> {
    let address = address.parse().map_err(|_| EncodeError::Value)?;
    let mut slave = Meter::new(Config::new(address));
    slave.set_primary_address(PrimaryAddress::from_code(primary));
    Ok(slave)
}

fn water(number: u8) -> Result<Slave, EncodeError> {
    let address = format!("123400{:02}.PAD.01.07", 10 + number);
    let mut slave = slave(&address, 1 + number)?;
    let litres = 12_565 + i64::from(number) * 1_111;
    slave.push_record(&RecordBuilder::new(&[0x13])?.integer(DataField::Int32, litres)?)?;
    let due = RecordBuilder::new(&[0x13])?.storage(1)?;
    slave.push_record(&due.integer(DataField::Int32, litres - 512)?)?;
    let day = Civil::from_date(2026, 9, 30).ok_or(EncodeError::Value)?;
    slave.push_record(&RecordBuilder::new(&[0x6C])?.storage(1)?.date(&day)?)?;
    Ok(slave)
}

fn heat() -> Result<Slave, EncodeError> {
    let mut slave = slave("66012345.PAD.02.04", 40)?;
    let record = |vif: u8| RecordBuilder::new(&[vif]);
    slave.push_record(&record(0x06)?.bcd(DataField::Bcd8, 21_837)?)?;
    slave.push_record(&record(0x13)?.integer(DataField::Int32, 712_345)?)?;
    slave.push_record(&record(0x2B)?.integer(DataField::Int16, 5_120)?)?;
    let maximum = record(0x2B)?.function(Function::Maximum);
    slave.push_record(&maximum.integer(DataField::Int16, 11_000)?)?;
    slave.push_record(&record(0x5A)?.bcd(DataField::Bcd4, 713)?)?;
    slave.push_record(&record(0x5E)?.bcd(DataField::Bcd4, 412)?)?;
    // The energy at the end of the last months, a year to a telegram.
    for month in 0..24 {
        if month % 12 == 0 {
            slave.end_telegram()?;
        }
        let energy = record(0x06)?.storage(1 + month)?;
        let value = 21_000 - i64::try_from(month).unwrap_or(0) * 801;
        slave.push_record(&energy.bcd(DataField::Bcd8, value)?)?;
    }
    Ok(slave)
}

fn electricity() -> Result<Slave, EncodeError> {
    let mut slave = slave("50001234.EMH.01.02", 50)?;
    for tariff in 0..3 {
        let energy = RecordBuilder::new(&[0x03])?.tariff(tariff)?;
        let value = 8_123_456 / (i64::from(tariff) + 1);
        slave.push_record(&energy.integer(DataField::Int32, value)?)?;
    }
    slave.push_record(&RecordBuilder::new(&[0x2B])?.integer(DataField::Int16, 1_234)?)?;
    Ok(slave)
}
