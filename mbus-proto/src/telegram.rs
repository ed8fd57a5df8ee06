//! From a whole telegram to its records in one step.

use crate::app::extension::after_extension;
use crate::app::{ApplicationData, Header, SecurityMode, UserData};
use crate::link::frame::USER_DATA_OFFSET;
use crate::security::PLAIN;
use crate::{DecodeError, DecodeErrorKind, Frame, Readings, Records, Tolerance};

/// A whole telegram: link frame, application data, and what had to be bridged to read them.
///
/// It joins the layers for those who have all bytes of a telegram at hand. [`Frame`],
/// [`ApplicationData`] and [`Records`] do the same a layer at a time.
///
/// ```
/// use mbus_proto::{Telegram, Tolerance};
///
/// let bytes = [
///     0x68, 0x14, 0x14, 0x68, 0x08, 0x02, 0x72, // a response of the slave with address 2
///     0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x55, 0x00, 0x00, 0x00, // water meter
///     0x43, 0x13, 0x15, 0x31, 0x00, // volume, storage 1
///     0xFF, 0x16, // a wrong checksum
/// ];
/// assert!(Telegram::parse(&bytes).is_err());
/// let telegram = Telegram::parse_with(&bytes, Tolerance::LENIENT)?;
/// assert_eq!(telegram.deviations(), Tolerance::CHECKSUM);
///
/// let meter = telegram.header().address().ok_or("no address")?;
/// assert_eq!(meter.to_string(), "12345678.PAD.01.07");
/// let volume = telegram.readings().next().ok_or("no reading")??;
/// assert_eq!(format!("{} {}", volume.value, volume.unit), "12.565 m³");
/// assert_eq!(volume.channel.storage, 1);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Telegram<'a> {
    frame: Frame<'a>,
    application: Option<ApplicationData<'a>>,
    allowed: Tolerance,
    met: Tolerance,
}

impl<'a> Telegram<'a> {
    /// Parses a telegram that is all of `input`, bridging [`Tolerance::DEFAULT`].
    ///
    /// # Errors
    ///
    /// Those of [`Frame::parse`] and [`ApplicationData::parse`], and
    /// [`DecodeErrorKind::TrailingBytes`]; offsets count from the start of `input`.
    pub fn parse(input: &'a [u8]) -> Result<Self, DecodeError> {
        Self::parse_with(input, Tolerance::DEFAULT)
    }

    /// Parses a telegram that is all of `input`, bridging the deviations in `allowed`.
    ///
    /// # Errors
    ///
    /// Those of [`Telegram::parse`].
    pub fn parse_with(input: &'a [u8], allowed: Tolerance) -> Result<Self, DecodeError> {
        match Self::response(input, allowed) {
            Some(telegram) => Ok(telegram),
            None => Self::parse_any(input, allowed),
        }
    }

    /// A response that is not encrypted in a correct frame, which is nearly everything that a
    /// meter sends.
    ///
    /// It takes the way of [`parse_any`](Self::parse_any) without the results in between: each of
    /// them would be written in pieces and copied as a whole, which stalls.
    #[inline]
    fn response(input: &'a [u8], allowed: Tolerance) -> Option<Self> {
        let frame = Frame::whole_long(input)?;
        let application = ApplicationData::response(frame.user_data(), USER_DATA_OFFSET)?;
        if application.header().is_encrypted() {
            return None;
        }
        Some(Self {
            frame: Frame::Long(frame),
            application: Some(application),
            allowed,
            met: Tolerance::STRICT,
        })
    }

    #[inline(never)]
    fn parse_any(input: &'a [u8], allowed: Tolerance) -> Result<Self, DecodeError> {
        let (frame, rest, mut met) = Frame::parse_with(input, allowed)?;
        if !rest.is_empty() {
            if !allowed.contains(Tolerance::NOISE) {
                let count = u16::try_from(rest.len()).unwrap_or(u16::MAX);
                let offset = input.len().saturating_sub(rest.len());
                return Err(DecodeError::new(
                    DecodeErrorKind::TrailingBytes { count },
                    offset,
                ));
            }
            met.insert(Tolerance::NOISE);
        }
        let application = match frame.user_data() {
            [] => None,
            user_data => {
                let at = offset_in(input, user_data);
                let (application, bridged) = ApplicationData::parse_at(user_data, at, allowed)?;
                met.insert(bridged);
                Some(application)
            }
        };
        if let Some(mode) = application.as_ref().and_then(security_mode) {
            met.insert(bridged_security(mode, allowed));
        }
        let application = match application {
            Some(application) if application.header().is_encrypted() => {
                Some(without_extension(application))
            }
            plain => plain,
        };
        Ok(Self {
            frame,
            application,
            allowed,
            met,
        })
    }

    /// The link frame.
    #[must_use]
    pub const fn frame(&self) -> &Frame<'a> {
        &self.frame
    }

    /// The application data; `None` where the frame has none.
    ///
    /// Offsets in it, and in its records, count from the start of the input, noise included.
    #[must_use]
    pub const fn application(&self) -> Option<&ApplicationData<'a>> {
        self.application.as_ref()
    }

    /// The header of the application data; [`Header::None`] where there is none.
    #[must_use]
    pub const fn header(&self) -> Header {
        match &self.application {
            Some(application) => application.header(),
            None => Header::None,
        }
    }

    /// The deviations that had to be bridged so far; [`Record::deviations`](crate::Record) has
    /// those of a record.
    #[must_use]
    pub const fn deviations(&self) -> Tolerance {
        self.met
    }

    /// How the records are encrypted; `None` if they are not.
    ///
    /// Data that begins with the two fillers 2Fh has been decrypted already, whatever the header
    /// says.
    #[must_use]
    pub fn encryption(&self) -> Option<SecurityMode> {
        let mode = self.application.as_ref().and_then(security_mode)?;
        if bridged_security(mode, self.allowed).is_empty() {
            Some(mode)
        } else {
            None
        }
    }

    /// The same telegram in plain text, which is put into `buffer`.
    ///
    /// A header of 12 bytes names the meter; under one of 4 bytes, `meter` has to. What is not
    /// encrypted, or in a security mode that is only named, comes out as it was.
    ///
    /// ```
    /// use mbus_proto::Telegram;
    /// use mbus_proto::security::Key;
    ///
    /// let bytes = [
    ///     0x68, 0x2F, 0x2F, 0x68, 0x08, 0x01, 0x72, // a response, 44 bytes of data
    ///     0x78, 0x56, 0x34, 0x12, 0x24, 0x40, 0x01, 0x07, 0x2A, 0x00, 0x20, 0x05, // mode 5
    ///     0x5C, 0x18, 0x27, 0x4C, 0x22, 0xD0, 0xC0, 0xF2, 0x37, 0x04, 0xF1, 0x94, 0x31, 0x1C, 0xD4,
    ///     0x40, 0x68, 0xEE, 0x8A, 0xAA, 0xE3, 0x7D, 0x12, 0x37, 0x0B, 0x66, 0x38, 0xC1, 0x6E, 0x3B,
    ///     0x83, 0xC0, 0x7F, 0x16,
    /// ];
    /// let key: Key = "000102030405060708090A0B0C0D0E0F".parse()?;
    /// let telegram = Telegram::parse(&bytes)?;
    /// assert!(telegram.encryption().is_some());
    /// let mut buffer = [0; 256];
    /// let volume = telegram.decrypt(&key, None, &mut buffer)?.readings().next().ok_or("none")??;
    /// assert_eq!(format!("{} {}", volume.value, volume.unit), "2850.427 m³");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DecodeErrorKind::Key`], [`DecodeErrorKind::Authentication`],
    /// [`DecodeErrorKind::Unauthenticated`], and those of
    /// [`ApplicationData::parse`] for the plain text; offsets count from the first byte of the frame.
    #[cfg(feature = "crypto")]
    pub fn decrypt<'b>(
        &self,
        key: &crate::security::Key,
        meter: Option<crate::link::SecondaryAddress>,
        buffer: &'b mut [u8; 256],
    ) -> Result<Telegram<'b>, DecodeError>
    where
        'a: 'b,
    {
        let keys = crate::security::Keys {
            aes: Some(key),
            des: None,
        };
        self.opened(keys, meter, buffer)
    }

    /// The same telegram in plain text, which is put into `buffer`, if it is in security mode 2;
    /// any other comes out as it was.
    ///
    /// # Errors
    ///
    /// Those of [`decrypt`](Self::decrypt).
    #[cfg(feature = "crypto")]
    pub fn decrypt_des<'b>(
        &self,
        key: &crate::security::DesKey,
        buffer: &'b mut [u8; 256],
    ) -> Result<Telegram<'b>, DecodeError>
    where
        'a: 'b,
    {
        let keys = crate::security::Keys {
            aes: None,
            des: Some(key),
        };
        self.opened(keys, None, buffer)
    }

    #[cfg(feature = "crypto")]
    fn opened<'b>(
        &self,
        keys: crate::security::Keys<'_>,
        meter: Option<crate::link::SecondaryAddress>,
        buffer: &'b mut [u8; 256],
    ) -> Result<Telegram<'b>, DecodeError>
    where
        'a: 'b,
    {
        use crate::security::{Sender, open};
        use crate::wireless::AuthenticationLayer;

        let user_data = self.frame.user_data();
        let (layer, message) = match AuthenticationLayer::parse(user_data)? {
            Some((layer, message)) => (Some(layer), message),
            None => (None, user_data),
        };
        let base = USER_DATA_OFFSET.saturating_add(user_data.len().saturating_sub(message.len()));
        let is_part = layer.is_some_and(|layer| layer.fragment.is_part());
        // The fixed data structure has its CI field in common with a compact frame under a header.
        let is_fixed = matches!(self.application, Some(ApplicationData::Fixed(_)));
        if message.is_empty() || is_part || is_fixed {
            return Ok(*self);
        }
        let len = message.len();
        for (to, from) in buffer.iter_mut().zip(message) {
            *to = *from;
        }
        let sender = Sender {
            address: meter,
            is_meter: self.frame.control().is_none_or(|it| !it.is_primary()),
        };
        let copy = buffer.get_mut(..len).unwrap_or_default();
        let opened = open(copy, base, sender, layer.as_ref(), keys, self.allowed)?;
        let is_unchanged = copy == message && layer.is_none();
        if is_unchanged || opened.encryption.is_some() {
            return Ok(Telegram {
                met: self.met.union(opened.met),
                ..*self
            });
        }
        let data_at = base.saturating_add(opened.data_at);
        let plain = copy.get(opened.data_at..).unwrap_or_default();
        let application =
            ApplicationData::from_message(opened.ci, opened.header, plain, data_at, false)?;
        Ok(Telegram {
            frame: self.frame,
            application: Some(application),
            allowed: self.allowed,
            met: self.met.union(opened.met),
        })
    }

    /// The data records; none where the telegram has none, or where they are encrypted.
    #[must_use]
    pub fn records(&self) -> Records<'a> {
        if self.encryption().is_some() {
            return Records::new(&[]);
        }
        let records = match &self.application {
            Some(ApplicationData::Response { data, .. }) => data.records(),
            Some(
                ApplicationData::Command { data, .. } | ApplicationData::Selection { data, .. },
            ) => data.records().from_master(),
            _ => Records::new(&[]),
        };
        records.with_tolerance(self.allowed)
    }

    /// All readings, or why one is not to be had: those of the data records, behind a compact
    /// profile its single readings, and the two counters of the fixed data structure.
    ///
    /// There is none where the records are encrypted: [`encryption`](Self::encryption) tells.
    #[must_use]
    #[inline]
    pub fn readings(&self) -> Readings<'a> {
        match &self.application {
            Some(ApplicationData::Fixed(data)) => Readings::of_counters(data.counters()),
            _ => Readings::new(self.records()),
        }
    }
}

/// The security mode of data that is not marked as plain.
#[inline]
fn security_mode(application: &ApplicationData<'_>) -> Option<SecurityMode> {
    let (header, data) = match application {
        ApplicationData::Response { header, data } | ApplicationData::Command { header, data } => {
            (header, data.bytes())
        }
        ApplicationData::Other { header, data, .. } => (header, *data),
        _ => return None,
    };
    let after = after_extension(header.configuration(), data);
    if !header.is_encrypted() || data.starts_with(&PLAIN) || after.starts_with(&PLAIN) {
        return None;
    }
    header
        .configuration()
        .map(|configuration| configuration.security_mode())
}

/// The records alone, where data that was decrypted already stands behind an extension.
#[cold]
fn without_extension(application: ApplicationData<'_>) -> ApplicationData<'_> {
    let cut = |header: Header, data: UserData<'_>| {
        let rest = after_extension(header.configuration(), data.bytes());
        let is_behind = rest.starts_with(&PLAIN) && !data.bytes().starts_with(&PLAIN);
        is_behind.then_some(rest.len())
    };
    match application {
        ApplicationData::Response { header, data } => match cut(header, data) {
            Some(len) => ApplicationData::Response {
                header,
                data: data.last(len),
            },
            None => application,
        },
        ApplicationData::Command { header, data } => match cut(header, data) {
            Some(len) => ApplicationData::Command {
                header,
                data: data.last(len),
            },
            None => application,
        },
        other => other,
    }
}

/// What allows to read the data as plain all the same.
pub(crate) fn bridged_security(mode: SecurityMode, allowed: Tolerance) -> Tolerance {
    let mut bridge = Tolerance::IGNORE_SECURITY;
    if mode.is_reserved() {
        bridge.insert(Tolerance::RESERVED_MODE);
    }
    let mut bridged = allowed.intersection(bridge);
    if bridged.contains(Tolerance::RESERVED_MODE) {
        bridged.remove(Tolerance::IGNORE_SECURITY);
    }
    bridged
}

/// Where `part` lies in `whole`.
fn offset_in(whole: &[u8], part: &[u8]) -> usize {
    part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_from_the_start_of_the_input() {
        // Noise, then a response without header and without stop byte: a record, a cut one.
        let input = [
            0xFF, 0xE5, 0x68, 0x07, 0x07, 0x68, 0x08, 0x01, 0x78, 0x01, 0x13, 0x05, 0x04, 0x9E,
        ];
        let telegram = Telegram::parse_with(&input, Tolerance::LENIENT).unwrap();
        assert_eq!(telegram.deviations(), Tolerance::NOISE | Tolerance::STOP);
        let mut records = telegram.records();
        assert_eq!(records.next().unwrap().unwrap().offset(), 9);
        assert_eq!(records.next().unwrap().unwrap_err().offset, input.len() - 1);
        assert_eq!(records.next(), None);
    }

    #[test]
    fn an_error_in_the_header_counts_from_the_start_of_the_input() {
        let input = [
            0xFF, 0x68, 0x04, 0x04, 0x68, 0x08, 0x01, 0x72, 0x00, 0x7B, 0x16,
        ];
        let error = Telegram::parse_with(&input, Tolerance::LENIENT).unwrap_err();
        assert_eq!(error.kind, DecodeErrorKind::Truncated { needed: 11 });
        assert_eq!(error.offset, 8);
    }
}
