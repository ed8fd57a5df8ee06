//! The key of a meter, and those derived from it.

use core::fmt;
use core::str::FromStr;

use crate::link::Identification;
use crate::security::cipher;
use crate::security::secret::Secret;

/// A key of 128 bits, as a meter's manufacturer or installer hands it out.
///
/// `Debug` does not show it, two are compared in constant time, and dropping it overwrites it.
///
/// ```
/// use mbus_proto::security::Key;
///
/// let key: Key = "000102030405060708090A0B0C0D0E0F".parse()?;
/// assert_eq!(format!("{key:?}"), "Key(..)");
/// # Ok::<(), mbus_proto::security::KeyTextError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Secret<16>);

/// What a derived key is for (EN 13757-7, derivation constant).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DerivedKey {
    /// Encrypts messages of the meter (00h).
    MeterEncryption,
    /// Authenticates messages of the meter (01h).
    MeterAuthentication,
    /// Encrypts messages to the meter (10h).
    MasterEncryption,
    /// Authenticates messages to the meter (11h).
    MasterAuthentication,
}

impl Key {
    /// The key with these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(Secret(bytes))
    }

    /// The bytes, for a store of the caller's.
    #[must_use]
    pub const fn expose_bytes(&self) -> &[u8; 16] {
        &self.0.0
    }

    /// The key for one purpose and one message (EN 13757-7, key derivation function A).
    ///
    /// The counter is that of the message, the identification that of the meter.
    #[must_use]
    pub fn derive(&self, purpose: DerivedKey, counter: u32, meter: Identification) -> Self {
        let constant = match purpose {
            DerivedKey::MeterEncryption => 0x00,
            DerivedKey::MeterAuthentication => 0x01,
            DerivedKey::MasterEncryption => 0x10,
            DerivedKey::MasterAuthentication => 0x11,
        };
        let parts: [&[u8]; 4] = [
            &[constant],
            &counter.to_le_bytes(),
            &meter.bcd().to_le_bytes(),
            &[0x07; 7],
        ];
        Self::new(cipher::cmac(self, &parts))
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl From<[u8; 16]> for Key {
    fn from(bytes: [u8; 16]) -> Self {
        Self::new(bytes)
    }
}

/// Why a text is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[error("a key is 32 hexadecimal digits, of DES 16")]
pub struct KeyTextError;

impl FromStr for Key {
    type Err = KeyTextError;

    /// Reads 32 hexadecimal digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Secret::from_digits(text).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn derived_keys_are_those_of_the_worked_example() {
        let master = key("000102030405060708090a0b0c0d0e0f");
        let meter = Identification::from_bcd(0x1234_5678);
        for (purpose, expected) in [
            (
                DerivedKey::MeterEncryption,
                "4A30486D9789C23387F94E92FDEA7CC0",
            ),
            (
                DerivedKey::MeterAuthentication,
                "7CF38139560E8CFFD01084F6EAB807C1",
            ),
            (
                DerivedKey::MasterEncryption,
                "448BB8730C8400E8808FB2C46FC76A73",
            ),
            (
                DerivedKey::MasterAuthentication,
                "63FE44810D2D8CC1B38A366C4927EE3F",
            ),
        ] {
            assert!(
                master.derive(purpose, 1, meter) == key(expected),
                "{purpose:?}"
            );
        }
    }

    #[test]
    fn a_key_is_not_shown() {
        let shown = format!("{:?}", key("00112233445566778899AABBCCDDEEFF"));
        assert_eq!(shown, "Key(..)");
    }

    #[test]
    fn other_texts_are_no_keys() {
        for text in [
            "",
            "0001020304050607",
            "000102030405060708090A0B0C0D0E0G",
            "000102030405060708090A0B0C0D0E0F0",
            "0001020304050607\u{e4}8090A0B0C0D0E0",
            "+00102030405060708090A0B0C0D0E0F",
        ] {
            assert_eq!(text.parse::<Key>().map(|_| ()), Err(KeyTextError), "{text}");
        }
    }
}
