//! Whether a response answers a request.

use crate::client::Mismatch;
use crate::pdu;
use crate::pdu::{ExceptionCode, Request, Response, SubFunction};

/// A response that fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Normal,
    Exception(ExceptionCode),
}

/// Compares all that the response repeats of its request, and how much it holds.
pub(super) fn check(request: &[u8], response: &[u8]) -> Result<Answer, Mismatch> {
    let function = request.first().copied().unwrap_or_default();
    match response.first() {
        Some(code) if code & 0x7F == function => {}
        Some(_) => return Err(Mismatch::Function),
        None => {}
    }
    let parsed = Response::parse(response).map_err(Mismatch::Malformed)?;
    if let Response::Exception { code, .. } = parsed {
        return Ok(Answer::Exception(code));
    }
    let Ok(asked) = Request::parse(request) else {
        return Err(Mismatch::Content);
    };
    let fits = match (asked, parsed) {
        (Request::ReadCoils { count, .. }, Response::ReadCoils(bits))
        | (Request::ReadDiscreteInputs { count, .. }, Response::ReadDiscreteInputs(bits)) => {
            bits.as_bytes().len() == usize::from(count.div_ceil(8))
        }
        (
            Request::ReadHoldingRegisters { count, .. },
            Response::ReadHoldingRegisters(registers),
        )
        | (Request::ReadInputRegisters { count, .. }, Response::ReadInputRegisters(registers))
        | (
            Request::ReadWriteMultipleRegisters {
                read_count: count, ..
            },
            Response::ReadWriteMultipleRegisters(registers),
        ) => registers.len() == usize::from(count),
        (
            Request::WriteSingleCoil { .. }
            | Request::WriteSingleRegister { .. }
            | Request::WriteFileRecord(_)
            | Request::MaskWriteRegister { .. },
            _,
        ) => request == response,
        (
            Request::Diagnostics { sub_function, data },
            Response::Diagnostics {
                sub_function: answered,
                data: returned,
            },
        ) => {
            sub_function == answered
                && (sub_function != SubFunction::RETURN_QUERY_DATA || data == returned)
        }
        // Address and count.
        (Request::WriteMultipleCoils { .. } | Request::WriteMultipleRegisters { .. }, _) => {
            request.get(..5) == Some(response)
        }
        (Request::ReadFileRecord(asked), Response::ReadFileRecord(groups)) => asked
            .iter()
            .map(|group| usize::from(group.length))
            .eq(groups.iter().map(|group| group.len())),
        (
            Request::ReadDeviceIdentification { code, .. },
            Response::ReadDeviceIdentification(answer),
        ) => code == answer.code,
        (Request::CanOpen { .. }, Response::CanOpen { .. }) => true,
        (Request::Unknown(asked), Response::Unknown(answer)) => {
            asked.function() == answer.function()
        }
        (
            Request::ReadExceptionStatus
            | Request::GetCommEventCounter
            | Request::GetCommEventLog
            | Request::ReportServerId
            | Request::ReadFifoQueue { .. },
            _,
        ) => true,
        _ => false,
    };
    if fits {
        Ok(Answer::Normal)
    } else {
        Err(Mismatch::Content)
    }
}

/// How long the protocol data unit of the answer can be.
pub(super) fn longest_answer(request: &Request<'_>) -> usize {
    let registers = |count: u16| usize::from(count).saturating_mul(2).saturating_add(2);
    match *request {
        Request::ReadCoils { count, .. } | Request::ReadDiscreteInputs { count, .. } => {
            usize::from(count.div_ceil(8)).saturating_add(2)
        }
        Request::ReadHoldingRegisters { count, .. }
        | Request::ReadInputRegisters { count, .. }
        | Request::ReadWriteMultipleRegisters {
            read_count: count, ..
        } => registers(count),
        Request::ReadExceptionStatus => 2,
        Request::WriteMultipleCoils { .. }
        | Request::WriteMultipleRegisters { .. }
        | Request::GetCommEventCounter => 5,
        Request::WriteSingleCoil { .. }
        | Request::WriteSingleRegister { .. }
        | Request::Diagnostics { .. }
        | Request::WriteFileRecord(_)
        | Request::MaskWriteRegister { .. } => request.encoded_len(),
        _ => pdu::MAX_LENGTH,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const READ: [u8; 5] = [0x03, 0, 0, 0, 2];

    #[test]
    fn an_answer_has_as_many_registers_as_were_asked_for() {
        assert_eq!(check(&READ, &[0x03, 4, 0, 0, 0, 0]), Ok(Answer::Normal));
        assert_eq!(check(&READ, &[0x03, 2, 0, 0]), Err(Mismatch::Content));
        assert_eq!(
            check(&READ, &[0x04, 4, 0, 0, 0, 0]),
            Err(Mismatch::Function)
        );
        assert!(matches!(
            check(&READ, &[0x03, 3, 0, 0, 0]),
            Err(Mismatch::Malformed(_))
        ));
        assert!(matches!(check(&READ, &[]), Err(Mismatch::Malformed(_))));
    }

    #[test]
    fn an_exception_belongs_to_its_function() {
        assert_eq!(
            check(&READ, &[0x83, 2]),
            Ok(Answer::Exception(ExceptionCode::IllegalDataAddress))
        );
        assert_eq!(check(&READ, &[0x84, 2]), Err(Mismatch::Function));
    }

    #[test]
    fn a_write_is_repeated_by_its_answer() {
        let write = [0x06, 0, 1, 0, 3];
        assert_eq!(check(&write, &write), Ok(Answer::Normal));
        assert_eq!(check(&write, &[0x06, 0, 1, 0, 4]), Err(Mismatch::Content));
        let write = [0x10, 0, 1, 0, 1, 2, 9, 9];
        assert_eq!(check(&write, &[0x10, 0, 1, 0, 1]), Ok(Answer::Normal));
        assert_eq!(check(&write, &[0x10, 0, 1, 0, 2]), Err(Mismatch::Content));
    }

    #[test]
    fn groups_of_files_have_the_lengths_that_were_asked_for() {
        let read = [0x14, 7, 6, 0, 4, 0, 1, 0, 2];
        assert_eq!(
            check(&read, &[0x14, 6, 5, 6, 0, 1, 0, 2]),
            Ok(Answer::Normal)
        );
        assert_eq!(check(&read, &[0x14, 4, 3, 6, 0, 1]), Err(Mismatch::Content));
    }

    #[test]
    fn a_test_of_the_line_returns_its_data() {
        let test = [0x08, 0, 0, 0xA5, 0x37];
        assert_eq!(check(&test, &test), Ok(Answer::Normal));
        assert_eq!(
            check(&test, &[0x08, 0, 0, 0xA5, 0x36]),
            Err(Mismatch::Content)
        );
        let counter = [0x08, 0, 0x0B, 0, 0];
        assert_eq!(check(&counter, &[0x08, 0, 0x0B, 1, 2]), Ok(Answer::Normal));
    }
}
