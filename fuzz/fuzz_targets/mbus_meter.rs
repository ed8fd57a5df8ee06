//! Whatever a master sends, a meter answers with at most one frame of a slave at a time, within the
//! time of the standard, tells of what it keeps, and takes any chunks for the same; what a master
//! reads from it is what it was given.
//!
//! The input is settings, chunk lengths, and a script of frames and garbage.
#![no_main]

use core::time::Duration;

use libfuzzer_sys::fuzz_target;
use mbus_proto::link::{
    ControlField, FrameCountBit, Identification, PrimaryAddress, SecondaryAddress,
};
use mbus_proto::meter::{Config, Event, Meter, Output};
use mbus_proto::meter_units::Instant;
use mbus_proto::record::{DataField, RecordBuilder};
use mbus_proto::{ApplicationData, Frame, Telegram};

type Slave = Meter<512>;

fuzz_target!(|input: &[u8]| {
    let Some((&[settings, chunk], script)) = input.split_first_chunk() else {
        return;
    };
    let whole = run(settings, script, usize::MAX);
    let parts = run(settings, script, usize::from(chunk).max(1));
    assert_eq!(whole, parts);
});

fn slave(settings: u8) -> (Slave, usize) {
    let address = SecondaryAddress::from_bytes([0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 1, 7]);
    let mut slave = Meter::new(Config {
        fabrication: Identification::from_decimal(settings.into()),
        answer_delay: Duration::from_millis(u64::from(settings & 63)),
        ..Config::new(address)
    });
    slave.set_primary_address(PrimaryAddress::from_code(settings & 3));
    slave.set_alarm((settings & 128 != 0).then_some(settings));
    let mut length = 0;
    for number in 0..i64::from(settings) {
        let record = RecordBuilder::new(&[0x13]).unwrap();
        let record = record.integer(DataField::Int32, number).unwrap();
        if slave.push_record(&record).is_err() {
            break;
        }
        length += record.encoded_len();
    }
    (slave, length)
}

fn run(settings: u8, script: &[u8], chunk: usize) -> Vec<String> {
    let (mut slave, length) = slave(settings);
    let mut now = Instant::from_millis(1);
    let mut log = Vec::new();
    let mut rest = script;
    while let [step, after @ ..] = rest {
        let (bytes, after) = after.split_at(usize::from(step % 32).min(after.len()));
        rest = after;
        let bytes = if step & 32 == 0 {
            bytes.to_vec()
        } else {
            frame(bytes)
        };
        for bytes in bytes.chunks(chunk) {
            slave.handle_input(now, bytes);
        }
        drain(&mut slave, &mut log);
        if step & 64 != 0 {
            while let Some(at) = slave.poll_timeout() {
                if at > now.saturating_add(Duration::from_secs(1)) {
                    break;
                }
                let early = Instant::from_micros(at.as_micros() - 1);
                if early >= now {
                    slave.handle_timeout(early);
                    assert_eq!(slave.poll_output(), None);
                }
                now = now.max(at);
                slave.handle_timeout(now);
                drain(&mut slave, &mut log);
            }
        }
        now = now.saturating_add(Duration::from_millis(1));
    }
    read_completely(&mut slave, now, length);
    log
}

fn drain(slave: &mut Slave, log: &mut Vec<String>) {
    let mut sent = 0;
    while let Some(output) = slave.poll_output() {
        match output {
            Output::Transmit(bytes) => {
                let (frame, rest) = Frame::parse(bytes).expect("a whole frame");
                assert!(rest.is_empty());
                assert!(frame.control().is_none_or(|control| !control.is_primary()));
                sent += 1;
                log.push(format!("{bytes:02X?}"));
            }
            Output::Event(event) => log.push(format!("{event:?}")),
        }
    }
    assert!(sent <= 1);
}

/// After resets, all records come in their order, whatever happened before.
fn read_completely(slave: &mut Slave, mut now: Instant, length: usize) {
    let reset = [0x50];
    let select = {
        let mut bytes = [0xFF; 9];
        bytes[0] = 0x52;
        bytes
    };
    let set = FrameCountBit::Set;
    // A beginning of a frame may wait for its end, at 300 bit/s for 1.1 s.
    now = now.saturating_add(Duration::from_secs(2));
    slave.handle_timeout(now);
    while slave.poll_output().is_some() {}
    let address = slave.primary_address();
    let mut ask = |control: ControlField, address, data: &[u8]| {
        let frame = Frame::new(control, address, data).unwrap();
        let mut out = [0; Frame::MAX_LENGTH];
        let length = frame.encode_into(&mut out).unwrap();
        slave.handle_input(now, &out[..length]);
        let mut answer = Vec::new();
        let mut told = 0;
        for _ in 0..2 {
            while let Some(output) = slave.poll_output() {
                match output {
                    Output::Transmit(bytes) => answer = bytes.to_vec(),
                    Output::Event(Event::BitRate(_)) => {}
                    Output::Event(_) => told += 1,
                }
            }
            now = now.saturating_add(Duration::from_secs(2));
            slave.handle_timeout(now);
        }
        assert!(told <= 3);
        answer
    };
    assert_eq!(
        ask(ControlField::snd_ud(set), PrimaryAddress::SELECTED, &select),
        [0xE5]
    );
    assert_eq!(ask(ControlField::snd_ud(set), address, &reset), [0xE5]);
    let mut fcb = set;
    let mut records = 0;
    loop {
        let answer = ask(ControlField::req_ud2(fcb), PrimaryAddress::SELECTED, &[]);
        let again = ask(ControlField::req_ud2(fcb), PrimaryAddress::SELECTED, &[]);
        assert_eq!(answer, again);
        let telegram = Telegram::parse(&answer).unwrap();
        assert!(matches!(
            telegram.application(),
            Some(ApplicationData::Response { .. })
        ));
        let mut all = telegram.records();
        records += all
            .by_ref()
            .filter_map(Result::ok)
            .filter(|it| !it.data().is_empty())
            .map(|it| it.as_bytes().len())
            .filter(|length| *length == 6)
            .sum::<usize>();
        if !all.more_follow() {
            break;
        }
        fcb = fcb.toggled();
    }
    assert_eq!(records, length);
}

/// A frame of a master with these fields and data.
fn frame(bytes: &[u8]) -> Vec<u8> {
    let [control, address, data @ ..] = bytes else {
        return bytes.to_vec();
    };
    let control = ControlField::from_code(*control);
    let frame = Frame::new(control, PrimaryAddress::from_code(*address), data).unwrap();
    let mut out = [0; Frame::MAX_LENGTH];
    let length = frame.encode_into(&mut out).unwrap();
    out[..length].to_vec()
}
