//! One frame: its fields, and its bytes.

use crate::EncodeError;
use crate::app::ControlInformation;
use crate::link::parse::sum;
use crate::link::{ControlField, PrimaryAddress};
use crate::write::{Write, into_slice};

/// The single character of an acknowledgement.
pub(super) const ACK: u8 = 0xE5;
/// The start of a short frame.
pub(super) const START_SHORT: u8 = 0x10;
/// The start of a control or long frame, twice.
pub(super) const START_LONG: u8 = 0x68;
/// The last byte of every frame but the single character.
pub(super) const STOP: u8 = 0x16;

/// The length of a short frame in bytes.
pub(super) const SHORT_LENGTH: usize = 5;
/// What a long frame has before its C field: start, length twice, start.
pub(super) const LONG_HEADER: usize = 4;
/// What a long frame has around the bytes that its length counts.
pub(super) const LONG_OVERHEAD: usize = 6;
/// The smallest length byte: C, A and CI.
pub(super) const MIN_COUNTED: u8 = 3;
/// Where the user data of a frame starts.
pub(crate) const USER_DATA_OFFSET: usize = 6;

/// A frame of the link layer (EN 13757-2), which borrows its user data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Frame<'a> {
    /// The single character E5h: positive acknowledgement.
    Ack,
    /// A frame without user data.
    Short(ShortFrame),
    /// A frame whose user data is the CI field alone.
    Control(ControlFrame<'a>),
    /// A frame with CI field and data.
    Long(LongFrame<'a>),
}

/// A frame without user data: `10 C A CS 16`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortFrame {
    /// The C field.
    pub control: ControlField,
    /// The A field.
    pub address: PrimaryAddress,
}

/// A frame whose user data is the CI field alone: `68 03 03 68 C A CI CS 16`.
///
/// [`Frame::new`] builds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ControlFrame<'a> {
    control: ControlField,
    address: PrimaryAddress,
    user_data: &'a [u8; 1],
}

/// A frame with CI field and 1 to 252 bytes of data: `68 L L 68 C A CI data CS 16`.
///
/// [`Frame::new`] builds one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LongFrame<'a> {
    control: ControlField,
    address: PrimaryAddress,
    ci: u8,
    // CI and data: 2 to 253 bytes.
    user_data: &'a [u8],
}

impl<'a> Frame<'a> {
    /// The length of the longest frame in bytes.
    pub const MAX_LENGTH: usize = 261;

    /// The most bytes that may follow the CI field.
    pub const MAX_DATA: usize = 252;

    /// The frame that carries `user_data`: the CI field and what follows it.
    ///
    /// Without user data it is a short frame, with the CI field alone a control frame, else a
    /// long one.
    ///
    /// # Errors
    ///
    /// [`EncodeError::UserData`] if more than 252 bytes follow the CI field.
    pub const fn new(
        control: ControlField,
        address: PrimaryAddress,
        user_data: &'a [u8],
    ) -> Result<Self, EncodeError> {
        match user_data {
            [] => Ok(Self::Short(ShortFrame { control, address })),
            [_] => match user_data.first_chunk() {
                Some(user_data) => Ok(Self::Control(ControlFrame {
                    control,
                    address,
                    user_data,
                })),
                None => Ok(Self::Short(ShortFrame { control, address })),
            },
            [_, data @ ..] if data.len() > Self::MAX_DATA => {
                Err(EncodeError::UserData { found: data.len() })
            }
            [ci, ..] => Ok(Self::Long(LongFrame {
                control,
                address,
                ci: *ci,
                user_data,
            })),
        }
    }

    /// The long frame that is all of `input`; `None` if that is anything else.
    #[inline]
    pub(crate) fn whole_long(input: &'a [u8]) -> Option<LongFrame<'a>> {
        let &[
            START_LONG,
            length,
            repeated,
            START_LONG,
            ref counted @ ..,
            checksum,
            STOP,
        ] = input
        else {
            return None;
        };
        let is_whole = length == repeated && usize::from(length) == counted.len();
        match *counted {
            [control, address, ref user_data @ ..] if is_whole && sum(counted) == checksum => {
                let &[ci, _, ..] = user_data else {
                    return None;
                };
                Some(LongFrame {
                    control: ControlField::from_code(control),
                    address: PrimaryAddress::from_code(address),
                    ci,
                    user_data,
                })
            }
            _ => None,
        }
    }

    /// The C field; `None` for the single character.
    #[must_use]
    pub const fn control(&self) -> Option<ControlField> {
        match self {
            Self::Ack => None,
            Self::Short(frame) => Some(frame.control),
            Self::Control(frame) => Some(frame.control),
            Self::Long(frame) => Some(frame.control),
        }
    }

    /// The A field; `None` for the single character.
    #[must_use]
    pub const fn address(&self) -> Option<PrimaryAddress> {
        match self {
            Self::Ack => None,
            Self::Short(frame) => Some(frame.address),
            Self::Control(frame) => Some(frame.address),
            Self::Long(frame) => Some(frame.address),
        }
    }

    /// The CI field; `None` where there is no user data.
    #[must_use]
    pub const fn ci(&self) -> Option<ControlInformation> {
        match self {
            Self::Ack | Self::Short(_) => None,
            Self::Control(frame) => Some(frame.ci()),
            Self::Long(frame) => Some(frame.ci()),
        }
    }

    /// The bytes after the CI field: empty for all but long frames.
    #[must_use]
    pub fn data(&self) -> &'a [u8] {
        match self {
            Self::Ack | Self::Short(_) | Self::Control(_) => &[],
            Self::Long(frame) => frame.data(),
        }
    }

    /// The user data of the link layer: the CI field and what follows it.
    #[must_use]
    pub const fn user_data(&self) -> &'a [u8] {
        match self {
            Self::Ack | Self::Short(_) => &[],
            Self::Control(frame) => frame.user_data,
            Self::Long(frame) => frame.user_data,
        }
    }

    /// Whether it selects slaves by their secondary address.
    pub(crate) fn is_selection(&self) -> bool {
        let codes = [
            ControlInformation::SELECTION,
            ControlInformation::SELECTION_MODE_2,
        ];
        self.address() == Some(PrimaryAddress::SELECTED)
            && self.ci().is_some_and(|ci| codes.contains(&ci))
    }

    /// The length of the encoded frame in bytes.
    #[must_use]
    pub const fn encoded_len(&self) -> usize {
        match self {
            Self::Ack => 1,
            Self::Short(_) => SHORT_LENGTH,
            Self::Control(_) => 9,
            // At most 253 bytes of user data.
            Self::Long(frame) => frame.user_data.len().wrapping_add(8),
        }
    }

    /// Writes the encoded frame to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len); it is
    /// then untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        into_slice(out, self.encoded_len(), |writer| self.write(writer))
    }

    /// Appends the encoded frame to `out`, which has to have or make room for
    /// [`encoded_len`](Self::encoded_len) bytes.
    #[cfg(feature = "alloc")]
    pub fn encode(&self, out: &mut impl bytes::BufMut) {
        self.write(&mut crate::write::BufWriter(out));
    }

    fn write(&self, out: &mut impl Write) {
        match self {
            Self::Ack => out.put(&[ACK]),
            Self::Short(ShortFrame { control, address }) => {
                let fields = [control.code(), address.code()];
                let [c, a] = fields;
                out.put(&[START_SHORT, c, a, sum(&fields), STOP]);
            }
            Self::Control(frame) => {
                write_long(frame.control, frame.address, frame.user_data, out);
            }
            Self::Long(frame) => write_long(frame.control, frame.address, frame.user_data, out),
        }
    }
}

impl ControlFrame<'_> {
    /// The C field.
    #[must_use]
    pub const fn control(&self) -> ControlField {
        self.control
    }

    /// The A field.
    #[must_use]
    pub const fn address(&self) -> PrimaryAddress {
        self.address
    }

    /// The CI field.
    #[must_use]
    pub const fn ci(&self) -> ControlInformation {
        let [ci] = self.user_data;
        ControlInformation::from_code(*ci)
    }
}

impl<'a> LongFrame<'a> {
    /// The C field.
    #[must_use]
    pub const fn control(&self) -> ControlField {
        self.control
    }

    /// The A field.
    #[must_use]
    pub const fn address(&self) -> PrimaryAddress {
        self.address
    }

    /// The CI field.
    #[must_use]
    pub const fn ci(&self) -> ControlInformation {
        ControlInformation::from_code(self.ci)
    }

    /// The 1 to 252 bytes after the CI field.
    #[must_use]
    pub fn data(&self) -> &'a [u8] {
        self.user_data.get(1..).unwrap_or_default()
    }

    /// The CI field and what follows it: 2 to 253 bytes.
    #[must_use]
    pub const fn user_data(&self) -> &'a [u8] {
        self.user_data
    }
}

fn write_long(
    control: ControlField,
    address: PrimaryAddress,
    user_data: &[u8],
    out: &mut impl Write,
) {
    let (c, a) = (control.code(), address.code());
    // At most 253 bytes of user data, by construction.
    let length = u8::try_from(user_data.len())
        .unwrap_or(u8::MAX)
        .saturating_add(2);
    let checksum = sum(user_data).wrapping_add(c).wrapping_add(a);
    out.put(&[START_LONG, length, length, START_LONG, c, a]);
    out.put(user_data);
    out.put(&[checksum, STOP]);
}

#[cfg(test)]
pub(super) mod tests {
    use alloc::vec::Vec;

    use proptest::prelude::*;

    use super::*;

    /// The variable data response of EN 13757-3 in the numbers of its example.
    pub(in crate::link) const TELEGRAM: [u8; 37] = [
        0x68, 0x1F, 0x1F, 0x68, 0x08, 0x02, 0x72, //
        0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, //
        0x03, 0x13, 0x15, 0x31, 0x00, //
        0xDA, 0x02, 0x3B, 0x13, 0x01, //
        0x8B, 0x60, 0x04, 0x37, 0x18, 0x02, //
        0x18, 0x16,
    ];

    #[test]
    fn user_data_decides_the_kind_and_has_a_limit() {
        let new = |data| Frame::new(ControlField::rsp_ud(), PrimaryAddress::TEST, data);
        assert!(matches!(new(&[]), Ok(Frame::Short(_))));
        assert!(matches!(new(&[0x78]), Ok(Frame::Control(_))));
        assert!(matches!(new(&[0; 253]), Ok(Frame::Long(_))));
        assert_eq!(new(&[0; 254]), Err(EncodeError::UserData { found: 253 }));
        assert_eq!(new(&[0; 253]).unwrap().encoded_len(), Frame::MAX_LENGTH);
    }

    #[test]
    fn a_short_buffer_is_refused() {
        let (frame, _) = Frame::parse(&TELEGRAM).unwrap();
        assert_eq!(
            frame.encode_into(&mut [0; 36]),
            Err(EncodeError::Buffer { needed: 37 })
        );
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn both_ways_of_encoding_agree() {
        for bytes in [&TELEGRAM[..], &[0xE5], &[0x10, 0x40, 0xFD, 0x3D, 0x16]] {
            let (frame, _) = Frame::parse(bytes).unwrap();
            let mut out = Vec::new();
            frame.encode(&mut out);
            assert_eq!(out, bytes);
        }
    }

    pub(in crate::link) fn any_frame_bytes() -> impl Strategy<Value = Vec<u8>> {
        let data = prop_oneof![
            Just(Vec::new()),
            prop::collection::vec(any::<u8>(), 0..8),
            prop::collection::vec(any::<u8>(), 0..=253),
        ];
        (any::<u8>(), any::<u8>(), data, 0..8u8).prop_map(|(control, address, data, kind)| {
            let frame = if kind == 0 {
                Frame::Ack
            } else {
                let control = ControlField::from_code(control);
                Frame::new(control, PrimaryAddress::from_code(address), &data).unwrap()
            };
            let mut out = [0; Frame::MAX_LENGTH];
            let length = frame.encode_into(&mut out).unwrap();
            assert_eq!(length, frame.encoded_len());
            out[..length].to_vec()
        })
    }

    proptest! {
        #[test]
        fn encoding_is_read_back(bytes in any_frame_bytes(), after: Vec<u8>) {
            let input = [&bytes[..], &after].concat();
            let (frame, rest) = Frame::parse(&input).unwrap();
            prop_assert_eq!(rest, &after);
            let mut out = [0; Frame::MAX_LENGTH];
            let length = frame.encode_into(&mut out).unwrap();
            prop_assert_eq!(&out[..length], &bytes[..]);
        }
    }
}
