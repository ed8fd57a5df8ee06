//! What flows through a meter.

/// The medium, by the device type code of EN 13757-7 (Table 13); unknown codes are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Medium(pub u8);

impl Medium {
    /// Other.
    pub const OTHER: Self = Self(0);
    /// Electricity.
    pub const ELECTRICITY: Self = Self(2);
    /// Not known.
    pub const UNKNOWN: Self = Self(15);
}
