//! The configuration field of the header: how the data is encrypted.

use crate::codes::{code_table, serde_as_code};

/// The configuration field (EN 13757-7): all 65 536 values.
///
/// It is called signature in the classic documentation, where it was reserved: old meters send
/// anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Configuration(u16);

impl Configuration {
    /// No encryption.
    pub const PLAIN: Self = Self(0);

    /// The field with this value, of which the first byte on the wire is the less significant.
    #[must_use]
    pub const fn from_code(code: u16) -> Self {
        Self(code)
    }

    /// The value.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The security mode (bits 12 to 8).
    #[must_use]
    pub const fn security_mode(self) -> SecurityMode {
        let [_, high] = self.0.to_le_bytes();
        SecurityMode::from_code(high & 0x1F)
    }

    /// Whether the field names an encryption (a security mode other than 0).
    #[must_use]
    pub const fn is_encrypted(self) -> bool {
        !matches!(self.security_mode(), SecurityMode::None)
    }

    /// The number of encrypted blocks of 16 bytes; `None` in modes that do not say.
    ///
    /// Some meters send 0 and encrypt all.
    #[must_use]
    pub const fn encrypted_blocks(self) -> Option<u8> {
        let [low, _] = self.0.to_le_bytes();
        match self.security_mode() {
            SecurityMode::AesCbcIv | SecurityMode::AesCbcNoIv => Some(low >> 4),
            _ => None,
        }
    }

    /// The number of encrypted bytes; `None` in modes that do not say.
    ///
    /// Some meters send 0 and encrypt all.
    #[must_use]
    pub const fn encrypted_bytes(self) -> Option<u8> {
        let [low, _] = self.0.to_le_bytes();
        match self.security_mode() {
            SecurityMode::DesCbc | SecurityMode::DesCbcIv => Some(low),
            // Up to 15 blocks of 16 bytes.
            SecurityMode::AesCbcIv | SecurityMode::AesCbcNoIv => Some(low & 0xF0),
            _ => None,
        }
    }

    /// The other bits, which each mode lays out in its own way.
    #[must_use]
    pub const fn fields(self) -> ConfigurationFields {
        let [low, high] = self.0.to_le_bytes();
        match self.security_mode() {
            SecurityMode::None | SecurityMode::AesCbcIv => ConfigurationFields::Common {
                bidirectional: high & 0x80 != 0,
                accessible: high & 0x40 != 0,
                synchronous: high & 0x20 != 0,
                content: low >> 2 & 0b11,
                repeated: low & 0b10 != 0,
                hop_count: low & 0b01,
            },
            SecurityMode::AesCbcNoIv => ConfigurationFields::Mode7 {
                content: high >> 6,
                counter: high & 0x20 != 0,
                padding: low & 0x08 != 0,
                content_index: low & 0b111,
            },
            _ => ConfigurationFields::Unknown,
        }
    }
}

serde_as_code!(Configuration, u16);

/// The bits of a [`Configuration`] beside security mode and number of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConfigurationFields {
    /// The layout of the modes 0 and 5.
    Common {
        /// B: the meter can be answered.
        bidirectional: bool,
        /// A: the meter listens after this telegram.
        accessible: bool,
        /// S: the telegram keeps to the schedule of the meter.
        synchronous: bool,
        /// CC: the kind of content, 0 to 3.
        content: u8,
        /// R: the request is repeated.
        repeated: bool,
        /// H: how often the telegram was relayed, 0 or 1.
        hop_count: u8,
    },
    /// The layout of mode 7; a [`ConfigurationExtension`](crate::app::ConfigurationExtension)
    /// follows the header.
    Mode7 {
        /// CC: the kind of content, 0 to 3.
        content: u8,
        /// Z: the extension has a message counter.
        counter: bool,
        /// P, bit 3.
        padding: bool,
        /// The content index, 0 to 7.
        content_index: u8,
    },
    /// The layout of the mode is not known.
    Unknown,
}

code_table! {
    /// How the data is encrypted (EN 13757-7:2018, Table 19).
    pub enum SecurityMode: u8 {
        0 => None, "no encryption";
        1 => ManufacturerSpecific, "manufacturer specific";
        2 => DesCbc, "DES-CBC, initialization vector 0 (deprecated)";
        3 => DesCbcIv, "DES-CBC with initialization vector (deprecated)";
        4 => Specific4, "specific usage (4)";
        5 => AesCbcIv, "AES-128-CBC with initialization vector";
        7 => AesCbcNoIv, "AES-128-CBC with ephemeral key, initialization vector 0";
        8 => AesCtrCmac, "AES-128-CTR and CMAC";
        9 => AesGcm, "AES-128-GCM";
        10 => AesCcm, "AES-128-CCM";
        13 => Specific13, "specific usage (13), TLS";
        15 => Specific15, "specific usage (15)";
    }
}

impl SecurityMode {
    /// Whether the standard reserves the mode: no encryption can be meant.
    #[must_use]
    pub const fn is_reserved(self) -> bool {
        matches!(self, Self::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_security_mode_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(SecurityMode::from_code(code).code(), code);
        }
        for mode in [6, 11, 12, 14, 16, 31] {
            assert!(SecurityMode::from_code(mode).is_reserved());
        }
    }

    #[test]
    fn mode_5_has_its_fields() {
        let configuration = Configuration::from_code(0xA52D);
        assert_eq!(configuration.security_mode(), SecurityMode::AesCbcIv);
        assert_eq!(configuration.encrypted_blocks(), Some(2));
        assert_eq!(
            configuration.fields(),
            ConfigurationFields::Common {
                bidirectional: true,
                accessible: false,
                synchronous: true,
                content: 3,
                repeated: false,
                hop_count: 1,
            }
        );
    }

    #[test]
    fn mode_7_has_its_fields() {
        let configuration = Configuration::from_code(0x673D);
        assert_eq!(configuration.security_mode(), SecurityMode::AesCbcNoIv);
        assert_eq!(configuration.encrypted_blocks(), Some(3));
        assert_eq!(
            configuration.fields(),
            ConfigurationFields::Mode7 {
                content: 1,
                counter: true,
                padding: true,
                content_index: 5,
            }
        );
    }

    #[test]
    fn other_modes_do_not_say_how_many_blocks() {
        assert!(!Configuration::PLAIN.is_encrypted());
        assert_eq!(Configuration::PLAIN.encrypted_blocks(), None);
        let des = Configuration::from_code(0x0218);
        assert_eq!(
            (des.encrypted_blocks(), des.encrypted_bytes()),
            (None, Some(24))
        );
        let aes = Configuration::from_code(0x0525);
        assert_eq!(
            (aes.encrypted_blocks(), aes.encrypted_bytes()),
            (Some(2), Some(32))
        );
        let ctr = Configuration::from_code(0x0810);
        assert_eq!(ctr.encrypted_bytes(), None);
        assert!(ctr.is_encrypted());
        assert_eq!(ctr.encrypted_blocks(), None);
        assert_eq!(ctr.fields(), ConfigurationFields::Unknown);
    }
}
