//! Calls every decoding entrance of the libraries with input that the compiler knows nothing about.
//!
//! `.ci/run panic_free` links it and looks for the panic machinery in what is left. A new entrance
//! is one function and one line in [`ENTRANCES`].
#![no_std]
#![no_main]

use core::hint::black_box;

use bare_metal as _;
use mbus_proto::Tolerance;
use meter_units::Decimal;

/// Every decoding entrance. The check fails where one of them reaches a panic.
static ENTRANCES: &[fn(&[u8])] = &[
    units_decimal,
    mbus_tolerance,
    #[cfg(feature = "control")]
    control::index,
    #[cfg(feature = "control")]
    control::overflow,
];

fn units_decimal(input: &[u8]) {
    if let [exponent, a, b, c, d, ..] = *input {
        let coefficient = i64::from(i32::from_le_bytes([a, b, c, d]));
        black_box(Decimal::new(coefficient, i8::from_le_bytes([exponent])));
    }
}

fn mbus_tolerance(input: &[u8]) {
    if let [low, high, ..] = input {
        black_box(Tolerance::from_bits(u16::from_le_bytes([*low, *high])));
    }
}

/// Entrances that panic: without them, nobody would notice a check that finds nothing.
#[cfg(feature = "control")]
mod control {
    use core::hint::black_box;

    pub(crate) fn index(input: &[u8]) {
        black_box(input[3]);
    }

    pub(crate) fn overflow(input: &[u8]) {
        black_box(input.iter().sum::<u8>());
        black_box(input.first().map(|byte| *byte + 1));
    }
}

/// The length is opaque as well: both ends of the slice come out of a barrier.
static INPUT: [u8; 512] = [0; 512];

#[unsafe(no_mangle)]
extern "C" fn _start() -> ! {
    loop {
        for entrance in black_box(ENTRANCES) {
            entrance(black_box(INPUT.as_slice()));
        }
    }
}
