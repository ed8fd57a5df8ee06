//! Records from values: the way back.

use meter_units::Civil;

use crate::EncodeError;
use crate::record::date;
use crate::record::dib::{DataField, Function, MAX_DIFE};
use crate::record::layout;
use crate::record::layout::TextPlace;
use crate::record::vib::MAX_VIFE;
use crate::write::{self, Write};

/// The longest text that an LVAR can announce.
const MAX_TEXT: usize = 0xBF;

/// Builds one data record.
///
/// A record is made from its VIF, qualified with the methods of this type, and given its data
/// last. Without data it is the selection of a value for readout (data field 8h).
///
/// ```
/// use mbus_proto::record::{DataField, RecordBuilder};
///
/// let mut record = [0; 16];
/// let len = RecordBuilder::new(&[0x13])?
///     .storage(1)?
///     .integer(DataField::Int24, 12_565)?
///     .encode_into(&mut record)?;
/// assert_eq!(record[..len], [0x43, 0x13, 0x15, 0x31, 0x00]);
/// # Ok::<(), mbus_proto::EncodeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordBuilder<'a> {
    function: Function,
    storage: u64,
    tariff: u32,
    subunit: u16,
    vib: Chain,
    /// VIFE that are already in `vib`.
    vife: u8,
    plain_text: Option<&'a str>,
    text_place: TextPlace,
    field: DataField,
    lvar: u8,
    data: Data<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Data<'a> {
    /// So many bytes of a number in the order of the wire.
    Number([u8; 8], u8),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl<'a> RecordBuilder<'a> {
    /// A record with this VIF: one byte, or two or three with the extension byte (FBh, FDh) first.
    ///
    /// The extension bit of the last byte is set as the VIFE demand.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if these bytes are no VIF.
    pub fn new(vif: &[u8]) -> Result<Self, EncodeError> {
        let is_vif = match *vif {
            [0x7C | 0xFC | 0xFB | 0xFD] => false,
            [_] | [0xFB, _] => true,
            [0xFD, second] => second != 0xFD,
            [0xFD, 0xFD, _] => true,
            _ => false,
        };
        if !is_vif {
            return Err(EncodeError::Value);
        }
        let mut vib = Chain::EMPTY;
        for &byte in vif {
            vib.push(byte)?;
        }
        let vife = u8::try_from(vif.len().saturating_sub(1)).unwrap_or(u8::MAX);
        Ok(Self::with_vib(vib, vife, None))
    }

    /// A record whose quantity or unit is named in plain text (VIF 7Ch), with the text directly
    /// after the VIF, as most meters have it; [`text_after_vife`](Self::text_after_vife) has it
    /// elsewhere.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if the text is longer than 191 characters or holds one that ISO 8859-1
    /// does not have.
    pub fn plain_text(text: &'a str) -> Result<Self, EncodeError> {
        check_text(text)?;
        let mut vib = Chain::EMPTY;
        vib.push(0x7C)?;
        Ok(Self::with_vib(vib, 0, Some(text)))
    }

    const fn with_vib(vib: Chain, vife: u8, plain_text: Option<&'a str>) -> Self {
        Self {
            function: Function::Instantaneous,
            storage: 0,
            tariff: 0,
            subunit: 0,
            vib,
            vife,
            plain_text,
            text_place: TextPlace::AfterVif,
            field: DataField::Selection,
            lvar: 0,
            data: Data::Bytes(&[]),
        }
    }

    /// Says which of the values of a period it is.
    #[must_use]
    pub const fn function(self, function: Function) -> Self {
        Self { function, ..self }
    }

    /// Sets the storage number.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if it has more than 41 bits.
    pub const fn storage(self, storage: u64) -> Result<Self, EncodeError> {
        if storage >> 41 != 0 {
            return Err(EncodeError::Value);
        }
        Ok(Self { storage, ..self })
    }

    /// Sets the tariff.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if it has more than 20 bits.
    pub const fn tariff(self, tariff: u32) -> Result<Self, EncodeError> {
        if tariff >> 20 != 0 {
            return Err(EncodeError::Value);
        }
        Ok(Self { tariff, ..self })
    }

    /// Sets the subunit.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if it has more than 10 bits.
    pub const fn subunit(self, subunit: u16) -> Result<Self, EncodeError> {
        if subunit >> 10 != 0 {
            return Err(EncodeError::Value);
        }
        Ok(Self { subunit, ..self })
    }

    /// Adds a VIFE; for a code of the second level, FCh and then the code.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] after ten VIFE.
    pub fn vife(mut self, code: u8) -> Result<Self, EncodeError> {
        if usize::from(self.vife) >= MAX_VIFE {
            return Err(EncodeError::Value);
        }
        self.vib.push(code)?;
        self.vife = self.vife.saturating_add(1);
        Ok(self)
    }

    /// Puts the text of a plain-text VIF after the last VIFE (EN 13757-3:2018, Annex C); without
    /// such a VIF or without VIFE, nothing changes.
    #[must_use]
    pub const fn text_after_vife(self) -> Self {
        Self {
            text_place: TextPlace::AfterVife,
            ..self
        }
    }

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

    /// The length of the encoded record in bytes.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let text_len = |text: &str| text.chars().count();
        let plain = self
            .plain_text
            .map_or(0, |text| text_len(text).saturating_add(1));
        let data = match self.data {
            Data::Number(_, len) => usize::from(len),
            Data::Text(text) => text_len(text),
            Data::Bytes(bytes) => bytes.len(),
        };
        usize::from(self.dib().len)
            .saturating_add(usize::from(self.vib.len))
            .saturating_add(plain)
            .saturating_add(usize::from(self.field == DataField::Variable))
            .saturating_add(data)
    }

    /// Writes the record to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is too short.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        write::into_slice(out, self.encoded_len(), |writer| self.write(writer))
    }

    /// Appends the record to `out`.
    #[cfg(feature = "alloc")]
    pub fn encode(&self, out: &mut impl bytes::BufMut) {
        self.write(&mut write::BufWriter(out));
    }

    fn write(&self, out: &mut impl Write) {
        self.dib().write(out);
        match self.plain_text {
            Some(text) => {
                let vib = self.vib.as_bytes();
                let text_at = match self.text_place {
                    TextPlace::AfterVif => 1,
                    TextPlace::AfterVife => vib.len(),
                };
                let (before, vife) = vib.split_at_checked(text_at).unwrap_or_default();
                out.put(before);
                out.put(&[check_text(text).unwrap_or_default()]);
                write_text(text, out);
                out.put(vife);
            }
            None => out.put(self.vib.as_bytes()),
        }
        if self.field == DataField::Variable {
            out.put(&[self.lvar]);
        }
        match self.data {
            Data::Number(bytes, len) => out.put(bytes.get(..usize::from(len)).unwrap_or_default()),
            Data::Text(text) => write_text(text, out),
            Data::Bytes(bytes) => out.put(bytes),
        }
    }

    /// The shortest DIB: no DIFE after the last one that says something.
    fn dib(&self) -> Chain {
        let mut chain = Chain::EMPTY;
        let least = if self.storage & 1 == 0 { 0x00 } else { 0x40 };
        let dif = self.field.code() | self.function.to_dif() | least;
        let (mut storage, mut tariff, mut subunit) = (self.storage >> 1, self.tariff, self.subunit);
        let mut pushed = chain.push(dif);
        while (storage, tariff, subunit) != (0, 0, 0) && pushed.is_ok() {
            let [storage_bits, ..] = (storage & 0x0F).to_le_bytes();
            let [tariff_bits, ..] = (tariff & 3).to_le_bytes();
            let [subunit_bit, ..] = (subunit & 1).to_le_bytes();
            pushed = chain.push(storage_bits | tariff_bits << 4 | subunit_bit << 6);
            storage >>= 4;
            tariff >>= 2;
            subunit >>= 1;
        }
        chain
    }
}

/// Bytes of which every one but the last has bit 7 set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chain {
    bytes: [u8; Self::MAX],
    len: u8,
}

impl Chain {
    /// A VIF after two extension bytes, and all VIFE; a DIB is shorter.
    const MAX: usize = MAX_VIFE + 3;

    const EMPTY: Self = Self {
        bytes: [0; Self::MAX],
        len: 0,
    };

    fn push(&mut self, byte: u8) -> Result<(), EncodeError> {
        let at = usize::from(self.len);
        if let Some(last) = at.checked_sub(1).and_then(|last| self.bytes.get_mut(last)) {
            *last |= 0x80;
        }
        *self.bytes.get_mut(at).ok_or(EncodeError::Value)? = byte & 0x7F;
        self.len = self.len.saturating_add(1);
        Ok(())
    }

    fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }

    fn write(&self, out: &mut impl Write) {
        out.put(self.as_bytes());
    }
}

const _: () = assert!(MAX_DIFE < Chain::MAX);

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

/// The number of characters, if they can be sent.
fn check_text(text: &str) -> Result<u8, EncodeError> {
    let is_latin1 = text.chars().all(|char| u8::try_from(char).is_ok());
    let count = text.chars().count();
    if !is_latin1 || count > MAX_TEXT {
        return Err(EncodeError::Value);
    }
    u8::try_from(count).map_err(|_| EncodeError::Value)
}

/// The last character goes first.
fn write_text(text: &str, out: &mut impl Write) {
    for char in text.chars().rev() {
        out.put(&[u8::try_from(char).unwrap_or(b'?')]);
    }
}
