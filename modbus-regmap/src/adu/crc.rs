//! The check of RTU frames: CRC-16 with the polynomial 8005h, reflected (Modbus over Serial Line
//! 1.02, 6.2.2).

/// The polynomial, lowest power at the top.
const POLYNOMIAL: u16 = 0xA001;
pub(super) const START: u16 = 0xFFFF;
/// How many bytes one step covers.
const STEP: usize = 16;

/// `TABLES[n][byte]` is what `byte` leaves in the register when `n` zeros have followed it.
static TABLES: [[u16; 256]; STEP] = tables();

/// The CRC over `bytes`; it travels low byte first.
///
/// The CRC over a frame together with its CRC is 0.
///
/// ```
/// assert_eq!(modbus_regmap::adu::crc16(b"123456789"), 0x4B37);
/// ```
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    let mut crc = START;
    let mut blocks = bytes.chunks_exact(STEP);
    for block in &mut blocks {
        if let Some((eight, rest)) = block.split_first_chunk::<8>() {
            if let Some(last) = rest.first_chunk::<8>() {
                crc = after_eight::<8>(crc, *eight) ^ after_eight::<0>(0, *last);
            }
        }
    }
    let mut blocks = blocks.remainder().chunks_exact(8);
    for block in &mut blocks {
        if let Some(eight) = block.first_chunk::<8>() {
            crc = after_eight::<0>(crc, *eight);
        }
    }
    for byte in blocks.remainder() {
        crc = after(crc, *byte);
    }
    crc
}

/// The register after one more byte.
#[inline]
pub(super) fn after(crc: u16, byte: u8) -> u16 {
    let [low, high] = crc.to_le_bytes();
    u16::from(high) ^ entry::<0>(low ^ byte)
}

/// The register after eight more bytes, and `ZEROS` zeros behind them.
#[inline]
fn after_eight<const ZEROS: usize>(crc: u16, bytes: [u8; 8]) -> u16 {
    let [a, b, c, d, e, f, g, h] = bytes;
    let [low, high] = crc.to_le_bytes();
    if ZEROS == 0 {
        entry::<7>(a ^ low)
            ^ entry::<6>(b ^ high)
            ^ entry::<5>(c)
            ^ entry::<4>(d)
            ^ entry::<3>(e)
            ^ entry::<2>(f)
            ^ entry::<1>(g)
            ^ entry::<0>(h)
    } else {
        entry::<15>(a ^ low)
            ^ entry::<14>(b ^ high)
            ^ entry::<13>(c)
            ^ entry::<12>(d)
            ^ entry::<11>(e)
            ^ entry::<10>(f)
            ^ entry::<9>(g)
            ^ entry::<8>(h)
    }
}

#[inline]
#[allow(
    clippy::indexing_slicing,
    reason = "a table has 256 entries, and there are more tables than the constants that name them"
)]
fn entry<const TABLE: usize>(byte: u8) -> u16 {
    const { assert!(TABLE < STEP) };
    TABLES[TABLE][byte as usize]
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn tables() -> [[u16; 256]; STEP] {
    let mut tables = [[0; 256]; STEP];
    let mut byte = 0_u8;
    loop {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = halved(crc);
            bit += 1;
        }
        tables[0][byte as usize] = crc;
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => break,
        }
    }
    let mut table = 1;
    while table < STEP {
        let mut index = 0;
        while index < 256 {
            let crc = tables[table - 1][index];
            tables[table][index] = (crc >> 8) ^ tables[0][(crc & 0xFF) as usize];
            index += 1;
        }
        table += 1;
    }
    tables
}

/// The register times x.
const fn halved(crc: u16) -> u16 {
    if crc & 1 == 1 {
        crc >> 1 ^ POLYNOMIAL
    } else {
        crc >> 1
    }
}

/// The longest run that [`is_checked`] judges.
pub(super) const MAX_RUN: usize = 256;

/// `POWERS[n]` is x to the power of 8 n: what `n` zeros make of the register that holds 1.
static POWERS: [u16; MAX_RUN + 1] = powers();

/// Whether `length` bytes end with their CRC, from nothing but the registers of a run that
/// started with 0 somewhere before them: `before` the first and `behind` the last of them.
///
/// Since the CRC is linear, this costs the same for any length. Lengths above [`MAX_RUN`] do not
/// fit.
pub(super) fn is_checked(before: u16, behind: u16, length: usize) -> bool {
    POWERS
        .get(length)
        .is_some_and(|power| product(*power, before ^ START) == behind)
}

/// The product of two polynomials, modulo that of the CRC.
const fn product(a: u16, mut b: u16) -> u16 {
    let mut product = 0;
    let mut mask = 1 << 15;
    while mask != 0 {
        if a & mask != 0 {
            product ^= b;
        }
        b = halved(b);
        mask >>= 1;
    }
    product
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn powers() -> [u16; MAX_RUN + 1] {
    let mut powers = [1 << 15; MAX_RUN + 1];
    let mut exponent = 1;
    while exponent <= MAX_RUN {
        let mut power = powers[exponent - 1];
        let mut bit = 0;
        while bit < 8 {
            power = halved(power);
            bit += 1;
        }
        powers[exponent] = power;
        exponent += 1;
    }
    powers
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    /// Bit by bit, as the standard describes it.
    fn slow(bytes: &[u8]) -> u16 {
        bytes.iter().fold(START, |crc, byte| {
            (0..8).fold(crc ^ u16::from(*byte), |crc, _| halved(crc))
        })
    }

    #[test]
    fn the_steps_of_a_request() {
        let registers = [0x807E, 0x2140, 0xF020, 0xD8F1, 0x8419, 0x0BC4];
        let mut crc = START;
        for (byte, expected) in [1, 3, 0, 0, 0, 2].into_iter().zip(registers) {
            crc = after(crc, byte);
            assert_eq!(crc, expected);
        }
        assert_eq!(crc16(&[1, 3, 0, 0, 0, 2]), 0x0BC4);
        assert_eq!(crc16(&[1, 3, 0, 0, 0, 2, 0xC4, 0x0B]), 0);
    }

    proptest! {
        #[test]
        fn steps_of_any_size_agree(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(crc16(&bytes), slow(&bytes));
        }

        #[test]
        fn a_frame_is_told_from_the_registers_around_it(
            noise: Vec<u8>,
            bytes in proptest::collection::vec(any::<u8>(), 0..=254),
            wrong in 0..=1_u8,
        ) {
            let run = |bytes: &[u8], crc| bytes.iter().fold(crc, |crc, byte| after(crc, *byte));
            let before = run(&noise, 0);
            let [low, high] = crc16(&bytes).to_le_bytes();
            let behind = run(&[low ^ wrong, high], run(&bytes, before));
            prop_assert_eq!(is_checked(before, behind, bytes.len() + 2), wrong == 0);
        }
    }
}
