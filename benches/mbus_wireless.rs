//! Radio telegrams in memory to readings, beside `m-bus-parser` where it does the same.
//!
//! The telegrams are built here: a heat meter with eight records, plain, in security mode 5, in
//! security mode 7 with its authentication code, and in a session of the extended link layer.
//! The floor copies the telegram and decrypts its blocks with the crates that both sides use, and
//! reads nothing.
//!
//! The peer decrypts mode 5 into a buffer of the caller's and then reads the records, as ours does. It
//! has no mode 7 and no session.

#![allow(missing_docs, clippy::expect_used, clippy::panic)]

use core::hint::black_box;

use aes::Aes128Dec;
use cbc::cipher::array::Array;
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use m_bus_parser::WirelessFrame;
use m_bus_parser::decryption::StaticKeyProvider;
use m_bus_parser::mbus_data::MbusData;
use m_bus_parser::user_data::{DataRecords, UserDataBlock};
use mbus_proto::app::{ApplicationData, Configuration, Header, LongHeader, Status, UserData};
use mbus_proto::link::{ControlField, SecondaryAddress};
use mbus_proto::security::Key;
use mbus_proto::wireless::{
    AuthenticationLayer, Buffer, CommunicationControl, ExtendedLink, Format, MessageControl,
    RadioBuilder, Reader, SessionNumber,
};

criterion_main!(benches);
criterion_group!(benches, wireless);

/// Energy, volume, power, flow, two temperatures, date and time, energy at the set date.
const RECORDS: [u8; 48] = [
    0x0C, 0x06, 0x10, 0x51, 0x04, 0x00, 0x0C, 0x13, 0x09, 0x38, 0x35, 0x02, 0x0C, 0x2B, 0x34, 0x26,
    0x00, 0x00, 0x0B, 0x3B, 0x94, 0x01, 0x00, 0x0A, 0x5A, 0x12, 0x06, 0x0A, 0x5E, 0x91, 0x04, 0x04,
    0x6D, 0x23, 0x2E, 0x55, 0x3B, 0x4C, 0x06, 0x41, 0x46, 0x04, 0x00, 0x42, 0x6C, 0xFF, 0x21, 0x2F,
];
const COUNT: usize = 9;
const KEY: [u8; 16] = *b"sixteen bytes...";
const METER: &str = "12345678.EXM.01.04";

fn wireless(c: &mut Criterion) {
    let keyed = Reader::new().with_key(Key::new(KEY));
    let plain = build(0x0000, Format::WithoutCrc, |builder| builder);
    let mode_5 = build(0x0500, Format::WithoutCrc, |builder| builder);
    let with_crc = build(0x0500, Format::A, |builder| builder);
    let mode_7 = build(0x0700, Format::WithoutCrc, |builder| {
        builder.with_authentication_layer(AuthenticationLayer {
            message_control: Some(MessageControl::from_code(0x25)),
            message_counter: Some(1),
            ..AuthenticationLayer::default()
        })
    });
    let session = build(0x0000, Format::WithoutCrc, |builder| {
        builder.with_extended_link(ExtendedLink {
            control: CommunicationControl::SYNCHRONOUS,
            access_number: 1,
            address: None,
            session: SessionNumber::new(SessionNumber::AES_CTR, 1_000_000, 1),
        })
    });

    assert_eq!(peer_plain(&plain), Some(COUNT));
    assert_eq!(peer_mode_5(&mode_5), Some(COUNT));
    let key = |bytes: &[u8]| ours(&keyed, bytes);
    time(c, "plain/ours", &plain, key);
    time(c, "plain/m-bus-parser", &plain, |bytes| {
        peer_plain(bytes).unwrap_or(0)
    });
    time(c, "mode_5/ours", &mode_5, key);
    time(c, "mode_5/m-bus-parser", &mode_5, |bytes| {
        peer_mode_5(bytes).unwrap_or(0)
    });
    time(c, "mode_5/floor", &mode_5, floor);
    time(c, "mode_5_format_a/ours", &with_crc, key);
    time(c, "mode_7_cmac/ours", &mode_7, key);
    time(c, "session/ours", &session, key);
}

/// From bytes to every reading; the number of records.
fn ours(reader: &Reader, bytes: &[u8]) -> usize {
    let mut buffer = Buffer::new();
    let telegram = reader.read(bytes, &mut buffer).expect("a sound telegram");
    black_box((telegram.meter(), telegram.header()));
    let mut count = 0;
    for record in telegram.records() {
        black_box(&record.expect("a sound record").reading());
        count += 1;
    }
    assert_eq!(count, COUNT);
    count
}

fn peer_plain(bytes: &[u8]) -> Option<usize> {
    let data = MbusData::<WirelessFrame<'_>>::try_from(bytes).ok()?;
    black_box((&data.frame, &data.user_data));
    read_all(data.data_records?)
}

fn peer_mode_5(bytes: &[u8]) -> Option<usize> {
    let mut keys = StaticKeyProvider::<1>::new();
    let data = MbusData::<WirelessFrame<'_>>::try_from(bytes).ok()?;
    let block = data.user_data.as_ref()?;
    let UserDataBlock::VariableDataStructureWithLongTplHeader {
        long_tpl_header, ..
    } = block
    else {
        return None;
    };
    let id = long_tpl_header.manufacturer.as_ref().ok()?.to_id();
    let number = long_tpl_header.identification_number.number;
    keys.add_key(id, number, KEY).ok()?;
    let mut buffer = [0; 256];
    let len = block.decrypt_variable_data(&keys, &mut buffer).ok()?;
    let plain = buffer.get(..len)?;
    read_all(DataRecords::new(plain, Some(long_tpl_header)))
}

fn read_all(records: DataRecords<'_>) -> Option<usize> {
    let mut count = 0;
    for record in records {
        let record = record.ok()?;
        let Some(information) = record.value_information() else {
            // The fillers of the encryption come as records.
            continue;
        };
        for label in information.labels() {
            black_box(label);
        }
        for unit in information.units() {
            black_box(unit);
        }
        black_box(information.decimal_scale_exponent);
        black_box(record.value());
        count += 1;
    }
    Some(count)
}

/// What it takes to copy and decrypt the data.
fn floor(bytes: &[u8]) -> usize {
    let mut copy = [0; 256];
    for (to, from) in copy.iter_mut().zip(bytes) {
        *to = *from;
    }
    let mut cipher = cbc::Decryptor::<Aes128Dec>::new(&KEY.into(), &[7; 16].into());
    let data = copy.get_mut(23..71).unwrap_or_default();
    let (blocks, _) = Array::slice_as_chunks_mut(data);
    cipher.decrypt_blocks(blocks);
    black_box(&copy);
    COUNT
}

fn build(
    configuration: u16,
    format: Format,
    with: impl FnOnce(RadioBuilder) -> RadioBuilder,
) -> Vec<u8> {
    let address: SecondaryAddress = METER.parse().expect("an address");
    let data = ApplicationData::Response {
        header: Header::Long(LongHeader {
            address,
            access_number: 0x2A,
            status: Status::empty(),
            configuration: Configuration::from_code(configuration),
        }),
        data: UserData::new(&RECORDS),
    };
    let builder = RadioBuilder::new(ControlField::from_code(0x44), address);
    let builder = with(builder.with_key(Key::new(KEY)));
    let mut out = vec![0; Format::MAX_LENGTH];
    let len = builder
        .encode_into(&data, format, &mut out)
        .expect("a telegram that fits");
    out.truncate(len);
    out
}

fn time(c: &mut Criterion, name: &str, bytes: &[u8], mut decode: impl FnMut(&[u8]) -> usize) {
    let (group, implementation) = name.rsplit_once('/').expect("group and implementation");
    let mut group = c.benchmark_group(format!("mbus_wireless/{group}"));
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function(implementation, |bencher| {
        bencher.iter(|| black_box(decode(black_box(bytes))));
    });
    group.finish();
}
