//! What sessions take: a constant number of bytes, and no allocator.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod bus;

use allocation_counter::measure;

use bus::water_meter;
use mbus_proto::link::SecondaryAddressMask;
use mbus_proto::master::{Config, Direction, Event, Master, Outcome, Output};
use mbus_proto::meter::{self, Meter};
use mbus_proto::meter_units::Instant;

#[cfg(target_pointer_width = "64")]
#[test]
fn a_session_is_as_large_as_documented() {
    assert_eq!(size_of::<Master>(), 1584);
    // Beside its records.
    assert_eq!(size_of::<Meter<0>>(), 1232);
    assert_eq!(size_of::<Meter<1024>>() - size_of::<Meter<0>>(), 1024);
}

#[test]
fn a_search_and_a_readout_allocate_nothing() {
    let mut master = Master::new(Config::default());
    let mut slaves = [11_111_111, 11_111_112, 22_222_222].map(water_meter);
    let mut now = Instant::ORIGIN;
    let (mut found, mut telegrams) = (0, 0);
    let allocations = measure(|| {
        let begun = master.scan_secondary(now, SecondaryAddressMask::ANY, Direction::Forwards);
        begun.unwrap();
        let mut reading = false;
        loop {
            let mut answers = [0; 261];
            let mut length = 0;
            while let Some(output) = master.poll_output() {
                match output {
                    Output::Transmit(bytes) => {
                        for slave in &mut slaves {
                            length += exchange(slave, now, bytes, &mut answers[length..]);
                        }
                    }
                    Output::Event(Event::Found(_)) => found += 1,
                    Output::Event(Event::Telegram(_)) => telegrams += 1,
                    Output::Event(Event::Done(outcome)) => {
                        assert_eq!(outcome, Outcome::Complete);
                        if reading {
                            return;
                        }
                        reading = true;
                    }
                    Output::Event(_) => {}
                }
            }
            if !master.is_busy() {
                master.read(now, slaves[0].secondary_address()).unwrap();
            }
            if length > 0 {
                master.handle_input(now, &answers[..length]);
            } else if let Some(at) = master.poll_timeout() {
                now = at;
                master.handle_timeout(now);
            }
        }
    });
    assert_eq!((found, telegrams), (3, 1));
    assert_eq!(allocations.count_total, 0);
}

/// The answer of one slave, at the front of `out`.
fn exchange(slave: &mut bus::Slave, now: Instant, bytes: &[u8], out: &mut [u8]) -> usize {
    slave.handle_input(now, bytes);
    while slave.poll_output().is_some() {}
    let Some(at) = slave.poll_timeout() else {
        return 0;
    };
    slave.handle_timeout(at);
    let mut length = 0;
    while let Some(output) = slave.poll_output() {
        if let meter::Output::Transmit(bytes) = output {
            out[..bytes.len()].copy_from_slice(bytes);
            length = bytes.len();
        }
    }
    length
}
