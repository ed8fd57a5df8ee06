//! Encrypted and authenticated telegrams: the worked examples, and what is built here.

#![cfg(feature = "crypto")]
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use mbus_proto::app::{
    ApplicationData, Configuration, ConfigurationExtension, Header, LongHeader, SecurityMode,
    ShortHeader, Status, UserData,
};
use mbus_proto::link::{ControlField, PrimaryAddress, SecondaryAddress};
use mbus_proto::security::Key;
use mbus_proto::wireless::{
    Authentication, AuthenticationLayer, AuthenticationType, Buffer, CommunicationControl,
    Encryption, ExtendedLink, Format, Mac, MessageControl, Progress, RadioBuilder, RadioTelegram,
    Reader, Reassembly, SessionNumber,
};
use mbus_proto::{DecodeErrorKind, EncodeError, Frame, Telegram, Tolerance};
use proptest::prelude::*;

/// Volume, date and time, error flags.
const RECORDS: [u8; 17] = [
    0x0C, 0x13, 0x27, 0x04, 0x85, 0x02, 0x04, 0x6D, 0x23, 0x2E, 0x55, 0x3B, 0x02, 0xFD, 0x17, 0x00,
    0x00,
];
const SND_NR: ControlField = ControlField::from_code(0x44);

fn key() -> Key {
    "000102030405060708090A0B0C0D0E0F".parse().unwrap()
}

fn bytes(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .chars()
        .filter_map(|char| char.to_digit(16))
        .map(|digit| u8::try_from(digit).unwrap())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair[0] << 4 | pair[1])
        .collect()
}

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

fn long(configuration: u16) -> Header {
    Header::Long(LongHeader {
        address: meter(),
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

fn layer(authentication: AuthenticationType, counter: Option<u32>) -> AuthenticationLayer {
    let counts = if counter.is_some() { 0x20 } else { 0 };
    AuthenticationLayer {
        message_control: Some(MessageControl::from_code(counts | authentication.code())),
        message_counter: counter,
        ..AuthenticationLayer::default()
    }
}

fn session() -> ExtendedLink {
    ExtendedLink {
        control: CommunicationControl::SYNCHRONOUS | CommunicationControl::HOP_COUNT,
        access_number: 0x91,
        address: None,
        session: SessionNumber::new(SessionNumber::AES_CTR, 1_755_085, 3),
    }
}

fn builder() -> RadioBuilder {
    RadioBuilder::new(SND_NR, meter()).with_key(key())
}

fn build(builder: &RadioBuilder, data: &ApplicationData<'_>) -> Vec<u8> {
    let mut out = [0; Format::MAX_LENGTH];
    let len = builder
        .encode_into(data, Format::WithoutCrc, &mut out)
        .unwrap();
    out[..len].to_vec()
}

/// What a reader with this key makes of it.
fn read<T>(
    reader: &Reader,
    bytes: &[u8],
    look: impl FnOnce(&RadioTelegram<'_>) -> T,
) -> Result<T, DecodeErrorKind> {
    let mut buffer = Buffer::new();
    match reader.read(bytes, &mut buffer) {
        Ok(telegram) => Ok(look(&telegram)),
        Err(error) => Err(error.kind),
    }
}

/// The records, put together again.
fn records(telegram: &RadioTelegram<'_>) -> Vec<u8> {
    let records = telegram.records().map(Result::unwrap);
    records
        .flat_map(|record| record.as_bytes().to_vec())
        .collect()
}

fn with_key() -> Reader {
    Reader::new().with_key(key())
}

fn with_wrong_key() -> Reader {
    Reader::new().with_key(Key::new([0x55; 16]))
}

const MODE_5: &str = "2E 44 24 40 78 56 34 12 01 07 C4 B3 7A 2A 00 20 05 5C 18 27 4C 22 D0 C0 F2 \
    37 04 F1 3D 03 94 31 1C D4 40 68 EE 8A AA E3 7D 12 37 0B 66 38 0F 9F C1 6E 3B 83 C0 23 15";

const MODE_7: &str = "40 44 24 40 78 56 34 12 01 07 90 0F 00 2C 25 01 00 00 00 0A 2D C1 C7 49 AD \
    B2 97 7A 2A 00 20 07 10 2B 66 38 C2 AF 69 2F D4 E7 6E 3E 85 34 FB 2C EB E4 9A CE FC 9C 57 22 \
    FE AA B1 D7 F8 11 DD 26 C6";

/// Counter block `24 40 78 56 34 12 01 07 20 D3 7C AC 21 00 00 00`, CRC over what begins with 78h.
const SESSION: &str = "24 44 24 40 78 56 34 12 01 07 8D 20 91 D3 7C AC 21 2B 8B ED 62 05 1C 3B BB 86 \
    78 E8 BD 16 E0 55 71 45 4A 42 1F";

#[test]
fn mode_5_is_built_and_read_as_in_the_worked_example() {
    let mut out = [0; Format::MAX_LENGTH];
    let data = response(short(0x0500), &RECORDS);
    let len = builder().encode_into(&data, Format::A, &mut out).unwrap();
    assert_eq!(out[..len], bytes(MODE_5));
    assert_eq!(read(&with_key(), &out[..len], records).unwrap(), RECORDS);
}

#[test]
fn mode_7_is_built_and_read_as_in_the_worked_example() {
    let layer = layer(AuthenticationType::Cmac8, Some(1));
    let builder = builder().with_authentication_layer(layer);
    let built = build(&builder, &response(short(0x0700), &RECORDS));
    assert_eq!(built, bytes(MODE_7));
    let seen = read(&with_key(), &built, |it| (records(it), it.authentication()));
    assert_eq!(seen.unwrap(), (RECORDS.to_vec(), Authentication::Verified));
}

#[test]
fn a_session_is_built_and_read_as_another_implementation_encrypts_it() {
    let extended = ExtendedLink {
        control: CommunicationControl::SYNCHRONOUS,
        ..session()
    };
    let builder = builder().with_extended_link(extended);
    let built = build(&builder, &response(Header::None, &RECORDS));
    assert_eq!(built, bytes(SESSION));
    let seen = read(&with_key(), &built, |it| (records(it), it.encryption()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), None)));
    let closed = read(&Reader::new(), &built, |it| {
        (records(it), it.encryption(), it.application().is_some())
    });
    assert_eq!(closed, Ok((vec![], Some(Encryption::ExtendedLink), false)));
    assert_eq!(
        read(&with_wrong_key(), &built, |_| ()),
        Err(DecodeErrorKind::Key)
    );
}

#[test]
fn a_repeater_does_not_change_the_session() {
    let mut built = build(
        &builder().with_extended_link(session()),
        &response(Header::None, &RECORDS),
    );
    built[11] ^= (CommunicationControl::HOP_COUNT | CommunicationControl::REPEATED).bits();
    assert_eq!(read(&with_key(), &built, records).unwrap(), RECORDS);
}

#[test]
fn without_key_the_header_is_read_and_the_rest_is_named() {
    for (text, mode) in [
        (MODE_5, SecurityMode::AesCbcIv),
        (MODE_7, SecurityMode::AesCbcNoIv),
    ] {
        let seen = read(&Reader::new(), &bytes(text), |it| {
            (it.encryption(), it.header().access_number(), records(it))
        });
        let expected = (Some(Encryption::Message(mode)), Some(0x2A), vec![]);
        assert_eq!(seen, Ok(expected));
    }
}

#[test]
fn a_wrong_key_is_an_error_and_never_a_value() {
    for text in [MODE_5, MODE_7] {
        let seen = read(&with_wrong_key(), &bytes(text), |_| ());
        assert_eq!(seen, Err(DecodeErrorKind::Key));
        let lenient = with_wrong_key().with_tolerance(Tolerance::LENIENT);
        assert_eq!(
            read(&lenient, &bytes(text), |_| ()),
            Err(DecodeErrorKind::Key)
        );
    }
}

#[test]
fn a_changed_message_is_not_authentic() {
    let sound = bytes(MODE_7);
    // Counter, code, access number, status, the second block.
    for at in [18, 19, 28, 29, 60] {
        let mut changed = sound.clone();
        changed[at] ^= 1;
        let error = read(&with_key(), &changed, |_| ()).unwrap_err();
        // Another counter makes another key.
        let expected = if at == 18 {
            DecodeErrorKind::Key
        } else {
            DecodeErrorKind::Authentication
        };
        assert_eq!(error, expected, "byte {at}");
    }
    let mut changed = sound;
    changed[19] ^= 1;
    let allowed = Tolerance::DEFAULT | Tolerance::UNAUTHENTICATED;
    let reader = with_key().with_tolerance(allowed);
    let seen = read(&reader, &changed, |it| {
        (records(it), it.authentication(), it.deviations())
    });
    let expected = (
        RECORDS.to_vec(),
        Authentication::Failed,
        Tolerance::UNAUTHENTICATED,
    );
    assert_eq!(seen, Ok(expected));
}

#[test]
fn mode_7_without_authentication_is_read_on_request_only() {
    let extension = ConfigurationExtension {
        key_derivation: ConfigurationExtension::KDF_A,
        counter: Some(77),
        key_version: Some(2),
        ..ConfigurationExtension::default()
    };
    let builder = builder().with_extension(extension);
    let built = build(&builder, &response(long(0x0700), &RECORDS));
    let error = read(&with_key(), &built, |_| ()).unwrap_err();
    assert_eq!(error, DecodeErrorKind::Unauthenticated);
    let reader = with_key().with_tolerance(Tolerance::UNAUTHENTICATED);
    let seen = read(&reader, &built, |it| (records(it), it.deviations()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::UNAUTHENTICATED)));
}

#[test]
fn every_length_of_a_cmac_is_checked() {
    for kind in [
        AuthenticationType::Cmac2,
        AuthenticationType::Cmac4,
        AuthenticationType::Cmac8,
        AuthenticationType::Cmac12,
        AuthenticationType::Cmac16,
    ] {
        let builder = builder().with_authentication_layer(layer(kind, Some(9)));
        let built = build(&builder, &response(short(0x0500), &RECORDS));
        let seen = read(&with_key(), &built, |it| {
            (
                it.authentication(),
                it.authentication_layer()
                    .unwrap()
                    .mac
                    .unwrap()
                    .as_bytes()
                    .len(),
            )
        });
        let expected = (Authentication::Verified, kind.mac_len().unwrap());
        assert_eq!(seen, Ok(expected));
    }
}

#[test]
fn a_code_that_is_no_cmac_does_not_authenticate_mode_7() {
    let mut built = bytes(MODE_7);
    let gmac = AuthenticationLayer {
        mac: Mac::new(&[1; 12]),
        ..layer(AuthenticationType::Gmac12, Some(1))
    };
    let mut head = [0; AuthenticationLayer::MAX_LENGTH];
    let len = gmac.encode_into(&mut head).unwrap();
    built.splice(10..27, head[..len].iter().copied());
    built[0] += 4;
    let error = read(&with_key(), &built, |_| ()).unwrap_err();
    assert_eq!(error, DecodeErrorKind::Unauthenticated);
    let refused = builder()
        .with_authentication_layer(layer(AuthenticationType::Gmac12, Some(1)))
        .encode_into(
            &response(short(0x0700), &RECORDS),
            Format::A,
            &mut [0; Format::MAX_LENGTH],
        );
    assert_eq!(refused, Err(EncodeError::Security));
}

#[test]
fn telegrams_that_were_decrypted_already_are_read() {
    let plain = [&[0x2F, 0x2F][..], &RECORDS, &[0x2F; 13]].concat();
    let without_key = RadioBuilder::new(SND_NR, meter());
    let mode_5 = build(&without_key, &response(short(0x0520), &plain));
    let behind = [&[0x10][..], &plain].concat();
    let mode_7 = build(&without_key, &response(short(0x0720), &behind));
    let mut session = build(
        &without_key.with_extended_link(ExtendedLink {
            session: SessionNumber::new(0, 0, 0),
            ..session()
        }),
        &response(Header::None, &RECORDS),
    );
    // The session number says AES, the CRC that it is plain.
    session[16] |= 0x20;
    for built in [&mode_5, &mode_7, &session] {
        let seen = read(&Reader::new(), built, |it| (records(it), it.deviations()));
        assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::STRICT)));
    }
    for built in [&mode_5, &session] {
        assert_eq!(read(&with_key(), built, records).unwrap(), RECORDS);
    }
    // Plain text is no way around the authentication that mode 7 demands.
    let refused = read(&with_key(), &mode_7, |_| ()).unwrap_err();
    assert_eq!(refused, DecodeErrorKind::Unauthenticated);
    let reader = with_key().with_tolerance(Tolerance::UNAUTHENTICATED);
    let seen = read(&reader, &mode_7, |it| (records(it), it.deviations()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::UNAUTHENTICATED)));
}

#[test]
fn data_after_the_encrypted_blocks_is_plain() {
    let mut built = build(&builder(), &response(short(0x0500), &RECORDS));
    built.extend([0x01, 0x13, 0x05]);
    built[0] += 3;
    let seen = read(&with_key(), &built, records).unwrap();
    assert_eq!(seen, [&RECORDS[..], &[0x01, 0x13, 0x05]].concat());
    built.truncate(46);
    built[0] = 45;
    let cut = read(&with_key(), &built, |_| ()).unwrap_err();
    assert_eq!(cut, DecodeErrorKind::Truncated { needed: 1 });
}

#[test]
fn no_blocks_mean_all_blocks() {
    let mut built = build(&builder(), &response(short(0x0500), &RECORDS));
    built[13] = 0x00;
    assert_eq!(read(&with_key(), &built, records).unwrap(), RECORDS);
    let wrong = read(&with_wrong_key(), &built, |_| ()).unwrap_err();
    assert_eq!(wrong, DecodeErrorKind::Key);
}

#[test]
fn a_header_that_denies_the_encryption_is_overruled_on_request() {
    let mut built = build(&builder(), &response(short(0x0500), &RECORDS));
    built[14] = 0x00;
    let as_it_says = read(&with_key(), &built, |it| it.encryption()).unwrap();
    assert_eq!(as_it_says, None);
    let reader = with_key().with_tolerance(Tolerance::FORCE_DECRYPTION);
    let seen = read(&reader, &built, |it| (records(it), it.deviations()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::FORCE_DECRYPTION)));
    // What is plain stays so.
    let plain = build(
        &RadioBuilder::new(SND_NR, meter()),
        &response(short(0), &RECORDS),
    );
    let seen = read(&reader, &plain, |it| (records(it), it.deviations()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::STRICT)));
}

#[test]
fn a_header_that_claims_an_encryption_is_overruled_on_request() {
    let plain = build(
        &RadioBuilder::new(SND_NR, meter()),
        &response(short(0x0510), &RECORDS),
    );
    let closed = read(&with_key(), &plain, |_| ()).unwrap_err();
    assert_eq!(closed, DecodeErrorKind::Key);
    for reader in [with_key(), Reader::new()] {
        let reader = reader.with_tolerance(Tolerance::IGNORE_SECURITY);
        let seen = read(&reader, &plain, |it| (records(it), it.deviations()));
        assert_eq!(seen, Ok((RECORDS.to_vec(), Tolerance::IGNORE_SECURITY)));
    }
}

#[test]
fn a_header_with_a_wrong_address_is_overruled_on_request() {
    let mut built = build(&builder(), &response(long(0x0520), &RECORDS));
    // The header says 13345678, where the vector is made of 12345678, the address of the link.
    built[14] = 0x13;
    let seen = |reader: &Reader| {
        read(reader, &built, |it| {
            (records(it), it.meter().to_string(), it.deviations())
        })
    };
    // Plain text has its mark where the vector has the manufacturer: the volume is wrong, unnoticed.
    let mut wrong = RECORDS;
    wrong[3] ^= 1;
    let (read, ..) = seen(&with_key()).unwrap();
    assert_eq!(read[..RECORDS.len()], wrong);
    let by_link = with_key().with_tolerance(Tolerance::LINK_ADDRESS);
    let (read, meter, met) = seen(&by_link).unwrap();
    assert_eq!(read[..RECORDS.len()], RECORDS);
    assert_eq!(meter, "13345678.PAD.01.07");
    assert_eq!(met, Tolerance::LINK_ADDRESS);
    let wrong = with_wrong_key().with_tolerance(Tolerance::LINK_ADDRESS);
    assert_eq!(seen(&wrong), Err(DecodeErrorKind::Key));
    // A correct telegram reads the same.
    built[14] = 0x12;
    let correct = records_and_deviations(&by_link, &built);
    assert_eq!(correct, records_and_deviations(&with_key(), &built));
}

fn records_and_deviations(
    reader: &Reader,
    built: &[u8],
) -> Result<(Vec<u8>, Tolerance), DecodeErrorKind> {
    read(reader, built, |it| (records(it), it.deviations()))
}

#[test]
fn other_modes_are_named_and_handed_out_as_they_are() {
    for mode in [1, 2, 3, 4, 8, 9, 10, 13, 15] {
        let header = short(u16::from(mode) << 8);
        let built = build(
            &RadioBuilder::new(SND_NR, meter()),
            &response(header, &[0xAA; 16]),
        );
        let seen = read(&with_key(), &built, |it| {
            (it.encryption(), it.message().to_vec())
        });
        let named = Encryption::Message(SecurityMode::from_code(mode));
        assert_eq!(seen, Ok((Some(named), built[10..].to_vec())));
        let refused = builder().encode_into(
            &response(header, &RECORDS),
            Format::A,
            &mut [0; Format::MAX_LENGTH],
        );
        assert_eq!(refused, Err(EncodeError::Security));
    }
}

/// The records and five fillers, as OpenSSL encrypts them with the key 0123456789ABCDEF.
const DES: &str = "01 E7 AF 52 DF 05 98 E7 9B 33 E8 12 1E 87 62 AF 1D 85 6E B9 FB 74 D8 17";

/// A telegram in security mode 2, of which so many bytes are encrypted.
fn mode_2(bytes_encrypted: u8, data: &[u8]) -> Vec<u8> {
    let header = short(0x0200 | u16::from(bytes_encrypted));
    build(&RadioBuilder::new(SND_NR, meter()), &response(header, data))
}

fn with_des_key(key: &str) -> Reader {
    Reader::new().with_des_key(key.parse().unwrap())
}

#[test]
fn old_telegrams_with_des_are_read() {
    let reader = with_des_key("0123456789ABCDEF");
    for encrypted in [24, 0] {
        let built = mode_2(encrypted, &bytes(DES));
        assert_eq!(
            records_and_deviations(&reader, &built),
            Ok((RECORDS.to_vec(), Tolerance::STRICT))
        );
    }
    // What follows the encrypted bytes is plain.
    let data = [&bytes(DES)[..], &[0x01, 0x13, 0x05]].concat();
    let (read, _) = records_and_deviations(&reader, &mode_2(24, &data)).unwrap();
    assert_eq!(read, [&RECORDS[..], &[0x01, 0x13, 0x05]].concat());
}

#[test]
fn another_key_of_des_is_an_error_and_none_leaves_the_data_encrypted() {
    let built = mode_2(24, &bytes(DES));
    let reader = with_des_key("FEDCBA9876543210");
    let seen = records_and_deviations(&reader, &built);
    assert_eq!(seen, Err(DecodeErrorKind::Key));
    for reader in [Reader::new(), with_key()] {
        let seen = read(&reader, &built, |it| it.encryption());
        let named = Encryption::Message(SecurityMode::DesCbc);
        assert_eq!(seen, Ok(Some(named)));
    }
    let reader = with_des_key("0123456789ABCDEF");
    // A piece of a block, and more than there is.
    let seen = records_and_deviations(&reader, &mode_2(20, &bytes(DES)));
    assert_eq!(seen, Err(DecodeErrorKind::Key));
    let seen = records_and_deviations(&reader, &mode_2(32, &bytes(DES)));
    assert_eq!(seen, Err(DecodeErrorKind::Truncated { needed: 8 }));
}

#[test]
fn wired_telegrams_with_des_are_read_too() {
    let header = bytes("72 78 56 34 12 24 40 01 07 2A 00 18 02");
    let user_data = [header, bytes(DES)].concat();
    let address = PrimaryAddress::from_code(1);
    let frame = Frame::new(ControlField::rsp_ud(), address, &user_data).unwrap();
    let mut sent = [0; Frame::MAX_LENGTH];
    let length = frame.encode_into(&mut sent).unwrap();
    let telegram = Telegram::parse(&sent[..length]).unwrap();
    assert_eq!(telegram.encryption(), Some(SecurityMode::DesCbc));
    let mut buffer = [0; 256];
    let key = "0123456789ABCDEF".parse().unwrap();
    let plain = telegram.decrypt_des(&key, &mut buffer).unwrap();
    let volume = plain.readings().next().unwrap().unwrap();
    assert_eq!(volume.value.to_string(), "2850.427");
    let wrong = "1023456789ABCDEF".parse().unwrap();
    let error = telegram.decrypt_des(&wrong, &mut [0; 256]).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::Key);
}

#[test]
fn encrypted_structures_other_than_records_are_sorted() {
    let alarm = ApplicationData::Alarm {
        header: short(0x0500),
        data: &[0x04],
    };
    let built = build(&builder(), &alarm);
    let seen = read(&with_key(), &built, |it| match it.application() {
        Some(ApplicationData::Alarm { data, .. }) => data.to_vec(),
        other => panic!("{other:?}"),
    });
    // Fillers up to the end of the block stay.
    assert_eq!(seen.unwrap()[..2], [0x04, 0x2F]);
}

#[test]
fn commands_to_a_meter_have_keys_of_their_own() {
    let command = ApplicationData::Command {
        header: long(0x0700),
        data: UserData::new(&RECORDS),
    };
    let layer = layer(AuthenticationType::Cmac8, Some(1));
    let snd_ud = ControlField::from_code(0x53);
    let to_meter = RadioBuilder::new(snd_ud, "99.PAD.01.31".parse().unwrap())
        .with_key(key())
        .with_authentication_layer(layer);
    let built = build(&to_meter, &command);
    let seen = read(&with_key(), &built, |it| (records(it), it.authentication()));
    assert_eq!(seen, Ok((RECORDS.to_vec(), Authentication::Verified)));
    // Said to come from the meter, it has the wrong key.
    let mut turned = built;
    turned[1] = 0x44;
    let error = read(&with_key(), &turned, |_| ()).unwrap_err();
    assert_eq!(error, DecodeErrorKind::Key);
}

#[test]
fn a_message_in_pieces_is_authenticated_and_decrypted_as_a_whole() {
    let long_records = RECORDS.repeat(10);
    let control = MessageControl::from_code(0x65);
    let layer = AuthenticationLayer {
        message_control: Some(control),
        ..layer(AuthenticationType::Cmac8, Some(5))
    };
    let builder = builder().with_authentication_layer(layer);
    let mut sent = Vec::new();
    let data = response(short(0x0700), &long_records);
    let mut out = [0; Format::MAX_LENGTH];
    builder
        .encode_pieces(&data, 80, Format::A, &mut out, |frame| {
            sent.push(frame.to_vec());
        })
        .unwrap();
    for is_changed in [false, true] {
        let mut reassembly = Reassembly::<512>::new();
        let mut buffer = Buffer::new();
        for (index, frame) in sent.iter().enumerate() {
            let mut frame = frame.clone();
            if is_changed && index == 2 {
                let at = frame.len() - 3;
                frame[at] ^= 1;
            }
            let reader = Reader::new().with_tolerance(Tolerance::CHECKSUM);
            let telegram = reader.read(&frame, &mut buffer).unwrap();
            reassembly.push(&telegram);
        }
        let message = with_key().read_message(&mut reassembly);
        if is_changed {
            assert_eq!(message.unwrap_err().kind, DecodeErrorKind::Authentication);
        } else {
            let message = message.unwrap().unwrap();
            assert_eq!(message.authentication(), Authentication::Verified);
            assert_eq!(records(&message), long_records);
        }
    }
}

#[test]
fn wired_telegrams_are_decrypted_too() {
    for header in [long(0x0500), short(0x0500)] {
        let mut user_data = [0; 256];
        let len = response(header, &RECORDS)
            // In mode 5 there is no extension.
            .encrypt_into(
                &key(),
                Some(ConfigurationExtension::default()),
                Some(meter()),
                &mut user_data,
            )
            .unwrap();
        let frame = Frame::new(
            ControlField::rsp_ud(),
            PrimaryAddress::from_code(1),
            &user_data[..len],
        );
        let mut wire = [0; Frame::MAX_LENGTH];
        let len = frame.unwrap().encode_into(&mut wire).unwrap();
        let telegram = Telegram::parse(&wire[..len]).unwrap();
        assert_eq!(telegram.encryption(), Some(SecurityMode::AesCbcIv));
        assert_eq!(telegram.records().count(), 0);
        let mut buffer = [0; 256];
        let plain = telegram
            .decrypt(&key(), Some(meter()), &mut buffer)
            .unwrap();
        assert_eq!(plain.encryption(), None);
        assert_eq!(plain.records().count(), 3);
        let first = plain.records().next().unwrap().unwrap();
        let data_at = 7 + header.encoded_len() + 2;
        assert_eq!(first.offset(), data_at);
        let wrong = telegram.decrypt(&Key::new([1; 16]), Some(meter()), &mut buffer);
        let error = wrong.unwrap_err();
        assert_eq!(
            (error.kind, error.offset),
            (DecodeErrorKind::Key, data_at - 2)
        );
        // Nobody says whose telegram it is.
        let unnamed = telegram.decrypt(&key(), None, &mut buffer).unwrap();
        let stays = matches!(header, Header::Short(_)).then_some(SecurityMode::AesCbcIv);
        assert_eq!(unnamed.encryption(), stays);
    }
}

#[test]
fn a_message_that_is_not_authentic_leaves_nothing_behind() {
    let mut user_data = [0; 256];
    let extension = ConfigurationExtension::default();
    let len = response(long(0x0700), &RECORDS)
        .encrypt_into(&key(), Some(extension), None, &mut user_data)
        .unwrap();
    let address = PrimaryAddress::from_code(1);
    let frame = Frame::new(ControlField::rsp_ud(), address, &user_data[..len]).unwrap();
    let mut wire = [0; Frame::MAX_LENGTH];
    let len = frame.encode_into(&mut wire).unwrap();
    let telegram = Telegram::parse(&wire[..len]).unwrap();
    let mut buffer = [0; 256];
    let error = telegram.decrypt(&key(), None, &mut buffer).unwrap_err();
    assert_eq!(error.kind, DecodeErrorKind::Unauthenticated);
    assert_eq!(buffer[14..], [0; 242]);
    let allowed = Tolerance::UNAUTHENTICATED;
    let telegram = Telegram::parse_with(&wire[..len], allowed).unwrap();
    let plain = telegram.decrypt(&key(), None, &mut buffer).unwrap();
    assert_eq!(plain.records().count(), 3);
    assert_eq!(plain.deviations(), allowed);
}

#[test]
fn a_reader_does_not_show_its_key() {
    let reader = Reader::new().with_key(Key::new([0xAB; 16]));
    let shown = format!("{reader:?} {:?}", builder().with_key(Key::new([0xAB; 16])));
    assert!(shown.contains("Key(..)"), "{shown}");
    for secret in ["AB", "ab", "171"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn telegrams_that_are_not_encrypted_come_out_as_they_were() {
    // What a header would have there names mode 5.
    let fixed = bytes("68 13 13 68 08 05 73 78 56 34 12 0A 00 E9 7E 01 00 20 05 35 01 00 00 61 16");
    let plain = bytes("68 08 08 68 08 01 78 03 13 15 31 00 DD 16");
    let command = bytes("68 04 04 68 53 FE 51 7F 21 16");
    for wire in [&fixed, &plain, &command] {
        let telegram = Telegram::parse(wire).unwrap();
        let mut buffer = [0; 256];
        let out = telegram.decrypt(&key(), Some(meter()), &mut buffer);
        assert_eq!(out, Ok(telegram));
    }
}

#[test]
fn what_does_not_fit_into_15_blocks_is_refused() {
    let mut out = [0; Format::MAX_LENGTH];
    let full = [0x2F; 238];
    // 240 bytes and the header are too long for a frame, but not for pieces.
    let data = response(short(0x0500), &full);
    assert!(
        builder()
            .encode_pieces(&data, 100, Format::A, &mut out, |_| {})
            .is_ok()
    );
    let data = response(short(0x0500), &[0x2F; 239]);
    let refused = builder().encode_pieces(&data, 100, Format::A, &mut out, |_| {});
    assert!(matches!(refused, Err(EncodeError::Payload { .. })));
}

fn any_header() -> impl Strategy<Value = Header> {
    let mode = prop_oneof![Just(0x0000_u16), Just(0x0500), Just(0x0700)];
    (mode, any::<[u8; 8]>(), any::<u8>(), 0..3_u8).prop_map(|(mode, address, access, kind)| {
        let configuration = Configuration::from_code(mode);
        let status = Status::empty();
        match kind {
            0 => Header::None,
            1 => Header::Short(ShortHeader {
                access_number: access,
                status,
                configuration,
            }),
            _ => Header::Long(LongHeader {
                address: SecondaryAddress::from_bytes(address),
                access_number: access,
                status,
                configuration,
            }),
        }
    })
}

proptest! {
    #[test]
    fn what_is_built_and_encrypted_is_read_and_decrypted(
        header in any_header(), address: [u8; 8], secret: [u8; 16], counter: u32,
        count in 1..6_usize, with_session: bool, with_layer: bool, in_extension: bool,
        format in prop_oneof![Just(Format::A), Just(Format::B), Just(Format::WithoutCrc)],
    ) {
        let address = SecondaryAddress::from_bytes(address);
        let is_mode_7 = header.configuration() == Some(Configuration::from_code(0x0700));
        let mut builder = RadioBuilder::new(SND_NR, address).with_key(Key::new(secret));
        if with_session {
            builder = builder.with_extended_link(session());
        }
        if with_layer || is_mode_7 {
            builder = builder
                .with_authentication_layer(layer(AuthenticationType::Cmac8, Some(counter)));
        }
        if in_extension {
            builder = builder.with_extension(ConfigurationExtension {
                key_derivation: ConfigurationExtension::KDF_A,
                counter: Some(counter),
                ..ConfigurationExtension::default()
            });
        }
        let content = RECORDS.repeat(count);
        let mut out = [0; Format::MAX_LENGTH];
        let len = builder.encode_into(&response(header, &content), format, &mut out).unwrap();
        let reader = Reader::new().with_key(Key::new(secret)).with_tolerance(Tolerance::STRICT);
        let seen = read(&reader, &out[..len], |it| {
            (records(it), it.frame().address(), it.format(), it.authentication())
        });
        let authentication = if with_layer || is_mode_7 {
            Authentication::Verified
        } else {
            Authentication::None
        };
        prop_assert_eq!(seen, Ok((content, address, format, authentication)));
    }

    #[test]
    fn pieces_of_any_size_make_the_same_message(
        size in 1..200_usize, count in 1..14_usize, secret: [u8; 16], counter: u32,
    ) {
        let builder = RadioBuilder::new(SND_NR, meter())
            .with_key(Key::new(secret))
            .with_authentication_layer(layer(AuthenticationType::Cmac12, Some(counter)));
        let content = RECORDS.repeat(count);
        let mut out = [0; Format::MAX_LENGTH];
        let mut reassembly = Reassembly::<256>::new();
        let mut progress = Vec::new();
        let sent = builder.encode_pieces(
            &response(short(0x0700), &content), size, Format::A, &mut out, |frame| {
                let mut buffer = Buffer::new();
                let telegram = Reader::new().read(frame, &mut buffer).unwrap();
                progress.push(reassembly.push(&telegram));
            },
        );
        prop_assert_eq!(sent, Ok(()));
        let reader = with_key().with_key(Key::new(secret));
        let last = progress.pop().unwrap();
        // One piece is none: it was read as a whole.
        if progress.is_empty() {
            prop_assert_eq!(last, Progress::NotAPiece);
        } else {
            prop_assert_eq!(last, Progress::Complete);
            prop_assert!(progress.iter().all(|it| *it == Progress::Incomplete));
            let message = reader.read_message(&mut reassembly).unwrap().unwrap();
            prop_assert_eq!(message.authentication(), Authentication::Verified);
            prop_assert_eq!(records(&message), content);
        }
    }

    #[test]
    fn any_telegram_is_read_or_refused(
        head in prop_oneof![
            Just(vec![]), Just(vec![0x7A, 1, 0, 0x10, 0x05]), Just(vec![0x90]),
            Just(vec![0x8D, 0, 1, 0, 0, 0, 0x20]), Just(vec![0x7A, 1, 0, 0x10, 0x27, 0x10]),
            Just(vec![0x79]), Just(vec![0x69]), Just(vec![0x73]),
        ],
        rest in prop::collection::vec(any::<u8>(), 0..100), secret: [u8; 16], bits: u16,
    ) {
        let length = u8::try_from(9 + head.len() + rest.len()).unwrap();
        let bytes = [&[length, 0x44, 1, 2, 3, 4, 5, 6, 7, 8], &head[..], &rest].concat();
        let reader = Reader::new().with_key(Key::new(secret))
            .with_tolerance(Tolerance::from_bits_truncate(bits));
        let mut buffer = Buffer::new();
        let mut cache = mbus_proto::wireless::FormatCache::<2>::new();
        match reader.read_with(&bytes, &mut cache, &mut buffer) {
            Ok(telegram) => {
                telegram.readings().count();
            }
            Err(error) => prop_assert!(error.offset <= bytes.len()),
        }
    }
}
