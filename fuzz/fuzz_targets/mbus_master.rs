//! Whatever the bus does, a master waits for a time or is done, sends whole frames of a master into
//! a silent line only, comes to exactly one end, and takes any chunks for the same.
//!
//! The input is a command, settings, and a script: steps of time, and bytes from the bus.
#![no_main]

use core::time::Duration;

use libfuzzer_sys::fuzz_target;
use mbus_proto::app::{BaudRate, Command};
use mbus_proto::link::{PrimaryAddress, SecondaryAddressMask};
use mbus_proto::master::{
    Acknowledgement, AnswerAddress, Class, Config, Direction, Event, Master, Output, PrimaryProbe,
    RequestMode, ResetMode,
};
use mbus_proto::meter_units::Instant;
use mbus_proto::{Frame, Tolerance};

/// No answer and no noise of a script keeps a command busy for longer than this many calls.
const ENOUGH: usize = 2_000_000;

fuzz_target!(|input: &[u8]| {
    let Some((&[command, settings, retries, chunk], script)) = input.split_first_chunk() else {
        return;
    };
    let Some((&mask, script)) = script.split_first_chunk::<8>() else {
        return;
    };
    let config = config(settings, retries);
    let whole = run(config, command, mask, script, usize::MAX);
    let parts = run(config, command, mask, script, usize::from(chunk).max(1));
    assert_eq!(whole, parts);
});

fn config(settings: u8, retries: u8) -> Config {
    let resets = [
        ResetMode::None,
        ResetMode::Standard,
        ResetMode::Extended2,
        ResetMode::AfterSelection,
    ];
    Config {
        reset: resets[usize::from(settings & 3)],
        request: if settings & 4 == 0 {
            RequestMode::Only
        } else {
            RequestMode::All
        },
        acknowledgement: match settings >> 3 & 3 {
            0 | 1 => Acknowledgement::Exact,
            2 => Acknowledgement::Garbled,
            _ => Acknowledgement::Assumed,
        },
        answer_address: if settings & 32 == 0 {
            AnswerAddress::Verified
        } else {
            AnswerAddress::Any
        },
        tolerance: if settings & 64 == 0 {
            Tolerance::DEFAULT
        } else {
            Tolerance::LENIENT
        },
        primary_probe: if settings & 128 == 0 {
            PrimaryProbe::Request
        } else {
            PrimaryProbe::Reset
        },
        retries: retries & 3,
        scan_retries: retries >> 2 & 1,
        further_telegrams: retries >> 3,
        wake_up: Duration::from_millis(u64::from(retries & 1) * 20),
        ..Config::DEFAULT
    }
}

fn begin(master: &mut Master, now: Instant, command: u8, mask: [u8; 8]) -> bool {
    let [address, last, ..] = mask;
    let address = PrimaryAddress::from_code(address);
    let mask = SecondaryAddressMask::from_bytes(mask);
    match command % 9 {
        0 => master.read(now, address),
        1 => master.read(now, mask),
        2 => master.request(now, address, Class::Data),
        3 => master.request(now, address, Class::Alarm),
        4 => master.send(now, &Command::request_all(address)),
        5 => master.set_baud_rate(now, address, BaudRate::B9600),
        6 => master.scan_primary(now, address.code()..=last),
        7 => master.scan_secondary(now, mask, Direction::Forwards),
        _ => master.scan_secondary(now, mask, Direction::Backwards),
    }
    .is_ok()
}

/// Everything that the master does.
fn run(config: Config, command: u8, mask: [u8; 8], script: &[u8], chunk: usize) -> Vec<String> {
    let mut master = Master::new(config);
    let mut now = Instant::from_millis(1);
    let mut log = Vec::new();
    let mut quiet_at = Instant::ORIGIN;
    assert_eq!(master.poll_timeout(), None);
    if !begin(&mut master, now, command, mask) {
        assert!(!master.is_busy() && master.poll_output().is_none());
        return log;
    }
    let mut script = script.iter().copied();
    for _ in 0..ENOUGH {
        if drain(&mut master, now, &mut quiet_at, &mut log) {
            assert!(!master.is_busy());
            assert_eq!(master.poll_timeout(), None);
            assert_eq!(master.poll_output(), None);
            return log;
        }
        let at = master
            .poll_timeout()
            .expect("a busy master waits for something");
        // Each step of the script: whether to let time pass, and what comes then.
        match script.next() {
            Some(step @ 0..0x80) => {
                let length = usize::from(step % 32) + 1;
                let bytes: Vec<u8> = match step / 32 {
                    0 => script.by_ref().take(length).collect(),
                    1 => vec![0xE5],
                    2 => telegram(script.by_ref().take(length).collect()),
                    _ => vec![0; length],
                };
                let pause = u64::from(script.next().unwrap_or(0)) * 1000;
                let soon = Instant::from_micros(now.as_micros() + pause);
                now = soon.min(at.max(now));
                for bytes in bytes.chunks(chunk) {
                    master.handle_input(now, bytes);
                    if !bytes.is_empty() {
                        quiet_at = now.saturating_add(master.config().pause_time());
                    }
                    if drain(&mut master, now, &mut quiet_at, &mut log) {
                        return log;
                    }
                }
            }
            Some(_) => {
                // Too early does nothing.
                let early = Instant::from_micros(at.as_micros().saturating_sub(1));
                if early > now {
                    master.handle_timeout(early);
                    assert_eq!(master.poll_output(), None);
                }
                now = at.max(now);
                master.handle_timeout(now);
            }
            None => {
                now = at.max(now);
                master.handle_timeout(now);
            }
        }
    }
    panic!("no end");
}

/// Whether the command has come to its end.
fn drain(master: &mut Master, now: Instant, quiet_at: &mut Instant, log: &mut Vec<String>) -> bool {
    let mut done = false;
    let pause = master.config().pause_time();
    while let Some(output) = master.poll_output() {
        assert!(!done, "nothing follows the end");
        match output {
            Output::Transmit(bytes) => {
                if bytes.iter().any(|byte| *byte != 0x55) {
                    assert!(now >= *quiet_at, "sent into a busy line");
                    let (frame, rest) = Frame::parse(bytes).expect("a whole frame");
                    assert!(rest.is_empty() && frame.control().unwrap().is_primary());
                }
                log.push(format!("{} {bytes:02X?}", now.as_micros()));
                *quiet_at = now.saturating_add(pause);
            }
            Output::Event(Event::Done(outcome)) => {
                log.push(format!("{outcome:?}"));
                done = true;
            }
            Output::Event(event) => log.push(format!("{event:?}")),
        }
    }
    assert_eq!(done, !master.is_busy());
    done
}

/// A response with these records.
fn telegram(records: Vec<u8>) -> Vec<u8> {
    let mut user_data = vec![0x72, 0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 1, 7, 0, 0, 0, 0];
    user_data.extend(records);
    let control = mbus_proto::link::ControlField::rsp_ud();
    let frame = Frame::new(control, PrimaryAddress::from_code(1), &user_data).unwrap();
    let mut out = [0; Frame::MAX_LENGTH];
    let length = frame.encode_into(&mut out).unwrap();
    out[..length].to_vec()
}
