//! From a whole telegram to its records in one step.

use crate::app::{ApplicationData, Header, SecurityMode};
use crate::link::frame::USER_DATA_OFFSET;
use crate::{DecodeError, DecodeErrorKind, Frame, Readings, Records, Tolerance};

/// A whole telegram: link frame, application data, and what had to be bridged to read them.
///
/// It joins the layers for those who have all bytes of a telegram at hand. [`Frame`],
/// [`ApplicationData`] and [`Records`] do the same a layer at a time.
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
        if security_mode(&application).is_some() {
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
    if !header.is_encrypted() || data.starts_with(&[0x2F, 0x2F]) {
        return None;
    }
    header
        .configuration()
        .map(|configuration| configuration.security_mode())
}

/// What allows to read the data as plain all the same.
fn bridged_security(mode: SecurityMode, allowed: Tolerance) -> Tolerance {
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
