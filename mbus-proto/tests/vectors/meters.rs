//! A meter of each kind.

use mbus_proto::ByteOrder;
use mbus_proto::app::Status;
use mbus_proto::meter_units::{Civil, Medium};
use mbus_proto::record::DataField::{Bcd4, Bcd6, Bcd8, Bcd12, Int8, Int16, Int24, Int32};
use mbus_proto::record::{Function, RecordBuilder};

use crate::Vector;
use crate::telegram::{Built, Meter, date, minute, record};

pub(crate) const VECTORS: &[Vector] = &[
    ("standard_example", standard_example),
    ("heat_meter", heat_meter),
    ("cooling_meter_mode_2", cooling_meter_mode_2),
    ("water_meter", water_meter),
    ("gas_meter", gas_meter),
    ("electricity_meter", electricity_meter),
    ("heat_cost_allocator", heat_cost_allocator),
    ("room_sensor", room_sensor),
    ("room_sensor_text_last", room_sensor_text_last),
    ("fixed_bcd", fixed_bcd),
    ("fixed_binary", fixed_binary),
];

/// The variable data response that the documentation explains.
fn standard_example() -> Built {
    let meter = Meter {
        address: 2,
        manufacturer: *b"PAD",
        access: 0x55,
        ..Meter::new(12_345_678, Medium::WATER)
    };
    meter.respond(&[
        record(&[0x13])?.integer(Int24, 12_565)?,
        record(&[0x3B])?
            .function(Function::Maximum)
            .storage(5)?
            .bcd(Bcd4, 113)?,
        record(&[0x04])?.subunit(1)?.tariff(2)?.bcd(Bcd6, 21_837)?,
    ])
}

fn heat_meter() -> Built {
    let meter = Meter {
        address: 17,
        version: 42,
        access: 99,
        ..Meter::new(60_718_293, Medium::HEAT_OUTLET)
    };
    let due = date(2025, 12, 31);
    meter.respond(&[
        record(&[0x06])?.bcd(Bcd8, 34_721)?,
        record(&[0x14])?.bcd(Bcd8, 118_306)?,
        record(&[0x2D])?.bcd(Bcd6, 87)?,
        record(&[0x2D])?
            .function(Function::Maximum)
            .bcd(Bcd6, 142)?,
        record(&[0x3B])?.bcd(Bcd6, 331)?,
        record(&[0x5A])?.bcd(Bcd4, 634)?,
        record(&[0x5E])?.bcd(Bcd4, 408)?,
        record(&[0x61])?.bcd(Bcd6, 2_259)?,
        record(&[0x26])?.unsigned(Int16, 18_440)?,
        record(&[0xFD, 0x17])?.flags(Int16, 0b100)?,
        record(&[0x6D])?.date_time(&minute(date(2026, 11, 21), 14, 35), false)?,
        record(&[0x6C])?.storage(1)?.date(&due)?,
        record(&[0x06])?.storage(1)?.bcd(Bcd8, 31_508)?,
        record(&[0x14])?.storage(1)?.bcd(Bcd8, 107_455)?,
        record(&[0xFF])?.raw(Int16, &[0x0A, 0x01])?,
    ])
}

/// The most significant byte first, in the header too.
fn cooling_meter_mode_2() -> Built {
    let meter = Meter {
        address: 3,
        access: 7,
        ..Meter::new(10_020_030, Medium::COOLING_OUTLET)
    };
    let records = [
        &[0x04, 0x06, 0x00, 0x00, 0x30, 0x39][..],
        &[0x0B, 0x13, 0x06, 0x54, 0x32],
        &[0x02, 0x59, 0xFF, 0x38],
        &[0x42, 0x6C, 0x3C, 0xDF],
        &[0x0D, 0xFD, 0x0C, 0x03, b'K', b'-', b'2'],
        &[0x05, 0x2E, 0x41, 0x48, 0x00, 0x00],
    ];
    meter.respond_bytes(&records.concat(), ByteOrder::MostFirst)
}

fn water_meter() -> Built {
    let meter = Meter {
        address: 33,
        version: 16,
        access: 201,
        status: Status::POWER_LOW,
        ..Meter::new(8_005_512, Medium::COLD_WATER)
    };
    meter.respond(&[
        record(&[0x78])?.bcd(Bcd8, 26_008_055)?,
        record(&[0x13])?.bcd(Bcd8, 1_204_337)?,
        record(&[0x13])?.vife(0x3C)?.bcd(Bcd8, 25)?,
        record(&[0x3B])?.bcd(Bcd4, -18)?,
        record(&[0x13])?.vife(0x69)?.bcd(Bcd6, 12)?,
        record(&[0x13])?.vife(0x6A)?.date(&date(2026, 3, 9))?,
        record(&[0x6C])?.storage(2)?.date(&date(2026, 10, 31))?,
        record(&[0x13])?.storage(2)?.bcd(Bcd8, 1_196_054)?,
        record(&[0xFD, 0x74])?.unsigned(Int16, 412)?,
        record(&[0xFD, 0x17])?.flags(Int8, 0x84)?,
    ])
}

/// A meter with a converter to base conditions.
fn gas_meter() -> Built {
    let meter = Meter {
        address: 64,
        version: 3,
        access: 18,
        ..Meter::new(55_120_934, Medium::GAS)
    };
    meter.respond(&[
        record(&[0x13])?.bcd(Bcd12, 9_876_543_210)?,
        record(&[0x13])?.vife(0x3A)?.bcd(Bcd8, 8_401_277)?,
        record(&[0x13])?.vife(0x3E)?.bcd(Bcd8, 8_733_190)?,
        record(&[0x3D])?.vife(0x3E)?.integer(Int32, 46)?,
        record(&[0x65])?.integer(Int16, -425)?,
        record(&[0x68])?.integer(Int16, 1_021)?,
        record(&[0x13])?.vife(0x29)?.integer(Int16, 10)?,
        record(&[0x6D])?.date_time_seconds(&seconds(), true)?,
    ])
}

fn seconds() -> Civil {
    let time = minute(date(2026, 7, 1), 6, 0);
    time.with_second(59).expect("a second")
}

fn electricity_meter() -> Built {
    let meter = Meter {
        address: 5,
        version: 2,
        access: 250,
        ..Meter::new(30_400_517, Medium::ELECTRICITY)
    };
    let mut records = vec![
        record(&[0x04])?.vife(0x3B)?.integer(Int32, 1_843_026)?,
        record(&[0x04])?
            .vife(0x3B)?
            .tariff(1)?
            .integer(Int32, 1_102_500)?,
        record(&[0x04])?
            .vife(0x3B)?
            .tariff(2)?
            .integer(Int32, 740_526)?,
        record(&[0x04])?.vife(0x3C)?.integer(Int32, 60_118)?,
        record(&[0xFB, 0x02])?
            .vife(0x3B)?
            .vife(0x74)?
            .integer(Int32, 251_907)?,
        record(&[0xFB, 0x02])?
            .vife(0xFC)?
            .vife(0x0B)?
            .integer(Int32, 311)?,
        record(&[0x2A])?.integer(Int32, -38_125)?,
    ];
    for (phase, power) in [(1, -12_004), (2, -13_077), (3, -13_044)] {
        let of_phase = record(&[0x2A])?.vife(0xFC)?.vife(phase)?;
        records.push(of_phase.integer(Int24, power)?);
    }
    for (phase, voltage, current) in [(1, 2_307, 5_331), (2, 2_298, 5_802), (3, 2_311, 5_767)] {
        let of_phase = record(&[0xFD, 0x48])?.vife(0xFC)?.vife(phase)?;
        records.push(of_phase.integer(Int16, voltage)?);
        let of_phase = record(&[0xFD, 0x59])?.vife(0xFC)?.vife(phase)?;
        records.push(of_phase.integer(Int16, current)?);
    }
    records.extend([
        record(&[0xFD, 0x48])?
            .vife(0xFC)?
            .vife(0x05)?
            .integer(Int16, 3_988)?,
        record(&[0xFD, 0x59])?
            .vife(0xFC)?
            .vife(0x04)?
            .integer(Int16, 218)?,
        record(&[0xFB, 0x14])?.integer(Int16, 1_930)?,
        record(&[0xFB, 0x34])?.integer(Int16, 3_861)?,
        record(&[0xFB, 0x2D])?.integer(Int16, 5_002)?,
        record(&[0x2B])?
            .vife(0x12)?
            .function(Function::Maximum)
            .storage(1)?
            .integer(Int16, 7_410)?,
        record(&[0xFD, 0x60])?.unsigned(Int8, 4)?,
    ]);
    meter.respond(&records)
}

fn heat_cost_allocator() -> Built {
    let meter = Meter {
        address: 120,
        version: 9,
        access: 40,
        status: Status::TEMPORARY_ERROR,
        ..Meter::new(71_000_204, Medium::HEAT_COST_ALLOCATOR)
    };
    meter.respond(&[
        record(&[0x6E])?.integer(Int16, 1_287)?,
        record(&[0x6C])?.storage(1)?.date(&date(2025, 12, 31))?,
        record(&[0x6E])?.storage(1)?.integer(Int16, 3_004)?,
        record(&[0xFB, 0x68])?.unsigned(Int16, 6_656)?,
        record(&[0xFB, 0x69])?.unsigned(Int16, 1_250)?,
        record(&[0xFB, 0x6A])?.unsigned(Int16, 3_277)?,
        record(&[0xFB, 0x6E])?.unsigned(Int16, 1)?,
        record(&[0x5A])?.integer(Int16, 412)?,
        record(&[0x66])?.integer(Int16, 208)?,
        record(&[0x6D])?.time_of_day(&minute(date(2026, 1, 1), 0, 0)),
        record(&[0x22])?.vife(0x6F)?.date(&date(2026, 2, 28))?,
    ])
}

/// Texts directly after the VIF.
fn room_sensor() -> Built {
    let meter = Meter {
        address: 9,
        access: 77,
        ..Meter::new(90_000_071, Medium::ROOM_SENSOR)
    };
    meter.respond(&[
        record(&[0x65])?.integer(Int16, 2_146)?,
        record(&[0x65])?
            .function(Function::Minimum)
            .integer(Int16, 1_888)?,
        record(&[0x65])?
            .function(Function::Maximum)
            .integer(Int16, 2_510)?,
        record(&[0xFB, 0x1A])?.integer(Int16, 447)?,
        RecordBuilder::plain_text("ppm CO2")?.integer(Int16, 683)?,
        RecordBuilder::plain_text("lx")?
            .vife(0x75)?
            .storage(3)?
            .integer(Int16, 1_950)?,
        record(&[0xFD, 0x0F])?.text("1.4.0")?,
    ])
}

/// Texts after the last VIFE.
fn room_sensor_text_last() -> Built {
    let meter = Meter {
        address: 9,
        access: 78,
        ..Meter::new(90_000_071, Medium::ROOM_SENSOR)
    };
    let text_last = [
        &[0x02, 0xFC, 0x75, 0x02, b'x', b'l', 0x9E, 0x07][..],
        &[
            0x12, 0xFC, 0xFC, 0x81, 0x74, 0x03, b'a', b'P', b'h', 0xDE, 0x03,
        ],
    ];
    let temperature = record(&[0x65])?.integer(Int16, 2_151)?;
    meter.respond_with(&[temperature], &text_last.concat())
}

/// Energy now and at the set date.
fn fixed_bcd() -> Built {
    let meter = Meter {
        address: 12,
        ..Meter::new(0, Medium::HEAT_OUTLET)
    };
    meter.respond_fixed([
        0x21, 0x43, 0x65, 0x07, // identification
        0x1E, // access number
        0x08, // BCD, current, permanent error
        0x05, 0x7E, // kWh; the same, stored; medium 4, heat
        0x49, 0x73, 0x00, 0x00, //
        0x05, 0x61, 0x00, 0x00,
    ])
}

/// Volume and a flow that runs backward.
fn fixed_binary() -> Built {
    let meter = Meter {
        address: 13,
        ..Meter::new(0, Medium::WATER)
    };
    meter.respond_fixed([
        0x88, 0x00, 0x19, 0x45, // identification
        0xFF, // access number
        0x01, // binary, current
        0xE9, 0x72, // l and l/h; medium 7, water
        0x40, 0xE2, 0x01, 0x00, //
        0xF4, 0xFF, 0xFF, 0xFF,
    ])
}
