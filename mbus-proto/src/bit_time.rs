//! The time that bits take on the line.

use core::time::Duration;

/// The time of so many bits, rounded up; a bit rate of zero counts as one.
pub(crate) fn bit_time(bits: u32, bits_per_second: u32) -> Duration {
    let micros = u64::from(bits).saturating_mul(1_000_000);
    let rate = u64::from(bits_per_second.max(1));
    let rounded_up = micros.saturating_add(rate).saturating_sub(1);
    // The rate is not zero: the default is never taken.
    Duration::from_micros(rounded_up.checked_div(rate).unwrap_or(u64::MAX))
}
