//! A value to registers.

use meter_units::{Decimal, Number, Text, Timestamp, Value};

use super::{ByteOrder, Encoding, Order, ValueError, Width, time};

impl Encoding {
    /// Writes the registers of a value to the front of `out` and says how many bytes they are.
    ///
    /// It is the inverse of [`decode`](Self::decode): what was decoded is written as it was, but
    /// for texts, whose padding becomes NUL, for NaN, and for what a value does not have: the day of
    /// the week and the milliseconds of a date, and the second form of 0. A field of bits or a byte
    /// of a register is written with the other bits 0; to change it alone, read the register first.
    ///
    /// # Errors
    ///
    /// [`ValueError::OutOfRange`] if the encoding does not hold the value, [`ValueError::Inexact`]
    /// if it holds no fraction, [`ValueError::Kind`] if the value is of another kind, and
    /// [`ValueError::Window`] if `out` is too short.
    pub fn encode_into(
        self,
        order: Order,
        value: Value<'_>,
        out: &mut [u8],
    ) -> Result<usize, ValueError> {
        let registers = self.registers();
        let found = u16::try_from(out.len() / 2).unwrap_or(u16::MAX);
        let length = usize::from(registers).saturating_mul(2);
        let out = out.get_mut(..length).ok_or(ValueError::Window {
            needed: registers,
            found,
        })?;
        if !self.takes(order) {
            return Err(ValueError::Order);
        }
        match (self, value) {
            (Self::Text { .. } | Self::WideText { .. }, Value::Text(text)) => {
                self.write_text(order, text, out)?;
            }
            (Self::Manufacturer, Value::Text(text)) => {
                write(&manufacturer(text)?.to_be_bytes(), out);
            }
            (Self::Unix(width), Value::Time(time)) => {
                let bits = unix(time, width)?;
                write_bits(order.arrange(bits, registers), out);
            }
            (_, Value::Time(time)) => {
                for (place, word) in out.chunks_exact_mut(2).zip(time::write(self, time)?) {
                    write(&order.bytes.register(word), place);
                }
            }
            (Self::Ipv4 | Self::Ipv6 | Self::Eui64 | Self::Pad { .. }, Value::Bytes(bytes)) => {
                if bytes.len() != length {
                    return Err(ValueError::OutOfRange);
                }
                write(bytes, out);
            }
            (Self::Flags(width), Value::Flags(flags)) => {
                if flags & !width.mask() != 0 {
                    return Err(ValueError::OutOfRange);
                }
                write_bits(order.arrange(flags, registers), out);
            }
            (_, Value::Number(number)) => {
                let bits = self.bits_of(number)?;
                write_bits(order.arrange(bits, registers), out);
            }
            _ => return Err(ValueError::Kind),
        }
        Ok(length)
    }

    /// Writes bits in the order of the wire; fills `out` from its end.
    pub(crate) fn write_arranged(self, order: Order, bits: u64, out: &mut [u8]) {
        write_bits(order.arrange(bits, self.registers()), out);
    }

    /// The bits of a number, as [`bits`](Self::bits) gives them.
    fn bits_of(self, number: Number) -> Result<u64, ValueError> {
        let float = match self {
            Self::F16 | Self::F64 => Some(number.to_f64()),
            Self::F32 | Self::PowerFactor => {
                let bits = number.to_f32();
                // a power factor within one is written as it is
                if self == Self::PowerFactor && !(-1.0..=1.0).contains(&bits) {
                    return Err(ValueError::OutOfRange);
                }
                if bits.is_infinite() {
                    return Err(ValueError::OutOfRange);
                }
                return Ok(bits.to_bits().into());
            }
            _ => None,
        };
        if let Some(float) = float {
            if float.is_infinite() {
                return Err(ValueError::OutOfRange);
            }
            return self.raw_of_float(float).ok_or(ValueError::OutOfRange);
        }
        if !self.is_number() {
            return Err(ValueError::Kind);
        }
        let decimal = number.to_decimal().ok_or(ValueError::OutOfRange)?;
        let magnitude = integer(decimal)?;
        let negative = decimal.is_negative();
        match self {
            Self::U8Hi if !negative && magnitude <= 0xFF => Some(magnitude << 8),
            Self::U8Lo if !negative && magnitude <= 0xFF => Some(magnitude),
            Self::I8Hi => super::raw::complement(negative, magnitude, 8).map(|bits| bits << 8),
            Self::I8Lo => super::raw::complement(negative, magnitude, 8),
            Self::Field(field) => field_bits(field, negative, magnitude),
            Self::U8Hi | Self::U8Lo => None,
            _ => self.raw_of_integer(negative, magnitude),
        }
        .ok_or(ValueError::OutOfRange)
    }

    fn write_text(self, order: Order, text: Text<'_>, out: &mut [u8]) -> Result<(), ValueError> {
        if !text.is_well_formed() {
            return Err(ValueError::InvalidText);
        }
        let capacity = out.len();
        out.fill(0);
        let mut used = 0_usize;
        let mut put = |byte: u8| -> Result<(), ValueError> {
            // the partner of a byte is at the position that differs in the last bit
            let position = match order.bytes {
                ByteOrder::HighFirst => used,
                ByteOrder::LowFirst => used ^ 1,
            };
            let place = out.get_mut(position).ok_or(ValueError::OutOfRange)?;
            *place = byte;
            used = used.saturating_add(1);
            Ok(())
        };
        for char in text.chars() {
            // it would end the text
            if char == '\0' {
                return Err(ValueError::InvalidText);
            }
            match self {
                Self::WideText { .. } => {
                    let mut units = [0; 2];
                    for unit in char.encode_utf16(&mut units) {
                        let [high, low] = unit.to_be_bytes();
                        put(high)?;
                        put(low)?;
                    }
                }
                Self::Text {
                    charset: super::Charset::Latin1,
                    ..
                } => put(u8::try_from(char).map_err(|_| ValueError::InvalidText)?)?,
                _ => {
                    let mut bytes = [0; 4];
                    for byte in char.encode_utf8(&mut bytes).bytes() {
                        put(byte)?;
                    }
                }
            }
        }
        // in a full field without NUL a blank at the end would be read as padding
        let ends_blank = text.chars().last() == Some(' ');
        if ends_blank && used >= capacity {
            return Err(ValueError::OutOfRange);
        }
        Ok(())
    }
}

impl ByteOrder {
    const fn register(self, word: u16) -> [u8; 2] {
        match self {
            Self::HighFirst => word.to_be_bytes(),
            Self::LowFirst => word.to_le_bytes(),
        }
    }
}

fn write(bytes: &[u8], out: &mut [u8]) {
    for (place, byte) in out.iter_mut().zip(bytes) {
        *place = *byte;
    }
}

/// The lower registers of `bits`, as many as there are places.
fn write_bits(bits: u64, out: &mut [u8]) {
    let mut bits = bits;
    for place in out.iter_mut().rev() {
        let [.., low] = bits.to_be_bytes();
        *place = low;
        bits >>= 8;
    }
}

fn integer(decimal: Decimal) -> Result<u64, ValueError> {
    u64::try_from(decimal.abs()).map_err(|error| match error {
        meter_units::DecimalError::Inexact => ValueError::Inexact,
        _ => ValueError::OutOfRange,
    })
}

fn field_bits(field: super::Field, negative: bool, magnitude: u64) -> Option<u64> {
    let bits = match field.sign() {
        super::Signedness::Signed => {
            super::raw::complement(negative, magnitude, field.bits().into())?
        }
        super::Signedness::Unsigned if negative || magnitude > field.mask() => return None,
        super::Signedness::Unsigned => magnitude,
    };
    Some(bits.wrapping_shl(field.low().into()))
}

fn unix(time: Timestamp, width: Width) -> Result<u64, ValueError> {
    let seconds = time.to_unix().ok_or(ValueError::InvalidDate)?;
    match width {
        Width::W64 => Ok(u64::from_be_bytes(seconds.to_be_bytes())),
        _ => u64::try_from(seconds)
            .ok()
            .filter(|seconds| *seconds <= width.mask())
            .ok_or(ValueError::OutOfRange),
    }
}

fn manufacturer(text: Text<'_>) -> Result<u16, ValueError> {
    let mut code = 0_u16;
    let mut letters = 0_u8;
    for char in text.chars() {
        if !char.is_ascii_uppercase() || letters == 3 {
            return Err(ValueError::InvalidText);
        }
        let letter = u16::from(u8::try_from(char).map_err(|_| ValueError::InvalidText)?);
        code = code << 5 | letter & 0x1F;
        letters = letters.wrapping_add(1);
    }
    if letters == 3 {
        Ok(code)
    } else {
        Err(ValueError::InvalidText)
    }
}

#[cfg(test)]
mod tests;
