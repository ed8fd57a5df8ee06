//! Times on the bus, from the bit rate and the settings.

use core::time::Duration;

use crate::bit_time::bit_time;

use super::Config;

/// A slave answers within this many bit times and [`ANSWER_MARGIN`] (EN 13757-2).
const ANSWER_BITS: u32 = 330;
const ANSWER_MARGIN: Duration = Duration::from_millis(50);
/// The silence between an answer and the next request, in bit times.
const PAUSE_BITS: u32 = 33;
/// The characters of the longest frame.
const LONGEST_FRAME: u32 = 261;

impl Config {
    /// The time of so many bits.
    #[must_use]
    pub fn bit_time(&self, bits: u32) -> Duration {
        bit_time(bits, self.bits_per_second)
    }

    /// The time of so many characters.
    #[must_use]
    pub fn character_time(&self, characters: u32) -> Duration {
        self.bit_time(characters.saturating_mul(u32::from(self.character_bits.max(1))))
    }

    /// How long an answer may keep a master waiting from the end of the request on.
    #[must_use]
    pub fn first_byte_time(&self) -> Duration {
        self.bit_time(ANSWER_BITS)
            .saturating_add(ANSWER_MARGIN)
            .max(self.first_byte)
    }

    /// The silence that ends an answer.
    #[must_use]
    pub fn idle_time(&self) -> Duration {
        self.bit_time(PAUSE_BITS).max(self.idle)
    }

    /// The silence before a request.
    #[must_use]
    pub fn pause_time(&self) -> Duration {
        self.bit_time(PAUSE_BITS).max(self.pause)
    }

    /// How long an answer may take from its first byte on.
    #[must_use]
    pub fn full_time(&self) -> Duration {
        self.character_time(LONGEST_FRAME)
            .saturating_add(self.idle_time())
            .max(self.full)
    }

    /// How many characters 55h wake a meter up.
    pub(super) fn wake_up_characters(&self) -> u32 {
        let character = self.character_time(1).as_micros().max(1);
        let count = self.wake_up.as_micros().checked_div(character);
        count
            .and_then(|count| u32::try_from(count).ok())
            .unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn millis(time: Duration) -> u128 {
        (time.as_micros() + 500) / 1000
    }

    #[test]
    fn times_are_those_of_the_standard() {
        let table = [
            (300, 110, 1150, 9570),
            (600, 55, 600, 4785),
            (1200, 28, 325, 2393),
            (2400, 14, 188, 1196),
            (4800, 7, 119, 598),
            (9600, 3, 84, 299),
            (19200, 2, 67, 150),
            (38400, 1, 59, 75),
        ];
        for (rate, pause, answer, frame) in table {
            let config = Config::fastest(rate);
            assert_eq!(millis(config.pause_time()), pause, "{rate}");
            assert_eq!(millis(config.first_byte_time()), answer, "{rate}");
            assert_eq!(millis(config.character_time(261)), frame, "{rate}");
        }
    }

    #[test]
    fn settings_lengthen_times_and_never_shorten_them() {
        let config = Config::default();
        assert_eq!(config.first_byte_time(), Duration::from_millis(500));
        assert_eq!(config.idle_time(), Duration::from_millis(100));
        assert_eq!(config.full_time(), Duration::from_secs(10));
        let slow = Config {
            bits_per_second: 300,
            ..config
        };
        assert_eq!(slow.first_byte_time(), Duration::from_millis(1150));
        assert_eq!(slow.idle_time(), Duration::from_millis(110));
    }

    #[test]
    fn a_bit_rate_of_zero_is_taken_for_one() {
        let config = Config::fastest(0);
        assert_eq!(config.bit_time(33), Duration::from_secs(33));
    }
}
