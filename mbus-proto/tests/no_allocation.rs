//! Decoding never asks for memory, whichever features are on.

#![allow(clippy::expect_used)]

use core::fmt::{self, Write};
use core::hint::black_box;

use allocation_counter::measure;

use mbus_proto::Telegram;
use mbus_proto::link::{Event, FrameDecoder};
use mbus_proto::meter_units::Decimal;

/// Records of every kind of value, of every VIF table, with DIFE and VIFE, the last one cut short.
const RECORDS: &[u8] = &[
    0x03, 0x13, 0x15, 0x31, 0x00, // integer
    0xDA, 0x02, 0x3B, 0x13, 0x01, // BCD, DIFE
    0x02, 0xFC, 0x03, 0x48, 0x52, 0x25, 0x74, 0x44, 0x0D, // plain-text VIF, scaled
    0x02, 0xFD, 0x48, 0xFC, 0x08, // FDh
    0x02, 0xFB, 0x1A, 0xC2, 0x01, // FBh
    0x05, 0x2E, 0x00, 0x00, 0x20, 0x41, // real, scaled
    0x0D, 0x78, 0x03, 0x43, 0x42, 0x41, // text
    0x0D, 0x13, 0xCA, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, // BCD of 20 digits
    0x04, 0x6D, 0x0F, 0x0A, 0x4F, 0x36, // date and time
    0x02, 0xFD, 0x17, 0x05, 0x00, // flags
    0x02, 0xFF, 0x01, 0xAA, 0xBB, // of the manufacturer
    0x01, 0x93, 0x7B, 0x05, // additive correction
    0x02, 0xDB, 0x15, 0x00, 0x00, // no data available
    0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x13,
    0x01, // 11 DIFE
    0x04, 0x13, 0x01, // ends too early
];

#[test]
fn a_telegram_becomes_readings_in_place() {
    let telegram = response(RECORDS);
    let (mut values, mut errors) = (0, 0);
    let mut line = Line::new();
    let allocations = measure(|| {
        let telegram = Telegram::parse(&telegram).expect("a sound frame");
        black_box(telegram.header());
        for record in telegram.records() {
            match record {
                Ok(record) => {
                    let reading = record.reading();
                    line.show(reading.value);
                    line.show(reading.unit);
                    black_box((reading, record.deviations()));
                    values += 1;
                }
                Err(error) => {
                    line.show(error);
                    errors += 1;
                }
            }
        }
    });
    assert_eq!((values, errors), (13, 2));
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn a_stream_is_split_in_place() {
    let mut stream = vec![0xFF, 0x68, 0x04];
    stream.extend(response(RECORDS));
    stream.extend([0x10, 0x40, 0x01, 0x41, 0x16, 0xE5, 0x68]);
    let (mut frames, mut noise) = (0, 0);
    let mut count = |event: Option<Event<'_>>| match event {
        Some(Event::Frame { .. }) => frames += 1,
        Some(Event::Noise(bytes)) => noise += bytes,
        None => {}
    };
    let allocations = measure(|| {
        let mut decoder = FrameDecoder::new();
        for mut chunk in stream.chunks(7) {
            while !chunk.is_empty() {
                count(decoder.decode(&mut chunk));
            }
        }
        while decoder.held() > 0 {
            count(decoder.finish());
        }
        count(decoder.finish());
    });
    assert_eq!((frames, noise), (3, 4));
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn a_decimal_is_read_and_written_in_place() {
    let mut line = Line::new();
    let allocations = measure(|| {
        let decimal: Decimal = black_box("-12345.678").parse().expect("a decimal");
        line.show(decimal);
        black_box((decimal.to_text(), decimal.to_f64(), decimal.to_f32()));
    });
    assert_eq!(line.text(), b"-12345.678");
    assert_eq!(allocations.count_total, 0);
}

#[test]
#[cfg(feature = "crypto")]
fn a_radio_telegram_is_built_encrypted_and_read_in_place() {
    use mbus_proto::app::{
        ApplicationData, Configuration, ConfigurationExtension, Header, ShortHeader, Status,
        UserData,
    };
    use mbus_proto::link::ControlField;
    use mbus_proto::security::Key;
    use mbus_proto::wireless::{
        AuthenticationLayer, Buffer, Format, FormatCache, MessageControl, RadioBuilder, Reader,
    };

    let mut count = 0;
    let allocations = measure(|| {
        let layer = AuthenticationLayer {
            message_control: Some(MessageControl::from_code(0x25)),
            message_counter: Some(1),
            ..AuthenticationLayer::default()
        };
        let address = "12345678.PAD.01.07".parse().expect("an address");
        let builder = RadioBuilder::new(ControlField::from_code(0x44), address)
            .with_key(Key::new([7; 16]))
            .with_authentication_layer(layer)
            .with_extension(ConfigurationExtension {
                key_derivation: ConfigurationExtension::KDF_A,
                ..ConfigurationExtension::default()
            });
        let data = ApplicationData::Response {
            header: Header::Short(ShortHeader {
                access_number: 1,
                status: Status::empty(),
                configuration: Configuration::from_code(0x0700),
            }),
            data: UserData::new(&[0x03, 0x13, 0x15, 0x31, 0x00]),
        };
        let mut frame = [0; Format::MAX_LENGTH];
        let len = builder
            .encode_into(&data, Format::A, &mut frame)
            .expect("room in the frame");
        let mut buffer = Buffer::new();
        let mut cache = FormatCache::<4>::new();
        let reader = Reader::new().with_key(Key::new([7; 16]));
        let frame = frame.get(..len).unwrap_or_default();
        let telegram = reader.read_with(frame, &mut cache, &mut buffer);
        count = telegram.expect("a sound telegram").readings().count();
    });
    assert_eq!(count, 1);
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn an_allocation_is_noticed() {
    let allocations = measure(|| drop(black_box(vec![0_u8])));
    assert_eq!(allocations.count_total, 1);
}

/// A response of a water meter with these records.
fn response(records: &[u8]) -> Vec<u8> {
    let mut body = vec![0x08, 0x02, 0x72, 0x78, 0x56, 0x34, 0x12, 0x24, 0x40];
    body.extend([0x01, 0x07, 0x55, 0x00, 0x00, 0x00]);
    body.extend(records);
    let length = u8::try_from(body.len()).expect("room in one frame");
    let checksum = body.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    let mut frame = vec![0x68, length, length, 0x68];
    frame.extend(body);
    frame.extend([checksum, 0x16]);
    frame
}

/// One line of text of a fixed size.
struct Line {
    bytes: [u8; 128],
    length: usize,
}

impl Line {
    const fn new() -> Self {
        Self {
            bytes: [0; 128],
            length: 0,
        }
    }

    fn show(&mut self, value: impl fmt::Display) {
        self.length = 0;
        write!(self, "{value}").expect("room in the line");
    }

    fn text(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

impl Write for Line {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length + text.len();
        let place = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        place.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
