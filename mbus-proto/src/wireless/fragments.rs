//! Messages in several pieces, put together.

use crate::Tolerance;
use crate::link::SecondaryAddress;
use crate::wireless::layers::{Content, Layers, Link};
use crate::wireless::{AuthenticationLayer, Format, RadioTelegram};

/// Puts the pieces of a message together, up to `N` bytes of it; the memory is the caller's.
///
/// The pieces of one meter come in their order, numbered from 1; what is repeated is passed over. A
/// piece of another meter, or one out of order, gives up the message that was begun, and so does a
/// message that has no room. What the authentication layer says may be in any of the pieces.
///
/// Pieces go in with [`push`](Self::push), and [`Reader::read_message`] reads the message that came
/// together.
///
/// ```
/// use mbus_proto::wireless::{Buffer, Progress, Reader, Reassembly};
///
/// let frames: [&[u8]; 2] = [
///     &[
///         0x12, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, // water meter
///         0x90, 0x02, 0x01, 0x40, // piece 1, more follow
///         0x78, 0x0C, 0x13, 0x27, 0x04,
///     ],
///     &[
///         0x0F, 0x44, 0x24, 0x40, 0x78, 0x56, 0x34, 0x12, 0x01, 0x07, //
///         0x90, 0x02, 0x02, 0x00, // piece 2, the last
///         0x85, 0x02,
///     ],
/// ];
/// let reader = Reader::new();
/// let mut buffer = Buffer::new();
/// let mut pieces = Reassembly::<1024>::new();
/// for frame in frames {
///     let telegram = reader.read(frame, &mut buffer)?;
///     if pieces.push(&telegram) == Progress::Complete {
///         let message = reader.read_message(&mut pieces)?.ok_or("incomplete")?;
///         let volume = message.readings().next().ok_or("no reading")??;
///         assert_eq!(format!("{} {}", volume.value, volume.unit), "2850.427 m³");
///     }
/// }
/// # assert!(reader.read_message(&mut pieces)?.is_none());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// [`Reader::read_message`]: crate::wireless::Reader::read_message
#[derive(Clone, Debug)]
pub struct Reassembly<const N: usize = 1024> {
    bytes: [u8; N],
    len: usize,
    state: State,
}

#[derive(Clone, Debug)]
enum State {
    Idle,
    /// The pieces up to that of `layer` are there.
    Open(Begun),
    Whole(Begun),
}

#[derive(Clone, Copy, Debug)]
struct Begun {
    link: Link,
    format: Format,
    extended: Option<crate::wireless::ExtendedLink>,
    /// Of the last piece, with what the ones before it said.
    layer: AuthenticationLayer,
}

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Progress {
    /// The telegram is no piece; nothing changed.
    NotAPiece,
    /// More pieces have to come.
    Incomplete,
    /// The message is complete.
    Complete,
    /// The piece came a second time, and was passed over.
    Repeated,
    /// The pieces before it are missing; what was there is given up.
    OutOfOrder,
    /// The message is longer than the room for it; it is given up.
    TooLong,
}

impl<const N: usize> Reassembly<N> {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            bytes: [0; N],
            len: 0,
            state: State::Idle,
        }
    }

    /// Gives up what was begun.
    pub fn clear(&mut self) {
        self.len = 0;
        self.state = State::Idle;
    }

    /// Takes a piece.
    pub fn push(&mut self, telegram: &RadioTelegram<'_>) -> Progress {
        let (Some(piece), Some(layer)) = (telegram.piece(), telegram.authentication_layer()) else {
            return Progress::NotAPiece;
        };
        let frame = telegram.frame();
        let (number, sender) = (layer.fragment.number, frame.address());
        let mut layer = *layer;
        match self.last() {
            Some((last, from)) if from == sender && number == last && number != 0 => {
                return Progress::Repeated;
            }
            Some((last, from)) if from == sender && Some(number) == last.checked_add(1) => {
                if let State::Open(begun) = &self.state {
                    layer.merge(&begun.layer);
                }
            }
            // A meter may count from 0.
            _ if number <= 1 => self.clear(),
            _ => {
                self.clear();
                return Progress::OutOfOrder;
            }
        }
        let end = self.len.saturating_add(piece.len());
        let Some(room) = self.bytes.get_mut(self.len..end) else {
            self.clear();
            return Progress::TooLong;
        };
        for (to, from) in room.iter_mut().zip(piece) {
            *to = *from;
        }
        self.len = end;
        let begun = Begun {
            link: Link {
                control: frame.control(),
                address: sender,
            },
            format: telegram.format(),
            extended: telegram.extended_link().copied(),
            layer,
        };
        if layer.fragment.more {
            self.state = State::Open(begun);
            Progress::Incomplete
        } else {
            self.state = State::Whole(begun);
            Progress::Complete
        }
    }

    /// The number of the last piece, and whose it is.
    fn last(&self) -> Option<(u8, SecondaryAddress)> {
        match &self.state {
            State::Open(begun) => Some((begun.layer.fragment.number, begun.link.address)),
            State::Idle | State::Whole(_) => None,
        }
    }

    /// Hands out the message if it is complete, and begins anew.
    pub(crate) fn take(&mut self) -> Option<(Link, Layers, Format, &mut [u8])> {
        let State::Whole(begun) = self.state else {
            return None;
        };
        let len = self.len;
        self.clear();
        let layers = Layers {
            extended: begun.extended,
            authentication: Some(begun.layer),
            message_at: 0,
            content: Content::Empty,
            met: Tolerance::STRICT,
        };
        let message = self.bytes.get_mut(..len)?;
        Some((begun.link, layers, begun.format, message))
    }
}

impl<const N: usize> Default for Reassembly<N> {
    fn default() -> Self {
        Self::new()
    }
}
