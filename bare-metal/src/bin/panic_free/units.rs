//! The entrances of meter-units.

use core::fmt::LowerExp;
use core::hint::black_box;
use core::num::NonZeroU64;
use core::str::{self, FromStr};
use core::time::Duration;

use mbus_proto::app::FixedUnit;
use meter_units::{
    Absent, Channel, Civil, Decimal, Direction, DlmsUnit, How, Instant, Kind, Medium, Number,
    ObisCode, ObisPattern, Per, Phase, Prefix, Quantity, Rounding, Span, Statistic, Text,
    TextEncoding, Timestamp, Unit, Value, channel_in, channel_of, obis_for,
};

use crate::{show, show_debug};

pub(crate) fn decimal_text(input: &[u8]) {
    black_box(Decimal::from_ascii(input)).ok();
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Err(error) = black_box(text.parse::<Decimal>()) {
        show(error);
    }
    black_box(Decimal::from_str_comma(text)).ok();
    let rounding = rounding(text.len());
    let places = i8::from_le_bytes([text.len().to_le_bytes()[0]]);
    black_box(Decimal::from_str_rounded(text, places, rounding)).ok();
}

pub(crate) fn decimal_shown(input: &[u8]) {
    let value = decimal(input);
    let text = value.to_text();
    black_box((text.as_bytes(), text.as_str()));
    show(text);
    show(value);
    show(Exponential(value));
    show_debug(value);
    show(Number::Decimal(value).to_decimal().unwrap_or_default());
}

pub(crate) fn decimal_arithmetic(input: &[u8]) {
    let (a, b) = decimals(input);
    black_box(a.checked_add(b)).ok();
    black_box(a.checked_sub(b)).ok();
    if let Err(error) = black_box(a.checked_mul(b)) {
        show(error);
    }
    black_box((a.cmp(&b), a == b, a.same_repr(&b)));
    black_box((a.negated(), a.abs(), a.normalized(), a.digits()));
    black_box(a.scale_by_power_of_ten(b.exponent()));
    black_box((i64::try_from(a).ok(), u64::try_from(a).ok()));
}

pub(crate) fn decimal_rounding(input: &[u8]) {
    let (a, b) = decimals(input);
    let (places, rounding) = (b.exponent(), rounding(input.len()));
    black_box(a.round(places, rounding)).ok();
    black_box(a.rescale(places, rounding)).ok();
    if let Some(denominator) = NonZeroU64::new(b.coefficient()) {
        let numerator = bits(input);
        black_box(a.mul_ratio_exact(numerator, denominator, places)).ok();
        black_box(a.mul_ratio_rounded(numerator, denominator, places, places, rounding)).ok();
    }
}

pub(crate) fn decimal_float(input: &[u8]) {
    let value = decimal(input);
    black_box((value.to_f64(), value.to_f32()));
    let bits = bits(input);
    let double = f64::from_bits(bits);
    let [a, b, c, d, ..] = bits.to_le_bytes();
    let single = f32::from_le_bytes([a, b, c, d]);
    black_box(Decimal::try_from_f64_shortest(double)).ok();
    black_box(Decimal::try_from_f32_shortest(single)).ok();
    for number in [
        Number::F32(single),
        Number::F64(double),
        Number::Decimal(value),
    ] {
        black_box((number.to_f64(), number.to_f32(), number.to_decimal()));
        black_box(number.convert(Unit::KWH, unit(a), How::Exact)).ok();
    }
}

pub(crate) fn unit_text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Err(error) = black_box(text.parse::<Unit>()) {
        show(error);
    }
    for kind in [Kind::Temperature, Kind::VolumeNorm, Kind::Charge] {
        black_box(Unit::parse_hinted(text, black_box(kind))).ok();
    }
}

pub(crate) fn unit_shown(input: &[u8]) {
    let Some(unit) = opaque_unit(input) else {
        return;
    };
    show(unit);
    for form in [unit.symbol(), unit.ascii(), unit.key(), unit.ucum()] {
        show(form);
    }
    show(unit.kind());
    black_box((unit.dlms(), unit.t29(), unit.base(), unit.per()));
}

pub(crate) fn unit_conversion(input: &[u8]) {
    let (Some(from), Some(to)) = (opaque_unit(input), input.get(3..).and_then(opaque_unit)) else {
        return;
    };
    let value = decimal(input);
    if let Err(error) = black_box(from.convert(value, to, How::Exact)) {
        show(error);
    }
    let rounded = How::Rounded {
        places: value.exponent(),
        rounding: rounding(input.len()),
    };
    black_box(from.convert(value, to, rounded)).ok();
}

pub(crate) fn obis_text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Err(error) = black_box(text.parse::<ObisCode>()) {
        show(error);
    }
    black_box(text.parse::<ObisPattern>()).ok();
}

pub(crate) fn obis_shown(input: &[u8]) {
    let Some(&groups) = input.first_chunk() else {
        return;
    };
    let code = ObisCode(groups);
    show(code);
    show(code.reduced());
    let [a, b, c, d, e, f] = groups;
    let pattern = ObisPattern::new(c, d).with_e(e);
    for pattern in [pattern, pattern.with_a(a).with_b(b).with_f(f), code.into()] {
        show(black_box(pattern));
        black_box((pattern.matches(code), pattern.complete(Medium(a))));
    }
}

pub(crate) fn obis_channel(input: &[u8]) {
    let Some((&groups, &[medium, index, other, ref rest @ ..])) = input.split_first_chunk() else {
        return;
    };
    let code = ObisCode(groups);
    black_box(channel_in(code, Medium(medium)));
    if let Some(channel) = black_box(channel_of(code)) {
        black_box(obis_for(&channel));
    }
    if let Some(channel) = opaque_channel(medium, index, other, bits(rest)) {
        black_box(obis_for(&channel));
    }
}

fn opaque_channel(medium: u8, index: u8, other: u8, storage: u64) -> Option<Channel> {
    let (at, also_at) = (usize::from(index), usize::from(other));
    Some(Channel {
        quantity: *Quantity::ALL.get(at)?,
        medium: Medium(medium),
        direction: *Direction::ALL.get(also_at)?,
        phase: *Phase::ALL.get(also_at)?,
        statistic: *Statistic::ALL.get(also_at)?,
        span: *Span::ALL.get(at % 4)?,
        tariff: u32::from(index),
        subunit: u16::from(other),
        storage,
    })
}

pub(crate) fn timestamp_text(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    if let Err(error) = black_box(text.parse::<Timestamp>()) {
        show(error);
    }
    black_box(text.parse::<Civil>()).ok();
}

pub(crate) fn timestamp_shown(input: &[u8]) {
    show(civil(input));
    for timestamp in timestamps(input) {
        show(timestamp);
    }
}

pub(crate) fn timestamp(input: &[u8]) {
    let civil = civil(input);
    black_box((
        civil.to_days(),
        civil.is_valid_date(),
        civil.date(),
        civil.time(),
    ));
    let [a, b, c, d, ..] = integer(input).to_le_bytes();
    black_box(Civil::from_days(i32::from_le_bytes([a, b, c, d])));
    for timestamp in timestamps(input) {
        black_box((timestamp.to_unix(), timestamp.civil()));
        for other in timestamps(input.get(8..).unwrap_or_default()) {
            black_box(timestamp.compare(&other));
        }
    }
}

pub(crate) fn text(input: &[u8]) {
    let text = opaque_text(input);
    text.chars().for_each(|character| {
        black_box(character);
    });
    black_box((text.to_str(), text.is_printable()));
    black_box(text == opaque_text(input.get(1..).unwrap_or_default()));
    show(text);
    let values = [
        Value::Text(text),
        Value::Bytes(input),
        Value::Flags(bits(input)),
        Value::None(Absent::Overflow),
    ];
    for value in values {
        black_box((black_box(value).number(), value.text(), value.bytes()));
    }
}

pub(crate) fn words(input: &[u8]) {
    let Ok(text) = str::from_utf8(input) else {
        return;
    };
    word::<Quantity>(text);
    word::<Direction>(text);
    word::<Phase>(text);
    word::<Statistic>(text);
    word::<Span>(text);
    word::<Medium>(text);
    word::<Rounding>(text);
    for &code in input {
        let medium = Medium::from_code(code);
        black_box((medium.name(), medium.label(), medium.obis_group_a()));
        show(medium);
        black_box((Unit::from_t29(code), Unit::from_dlms(DlmsUnit(code))));
        let unit = FixedUnit::from_code(code);
        black_box((unit.quantity(), unit.unit(), unit.exponent()));
    }
}

fn word<T: FromStr>(text: &str) {
    black_box(text.parse::<T>()).ok();
}

pub(crate) fn instant(input: &[u8]) {
    let micros = bits(input);
    let (now, duration) = (Instant::from_micros(micros), Duration::from_micros(micros));
    black_box((now.checked_add(duration), now.saturating_add(duration)));
    black_box((now.checked_sub(duration), now.saturating_sub(duration)));
    let other = Instant::from_elapsed(Duration::from_secs(micros));
    black_box((Instant::from_millis(micros), now.as_millis()));
    black_box((now.checked_duration_since(other), now.duration_since(other)));
}

/// Eight bytes as bits; zeros where there are fewer.
pub(crate) fn bits(input: &[u8]) -> u64 {
    u64::from_le_bytes(input.first_chunk().copied().unwrap_or_default())
}

/// Eight bytes as an integer.
pub(crate) fn integer(input: &[u8]) -> i64 {
    i64::from_le_bytes(bits(input).to_le_bytes())
}

/// Any decimal.
pub(crate) fn decimal(input: &[u8]) -> Decimal {
    let Some((&[sign, exponent], rest)) = input.split_first_chunk() else {
        return Decimal::default();
    };
    let exponent = i8::from_le_bytes([exponent]);
    Decimal::from_parts(sign != 0, bits(rest), exponent).unwrap_or_default()
}

pub(crate) fn decimals(input: &[u8]) -> (Decimal, Decimal) {
    (decimal(input), decimal(input.get(10..).unwrap_or_default()))
}

pub(crate) fn rounding(index: usize) -> Rounding {
    *Rounding::ALL.get(index).unwrap_or(&Rounding::HalfEven)
}

/// A unit of those that a record or a gateway can name.
pub(crate) fn unit(index: u8) -> Unit {
    Unit::from_t29(index).unwrap_or(Unit::ONE)
}

fn opaque_unit(input: &[u8]) -> Option<Unit> {
    let [index, prefix, per, ..] = *input else {
        return None;
    };
    let base = unit(index).base();
    let prefix = Prefix::from_power(i8::from_le_bytes([prefix]))?;
    let per = *Per::ALL.get(usize::from(per))?;
    Some(Unit::prefixed(prefix, base).with_per(per))
}

/// Any fields, present or not.
pub(crate) fn civil(input: &[u8]) -> Civil {
    let Some(&[y0, y1, month, day, hour, minute, second]) = input.first_chunk() else {
        return Civil::EMPTY;
    };
    let civil = Civil::EMPTY;
    let civil = civil
        .with_year(i16::from_le_bytes([y0, y1]))
        .unwrap_or(civil);
    let civil = civil.with_month(month).unwrap_or(civil);
    let civil = civil.with_day(day).unwrap_or(civil);
    let civil = civil.with_hour(hour).unwrap_or(civil);
    let civil = civil.with_minute(minute).unwrap_or(civil);
    civil.with_second(second).unwrap_or(civil)
}

fn timestamps(input: &[u8]) -> [Timestamp; 3] {
    let secs = integer(input);
    let [a, b, c, d, e, f, ..] = secs.to_le_bytes();
    let civil = civil(input);
    let nanos = u32::from_le_bytes([a, b, c, d]);
    let minutes = i16::from_le_bytes([e, f]);
    [
        Timestamp::Utc { secs, nanos },
        Timestamp::Offset { civil, minutes },
        Timestamp::Local {
            civil,
            dst: black_box(None),
        },
    ]
}

/// Text in any encoding.
pub(crate) fn opaque_text(input: &[u8]) -> Text<'_> {
    let (encoding, bytes) = match input.split_first() {
        Some((0, rest)) => (TextEncoding::Utf8, rest),
        Some((1, rest)) => (TextEncoding::Latin1, rest),
        _ => (TextEncoding::Latin1Reversed, input),
    };
    Text::new(bytes, encoding)
}

/// A number with an exponent.
struct Exponential<T>(T);

impl<T: LowerExp> core::fmt::Display for Exponential<T> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        self.0.fmt(f)
    }
}
