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
