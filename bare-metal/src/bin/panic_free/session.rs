//! The sessions of mbus-proto: the input is what comes from the bus.

use core::hint::black_box;
use core::time::Duration;

use mbus_proto::app::BaudRate;
use mbus_proto::link::{Identification, PrimaryAddress, SecondaryAddress, SecondaryAddressMask};
use mbus_proto::master::{
    Acknowledgement, Class, Config, DaylightSaving, Direction, Master, RequestMode, ResetMode,
    Target, telegram_bound,
};
use mbus_proto::meter::{self, Availability, Meter};
use mbus_proto::meter_units::{Civil, Instant};
use mbus_proto::record::RecordBuilder;
use mbus_proto::{Frame, Tolerance};

use crate::{show, show_debug};

pub(crate) fn master(input: &[u8]) {
    let Some((&[kind, number, time, address], script)) = input.split_first_chunk() else {
        return;
    };
    let Some((&secondary, script)) = script.split_first_chunk() else {
        return;
    };
    let mut master = Master::new(black_box(Config {
        reset: ResetMode::Extended2,
        request: RequestMode::Freeze {
            storage: number.into(),
        },
        acknowledgement: Acknowledgement::Assumed,
        wake_up: Duration::from_millis(time.into()),
        bits_per_second: number.into(),
        tolerance: Tolerance::LENIENT,
        ..Config::DEFAULT
    }));
    let mut now = Instant::from_micros(u64::MAX - u64::from(time));
    let mask = SecondaryAddressMask::from_bytes(secondary);
    let address = PrimaryAddress::from_code(address);
    let begun = match kind {
        0 => master.request(now, address, Class::Alarm),
        1 => master.read(now, address),
        2 => master.read(now, mask),
        3 => master.read(
            now,
            Target::Fabrication(mask, Identification::from_bcd(number.into())),
        ),
        4 => master.scan_primary(now, number..=time),
        5 => master.scan_secondary(now, mask, Direction::Forwards),
        6 => master.scan_secondary(now, mask, Direction::Backwards),
        7 => master.set_baud_rate(now, address, BaudRate::B9600),
        8 => match Civil::from_date(number.into(), time, time) {
            Some(date) => master.set_clock(now, address, &date, DaylightSaving::On),
            None => Ok(()),
        },
        9 => master.change_address(now, address, PrimaryAddress::from_code(time)),
        10 => master.select(now, mask),
        11 => master.deselect(now),
        12 => master.reset_application(now, address, None),
        13 => match Frame::parse(script) {
            Ok((frame, _)) => master.send_frame(now, &frame),
            Err(_) => Ok(()),
        },
        _ => master.set_config(Config::CONCENTRATOR),
    };
    if let Err(error) = begun {
        show(error);
    }
    for &byte in script {
        while let Some(output) = black_box(master.poll_output()) {
            black_box(output);
        }
        if let Some(at) = black_box(master.poll_timeout()) {
            now = at;
        }
        if byte & 1 == 0 {
            master.handle_timeout(now);
        } else {
            master.handle_input(now, black_box(script));
        }
    }
    master.cancel(now);
    black_box((master.is_busy(), master.telegrams_sent()));
    black_box(telegram_bound(number.into(), time));
    black_box(&master);
}

pub(crate) fn meter(input: &[u8]) {
    let Some((&[time, number], script)) = input.split_first_chunk() else {
        return;
    };
    let Some((&secondary, script)) = script.split_first_chunk() else {
        return;
    };
    let mut meter: Meter<256> = Meter::new(black_box(meter::Config {
        fabrication: Some(Identification::from_bcd(number.into())),
        bits_per_second: number.into(),
        ..meter::Config::new(SecondaryAddress::from_bytes(secondary))
    }));
    meter.set_primary_address(PrimaryAddress::from_code(number));
    meter.set_alarm(black_box(Some(number)));
    if number & 1 == 0 {
        meter.set_availability(Availability::Silent);
    }
    if let Ok(record) = RecordBuilder::new(&[number]) {
        show_debug(meter.push_record(&record).is_ok());
        show_debug(meter.end_telegram().is_ok());
    }
    let mut now = Instant::from_micros(time.into());
    for chunk in script.chunks(7) {
        meter.handle_input(now, black_box(chunk));
        while let Some(output) = black_box(meter.poll_output()) {
            black_box(output);
        }
        if let Some(at) = black_box(meter.poll_timeout()) {
            now = at;
        }
        meter.handle_timeout(now);
    }
    meter.clear_records();
    black_box((meter.is_selected(), meter.secondary_address()));
    black_box(&meter);
}
