//! Data bytes to values (EN 13757-3, Annex A and Table 5).

use meter_units::{Absent, Decimal, Number, Quantity, Text, TextEncoding, Value};

use crate::record::Context;
use crate::record::combinable::RecordError;
use crate::record::date;
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

/// What the data says, given what the VIB says about it.
pub(crate) fn value<'a>(
    data: &'a [u8],
    class: Class,
    information: &Information,
    context: Context,
) -> Value<'a> {
    if let Some(error) = information.error {
        return Value::None(absent(error));
    }
    if information.opaque || information.profile.is_some() {
        return Value::Bytes(data);
    }
    match class {
        Class::None => Value::None(Absent::NotSent),
        Class::Integer | Class::Binary => integer(data, class, information, context),
        Class::Bcd => bcd(data, false, information, context),
        Class::NegativeBcd => bcd(data, true, information, context),
        Class::Real => real(data, information, context),
        Class::Text => match information.coding {
            Coding::Container | Coding::Verbatim | Coding::DateTime | Coding::Time => {
                Value::Bytes(data)
            }
            _ => Value::Text(Text::new(data, text_encoding(context.order))),
        },
        Class::Bytes | Class::Variable => Value::Bytes(data),
    }
}

/// Sign and digits of a valid number, which `bytes` begins with; `None` if it takes a closer look.
///
/// This is the short way for nearly all records, without a branch on the length: eight bytes are
/// loaded at once.
#[inline]
pub(crate) fn plain_number(
    bytes: &[u8],
    len: usize,
    class: Class,
    coding: Coding,
) -> Option<(bool, u64)> {
    let loaded = u64::from_le_bytes(*bytes.first_chunk::<8>()?);
    let free = free_bits(len)?;
    let raw = loaded & u64::MAX >> free;
    match (class, coding) {
        (Class::Integer, Coding::Signed) => {
            let number = i64::from_le_bytes((loaded << free).to_le_bytes()) >> free;
            if raw == 1 << 63 >> free {
                None
            } else {
                Some((number < 0, number.unsigned_abs()))
            }
        }
        (Class::Integer, Coding::Unsigned) => {
            if raw == u64::MAX >> free {
                None
            } else {
                Some((false, raw))
            }
        }
        (Class::Bcd, Coding::Signed | Coding::Unsigned) => {
            if has_hex_digit(raw) {
                None
            } else {
                Some((false, bcd_number(raw)))
            }
        }
        _ => None,
    }
}

const fn text_encoding(order: ByteOrder) -> TextEncoding {
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
#[inline]
fn free_bits(len: usize) -> Option<u32> {
    let free = 8_usize.checked_sub(len).filter(|&free| free < 8)?;
    u32::try_from(free).ok().map(|free| free << 3 & 63)
}

fn integer<'a>(
    data: &'a [u8],
    class: Class,
    information: &Information,
    context: Context,
) -> Value<'a> {
    let len = data.len();
    if len == 0 {
        return Value::None(Absent::NotSent);
    }
    let (Some(raw), Some(free)) = (load(data, context.order), free_bits(len)) else {
        return Value::Bytes(data);
    };
    let ones = u64::MAX >> free;
    match information.coding {
        Coding::Signed => {
            let number = i64::from_le_bytes((raw << free).to_le_bytes()) >> free;
            if information.quantity == Quantity::RfLevel
                && context.tolerance.contains(Tolerance::RF_LEVEL_OFFSET)
            {
                return rf_level(raw, information);
            }
            let invalid = class == Class::Integer && raw == 1 << 63 >> free;
            if invalid {
                return Value::None(Absent::Invalid);
            }
            finish(number < 0, number.unsigned_abs(), information)
        }
        Coding::Unsigned => unsigned(raw, raw == ones && class == Class::Integer, information),
        Coding::Flags => Value::Flags(raw),
        Coding::Fraction => {
            if raw == ones {
                return Value::None(Absent::NotAvailable);
            }
            // 2^-12 = 244140625 × 10^-12
            let scaled = Information {
                exponent: information.exponent.saturating_sub(12),
                ..*information
            };
            match raw.checked_mul(244_140_625) {
                Some(coefficient) => finish(false, coefficient, &scaled),
                None => Value::None(Absent::Overflow),
            }
        }
        Coding::Date => match len {
            2 => date::type_g(raw),
            _ => unsigned(raw, false, information),
        },
        Coding::DateTime | Coding::Time => match len {
            2 if information.coding == Coding::Time => date::type_g(raw),
            3 => date::type_j(raw),
            4 => date::type_f(raw),
            6 => date::type_i(raw),
            _ => unsigned(raw, false, information),
        },
        Coding::Container | Coding::Verbatim => Value::Bytes(data),
    }
}

#[inline]
fn unsigned(raw: u64, all_ones: bool, information: &Information) -> Value<'static> {
    if all_ones {
        return Value::None(Absent::NotAvailable);
    }
    finish(false, raw, information)
}

#[cold]
fn rf_level(raw: u64, information: &Information) -> Value<'static> {
    match raw
        .checked_mul(2)
        .and_then(|twice| i64::try_from(twice).ok())
    {
        Some(twice) => {
            let level = twice.saturating_sub(130);
            finish(level < 0, level.unsigned_abs(), information)
        }
        None => Value::None(Absent::Overflow),
    }
}

/// Applies the power of ten and the additive corrections.
#[inline]
fn finish(negative: bool, coefficient: u64, information: &Information) -> Value<'static> {
    let Some(decimal) = Decimal::from_parts(negative, coefficient, information.exponent) else {
        return Value::None(Absent::Overflow);
    };
    if information.addend == 0 {
        return Value::Number(Number::Decimal(decimal));
    }
    corrected(decimal, information)
}

#[cold]
fn corrected(decimal: Decimal, information: &Information) -> Value<'static> {
    let exponent = (-3_i8).saturating_sub(information.shift);
    let sum = Decimal::new(i64::from(information.addend), exponent)
        .and_then(|addend| decimal.checked_add(addend).ok());
    sum.map_or(Value::None(Absent::Overflow), |sum| {
        Value::Number(Number::Decimal(sum))
    })
}

fn real<'a>(data: &'a [u8], information: &Information, context: Context) -> Value<'a> {
    let Some(raw) = load(data, context.order) else {
        return Value::Bytes(data);
    };
    let number = match (data.len(), u32::try_from(raw)) {
        (4, Ok(bits)) => Number::F32(f32::from_bits(bits)),
        (8, _) => Number::F64(f64::from_bits(raw)),
        _ => return Value::Bytes(data),
    };
    let is_finite = match number {
        Number::F32(float) => float.is_finite(),
        Number::F64(float) => float.is_finite(),
        Number::Decimal(_) => true,
    };
    if !is_finite {
        return Value::None(Absent::NotAvailable);
    }
    if information.exponent == 0 && information.addend == 0 {
        return Value::Number(number);
    }
    // Scaling a float by a power of ten would round it: its shortest decimal is scaled instead.
    let Some(shortest) = number.to_decimal() else {
        return Value::None(Absent::Overflow);
    };
    let exponent = information.exponent.saturating_add(shortest.exponent());
    let scaled = Information {
        exponent,
        ..*information
    };
    finish(shortest.is_negative(), shortest.coefficient(), &scaled)
}

fn bcd<'a>(
    data: &'a [u8],
    negative: bool,
    information: &Information,
    context: Context,
) -> Value<'a> {
    let len = data.len();
    if len == 0 {
        return Value::None(Absent::NotSent);
    }
    let (Some(raw), Some(free)) = (load(data, context.order), free_bits(len)) else {
        return long_bcd(data, negative, information, context);
    };
    if raw == u64::MAX >> free {
        return Value::None(Absent::NotAvailable);
    }
    let sign = 60_u32.saturating_sub(free);
    let minus = raw >> sign == 0xF && information.coding != Coding::Unsigned;
    let digits = if minus { raw & !(0xF << sign) } else { raw };
    if has_hex_digit(digits) && !may_read_hex(digits, context) {
        return Value::None(Absent::Invalid);
    }
    finish(negative || minus, bcd_number(digits), information)
}

/// Whether any nibble is above nine.
#[inline]
pub(crate) const fn has_hex_digit(digits: u64) -> bool {
    digits & 0x8888_8888_8888_8888 & (digits << 1 | digits << 2) != 0
}

/// An F in the middle has no value in any reading.
#[cold]
fn may_read_hex(digits: u64, context: Context) -> bool {
    let all_set = digits & digits >> 1 & digits >> 2 & digits >> 3 & 0x1111_1111_1111_1111;
    context.tolerance.contains(Tolerance::BCD_HEX) && all_set == 0
}

/// Sixteen nibbles as decimal digits, four pairs at a time.
#[inline]
pub(crate) const fn bcd_number(digits: u64) -> u64 {
    let pairs = (digits >> 4 & 0x0F0F_0F0F_0F0F_0F0F)
        .wrapping_mul(10)
        .wrapping_add(digits & 0x0F0F_0F0F_0F0F_0F0F);
    let fours = (pairs >> 8 & 0x00FF_00FF_00FF_00FF)
        .wrapping_mul(100)
        .wrapping_add(pairs & 0x00FF_00FF_00FF_00FF);
    let eights = (fours >> 16 & 0x0000_FFFF_0000_FFFF)
        .wrapping_mul(10_000)
        .wrapping_add(fours & 0x0000_FFFF_0000_FFFF);
    (eights >> 32)
        .wrapping_mul(100_000_000)
        .wrapping_add(eights & 0xFFFF_FFFF)
}

/// BCD of more than 16 digits, which only an LVAR announces.
#[cold]
fn long_bcd(
    data: &[u8],
    negative: bool,
    information: &Information,
    context: Context,
) -> Value<'static> {
    let mut number = 0_u64;
    let mut absent = None;
    for index in 0..data.len() {
        let byte = match context.order {
            ByteOrder::LeastFirst => data.iter().rev().nth(index),
            ByteOrder::MostFirst => data.get(index),
        };
        let byte = byte.copied().unwrap_or_default();
        if has_hex_digit(u64::from(byte)) {
            absent = Some(Absent::Invalid);
            continue;
        }
        let shifted = number.checked_mul(100);
        match shifted.and_then(|number| number.checked_add(bcd_number(u64::from(byte)))) {
            Some(sum) => number = sum,
            None => absent = absent.or(Some(Absent::Overflow)),
        }
    }
    match absent {
        Some(absent) => Value::None(absent),
        None => finish(negative, number, information),
    }
}
