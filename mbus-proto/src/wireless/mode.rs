//! The modes of the radio link.

use core::fmt;

use crate::wireless::Format;

/// How a radio telegram is sent (EN 13757-4, communication modes).
///
/// What a receiver hands over is a frame in either [`Format`]; which ones a mode has is told here,
/// so that a receiver can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum RadioMode {
    /// S, stationary: Manchester code.
    S,
    /// T, frequent transmission: three-of-six code from the meter.
    T,
    /// C, compact: no code.
    C,
}

/// How the bits of a frame stand for those of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineCode {
    /// Two for each bit.
    Manchester,
    /// Six for every four bits, three of them set.
    ThreeOfSix,
    /// One for each bit.
    NonReturnToZero,
}

impl RadioMode {
    /// The frame formats of the mode.
    #[must_use]
    pub const fn formats(self) -> &'static [Format] {
        match self {
            Self::S | Self::T => &[Format::A],
            Self::C => &[Format::A, Format::B],
        }
    }

    /// The code of the frames that meters send.
    #[must_use]
    pub const fn line_code(self) -> LineCode {
        match self {
            Self::S => LineCode::Manchester,
            Self::T => LineCode::ThreeOfSix,
            Self::C => LineCode::NonReturnToZero,
        }
    }
}

impl fmt::Display for RadioMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::S => "mode S",
            Self::T => "mode T",
            Self::C => "mode C",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mode_c_announces_its_format() {
        for (sync, format) in [([0x54, 0xCD], Format::A), ([0x54, 0x3D], Format::B)] {
            assert_eq!(Format::from_mode_c_sync(sync), Some(format));
            assert!(RadioMode::C.formats().contains(&format));
        }
        assert_eq!(Format::from_mode_c_sync([0x54, 0x00]), None);
        assert_eq!(RadioMode::T.formats(), [Format::A]);
        assert_eq!(RadioMode::S.line_code(), LineCode::Manchester);
    }
}
