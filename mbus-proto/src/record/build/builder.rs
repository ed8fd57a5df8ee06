//! What a record is about, and its bytes.

use super::chain::Chain;
use super::data::Data;
use crate::EncodeError;
use crate::record::dib::{DataField, Function};
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
    pub(super) function: Function,
    pub(super) storage: u64,
    pub(super) tariff: u32,
    pub(super) subunit: u16,
    pub(super) vib: Chain,
    /// VIFE that are already in `vib`.
    pub(super) vife: u8,
    pub(super) plain_text: Option<&'a str>,
    pub(super) text_place: TextPlace,
    pub(super) field: DataField,
    pub(super) lvar: u8,
    pub(super) data: Data<'a>,
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

/// The number of characters, if they can be sent.
pub(super) fn check_text(text: &str) -> Result<u8, EncodeError> {
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
