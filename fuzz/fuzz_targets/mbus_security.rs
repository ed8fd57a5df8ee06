//! What is encrypted and authenticated comes out equal; a message that was changed, or has another
//! key, is never taken for an authentic one.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mbus_proto::app::{
    ApplicationData, Configuration, ConfigurationExtension, Header, LongHeader, ShortHeader,
    Status, UserData,
};
use mbus_proto::link::{ControlField, PrimaryAddress, SecondaryAddress};
use mbus_proto::security::{DesKey, Key};
use mbus_proto::wireless::{
    Authentication, AuthenticationLayer, Buffer, CommunicationControl, ExtendedLink, Format,
    MessageControl, RadioBuilder, RadioTelegram, Reader, SessionNumber,
};
use mbus_proto::{Frame, Telegram, Tolerance};

fuzz_target!(|input: &[u8]| {
    let Some((&key, rest)) = input.split_first_chunk::<16>() else {
        return;
    };
    let Some((settings, records)) = rest.split_first_chunk::<16>() else {
        return;
    };
    any_telegram(key, settings, records);
    there_and_back(key, settings, records);
});

/// Anything may come.
fn any_telegram(key: [u8; 16], settings: &[u8; 16], input: &[u8]) {
    let allowed = Tolerance::from_bits_truncate(u16::from_le_bytes([settings[0], settings[1]]));
    let &[ref des_key @ .., _, _, _, _, _, _, _, _] = &key;
    let des_key = DesKey::new(*des_key);
    let reader = Reader::new()
        .with_key(Key::new(key))
        .with_des_key(des_key.clone())
        .with_tolerance(allowed);
    let mut buffer = Buffer::new();
    match reader.read(input, &mut buffer) {
        Ok(telegram) => {
            assert!(allowed.contains(telegram.deviations()));
            telegram.readings().for_each(drop);
        }
        Err(error) => assert!(error.offset <= input.len().max(256)),
    }
    if let Ok(telegram) = Telegram::parse_with(input, allowed) {
        let mut buffer = [0; 256];
        let meter = Some(SecondaryAddress::from_bytes([7; 8]));
        if let Ok(telegram) = telegram.decrypt(&Key::new(key), meter, &mut buffer) {
            telegram.readings().for_each(drop);
        }
        if let Ok(telegram) = telegram.decrypt_des(&des_key, &mut buffer) {
            telegram.readings().for_each(drop);
        }
    }
}

fn there_and_back(key: [u8; 16], settings: &[u8; 16], records: &[u8]) {
    let &[
        control,
        kind,
        layers,
        status,
        access,
        counter,
        mac,
        change,
        ref address @ ..,
    ] = settings;
    let address = SecondaryAddress::from_link_bytes(*address);
    let mode: u16 = [0x0000, 0x0500, 0x0700][usize::from(kind % 3)];
    let configuration = Configuration::from_code(mode);
    let status = Status::from_bits_retain(status);
    let header = match kind / 3 % 3 {
        0 => Header::None,
        1 => Header::Short(ShortHeader {
            access_number: access,
            status,
            configuration,
        }),
        _ => Header::Long(LongHeader {
            address: SecondaryAddress::from_bytes(key[..8].try_into().unwrap()),
            access_number: access,
            status,
            configuration,
        }),
    };
    let is_mode_7 = mode == 0x0700 && header != Header::None;
    let is_authenticated = layers & 1 != 0 || is_mode_7;
    let mut builder =
        RadioBuilder::new(ControlField::from_code(control), address).with_key(Key::new(key));
    if is_authenticated {
        builder = builder.with_authentication_layer(AuthenticationLayer {
            // CMAC of 8, 12 or 16 bytes, with and without length
            message_control: Some(MessageControl::from_code(0x20 | mac & 0x40 | 5 + mac % 3)),
            message_counter: Some(counter.into()),
            ..AuthenticationLayer::default()
        });
    }
    if layers & 2 != 0 {
        let encryption = layers >> 2 & 1;
        builder = builder.with_extended_link(ExtendedLink {
            control: CommunicationControl::from_bits_retain(status.bits()),
            access_number: access,
            address: (layers & 8 != 0).then_some(address),
            session: SessionNumber::new(encryption, counter.into(), access & 0x0F),
        });
    }
    if layers & 16 != 0 {
        builder = builder.with_extension(ConfigurationExtension {
            key_derivation: layers >> 5 & 1,
            counter: (layers & 64 != 0).then_some(counter.into()),
            key_version: (layers & 128 != 0).then_some(access),
            ..ConfigurationExtension::default()
        });
    }
    let data = ApplicationData::Response {
        header,
        data: UserData::new(records),
    };
    wired(&key, address, &data);
    let format = [Format::A, Format::B, Format::WithoutCrc][usize::from(change % 3)];
    let mut out = [0; Format::MAX_LENGTH];
    let Ok(len) = builder.encode_into(&data, format, &mut out) else {
        return;
    };
    let frame = &out[..len];
    let reader = |key| {
        Reader::new()
            .with_key(Key::new(key))
            .with_format(format)
            .with_tolerance(Tolerance::STRICT)
    };
    let mut buffer = Buffer::new();
    let telegram = reader(key).read(frame, &mut buffer).unwrap();
    assert_eq!(telegram.encryption(), None);
    assert_eq!(telegram.frame().address(), address);
    assert_eq!(trimmed(&telegram), without_fillers(records));
    let authentication = telegram.authentication();
    assert_eq!(authentication == Authentication::Verified, is_authenticated);

    if is_authenticated {
        let mut other = key;
        other[usize::from(change % 16)] ^= 1 | change;
        let wrong = reader(other).read(frame, &mut buffer);
        // One key of 65 536 makes a CRC come out, or the mark of plain text.
        let verified = |it: &RadioTelegram<'_>| it.authentication() == Authentication::Verified;
        assert!(!wrong.is_ok_and(|telegram| verified(&telegram)));
        // The last bytes are of the message, whatever is around it.
        let mut plain = [0; Format::MAX_LENGTH];
        let len = builder
            .encode_into(&data, Format::WithoutCrc, &mut plain)
            .unwrap();
        let at = len - 1 - usize::from(change) % 3;
        plain[at] ^= 0x80 | change;
        let reader = reader(key).with_format(Format::WithoutCrc);
        let changed = reader.read(&plain[..len], &mut buffer);
        assert!(!changed.is_ok_and(|telegram| verified(&telegram)));
    }
}

/// The same data on the wired bus.
fn wired(key: &[u8; 16], meter: SecondaryAddress, data: &ApplicationData<'_>) {
    let mut user_data = [0; 300];
    let key = Key::new(*key);
    let extension = Some(ConfigurationExtension::default());
    let Ok(len) = data.encrypt_into(&key, extension, Some(meter), &mut user_data) else {
        return;
    };
    let address = PrimaryAddress::from_code(1);
    let Ok(frame) = Frame::new(ControlField::rsp_ud(), address, &user_data[..len]) else {
        return;
    };
    let mut wire = [0; Frame::MAX_LENGTH];
    let len = frame.encode_into(&mut wire).unwrap();
    let allowed = Tolerance::UNAUTHENTICATED;
    let telegram = Telegram::parse_with(&wire[..len], allowed).unwrap();
    let mut buffer = [0; 256];
    // Without counter, a key is used as it is.
    let plain = telegram.decrypt(&key, Some(meter), &mut buffer);
    if let Ok(plain) = plain {
        assert_eq!(plain.encryption(), None);
        let Some(ApplicationData::Response { data: own, .. }) = data_of(&plain) else {
            panic!("{plain:?}");
        };
        let ApplicationData::Response { data, .. } = data else {
            return;
        };
        assert_eq!(without_fillers(own.bytes()), without_fillers(data.bytes()));
    } else {
        panic!("{plain:?}");
    }
}

fn data_of<'a>(telegram: &Telegram<'a>) -> Option<ApplicationData<'a>> {
    telegram.application().copied()
}

/// The records as they came, without the mark of plain text and the fillers of the last block.
fn trimmed(telegram: &RadioTelegram<'_>) -> Vec<u8> {
    match telegram.application() {
        Some(ApplicationData::Response { data, .. }) => without_fillers(data.bytes()),
        other => panic!("{other:?}"),
    }
}

fn without_fillers(bytes: &[u8]) -> Vec<u8> {
    let start = bytes.iter().position(|byte| *byte != 0x2F);
    let end = bytes.iter().rposition(|byte| *byte != 0x2F);
    match (start, end) {
        (Some(start), Some(end)) => bytes[start..=end].to_vec(),
        _ => Vec::new(),
    }
}
