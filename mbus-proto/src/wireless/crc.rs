//! The CRC of the radio link, of extended link layers and of compact frames (EN 13757-4).

use crc::{CRC_16_EN_13757, Crc, Digest};

static TABLE: Crc<u16> = Crc::<u16>::new(&CRC_16_EN_13757);

/// The CRC over `bytes`.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    TABLE.checksum(bytes)
}

/// The CRC over bytes that do not lie together.
pub(crate) fn digest() -> Digest<'static, u16> {
    TABLE.digest()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_is_that_of_the_standard() {
        assert_eq!(crc(b"123456789"), 0xC2B7);
        let mut parts = digest();
        parts.update(b"1234");
        parts.update(b"56789");
        assert_eq!(parts.finalize(), 0xC2B7);
    }
}
