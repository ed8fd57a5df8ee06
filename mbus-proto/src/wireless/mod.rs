//! Telegrams by radio (EN 13757-4): frames, the layers in them, compact frames.
//!
//! [`Reader`] does all of it at once, from the bytes of a receiver to a [`RadioTelegram`] with its
//! readings.

mod afl;
mod build;
mod compact;
pub(crate) mod crc;
mod ell;
mod format;
mod fragments;
mod frame;
mod layers;
mod reader;
mod telegram;

pub use afl::{
    AuthenticationLayer, AuthenticationType, Fragment, KeyInformation, Mac, MessageControl,
};
pub use build::RadioBuilder;
#[cfg(feature = "crypto")]
pub(crate) use build::fill;
pub use compact::{FormatCache, compact_frame};
pub use ell::{CommunicationControl, ExtendedLink, ResponseDelay, SessionNumber};
pub use format::Format;
pub use fragments::{Progress, Reassembly};
pub use frame::RadioFrame;
pub use reader::{Buffer, Reader};
pub use telegram::{Authentication, Encryption, RadioTelegram};
