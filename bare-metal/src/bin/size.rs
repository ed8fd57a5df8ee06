//! Decodes one telegram of a heat meter into readings.
//!
//! `.ci/run size` links it for size and prints its flash and its stack.
#![no_std]
#![no_main]

use core::hint::black_box;

use bare_metal as _;
use mbus_proto::Telegram;

/// Energy, volume, flow and return temperature, power, time. It lies where a received telegram
/// would, so it does not count as flash.
#[unsafe(link_section = ".input")]
static TELEGRAM: [u8; 51] = [
    0x68, 0x2D, 0x2D, 0x68, 0x08, 0x01, 0x72, // long frame, RSP_UD, address 1
    0x78, 0x56, 0x34, 0x12, 0x3A, 0x63, 0x01, 0x04, 0x2A, 0x00, 0x00,
    0x00, // 12345678 XYZ, heat
    0x04, 0x06, 0x40, 0xE2, 0x01, 0x00, // 123456 kWh
    0x04, 0x13, 0xCB, 0x64, 0x78, 0x00, // 7890.123 m3
    0x02, 0x5A, 0xD7, 0x02, // 72.7 °C
    0x02, 0x5E, 0x9A, 0x01, // 41.0 °C
    0x02, 0x2B, 0x10, 0x0E, // 3600 W
    0x04, 0x6D, 0x1D, 0x0D, 0x38, 0x31, // 2025-01-24 13:29
    0xC5, 0x16,
];

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    loop {
        decode(black_box(TELEGRAM.as_slice()));
    }
}

#[inline(never)]
fn decode(telegram: &[u8]) {
    let Ok(telegram) = Telegram::parse(telegram) else {
        return;
    };
    for reading in telegram.readings().flatten() {
        black_box((reading.channel.quantity, reading.value, reading.unit));
    }
}
