//! The check of RTU frames: CRC-16 with the polynomial 8005h, reflected (Modbus over Serial Line
//! 1.02, 6.2.2).
//!
//! The polynomial is (x + 1) × q with q = x^15 + x + 1. Modulo x + 1 a message is its parity. Modulo
//! q, x^16 is x^2 + x, and since squaring keeps sums, x^32 is x^4 + x^2, and so on up to
//! x^128 = x^16 + x^8: a whole word goes into what follows it by shifts, without a table.

/// The polynomial, lowest power at the top.
const POLYNOMIAL: u16 = 0xA001;
/// q, lowest power at the top, as a number of 16 bits.
const LARGE_FACTOR: u16 = 0xC001;
pub(super) const START: u16 = 0xFFFF;

/// `TABLE[byte]` is what `byte` leaves in the register.
static TABLE: [u16; 256] = table();

/// The CRC over `bytes`; it travels low byte first.
///
/// The CRC over a frame together with its CRC is 0.
///
/// ```
/// assert_eq!(modbus_regmap::adu::crc16(b"123456789"), 0x4B37);
/// ```
#[must_use]
pub fn crc16(bytes: &[u8]) -> u16 {
    let odd = bytes.len() % 8;
    let words = bytes.get(odd..).unwrap_or_default();
    let (Some(front), Some((second, words))) =
        (bytes.first_chunk::<8>(), words.split_first_chunk::<8>())
    else {
        return bytes.iter().fold(START, |crc, byte| after(crc, *byte));
    };
    // the register inverts the first two bytes; the odd bytes go in front, behind zeros
    let start = u64::from(START);
    let odd_bits = u32::try_from(odd).unwrap_or(0).wrapping_mul(8);
    let first = (u64::from_le_bytes(*front) ^ start)
        .checked_shl(64_u32.wrapping_sub(odd_bits))
        .unwrap_or(0);
    let second = u64::from_le_bytes(*second) ^ start.wrapping_shr(odd_bits);

    let mut remainder = Remainder {
        words: [0, 0, first, second],
        sum: first ^ second,
    };
    for word in words.chunks_exact(8) {
        if let Some(word) = word.first_chunk() {
            remainder.push(u64::from_le_bytes(*word));
        }
    }
    remainder.crc()
}

/// What is known of the words so far; the first bit of a word, its lowest, is of the highest power.
struct Remainder {
    /// The remainder modulo q, not wholly reduced.
    words: [u64; 4],
    /// The sum of all words, which has their parity.
    sum: u64,
}

impl Remainder {
    #[inline]
    fn push(&mut self, word: u64) {
        let [first, second, third, fourth] = self.words;
        // x^256 is x^32 + x^16
        self.words = [
            second,
            third,
            fourth ^ (first << 32 ^ first << 48),
            word ^ (first >> 32 ^ first >> 16),
        ];
        self.sum ^= word;
    }

    #[inline]
    fn crc(&self) -> u16 {
        let [a, b, c, d] = self.words;
        // x^128 is x^16 + x^8
        let c = c ^ a >> 16 ^ a >> 8;
        let b = b ^ a << 48 ^ a << 56;
        let (high, low) = (c ^ b << 48 ^ b << 56, d ^ b >> 16 ^ b >> 8);
        // x^64 is x^8 + x^4
        let over = high << 56 ^ high << 60;
        let word = low ^ high >> 8 ^ high >> 4 ^ over >> 8 ^ over >> 4;
        // x^32 is x^4 + x^2
        let (high, low) = (low32(word), low32(word >> 32));
        let over = high << 28 ^ high << 30;
        let word = low ^ high >> 4 ^ high >> 2 ^ over >> 4 ^ over >> 2;
        let [a, b, c, d] = word.to_le_bytes();
        let residue = u16::from_le_bytes([c, d]) ^ times_16(u16::from_le_bytes([a, b]));
        // room for the CRC itself
        let residue = times_16(residue);
        // q is odd at 1, so that it turns the parity
        let parity = self.sum.count_ones() ^ residue.count_ones();
        if parity % 2 == 0 {
            residue
        } else {
            residue ^ LARGE_FACTOR
        }
    }
}

/// The product with x^16 modulo q, which is x^2 + x.
#[inline]
const fn times_16(residue: u16) -> u16 {
    let over = residue << 14 ^ residue << 15;
    residue >> 2 ^ residue >> 1 ^ over >> 2 ^ over >> 1
}

#[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
const fn low32(word: u64) -> u32 {
    word as u32
}

/// The register after one more byte.
#[inline]
#[allow(clippy::indexing_slicing, reason = "the table has 256 entries")]
pub(super) fn after(crc: u16, byte: u8) -> u16 {
    let [low, high] = crc.to_le_bytes();
    u16::from(high) ^ TABLE[usize::from(low ^ byte)]
}

#[allow(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn table() -> [u16; 256] {
    let mut table = [0; 256];
    let mut byte = 0_u8;
    loop {
        let mut crc = byte as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = halved(crc);
            bit += 1;
        }
        table[byte as usize] = crc;
        match byte.checked_add(1) {
            Some(next) => byte = next,
            None => return table,
        }
    }
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

    /// The CRC is linear: what holds for every single bit and for zeros holds for all messages of
    /// that length.
    #[test]
    fn every_bit_counts() {
        let table = |bytes: &[u8]| bytes.iter().fold(START, |crc, byte| after(crc, *byte));
        for length in (0..=48).chain(250..=257) {
            let mut message = alloc::vec![0; length];
            assert_eq!(crc16(&message), table(&message));
            for index in 0..length {
                for bit in 0..8 {
                    message[index] = 1 << bit;
                    assert_eq!(crc16(&message), table(&message), "{length} {index} {bit}");
                }
                message[index] = 0;
            }
        }
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
