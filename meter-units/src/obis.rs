//! OBIS codes.

/// The six value groups A-B:C.D.E*F of an OBIS code (IEC 62056-61, EN 13757-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObisCode(pub [u8; 6]);
