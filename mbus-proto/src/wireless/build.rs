//! Radio frames from what they say.

use crate::EncodeError;
use crate::app::{ApplicationData, ConfigurationExtension, Header, SecurityMode};
use crate::link::{ControlField, SecondaryAddress};
#[cfg(feature = "crypto")]
use crate::security::{Key, Plan};
use crate::wireless::crc::crc;
use crate::wireless::frame::MAX_FRAME;
#[cfg(feature = "crypto")]
use crate::wireless::layers::Link;
use crate::wireless::{AuthenticationLayer, ExtendedLink, Format, Fragment, RadioFrame};

/// The longest message that is built.
const MAX_MESSAGE: usize = 512;

/// Builds the radio frames of one device: its layers around application data.
///
#[cfg_attr(
    feature = "crypto",
    doc = "
```
use mbus_proto::app::{ApplicationData, Configuration, Header, ShortHeader, Status, UserData};
use mbus_proto::link::ControlField;
use mbus_proto::security::Key;
use mbus_proto::wireless::{Buffer, Format, RadioBuilder, Reader};

let header = Header::Short(ShortHeader {
    access_number: 0x2A,
    status: Status::empty(),
    configuration: Configuration::from_code(0x0500), // mode 5
});
let records = [0x0C, 0x13, 0x27, 0x04, 0x85, 0x02];
let data = ApplicationData::Response { header, data: UserData::new(&records) };
let key = Key::new([7; 16]);
let mut out = [0; Format::MAX_LENGTH];
let len = RadioBuilder::new(ControlField::from_code(0x44), \"12345678.PAD.01.07\".parse()?)
    .with_key(key.clone())
    .encode_into(&data, Format::A, &mut out)?;

let mut buffer = Buffer::new();
let telegram = Reader::new().with_key(key).read(&out[..len], &mut buffer)?;
let volume = telegram.readings().next().ok_or(\"no reading\")??;
assert_eq!(format!(\"{} {}\", volume.value, volume.unit), \"2850.427 m³\");
# Ok::<(), Box<dyn core::error::Error>>(())
```
"
)]
#[derive(Clone, Debug)]
pub struct RadioBuilder {
    control: ControlField,
    address: SecondaryAddress,
    extended: Option<ExtendedLink>,
    layer: Option<AuthenticationLayer>,
    extension: Option<ConfigurationExtension>,
    #[cfg(feature = "crypto")]
    key: Option<Key>,
}

impl RadioBuilder {
    /// Frames of the device with this address, without further layers.
    #[must_use]
    pub const fn new(control: ControlField, address: SecondaryAddress) -> Self {
        Self {
            control,
            address,
            extended: None,
            layer: None,
            extension: None,
            #[cfg(feature = "crypto")]
            key: None,
        }
    }

    /// Adds an extended link layer; with a session of [AES-CTR](crate::wireless::SessionNumber), what
    /// follows it is encrypted.
    #[must_use]
    pub fn with_extended_link(mut self, extended: ExtendedLink) -> Self {
        self.extended = Some(extended);
        self
    }

    /// Adds an authentication and fragmentation layer.
    ///
    /// Where its message control field announces them, the authentication code is made with the key,
    /// and the length of the message is filled in.
    #[must_use]
    pub fn with_authentication_layer(mut self, layer: AuthenticationLayer) -> Self {
        self.layer = Some(layer);
        self
    }

    /// Says what follows the header in security mode 7; otherwise that is key derivation function A
    /// with the counter of the authentication layer.
    #[must_use]
    pub const fn with_extension(mut self, extension: ConfigurationExtension) -> Self {
        self.extension = Some(extension);
        self
    }

    /// Encrypts and authenticates with this key.
    ///
    /// In security modes 5 and 7 the data of the message is put behind the mark of plain text, filled
    /// up to whole blocks and encrypted, and the header says how many blocks there are. Without key,
    /// the data goes out as it is.
    #[cfg(feature = "crypto")]
    #[must_use]
    pub fn with_key(mut self, key: Key) -> Self {
        self.key = Some(key);
        self
    }

    /// Writes the frame with this application data to the front of `out` and returns its length.
    ///
    /// # Errors
    ///
    /// [`EncodeError::Payload`] if it does not fit into one frame; [`EncodeError::Security`] if it
    /// cannot be encrypted or authenticated as asked; [`EncodeError::NoCi`]; and
    /// [`EncodeError::Buffer`] if `out` is too short.
    pub fn encode_into(
        &self,
        data: &ApplicationData<'_>,
        format: Format,
        out: &mut [u8],
    ) -> Result<usize, EncodeError> {
        let mut message = [0; MAX_MESSAGE];
        let (len, layer) = self.message(data, &mut message)?;
        let message = message.get(..len).unwrap_or_default();
        self.frame(layer.as_ref(), message, format, out)
    }

    /// Appends the frame with this application data to `out`, which has to have or make room for
    /// [`Format::MAX_LENGTH`] bytes at most.
    ///
    /// # Errors
    ///
    /// Those of [`encode_into`](Self::encode_into) but [`EncodeError::Buffer`].
    #[cfg(feature = "alloc")]
    pub fn encode(
        &self,
        data: &ApplicationData<'_>,
        format: Format,
        out: &mut impl bytes::BufMut,
    ) -> Result<(), EncodeError> {
        let mut frame = [0; Format::MAX_LENGTH];
        let len = self.encode_into(data, format, &mut frame)?;
        out.put_slice(frame.get(..len).unwrap_or_default());
        Ok(())
    }

    /// Writes the message with this application data in pieces of at most `size` bytes: each frame
    /// goes to the front of `out`, and its length to `send`.
    ///
    /// The first piece has all fields of the authentication layer but the code, which the last has.
    ///
    /// # Errors
    ///
    /// Those of [`encode_into`](Self::encode_into), and [`EncodeError::Value`] if `size` is 0 or
    /// there are more than 255 pieces.
    pub fn encode_pieces(
        &self,
        data: &ApplicationData<'_>,
        size: usize,
        format: Format,
        out: &mut [u8],
        mut send: impl FnMut(&[u8]),
    ) -> Result<(), EncodeError> {
        let mut message = [0; MAX_MESSAGE];
        let (len, layer) = self.message(data, &mut message)?;
        let layer = layer.unwrap_or_default();
        let mut rest = message.get(..len).unwrap_or_default();
        if size == 0 {
            return Err(EncodeError::Value);
        }
        let mut number: u8 = 0;
        while !rest.is_empty() {
            let (piece, after) = rest.split_at_checked(size).unwrap_or((rest, &[]));
            let is_first = number == 0;
            number = number.checked_add(1).ok_or(EncodeError::Value)?;
            rest = after;
            let own = if is_first {
                AuthenticationLayer { mac: None, ..layer }
            } else {
                AuthenticationLayer::default()
            };
            let own = AuthenticationLayer {
                fragment: Fragment {
                    number,
                    more: !rest.is_empty(),
                    reserved: layer.fragment.reserved,
                },
                mac: if rest.is_empty() { layer.mac } else { None },
                ..own
            };
            let len = self.frame(Some(&own), piece, format, out)?;
            send(out.get(..len).unwrap_or_default());
        }
        Ok(())
    }

    /// Writes the message from its CI field on, and returns its length and the layer that goes
    /// before it.
    fn message(
        &self,
        data: &ApplicationData<'_>,
        out: &mut [u8; MAX_MESSAGE],
    ) -> Result<(usize, Option<AuthenticationLayer>), EncodeError> {
        let sealed = self.seal(data, out);
        #[cfg(feature = "crypto")]
        let (len, plan) = sealed?;
        #[cfg(not(feature = "crypto"))]
        let len = sealed?;
        let mut layer = self.layer;
        if let Some(layer) = &mut layer {
            let announced = layer.message_control.is_some_and(|it| it.has_length());
            if announced && layer.message_length.is_none() {
                layer.message_length = u16::try_from(len).ok();
            }
            #[cfg(feature = "crypto")]
            if let Some(plan) = plan {
                let authentication = layer.message_control.map(|it| it.authentication());
                if authentication.is_some_and(|it| it.mac_len() != Some(0)) {
                    let message = out.get(..len).unwrap_or_default();
                    layer.mac = Some(plan.authenticate(layer, message)?);
                }
            }
        }
        Ok((len, layer))
    }

    #[cfg(feature = "crypto")]
    fn seal(
        &self,
        data: &ApplicationData<'_>,
        out: &mut [u8; MAX_MESSAGE],
    ) -> Result<(usize, Option<Plan<'_>>), EncodeError> {
        let link = Link {
            control: self.control,
            address: self.address,
        };
        let header = data.header();
        let plan = self.key.as_ref().map(|key| Plan {
            key,
            sender: link.sender(),
            header,
            extension: self.extension(header),
        });
        match plan {
            Some(plan) if header.is_encrypted() => {
                let len = plan.seal(data, self.layer.as_ref(), out)?;
                Ok((len, Some(plan)))
            }
            plan => Ok((self.plain(data, out)?, plan)),
        }
    }

    #[cfg(not(feature = "crypto"))]
    fn seal(
        &self,
        data: &ApplicationData<'_>,
        out: &mut [u8; MAX_MESSAGE],
    ) -> Result<usize, EncodeError> {
        self.plain(data, out)
    }

    /// Writes the message as it is.
    fn plain(
        &self,
        data: &ApplicationData<'_>,
        out: &mut [u8; MAX_MESSAGE],
    ) -> Result<usize, EncodeError> {
        let header = data.header();
        let mut body = [0; MAX_MESSAGE];
        let len = data.encode_into(&mut body).map_err(too_long)?;
        let header_len = header.encoded_len().saturating_add(1);
        let mut extension = [0; ConfigurationExtension::MAX_LENGTH];
        // Without key the data has its own, if it is encrypted at all.
        let extension_len = match self.extension {
            Some(it) if self.extension(header).is_some() => it.encode_into(&mut extension)?,
            _ => 0,
        };
        let body = body.get(..len).unwrap_or_default();
        let (header, data) = body.split_at_checked(header_len).unwrap_or((body, &[]));
        let extension = extension.get(..extension_len).unwrap_or_default();
        fill(out, &[header, extension, data])
    }

    /// What follows this header.
    fn extension(&self, header: Header) -> Option<ConfigurationExtension> {
        let mode = header.configuration()?.security_mode();
        (mode == SecurityMode::AesCbcNoIv).then(|| {
            self.extension.unwrap_or(ConfigurationExtension {
                key_derivation: ConfigurationExtension::KDF_A,
                ..ConfigurationExtension::default()
            })
        })
    }

    /// Writes a frame with this message, or a piece of one.
    fn frame(
        &self,
        layer: Option<&AuthenticationLayer>,
        message: &[u8],
        format: Format,
        out: &mut [u8],
    ) -> Result<usize, EncodeError> {
        let mut head = [0; ExtendedLink::MAX_LENGTH + 2];
        let mut head_len = 0;
        let mut sealed_at = None;
        if let Some(extended) = &self.extended {
            head_len = extended.encode_into(&mut head)?;
            if extended.session.is_some() {
                sealed_at = Some(head_len);
                head_len = head_len.saturating_add(2);
            }
        }
        let mut middle = [0; AuthenticationLayer::MAX_LENGTH];
        let middle_len = match layer {
            Some(layer) => layer.encode_into(&mut middle)?,
            None => 0,
        };
        let mut payload = [0; MAX_FRAME];
        let parts = [
            head.get(..head_len).unwrap_or_default(),
            middle.get(..middle_len).unwrap_or_default(),
            message,
        ];
        let len = fill(&mut payload, &parts)?;
        let payload = payload.get_mut(..len).unwrap_or_default();
        if let Some(at) = sealed_at {
            let sealed = payload.get_mut(at..).unwrap_or_default();
            if let Some((place, rest)) = sealed.split_first_chunk_mut::<2>() {
                *place = crc(rest).to_le_bytes();
            }
            self.seal_session(sealed)?;
        }
        RadioFrame::new(self.control, self.address, payload)?.encode_into(format, out)
    }

    /// Encrypts what follows the extended link layer.
    fn seal_session(&self, sealed: &mut [u8]) -> Result<(), EncodeError> {
        let extended = self.extended.as_ref();
        let session = extended.and_then(|it| Some((it.control.bits(), it.session?)));
        let Some((control, session)) = session.filter(|(_, it)| it.encryption() != 0) else {
            return Ok(());
        };
        #[cfg(feature = "crypto")]
        if let (Some(key), crate::wireless::SessionNumber::AES_CTR) =
            (&self.key, session.encryption())
        {
            key.apply_session(self.address, control, session, sealed);
            return Ok(());
        }
        let _ = (control, session, sealed);
        Err(EncodeError::Security)
    }
}

/// Writes parts one after the other.
pub(crate) fn fill(out: &mut [u8], parts: &[&[u8]]) -> Result<usize, EncodeError> {
    let len = parts
        .iter()
        .fold(0_usize, |len, part| len.saturating_add(part.len()));
    let limit = out.len();
    let Some(place) = out.get_mut(..len) else {
        return Err(EncodeError::Payload { found: len, limit });
    };
    let bytes = parts.iter().flat_map(|part| part.iter());
    for (to, from) in place.iter_mut().zip(bytes) {
        *to = *from;
    }
    Ok(len)
}

/// The buffer is ours: it is the data that is at fault.
fn too_long(error: EncodeError) -> EncodeError {
    match error {
        EncodeError::Buffer { needed } => EncodeError::Payload {
            found: needed,
            limit: MAX_MESSAGE,
        },
        error => error,
    }
}
