//! What follows the header, by the CI field.

use meter_units::Medium;

use crate::app::{
    ApplicationData, ApplicationError, BaudRate, ControlInformation, FixedData, Header, TimeSync,
    UserData,
};
use crate::link::SecondaryAddressMask;
use crate::parse::{Parse, array, byte, le_u16, take};
use crate::{ByteOrder, Tolerance};

/// What offsets are counted in.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) whole: &'a [u8],
    pub(super) base: usize,
}

impl Place<'_> {
    fn offset(self, rest: &[u8]) -> usize {
        let consumed = self.whole.len().saturating_sub(rest.len());
        self.base.saturating_add(consumed)
    }
}

/// Sorts what follows the header.
pub(super) fn body<'a>(
    ci: ControlInformation,
    header: Header,
    input: &'a [u8],
    place: Place<'a>,
) -> Parse<'a, ApplicationData<'a>> {
    let records = |bytes| {
        UserData::new(bytes)
            .with_offset(place.offset(bytes))
            .with_byte_order(byte_order(ci))
            .with_medium(header.medium().unwrap_or(Medium::UNKNOWN))
    };
    let data = match ci {
        ControlInformation::RESET | ControlInformation::RESET_LONG => ApplicationData::Reset {
            header,
            codes: input,
        },
        ControlInformation::COMMAND
        | ControlInformation::COMMAND_MODE_2
        | ControlInformation::COMMAND_SHORT
        | ControlInformation::COMMAND_LONG => ApplicationData::Command {
            header,
            data: records(input),
        },
        ControlInformation::SELECTION | ControlInformation::SELECTION_MODE_2 => {
            let (rest, bytes) = array(input)?;
            ApplicationData::Selection {
                mask: SecondaryAddressMask::from_bytes(reordered(bytes, byte_order(ci))),
                data: records(rest),
            }
        }
        ControlInformation::SYNCHRONIZE | ControlInformation::SYNCHRONIZE_CLASSIC
            if input.is_empty() =>
        {
            ApplicationData::Synchronize { ci }
        }
        ControlInformation::RESPONSE
        | ControlInformation::RESPONSE_SHORT
        | ControlInformation::RESPONSE_LONG
        | ControlInformation::RESPONSE_MODE_2 => ApplicationData::Response {
            header,
            data: records(input),
        },
        ControlInformation::COMPACT
        | ControlInformation::COMPACT_SHORT
        | ControlInformation::COMPACT_LONG => {
            let (rest, signature) = le_u16(input)?;
            let (data, full_crc) = le_u16(rest)?;
            ApplicationData::Compact {
                header,
                signature,
                full_crc,
                data,
            }
        }
        ControlInformation::FORMAT
        | ControlInformation::FORMAT_SHORT
        | ControlInformation::FORMAT_LONG => {
            let (rest, length) = byte(input)?;
            let (headers, signature) = le_u16(rest)?;
            ApplicationData::Format {
                header,
                length,
                signature,
                headers,
            }
        }
        ControlInformation::ERROR
        | ControlInformation::ERROR_SHORT
        | ControlInformation::ERROR_LONG => {
            let (error, data) = match input {
                [] => (None, input),
                [code, data @ ..] => (Some(ApplicationError::from_code(*code)), data),
            };
            ApplicationData::Error {
                header,
                error,
                data,
            }
        }
        ControlInformation::ALARM
        | ControlInformation::ALARM_SHORT
        | ControlInformation::ALARM_LONG => ApplicationData::Alarm {
            header,
            data: input,
        },
        ControlInformation::TIME_ABSOLUTE | ControlInformation::TIME_RELATIVE => {
            let kind = if ci == ControlInformation::TIME_ABSOLUTE {
                TimeSync::Absolute
            } else {
                TimeSync::Relative
            };
            ApplicationData::TimeSync {
                header,
                kind,
                data: input,
            }
        }
        _ => match BaudRate::from_ci(ci) {
            Some(rate) if input.is_empty() => ApplicationData::SetBaudRate(rate),
            _ => return other(ci, header, input),
        },
    };
    // All of the input is in `data`.
    let (rest, _) = take(input, input.len())?;
    Ok((rest, data))
}

pub(super) fn other(
    ci: ControlInformation,
    header: Header,
    input: &[u8],
) -> Parse<'_, ApplicationData<'_>> {
    let (rest, data) = take(input, input.len())?;
    Ok((rest, ApplicationData::Other { ci, header, data }))
}

pub(super) fn fixed(
    input: &[u8],
    order: ByteOrder,
    allowed: Tolerance,
) -> Parse<'_, (ApplicationData<'_>, Tolerance)> {
    if allowed.contains(Tolerance::FIXED_LENGTH) {
        if let Some(data) = FixedData::from_cut(input, order) {
            let (rest, _) = take(input, input.len())?;
            let data = ApplicationData::Fixed(data);
            return Ok((rest, (data, Tolerance::FIXED_LENGTH)));
        }
    }
    let (rest, data) = FixedData::parse(input, order)?;
    Ok((rest, (ApplicationData::Fixed(data), Tolerance::STRICT)))
}

/// The byte order of the telegrams with this CI field.
const fn byte_order(ci: ControlInformation) -> ByteOrder {
    match ci {
        ControlInformation::COMMAND_MODE_2
        | ControlInformation::SELECTION_MODE_2
        | ControlInformation::RESPONSE_MODE_2
        | ControlInformation::FIXED_MODE_2 => ByteOrder::MostFirst,
        _ => ByteOrder::LeastFirst,
    }
}

/// A secondary address in mode 1, from one in `order` or the other way round.
pub(super) fn reordered(bytes: [u8; 8], order: ByteOrder) -> [u8; 8] {
    let [i0, i1, i2, i3, m0, m1, version, medium] = bytes;
    let [i0, i1, i2, i3] = order.least_first([i0, i1, i2, i3]);
    let [m0, m1] = order.least_first([m0, m1]);
    [i0, i1, i2, i3, m0, m1, version, medium]
}

/// Whether what follows the header is records, readable or encrypted.
pub(super) const fn holds_records(ci: ControlInformation) -> bool {
    matches!(
        ci,
        ControlInformation::COMMAND_SHORT
            | ControlInformation::COMMAND_LONG
            | ControlInformation::RESPONSE_SHORT
            | ControlInformation::RESPONSE_LONG
    )
}

/// Whether the code has a structure of its own, so that a cut header is an error.
pub(super) const fn is_sorted(ci: ControlInformation) -> bool {
    matches!(
        ci,
        ControlInformation::RESET_LONG
            | ControlInformation::COMMAND_SHORT
            | ControlInformation::COMMAND_LONG
            | ControlInformation::FORMAT_SHORT
            | ControlInformation::FORMAT_LONG
            | ControlInformation::TIME_ABSOLUTE
            | ControlInformation::TIME_RELATIVE
            | ControlInformation::ERROR_SHORT
            | ControlInformation::ERROR_LONG
            | ControlInformation::RESPONSE_LONG
            | ControlInformation::COMPACT_LONG
            | ControlInformation::ALARM_SHORT
            | ControlInformation::ALARM_LONG
            | ControlInformation::RESPONSE_SHORT
            | ControlInformation::COMPACT_SHORT
    )
}
