//! Data bytes to values (EN 13757-3, Annex A and Table 5).

use meter_units::{Absent, Civil, Decimal, Number, Quantity, Text, TextEncoding, Timestamp, Value};

use crate::record::context::Context;
use crate::record::date;
use crate::record::error::RecordError;
use crate::record::layout::Field;
use crate::record::vib::Information;
use crate::record::vif::Coding;
use crate::{ByteOrder, Tolerance};

/// What kind of bytes the data field or the LVAR announces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Class {
    #[default]
    None,
    Integer,
    /// An integer after an LVAR, which has no coding for "invalid".
    Binary,
    Real,
    Bcd,
    NegativeBcd,
    Text,
    Bytes,
    /// Told by an LVAR; what it tells is one of the others.
    Variable,
}

/// Writes to `out` what the data says, given what the VIB says about it.
///
/// Here and below a value goes to its place at once: returned, it would be put together in pieces
/// and copied as a whole, which stalls.
#[inline(never)]
pub(crate) fn read<'a>(
    out: &mut Value<'a>,
    data: &'a [u8],
    class: Class,
    information: &Information,
    context: Context,
) {
    if let Some(error) = information.error {
        *out = Value::None(absent(error));
        return;
    }
    if information.opaque || information.profile.is_some() {
        *out = Value::Bytes(data);
        return;
    }
    match class {
        Class::None => *out = Value::None(Absent::NotSent),
        Class::Integer | Class::Binary => integer(out, data, class, information, context),
        Class::Bcd => bcd(out, data, false, information, context),
        Class::NegativeBcd => bcd(out, data, true, information, context),
        Class::Real => real(out, data, information, context),
        Class::Text => match information.coding {
            Coding::Container | Coding::Verbatim | Coding::DateTime | Coding::Time => {
                *out = Value::Bytes(data);
            }
            _ => *out = Value::Text(Text::new(data, text_encoding(context.order()))),
        },
        Class::Bytes | Class::Variable => *out = Value::Bytes(data),
    }
}

pub(crate) const fn text_encoding(order: ByteOrder) -> TextEncoding {
    match order {
        ByteOrder::LeastFirst => TextEncoding::Latin1Reversed,
        ByteOrder::MostFirst => TextEncoding::Latin1,
    }
}

const fn absent(error: RecordError) -> Absent {
    match error {
        RecordError::DataOverflow => Absent::Overflow,
        RecordError::DataUnderflow | RecordError::DataError => Absent::Invalid,
        _ => Absent::NotAvailable,
    }
}

/// The first eight bytes, or as many as there are, as a number.
///
/// Where they are there, they are loaded at once, whatever the length of the data.
#[inline(always)]
pub(crate) fn front(bytes: &[u8]) -> u64 {
    match bytes.first_chunk::<8>() {
        Some(chunk) => u64::from_le_bytes(*chunk),
        None => short_front(bytes),
    }
}

#[inline(never)]
fn short_front(bytes: &[u8]) -> u64 {
    load(bytes, ByteOrder::LeastFirst).unwrap_or_default()
}

/// The number of the bytes that `field` takes from the less significant end of `loaded`, if it is
/// valid, and positive or zero.
#[inline(always)]
pub(crate) fn positive(loaded: u64, field: Field, coding: Coding) -> Option<u64> {
    // No data leaves 64 bits free, and is of none of these classes.
    let free = field.free();
    let top = loaded.wrapping_shl(free);
    let raw = top.wrapping_shr(free);
    let is_number = matches!(coding, Coding::Signed | Coding::Unsigned);
    // In the order of how many records take each way.
    if field.is(Class::Bcd) && is_number && !has_hex_digit(raw) {
        Some(bcd_number(raw))
    } else if field.is(Class::Integer)
        && (coding == Coding::Signed && top >> 63 == 0
            || coding == Coding::Unsigned && raw != u64::MAX.wrapping_shr(free))
    {
        Some(raw)
    } else {
        None
    }
}

/// How far below zero the number is, if it is valid and negative.
#[inline(always)]
pub(crate) fn negative(loaded: u64, field: Field, coding: Coding) -> Option<u64> {
    let free = field.free();
    let top = loaded.wrapping_shl(free);
    let is_negative = field.is(Class::Integer) && coding == Coding::Signed && top > 1 << 63;
    is_negative.then_some(top.wrapping_neg().wrapping_shr(free))
}

/// The float, if `field` takes one and nothing scales it.
#[inline(always)]
pub(crate) fn float(loaded: u64, field: Field, exponent: i8) -> Option<f32> {
    let [a, b, c, d, ..] = loaded.to_le_bytes();
    let float = f32::from_le_bytes([a, b, c, d]);
    (field.is(Class::Real) && exponent == 0 && float.is_finite()).then_some(float)
}

/// The flags, if the data is some.
#[inline(always)]
pub(crate) fn flags(loaded: u64, field: Field, coding: Coding) -> Option<u64> {
    let free = field.free();
    let raw = loaded.wrapping_shl(free).wrapping_shr(free);
    (field.is(Class::Integer) && coding == Coding::Flags).then_some(raw)
}

/// The date, if the data is a valid one of two bytes.
#[inline(always)]
pub(crate) fn date(loaded: u64, field: Field, coding: Coding) -> Option<Civil> {
    if field.is(Class::Integer) && coding == Coding::Date && field.free() == 48 {
        date::type_g(loaded & 0xFFFF)
    } else {
        None
    }
}

/// The time and whether it is summer time, if the data is a valid one of four bytes.
#[inline(always)]
pub(crate) fn date_time(
    loaded: u64,
    field: Field,
    coding: Coding,
) -> Option<(Civil, Option<bool>)> {
    if field.is(Class::Integer) && coding == Coding::DateTime && field.free() == 32 {
        let raw = loaded & 0xFFFF_FFFF;
        Some((date::type_f(raw)?, Some(date::is_summer_f(raw))))
    } else {
        None
    }
}

/// Up to eight bytes as a number; `None` if there are more.
pub(crate) fn load(data: &[u8], order: ByteOrder) -> Option<u64> {
    if data.len() > 8 {
        return None;
    }
    let add = |number, &byte: &u8| number << 8 | u64::from(byte);
    Some(match order {
        ByteOrder::LeastFirst => data.iter().rev().fold(0, add),
        ByteOrder::MostFirst => data.iter().fold(0, add),
    })
}

/// The bits of 64 that `len` bytes leave free; `None` unless there are 1 to 8.
#[inline(always)]
fn free_bits(len: usize) -> Option<u32> {
    let free = 64_u32.wrapping_sub(u32::try_from(len).ok()?.wrapping_mul(8));
    if free < 64 { Some(free) } else { None }
}

fn integer<'a>(
    out: &mut Value<'a>,
    data: &'a [u8],
    class: Class,
    information: &Information,
    context: Context,
) {
    let len = data.len();
    if len == 0 {
        *out = Value::None(Absent::NotSent);
        return;
    }
    let (Some(raw), Some(free)) = (load(data, context.order()), free_bits(len)) else {
        *out = Value::Bytes(data);
        return;
    };
    // After an LVAR there are no marks for "invalid" and "not available".
    let has_marks = class == Class::Integer;
    let is_ones = has_marks && raw == u64::MAX >> free;
    match (information.coding, len) {
        (Coding::Signed, _) => {
            let is_rf_level = information.quantity == Quantity::RfLevel;
            if is_rf_level && context.tolerance().contains(Tolerance::RF_LEVEL_OFFSET) {
                rf_level(out, raw, information);
            } else if has_marks && raw == 1 << 63 >> free {
                *out = Value::None(Absent::Invalid);
            } else {
                let number = i64::from_le_bytes((raw << free).to_le_bytes()) >> free;
                finish(out, number < 0, number.unsigned_abs(), information);
            }
        }
        (Coding::Flags, _) => *out = Value::Flags(raw),
        (Coding::Date | Coding::Time, 2) => time(out, date::type_g(raw), None),
        (Coding::DateTime | Coding::Time, 3) => time(out, date::type_j(raw), None),
        (Coding::DateTime | Coding::Time, 4) => {
            time(out, date::type_f(raw), Some(date::is_summer_f(raw)));
        }
        (Coding::DateTime | Coding::Time, 6) => {
            time(out, date::type_i(raw), Some(date::is_summer_i(raw)));
        }
        (Coding::Date | Coding::DateTime | Coding::Time, _) => {
            finish(out, false, raw, information);
        }
        (Coding::Container | Coding::Verbatim, _) => *out = Value::Bytes(data),
        (Coding::Unsigned | Coding::Fraction, _) if is_ones => {
            *out = Value::None(Absent::NotAvailable);
        }
        (Coding::Unsigned, _) => finish(out, false, raw, information),
        (Coding::Fraction, _) => {
            // 2^-12 = 244140625 × 10^-12
            let exponent = information.exponent.saturating_sub(12);
            match raw.checked_mul(244_140_625) {
                Some(digits) => finish(
                    out,
                    false,
                    digits,
                    &Information {
                        exponent,
                        ..*information
                    },
                ),
                None => *out = Value::None(Absent::Overflow),
            }
        }
    }
}

fn time(out: &mut Value<'_>, civil: Option<Civil>, dst: Option<bool>) {
    match civil {
        Some(civil) => *out = Value::Time(Timestamp::Local { civil, dst }),
        None => *out = Value::None(Absent::Invalid),
    }
}

#[cold]
fn rf_level(out: &mut Value<'_>, raw: u64, information: &Information) {
    match raw
        .checked_mul(2)
        .and_then(|twice| i64::try_from(twice).ok())
    {
        Some(twice) => {
            let level = twice.saturating_sub(130);
            finish(out, level < 0, level.unsigned_abs(), information);
        }
        None => *out = Value::None(Absent::Overflow),
    }
}

/// Applies the power of ten and the additive corrections.
fn finish(out: &mut Value<'_>, negative: bool, digits: u64, information: &Information) {
    let decimal = Decimal::from_parts(negative, digits, information.exponent);
    let decimal = if information.addend == 0 {
        decimal
    } else {
        corrected(decimal, information)
    };
    match decimal {
        Some(decimal) => *out = Value::Number(Number::Decimal(decimal)),
        None => *out = Value::None(Absent::Overflow),
    }
}

#[cold]
fn corrected(decimal: Option<Decimal>, information: &Information) -> Option<Decimal> {
    let exponent = (-3_i8).saturating_sub(information.shift);
    let addend = Decimal::new(i64::from(information.addend), exponent)?;
    decimal?.checked_add(addend).ok()
}

fn real<'a>(out: &mut Value<'a>, data: &'a [u8], information: &Information, context: Context) {
    let number = match *data {
        [a, b, c, d] => {
            let bytes = context.order().least_first([a, b, c, d]);
            Number::F32(f32::from_le_bytes(bytes))
        }
        [a, b, c, d, e, f, g, h] => {
            let bytes = context.order().least_first([a, b, c, d, e, f, g, h]);
            Number::F64(f64::from_le_bytes(bytes))
        }
        _ => {
            *out = Value::Bytes(data);
            return;
        }
    };
    let is_finite = match number {
        Number::F32(float) => float.is_finite(),
        Number::F64(float) => float.is_finite(),
        Number::Decimal(_) => true,
    };
    if !is_finite {
        *out = Value::None(Absent::NotAvailable);
    } else if information.exponent == 0 && information.addend == 0 {
        *out = Value::Number(number);
    } else {
        // Scaling a float by a power of ten would round it: its shortest decimal is scaled instead.
        match number.to_decimal() {
            Some(shortest) => {
                let exponent = information.exponent.saturating_add(shortest.exponent());
                let scaled = Information {
                    exponent,
                    ..*information
                };
                finish(out, shortest.is_negative(), shortest.coefficient(), &scaled);
            }
            None => *out = Value::None(Absent::Overflow),
        }
    }
}

fn bcd<'a>(
    out: &mut Value<'a>,
    data: &'a [u8],
    negative: bool,
    information: &Information,
    context: Context,
) {
    let len = data.len();
    if len == 0 {
        *out = Value::None(Absent::NotSent);
        return;
    }
    let (Some(raw), Some(free)) = (load(data, context.order()), free_bits(len)) else {
        long_bcd(out, data, negative, information, context);
        return;
    };
    if raw == u64::MAX >> free {
        *out = Value::None(Absent::NotAvailable);
        return;
    }
    let sign = 60_u32.saturating_sub(free);
    let minus = raw >> sign == 0xF && information.coding != Coding::Unsigned;
    let digits = if minus { raw & !(0xF << sign) } else { raw };
    if has_hex_digit(digits) && !may_read_hex(digits, context) {
        *out = Value::None(Absent::Invalid);
    } else {
        finish(out, negative || minus, bcd_number(digits), information);
    }
}

/// Whether any nibble is above nine.
#[inline]
const fn has_hex_digit(digits: u64) -> bool {
    digits & 0x8888_8888_8888_8888 & (digits << 1 | digits << 2) != 0
}

/// An F in the middle has no value in any reading.
#[cold]
fn may_read_hex(digits: u64, context: Context) -> bool {
    let all_set = digits & digits >> 1 & digits >> 2 & digits >> 3 & 0x1111_1111_1111_1111;
    context.tolerance().contains(Tolerance::BCD_HEX) && all_set == 0
}

/// Sixteen nibbles as decimal digits: two, four, eight of them at a time.
#[inline]
const fn bcd_number(digits: u64) -> u64 {
    // Of the more significant half of each pair, what its weight of 16, 256, … is too much.
    let high = digits >> 4 & 0x0F0F_0F0F_0F0F_0F0F;
    let pairs = digits.wrapping_sub(high.wrapping_mul(16 - 10));
    let high = pairs >> 8 & 0x00FF_00FF_00FF_00FF;
    let fours = pairs.wrapping_sub(high.wrapping_mul((1 << 8) - 100));
    let high = fours >> 16 & 0x0000_FFFF_0000_FFFF;
    let eights = fours.wrapping_sub(high.wrapping_mul((1 << 16) - 10_000));
    let high = eights >> 32;
    eights.wrapping_sub(high.wrapping_mul((1 << 32) - 100_000_000))
}

/// BCD of more than 16 digits, which only an LVAR announces.
#[cold]
fn long_bcd(
    out: &mut Value<'_>,
    data: &[u8],
    negative: bool,
    information: &Information,
    context: Context,
) {
    if data.iter().any(|&byte| has_hex_digit(u64::from(byte))) {
        *out = Value::None(Absent::Invalid);
        return;
    }
    let add = |number: u64, &byte: &u8| {
        number
            .checked_mul(100)?
            .checked_add(bcd_number(u64::from(byte)))
    };
    let number = match context.order() {
        ByteOrder::LeastFirst => data.iter().rev().try_fold(0, add),
        ByteOrder::MostFirst => data.iter().try_fold(0, add),
    };
    match number {
        Some(number) => finish(out, negative, number, information),
        None => *out = Value::None(Absent::Overflow),
    }
}
