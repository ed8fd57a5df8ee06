//! A radio telegram that was read: what its layers say, its records, its readings.

use meter_units::Medium;

use crate::app::{ApplicationData, Header, SecurityMode};
use crate::link::SecondaryAddress;
use crate::security::Opened;
use crate::wireless::layers::{Content, Layers};
use crate::wireless::{AuthenticationLayer, ExtendedLink, Format, RadioFrame};
use crate::{DecodeError, Readings, Records, Tolerance};

/// A radio telegram, decrypted where there was a key for it; [`Reader`](crate::wireless::Reader)
/// reads it.
///
/// Offsets in it, and in its records, count from the first byte of the frame without CRCs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RadioTelegram<'a> {
    frame: RadioFrame<'a>,
    format: Format,
    extended: Option<ExtendedLink>,
    authentication_layer: Option<AuthenticationLayer>,
    authentication: Authentication,
    encryption: Option<Encryption>,
    /// What follows the layers, from the CI field on.
    message: &'a [u8],
    is_piece: bool,
    application: Option<ApplicationData<'a>>,
    expanded: Option<&'a [u8]>,
    allowed: Tolerance,
    met: Tolerance,
}

/// What is known of who wrote a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Authentication {
    /// The message has no authentication code.
    #[default]
    None,
    /// It has one, which could not be checked: there was no key, or it is no CMAC.
    Unchecked,
    /// It has the right one.
    Verified,
    /// It has a wrong one, which [`Tolerance::UNAUTHENTICATED`] bridged.
    Failed,
}

/// How the records of a telegram are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Encryption {
    /// By the extended link layer, together with all that follows it.
    ExtendedLink,
    /// By the transport layer.
    Message(SecurityMode),
}

impl<'a> RadioTelegram<'a> {
    /// Puts together what was found in the payload of `frame`, which is in its last state.
    pub(crate) fn new(
        frame: RadioFrame<'a>,
        format: Format,
        layers: Layers,
        base: usize,
        allowed: Tolerance,
        met: Tolerance,
    ) -> Result<Self, DecodeError> {
        let message = frame.payload().get(layers.message_at..).unwrap_or_default();
        let mut telegram = Self {
            frame,
            format,
            extended: layers.extended,
            authentication_layer: layers.authentication,
            authentication: match layers.authentication.and_then(|layer| layer.mac) {
                Some(_) => Authentication::Unchecked,
                None => Authentication::None,
            },
            encryption: None,
            message,
            is_piece: false,
            application: None,
            expanded: None,
            allowed,
            met: met.union(layers.met),
        };
        match layers.content {
            Content::Empty => {}
            Content::Piece => telegram.is_piece = true,
            Content::Session => telegram.encryption = Some(Encryption::ExtendedLink),
            Content::Message(opened) => {
                let base = base.saturating_add(layers.message_at);
                telegram.encryption = opened.encryption.map(Encryption::Message);
                telegram.authentication = opened.authentication;
                let sorted = telegram.sorted(&opened, base);
                if telegram.met.contains(Tolerance::RESERVED_MODE) {
                    telegram.application = sorted.ok();
                    if telegram.application.is_none() || !telegram.is_readable() {
                        telegram.met.remove(Tolerance::RESERVED_MODE);
                        let mode = opened.header.configuration().map(|it| it.security_mode());
                        telegram.encryption = mode.map(Encryption::Message);
                        telegram.application = Some(telegram.sorted(&opened, base)?);
                    }
                } else {
                    telegram.application = Some(sorted?);
                }
            }
        }
        Ok(telegram)
    }

    /// The application data of the message, which begins at `base`.
    fn sorted(&self, opened: &Opened, base: usize) -> Result<ApplicationData<'a>, DecodeError> {
        ApplicationData::from_message(
            opened.ci,
            opened.header,
            self.message.get(opened.data_at..).unwrap_or_default(),
            base.saturating_add(opened.data_at),
            self.encryption.is_some(),
        )
    }

    pub(crate) const fn with_expanded(self, records: &'a [u8]) -> Self {
        Self {
            expanded: Some(records),
            ..self
        }
    }

    /// Whether the records can be read to their end.
    fn is_readable(&self) -> bool {
        self.records().all(|record| record.is_ok())
    }

    /// The frame without CRCs; its payload is as decrypted.
    #[must_use]
    pub const fn frame(&self) -> &RadioFrame<'a> {
        &self.frame
    }

    /// The format in which the frame came.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The extended link layer.
    #[must_use]
    pub const fn extended_link(&self) -> Option<&ExtendedLink> {
        self.extended.as_ref()
    }

    /// The authentication and fragmentation layer.
    #[must_use]
    pub const fn authentication_layer(&self) -> Option<&AuthenticationLayer> {
        self.authentication_layer.as_ref()
    }

    /// What is known of who wrote the message.
    #[must_use]
    pub const fn authentication(&self) -> Authentication {
        self.authentication
    }

    /// Whose values they are: the meter that a long header names, otherwise the sender of the frame.
    #[must_use]
    pub fn meter(&self) -> SecondaryAddress {
        let address = self.header().address();
        address.unwrap_or_else(|| self.frame.address())
    }

    /// The application data; `None` where there is none, where the extended link layer encrypts it,
    /// and in a [piece](Self::piece).
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

    /// How the records are encrypted; `None` if they are not, or not any more.
    #[must_use]
    pub const fn encryption(&self) -> Option<Encryption> {
        self.encryption
    }

    /// What the frame holds of a message in several pieces, for a
    /// [`Reassembly`](crate::wireless::Reassembly).
    #[must_use]
    pub const fn piece(&self) -> Option<&'a [u8]> {
        if self.is_piece {
            Some(self.message)
        } else {
            None
        }
    }

    /// What follows the extended link layer and the authentication layer, from the CI field on: as
    /// decrypted, and with the session's CRC in front where that is still encrypted.
    #[must_use]
    pub const fn message(&self) -> &'a [u8] {
        self.message
    }

    /// The signature of the format that would be needed to read this compact frame; `None` if it is
    /// none, or has been read.
    #[must_use]
    pub const fn missing_format(&self) -> Option<u16> {
        match (&self.application, self.expanded) {
            (Some(ApplicationData::Compact { signature, .. }), None) => Some(*signature),
            _ => None,
        }
    }

    /// The deviations that had to be bridged so far; [`Record::deviations`](crate::Record) has
    /// those of a record.
    #[must_use]
    pub const fn deviations(&self) -> Tolerance {
        self.met
    }

    /// The data records; none where the telegram has none, where they are encrypted, and in a
    /// compact frame whose format is not known.
    ///
    /// Those of a compact frame are the records of the full frame; their offsets count in these.
    #[must_use]
    pub fn records(&self) -> Records<'a> {
        let records = match (&self.application, self.expanded) {
            _ if self.encryption.is_some() => Records::new(&[]),
            (_, Some(records)) => Records::new(records),
            (Some(ApplicationData::Response { data, .. }), _) => data.records(),
            (Some(ApplicationData::Command { data, .. }), _) => data.records().from_master(),
            _ => Records::new(&[]),
        };
        records
            .with_medium(self.medium())
            .with_tolerance(self.allowed)
    }

    /// All readings, or why one is not to be had, as
    /// [`Telegram::readings`](crate::Telegram::readings).
    #[must_use]
    pub fn readings(&self) -> Readings<'a> {
        Readings::new(self.records())
    }

    fn medium(&self) -> Medium {
        self.meter().medium
    }
}
