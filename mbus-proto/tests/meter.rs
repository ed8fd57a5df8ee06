//! A meter on its own: what it answers, when, and what it tells.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use core::time::Duration;

use mbus_proto::Telegram;
use mbus_proto::app::{ApplicationData, ApplicationError, Status};
use mbus_proto::link::{Identification, PrimaryAddress, SecondaryAddress};
use mbus_proto::meter::{Availability, Config, Event, Meter, Output};
use mbus_proto::meter_units::{Decimal, Instant, Reading, Value};
use mbus_proto::record::{DataField, RecordBuilder};

type Slave = Meter<1024>;

fn own_address() -> SecondaryAddress {
    "12345678.PAD.01.07".parse().unwrap()
}

/// A meter under the address 5 with one telegram for each volume.
fn slave(volumes: &[i64]) -> Slave {
    let mut slave = Meter::new(Config::new(own_address()));
    slave.set_primary_address(PrimaryAddress::from_code(5));
    for volume in volumes {
        let record = RecordBuilder::new(&[0x13]).unwrap();
        let record = record.integer(DataField::Int24, *volume).unwrap();
        slave.push_record(&record).unwrap();
        slave.end_telegram().unwrap();
    }
    slave
}

fn hex(text: &str) -> Vec<u8> {
    let bytes = text.split(' ').map(|byte| u8::from_str_radix(byte, 16));
    bytes.collect::<Result<_, _>>().unwrap()
}

/// Sends a request and returns the answer, and what the meter tells.
fn ask(slave: &mut Slave, request: &str) -> (Vec<u8>, Vec<String>) {
    slave.handle_input(Instant::ORIGIN, &hex(request));
    let (mut answer, mut events) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        while let Some(output) = slave.poll_output() {
            match output {
                Output::Transmit(bytes) => answer.extend_from_slice(bytes),
                Output::Event(event) => events.push(format!("{event:?}")),
            }
        }
        slave.handle_timeout(Instant::from_millis(200));
    }
    (answer, events)
}

fn answer(slave: &mut Slave, request: &str) -> Vec<u8> {
    ask(slave, request).0
}

const ACK: [u8; 1] = [0xE5];
const REQUEST: &str = "10 7B 05 80 16";
const REQUEST_AGAIN: &str = "10 5B 05 60 16";

/// The records of an answer.
fn records(answer: &[u8]) -> Vec<u8> {
    let telegram = Telegram::parse(answer).unwrap();
    match telegram.application() {
        Some(ApplicationData::Response { data, .. }) => data.bytes().to_vec(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_telegram_is_that_of_the_standard() {
    let mut slave = slave(&[12_565]);
    slave.set_status(Status::POWER_LOW);
    let expected = "68 14 14 68 08 05 72 78 56 34 12 24 40 01 07 01 04 00 00 03 13 15 31 00 60 16";
    let (bytes, events) = ask(&mut slave, REQUEST);
    assert_eq!(bytes, hex(expected));
    assert_eq!(events, ["Read(0)"]);
}

#[test]
fn readings_become_records() {
    let record = [0x04, 0x06, 0x2A, 0x00, 0x00, 0x00];
    let reading = mbus_proto::Records::new(&record)
        .next()
        .unwrap()
        .unwrap()
        .reading();
    let mut slave: Slave = Meter::new(Config::new(own_address()));
    slave
        .push_record(&RecordBuilder::from_reading(&reading).unwrap())
        .unwrap();
    let bytes = answer(&mut slave, "10 5B FE 59 16");
    let telegram = Telegram::parse(&bytes).unwrap();
    let back: Reading<'_> = telegram.readings().next().unwrap().unwrap();
    assert_eq!(back.value, Value::from(Decimal::new(42, 0).unwrap()));
    assert_eq!(back.unit, reading.unit);
}

#[test]
fn the_frame_count_repeats_or_goes_on() {
    let mut slave = slave(&[1, 2]);
    let first = answer(&mut slave, REQUEST);
    assert_eq!(records(&first), [0x03, 0x13, 1, 0, 0, 0x1F]);
    assert_eq!(answer(&mut slave, REQUEST), first);
    let second = answer(&mut slave, REQUEST_AGAIN);
    assert_eq!(records(&second), [0x03, 0x13, 2, 0, 0]);
    // Behind the last comes the first; the access number goes on.
    let third = answer(&mut slave, REQUEST);
    assert_eq!(records(&third), records(&first));
    assert_eq!((first[15], second[15], third[15]), (1, 2, 3));
    for reset in ["10 40 05 45 16", "68 03 03 68 53 05 50 A8 16"] {
        answer(&mut slave, REQUEST_AGAIN);
        assert_eq!(answer(&mut slave, reset), ACK);
        assert_eq!(records(&answer(&mut slave, REQUEST_AGAIN)), records(&first));
    }
}

#[test]
fn address_and_selection_count_by_themselves() {
    let mut slave = slave(&[1, 2]);
    let select = "68 0B 0B 68 53 FD 52 78 56 34 12 FF FF FF FF B2 16";
    let (bytes, events) = ask(&mut slave, select);
    assert_eq!((bytes, events), (ACK.to_vec(), vec!["Selected".to_owned()]));
    let volume = |answer: &[u8]| records(answer)[2];
    assert_eq!(volume(&answer(&mut slave, REQUEST)), 1);
    assert_eq!(volume(&answer(&mut slave, "10 7B FD 78 16")), 1);
    assert_eq!(volume(&answer(&mut slave, "10 5B FD 58 16")), 2);
    assert_eq!(volume(&answer(&mut slave, REQUEST)), 1);
    // Another is selected: silence from here on.
    let other = "68 0B 0B 68 53 FD 52 78 56 34 22 FF FF FF FF C2 16";
    let (bytes, events) = ask(&mut slave, other);
    assert_eq!((bytes, events), (Vec::new(), vec!["Deselected".to_owned()]));
    assert_eq!(answer(&mut slave, "10 7B FD 78 16"), []);
}

#[test]
fn a_reset_of_253_ends_the_selection() {
    let mut slave = slave(&[1]);
    assert_eq!(answer(&mut slave, "10 40 FD 3D 16"), []);
    answer(
        &mut slave,
        "68 0B 0B 68 53 FD 52 FF FF FF FF FF FF FF FF 9A 16",
    );
    assert!(slave.is_selected());
    assert_eq!(answer(&mut slave, "10 40 FD 3D 16"), ACK);
    assert!(!slave.is_selected());
    answer(
        &mut slave,
        "68 0B 0B 68 53 FD 52 FF FF FF FF FF FF FF FF 9A 16",
    );
    assert_eq!(answer(&mut slave, "10 40 FF 3F 16"), []);
    assert!(!slave.is_selected());
}

#[test]
fn a_fabrication_number_narrows_the_selection() {
    let select = "68 11 11 68 53 FD 52 78 56 34 12 FF FF FF FF 0C 78 04 03 02 01 40 16";
    let mut slave = slave(&[1]);
    assert_eq!(answer(&mut slave, select), []);
    for (number, is_meant) in [(1_020_304, true), (1_020_305, false)] {
        let mut slave: Slave = Meter::new(Config {
            fabrication: Identification::from_decimal(number),
            ..Config::new(own_address())
        });
        assert_eq!(answer(&mut slave, select) == ACK, is_meant);
    }
}

#[test]
fn others_are_not_answered() {
    let mut slave = slave(&[1]);
    for request in [
        "10 7B 06 81 16",
        "10 7B FF 7A 16",
        "10 08 05 0D 16",
        "10 40 06 46 16",
    ] {
        assert_eq!(answer(&mut slave, request), [], "{request}");
    }
    assert_eq!(answer(&mut slave, "10 7B FE 79 16")[5], 5);
}

#[test]
fn addresses_that_are_written_are_kept_and_told() {
    let mut slave = slave(&[1]);
    let (bytes, events) = ask(&mut slave, "68 06 06 68 53 FE 51 01 7A 08 25 16");
    assert_eq!(bytes, ACK);
    assert_eq!(
        events,
        ["PrimaryAddress(PrimaryAddress(8))", "Written([1, 122, 8])"]
    );
    assert_eq!(slave.primary_address().code(), 8);
    let request = "68 0D 0D 68 53 08 51 07 79 04 03 02 01 24 40 01 04 9F 16";
    let (bytes, events) = ask(&mut slave, request);
    assert_eq!((bytes, events.len()), (ACK.to_vec(), 2));
    assert_eq!(slave.secondary_address().to_string(), "01020304.PAD.01.04");
    let (_, events) = ask(&mut slave, "68 09 09 68 53 08 51 0C 79 01 02 03 04 3B 16");
    assert_eq!(events.len(), 2);
    assert_eq!(slave.secondary_address().to_string(), "04030201.PAD.01.04");
}

#[test]
fn what_was_written_is_acknowledged_only_once_it_can_be_fetched() {
    let mut slave = slave(&[1]);
    let one = hex("68 06 06 68 53 05 51 01 13 01 BE 16");
    let two = hex("68 06 06 68 53 05 51 01 13 02 BF 16");
    slave.handle_input(Instant::ORIGIN, &[one, two].concat());
    slave.handle_timeout(Instant::from_millis(100));
    let written = Output::Event(Event::Written(&[0x01, 0x13, 0x01]));
    assert_eq!(slave.poll_output(), Some(written));
    assert_eq!(slave.poll_output(), None);
}

#[test]
fn a_selection_for_readout_lasts_until_the_application_is_reset() {
    let mut slave = slave(&[1, 2]);
    assert_eq!(answer(&mut slave, "68 05 05 68 53 05 51 08 14 C5 16"), ACK);
    assert_eq!(records(&answer(&mut slave, REQUEST)), []);
    assert_eq!(answer(&mut slave, "68 03 03 68 53 05 50 A8 16"), ACK);
    assert_eq!(records(&answer(&mut slave, REQUEST)).len(), 6);
}

#[test]
fn alarms_are_announced_and_read() {
    let mut slave = slave(&[1]);
    assert_eq!(answer(&mut slave, "10 5A 05 5F 16"), ACK);
    slave.set_alarm(Some(0x04));
    assert_eq!(answer(&mut slave, REQUEST)[4], 0x28);
    let (bytes, events) = ask(&mut slave, "10 5A 05 5F 16");
    assert_eq!(bytes, hex("68 04 04 68 28 05 71 04 A2 16"));
    assert_eq!(events, ["AlarmRead(4)"]);
    slave.set_alarm(None);
    assert_eq!(answer(&mut slave, "10 5A 05 5F 16"), ACK);
}

#[test]
fn a_meter_can_be_busy_or_silent() {
    let mut slave = slave(&[1]);
    slave.set_availability(Availability::Refused(ApplicationError::Busy));
    assert_eq!(
        answer(&mut slave, REQUEST),
        hex("68 04 04 68 08 05 70 08 85 16")
    );
    slave.set_availability(Availability::Silent);
    assert_eq!(answer(&mut slave, REQUEST), []);
    assert_eq!(answer(&mut slave, "10 40 05 45 16"), ACK);
    slave.set_availability(Availability::Ready);
    assert_eq!(records(&answer(&mut slave, REQUEST)).len(), 5);
}

#[test]
fn what_is_not_understood_is_an_error_of_the_next_request() {
    let mut slave = slave(&[1]);
    assert_eq!(answer(&mut slave, "68 03 03 68 53 05 A0 F8 16"), ACK);
    assert_eq!(
        answer(&mut slave, REQUEST),
        hex("68 04 04 68 08 05 70 01 7E 16")
    );
    assert_eq!(records(&answer(&mut slave, REQUEST)).len(), 5);
}

#[test]
fn the_bit_rate_is_switched_after_the_answer_and_falls_back() {
    let mut slave = slave(&[1]);
    let (bytes, events) = ask(&mut slave, "68 03 03 68 53 05 BD 15 16");
    assert_eq!(
        (bytes, events),
        (ACK.to_vec(), vec!["BitRate(9600)".to_owned()])
    );
    let at = slave.poll_timeout().unwrap();
    assert_eq!(
        at,
        Instant::from_millis(200).saturating_add(Duration::from_secs(120))
    );
    slave.handle_timeout(at);
    assert_eq!(
        slave.poll_output(),
        Some(Output::Event(Event::BitRate(2400)))
    );
    // Heard at the new one, it stays.
    ask(&mut slave, "68 03 03 68 53 05 BD 15 16");
    answer(&mut slave, "10 40 05 45 16");
    assert_eq!(slave.poll_timeout(), None);
    assert_eq!(slave.bits_per_second(), 9600);
}

#[test]
fn the_answer_waits_eleven_bit_times() {
    let mut slave = slave(&[1]);
    slave.handle_input(Instant::ORIGIN, &hex(REQUEST));
    assert_eq!(slave.poll_timeout(), Some(Instant::from_micros(4_584)));
    slave.handle_timeout(Instant::from_micros(4_583));
    assert_eq!(slave.poll_output(), None);
    slave.handle_timeout(Instant::from_micros(4_584));
    assert!(slave.poll_output().is_some());
}

#[test]
fn a_request_is_found_behind_a_false_start_when_the_line_is_silent() {
    let mut slave = slave(&[1]);
    // The length promises more than what follows.
    slave.handle_input(Instant::ORIGIN, &hex("68 FF FF 68 10 40 05 45 16"));
    let silence = slave.poll_timeout().unwrap();
    slave.handle_timeout(silence);
    let at = slave.poll_timeout().unwrap();
    slave.handle_timeout(at);
    while let Some(output) = slave.poll_output() {
        if let Output::Transmit(bytes) = output {
            assert_eq!(bytes, ACK);
            return;
        }
    }
    panic!("no answer");
}
