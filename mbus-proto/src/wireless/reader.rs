//! From the bytes of a radio receiver to a telegram.

use core::fmt;

use crate::app::ApplicationData;
use crate::security::Keys;
#[cfg(feature = "crypto")]
use crate::security::{DesKey, Key};
use crate::wireless::frame::{HEADER, MAX_FRAME};
use crate::wireless::layers::{Layers, Link};
use crate::wireless::{Format, FormatCache, RadioFrame, RadioTelegram, Reassembly};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

/// Reads radio telegrams with the settings for one meter, or for many without key.
///
/// ```
/// use mbus_proto::wireless::{Buffer, Reader};
///
/// let bytes = [
///     0x14, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, // water meter
///     0x7A, 0x2A, 0x00, 0x00, 0x00, // short header, not encrypted
///     0x0C, 0x13, 0x27, 0x04, 0x85, 0x02, // volume
/// ];
/// let mut buffer = Buffer::new();
/// let telegram = Reader::new().read(&bytes, &mut buffer)?;
/// assert_eq!(telegram.meter().to_string(), "12345678.PAD.01.07");
/// let volume = telegram.readings().next().ok_or("no reading")??;
/// assert_eq!(format!("{} {}", volume.value, volume.unit), "2850.427 m³");
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Encrypted telegrams
///
/// A reader for another meter, or with another key, is another reader; who sends is in
/// [`Reader::sender`] before anything is read. Without key, an encrypted telegram is read as far as
/// it goes, and [`RadioTelegram::encryption`] says how the rest is encrypted. The module `security` has
/// an example of both.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    #[cfg(feature = "crypto")]
    key: Option<Key>,
    #[cfg(feature = "crypto")]
    des_key: Option<DesKey>,
    format: Option<Format>,
    allowed: Tolerance,
}

/// The memory in which a radio telegram is put together and decrypted: 512 bytes of the caller's.
///
/// `Debug` does not show what is in it.
#[derive(Clone)]
pub struct Buffer {
    frame: [u8; MAX_FRAME],
    /// The records of a compact frame.
    records: [u8; MAX_FRAME],
}

impl Buffer {
    /// An empty buffer; it can be used for one telegram after the other.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            frame: [0; MAX_FRAME],
            records: [0; MAX_FRAME],
        }
    }
}

impl fmt::Debug for Buffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Buffer(..)")
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::new()
    }
}

impl Reader {
    /// A reader without key, for any [format](Format::detect), bridging [`Tolerance::DEFAULT`].
    #[must_use]
    pub const fn new() -> Self {
        Self {
            #[cfg(feature = "crypto")]
            key: None,
            #[cfg(feature = "crypto")]
            des_key: None,
            format: None,
            allowed: Tolerance::DEFAULT,
        }
    }

    /// Decrypts with this key.
    #[cfg(feature = "crypto")]
    #[must_use]
    pub fn with_key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }

    /// Decrypts security mode 2 with this key.
    #[cfg(feature = "crypto")]
    #[must_use]
    pub fn with_des_key(mut self, key: DesKey) -> Self {
        self.des_key = Some(key);
        self
    }

    /// Takes every frame for one in this format.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Bridges these deviations.
    ///
    /// [`Tolerance::NOISE`] passes over bytes after the frame, such as the signal level that some
    /// receivers add; [`Tolerance::CHECKSUM`] over wrong CRCs; [`Tolerance::LENGTH`] over a wrong
    /// length of a frame without CRCs, which then is all of the input.
    #[must_use]
    pub fn with_tolerance(mut self, allowed: Tolerance) -> Self {
        self.allowed = allowed;
        self
    }

    /// Who sent the frame that these bytes begin with, in any format; `None` if they are too few.
    ///
    /// ```
    /// use mbus_proto::wireless::Reader;
    ///
    /// let bytes = [0x14, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, 0x6C, 0xAC];
    /// let sender = Reader::sender(&bytes).map(|address| address.to_string());
    /// assert_eq!(sender.as_deref(), Some("12345678.PAD.01.07"));
    /// ```
    #[must_use]
    pub fn sender(input: &[u8]) -> Option<crate::link::SecondaryAddress> {
        let (&[_, _, ref address @ ..], _) = input.split_first_chunk::<HEADER>()?;
        Some(crate::link::SecondaryAddress::from_link_bytes(*address))
    }

    /// Reads a telegram that is all of `input`.
    ///
    /// # Errors
    ///
    /// Those of [`RadioFrame::parse_with`], where offsets count from the start of `input`; and, where
    /// they count from the first byte of the frame without CRCs, those of [`ExtendedLink::parse`],
    /// [`AuthenticationLayer::parse`] and [`ApplicationData::parse`],
    /// [`DecodeErrorKind::Crc`] of an extended link layer, [`DecodeErrorKind::Key`],
    /// [`DecodeErrorKind::Authentication`] and [`DecodeErrorKind::Unauthenticated`].
    ///
    /// [`ExtendedLink::parse`]: crate::wireless::ExtendedLink::parse
    /// [`AuthenticationLayer::parse`]: crate::wireless::AuthenticationLayer::parse
    pub fn read<'b>(
        &self,
        input: &[u8],
        buffer: &'b mut Buffer,
    ) -> Result<RadioTelegram<'b>, DecodeError> {
        self.read_frame(input, &mut buffer.frame)
    }

    /// Reads a telegram as [`read`](Self::read), learns from full frames and format frames, and reads
    /// compact frames by what was learned.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read). A compact frame whose format is not known is none:
    /// [`RadioTelegram::missing_format`] tells.
    pub fn read_with<'b, const FORMATS: usize>(
        &self,
        input: &[u8],
        cache: &mut FormatCache<FORMATS>,
        buffer: &'b mut Buffer,
    ) -> Result<RadioTelegram<'b>, DecodeError> {
        let Buffer { frame, records } = buffer;
        let telegram = self.read_frame(input, frame)?;
        if telegram.encryption().is_some() {
            return Ok(telegram);
        }
        let meter = telegram.meter();
        match telegram.application() {
            Some(ApplicationData::Response { data, .. }) => {
                cache.learn(meter, data.bytes());
            }
            Some(application @ ApplicationData::Format { .. }) => {
                cache.learn_format(meter, application);
            }
            Some(application @ ApplicationData::Compact { .. }) => {
                if let Some(len) = cache.expand(meter, application, records) {
                    let records = records.get(..len).unwrap_or_default();
                    return Ok(telegram.with_expanded(records));
                }
            }
            _ => {}
        }
        Ok(telegram)
    }

    /// Reads the message that was put together from its pieces; offsets count in it.
    ///
    /// `None` while pieces are missing. The message is decrypted in place, and the next piece begins
    /// the next message.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read) that concern the message.
    pub fn read_message<'b, const N: usize>(
        &self,
        reassembly: &'b mut Reassembly<N>,
    ) -> Result<Option<RadioTelegram<'b>>, DecodeError> {
        let Some((link, layers, format, message)) = reassembly.take() else {
            return Ok(None);
        };
        let layers = layers.open_message(message, 0, link, self.keys(), self.allowed)?;
        let frame = RadioFrame::of_message(link.control, link.address, message);
        RadioTelegram::new(frame, format, layers, 0, self.allowed, Tolerance::STRICT).map(Some)
    }

    fn read_frame<'b>(
        &self,
        input: &[u8],
        buffer: &'b mut [u8; MAX_FRAME],
    ) -> Result<RadioTelegram<'b>, DecodeError> {
        if self.has_wrong_length(input, buffer) {
            // All there is; the length is at fault.
            let len = input.len().min(MAX_FRAME);
            let length = u8::try_from(len.saturating_sub(1)).unwrap_or(u8::MAX);
            for (to, from) in buffer.iter_mut().zip(input) {
                *to = *from;
            }
            if let Some(first) = buffer.first_mut() {
                *first = length;
            }
            let (frame, _) = RadioFrame::parse(buffer.get(..len).unwrap_or_default())?;
            let link = Link::of(&frame);
            let payload = buffer.get_mut(HEADER..len).unwrap_or_default();
            return self.open(link, Format::WithoutCrc, payload, Tolerance::LENGTH);
        }
        let parsed = RadioFrame::parse_with(input, self.format, self.allowed, buffer)?;
        let (frame, format, rest, mut met) = parsed;
        if !rest.is_empty() {
            if !self.allowed.contains(Tolerance::NOISE) {
                let count = u16::try_from(rest.len()).unwrap_or(u16::MAX);
                let offset = input.len().saturating_sub(rest.len());
                let kind = DecodeErrorKind::TrailingBytes { count };
                return Err(DecodeError::new(kind, offset));
            }
            met.insert(Tolerance::NOISE);
        }
        let link = Link::of(&frame);
        let end = frame.payload().len().saturating_add(HEADER);
        let payload = buffer.get_mut(HEADER..end).unwrap_or_default();
        self.open(link, format, payload, met)
    }

    /// Whether the length of a frame without CRCs is wrong, where that may be bridged: the input is
    /// shorter, or longer and the records are cut where the length ends.
    fn has_wrong_length(&self, input: &[u8], buffer: &mut [u8; MAX_FRAME]) -> bool {
        if !self.allowed.contains(Tolerance::LENGTH) {
            return false;
        }
        let is_without_crc = match self.format {
            None => Format::detect(input) == Some(Format::WithoutCrc),
            Some(format) => format == Format::WithoutCrc,
        };
        if !is_without_crc {
            return false;
        }
        let total = Format::WithoutCrc.frame_len(input.first().copied().unwrap_or_default());
        if input.len() <= total {
            return input.len() < total;
        }
        let (as_said, _) = input.split_at_checked(total).unwrap_or((input, &[]));
        match self.read_frame_as_said(as_said, buffer) {
            Ok(telegram) => telegram.records().any(|record| record.is_err()),
            Err(_) => true,
        }
    }

    fn read_frame_as_said<'b>(
        &self,
        input: &[u8],
        buffer: &'b mut [u8; MAX_FRAME],
    ) -> Result<RadioTelegram<'b>, DecodeError> {
        let without_crc = Some(Format::WithoutCrc);
        let (frame, format, _, met) =
            RadioFrame::parse_with(input, without_crc, self.allowed, buffer)?;
        let link = Link::of(&frame);
        let end = frame.payload().len().saturating_add(HEADER);
        let payload = buffer.get_mut(HEADER..end).unwrap_or_default();
        self.open(link, format, payload, met)
    }

    /// Opens the layers of a payload, and puts the telegram together.
    fn open<'b>(
        &self,
        link: Link,
        format: Format,
        payload: &'b mut [u8],
        met: Tolerance,
    ) -> Result<RadioTelegram<'b>, DecodeError> {
        let layers = Layers::open(payload, HEADER, link, self.keys(), self.allowed)?;
        let frame = RadioFrame::of_message(link.control, link.address, payload);
        RadioTelegram::new(frame, format, layers, HEADER, self.allowed, met)
    }

    #[cfg(feature = "crypto")]
    const fn keys(&self) -> Keys<'_> {
        Keys {
            aes: self.key.as_ref(),
            des: self.des_key.as_ref(),
        }
    }

    #[cfg(not(feature = "crypto"))]
    const fn keys(&self) -> Keys<'_> {
        Keys { aes: None }
    }
}
