//! The data information block: DIF and up to ten DIFE (EN 13757-3, 6.3).

/// The most DIFE that may follow a DIF.
pub const MAX_DIFE: usize = 10;

/// A data information block as it lies in the telegram: DIF first, then its DIFE.
///
/// The DIF holds the extension bit, the least significant bit of the storage number, the function
/// and the data field; each DIFE adds a subunit bit, two tariff bits and four storage bits, the
/// least significant ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Dib<'a> {
    bytes: &'a [u8],
}

impl<'a> Dib<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// The bytes, DIF first.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The DIF.
    #[must_use]
    #[inline]
    pub fn dif(&self) -> u8 {
        self.bytes.first().copied().unwrap_or_default()
    }

    /// The DIFE, in the order of the wire.
    #[must_use]
    #[inline]
    pub fn dife(&self) -> &'a [u8] {
        self.bytes.get(1..).unwrap_or_default()
    }

    /// Which of the values of a period the record holds.
    #[must_use]
    #[inline]
    pub fn function(&self) -> Function {
        Function::from_dif(self.dif())
    }

    /// Length and coding of the data.
    #[must_use]
    #[inline]
    pub fn data_field(&self) -> DataField {
        DataField::from_dif(self.dif())
    }

    /// The storage number, at most 41 bits; 0 is the current value.
    #[must_use]
    #[inline]
    pub fn storage(&self) -> u64 {
        let least = u64::from(self.dif() >> 6 & 1);
        self.gather(|storage: u64, dife| storage << 4 | u64::from(dife & 0x0F)) << 1 | least
    }

    /// Storage number, tariff and subunit.
    #[inline(never)]
    pub(crate) fn numbers(self) -> (u64, u32, u16) {
        (self.storage(), self.tariff(), self.subunit())
    }

    /// Folds the DIFE, the most significant one first.
    #[inline]
    fn gather<T: Default>(&self, add: impl Fn(T, u8) -> T) -> T {
        let mut sum = T::default();
        for &dife in self.dife().iter().take(MAX_DIFE).rev() {
            sum = add(sum, dife);
        }
        sum
    }

    /// The tariff, at most 20 bits; 0 is the total.
    #[must_use]
    #[inline]
    pub fn tariff(&self) -> u32 {
        self.gather(|tariff, dife| tariff << 2 | u32::from(dife >> 4 & 3))
    }

    /// The subunit, at most 10 bits; 0 is the meter itself.
    #[must_use]
    #[inline]
    pub fn subunit(&self) -> u16 {
        self.gather(|subunit, dife| subunit << 1 | u16::from(dife >> 6 & 1))
    }
}

/// Which of the values of a period a record holds (EN 13757-3, Table 5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Function {
    /// The value itself (00b).
    #[default]
    Instantaneous,
    /// The largest (01b).
    Maximum,
    /// The smallest (10b).
    Minimum,
    /// The value during an error state (11b).
    DuringError,
}

impl Function {
    /// The function bits 5 and 4 of a DIF.
    #[must_use]
    pub const fn from_dif(dif: u8) -> Self {
        match dif >> 4 & 3 {
            0 => Self::Instantaneous,
            1 => Self::Maximum,
            2 => Self::Minimum,
            _ => Self::DuringError,
        }
    }

    /// The function at its place in a DIF.
    #[must_use]
    pub const fn to_dif(self) -> u8 {
        match self {
            Self::Instantaneous => 0x00,
            Self::Maximum => 0x10,
            Self::Minimum => 0x20,
            Self::DuringError => 0x30,
        }
    }

    /// The name in snake case: `instantaneous`, `maximum`, `minimum`, `error`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Instantaneous => "instantaneous",
            Self::Maximum => "maximum",
            Self::Minimum => "minimum",
            Self::DuringError => "error",
        }
    }
}

/// Length and coding of the data (EN 13757-3, Table 4): the low nibble of a DIF.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum DataField {
    /// 0h: no data.
    None,
    /// 1h: integer of 8 bits.
    Int8,
    /// 2h: integer of 16 bits.
    Int16,
    /// 3h: integer of 24 bits.
    Int24,
    /// 4h: integer of 32 bits.
    Int32,
    /// 5h: IEEE 754 float of 32 bits.
    Real32,
    /// 6h: integer of 48 bits.
    Int48,
    /// 7h: integer of 64 bits.
    Int64,
    /// 8h: selection for readout, no data.
    Selection,
    /// 9h: BCD of 2 digits.
    Bcd2,
    /// Ah: BCD of 4 digits.
    Bcd4,
    /// Bh: BCD of 6 digits.
    Bcd6,
    /// Ch: BCD of 8 digits.
    Bcd8,
    /// Dh: variable length, told by the LVAR byte before the data.
    Variable,
    /// Eh: BCD of 12 digits.
    Bcd12,
    /// Fh: special function.
    Special,
}

impl DataField {
    /// The low nibble of a DIF.
    #[must_use]
    pub const fn from_dif(dif: u8) -> Self {
        match dif & 0x0F {
            0x0 => Self::None,
            0x1 => Self::Int8,
            0x2 => Self::Int16,
            0x3 => Self::Int24,
            0x4 => Self::Int32,
            0x5 => Self::Real32,
            0x6 => Self::Int48,
            0x7 => Self::Int64,
            0x8 => Self::Selection,
            0x9 => Self::Bcd2,
            0xA => Self::Bcd4,
            0xB => Self::Bcd6,
            0xC => Self::Bcd8,
            0xD => Self::Variable,
            0xE => Self::Bcd12,
            _ => Self::Special,
        }
    }

    /// The low nibble of a DIF.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The length of the data in bytes; `None` where an LVAR byte or the special function tells.
    #[must_use]
    #[inline]
    pub const fn data_len(self) -> Option<usize> {
        Some(match self {
            Self::None | Self::Selection => 0,
            Self::Int8 | Self::Bcd2 => 1,
            Self::Int16 | Self::Bcd4 => 2,
            Self::Int24 | Self::Bcd6 => 3,
            Self::Int32 | Self::Real32 | Self::Bcd8 => 4,
            Self::Int48 | Self::Bcd12 => 6,
            Self::Int64 => 8,
            Self::Variable | Self::Special => return None,
        })
    }

    /// Whether the data is BCD.
    #[must_use]
    pub const fn is_bcd(self) -> bool {
        matches!(
            self,
            Self::Bcd2 | Self::Bcd4 | Self::Bcd6 | Self::Bcd8 | Self::Bcd12
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dife_add_storage_tariff_and_subunit_bits() {
        let dib = Dib::new(&[0xC4, 0x86, 0x03]);
        assert_eq!((dib.storage(), dib.tariff(), dib.subunit()), (109, 0, 0));
        let dib = Dib::new(&[0x8C, 0x11]);
        assert_eq!((dib.storage(), dib.tariff(), dib.subunit()), (2, 1, 0));
        let dib = Dib::new(&[0x8B, 0x60]);
        assert_eq!((dib.storage(), dib.tariff(), dib.subunit()), (0, 2, 1));
        let dib = Dib::new(&[0xDA, 0x02]);
        assert_eq!((dib.storage(), dib.function()), (5, Function::Maximum));
        let dib = Dib::new(&[0x84, 0x00]);
        assert_eq!((dib.storage(), dib.tariff(), dib.subunit()), (0, 0, 0));
    }

    #[test]
    fn ten_dife_fill_all_bits() {
        let dib = Dib::new(&[
            0xC4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F,
        ]);
        assert_eq!(dib.storage(), (1 << 41) - 1);
        assert_eq!(dib.tariff(), (1 << 20) - 1);
        assert_eq!(dib.subunit(), (1 << 10) - 1);
    }

    #[test]
    fn every_nibble_and_function_survives() {
        for code in 0..=0x0F {
            assert_eq!(DataField::from_dif(code).code(), code);
        }
        for bits in [0x00, 0x10, 0x20, 0x30] {
            assert_eq!(Function::from_dif(bits | 0xC4).to_dif(), bits);
        }
    }
}
