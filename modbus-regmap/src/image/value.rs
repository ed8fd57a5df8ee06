//! Readings as entries and back.

use meter_units::{Absent, Channel, Decimal, Number, Reading, Timestamp, Unit, Value};

/// One value, with all that its entry says.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ValueEntry {
    /// The integer of the meter, without its power of ten; means nothing if it sent a float.
    pub integer: i64,
    /// The value in the unit, rounded to 32 bits.
    pub float: f32,
    /// The power of ten of the integer.
    pub exponent: i16,
    /// The code of the unit, an index into the unit table of data concentrators.
    pub unit: u8,
    /// The meter's own time of the value, in seconds of UNIX time; 0 if it sent none.
    pub time: u32,
}

/// Why a reading has no entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ImageError {
    /// The unit table has no such unit.
    #[error("no code for the unit {0}")]
    Unit(Unit),
    /// Texts and bytes have no place in an entry.
    #[error("the value is not a number")]
    NotANumber,
    /// The time is local to a zone that is not known, or incomplete.
    #[error("the time is no point in time")]
    Time,
    /// The value does not fit into an integer of 64 bits with a power of ten.
    #[error("the value does not fit into 64 bits")]
    Range,
}

/// Flags, by the unit table.
const BINARY: u8 = 1;
/// A point in time, by the unit table.
const UTC: u8 = 25;

impl ValueEntry {
    /// The entry of a reading.
    ///
    /// - The unit is told by its code and a power of ten: 267 kWh are 267 × 10³ Wh.
    /// - A float of the meter is in the float only, the integer being 0. A float of 64 bits is in
    ///   the integer as well, as the shortest decimal that stands for it.
    /// - No value is a float that is not a number.
    /// - A time in a zone that is not known is left out.
    ///
    /// # Errors
    ///
    /// If the unit has no code, the value is a text or bytes, or it has more digits than 64 bits
    /// hold.
    pub fn from_reading(reading: &Reading<'_>) -> Result<Self, ImageError> {
        let (unit, power) = match reading.value {
            Value::Flags(_) => (BINARY, 0),
            Value::Time(_) => (UTC, 0),
            _ => {
                let index = reading.channel.quantity.unit_index(reading.unit);
                index.ok_or(ImageError::Unit(reading.unit))?
            }
        };
        let entry = Self {
            integer: 0,
            float: f32::NAN,
            exponent: 0,
            unit,
            time: reading.time.and_then(seconds).unwrap_or(0),
        };
        match reading.value {
            Value::None(_) => Ok(entry),
            Value::Number(Number::Decimal(decimal)) => entry.with_decimal(decimal, power),
            Value::Number(number @ Number::F64(float)) => match number.to_decimal() {
                Some(decimal) => entry.with_decimal(decimal, power),
                None => Ok(entry.with_float(float, power)),
            },
            Value::Number(Number::F32(float)) => Ok(entry.with_float(float.into(), power)),
            Value::Flags(flags) => {
                let integer = i64::from_be_bytes(flags.to_be_bytes());
                Ok(entry.with_integer(integer))
            }
            Value::Time(time) => time
                .to_unix()
                .map(|seconds| entry.with_integer(seconds))
                .ok_or(ImageError::Time),
            _ => Err(ImageError::NotANumber),
        }
    }

    fn with_decimal(self, decimal: Decimal, power: i8) -> Result<Self, ImageError> {
        let normalized = decimal.normalized();
        let (decimal, integer) = match (integer(decimal), integer(normalized)) {
            (Some(integer), _) => (decimal, integer),
            (None, Some(integer)) => (normalized, integer),
            (None, None) => return Err(ImageError::Range),
        };
        let scaled = decimal
            .scale_by_power_of_ten(power)
            .ok_or(ImageError::Range)?;
        Ok(Self {
            integer,
            float: scaled.to_f32(),
            exponent: scaled.exponent().into(),
            ..self
        })
    }

    /// A float has no power of ten of its own, so that of the unit is multiplied in.
    fn with_float(self, float: f64, power: i8) -> Self {
        let factor = Decimal::ONE
            .scale_by_power_of_ten(power)
            .unwrap_or(Decimal::ONE);
        Self {
            float: Number::F64(float * factor.to_f64()).to_f32(),
            ..self
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "the float is the rounded value")]
    fn with_integer(self, integer: i64) -> Self {
        Self {
            integer,
            float: integer as f32,
            ..self
        }
    }

    /// The unit; `None` for a reserved code.
    #[must_use]
    pub const fn unit(&self) -> Option<Unit> {
        Unit::from_t29(self.unit)
    }

    /// The meter's own time of the value; `None` if it sent none.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        timestamp(self.time)
    }

    /// The value, exact where the meter sent an integer.
    ///
    /// An entry does not say which of its two forms is meant. The integer is where the float tells
    /// about the same, because the float is computed from it then. Where they contradict each
    /// other, the integer means nothing and the float counts. `None` if the float is not a number
    /// and the integer is 0.
    #[must_use]
    pub fn number(&self) -> Option<Number> {
        let exponent = i8::try_from(self.exponent).ok();
        let decimal = exponent.and_then(|exponent| Decimal::new(self.integer, exponent));
        if let Some(decimal) = decimal.filter(|decimal| self.tells(decimal)) {
            return Some(Number::Decimal(decimal));
        }
        if !self.float.is_nan() {
            return Some(Number::F32(self.float));
        }
        decimal
            .filter(|decimal| !decimal.is_zero())
            .map(Number::Decimal)
    }

    /// Whether the float can have been computed from the decimal.
    ///
    /// A gateway that multiplies in single precision is off by a few units in the last place.
    fn tells(&self, decimal: &Decimal) -> bool {
        const TOLERANCE: f32 = 1.0 / 1_048_576.0;
        let exact = decimal.to_f32();
        let distance = (exact - self.float).abs();
        let is_close = distance <= exact.abs() * TOLERANCE || distance < f32::MIN_POSITIVE;
        exact == self.float || (is_close && !decimal.is_zero())
    }

    /// The reading; the entry does not say which number of the meter it is.
    ///
    /// Flags and points in time have units of their own in the table; an unknown unit code gives
    /// [`Unit::ONE`], and stays in [`unit`](Self::unit).
    #[must_use]
    pub fn reading(&self, channel: Channel) -> Reading<'static> {
        let value = match self.unit {
            BINARY | 32 | 33 => Value::Flags(u64::from_be_bytes(self.integer.to_be_bytes())),
            UTC => Value::Time(Timestamp::from_unix(self.integer)),
            _ => match self.number() {
                Some(number) => Value::Number(number),
                None => Value::None(Absent::NotAvailable),
            },
        };
        let unit = match value {
            Value::Time(_) | Value::Flags(_) => Unit::ONE,
            _ => self.unit().unwrap_or(Unit::ONE),
        };
        let mut reading = Reading::new(channel, value, unit);
        reading.time = self.timestamp();
        reading
    }
}

/// The coefficient with its sign.
fn integer(decimal: Decimal) -> Option<i64> {
    if decimal.is_negative() {
        0_i64.checked_sub_unsigned(decimal.coefficient())
    } else {
        i64::try_from(decimal.coefficient()).ok()
    }
}

pub(super) fn timestamp(seconds: u32) -> Option<Timestamp> {
    (seconds != 0).then(|| Timestamp::from_unix(seconds.into()))
}

fn seconds(time: Timestamp) -> Option<u32> {
    u32::try_from(time.to_unix()?).ok()
}

#[cfg(test)]
mod tests {
    use meter_units::{Medium, Quantity, Text};
    use proptest::prelude::*;

    use super::*;

    fn channel(quantity: Quantity) -> Channel {
        Channel::new(quantity, Medium::ELECTRICITY)
    }

    fn entry(quantity: Quantity, value: Value<'_>, unit: Unit) -> Result<ValueEntry, ImageError> {
        ValueEntry::from_reading(&Reading::new(channel(quantity), value, unit))
    }

    fn energy(coefficient: i64, exponent: i8, unit: Unit) -> ValueEntry {
        let value = Decimal::new(coefficient, exponent).unwrap();
        entry(Quantity::Energy, value.into(), unit).unwrap()
    }

    #[test]
    fn a_prefix_of_the_unit_is_a_power_of_ten() {
        let entry = energy(267, 0, Unit::KWH);
        assert_eq!((entry.integer, entry.exponent, entry.unit), (267, 3, 5));
        assert_eq!(entry.float.to_bits(), 0x4882_5F00);
        let entry = energy(-5, -1, Unit::WH);
        assert_eq!((entry.integer, entry.exponent, entry.unit), (-5, -1, 5));
    }

    #[test]
    fn a_float_is_in_the_float_alone() {
        let value = Value::Number(Number::F32(230.25));
        let entry = entry(Quantity::Voltage, value, Unit::V).unwrap();
        assert_eq!((entry.integer, entry.exponent, entry.unit), (0, 0, 3));
        assert_eq!(entry.number(), Some(Number::F32(230.25)));
    }

    #[test]
    fn a_wide_float_keeps_its_digits_in_the_integer() {
        let value = Value::Number(Number::F64(1_234.567_890_123));
        let entry = entry(Quantity::Energy, value, Unit::KWH).unwrap();
        assert_eq!((entry.integer, entry.exponent), (1_234_567_890_123, -6));
    }

    #[test]
    fn an_integer_that_contradicts_the_float_means_nothing() {
        let mut entry = energy(12_345_678, -4, Unit::WH);
        assert_eq!(
            entry.number(),
            Some(Number::Decimal(Decimal::new(12_345_678, -4).unwrap()))
        );
        // the last place of the float may be off
        entry.float = f32::from_bits(0x449A_522D);
        assert!(matches!(entry.number(), Some(Number::Decimal(_))));
        entry.float = 1235.0;
        assert_eq!(entry.number(), Some(Number::F32(1235.0)));
        entry.exponent = 300;
        assert_eq!(entry.number(), Some(Number::F32(1235.0)));
        (entry.integer, entry.float) = (0, 1e-40);
        assert_eq!(entry.number(), Some(Number::F32(1e-40)));
    }

    #[test]
    fn no_value_is_not_a_number() {
        let entry = entry(Quantity::Energy, Absent::NotAvailable.into(), Unit::WH).unwrap();
        assert!(entry.float.is_nan());
        let reading = entry.reading(channel(Quantity::Energy));
        assert_eq!(reading.value, Value::None(Absent::NotAvailable));
    }

    #[test]
    fn flags_and_times_have_units_of_their_own() {
        let flags = entry(Quantity::ErrorFlags, Value::Flags(u64::MAX), Unit::ONE).unwrap();
        assert_eq!((flags.integer, flags.unit), (-1, 1));
        assert_eq!(
            flags.reading(channel(Quantity::ErrorFlags)).value,
            Value::Flags(u64::MAX)
        );
        let time = Timestamp::from_unix(1_558_535_852);
        let entry = entry(Quantity::Timestamp, time.into(), Unit::ONE).unwrap();
        assert_eq!((entry.integer, entry.unit), (1_558_535_852, 25));
        assert_eq!(
            entry.reading(channel(Quantity::Timestamp)).value,
            Value::Time(time)
        );
    }

    #[test]
    fn what_has_no_place_is_refused() {
        let one = Value::from(Decimal::ONE);
        let refused = entry(Quantity::ApparentEnergy, one, Unit::VAH);
        assert_eq!(refused, Err(ImageError::Unit(Unit::VAH)));
        let refused = entry(Quantity::Identification, Text::from("A1").into(), Unit::ONE);
        assert_eq!(refused, Err(ImageError::NotANumber));
        let many = Decimal::from_parts(false, u64::MAX, 0).unwrap();
        assert_eq!(
            entry(Quantity::Energy, many.into(), Unit::WH),
            Err(ImageError::Range)
        );
        let local: Timestamp = "2013-05-22T15:00:29".parse().unwrap();
        let refused = entry(Quantity::Timestamp, local.into(), Unit::ONE);
        assert_eq!(refused, Err(ImageError::Time));
    }

    #[test]
    fn the_least_integer_comes_back() {
        let entry = energy(i64::MIN, -3, Unit::WH);
        assert_eq!((entry.integer, entry.exponent), (i64::MIN, -3));
    }

    #[test]
    fn trailing_zeros_give_way_before_digits_do() {
        let many = Decimal::from_parts(true, 10_000_000_000_000_000_000, 0).unwrap();
        let entry = entry(Quantity::Energy, many.into(), Unit::WH).unwrap();
        assert_eq!((entry.integer, entry.exponent), (-1, 19));
    }

    proptest! {
        #[test]
        fn a_reading_comes_back(
            coefficient in any::<i64>(),
            exponent in -37..=37_i8,
            code in 0..48_u8,
            seconds in prop::option::of(1..=u32::MAX),
        ) {
            // of several codes for one unit the first one is used, flags have no power of ten
            prop_assume!(!matches!(code, 1 | 22..=25 | 32 | 33));
            let unit = Unit::from_t29(code).unwrap();
            let decimal = Decimal::new(coefficient, exponent).unwrap();
            let mut reading = Reading::new(channel(Quantity::None), decimal.into(), unit);
            reading.time = seconds.map(|seconds| Timestamp::from_unix(seconds.into()));
            let entry = ValueEntry::from_reading(&reading).unwrap();
            prop_assert_eq!(entry.unit, code);
            let again = entry.reading(reading.channel);
            prop_assert_eq!(again, reading);
            let Some(Number::Decimal(again)) = again.number() else { panic!("a decimal") };
            prop_assert!(again.same_repr(&decimal));
        }

        #[test]
        fn a_float_comes_back(bits in any::<u32>()) {
            let float = f32::from_bits(bits);
            prop_assume!(!float.is_nan() && float != 0.0);
            let reading = Reading::new(channel(Quantity::Power), Number::F32(float).into(), Unit::W);
            let entry = ValueEntry::from_reading(&reading).unwrap();
            prop_assert_eq!(entry.reading(reading.channel), reading);
        }
    }
}
