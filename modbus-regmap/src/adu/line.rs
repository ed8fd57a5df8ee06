//! How long characters and silences take on a serial line.

use core::num::NonZeroU32;
use core::time::Duration;

const NANOS_PER_SECOND: u64 = 1_000_000_000;
/// Above this rate the silences are fixed.
const MAX_SCALED_BAUD: u32 = 19_200;

/// The settings of a serial line, as far as they say how long things take (Modbus over Serial Line
/// 1.02, 2.5.1.1).
///
/// ```
/// use core::time::Duration;
/// use modbus_regmap::adu::SerialLine;
///
/// let line = SerialLine::new(9600).unwrap();
/// assert_eq!(line.silence(), Duration::from_nanos(4_010_417));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SerialLine {
    baud: NonZeroU32,
    data_bits: u8,
    parity: Parity,
    stop_bits: u8,
}

/// The bit behind the data of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Parity {
    /// No such bit.
    None,
    /// With it, the number of ones is even.
    Even,
    /// With it, the number of ones is odd.
    Odd,
}

impl SerialLine {
    /// A line with the character format of the standard, 8E1; `None` if `baud` is 0.
    #[must_use]
    pub const fn new(baud: u32) -> Option<Self> {
        match NonZeroU32::new(baud) {
            Some(baud) => Some(Self {
                baud,
                data_bits: 8,
                parity: Parity::Even,
                stop_bits: 1,
            }),
            None => None,
        }
    }

    /// The line with another character format; `None` unless it has 7 or 8 data bits and 1 or 2
    /// stop bits.
    ///
    /// Many meters use 8N1, and ASCII lines 7E1.
    #[must_use]
    pub const fn with_format(
        mut self,
        data_bits: u8,
        parity: Parity,
        stop_bits: u8,
    ) -> Option<Self> {
        if matches!(data_bits, 7 | 8) && matches!(stop_bits, 1 | 2) {
            self.data_bits = data_bits;
            self.parity = parity;
            self.stop_bits = stop_bits;
            Some(self)
        } else {
            None
        }
    }

    /// Bits a second.
    #[must_use]
    pub const fn baud(self) -> u32 {
        self.baud.get()
    }

    /// Bits a character: 7 or 8.
    #[must_use]
    pub const fn data_bits(self) -> u8 {
        self.data_bits
    }

    /// The bit behind the data of a character.
    #[must_use]
    pub const fn parity(self) -> Parity {
        self.parity
    }

    /// Bits behind a character: 1 or 2.
    #[must_use]
    pub const fn stop_bits(self) -> u8 {
        self.stop_bits
    }

    /// All bits of a character, with the start bit: 9 to 12.
    #[must_use]
    pub const fn bits_per_character(self) -> u8 {
        let parity = match self.parity {
            Parity::None => 0,
            Parity::Even | Parity::Odd => 1,
        };
        self.data_bits
            .saturating_add(self.stop_bits)
            .saturating_add(parity)
            .saturating_add(1)
    }

    /// How long `characters` take, rounded up to a nanosecond.
    #[must_use]
    pub fn transmission_time(self, characters: usize) -> Duration {
        let characters = u32::try_from(characters).unwrap_or(u32::MAX);
        self.halves(u64::from(characters) * 2)
    }

    /// t1.5: a longer gap within a frame makes it invalid.
    ///
    /// Adapters and operating systems break it routinely, so that nothing here enforces it.
    #[must_use]
    pub const fn character_gap(self) -> Duration {
        if self.baud.get() > MAX_SCALED_BAUD {
            Duration::from_micros(750)
        } else {
            self.halves(3)
        }
    }

    /// t3.5: the least silence between two frames.
    #[must_use]
    pub const fn silence(self) -> Duration {
        if self.baud.get() > MAX_SCALED_BAUD {
            Duration::from_micros(1_750)
        } else {
            self.halves(7)
        }
    }

    /// The time of so many half characters.
    const fn halves(self, count: u64) -> Duration {
        let bits = count.saturating_mul(self.bits_per_character() as u64);
        // A rate is at least 1, so that there is always a quotient.
        let baud = self.baud.get() as u64 * 2;
        let whole = match bits.checked_div(baud) {
            Some(seconds) => seconds,
            None => 0,
        };
        let rest = match bits.checked_rem(baud) {
            Some(rest) => rest,
            None => 0,
        };
        let nanos = match rest
            .saturating_mul(NANOS_PER_SECOND)
            .saturating_add(baud.saturating_sub(1))
            .checked_div(baud)
        {
            Some(nanos) => nanos,
            None => 0,
        };
        Duration::from_secs(whole).saturating_add(Duration::from_nanos(nanos))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn eight_n_1(baud: u32) -> SerialLine {
        SerialLine::new(baud)
            .and_then(|line| line.with_format(8, Parity::None, 1))
            .unwrap()
    }

    #[test]
    fn figures_of_the_standard_character() {
        for (baud, character, gap, silence) in [
            (300, 36_667, 55_000, 128_334),
            (1200, 9_167, 13_750, 32_084),
            (9600, 1_146, 1_719, 4_011),
            (19_200, 573, 860, 2_006),
            (38_400, 287, 750, 1_750),
            (115_200, 96, 750, 1_750),
        ] {
            let line = SerialLine::new(baud).unwrap();
            let micros = |time: Duration| time.as_nanos().div_ceil(1000);
            assert_eq!(micros(line.transmission_time(1)), character, "{baud}");
            assert_eq!(micros(line.character_gap()), gap, "{baud}");
            assert_eq!(micros(line.silence()), silence, "{baud}");
        }
    }

    #[test]
    fn a_shorter_character_takes_less_time() {
        let line = eight_n_1(9600);
        assert_eq!(line.bits_per_character(), 10);
        assert_eq!(line.silence(), Duration::from_nanos(3_645_834));
        // A request and an answer of 125 registers.
        let both = line.transmission_time(8 + 255);
        assert_eq!(both.as_micros(), 273_958);
    }

    #[test]
    fn a_line_that_cannot_be_is_refused() {
        assert_eq!(SerialLine::new(0), None);
        let line = SerialLine::new(9600).unwrap();
        assert_eq!(line.with_format(9, Parity::None, 1), None);
        assert_eq!(line.with_format(8, Parity::None, 0), None);
    }

    #[test]
    fn no_number_of_characters_is_too_many() {
        let line = SerialLine::new(1).unwrap();
        assert!(line.transmission_time(usize::MAX) > Duration::from_secs(1 << 35));
    }
}
