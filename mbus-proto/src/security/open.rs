//! From a message as received to its plain text.

use crate::app::extension::after_extension;
use crate::app::{
    ApplicationData, ConfigurationExtension, ControlInformation, Header, SecurityMode,
};
use crate::link::SecondaryAddress;
use crate::security::Keys;
use crate::wireless::{Authentication, AuthenticationLayer};
use crate::{DecodeError, DecodeErrorKind, Tolerance};

/// Plain text begins with two fillers.
pub(crate) const PLAIN: [u8; 2] = [0x2F, 0x2F];
const BLOCK: usize = 16;

/// What the layers below say of a message.
#[derive(Clone, Copy)]
pub(crate) struct Sender {
    /// Of the meter, where the header does not say it.
    pub(crate) address: Option<SecondaryAddress>,
    /// What keys are derived for.
    #[cfg_attr(not(feature = "crypto"), allow(dead_code))]
    pub(crate) is_meter: bool,
}

/// A message whose plain text, if it is to be had, has taken the place of what was sent.
#[derive(Clone, Copy)]
pub(crate) struct Opened {
    pub(crate) ci: ControlInformation,
    pub(crate) header: Header,
    /// Where the plain text begins, or what is encrypted.
    pub(crate) data_at: usize,
    /// How the data is encrypted still.
    pub(crate) encryption: Option<SecurityMode>,
    pub(crate) authentication: Authentication,
    pub(crate) met: Tolerance,
}

/// What keys are derived from.
#[cfg_attr(not(feature = "crypto"), allow(dead_code))]
#[derive(Clone, Copy)]
pub(crate) struct Derivation {
    pub(crate) sender: Sender,
    pub(crate) header: Header,
    pub(crate) extension: Option<ConfigurationExtension>,
    pub(crate) message_counter: Option<u32>,
    /// Whether the address is that of the link, whatever the header says.
    pub(crate) is_of_link: bool,
}

impl Derivation {
    /// The address of the meter.
    pub(crate) fn address(&self) -> Option<SecondaryAddress> {
        let named = self.header.address().filter(|_| !self.is_of_link);
        named.or(self.sender.address)
    }
}

/// Opens the message from its CI field on, which lies `base` bytes after what offsets count from.
pub(crate) fn open(
    message: &mut [u8],
    base: usize,
    sender: Sender,
    layer: Option<&AuthenticationLayer>,
    keys: Keys<'_>,
    allowed: Tolerance,
) -> Result<Opened, DecodeError> {
    let key = keys.aes;
    let (ci, header, after_header) =
        ApplicationData::split_header(message).map_err(|error| moved(error, base))?;
    let data_at = message.len().saturating_sub(after_header.len());
    let mode = header
        .configuration()
        .map_or(SecurityMode::None, |field| field.security_mode());
    let extension = match header.configuration() {
        Some(field) => ConfigurationExtension::parse(field, after_header)
            .map_err(|error| moved(error, base.saturating_add(data_at)))?
            .map(|(extension, _)| extension),
        None => None,
    };
    let data = after_extension(header.configuration(), after_header);
    let plain_at = message.len().saturating_sub(data.len());
    let derivation = Derivation {
        sender,
        header,
        extension,
        message_counter: layer.and_then(|layer| layer.message_counter),
        is_of_link: allowed.contains(Tolerance::LINK_ADDRESS) && sender.address.is_some(),
    };
    // Before the data is changed, over which it goes.
    let is_authentic = match (key, layer) {
        (Some(key), Some(layer)) => key.verify(&derivation, layer, message),
        _ => None,
    };
    let data = message.get_mut(plain_at..).unwrap_or_default();
    let was_sealed = !data.starts_with(&PLAIN);
    let state = decrypt(data, mode, &derivation, keys, allowed)
        .map_err(|kind| DecodeError::new(kind, base.saturating_add(plain_at)))?;
    let mut met = state.met;
    let named = header.address().or(sender.address);
    if key.is_some() && was_sealed && derivation.address() != named {
        let is_opened = state.encryption.is_none()
            && matches!(mode, SecurityMode::AesCbcIv | SecurityMode::AesCbcNoIv);
        met.set(Tolerance::LINK_ADDRESS, is_opened);
    }
    let authentication = match (is_authentic, layer.and_then(|layer| layer.mac)) {
        (Some(true), _) => Authentication::Verified,
        (Some(false), _) if allowed.contains(Tolerance::UNAUTHENTICATED) => {
            met.insert(Tolerance::UNAUTHENTICATED);
            Authentication::Failed
        }
        (Some(false), _) => {
            wipe(message, plain_at);
            return Err(DecodeError::new(DecodeErrorKind::Authentication, base));
        }
        (None, Some(_)) => Authentication::Unchecked,
        (None, None) => Authentication::None,
    };
    // Whoever has a key relies on it, also where the data came as plain text.
    let is_relied_on = key.is_some()
        && state.encryption.is_none()
        && !allowed.contains(Tolerance::IGNORE_SECURITY);
    if is_relied_on && mode == SecurityMode::AesCbcNoIv && is_authentic.is_none() {
        if !allowed.contains(Tolerance::UNAUTHENTICATED) {
            wipe(message, plain_at);
            return Err(DecodeError::new(DecodeErrorKind::Unauthenticated, base));
        }
        met.insert(Tolerance::UNAUTHENTICATED);
    }
    Ok(Opened {
        ci,
        header,
        data_at: if state.encryption.is_some() {
            data_at
        } else {
            plain_at
        },
        encryption: state.encryption,
        authentication,
        met,
    })
}

/// What became of the data.
struct State {
    encryption: Option<SecurityMode>,
    met: Tolerance,
}

impl State {
    const fn plain(met: Tolerance) -> Self {
        Self {
            encryption: None,
            met,
        }
    }
}

/// Decrypts the data in place if it is encrypted and the key allows it.
fn decrypt(
    data: &mut [u8],
    mode: SecurityMode,
    derivation: &Derivation,
    keys: Keys<'_>,
    allowed: Tolerance,
) -> Result<State, DecodeErrorKind> {
    let key = keys.aes;
    let looks_plain = data.is_empty() || data.starts_with(&PLAIN);
    if mode == SecurityMode::None {
        let forced = allowed.contains(Tolerance::FORCE_DECRYPTION) && !looks_plain;
        return Ok(match (key, vector(SecurityMode::AesCbcIv, derivation)) {
            (Some(key), Some(iv)) if forced && key.open_blocks(iv, data) => {
                State::plain(Tolerance::FORCE_DECRYPTION)
            }
            _ => State::plain(Tolerance::STRICT),
        });
    }
    let bridged = crate::telegram::bridged_security(mode, allowed);
    if !bridged.is_empty() {
        let met = if looks_plain {
            Tolerance::STRICT
        } else {
            bridged
        };
        return Ok(State::plain(met));
    }
    let derived = key.and_then(|key| match mode {
        SecurityMode::AesCbcIv => Some(key.clone()),
        SecurityMode::AesCbcNoIv => key.for_data(derivation),
        _ => None,
    });
    if let (Some(key), Some(iv)) = (derived, vector(mode, derivation)) {
        let opens = encrypted(data, derivation).map(|part| key.open_blocks(iv, part));
        return opened(opens, looks_plain);
    }
    if mode == SecurityMode::DesCbc && keys.has_des() {
        let opens = encrypted(data, derivation).map(|part| keys.open_des(part));
        return opened(opens, looks_plain);
    }
    Ok(State {
        encryption: (!looks_plain).then_some(mode),
        met: Tolerance::STRICT,
    })
}

/// The part of the data that is encrypted, as far as the header says.
fn encrypted<'d>(
    data: &'d mut [u8],
    derivation: &Derivation,
) -> Result<&'d mut [u8], DecodeErrorKind> {
    let configuration = derivation.header.configuration();
    let bytes = configuration.and_then(|field| field.encrypted_bytes());
    // Some meters send 0 and encrypt all.
    let len = match usize::from(bytes.unwrap_or_default()) {
        0 => data.len(),
        len => len,
    };
    let missing = len.saturating_sub(data.len());
    data.get_mut(..len).ok_or(DecodeErrorKind::Truncated {
        needed: u16::try_from(missing).unwrap_or(u16::MAX),
    })
}

/// What a try to decrypt came to, where data that begins like plain text may be that.
fn opened(
    opens: Result<bool, DecodeErrorKind>,
    looks_plain: bool,
) -> Result<State, DecodeErrorKind> {
    match opens {
        Ok(true) => Ok(State::plain(Tolerance::STRICT)),
        _ if looks_plain => Ok(State::plain(Tolerance::STRICT)),
        Ok(false) => Err(DecodeErrorKind::Key),
        Err(kind) => Err(kind),
    }
}

/// The initialization vector (EN 13757-7): of mode 5, the address of the meter and eight times the
/// access number.
pub(crate) fn vector(mode: SecurityMode, derivation: &Derivation) -> Option<[u8; BLOCK]> {
    if mode == SecurityMode::AesCbcNoIv {
        return Some([0; BLOCK]);
    }
    let address = derivation.address()?;
    let n = derivation.header.access_number()?;
    let [a, b, c, d, e, f, g, h] = address.to_link_bytes();
    Some([a, b, c, d, e, f, g, h, n, n, n, n, n, n, n, n])
}

/// Leaves nothing of a message behind that nobody stands for.
fn wipe(message: &mut [u8], at: usize) {
    message.get_mut(at..).unwrap_or_default().fill(0);
}

fn moved(error: DecodeError, base: usize) -> DecodeError {
    DecodeError::new(error.kind, error.offset.saturating_add(base))
}
