//! A telegram from the bus or by radio.

use mbus_proto::app::{ApplicationData, Header};
use mbus_proto::link::{ControlField, SecondaryAddress};
use mbus_proto::wireless::{Authentication, Format, RadioTelegram};
use mbus_proto::{Frame, Records, Telegram, Tolerance};

pub(crate) enum Source<'a> {
    Wired(Telegram<'a>),
    Radio(RadioTelegram<'a>),
}

impl<'a> Source<'a> {
    pub(crate) const fn link(&self) -> &'static str {
        match self {
            Self::Wired(_) => "wired",
            Self::Radio(_) => "wireless",
        }
    }

    /// The kind of frame.
    pub(crate) const fn frame(&self) -> &'static str {
        match self {
            Self::Wired(telegram) => match telegram.frame() {
                Frame::Ack => "ack",
                Frame::Short(_) => "short",
                Frame::Control(_) => "control",
                Frame::Long(_) => "long",
            },
            Self::Radio(telegram) => match telegram.format() {
                Format::A => "format_a",
                Format::B => "format_b",
                Format::WithoutCrc => "without_crc",
            },
        }
    }

    pub(crate) const fn control(&self) -> Option<ControlField> {
        match self {
            Self::Wired(telegram) => telegram.frame().control(),
            Self::Radio(telegram) => Some(telegram.frame().control()),
        }
    }

    /// The primary address.
    pub(crate) fn address(&self) -> Option<u8> {
        match self {
            Self::Wired(telegram) => telegram.frame().address().map(|address| address.code()),
            Self::Radio(_) => None,
        }
    }

    /// The CI field of the message, or the first one where there is no message to see.
    pub(crate) fn ci(&self) -> Option<u8> {
        match self {
            Self::Wired(telegram) => telegram.frame().ci().map(|ci| ci.code()),
            Self::Radio(telegram) => match telegram.application() {
                Some(_) => telegram.message().first().copied(),
                None => telegram.frame().payload().first().copied(),
            },
        }
    }

    pub(crate) const fn application(&self) -> Option<&ApplicationData<'a>> {
        match self {
            Self::Wired(telegram) => telegram.application(),
            Self::Radio(telegram) => telegram.application(),
        }
    }

    pub(crate) const fn header(&self) -> Header {
        match self {
            Self::Wired(telegram) => telegram.header(),
            Self::Radio(telegram) => telegram.header(),
        }
    }

    /// Whose telegram it is.
    pub(crate) fn meter(&self) -> Option<SecondaryAddress> {
        match self {
            Self::Wired(telegram) => telegram.header().address(),
            Self::Radio(telegram) => Some(telegram.meter()),
        }
    }

    /// What counts the telegrams of the meter.
    pub(crate) fn access_number(&self) -> Option<u8> {
        let own = self.header().access_number();
        match self {
            Self::Wired(_) => own,
            Self::Radio(telegram) => {
                own.or_else(|| telegram.extended_link().map(|link| link.access_number))
            }
        }
    }

    pub(crate) fn is_encrypted(&self) -> bool {
        match self {
            Self::Wired(telegram) => telegram.encryption().is_some(),
            Self::Radio(telegram) => telegram.encryption().is_some(),
        }
    }

    /// What is known of who wrote the message, where it has an authentication code.
    pub(crate) const fn authentication(&self) -> Option<&'static str> {
        match self {
            Self::Wired(_) => None,
            Self::Radio(telegram) => match telegram.authentication() {
                Authentication::None => None,
                Authentication::Unchecked => Some("unchecked"),
                Authentication::Verified => Some("verified"),
                Authentication::Failed => Some("failed"),
            },
        }
    }

    /// The signature of the format that a compact frame lacks.
    pub(crate) fn missing_format(&self) -> Option<String> {
        match self {
            Self::Wired(_) => None,
            Self::Radio(telegram) => telegram
                .missing_format()
                .map(|signature| format!("{signature:04X}")),
        }
    }

    pub(crate) fn records(&self) -> Records<'a> {
        match self {
            Self::Wired(telegram) => telegram.records(),
            Self::Radio(telegram) => telegram.records(),
        }
    }

    pub(crate) const fn deviations(&self) -> Tolerance {
        match self {
            Self::Wired(telegram) => telegram.deviations(),
            Self::Radio(telegram) => telegram.deviations(),
        }
    }
}
