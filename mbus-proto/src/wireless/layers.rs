//! The layers of a payload, opened from the outside in.

use crate::link::{ControlField, Function, SecondaryAddress};
use crate::security::{Key, Keys, Opened, Sender, open};
use crate::wireless::crc::crc;
use crate::wireless::{AuthenticationLayer, ExtendedLink, RadioFrame, SessionNumber};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

/// What was found around the message of a payload, and in what state the message is.
#[derive(Clone, Copy)]
pub(crate) struct Layers {
    pub(crate) extended: Option<ExtendedLink>,
    pub(crate) authentication: Option<AuthenticationLayer>,
    /// Where the message begins, or what is encrypted or in pieces.
    pub(crate) message_at: usize,
    pub(crate) content: Content,
    pub(crate) met: Tolerance,
}

#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// There is none.
    Empty,
    /// It is encrypted by the extended link layer.
    Session,
    /// It is one of several pieces.
    Piece,
    Message(Opened),
}

/// Who sends, as far as the link says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Link {
    pub(crate) control: ControlField,
    pub(crate) address: SecondaryAddress,
}

impl Link {
    pub(crate) const fn of(frame: &RadioFrame<'_>) -> Self {
        Self {
            control: frame.control(),
            address: frame.address(),
        }
    }

    pub(crate) const fn sender(self) -> Sender {
        Sender {
            address: Some(self.address),
            is_meter: matches!(
                self.control.function(),
                Function::SndNr
                    | Function::SndIr
                    | Function::AccNr
                    | Function::AccDmd
                    | Function::RspUd
                    | Function::Ack
                    | Function::Nack
            ),
        }
    }
}

impl Layers {
    /// Opens a payload in place; its first byte is `base` bytes after what offsets count from.
    pub(crate) fn open(
        payload: &mut [u8],
        base: usize,
        link: Link,
        keys: Keys<'_>,
        allowed: Tolerance,
    ) -> Result<Self, DecodeError> {
        let moved = |error: DecodeError, by: usize| {
            DecodeError::new(error.kind, error.offset.saturating_add(by))
        };
        let mut layers = Self {
            extended: None,
            authentication: None,
            message_at: 0,
            content: Content::Empty,
            met: Tolerance::STRICT,
        };
        let extended = ExtendedLink::parse(payload).map_err(|error| moved(error, base))?;
        if let Some((extended, _)) = extended {
            layers.extended = Some(extended);
            layers.message_at = extended.encoded_len();
            if let Some(session) = extended.session {
                let at = layers.message_at;
                let sealed = payload.get_mut(at..).unwrap_or_default();
                let control = extended.control.bits();
                let opened = open_session(sealed, link, control, session, keys.aes, allowed);
                let place = base.saturating_add(at);
                match opened.map_err(|kind| DecodeError::new(kind, place))? {
                    Some(met) => layers.met.insert(met),
                    None => {
                        layers.content = Content::Session;
                        return Ok(layers);
                    }
                }
                layers.message_at = at.saturating_add(CRC);
            }
        }
        let rest = payload.get(layers.message_at..).unwrap_or_default();
        let at = base.saturating_add(layers.message_at);
        if let Some((layer, rest)) =
            AuthenticationLayer::parse(rest).map_err(|error| moved(error, at))?
        {
            layers.authentication = Some(layer);
            layers.message_at = payload.len().saturating_sub(rest.len());
            if layer.fragment.is_part() {
                layers.content = Content::Piece;
                return Ok(layers);
            }
        }
        layers.open_message(payload, base, link, keys, allowed)
    }

    /// Opens the message, which begins at `message_at`.
    pub(crate) fn open_message(
        mut self,
        payload: &mut [u8],
        base: usize,
        link: Link,
        keys: Keys<'_>,
        allowed: Tolerance,
    ) -> Result<Self, DecodeError> {
        let at = base.saturating_add(self.message_at);
        let message = payload.get_mut(self.message_at..).unwrap_or_default();
        if message.is_empty() {
            return Ok(self);
        }
        let layer = self.authentication.as_ref();
        let opened = open(message, at, link.sender(), layer, keys, allowed)?;
        self.met.insert(opened.met);
        self.content = Content::Message(opened);
        Ok(self)
    }
}

const CRC: usize = 2;

/// Decrypts what follows an extended link layer with a session, in place, and returns what was
/// bridged; `None` if it stays encrypted.
fn open_session(
    sealed: &mut [u8],
    link: Link,
    control: u8,
    session: SessionNumber,
    key: Option<&Key>,
    allowed: Tolerance,
) -> Result<Option<Tolerance>, DecodeErrorKind> {
    let (expected, found) = crcs(sealed)?;
    let is_plain = expected == found;
    if let (SessionNumber::AES_CTR, Some(key)) = (session.encryption(), key) {
        if !allowed.contains(Tolerance::IGNORE_SECURITY) {
            key.apply_session(link.address, control, session, sealed);
            let (expected, found) = crcs(sealed)?;
            if expected == found {
                return Ok(Some(Tolerance::STRICT));
            }
            key.apply_session(link.address, control, session, sealed);
            if !is_plain {
                return Err(DecodeErrorKind::Key);
            }
        }
    }
    if is_plain {
        Ok(Some(Tolerance::STRICT))
    } else if session.encryption() == 0 {
        if allowed.contains(Tolerance::CHECKSUM) {
            Ok(Some(Tolerance::CHECKSUM))
        } else {
            Err(DecodeErrorKind::Crc { expected, found })
        }
    } else if allowed.contains(Tolerance::IGNORE_SECURITY) {
        Ok(Some(Tolerance::IGNORE_SECURITY))
    } else {
        Ok(None)
    }
}

/// The CRC of the bytes behind the one that was sent, and that.
fn crcs(sealed: &[u8]) -> Result<(u16, u16), DecodeErrorKind> {
    match sealed.split_first_chunk::<CRC>() {
        Some((&sent, rest)) => Ok((crc(rest), u16::from_le_bytes(sent))),
        None => {
            let needed = u16::try_from(CRC.saturating_sub(sealed.len())).unwrap_or(u16::MAX);
            Err(DecodeErrorKind::Truncated { needed })
        }
    }
}
