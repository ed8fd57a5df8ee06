//! Keys at work: the other half of opening a message, and its encryption.

use crate::EncodeError;
use crate::app::{ApplicationData, CiDirection, ConfigurationExtension, Header, SecurityMode};
use crate::link::{Identification, SecondaryAddress};
use crate::security::cipher;
use crate::security::open::{Derivation, PLAIN, Sender, vector};
use crate::security::{DerivedKey, Key};
use crate::wireless::{AuthenticationLayer, CommunicationControl, Mac, SessionNumber, fill};

impl Key {
    /// The key that encrypts the data of a message in security mode 7.
    pub(crate) fn for_data(&self, derivation: &Derivation) -> Option<Self> {
        let purpose = if derivation.sender.is_meter {
            DerivedKey::MeterEncryption
        } else {
            DerivedKey::MasterEncryption
        };
        let selection = derivation
            .extension
            .map(|extension| extension.key_derivation);
        self.selected(selection?, purpose, derivation)
    }

    /// The key that authenticates a message.
    fn for_mac(&self, derivation: &Derivation, layer: &AuthenticationLayer) -> Option<Self> {
        let purpose = if derivation.sender.is_meter {
            DerivedKey::MeterAuthentication
        } else {
            DerivedKey::MasterAuthentication
        };
        let selection = match (layer.key_information, derivation.extension) {
            (Some(information), _) => information.key_derivation(),
            (None, Some(extension)) => extension.key_derivation,
            (None, None) if layer.message_counter.is_some() => ConfigurationExtension::KDF_A,
            (None, None) => ConfigurationExtension::PERSISTENT_KEY,
        };
        self.selected(selection, purpose, derivation)
    }

    fn selected(&self, selection: u8, purpose: DerivedKey, from: &Derivation) -> Option<Self> {
        match selection {
            ConfigurationExtension::PERSISTENT_KEY => Some(self.clone()),
            ConfigurationExtension::KDF_A => {
                let own = from.extension.and_then(|extension| extension.counter);
                let counter = own.or(from.message_counter)?;
                Some(self.derive(purpose, counter, identification(from)?))
            }
            _ => None,
        }
    }

    /// Decrypts whole blocks in place, if plain text comes out.
    pub(crate) fn open_blocks(&self, iv: [u8; 16], data: &mut [u8]) -> bool {
        cipher::open_cbc(self, iv, &PLAIN, data)
    }

    /// Encrypts or decrypts, in place, what follows an extended link layer with a session.
    pub(crate) fn apply_session(
        &self,
        link: SecondaryAddress,
        control: u8,
        session: SessionNumber,
        data: &mut [u8],
    ) {
        cipher::apply_ctr(self, session_block(link, control, session), data);
    }

    /// Whether a message is what its authentication code was made of; `None` if that cannot be
    /// told.
    pub(crate) fn verify(
        &self,
        derivation: &Derivation,
        layer: &AuthenticationLayer,
        message: &[u8],
    ) -> Option<bool> {
        let mac = layer.mac?;
        let control = layer.message_control?;
        if !control.authentication().is_cmac() {
            return None;
        }
        let key = self.for_mac(derivation, layer)?;
        let is_whole = layer
            .message_length
            .is_none_or(|length| usize::from(length) == message.len());
        Some(
            is_whole
                && with_parts(layer, message, |parts| {
                    cipher::is_cmac(&key, parts, mac.as_bytes())
                }),
        )
    }

    /// The authentication code of a message, `len` bytes of it.
    fn authenticate(
        &self,
        derivation: &Derivation,
        layer: &AuthenticationLayer,
        message: &[u8],
        len: usize,
    ) -> Option<Mac> {
        let key = self.for_mac(derivation, layer)?;
        let mac = with_parts(layer, message, |parts| cipher::cmac(&key, parts));
        Mac::new(mac.get(..len)?)
    }
}

/// Hands over what an authentication code is made of.
fn with_parts<T>(
    layer: &AuthenticationLayer,
    message: &[u8],
    hand_over: impl FnOnce(&[&[u8]]) -> T,
) -> T {
    let control = layer.message_control.map(|control| [control.code()]);
    let information = layer.key_information.map(|it| it.code().to_le_bytes());
    let counter = layer.message_counter.map(u32::to_le_bytes);
    let length = layer.message_length.map(u16::to_le_bytes);
    hand_over(&[
        control.as_ref().map_or(&[], |bytes| &bytes[..]),
        information.as_ref().map_or(&[], |bytes| &bytes[..]),
        counter.as_ref().map_or(&[], |bytes| &bytes[..]),
        length.as_ref().map_or(&[], |bytes| &bytes[..]),
        message,
    ])
}

fn identification(from: &Derivation) -> Option<Identification> {
    Some(from.address()?.identification)
}

/// The initial counter block of an extended link layer (EN 13757-4): the link address, the control
/// field without the bits that a repeater changes, the session number.
fn session_block(link: SecondaryAddress, control: u8, session: SessionNumber) -> [u8; 16] {
    let [a, b, c, d, e, f, g, h] = link.to_link_bytes();
    let changing = CommunicationControl::HOP_COUNT.union(CommunicationControl::REPEATED);
    let control = control & !changing.bits();
    let [s, t, u, v] = session.code().to_le_bytes();
    [a, b, c, d, e, f, g, h, control, s, t, u, v, 0, 0, 0]
}

impl ApplicationData<'_> {
    /// Writes the data with its records encrypted, from the CI field on, to the front of `out`, and
    /// returns its length: what [`Frame::new`](crate::Frame::new) takes.
    ///
    /// The records are put behind the mark of plain text (2Fh 2Fh) and filled up to whole blocks; the
    /// header says how many there are. `extension` is for security mode 7, where keys are derived
    /// from its counter. A header of 12 bytes names the meter; under one of 4 bytes, `meter` has to.
    ///
    /// [`RadioBuilder`](crate::wireless::RadioBuilder) does the same for radio.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Security`] if the header names no security mode that is built, or what it
    /// needs is missing; [`EncodeError::Payload`] if the data takes more than 15 blocks, or more
    /// than `out`; [`EncodeError::Value`] and [`EncodeError::NoCi`].
    pub fn encrypt_into(
        &self,
        key: &Key,
        extension: Option<ConfigurationExtension>,
        meter: Option<SecondaryAddress>,
        out: &mut [u8],
    ) -> Result<usize, EncodeError> {
        let direction = self.ci()?.direction();
        let plan = Plan {
            key,
            sender: Sender {
                address: meter,
                is_meter: direction != CiDirection::ToDevice,
            },
            header: self.header(),
            extension,
        };
        plan.seal(self, None, out)
    }
}

const BLOCK: usize = 16;
/// The most blocks that a configuration field can name.
const MAX_BLOCKS: u8 = 15;
/// Header and data of a message that is encrypted in whole.
const MAX_BODY: usize = 256;
const FILLERS: [u8; BLOCK] = [0x2F; BLOCK];
/// Z in the more significant byte of the configuration field.
const COUNTER: u8 = 0x20;

fn too_long(data: &ApplicationData<'_>) -> EncodeError {
    EncodeError::Payload {
        found: data.encoded_len(),
        limit: MAX_BODY.saturating_sub(BLOCK).saturating_sub(PLAIN.len()),
    }
}

/// How a message is encrypted and authenticated.
#[derive(Clone, Copy)]
pub(crate) struct Plan<'k> {
    pub(crate) key: &'k Key,
    pub(crate) sender: Sender,
    pub(crate) header: Header,
    pub(crate) extension: Option<ConfigurationExtension>,
}

impl Plan<'_> {
    /// Writes a message from its CI field on, with its data encrypted, and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Payload`] if the data takes more than 15 blocks or `out` has no room;
    /// [`EncodeError::Security`] in modes that are only named, or where the address, the access
    /// number or the counter is missing.
    pub(crate) fn seal(
        &self,
        data: &ApplicationData<'_>,
        layer: Option<&AuthenticationLayer>,
        out: &mut [u8],
    ) -> Result<usize, EncodeError> {
        let configuration = self.header.configuration().unwrap_or_default();
        let mode = configuration.security_mode();
        let mut body = [0; MAX_BODY];
        let body_len = data.encode_into(&mut body).map_err(|_| too_long(data))?;
        let body = body.get_mut(..body_len).unwrap_or_default();
        let header_len = self.header.encoded_len().saturating_add(1);
        let data_len = body_len
            .saturating_sub(header_len)
            .saturating_add(PLAIN.len());
        let blocks = u8::try_from(data_len.div_ceil(BLOCK)).unwrap_or(u8::MAX);
        if blocks > MAX_BLOCKS {
            return Err(too_long(data));
        }
        let mut extension = [0; ConfigurationExtension::MAX_LENGTH];
        let extension_len = match &self.extension {
            Some(it) if mode == SecurityMode::AesCbcNoIv => it.encode_into(&mut extension)?,
            _ => 0,
        };
        let has_counter = self.extension.is_some_and(|it| it.counter.is_some());
        // The configuration field is the end of the header.
        let field_at = header_len.saturating_sub(2);
        if let Some([low, high, ..]) = body.get_mut(field_at..) {
            *low = blocks << 4 | *low & 0x0F;
            if mode == SecurityMode::AesCbcNoIv {
                *high = if has_counter {
                    *high | COUNTER
                } else {
                    *high & !COUNTER
                };
            }
        }
        let (header, records) = body.split_at_checked(header_len).unwrap_or((body, &[]));
        let fillers = usize::from(blocks)
            .saturating_mul(BLOCK)
            .saturating_sub(data_len);
        let extension = extension.get(..extension_len).unwrap_or_default();
        let parts = [
            header,
            extension,
            &PLAIN,
            records,
            FILLERS.get(..fillers).unwrap_or_default(),
        ];
        let len = fill(out, &parts)?;
        let sealed_at = header.len().saturating_add(extension.len());
        let sealed = out.get_mut(sealed_at..len).unwrap_or_default();
        self.encrypt(mode, layer, sealed)?;
        Ok(len)
    }

    /// Encrypts the blocks of a message in place.
    fn encrypt(
        &self,
        mode: SecurityMode,
        layer: Option<&AuthenticationLayer>,
        blocks: &mut [u8],
    ) -> Result<(), EncodeError> {
        let derivation = self.derivation(layer);
        let key = match mode {
            SecurityMode::AesCbcIv => Some(self.key.clone()),
            SecurityMode::AesCbcNoIv => self.key.for_data(&derivation),
            _ => None,
        };
        let (Some(key), Some(iv)) = (key, vector(mode, &derivation)) else {
            return Err(EncodeError::Security);
        };
        cipher::encrypt_cbc(&key, iv, blocks);
        Ok(())
    }

    /// The authentication code that the layer announces.
    pub(crate) fn authenticate(
        &self,
        layer: &AuthenticationLayer,
        message: &[u8],
    ) -> Result<Mac, EncodeError> {
        let authentication = layer.message_control.map(|it| it.authentication());
        let len = authentication
            .filter(|authentication| authentication.is_cmac())
            .and_then(|authentication| authentication.mac_len())
            .ok_or(EncodeError::Security)?;
        let derivation = self.derivation(Some(layer));
        self.key
            .authenticate(&derivation, layer, message, len)
            .ok_or(EncodeError::Security)
    }

    fn derivation(&self, layer: Option<&AuthenticationLayer>) -> Derivation {
        Derivation {
            sender: self.sender,
            header: self.header,
            extension: self.extension,
            message_counter: layer.and_then(|layer| layer.message_counter),
            is_of_link: false,
        }
    }
}
