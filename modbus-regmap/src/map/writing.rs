//! Values to registers.

use meter_units::{Decimal, Number, Value};

use super::Register;
use crate::encoding::{Encoding, Marker, Scale, ValueError};

impl Register<'_> {
    /// Writes the registers of a value to the front of `out` and says how many bytes they are.
    ///
    /// The number is in the unit of the register; offset and scale are undone. What has no value
    /// is written as the marker, or as NaN. A value with a scale register needs its exponent.
    ///
    /// # Errors
    ///
    /// [`ValueError::Inexact`] if the number lies between two raw values, and the errors of
    /// [`Encoding::encode_into`].
    pub fn encode_into(
        &self,
        value: Value<'_>,
        exponent: Option<u16>,
        out: &mut [u8],
    ) -> Result<usize, ValueError> {
        let value = match value {
            Value::None(_) => return self.encode_marker(out),
            Value::Number(number) if self.encoding.is_number() => {
                let power = match (self.scale_register, exponent) {
                    (None, _) => 0,
                    (Some(_), Some(exponent)) => self.power(exponent)?,
                    (Some(address), None) => return Err(ValueError::NotRead(address)),
                };
                Value::Number(self.unscaled(number, power)?)
            }
            other => other,
        };
        self.encoding.encode_into(self.order, value, out)
    }

    fn unscaled(&self, number: Number, power: i8) -> Result<Number, ValueError> {
        let is_scaled = self.scale != Scale::ONE || power != 0 || !self.offset.is_zero();
        if !is_scaled {
            return Ok(number);
        }
        let value = number.to_decimal().ok_or(ValueError::OutOfRange)?;
        match self.scale.invert(value, power, self.offset) {
            Ok(raw) => Ok(Number::Decimal(raw)),
            // a float is the nearest anyway
            Err(ValueError::Inexact) if self.is_float() => {
                let scale = self.scale.to_decimal().ok_or(ValueError::Inexact)?.to_f64();
                let power = Decimal::new(1, power)
                    .ok_or(ValueError::OutOfRange)?
                    .to_f64();
                Ok(Number::F64(
                    (value.to_f64() - self.offset.to_f64()) / scale / power,
                ))
            }
            Err(error) => Err(error),
        }
    }

    const fn is_float(&self) -> bool {
        matches!(
            self.encoding,
            Encoding::F16 | Encoding::F32 | Encoding::F64 | Encoding::PowerFactor
        )
    }

    fn encode_marker(&self, out: &mut [u8]) -> Result<usize, ValueError> {
        let length = usize::from(self.count()).saturating_mul(2);
        let found = u16::try_from(out.len() / 2).unwrap_or(u16::MAX);
        let out = out.get_mut(..length).ok_or(ValueError::Window {
            needed: self.count(),
            found,
        })?;
        let bits = match self.marker {
            None | Some(Marker::Nan) => match self.encoding {
                Encoding::F16 => 0x7E00,
                Encoding::F32 | Encoding::PowerFactor => 0x7FC0_0000,
                Encoding::F64 => 0x7FF8_0000_0000_0000,
                _ => return Err(ValueError::NotAvailable),
            },
            Some(Marker::Zeros) => 0,
            Some(marker) => marker.bits(self.encoding).ok_or(ValueError::NotAvailable)?,
        };
        self.encoding.write_arranged(self.order, bits, out);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use meter_units::Absent;

    use super::*;
    use crate::Table;

    #[test]
    fn values_are_written_in_the_unit_of_the_register() {
        let power = Register::new("a", Table::HoldingRegister, 0, Encoding::I16)
            .with_scale(Scale::power_of_ten(1).unwrap())
            .with_not_available(Marker::Bits(0x8000));
        let write = |value: Value<'_>| {
            let mut out = [0; 2];
            power.encode_into(value, None, &mut out).map(|_| out)
        };
        let watts = |watts: i64| Value::from(Decimal::from(watts));
        assert_eq!(write(watts(-23_450)), Ok([0xF6, 0xD7]));
        assert_eq!(write(watts(5)), Err(ValueError::Inexact));
        assert_eq!(write(watts(400_000)), Err(ValueError::OutOfRange));
        assert_eq!(write(Value::None(Absent::NotSent)), Ok([0x80, 0x00]));
    }
}
