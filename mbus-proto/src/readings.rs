//! All readings of a telegram, one after the other.

use core::array;
use core::iter::FusedIterator;

use meter_units::Reading;

use crate::app::Counter;
use crate::record::{ProfileReadings, Record};
use crate::{DecodeError, Records};

/// The readings of a telegram; made by [`Telegram::readings`](crate::Telegram::readings).
///
/// Each data record gives its reading or its error. That of a compact profile, whose value are its
/// bytes, is followed by the single readings of the profile, or by the error that keeps them from
/// being read. The fixed data structure gives its two counters.
///
/// A profile costs one more walk over the records of its telegram, among which its base value and
/// base time are. The telegram has at most 252 bytes of records, and a profile takes at least five:
/// so there are fifty walks at most. Nothing is allocated.
#[derive(Clone, Debug)]
pub struct Readings<'a> {
    records: Records<'a>,
    /// The records from the first one on.
    all: Records<'a>,
    pending: Pending<'a>,
}

/// What comes before the next record.
#[derive(Clone, Debug)]
enum Pending<'a> {
    Nothing,
    Counters(array::IntoIter<Counter<'a>, 2>),
    Profile(ProfileReadings<'a>),
    Fault(DecodeError),
}

impl<'a> Readings<'a> {
    #[inline]
    pub(crate) fn new(records: Records<'a>) -> Self {
        Self {
            all: records.clone(),
            records,
            pending: Pending::Nothing,
        }
    }

    pub(crate) fn of_counters(counters: [Counter<'a>; 2]) -> Self {
        Self {
            pending: Pending::Counters(counters.into_iter()),
            ..Self::new(Records::new(&[]))
        }
    }

    fn next_pending(&mut self) -> Option<Result<Reading<'a>, DecodeError>> {
        let next = match &mut self.pending {
            Pending::Nothing => None,
            Pending::Counters(counters) => counters.next().map(|counter| Ok(counter.reading())),
            Pending::Profile(readings) => readings.next().map(Ok),
            Pending::Fault(error) => {
                let error = *error;
                self.pending = Pending::Nothing;
                return Some(Err(error));
            }
        };
        if next.is_none() {
            self.pending = Pending::Nothing;
        }
        next
    }

    #[cold]
    fn expand(&mut self, record: &Record<'a>) {
        self.pending = match record.profile() {
            None => Pending::Nothing,
            Some(Ok(profile)) => {
                let base = profile.base(self.all.clone());
                Pending::Profile(profile.readings(base))
            }
            Some(Err(error)) => Pending::Fault(error),
        };
    }
}

impl<'a> Iterator for Readings<'a> {
    type Item = Result<Reading<'a>, DecodeError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if !matches!(self.pending, Pending::Nothing) {
            if let Some(next) = self.next_pending() {
                return Some(next);
            }
        }
        Some(match self.records.next()? {
            Ok(record) => {
                if record.may_be_profile() {
                    self.expand(&record);
                }
                Ok(record.reading())
            }
            Err(error) => Err(error),
        })
    }
}

impl FusedIterator for Readings<'_> {}
