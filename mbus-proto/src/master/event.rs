//! What a master hands out, and why it refuses.

use crate::DecodeError;
use crate::app::ApplicationError;
use crate::link::{Identification, PrimaryAddress, SecondaryAddress, SecondaryAddressMask};

/// What [`Master::poll_output`](super::Master::poll_output) hands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output<'a> {
    /// Bytes for the bus.
    Transmit(&'a [u8]),
    /// Something happened.
    Event(Event<'a>),
}

/// What happened on the bus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event<'a> {
    /// A slave acknowledged (E5h).
    Acknowledged {
        /// Whom the request was for.
        address: PrimaryAddress,
    },
    /// A meter answered with data.
    Telegram(Response<'a>),
    /// A scan found a meter.
    Found(Found<'a>),
    /// Several meters answered at once under a primary address.
    Collision {
        /// Which.
        address: PrimaryAddress,
    },
    /// A search came to an end under this mask without having told the meters apart.
    Unresolved {
        /// Where.
        mask: SecondaryAddressMask,
        /// Why.
        reason: Unresolved,
    },
    /// A scan has done a step.
    Progress(Progress),
    /// The serial port has to be switched to this bit rate, before the next bytes are sent.
    BitRate(u32),
    /// The command has come to its end; the next one can be given.
    Done(Outcome),
}

/// A telegram of a meter that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response<'a> {
    /// Its bytes, for [`Telegram::parse_with`](crate::Telegram::parse_with).
    ///
    /// With [`Tolerance::NOISE`](crate::Tolerance::NOISE) or another deviation of frames in the
    /// tolerance of the session, they may have bytes around the frame.
    pub bytes: &'a [u8],
    /// Its place in the readout, from 0.
    pub index: u8,
    /// Whether the meter has more telegrams after it (DIF 1Fh).
    pub more: bool,
}

/// A meter that a scan found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'a> {
    /// Under which address it answered.
    pub at: Target,
    /// The primary address in its answer.
    pub primary: PrimaryAddress,
    /// The secondary address in its answer; `None` if the header has none.
    pub secondary: Option<SecondaryAddress>,
    /// Whether the secondary address lies in the mask under which the meter answered.
    ///
    /// Some meters state a wrong one; they can be read by the mask in [`at`](Self::at).
    pub consistent: bool,
    /// The answer: the first telegram of the meter.
    pub bytes: &'a [u8],
}

/// How to reach a meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// By its primary address.
    Primary(PrimaryAddress),
    /// By selection.
    Secondary(SecondaryAddressMask),
    /// By selection with a fabrication number.
    Fabrication(SecondaryAddressMask, Identification),
}

impl From<PrimaryAddress> for Target {
    fn from(address: PrimaryAddress) -> Self {
        Self::Primary(address)
    }
}

impl From<SecondaryAddressMask> for Target {
    fn from(mask: SecondaryAddressMask) -> Self {
        Self::Secondary(mask)
    }
}

impl From<SecondaryAddress> for Target {
    fn from(address: SecondaryAddress) -> Self {
        Self::Secondary(address.into())
    }
}

/// How far a scan has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Progress {
    /// Addresses or masks that were tried.
    pub tried: u32,
    /// Meters that were found.
    pub found: u32,
    /// How many more have to be tried: exact for primary addresses, for a search an estimate from
    /// what was needed so far.
    pub rest: u32,
}

/// Why a search could not tell meters apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Unresolved {
    /// Several meters answer that differ in nothing that can be selected.
    Alike,
    /// A selection was acknowledged, and the request of data was not answered.
    NoData,
    /// Several seemed to answer, and none or one was found under narrower masks: noise, or meters
    /// whose answers were lost.
    Vanished,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// As it should: acknowledged, read to the last telegram, scanned to the last address.
    Complete,
    /// The meter has more telegrams than
    /// [`further_telegrams`](super::Config::further_telegrams) allows to ask for.
    Limit,
    /// The meter sent a telegram again that had been read: it announces more than it has, or takes
    /// no notice of the frame count. The repetition is not handed out.
    Repeated,
    /// The meter acknowledged where data was asked for: it has none, no alarm, or no more although
    /// its last telegram announced some.
    NoData,
    /// The meter answered with an error of its application; the telegram was handed out.
    Refused(ApplicationError),
    /// The meter or the bus failed, after all retries.
    Failed(Failure),
    /// The search went beyond the telegrams that a sound bus with these meters can need: something
    /// answers every selection.
    Endless,
    /// The caller gave up.
    Canceled,
}

/// Why an exchange failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// Nobody answered.
    #[error("no answer")]
    NoResponse,
    /// What was received is no frame.
    #[error("answer is no frame: {0}")]
    Invalid(DecodeError),
    /// Another slave answered.
    #[error("answer comes from address {found}")]
    Address {
        /// The address in the answer.
        found: PrimaryAddress,
    },
    /// Another meter answered than the one that was selected.
    #[error("answer comes from the meter {found}")]
    Meter {
        /// The address in the answer.
        found: SecondaryAddress,
    },
    /// A frame that does not answer the request.
    #[error("answer does not fit the request")]
    Unexpected,
    /// The line did not fall silent.
    #[error("line is never idle")]
    LineBusy,
}

/// Why a command was not begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CommandError {
    /// Another command is at work.
    #[error("another command is at work")]
    Busy,
    /// Nobody can answer under this address, or the range has none.
    #[error("address cannot be asked")]
    Address,
    /// The frame is none that a master sends.
    #[error("frame is none of a master")]
    Frame,
}

/// Events on their way out; telegrams are filled in there.
#[derive(Clone, Debug)]
pub(super) struct Queue {
    events: [Option<Event<'static>>; Self::CAPACITY],
}

impl Queue {
    /// A step of a search can have as many: a meter, something unresolved, progress, the end.
    const CAPACITY: usize = 4;

    pub(super) const fn new() -> Self {
        Self {
            events: [None; Self::CAPACITY],
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self.events, [None, ..])
    }

    pub(super) fn push(&mut self, event: Event<'static>) {
        if let Some(free) = self.events.iter_mut().find(|place| place.is_none()) {
            *free = Some(event);
        }
    }

    pub(super) fn pop(&mut self) -> Option<Event<'static>> {
        let [first, second, third, fourth] = self.events;
        self.events = [second, third, fourth, None];
        first
    }
}
