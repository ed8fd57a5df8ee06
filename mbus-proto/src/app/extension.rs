//! The configuration field extension, which follows the header in security mode 7.

use crate::DecodeError;
use crate::EncodeError;
use crate::app::{Configuration, ConfigurationFields};
use crate::parse::{Parse, array, byte, finish};
use crate::write::{Write, into_slice};

/// What follows the header in security mode 7 (EN 13757-7): which key, and how it is derived.
///
/// ```
/// use mbus_proto::app::{Configuration, ConfigurationExtension};
///
/// let configuration = Configuration::from_code(0x0720);
/// let after_header = [0x10, 0x2B, 0x66];
/// let (extension, rest) = ConfigurationExtension::parse(configuration, &after_header)?
///     .ok_or("this mode has none")?;
/// assert_eq!((extension.key_derivation, extension.key_number), (1, 0));
/// assert_eq!(rest, [0x2B, 0x66]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ConfigurationExtension {
    /// The selection of the key derivation (DD): 0, the key is used as it is; 1, key derivation
    /// function A; 2 and 3 are reserved.
    pub key_derivation: u8,
    /// The number of the key (KKKK), 0 to 15.
    pub key_number: u8,
    /// The reserved bit 7 as sent, in its place.
    pub reserved: u8,
    /// The message counter, from which keys are derived; only where the configuration field says
    /// so (Z).
    pub counter: Option<u32>,
    /// The version of the key; only where the extension says so (V).
    pub key_version: Option<u8>,
}

const HAS_VERSION: u8 = 1 << 6;
const RESERVED: u8 = 1 << 7;

impl ConfigurationExtension {
    /// The code of [`key_derivation`](Self::key_derivation) for a key that is used as it is.
    pub const PERSISTENT_KEY: u8 = 0;
    /// The code of [`key_derivation`](Self::key_derivation) for key derivation function A.
    pub const KDF_A: u8 = 1;
    /// The length of the longest in bytes.
    pub const MAX_LENGTH: usize = 6;

    /// Parses the extension that follows a header with this configuration field, and returns what
    /// follows it; `None` if the security mode has none, or none that is known.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`](crate::DecodeErrorKind::Truncated).
    pub fn parse(
        configuration: Configuration,
        input: &[u8],
    ) -> Result<Option<(Self, &[u8])>, DecodeError> {
        let ConfigurationFields::Mode7 { counter, .. } = configuration.fields() else {
            return Ok(None);
        };
        finish(input, fields(input, counter)).map(Some)
    }

    /// The length in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        let counter = if self.counter.is_some() { 4_usize } else { 0 };
        let version = if self.key_version.is_some() { 1 } else { 0 };
        counter.wrapping_add(version).wrapping_add(1)
    }

    /// Writes the extension to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Value`] if key derivation or key number do not fit their bits;
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len). `out` is
    /// then untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        if self.key_derivation > 0b11 || self.key_number > 0x0F {
            return Err(EncodeError::Value);
        }
        let version = if self.key_version.is_some() {
            HAS_VERSION
        } else {
            0
        };
        let first = self.reserved & RESERVED | version | self.key_derivation << 4 | self.key_number;
        into_slice(out, self.encoded_len(), |writer| {
            writer.put(&[first]);
            if let Some(counter) = self.counter {
                writer.put(&counter.to_le_bytes());
            }
            if let Some(version) = self.key_version {
                writer.put(&[version]);
            }
        })
    }
}

fn fields(input: &[u8], has_counter: bool) -> Parse<'_, ConfigurationExtension> {
    let (rest, first) = byte(input)?;
    let (rest, counter) = if has_counter {
        let (rest, counter) = array(rest)?;
        (rest, Some(u32::from_le_bytes(counter)))
    } else {
        (rest, None)
    };
    let (rest, key_version) = if first & HAS_VERSION != 0 {
        let (rest, version) = byte(rest)?;
        (rest, Some(version))
    } else {
        (rest, None)
    };
    let extension = ConfigurationExtension {
        key_derivation: first >> 4 & 0b11,
        key_number: first & 0x0F,
        reserved: first & RESERVED,
        counter,
        key_version,
    };
    Ok((rest, extension))
}

/// What follows header and extension; the input itself where an extension is cut.
pub(crate) fn after_extension(configuration: Option<Configuration>, data: &[u8]) -> &[u8] {
    let parsed = configuration.map(|it| ConfigurationExtension::parse(it, data));
    match parsed {
        Some(Ok(Some((_, rest)))) => rest,
        _ => data,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::DecodeErrorKind;

    fn parse(
        code: u16,
        input: &[u8],
    ) -> Result<Option<(ConfigurationExtension, &[u8])>, DecodeErrorKind> {
        ConfigurationExtension::parse(Configuration::from_code(code), input)
            .map_err(|error| error.kind)
    }

    #[test]
    fn counter_and_version_follow_where_they_are_announced() {
        let input = [0x53, 0x04, 0x03, 0x02, 0x01, 0x77, 0xFF];
        let (extension, rest) = parse(0x2720, &input).unwrap().unwrap();
        assert_eq!(extension.counter, Some(0x0102_0304));
        assert_eq!(extension.key_version, Some(0x77));
        assert_eq!((extension.key_derivation, extension.key_number), (1, 3));
        assert_eq!(rest, [0xFF]);
        let cut = DecodeErrorKind::Truncated { needed: 1 };
        assert_eq!(parse(0x2720, &input[..5]), Err(cut));
    }

    #[test]
    fn other_modes_have_no_extension() {
        for code in [0x0000, 0x0520, 0x0820, 0x0D00] {
            assert_eq!(parse(code, &[0x10]), Ok(None));
        }
    }

    proptest! {
        #[test]
        fn what_was_parsed_is_written_as_it_was(z: bool, input: [u8; 6]) {
            let code = if z { 0x2700 } else { 0x0700 };
            let (extension, rest) = parse(code, &input).unwrap().unwrap();
            let mut out = [0; ConfigurationExtension::MAX_LENGTH];
            let length = extension.encode_into(&mut out).unwrap();
            prop_assert_eq!([&out[..length], rest].concat(), input);
        }
    }
}
