//! Radio telegrams, from the bytes of a receiver to readings and back.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use mbus_proto::app::{
    ApplicationData, Configuration, ControlInformation, Header, LongHeader, ShortHeader, Status,
    UserData,
};
use mbus_proto::link::{ControlField, Function, SecondaryAddress};
use mbus_proto::wireless::{
    Authentication, AuthenticationLayer, Buffer, CommunicationControl, ExtendedLink, Format,
    FormatCache, Fragment, Progress, RadioBuilder, Reader, Reassembly, SessionNumber,
    compact_frame,
};
use mbus_proto::{DecodeErrorKind, EncodeError, Tolerance};

/// The volume 2850.427 m³.
const VOLUME: [u8; 6] = [0x0C, 0x13, 0x27, 0x04, 0x85, 0x02];
const SND_NR: ControlField = ControlField::from_code(0x44);

fn meter() -> SecondaryAddress {
    "12345678.PAD.01.07".parse().unwrap()
}

fn short(configuration: u16) -> Header {
    Header::Short(ShortHeader {
        access_number: 0x2A,
        status: Status::empty(),
        configuration: Configuration::from_code(configuration),
    })
}

fn response(header: Header, records: &[u8]) -> ApplicationData<'_> {
    ApplicationData::Response {
        header,
        data: UserData::new(records),
    }
}

fn build(builder: &RadioBuilder, data: &ApplicationData<'_>, format: Format) -> Vec<u8> {
    let mut out = [0; Format::MAX_LENGTH];
    let len = builder.encode_into(data, format, &mut out).unwrap();
    out[..len].to_vec()
}

fn builder() -> RadioBuilder {
    RadioBuilder::new(SND_NR, meter())
}

/// The text of the first reading, or why there is none.
fn volume(reader: &Reader, bytes: &[u8]) -> Result<Option<String>, DecodeErrorKind> {
    let mut buffer = Buffer::new();
    let telegram = reader
        .read(bytes, &mut buffer)
        .map_err(|error| error.kind)?;
    let mut readings = telegram.readings();
    let first = readings.next().map(|reading| reading.unwrap());
    Ok(first.map(|it| format!("{} {} {}", it.channel.quantity, it.value, it.unit)))
}

const READ: &str = "volume 2850.427 m³";

#[test]
fn a_plain_telegram_is_read_in_every_format() {
    for format in [Format::A, Format::B, Format::WithoutCrc] {
        let bytes = build(&builder(), &response(short(0), &VOLUME), format);
        let mut buffer = Buffer::new();
        let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
        assert_eq!(telegram.format(), format);
        assert_eq!(telegram.frame().control().function(), Function::SndNr);
        assert_eq!(telegram.meter(), meter());
        assert_eq!(telegram.header().access_number(), Some(0x2A));
        assert_eq!(telegram.authentication(), Authentication::None);
        assert_eq!(telegram.records().next().unwrap().unwrap().offset(), 15);
        assert_eq!(
            telegram.readings().next().unwrap().unwrap().channel.medium,
            meter().medium
        );
        assert_eq!(volume(&Reader::new(), &bytes), Ok(Some(READ.to_owned())));
    }
}

#[test]
fn all_headers_of_the_transport_layer_are_read() {
    let other: SecondaryAddress = "87654321.KAM.02.16".parse().unwrap();
    let long = Header::Long(LongHeader {
        address: other,
        access_number: 1,
        status: Status::empty(),
        configuration: Configuration::PLAIN,
    });
    for (header, expected) in [(Header::None, meter()), (short(0), meter()), (long, other)] {
        let bytes = build(&builder(), &response(header, &VOLUME), Format::A);
        let mut buffer = Buffer::new();
        let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
        assert_eq!((telegram.header(), telegram.meter()), (header, expected));
        assert_eq!(telegram.records().count(), 1);
    }
}

#[test]
fn a_frame_without_payload_is_a_telegram() {
    let bytes = [0x09, 0x40, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07];
    let mut buffer = Buffer::new();
    let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
    assert_eq!(telegram.frame().control().function(), Function::SndNke);
    assert_eq!(telegram.application(), None);
    assert_eq!(telegram.readings().count(), 0);
}

#[test]
fn what_follows_a_frame_is_bridged_on_request() {
    let mut bytes = build(&builder(), &response(short(0), &VOLUME), Format::WithoutCrc);
    bytes.push(0x5A);
    let reader = Reader::new();
    assert_eq!(
        volume(&reader, &bytes),
        Err(DecodeErrorKind::TrailingBytes { count: 1 })
    );
    let lenient = reader.with_tolerance(Tolerance::LENIENT);
    let mut buffer = Buffer::new();
    let telegram = lenient.read(&bytes, &mut buffer).unwrap();
    assert_eq!(telegram.deviations(), Tolerance::NOISE);
    assert_eq!(volume(&lenient, &bytes), Ok(Some(READ.to_owned())));
}

#[test]
fn a_wrong_length_is_bridged_on_request() {
    let whole = build(&builder(), &response(short(0), &VOLUME), Format::WithoutCrc);
    let mut short_length = whole.clone();
    short_length[0] -= 2;
    let mut long_length = whole;
    long_length[0] += 2;
    for bytes in [short_length, long_length] {
        assert!(volume(&Reader::new(), &bytes).is_err());
        let lenient = Reader::new().with_tolerance(Tolerance::LENIENT);
        let mut buffer = Buffer::new();
        let telegram = lenient.read(&bytes, &mut buffer).unwrap();
        assert_eq!(telegram.deviations(), Tolerance::LENGTH);
        assert_eq!(volume(&lenient, &bytes), Ok(Some(READ.to_owned())));
    }
}

#[test]
fn the_crc_of_a_plain_session_is_checked() {
    let extended = ExtendedLink {
        control: CommunicationControl::SYNCHRONOUS,
        access_number: 7,
        address: Some("1.PAD.01.31".parse().unwrap()),
        session: SessionNumber::new(0, 12, 1),
    };
    let builder = builder().with_extended_link(extended);
    let mut bytes = build(&builder, &response(short(0), &VOLUME), Format::WithoutCrc);
    let mut buffer = Buffer::new();
    let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
    assert_eq!(telegram.extended_link(), Some(&extended));
    assert_eq!(telegram.records().count(), 1);
    *bytes.last_mut().unwrap() ^= 1;
    let error = Reader::new().read(&bytes, &mut buffer).unwrap_err();
    assert!(matches!(error.kind, DecodeErrorKind::Crc { .. }));
    assert_eq!(error.offset, 25);
}

#[test]
fn reserved_modes_are_plain_only_if_the_records_are() {
    let reserved = short(0x1006);
    let sound = build(&builder(), &response(reserved, &VOLUME), Format::A);
    assert_eq!(volume(&Reader::new(), &sound), Ok(Some(READ.to_owned())));
    let strict = Reader::new().with_tolerance(Tolerance::STRICT);
    assert_eq!(volume(&strict, &sound), Ok(None));
    let junk = build(&builder(), &response(reserved, &VOLUME[..5]), Format::A);
    assert_eq!(volume(&Reader::new(), &junk), Ok(None));
    // A compact frame that is cut, if it is one.
    let cut = ApplicationData::Other {
        ci: ControlInformation::COMPACT_SHORT,
        header: reserved,
        data: &[1, 2, 3],
    };
    let cut = build(&builder(), &cut, Format::A);
    assert_eq!(volume(&Reader::new(), &cut), Ok(None));
}

#[test]
fn a_compact_frame_takes_its_headers_from_the_full_one() {
    let full = build(&builder(), &response(Header::None, &VOLUME), Format::A);
    let mut data = [0; 16];
    let compact = compact_frame(Header::None, &VOLUME, &mut data).unwrap();
    let compact = build(&builder(), &compact, Format::A);
    let mut cache = FormatCache::<1>::new();
    let mut buffer = Buffer::new();
    let reader = Reader::new();
    let unknown = reader.read_with(&compact, &mut cache, &mut buffer).unwrap();
    assert!(unknown.missing_format().is_some());
    assert_eq!(unknown.readings().count(), 0);
    reader.read_with(&full, &mut cache, &mut buffer).unwrap();
    let telegram = reader.read_with(&compact, &mut cache, &mut buffer).unwrap();
    assert_eq!(telegram.missing_format(), None);
    let reading = telegram.readings().next().unwrap().unwrap();
    assert_eq!(reading.value.to_string(), "2850.427");
}

/// Sends a message in pieces of `size` bytes.
fn pieces(builder: &RadioBuilder, data: &ApplicationData<'_>, size: usize) -> Vec<Vec<u8>> {
    let mut out = [0; Format::MAX_LENGTH];
    let mut sent = Vec::new();
    builder
        .encode_pieces(data, size, Format::B, &mut out, |frame| {
            sent.push(frame.to_vec());
        })
        .unwrap();
    sent
}

fn push<const N: usize>(reassembly: &mut Reassembly<N>, bytes: &[u8]) -> Progress {
    let mut buffer = Buffer::new();
    let telegram = Reader::new().read(bytes, &mut buffer).unwrap();
    assert!(telegram.piece().is_none() || telegram.readings().count() == 0);
    reassembly.push(&telegram)
}

#[test]
fn pieces_are_put_together_in_their_order() {
    let records = VOLUME.repeat(40);
    let sent = pieces(&builder(), &response(short(0), &records), 100);
    assert_eq!(sent.len(), 3);
    let mut reassembly = Reassembly::<512>::new();
    assert_eq!(push(&mut reassembly, &sent[0]), Progress::Incomplete);
    assert_eq!(push(&mut reassembly, &sent[0]), Progress::Repeated);
    assert_eq!(push(&mut reassembly, &sent[1]), Progress::Incomplete);
    assert!(
        Reader::new()
            .read_message(&mut reassembly)
            .unwrap()
            .is_none()
    );
    assert_eq!(push(&mut reassembly, &sent[2]), Progress::Complete);
    let message = Reader::new()
        .read_message(&mut reassembly)
        .unwrap()
        .unwrap();
    assert_eq!(message.meter(), meter());
    assert_eq!(message.records().count(), 40);
    assert!(
        Reader::new()
            .read_message(&mut reassembly)
            .unwrap()
            .is_none()
    );

    assert_eq!(push(&mut reassembly, &sent[1]), Progress::OutOfOrder);
    assert_eq!(push(&mut reassembly, &sent[0]), Progress::Incomplete);
    assert_eq!(push(&mut reassembly, &sent[2]), Progress::OutOfOrder);
    assert_eq!(
        push(&mut Reassembly::<99>::new(), &sent[0]),
        Progress::TooLong
    );
    let whole = build(&builder(), &response(short(0), &VOLUME), Format::A);
    assert_eq!(push(&mut reassembly, &whole), Progress::NotAPiece);
}

#[test]
fn a_message_that_fits_no_frame_is_refused() {
    let mut out = [0; Format::MAX_LENGTH];
    let records = VOLUME.repeat(41);
    let refused = builder().encode_into(&response(short(0), &records), Format::A, &mut out);
    assert!(matches!(refused, Err(EncodeError::Payload { .. })));
    let pieces =
        builder().encode_pieces(&response(short(0), &VOLUME), 0, Format::A, &mut out, |_| {});
    assert_eq!(pieces, Err(EncodeError::Value));
}

#[test]
fn other_layers_are_handed_out_as_they_are() {
    for ci in [0x81, 0x86, 0xA2] {
        let bytes = [
            0x0D, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, ci, 1, 2, 3,
        ];
        let mut buffer = Buffer::new();
        let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
        assert_eq!(telegram.message(), &bytes[10..]);
        let Some(ApplicationData::Other { data, .. }) = telegram.application() else {
            panic!("{telegram:?}");
        };
        assert_eq!(*data, [1, 2, 3]);
    }
}

#[test]
fn an_authentication_layer_without_key_is_unchecked() {
    let layer = AuthenticationLayer {
        fragment: Fragment::default(),
        mac: mbus_proto::wireless::Mac::new(&[1, 2, 3, 4]),
        ..AuthenticationLayer::default()
    };
    let builder = builder().with_authentication_layer(layer);
    let bytes = build(&builder, &response(short(0), &VOLUME), Format::A);
    let mut buffer = Buffer::new();
    let telegram = Reader::new().read(&bytes, &mut buffer).unwrap();
    assert_eq!(telegram.authentication_layer(), Some(&layer));
    assert_eq!(telegram.authentication(), Authentication::Unchecked);
    assert_eq!(telegram.records().count(), 1);
}

#[cfg(feature = "serde")]
#[test]
fn layers_are_serialized_field_by_field() {
    let extended = ExtendedLink {
        control: CommunicationControl::SYNCHRONOUS | CommunicationControl::ACCESSIBILITY,
        access_number: 7,
        address: Some(meter()),
        session: SessionNumber::new(1, 12, 1),
    };
    let json = serde_json::to_string(&extended).unwrap();
    let expected = r#"{"control":"SYNCHRONOUS | ACCESSIBILITY","access_number":7,"address":"12345678.PAD.01.07","session":536871105}"#;
    assert_eq!(json, expected);
    assert_eq!(
        serde_json::from_str::<ExtendedLink>(&json).unwrap(),
        extended
    );

    let layer = AuthenticationLayer {
        message_counter: Some(1),
        mac: mbus_proto::wireless::Mac::new(&[1, 255]),
        ..AuthenticationLayer::default()
    };
    let json = serde_json::to_string(&layer).unwrap();
    let expected = r#"{"fragment":{"number":0,"more":false,"reserved":0},"message_control":null,"key_information":null,"message_counter":1,"mac":[1,255],"message_length":null}"#;
    assert_eq!(json, expected);
    assert_eq!(
        serde_json::from_str::<AuthenticationLayer>(&json).unwrap(),
        layer
    );
    let too_long = expected.replace("[1,255]", "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]");
    assert!(serde_json::from_str::<AuthenticationLayer>(&too_long).is_err());

    assert_eq!(
        serde_json::to_string(&Format::WithoutCrc).unwrap(),
        "\"without_crc\""
    );
    assert_eq!(
        serde_json::to_string(&Authentication::Verified).unwrap(),
        "\"verified\""
    );
}
