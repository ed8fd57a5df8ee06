//! Writing application data.

use crate::app::body::reordered;
use crate::app::{ApplicationData, ControlInformation, Header, HeaderKind, TimeSync, UserData};
use crate::write::{Write, into_slice};
use crate::{ByteOrder, EncodeError};

impl ApplicationData<'_> {
    /// The CI field under which the data is sent.
    ///
    /// # Errors
    ///
    /// [`EncodeError::NoCi`] if there is none for this header and byte order.
    pub const fn ci(&self) -> Result<ControlInformation, EncodeError> {
        let ci = match self {
            Self::Reset { header, .. } => match header.kind() {
                HeaderKind::None => ControlInformation::RESET,
                HeaderKind::Long => ControlInformation::RESET_LONG,
                _ => return Err(EncodeError::NoCi),
            },
            Self::Command { header, data } => match (header.kind(), data.byte_order()) {
                (HeaderKind::None, ByteOrder::LeastFirst) => ControlInformation::COMMAND,
                (HeaderKind::None, ByteOrder::MostFirst) => ControlInformation::COMMAND_MODE_2,
                (HeaderKind::Short, ByteOrder::LeastFirst) => ControlInformation::COMMAND_SHORT,
                (HeaderKind::Long, ByteOrder::LeastFirst) => ControlInformation::COMMAND_LONG,
                _ => return Err(EncodeError::NoCi),
            },
            Self::Selection { data, .. } => match data.byte_order() {
                ByteOrder::LeastFirst => ControlInformation::SELECTION,
                ByteOrder::MostFirst => ControlInformation::SELECTION_MODE_2,
            },
            Self::Synchronize { ci } | Self::Other { ci, .. } => *ci,
            Self::SetBaudRate(rate) => rate.ci(),
            Self::Response { header, data } => match (header.kind(), data.byte_order()) {
                (HeaderKind::None, ByteOrder::LeastFirst) => ControlInformation::RESPONSE,
                (HeaderKind::Short, ByteOrder::LeastFirst) => ControlInformation::RESPONSE_SHORT,
                (HeaderKind::Long, ByteOrder::LeastFirst) => ControlInformation::RESPONSE_LONG,
                (HeaderKind::Long, ByteOrder::MostFirst) => ControlInformation::RESPONSE_MODE_2,
                _ => return Err(EncodeError::NoCi),
            },
            Self::Fixed(data) => match data.byte_order() {
                ByteOrder::LeastFirst => ControlInformation::COMPACT_LONG,
                ByteOrder::MostFirst => ControlInformation::FIXED_MODE_2,
            },
            Self::Compact { header, .. } => header.pick(
                ControlInformation::COMPACT,
                ControlInformation::COMPACT_SHORT,
                ControlInformation::COMPACT_LONG,
            ),
            Self::Format { header, .. } => header.pick(
                ControlInformation::FORMAT,
                ControlInformation::FORMAT_SHORT,
                ControlInformation::FORMAT_LONG,
            ),
            Self::Error { header, .. } => header.pick(
                ControlInformation::ERROR,
                ControlInformation::ERROR_SHORT,
                ControlInformation::ERROR_LONG,
            ),
            Self::Alarm { header, .. } => header.pick(
                ControlInformation::ALARM,
                ControlInformation::ALARM_SHORT,
                ControlInformation::ALARM_LONG,
            ),
            Self::TimeSync { header, kind, .. } => match (header.kind(), kind) {
                (HeaderKind::Long, TimeSync::Absolute) => ControlInformation::TIME_ABSOLUTE,
                (HeaderKind::Long, TimeSync::Relative) => ControlInformation::TIME_RELATIVE,
                _ => return Err(EncodeError::NoCi),
            },
        };
        Ok(ci)
    }

    /// The length of the encoded data in bytes, CI field included.
    #[must_use]
    pub fn encoded_len(&self) -> usize {
        let body = match self {
            Self::Reset { codes, .. } => codes.len(),
            Self::Command { data, .. } | Self::Response { data, .. } => data.bytes().len(),
            Self::Selection { data, .. } => data.bytes().len().saturating_add(8),
            Self::Synchronize { .. } | Self::SetBaudRate(_) => 0,
            Self::Fixed(data) => data.as_bytes().len(),
            Self::Compact { data, .. } => data.len().saturating_add(4),
            Self::Format { headers, .. } => headers.len().saturating_add(3),
            Self::Error { error, data, .. } => {
                data.len().saturating_add(usize::from(error.is_some()))
            }
            Self::Alarm { data, .. } | Self::TimeSync { data, .. } | Self::Other { data, .. } => {
                data.len()
            }
        };
        body.saturating_add(self.header().encoded_len())
            .saturating_add(1)
    }

    /// Writes the encoded data, from the CI field on, to the front of `out` and returns its
    /// length: what [`Frame::new`](crate::Frame::new) takes.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Buffer`] if `out` is shorter than [`encoded_len`](Self::encoded_len);
    /// [`EncodeError::NoCi`] if there is no CI field for this header and byte order. `out` is then
    /// untouched.
    pub fn encode_into(&self, out: &mut [u8]) -> Result<usize, EncodeError> {
        let ci = self.ci()?;
        into_slice(out, self.encoded_len(), |writer| self.write(ci, writer))
    }

    /// Appends the encoded data, from the CI field on, to `out`, which has to have or make room
    /// for [`encoded_len`](Self::encoded_len) bytes.
    ///
    /// # Errors
    ///
    /// [`EncodeError::NoCi`] if there is no CI field for this header and byte order.
    #[cfg(feature = "alloc")]
    pub fn encode(&self, out: &mut impl bytes::BufMut) -> Result<(), EncodeError> {
        let ci = self.ci()?;
        self.write(ci, &mut crate::write::BufWriter(out));
        Ok(())
    }

    fn write(&self, ci: ControlInformation, out: &mut impl Write) {
        out.put(&[ci.code()]);
        match self.header() {
            Header::None => {}
            Header::Short(header) => out.put(&header.to_bytes()),
            Header::Long(header) => out.put(&header.to_bytes(self.byte_order())),
        }
        match self {
            Self::Command { data, .. } | Self::Response { data, .. } => out.put(data.bytes()),
            Self::Selection { mask, data } => {
                out.put(&reordered(mask.to_bytes(), data.byte_order()));
                out.put(data.bytes());
            }
            Self::Synchronize { .. } | Self::SetBaudRate(_) => {}
            Self::Fixed(data) => out.put(data.as_bytes()),
            Self::Compact {
                signature,
                full_crc,
                data,
                ..
            } => {
                out.put(&signature.to_le_bytes());
                out.put(&full_crc.to_le_bytes());
                out.put(data);
            }
            Self::Format {
                length,
                signature,
                headers,
                ..
            } => {
                out.put(&[*length]);
                out.put(&signature.to_le_bytes());
                out.put(headers);
            }
            Self::Error { error, data, .. } => {
                if let Some(error) = error {
                    out.put(&[error.code()]);
                }
                out.put(data);
            }
            Self::Reset { codes: data, .. }
            | Self::Alarm { data, .. }
            | Self::TimeSync { data, .. }
            | Self::Other { data, .. } => out.put(data),
        }
    }

    /// The byte order of the header.
    const fn byte_order(&self) -> ByteOrder {
        match self {
            Self::Command { data, .. } | Self::Response { data, .. } => UserData::byte_order(data),
            _ => ByteOrder::LeastFirst,
        }
    }
}

impl Header {
    /// Which header it is.
    #[must_use]
    pub const fn kind(&self) -> HeaderKind {
        match self {
            Self::None => HeaderKind::None,
            Self::Short(_) => HeaderKind::Short,
            Self::Long(_) => HeaderKind::Long,
        }
    }

    const fn pick(
        &self,
        none: ControlInformation,
        short: ControlInformation,
        long: ControlInformation,
    ) -> ControlInformation {
        match self {
            Self::None => none,
            Self::Short(_) => short,
            Self::Long(_) => long,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Tolerance;
    use crate::app::{LongHeader, ShortHeader};

    #[test]
    fn a_header_without_ci_field_is_refused() {
        let data = UserData::new(&[]).with_byte_order(ByteOrder::MostFirst);
        let header = Header::Short(ShortHeader::from_bytes([0; 4]));
        let response = ApplicationData::Response { header, data };
        let mut out = [0xAA; 8];
        assert_eq!(response.encode_into(&mut out), Err(EncodeError::NoCi));
        assert_eq!(out, [0xAA; 8]);
    }

    #[test]
    fn a_response_is_built_from_its_parts() {
        let header = Header::Long(LongHeader {
            address: "12345678.PAD.01.07".parse().unwrap(),
            access_number: 0x55,
            status: crate::app::Status::empty(),
            configuration: crate::app::Configuration::PLAIN,
        });
        let data = UserData::new(&[0x03, 0x13, 0x15, 0x31, 0x00]);
        let mut out = [0; 18];
        let response = ApplicationData::Response { header, data };
        assert_eq!(response.encode_into(&mut out), Ok(18));
        assert_eq!(
            out,
            [
                0x72, 0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, 0x03,
                0x13, 0x15, 0x31, 0x00
            ]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_was_parsed_is_written_as_it_was(ci: u8, body in prop::collection::vec(any::<u8>(), 0..40)) {
            let input = [&[ci], &body[..]].concat();
            if let Ok((data, _)) = ApplicationData::parse_with(&input, Tolerance::LENIENT) {
                let mut out = [0; 64];
                let length = data.encode_into(&mut out).unwrap();
                prop_assert_eq!(&out[..length], &input[..]);
                prop_assert_eq!(data.encoded_len(), input.len());
            }
        }
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn every_code_is_written_as_it_was_read() {
        for code in 0..=u8::MAX {
            for length in [0, 1, 4, 8, 12, 16, 17, 30] {
                let input = [&[code], &alloc::vec![0; length][..]].concat();
                if let Ok(data) = ApplicationData::parse(&input) {
                    let mut out = alloc::vec::Vec::new();
                    data.encode(&mut out).unwrap();
                    assert_eq!(out, input);
                }
            }
        }
    }
}
