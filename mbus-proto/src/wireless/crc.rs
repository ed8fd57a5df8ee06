//! The CRC of the radio link, of extended link layers and of compact frames (EN 13757-4).

use crc::{CRC_16_EN_13757, Crc};

/// Only the table is taken from the crate: its sums shift by widths that the compiler cannot know.
static TABLE: [u16; 256] = table();

const fn table() -> [u16; 256] {
    let [table] = *Crc::<u16>::new(&CRC_16_EN_13757).table();
    table
}

/// A CRC over bytes that come one after the other.
#[derive(Clone, Copy)]
pub(crate) struct Digest(u16);

impl Digest {
    pub(crate) const fn new() -> Self {
        Self(CRC_16_EN_13757.init)
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let [high, low] = self.0.to_be_bytes();
            // Every byte has its row.
            let row = TABLE.get(usize::from(high ^ byte)).copied();
            self.0 = u16::from_be_bytes([low, 0]) ^ row.unwrap_or_default();
        }
    }

    pub(crate) const fn finalize(self) -> u16 {
        self.0 ^ CRC_16_EN_13757.xorout
    }
}

/// The CRC over `bytes`.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    let mut digest = Digest::new();
    digest.update(bytes);
    digest.finalize()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_check_value_is_that_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0xC2B7);
    }

    proptest! {
        #[test]
        fn parts_make_the_sum_of_the_whole(first: alloc::vec::Vec<u8>, second: alloc::vec::Vec<u8>) {
            let mut parts = Digest::new();
            parts.update(&first);
            parts.update(&second);
            let whole = [first, second].concat();
            prop_assert_eq!(parts.finalize(), crc(&whole));
            let of_the_crate = Crc::<u16>::new(&CRC_16_EN_13757).checksum(&whole);
            prop_assert_eq!(crc(&whole), of_the_crate);
        }
    }
}
