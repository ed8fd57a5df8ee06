//! Compact load profiles: many values of one record (EN 13757-3:2018, Annex F).

use meter_units::{Absent, Civil, Decimal, Number, Reading, Timestamp, Value};

use crate::record::combinable::ProfileKind;
use crate::record::dib::DataField;
use crate::record::value::{self, Class};
use crate::record::vib::Information;
use crate::record::{Record, Records};
use crate::{DecodeError, DecodeErrorKind};

/// A compact profile: how its elements are spaced, and their bytes.
///
/// The elements are read first to last. With VIFE 13h (inverse) each is one step further back from
/// the base value and base time, with 1Eh and 1Fh one step further on; their storage numbers count
/// up from that of the profile. The sources do not agree on the order within 1Fh, and none has the
/// layout of the register numbers of 1Eh, which is read like 1Fh.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile<'a> {
    record: Record<'a>,
    kind: ProfileKind,
    increment: Increment,
    spacing: Spacing,
    field: DataField,
    elements: &'a [u8],
}

/// What the elements of a profile are, bits 7 and 6 of the spacing control byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Increment {
    /// 00b: the values themselves.
    Absolute,
    /// 01b: what the value grows by with each step of time.
    Positive,
    /// 10b: what the value falls by with each step of time.
    Negative,
    /// 11b: the younger value minus the older one.
    Signed,
}

/// The distance between two elements of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Spacing {
    /// Not spaced in time: the elements are an array with this order index, 1 to 4.
    Array(u8),
    /// So many seconds.
    Seconds(u32),
    /// So many months.
    Months(u8),
    /// Half a month.
    HalfMonth,
}

/// Where a profile starts from: the records of the telegram that name the same storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ProfileBase {
    /// The value; needed unless the elements are absolute.
    pub value: Option<Decimal>,
    /// Its time.
    pub time: Option<Timestamp>,
}

impl<'a> Record<'a> {
    /// The compact profile that the record holds; `None` if it is none.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`] if the two control bytes or a part of an element are missing,
    /// [`DecodeErrorKind::ProfileSpacing`] if they hold reserved codes.
    #[must_use]
    pub fn profile(&self) -> Option<Result<Profile<'a>, DecodeError>> {
        let kind = self.information().profile?;
        Some(Profile::new(self, kind).map_err(|(kind, at)| {
            let at = self.front.layout.data_at().saturating_add(at);
            DecodeError::new(kind, self.offset().saturating_add(at))
        }))
    }

    /// Whether the VIB has the code of a profile, which the text of a plain-text VIF may also have.
    #[inline]
    pub(crate) fn may_be_profile(&self) -> bool {
        match self.vib().as_bytes() {
            [] | [_] => false,
            [_, vife @ ..] => vife
                .iter()
                .any(|byte| matches!(byte & 0x7F, 0x13 | 0x1E | 0x1F)),
        }
    }
}

impl<'a> Profile<'a> {
    /// The profile in `record`, or what is wrong where in its data.
    fn new(record: &Record<'a>, kind: ProfileKind) -> Result<Self, (DecodeErrorKind, usize)> {
        let data = record.data();
        let (control, value, elements) = match *data {
            [] => return Err((DecodeErrorKind::Truncated { needed: 2 }, 0)),
            [_] => return Err((DecodeErrorKind::Truncated { needed: 1 }, 1)),
            [control, value, ref elements @ ..] => (control, value, elements),
        };
        let reserved = (DecodeErrorKind::ProfileSpacing { control, value }, 0);
        let spacing = spacing_of(control, value).ok_or(reserved)?;
        let field = DataField::from_dif(control);
        let size = field.data_len().filter(|&len| len > 0).ok_or(reserved)?;
        match elements.len().checked_rem(size) {
            Some(0) => {}
            Some(over) => {
                let needed = u16::try_from(size.saturating_sub(over)).unwrap_or(u16::MAX);
                let at = data.len().saturating_sub(over);
                return Err((DecodeErrorKind::Truncated { needed }, at));
            }
            None => return Err(reserved),
        }
        let increment = match control >> 6 {
            0 => Increment::Absolute,
            1 => Increment::Positive,
            2 => Increment::Negative,
            _ => Increment::Signed,
        };
        Ok(Self {
            record: *record,
            kind,
            increment,
            spacing,
            field,
            elements,
        })
    }

    /// Which of the VIFE 13h, 1Eh and 1Fh announced the profile.
    #[must_use]
    pub const fn kind(&self) -> ProfileKind {
        self.kind
    }

    /// What the elements are.
    #[must_use]
    pub const fn increment(&self) -> Increment {
        self.increment
    }

    /// The distance between two elements.
    #[must_use]
    pub const fn spacing(&self) -> Spacing {
        self.spacing
    }

    /// How one element is coded.
    #[must_use]
    pub const fn element(&self) -> DataField {
        self.field
    }

    /// The bytes of the elements.
    #[must_use]
    pub const fn elements(&self) -> &'a [u8] {
        self.elements
    }

    /// The base value and base time among the records of the profile's telegram.
    ///
    /// The base value has the same DIB and VIB but for the data field and the profile's own VIFE,
    /// the base time is a date of the same storage number, tariff and subunit.
    #[must_use]
    pub fn base(&self, telegram: Records<'_>) -> ProfileBase {
        let mut base = ProfileBase::default();
        let key = |record: &Record<'_>| (record.storage(), record.tariff(), record.subunit());
        for record in telegram.flatten() {
            if key(&record) != key(&self.record) {
                continue;
            }
            match record.value() {
                Value::Time(time) => base.time = base.time.or(Some(time)),
                Value::Number(Number::Decimal(value)) if self.is_base_value(&record) => {
                    base.value = base.value.or(Some(value));
                }
                _ => {}
            }
        }
        base
    }

    fn is_base_value(&self, record: &Record<'_>) -> bool {
        let profile = match self.kind {
            ProfileKind::Inverse => 0x13,
            ProfileKind::WithRegisters => 0x1E,
            ProfileKind::Forward => 0x1F,
        };
        let own = self.record.vib().as_bytes().split_first();
        let other = record.vib().as_bytes().split_first();
        let (Some((own_vif, own)), Some((vif, other))) = (own, other) else {
            return false;
        };
        let at = own.iter().rposition(|byte| byte & 0x7F == profile);
        let (before, after) = at
            .and_then(|at| own.split_at_checked(at))
            .unwrap_or((own, &[]));
        let mut own = before.iter().chain(after.iter().skip(1));
        let mut other = other.iter();
        record.function() == self.record.function()
            && (vif ^ own_vif) & 0x7F == 0
            && own.all(|code| other.next().is_some_and(|byte| (code ^ byte) & 0x7F == 0))
            && other.next().is_none()
    }

    /// The elements as single readings, each with its storage number and, where the base time is
    /// known and the spacing is one of time, with its time.
    ///
    /// After an invalid increment, or without base value, the sums are not known: the readings
    /// that follow say [`Absent::NotAvailable`].
    #[must_use]
    pub fn readings(&self, base: ProfileBase) -> ProfileReadings<'a> {
        let mut information = self.record.information();
        information.profile = None;
        // The base value has the additive correction already, and increments have none.
        if self.increment != Increment::Absolute {
            information.addend = 0;
        }
        ProfileReadings {
            profile: *self,
            information,
            time: base.time,
            value: base.value,
            elements: self.elements,
            index: 0,
        }
    }

    /// The bytes of one element as what they say.
    fn element_value(&self, bytes: &'a [u8], information: &Information) -> Value<'a> {
        let class = match self.field {
            DataField::Real32 => Class::Real,
            field if field.is_bcd() => Class::Bcd,
            _ => Class::Integer,
        };
        let mut value = Value::None(Absent::NotSent);
        value::read(&mut value, bytes, class, information, self.record.context);
        value
    }
}

fn spacing_of(control: u8, value: u8) -> Option<Spacing> {
    let unit = control >> 4 & 3;
    if value == 0 {
        return Some(Spacing::Array(unit.saturating_add(1)));
    }
    let seconds: u32 = match unit {
        0 => 1,
        1 => 60,
        2 => 3600,
        _ => 86_400,
    };
    match (value, unit) {
        (1..=250, _) => Some(Spacing::Seconds(seconds.saturating_mul(u32::from(value)))),
        (253, 3) => Some(Spacing::HalfMonth),
        (254, 1) => Some(Spacing::Months(6)),
        (254, 2) => Some(Spacing::Months(3)),
        (254, 3) => Some(Spacing::Months(1)),
        _ => None,
    }
}

/// The readings of a profile; made by [`Profile::readings`].
#[derive(Clone, Debug)]
pub struct ProfileReadings<'a> {
    profile: Profile<'a>,
    information: Information,
    time: Option<Timestamp>,
    value: Option<Decimal>,
    elements: &'a [u8],
    index: u16,
}

impl<'a> Iterator for ProfileReadings<'a> {
    type Item = Reading<'a>;

    fn next(&mut self) -> Option<Reading<'a>> {
        let size = self.profile.field.data_len()?;
        let (element, rest) = self.elements.split_at_checked(size)?;
        if element.is_empty() {
            return None;
        }
        self.elements = rest;
        self.index = self.index.saturating_add(1);
        let mut reading = self.profile.record.reading();
        reading.channel.storage = reading
            .channel
            .storage
            .saturating_add(u64::from(self.index));
        reading.time = self.time.and_then(|time| self.step(time));
        reading.value = self.value(element);
        Some(reading)
    }
}

impl<'a> ProfileReadings<'a> {
    fn value(&mut self, element: &'a [u8]) -> Value<'a> {
        let information = match self.profile.increment {
            Increment::Absolute => self.information,
            Increment::Positive | Increment::Negative => self.information.unsigned(),
            Increment::Signed => self.information.signed(),
        };
        let step = self.profile.element_value(element, &information);
        if self.profile.increment == Increment::Absolute {
            return step;
        }
        let Value::Number(Number::Decimal(step)) = step else {
            self.value = None;
            return if let Value::None(absent) = step {
                Value::None(absent)
            } else {
                Value::None(Absent::Invalid)
            };
        };
        let Some(last) = self.value else {
            return Value::None(Absent::NotAvailable);
        };
        let back = self.profile.kind == ProfileKind::Inverse;
        let falls = self.profile.increment == Increment::Negative;
        let next = if back == falls {
            last.checked_add(step)
        } else {
            last.checked_sub(step)
        };
        self.value = next.ok();
        match self.value {
            Some(value) => Value::Number(Number::Decimal(value)),
            None => Value::None(Absent::Overflow),
        }
    }

    /// The time of the current element.
    fn step(&self, base: Timestamp) -> Option<Timestamp> {
        let steps = i64::from(self.index);
        let steps = if self.profile.kind == ProfileKind::Inverse {
            -steps
        } else {
            steps
        };
        let Timestamp::Local { civil, .. } = base else {
            return None;
        };
        let civil = match self.profile.spacing {
            Spacing::Seconds(seconds) => after_seconds(civil, steps.checked_mul(seconds.into())?)?,
            Spacing::Months(months) => after_months(civil, steps.checked_mul(months.into())?)?,
            // The sources do not say on which days half months begin.
            Spacing::HalfMonth | Spacing::Array(_) => return None,
        };
        Some(Timestamp::Local { civil, dst: None })
    }
}

/// The same fields so many seconds on; a date without time only moves by whole days.
fn after_seconds(civil: Civil, seconds: i64) -> Option<Civil> {
    const DAY: i64 = 86_400;
    if !civil.has_time() {
        let days = seconds.checked_div(DAY)?;
        if days.checked_mul(DAY) != Some(seconds) {
            return None;
        }
        return Civil::from_days(civil.to_days()?.checked_add(i32::try_from(days).ok()?)?);
    }
    let (hour, minute, second) = civil.time()?;
    let of_day = i64::from(hour)
        .checked_mul(3600)?
        .checked_add(i64::from(minute).checked_mul(60)?)?
        .checked_add(i64::from(second.unwrap_or(0)))?;
    let total = of_day.checked_add(seconds)?;
    let days = civil
        .to_days()?
        .checked_add(i32::try_from(total.div_euclid(DAY)).ok()?)?;
    let of_day = total.rem_euclid(DAY);
    let [hour, minute, new_second] = [of_day / 3600, of_day / 60 % 60, of_day % 60];
    let moved = Civil::from_days(days)?
        .with_hour(u8::try_from(hour).ok()?)?
        .with_minute(u8::try_from(minute).ok()?)?;
    match second {
        None if new_second == 0 => Some(moved),
        _ => moved.with_second(u8::try_from(new_second).ok()?),
    }
}

/// The same day so many months on, or the last day of a shorter month.
fn after_months(civil: Civil, months: i64) -> Option<Civil> {
    let (year, month, day) = civil.date()?;
    let total = i64::from(year)
        .checked_mul(12)?
        .checked_add(i64::from(month))?
        .checked_sub(1)?
        .checked_add(months)?;
    let moved = civil
        .with_year(i16::try_from(total.div_euclid(12)).ok()?)?
        .with_month(u8::try_from(total.rem_euclid(12).checked_add(1)?).ok()?)?;
    // At most three days are given up: 31 to 28.
    (0..4)
        .filter_map(|less| moved.with_day(day.checked_sub(less)?))
        .find(|moved| moved.is_valid_date())
}
