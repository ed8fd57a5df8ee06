//! The entrances of mbus-proto.

use core::hint::black_box;

use mbus_proto::app::{
    BaudRate, Command, Configuration, ControlInformation, FixedData, Header, LongHeader, ResetCode,
    ShortHeader, Status,
};
use mbus_proto::link::{
    ControlField, FrameCountBit, FrameDecoder, Identification, Manufacturer, PrimaryAddress,
    SecondaryAddress, SecondaryAddressMask, SingleCharacter,
};
use mbus_proto::meter_units::{Absent, Medium, Number, Reading, Timestamp, Value};
use mbus_proto::record::{
    DataField, Function, Profile, ProfileBase, Record, RecordBuilder, Records,
};
use mbus_proto::{ApplicationData, ByteOrder, Frame, Telegram, Tolerance};

use crate::{show, show_debug, units};

pub(crate) fn frame(input: &[u8]) {
    if let Ok((frame, rest)) = black_box(Frame::parse(input)) {
        black_box(rest);
        look_at_frame(&frame);
    }
}

pub(crate) fn tolerant_frame(input: &[u8]) {
    let Some((allowed, input)) = tolerance(input) else {
        return;
    };
    if let Ok((frame, rest, met)) = black_box(Frame::parse_with(input, allowed)) {
        black_box((rest, met));
        look_at_frame(&frame);
        black_box(frame.application_with(allowed));
    }
}

fn look_at_frame(frame: &Frame<'_>) {
    black_box((frame.control(), frame.address(), frame.ci()));
    black_box((frame.data(), frame.user_data(), frame.encoded_len()));
    black_box(frame.application());
    let mut out = [0; Frame::MAX_LENGTH];
    black_box(frame.encode_into(black_box(&mut out[..]))).ok();
    if let (Some(control), Some(address)) = (frame.control(), frame.address()) {
        black_box(Frame::new(control, address, frame.user_data())).ok();
    }
}

pub(crate) fn frame_decoder(input: &[u8]) {
    let mut decoder = FrameDecoder::new();
    if black_box(true) {
        decoder.set_single_character(SingleCharacter::Skip);
    }
    for mut chunk in input.chunks(7) {
        while let Some(event) = decoder.decode(&mut chunk) {
            black_box(event);
        }
        black_box(decoder.held());
    }
    while let Some(event) = decoder.finish() {
        black_box(event);
    }
    decoder.clear();
    black_box(&decoder);
}

pub(crate) fn application(input: &[u8]) {
    let Some((allowed, input)) = tolerance(input) else {
        return;
    };
    black_box(ApplicationData::parse(input)).ok();
    if let Ok((data, met)) = black_box(ApplicationData::parse_with(input, allowed)) {
        black_box(met);
        look_at_application(&data);
    }
}

pub(crate) fn plain_application(input: &[u8]) {
    let Some((&[kind, ci], rest)) = input.split_first_chunk() else {
        return;
    };
    let Some((&header, plain)) = rest.split_first_chunk() else {
        return;
    };
    let header = match kind {
        0 => Header::None,
        1 => Header::Long(LongHeader::from_bytes(header, ByteOrder::MostFirst)),
        _ => {
            let [.., a, b, c, d] = header;
            Header::Short(ShortHeader::from_bytes([a, b, c, d]))
        }
    };
    let ci = ControlInformation::from_code(ci);
    if let Ok(data) = black_box(ApplicationData::from_plain(ci, header, plain)) {
        look_at_application(&data);
    }
}

fn look_at_application(data: &ApplicationData<'_>) {
    let header = data.header();
    black_box((header.address(), header.medium(), header.access_number()));
    black_box((
        header.status(),
        header.configuration(),
        header.is_encrypted(),
    ));
    black_box((data.ci().ok(), data.encoded_len()));
    let mut out = [0; 512];
    black_box(data.encode_into(black_box(&mut out[..]))).ok();
    match data {
        ApplicationData::Command { data, .. }
        | ApplicationData::Response { data, .. }
        | ApplicationData::Selection { data, .. } => {
            black_box((data.bytes(), data.offset(), data.medium()));
            data.records().for_each(|record| {
                black_box(record).ok();
            });
        }
        ApplicationData::Fixed(data) => look_at_fixed(data),
        _ => {}
    }
}

pub(crate) fn fixed_data(input: &[u8]) {
    if let Some((bytes, [order, ..])) = input.split_first_chunk() {
        look_at_fixed(&FixedData::from_bytes(bytes, byte_order(*order)));
    }
}

fn look_at_fixed(data: &FixedData<'_>) {
    black_box((data.as_bytes(), data.byte_order(), data.identification()));
    black_box((data.access_number(), data.status(), data.medium()));
    for counter in data.counters() {
        black_box((counter.data(), counter.unit(), counter.storage()));
        black_box(counter.reading());
    }
}

pub(crate) fn telegram(input: &[u8]) {
    let Some((allowed, input)) = tolerance(input) else {
        return;
    };
    black_box(Telegram::parse(input)).ok();
    let Ok(telegram) = black_box(Telegram::parse_with(input, allowed)) else {
        return;
    };
    black_box((telegram.frame(), telegram.application(), telegram.header()));
    black_box((telegram.deviations(), telegram.encryption()));
    for record in telegram.records().flatten() {
        black_box(record);
    }
    for reading in telegram.readings() {
        black_box(reading).ok();
    }
}

pub(crate) fn records(input: &[u8]) {
    let mut records = opaque_records(input);
    while let Some(record) = records.next() {
        black_box(record).ok();
        black_box((records.offset(), records.remainder()));
    }
    black_box(records.more_follow());
}

pub(crate) fn record(input: &[u8]) {
    for record in opaque_records(input).flatten() {
        look_at_record(&record);
    }
}

fn look_at_record(record: &Record<'_>) {
    black_box((record.kind(), record.offset(), record.as_bytes()));
    black_box((record.header(), record.lvar(), record.data()));
    black_box((record.function(), record.storage()));
    black_box((record.tariff(), record.subunit(), record.error()));
    black_box((record.deviations(), record.quantity(), record.unit()));
    let (dib, vib) = (record.dib(), record.vib());
    black_box((dib.as_bytes(), dib.dif(), dib.dife(), dib.data_field()));
    black_box((vib.as_bytes(), vib.vif()));
    if let Some(text) = record.plain_text() {
        text.chars().for_each(|character| {
            black_box(character);
        });
    }
    for combinable in record.combinables() {
        black_box((combinable.code(), combinable.level(), combinable.name()));
        black_box(combinable.is_scale_or_unit());
    }
    black_box(record.value());
    black_box(record.reading());
}

pub(crate) fn profile(input: &[u8]) {
    let records = opaque_records(input);
    for record in records.clone().flatten() {
        if let Some(Ok(profile)) = black_box(record.profile()) {
            look_at_profile(&profile, profile.base(records.clone()));
            look_at_profile(&profile, ProfileBase::default());
        }
    }
}

fn look_at_profile(profile: &Profile<'_>, base: ProfileBase) {
    black_box((profile.kind(), profile.increment(), profile.spacing()));
    black_box((profile.element(), profile.elements()));
    profile.readings(black_box(base)).for_each(|reading| {
        black_box(reading);
    });
}

pub(crate) fn address(input: &[u8]) {
    let Some((&bytes, rest)) = input.split_first_chunk() else {
        return;
    };
    let address = SecondaryAddress::from_bytes(bytes);
    let mut mask = SecondaryAddressMask::from_bytes(bytes);
    if let [position, digit, ..] = *rest {
        black_box(PrimaryAddress::slave(digit));
        mask = mask.with_digit(position, digit).unwrap_or(mask);
    }
    black_box((mask.matches(&address), mask.first_open_digit()));
    black_box((mask.to_bytes(), address.to_bytes()));
    let number = address.identification;
    black_box(number.to_decimal());
    black_box(Identification::from_decimal(number.bcd()));
    let manufacturer = address.manufacturer;
    black_box((manufacturer.letters(), manufacturer.is_soft()));
    let [a, b, c, ..] = bytes;
    black_box(Manufacturer::from_letters([a, b, c]));
    show(address);
    show(mask);
    show(number);
    show(manufacturer);
    show(PrimaryAddress::from_code(a));
}

pub(crate) fn address_text(input: &[u8]) {
    let Ok(text) = core::str::from_utf8(input) else {
        return;
    };
    black_box(text.parse::<SecondaryAddress>()).ok();
    black_box(text.parse::<SecondaryAddressMask>()).ok();
    black_box(text.parse::<Identification>()).ok();
    if let Err(error) = black_box(text.parse::<Manufacturer>()) {
        show(error);
    }
}

pub(crate) fn codes(input: &[u8]) {
    let Some(&[code, other, ..]) = input.first_chunk::<2>() else {
        return;
    };
    let control = ControlField::from_code(code);
    black_box((control.function(), control.frame_count()));
    show(control);
    let ci = ControlInformation::from_code(code);
    black_box((ci.name(), ci.classic_name(), ci.header(), ci.direction()));
    show(ci);
    if let Some(rate) = black_box(BaudRate::from_ci(ci)) {
        black_box(rate.bits_per_second());
        show(rate);
    }
    black_box(BaudRate::from_bits_per_second(u32::from(code)));
    let configuration = Configuration::from_code(u16::from_le_bytes([code, other]));
    black_box((
        configuration.security_mode(),
        configuration.encrypted_blocks(),
    ));
    black_box(configuration.fields());
    show(Status::from_bits_retain(code).application_state());
    let reset = ResetCode::from_code(code);
    black_box((reset.application(), reset.block()));
}

pub(crate) fn errors(input: &[u8]) {
    if let Err(error) = Telegram::parse(input) {
        show(error);
        black_box(error.kind.name());
    }
    for error in opaque_records(input).filter_map(Result::err) {
        show(error);
    }
    if let Err(error) = RecordBuilder::new(input) {
        show(error);
    }
}

pub(crate) fn record_builder(input: &[u8]) {
    let Some((&[dif, lvar, vif, vife, a, b, c, d], data)) = input.split_first_chunk() else {
        return;
    };
    let number = u32::from_le_bytes([a, b, c, d]);
    let wide = units::integer(data);
    let field = DataField::from_dif(dif);
    let civil = units::civil(data);
    let text = core::str::from_utf8(data).unwrap_or_default();
    let start = match lvar {
        0 => RecordBuilder::plain_text(text),
        1 => RecordBuilder::new(&[0xFD, vif]),
        _ => RecordBuilder::new(&[vif]),
    };
    let Ok(start) = start.and_then(|builder| {
        builder
            .function(Function::from_dif(dif))
            .storage(u64::from(number))?
            .tariff(number)?
            .subunit(u16::from_le_bytes([a, b]))?
            .vife(vife)
    }) else {
        return;
    };
    look_at_builder(&start);
    look_at_builder(&start.text_after_vife());
    look_at_builder(&start.no_data());
    look_at_builder(&start.real(f32::from_bits(number)));
    look_at_builder(&start.time_of_day(&civil));
    let built = [
        start.integer(field, wide),
        start.unsigned(field, units::bits(data)),
        start.flags(field, units::bits(data)),
        start.bcd(field, wide),
        start.raw(field, data),
        start.raw_variable(lvar, data),
        start.text(text),
        start.date(&civil),
        start.date_time(&civil, lvar & 1 != 0),
        start.date_time_seconds(&civil, lvar & 1 != 0),
    ];
    for builder in built.into_iter().flatten() {
        look_at_builder(&builder);
    }
}

pub(crate) fn record_of_reading(input: &[u8]) {
    for record in opaque_records(input).flatten() {
        encode_reading(&record.reading());
    }
    // Values that a record of ours does not have.
    let Some((&[unit, kind], rest)) = input.split_first_chunk() else {
        return;
    };
    let Some(Ok(record)) = opaque_records(rest).next() else {
        return;
    };
    let value = match kind {
        0 => Value::Time(Timestamp::from_unix(units::integer(rest))),
        1 => Value::Number(Number::F64(f64::from_bits(units::bits(rest)))),
        2 => Value::Number(Number::Decimal(units::decimal(rest))),
        3 => Value::Text(units::opaque_text(rest)),
        4 => Value::Bytes(rest),
        5 => Value::Flags(units::bits(rest)),
        6 => Value::Time(Timestamp::Local {
            civil: units::civil(rest),
            dst: Some(true),
        }),
        _ => Value::None(Absent::Overflow),
    };
    let reading = Reading {
        value,
        ..record.reading()
    };
    encode_reading(&reading.relabel(units::unit(unit)));
}

fn encode_reading(reading: &Reading<'_>) {
    if let Ok(builder) = black_box(RecordBuilder::from_reading(reading)) {
        look_at_builder(&builder);
    }
}

fn look_at_builder(builder: &RecordBuilder<'_>) {
    black_box(builder.encoded_len());
    let mut out = [0; 64];
    black_box(builder.encode_into(black_box(&mut out[..]))).ok();
}

pub(crate) fn command(input: &[u8]) {
    let Some((&bytes, rest)) = input.split_first_chunk::<8>() else {
        return;
    };
    let [code, address, a, b, c, d, ..] = bytes;
    let address = PrimaryAddress::from_code(address);
    let number = Identification::from_bcd(u32::from_le_bytes([a, b, c, d]));
    let mask = SecondaryAddressMask::from_bytes(bytes);
    let new = SecondaryAddress::from_bytes(bytes);
    let commands = [
        Some(Command::reset_link(address)),
        Some(Command::deselect()),
        Some(Command::select(mask)),
        Some(Command::select_fabrication(mask, number)),
        Some(Command::reset_application(
            address,
            Some(ResetCode::from_code(code)),
        )),
        Command::set_primary_address(address, PrimaryAddress::from_code(code)),
        Some(Command::set_identification(address, number)),
        Some(Command::set_secondary_address(address, new)),
        Some(Command::set_clock(address, [a, b, c, d])),
        Some(Command::set_date(address, [a, b])),
        BaudRate::from_bits_per_second(u32::from(code))
            .map(|rate| Command::set_baud_rate(address, rate)),
        Some(Command::request_all(address)),
        Some(Command::request_all_by_dif(address)),
        Command::request_data(address, rest).ok(),
        Some(Command::synchronize_classic(address)),
        Some(Command::synchronize(address)),
    ];
    for command in commands.into_iter().flatten() {
        let command = black_box(command).with_frame_count(FrameCountBit::Set);
        look_at_frame(&command.frame());
        show_debug(command);
    }
}

/// Any deviations, and the input behind the two bytes that name them.
fn tolerance(input: &[u8]) -> Option<(Tolerance, &[u8])> {
    let (bits, rest) = input.split_first_chunk()?;
    Some((Tolerance::from_bits_retain(u16::from_le_bytes(*bits)), rest))
}

const fn byte_order(code: u8) -> ByteOrder {
    match code & 1 {
        0 => ByteOrder::LeastFirst,
        _ => ByteOrder::MostFirst,
    }
}

/// Records with options that come out of the input.
fn opaque_records(input: &[u8]) -> Records<'_> {
    let Some((&[low, high, order, master, base, medium], input)) = input.split_first_chunk() else {
        return Records::new(input);
    };
    let records = Records::new(input)
        .with_tolerance(Tolerance::from_bits_retain(u16::from_le_bytes([low, high])))
        .with_byte_order(byte_order(order))
        .with_medium(Medium::from_code(medium))
        .with_base(usize::from(base));
    match master {
        0 => records,
        _ => records.from_master(),
    }
}
