//! The key of a meter of the time of DES.

use core::fmt;
use core::str::FromStr;

use crate::security::KeyTextError;
use crate::security::secret::Secret;

/// A key of 64 bits for security mode 2, which the standard keeps for old meters only.
///
/// It decrypts; nothing is encrypted with it. `Debug` does not show it, two are compared in constant
/// time, and dropping it overwrites it.
#[derive(Clone, PartialEq, Eq)]
pub struct DesKey(Secret<8>);

impl DesKey {
    /// The key with these bytes, of which the parity bits do not count.
    #[must_use]
    pub const fn new(bytes: [u8; 8]) -> Self {
        Self(Secret(bytes))
    }

    /// The bytes, for a store of the caller's.
    #[must_use]
    pub const fn expose_bytes(&self) -> &[u8; 8] {
        &self.0.0
    }
}

impl fmt::Debug for DesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DesKey(..)")
    }
}

impl From<[u8; 8]> for DesKey {
    fn from(bytes: [u8; 8]) -> Self {
        Self::new(bytes)
    }
}

impl FromStr for DesKey {
    type Err = KeyTextError;

    /// Reads 16 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Secret::from_digits(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn a_key_is_read_and_not_shown() {
        let key: DesKey = "0123456789abCDEF".parse().unwrap();
        assert_eq!(
            key.expose_bytes(),
            &[0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF]
        );
        assert_eq!(format!("{key:?}"), "DesKey(..)");
        for text in [
            "",
            "0123456789abCDE",
            "0123456789abCDEG",
            "0123456789abCDEF0",
        ] {
            assert_eq!(text.parse::<DesKey>().map(|_| ()), Err(KeyTextError));
        }
    }
}
