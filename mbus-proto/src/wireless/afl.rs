//! The authentication and fragmentation layer.

use crate::codes::code_table;
use crate::parse::{Parse, array, byte, finish, take};
use crate::write::{Write, into_slice};
use crate::{DecodeError, DecodeErrorKind, EncodeError};

/// The authentication and fragmentation layer (EN 13757-7, CI field 90h).
///
/// It says which piece of a message follows, and proves who wrote the message. A field that was
/// not sent is `None`.
///
/// ```
/// use mbus_proto::wireless::AuthenticationLayer;
///
/// let payload = [
///     0x90, 0x0F, 0x00, 0x2C, 0x25, 0x01, 0x00, 0x00, 0x00, // counter 1
///     0x0A, 0x2D, 0xC1, 0xC7, 0x49, 0xAD, 0xB2, 0x97, // MAC of 8 bytes
///     0x7A,
/// ];
/// let (layer, rest) = AuthenticationLayer::parse(&payload)?.ok_or("no such layer")?;
/// assert_eq!(layer.message_counter, Some(1));
/// assert_eq!(layer.mac.map(|mac| mac.as_bytes().len()), Some(8));
/// assert!(!layer.fragment.is_part());
/// assert_eq!(rest, [0x7A]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AuthenticationLayer {
    /// Which piece of a message follows.
    pub fragment: Fragment,
    /// What the message carries, and how it is authenticated (MCL).
    pub message_control: Option<MessageControl>,
    /// Which key is used (KI).
    pub key_information: Option<KeyInformation>,
    /// Counts the messages of the meter (MCR); keys are derived from it.
    pub message_counter: Option<u32>,
    /// The message authentication code (MAC).
    pub mac: Option<Mac>,
    /// The length of the whole message (ML).
    pub message_length: Option<u16>,
}

/// Which piece of a message a frame has (FCL, bits 14 and 7 to 0).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fragment {
    /// The number of the piece, from 1; 0 where the message is in one piece.
    pub number: u8,
    /// Whether more pieces follow.
    pub more: bool,
    /// The reserved bits 15 and 8 as sent, in their places.
    pub reserved: u16,
}

impl Fragment {
    /// Whether there are other pieces.
    #[must_use]
    pub const fn is_part(self) -> bool {
        self.more || self.number > 1
    }
}

const CI: u8 = 0x90;
const MORE: u16 = 1 << 14;
const HAS_MESSAGE_CONTROL: u16 = 1 << 13;
const HAS_MESSAGE_LENGTH: u16 = 1 << 12;
const HAS_COUNTER: u16 = 1 << 11;
const HAS_MAC: u16 = 1 << 10;
const HAS_KEY_INFORMATION: u16 = 1 << 9;
const RESERVED: u16 = 1 << 15 | 1 << 8;

impl AuthenticationLayer {
    /// The length of the longest in bytes, CI field included.
    pub const MAX_LENGTH: usize = 29;

    /// Parses the layer from the front of a payload, and returns what follows it; `None` if it
    /// begins with another CI field.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`]; [`DecodeErrorKind::AuthenticationLength`] where the fields
    /// do not fill the length.
    pub fn parse(input: &[u8]) -> Result<Option<(Self, &[u8])>, DecodeError> {
        match input {
            [CI, ..] => finish(input, layer(input)).map(Some),
            _ => Ok(None),
        }
    }

    /// The length in bytes, CI field included.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        4_usize
            .saturating_add(usize::from(self.message_control.is_some()))
            .saturating_add(if self.key_information.is_some() { 2 } else { 0 })
            .saturating_add(if self.message_counter.is_some() { 4 } else { 0 })
            .saturating_add(self.mac.map_or(0, |mac| mac.as_bytes().len()))
            .saturating_add(if self.message_length.is_some() { 2 } else { 0 })
    }

    /// Writes CI field, length and fields to the front of `out` and returns their length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len); it is
    /// then untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        let length = self.encoded_len();
        // At most 27, by construction.
        let counted = u8::try_from(length.saturating_sub(2)).unwrap_or(u8::MAX);
        into_slice(out, length, |writer| {
            writer.put(&[CI, counted]);
            writer.put(&self.fragment_control().to_le_bytes());
            if let Some(control) = self.message_control {
                writer.put(&[control.code()]);
            }
            if let Some(information) = self.key_information {
                writer.put(&information.code().to_le_bytes());
            }
            if let Some(counter) = self.message_counter {
                writer.put(&counter.to_le_bytes());
            }
            if let Some(mac) = &self.mac {
                writer.put(mac.as_bytes());
            }
            if let Some(length) = self.message_length {
                writer.put(&length.to_le_bytes());
            }
        })
    }

    /// The fragmentation control field (FCL).
    fn fragment_control(&self) -> u16 {
        let flag = |is_set: bool, flag: u16| if is_set { flag } else { 0 };
        u16::from(self.fragment.number)
            | self.fragment.reserved & RESERVED
            | flag(self.fragment.more, MORE)
            | flag(self.message_control.is_some(), HAS_MESSAGE_CONTROL)
            | flag(self.message_length.is_some(), HAS_MESSAGE_LENGTH)
            | flag(self.message_counter.is_some(), HAS_COUNTER)
            | flag(self.mac.is_some(), HAS_MAC)
            | flag(self.key_information.is_some(), HAS_KEY_INFORMATION)
    }

    /// Takes over the fields that another piece of the same message has and this one has not.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.message_control = self.message_control.or(other.message_control);
        self.key_information = self.key_information.or(other.key_information);
        self.message_counter = self.message_counter.or(other.message_counter);
        self.mac = self.mac.or(other.mac);
        self.message_length = self.message_length.or(other.message_length);
    }
}

fn layer(input: &[u8]) -> Parse<'_, AuthenticationLayer> {
    let (rest, [_, length]) = array(input)?;
    let wrong = DecodeErrorKind::AuthenticationLength { found: length };
    let (after, body) = take(rest, usize::from(length))?;
    let fields = fields(body).ok().filter(|(left, layer)| {
        let fits = match (layer.message_control, layer.mac) {
            (Some(control), Some(mac)) => control
                .authentication()
                .mac_len()
                .is_none_or(|length| length == mac.as_bytes().len()),
            _ => true,
        };
        left.is_empty() && fits
    });
    match fields {
        Some((_, layer)) => Ok((after, layer)),
        // The second byte is at fault.
        None => crate::parse::fail(input.get(1..).unwrap_or_default(), wrong),
    }
}

fn fields(input: &[u8]) -> Parse<'_, AuthenticationLayer> {
    let (rest, control) = array(input)?;
    let control = u16::from_le_bytes(control);
    let [number, _] = control.to_le_bytes();
    let has = |flag: u16| control & flag != 0;
    let mut layer = AuthenticationLayer {
        fragment: Fragment {
            number,
            more: has(MORE),
            reserved: control & RESERVED,
        },
        ..AuthenticationLayer::default()
    };
    let mut rest = rest;
    if has(HAS_MESSAGE_CONTROL) {
        let (after, code) = byte(rest)?;
        layer.message_control = Some(MessageControl::from_code(code));
        rest = after;
    }
    if has(HAS_KEY_INFORMATION) {
        let (after, code) = array(rest)?;
        layer.key_information = Some(KeyInformation::from_code(u16::from_le_bytes(code)));
        rest = after;
    }
    if has(HAS_COUNTER) {
        let (after, counter) = array(rest)?;
        layer.message_counter = Some(u32::from_le_bytes(counter));
        rest = after;
    }
    if has(HAS_MAC) {
        // Its length is what the other fields leave.
        let after = if has(HAS_MESSAGE_LENGTH) { 2 } else { 0 };
        let (left, mac) = take(rest, rest.len().saturating_sub(after))?;
        match Mac::new(mac) {
            Some(mac) => layer.mac = Some(mac),
            None => return crate::parse::truncated(rest, 1),
        }
        rest = left;
    }
    if has(HAS_MESSAGE_LENGTH) {
        let (after, length) = array(rest)?;
        layer.message_length = Some(u16::from_le_bytes(length));
        rest = after;
    }
    Ok((rest, layer))
}

/// The message control field (MCL): all 256 values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct MessageControl(u8);

impl MessageControl {
    /// The field with this value.
    #[must_use]
    pub const fn from_code(code: u8) -> Self {
        Self(code)
    }

    /// The value on the wire.
    #[must_use]
    pub const fn code(self) -> u8 {
        self.0
    }

    /// Whether the message has its length (MLMP, bit 6).
    #[must_use]
    pub const fn has_length(self) -> bool {
        self.0 & 1 << 6 != 0
    }

    /// Whether the message has a counter (MCMP, bit 5).
    #[must_use]
    pub const fn has_counter(self) -> bool {
        self.0 & 1 << 5 != 0
    }

    /// Whether the message has key information (KIMP, bit 4).
    #[must_use]
    pub const fn has_key_information(self) -> bool {
        self.0 & 1 << 4 != 0
    }

    /// How the message is authenticated (AT, bits 3 to 0).
    #[must_use]
    pub const fn authentication(self) -> AuthenticationType {
        AuthenticationType::from_code(self.0 & 0x0F)
    }
}

code_table! {
    /// How a message is authenticated (EN 13757-7, message control field).
    pub enum AuthenticationType: u8 {
        0 => None, "none";
        3 => Cmac2, "AES-CMAC-128, 2 bytes";
        4 => Cmac4, "AES-CMAC-128, 4 bytes";
        5 => Cmac8, "AES-CMAC-128, 8 bytes";
        6 => Cmac12, "AES-CMAC-128, 12 bytes";
        7 => Cmac16, "AES-CMAC-128, 16 bytes";
        8 => Gmac12, "AES-GMAC-128, 12 bytes";
        9 => Gmac16, "AES-GMAC-128, 16 bytes";
    }
}

impl AuthenticationType {
    /// The length of the authentication code in bytes; `None` where the table names none.
    #[must_use]
    pub const fn mac_len(self) -> Option<usize> {
        match self {
            Self::None => Some(0),
            Self::Cmac2 => Some(2),
            Self::Cmac4 => Some(4),
            Self::Cmac8 => Some(8),
            Self::Cmac12 | Self::Gmac12 => Some(12),
            Self::Cmac16 | Self::Gmac16 => Some(16),
            Self::Other(_) => None,
        }
    }

    /// Whether the authentication code is a CMAC, which can be checked here.
    #[must_use]
    pub const fn is_cmac(self) -> bool {
        matches!(
            self,
            Self::Cmac2 | Self::Cmac4 | Self::Cmac8 | Self::Cmac12 | Self::Cmac16
        )
    }
}

/// The key information field (KI): all 65 536 values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct KeyInformation(u16);

impl KeyInformation {
    /// The field with this value.
    #[must_use]
    pub const fn from_code(code: u16) -> Self {
        Self(code)
    }

    /// The value, of which the first byte on the wire is the less significant.
    #[must_use]
    pub const fn code(self) -> u16 {
        self.0
    }

    /// The version of the key (bits 15 to 8).
    #[must_use]
    pub const fn version(self) -> u8 {
        let [_, version] = self.0.to_le_bytes();
        version
    }

    /// The selection of the key derivation (bits 5 and 4), as
    /// [`ConfigurationExtension::key_derivation`](crate::app::ConfigurationExtension::key_derivation).
    #[must_use]
    pub const fn key_derivation(self) -> u8 {
        let [low, _] = self.0.to_le_bytes();
        low >> 4 & 0b11
    }

    /// The number of the key (bits 3 to 0).
    #[must_use]
    pub const fn key_number(self) -> u8 {
        let [low, _] = self.0.to_le_bytes();
        low & 0x0F
    }
}

/// A message authentication code of 1 to 16 bytes, as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Mac {
    bytes: [u8; 16],
    len: u8,
}

impl Mac {
    /// The authentication code with these bytes; `None` for none and for more than 16.
    #[must_use]
    pub fn new(mac: &[u8]) -> Option<Self> {
        let len = u8::try_from(mac.len()).ok()?;
        if len == 0 || len > 16 {
            return None;
        }
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(mac) {
            *to = *from;
        }
        Some(Self { bytes, len })
    }

    /// The bytes in the order of the wire.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or(&[])
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Mac {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.as_bytes())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Mac {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Mac;

            fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str("1 to 16 bytes")
            }

            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut seq: A) -> Result<Mac, A::Error> {
                let mut bytes = [0; 17];
                let mut len = 0_usize;
                for place in &mut bytes {
                    let Some(byte) = seq.next_element()? else {
                        break;
                    };
                    *place = byte;
                    len = len.saturating_add(1);
                }
                let mac = bytes.get(..len).and_then(Mac::new);
                mac.ok_or_else(|| serde::de::Error::invalid_length(len, &self))
            }
        }

        deserializer.deserialize_seq(Visitor)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_authentication_type_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(AuthenticationType::from_code(code).code(), code);
        }
    }

    #[test]
    fn all_fields_are_in_their_order() {
        let input = [
            0x90, 0x0F, // length
            0x02, 0x7E, // fragment 2, more follow, all fields
            0x74, // length, counter, key information, CMAC of 4 bytes
            0x25, 0x03, // key version 3, derivation 2, number 5
            0x04, 0x03, 0x02, 0x01, // counter
            0xAA, 0xBB, 0xCC, 0xDD, // MAC
            0x00, 0x01, // 256 bytes
        ];
        let (layer, rest) = AuthenticationLayer::parse(&input).unwrap().unwrap();
        assert_eq!((layer.fragment.number, layer.fragment.more), (2, true));
        let control = layer.message_control.unwrap();
        assert!(control.has_length() && control.has_counter() && control.has_key_information());
        assert_eq!(control.authentication(), AuthenticationType::Cmac4);
        let key = layer.key_information.unwrap();
        assert_eq!(
            (key.version(), key.key_derivation(), key.key_number()),
            (3, 2, 5)
        );
        assert_eq!(layer.message_counter, Some(0x0102_0304));
        assert_eq!(layer.mac.unwrap().as_bytes(), [0xAA, 0xBB, 0xCC, 0xDD]);
        assert_eq!((layer.message_length, rest), (Some(256), &[][..]));
    }

    #[test]
    fn a_length_that_the_fields_do_not_fill_is_refused() {
        for input in [
            &[0x90, 0x03, 0x00, 0x00, 0x00][..],
            &[0x90, 0x01, 0x00],
            &[0x90, 0x02, 0x00, 0x08],
            &[0x90, 0x02, 0x00, 0x04],
            // CMAC of 8 bytes, and only 4 there
            &[0x90, 0x07, 0x00, 0x24, 0x05, 1, 2, 3, 4],
        ] {
            let error = AuthenticationLayer::parse(input).unwrap_err();
            let kind = DecodeErrorKind::AuthenticationLength { found: input[1] };
            assert_eq!(error, DecodeError::new(kind, 1), "{input:02X?}");
        }
        let cut = AuthenticationLayer::parse(&[0x90, 0x02, 0x00]).unwrap_err();
        assert_eq!(cut.kind, DecodeErrorKind::Truncated { needed: 1 });
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_was_parsed_is_written_as_it_was(
            control in prop::array::uniform2(any::<u8>()),
            body in prop::collection::vec(any::<u8>(), 0..28),
        ) {
            let length = u8::try_from(body.len() + 2).unwrap();
            let input = [&[CI, length], &control[..], &body].concat();
            if let Ok(Some((layer, rest))) = AuthenticationLayer::parse(&input) {
                prop_assert!(rest.is_empty());
                let mut out = [0; AuthenticationLayer::MAX_LENGTH];
                let length = layer.encode_into(&mut out).unwrap();
                prop_assert_eq!(&out[..length], &input[..]);
            }
        }
    }
}
