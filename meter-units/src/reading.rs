//! What every protocol crate hands out.

use crate::words::words;
use crate::{Channel, Number, ObisCode, Text, Timestamp, Unit};

/// One value of a meter: which number, what value, in which unit, of when.
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
