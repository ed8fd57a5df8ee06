//! The data of a record that is built.

use meter_units::Civil;

use super::builder::{RecordBuilder, check_text};
use crate::EncodeError;
use crate::record::date;
use crate::record::dib::DataField;
use crate::record::layout;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Data<'a> {
    /// So many bytes of a number in the order of the wire.
    Number([u8; 8], u8),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> RecordBuilder<'a> {
    /// Holds no data (data field 0h).
    #[must_use]
    pub const fn no_data(self) -> Self {
        Self {
            field: DataField::None,
            data: Data::Bytes(&[]),
            ..self
        }
    }

    /// Holds an integer of type B.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if `field` is no integer or the number does not fit; the smallest
    /// number of each length is the mark for "invalid" and does not fit.
    pub fn integer(self, field: DataField, number: i64) -> Result<Self, EncodeError> {
        let len = integer_len(field)?;
        let free = 64_u32.saturating_sub(len.saturating_mul(8));
        let largest = i64::MAX >> free;
        if number.unsigned_abs() > largest.unsigned_abs() {
            return Err(EncodeError::Value);
        }
        Ok(self.number(field, number.to_le_bytes(), len))
    }

    /// Holds an integer of type C.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if `field` is no integer or the number does not fit; all ones are the
    /// mark for "not available" and do not fit.
    pub fn unsigned(self, field: DataField, number: u64) -> Result<Self, EncodeError> {
        let len = integer_len(field)?;
        let ones = u64::MAX >> 64_u32.saturating_sub(len.saturating_mul(8));
        if number >= ones {
            return Err(EncodeError::Value);
        }
        Ok(self.number(field, number.to_le_bytes(), len))
    }

    /// Holds flags of type D.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if `field` is no integer or the flags do not fit.
    pub fn flags(self, field: DataField, flags: u64) -> Result<Self, EncodeError> {
        let len = integer_len(field)?;
        if flags > u64::MAX >> 64_u32.saturating_sub(len.saturating_mul(8)) {
            return Err(EncodeError::Value);
        }
        Ok(self.number(field, flags.to_le_bytes(), len))
    }

    /// Holds BCD of type A.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if `field` is no BCD or the digits do not fit; a minus sign takes the
    /// place of one.
    pub fn bcd(self, field: DataField, number: i64) -> Result<Self, EncodeError> {
        let Some(len) = field.data_len().filter(|_| field.is_bcd()) else {
            return Err(EncodeError::Value);
        };
        let len = u32::try_from(len).map_err(|_| EncodeError::Value)?;
        let negative = number < 0;
        let digits = len.saturating_mul(2).saturating_sub(u32::from(negative));
        if number.unsigned_abs() >= 10_u64.saturating_pow(digits) {
            return Err(EncodeError::Value);
        }
        let mut bcd = to_bcd(number.unsigned_abs());
        if negative {
            bcd |= 0xF << len.saturating_mul(8).saturating_sub(4).min(60);
        }
        Ok(self.number(field, bcd.to_le_bytes(), len))
    }

    /// Holds a float of 32 bits.
    #[must_use]
    pub fn real(self, number: f32) -> Self {
        let [a, b, c, d] = number.to_le_bytes();
        self.number(DataField::Real32, [a, b, c, d, 0, 0, 0, 0], 4)
    }

    /// Holds a date of type G, the VIF being 6Ch or one of those for time points.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the year is outside 1981 to 2080.
    pub fn date(self, date: &Civil) -> Result<Self, EncodeError> {
        let raw = date::encode_g(date).ok_or(EncodeError::Value)?;
        Ok(self.number(DataField::Int16, raw.to_le_bytes(), 2))
    }

    /// Holds date and time of type F, the VIF being 6Dh or one of those for time points.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the year is outside 1981 to 2299.
    pub fn date_time(self, time: &Civil, dst: bool) -> Result<Self, EncodeError> {
        let raw = date::encode_f(time, dst).ok_or(EncodeError::Value)?;
        Ok(self.number(DataField::Int32, raw.to_le_bytes(), 4))
    }

    /// Holds date and time with seconds of type I, the VIF being 6Dh or one of those for time
    /// points.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the year is outside 1981 to 2080.
    pub fn date_time_seconds(self, time: &Civil, dst: bool) -> Result<Self, EncodeError> {
        let raw = date::encode_i(time, dst).ok_or(EncodeError::Value)?;
        Ok(self.number(DataField::Int48, raw.to_le_bytes(), 6))
    }

    /// Holds a time of day of type J, the VIF being 6Dh or one of those for time points.
    #[must_use]
    pub fn time_of_day(self, time: &Civil) -> Self {
        self.number(DataField::Int24, date::encode_j(time).to_le_bytes(), 3)
    }

    /// Holds text of variable length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if it is longer than 191 characters or holds one that ISO 8859-1 does
    /// not have.
    pub fn text(self, text: &'a str) -> Result<Self, EncodeError> {
        let lvar = check_text(text)?;
        Ok(Self {
            field: DataField::Variable,
            lvar,
            data: Data::Text(text),
            ..self
        })
    }

    /// Holds these data bytes as they are; `field` tells their length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the length is not that of `field`, or if `field` is variable or
    /// special.
    pub fn raw(self, field: DataField, data: &'a [u8]) -> Result<Self, EncodeError> {
        if field.data_len() != Some(data.len()) {
            return Err(EncodeError::Value);
        }
        Ok(Self {
            field,
            data: Data::Bytes(data),
            ..self
        })
    }

    /// Holds these data bytes as they are, after this LVAR.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the length is not the one that EN 13757-3:2018, Table 5 gives the
    /// LVAR.
    pub fn raw_variable(self, lvar: u8, data: &'a [u8]) -> Result<Self, EncodeError> {
        let is_current = matches!(layout::variable_class(lvar), Some((_, false)));
        if !is_current || data.len() != layout::variable_len(lvar) {
            return Err(EncodeError::Value);
        }
        Ok(Self {
            field: DataField::Variable,
            lvar,
            data: Data::Bytes(data),
            ..self
        })
    }

    fn number(self, field: DataField, bytes: [u8; 8], len: u32) -> Self {
        let len = u8::try_from(len).unwrap_or(8);
        Self {
            field,
            data: Data::Number(bytes, len),
            ..self
        }
    }
}

fn integer_len(field: DataField) -> Result<u32, EncodeError> {
    match field {
        DataField::Int8 => Ok(1),
        DataField::Int16 => Ok(2),
        DataField::Int24 => Ok(3),
        DataField::Int32 => Ok(4),
        DataField::Int48 => Ok(6),
        DataField::Int64 => Ok(8),
        _ => Err(EncodeError::Value),
    }
}

/// At most sixteen digits, one a nibble.
fn to_bcd(mut number: u64) -> u64 {
    let mut bcd = 0;
    for digit in 0..16 {
        bcd |= (number % 10) << (4 * digit);
        number /= 10;
    }
    bcd
}
