//! Registers to a value.

use meter_units::{Text, TextEncoding, Timestamp, Value};

use super::raw::Raw;
use super::{ByteOrder, Charset, Encoding, Order, ValueError, Width, time};
use crate::Registers;

impl Encoding {
    /// The value that the registers hold, before scaling.
    ///
    /// Numbers stay what they are on the wire: integers are decimals without an exponent, floats
    /// are floats. Addresses and padding are bytes in the order of the wire.
    ///
    /// # Errors
    ///
    /// [`ValueError::NotAvailable`] for NaN and for dates that are flagged; what is wrong with the
    /// registers otherwise.
    #[inline]
    pub fn decode<'a>(self, order: Order, window: Registers<'a>) -> Result<Value<'a>, ValueError> {
        if self.is_number() {
            return Ok(Value::Number(self.raw_number(order, window)?.into()));
        }
        self.decode_other(order, window)
    }

    #[inline]
    pub(crate) fn raw_number(self, order: Order, window: Registers<'_>) -> Result<Raw, ValueError> {
        match self.bits(order, window) {
            Some(bits) => self.number_of(bits),
            None => Err(self.wrong_window(window)),
        }
    }

    fn decode_other<'a>(
        self,
        order: Order,
        window: Registers<'a>,
    ) -> Result<Value<'a>, ValueError> {
        if window.len() != usize::from(self.registers()) {
            return Err(self.wrong_window(window));
        }
        let bits = || {
            self.bits(order, window)
                .ok_or_else(|| self.wrong_window(window))
        };
        match self {
            Self::Flags(_) => bits().map(Value::Flags),
            Self::Unix(width) => {
                let bits = bits()?;
                let seconds = match width {
                    Width::W64 => i64::from_be_bytes(bits.to_be_bytes()),
                    // below 2^48
                    _ => i64::try_from(bits).unwrap_or(i64::MAX),
                };
                Ok(Value::Time(Timestamp::from_unix(seconds)))
            }
            Self::BinaryTime | Self::YmdHms | Self::YmdHmsMs | Self::BcdYmdHms => {
                time::read(self, order, window).map(Value::Time)
            }
            Self::Text { .. } | Self::WideText { .. } => self.text_in(order, window),
            Self::Manufacturer => letters(window),
            Self::Ipv4 | Self::Ipv6 | Self::Eui64 | Self::Pad { .. } => {
                Ok(Value::Bytes(window.as_bytes()))
            }
            _ => Err(ValueError::Kind),
        }
    }

    fn text_in<'a>(self, order: Order, window: Registers<'a>) -> Result<Value<'a>, ValueError> {
        let bytes = window.as_bytes();
        let text = match (self.charset(), order.bytes) {
            (Some(Charset::Utf8), ByteOrder::HighFirst) => {
                Text::new(field(bytes), TextEncoding::Utf8)
            }
            (Some(Charset::Latin1), ByteOrder::HighFirst) => {
                Text::new(field(bytes), TextEncoding::Latin1)
            }
            (Some(Charset::Utf8), ByteOrder::LowFirst) => {
                Text::new(bytes, TextEncoding::Utf8Swapped)
            }
            (Some(Charset::Latin1), ByteOrder::LowFirst) => {
                Text::new(bytes, TextEncoding::Latin1Swapped)
            }
            (None, ByteOrder::HighFirst) => Text::new(bytes, TextEncoding::Utf16),
            (None, ByteOrder::LowFirst) => Text::new(bytes, TextEncoding::Utf16Swapped),
        };
        if text.is_well_formed() {
            Ok(Value::Text(text))
        } else {
            Err(ValueError::InvalidText)
        }
    }

    const fn charset(self) -> Option<Charset> {
        match self {
            Self::Text { charset, .. } => Some(charset),
            _ => None,
        }
    }

    #[cold]
    pub(crate) fn wrong_window(self, window: Registers<'_>) -> ValueError {
        ValueError::Window {
            needed: self.registers(),
            found: u16::try_from(window.len()).unwrap_or(u16::MAX),
        }
    }
}

/// The text in a field: up to the first NUL, or else without the blanks that fill the field.
fn field(bytes: &[u8]) -> &[u8] {
    match bytes.iter().position(|byte| *byte == 0) {
        Some(end) => bytes.get(..end).unwrap_or_default(),
        None => {
            let mut bytes = bytes;
            while let [front @ .., b' '] = bytes {
                bytes = front;
            }
            bytes
        }
    }
}

fn letters(window: Registers<'_>) -> Result<Value<'_>, ValueError> {
    match window.get(0) {
        // a letter is 1 to 26
        Some(code)
            if code < 0x8000
                && [code >> 10, code >> 5, code]
                    .iter()
                    .all(|letter| matches!(letter & 0x1F, 1..=26)) =>
        {
            Ok(Value::Text(Text::new(
                window.as_bytes(),
                TextEncoding::Manufacturer,
            )))
        }
        _ => Err(ValueError::InvalidText),
    }
}
