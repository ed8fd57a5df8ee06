//! What has to be read in one piece.

use core::fmt;

use super::Read;
use crate::Table;

/// Cells that have to be read in one request: a value, or a value with its scale and its unit.
///
/// It also has room for what planning notes down about it, so that no other memory is needed.
#[derive(Clone, Copy)]
pub struct PlanItem {
    table: Table,
    /// It is there for another item, and its register was not selected itself.
    pub(super) is_companion: bool,
    pub(super) tag: u16,
    pub(super) address: u16,
    pub(super) count: u16,
    pub(super) work: Work,
}

/// The notes of planning, see `solve`. Positions are those in the sorted slice of items.
#[derive(Clone, Copy, Default)]
pub(super) struct Work {
    /// What all requests cost that follow one that ends with this item, and its own end.
    pub(super) key: u64,
    /// The last item before this one that does not lie within another.
    pub(super) previous: u16,
    /// The neighbors in the queue of ends.
    pub(super) older: u16,
    pub(super) newer: u16,
    /// The last item of the best request that begins here.
    pub(super) last: u16,
}

impl PlanItem {
    /// The cells of one value.
    #[must_use]
    pub const fn new(read: Read) -> Self {
        Self {
            table: read.table,
            is_companion: false,
            tag: 0,
            address: read.address,
            count: read.count,
            work: Work {
                key: 0,
                previous: 0,
                older: 0,
                newer: 0,
                last: 0,
            },
        }
    }

    /// The same item with a number by which the caller knows it, such as its place in a list.
    #[must_use]
    pub const fn with_tag(self, tag: u16) -> Self {
        Self { tag, ..self }
    }

    /// The same item for the sake of another one.
    pub(super) const fn as_companion(self) -> Self {
        Self {
            is_companion: true,
            ..self
        }
    }

    /// The number that the caller gave it; 0 if none.
    #[must_use]
    pub const fn tag(&self) -> u16 {
        self.tag
    }

    /// Its cells.
    #[must_use]
    pub const fn read(&self) -> Read {
        Read::new(self.table, self.address, self.count)
    }

    pub(super) fn end(&self) -> u32 {
        self.read().end()
    }

    pub(super) const fn table(&self) -> Table {
        self.table
    }

    /// By table and address, and the longer one first: what follows from there on and ends
    /// earlier lies within. Items of the same cells are sorted by tag, companions last.
    pub(super) fn order(&self) -> u64 {
        let shortness = u64::from(u16::MAX.wrapping_sub(self.count));
        let place = u64::from(self.address) << 16 | shortness;
        let rank = u64::from(self.tag) << 1 | u64::from(self.is_companion);
        (self.table as u64) << 49 | place << 17 | rank
    }
}

/// No cells, as what fills an array.
impl Default for PlanItem {
    fn default() -> Self {
        Self::new(Read::new(Table::HoldingRegister, 0, 0))
    }
}

impl PartialEq for PlanItem {
    fn eq(&self, other: &Self) -> bool {
        (self.read(), self.tag) == (other.read(), other.tag)
    }
}

impl Eq for PlanItem {}

impl fmt::Debug for PlanItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlanItem")
            .field("read", &self.read())
            .field("tag", &self.tag)
            .finish()
    }
}

const _: () = assert!(size_of::<PlanItem>() == 24);
