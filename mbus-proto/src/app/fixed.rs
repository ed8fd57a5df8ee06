//! The fixed data structure: two counters in 16 bytes.

use meter_units::{Absent, Channel, Decimal, Medium, Number, Quantity, Reading, Value};

use crate::app::FixedUnit;
use crate::link::Identification;
use crate::parse::{Parse, fail};
use crate::{ByteOrder, DecodeErrorKind};

/// The fixed data structure (M-Bus Documentation, Rev. 4.8, 6.2): two counters, no manufacturer.
///
/// | bytes | |
/// |---|---|
/// | 0..4 | identification, BCD |
/// | 4 | access number |
/// | 5 | status |
/// | 6 | unit of counter 1 (bits 5..0), medium (bits 1..0 of it) |
/// | 7 | unit of counter 2 (bits 5..0), medium (bits 3..2 of it) |
/// | 8..12 | counter 1 |
/// | 12..16 | counter 2 |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FixedData<'a> {
    // All that were sent: `head`, and the counters or a part of them.
    bytes: &'a [u8],
    head: [u8; HEAD],
    order: ByteOrder,
}

const LENGTH: usize = 16;

/// What has to be there even if a deviating length is bridged: all but the counters.
const HEAD: usize = 8;

bitflags::bitflags! {
    /// The status byte of the fixed data structure.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(transparent))]
    pub struct FixedStatus: u8 {
        /// Bit 0: the counters are signed binary numbers, else BCD.
        const BINARY = 1 << 0;
        /// Bit 1: the counters are values stored at a fixed date, else the current ones.
        const STORED = 1 << 1;
        /// Bit 2: power low (battery).
        const POWER_LOW = 1 << 2;
        /// Bit 3: permanent error.
        const PERMANENT_ERROR = 1 << 3;
        /// Bit 4: temporary error.
        const TEMPORARY_ERROR = 1 << 4;
        /// Bit 5: specific to the manufacturer.
        const MANUFACTURER_5 = 1 << 5;
        /// Bit 6: specific to the manufacturer.
        const MANUFACTURER_6 = 1 << 6;
        /// Bit 7: specific to the manufacturer.
        const MANUFACTURER_7 = 1 << 7;
    }
}

/// One of the two counters of a [`FixedData`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counter<'a> {
    data: Option<&'a [u8; 4]>,
    order: ByteOrder,
    binary: bool,
    unit: FixedUnit,
    storage: u64,
    medium: Medium,
}

impl<'a> FixedData<'a> {
    /// The length in bytes.
    pub const LENGTH: usize = LENGTH;

    /// The structure in these bytes.
    #[must_use]
    pub const fn from_bytes(bytes: &'a [u8; LENGTH], order: ByteOrder) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *bytes;
        Self {
            bytes,
            head: [a, b, c, d, e, f, g, h],
            order,
        }
    }

    /// Parses a structure that is all of `input`.
    pub(crate) fn parse(input: &'a [u8], order: ByteOrder) -> Parse<'a, Self> {
        match <&[u8; LENGTH]>::try_from(input) {
            Ok(bytes) => Ok((&[], Self::from_bytes(bytes, order))),
            Err(_) => {
                let found = u16::try_from(input.len()).unwrap_or(u16::MAX);
                fail(input, DecodeErrorKind::FixedLength { found })
            }
        }
    }

    /// The structure whose last bytes were not sent; `None` if more is missing than the counters,
    /// or nothing.
    pub(crate) fn from_cut(input: &'a [u8], order: ByteOrder) -> Option<Self> {
        let &head = input.first_chunk()?;
        (input.len() < Self::LENGTH).then_some(Self {
            bytes: input,
            head,
            order,
        })
    }

    /// The bytes as sent: 16 of them, unless a deviating length was bridged.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// In which order the bytes of a number are sent.
    #[must_use]
    pub const fn byte_order(&self) -> ByteOrder {
        self.order
    }

    /// The identification number.
    #[must_use]
    pub const fn identification(&self) -> Identification {
        let [i0, i1, i2, i3, ..] = self.head;
        Identification::from_bcd(self.order.u32([i0, i1, i2, i3]))
    }

    /// The access number: counts the responses of the meter, modulo 256.
    #[must_use]
    pub const fn access_number(&self) -> u8 {
        let [_, _, _, _, access, ..] = self.head;
        access
    }

    /// The state of the meter and the coding of the counters.
    #[must_use]
    pub const fn status(&self) -> FixedStatus {
        let [_, _, _, _, _, status, ..] = self.head;
        FixedStatus::from_bits_retain(status)
    }

    /// The four bits that name the medium.
    #[must_use]
    pub const fn medium_code(&self) -> u8 {
        let [_, _, _, _, _, _, unit_1, unit_2] = self.head;
        unit_1 >> 6 | unit_2 >> 6 << 2
    }

    /// The medium; those for meters with the most significant byte first are not told apart.
    #[must_use]
    pub const fn medium(&self) -> Medium {
        match self.medium_code() {
            code @ 0..=8 => Medium(code),
            0xA => Medium(3),
            0xB => Medium(4),
            0xC => Medium(6),
            0xD => Medium(7),
            0xE => Medium(8),
            _ => Medium::UNKNOWN,
        }
    }

    /// The two counters.
    ///
    /// The value of a counter whose unit is [`FixedUnit::HISTORIC`] is one storage number older
    /// than that of the other, whose unit it has. Values stored at a fixed date start at storage
    /// number 1.
    #[must_use]
    pub fn counters(&self) -> [Counter<'a>; 2] {
        let [_, _, _, _, _, _, unit_1, unit_2] = self.head;
        let (unit_1, unit_2) = (FixedUnit::from_code(unit_1), FixedUnit::from_code(unit_2));
        let (unit_2, historic) = match unit_2 {
            FixedUnit::HISTORIC => (unit_1, 1),
            unit => (unit, 0),
        };
        let status = self.status();
        let current = u64::from(status.contains(FixedStatus::STORED));
        let counter = |data, unit, storage| Counter {
            data,
            order: self.order,
            binary: status.contains(FixedStatus::BINARY),
            unit,
            storage,
            medium: self.medium(),
        };
        let data = |at| self.bytes.get(at..).and_then(<[u8]>::first_chunk);
        [
            counter(data(HEAD), unit_1, current),
            counter(data(12), unit_2, current.saturating_add(historic)),
        ]
    }
}

impl<'a> Counter<'a> {
    /// The four bytes as sent; `None` if they were not all sent.
    #[must_use]
    pub const fn data(&self) -> Option<&'a [u8; 4]> {
        self.data
    }

    /// The unit; for a historic value, that of counter 1.
    #[must_use]
    pub const fn unit(&self) -> FixedUnit {
        self.unit
    }

    /// The storage number: 0 for the current value.
    #[must_use]
    pub const fn storage(&self) -> u64 {
        self.storage
    }

    /// The counter as a reading.
    ///
    /// Time and date are handed out as bytes: the documentation does not say how they are coded.
    /// A BCD number whose first digit is Fh is negative, one of Fh alone is not available, and
    /// other hexadecimal digits make it invalid; so does the smallest binary number.
    #[must_use]
    pub fn reading(&self) -> Reading<'a> {
        let quantity = self.unit.quantity();
        let mut channel = Channel::new(quantity, self.medium);
        channel.storage = self.storage;
        let value = match self.data {
            None => Value::None(Absent::NotSent),
            Some(data) if matches!(quantity, Quantity::TimeOfDay | Quantity::Timestamp) => {
                Value::Bytes(data)
            }
            Some(data) => self.number(*data),
        };
        Reading {
            channel,
            value,
            unit: self.unit.unit(),
            time: None,
            obis: None,
        }
    }

    fn number(&self, data: [u8; 4]) -> Value<'static> {
        let number = self.order.u32(data);
        let number = if self.binary {
            binary(i32::from_ne_bytes(number.to_ne_bytes()))
        } else {
            bcd(number)
        };
        let decimal = number.and_then(|(negative, coefficient)| {
            Decimal::from_parts(negative, coefficient, self.unit.exponent()).ok_or(Absent::Overflow)
        });
        match decimal {
            Ok(decimal) => Value::Number(Number::Decimal(decimal)),
            Err(absent) => Value::None(absent),
        }
    }
}

/// Sign and magnitude of a type B number; the smallest one is invalid (EN 13757-3, Annex A).
const fn binary(number: i32) -> Result<(bool, u64), Absent> {
    if number == i32::MIN {
        return Err(Absent::Invalid);
    }
    // `as`: `From` is not const.
    #[allow(clippy::cast_lossless)]
    Ok((number < 0, number.unsigned_abs() as u64))
}

/// Sign and magnitude of a type A number of eight digits (EN 13757-3, Annex A).
fn bcd(digits: u32) -> Result<(bool, u64), Absent> {
    if digits == u32::MAX {
        return Err(Absent::NotAvailable);
    }
    let negative = digits >> 28 == 0xF;
    let magnitude = if negative {
        digits & 0x0FFF_FFFF
    } else {
        digits
    };
    Identification::from_bcd(magnitude)
        .to_decimal()
        .map(|number| (negative, u64::from(number)))
        .ok_or(Absent::Invalid)
}

#[cfg(test)]
mod tests {
    use meter_units::Unit;
    use proptest::prelude::*;

    use super::*;

    /// The water meter of the documentation: 1 l now, 135 l at the fixed date.
    const WATER: [u8; 16] = [
        0x78, 0x56, 0x34, 0x12, 0x0A, 0x00, 0xE9, 0x7E, //
        0x01, 0x00, 0x00, 0x00, //
        0x35, 0x01, 0x00, 0x00,
    ];

    /// The first reading, and the storage number of both.
    fn water(status: u8, counter: [u8; 4]) -> (Value<'static>, u64, u64) {
        let mut bytes = WATER;
        bytes[5] = status;
        bytes[8..12].copy_from_slice(&counter);
        let [first, second] = FixedData::from_bytes(&bytes, ByteOrder::LeastFirst).counters();
        let value = match first.reading().value {
            Value::Number(number) => Value::Number(number),
            Value::None(absent) => Value::None(absent),
            value => panic!("{value:?}"),
        };
        (value, first.storage(), second.storage())
    }

    fn number(coefficient: i64, exponent: i8) -> Value<'static> {
        Value::Number(Number::Decimal(
            Decimal::new(coefficient, exponent).unwrap(),
        ))
    }

    #[test]
    fn the_example_of_the_documentation_reads_well() {
        let data = FixedData::from_bytes(&WATER, ByteOrder::LeastFirst);
        assert_eq!(data.identification().to_decimal(), Some(12_345_678));
        assert_eq!(data.access_number(), 0x0A);
        assert_eq!(data.status(), FixedStatus::empty());
        assert_eq!(data.medium(), Medium(7));
        let [first, second] = data.counters();
        let first = first.reading();
        assert_eq!(first.value, number(1, -3));
        assert_eq!(first.channel.quantity, Quantity::Volume);
        assert_eq!(first.channel.medium, Medium(7));
        assert_eq!(first.channel.storage, 0);
        let second = second.reading();
        assert_eq!(second.value, number(135, -3));
        assert_eq!(second.unit, first.unit);
        assert_eq!(second.channel.storage, 1);
    }

    #[test]
    fn mode_2_turns_each_number_around() {
        let mut bytes = WATER;
        bytes[..4].reverse();
        bytes[8..12].reverse();
        bytes[12..].reverse();
        let data = FixedData::from_bytes(&bytes, ByteOrder::MostFirst);
        let mode_1 = FixedData::from_bytes(&WATER, ByteOrder::LeastFirst);
        assert_eq!(data.identification(), mode_1.identification());
        for (counter, expected) in data.counters().iter().zip(&mode_1.counters()) {
            assert_eq!(counter.reading(), expected.reading());
        }
    }

    #[test]
    fn the_status_decides_coding_and_storage() {
        assert_eq!(
            water(0x03, [0xFE, 0xFF, 0xFF, 0xFF]),
            (number(-2, -3), 1, 2)
        );
        assert_eq!(
            water(0x01, [0, 0, 0, 0x80]),
            (Value::None(Absent::Invalid), 0, 1)
        );
        // Bits 7 and 6 are the manufacturer's.
        assert_eq!(
            water(0xC0, [0x21, 0x43, 0x65, 0x87]),
            (number(87_654_321, -3), 0, 1)
        );
    }

    #[test]
    fn hexadecimal_digits_are_no_number() {
        let value = |counter| water(0, counter).0;
        assert_eq!(value([0x0A, 0, 0, 0]), Value::None(Absent::Invalid));
        assert_eq!(value([0, 0, 0, 0xA0]), Value::None(Absent::Invalid));
        assert_eq!(value([0x23, 0x01, 0, 0xF0]), number(-123, -3));
        assert_eq!(value([0xFF; 4]), Value::None(Absent::NotAvailable));
    }

    #[test]
    fn a_cut_counter_is_absent() {
        let data = FixedData::from_cut(&WATER[..15], ByteOrder::LeastFirst).unwrap();
        let [first, second] = data.counters();
        assert_eq!(first.reading().value, number(1, -3));
        assert_eq!(second.reading().value, Value::None(Absent::NotSent));
        assert_eq!(data.as_bytes(), &WATER[..15]);
        assert_eq!(
            FixedData::from_cut(&WATER[..7], ByteOrder::LeastFirst),
            None
        );
        assert_eq!(FixedData::from_cut(&WATER, ByteOrder::LeastFirst), None);
    }

    #[test]
    fn time_and_date_stay_bytes() {
        let mut bytes = WATER;
        bytes[6] = 0xC1;
        // Only the bytes that were sent are borrowed.
        let reading = FixedData::from_bytes(&bytes, ByteOrder::LeastFirst).counters()[0].reading();
        assert_eq!(reading.value, Value::Bytes(&[1, 0, 0, 0]));
        assert_eq!(reading.channel.quantity, Quantity::Timestamp);
        assert_eq!(reading.unit, Unit::ONE);
    }

    #[test]
    fn every_medium_has_its_device_type() {
        let media = [0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 3, 4, 6, 7, 8, 15];
        for (code, medium) in (0u8..16).zip(media) {
            let mut bytes = WATER;
            bytes[6] = code << 6;
            bytes[7] = code >> 2 << 6;
            let data = FixedData::from_bytes(&bytes, ByteOrder::LeastFirst);
            assert_eq!(data.medium_code(), code);
            assert_eq!(data.medium(), Medium(medium));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_read(bytes: [u8; 16]) {
            for order in [ByteOrder::LeastFirst, ByteOrder::MostFirst] {
                for counter in FixedData::from_bytes(&bytes, order).counters() {
                    let _ = counter.reading();
                }
            }
        }
    }
}
