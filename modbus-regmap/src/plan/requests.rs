//! The requests of a plan.

use super::item::PlanItem;
use super::limits::Limits;
use super::read::Read;

/// The requests of a [`Plan`](super::Plan), in the order of tables and addresses.
#[derive(Clone, Debug)]
pub struct Requests<'a> {
    items: &'a [PlanItem],
    next: usize,
    limits: &'a Limits<'a>,
}

impl<'a> Requests<'a> {
    pub(super) const fn new(items: &'a [PlanItem], limits: &'a Limits<'a>) -> Self {
        Self {
            items,
            next: 0,
            limits,
        }
    }
}

impl<'a> Iterator for Requests<'a> {
    type Item = PlannedRead<'a>;

    fn next(&mut self) -> Option<PlannedRead<'a>> {
        let first = self.items.get(self.next)?;
        let last = usize::from(first.work.last);
        let end = self.items.get(last)?.end();
        let behind = last.checked_add(1)?;
        let within = self.items.get(behind..)?.iter();
        let within = within.take_while(|item| item.table() == first.table() && item.end() <= end);
        let behind = behind.checked_add(within.count())?;
        let items = self.items.get(self.next..behind)?;
        self.next = behind;
        PlannedRead::new(items, self.limits)
    }
}

impl core::iter::FusedIterator for Requests<'_> {}

/// One request of a plan, and what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedRead<'a> {
    read: Read,
    items: &'a [PlanItem],
    limits: &'a Limits<'a>,
}

impl<'a> PlannedRead<'a> {
    /// The request for the hull of the items, which are sorted and of one table.
    fn new(items: &'a [PlanItem], limits: &'a Limits<'a>) -> Option<Self> {
        let first = items.first()?;
        let end = items.iter().map(PlanItem::end).max()?;
        let read = limits.request(first.table(), first.address.into(), end)?;
        Some(Self {
            read,
            items,
            limits,
        })
    }

    /// What to read.
    #[must_use]
    pub const fn read(&self) -> Read {
        self.read
    }

    /// The items that it is for, sorted by address; each item of a plan is in one request.
    #[must_use]
    pub const fn items(&self) -> &'a [PlanItem] {
        self.items
    }

    /// Smaller requests for the same items, for devices that refused this one with exception 2
    /// or 3.
    ///
    /// They are the parts between its holes, however small, or its two halves if it has none;
    /// there is nothing if all its items lie within one of them. A driver that remembers the parts
    /// that were answered does not have to try again.
    ///
    /// ```
    /// use modbus_regmap::Table;
    /// use modbus_regmap::plan::{Limits, Plan, PlanItem, Read};
    ///
    /// let item = |address| PlanItem::new(Read::new(Table::InputRegister, address, 2));
    /// let plan = Plan::new([0, 2, 10].map(item), Limits::new().max_gap(100))?;
    /// let joined = plan.requests().next().expect("one request");
    /// let parts = joined.split().map(|part| (part.read().address, part.read().count));
    /// assert!(parts.eq([(0, 4), (10, 2)]));
    ///
    /// let halves = joined.split().next().expect("a part").split();
    /// assert!(halves.map(|half| half.read().address).eq([0, 2]));
    /// # Ok::<(), modbus_regmap::plan::PlanError>(())
    /// ```
    #[must_use]
    pub fn split(&self) -> Split<'a> {
        let len = self.items.len();
        let cut = if piece(self.items) < len {
            Cut::AtHoles
        } else {
            Cut::After(self.half())
        };
        let is_one = matches!(cut, Cut::After(0));
        Split {
            rest: if is_one { &[] } else { self.items },
            cut,
            limits: self.limits,
        }
    }

    /// How many items make the first half; 0 if it cannot be cut.
    fn half(&self) -> usize {
        let middle = u32::from(self.read.address).wrapping_add(u32::from(self.read.count) / 2);
        let mut reach = 0;
        let mut best = (0, u32::MAX);
        for (index, item) in self.items.iter().enumerate() {
            let distance = u32::from(item.address).abs_diff(middle);
            if index > 0 && item.end() > reach && distance < best.1 {
                best = (index, distance);
            }
            reach = item.end().max(reach);
        }
        best.0
    }
}

/// How many items there are before the first hole.
fn piece(items: &[PlanItem]) -> usize {
    let mut reach = None;
    let joined = items.iter().take_while(|item| {
        let is_joined = reach.is_none_or(|reach| u32::from(item.address) <= reach);
        reach = reach.max(Some(item.end()));
        is_joined
    });
    joined.count()
}

/// The parts of a request that was refused.
#[derive(Clone, Debug)]
pub struct Split<'a> {
    rest: &'a [PlanItem],
    cut: Cut,
    limits: &'a Limits<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Cut {
    AtHoles,
    /// Once, after so many items.
    After(usize),
}

impl<'a> Iterator for Split<'a> {
    type Item = PlannedRead<'a>;

    fn next(&mut self) -> Option<PlannedRead<'a>> {
        let len = match self.cut {
            Cut::AtHoles => piece(self.rest),
            Cut::After(len) => {
                self.cut = Cut::After(usize::MAX);
                len.min(self.rest.len())
            }
        };
        let (part, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        PlannedRead::new(part, self.limits)
    }
}

impl core::iter::FusedIterator for Split<'_> {}
