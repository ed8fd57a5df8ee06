//! The extended link layer: access, a second address, encryption of the session.

use crate::app::ControlInformation;
use crate::link::SecondaryAddress;
use crate::parse::{Parse, array, finish};
use crate::write::{Write, into_slice};
use crate::{DecodeError, EncodeError};

/// An extended link layer of kind I to IV (EN 13757-4): CI field 8Ch to 8Fh and what follows.
///
/// Which kind it is follows from its fields. The fifth (86h), whose fields are selectable, is not
/// read: its bytes are handed out as [`ApplicationData::Other`](crate::ApplicationData::Other).
///
/// With a session, a CRC over the rest of the payload comes first in that rest, least significant
/// byte first, and is encrypted with it.
///
/// ```
/// use mbus_proto::wireless::ExtendedLink;
///
/// let payload = [0x8D, 0x20, 0x91, 0xD3, 0x7C, 0xAC, 0x21, 0xE1, 0xD6];
/// let (link, rest) = ExtendedLink::parse(&payload)?.ok_or("no extended link layer")?;
/// let session = link.session.ok_or("no session")?;
/// assert_eq!((session.encryption(), session.minutes(), session.number()), (1, 1_755_085, 3));
/// assert_eq!(rest, [0xE1, 0xD6]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ExtendedLink {
    /// How the device can be reached.
    pub control: CommunicationControl,
    /// Counts the telegrams of the device, modulo 256.
    pub access_number: u8,
    /// Whom the frame is for (kinds III and IV).
    pub address: Option<SecondaryAddress>,
    /// The session number (kinds II and IV), which says how the rest of the payload is encrypted.
    pub session: Option<SessionNumber>,
}

impl ExtendedLink {
    /// The length of the longest in bytes, CI field included.
    pub const MAX_LENGTH: usize = 15;

    /// Parses an extended link layer from the front of a payload, and returns what follows it;
    /// `None` if it begins with another CI field.
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Truncated`](crate::DecodeErrorKind::Truncated).
    pub fn parse(input: &[u8]) -> Result<Option<(Self, &[u8])>, DecodeError> {
        let (has_address, has_session) = match input {
            [0x8C, ..] => (false, false),
            [0x8D, ..] => (false, true),
            [0x8E, ..] => (true, false),
            [0x8F, ..] => (true, true),
            _ => return Ok(None),
        };
        finish(input, fields(input, has_address, has_session)).map(Some)
    }

    /// The CI field that names the kind.
    #[must_use]
    pub const fn ci(&self) -> ControlInformation {
        ControlInformation::from_code(match (self.address, self.session) {
            (None, None) => 0x8C,
            (None, Some(_)) => 0x8D,
            (Some(_), None) => 0x8E,
            (Some(_), Some(_)) => 0x8F,
        })
    }

    /// The length in bytes, CI field included.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match (self.address, self.session) {
            (None, None) => 3,
            (None, Some(_)) => 7,
            (Some(_), None) => 11,
            (Some(_), Some(_)) => Self::MAX_LENGTH,
        }
    }

    /// Writes CI field and fields to the front of `out` and returns their length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len); it is
    /// then untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        into_slice(out, self.encoded_len(), |writer| {
            writer.put(&[self.ci().code(), self.control.bits(), self.access_number]);
            if let Some(address) = self.address {
                writer.put(&address.to_link_bytes());
            }
            if let Some(session) = self.session {
                writer.put(&session.code().to_le_bytes());
            }
        })
    }
}

fn fields(input: &[u8], has_address: bool, has_session: bool) -> Parse<'_, ExtendedLink> {
    let (rest, [_, control, access_number]) = array(input)?;
    let (rest, address) = if has_address {
        let (rest, address) = array(rest)?;
        (rest, Some(SecondaryAddress::from_link_bytes(address)))
    } else {
        (rest, None)
    };
    let (rest, session) = if has_session {
        let (rest, number) = array(rest)?;
        let number = SessionNumber::from_code(u32::from_le_bytes(number));
        (rest, Some(number))
    } else {
        (rest, None)
    };
    let link = ExtendedLink {
        control: CommunicationControl::from_bits_retain(control),
        access_number,
        address,
        session,
    };
    Ok((rest, link))
}

bitflags::bitflags! {
    /// The communication control field of the extended link layer (EN 13757-4).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
    #[cfg_attr(feature = "serde", serde(transparent))]
    pub struct CommunicationControl: u8 {
        /// B: the device can be answered.
        const BIDIRECTIONAL = 1 << 7;
        /// D: with [`EXTENDED_DELAY`](Self::EXTENDED_DELAY), when the device listens.
        const RESPONSE_DELAY = 1 << 6;
        /// S: the telegram keeps to the schedule of the device.
        const SYNCHRONOUS = 1 << 5;
        /// H: the telegram was relayed.
        const HOP_COUNT = 1 << 4;
        /// P: the telegram is urgent.
        const PRIORITY = 1 << 3;
        /// A: the device listens after this telegram.
        const ACCESSIBILITY = 1 << 2;
        /// R: the request was relayed.
        const REPEATED = 1 << 1;
        /// X: with [`RESPONSE_DELAY`](Self::RESPONSE_DELAY), when the device listens.
        const EXTENDED_DELAY = 1 << 0;
    }
}

impl CommunicationControl {
    /// When the device listens for an answer, in bits D and X.
    #[must_use]
    pub const fn response_delay(self) -> ResponseDelay {
        match (
            self.contains(Self::RESPONSE_DELAY),
            self.contains(Self::EXTENDED_DELAY),
        ) {
            (false, false) => ResponseDelay::Slow,
            (true, false) => ResponseDelay::Fast,
            (false, true) => ResponseDelay::Extended,
            (true, true) => ResponseDelay::Reserved,
        }
    }
}

/// When a device listens for an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ResponseDelay {
    /// After the slow response delay.
    Slow,
    /// After the fast response delay.
    Fast,
    /// After the extended response delay.
    Extended,
    /// Not defined.
    Reserved,
}

/// The session number of the extended link layer (EN 13757-4): all values of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct SessionNumber(u32);

impl SessionNumber {
    /// The code of [`encryption`](Self::encryption) for AES-128-CTR.
    pub const AES_CTR: u8 = 1;

    /// The session with this number.
    #[must_use]
    pub const fn from_code(code: u32) -> Self {
        Self(code)
    }

    /// The session with this encryption, time and number; `None` where one does not fit.
    #[must_use]
    pub const fn new(encryption: u8, minutes: u32, number: u8) -> Option<Self> {
        if encryption > 0b111 || minutes >> 25 != 0 || number > 0b1111 {
            return None;
        }
        // `as`: `From` is not const.
        #[allow(clippy::cast_lossless)]
        let code = (encryption as u32) << 29 | minutes << 4 | number as u32;
        Some(Self(code))
    }

    /// The number on the wire.
    #[must_use]
    pub const fn code(self) -> u32 {
        self.0
    }

    /// How the rest of the payload is encrypted (bits 31 to 29): 0 not at all, 1 by AES-128-CTR;
    /// the others are reserved.
    #[must_use]
    pub const fn encryption(self) -> u8 {
        let [.., high] = self.0.to_le_bytes();
        high >> 5
    }

    /// The time of the session in minutes (bits 28 to 4), of an origin that the device chose.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0 >> 4 & 0x01FF_FFFF
    }

    /// The number of the session within its minute (bits 3 to 0).
    #[must_use]
    pub const fn number(self) -> u8 {
        let [low, ..] = self.0.to_le_bytes();
        low & 0x0F
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::DecodeErrorKind;

    #[test]
    fn each_kind_has_its_length() {
        for (ci, length) in [(0x8C, 3), (0x8D, 7), (0x8E, 11), (0x8F, 15)] {
            let input = [ci, 0x20, 0x91, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13];
            let (link, rest) = ExtendedLink::parse(&input).unwrap().unwrap();
            assert_eq!((link.encoded_len(), rest), (length, &input[length..]));
            let mut out = [0; ExtendedLink::MAX_LENGTH];
            assert_eq!(link.encode_into(&mut out), Ok(length));
            assert_eq!(out[..length], input[..length]);
            for cut in 1..length {
                let error = ExtendedLink::parse(&input[..cut]).unwrap_err();
                assert!(matches!(error.kind, DecodeErrorKind::Truncated { .. }));
            }
        }
        assert_eq!(ExtendedLink::parse(&[0x86, 0, 0]), Ok(None));
        assert_eq!(ExtendedLink::parse(&[]), Ok(None));
    }

    #[test]
    fn the_delay_is_in_two_bits() {
        let delay = |bits| CommunicationControl::from_bits_retain(bits).response_delay();
        assert_eq!(delay(0b0011_1110), ResponseDelay::Slow);
        assert_eq!(delay(0b0100_0000), ResponseDelay::Fast);
        assert_eq!(delay(0b0000_0001), ResponseDelay::Extended);
        assert_eq!(delay(0b0100_0001), ResponseDelay::Reserved);
    }

    #[test]
    fn parts_of_a_session_number_have_their_limits() {
        assert_eq!(
            SessionNumber::new(1, 1_755_085, 3).unwrap().code(),
            0x21AC_7CD3
        );
        assert_eq!(SessionNumber::new(8, 0, 0), None);
        assert_eq!(SessionNumber::new(0, 1 << 25, 0), None);
        assert_eq!(SessionNumber::new(0, 0, 16), None);
    }

    proptest! {
        #[test]
        fn session_numbers_go_round(code: u32) {
            let session = SessionNumber::from_code(code);
            let (encryption, minutes) = (session.encryption(), session.minutes());
            prop_assert_eq!(SessionNumber::new(encryption, minutes, session.number()), Some(session));
        }
    }
}
