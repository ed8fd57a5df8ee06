//! Events that belong to no request, in a bounded queue.

use crate::DecodeError;
use crate::adu::Header;
use crate::client::{Event, Mismatch};
use crate::pdu::FunctionCode;

/// How many are kept between two polls.
const CAPACITY: usize = 8;

/// What happened beside the requests, each with its place in the order of events.
#[derive(Clone, Debug)]
pub(super) struct Notes {
    notes: [Option<(u64, Note)>; CAPACITY],
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Note {
    Unexpected {
        header: Header,
        function: Option<FunctionCode>,
        mismatch: Mismatch,
    },
    Skipped(usize),
    Lost(DecodeError),
}

impl Notes {
    pub(super) const EMPTY: Self = Self {
        notes: [None; CAPACITY],
    };

    /// Keeps a note; where there is no room, the statistics have to do.
    pub(super) fn push(&mut self, order: u64, note: Note) {
        if let Some(place) = self.notes.iter_mut().find(|place| place.is_none()) {
            *place = Some((order, note));
        }
    }

    /// The order of the first note.
    pub(super) fn first(&self) -> Option<u64> {
        self.notes.iter().flatten().map(|(order, _)| *order).min()
    }

    /// Takes the note with this order.
    pub(super) fn take(&mut self, order: u64) -> Option<Note> {
        self.notes
            .iter_mut()
            .find(|note| matches!(note, Some((found, _)) if *found == order))?
            .take()
            .map(|(_, note)| note)
    }
}

impl Note {
    pub(super) const fn event(self) -> Event<'static> {
        match self {
            Self::Unexpected {
                header,
                function,
                mismatch,
            } => Event::Unexpected {
                header,
                function,
                mismatch,
            },
            Self::Skipped(bytes) => Event::Skipped(bytes),
            Self::Lost(error) => Event::Lost(error),
        }
    }
}
