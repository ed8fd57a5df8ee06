//! Keys and what is done with them: decryption, encryption, authentication (feature `crypto`).
//!
//! A [`Key`] is given to a [`Reader`](crate::wireless::Reader) for radio telegrams, or to
//! [`Telegram::decrypt`](crate::Telegram::decrypt) for wired ones, and to a
//! [`RadioBuilder`](crate::wireless::RadioBuilder) to encrypt. What it can do:
//!
//! | | |
//! |---|---|
//! | security mode 2 | DES-CBC, initialization vector 0, with a [`DesKey`]; not built |
//! | security mode 5 | AES-128-CBC, initialization vector from address and access number |
//! | security mode 7 | AES-128-CBC with a key derived from a message counter (function A) |
//! | extended link layer | AES-128-CTR with the session number |
//! | authentication | AES-CMAC-128 of 2 to 16 bytes in the authentication and fragmentation layer |
//!
//! Messages in other modes are handed out as they are, under the name of their
//! [`SecurityMode`](crate::app::SecurityMode).
//!
#![cfg_attr(
    feature = "crypto",
    doc = "
```
use mbus_proto::DecodeErrorKind;
use mbus_proto::security::Key;
use mbus_proto::wireless::{Buffer, Encryption, Reader};

let bytes = [
    0x2E, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, // water meter
    0x7A, 0x2A, 0x00, 0x20, 0x05, // short header: mode 5, two blocks
    0x5C, 0x18, 0x27, 0x4C, 0x22, 0xD0, 0xC0, 0xF2, 0x37, 0x04, 0xF1, 0x94, 0x31, 0x1C, 0xD4, 0x40,
    0x68, 0xEE, 0x8A, 0xAA, 0xE3, 0x7D, 0x12, 0x37, 0x0B, 0x66, 0x38, 0xC1, 0x6E, 0x3B, 0x83, 0xC0,
];
let mut buffer = Buffer::new();
// Without key: who it is, and that its data is encrypted.
let telegram = Reader::new().read(&bytes, &mut buffer)?;
assert_eq!(telegram.meter().to_string(), \"12345678.PAD.01.07\");
assert!(matches!(telegram.encryption(), Some(Encryption::Message(_))));
assert_eq!(telegram.readings().count(), 0);

let key: Key = \"000102030405060708090A0B0C0D0E0F\".parse()?;
let telegram = Reader::new().with_key(key).read(&bytes, &mut buffer)?;
assert_eq!(telegram.encryption(), None);
let volume = telegram.readings().next().ok_or(\"no reading\")??;
assert_eq!(format!(\"{} {}\", volume.value, volume.unit), \"2850.427 m³\");

let wrong = Reader::new().with_key(Key::new([0; 16])).read(&bytes, &mut buffer);
assert_eq!(wrong.map_err(|error| error.kind), Err(DecodeErrorKind::Key));
# Ok::<(), Box<dyn core::error::Error>>(())
```
"
)]
//!
//! # What is checked
//!
//! - In modes 2, 5 and 7, plain text begins with 2Fh 2Fh; in an extended link layer it has a CRC. If
//!   that does not come out, the error is [`DecodeErrorKind::Key`](crate::DecodeErrorKind::Key)
//!   and nothing of the data is handed out. These marks have 16 bits: of 65 536 wrong keys, one
//!   passes. Only an authentication code excludes that.
//! - In mode 5 the mark lies where the vector has the manufacturer. If the rest of the address is not
//!   the one that the meter encrypts with, the first block comes out wrong behind the mark.
//! - A header that names a mode and no encrypted blocks is taken for one of a meter that encrypts all:
//!   without key, or with one that does not fit, its data is not read as plain.
//! - An authentication code that is there and can be checked has to be right. In mode 7 there has to
//!   be one as soon as there is a key. Plain text that fails this is overwritten.
//! - Codes are compared in constant time. Keys are not shown by `Debug` and are overwritten when
//!   they are dropped.
//!
//! A header without encryption is believed, key or not: what a meter's telegrams have to be is for the
//! caller to say, with [`RadioTelegram::authentication`] and [`RadioTelegram::header`] at hand.
//!
//! [`RadioTelegram::authentication`]: crate::wireless::RadioTelegram::authentication
//! [`RadioTelegram::header`]: crate::wireless::RadioTelegram::header
//!
//! Four settings go against what a header says, and are off by default:
//! [`Tolerance::FORCE_DECRYPTION`](crate::Tolerance::FORCE_DECRYPTION),
//! [`Tolerance::IGNORE_SECURITY`](crate::Tolerance::IGNORE_SECURITY),
//! [`Tolerance::LINK_ADDRESS`](crate::Tolerance::LINK_ADDRESS) and
//! [`Tolerance::UNAUTHENTICATED`](crate::Tolerance::UNAUTHENTICATED).

#[cfg(feature = "crypto")]
mod cipher;
#[cfg(feature = "crypto")]
mod des_key;
#[cfg(feature = "crypto")]
mod key;
mod open;
#[cfg(feature = "crypto")]
mod seal;
#[cfg(feature = "crypto")]
mod secret;

#[cfg(feature = "crypto")]
pub use des_key::DesKey;
#[cfg(feature = "crypto")]
pub use key::{DerivedKey, Key, KeyTextError};
pub(crate) use open::{Opened, PLAIN, Sender, open};
#[cfg(feature = "crypto")]
pub(crate) use seal::Plan;

/// The keys that a message may be opened with.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Keys<'k> {
    pub(crate) aes: Option<&'k Key>,
    #[cfg(feature = "crypto")]
    pub(crate) des: Option<&'k DesKey>,
}

#[cfg(feature = "crypto")]
impl Keys<'_> {
    pub(crate) const fn has_des(self) -> bool {
        self.des.is_some()
    }

    /// Decrypts in place, if there is a key and plain text comes out.
    pub(crate) fn open_des(self, data: &mut [u8]) -> bool {
        self.des
            .is_some_and(|key| cipher::open_des(key, &PLAIN, data))
    }
}

#[cfg(not(feature = "crypto"))]
impl Keys<'_> {
    pub(crate) const fn has_des(self) -> bool {
        false
    }

    pub(crate) fn open_des(self, _: &mut [u8]) -> bool {
        false
    }
}

/// What stands in for a key where there is none to have.
#[cfg(not(feature = "crypto"))]
#[derive(Clone, Debug)]
pub(crate) enum Key {}

#[cfg(not(feature = "crypto"))]
mod never {
    use super::Key;
    use crate::link::SecondaryAddress;
    use crate::security::open::Derivation;
    use crate::wireless::{AuthenticationLayer, SessionNumber};

    impl Key {
        pub(crate) fn for_data(&self, _: &Derivation) -> Option<Self> {
            match *self {}
        }

        pub(crate) fn open_blocks(&self, _: [u8; 16], _: &mut [u8]) -> bool {
            match *self {}
        }

        pub(crate) fn apply_session(
            &self,
            _: SecondaryAddress,
            _: u8,
            _: SessionNumber,
            _: &mut [u8],
        ) {
            match *self {}
        }

        pub(crate) fn verify(
            &self,
            _: &Derivation,
            _: &AuthenticationLayer,
            _: &[u8],
        ) -> Option<bool> {
            match *self {}
        }
    }
}
