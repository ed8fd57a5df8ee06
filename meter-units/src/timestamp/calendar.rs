//! Days and dates of the proleptic Gregorian calendar.
//!
//! Years are counted from March, so that the leap day ends a year, and in eras of 400 years, which
//! all have the same number of days. Nothing here can overflow for the days of an `i64` of
//! seconds.

pub(super) const SECONDS_PER_DAY: i64 = 86_400;

const DAYS_PER_ERA: i64 = 146_097;
const YEARS_PER_ERA: i64 = 400;
/// Days from 0000-03-01 to 1970-01-01.
const EPOCH: i64 = 719_468;

/// The days from 1970-01-01 to a date; the date must exist.
pub(super) fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year = if month <= 2 {
        year.wrapping_sub(1)
    } else {
        year
    };
    let (era, year_of_era) = divide::<YEARS_PER_ERA>(year);
    // March is 0
    let month = i64::from(month).wrapping_add(9) % 12;
    let day_of_year = month
        .wrapping_mul(153)
        .wrapping_add(2)
        .wrapping_div(5)
        .wrapping_add(i64::from(day))
        .wrapping_sub(1);
    let day_of_era = year_of_era
        .wrapping_mul(365)
        .wrapping_add(year_of_era / 4)
        .wrapping_sub(year_of_era / 100)
        .wrapping_add(day_of_year);
    era.wrapping_mul(DAYS_PER_ERA)
        .wrapping_add(day_of_era)
        .wrapping_sub(EPOCH)
}

/// Year, month and day that are `days` days after 1970-01-01.
pub(super) fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let (era, day_of_era) = divide::<DAYS_PER_ERA>(days.wrapping_add(EPOCH));
    // without the leap days: one in 4 years, none in 100, one in 400
    let year_of_era = day_of_era
        .wrapping_sub(day_of_era / 1_460)
        .wrapping_add(day_of_era / 36_524)
        .wrapping_sub(day_of_era / 146_096)
        / 365;
    let day_of_year = day_of_era
        .wrapping_sub(year_of_era.wrapping_mul(365))
        .wrapping_sub(year_of_era / 4)
        .wrapping_add(year_of_era / 100);
    // March is 0
    let month = day_of_year.wrapping_mul(5).wrapping_add(2) / 153;
    let first = month.wrapping_mul(153).wrapping_add(2) / 5;
    let day = day_of_year.wrapping_sub(first).wrapping_add(1);
    let january = month >= 10;
    let year = era
        .wrapping_mul(YEARS_PER_ERA)
        .wrapping_add(year_of_era)
        .wrapping_add(i64::from(january));
    let month = if january {
        month.wrapping_sub(9)
    } else {
        month.wrapping_add(3)
    };
    (year, low_byte(month), low_byte(day))
}

/// The days of a month; of the longest February if the year is not known.
pub(super) fn days_in_month(year: Option<i64>, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_none_or(is_leap) => 29,
        2 => 28,
        _ => 31,
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// Quotient and remainder, the remainder never negative; `BY` is positive.
pub(super) fn divide<const BY: i64>(number: i64) -> (i64, i64) {
    let (quotient, remainder) = (number / BY, number % BY);
    if remainder < 0 {
        (quotient.wrapping_sub(1), remainder.wrapping_add(BY))
    } else {
        (quotient, remainder)
    }
}

fn low_byte(number: i64) -> u8 {
    let [low, ..] = number.to_le_bytes();
    low
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_days() {
        for (days, date) in [
            (0, (1970, 1, 1)),
            (-1, (1969, 12, 31)),
            (15_847, (2013, 5, 22)),
            (11_016, (2000, 2, 29)),
            (11_017, (2000, 3, 1)),
            (-25_509, (1900, 2, 28)),
            (-25_508, (1900, 3, 1)),
            (-719_528, (0, 1, 1)),
            (2_932_896, (9999, 12, 31)),
        ] {
            assert_eq!(civil_from_days(days), date);
            let (year, month, day) = date;
            assert_eq!(days_from_civil(year, month, day), days);
        }
    }

    #[test]
    fn every_day_of_three_centuries_follows_the_one_before() {
        let mut days = days_from_civil(1900, 1, 1);
        for year in 1900..=2200 {
            for month in 1..=12 {
                for day in 1..=days_in_month(Some(year), month) {
                    assert_eq!(days_from_civil(year, month, day), days);
                    assert_eq!(civil_from_days(days), (year, month, day));
                    days += 1;
                }
            }
        }
        assert_eq!(days, days_from_civil(2201, 1, 1));
    }

    #[test]
    fn division_rounds_down() {
        assert_eq!(divide::<86_400>(-1), (-1, 86_399));
        assert_eq!(divide::<86_400>(86_400), (1, 0));
        let (quotient, remainder) = divide::<86_400>(i64::MIN);
        let back = i128::from(quotient) * 86_400 + i128::from(remainder);
        assert_eq!(back, i128::from(i64::MIN));
    }

    proptest! {
        #[test]
        fn days_come_back_from_their_date(secs: i64) {
            let (days, _) = divide::<SECONDS_PER_DAY>(secs);
            let (year, month, day) = civil_from_days(days);
            prop_assert!(day <= days_in_month(Some(year), month));
            prop_assert_eq!(days_from_civil(year, month, day), days);
        }
    }
}
