//! Every protocol data unit that parses is built again as it was, in any frame as well, and every
//! position points into the input.
#![no_main]

use libfuzzer_sys::fuzz_target;
use modbus_regmap::adu::{
    Adu, Ascii, AsciiDeviations, Direction, FrameLength, Header, Rtu, Tcp, crc16,
};
use modbus_regmap::pdu::{FileRead, FileWrite, FunctionCode};
use modbus_regmap::server::{Tables, answer};
use modbus_regmap::{Bits, Registers, Request, Response, UnitId};

fuzz_target!(|input: &[u8]| {
    check_request(input);
    check_response(input);
    check_answer(input);
    check_frames(input);
    check_rtu(input);
    check_tcp(input);
    check_ascii(input);
});

fn check_request(pdu: &[u8]) {
    let request = match Request::parse(pdu) {
        Ok(request) => request,
        Err(error) => {
            assert!(error.offset <= pdu.len(), "{error}");
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let (mut out, length) = ([0xAA; 253], request.encoded_len());
    assert_eq!(request.encode_into(&mut out), Ok(length));
    assert_eq!(function(&out), request.function().code());
    // Coils that are not asked for are built as zeros.
    if let Request::WriteMultipleCoils { values, .. } = request {
        assert_eq!(out[..length - 1], pdu[..pdu.len() - 1]);
        check_bits(values);
        assert_eq!(Request::parse(&out[..length]), Ok(request));
    } else {
        assert_eq!(out[..length], *pdu);
    }
    assert!(request.encode_into(&mut out[..length - 1]).is_err());
    match request {
        Request::WriteMultipleRegisters { values, .. }
        | Request::ReadWriteMultipleRegisters { values, .. } => check_registers(values),
        Request::ReadFileRecord(reads) => {
            let groups: Vec<FileRead> = reads.iter().collect();
            assert_eq!(7 * groups.len(), reads.as_bytes().len());
        }
        Request::WriteFileRecord(writes) => check_writes(&writes.iter().collect::<Vec<_>>(), pdu),
        _ => {}
    }
}

fn check_response(pdu: &[u8]) {
    let response = match Response::parse(pdu) {
        Ok(response) => response,
        Err(error) => {
            assert!(error.offset <= pdu.len(), "{error}");
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    let (mut out, length) = ([0xAA; 253], response.encoded_len());
    assert_eq!(response.encode_into(&mut out), Ok(length));
    assert_eq!(Response::parse(&out[..length]), Ok(response));
    // The object that follows has no meaning where none does.
    let is_last =
        matches!(response, Response::ReadDeviceIdentification(ref id) if id.next.is_none());
    if is_last {
        assert_eq!((&out[..5], out[5]), (&pdu[..5], 0));
        assert_eq!(out[6..length], pdu[6..]);
    } else {
        assert_eq!(out[..length], *pdu);
    }
    assert!(response.encode_into(&mut out[..length - 1]).is_err());
    if let Some(registers) = response.registers() {
        check_registers(registers);
    }
    if let Some(bits) = response.bits() {
        check_bits(bits);
    }
    match response {
        Response::WriteFileRecord(writes) => check_writes(&writes.iter().collect::<Vec<_>>(), pdu),
        Response::ReadFileRecord(data) => {
            let length: usize = data.iter().map(|part| part.as_bytes().len() + 2).sum();
            assert_eq!(length, data.as_bytes().len());
        }
        Response::ReadDeviceIdentification(id) => {
            let length: usize = id.objects.iter().map(|object| object.value.len() + 2).sum();
            assert_eq!(length, id.objects.as_bytes().len());
            assert_eq!(usize::from(pdu[6]), id.objects.iter().count());
        }
        _ => {}
    }
}

fn check_registers(registers: Registers<'_>) {
    let values: Vec<u16> = registers.iter().collect();
    assert_eq!(values.len(), registers.len());
    for (index, value) in values.iter().enumerate() {
        assert_eq!(registers.get(index), Some(*value));
    }
    assert_eq!(registers.get(values.len()), None);
    let mut buffer = vec![0; 2 * values.len()];
    assert_eq!(Registers::copy_from(&values, &mut buffer), Some(registers));
}

fn check_bits(bits: Bits<'_>) {
    let values: Vec<bool> = bits.iter().collect();
    assert_eq!(values.len(), bits.len());
    for (index, value) in values.iter().enumerate() {
        assert_eq!(bits.get(index), Some(*value));
    }
    assert_eq!(bits.get(values.len()), None);
    let mut buffer = vec![0; values.len().div_ceil(8)];
    assert_eq!(Bits::copy_from(&values, &mut buffer), Some(bits));
}

fn check_writes(writes: &[FileWrite<'_>], pdu: &[u8]) {
    let length: usize = writes
        .iter()
        .map(|write| write.values.as_bytes().len() + 7)
        .sum();
    assert_eq!(length, pdu.len() - 2);
}

/// Whatever is asked, the answer is a response to it.
fn check_answer(pdu: &[u8]) {
    let (mut coils, mut holding) = ([true; 50], [7; 300]);
    let mut tables = Tables {
        coils: &mut coils,
        discrete_inputs: &[true; 9],
        holding_registers: &mut holding,
        input_registers: &[3; 200],
        ..Tables::default()
    };
    let mut out = [0; 253];
    match answer(&mut tables, UnitId(1), pdu, &mut out) {
        Some((length, _)) => {
            let response = Response::parse(&out[..length]).unwrap();
            assert_eq!(response.function(), FunctionCode::from_code(pdu[0]));
            let refused = matches!(response, Response::Exception { .. });
            assert!(refused || Request::parse(pdu).is_ok(), "{response:?}");
        }
        None => assert!(matches!(pdu.first(), None | Some(0 | 0x80..))),
    }
}

/// A frame around any protocol data unit is read back, by its encoder's own framing.
fn check_frames(pdu: &[u8]) {
    let unit = UnitId(pdu.first().map_or(9, |byte| byte ^ 0x55));
    let header = Header {
        transaction: crc16(pdu),
        unit,
    };
    let (mut rtu, mut tcp) = ([0; Rtu::MAX_LENGTH], [0; Tcp::MAX_LENGTH]);
    let (mut ascii, mut buffer) = ([0; Ascii::MAX_LENGTH], [0; Ascii::MAX_BYTES]);
    let lengths = (
        Rtu::encode_into(unit, pdu, &mut rtu).ok(),
        Tcp::encode_into(header, pdu, &mut tcp).ok(),
        Ascii::encode_into(unit, pdu, &mut ascii).ok(),
    );
    let (Some(rtu_length), Some(tcp_length), Some(ascii_length)) = lengths else {
        assert_eq!(lengths, (None, None, None));
        assert!(!(1..=253).contains(&pdu.len()));
        return;
    };
    assert_eq!(crc16(&rtu[..rtu_length]), 0);
    assert_eq!(Tcp::parse(&tcp[..tcp_length]), Ok(Adu { header, pdu }));
    let serial = Header::serial(unit);
    let parsed = Ascii::parse(
        &ascii[..ascii_length],
        AsciiDeviations::empty(),
        &mut buffer,
    );
    let adu = Adu {
        header: serial,
        pdu,
    };
    assert_eq!(parsed, Ok((adu, AsciiDeviations::empty())));
    // What parses has the length that its first bytes tell.
    for (direction, parses) in [
        (Direction::Request, Request::parse(pdu).is_ok()),
        (Direction::Response, Response::parse(pdu).is_ok()),
    ] {
        let told = Rtu::length(direction, &rtu[..rtu_length]);
        let is_known = !matches!(told, FrameLength::Unknown);
        let is_loopback = pdu[0] == 0x08 && pdu.len() != 5;
        if parses && is_known && !is_loopback {
            assert_eq!(told, FrameLength::Known(rtu_length), "{direction:?}");
            assert_eq!(Rtu::parse(direction, &rtu[..rtu_length]), Ok(adu));
        }
    }
}

fn check_rtu(input: &[u8]) {
    for direction in [Direction::Request, Direction::Response, Direction::Both] {
        match Rtu::parse(direction, input) {
            Ok(adu) => {
                let mut out = [0; Rtu::MAX_LENGTH];
                let length = Rtu::encode_into(adu.header.unit, adu.pdu, &mut out).unwrap();
                assert_eq!(out[..length], *input);
            }
            Err(error) => assert!(error.offset <= input.len(), "{error}"),
        }
    }
}

fn check_tcp(input: &[u8]) {
    match Tcp::parse(input) {
        // Some gateways send no protocol data unit at all.
        Ok(adu) if adu.pdu.is_empty() => assert_eq!(input.len(), 7),
        Ok(adu) => {
            let mut out = [0; Tcp::MAX_LENGTH];
            let length = Tcp::encode_into(adu.header, adu.pdu, &mut out).unwrap();
            assert_eq!(out[..length], *input);
        }
        Err(error) => assert!(error.offset <= input.len(), "{error}"),
    }
}

fn check_ascii(input: &[u8]) {
    let (mut buffer, mut other) = ([0; Ascii::MAX_BYTES], [0; Ascii::MAX_BYTES]);
    let strict = Ascii::parse(input, AsciiDeviations::empty(), &mut buffer);
    match Ascii::parse(input, AsciiDeviations::all(), &mut other) {
        Ok((adu, met)) => {
            assert_eq!(strict.is_ok(), met.is_empty());
            let mut out = [0; Ascii::MAX_LENGTH];
            let length = Ascii::encode_into(adu.header.unit, adu.pdu, &mut out).unwrap();
            if met.is_empty() {
                assert_eq!(out[..length], *input);
            }
            let again = Ascii::parse(&out[..length], AsciiDeviations::empty(), &mut buffer);
            assert_eq!(again, Ok((adu, AsciiDeviations::empty())));
        }
        Err(error) => {
            assert!(strict.is_err());
            assert!(error.offset <= input.len(), "{error}");
        }
    }
}

/// The function code of a protocol data unit, also of one that refuses.
fn function(pdu: &[u8]) -> u8 {
    pdu[0] & 0x7F
}
