//! Date and time of the data types F, G, I and J (EN 13757-3, Annex A).
//!
//! A field outside its range, such as month 13, makes the whole invalid. Fields that are in range
//! but cannot occur together, such as 30 February, stay as sent: `Civil::is_valid_date` tells.

use meter_units::Civil;

/// Type F: date and time of 32 bits; `None` if it is invalid.
pub(crate) fn type_f(raw: u64) -> Option<Civil> {
    let [minute, hour, day, month, ..] = raw.to_le_bytes();
    if minute & 0x80 != 0 {
        return None;
    }
    let civil = with_date(Civil::EMPTY, day, month, hour >> 5 & 3)?;
    said(with_time(civil, None, minute & 0x3F, hour & 0x1F)?)
}

/// The summer time bit of type F.
pub(crate) const fn is_summer_f(raw: u64) -> bool {
    raw >> 15 & 1 != 0
}

/// Type G: date of 16 bits; `None` if it is invalid.
pub(crate) fn type_g(raw: u64) -> Option<Civil> {
    let [day, month, ..] = raw.to_le_bytes();
    if raw == 0xFFFF {
        return None;
    }
    said(with_date(Civil::EMPTY, day, month, 0)?)
}

/// Type I: date and time of 48 bits, with seconds; `None` if it is invalid.
///
/// Day and month 0 are "not specified" here; weekday, week number and the deviation of daylight
/// saving time stay in the bytes.
pub(crate) fn type_i(raw: u64) -> Option<Civil> {
    let [second, minute, hour, day, month, ..] = raw.to_le_bytes();
    if minute & 0x80 != 0 {
        return None;
    }
    let date = match (day & 0x1F, month & 0x0F) {
        (0, 0) => Civil::EMPTY,
        (_, 0) => with_date(Civil::EMPTY, day, month | 0x0F, 0)?,
        _ => with_date(Civil::EMPTY, day, month, 0)?,
    };
    said(with_time(
        date,
        Some(second & 0x3F),
        minute & 0x3F,
        hour & 0x1F,
    )?)
}

/// The summer time bit of type I.
pub(crate) const fn is_summer_i(raw: u64) -> bool {
    raw >> 6 & 1 != 0
}

/// Type J: time of day of 24 bits; `None` if it is invalid.
pub(crate) fn type_j(raw: u64) -> Option<Civil> {
    let [second, minute, hour, ..] = raw.to_le_bytes();
    if raw == 0xFF_FFFF {
        return None;
    }
    said(with_time(
        Civil::EMPTY,
        Some(second & 0x3F),
        minute & 0x3F,
        hour & 0x1F,
    )?)
}

/// A time of which nothing is said is none.
fn said(civil: Civil) -> Option<Civil> {
    if civil == Civil::EMPTY {
        None
    } else {
        Some(civil)
    }
}

/// The two date bytes that types F, G and I share. `None` is an impossible date.
fn with_date(civil: Civil, day: u8, month: u8, century: u8) -> Option<Civil> {
    let year = day >> 5 | (month >> 4) << 3;
    let civil = match year {
        127 => civil,
        100.. => return None,
        _ => civil.with_year(full_year(year, century))?,
    };
    let civil = match month & 0x0F {
        15 => civil,
        month => civil.with_month(month)?,
    };
    match day & 0x1F {
        0 => Some(civil),
        day => civil.with_day(day),
    }
}

/// Years 0 to 80 without century are those from 2000 on, for meters that know no century.
fn full_year(year: u8, century: u8) -> i16 {
    let century = if century == 0 && year <= 80 {
        1
    } else {
        century
    };
    1900_i16
        .saturating_add(i16::from(century).saturating_mul(100))
        .saturating_add(i16::from(year))
}

fn with_time(civil: Civil, second: Option<u8>, minute: u8, hour: u8) -> Option<Civil> {
    let civil = match hour {
        31 => civil,
        _ => civil.with_hour(hour)?,
    };
    let civil = match minute {
        63 => civil,
        _ => civil.with_minute(minute)?,
    };
    match second {
        None | Some(63) => Some(civil),
        Some(second) => civil.with_second(second),
    }
}

/// Type F of a date and time; `None` if the year cannot be told.
pub(crate) fn encode_f(time: &Civil, dst: bool) -> Option<u64> {
    let (year, century) = match time.year() {
        None => (127, 0),
        // Century 0 with a year up to 80 is read as one from 2000 on.
        Some(year @ 1981..=1999) => (year - 1900, 0),
        Some(year @ 2000..=2299) => ((year - 2000) % 100, (year - 1900) / 100),
        _ => return None,
    };
    let year = u8::try_from(year).ok()?;
    let century = u8::try_from(century).ok()?;
    let [day, month] = encode_date(time, year);
    let minute = time.minute().unwrap_or(63);
    let hour = time.hour().unwrap_or(31) | century << 5 | u8::from(dst) << 7;
    Some(u64::from(u32::from_le_bytes([minute, hour, day, month])))
}

/// Type G of a date; `None` if the year cannot be told.
pub(crate) fn encode_g(date: &Civil) -> Option<u64> {
    let [day, month] = encode_date(date, short_year(date)?);
    Some(u64::from(u16::from_le_bytes([day, month])))
}

/// Type I of a date and time; `None` if the year cannot be told.
pub(crate) fn encode_i(time: &Civil, dst: bool) -> Option<u64> {
    let [second, minute, hour, _] = encode_j(time).to_le_bytes().first_chunk().copied()?;
    let [day, month] = encode_date(time, short_year(time)?);
    let second = second | u8::from(dst) << 6;
    Some(u64::from_le_bytes([
        second, minute, hour, day, month, 0, 0, 0,
    ]))
}

/// Type J of a time of day.
pub(crate) fn encode_j(time: &Civil) -> u64 {
    let second = time.second().unwrap_or(63);
    let minute = time.minute().unwrap_or(63);
    let hour = time.hour().unwrap_or(31);
    u64::from(u32::from_le_bytes([second, minute, hour, 0]))
}

fn short_year(date: &Civil) -> Option<u8> {
    match date.year() {
        None => Some(127),
        Some(year @ 1981..=1999) => u8::try_from(year - 1900).ok(),
        Some(year @ 2000..=2080) => u8::try_from(year - 2000).ok(),
        Some(_) => None,
    }
}

fn encode_date(date: &Civil, year: u8) -> [u8; 2] {
    let day = date.day().unwrap_or(0) | (year & 0x07) << 5;
    let month = date.month().unwrap_or(15) | (year >> 3 & 0x0F) << 4;
    [day, month]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i16, month: u8, day: u8) -> Civil {
        Civil::EMPTY
            .with_year(year)
            .unwrap()
            .with_month(month)
            .unwrap()
            .with_day(day)
            .unwrap()
    }

    fn at(civil: Civil, hour: u8, minute: u8) -> Civil {
        civil.with_hour(hour).unwrap().with_minute(minute).unwrap()
    }

    #[test]
    fn type_f_with_and_without_century_is_the_same_date() {
        let civil = at(date(2026, 11, 21), 14, 35);
        assert_eq!(type_f(0x3B55_2E23), Some(civil));
        assert_eq!(type_f(0x3B55_0E23), Some(civil));
        assert_eq!(type_f(0x3B55_8E23), Some(civil));
        assert!(is_summer_f(0x3B55_8E23) && !is_summer_f(0x3B55_2E23));
    }

    #[test]
    fn type_f_with_invalid_bit_is_invalid() {
        assert_eq!(type_f(0x3B55_2EA3), None);
    }

    #[test]
    fn type_g_knows_both_centuries() {
        assert_eq!(type_g(0x3B55), Some(date(2026, 11, 21)));
        assert_eq!(type_g(0x22A1), Some(date(2021, 2, 1)));
        assert_eq!(type_g(0xC17F), Some(date(1999, 1, 31)));
        assert_eq!(type_g(0xFFFF), None);
        assert_eq!(type_g(0x0000), None);
    }

    #[test]
    fn every_year_and_every_day_are_left_out() {
        let civil = Civil::EMPTY.with_month(12).unwrap().with_day(31).unwrap();
        assert_eq!(type_g(0xFCFF), Some(civil));
        let civil = Civil::EMPTY
            .with_year(2026)
            .unwrap()
            .with_month(11)
            .unwrap();
        assert_eq!(type_g(0x3B40), Some(civil));
    }

    #[test]
    fn type_i_has_seconds() {
        let civil = at(date(2026, 11, 21), 14, 35).with_second(59).unwrap();
        assert_eq!(type_i(0x2F3B_55CE_233B), Some(civil));
        assert_eq!(type_i(0x2F3B_55CE_237B), Some(civil));
        assert!(is_summer_i(0x2F3B_55CE_237B) && !is_summer_i(0x2F3B_55CE_233B));
        assert_eq!(type_i(0x2F3B_55CE_A33B), None);
    }

    #[test]
    fn type_j_is_a_time_of_day() {
        let civil = at(Civil::EMPTY, 11, 48).with_second(59).unwrap();
        assert_eq!(type_j(0x0B_303B), Some(civil));
        assert_eq!(type_j(0xFF_FFFF), None);
    }

    #[test]
    fn impossible_fields_are_invalid() {
        assert_eq!(type_f(0x3B55_2E3C), None);
        assert_eq!(type_f(0x3B55_3823), None);
        assert_eq!(type_g(0x3D55), None);
    }
}
