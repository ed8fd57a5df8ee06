//! What every protocol crate hands out.

use core::fmt;

use crate::text::pad;
use crate::words::words;
use crate::{Channel, Decimal, Number, ObisCode, Text, Timestamp, Unit};

/// One value of a meter: which number, what value, in which unit, of when.
///
/// A reading is a view that borrows texts and bytes from the wire; the raw record of the protocol
/// stays reachable beside it.
///
/// ```
/// use meter_units::{Channel, Decimal, Medium, Number, Quantity, Reading, Unit, Value};
///
/// let channel = Channel::new(Quantity::Energy, Medium::HEAT_OUTLET);
/// let energy = Decimal::new(267, 3).expect("an exponent within the range");
/// let reading = Reading::new(channel, Value::from(energy), Unit::WH);
/// assert_eq!(reading.number(), Some(Number::Decimal(energy)));
/// assert_eq!(reading.time, None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading<'a> {
    /// Which number of the meter.
    pub channel: Channel,
    /// The value, or why there is none.
    pub value: Value<'a>,
    /// The unit of the value; [`Unit::ONE`] where there is none.
    pub unit: Unit,
    /// The meter's own time of the value, where it sent one.
    pub time: Option<Timestamp>,
    /// The OBIS code, where the source named it.
    pub obis: Option<ObisCode>,
}

impl<'a> Reading<'a> {
    /// A reading without time and OBIS code.
    #[inline]
    #[must_use]
    pub const fn new(channel: Channel, value: Value<'a>, unit: Unit) -> Self {
        Self {
            channel,
            value,
            unit,
            time: None,
            obis: None,
        }
    }

    /// The value, if it is a number.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        self.value.number()
    }

    /// The same value under another unit; nothing is converted.
    ///
    /// This repairs meters that name a wrong unit, such as kWh for what is kvarh.
    #[must_use]
    pub const fn relabel(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }
}

/// A value of a reading.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value<'a> {
    /// There is none.
    None(Absent),
    /// A number.
    Number(Number),
    /// Text.
    Text(Text<'a>),
    /// Bytes that are not interpreted, in the order of the wire.
    Bytes(&'a [u8]),
    /// A point in time.
    Time(Timestamp),
    /// Flags, least significant bit first.
    Flags(u64),
}

impl<'a> Value<'a> {
    /// Why there is no value, if there is none.
    #[must_use]
    pub const fn absent(&self) -> Option<Absent> {
        match self {
            Self::None(absent) => Some(*absent),
            _ => None,
        }
    }

    /// The number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<Number> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub const fn text(&self) -> Option<Text<'a>> {
        match self {
            Self::Text(text) => Some(*text),
            _ => None,
        }
    }

    /// The bytes, if they are not interpreted.
    #[must_use]
    pub const fn bytes(&self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The point in time, if it is one.
    #[must_use]
    pub const fn time(&self) -> Option<Timestamp> {
        match self {
            Self::Time(time) => Some(*time),
            _ => None,
        }
    }

    /// The flags, if it is a set of them.
    #[must_use]
    pub const fn flags(&self) -> Option<u64> {
        match self {
            Self::Flags(flags) => Some(*flags),
            _ => None,
        }
    }
}

impl fmt::Display for Value<'_> {
    /// Shows the value alone: numbers exactly, bytes in upper-case hexadecimal in the order of
    /// the wire, flags as a decimal number, the reason for an absent value by its name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None(absent) => fmt::Display::fmt(absent, f),
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Text(text) => fmt::Display::fmt(text, f),
            Self::Bytes(bytes) => pad(f, bytes.iter().flat_map(|byte| hexadecimal(*byte))),
            Self::Time(time) => fmt::Display::fmt(time, f),
            Self::Flags(flags) => fmt::Display::fmt(flags, f),
        }
    }
}

fn hexadecimal(byte: u8) -> [char; 2] {
    [byte >> 4, byte & 0x0F].map(|digit| {
        let base = if digit < 10 { b'0' } else { b'A' - 10 };
        char::from(base.wrapping_add(digit))
    })
}

impl From<Absent> for Value<'_> {
    fn from(absent: Absent) -> Self {
        Self::None(absent)
    }
}

impl From<Number> for Value<'_> {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<Decimal> for Value<'_> {
    fn from(number: Decimal) -> Self {
        Self::Number(Number::Decimal(number))
    }
}

impl<'a> From<Text<'a>> for Value<'a> {
    fn from(text: Text<'a>) -> Self {
        Self::Text(text)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(time: Timestamp) -> Self {
        Self::Time(time)
    }
}

words! {
    /// Why there is no value.
    pub enum Absent {
        /// The sender left it out.
        NotSent = "not_sent",
        /// The sender says that it has none.
        NotAvailable = "not_available",
        /// What was sent is not a value.
        Invalid = "invalid",
        /// The value does not fit.
        Overflow = "overflow",
    }
}

#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<Value<'_>>() == 24 && size_of::<Option<Value<'_>>>() == 24);
    assert!(size_of::<Reading<'_>>() <= 80);
};

#[cfg(test)]
mod tests {
    extern crate alloc;
    use alloc::format;

    use super::{Absent, Reading, Value};
    use crate::{Channel, Decimal, Medium, Number, Quantity, Text, Timestamp, Unit};

    fn number() -> Number {
        Number::Decimal(Decimal::new(12565, -3).unwrap())
    }

    #[test]
    fn each_value_is_of_one_kind() {
        let time = Timestamp::from_unix(0);
        for (value, kind) in [
            (Value::from(Absent::Invalid), 0),
            (Value::from(number()), 1),
            (Value::from(Text::from("abc")), 2),
            (Value::Bytes(&[1, 2]), 3),
            (Value::from(time), 4),
            (Value::Flags(5), 5),
        ] {
            let expected = |index| index == kind;
            assert_eq!(value.absent().is_some(), expected(0));
            assert_eq!(value.number().is_some(), expected(1));
            assert_eq!(value.text().is_some(), expected(2));
            assert_eq!(value.bytes().is_some(), expected(3));
            assert_eq!(value.time().is_some(), expected(4));
            assert_eq!(value.flags().is_some(), expected(5));
        }
        assert_eq!(Value::from(Absent::Invalid).absent(), Some(Absent::Invalid));
        assert_eq!(Value::Bytes(&[1, 2]).bytes(), Some(&[1, 2][..]));
        assert_eq!(Value::from(time).time(), Some(time));
        assert_eq!(Value::Flags(5).flags(), Some(5));
    }

    #[test]
    fn values_are_shown_alone() {
        let bytes = [0x0A, 0x9F, 0x00];
        for (value, text) in [
            (Value::from(Absent::NotAvailable), "not_available"),
            (Value::from(number()), "12.565"),
            (Value::from(Text::from("m³/h")), "m³/h"),
            (Value::Bytes(&bytes), "0A9F00"),
            (Value::Bytes(&[]), ""),
            (Value::from(Timestamp::from_unix(0)), "1970-01-01T00:00:00Z"),
            (Value::Flags(0x8001), "32769"),
        ] {
            assert_eq!(format!("{value}"), text);
            assert_eq!(format!("{value:>20}|"), format!("{text:>20}|"));
        }
    }

    #[test]
    fn relabeling_converts_nothing() {
        let channel = Channel::new(Quantity::Energy, Medium::ELECTRICITY);
        let reading = Reading::new(channel, number().into(), Unit::KWH);
        let repaired = reading.relabel(Unit::WH);
        assert_eq!(repaired.unit, Unit::WH);
        assert_eq!(repaired.number(), Some(number()));
        assert_eq!(repaired.relabel(Unit::KWH), reading);
    }

    #[test]
    fn reasons_have_names() {
        let names = Absent::ALL.iter().map(|absent| absent.name());
        assert!(names.eq(["not_sent", "not_available", "invalid", "overflow"]));
    }
}
