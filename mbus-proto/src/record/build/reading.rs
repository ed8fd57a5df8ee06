//! A reading to the record that says the same.

use meter_units::{
    Absent, BaseUnit, Channel, Civil, Decimal, Direction, Number, Per, Phase, Quantity, Reading,
    Statistic, TextEncoding, Timestamp, Unit, Value,
};

use crate::EncodeError;
use crate::record::build::RecordBuilder;
use crate::record::combinable::{self, Effect, Level};
use crate::record::dib::{DataField, Function};
use crate::record::layout;
use crate::record::vif::{self, Coding, Status, Table, Vif};
use crate::record::vife;

impl<'a> RecordBuilder<'a> {
    /// The shortest record that reads as `reading`: the VIF is found by quantity, unit and power
    /// of ten, everything else of the channel goes into DIFE and VIFE.
    ///
    /// Where no VIF has the power of ten, one of the VIFE 70h to 77h and 7Dh makes up for it. The
    /// medium belongs into the header of the telegram; time and OBIS code of the reading have no
    /// place in a record.
    ///
    /// # Errors
    ///
    /// [`EncodeError::NoVif`] if no VIF counts this quantity in this unit so that no digit is lost,
    /// or if the reading does not tell which one it came from (data of a manufacturer, plain text);
    /// [`EncodeError::Value`] if the value has no coding, such as text outside ISO 8859-1 or a time
    /// with a known zone.
    pub fn from_reading(reading: &Reading<'a>) -> Result<Self, EncodeError> {
        let channel = &reading.channel;
        let builder = match reading.value {
            Value::Number(Number::Decimal(value)) => decimal(channel, reading.unit, value)?,
            Value::Number(Number::F32(value)) => {
                exact_vif(channel, reading.unit)?.builder.real(value)
            }
            Value::Number(Number::F64(value)) => exact_vif(channel, reading.unit)?
                .builder
                .real(narrowed(value)?),
            Value::Text(text) => {
                let Found { builder, vif, .. } = exact_vif(channel, reading.unit)?;
                // Under these, text is read as bytes.
                if reads_text_as_bytes(vif.coding) {
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
                let Found { builder, vif, .. } = exact_vif(channel, reading.unit)?;
                let lvar = lvar_of_bytes(bytes.len(), vif.coding).ok_or(EncodeError::Value)?;
                builder.raw_variable(lvar, bytes)?
            }
            Value::Time(Timestamp::Local { civil, dst }) => time(channel.quantity, civil, dst)?,
            Value::Flags(flags) => {
                let found = find(channel.quantity, reading.unit, |vif, power| {
                    (vif.coding == Coding::Flags && power == 0).then_some(0)
                })?;
                let field = fitting(flags, u64::MAX).ok_or(EncodeError::Value)?;
                found.builder.flags(field, flags)?
            }
            Value::None(absent) => {
                let found = find(channel.quantity, reading.unit, |_, _| Some(0))?;
                let builder = found.builder.no_data();
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
        let (level, code) = vife::code_of(effect).ok_or(EncodeError::NoVif)?;
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
    let shift = |power| i16::from(value.exponent()).saturating_add(power);
    // The data that a VIF needs for the value: more digits, or fewer where they are zero.
    let digits = |vif: &Vif, power: i16| {
        let data = data_of(value.coefficient(), shift(power), vif.coding)?;
        let usable = match vif.coding {
            Coding::Signed => i64::try_from(data).is_ok(),
            Coding::Unsigned => !value.is_negative(),
            // The decimal that it is read as has a coefficient of 64 bits too.
            Coding::Fraction => !value.is_negative() && data.checked_mul(244_140_625).is_some(),
            _ => false,
        };
        if usable {
            Some(shift(power).unsigned_abs())
        } else {
            None
        }
    };
    let Found {
        builder,
        vif,
        power,
    } = find(channel.quantity, unit, digits)?;
    let data = data_of(value.coefficient(), shift(power), vif.coding).ok_or(EncodeError::Value)?;
    if vif.coding != Coding::Signed {
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

/// `coefficient` × 10^`shift` in this coding, where that is a whole number of 64 bits.
fn data_of(coefficient: u64, shift: i16, coding: Coding) -> Option<u64> {
    let counted = match coding {
        // In steps of 2^-12.
        Coding::Fraction => u128::from(coefficient) << 12,
        _ => u128::from(coefficient),
    };
    let factor = 10_u128.checked_pow(u32::from(shift.unsigned_abs()))?;
    let data = if shift >= 0 {
        counted.checked_mul(factor)?
    } else if counted.checked_rem(factor)? == 0 {
        counted.checked_div(factor)?
    } else {
        return None;
    };
    u64::try_from(data).ok()
}

/// What a number in `unit` has to be multiplied by, as a power of ten, to be the data of `vif`.
fn power_between(unit: Unit, vif: &Vif) -> i16 {
    i16::from(unit.prefix().power())
        .saturating_sub(i16::from(vif.unit.prefix().power()))
        .saturating_sub(i16::from(vif.exponent))
}

/// A VIF, with the VIFE that make it fit.
struct Found<'a> {
    builder: RecordBuilder<'a>,
    vif: Vif,
    /// What a number in the unit has to be multiplied by, as a power of ten, to be the data.
    power: i16,
}

/// The VIF that counts in exactly this unit.
fn exact_vif<'a>(channel: &Channel, unit: Unit) -> Result<Found<'a>, EncodeError> {
    find(channel.quantity, unit, |_, power| {
        if power == 0 { Some(0) } else { None }
    })
}

/// The VIF of this quantity and base unit that `cost` likes best: first of all one that needs no
/// VIFE to scale it, then one that needs the least scaling, then the first of equals.
fn find<'a>(
    quantity: Quantity,
    unit: Unit,
    cost: impl Fn(&Vif, i16) -> Option<u16>,
) -> Result<Found<'a>, EncodeError> {
    let measured = combinable::before_base_conditions(unit);
    let base = measured.unwrap_or(unit.base());
    let with_scale = |scale: i8| {
        let power = |vif: &Vif| power_between(unit, vif).saturating_sub(scale.into());
        let best = best_vif(quantity, base, |vif| cost(vif, power(vif)))?;
        let power = power(&best.vif);
        Some((best, power))
    };
    let scaled = || {
        vife::scales()
            .filter_map(|(code, scale)| Some((with_scale(scale)?, code, scale.unsigned_abs())))
            .min_by_key(|((best, _), _, distance)| (best.cost, *distance))
            .map(|(found, code, _)| (found, Some(code)))
    };
    let ((best, power), scale) = with_scale(0)
        .map(|found| (found, None))
        .or_else(scaled)
        .ok_or(EncodeError::NoVif)?;
    let mut builder = match (best.extension, best.code) {
        ([], code) => RecordBuilder::new(&[code])?,
        ([first], code) => RecordBuilder::new(&[*first, code])?,
        (_, code) => RecordBuilder::new(&[0xFD, 0xFD, code])?,
    };
    if let Some(code) = scale {
        builder = builder.vife(code)?;
    }
    if measured.is_some() {
        builder = builder.vife(combinable::AT_BASE_CONDITIONS)?;
    }
    Ok(Found {
        builder,
        vif: best.vif,
        power,
    })
}

/// A row of the VIF tables.
struct Candidate {
    cost: u16,
    /// The bytes before the code.
    extension: &'static [u8],
    code: u8,
    vif: Vif,
}

/// The VIF of this quantity and base unit that costs least; the first of equals.
fn best_vif(
    quantity: Quantity,
    base: BaseUnit,
    cost: impl Fn(&Vif) -> Option<u16>,
) -> Option<Candidate> {
    let tables: [(&Table, &'static [u8]); 4] = [
        (&vif::PRIMARY, &[]),
        (&vif::FIRST_EXTENSION, &[0xFB]),
        (&vif::SECOND_EXTENSION, &[0xFD]),
        (&vif::SECOND_EXTENSION_2, &[0xFD, 0xFD]),
    ];
    let mut best: Option<Candidate> = None;
    for (table, extension) in tables {
        for (code, vif) in (0..=u8::MAX).zip(table) {
            // The text of 7Ch is not in the reading, nor is whether the manufacturer's data came
            // with 7Fh, FD 2Ah or without any VIF.
            let is_told = !matches!(
                vif.quantity,
                Quantity::PlainText | Quantity::VendorSpecificData
            );
            let fits = is_told
                && vif.status == Status::Valid
                && vif.quantity == quantity
                && vif.unit.base() == base;
            if !fits {
                continue;
            }
            let Some(cost) = cost(vif) else {
                continue;
            };
            if best.as_ref().is_none_or(|best| cost < best.cost) {
                best = Some(Candidate {
                    cost,
                    extension,
                    code,
                    vif: *vif,
                });
            }
        }
    }
    best
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

/// Whether text under a VIF of this coding is no text.
const fn reads_text_as_bytes(coding: Coding) -> bool {
    matches!(
        coding,
        Coding::Container | Coding::Verbatim | Coding::DateTime | Coding::Time
    )
}

/// The LVAR after which so many bytes are read as bytes: shorter ones would be a number.
fn lvar_of_bytes(len: usize, coding: Coding) -> Option<u8> {
    let len = u8::try_from(len).ok()?;
    match len {
        0..=0xBF if reads_text_as_bytes(coding) => Some(len),
        9..=15 => Some(0xE0 | len),
        _ => (0xF0..=0xF6).find(|&lvar| layout::variable_len(lvar) == usize::from(len)),
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
        let signed = |coefficient, shift| data_of(coefficient, shift, Coding::Signed);
        assert_eq!(signed(12, 3), Some(12_000));
        assert_eq!(signed(12_000, -3), Some(12));
        assert_eq!(signed(12_001, -3), None);
        assert_eq!(signed(u64::MAX, 1), None);
    }

    #[test]
    fn fractions_are_counted_in_steps_of_two_to_the_minus_twelve() {
        let fraction = |coefficient, shift| data_of(coefficient, shift, Coding::Fraction);
        assert_eq!(fraction(15, -1), Some(0x1800));
        assert_eq!(fraction(244_140_625, -12), Some(1));
        assert_eq!(fraction(1, -1), None);
    }
}
