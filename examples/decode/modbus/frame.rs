//! Frames and protocol data units, field by field.

use modbus_regmap::adu::{
    Adu, Ascii, AsciiDeviations, Direction, FrameLength, Header, Rtu, Tcp, crc16,
};
use modbus_regmap::{
    Bits, DecodeError, DecodeErrorKind, FunctionCode, Registers, Request, Response, UnitId,
};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{Fault, bytes};

/// How bytes are framed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layer {
    Pdu,
    Rtu,
    Tcp,
    Ascii,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Request,
    Response,
}

impl Kind {
    const fn direction(self) -> Direction {
        match self {
            Self::Request => Direction::Request,
            Self::Response => Direction::Response,
        }
    }
}

#[derive(Deserialize)]
struct Frame {
    layer: Layer,
    kind: Kind,
    hex: String,
}

#[derive(Deserialize)]
struct Prefix {
    kind: Kind,
    prefix: String,
}

#[derive(Deserialize)]
struct Pair {
    request: String,
    response: String,
}

#[derive(Deserialize)]
struct Data {
    data: String,
}

/// One frame.
pub(super) fn answer(line: Json) -> Result<Json, Fault> {
    let line: Frame = serde_json::from_value(line)?;
    Ok(frame(line.layer, line.kind.direction(), &bytes(&line.hex)?))
}

/// How long the RTU frame becomes that begins like this.
pub(super) fn length(line: Json) -> Result<Json, Fault> {
    let line: Prefix = serde_json::from_value(line)?;
    let length = match Rtu::length(line.kind.direction(), &bytes(&line.prefix)?) {
        FrameLength::Known(length) => Some(length),
        _ => None,
    };
    Ok(json!({ "length": length }))
}

/// A request over TCP and its response.
pub(super) fn pair(line: Json) -> Result<Json, Fault> {
    let line: Pair = serde_json::from_value(line)?;
    Ok(json!({
        "request": frame(Layer::Tcp, Direction::Request, &bytes(&line.request)?),
        "response": frame(Layer::Tcp, Direction::Response, &bytes(&line.response)?),
    }))
}

/// The checks of serial lines over some bytes.
pub(super) fn checksums(line: Json) -> Result<Json, Fault> {
    let line: Data = serde_json::from_value(line)?;
    let data = bytes(&line.data)?;
    let crc = crc16(&data);
    let mut answer = json!({
        "crc16": format!("{crc:#06x}"),
        "crc_wire": hex::encode(crc.to_le_bytes()),
    });
    // The frame of a unit and a protocol data unit shows the LRC.
    if let Some((unit, pdu)) = data.split_first() {
        let mut out = [0; Ascii::MAX_LENGTH];
        if let Ok(length) = Ascii::encode_into(UnitId(*unit), pdu, &mut out) {
            let digits = out.get(length - 4..length - 2).unwrap_or_default();
            let digits = String::from_utf8_lossy(digits).to_lowercase();
            answer["lrc"] = json!(format!("0x{digits}"));
        }
    }
    Ok(answer)
}

/// What a frame says, or why it cannot be read.
pub(super) fn frame(layer: Layer, direction: Direction, bytes: &[u8]) -> Json {
    let mut buffer = [0; Ascii::MAX_BYTES];
    let read = parse(layer, direction, bytes, &mut buffer).and_then(|adu| {
        let mut answer = match direction {
            Direction::Response => response(adu.pdu)?,
            _ => request(adu.pdu)?,
        };
        if layer != Layer::Pdu {
            answer["unit"] = json!(adu.header.unit.0);
            answer["pdu"] = json!(hex::encode(adu.pdu));
        }
        if layer == Layer::Tcp {
            answer["transaction"] = json!(adu.header.transaction);
        }
        Ok(answer)
    });
    read.unwrap_or_else(|refusal| refusal.json(direction))
}

/// A protocol data unit has no header of its own.
pub(super) fn parse<'a>(
    layer: Layer,
    direction: Direction,
    bytes: &'a [u8],
    buffer: &'a mut [u8; Ascii::MAX_BYTES],
) -> Result<Adu<'a>, Refusal> {
    Ok(match layer {
        Layer::Pdu => Adu {
            header: Header::serial(UnitId(0)),
            pdu: bytes,
        },
        Layer::Rtu => Rtu::parse(direction, bytes)?,
        Layer::Tcp => Tcp::parse(bytes)?,
        Layer::Ascii => Ascii::parse(bytes, AsciiDeviations::empty(), buffer)?.0,
    })
}

/// Why a frame is refused: an error of the library, or a type of function 43 that is reserved.
#[derive(Clone, Copy, Debug)]
pub(super) enum Refusal {
    Decode(DecodeError),
    Mei(u8),
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        Self::Decode(error)
    }
}

impl Refusal {
    pub(super) fn text(self) -> String {
        match self {
            Self::Decode(error) => error.to_string(),
            Self::Mei(code) => format!("type {code} of function 43 is reserved at byte 1"),
        }
    }

    fn json(self, direction: Direction) -> Json {
        let class = self.class(direction);
        let result = if class == "incomplete" {
            "incomplete"
        } else {
            "error"
        };
        let mut answer = json!({"result": result, "error": class, "message": self.text()});
        if let Self::Decode(error) = self {
            answer["offset"] = json!(error.offset);
        }
        answer
    }

    /// The kind of error in a word.
    const fn class(self, direction: Direction) -> &'static str {
        use DecodeErrorKind as Kind;
        let Self::Decode(error) = self else {
            return "mei";
        };
        match error.kind {
            Kind::Truncated { .. } => "incomplete",
            Kind::Trailing { .. } => "trailing",
            Kind::TooLong { .. } => "too-long",
            Kind::FunctionCode(_) => "function",
            // answers count bytes
            Kind::Count { found: 0, .. } if matches!(direction, Direction::Response) => "length",
            Kind::Count { .. } => "limit",
            Kind::ByteCount { .. } | Kind::UnevenByteCount { .. } | Kind::LengthField(_) => {
                "length"
            }
            Kind::AddressRange { .. } => "range",
            Kind::Crc { .. } => "crc",
            Kind::Lrc { .. } => "lrc",
            Kind::ProtocolId(_) => "protocol-id",
            Kind::Start(_) => "start",
            Kind::Digit(b'a'..=b'f') => "case",
            Kind::Digit(_) | Kind::OddDigits | Kind::End(_) => "hex",
            _ => "value",
        }
    }
}

fn request(pdu: &[u8]) -> Result<Json, Refusal> {
    let request = Request::parse(pdu).map_err(|error| match error.kind {
        // a count above its limit says more than the length that it leads to
        DecodeErrorKind::TooLong { .. } => {
            let start = pdu.get(..error.offset).unwrap_or(pdu);
            match Request::parse(start) {
                Err(inner) if matches!(inner.kind, DecodeErrorKind::Count { .. }) => inner,
                _ => error,
            }
        }
        _ => error,
    })?;
    let fields = request_fields(&request, pdu)?;
    Ok(answer_of(pdu, fields))
}

fn response(pdu: &[u8]) -> Result<Json, Refusal> {
    let response = Response::parse(pdu)?;
    let fields = response_fields(&response, pdu)?;
    Ok(answer_of(pdu, fields))
}

fn answer_of(pdu: &[u8], fields: Json) -> Json {
    json!({"result": "ok", "function": pdu.first(), "fields": fields})
}

fn request_fields(request: &Request<'_>, pdu: &[u8]) -> Result<Json, Refusal> {
    Ok(match *request {
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
        Request::WriteMultipleCoils { address, values } => json!({
            "address": address,
            "count": values.len(),
            "byte_count": values.as_bytes().len(),
            "bits": digits(values)
        }),
        Request::WriteMultipleRegisters { address, values } => json!({
            "address": address,
            "count": values.len(),
            "byte_count": values.as_bytes().len(),
            "registers": numbers(values)
        }),
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
            "write_count": values.len(),
            "byte_count": values.as_bytes().len(),
            "registers": numbers(values)
        }),
        Request::ReadFifoQueue { address } => json!({"address": address}),
        Request::CanOpen { data } => json!({"mei": 13, "data": hex::encode(data)}),
        Request::ReadDeviceIdentification { code, object } => {
            json!({"mei": 14, "read_code": code.code(), "object_id": object.code()})
        }
        Request::ReadExceptionStatus
        | Request::GetCommEventCounter
        | Request::GetCommEventLog
        | Request::ReportServerId => json!({}),
        // a function without a meaning here
        _ => unknown(pdu)?,
    })
}

fn response_fields(response: &Response<'_>, pdu: &[u8]) -> Result<Json, Refusal> {
    Ok(match *response {
        Response::ReadCoils(bits) | Response::ReadDiscreteInputs(bits) => {
            json!({"byte_count": bits.as_bytes().len(), "bits": digits(bits)})
        }
        Response::ReadHoldingRegisters(registers)
        | Response::ReadInputRegisters(registers)
        | Response::ReadWriteMultipleRegisters(registers) => json!({
            "byte_count": registers.as_bytes().len(), "registers": numbers(registers)
        }),
        Response::ReadFifoQueue(registers) => json!({
            "byte_count": registers.as_bytes().len() + 2,
            "fifo_count": registers.len(),
            "registers": numbers(registers)
        }),
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
            "byte_count": log.len() + 6,
            "status": status,
            "event_count": events,
            "message_count": messages,
            "events": hex::encode(log)
        }),
        Response::WriteMultipleCoils { address, count }
        | Response::WriteMultipleRegisters { address, count } => {
            json!({"address": address, "count": count})
        }
        Response::ReportServerId { data } => {
            json!({"byte_count": data.len(), "data": hex::encode(data)})
        }
        Response::CanOpen { data } => json!({"mei": 13, "data": hex::encode(data)}),
        Response::ReadFileRecord(groups) => json!({"records": groups
            .iter()
            .map(|group| json!({"registers": numbers(group)}))
            .collect::<Vec<_>>()}),
        Response::WriteFileRecord(groups) => {
            request_fields(&Request::WriteFileRecord(groups), pdu)?
        }
        Response::MaskWriteRegister {
            address,
            and_mask,
            or_mask,
        } => json!({"address": address, "and_mask": and_mask, "or_mask": or_mask}),
        Response::ReadDeviceIdentification(answer) => json!({
            "mei": 14,
            "read_code": answer.code.code(),
            "conformity": answer.conformity.0,
            "more_follows": answer.next.is_some(),
            "next_object": answer.next.map_or(0, |next| next.code()),
            "objects": answer
                .objects
                .iter()
                .map(|object| json!({
                    "id": object.id.code(), "value": String::from_utf8_lossy(object.value)
                }))
                .collect::<Vec<_>>()
        }),
        Response::Exception { function, code } => json!({
            "exception": code.code(),
            "request_function": function.code(),
            "name": code.to_string()
        }),
        _ => unknown(pdu)?,
    })
}

/// A function that is kept as it is; the types of function 43 are another matter, since the
/// standard reserves all but two.
fn unknown(pdu: &[u8]) -> Result<Json, Refusal> {
    let (function, data) = pdu.split_first().unwrap_or((&0, &[]));
    match (FunctionCode::from_code(*function), data) {
        (FunctionCode::EncapsulatedInterface, [mei, ..]) => Err(Refusal::Mei(*mei)),
        _ => Ok(json!({"data": hex::encode(data)})),
    }
}

fn numbers(registers: Registers<'_>) -> Vec<u16> {
    registers.iter().collect()
}

/// The first bit first.
fn digits(bits: Bits<'_>) -> String {
    bits.iter().map(|bit| if bit { '1' } else { '0' }).collect()
}

/// The data of a diagnostic, as a number where it has two bytes.
fn number(data: &[u8]) -> Json {
    match data {
        [high, low] => json!(u16::from_be_bytes([*high, *low])),
        _ => json!(hex::encode(data)),
    }
}
