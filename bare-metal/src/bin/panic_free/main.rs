//! Calls every decoding entrance of the libraries with input that the compiler knows nothing about.
//!
//! `.ci/run panic_free` links it and looks for the panic machinery in what is left. A new entrance
//! is one function in a module below, and one line in [`ENTRANCES`].
//! is one function in [`mbus`], [`modbus`] or [`units`], and one line in [`ENTRANCES`].
#![no_std]
#![no_main]

mod mbus;
mod modbus;
mod modbus_plan;
mod session;
mod units;
mod wireless;

use core::fmt::{self, Write};
use core::hint::black_box;

use bare_metal as _;

/// Every decoding entrance. The check fails where one of them reaches a panic.
///
/// Left out are `Display` of floats, alone or within a `Number` or `Value`: core writes their
/// digits through slices that can panic. `Number::to_decimal` is the way to a text.
///
/// With the feature `crypto`, the entrances have keys. There are then two paths to a panic: the AES of
/// the crate `aes`, in software, slices its round keys at places that do not depend on the data, and
/// the key schedule of the crate `des` shifts by constants of a table. The check leaves out these two
/// functions and nothing else.
static ENTRANCES: &[fn(&[u8])] = &[
    mbus::frame,
    mbus::tolerant_frame,
    mbus::frame_decoder,
    mbus::application,
    mbus::plain_application,
    mbus::fixed_data,
    mbus::telegram,
    mbus::records,
    mbus::record,
    mbus::profile,
    mbus::address,
    mbus::address_text,
    mbus::codes,
    mbus::errors,
    mbus::record_builder,
    mbus::record_of_reading,
    mbus::command,
    session::master,
    session::meter,
    wireless::frame,
    wireless::layers,
    wireless::telegram,
    wireless::compact,
    wireless::build,
    #[cfg(feature = "crypto")]
    wireless::key,
    modbus_plan::plan,
    modbus_plan::image,
    modbus_plan::image_of_reading,
    modbus_plan::sunspec,
    modbus::request,
    modbus::response,
    modbus::built,
    modbus::rtu,
    modbus::tcp,
    modbus::ascii,
    modbus::framing_of_any_pdu,
    modbus::client,
    modbus::server,
    units::decimal_text,
    units::decimal_shown,
    units::decimal_arithmetic,
    units::decimal_rounding,
    units::decimal_float,
    units::unit_text,
    units::unit_shown,
    units::unit_conversion,
    units::obis_text,
    units::obis_shown,
    units::obis_channel,
    units::timestamp_text,
    units::timestamp_shown,
    units::timestamp,
    units::text,
    units::words,
    units::instant,
    #[cfg(feature = "control")]
    control::index,
    #[cfg(feature = "control")]
    control::overflow,
];

/// Writes a value with and without flags; the text goes nowhere.
pub(crate) fn show(value: impl fmt::Display) {
    let mut sink = Sink;
    // A failure is as good as any other result.
    let _ = write!(sink, "{value}");
    let _ = write!(sink, "{value:#}");
    let _ = write!(sink, "{value:>width$}", width = black_box(12));
}

/// As [`show`], for types that are written for programmers only.
pub(crate) fn show_debug(value: impl fmt::Debug) {
    let _ = write!(Sink, "{value:?}");
}

struct Sink;

impl Write for Sink {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
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
