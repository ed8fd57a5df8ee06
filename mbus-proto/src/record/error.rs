//! Record errors: why a slave has no value (EN 13757-3:2018, Table 18).

/// Why a slave has no value for a record (Table 18).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RecordError {
    /// 01h.
    TooManyDife,
    /// 02h.
    StorageNotImplemented,
    /// 03h.
    SubunitNotImplemented,
    /// 04h.
    TariffNotImplemented,
    /// 05h.
    FunctionNotImplemented,
    /// 06h.
    DataClassNotImplemented,
    /// 07h.
    DataSizeNotImplemented,
    /// 0Bh.
    TooManyVife,
    /// 0Ch.
    IllegalVifGroup,
    /// 0Dh.
    IllegalVifExponent,
    /// 0Eh.
    VifDifMismatch,
    /// 0Fh.
    ActionNotImplemented,
    /// 15h.
    NoDataAvailable,
    /// 16h.
    DataOverflow,
    /// 17h.
    DataUnderflow,
    /// 18h.
    DataError,
    /// 1Ch.
    PrematureEndOfRecord,
}

impl RecordError {
    /// The VIFE code.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::TooManyDife => 0x01,
            Self::StorageNotImplemented => 0x02,
            Self::SubunitNotImplemented => 0x03,
            Self::TariffNotImplemented => 0x04,
            Self::FunctionNotImplemented => 0x05,
            Self::DataClassNotImplemented => 0x06,
            Self::DataSizeNotImplemented => 0x07,
            Self::TooManyVife => 0x0B,
            Self::IllegalVifGroup => 0x0C,
            Self::IllegalVifExponent => 0x0D,
            Self::VifDifMismatch => 0x0E,
            Self::ActionNotImplemented => 0x0F,
            Self::NoDataAvailable => 0x15,
            Self::DataOverflow => 0x16,
            Self::DataUnderflow => 0x17,
            Self::DataError => 0x18,
            Self::PrematureEndOfRecord => 0x1C,
        }
    }
}
