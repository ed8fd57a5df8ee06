//! Frames and protocol data units that others made, where `METERING_VECTORS` names their folder.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use core::str;
use std::io::{self, Write};
use std::path::PathBuf;
use std::{env, fs};

use modbus_regmap::adu::{
    Ascii, AsciiDecoder, AsciiDeviations, Decoder, Direction, Event, FrameLength, Header, Rtu,
    RtuDecoder, Tcp, TcpDecoder, UnknownFunctions, crc16, lrc,
};
use modbus_regmap::{Bits, DecodeErrorKind, Registers, Request, Response, UnitId};
use serde_json::{Value, json};

#[test]
fn checksums() {
    for record in records("checksum.jsonl") {
        let data = bytes(&record["data"]);
        let crc = u16::from_str_radix(&text(&record["crc16"])[2..], 16).unwrap();
        assert_eq!(crc16(&data), crc, "{record}");
        assert_eq!(crc.to_le_bytes().to_vec(), bytes(&record["crc_wire"]));
        let sum = u8::from_str_radix(&text(&record["lrc"])[2..], 16).unwrap();
        assert_eq!(lrc(&data), sum, "{record}");
        // The frame of a unit and a protocol data unit shows the LRC.
        if let [unit, pdu @ ..] = &data[..] {
            let mut out = [0; Ascii::MAX_LENGTH];
            if let Ok(length) = Ascii::encode_into(UnitId(*unit), pdu, &mut out) {
                let digits = str::from_utf8(&out[length - 4..length - 2]).unwrap();
                assert_eq!(u8::from_str_radix(digits, 16), Ok(sum), "{record}");
            }
        }
    }
}

#[test]
fn lengths_of_rtu_frames() {
    for record in records("rtu_length.jsonl") {
        let length = usize::try_from(record["length"].as_u64().unwrap()).unwrap();
        match Rtu::length(direction(&record), &bytes(&record["prefix"])) {
            FrameLength::Known(known) => assert_eq!(known, length, "{record}"),
            // Device identification has to be walked, which takes more than the prefix.
            FrameLength::AtLeast(least) => assert!(8 < least && least <= length, "{record}"),
            other => panic!("{other:?}: {record}"),
        }
    }
}

#[test]
fn sound_frames_are_read_and_written() {
    for record in records("pdu_adu.jsonl") {
        let (direction, frame) = (direction(&record), bytes(&record["hex"]));
        let layer = text(&record["layer"]);
        let mut pdu = frame.clone();
        if layer != "pdu" {
            let header;
            (header, pdu) = parse(layer, direction, &frame).unwrap();
            let unit = header.unit.0;
            assert_eq!(record["unit"], json!(unit), "{record}");
            if layer == "tcp" {
                assert_eq!(record["transaction"], json!(header.transaction), "{record}");
            }
            assert_eq!(pdu, bytes(&record["pdu"]), "{record}");
            assert_eq!(encode(layer, header, &pdu), frame, "{record}");
            assert_eq!(stream(layer, direction, &frame), [pdu.clone()], "{record}");
        }
        check_fields(&record, &fields(direction, &pdu));
        assert_eq!(pdu, encode_again(direction, &pdu), "{record}");
    }
}

#[test]
fn malformed_frames_are_refused() {
    for record in records("malformed.jsonl") {
        let (direction, frame) = (direction(&record), bytes(&record["hex"]));
        let (layer, class) = (text(&record["layer"]), text(&record["error"]));
        // Codes of exceptions are open.
        if class == "exception-code" {
            continue;
        }
        let refused = match layer {
            "pdu" => pdu_error(direction, &frame),
            _ => match parse(layer, direction, &frame) {
                Ok((_, pdu)) => pdu_error(direction, &pdu),
                Err(kind) => Some(kind),
            },
        };
        let Some(kind) = refused else {
            panic!("accepted: {record}");
        };
        let fits = match class {
            "crc" => matches!(kind, DecodeErrorKind::Crc { .. }),
            "incomplete" => matches!(kind, DecodeErrorKind::Truncated { .. }),
            "lrc" => matches!(kind, DecodeErrorKind::Lrc { .. }),
            "trailing" => matches!(kind, DecodeErrorKind::Trailing { .. }),
            "protocol-id" => matches!(kind, DecodeErrorKind::ProtocolId(_)),
            "too-long" => matches!(kind, DecodeErrorKind::TooLong { .. }),
            _ => true,
        };
        assert!(fits, "{kind}: {record}");
        // A stream waits for what is missing.
        if class == "incomplete" && layer != "pdu" {
            assert!(stream(layer, direction, &frame).is_empty(), "{record}");
        }
    }
}

#[test]
fn recorded_answers_fit_their_requests() {
    for record in records("server_pairs.jsonl") {
        let (request, response) = (bytes(&record["request"]), bytes(&record["response"]));
        let adu = Tcp::parse(&response).unwrap();
        assert_eq!(Tcp::parse(&request).unwrap().header, adu.header);
        assert_eq!(adu.pdu, bytes(&record["response_pdu"]));
        let fields = fields(Direction::Response, adu.pdu);
        for name in ["registers", "exception", "bits"] {
            check_field(&record, name, &record[name], &fields[name]);
        }
    }
}

/// Every field of the record has to be there, with the same value.
fn check_fields(record: &Value, found: &Value) {
    for (name, expected) in record["fields"].as_object().unwrap() {
        // Counts of bytes follow from what is counted, and the function is checked elsewhere.
        if !matches!(
            name.as_str(),
            "byte_count" | "bits_requested" | "bits_sha" | "mei" | "write_count" | "fifo_count"
        ) {
            check_field(record, name, expected, &found[name]);
        }
    }
}

fn check_field(record: &Value, name: &str, expected: &Value, found: &Value) {
    match (name, expected) {
        (_, Value::Null) => {}
        // Answers hold more bits than were asked for.
        ("bits", Value::String(bits)) => assert!(text(found).starts_with(bits), "{record}"),
        _ => assert_eq!(expected, found, "{name}: {record}"),
    }
}

/// What a protocol data unit says, in the words of the vectors.
fn fields(direction: Direction, pdu: &[u8]) -> Value {
    match direction {
        Direction::Response => response_fields(&Response::parse(pdu).unwrap()),
        _ => request_fields(&Request::parse(pdu).unwrap()),
    }
}

fn request_fields(request: &Request<'_>) -> Value {
    match *request {
        Request::ReadCoils { address, count }
        | Request::ReadDiscreteInputs { address, count }
        | Request::ReadHoldingRegisters { address, count }
        | Request::ReadInputRegisters { address, count } => {
            json!({"address": address, "count": count})
        }
        Request::WriteSingleCoil { address, value } => json!({"address": address, "value": value}),
        Request::WriteSingleRegister { address, value } => {
            json!({"address": address, "value": value})
        }
        Request::Diagnostics { sub_function, data } => {
            json!({"sub_function": sub_function.0, "data": number(data)})
        }
        Request::WriteMultipleCoils { address, values } => {
            json!({"address": address, "count": values.len(), "bits": digits(values)})
        }
        Request::WriteMultipleRegisters { address, values } => {
            json!({"address": address, "count": values.len(), "registers": numbers(values)})
        }
        Request::ReadFileRecord(groups) => json!({"records": groups
            .iter()
            .map(|group| json!({
                "file": group.file, "record": group.record, "length": group.length
            }))
            .collect::<Vec<_>>()}),
        Request::WriteFileRecord(groups) => json!({"records": groups
            .iter()
            .map(|group| json!({
                "file": group.file, "record": group.record, "registers": numbers(group.values)
            }))
            .collect::<Vec<_>>()}),
        Request::MaskWriteRegister {
            address,
            and_mask,
            or_mask,
        } => json!({"address": address, "and_mask": and_mask, "or_mask": or_mask}),
        Request::ReadWriteMultipleRegisters {
            read_address,
            read_count,
            write_address,
            values,
        } => json!({
            "read_address": read_address,
            "read_count": read_count,
            "write_address": write_address,
            "registers": numbers(values)
        }),
        Request::ReadFifoQueue { address } => json!({"address": address}),
        Request::CanOpen { data } => json!({"data": hex(data)}),
        Request::ReadDeviceIdentification { code, object } => {
            json!({"read_code": code.code(), "object_id": object.code()})
        }
        Request::ReadExceptionStatus
        | Request::GetCommEventCounter
        | Request::GetCommEventLog
        | Request::ReportServerId => json!({}),
        other => panic!("{other:?}"),
    }
}

fn response_fields(response: &Response<'_>) -> Value {
    match *response {
        Response::ReadCoils(bits) | Response::ReadDiscreteInputs(bits) => {
            json!({"bits": digits(bits)})
        }
        Response::ReadHoldingRegisters(registers)
        | Response::ReadInputRegisters(registers)
        | Response::ReadWriteMultipleRegisters(registers)
        | Response::ReadFifoQueue(registers) => json!({"registers": numbers(registers)}),
        Response::WriteSingleCoil { address, value } => json!({"address": address, "value": value}),
        Response::WriteSingleRegister { address, value } => {
            json!({"address": address, "value": value})
        }
        Response::ReadExceptionStatus { status } => json!({"status": status}),
        Response::Diagnostics { sub_function, data } => {
            json!({"sub_function": sub_function.0, "data": number(data)})
        }
        Response::GetCommEventCounter { status, events } => {
            json!({"status": status, "event_count": events})
        }
        Response::GetCommEventLog {
            status,
            events,
            messages,
            log,
        } => json!({
            "status": status,
            "event_count": events,
            "message_count": messages,
            "events": hex(log)
        }),
        Response::WriteMultipleCoils { address, count }
        | Response::WriteMultipleRegisters { address, count } => {
            json!({"address": address, "count": count})
        }
        Response::ReportServerId { data } | Response::CanOpen { data } => {
            json!({"data": hex(data)})
        }
        Response::ReadFileRecord(groups) => json!({"records": groups
            .iter()
            .map(|group| json!({"registers": numbers(group)}))
            .collect::<Vec<_>>()}),
        Response::WriteFileRecord(groups) => request_fields(&Request::WriteFileRecord(groups)),
        Response::MaskWriteRegister {
            address,
            and_mask,
            or_mask,
        } => json!({"address": address, "and_mask": and_mask, "or_mask": or_mask}),
        Response::ReadDeviceIdentification(answer) => json!({
            "read_code": answer.code.code(),
            "conformity": answer.conformity.0,
            "more_follows": answer.next.is_some(),
            "next_object": answer.next.map_or(0, |next| next.code()),
            "objects": answer
                .objects
                .iter()
                .map(|object| json!({
                    "id": object.id.code(), "value": str::from_utf8(object.value).unwrap()
                }))
                .collect::<Vec<_>>()
        }),
        Response::Exception { function, code } => {
            json!({"exception": code.code(), "request_function": function.code()})
        }
        other => panic!("{other:?}"),
    }
}

fn encode_again(direction: Direction, pdu: &[u8]) -> Vec<u8> {
    let mut out = [0; 253];
    let length = match direction {
        Direction::Response => Response::parse(pdu).unwrap().encode_into(&mut out),
        _ => Request::parse(pdu).unwrap().encode_into(&mut out),
    };
    out[..length.unwrap()].to_vec()
}

fn pdu_error(direction: Direction, pdu: &[u8]) -> Option<DecodeErrorKind> {
    let error = match direction {
        Direction::Response => Response::parse(pdu).err(),
        _ => Request::parse(pdu).err(),
    };
    error.map(|error| error.kind)
}

fn parse(
    layer: &str,
    direction: Direction,
    frame: &[u8],
) -> Result<(Header, Vec<u8>), DecodeErrorKind> {
    let mut buffer = [0; Ascii::MAX_BYTES];
    let adu = match layer {
        "rtu" => Rtu::parse(direction, frame),
        "tcp" => Tcp::parse(frame),
        "ascii" => Ascii::parse(frame, AsciiDeviations::empty(), &mut buffer).map(|(adu, _)| adu),
        other => panic!("unknown layer {other}"),
    };
    match adu {
        Ok(adu) => Ok((adu.header, adu.pdu.to_vec())),
        Err(error) => Err(error.kind),
    }
}

fn encode(layer: &str, header: Header, pdu: &[u8]) -> Vec<u8> {
    let mut out = [0; Ascii::MAX_LENGTH];
    let length = match layer {
        "rtu" => Rtu::encode_into(header.unit, pdu, &mut out),
        "tcp" => Tcp::encode_into(header, pdu, &mut out),
        _ => Ascii::encode_into(header.unit, pdu, &mut out),
    };
    out[..length.unwrap()].to_vec()
}

/// The frames in a stream that arrives byte by byte.
fn stream(layer: &str, direction: Direction, bytes: &[u8]) -> Vec<Vec<u8>> {
    match layer {
        "rtu" => {
            let mut decoder = RtuDecoder::new(direction);
            decoder.set_unknown(UnknownFunctions::ByCrc);
            frames(decoder, bytes)
        }
        "tcp" => frames(TcpDecoder::new(), bytes),
        _ => frames(AsciiDecoder::new(AsciiDeviations::empty()), bytes),
    }
}

fn frames(mut decoder: impl Decoder, bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    for mut chunk in bytes.chunks(1) {
        while let Some(event) = decoder.decode(&mut chunk) {
            if let Event::Frame(adu) = event {
                frames.push(adu.pdu.to_vec());
            }
        }
    }
    frames
}

fn direction(record: &Value) -> Direction {
    match text(&record["kind"]) {
        "request" => Direction::Request,
        "response" => Direction::Response,
        other => panic!("unknown kind {other}"),
    }
}

fn numbers(registers: Registers<'_>) -> Vec<u16> {
    registers.iter().collect()
}

fn digits(bits: Bits<'_>) -> String {
    bits.iter().map(|bit| if bit { '1' } else { '0' }).collect()
}

/// The data of a diagnostic, as a number where it has two bytes.
fn number(data: &[u8]) -> Value {
    match data {
        [high, low] => json!(u16::from_be_bytes([*high, *low])),
        _ => json!(hex(data)),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    text(value)
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// The records of a file; none where `METERING_VECTORS` is not set.
fn records(name: &str) -> Vec<Value> {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        // The macro for this would only be heard of where the test fails.
        writeln!(
            io::stderr(),
            "METERING_VECTORS is not set: nothing is checked against {name}"
        )
        .ok();
        return Vec::new();
    };
    let path = PathBuf::from(folder).join("modbus").join(name);
    let lines = fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("METERING_VECTORS is set, but {}: {error}", path.display()));
    let records: Vec<_> = lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert!(!records.is_empty());
    records
}
