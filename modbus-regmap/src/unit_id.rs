//! Which device on a line is meant.

use core::fmt;

/// The address of a device on a serial line or behind a gateway.
///
/// On a serial line 0 is a broadcast, 1 to 247 are devices, the rest is reserved (Modbus over Serial
/// Line 1.02, 2.2). Over TCP a directly attached device ignores it; 255 is the neutral choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct UnitId(pub u8);

impl UnitId {
    /// All devices of a serial line; they act and do not answer.
    pub const BROADCAST: Self = Self(0);
    /// The device itself, where the transport names it already (TCP).
    pub const NEUTRAL: Self = Self(255);

    /// Whether the address is that of one device on a serial line: 1 to 247.
    #[must_use]
    pub const fn is_device(self) -> bool {
        matches!(self.0, 1..=247)
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
