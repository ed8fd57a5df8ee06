//! Dates and times in registers.

use meter_units::{Civil, Timestamp};

use super::{ByteOrder, Encoding, Order, ValueError};
use crate::Registers;

/// The registers of a date with its bytes in order.
#[derive(Clone, Copy)]
struct Words<'a> {
    registers: Registers<'a>,
    bytes: ByteOrder,
}

impl Words<'_> {
    fn get(self, index: usize) -> Result<u16, ValueError> {
        let word = self.registers.get(index).ok_or(ValueError::InvalidDate)?;
        Ok(match self.bytes {
            ByteOrder::HighFirst => word,
            ByteOrder::LowFirst => word.swap_bytes(),
        })
    }

    fn byte(self, index: usize) -> Result<u8, ValueError> {
        u8::try_from(self.get(index)?).map_err(|_| ValueError::InvalidDate)
    }

    fn are_all(self, value: u16) -> bool {
        self.registers.iter().all(|word| word == value)
    }
}

impl Encoding {
    /// The milliseconds after the second, for the two encodings that have them.
    ///
    /// A [`Timestamp`] of local time ends with the second.
    #[must_use]
    pub fn milliseconds(self, order: Order, window: Registers<'_>) -> Option<u16> {
        let words = Words {
            registers: window,
            bytes: order.bytes,
        };
        match self {
            Self::BinaryTime => Some(words.get(3).ok()? % 1000),
            Self::YmdHmsMs => words.get(6).ok(),
            _ => None,
        }
    }
}

pub(super) fn read(
    encoding: Encoding,
    order: Order,
    window: Registers<'_>,
) -> Result<Timestamp, ValueError> {
    let words = Words {
        registers: window,
        bytes: order.bytes,
    };
    match encoding {
        Encoding::BinaryTime => binary(words),
        Encoding::YmdHms | Encoding::YmdHmsMs => fields(words, encoding),
        Encoding::BcdYmdHms => decimal(words),
        _ => Err(ValueError::Kind),
    }
}

fn binary(words: Words<'_>) -> Result<Timestamp, ValueError> {
    if words.are_all(0xFFFF) {
        return Err(ValueError::NotAvailable);
    }
    let (year, date) = (words.get(0)?, words.get(1)?);
    let (time, milliseconds) = (words.get(2)?, words.get(3)?);
    if time & 0x80 != 0 {
        return Err(ValueError::NotAvailable);
    }
    let [month, day] = date.to_be_bytes();
    let [hour, minute] = time.to_be_bytes();
    let civil = civil(
        2000_u16.wrapping_add(year & 0x7F),
        month & 0x0F,
        day & 0x1F,
        (hour & 0x1F, minute & 0x3F, seconds(milliseconds)?),
    )?;
    Ok(Timestamp::Local {
        civil,
        dst: Some(time & 0x8000 != 0),
    })
}

fn seconds(milliseconds: u16) -> Result<u8, ValueError> {
    match milliseconds {
        0..=59_999 => u8::try_from(milliseconds / 1000).map_err(|_| ValueError::InvalidDate),
        _ => Err(ValueError::InvalidDate),
    }
}

fn fields(words: Words<'_>, encoding: Encoding) -> Result<Timestamp, ValueError> {
    if words.are_all(0xFFFF) {
        return Err(ValueError::NotAvailable);
    }
    if encoding == Encoding::YmdHmsMs && words.get(6)? > 999 {
        return Err(ValueError::InvalidDate);
    }
    let time = (words.byte(3)?, words.byte(4)?, words.byte(5)?);
    local(civil(words.get(0)?, words.byte(1)?, words.byte(2)?, time)?)
}

fn decimal(words: Words<'_>) -> Result<Timestamp, ValueError> {
    if words.are_all(0xFFFF) {
        return Err(ValueError::NotAvailable);
    }
    let pair = |index| -> Result<(u8, u8), ValueError> {
        let [high, low] = words.get(index)?.to_be_bytes();
        Ok((two_digits(high)?, two_digits(low)?))
    };
    let ((year, month), (day, hour), (minute, second)) = (pair(0)?, pair(1)?, pair(2)?);
    local(civil(
        2000_u16.wrapping_add(year.into()),
        month,
        day,
        (hour, minute, second),
    )?)
}

fn two_digits(byte: u8) -> Result<u8, ValueError> {
    match (byte >> 4, byte & 0x0F) {
        (tens @ 0..=9, ones @ 0..=9) => Ok(tens.wrapping_mul(10).wrapping_add(ones)),
        _ => Err(ValueError::InvalidDigit),
    }
}

const fn local(civil: Civil) -> Result<Timestamp, ValueError> {
    Ok(Timestamp::Local { civil, dst: None })
}

fn civil(year: u16, month: u8, day: u8, time: (u8, u8, u8)) -> Result<Civil, ValueError> {
    let (hour, minute, second) = time;
    i16::try_from(year)
        .ok()
        .and_then(|year| Civil::from_date(year, month, day)?.with_time(hour, minute, second))
        .filter(|civil| civil.is_valid_date())
        .ok_or(ValueError::InvalidDate)
}

/// The registers of a point in time, in the order of the wire but for the bytes; the rest is 0.
pub(super) fn write(encoding: Encoding, time: Timestamp) -> Result<[u16; 7], ValueError> {
    let civil = time.civil().ok_or(ValueError::InvalidDate)?;
    let (year, month, day) = civil.date().ok_or(ValueError::InvalidDate)?;
    let (hour, minute, second) = civil.time().ok_or(ValueError::InvalidDate)?;
    let second = second.unwrap_or_default();
    let year = u16::try_from(year).map_err(|_| ValueError::InvalidDate)?;
    // the two short encodings count from 2000
    let since_2000 = |last| match year.checked_sub(2000) {
        Some(years) if years <= last => Ok(years),
        _ => Err(ValueError::OutOfRange),
    };
    let milliseconds = milliseconds_of(time);
    let pair = |high: u8, low: u8| u16::from_be_bytes([high, low]);
    Ok(match encoding {
        Encoding::YmdHms | Encoding::YmdHmsMs => [
            year,
            month.into(),
            day.into(),
            hour.into(),
            minute.into(),
            second.into(),
            milliseconds,
        ],
        Encoding::BcdYmdHms => {
            let year = u8::try_from(since_2000(99)?).map_err(|_| ValueError::OutOfRange)?;
            let [year, month, day] = [year, month, day].map(bcd);
            let [hour, minute, second] = [hour, minute, second].map(bcd);
            let (date, time) = (pair(year, month), pair(day, hour));
            [date, time, pair(minute, second), 0, 0, 0, 0]
        }
        Encoding::BinaryTime => {
            let years = since_2000(0x7F)?;
            if second > 59 {
                return Err(ValueError::OutOfRange);
            }
            let summer = match time {
                Timestamp::Local { dst, .. } => dst.unwrap_or_default(),
                _ => false,
            };
            let time = pair(hour, minute) | if summer { 0x8000 } else { 0 };
            let milliseconds = u16::from(second)
                .wrapping_mul(1000)
                .wrapping_add(milliseconds);
            [years, pair(month, day), time, milliseconds, 0, 0, 0]
        }
        _ => return Err(ValueError::Kind),
    })
}

fn milliseconds_of(time: Timestamp) -> u16 {
    match time {
        Timestamp::Utc { nanos, .. } => u16::try_from(nanos / 1_000_000 % 1000).unwrap_or_default(),
        _ => 0,
    }
}

const fn bcd(number: u8) -> u8 {
    ((number / 10 % 10) << 4) | (number % 10)
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    fn text(encoding: Encoding, words: &[u16]) -> Result<alloc::string::String, ValueError> {
        let mut buffer = [0; 14];
        let window = Registers::copy_from(words, &mut buffer).unwrap();
        read(encoding, Order::ABCD, window).map(|time| time.to_string())
    }

    #[test]
    fn four_registers_hold_a_time_with_milliseconds() {
        let words = [0x0018, 0x021D, 0x173B, 0xEA5F];
        assert_eq!(
            text(Encoding::BinaryTime, &words).as_deref(),
            Ok("2024-02-29T23:59:59")
        );
        let mut buffer = [0; 8];
        let window = Registers::copy_from(&words, &mut buffer).unwrap();
        let milliseconds = Encoding::BinaryTime.milliseconds(Order::ABCD, window);
        assert_eq!(milliseconds, Some(999));
    }

    #[test]
    fn flagged_and_impossible_times_are_told_apart() {
        for (words, error) in [
            ([0x000A, 0x0101, 0x0080, 0], ValueError::NotAvailable),
            ([0xFFFF; 4], ValueError::NotAvailable),
            ([0x000A, 0x0D01, 0, 0], ValueError::InvalidDate),
            ([0x0017, 0x021D, 0, 0], ValueError::InvalidDate),
            ([0x000A, 0x0101, 0, 60_000], ValueError::InvalidDate),
        ] {
            assert_eq!(text(Encoding::BinaryTime, &words), Err(error), "{words:?}");
        }
    }

    #[test]
    fn years_before_2000_are_written_where_the_year_has_a_register() {
        let time: Timestamp = "1999-12-31T23:59:58".parse().unwrap();
        assert_eq!(
            write(Encoding::YmdHms, time),
            Ok([1999, 12, 31, 23, 59, 58, 0])
        );
        for encoding in [Encoding::BcdYmdHms, Encoding::BinaryTime] {
            assert_eq!(write(encoding, time), Err(ValueError::OutOfRange));
        }
    }

    #[test]
    fn digits_and_fields_are_dates_too() {
        assert_eq!(
            text(Encoding::BcdYmdHms, &[0x2411, 0x0507, 0x0809]).as_deref(),
            Ok("2024-11-05T07:08:09")
        );
        assert_eq!(
            text(Encoding::BcdYmdHms, &[0x24A1, 0x0507, 0x0809]),
            Err(ValueError::InvalidDigit)
        );
        assert_eq!(
            text(Encoding::YmdHms, &[2024, 11, 5, 7, 8, 9]).as_deref(),
            Ok("2024-11-05T07:08:09")
        );
        assert_eq!(
            text(Encoding::YmdHms, &[2024, 11, 5, 24, 8, 9]),
            Err(ValueError::InvalidDate)
        );
    }
}
