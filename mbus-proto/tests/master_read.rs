//! Readouts and commands, over good and bad lines and with meters that deviate.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod bus;

use core::time::Duration;

use bus::{Bus, Chunks, Faults, address, meter, volumes, water_meter};
use mbus_proto::Frame;
use mbus_proto::app::{ApplicationError, BaudRate, Command};
use mbus_proto::link::{ControlField, FrameCountBit, PrimaryAddress, SecondaryAddressMask};
use mbus_proto::master::{
    Acknowledgement, AddressParts, AnswerAddress, Class, CommandError, Config, DaylightSaving,
    Event, Failure, Master, Outcome, Output, RequestMode, ResetMode, Target,
};
use mbus_proto::meter::Availability;
use mbus_proto::meter_units::{Civil, Instant};
use mbus_proto::{DecodeErrorKind, Tolerance};

/// What a command did, in words.
fn run(bus: &mut Bus, master: &mut Master) -> Vec<String> {
    let mut events = Vec::new();
    bus.run(master, |event| {
        events.push(match event {
            Event::Telegram(it) => {
                let more = if it.more { "…" } else { "" };
                match mbus_proto::Telegram::parse(it.bytes) {
                    Ok(_) => format!("{}: {}{more}", it.index, volumes(it.bytes).join(", ")),
                    Err(error) => format!("{}: {error}", it.index),
                }
            }
            event => format!("{event:?}"),
        });
    });
    events
}

fn read(bus: &mut Bus, config: Config, target: impl Into<Target>) -> Vec<String> {
    let mut master = Master::new(config);
    master.read(bus.now, target).unwrap();
    run(bus, &mut master)
}

fn log(bus: &Bus) -> Vec<String> {
    let hex = |bytes: &Vec<u8>| {
        let bytes = bytes.iter().map(|byte| format!("{byte:02X}"));
        bytes.collect::<Vec<_>>().join(" ")
    };
    bus.log.iter().map(hex).collect()
}

fn at_five(volumes: &[i64]) -> Bus {
    let mut slave = meter(address(12_345_678), volumes);
    slave.set_primary_address(FIVE);
    Bus::new(vec![slave, water_meter(87_654_321)])
}

const FIVE: PrimaryAddress = PrimaryAddress::from_code(5);
const MASK: &str = "12345678.FFFF.FF.FF";

fn mask() -> SecondaryAddressMask {
    MASK.parse().unwrap()
}

/// Without resets.
const BARE: Config = Config {
    reset: ResetMode::None,
    ..Config::DEFAULT
};

#[test]
fn a_chain_is_read_with_a_toggled_frame_count() {
    let mut bus = at_five(&[1, 2, 3]);
    let events = read(&mut bus, Config::default(), FIVE);
    let expected = [
        "0: 0.001 m³…",
        "1: 0.002 m³…",
        "2: 0.003 m³",
        "Done(Complete)",
    ];
    assert_eq!(events, expected);
    assert_eq!(
        log(&bus),
        [
            "10 40 FF 3F 16",
            "10 40 05 45 16",
            "10 7B 05 80 16",
            "10 5B 05 60 16",
            "10 7B 05 80 16",
        ]
    );
}

#[test]
fn a_meter_is_read_by_selection() {
    let mut bus = at_five(&[1, 2]);
    let events = read(&mut bus, Config::default(), mask());
    assert_eq!(events, ["0: 0.001 m³…", "1: 0.002 m³", "Done(Complete)"]);
    assert_eq!(
        log(&bus),
        [
            "10 40 FF 3F 16",
            "68 0B 0B 68 53 FD 52 78 56 34 12 FF FF FF FF B2 16",
            "10 7B FD 78 16",
            "10 5B FD 58 16",
        ]
    );
}

#[test]
fn reset_modes_send_what_the_manual_says() {
    let request = "10 7B 05 80 16";
    let table: [(ResetMode, &[&str]); 5] = [
        (ResetMode::None, &[]),
        (ResetMode::Standard, &["10 40 FF 3F 16", "10 40 05 45 16"]),
        (
            ResetMode::Extended1,
            &["10 40 FD 3D 16", "10 40 FF 3F 16", "10 40 05 45 16"],
        ),
        (
            ResetMode::Extended2,
            &[
                "10 40 FD 3D 16",
                "68 03 03 68 53 FF 50 A2 16",
                "10 40 FF 3F 16",
                "10 40 05 45 16",
            ],
        ),
        (ResetMode::AfterSelection, &["10 40 05 45 16"]),
    ];
    for (reset, resets) in table {
        let mut bus = at_five(&[1]);
        let config = Config {
            reset,
            ..Config::default()
        };
        assert_eq!(
            read(&mut bus, config, FIVE),
            ["0: 0.001 m³", "Done(Complete)"]
        );
        let mut expected = resets.to_vec();
        expected.push(request);
        assert_eq!(log(&bus), expected);
    }
}

#[test]
fn request_modes_prepare_the_readout() {
    let table: [(RequestMode, &[&str]); 4] = [
        (RequestMode::Only, &[]),
        (RequestMode::All, &["68 05 05 68 53 05 51 7F 7E A6 16"]),
        (RequestMode::AllByDif, &["68 04 04 68 53 05 51 7F 28 16"]),
        (
            RequestMode::Freeze { storage: 0 },
            &[
                "68 03 03 68 53 05 54 AC 16",
                "68 05 05 68 53 05 51 08 7E 2F 16",
            ],
        ),
    ];
    for (request, before) in table {
        let mut bus = at_five(&[1]);
        let config = Config { request, ..BARE };
        assert_eq!(
            read(&mut bus, config, FIVE),
            ["0: 0.001 m³", "Done(Complete)"]
        );
        let mut expected = before.to_vec();
        expected.push("10 7B 05 80 16");
        assert_eq!(log(&bus), expected);
    }
}

#[test]
fn the_first_frame_count_and_the_limit_are_settings() {
    let mut bus = at_five(&[1, 2, 3]);
    let config = Config {
        first_frame_count: FrameCountBit::Clear,
        further_telegrams: 1,
        ..BARE
    };
    let events = read(&mut bus, config, FIVE);
    assert_eq!(events, ["0: 0.001 m³…", "1: 0.002 m³…", "Done(Limit)"]);
    assert_eq!(log(&bus), ["10 5B 05 60 16", "10 7B 05 80 16"]);
}

#[test]
fn selection_wildcards_overlook_wrong_parts_of_the_address() {
    let mut bus = at_five(&[1]);
    let wrong: SecondaryAddressMask = "12345678.EMH.02.04".parse().unwrap();
    let events = read(&mut bus, BARE, wrong);
    assert_eq!(events, ["Done(Failed(NoResponse))"]);
    let config = Config {
        selection_wildcards: AddressParts::all() - AddressParts::IDENTIFICATION,
        ..BARE
    };
    assert_eq!(
        read(&mut bus, config, wrong),
        ["0: 0.001 m³", "Done(Complete)"]
    );
}

#[test]
fn silence_is_answered_by_repetition_with_the_same_frame_count() {
    let mut bus = Bus::new(Vec::new());
    let mut master = Master::new(BARE);
    master.request(bus.now, FIVE, Class::Data).unwrap();
    assert_eq!(run(&mut bus, &mut master), ["Done(Failed(NoResponse))"]);
    assert_eq!(log(&bus), ["10 7B 05 80 16"; 3]);
    // Three times request and time-out: 22.9 ms for five characters, and 500 ms.
    assert_eq!(bus.now.as_millis(), 1569);
}

#[test]
fn every_telegram_of_a_bad_line_is_read_once() {
    for seed in 0..50 {
        let faults = Faults {
            loss: 60,
            noise: 100,
            spikes: 40,
            echo: seed % 2 == 0,
            delay: Duration::from_millis(seed % 40),
            chunks: Chunks::Of(1 + usize::try_from(seed).unwrap() % 50),
        };
        let mut bus = at_five(&[1, 2, 3, 4, 5, 6])
            .with_faults(faults)
            .with_seed(seed);
        let config = Config {
            retries: 15,
            ..Config::default()
        };
        let events = read(&mut bus, config, mask());
        assert_eq!(
            events,
            [
                "0: 0.001 m³…",
                "1: 0.002 m³…",
                "2: 0.003 m³…",
                "3: 0.004 m³…",
                "4: 0.005 m³…",
                "5: 0.006 m³",
                "Done(Complete)",
            ],
            "seed {seed}"
        );
    }
}

#[test]
fn chunks_make_no_difference() {
    for seed in 0..30 {
        let run = |chunks| {
            let faults = Faults {
                loss: 100,
                noise: 150,
                spikes: 100,
                echo: seed % 2 == 0,
                chunks,
                ..Faults::default()
            };
            let mut bus = at_five(&[1, 2, 3]).with_faults(faults).with_seed(seed);
            (read(&mut bus, Config::default(), FIVE), log(&bus))
        };
        let bytes = run(Chunks::Bytes);
        assert_eq!(bytes, run(Chunks::Whole), "seed {seed}");
        assert_eq!(bytes, run(Chunks::Of(3)), "seed {seed}");
    }
}

#[test]
fn a_repeated_telegram_ends_the_chain() {
    // Always the first one, and always more to come.
    let mut bus = at_five(&[1]).with_quirk(0, |answer| {
        if answer.len() > 9 {
            let end = answer.len() - 2;
            answer.truncate(end);
            answer.push(0x1F);
            answer[1] += 1;
            answer[2] += 1;
            let sum = answer[4..]
                .iter()
                .fold(0_u8, |sum, it| sum.wrapping_add(*it));
            answer.extend([sum, 0x16]);
        }
    });
    let events = read(&mut bus, Config::default(), FIVE);
    assert_eq!(events, ["0: 0.001 m³…", "Done(Repeated)"]);
}

/// Changes a byte of long answers, and the checksum with it.
fn change(answer: &mut [u8], at: usize, value: u8) {
    if answer.len() > 9 {
        let sum = answer.len() - 2;
        answer[sum] = answer[sum].wrapping_sub(answer[at]).wrapping_add(value);
        answer[at] = value;
    }
}

#[test]
fn another_address_in_the_answer_is_an_error_unless_overlooked() {
    let mut bus = at_five(&[1]).with_quirk(0, |answer| change(answer, 5, 0));
    let failed = "Done(Failed(Address { found: PrimaryAddress(0) }))";
    assert_eq!(read(&mut bus, BARE, FIVE), [failed]);
    assert_eq!(log(&bus), ["10 7B 05 80 16"; 3]);
    let any = Config {
        answer_address: AnswerAddress::Any,
        ..BARE
    };
    let expected = ["0: 0.001 m³", "Done(Complete)"];
    assert_eq!(read(&mut bus, any, FIVE), expected);
    // Whoever is selected answers with an address of his own.
    assert_eq!(read(&mut bus, BARE, mask()), expected);
}

#[test]
fn a_wrong_checksum_is_an_error_unless_overlooked() {
    let spoil: bus::Quirk = |answer| {
        if answer.len() > 9 {
            let at = answer.len() - 2;
            answer[at] = answer[at].wrapping_add(1);
        }
    };
    let mut bus = at_five(&[1]).with_quirk(0, spoil);
    let mut master = Master::new(BARE);
    master.read(bus.now, FIVE).unwrap();
    let mut outcome = None;
    bus.run(&mut master, |event| {
        if let Event::Done(end) = event {
            outcome = Some(*end);
        }
    });
    let Some(Outcome::Failed(Failure::Invalid(error))) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(matches!(error.kind, DecodeErrorKind::Checksum { .. }));
    assert_eq!(error.offset, 25);

    let config = Config {
        tolerance: Tolerance::DEFAULT | Tolerance::CHECKSUM,
        ..BARE
    };
    let mut master = Master::new(config);
    master.read(bus.now, FIVE).unwrap();
    let mut telegrams = 0;
    bus.run(&mut master, |event| match event {
        Event::Telegram(response) => {
            let telegram = mbus_proto::Telegram::parse_with(response.bytes, config.tolerance);
            assert_eq!(telegram.unwrap().deviations(), Tolerance::CHECKSUM);
            telegrams += 1;
        }
        Event::Done(outcome) => assert_eq!(*outcome, Outcome::Complete),
        _ => {}
    });
    assert_eq!(telegrams, 1);
}

#[test]
fn a_missing_acknowledgement_is_an_error_unless_assumed() {
    let mute: bus::Quirk = |answer| {
        if answer == &[0xE5] {
            answer.clear();
        }
    };
    let mut bus = at_five(&[1]).with_quirk(0, mute);
    assert_eq!(read(&mut bus, BARE, mask()), ["Done(Failed(NoResponse))"]);
    // A reset that is not acknowledged is no reason not to read.
    let expected = ["0: 0.001 m³", "Done(Complete)"];
    assert_eq!(read(&mut bus, Config::default(), FIVE), expected);
    let assumed = Config {
        acknowledgement: Acknowledgement::Assumed,
        ..BARE
    };
    assert_eq!(read(&mut bus, assumed, mask()), expected);

    let mut bus = at_five(&[1]).with_quirk(0, |answer| {
        if answer == &[0xE5] {
            *answer = vec![0xF5];
        }
    });
    assert_eq!(read(&mut bus, BARE, mask()).len(), 1);
    let garbled = Config {
        acknowledgement: Acknowledgement::Garbled,
        ..BARE
    };
    assert_eq!(read(&mut bus, garbled, mask()), expected);
}

#[test]
fn noise_around_a_telegram_is_passed_over() {
    let mut bus = at_five(&[1, 2]).with_quirk(0, |answer| {
        if answer.len() > 9 {
            answer.splice(0..0, [0x00, 0x68, 0xFF]);
            answer.extend([0x00, 0x00]);
        }
    });
    let events = read(&mut bus, Config::default(), FIVE);
    assert_eq!(events, ["0: 0.001 m³…", "1: 0.002 m³", "Done(Complete)"]);
}

#[test]
fn two_meters_under_one_address_collide() {
    let mut bus = at_five(&[1]);
    bus.slaves[1].set_primary_address(FIVE);
    let events = read(&mut bus, Config::default(), FIVE);
    assert_eq!(events.len(), 1);
    assert!(events[0].starts_with("Done(Failed(Invalid("), "{events:?}");
}

#[test]
fn a_busy_meter_is_asked_again_after_a_pause() {
    let mut bus = at_five(&[1]);
    bus.slaves[0].set_availability(Availability::Refused(ApplicationError::Busy));
    let events = read(&mut bus, BARE, FIVE);
    assert_eq!(events, ["0: ", "Done(Refused(Busy))"]);
    assert_eq!(log(&bus), ["10 7B 05 80 16"; 3]);
    assert!(bus.now.as_millis() >= 2_000);

    // Another way of saying so: the status, and no data.
    let mut bus = at_five(&[]).with_quirk(0, |answer| change(answer, 16, 0x01));
    let events = read(&mut bus, BARE, FIVE);
    assert_eq!(events, ["0: ", "Done(Complete)"]);
    assert_eq!(log(&bus), ["10 7B 05 80 16"; 3]);
    assert!(bus.now.as_millis() >= 2_000);
    let mut bus = at_five(&[1]).with_quirk(0, |answer| change(answer, 16, 0x01));
    let events = read(&mut bus, BARE, FIVE);
    assert_eq!(events, ["0: 0.001 m³", "Done(Complete)"]);
    assert_eq!(log(&bus).len(), 1);

    let mut bus = at_five(&[1]);
    bus.slaves[0].set_availability(Availability::Refused(ApplicationError::TooManyReadouts));
    let events = read(&mut bus, BARE, FIVE);
    assert_eq!(events, ["0: ", "Done(Refused(TooManyReadouts))"]);
    assert_eq!(log(&bus).len(), 1);
}

#[test]
fn alarms_are_requested_by_class_1() {
    let mut bus = at_five(&[1]);
    let mut master = Master::new(BARE);
    master.request(bus.now, FIVE, Class::Alarm).unwrap();
    assert_eq!(run(&mut bus, &mut master), ["Done(NoData)"]);
    bus.slaves[0].set_alarm(Some(0x04));
    master.request(bus.now, FIVE, Class::Alarm).unwrap();
    assert_eq!(run(&mut bus, &mut master), ["0: ", "Done(Complete)"]);
    assert_eq!(log(&bus), ["10 7A 05 7F 16"; 2]);
}

#[test]
fn single_requests_go_through_the_chain() {
    let mut bus = at_five(&[1, 2]);
    let mut master = Master::new(BARE);
    for expected in ["0: 0.001 m³…", "0: 0.002 m³", "0: 0.001 m³…"] {
        master.request(bus.now, FIVE, Class::Data).unwrap();
        let end = if expected.ends_with('…') {
            "Done(Limit)"
        } else {
            "Done(Complete)"
        };
        assert_eq!(run(&mut bus, &mut master), [expected, end]);
    }
}

#[test]
fn commands_reach_the_meter() {
    let mut bus = at_five(&[1]);
    let mut master = Master::new(Config::default());
    let seven = PrimaryAddress::from_code(7);
    let acknowledged = [
        "Acknowledged { address: PrimaryAddress(5) }",
        "Done(Complete)",
    ];

    master.reset(bus.now, FIVE).unwrap();
    assert_eq!(run(&mut bus, &mut master), acknowledged);
    master.reset_application(bus.now, FIVE, None).unwrap();
    assert_eq!(run(&mut bus, &mut master), acknowledged);
    let time = Civil::from_date(2026, 11, 21)
        .unwrap()
        .with_time(14, 35, 0)
        .unwrap();
    master
        .set_clock(bus.now, FIVE, &time, DaylightSaving::Off)
        .unwrap();
    assert_eq!(run(&mut bus, &mut master), acknowledged);
    assert_eq!(
        log(&bus).last().unwrap(),
        "68 09 09 68 53 05 51 04 6D 23 2E 55 3B FB 16"
    );
    master.change_address(bus.now, FIVE, seven).unwrap();
    assert_eq!(run(&mut bus, &mut master), acknowledged);
    assert_eq!(bus.slaves[0].primary_address(), seven);
    master.select(bus.now, mask()).unwrap();
    assert_eq!(run(&mut bus, &mut master).last().unwrap(), "Done(Complete)");
    assert!(bus.slaves[0].is_selected());
    master
        .request(bus.now, PrimaryAddress::SELECTED, Class::Data)
        .unwrap();
    assert_eq!(
        run(&mut bus, &mut master),
        ["0: 0.001 m³", "Done(Complete)"]
    );
    for _ in 0..2 {
        master.deselect(bus.now).unwrap();
        assert_eq!(run(&mut bus, &mut master).last().unwrap(), "Done(Complete)");
        assert!(!bus.slaves[0].is_selected());
    }
    master.reset(bus.now, PrimaryAddress::BROADCAST).unwrap();
    assert_eq!(run(&mut bus, &mut master), ["Done(Complete)"]);
}

#[test]
fn a_bit_rate_is_kept_only_if_the_meter_answers_at_it() {
    let mut bus = at_five(&[1]);
    let mut master = Master::new(BARE);
    master
        .set_baud_rate(bus.now, FIVE, BaudRate::B9600)
        .unwrap();
    let events = run(&mut bus, &mut master);
    let acknowledged = "Acknowledged { address: PrimaryAddress(5) }";
    assert_eq!(events, ["BitRate(9600)", acknowledged, "Done(Complete)"]);
    assert_eq!(log(&bus), ["68 03 03 68 53 05 BD 15 16", "10 40 05 45 16"]);
    assert_eq!(master.config().bits_per_second, 9600);
    assert_eq!(bus.slaves[0].bits_per_second(), 9600);

    let mut bus = at_five(&[1]).with_quirk(0, |_| {});
    let mut master = Master::new(BARE);
    master.set_baud_rate(bus.now, FIVE, BaudRate::B300).unwrap();
    let mut events = Vec::new();
    let mut cut = false;
    while events.last() != Some(&"Done(Failed(NoResponse))".to_owned()) {
        while let Some(output) = master.poll_output() {
            match output {
                // The first request is acknowledged, nothing after it.
                Output::Transmit(_) if !cut => {
                    cut = true;
                    master.handle_input(bus.now, &[0xE5]);
                }
                Output::Transmit(_) => {}
                Output::Event(event) => events.push(format!("{event:?}")),
            }
        }
        if let Some(at) = master.poll_timeout() {
            bus.now = at;
            master.handle_timeout(at);
        }
    }
    assert_eq!(
        events,
        ["BitRate(300)", "BitRate(2400)", "Done(Failed(NoResponse))"]
    );
    assert_eq!(master.config().bits_per_second, 2400);
}

#[test]
fn misuse_is_refused() {
    let mut master = Master::new(Config::default());
    let now = Instant::ORIGIN;
    let broadcast = PrimaryAddress::BROADCAST;
    assert_eq!(master.read(now, broadcast), Err(CommandError::Address));
    assert_eq!(
        master.scan_primary(now, 3..=251),
        Err(CommandError::Address)
    );
    let (first, last) = (3, 2);
    assert_eq!(
        master.scan_primary(now, first..=last),
        Err(CommandError::Address)
    );
    let answer = Frame::new(ControlField::rsp_ud(), FIVE, &[0x78]).unwrap();
    assert_eq!(master.send_frame(now, &answer), Err(CommandError::Frame));
    master.read(now, FIVE).unwrap();
    assert_eq!(master.reset(now, FIVE), Err(CommandError::Busy));
    assert_eq!(
        master.set_config(Config::default()),
        Err(CommandError::Busy)
    );
    master.cancel(now);
    assert_eq!(
        master.poll_output(),
        Some(Output::Event(Event::Done(Outcome::Canceled)))
    );
    assert_eq!(master.poll_output(), None);
    assert_eq!(master.poll_timeout(), None);
    assert_eq!(master.set_config(Config::default()), Ok(()));
}

#[test]
fn a_canceled_request_keeps_the_line_for_its_answer() {
    let mut master = Master::new(BARE);
    master.request(Instant::ORIGIN, FIVE, Class::Data).unwrap();
    assert!(matches!(master.poll_output(), Some(Output::Transmit(_))));
    let until = master.poll_timeout().unwrap();
    let now = Instant::from_millis(100);
    master.cancel(now);
    while master.poll_output().is_some() {}
    master.send(now, &Command::deselect()).unwrap();
    assert_eq!(master.poll_output(), None);
    assert_eq!(master.poll_timeout(), Some(until));
    master.handle_timeout(until);
    assert!(matches!(master.poll_output(), Some(Output::Transmit(_))));
}

#[test]
fn a_line_that_is_never_idle_fails() {
    let mut master = Master::new(BARE);
    let mut now = Instant::ORIGIN;
    master.handle_input(now, &[0]);
    master.request(now, FIVE, Class::Data).unwrap();
    loop {
        match master.poll_output() {
            Some(Output::Event(Event::Done(outcome))) => {
                assert_eq!(outcome, Outcome::Failed(Failure::LineBusy));
                break;
            }
            Some(output) => panic!("{output:?}"),
            None => {}
        }
        now = now.saturating_add(Duration::from_millis(5));
        assert!(now < Instant::from_millis(11_000));
        master.handle_timeout(now);
        master.handle_input(now, &[0xFF]);
    }
}

#[test]
fn a_late_answer_is_not_taken_for_that_of_the_next_request() {
    let mut bus = at_five(&[1, 2, 3]);
    // Later than the time-out, but sooner than the answer to the repetition would be over.
    bus.faults.delay = Duration::from_millis(265);
    let events = read(&mut bus, BARE, FIVE);
    let expected = [
        "0: 0.001 m³…",
        "1: 0.002 m³…",
        "2: 0.003 m³",
        "Done(Complete)",
    ];
    assert_eq!(events, expected);
}

#[test]
fn meters_are_woken_up_before_the_first_request() {
    let config = Config {
        wake_up: Duration::from_millis(2_200),
        ..BARE
    };
    let mut master = Master::new(config);
    master.request(Instant::ORIGIN, FIVE, Class::Data).unwrap();
    let mut wake_up = 0;
    while let Some(Output::Transmit(bytes)) = master.poll_output() {
        assert!(bytes.iter().all(|byte| *byte == 0x55));
        wake_up += bytes.len();
    }
    assert_eq!(wake_up, 479);
    let at = master.poll_timeout().unwrap();
    assert!((2_200..2_230).contains(&at.as_millis()));
    master.handle_timeout(at);
    let request = [0x10, 0x7B, 0x05, 0x80, 0x16];
    assert_eq!(master.poll_output(), Some(Output::Transmit(&request)));
}

#[test]
fn noise_during_the_wake_up_delays_the_request_until_the_line_is_silent() {
    let config = Config {
        wake_up: Duration::from_millis(20),
        ..BARE
    };
    let mut master = Master::new(config);
    master.request(Instant::ORIGIN, FIVE, Class::Data).unwrap();
    while master.poll_output().is_some() {}
    // Somebody talks just before the request would go out.
    let woken = master.poll_timeout().unwrap();
    let noise = Instant::from_micros(woken.as_micros() - 1_000);
    master.handle_input(noise, &[0x68]);
    master.handle_timeout(woken);
    assert_eq!(master.poll_output(), None);
    let silent = noise.saturating_add(config.pause_time());
    assert_eq!(master.poll_timeout(), Some(silent));
    master.handle_timeout(silent);
    let request = [0x10, 0x7B, 0x05, 0x80, 0x16];
    assert_eq!(master.poll_output(), Some(Output::Transmit(&request)));
}

#[test]
fn the_data_of_another_meter_is_not_taken_for_that_of_the_selected_one() {
    // The selected meter calls itself 12345611.
    let mut bus = at_five(&[1]).with_quirk(0, |answer| change(answer, 7, 0x11));
    let events = read(&mut bus, BARE, mask());
    assert_eq!(events.len(), 1);
    assert!(
        events[0].starts_with("Done(Failed(Meter { found: "),
        "{events:?}"
    );
    // Selection and request, three times.
    assert_eq!(log(&bus).len(), 6);
    let any = Config {
        answer_address: AnswerAddress::Any,
        ..BARE
    };
    assert_eq!(
        read(&mut bus, any, mask()),
        ["0: 0.001 m³", "Done(Complete)"]
    );
}

#[test]
fn a_chain_that_breaks_off_is_not_complete() {
    let mut bus = at_five(&[1, 2]).with_quirk(0, |answer| {
        // The second telegram: the access number counts to 2.
        if answer.len() > 20 && answer[15] == 2 {
            *answer = vec![0xE5];
        }
    });
    let events = read(&mut bus, BARE, FIVE);
    assert_eq!(events, ["0: 0.001 m³…", "Done(NoData)"]);
}
