//! The settings of a serial line.

use core::fmt;
use core::str::FromStr;

use crate::text::split_once;

/// The settings of a serial line, such as `9600 8N1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SerialSettings {
    /// Bits per second.
    pub baud: u32,
    /// Data bits of a character.
    pub data_bits: DataBits,
    /// The parity bit.
    pub parity: Parity,
    /// Stop bits of a character.
    pub stop_bits: StopBits,
}

/// Data bits of a character: 8 for RTU, 7 or 8 for ASCII.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DataBits {
    /// Seven.
    Seven,
    /// Eight.
    #[default]
    Eight,
}

/// The parity bit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Parity {
    /// There is none: `N`.
    #[default]
    None,
    /// It makes the number of ones even: `E`.
    Even,
    /// It makes the number of ones odd: `O`.
    Odd,
}

/// Stop bits of a character.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StopBits {
    /// One.
    #[default]
    One,
    /// Two.
    Two,
}

/// A text that is not the settings of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("not the settings of a serial line such as `9600 8N1`")]
pub struct ParseSerialError;

impl SerialSettings {
    /// Eight data bits, no parity, one stop bit.
    #[must_use]
    pub const fn new(baud: u32) -> Self {
        Self {
            baud,
            data_bits: DataBits::Eight,
            parity: Parity::None,
            stop_bits: StopBits::One,
        }
    }

    /// With another parity.
    #[must_use]
    pub const fn with_parity(self, parity: Parity) -> Self {
        Self { parity, ..self }
    }

    /// With another number of stop bits.
    #[must_use]
    pub const fn with_stop_bits(self, stop_bits: StopBits) -> Self {
        Self { stop_bits, ..self }
    }
}

/// `9600 8N1`.
impl fmt::Display for SerialSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data_bits = match self.data_bits {
            DataBits::Seven => 7,
            DataBits::Eight => 8,
        };
        let parity = match self.parity {
            Parity::None => 'N',
            Parity::Even => 'E',
            Parity::Odd => 'O',
        };
        let stop_bits = match self.stop_bits {
            StopBits::One => 1,
            StopBits::Two => 2,
        };
        write!(f, "{} {data_bits}{parity}{stop_bits}", self.baud)
    }
}

impl FromStr for SerialSettings {
    type Err = ParseSerialError;

    fn from_str(text: &str) -> Result<Self, ParseSerialError> {
        let (baud, frame) = split_once(text.trim_ascii(), " ").ok_or(ParseSerialError)?;
        let [data_bits, parity, stop_bits] = frame.trim_ascii_start().as_bytes() else {
            return Err(ParseSerialError);
        };
        Ok(Self {
            baud: match baud.parse() {
                Ok(0) | Err(_) => return Err(ParseSerialError),
                Ok(baud) => baud,
            },
            data_bits: match data_bits {
                b'7' => DataBits::Seven,
                b'8' => DataBits::Eight,
                _ => return Err(ParseSerialError),
            },
            parity: match parity {
                b'N' | b'n' => Parity::None,
                b'E' | b'e' => Parity::Even,
                b'O' | b'o' => Parity::Odd,
                _ => return Err(ParseSerialError),
            },
            stop_bits: match stop_bits {
                b'1' => StopBits::One,
                b'2' => StopBits::Two,
                _ => return Err(ParseSerialError),
            },
        })
    }
}

meter_units::__serde_as_text!(
    SerialSettings,
    "settings of a serial line such as `9600 8N1`"
);

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn settings_are_read_and_written() {
        for text in ["9600 8N1", "19200 8E1", "2400 8O2", "300 7E1"] {
            let settings: SerialSettings = text.parse().unwrap();
            assert_eq!(settings.to_string(), text);
        }
        let inepro = SerialSettings::new(9600).with_parity(Parity::Even);
        assert_eq!("9600 8E1".parse(), Ok(inepro));
        for text in [
            "", "9600", "9600 8N", "9600 9N1", "0 8N1", "9600 8X1", "9600 8N3",
        ] {
            assert_eq!(
                text.parse::<SerialSettings>(),
                Err(ParseSerialError),
                "{text}"
            );
        }
    }
}
