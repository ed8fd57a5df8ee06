//! Codings and codes that one meter alone does not show.

use mbus_proto::ByteOrder;
use mbus_proto::meter_units::Medium;
use mbus_proto::record::DataField::{Bcd4, Bcd6, Bcd8, Int8, Int16, Int24, Int32, Int48, Int64};
use mbus_proto::record::{Function, RecordBuilder};

use crate::Vector;
use crate::telegram::{Built, Meter, date, encoded, minute, record};

pub(crate) const VECTORS: &[Vector] = &[
    ("long_storage", long_storage),
    ("variable_length", variable_length),
    ("classic_variable_length", classic_variable_length),
    ("profile_inverse", profile_inverse),
    ("profile_forward", profile_forward),
    ("manufacturer_data", manufacturer_data),
    ("more_follow", more_follow),
    ("record_errors", record_errors),
    ("odd_dates", odd_dates),
    ("odd_numbers", odd_numbers),
    ("unknown_codes", unknown_codes),
    ("corrections", corrections),
    ("withdrawn_units", withdrawn_units),
];

const METER: Meter = Meter::new(19_283_746, Medium::OTHER);

/// The largest storage number, tariff and subunit, in ten DIFE.
fn long_storage() -> Built {
    METER.respond(&[
        record(&[0x06])?.storage(109)?.integer(Int32, 7)?,
        record(&[0x06])?
            .storage((1 << 41) - 1)?
            .tariff((1 << 20) - 1)?
            .subunit((1 << 10) - 1)?
            .integer(Int64, i64::MAX)?,
        record(&[0x06])?.storage(1 << 40)?.bcd(Bcd8, 99_999_999)?,
        record(&[0x06])?
            .tariff(1 << 18)?
            .function(Function::DuringError)
            .bcd(Bcd4, -999)?,
        record(&[0x06])?.subunit(512)?.integer(Int48, -1)?,
    ])
}

fn variable_length() -> Built {
    METER.respond(&[
        record(&[0x78])?.text("ZÄHLER 7")?,
        record(&[0xFD, 0x10])?.text("")?,
        record(&[0x06])?.raw_variable(0xC3, &[0x56, 0x34, 0x12])?,
        record(&[0x06])?.raw_variable(0xD2, &[0x07, 0x15])?,
        record(&[0x06])?.raw_variable(0xC0, &[])?,
        record(&[0x13])?.raw_variable(0xE5, &[0x01, 0, 0, 0, 0x01])?,
        record(&[0x13])?.raw_variable(0xE3, &[0xFE, 0xFF, 0xFF])?,
        record(&[0xFD, 0x1A])?.raw_variable(0xE1, &[0x81])?,
        record(&[0xFD, 0x3B])?.raw_variable(0x04, &[0xDE, 0xAD, 0xBE, 0xEF])?,
        record(&[0x13])?.raw_variable(0xF0, &[0x11; 16])?,
    ])
}

/// LVAR of the older documentation: long BCD and floats.
fn classic_variable_length() -> Built {
    let records = [
        &[0x0D, 0x06, 0xCA, 0x21, 0x43, 0x65, 0, 0, 0, 0, 0, 0, 0][..],
        &[0x0D, 0x06, 0xDB, 0x99, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &[0x0D, 0x2B, 0xF8, 0, 0, 0, 0, 0, 0x48, 0x93, 0x40],
        &[0x0D, 0x2B, 0xF4, 0x00, 0x00, 0xC0, 0x3F],
    ];
    METER.respond_with(&[], &records.concat())
}

/// Daily growth of a heat meter, back from the set date; one day is not known.
fn profile_inverse() -> Built {
    let data = [0x72, 0x01, 0x12, 0x00, 0x0F, 0x00, 0xFF, 0xFF, 0x09, 0x00];
    METER.respond(&[
        record(&[0x06])?.storage(8)?.integer(Int32, 34_721)?,
        record(&[0x6C])?.storage(8)?.date(&date(2026, 3, 2))?,
        record(&[0x06])?
            .vife(0x13)?
            .storage(8)?
            .raw_variable(10, &data)?,
    ])
}

/// Four flow temperatures, an hour apart, and monthly volumes as differences.
fn profile_forward() -> Built {
    let hourly = [0x22, 0x01, 0x7B, 0x02, 0x80, 0x02, 0x00, 0x80, 0x70, 0x02];
    let monthly = [0xF1, 0xFE, 0x05, 0xFD, 0x00];
    METER.respond(&[
        record(&[0x6D])?
            .storage(16)?
            .date_time(&minute(date(2026, 2, 28), 22, 30), false)?,
        record(&[0x5A])?
            .vife(0x1F)?
            .storage(16)?
            .raw_variable(10, &hourly)?,
        record(&[0x16])?.storage(32)?.integer(Int24, 1_200)?,
        record(&[0x6C])?.storage(32)?.date(&date(2025, 11, 30))?,
        record(&[0x16])?
            .vife(0x1F)?
            .storage(32)?
            .raw_variable(5, &monthly)?,
    ])
}

fn manufacturer_data() -> Built {
    let volume = record(&[0x13])?.integer(Int32, 481)?;
    METER.respond_with(&[volume], &[0x0F, 0x01, 0x02, 0x2F, 0x0F, 0xFF])
}

/// Fillers, and the end of the first of several telegrams.
fn more_follow() -> Built {
    let volume = encoded(&[record(&[0x13])?.integer(Int32, 482)?])?;
    let parts = [&[0x2F, 0x2F][..], &volume, &[0x2F, 0x1F]];
    METER.respond_bytes(&parts.concat(), ByteOrder::LeastFirst)
}

fn record_errors() -> Built {
    METER.respond(&[
        record(&[0x5A])?.vife(0x15)?.integer(Int16, 0)?,
        record(&[0x2B])?.vife(0x16)?.integer(Int16, 32_767)?,
        record(&[0x2B])?.vife(0x17)?.integer(Int16, -1)?,
        record(&[0x3B])?.vife(0x18)?.bcd(Bcd6, 0)?,
        record(&[0x13])?.vife(0x02)?.storage(9)?.no_data(),
        record(&[0x13])?.vife(0x00)?.integer(Int8, 5)?,
        record(&[0x13])?.no_data(),
    ])
}

fn odd_dates() -> Built {
    METER.respond(&[
        record(&[0x6C])?.raw(Int16, &[0xFF, 0xFF])?,
        record(&[0x6C])?.raw(Int16, &[0x00, 0x00])?,
        record(&[0x6C])?.raw(Int16, &[0x5E, 0x32])?,
        record(&[0x6C])?.raw(Int16, &[0x5F, 0x3D])?,
        record(&[0x6C])?.raw(Int16, &[0xE0, 0xFF])?,
        record(&[0x6D])?.raw(Int32, &[0xA3, 0x2E, 0x55, 0x3B])?,
        record(&[0x6D])?.raw(Int32, &[0x3F, 0x3F, 0x55, 0x3B])?,
        record(&[0x6D])?.raw(Int32, &[0x23, 0xAE, 0x55, 0x37])?,
        record(&[0x6D])?.raw(Int32, &[0x00, 0x18, 0x55, 0x3B])?,
        record(&[0x6D])?.raw(Int24, &[0x3B, 0x30, 0x0B])?,
        record(&[0x6D])?.raw(Int48, &[0x3B, 0x23, 0xCE, 0x55, 0x3B, 0x2F])?,
        record(&[0x6C])?.raw(Int32, &[0x55, 0x3B, 0x00, 0x00])?,
        record(&[0xFD, 0x70])?.date(&date(1999, 12, 31))?,
    ])
}

/// BCD with other digits, marks for "invalid" and "not available", floats.
fn odd_numbers() -> Built {
    METER.respond(&[
        record(&[0x13])?.raw(Bcd4, &[0x1A, 0x02])?,
        record(&[0x13])?.raw(Bcd4, &[0x23, 0xF1])?,
        record(&[0x13])?.raw(Bcd6, &[0xFF, 0xFF, 0xFF])?,
        record(&[0x13])?.raw(Bcd6, &[0x12, 0xF3, 0x00])?,
        record(&[0x13])?.raw(Bcd6, &[0x99, 0x99, 0xB9])?,
        record(&[0x13])?.raw(Int16, &[0x00, 0x80])?,
        record(&[0xFD, 0x74])?.raw(Int16, &[0xFF, 0xFF])?,
        record(&[0x2B])?.real(230.1),
        record(&[0x2B])?.real(-0.0),
        record(&[0x2B])?.real(f32::NAN),
        record(&[0x2B])?.real(f32::INFINITY),
    ])
}

fn unknown_codes() -> Built {
    METER.respond(&[
        record(&[0x6F])?.integer(Int16, 11)?,
        record(&[0xFB, 0x0A])?.integer(Int16, 12)?,
        record(&[0xFD, 0x7E])?.bcd(Bcd4, 13)?,
        record(&[0xFD, 0xFD, 0x7F])?.integer(Int16, 14)?,
        record(&[0x13])?.vife(0x10)?.integer(Int16, 15)?,
        record(&[0x13])?
            .vife(0xFC)?
            .vife(0x70)?
            .integer(Int16, 16)?,
        record(&[0x7F])?.vife(0x13)?.integer(Int16, 17)?,
        record(&[0x13])?
            .vife(0x7F)?
            .vife(0x74)?
            .integer(Int16, 18)?,
        record(&[0x13])?.integer(Int16, 19)?,
    ])
}

fn corrections() -> Built {
    METER.respond(&[
        record(&[0x13])?.vife(0x70)?.integer(Int16, 25)?,
        record(&[0x13])?.vife(0x74)?.integer(Int16, 25)?,
        record(&[0x13])?
            .vife(0x77)?
            .vife(0x7D)?
            .integer(Int16, 25)?,
        record(&[0xFD, 0x48])?.vife(0x75)?.integer(Int16, 25)?,
        record(&[0x13])?.vife(0x7B)?.integer(Int16, 25)?,
        record(&[0x13])?.vife(0x78)?.integer(Int16, -25)?,
        record(&[0x65])?.vife(0x7A)?.integer(Int16, 2_146)?,
        record(&[0x2B])?.vife(0x20)?.integer(Int16, 25)?,
        record(&[0x06])?.vife(0x25)?.integer(Int16, 25)?,
        record(&[0x13])?
            .vife(0x7E)?
            .storage(1)?
            .integer(Int16, 25)?,
        RecordBuilder::plain_text("pcs")?.integer(Int16, 25)?,
    ])
}

/// Until 2004 these were gallons and degrees Fahrenheit.
fn withdrawn_units() -> Built {
    METER.respond(&[
        record(&[0xFB, 0x23])?.integer(Int32, 8_123)?,
        record(&[0xFB, 0x25])?.integer(Int16, 12)?,
        record(&[0xFB, 0x59])?.integer(Int16, 14_250)?,
        record(&[0xFB, 0x21])?.integer(Int16, 305)?,
    ])
}
