//! The records of a meter, and how they are spread over telegrams.

use crate::app::LongHeader;
use crate::link::Frame;
use crate::record::{DataField, Dib, RecordBuilder};
use crate::{EncodeError, Record, Records};

/// DIF "more records follow in the next telegram".
const MORE: u8 = 0x1F;

/// What fits into one telegram beside the long header and [`MORE`].
const ROOM: usize = Frame::MAX_DATA - LongHeader::LENGTH - 1;

/// Records in `N` bytes: each with its length in a byte before it. A length of zero ends a telegram.
#[derive(Clone, Debug)]
pub(super) struct Store<const N: usize> {
    bytes: [u8; N],
    length: usize,
    selection: Selection,
}

impl<const N: usize> Store<N> {
    pub(super) const fn new() -> Self {
        Self {
            bytes: [0; N],
            length: 0,
            selection: Selection::ALL,
        }
    }

    pub(super) const fn clear(&mut self) {
        self.length = 0;
    }

    pub(super) const fn select_all(&mut self) {
        self.selection = Selection::ALL;
    }

    /// Takes what a master asks for in the telegrams to come.
    pub(super) fn select(&mut self, data: &[u8]) {
        self.selection.add(data);
    }

    pub(super) fn push(&mut self, record: &RecordBuilder<'_>) -> Result<(), EncodeError> {
        let length = record.encoded_len();
        if length > ROOM {
            return Err(EncodeError::UserData { found: length });
        }
        let needed = self.length.saturating_add(1).saturating_add(length);
        let places = self.bytes.get_mut(self.length..needed);
        let Some((first, rest)) = places.and_then(|places| places.split_first_mut()) else {
            return Err(EncodeError::Buffer { needed });
        };
        record.encode_into(rest)?;
        *first = u8::try_from(length).unwrap_or(0);
        self.length = needed;
        Ok(())
    }

    /// The next record begins a telegram.
    pub(super) fn end_telegram(&mut self) -> Result<(), EncodeError> {
        let needed = self.length.saturating_add(1);
        let place = self.bytes.get_mut(self.length);
        *place.ok_or(EncodeError::Buffer { needed })? = 0;
        self.length = needed;
        Ok(())
    }

    /// Writes the records of a telegram to the front of `out`, with [`MORE`] at the end if others
    /// follow, and returns how many bytes they take.
    pub(super) fn write_telegram(&self, index: u16, out: &mut [u8]) -> usize {
        let mut page = 0;
        let mut used: usize = 0;
        let mut written: usize = 0;
        for entry in self.entries() {
            let ends = match entry {
                Entry::End => used > 0,
                Entry::Record(bytes) => {
                    if !self.selection.takes(bytes) {
                        continue;
                    }
                    used > 0 && used.saturating_add(bytes.len()) > ROOM
                }
            };
            if ends {
                page = u16::saturating_add(page, 1);
                used = 0;
            }
            let Entry::Record(bytes) = entry else {
                continue;
            };
            used = used.saturating_add(bytes.len());
            if page == index {
                written = put(out, written, bytes);
            } else if page > index {
                return put(out, written, &[MORE]);
            }
        }
        written
    }

    /// Whether there is a telegram after this one.
    pub(super) fn has_after(&self, index: u16) -> bool {
        let mut out = [0; ROOM + 1];
        let length = self.write_telegram(index, &mut out);
        let mut records = Records::new(out.get(..length).unwrap_or_default());
        records.by_ref().for_each(drop);
        records.more_follow()
    }

    fn entries(&self) -> Entries<'_> {
        Entries {
            rest: self.bytes.get(..self.length).unwrap_or_default(),
        }
    }
}

fn put(out: &mut [u8], at: usize, bytes: &[u8]) -> usize {
    let mut end = at;
    for (to, from) in out.iter_mut().skip(at).zip(bytes) {
        *to = *from;
        end = end.saturating_add(1);
    }
    end
}

enum Entry<'s> {
    Record(&'s [u8]),
    End,
}

struct Entries<'s> {
    rest: &'s [u8],
}

impl<'s> Iterator for Entries<'s> {
    type Item = Entry<'s>;

    fn next(&mut self) -> Option<Self::Item> {
        let (&length, rest) = self.rest.split_first()?;
        let (record, rest) = rest.split_at_checked(length.into())?;
        self.rest = rest;
        Some(if length == 0 {
            Entry::End
        } else {
            Entry::Record(record)
        })
    }
}

/// What a master wants to read: records without data, one after the other.
#[derive(Clone, Copy, Debug)]
struct Selection {
    bytes: [u8; Self::CAPACITY],
    length: usize,
}

impl Selection {
    const CAPACITY: usize = 64;
    const ALL: Self = Self {
        bytes: [0; Self::CAPACITY],
        length: 0,
    };

    fn add(&mut self, data: &[u8]) {
        for record in Records::new(data).from_master().flatten() {
            if record.dib().dif() == 0x7F {
                *self = Self::ALL;
            } else if record.dib().data_field() == DataField::Selection {
                let end = self.length.saturating_add(record.as_bytes().len());
                // What has no room is not narrowed down, so that nothing that is asked for lacks.
                if end > Self::CAPACITY {
                    *self = Self::ALL;
                    return;
                }
                self.length = put(&mut self.bytes, self.length, record.as_bytes());
            }
        }
    }

    fn takes(&self, record: &[u8]) -> bool {
        let selected = self.bytes.get(..self.length).unwrap_or_default();
        if selected.is_empty() {
            return true;
        }
        let Some(Ok(record)) = Records::new(record).next() else {
            return true;
        };
        Records::new(selected)
            .from_master()
            .flatten()
            .any(|wanted| matches(&wanted, &record))
    }
}

/// Whether a record is what a selection asks for (M-Bus Documentation, Rev. 4.8, 6.4.3).
fn matches(wanted: &Record<'_>, record: &Record<'_>) -> bool {
    let (dib, of) = (wanted.dib(), record.dib());
    let any = Wildcards::of(&dib);
    (any.storage || dib.storage() == of.storage())
        && (any.tariff || dib.tariff() == of.tariff())
        && (any.subunit || dib.subunit() == of.subunit())
        && dib.function() == of.function()
        && (wanted.vib().vif() == Some(0x7E) || wanted.vib().as_bytes() == record.vib().as_bytes())
}

/// Numbers of which all bits are set that the DIFE have room for.
struct Wildcards {
    storage: bool,
    tariff: bool,
    subunit: bool,
}

impl Wildcards {
    fn of(dib: &Dib<'_>) -> Self {
        let all = |mask: u8| dib.dife().iter().all(|dife| dife & mask == mask);
        let extended = !dib.dife().is_empty();
        Self {
            storage: extended && dib.dif() & 0x40 != 0 && all(0x0F),
            tariff: extended && all(0x30),
            subunit: extended && all(0x40),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn volume(litres: i64, storage: u64) -> RecordBuilder<'static> {
        let record = RecordBuilder::new(&[0x13]).unwrap();
        let record = record.storage(storage).unwrap();
        record.integer(DataField::Int32, litres).unwrap()
    }

    fn telegram<const N: usize>(store: &Store<N>, index: u16) -> ([u8; 240], usize) {
        let mut out = [0; 240];
        let length = store.write_telegram(index, &mut out);
        (out, length)
    }

    #[test]
    fn records_fill_telegrams() {
        let mut store = Store::<1024>::new();
        for number in 0..100 {
            store.push(&volume(number, 0)).unwrap();
        }
        // 39 records of 6 bytes fit into 239.
        for (index, length, more) in [(0, 235, true), (1, 235, true), (2, 132, false)] {
            let (out, written) = telegram(&store, index);
            assert_eq!(written, length, "{index}");
            assert_eq!(out[written - 1] == MORE, more);
            assert_eq!(store.has_after(index), more);
        }
        assert_eq!(telegram(&store, 3).1, 0);
    }

    #[test]
    fn a_telegram_can_be_ended_early() {
        let mut store = Store::<64>::new();
        store.end_telegram().unwrap();
        store.push(&volume(1, 0)).unwrap();
        store.end_telegram().unwrap();
        store.push(&volume(2, 0)).unwrap();
        store.end_telegram().unwrap();
        assert_eq!(telegram(&store, 0).1, 7);
        assert_eq!(telegram(&store, 1).1, 6);
        assert!(!store.has_after(1));
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut store = Store::<10>::new();
        store.push(&volume(1, 0)).unwrap();
        assert_eq!(
            store.push(&volume(2, 0)),
            Err(EncodeError::Buffer { needed: 14 })
        );
        assert_eq!(telegram(&store, 0).1, 6);
    }

    #[test]
    fn a_selection_narrows_the_telegram_down() {
        let mut store = Store::<64>::new();
        store.push(&volume(1, 0)).unwrap();
        store.push(&volume(2, 1)).unwrap();
        store.push(&volume(3, 8)).unwrap();
        for (selection, records) in [
            (&[0x08, 0x13][..], 1),
            (&[0x08, 0x14], 0),
            (&[0x48, 0x13], 1),
            (&[0xC8, 0x3F, 0x7E], 3),
            (&[0xC8, 0x3F, 0x14], 0),
            (&[0x08, 0x7E], 1),
            (&[0x08, 0x13, 0x48, 0x13], 2),
            (&[0x7F, 0x7E], 3),
            (&[0x18, 0x13], 0),
        ] {
            store.select_all();
            store.select(selection);
            let (out, length) = telegram(&store, 0);
            let found = Records::new(&out[..length]).count();
            assert_eq!(found, records, "{selection:02X?}");
        }
    }
}
