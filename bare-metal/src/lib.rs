//! What the bare-metal programs share: a panic handler that leaves a trace in the program.
#![no_std]

use core::hint::black_box;
use core::panic::PanicInfo;

/// Calls a function that exists for its name: where it is part of a program, a panic is.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    panic_is_reachable()
}

/// Spins; the barrier keeps the loop, and with it the symbol.
#[inline(never)]
#[unsafe(no_mangle)]
extern "C" fn panic_is_reachable() -> ! {
    loop {
        black_box(());
    }
}
