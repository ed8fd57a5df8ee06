//! Scans: the sweep over primary addresses, and the search for secondary ones.

mod path;
mod primary;
mod search;
mod tree;

pub(super) use primary::PrimaryScan;
pub(super) use search::Search;
pub use tree::{Direction, telegram_bound};

use crate::app::ApplicationData;
use crate::link::{Identification, PrimaryAddress, SecondaryAddress, SecondaryAddressMask};
use crate::{Telegram, Tolerance};

/// What an answer says about who sent it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    primary: PrimaryAddress,
    secondary: Option<SecondaryAddress>,
    /// Also in the fixed data structure, which has no complete address.
    identification: Option<Identification>,
}

impl Identity {
    /// What tells it from others.
    fn key(&self) -> [u8; 8] {
        match (self.secondary, self.identification) {
            (Some(address), _) => address.to_bytes(),
            (None, Some(number)) => SecondaryAddressMask::identification(number).to_bytes(),
            (None, None) => [0xFF; 8],
        }
    }

    fn of(bytes: &[u8], tolerance: Tolerance) -> Self {
        let Ok(telegram) = Telegram::parse_with(bytes, tolerance.union(Tolerance::NOISE)) else {
            return Self {
                primary: PrimaryAddress::SELECTED,
                secondary: None,
                identification: None,
            };
        };
        let frame = telegram.frame();
        let secondary = telegram.header().address();
        let identification = match telegram.application() {
            Some(ApplicationData::Fixed(data)) => Some(data.identification()),
            _ => secondary.map(|address| address.identification),
        };
        Self {
            primary: frame.address().unwrap_or(PrimaryAddress::SELECTED),
            secondary,
            identification,
        }
    }
}
