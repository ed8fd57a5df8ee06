//! Telegrams that were damaged, cut or encrypted.

use mbus_proto::ByteOrder;
use mbus_proto::meter_units::Medium;
use mbus_proto::record::DataField::{Bcd8, Int16, Int32};

use crate::Vector;
use crate::telegram::{Built, Meter, encoded, record};

pub(crate) const VECTORS: &[Vector] = &[
    ("wrong_checksum", wrong_checksum),
    ("cut_frame", cut_frame),
    ("cut_record", cut_record),
    ("reserved_dif", reserved_dif),
    ("too_many_dife", too_many_dife),
    ("encrypted", encrypted),
    ("decrypted", decrypted),
    ("reserved_security_mode", reserved_security_mode),
];

const METER: Meter = Meter::new(64_738_291, Medium::HEAT_INLET);

fn sound() -> Built {
    METER.respond(&[
        record(&[0x06])?.bcd(Bcd8, 5_120)?,
        record(&[0x5A])?.integer(Int16, 553)?,
    ])
}

fn wrong_checksum() -> Built {
    let mut bytes = sound()?;
    if let [.., checksum, _stop] = bytes.as_mut_slice() {
        *checksum ^= 0x40;
    }
    Ok(bytes)
}

fn cut_frame() -> Built {
    let mut bytes = sound()?;
    bytes.truncate(24);
    Ok(bytes)
}

/// A sound frame whose last record announces more bytes than there are.
fn cut_record() -> Built {
    let volume = record(&[0x13])?.integer(Int32, 77)?;
    METER.respond_with(&[volume], &[0x04, 0x06, 0x11, 0x22])
}

fn reserved_dif() -> Built {
    let volume = record(&[0x13])?.integer(Int32, 78)?;
    METER.respond_with(&[volume], &[0x3F, 0x02, 0x13, 0x01, 0x00])
}

/// The record after the faulty one can be read.
fn too_many_dife() -> Built {
    let mut bytes = vec![0x82];
    bytes.extend([0x80; 10]);
    bytes.extend([0x01, 0x13, 0x05, 0x00]);
    bytes.extend(encoded(&[record(&[0x13])?.integer(Int32, 79)?])?);
    METER.respond_bytes(&bytes, ByteOrder::LeastFirst)
}

/// Mode 5, one block of 16 bytes.
fn encrypted() -> Built {
    let meter = Meter {
        configuration: 0x0510,
        ..METER
    };
    let block = [
        0x5C, 0x90, 0x11, 0xE7, 0x3A, 0x08, 0xC4, 0x6D, 0xF2, 0x47, 0x1B, 0xA9, 0x60, 0xDE, 0x33,
        0x85,
    ];
    meter.respond_with(&[], &block)
}

/// Mode 5 by its header, but the fillers show plain data.
fn decrypted() -> Built {
    let meter = Meter {
        configuration: 0x0510,
        ..METER
    };
    let volume = encoded(&[record(&[0x13])?.integer(Int32, 80)?])?;
    let parts = [&[0x2F, 0x2F][..], &volume, &[0x2F; 8]];
    meter.respond_bytes(&parts.concat(), ByteOrder::LeastFirst)
}

/// The field of an old meter that calls it signature.
fn reserved_security_mode() -> Built {
    let meter = Meter {
        configuration: 0x1E27,
        ..METER
    };
    meter.respond(&[record(&[0x13])?.integer(Int32, 81)?])
}
