//! The entrances of mbus-proto for radio.

use core::hint::black_box;

use mbus_proto::app::{
    ApplicationData, Configuration, ConfigurationExtension, Header, ShortHeader, UserData,
};
#[cfg(feature = "crypto")]
use mbus_proto::link::Identification;
use mbus_proto::link::{ControlField, SecondaryAddress};
use mbus_proto::wireless::{
    AuthenticationLayer, AuthenticationType, Buffer, ExtendedLink, Format, FormatCache,
    RadioBuilder, RadioFrame, RadioTelegram, Reader, Reassembly, SessionNumber, compact_frame,
};
use mbus_proto::{Tolerance, wireless};

use crate::{show, show_debug};

pub(crate) fn frame(input: &[u8]) {
    let Some((&[kind, low, high], input)) = input.split_first_chunk() else {
        return;
    };
    let allowed = Tolerance::from_bits_truncate(u16::from_le_bytes([low, high]));
    black_box((RadioFrame::is_likely(input), Format::detect(input)));
    black_box(RadioFrame::parse(input)).ok();
    let mut buffer = [0; 256];
    let parsed = RadioFrame::parse_with(input, format(kind), allowed, &mut buffer);
    if let Ok((frame, format, rest, met)) = black_box(parsed) {
        black_box((frame.control(), frame.address(), frame.payload(), rest, met));
        show(format);
        let mut out = [0; Format::MAX_LENGTH];
        black_box(frame.encode_into(format, black_box(&mut out[..]))).ok();
        black_box(RadioFrame::new(frame.control(), frame.address(), rest)).ok();
    }
}

pub(crate) fn layers(input: &[u8]) {
    let mut out = [0; 64];
    if let Ok(Some((link, rest))) = black_box(ExtendedLink::parse(input)) {
        black_box((link.ci(), link.control.response_delay(), rest));
        if let Some(session) = link.session {
            black_box((session.encryption(), session.minutes(), session.number()));
        }
        black_box(link.encode_into(black_box(&mut out[..]))).ok();
        show_debug(link);
    }
    if let Ok(Some((layer, rest))) = black_box(AuthenticationLayer::parse(input)) {
        black_box((layer.encoded_len(), rest));
        if let Some(control) = layer.message_control {
            show(control.authentication());
            black_box((control.has_length(), control.authentication().mac_len()));
        }
        black_box(layer.encode_into(black_box(&mut out[..]))).ok();
        show_debug(layer);
    }
    if let Some((&[low, high], rest)) = input.split_first_chunk() {
        let configuration = Configuration::from_code(u16::from_le_bytes([low, high]));
        let parsed = black_box(ConfigurationExtension::parse(configuration, rest));
        if let Ok(Some((extension, rest))) = parsed {
            black_box((extension.encode_into(black_box(&mut out[..])).ok(), rest));
        }
        show(AuthenticationType::from_code(low));
        black_box(SessionNumber::new(low, u32::from(high), low));
    }
}

pub(crate) fn telegram(input: &[u8]) {
    let Some((reader, input)) = reader(input) else {
        return;
    };
    black_box(Reader::sender(input));
    let mut buffer = Buffer::new();
    let mut cache = FormatCache::<3>::new();
    let mut reassembly = Reassembly::<300>::new();
    // Full frames and compact frames, pieces one after the other.
    for input in input.chunks(64) {
        if let Ok(telegram) = black_box(reader.read_with(input, &mut cache, &mut buffer)) {
            look_at_telegram(&telegram);
            black_box(reassembly.push(&telegram));
        }
        if let Ok(Some(message)) = black_box(reader.read_message(&mut reassembly)) {
            look_at_telegram(&message);
        }
    }
    if let Ok(telegram) = black_box(reader.read(input, &mut buffer)) {
        look_at_telegram(&telegram);
    }
}

fn look_at_telegram(telegram: &RadioTelegram<'_>) {
    black_box((telegram.frame(), telegram.format(), telegram.meter()));
    black_box((telegram.extended_link(), telegram.authentication_layer()));
    black_box((telegram.authentication(), telegram.encryption()));
    black_box((
        telegram.application(),
        telegram.header(),
        telegram.message(),
    ));
    black_box((telegram.piece(), telegram.missing_format()));
    black_box(telegram.deviations());
    for record in telegram.records().flatten() {
        black_box(record);
    }
    for reading in telegram.readings() {
        black_box(reading).ok();
    }
}

pub(crate) fn compact(input: &[u8]) {
    let Some((&address, records)) = input.split_first_chunk() else {
        return;
    };
    let meter = SecondaryAddress::from_link_bytes(address);
    let mut data = [0; 300];
    let mut out = [0; 300];
    let mut cache = FormatCache::<2>::new();
    black_box(cache.learn(meter, records));
    if let Ok(frame) = black_box(compact_frame(
        Header::None,
        records,
        black_box(&mut data[..]),
    )) {
        black_box(cache.expand(meter, &frame, black_box(&mut out[..])));
    }
    let frame = ApplicationData::Format {
        header: Header::None,
        length: black_box(7),
        signature: black_box(0xA8ED),
        headers: records,
    };
    black_box(cache.learn_format(meter, &frame));
    black_box((cache.len(), cache.is_empty()));
    cache.clear();
}

pub(crate) fn build(input: &[u8]) {
    let Some((&[control, kind, a, b, c, d, ..], records)) = input.split_first_chunk::<16>() else {
        return;
    };
    let address = black_box(SecondaryAddress::from_link_bytes([a, b, c, d, a, b, c, d]));
    let header = Header::Short(ShortHeader::from_bytes([a, b, c, d]));
    let data = ApplicationData::Response {
        header: if kind == 0 { Header::None } else { header },
        data: UserData::new(records),
    };
    let mut builder = RadioBuilder::new(ControlField::from_code(control), address);
    if let Ok(Some((link, _))) = ExtendedLink::parse(records) {
        builder = builder.with_extended_link(link);
    }
    if let Ok(Some((layer, _))) = AuthenticationLayer::parse(records) {
        builder = builder.with_authentication_layer(layer);
    }
    if black_box(true) {
        builder = builder.with_extension(ConfigurationExtension::default());
    }
    #[cfg(feature = "crypto")]
    if let Some((&key, _)) = records.split_first_chunk() {
        builder = builder.with_key(mbus_proto::security::Key::new(key));
    }
    let format = format(kind).unwrap_or(Format::A);
    let mut out = [0; Format::MAX_LENGTH];
    black_box(builder.encode_into(&data, format, black_box(&mut out[..]))).ok();
    let pieces = builder.encode_pieces(&data, usize::from(a), format, &mut out, |frame| {
        black_box(frame);
    });
    black_box(pieces).ok();
}

#[cfg(feature = "crypto")]
pub(crate) fn key(input: &[u8]) {
    use mbus_proto::security::{DerivedKey, Key};

    if let Ok(text) = core::str::from_utf8(input) {
        black_box(text.parse::<Key>()).ok();
        black_box(text.parse::<mbus_proto::security::DesKey>()).ok();
    }
    let Some((&key, rest)) = input.split_first_chunk() else {
        return;
    };
    let key = Key::new(key);
    show_debug(&key);
    let derived = key.derive(
        DerivedKey::MeterEncryption,
        black_box(1),
        Identification::from_bcd(2),
    );
    black_box(key == derived);
    if let Ok(telegram) = mbus_proto::Telegram::parse(rest) {
        let mut buffer = [0; 256];
        let meter = telegram.header().address();
        if let Ok(plain) = black_box(telegram.decrypt(&key, meter, &mut buffer)) {
            black_box(plain);
        }
        if let Some((&key, _)) = rest.split_first_chunk() {
            let key = mbus_proto::security::DesKey::new(key);
            if let Ok(plain) = black_box(telegram.decrypt_des(&key, &mut buffer)) {
                black_box(plain);
            }
        }
        if let Some(application) = telegram.application() {
            let mut out = [0; 256];
            let extension = Some(ConfigurationExtension::default());
            let len = application.encrypt_into(&key, extension, meter, black_box(&mut out[..]));
            black_box(len).ok();
        }
    }
}

/// A reader with settings from the front of the input.
fn reader(input: &[u8]) -> Option<(Reader, &[u8])> {
    let (&[kind, low, high], rest) = input.split_first_chunk()?;
    let allowed = Tolerance::from_bits_truncate(u16::from_le_bytes([low, high]));
    let mut reader = Reader::new().with_tolerance(allowed);
    if let Some(format) = format(kind) {
        reader = reader.with_format(format);
    }
    #[cfg(feature = "crypto")]
    if let Some((&key, _)) = rest.split_first_chunk() {
        reader = reader.with_key(mbus_proto::security::Key::new(key));
    }
    #[cfg(feature = "crypto")]
    if let Some((_, &key)) = rest.split_last_chunk() {
        reader = reader.with_des_key(mbus_proto::security::DesKey::new(key));
    }
    Some((reader, rest))
}

const fn format(kind: u8) -> Option<wireless::Format> {
    match kind {
        0 => None,
        1 => Some(Format::A),
        2 => Some(Format::B),
        _ => Some(Format::WithoutCrc),
    }
}
