//! A reading to the record that says the same.

use meter_units::{
    Absent, Channel, Civil, Decimal, Direction, Number, Per, Phase, Quantity, Reading, Statistic,
    TextEncoding, Timestamp, Unit, Value,
};

use crate::EncodeError;
use crate::record::build::RecordBuilder;
use crate::record::combinable::{self, Effect, Level};
use crate::record::dib::{DataField, Function};
use crate::record::vif::{self, Coding, Status, Table, Vif};

impl<'a> RecordBuilder<'a> {
    /// The shortest record that reads as `reading`: the VIF is found by quantity, unit and power
    /// of ten, everything else of the channel goes into DIFE and VIFE.
    ///
    /// The medium belongs into the header of the telegram; time and OBIS code of the reading have no
    /// place in a record.
    ///
    /// # Errors
    ///
    /// [`EncodeError::NoVif`] if no VIF counts this quantity in this unit so that no digit is lost;
    /// [`EncodeError::Value`] if the value has no coding, such as text outside ISO 8859-1 or a time
    /// with a known zone.
    pub fn from_reading(reading: &Reading<'a>) -> Result<Self, EncodeError> {
        let channel = &reading.channel;
        let builder = match reading.value {
            Value::Number(Number::Decimal(value)) => decimal(channel, reading.unit, value)?,
            Value::Number(Number::F32(value)) => exact_vif(channel, reading.unit)?.0.real(value),
            Value::Number(Number::F64(value)) => {
                let (builder, _) = exact_vif(channel, reading.unit)?;
                builder.real(narrowed(value)?)
            }
            Value::Text(text) => {
                let (builder, vif) = exact_vif(channel, reading.unit)?;
                // Under these, text is read as bytes.
                if let Coding::Container | Coding::Verbatim | Coding::DateTime | Coding::Time =
                    vif.coding
                {
                    return Err(EncodeError::NoVif);
                }
                match (text.encoding(), u8::try_from(text.as_bytes().len())) {
                    (TextEncoding::Latin1Reversed, Ok(len)) => {
                        builder.raw_variable(len, text.as_bytes())?
                    }
                    _ => builder.text(text.to_str().ok_or(EncodeError::Value)?)?,
                }
            }
            Value::Bytes(bytes) => {
                let (builder, vif) = exact_vif(channel, reading.unit)?;
                let lvar = lvar_of_bytes(bytes.len(), vif.coding).ok_or(EncodeError::Value)?;
                builder.raw_variable(lvar, bytes)?
            }
            Value::Time(Timestamp::Local { civil, dst }) => time(channel.quantity, civil, dst)?,
            Value::Flags(flags) => {
                let (builder, _) = any_vif(channel.quantity, reading.unit, |vif, power| {
                    (vif.coding == Coding::Flags && power == 0).then_some(0)
                })
                .ok_or(EncodeError::NoVif)?;
                let field = fitting(flags, u64::MAX).ok_or(EncodeError::Value)?;
                builder.flags(field, flags)?
            }
            Value::None(absent) => {
                let (builder, _) = any_vif(channel.quantity, reading.unit, |_, _| Some(0))
                    .ok_or(EncodeError::NoVif)?;
                let builder = builder.no_data();
                match absent {
                    Absent::NotSent => builder,
                    Absent::NotAvailable => builder.vife(0x15)?,
                    Absent::Overflow => builder.vife(0x16)?,
                    _ => builder.vife(0x18)?,
                }
            }
            _ => return Err(EncodeError::Value),
        };
        qualified(builder, channel, reading.unit)
    }
}

/// DIFE and VIFE from what the channel says beside the quantity.
fn qualified<'a>(
    builder: RecordBuilder<'a>,
    channel: &Channel,
    unit: Unit,
) -> Result<RecordBuilder<'a>, EncodeError> {
    let function = match channel.statistic {
        Statistic::Maximum => Function::Maximum,
        Statistic::Minimum => Function::Minimum,
        Statistic::DuringError => Function::DuringError,
        _ => Function::Instantaneous,
    };
    let mut builder = builder
        .function(function)
        .storage(channel.storage)?
        .tariff(channel.tariff)?
        .subunit(channel.subunit)?;
    let effects = [
        (channel.statistic == Statistic::Average).then_some(Effect::Statistic(Statistic::Average)),
        (unit.per() != Per::None).then_some(Effect::Per(unit.per())),
        (channel.direction != Direction::None).then_some(Effect::Direction(channel.direction)),
        (channel.phase != Phase::Total).then_some(Effect::Phase(channel.phase)),
    ];
    for effect in effects.into_iter().flatten() {
        let (level, code) = combinable::code_of(effect).ok_or(EncodeError::NoVif)?;
        if level == Level::Second {
            builder = builder.vife(0x7C)?;
        }
        builder = builder.vife(code)?;
    }
    Ok(builder)
}

fn decimal<'a>(
    channel: &Channel,
    unit: Unit,
    value: Decimal,
) -> Result<RecordBuilder<'a>, EncodeError> {
    // The data that a VIF needs for the value: more digits, or fewer where they are zero.
    let digits = |vif: &Vif, power: i16| {
        let shift = i16::from(value.exponent()).checked_add(power)?;
        let data = scaled(value.coefficient(), shift)?;
        let usable = match vif.coding {
            Coding::Signed => i64::try_from(data).is_ok(),
            Coding::Unsigned => !value.is_negative(),
            _ => false,
        };
        if usable {
            Some(shift.unsigned_abs())
        } else {
            None
        }
    };
    let (builder, vif) = any_vif(channel.quantity, unit, digits).ok_or(EncodeError::NoVif)?;
    let power = power_between(unit, vif);
    let shift = i16::from(value.exponent()).saturating_add(power);
    let data = scaled(value.coefficient(), shift).ok_or(EncodeError::Value)?;
    if vif.coding == Coding::Unsigned {
        let field = fitting(data, u64::MAX.wrapping_sub(1)).ok_or(EncodeError::Value)?;
        return builder.unsigned(field, data);
    }
    let field =
        fitting(data.saturating_mul(2), u64::MAX.wrapping_sub(1)).ok_or(EncodeError::Value)?;
    let data = i64::try_from(data).map_err(|_| EncodeError::Value)?;
    builder.integer(
        field,
        if value.is_negative() {
            data.wrapping_neg()
        } else {
            data
        },
    )
}

/// `coefficient` × 10^`shift`, where that is a whole number of 64 bits.
fn scaled(coefficient: u64, shift: i16) -> Option<u64> {
    let factor = 10_u64.checked_pow(u32::from(shift.unsigned_abs()))?;
    if shift >= 0 {
        return coefficient.checked_mul(factor);
    }
    match coefficient.checked_rem(factor)? {
        0 => coefficient.checked_div(factor),
        _ => None,
    }
}

/// What a number in `unit` has to be multiplied by, as a power of ten, to be the data of `vif`.
fn power_between(unit: Unit, vif: Vif) -> i16 {
    i16::from(unit.prefix().power())
        .saturating_sub(i16::from(vif.unit.prefix().power()))
        .saturating_sub(i16::from(vif.exponent))
}

/// The VIF that counts in exactly this unit.
fn exact_vif<'a>(channel: &Channel, unit: Unit) -> Result<(RecordBuilder<'a>, Vif), EncodeError> {
    any_vif(channel.quantity, unit, |_, power| {
        if power == 0 { Some(0) } else { None }
    })
    .ok_or(EncodeError::NoVif)
}

/// The VIF of this quantity and base unit that `cost` likes best; the first of equals.
fn any_vif<'a>(
    quantity: Quantity,
    unit: Unit,
    cost: impl Fn(&Vif, i16) -> Option<u16>,
) -> Option<(RecordBuilder<'a>, Vif)> {
    let tables: [(&Table, &[u8]); 4] = [
        (&vif::PRIMARY, &[]),
        (&vif::FIRST_EXTENSION, &[0xFB]),
        (&vif::SECOND_EXTENSION, &[0xFD]),
        (&vif::SECOND_EXTENSION_2, &[0xFD, 0xFD]),
    ];
    let mut best: Option<(u16, &[u8], u8, Vif)> = None;
    for (table, extension) in tables {
        for (code, vif) in (0..=u8::MAX).zip(table) {
            // With 7Fh every VIFE would be the manufacturer's.
            let is_manufacturer = extension.is_empty() && code == 0x7F;
            let fits = !is_manufacturer
                && vif.status == Status::Valid
                && vif.quantity == quantity
                && vif.unit.base() == unit.base();
            if !fits {
                continue;
            }
            let Some(cost) = cost(vif, power_between(unit, *vif)) else {
                continue;
            };
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, extension, code, *vif));
            }
        }
    }
    let (_, extension, code, vif) = best?;
    let builder = match *extension {
        [] => RecordBuilder::new(&[code]),
        [first] => RecordBuilder::new(&[first, code]),
        _ => RecordBuilder::new(&[0xFD, 0xFD, code]),
    };
    Some((builder.ok()?, vif))
}

fn time<'a>(
    quantity: Quantity,
    civil: Civil,
    dst: Option<bool>,
) -> Result<RecordBuilder<'a>, EncodeError> {
    let time_only = civil.year().is_none() && civil.month().is_none() && civil.day().is_none();
    let date_only = civil.hour().is_none() && civil.minute().is_none() && civil.second().is_none();
    let builder = match quantity {
        Quantity::Timestamp if date_only && dst.is_none() => RecordBuilder::new(&[0x6C])?,
        Quantity::Timestamp => RecordBuilder::new(&[0x6D])?,
        Quantity::TariffStart => RecordBuilder::new(&[0xFD, 0x30])?,
        Quantity::BatteryChange => RecordBuilder::new(&[0xFD, 0x70])?,
        _ => return Err(EncodeError::NoVif),
    };
    match dst {
        None if date_only => builder.date(&civil),
        None if time_only => Ok(builder.time_of_day(&civil)),
        _ if civil.second().is_some() => builder.date_time_seconds(&civil, dst == Some(true)),
        _ => builder.date_time(&civil, dst == Some(true)),
    }
}

/// The LVAR after which so many bytes are read as bytes: shorter ones would be a number.
fn lvar_of_bytes(len: usize, coding: Coding) -> Option<u8> {
    let len = u8::try_from(len).ok()?;
    match (len, coding) {
        (0..=0xBF, Coding::Container) => Some(len),
        (9..=15, _) => Some(0xE0 | len),
        (16, _) => Some(0xF0),
        (20, _) => Some(0xF1),
        (24, _) => Some(0xF2),
        (28, _) => Some(0xF3),
        (32, _) => Some(0xF4),
        (48, _) => Some(0xF5),
        (64, _) => Some(0xF6),
        _ => None,
    }
}

/// A float of 32 bits with the same value.
fn narrowed(value: f64) -> Result<f32, EncodeError> {
    #[allow(clippy::cast_possible_truncation)]
    let narrow = value as f32;
    if f64::from(narrow).to_bits() == value.to_bits() {
        Ok(narrow)
    } else {
        Err(EncodeError::Value)
    }
}

/// The shortest integer whose bits hold `bits`, and not `limit` at its own width.
fn fitting(bits: u64, limit: u64) -> Option<DataField> {
    let fields = [
        (DataField::Int8, 8),
        (DataField::Int16, 16),
        (DataField::Int24, 24),
        (DataField::Int32, 32),
        (DataField::Int48, 48),
        (DataField::Int64, 64),
    ];
    let held = |width: u32| {
        let free = 64_u32.saturating_sub(width);
        bits <= (u64::MAX >> free).min(limit) && (limit == u64::MAX || bits < u64::MAX >> free)
    };
    fields
        .into_iter()
        .find(|&(_, width)| held(width))
        .map(|(field, _)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_move_without_loss_only() {
        assert_eq!(scaled(12, 3), Some(12_000));
        assert_eq!(scaled(12_000, -3), Some(12));
        assert_eq!(scaled(12_001, -3), None);
        assert_eq!(scaled(u64::MAX, 1), None);
    }
}
