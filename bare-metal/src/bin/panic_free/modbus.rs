//! The entrances of modbus-regmap.

use core::hint::black_box;
use core::time::Duration;

use meter_units::Instant;
use modbus_regmap::adu::{
    Adu, Ascii, AsciiDecoder, AsciiDeviations, Buffer, Decoder, Direction, Event, Framing, Header,
    Parity, Rtu, RtuDecoder, SerialLine, Tcp, TcpDecoder, UnitSet, UnknownFunctions, crc16, lrc,
};
use modbus_regmap::client::{self, Check, Client};
use modbus_regmap::pdu::{
    ExceptionCode, FileData, FileRead, FileReads, FileWrite, FileWrites, FunctionCode, Object,
    ObjectId, Objects, Unknown,
};
use modbus_regmap::server::{self, Image, Server, Tables};
use modbus_regmap::{Bits, Registers, Request, Response, Table, UnitId};

use crate::{show, show_debug};

pub(crate) fn request(input: &[u8]) {
    match black_box(Request::parse(input)) {
        Ok(request) => look_at_request(&request),
        Err(error) => show(error),
    }
}

pub(crate) fn response(input: &[u8]) {
    match black_box(Response::parse(input)) {
        Ok(response) => look_at_response(&response),
        Err(error) => show(error),
    }
}

fn look_at_request(request: &Request<'_>) {
    black_box((request.function(), request.encoded_len()));
    black_box((request.is_broadcastable(), request.is_repeatable()));
    let mut out = [0; 253];
    if let Err(error) = black_box(request.encode_into(black_box(&mut out[..]))) {
        show(error);
    }
    match request {
        Request::WriteMultipleCoils { values, .. } => look_at_bits(*values),
        Request::WriteMultipleRegisters { values, .. }
        | Request::ReadWriteMultipleRegisters { values, .. } => look_at_registers(*values),
        Request::ReadFileRecord(reads) => reads.iter().for_each(|read| {
            black_box(read);
        }),
        Request::WriteFileRecord(writes) => writes.iter().for_each(|write| {
            black_box(write);
        }),
        _ => {}
    }
    show_debug(request);
}

fn look_at_response(response: &Response<'_>) {
    black_box((response.function(), response.encoded_len()));
    let mut out = [0; 253];
    if let Err(error) = black_box(response.encode_into(black_box(&mut out[..]))) {
        show(error);
    }
    if let Some(registers) = response.registers() {
        look_at_registers(registers);
    }
    if let Some(bits) = response.bits() {
        look_at_bits(bits);
    }
    match response {
        Response::ReadFileRecord(data) => data.iter().for_each(look_at_registers),
        Response::WriteFileRecord(writes) => writes.iter().for_each(|write| {
            black_box(write);
        }),
        Response::ReadDeviceIdentification(identification) => {
            black_box(identification.objects.get(black_box(ObjectId::VendorName)));
            black_box((
                identification.code.last_object(),
                identification.conformity.level(),
                identification.conformity.has_single_access(),
            ));
        }
        _ => {}
    }
    show_debug(response);
}

fn look_at_registers(registers: Registers<'_>) {
    black_box((registers.len(), registers.is_empty(), registers.as_bytes()));
    black_box(registers.get(black_box(3)));
    black_box(registers.window(black_box(1), black_box(2)));
    registers.iter().for_each(|register| {
        black_box(register);
    });
}

fn look_at_bits(bits: Bits<'_>) {
    black_box((bits.len(), bits.is_empty(), bits.as_bytes()));
    black_box((bits.get(black_box(9)), bits.first(black_box(5))));
    bits.iter().for_each(|bit| {
        black_box(bit);
    });
}

/// Requests and responses with numbers that no parser lets through.
pub(crate) fn built(input: &[u8]) {
    let Some((&[a, b, c, d], data)) = input.split_first_chunk() else {
        return;
    };
    let (first, second) = (u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d]));
    look_at_request(&Request::read(table(a), first, second));
    if let Some(values) = black_box(Registers::from_bytes(data)) {
        look_at_request(&Request::WriteMultipleRegisters {
            address: first,
            values,
        });
        look_at_request(&Request::ReadWriteMultipleRegisters {
            read_address: first,
            read_count: second,
            write_address: second,
            values,
        });
        look_at_response(&Response::ReadHoldingRegisters(values));
        look_at_response(&Response::ReadFifoQueue(values));
    }
    let whole = Bits::from_whole_bytes(data);
    look_at_response(&Response::ReadCoils(whole));
    if let Some(values) = black_box(Bits::from_bytes(data, usize::from(second))) {
        look_at_request(&Request::WriteMultipleCoils {
            address: first,
            values,
        });
    }
    if let Some(unknown) = black_box(Unknown::new(a, data)) {
        black_box((unknown.function(), unknown.data()));
        look_at_request(&Request::Unknown(unknown));
        look_at_response(&Response::Unknown(unknown));
    }
    look_at_response(&Response::Exception {
        function: FunctionCode::from_code(a),
        code: ExceptionCode::from_code(b),
    });
    copied(first, second, data);
}

fn copied(first: u16, second: u16, data: &[u8]) {
    let mut buffer = [0; 253];
    let buffer = black_box(&mut buffer[..]);
    let pair = [first, second];
    let values = pair.get(..usize::from(first)).unwrap_or(&pair);
    black_box(Registers::copy_from(values, buffer));
    black_box(Bits::copy_from(&[first > 3, second > 4], buffer));
    let read = FileRead {
        file: first,
        record: second,
        length: first,
    };
    if let Ok(reads) = black_box(FileReads::copy_from(&[read, read], buffer)) {
        look_at_request(&Request::ReadFileRecord(reads));
    }
    let Some(registers) = Registers::from_bytes(data) else {
        return;
    };
    if let Ok(data) = black_box(FileData::copy_from(&[registers, registers], buffer)) {
        look_at_response(&Response::ReadFileRecord(data));
    }
    let write = FileWrite {
        file: first,
        record: second,
        values: registers,
    };
    if let Ok(writes) = black_box(FileWrites::copy_from(&[write], buffer)) {
        look_at_request(&Request::WriteFileRecord(writes));
    }
    let object = Object {
        id: ObjectId::from_code(first.to_le_bytes()[0]),
        value: data,
    };
    black_box(Objects::copy_from(&[object], buffer)).ok();
}

pub(crate) fn rtu(input: &[u8]) {
    let Some((&flags, input)) = input.split_first() else {
        return;
    };
    let direction = direction(flags);
    black_box(Rtu::length(direction, input));
    black_box(crc16(input));
    match black_box(Rtu::parse(direction, input)) {
        Ok(adu) => look_at_adu::<Rtu>(&adu),
        Err(error) => show(error),
    }
    let mut decoder = RtuDecoder::new(direction);
    if flags & 4 != 0 {
        decoder.set_unknown(UnknownFunctions::ByCrc);
    }
    if flags & 8 != 0 {
        let mut own = UnitSet::EMPTY;
        own.insert(UnitId(flags));
        show_debug(own);
        decoder.set_own(own);
    }
    cut(&mut decoder, input);
}

pub(crate) fn tcp(input: &[u8]) {
    match black_box(Tcp::parse(input)) {
        Ok(adu) => look_at_adu::<Tcp>(&adu),
        Err(error) => show(error),
    }
    cut(&mut TcpDecoder::new(), input);
}

pub(crate) fn ascii(input: &[u8]) {
    let Some((&flags, input)) = input.split_first() else {
        return;
    };
    black_box(lrc(input));
    let allowed = AsciiDeviations::from_bits_truncate(flags);
    let mut buffer = [0; Ascii::MAX_BYTES];
    match black_box(Ascii::parse(input, allowed, &mut buffer)) {
        Ok((adu, met)) => {
            black_box(met);
            look_at_adu::<Ascii>(&adu);
        }
        Err(error) => show(error),
    }
    let mut decoder = AsciiDecoder::new(allowed);
    cut(&mut decoder, input);
    black_box(decoder.deviations());
}

fn look_at_adu<F: Framing>(adu: &Adu<'_>) {
    black_box((adu.request().ok(), adu.response().ok()));
    black_box(F::encoded_len(adu.pdu.len()));
    let mut frame = F::Frame::EMPTY;
    black_box(F::encode_into(
        adu.header,
        adu.pdu,
        black_box(frame.as_mut()),
    ))
    .ok();
    black_box(frame.as_ref());
}

fn cut(decoder: &mut impl Decoder, input: &[u8]) {
    for mut chunk in input.chunks(7) {
        while let Some(event) = decoder.decode(&mut chunk) {
            look_at_event(&event);
        }
        black_box(decoder.held());
    }
    while let Some(event) = decoder.finish() {
        look_at_event(&event);
    }
    black_box(decoder.clear());
}

fn look_at_event(event: &Event<'_>) {
    black_box(event);
    if let Event::Lost(error) = event {
        show(error);
    }
}

pub(crate) fn framing_of_any_pdu(input: &[u8]) {
    let Some((&[a, b, unit], pdu)) = input.split_first_chunk() else {
        return;
    };
    let header = Header {
        transaction: u16::from_le_bytes([a, b]),
        unit: UnitId(unit),
    };
    show(header.unit);
    let adu = Adu { header, pdu };
    look_at_adu::<Rtu>(&adu);
    look_at_adu::<Tcp>(&adu);
    look_at_adu::<Ascii>(&adu);
}

pub(crate) fn client(input: &[u8]) {
    run_client::<Rtu, 1>(input);
    run_client::<Tcp, 4>(input);
    run_client::<Ascii, 2>(input);
}

fn run_client<F: Framing, const N: usize>(input: &[u8]) {
    let Some((&[a, b, c, d, e, f, g, h], rest)) = input.split_first_chunk() else {
        return;
    };
    let mut config = match line([a, b, c, d]) {
        Some(line) => client::Config::serial(line),
        None => client::Config::tcp(),
    };
    config.attempts = e;
    config.late_window = Duration::from_millis(u64::from(f));
    config.response_timeout = Duration::from_secs(u64::from(g) << 40);
    config.first_transaction = u16::from_le_bytes([g, h]);
    if h & 1 != 0 {
        config.transaction = Check::Ignore;
        config.unit = Check::Ignore;
    }
    let mut client = Client::<F, N>::new(config);
    for bytes in rest.chunks(9) {
        let Some((&[kind, unit, x, y], data)) = bytes.split_first_chunk() else {
            break;
        };
        let now = Instant::from_millis(u64::from(u32::from_le_bytes([x, y, unit, kind])) << 20);
        match kind & 7 {
            0 => {
                let (address, count) = (u16::from_le_bytes([x, y]), u16::from(y));
                match client.read(now, UnitId(unit), table(x), address, count) {
                    Ok(id) if y & 1 != 0 => {
                        black_box(client.cancel(now, id));
                    }
                    Ok(_) => {}
                    Err(error) => show(error),
                }
            }
            1 => {
                if let Ok(request) = Request::parse(data) {
                    black_box(client.request(now, UnitId(unit), &request)).ok();
                }
            }
            2 => client.handle_timeout(now),
            3 => client.reconnected(now),
            4 => client.set_pause(Duration::from_millis(u64::from(x))),
            _ => client.handle_input(now, bytes),
        }
        while let Some(output) = client.poll_output() {
            look_at_output(&output);
        }
        black_box((client.poll_timeout(), client.has_room()));
        black_box((client.statistics(), client.decoder_mut().held()));
    }
}

fn look_at_output(output: &client::Output<'_>) {
    match output {
        client::Output::Event(
            client::Event::Invalid { mismatch, .. } | client::Event::Unexpected { mismatch, .. },
        ) => show(mismatch),
        other => show_debug(other),
    }
}

pub(crate) fn server(input: &[u8]) {
    run_server::<Rtu, 1>(input);
    run_server::<Tcp, 4>(input);
    run_server::<Ascii, 2>(input);
}

fn run_server<F: Framing, const N: usize>(input: &[u8]) {
    let Some((&[a, b, c, d, unit, e], rest)) = input.split_first_chunk() else {
        return;
    };
    let mut config = match line([a, b, c, d]) {
        Some(line) => server::Config::serial(line),
        None => server::Config::tcp(),
    };
    config.delay = Duration::from_millis(u64::from(e));
    let (mut coils, mut holding) = ([false; 40], [0; 40]);
    let text = rest.get(..usize::from(e)).unwrap_or_default();
    let identification = [
        (ObjectId::VendorName, text),
        (ObjectId::ProductCode, text),
        (ObjectId::MajorMinorRevision, text),
    ];
    let tables = Tables {
        unit: (unit != 0).then_some(UnitId(unit)),
        coils: black_box(&mut coils[..]),
        holding_registers: black_box(&mut holding[..]),
        input_registers: black_box(&[1, 2, 3]),
        discrete_inputs: black_box(&[true, false]),
        identification: black_box(&identification[..]),
    };
    let mut server = Server::<F, _, N>::new(tables, config);
    for bytes in rest.chunks(11) {
        let Some((&[kind, x, y], _)) = bytes.split_first_chunk() else {
            break;
        };
        let now = Instant::from_millis(u64::from(u16::from_le_bytes([x, y])) << 40);
        match kind & 7 {
            0 => server.handle_timeout(now),
            1 => server.reconnected(),
            2 => {
                server.image_mut().unit = Some(UnitId(x));
                server.update_units();
            }
            _ => server.handle_input(now, bytes),
        }
        while let Some(output) = server.poll_output() {
            show_debug(output);
        }
        black_box((server.poll_timeout(), server.statistics()));
        black_box((
            server.image().has_unit(UnitId(x)),
            server.decoder_mut().held(),
        ));
    }
}

fn line([a, b, c, d]: [u8; 4]) -> Option<SerialLine> {
    let baud = u32::from_le_bytes([a, b, c, d]);
    let mut line = SerialLine::new(baud)?;
    if d & 1 != 0 {
        line = line.with_format(a, Parity::None, b)?;
    }
    black_box((line.character_gap(), line.silence(), line.stop_bits()));
    black_box((line.transmission_time(usize::from(c)), line.baud()));
    Some(line)
}

fn direction(code: u8) -> Direction {
    match code & 3 {
        0 => Direction::Request,
        1 => Direction::Response,
        _ => Direction::Both,
    }
}

fn table(code: u8) -> Table {
    match code & 3 {
        0 => Table::Coil,
        1 => Table::DiscreteInput,
        2 => Table::InputRegister,
        _ => Table::HoldingRegister,
    }
}
